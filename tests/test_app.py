"""The whole chain, from a film to films and tables."""

import csv
import json
import logging
import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from scipy.io import savemat

from livemask import app
from livemask.config import Config
from livemask.detectors import dlib68
from livemask.errors import LivemaskError, ModelError, SinkError, SourceError, UsageError
from livemask.records import Frame
from livemask.sinks.opentrack import Opentrack
from livemask.sources.video import VideoSource
from tests import drawn_film
from tests.sinks.listening import listening

COUNT, GONE = 40, range(18, 36)  # gone for longer than a face is held


@pytest.fixture(scope="session")
def film(tmp_path_factory):
    frames = drawn_film.pictures(COUNT, GONE)
    return drawn_film.write(tmp_path_factory.mktemp("app") / "film.mp4", frames)


@pytest.fixture
def done(film, tmp_path):
    """Run the film once, with everything that can be written."""
    config = Config(
        source=str(film),
        masks=("shaded",),
        record=tmp_path / "out.mp4",
        csv=tmp_path / "out.csv",
        stats=tmp_path / "out.json",
        headless=True,
    )
    return app.run(config), tmp_path


def rows_of(file):
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_frame_comes_through_in_order_at_its_own_time(done, film):
    summary, folder = done
    pictures, times = drawn_film.read(folder / "out.mp4")
    assert summary.frames == len(pictures) == COUNT
    np.testing.assert_allclose(times, drawn_film.read(film)[1], atol=1e-4)
    assert [int(row["frame"]) for row in rows_of(folder / "out.csv")] == list(range(COUNT))


def test_the_table_says_where_the_face_was_and_where_it_was_not(done):
    rows = rows_of(done[1] / "out.csv")
    assert [row["success"] for row in rows[: GONE.start]] == ["1"] * GONE.start
    assert {row["success"] for row in rows[GONE.start : GONE.stop]} == {"0"}
    assert not rows[GONE.stop - 1]["x_30"]
    assert rows[-1]["success"] == "1"
    assert float(rows[5]["x_30"]) == pytest.approx(240.0 + 20.0 * np.sin(1.5), abs=12.0)


def test_the_statistics_count_what_happened(done):
    summary, folder = done
    written = json.loads((folder / "out.json").read_text())
    assert written["frames"]["total"] == COUNT
    assert written["frames"]["tracked"] == summary.tracked
    assert written["frames"]["held"] + written["frames"]["lost"] == COUNT - summary.tracked
    named = {"read", "detect", "landmarks", "fit", "smooth", "mesh", "draw", "readback"}
    assert set(written["stages"]) >= named | {"recorder", "csv"}
    assert written["peak_memory_mb"] > 50


def test_the_real_face_is_never_seen(done, film):
    """Where the film has a face, the picture shows the mask: nowhere near the film's own skin."""
    before, after = drawn_film.read(film)[0], drawn_film.read(done[1] / "out.mp4")[0]
    for i in (*range(GONE.start), *range(GONE.stop, COUNT)):
        x, y = 240.0 + 20.0 * np.sin(0.3 * i), 190.0 + 6.0 * np.cos(0.2 * i)
        cheeks = np.s_[int(y) + 15 : int(y) + 40, int(x) - 45 : int(x) + 45]
        assert np.abs(before[i][cheeks].astype(int) - after[i][cheeks]).mean() > 8.0, i


def test_a_face_that_is_not_found_is_blurred_beyond_recognition(film, tmp_path, monkeypatch):
    looking = dlib68.create()
    before = [bool(looking.find(picture)) for picture in drawn_film.read(film)[0]]
    monkeypatch.setattr(dlib68.Dlib68, "find", lambda *_, **__: [])
    record = tmp_path / "out.mp4"
    app.run(Config(source=str(film), masks=("shaded",), record=record, headless=True))
    monkeypatch.undo()
    assert sum(before) == COUNT - len(GONE)
    assert not any(looking.find(picture) for picture in drawn_film.read(record)[0])


def test_the_same_film_gives_the_same_result(film, tmp_path):
    for name in ("a", "b"):
        app.run(
            Config(
                source=str(film),
                masks=("textured",),
                record=tmp_path / f"{name}.mp4",
                csv=tmp_path / f"{name}.csv",
                headless=True,
                frames=12,
            )
        )
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    first, second = (drawn_film.read(tmp_path / f"{n}.mp4")[0] for n in "ab")
    np.testing.assert_array_equal(first, second)


def test_a_film_is_read_no_further_than_asked(film, tmp_path):
    summary = app.run(Config(source=str(film), csv=tmp_path / "out.csv", headless=True, frames=7))
    assert summary.frames == 7
    assert len(rows_of(tmp_path / "out.csv")) == 7


def test_a_film_may_have_commas_in_its_name(film, tmp_path):
    named = tmp_path / "me, at home.mp4"
    named.write_bytes(film.read_bytes())
    table = tmp_path / "out.csv"
    app.run(Config(source=str(named), csv=table, headless=True, frames=2))
    assert len(rows_of(table)) == 2


def test_no_face_in_the_whole_film_is_told(tmp_path, caplog):
    wall = drawn_film.write(tmp_path / "wall.mp4", drawn_film.pictures(6, range(6)))
    with caplog.at_level(logging.WARNING, "livemask"):
        summary = app.run(Config(source=str(wall), csv=tmp_path / "out.csv", headless=True))
    assert summary.tracked == 0
    assert "no face" in caplog.text
    assert {row["success"] for row in rows_of(tmp_path / "out.csv")} == {"0"}


@pytest.mark.parametrize("kind", ["record", "csv", "stats"])
def test_an_output_that_exists_is_left_alone(film, tmp_path, kind):
    there = tmp_path / "there.mp4"
    there.write_text("mine")
    with pytest.raises(UsageError, match="--overwrite"):
        app.run(Config(source=str(film), headless=True, **{kind: there}))
    assert there.read_text() == "mine"


def test_the_input_is_never_the_output(film):
    before = film.read_bytes()
    with pytest.raises(UsageError, match="input"):
        app.run(Config(source=str(film), record=film, headless=True, overwrite=True))
    assert film.read_bytes() == before


def test_two_outputs_do_not_share_a_file(film, tmp_path):
    with pytest.raises(UsageError, match="two outputs"):
        app.run(Config(source=str(film), csv=tmp_path / "o", stats=tmp_path / "o", headless=True))


def test_an_unknown_mask_is_answered_with_those_that_there_are(film, tmp_path):
    with pytest.raises(UsageError, match=r"textured.*watermelon"):
        app.run(
            Config(
                source=str(film), masks=("moustached",), record=tmp_path / "o.mp4", headless=True
            )
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no film at all", bytes(2000)])
def test_a_broken_film_leaves_nothing_behind(tmp_path, content):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    with pytest.raises(SourceError):
        app.run(Config(source=str(broken), record=tmp_path / "out.mp4", headless=True))
    assert [file.name for file in tmp_path.iterdir()] == ["broken.mp4"]


def test_a_broken_model_leaves_nothing_behind(film, tmp_path):
    savemat(tmp_path / "odd.mat", {"model": {"shapeMU": np.zeros(3)}})
    with pytest.raises(ModelError, match="expMU"):
        app.run(
            Config(
                source=str(film),
                model=str(tmp_path / "odd.mat"),
                record=tmp_path / "out.mp4",
                headless=True,
            )
        )
    assert [file.name for file in tmp_path.iterdir()] == ["odd.mat"]


def test_an_error_while_running_finishes_the_files(film, tmp_path, monkeypatch):
    read = VideoSource.read

    def fails_at_ten(self):
        frame = read(self)
        if frame is not None and frame.index == 10:
            raise SourceError("the cable was pulled")
        return frame

    monkeypatch.setattr(VideoSource, "read", fails_at_ten)
    with pytest.raises(LivemaskError, match="cable"):
        app.run(
            Config(
                source=str(film),
                record=tmp_path / "out.mp4",
                csv=tmp_path / "out.csv",
                headless=True,
            )
        )
    assert [int(row["frame"]) for row in rows_of(tmp_path / "out.csv")] == list(range(10))
    assert len(drawn_film.read(tmp_path / "out.mp4")[0]) == 10


COUNT_SIGNATURES = """
import sys
from pathlib import Path
from numba.core.dispatcher import Dispatcher
from livemask import app
from livemask.config import Config
app.run(Config(source=sys.argv[1], masks=("textured",), record=Path(sys.argv[2]), headless=True))
kernels = {
    f"{name}.{key}": len(value.signatures)
    for name, module in list(sys.modules.items()) if name.startswith("livemask.")
    for key, value in vars(module).items() if isinstance(value, Dispatcher)
}
print(len(kernels), [name for name, count in kernels.items() if count > 1])
"""


def test_no_kernel_is_compiled_twice_in_a_run(film, tmp_path):
    """A second version, for arrays of another layout, would be a stall in mid-show.

    With nothing compiled before: a kernel from the cache does not say what else it called.
    """
    done = subprocess.run(
        [sys.executable, "-c", COUNT_SIGNATURES, film, tmp_path / "o.mp4"],
        capture_output=True, text=True, timeout=240, check=True,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "kernels")},
    )  # fmt: skip
    count, twice = done.stdout.split(maxsplit=1)
    assert int(count) > 10
    assert twice.strip() == "[]"


class Live:
    """A camera that shows a film: frames come at its rate, whoever is ready.

    One of its pictures stays until `go` is set, however long this machine takes to load.
    """

    def __init__(self, frames, rate, go):
        self.size, self.rate, self.count, self.live, self.path = (
            drawn_film.SIZE, rate, None, True, None,
        )  # fmt: skip
        self.given, self._frames, self._go = [], frames, go
        self._number, self._start = 0, None

    def read(self):
        now = time.monotonic()
        self._start = self._start or now
        time.sleep(max(0.0, self._start + len(self.given) / self.rate - now))
        if self._number == len(self._frames):
            return None
        image = self._frames[self._number]
        self._number += self._go.is_set() or self._number < 10
        image.flags.writeable = False
        self.given.append(image)
        return Frame(image, time.monotonic() - self._start, len(self.given) - 1)

    def close(self):
        self._frames = []
        self._number = 0


def test_a_live_source_is_searched_in_a_thread_and_never_shown_bare(tmp_path, monkeypatch):
    frames = drawn_film.pictures(75)
    ready = threading.Event()
    camera = Live(frames, 12.0, ready)
    monkeypatch.setattr(app, "open_any_source", lambda _config: camera)
    record, table = tmp_path / "o.mp4", tmp_path / "o.csv"
    summary = app.run(
        Config(masks=("shaded",), record=record, csv=table, headless=True),
        lambda _read, _total, doing: doing or ready.set(),
    )
    assert summary.tracked > 10
    looking = dlib68.create()
    pictures, times = drawn_film.read(record)
    assert (np.diff(times) > 0).all()
    rows = rows_of(table)
    first = next(i for i, row in enumerate(rows) if row["success"] == "1")
    assert not any(looking.find(picture) for picture in pictures[:first])
    shown = [camera.given[int(row["frame"])] for row in rows[: len(pictures)]]
    for before, after in zip(shown[first:], pictures[first:], strict=False):
        assert np.abs(before.astype(int) - after)[150:230, 190:290].mean() > 4.0


def test_the_rate_reaches_pictures_and_the_performer(tmp_path):
    (tmp_path / "1.pgm").write_bytes(b"P5 64 48 255 " + bytes(64 * 48))
    for source in (str(tmp_path), "performer,seconds=1"):
        opened = app.open_any_source(Config(source=source, fps=10.0, size=(64, 64)))
        opened.close()
        assert opened.rate == 10.0


def test_an_output_that_fails_leaves_the_others_whole(film, tmp_path, monkeypatch, caplog):
    send, sent = Opentrack.send, []

    def fails_at_ten(self, output):
        sent.append(output.frame.index)
        if len(sent) == 10:
            raise SinkError("the cable was pulled")
        send(self, output)

    monkeypatch.setattr(Opentrack, "send", fails_at_ten)
    table = tmp_path / "out.csv"
    with pytest.raises(SinkError, match="opentrack failed on the way"):
        app.run(Config(source=str(film), csv=table, opentrack="127.0.0.1:9", headless=True))
    assert len(sent) == 10
    assert [int(row["frame"]) for row in rows_of(table)] == list(range(COUNT))
    assert caplog.text.count("opentrack has ended, the rest goes on: the cable was pulled") == 1


def test_faces_of_a_film_are_sent_while_it_is_written(film, tmp_path):
    take = tmp_path / "take.csv"
    with listening() as (heard, address):
        config = Config(
            source=str(film), livelink_csv=take, livelink=address, headless=True, frames=12
        )
        app.run(config)
        assert b"livemask" in heard.recv(65536)
    assert [row["BlendShapeCount"] for row in rows_of(take)] == ["61"] * 12


def test_a_host_that_is_not_known_is_said_before_anything_is_written(film, tmp_path):
    table = tmp_path / "out.csv"
    with pytest.raises(SinkError, match="is not known"):
        app.run(Config(source=str(film), csv=table, vmc="no.such.host.invalid", headless=True))
    assert not table.exists()


def test_an_output_is_named_by_its_plug_in(film, tmp_path):
    with listening() as (heard, address):
        app.run(
            Config(
                source=str(film),
                sinks=(
                    f"livelink,address={address},subject=Anna",
                    f"csv,file={tmp_path / 'o.csv'}",
                ),
                headless=True,
                frames=3,
            )
        )
        assert b"Anna" in heard.recv(65536)
    assert len(rows_of(tmp_path / "o.csv")) == 3


@pytest.mark.parametrize(
    ("sinks", "message"),
    [
        (("carrier-pigeon",), "there is no sink 'carrier-pigeon'"),
        (("vmc,speed=9",), "no option 'speed'"),
        (("opentrack", "opentrack"), "opentrack is on already"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_the_run(film, sinks, message):
    with pytest.raises(UsageError, match=message):
        app.run(Config(source=str(film), sinks=sinks, headless=True))
