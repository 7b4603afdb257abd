import pytest

from livemask.errors import UsageError
from livemask.sinks.film.quality import WORDS, level


def test_words_stand_for_numbers_that_grow():
    assert list(WORDS.values()) == sorted(WORDS.values())
    assert [level(word) for word in WORDS] == list(WORDS.values())


@pytest.mark.parametrize(("text", "number"), [("0", 0.0), ("100", 100.0), ("62.5", 62.5)])
def test_a_number_is_taken_as_it_is(text, number):
    assert level(text) == number


@pytest.mark.parametrize("text", ["super", "-1", "101", "nan", "", "inf"])
def test_what_is_no_quality_is_refused_with_those_that_are(text):
    with pytest.raises(UsageError, match="give low, medium, high, best, or 0 to 100"):
        level(text)
