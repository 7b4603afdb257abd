import random
from pathlib import Path

from livemask.sources.natural import natural


def in_order(*names):
    shuffled = [Path(name) for name in names]
    random.Random(1).shuffle(shuffled)
    return [path.name for path in sorted(shuffled, key=natural)] == list(names)


def test_two_comes_before_ten():
    assert in_order("1.png", "2.png", "10.png", "11.png", "100.png")


def test_numbers_count_wherever_they_stand():
    assert in_order("2 a 9.png", "2 a 10.png", "2 b 1.png", "10 a 1.png")


def test_capitals_make_no_difference():
    assert in_order("a1.png", "B1.png", "c1.png")


def test_names_that_differ_only_in_zeros_or_capitals_have_one_order():
    assert in_order("A1.png", "a01.png", "a1.png")


def test_names_that_begin_with_numbers_and_letters_can_be_compared():
    assert in_order("7.png", "x.png", "西瓜 2.png", "西瓜 10.png")
