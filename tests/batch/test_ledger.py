import os

import pytest

from livemask.batch.job import Job, Outcome
from livemask.batch.ledger import Ledger, stamp


@pytest.fixture
def job(tmp_path):
    (tmp_path / "x.mp4").write_text("a film")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x.csv").write_text("a table")
    return Job(str(tmp_path / "x.mp4"), str(tmp_path / "p"), {"csv": "x.csv"}, {"masks": ["none"]})


def ledger(tmp_path):
    return Ledger(tmp_path / "ledger.jsonl", tmp_path / "out")


def test_what_is_done_is_known_by_another_process(tmp_path, job):
    assert not ledger(tmp_path).has(job)
    ledger(tmp_path).add(job)
    assert ledger(tmp_path).has(job)
    assert ledger(tmp_path).owns("x.csv")
    assert not ledger(tmp_path).owns("y.csv")


@pytest.mark.parametrize("change", ["film", "film's time", "output", "no output", "options"])
def test_what_has_changed_is_not_done(tmp_path, job, change):
    ledger(tmp_path).add(job)
    if change == "film":
        (tmp_path / "x.mp4").write_text("a longer film")
    if change == "film's time":
        os.utime(tmp_path / "x.mp4", ns=(1, 1))
    if change == "output":
        (tmp_path / "out" / "x.csv").write_text("half")
    if change == "no output":
        (tmp_path / "out" / "x.csv").unlink()
    if change == "options":
        job = Job(job.source, job.folder, job.outputs, {"masks": ["toon"]})
    assert not ledger(tmp_path).has(job)
    assert ledger(tmp_path).owns("x.csv") is (change not in ("output", "no output"))


@pytest.mark.parametrize("text", ["{", '{"source": 3}', "[]", '{"source":"s","outputs":3}', "\x00"])
def test_lines_that_make_no_sense_are_skipped_and_half_a_line_spoils_no_other(tmp_path, job, text):
    (tmp_path / "ledger.jsonl").write_text(text)
    ledger(tmp_path).add(job)
    assert ledger(tmp_path).has(job)


def test_a_file_that_is_gone_has_no_stamp(tmp_path):
    assert stamp(tmp_path / "nowhere") is None


def test_jobs_and_outcomes_travel_as_text(job):
    assert Job.read(job.text) == job
    outcome = Outcome(3, 2, 1.5, "", ("slow",))
    assert Outcome.read(outcome.text) == outcome


def test_a_photo_is_recorded_as_a_sequence_of_one(job):
    photo = Job(job.source, job.folder, {"record": "a/x.png", "csv": "a/x.csv"}, {"size": [64, 48]})
    assert photo.config.record.name == "%06d.png"
    assert photo.partial("record").name == "000000.png"
    assert photo.config.csv == photo.partial("csv")
    assert photo.config.size == (64, 48)
