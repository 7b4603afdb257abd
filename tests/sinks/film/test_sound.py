import av
import numpy as np
import pytest

from livemask.errors import SinkError
from livemask.sinks.recorder import create
from tests.sinks.films import (
    FLASHES,
    RATE,
    clicks,
    codec,
    flashes,
    length,
    make_film,
    output,
    picture,
    play,
    read,
    sound_length,
)


def keep_sound(tmp_path, source, ending, frames=None):
    file = tmp_path / f"out{ending}"
    recorder = create(file, source=source, rate=RATE)
    play(source, recorder, frames)
    recorder.close()
    return file


@pytest.mark.parametrize(
    ("source", "sound", "ending", "expected"),
    [
        ("in.mp4", "aac", ".mp4", "aac"),
        ("in.mp4", "aac", ".mkv", "aac"),
        ("in.mp4", "libmp3lame", ".mp4", "mp3"),
        ("in.mkv", "libopus", ".mp4", "opus"),
        ("in.mkv", "libopus", ".mov", "aac"),
        ("in.avi", "pcm_s16le", ".mp4", "aac"),
        ("in.avi", "pcm_s16le", ".mkv", "pcm_s16le"),
    ],
)
@pytest.mark.parametrize("picture_start", [0.0, 0.3])
def test_flash_and_click_stay_together(tmp_path, source, sound, ending, expected, picture_start):
    source = tmp_path / source
    make_film(source, sound, picture_start=picture_start)
    file = keep_sound(tmp_path, source, ending)
    assert codec(file, "audio") == expected
    assert len(read(file)[0]) == 75
    apart = flashes(source) - clicks(source)
    assert flashes(file) - clicks(file) == pytest.approx(apart, abs=0.003)


def test_sound_that_starts_after_the_pictures_still_does(tmp_path):
    make_film(tmp_path / "in.mp4", sound_start=0.4)
    file = keep_sound(tmp_path, tmp_path / "in.mp4", ".mp4")
    assert clicks(file) == pytest.approx(clicks(tmp_path / "in.mp4"), abs=0.003)
    assert flashes(file) == pytest.approx(np.array(FLASHES) / RATE, abs=1e-4)


def test_sound_that_outlasts_the_pictures_is_kept(tmp_path):
    make_film(tmp_path / "in.mp4", sound=3.7)
    file = keep_sound(tmp_path, tmp_path / "in.mp4", ".mp4")
    assert sound_length(file) == pytest.approx(3.7, abs=0.03)


def test_sound_ends_where_the_recording_was_broken_off(tmp_path):
    make_film(tmp_path / "in.mp4")
    file = keep_sound(tmp_path, tmp_path / "in.mp4", ".mp4", frames=40)
    assert length(file) == pytest.approx(40 / RATE, abs=0.03)
    assert sound_length(file) == pytest.approx(40 / RATE, abs=0.03)


def test_a_silent_film_stays_silent(tmp_path):
    make_film(tmp_path / "in.mp4", codec=None)
    file = keep_sound(tmp_path, tmp_path / "in.mp4", ".mp4")
    with av.open(str(file)) as film:
        assert [stream.type for stream in film.streams] == ["video"]


def test_a_source_whose_sound_cannot_be_had_costs_the_sound_only(tmp_path):
    (tmp_path / "in.mp4").write_bytes(b"no film at all")
    recorder = create(tmp_path / "out.mp4", source=tmp_path / "in.mp4")
    for i in range(10):
        recorder.send(output(picture(90), i / 25, i))
    with pytest.raises(SinkError, match=r"out\.mp4 is recorded and plays, but without the sound"):
        recorder.close()
    assert len(read(tmp_path / "out.mp4")[0]) == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.mp4", "out.mp4"]
