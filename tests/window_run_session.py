"""Runs livemask in a window and presses keys, within a virtual screen (see test_window_run).

`python -m tests.window_run_session FILM TABLE`: prints what the program left behind.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 100.0  # s, for a first start that compiles


def rows(table: Path) -> int:
    return table.read_text("utf-8").count("\n") if table.exists() else 0


def until_rows(table: Path, count: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while rows(table) < count and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)


def main(film: Path, table: Path) -> None:
    command = [
        *(sys.executable, "-m", "livemask", "--source", "performer", "--size", "640x360"),
        *("--mask", "none", "--record", str(film), "--csv", str(table)),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    until_rows(table, 20, process)
    marks = {}

    def act(name: str, *keys: str, what: str = "key") -> None:
        """Press keys, and note the row at which they were."""
        marks[name] = rows(table)
        for key in keys:
            subprocess.run(["xdotool", what, key], check=True)
        until_rows(table, rows(table) + 20, process)

    act("mask", "m", "Tab")
    act("off", "o", what="keydown")
    act("on", "o", what="keyup")
    act("panic", "k")
    act("calm", "k")
    act("help", "F1")
    subprocess.run(["xdotool", "key", "Escape"], check=True)
    time.sleep(1.0)
    alive = process.poll() is None
    for _ in range(20):  # on a busy machine two touches may be far apart
        if process.poll() is None:
            subprocess.run(["xdotool", "key", "Escape"], check=True)
            time.sleep(0.5)
    told, said = process.communicate(timeout=PATIENCE)
    answer = {"code": process.returncode, "said": said, "told": told, "marks": marks}
    json.dump({**answer, "alive": alive, "rows": rows(table) - 1}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
