"""A film of somebody who flashes and clicks at once, with a microphone of the tests."""

import logging
import threading

import av
import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.sinks.film import microphone
from livemask.sinks.film.microphone import USUAL, Device, Microphone
from livemask.sinks.film.plan import Plan
from livemask.sinks.film.ticks import Ticks
from livemask.sinks.film.voice import Voice, voice_of
from livemask.sinks.recorder import Recorder, create
from tests.sinks.film.test_in_step import pieces, sound
from tests.sinks.films import clicks, codec, output, picture, read, sound_length

PATIENCE = 20.0  # s after which a test that hangs fails
RATE = 20
BEGAN = 1000.0


class Card:
    """A sound card as far as the form of its samples goes."""

    rate, form, layout, channels = 48000, "s16", "mono", 1


class Scripted:
    """A microphone of which the test says what has come when."""

    device = Card()

    def __init__(self, coming):
        self.coming, self.now, self.closed = list(coming), 0.0, 0

    def taken(self):
        while self.coming and self.coming[0][1] <= self.now:
            piece, came = self.coming.pop(0)
            yield piece, BEGAN + came

    def close(self):
        self.closed += 1


def film(file, seconds, coming, first=0.0, lag=0.05, raw=None):
    """Record flashes at each half second, of pictures that are `lag` s later than the sound."""
    heard = Scripted(coming)
    voice = Voice(heard, lambda: BEGAN)
    plan = Plan("auto", 67.0, False, RATE, channels=voice.channels)
    bare = plan.written(raw, alpha=False) if raw else None
    recorder = Recorder(plan.written(file, alpha=False), bare, voice, Ticks(RATE), True)
    for i in range(round(seconds * RATE)):
        time = first + i / RATE
        heard.now = time + lag
        flash = time % 1.0 >= 0.5 and time % 1.0 < 0.5 + 1.5 / RATE
        recorder.send(output(picture(235 if flash else 40), time, i))
    heard.now += 1.0
    recorder.close()
    return heard


def flashes(path):
    times, images = read(path)
    bright = times[images.mean((1, 2, 3)) > 150]
    return bright[np.r_[True, np.diff(bright) > 0.2]]


@pytest.mark.parametrize(
    ("ending", "kind"), [(".mp4", "aac"), (".mov", "aac"), (".mkv", "opus"), (".webm", "opus")]
)
def test_flash_and_click_stay_together_though_the_clock_is_off(tmp_path, ending, kind):
    file = tmp_path / f"a{ending}"
    heard = film(file, 20.0, pieces(25.0, 0.005))
    assert codec(file, "audio") == kind
    apart = clicks(file) - flashes(file)
    assert len(apart) == 20
    assert np.abs(apart).max() < 0.015  # 100 ms without correction
    assert sound_length(file) == pytest.approx(20.0, abs=0.06)
    assert heard.closed >= 1


def test_a_microphone_that_is_late_is_heard_at_its_time(tmp_path):
    film(tmp_path / "a.mp4", 6.0, pieces(8.0, late=2.2))
    assert clicks(tmp_path / "a.mp4") == pytest.approx(flashes(tmp_path / "a.mp4")[2:], abs=0.012)


def test_a_film_that_begins_in_the_middle_of_a_run_has_the_sound_of_then(tmp_path):
    film(tmp_path / "a.mp4", 4.0, pieces(12.0), first=3.2)
    assert flashes(tmp_path / "a.mp4")[0] == pytest.approx(0.3, abs=0.001)
    assert clicks(tmp_path / "a.mp4")[0] == pytest.approx(0.3, abs=0.012)


def test_the_bare_film_has_the_same_sound(tmp_path):
    film(tmp_path / "a.mp4", 3.0, pieces(4.0), raw=tmp_path / "bare.mkv")
    assert clicks(tmp_path / "bare.mkv") == pytest.approx(clicks(tmp_path / "a.mp4"), abs=0.002)


def test_a_silent_microphone_costs_no_picture(tmp_path):
    film(tmp_path / "a.mp4", 3.0, [])
    assert len(read(tmp_path / "a.mp4")[0]) == 60


def test_hours_without_sound_are_not_filled_with_silence(caplog):
    early = list(pieces(2.0))
    heard = Scripted([*early, (early[0][0], 2.8 + 30_000.0), (early[1][0], 30_003.0)])
    voice = Voice(heard, lambda: BEGAN)
    heard.now = 40_000.0
    assert sum(len(samples) for samples in voice.heard(0.0)) < 3 * 48000
    assert list(voice.heard(0.0)) == []
    told = [r.getMessage() for r in caplog.records]
    assert told == ["nothing was heard for 30001 s; the film goes on without sound."]


def test_without_a_picture_a_microphone_leaves_no_file(tmp_path):
    film(tmp_path / "a.mp4", 0.0, pieces(1.0))
    assert list(tmp_path.iterdir()) == []


def test_while_it_is_written_sound_and_pictures_play(tmp_path):
    heard = Scripted(pieces(6.0))
    voice = Voice(heard, lambda: BEGAN)
    plan = Plan("auto", 67.0, False, RATE, channels=1)
    recorder = Recorder(plan.written(tmp_path / "a.mp4", False), None, voice, Ticks(RATE), True)
    for i in range(100):
        heard.now = i / RATE
        recorder.send(output(picture(90), i / RATE, i))
    assert read(tmp_path / "a.mp4")[0][-1] > 4.0
    assert sound_length(tmp_path / "a.mp4") > 4.0
    recorder.close()


@pytest.mark.parametrize("word", ["none", "source"])
def test_no_microphone_is_opened_unless_one_is_named(monkeypatch, word):
    monkeypatch.setattr("av.open", lambda *_, **__: pytest.fail("it was opened"))
    assert voice_of(word, lambda: 0.0) is None


def test_a_microphone_with_a_film_is_refused(tmp_path):
    with pytest.raises(UsageError, match="--record-sound hw:1 needs a camera"):
        create(tmp_path / "a.mp4", sound="hw:1")


def test_a_microphone_that_is_not_there_is_one_error(tmp_path):
    with pytest.raises(SinkError, match="the microphone 'no-such-card' cannot be opened"):
        create(tmp_path / "a.mp4", sound="no-such-card", began=lambda: 0.0)


def test_a_microphone_is_closed_if_the_film_cannot_be_written(tmp_path, monkeypatch):
    closed = threading.Event()

    class Opened(Card):
        def __init__(self, name):
            pass

        def pieces(self):
            assert closed.wait(PATIENCE)
            return iter(())

        def close(self):
            pass

    class Heard(Microphone):
        def __init__(self, name):
            super().__init__(name, Opened)

        def close(self):
            closed.set()
            super().close()

    monkeypatch.setattr("livemask.sinks.film.voice.Microphone", Heard)
    with pytest.raises(SinkError, match="has an ending"):
        create(tmp_path / "a.avi", sound="hw:1", began=lambda: 0.0)
    assert closed.is_set()


class Breaking(Card):
    """Gives three pieces and breaks off."""

    def __init__(self, name):
        self.closed = 0

    def pieces(self):
        for _ in range(3):
            yield sound(np.zeros(480))
        raise OSError(19, "No such device")

    def close(self):
        self.closed += 1


def test_a_microphone_that_breaks_off_says_so_once(caplog):
    with caplog.at_level(logging.WARNING):
        heard = Microphone("hw:1", Breaking)
        heard._thread.join(PATIENCE)
    assert len(list(heard.taken())) == 3
    heard.close()
    heard.close()
    assert heard.device.closed == 1
    told = [r.getMessage() for r in caplog.records]
    assert told == [
        "the microphone 'hw:1' has gone (No such device); the film goes on without sound."
    ]


@pytest.mark.parametrize(
    ("platform", "name", "address"),
    [
        ("linux", USUAL, ("alsa", "default")),
        ("linux", "plughw:1", ("alsa", "plughw:1")),
        ("darwin", USUAL, ("avfoundation", ":default")),
        ("darwin", "Desk Mic", ("avfoundation", ":Desk Mic")),
        ("win32", "Desk Mic", ("dshow", "audio=Desk Mic")),
        ("win32", USUAL, ("dshow", "audio=First")),
    ],
)
def test_each_system_has_its_own_way_to_name_a_microphone(monkeypatch, platform, name, address):
    monkeypatch.setattr(microphone.sys, "platform", platform)
    monkeypatch.setattr(microphone, "_names", lambda _: ["First", "Second"])
    assert microphone._address(name) == address


def test_the_error_names_the_microphones_that_there_are(monkeypatch):
    def refuse(*_, **__):
        raise av.FFmpegError(5, "Input/output error")

    monkeypatch.setattr(av, "open", refuse)
    monkeypatch.setattr(microphone, "_names", lambda _: ["First", "Second"])
    with pytest.raises(SinkError, match=r"Input/output error\. There are: First, Second\."):
        Device("Third")
