"""What lies beside an imported model: which files it has, and what they must hold.

`manifest.json` holds the kind of the model, where it came from and when, which of its files
is opened, its size, and for each file its path, bytes, time of change and SHA-256.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from livemask.errors import ModelError

NAME = "manifest.json"
LARGEST = 2**24
"""Bytes of a manifest, at most."""

STEP = 2**20


@dataclass(frozen=True, slots=True)
class File:
    """One file: its path below the model's folder, bytes, ns since 1970 and SHA-256 in hex."""

    path: str
    size: int
    changed: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of an imported model.

    Attributes
    ----------
    kind : str
        The loader that reads it.
    source : str
        Where it was imported from.
    date : str
        When, ISO 8601.
    opened : str
        The path, below the model's folder, that the loader is given; `.` for the folder.
    vertices, identity, expressions : int
        How many it has.
    files : tuple of File
    """

    kind: str
    source: str
    date: str
    opened: str
    vertices: int
    identity: int
    expressions: int
    files: tuple[File, ...]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the only file, or of the list of all."""
        if len(self.files) == 1:
            return self.files[0].sha256
        lines = sorted(f"{file.sha256}  {file.path}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def write(self, folder: Path) -> None:
        """Write it into the model's folder."""
        text = json.dumps(asdict(self), indent=1)
        (folder / NAME).write_text(text + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Return the manifest in a folder.

    Raises
    ------
    ModelError
        If there is none, or a field is not what it must be.
    """
    file = folder / NAME
    try:
        if file.stat().st_size > LARGEST:
            raise ValueError(f"it has {file.stat().st_size} bytes")
        found = json.loads(file.read_text("utf-8"))
        files = tuple(File(**entry) for entry in found.pop("files"))
        manifest = Manifest(**found, files=files)
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise ModelError(
            f"{file} is not what livemask wrote: {error}. Remove the model and import it again."
        ) from error
    for name in ("kind", "source", "date", "opened"):
        if not isinstance(getattr(manifest, name), str):
            raise _wrong(file, name)
    for name in ("vertices", "identity", "expressions"):
        if not isinstance(getattr(manifest, name), int):
            raise _wrong(file, name)
    for entry in files:
        texts = isinstance(entry.path, str) and isinstance(entry.sha256, str)
        if not texts or not isinstance(entry.size, int) or not isinstance(entry.changed, int):
            raise _wrong(file, "files")
    if not all(map(_is_inside, (manifest.opened, *(entry.path for entry in files)))):
        raise _wrong(file, "opened or files")
    return manifest


def _wrong(file: Path, name: str) -> ModelError:
    return ModelError(
        f"{file}: field {name!r} is not what livemask wrote. Remove the model and import it again."
    )


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path)
    return not parts.is_absolute() and ".." not in parts.parts and "\\" not in path


def describe(folder: Path, path: str) -> File:
    """Return what a file below `folder` holds now."""
    file = folder / path
    state = file.stat()
    return File(path, state.st_size, state.st_mtime_ns, digest(file))


def digest(file: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    total = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(STEP):
            total.update(part)
    return total.hexdigest()


def verify(folder: Path, manifest: Manifest, *, thorough: bool) -> None:
    """Check that the files are those that were imported.

    A file whose size and time of change are those of the manifest is taken for the same,
    unless `thorough`; of any other the SHA-256 decides.

    Raises
    ------
    ModelError
        If one is missing or has changed.
    """
    for entry in manifest.files:
        file = folder / entry.path
        try:
            state = file.stat()
            same = state.st_size == entry.size
            if same and (thorough or state.st_mtime_ns != entry.changed):
                same = digest(file) == entry.sha256
        except OSError as error:
            raise ModelError(
                f"{file} cannot be read: {error.strerror}. Import the model again."
            ) from error
        if not same:
            raise ModelError(
                f"{file} is not the file that was imported (its SHA-256 was "
                f"{entry.sha256[:12]}...). Remove the model and import it again."
            )
