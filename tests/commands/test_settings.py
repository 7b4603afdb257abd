"""Defaults < file < profile < environment < command line, for every setting."""

import logging
from pathlib import Path

import pytest
import tomlkit

from livemask import cli, plugins
from livemask.commands.run import run
from livemask.commands.settings import chosen, save
from livemask.config import Config
from livemask.errors import LivemaskError, UsageError
from livemask.settings.settings import Reader
from livemask.settings.store import settings_file

PARAMS = {p.name: p for p in run.params if p.name in Config.__dataclass_fields__}
NOT_OF_THE_COMMAND_LINE = {"calibration", "favourites", "keys", "options"}

VALUES = {"size": ["320x240", "640x480", "800x600", "1280x720"],
          "virtual_camera_size": ["320x240", "640x480", "800x600", "1280x720"]}  # fmt: skip


def values_of(param):
    """Return four texts that the option understands, all different but of flags and choices."""
    if param.name in VALUES:
        return VALUES[param.name]
    if param.is_flag:
        return ["false", "true", "false", "true"]
    if hasattr(param.type, "choices"):
        choices = list(param.type.choices)
        return [choices[i % len(choices)] for i in range(4)]
    if param.type.name in ("integer", "integer range", "float", "float range"):
        return ["3", "4", "5", "6"]
    return ["a", "b", "c", "d"]


def typed(param, text):
    if param.is_flag:
        return text == "true"
    if param.multiple:
        return (text,)
    return param.type.convert(text, param, None)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LIVEMASK_CONFIG", str(tmp_path))
    return tmp_path


def write(document):
    settings_file().write_text(tomlkit.dumps(document))


def asked(*arguments):
    with run.make_context("run", list(arguments)) as context:
        options = dict(context.params)
        return chosen(context, options, options.pop("profile"))


def test_every_setting_is_an_option_of_run_and_every_option_a_setting():
    fields = set(Config.__dataclass_fields__)
    assert fields - set(PARAMS) - NOT_OF_THE_COMMAND_LINE <= {"replay"}
    assert {p.name for p in run.params} - fields <= {"profile", "help", "quiet", "verbose"}


@pytest.mark.parametrize("name", sorted(PARAMS))
def test_later_layers_go_before_earlier_ones(name, folder, monkeypatch):
    param = PARAMS[name]
    first, second, third, fourth = values_of(param)

    def written(text):
        value = typed(param, text)
        return value if param.is_flag else list(value) if param.multiple else text

    assert asked().origins[name][1] == "default"
    write({name: written(first)})
    assert asked().origins[name] == (typed(param, first), "settings.toml")
    write({name: written(first), "profile": {"p": {name.replace("_", "-"): written(second)}}})
    assert asked("--profile", "p").origins[name] == (typed(param, second), "profile p")
    monkeypatch.setenv(f"LIVEMASK_{name.upper()}", third)
    assert asked("--profile", "p").origins[name] == (typed(param, third), "the environment")
    option = max(param.opts, key=len)
    line = [option] if param.is_flag else [f"{option}={fourth}"]
    value, origin = asked("--profile", "p", *line).origins[name]
    assert (value, origin) == (typed(param, fourth), "command line")


def test_a_run_is_asked_for_what_holds(folder, monkeypatch):
    write({"masks": ["hat"], "fov": 70, "favourites": ["toon"], "keys": {"panic": "K"},
           "mask": {"watermelon": {"fruit": "orange"}}})  # fmt: skip
    monkeypatch.setenv("LIVEMASK_MASKS", "hat;my photo.png")
    config = asked("--max-faces", "2").config
    assert config.masks == ("hat", "my photo.png")
    assert (config.fov, config.max_faces, config.favourites) == (70.0, 2, ("toon",))
    assert config.keys == {"panic": ("k",)}
    assert config.options == {"masks.watermelon": {"fruit": "orange"}}


@pytest.mark.parametrize("file", ["one, two.png", 'the "best", so far.png', "plain.png"])
def test_a_text_with_commas_goes_from_the_file_to_the_mask_and_back(folder, file):
    write({"mask": {"paint": {"file": file, "gloss": 0.5}}})
    config = asked("--mask", "paint").config
    worn = plugins.filled("masks", "paint", config.options)
    assert plugins.parse(worn, "masks")[1] == {"file": file, "gloss": "0.5"}
    save({"masks": (worn,)}, "")
    assert asked().config.masks == (worn,)
    assert asked().config.options == config.options


def test_a_profile_may_be_named_in_the_environment_and_must_be_there(folder, monkeypatch):
    write({"profile": {"stream": {"fov": 80}}})
    monkeypatch.setenv("LIVEMASK_PROFILE", "stream")
    assert asked().config.fov == 80.0
    with pytest.raises(UsageError, match=r"no profile 'strem'. There are: stream"):
        asked("--profile", "strem")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"smothing": "high"}, "there is no setting 'smothing'. Did you mean 'smoothing'?"),
        ({"smoothing": "hgih"}, "smoothing = 'hgih' is left out"),
        ({"fov": "wide"}, "fov = 'wide' is left out"),
        ({"fov": True}, "fov = True is left out"),
        ({"headless": "perhaps"}, "headless = 'perhaps' is left out"),
        ({"max_faces": 2.5}, "max_faces = 2.5 is left out"),
        ({"masks": [3]}, "it must be a list of texts"),
        ({"size": [1280, 720]}, "it is of another kind"),
        ({"profile": {"p": {"fow": 3}}}, "'profile.p.fow'. Did you mean 'profile.p.fov'?"),
        ({"keys": {"panik": "b"}}, "there is no action 'panik'. Did you mean 'panic'?"),
        ({"keys": {"panic": 3}}, "keys.panic must be a key or a list of keys"),
        ({"mask": {"watermelo": {"a": 1}}}, "no mask 'watermelo'. Did you mean 'watermelon'?"),
        ({"mask": {"watermelon": {"frut": 1}}}, "Did you mean 'watermelon.fruit'?"),
        ({"recordr": {"rate": 1}}, "no section 'recordr'. Did you mean 'recorder'?"),
        ({"recorder": {"rate": [1]}}, "recorder.rate must be"),
        ({"favourites": 3}, "favourites must be a list of masks"),
    ],
)
def test_what_cannot_be_is_said_and_left_out(folder, caplog, document, said):
    write(document | {"light": "flat"})
    with caplog.at_level(logging.WARNING, "livemask"):
        choice = asked()
    assert said in caplog.text
    assert choice.origins["light"] == ("flat", "settings.toml")
    assert choice.config == Config(light="flat", options=choice.settings.options)


def test_a_switch_in_the_environment_that_is_neither_is_told_what_it_may_be(
    folder, monkeypatch, caplog
):
    monkeypatch.setenv("LIVEMASK_HEADLESS", "maybe")
    monkeypatch.setenv("LIVEMASK_OVERWRITE", "Off")
    with caplog.at_level(logging.WARNING, "livemask"):
        choice = asked()
    assert "LIVEMASK_HEADLESS='maybe' is left out: write yes, true, on, 1 or no" in caplog.text
    assert choice.origins["overwrite"] == (False, "the environment")


def test_an_unknown_variable_is_said_but_not_those_of_folders(folder, monkeypatch, caplog):
    monkeypatch.setenv("LIVEMASK_FOW", "3")
    monkeypatch.setenv("LIVEMASK_LIGHT", "flat")
    monkeypatch.setenv("LIVEMASK_OTHERS", "everybody")
    with caplog.at_level(logging.WARNING, "livemask"):
        assert asked().config.light == "flat"
    assert "LIVEMASK_FOW. Did you mean LIVEMASK_FOV?" in caplog.text
    assert "LIVEMASK_OTHERS='everybody' is left out" in caplog.text
    assert "LIVEMASK_CONFIG" not in caplog.text


def test_of_a_value_that_a_run_refuses_it_is_told_where_it_may_come_from(folder):
    write({"fov": 300})
    with pytest.raises(LivemaskError, match="--fov 300") as error:
        _ = asked().config
    assert "settings.toml" in error.value.__notes__[0]


def test_any_toml_at_all_is_read_without_an_error(folder, caplog):
    reader = Reader("s", lambda *_: 1, ["fov"], ["panic"])
    odd = {"profile": 3, "keys": {"panic": {"a": {}}}, "mask": {"toon": 3}, "recorder": {},
           "fov": {"a": 1}, "": 1, "detector": {"dlib68": {"landmarks": {}}}}  # fmt: skip
    assert reader(odd).values == {}


def test_the_commands_tell_where_the_settings_are_what_holds_and_start_anew(folder, capsys):
    def said(*arguments):
        cli.commands.main(["config", *arguments], standalone_mode=False)
        return capsys.readouterr().out

    assert Path(said("path").strip()) == folder / "settings.toml"
    assert "Nothing is set" in said("show")
    write({"fov": 70, "keys": {"panic": "k"}, "profile": {"p": {"fov": 80}}})
    assert said("show").splitlines() == [
        "fov = 70.0    (settings.toml)",
        'keys.panic = ["k"]    (settings.toml)',
    ]
    assert "fov = 80.0    (profile p)" in said("show", "--profile", "p")
    assert 'light = "auto"    (default)' in said("show", "--all")
    assert "settings.old-1.toml" in said("reset")
    assert "There were no settings" in said("reset")


def test_a_calibration_that_is_kept_is_shown(folder, capsys):
    write({"calibration": {"blink": 0.7}})
    cli.commands.main(["config", "show"], standalone_mode=False)
    assert capsys.readouterr().out == "calibration is kept    (settings.toml)\n"


def test_a_profile_has_a_calibration_of_its_own_and_else_the_usual_one(folder):
    usual = {"blink": 0.7, "neutral": {"browDownLeft": 0.3}}
    write(
        {"calibration": usual, "profile": {"stream": {"calibration": {"wink": 0.2}}, "calls": {}}}
    )
    assert asked().config.calibration.table() == usual
    assert asked("--profile", "calls").config.calibration.table() == usual
    assert asked("--profile", "stream").config.calibration.table() == {"wink": 0.2}


def test_a_calibration_that_is_none_is_said_and_left_out(folder, caplog):
    write({"calibration": {"blink": 7.0}, "fov": 75.0})
    config = asked().config
    assert config.calibration.table() == {}
    assert config.fov == 75.0
    assert "a lid cannot count as shut at 7" in caplog.text
