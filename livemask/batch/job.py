"""A job: one film or photo, and what is to be written of it. It travels as text."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from livemask.config import Config

COUNTED = "%06d.png"
"""What a photo is recorded as: pictures, of which there is one."""


@dataclass(frozen=True, slots=True)
class Job:
    """What one process does at a time.

    Attributes
    ----------
    source : str
        The film or photo, absolute.
    folder : str
        Where it is written until it is whole, absolute.
    outputs : dict of str
        `record`, `csv`, `livelink_csv` -> the file, below the folder of all outputs.
    options : dict
        Of `Config`, as JSON has them.
    """

    source: str
    folder: str
    outputs: Mapping[str, str]
    options: Mapping[str, Any]

    @classmethod
    def read(cls, text: str) -> "Job":
        """Return what `text` tells."""
        return cls(**json.loads(text))

    @property
    def text(self) -> str:
        """The job as text."""
        return json.dumps(asdict(self))

    @property
    def config(self) -> Config:
        """What a run is asked to do."""
        asked = {**given(self.options), **_files(self), "source": self.source}
        return Config(**asked, headless=True, overwrite=True)

    def partial(self, kind: str) -> Path:
        """Return where an output is written until it is whole."""
        name = Path(self.outputs[kind]).name
        counted = kind == "record" and name.lower().endswith(".png")
        return Path(self.folder, "000000.png" if counted else name)


def _files(job: Job) -> dict[str, Any]:
    files = {kind: job.partial(kind) for kind in job.outputs}
    return {k: f.with_name(COUNTED) if f.name == "000000.png" else f for k, f in files.items()}


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options of `Config` from what JSON made of them."""
    plain: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
    if plain.get("landmarks") is not None:
        plain["landmarks"] = Path(plain["landmarks"])
    return plain


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job.

    Attributes
    ----------
    frames, tracked : int
    seconds : float
        How long it took.
    error : str
        Why it failed; empty if it did not.
    notes : tuple of str
        What it warned of.
    trace : str
        Where in the code it failed, if nobody expected that: for the log.
    """

    frames: int = 0
    tracked: int = 0
    seconds: float = 0.0
    error: str = ""
    notes: tuple[str, ...] = field(default=())
    trace: str = ""

    @classmethod
    def read(cls, text: str) -> "Outcome":
        """Return what `text` tells."""
        told = json.loads(text)
        return cls(**told | {"notes": tuple(told["notes"])})

    @property
    def text(self) -> str:
        """The outcome as text."""
        return json.dumps(asdict(self))
