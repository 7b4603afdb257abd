"""`livemask replay`: what is told goes before what was recorded."""

import json

import pytest
from click.testing import CliRunner

from livemask import app, cli
from livemask.config import Config
from livemask.session.folder import ABOUT, About, write_about

SETTINGS = {"masks": ["toon"], "opacity": 0.5, "model": "head", "max_faces": 2, "others": "blur"}


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Return a function that types a command and returns the Config that comes of it."""
    write_about(tmp_path, About("1.0", SETTINGS))
    configs = []

    def run(config, *_, **__):
        configs.append(config)
        return app.Summary(0, 0, None)

    monkeypatch.setattr(app, "run", run)

    def ask(*words):
        done = CliRunner().invoke(cli.commands, ["replay", str(tmp_path), *words])
        if done.exception is not None:
            raise done.exception
        return configs[-1]

    return ask


def test_what_is_not_told_is_as_it_was(asked, tmp_path):
    assert asked() == Config(
        replay=tmp_path, masks=("toon",), opacity=0.5, max_faces=2, others="blur"
    )


def test_what_is_told_goes_before_it(asked):
    config = asked("--mask", "gold", "--mask", "hat", "--opacity", "1", "--light", "studio")
    assert (config.masks, config.opacity, config.light) == (("gold", "hat"), 1.0, "studio")
    assert config.others == "blur"


def test_outputs_are_those_of_a_run(asked, tmp_path):
    config = asked("--csv", "a.csv", "--gltf", "a.glb", "--vmc", "--headless", "--frames", "5")
    assert (str(config.csv), str(config.gltf), config.vmc) == ("a.csv", "a.glb", "")
    assert (config.headless, config.frames) == (True, 5)


def test_a_mask_of_a_file_is_asked_for_again(asked, tmp_path):
    said = json.loads((tmp_path / ABOUT).read_text())
    said["settings"]["masks"] = ["own.png"]
    (tmp_path / ABOUT).write_text(json.dumps(said))
    with pytest.raises(Exception, match="give --mask again"):
        asked()
    assert asked("--mask", "own.png").masks == ("own.png",)
