"""What can be set of a mask, read off its `create`."""

from pathlib import Path

import pytest

from livemask import plugins
from livemask.controls.options import Option, options_of
from livemask.errors import UsageError


def named(mask):
    return {option.name: option for option in options_of(mask)}


@pytest.fixture
def made(monkeypatch):
    """Return the options of a mask that is made by a function."""

    def of(create):
        module = type("module", (), {"create": staticmethod(create)})
        monkeypatch.setattr(plugins, "load", lambda *_: module)
        return named("none")

    return of


@pytest.mark.parametrize("mask", plugins.names("masks"))
def test_the_options_of_every_mask_have_a_text_and_a_default_within_their_limits(mask):
    for option in options_of(mask):
        assert option.text, option.name
        if option.kind in ("number", "count") and option.default:
            assert option.limits[0] <= float(option.default) <= option.limits[1], option.name
        if option.kind == "choice":
            assert option.default in option.choices
        if option.kind == "colour" and option.default:
            assert option.default.startswith("#")


@pytest.mark.parametrize("mask", plugins.names("masks"))
def test_the_defaults_of_every_mask_are_read_as_its_create_has_them(mask):
    create = plugins.load("masks", mask).create
    told = {o.name: o.default for o in options_of(mask) if o.default}
    usual = {name: plugins.options_of(create)[name].default for name in told}
    assert plugins.typed(create, mask, told) == usual


def test_a_signature_tells_what_each_option_is(made):
    def create(
        file: Path,
        own: Path | None = None,
        size: float = 1.0,
        cells: int = 7,
        hides: bool = True,
        tone: str = "#ff8800",
        colour: str = "",
    ):
        pass

    found = made(create)
    kinds = ["file", "file", "number", "count", "switch", "colour", "colour"]
    assert [option.kind for option in found.values()] == kinds
    assert found["hides"].default == "yes"
    assert [name for name, option in found.items() if option.needed] == ["file"]


def test_the_docstring_tells_choices_and_limits(made):
    def create(extent: str = "face", turn_on: float = 0.5, word: str = ""):
        """Make the mask.

        Parameters
        ----------
        extent : str
            `face`, or `head` with ears.
        turn_on : float
            From nothing to all,
            -2 to 3.5.
        word : str
            Anything.

        Raises
        ------
        UsageError
            Of `none` of these.
        """

    found = made(create)
    assert found["extent"].choices == ("face", "head")
    assert found["turn_on"].limits == (-2.0, 3.5)
    assert found["word"] == Option("word", "text", "", "Anything.")


def test_a_default_that_is_none_of_the_choices_is_one_as_well(made):
    def create(colour: str = "", style: str = "own"):
        """Make the mask.

        Parameters
        ----------
        colour, style : str
            `brown` or `grey`.
        """

    found = made(create)
    assert found["colour"].choices == ("", "brown", "grey")
    assert found["style"].choices == ("own", "brown", "grey")


def test_limits_that_no_text_tells_are_the_usual_ones_or_twice_the_default(made):
    def create(gloss: float = 0.3, width: float = 4.0):
        pass

    found = made(create)
    assert found["gloss"].limits == (0.0, 1.0)
    assert found["width"].limits == (0.0, 8.0)


def test_a_mask_that_there_is_not_is_refused():
    with pytest.raises(UsageError, match="tooon"):
        options_of("tooon")
