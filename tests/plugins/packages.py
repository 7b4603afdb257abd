"""Packages with plug-ins, as pip leaves them: a folder, and beside it what it tells of itself."""

from pathlib import Path

TELL = '''"""Tells on a file how many frames have come."""

from pathlib import Path


def create(file: Path, every: int = 1) -> "Tell":
    """Return the sink."""
    return Tell(file, every)


class Tell:
    """Counts."""

    capacity = 2
    wants_pixels = False

    def __init__(self, file: Path, every: int) -> None:
        self._file, self._every, self._count = file, every, 0

    def send(self, output) -> None:
        """Count a frame."""
        self._count += 1

    def close(self) -> None:
        """Write the count."""
        self._file.write_text(f"{self._count} frames, every {self._every}")
'''
VEIL = '''"""A veil of one colour."""

from livemask.records import Effect


def create(look: str = "blur") -> "Veil":
    """Return the mask."""
    return Veil(look)


class Veil:
    """Covers the whole picture."""

    hides = False

    def __init__(self, look: str) -> None:
        self._look = look

    def layers(self, model, fit, frame, light, time):
        """Return the veil."""
        return (Effect(self._look),)
'''


def install(folder: Path, name: str, points: dict[str, str], **modules: str) -> Path:
    """Install a package of Python `modules`; return the folder that it is in.

    Parameters
    ----------
    folder : Path
        On sys.path.
    name : str
        Of the package.
    points : dict of str
        `ROOM.NAME` -> `package.module`.
    modules : dict of str
        What is in each file.
    """
    package = folder / name.replace("-", "_")
    package.mkdir(parents=True)
    for module, text in ({"__init__": ""} | modules).items():
        (package / f"{module}.py").write_text(text, "utf-8")
    about = folder / f"{package.name}-1.2.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
    lines = []
    for point, module in points.items():
        room, _, short = point.partition(".")
        lines += [f"[livemask.{room}]", f"{short} = {module}", ""]
    (about / "entry_points.txt").write_text("\n".join(lines))
    return folder
