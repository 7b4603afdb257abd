"""A Dask cluster of two processes on this machine."""

import sys

import pytest

from livemask.batch import batch
from livemask.batch.batch import Asked, run_batch
from livemask.errors import UsageError
from tests.batch.test_batch import PLAIN, TABLES, film, left_in

distributed = pytest.importorskip("distributed")


@pytest.fixture
def scheduler():
    """The address of a scheduler with two workers."""
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with cluster:
        yield cluster.scheduler_address


@pytest.mark.filterwarnings("default")  # its own, when it ends
def test_the_workers_of_a_cluster_do_films(tmp_path, scheduler):
    film(tmp_path / "a.mp4")
    (tmp_path / "b.mp4").write_text("no film")
    inputs = [tmp_path / f"{name}.mp4" for name in "ab"]
    asked = Asked(inputs, tmp_path / "out", TABLES, PLAIN, scheduler=scheduler)
    report = run_batch(asked)
    assert (report.done, report.left) == (1, 0)
    assert "cannot be read as a film" in report.failed[str(tmp_path / "b.mp4")]
    assert left_in(tmp_path / "out") == ["a.csv"]
    assert run_batch(asked).before == 1
    assert not (tmp_path / "out" / batch.HIDDEN / "partial").exists()


def test_a_scheduler_that_does_not_answer_is_one_error(tmp_path, monkeypatch):
    monkeypatch.setattr("livemask.batch.cluster.ANSWER", 0.2)
    film(tmp_path / "a.mp4")
    asked = Asked([tmp_path / "a.mp4"], tmp_path / "out", TABLES, PLAIN, scheduler="127.0.0.1:9")
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at '127\.0\.0\.1:9'"):
        run_batch(asked)


def test_without_dask_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    film(tmp_path / "a.mp4")
    asked = Asked([tmp_path / "a.mp4"], tmp_path / "out", TABLES, PLAIN, scheduler="127.0.0.1:9")
    with pytest.raises(UsageError, match=r"pip install 'livemask\[cluster\]'"):
        run_batch(asked)
