"""A check in a process of its own: a driver that crashes takes nothing along."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from livemask.doctor.finding import Finding, State

_SECONDS = 60.0
_PROGRAM = "from livemask.doctor import worker; worker.main()"


class CheckFailedError(Exception):
    """The process did not live to tell."""


def examine_apart(
    module: str, arguments: tuple[str, ...], seconds: float = _SECONDS
) -> Iterator[Finding]:
    """Run a check and yield what it found.

    Raises
    ------
    CheckFailedError
        If it crashed, or took too long.
    """
    command = [sys.executable, "-P", "-c", _PROGRAM, module, *arguments]
    # The same packages as here, and none that lie in the folder where it happens to start.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            command, capture_output=True, env=environment, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise CheckFailedError(f"it took longer than {seconds:g} s") from error
    if done.returncode:
        raise CheckFailedError(_reason(done.returncode, done.stderr.decode("utf-8", "replace")))
    yield from (_finding(told) for told in json.loads(done.stdout))


def _reason(code: int, said: str) -> str:
    if code < 0:
        return f"it crashed ({signal.strsignal(-code)})"
    last = (said.strip().splitlines() or ["it said nothing"])[-1]
    return f"it ended with exit code {code}: {last}"


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**told | {"state": State(told["state"])})
