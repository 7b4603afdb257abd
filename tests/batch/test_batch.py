"""Batches of small films, in real processes where that matters."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest

from livemask import app, cli
from livemask.app import Summary
from livemask.batch import batch, pool, work
from livemask.batch.batch import Asked, Watch, run_batch
from livemask.batch.hold import hold
from livemask.batch.job import Job, Outcome
from livemask.errors import SinkError, UsageError
from tests.test_cli import NO_DISPLAY

TABLES = {"csv": ".csv"}
PLAIN = {"masks": ["none"], "smoothing": "off"}
PATIENCE = 60.0  # s after which a test that hangs fails


def film(file, frames=3):
    """Write a film of noise: nobody is found in it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(0).integers(0, 256, (4, 48, 64, 3), dtype=np.uint8)
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for i in range(frames):
            picture = av.VideoFrame.from_ndarray(noise[i % 4], format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode())
    return file


class Told(Watch):
    """Remembers what it is told."""

    def __init__(self):
        self.outcomes, self.begun = {}, None

    def begin(self, jobs, before):
        self.begun = jobs, before

    def end(self, source, outcome):
        self.outcomes[Path(source).name] = outcome


@pytest.fixture
def serial(monkeypatch):
    """Do all jobs in this process."""

    def do(jobs, _processes, stopped, told):
        for job in jobs:
            if stopped():
                return
            yield job, Outcome.read(work.do(job.text, lambda *a, job=job: told(job, *a)))

    monkeypatch.setattr(pool, "work", do)


@pytest.fixture
def here(serial, monkeypatch):
    """Do all jobs in this process, by a run that writes what it is asked for."""

    def run(config, watch):
        watch(1, 3, "")
        if "bad" in config.source:
            raise SinkError("it is bad.")
        if "odd" in config.source:
            raise KeyError("odd")
        for file in (config.record, config.csv):
            if file is not None:
                Path(str(file).replace("%06d", "000000")).write_text(config.source)
        return Summary(3, 3, 25.0)

    monkeypatch.setattr(app, "run", run)


def lay(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def left_in(out):
    files = (p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file())
    return sorted(name for name in files if not name.startswith(batch.HIDDEN))


def test_each_film_is_done_once_and_again_only_when_something_has_changed(here, tmp_path):
    lay(tmp_path, "in/x.mp4", "in/a/y.mov", "in/z.jpg")
    kinds = {"record": ".mp4", "csv": ".csv"}
    asked = Asked([tmp_path / "in"], tmp_path / "out", kinds, PLAIN)
    assert (run_batch(asked).done, left_in(tmp_path / "out")) == (
        3,
        ["a/y.csv", "a/y.mp4", "x.csv", "x.mp4", "z.csv", "z.png"],
    )
    again = run_batch(asked)
    assert (again.done, again.before) == (0, 3)
    lay(tmp_path, "in/new.mp4")
    (tmp_path / "in/x.mp4").write_text("another film")
    report = run_batch(asked)
    assert (report.done, report.before, report.failed) == (2, 2, {})
    other = Asked(asked.inputs, asked.out, kinds, PLAIN | {"masks": ["toon"]})
    assert run_batch(other).done == 4
    assert (
        run_batch(Asked(*(asked.inputs, asked.out, kinds, other.options), overwrite=True)).done == 4
    )


def test_a_failure_costs_no_other_film_and_leaves_nothing(here, tmp_path):
    lay(tmp_path, "in/a.mp4", "in/bad.mp4", "in/c.mp4")
    told = Told()
    report = run_batch(Asked([tmp_path / "in"], tmp_path / "out", TABLES, PLAIN), told)
    assert report.failed == {str(tmp_path / "in/bad.mp4"): "it is bad."}
    assert (report.done, report.left) == (2, 0)
    assert left_in(tmp_path / "out") == ["a.csv", "c.csv"]
    assert not (tmp_path / "out" / batch.HIDDEN / "partial").exists()
    assert told.outcomes["bad.mp4"].error == "it is bad."


def test_what_nobody_expected_is_told_in_the_log_in_full(here, tmp_path, caplog):
    lay(tmp_path, "odd.mp4")
    report = run_batch(Asked([tmp_path / "odd.mp4"], tmp_path / "out", TABLES, PLAIN))
    assert list(report.failed.values()) == ["unexpected KeyError: 'odd'"]
    (record,) = caplog.records
    assert "Traceback" in record.getMessage()
    assert record.elsewhere


def test_files_that_are_not_its_own_are_never_replaced_unless_asked(here, tmp_path):
    lay(tmp_path, "in/a.mp4", "out/a.csv")
    asked = Asked([tmp_path / "in"], tmp_path / "out", TABLES, PLAIN)
    report = run_batch(asked)
    assert "is there and not of this batch" in next(iter(report.failed.values()))
    assert (tmp_path / "out/a.csv").read_text() == "out/a.csv"
    assert run_batch(Asked(asked.inputs, asked.out, TABLES, PLAIN, overwrite=True)).done == 1
    (tmp_path / "out/a.csv").write_text("what I have written since")
    assert len(run_batch(asked).failed) == 1
    assert (tmp_path / "out/a.csv").read_text() == "what I have written since"


def test_an_input_is_never_replaced_even_if_asked(here, tmp_path):
    lay(tmp_path, "out/a.mp4")
    asked = Asked([tmp_path / "out/a.mp4"], tmp_path / "out", {"record": ".mp4"}, PLAIN)
    report = run_batch(Asked(asked.inputs, asked.out, asked.kinds, PLAIN, overwrite=True))
    assert "is the input itself" in next(iter(report.failed.values()))
    assert (tmp_path / "out/a.mp4").read_text() == "out/a.mp4"


def test_what_an_interrupted_batch_has_left_is_not_taken_for_whole(here, tmp_path):
    lay(tmp_path, "in/a.mp4", f"out/{batch.HIDDEN}/partial/0/a.csv")
    assert run_batch(Asked([tmp_path / "in"], tmp_path / "out", TABLES, PLAIN)).done == 1
    assert (tmp_path / "out/a.csv").read_text() == str(tmp_path / "in/a.mp4")


def test_a_job_whose_folder_has_gone_ends(here, tmp_path):
    job = Job("x", str(tmp_path / "gone"), {"csv": "x.csv"}, PLAIN)
    assert "must lie where every machine finds them" in Outcome.read(work.do(job.text)).error


def test_a_job_whose_folder_goes_while_it_runs_ends(serial, tmp_path, monkeypatch):
    def run(_config, watch):
        watch(1, 3, "")
        (tmp_path / "partial").rmdir()
        monkeypatch.setattr(work, "PACE", 0.0)
        watch(2, 3, "")
        raise AssertionError("nobody wants it any more")

    (tmp_path / "partial").mkdir()
    monkeypatch.setattr(app, "run", run)
    job = Job("x", str(tmp_path / "partial"), {"csv": "x.csv"}, PLAIN)
    assert Outcome.read(work.do(job.text)).error == "stopped."


def test_options_that_cannot_be_are_refused_before_anything_is_begun(here, tmp_path):
    lay(tmp_path, "in/a.mp4")
    with pytest.raises(UsageError, match="--fov 400"):
        run_batch(Asked([tmp_path / "in"], tmp_path / "out", TABLES, PLAIN | {"fov": 400.0}))
    with pytest.raises(UsageError, match="writes nothing"):
        run_batch(Asked([tmp_path / "in"], tmp_path / "out", {}, PLAIN))


def test_a_folder_takes_one_batch_at_a_time(tmp_path):
    film(tmp_path / "a.mp4")
    with (
        hold(tmp_path / "out" / batch.HIDDEN),
        pytest.raises(UsageError, match="another livemask batch writes to"),
    ):
        run_batch(Asked([tmp_path / "a.mp4"], tmp_path / "out", TABLES, PLAIN))


def test_processes_do_films_and_tell_what_is_wrong_with_one(tmp_path):
    film(tmp_path / "a.mp4")
    (tmp_path / "b.mp4").write_text("no film")
    told = Told()
    inputs = [tmp_path / f"{name}.mp4" for name in "ab"]
    report = run_batch(Asked(inputs, tmp_path / "out", TABLES, PLAIN, processes=2), told)
    assert (report.done, list(report.failed)) == (1, [str(tmp_path / "b.mp4")])
    assert "cannot be read as a film" in report.failed[str(tmp_path / "b.mp4")]
    assert left_in(tmp_path / "out") == ["a.csv"]
    assert told.outcomes["a.mp4"].frames == 3
    assert told.outcomes["a.mp4"].notes == ("no face was found in any of the 3 frames.",)


def test_a_process_that_crashes_costs_its_film_only(tmp_path):
    jobs = [Job(str(i), str(tmp_path), {}, {}) for i in range(3)]
    done = []
    for job, outcome in pool.work(iter(jobs), 1, lambda: False, lambda *_: None):
        done.append((job.source, outcome.error))
        if len(done) == 1:  # the next one is being done
            (process,) = multiprocessing.active_children()
            process.kill()
    assert [source for source, _ in done] == ["0", "1", "2"]
    assert "its process has ended (signal 9)" in done[1][1]
    assert "writes nothing" in done[2][1]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to others")
def test_ctrl_c_ends_it_cleanly_and_the_same_command_goes_on(tmp_path, serial, capsys):
    film(tmp_path / "in/a.mp4", 4)
    film(tmp_path / "in/b.mp4", 4000)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "livemask", "batch", str(tmp_path / "in"), "--out", str(out)]
    command += ["--mask", "none", "--record", "none", "--csv", "--jobs", "1"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=NO_DISPLAY,
        start_new_session=True,
    ) as running:  # fmt: skip
        begun = out / batch.HIDDEN / "partial" / "1" / "b.csv"
        end = time.monotonic() + PATIENCE
        while not begun.exists() and time.monotonic() < end:
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        said, errors = running.communicate(timeout=PATIENCE)
    assert (running.returncode, "Traceback" in errors) == (130, False)
    assert "1 done, 0 done before, 0 failed, 1 left" in said
    assert left_in(out) == ["a.csv"]
    assert not begun.parent.parent.exists()
    film(tmp_path / "in/b.mp4", 4)
    cli.commands.main(command[3:], standalone_mode=False)
    assert "1 done, 1 done before, 0 failed" in capsys.readouterr().out
    assert left_in(out) == ["a.csv", "b.csv"]
