import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import livemask
from livemask import plugins
from livemask.errors import UsageError
from livemask.plugins import rooms

BALL = '''"""A ball.

It bounces.
"""

from dataclasses import dataclass
from pathlib import Path

@dataclass
class Ball:
    size: int
    weight: float | None
    shiny: bool
    skin: Path | None
    owner: object

def create(size: int = 3, weight: float | None = None, shiny: bool = False,
           skin: Path | None = None, owner: object = None) -> Ball:
    return Ball(size, weight, shiny, skin, owner)
'''
FAMILY = '''"""Kites of two colours."""

NAMES = ("red_kite", "blue-kite")

def create(name: str, tail: float = 1.0) -> tuple[str, float]:
    return name, tail
'''
HELPER = "def helper() -> None:\n    pass\n"
BROKEN = "import a_package_that_nobody_has\n\ndef create() -> None:\n    pass\n"


@pytest.fixture
def toys(tmp_path, monkeypatch):
    """A room with plug-ins of its own beside the real ones."""
    room = tmp_path / "toys"
    room.mkdir()
    texts = {"__init__": "", "ball": BALL, "kites": FAMILY, "_helper": HELPER, "broken": BROKEN}
    for name, text in texts.items():
        (room / f"{name}.py").write_text(text)
    monkeypatch.setattr(rooms, "_PACKAGE", tmp_path)
    monkeypatch.setattr(livemask, "__path__", [*livemask.__path__, str(tmp_path)])
    yield "toys"
    for name in [name for name in sys.modules if name.startswith("livemask.toys")]:
        del sys.modules[name]


def test_a_plug_in_is_named_after_its_file_and_a_family_lists_its_names(toys):
    assert plugins.names(toys) == {
        "ball": "livemask.toys.ball",
        "blue-kite": "livemask.toys.kites",
        "broken": "livemask.toys.broken",
        "red-kite": "livemask.toys.kites",
    }


def test_names_are_read_without_importing_anything(toys):
    plugins.names(toys)
    assert not any(name.startswith("livemask.toys") for name in sys.modules)


def test_an_optional_package_may_stay_missing_until_it_is_asked_for(toys):
    assert plugins.create(toys, "ball").size == 3
    with pytest.raises(ModuleNotFoundError, match="a_package_that_nobody_has"):
        plugins.create(toys, "broken")


@pytest.mark.parametrize("text", ["red-kite", "red_kite"])
def test_hyphen_and_underscore_are_the_same(toys, text):
    assert plugins.create(toys, text) == ("red-kite", 1.0)


def test_a_family_is_told_which_of_its_names_was_asked_for(toys):
    assert plugins.create(toys, "blue-kite,tail=2.5") == ("blue-kite", 2.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ball", ("ball", {})),
        ("ball,size=4", ("ball", {"size": "4"})),
        ("red_kite, two-words = a=b ", ("red-kite", {"two_words": "a=b"})),
        ("ball,skin=", ("ball", {"skin": ""})),
        ('ball,skin="a, b=c",size=4', ("ball", {"skin": "a, b=c", "size": "4"})),
        ('ball,skin=12" disc,size=4', ("ball", {"skin": '12" disc', "size": "4"})),
    ],
)
def test_a_name_and_its_options_are_parted_at_the_commas(text, expected):
    assert plugins.parse(text) == expected


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "with, commas",
        "",
        '12" disc',
        '"so", she said',
        '"all of it"',
        '"',
        '""',
        " a ",
        ",",
    ],
)
def test_what_is_written_is_read_the_same(value):
    options = {"skin": value, "size": "4"}
    assert plugins.parse(plugins.written("ball", options)) == ("ball", options)


def test_any_text_at_all_is_written_so_that_it_is_read_the_same():
    chosen = np.random.default_rng(0).choice(list('a,"= ;/'), (400, 6))
    for letters in chosen:
        options = {"skin": "".join(letters), "size": "4"}
        assert plugins.parse(plugins.written("ball", options)) == ("ball", options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.glb", ("gltf", {"file": "a.glb"})),
        (" /x y/B.VRM , size = 2", ("gltf", {"file": "/x y/B.VRM", "size": "2"})),
        ("one,two.gltf,size=2", ("gltf", {"file": "one,two.gltf", "size": "2"})),
        ("x=1.glb", ("gltf", {"file": "x=1.glb"})),
        ("gltf,file=a.glb", ("gltf", {"file": "a.glb"})),
        ("shaded,colour=a.glb", ("shaded", {"colour": "a.glb"})),
        ("a.glb.bak", ("a.glb.bak", {})),
    ],
)
def test_in_the_room_of_masks_a_file_may_stand_for_the_name(text, expected):
    assert plugins.parse(text, "masks") == expected


def test_in_other_rooms_a_file_is_no_name():
    assert plugins.parse("a.glb") == ("a.glb", {})


@pytest.mark.parametrize("text", ["ball,size", "ball,=4", "ball,,size=4"])
def test_an_option_without_key_or_value_is_refused(text):
    with pytest.raises(UsageError, match="is not an option; write NAME,key=value"):
        plugins.parse(text)


def test_values_have_the_types_that_the_signature_gives_them(toys):
    ball = plugins.create(toys, "ball,size=4,weight=0.5,shiny=yes,skin=a/b.png")
    assert (ball.size, ball.weight, ball.shiny) == (4, 0.5, True)
    assert ball.skin == Path("a/b.png")


@pytest.mark.parametrize(
    ("word", "value"),
    [("true", True), ("On", True), ("1", True), ("no", False), ("off", False), ("0", False)],
)
def test_yes_and_no_may_be_written_in_the_usual_ways(toys, word, value):
    assert plugins.create(toys, f"ball,shiny={word}").shiny is value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ball,size=big", r"toy ball: size='big' is no whole number; write one, such as size=3\."),
        ("ball,weight=heavy", r"toy ball: weight='heavy' is no number; write one, such as weight="),
        ("ball,shiny=maybe", r"shiny='maybe' is neither yes nor no; write shiny=yes or shiny=no\."),
        ("ball,colour=red", r"toy ball has no option 'colour'\. It has: size, weight, shiny"),
        ("ball,wieght=1", r"toy ball has no option 'wieght'\. Did you mean 'weight'\?"),
        ("red-kite,name=x", r"toy red-kite has no option 'name'\. It has: tail"),
    ],
)
def test_a_wrong_option_is_an_error_that_says_what_would_be_right(toys, text, message):
    with pytest.raises(UsageError, match=message):
        plugins.create(toys, text)


def test_an_unknown_name_is_answered_with_the_known_ones_and_the_likeliest(toys):
    with pytest.raises(UsageError) as error:
        plugins.create(toys, "bal")
    assert str(error.value) == (
        "there is no toy 'bal'. Did you mean 'ball'? Known: ball, blue-kite, broken, red-kite."
    )


def test_an_unknown_name_that_resembles_nothing_gets_no_guess(toys):
    with pytest.raises(UsageError, match=r"there is no toy 'zeppelin'\. Known: ball"):
        plugins.create(toys, "zeppelin")


def test_what_the_user_writes_goes_before_what_the_program_gives(toys):
    owner = object()
    ball = plugins.create(toys, "ball,size=7", size=1, owner=owner)
    assert ball.size == 7
    assert ball.owner is owner


def test_the_options_are_the_keyword_arguments_of_create():
    def create(name: str, size: int = 3) -> None: ...

    assert list(plugins.options_of(create)) == ["size"]


def test_plug_ins_are_described_by_their_first_line_and_their_options(toys):
    described = plugins.describe(toys)
    assert described["ball"] == (
        "A ball.",
        "size=3, weight=None, shiny=False, skin=None, owner=None",
    )
    assert described["red-kite"] == described["blue-kite"] == ("Kites of two colours.", "tail=1.0")
    assert described["broken"] == ("", "")
    assert not any(name.startswith("livemask.toys") for name in sys.modules)


def test_an_option_that_must_be_given_is_described_without_a_value(toys, tmp_path):
    text = '"""A jar."""\n\ndef create(lid: str, *, full: bool = True) -> None: ...\n'
    (tmp_path / "toys" / "jar.py").write_text(text)
    assert plugins.describe(toys)["jar"] == ("A jar.", "lid=..., full=True")
    assert set(plugins.names(toys)) - set(plugins.ready(toys)) == {"jar"}


def test_a_class_can_be_made_from_options_too():
    class Top:
        def __init__(self, spin: float = 1.0) -> None:
            self.spin = spin

    assert plugins.typed(Top, "top", {"spin": "2"}) == {"spin": 2.0}


def test_a_room_without_plug_ins_has_no_names(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "_PACKAGE", tmp_path)
    assert plugins.names("masks") == {}


def test_plug_ins_can_be_looked_up_by_several_threads_at_once():
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: plugins.describe("masks"), range(60)))
    assert all(one == found[0] for one in found)


@pytest.mark.parametrize("refuse", [plugins.check, plugins.create])
def test_a_plugin_without_an_option_that_it_needs_is_refused_with_what_to_write(refuse):
    with pytest.raises(UsageError, match="mask swap needs photo; write swap,photo=FILE"):
        refuse("masks", "swap")
