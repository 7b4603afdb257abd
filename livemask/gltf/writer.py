"""Writes .glb files (Khronos, glTF 2.0 specification, 2021): core features alone, nothing optional.

Arrays go to the disk as they come, so that memory does not grow with the file.
"""

import json
import os
import shutil
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import numpy as np

from livemask import __version__
from livemask.errors import SinkError
from livemask.records import Array

METRES = 0.001
"""glTF's unit of length, in ours."""

VERTICES, TRIANGLES = 34962, 34963
"""What a view is for (section 5.11.5): attributes of vertices; their numbers, by threes."""

LARGEST = 2**32 - 2**20
"""Bytes: lengths in the file are of 32 bits."""

_COMPONENTS = {"f4": 5126, "u2": 5123, "u4": 5125}
_CLAMP = 33071
_TYPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4"}
_MAGIC, _JSON, _BINARY = 0x46546C67, 0x4E4F534A, 0x004E4942  # section 4.4


class Glb:
    """A glTF file in the making.

    Parameters
    ----------
    folder : Path
        Where there is room for its binary part meanwhile: best that of the file itself.

    Raises
    ------
    OSError
        From all methods but `close`, if there is no room.
    """

    def __init__(self, folder: Path) -> None:
        self._binary: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - `close` does
        self._length = 0
        self._document: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": f"livemask {__version__}"}
        }

    def add(self, kind: str, **item: Any) -> int:
        """Add a node, mesh, material... to the list `kind`; return its number."""
        listed: list[dict[str, Any]] = self._document.setdefault(kind, [])
        listed.append({key: value for key, value in item.items() if value is not None})
        return len(listed) - 1

    def array(self, rows: Array, *, target: int | None = None, bounds: bool = False) -> int:
        """Add an array (n,) or (n, w), float32, uint16 or uint32; return its accessor's number.

        With `bounds` the least and the greatest of each column are told, as glTF wants it of
        places and times.
        """
        return self.parts([rows], target=target, bounds=bounds)

    def parts(
        self, parts: Iterable[Array], *, target: int | None = None, bounds: bool = False
    ) -> int:
        """Add an array that comes in parts, (n, w) each; return its accessor's number."""
        start, count, rows = self._length, 0, np.zeros(1, np.float32)
        low, high = np.full(1, np.inf), np.full(1, -np.inf)
        for rows in parts:
            self._write(np.ascontiguousarray(rows, rows.dtype.newbyteorder("<")).tobytes())
            count += len(rows)
            if bounds and len(rows):
                low, high = np.minimum(low, rows.min(0)), np.maximum(high, rows.max(0))
        view = self.add(
            "bufferViews",
            buffer=0,
            byteOffset=start or None,
            byteLength=self._length - start,
            target=target,
        )
        self._write(bytes(-self._length % 4))
        return self.add(
            "accessors",
            bufferView=view,
            componentType=_COMPONENTS[rows.dtype.str[1:]],
            count=count,
            type=_TYPES[rows[:1].size],
            min=low.ravel().tolist() if bounds else None,
            max=high.ravel().tolist() if bounds else None,
        )

    def texture(self, picture: bytes) -> int:
        """Add a PNG file as a texture; return its number."""
        start = self._length
        self._write(picture)
        self._write(bytes(-self._length % 4))
        view = self.add("bufferViews", buffer=0, byteOffset=start or None, byteLength=len(picture))
        image = self.add("images", bufferView=view, mimeType="image/png")
        sampler = self.add("samplers", wrapS=_CLAMP, wrapT=_CLAMP)
        return self.add("textures", source=image, sampler=sampler)

    def animate(self, name: str, tracks: list[dict[str, Any]]) -> None:
        """Add an animation.

        Each of `tracks` says which property of which node it moves (`node`, `path`), and the
        accessors of its times and values (`input`, `output`, `interpolation`).
        """
        channels, samplers = [], []
        for number, track in enumerate(tracks):
            goal = {"node": track["node"], "path": track["path"]}
            channels.append({"sampler": number, "target": goal})
            samplers.append({key: track[key] for key in ("input", "output", "interpolation")})
        self.add("animations", name=name, channels=channels, samplers=samplers)

    def write(self, file: Path, nodes: list[int]) -> None:
        """Write the scene of `nodes`: all of it or nothing.

        Raises
        ------
        SinkError
            If it is larger than such a file can be.
        """
        self._document["scenes"], self._document["scene"] = [{"nodes": nodes}], 0
        self._document["buffers"] = [{"byteLength": self._length}]
        text = json.dumps(self._document, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        length = 12 + 8 + len(text) + 8 + self._length
        if length > LARGEST:
            raise SinkError(
                f"{file} would have {length >> 20} MB; a .glb file has {LARGEST >> 20} at most. "
                "Write shorter parts: --frames N."
            )
        partial = file.with_name(f".{file.name}.partial")
        try:
            with partial.open("wb") as out:
                out.write(struct.pack("<III", _MAGIC, 2, length))
                out.write(struct.pack("<II", len(text), _JSON) + text)
                out.write(struct.pack("<II", self._length, _BINARY))
                self._binary.seek(0)
                shutil.copyfileobj(self._binary, out, 1 << 20)
            os.replace(partial, file)  # noqa: PTH105 - the same, spelt as what it does
        finally:
            partial.unlink(missing_ok=True)

    def close(self) -> None:
        """Free the room. Closing twice does nothing."""
        self._binary.close()

    def _write(self, data: bytes) -> None:
        self._binary.write(data)
        self._length += len(data)
