"""A session on the disk: what is in it, and how it ends."""

import json
from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import SinkError, UsageError
from livemask.records import Frame, Light, Output, Seen, State
from livemask.session.film import SessionFilm
from livemask.session.folder import fingerprint
from livemask.sinks import csv
from livemask.sinks.session import create
from livemask.sources.recorded import RecordedSource
from tests.session.test_numbers import same
from tests.sinks.faces import make_fit, make_model

RANDOM = np.random.default_rng(4)
PICTURES = RANDOM.integers(0, 256, (12, 48, 64, 3), np.uint8)
MODEL = make_model()
LIGHT = Light.default()
SETTINGS = {"masks": ["toon"]}


def drawn(index, *, model=MODEL, seen=True):
    fits = (replace(make_fit(), identity=np.array([0.1 * index, 1.0])),) if index != 3 else ()
    known = Seen(fits, (), frozenset({3}), LIGHT) if seen else None
    frame = Frame(PICTURES[index], 0.5 + index / 29.97, 10 + index)
    return Output(None, frame, fits, model, frame.time, known)


def read(folder):
    source = RecordedSource(folder)
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    source.close()
    return frames


def assert_is(frames, outputs):
    """Require that frames are those of the outputs, pixel by pixel and number by number."""
    for frame, output in zip(frames, outputs, strict=True):
        np.testing.assert_array_equal(frame.image, output.frame.image)
        assert (frame.time, frame.index) == (output.frame.time, output.frame.index)
        assert same(frame.seen, output.seen)


def keep(folder, outputs, **options):
    sink = create(folder, **options)
    for output in outputs:
        sink.send(output)
    sink.close()
    sink.close()


def test_pictures_numbers_and_times_come_back(tmp_path):
    outputs = [drawn(i) for i in range(12)]
    keep(tmp_path / "s", outputs)
    assert_is(read(tmp_path / "s"), outputs)


def test_it_tells_how_much_is_kept(tmp_path):
    sink = create(tmp_path / "s")
    sink.send(drawn(0))
    assert sink.detail == "1 frames kept"
    sink.close()


def test_it_says_what_it_is(tmp_path):
    keep(tmp_path / "s", [drawn(i) for i in range(5)], settings=SETTINGS.copy, rate=29.97)
    said = json.loads((tmp_path / "s/session.json").read_text())
    assert said["frames"] == 5
    assert said["rate"] == 29.97
    assert said["settings"] == {"masks": ["toon"]}
    assert said["model"] == fingerprint(MODEL)
    assert said["people"] == {"3": [0.4, 1.0]}


def test_it_says_how_it_was_set_by_then_even_if_it_is_broken_off(tmp_path):
    now = {"others": "real"}
    sink = create(tmp_path / "s", settings=lambda: dict(now))
    sink.send(drawn(0))
    now["others"] = "blur"
    sink.send(drawn(1))
    said = json.loads((tmp_path / "s/session.json").read_text())
    assert (said["settings"], said["frames"]) == ({"others": "blur"}, None)
    assert said["model"] == fingerprint(MODEL)
    sink.close()
    assert json.loads((tmp_path / "s/session.json").read_text())["settings"] == now


def test_the_table_is_that_of_the_output_csv(tmp_path):
    outputs = [drawn(i) for i in range(5)]
    keep(tmp_path / "s", outputs)
    table = csv.create(tmp_path / "a.csv")
    for output in outputs:
        table.send(output)
    table.close()
    assert (tmp_path / "s/table.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_frames_from_before_anybody_was_looked_for_are_kept(tmp_path):
    outputs = [drawn(3, model=None, seen=False), drawn(4)]
    keep(tmp_path / "s", outputs)
    first, second = read(tmp_path / "s")
    assert first.seen.chosen == ()
    assert same(second.seen, outputs[1].seen)


def test_a_run_that_is_killed_leaves_what_can_be_replayed(tmp_path, caplog):
    sink = create(tmp_path / "s")
    outputs = [drawn(i % 12) for i in range(36)]
    outputs = [replace(o, frame=replace(o.frame, time=i / 30, index=i), time=i / 30)
               for i, o in enumerate(outputs)]  # fmt: skip
    for output in outputs:
        sink.send(output)
    (tmp_path / "killed").mkdir()
    for file in (tmp_path / "s").iterdir():
        (tmp_path / "killed" / file.name).write_bytes(file.read_bytes())
    sink.close()
    got = read(tmp_path / "killed")
    assert len(got) > 24
    assert_is(got, outputs[: len(got)])
    assert "was broken off" in caplog.text
    caplog.clear()
    assert len(read(tmp_path / "s")) == 36
    assert caplog.text == ""


def test_a_full_disk_is_said_and_what_is_whole_can_be_replayed(tmp_path, monkeypatch):
    sink, write, outputs = create(tmp_path / "s"), SessionFilm.write, [drawn(i) for i in range(12)]

    def full(self, image, at):
        if at > 200:
            raise OSError(28, "No space left on device")
        write(self, image, at)

    monkeypatch.setattr(SessionFilm, "write", full)
    for output in outputs[:7]:
        sink.send(output)
    with pytest.raises(SinkError, match=r"ends after 7 frames.*No space left"):
        sink.send(outputs[7])
    sink.close()
    assert_is(read(tmp_path / "s"), outputs[:7])


def test_half_a_line_is_cut_off_when_the_disk_is_full(tmp_path):
    sink = create(tmp_path / "s")
    sink.send(drawn(0))
    whole = (tmp_path / "s/faces.jsonl").read_bytes()

    class Full:
        closed = False

        def __init__(self, stream):
            self.stream = stream

        def write(self, line):
            return self.stream.write(line[:100])

        def __getattr__(self, name):
            return getattr(self.stream, name)

    sink._lines = Full(sink._lines)
    with pytest.raises(SinkError, match="ends after 1 frames"):
        sink.send(drawn(1))
    assert (tmp_path / "s/faces.jsonl").read_bytes() == whole


def test_a_picture_of_another_size_ends_it(tmp_path):
    sink = create(tmp_path / "s")
    sink.send(drawn(0))
    other = replace(drawn(1), frame=Frame(np.zeros((20, 20, 3), np.uint8), 1.0, 11))
    with pytest.raises(SinkError, match="changed their size"):
        sink.send(other)


def test_a_run_without_a_frame_leaves_no_folder(tmp_path):
    create(tmp_path / "s").close()
    assert list(tmp_path.iterdir()) == []


def test_a_session_is_not_overwritten_unasked(tmp_path):
    keep(tmp_path / "s", [drawn(0)])
    with pytest.raises(UsageError, match="--overwrite"):
        create(tmp_path / "s")
    keep(tmp_path / "s", [drawn(1)], overwrite=True)
    assert_is(read(tmp_path / "s"), [drawn(1)])


def test_a_lost_face_is_told_from_one_that_is_seen(tmp_path):
    lost = replace(make_fit(), state=State.LOST)
    output = replace(drawn(0), fits=(), seen=Seen((lost,), (lost,), frozenset({3}), LIGHT))
    keep(tmp_path / "s", [output])
    assert same(read(tmp_path / "s")[0].seen, output.seen)
