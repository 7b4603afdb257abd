"""What a session is told of the run that it keeps."""

import json
from dataclasses import replace

import pytest

from livemask.config import Config
from livemask.errors import UsageError
from livemask.session.settings import replayed
from livemask.start.keeping import session_is_free, session_options
from livemask.start.wanted import outputs_are_free


class Camera:
    rate, live = 30.0, True


def settings_of(config):
    """Return the settings as they are read back from a file."""
    return json.loads(json.dumps(session_options(lambda: config, Camera())["settings"]()))


def test_a_session_is_replayed_as_the_run_was_set():
    config = Config(masks=("toon", "hat"), opacity=0.5, background="#102030", max_faces=3)
    assert Config(**replayed(settings_of(config))) == config


def test_passwords_of_a_source_are_not_written_down():
    kept = settings_of(Config(source="rtsp://me:secret@camera/1"))
    assert kept["source"] == "rtsp://***@camera/1"
    assert "secret" not in json.dumps(kept)


@pytest.mark.parametrize(("mask", "hides"), [("mosaic", True), ("hat", False)])
def test_it_is_noted_whether_anybody_was_to_be_hidden(mask, hides):
    assert settings_of(Config(masks=(mask,)))["hides"] is hides


def test_rate_and_kind_of_the_source_reach_the_session():
    given = session_options(lambda: Config(overwrite=True), Camera())
    assert (given["rate"], given["live"], given["overwrite"]) == (30.0, True, True)


def test_two_outputs_do_not_share_a_place(tmp_path):
    config = Config(session=tmp_path / "s", csv=tmp_path / "s")
    with pytest.raises(UsageError, match="two outputs"):
        outputs_are_free(config)


def test_a_session_in_the_way_is_refused_before_anything_is_opened(tmp_path):
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        outputs_are_free(Config(session=tmp_path))


def test_a_session_is_not_kept_in_the_one_that_is_replayed(tmp_path):
    config = Config(replay=tmp_path, session=tmp_path / "s")
    with pytest.raises(UsageError, match="in the session itself"):
        session_is_free(config, [])
    session_is_free(replace(config, session=None), [tmp_path.with_suffix(".csv")])


def test_a_session_keeps_the_settings_of_its_end_and_who_was_hidden_once_stays_so():
    now = Config(masks=("toon",), others="real")
    kept = session_options(lambda: now, Camera())["settings"]
    assert (kept()["others"], kept()["hides"]) == ("real", True)
    now = replace(now, others="blur", opacity=0.5)
    assert (kept()["others"], kept()["opacity"]) == ("blur", 0.5)
    now = replace(now, others="mask", masks=("hat",))
    assert (kept()["others"], kept()["masks"], kept()["hides"]) == ("blur", ("hat",), False)
    now = replace(now, masks=("toon",))
    assert kept()["hides"] is False
