import subprocess
import sys

from livemask.start.warming import warm_up


def test_everything_is_done_once_and_it_says_what():
    told = []
    assert warm_up(told.append) > 0.0
    assert any("compiling" in doing for doing in told)
    assert "drawing" in told[-1]


def test_afterwards_a_start_compiles_nothing(tmp_path, monkeypatch):
    """The cache of numba is a folder of its own here; a start after it adds no file to it."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    for _ in range(2):
        before = set(tmp_path.rglob("*.nbc"))
        subprocess.run(
            [sys.executable, "-m", "livemask", "warmup"], check=True, timeout=300,
            capture_output=True,
        )  # fmt: skip
    assert before
    assert set(tmp_path.rglob("*.nbc")) == before
