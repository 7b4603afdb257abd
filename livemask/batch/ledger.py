"""The ledger: what a folder of outputs holds already, and of what.

A line of JSON for each film that is done: the film, its size and time of change, the options,
and size and time of each output. It is read as data only. Half a line, of a machine that went
down, is skipped.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from livemask.batch.job import Job
from livemask.sinks.files import unwritable

Stamp = list[int] | None
"""Size in bytes, and time of the last change in ns; None of a file that is not there."""


class Ledger:
    """What is done in one folder.

    Parameters
    ----------
    file : Path
    out : Path
        The folder of all outputs.
    """

    def __init__(self, file: Path, out: Path) -> None:
        self._file, self._out = file, out
        self._known: dict[str, Mapping[str, Any]] = {}
        self._written: dict[str, Stamp] = {}
        text = file.read_text("utf-8") if file.is_file() else ""
        self._half = bool(text) and not text.endswith("\n")
        for line in text.splitlines():
            self._read(line)

    def has(self, job: Job) -> bool:
        """Tell whether all outputs of a job are there as it left them, of the film as it is."""
        known = self._known.get(job.source)
        return (
            known is not None
            and known["stamp"] == stamp(Path(job.source))
            and known["options"] == dict(job.options)
            and set(known["outputs"]) == set(job.outputs.values())
            and all(self.owns(name) for name in job.outputs.values())
        )

    def owns(self, name: str) -> bool:
        """Tell whether an output was written by a job, and has not been changed since."""
        return name in self._written and self._written[name] == stamp(self._out / name)

    def add(self, job: Job) -> None:
        """Note that the outputs of a job are in place.

        Raises
        ------
        SinkError
            If that cannot be written.
        """
        entry = {
            "source": job.source,
            "stamp": stamp(Path(job.source)),
            "options": dict(job.options),
            "outputs": {name: stamp(self._out / name) for name in job.outputs.values()},
        }
        line = json.dumps(entry)
        try:
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write("\n" * self._half + line + "\n")
        except OSError as error:
            raise unwritable(self._file, error) from error
        self._half = False
        self._read(line)

    def _read(self, line: str) -> None:
        try:
            known = json.loads(line)
            source, outputs = str(known["source"]), dict(known["outputs"])
            entry = {"stamp": known["stamp"], "options": dict(known["options"]), "outputs": outputs}
        except (ValueError, KeyError, TypeError):
            return
        self._known[source] = entry
        self._written |= outputs


def stamp(file: Path) -> Stamp:
    """Return what tells that a file has not changed; None if it is not there."""
    try:
        state = file.stat()
    except OSError:
        return None
    return [state.st_size, state.st_mtime_ns]
