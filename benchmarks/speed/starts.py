"""How long a start takes and what memory it needs, in processes of their own."""

import json
import os
import subprocess
import sys
import tempfile

PROBE = """
import json, time
started = time.perf_counter()
from livemask.cli import set_environment
set_environment()
from livemask.config import Config
from livemask.start.preparing import Pictures, Preparation
from livemask.statistics import Statistics, peak_memory
told = [("importing", started)]
tell = lambda doing: told.append((doing, time.perf_counter()))
prepare = Preparation(Config(), Statistics())
stage = prepare(lambda: Pictures((640, 480), live=False), tell)
ends = [moment for _, moment in told[1:]] + [time.perf_counter()]
steps = {name: end - start for (name, start), end in zip(told, ends)}
stage.close()
def peak():  # ru_maxrss is at least what the parent held
    try:
        lines = open("/proc/self/status").read().splitlines()
    except OSError:
        return peak_memory()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps({"steps": steps, "seconds": ends[-1] - started, "peak": peak()}))
"""


def starts(warm: int = 3) -> list[tuple[str, dict]]:
    """Return what a first start and `warm` later ones took: until a face can be masked."""
    with tempfile.TemporaryDirectory() as kernels:
        return [
            ("first" if number == 0 else f"later, {number}", _start(kernels))
            for number in range(1 + warm)
        ]


def _start(kernels: str) -> dict:
    environment = {**os.environ, "NUMBA_CACHE_DIR": kernels}
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)
