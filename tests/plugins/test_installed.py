"""Plug-ins of installed packages: real ones, in a folder on sys.path."""

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from livemask import plugins
from livemask.commands.listing import list_room
from livemask.errors import PluginError, UsageError
from livemask.library.opening import kind_of
from livemask.plugins.installed import _installed as installed
from livemask.plugins.installed import source_of
from livemask.resources import resource
from livemask.wardrobe import will_hide
from tests.plugins.packages import TELL, VEIL, install
from tests.test_cli import NO_DISPLAY

BOMB = 'raise RuntimeError("it went off")\n'
HOLLOW = '"""A mask without a face."""\n\n\ndef create() -> object:\n    return object()\n'


@pytest.fixture
def site(tmp_path, monkeypatch):
    """Return a function that installs packages in a folder of their own on sys.path."""
    monkeypatch.syspath_prepend(tmp_path / "site")
    before = set(sys.modules)

    def put(name, points, **modules):
        installed.cache_clear()
        return install(tmp_path / "site", name, points, **modules)

    yield put
    for name in set(sys.modules) - before:
        if name.split(".")[0].startswith("acme"):
            del sys.modules[name]


def test_a_package_brings_along_plug_ins_that_are_found_without_running_it(site):
    points = {"sinks.to_file": "acme_tell.sink", "masks.veil": "acme_tell.deep.veil"}
    folder = site("acme-tell", points, __init__=BOMB, sink=TELL)
    (folder / "acme_tell" / "deep").mkdir()
    (folder / "acme_tell" / "deep" / "__init__.py").write_text(BOMB)
    (folder / "acme_tell" / "deep" / "veil.py").write_text(VEIL)
    assert plugins.found("sinks")["to-file"].package == "acme-tell 1.2"
    told = "Tells on a file how many frames have come.", "file=..., every=1"
    assert plugins.describe("sinks")["to-file"] == told
    assert plugins.describe("masks")["veil"] == ("A veil of one colour.", "look=blur")
    assert "veil" in plugins.ready("masks")
    assert "veil" not in plugins.ready("masks", own=True)
    assert "to-file" not in plugins.ready("sinks")
    with pytest.raises(UsageError, match="sink to-file has no option 'size'"):
        plugins.check("sinks", "to_file,size=3")
    assert not any(name.startswith("acme") for name in sys.modules)


@pytest.mark.parametrize("name", ["to-file", "to_file"])
def test_its_options_are_typed_by_its_signature(site, tmp_path, name):
    site("acme-tell", {"sinks.to-file": "acme_tell.sink"}, sink=TELL)
    made = plugins.create("sinks", f"{name},file={tmp_path / 'a'},every=3")
    assert made._every == 3
    assert made._file == tmp_path / "a"
    with pytest.raises(UsageError, match="is no whole number"):
        plugins.create("sinks", f"{name},file=a,every=x")
    with pytest.raises(UsageError, match="sink to-file needs file"):
        plugins.create("sinks", name)


def test_options_may_be_typed_in_the_older_way(site):
    text = (
        '"""A ball."""\nfrom typing import Optional\n\n'
        "def create(size: Optional[int] = None, **rest: int) -> tuple[int | None]:\n"
        "    return (size,)\n"
    )
    site("acme-ball", {"toys.ball": "acme_ball.ball"}, ball=text)
    assert plugins.create("toys", "ball,size=3") == (3,)
    assert plugins.create("toys", "ball", colour=None) == (None,)
    with pytest.raises(UsageError, match="has no option 'colour'"):
        plugins.create("toys", "ball", colour="red")


def test_a_family_of_a_package_lists_its_names(site):
    text = '"""Kites."""\nNAMES = ("red_kite", "blue-kite")\n\ndef create(name: str) -> str: ...\n'
    site("acme-kites", {"toys.kites": "acme_kites.kites"}, kites=text)
    assert set(plugins.names("toys")) == {"red-kite", "blue-kite"}


def test_a_mask_is_taken_to_hide_until_it_is_made_whatever_its_file_says(site):
    site("acme-veil", {"masks.veil": "acme_veil.veil"}, veil=VEIL)
    assert plugins.create("masks", "veil").hides is False
    assert will_hide(["veil"]) is True
    assert will_hide(["none"]) is False


def warnings(caplog):
    return [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]


@pytest.mark.parametrize(
    ("point", "module", "modules", "why"),
    [
        ("glow", "acme_x.nowhere", {}, "there is no file of its module acme_x.nowhere"),
        ("glow", "acme_gone.glow", {}, "there is no file of its module acme_gone.glow"),
        ("glow", "acme_x.glow", {"glow": "def create(:"}, r"glow.py cannot be read \(invalid"),
        ("glow", "acme_x.glow", {"glow": "size = 3"}, "glow.py has no function create"),
        ("glow", "acme_x.glow", {"glow": "NAMES = f()\ndef create(): ..."}, "cannot be read"),
        ("glow", "not a module", {}, "'not a module' names no module"),
        ("a,b", "acme_x.glow", {"glow": VEIL}, "its name holds what no option takes"),
    ],
)
def test_a_broken_one_is_said_once_and_everything_else_goes_on(
    site, caplog, point, module, modules, why
):
    before = plugins.names("masks")
    site("acme-x", {f"masks.{point}": module}, **modules)
    site("acme-veil", {"masks.veil": "acme_veil.veil"}, veil=VEIL)
    for _ in range(3):
        known = plugins.names("masks")
    assert set(known) == {*before, "veil"}
    (line,) = warnings(caplog)
    assert line.startswith(f"the mask {point!r} of the package acme-x 1.2 is left out: ")
    assert re.search(why, line)
    assert line.endswith("or uninstall the package.")


@pytest.mark.parametrize(
    ("room", "name"), [("masks", "watermelon"), ("masks", "fruit_card"), ("sources", "performer")]
)
def test_livemasks_own_names_cannot_be_taken(site, caplog, room, name):
    before = plugins.names(room)
    site("acme-x", {f"{room}.{name}": "acme_x.veil"}, veil=VEIL)
    assert plugins.names(room) == before
    assert "livemask itself has one of that name; rename it" in warnings(caplog)[0]


def test_of_two_packages_with_one_name_the_first_by_its_own_name_is_meant(site, caplog):
    site("acme-b", {"masks.veil": "acme_b.veil"}, veil=VEIL)
    site("acme-a", {"masks.veil": "acme_a.veil"}, veil=VEIL)
    assert plugins.names("masks")["veil"] == "acme_a.veil"
    (line,) = warnings(caplog)
    assert line == (
        "the mask 'veil' of the package acme-b 1.2 is left out: acme-a 1.2 has one of that name; "
        "rename it, or uninstall the package."
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (VEIL + BOMB, "RuntimeError: it went off"),
        (VEIL.replace("return Veil(look)", "return {}[look]"), "KeyError: 'blur'"),
        (VEIL.replace("hides", "hidden"), "what it makes lacks hides"),
        (HOLLOW, "what it makes lacks layers and hides"),
    ],
)
def test_one_that_fails_when_it_is_made_is_one_line_that_names_its_package(site, text, why):
    site("acme-x", {"masks.glow": "acme_x.glow"}, glow=text)
    with pytest.raises(PluginError) as caught:
        plugins.create("masks", "glow")
    assert str(caught.value) == (
        f"the mask 'glow' of the package acme-x 1.2 is broken: {why}. "
        "Mend it, or uninstall it: pip uninstall acme-x."
    )


def test_a_loader_that_is_broken_does_not_keep_models_from_being_known(site, caplog):
    file = resource("assets/head.npz")
    text = '"""A model."""\n\n\ndef create() -> object: ...\n' + BOMB
    site("acme-x", {"models.aaa": "acme_x.model"}, model=text)
    assert kind_of(file) == "head"
    assert "the models of kind 'aaa' are left out" in caplog.text


def test_lists_name_the_package(site, capsys):
    site("acme-veil", {"masks.veil": "acme_veil.veil"}, veil=VEIL.replace("of one", "of [b]one"))
    list_room("masks")
    said = capsys.readouterr().out
    assert "A veil of [b]one colour." in said
    assert "of the package acme-veil 1.2" in said


@pytest.mark.parametrize("module", ["sys", "livemask.nowhere", "numpy.core._x", "__main__.x"])
def test_a_module_without_a_python_file_has_none(module):
    assert source_of(module) is None


def test_a_run_wears_and_feeds_plug_ins_of_packages(tmp_path):
    points = {"sinks.tell": "acme_all.sink", "masks.veil": "acme_all.veil", "masks.x": "acme_all.x"}
    site = install(tmp_path / "site", "acme-all", points, sink=TELL, veil=VEIL)
    sink = f"tell,file={tmp_path / 'told'},every=2"
    command = [sys.executable, "-m", "livemask", "--source", "performer,seconds=0.2", "--headless"]
    done = subprocess.run(
        [*command, "--size", "160x120", "--mask", "veil,look=mosaic", "--sink", sink],
        env={**os.environ, **NO_DISPLAY, "PYTHONPATH": str(site)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Path(tmp_path / "told").read_text() == "6 frames, every 2"
    assert done.stderr.count("left out") == 1
