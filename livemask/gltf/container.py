"""Container: the JSON of a glTF file and the binary part of a .glb, as they are on the disk."""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from livemask.errors import AssetError
from livemask.gltf.limits import FILE_BYTES, JSON_BYTES

_MAGIC, _VERSION = b"glTF", 2
_JSON, _BINARY = 0x4E4F534A, 0x004E4942  # glTF 2.0 specification, section 4.4.3


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """What a file holds.

    Attributes
    ----------
    json : bytes
    binary : memoryview or None
    folder : Path
        Where it lies: what it names must lie there or below.
    """

    json: bytes
    binary: memoryview | None
    folder: Path


def open_container(path: Path) -> Container:
    """Return the parts of a .glb, .vrm or .gltf file; which it is, its first bytes tell.

    Raises
    ------
    AssetError
        If it is missing, too large, or cut off.
    """
    data = read_bytes(path, FILE_BYTES)
    folder = path.resolve().parent
    if not data.startswith(_MAGIC):
        return Container(_sized(data), None, folder)
    chunks = _chunks(memoryview(data))
    if _JSON not in chunks:
        raise AssetError("it has no JSON part; it is cut off or no glTF 2.0 file.")
    return Container(_sized(bytes(chunks[_JSON])), chunks.get(_BINARY), folder)


def read_bytes(path: Path, most: int) -> bytes:
    """Return all of a file of at most `most` bytes.

    Raises
    ------
    AssetError
        If there is no such file, or it is larger.
    """
    try:
        if not path.is_file():  # a pipe would keep whoever opens it waiting
            raise AssetError("it is no file." if path.exists() else "it does not exist.")
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(size) if size <= most else None
    except OSError as error:
        raise AssetError(f"it cannot be read: {error}.") from error
    if data is None:
        raise AssetError(f"it has {size} bytes; {most} are the most that livemask takes.")
    return data


def _sized(json: bytes) -> bytes:
    if len(json) > JSON_BYTES:
        raise AssetError(f"its JSON has {len(json)} bytes; {JSON_BYTES} are the most.")
    return json


def _chunks(data: memoryview) -> dict[int, memoryview]:
    """Return the first part of each kind of a .glb file."""
    if len(data) < 20:
        raise AssetError(f"it ends after {len(data)} bytes.")
    version, length = struct.unpack_from("<II", data, 4)
    if version != _VERSION:
        raise AssetError(f"it is glTF {version}; livemask reads glTF 2: export it anew.")
    if length > len(data):
        raise AssetError(f"it says that it has {length} bytes and has {len(data)}: it is cut off.")
    found: dict[int, memoryview] = {}
    at = 12
    while at + 8 <= length:
        size, kind = struct.unpack_from("<II", data, at)
        if at + 8 + size > length:
            raise AssetError(f"a part of {size} bytes goes beyond its end: it is cut off.")
        found.setdefault(kind, data[at + 8 : at + 8 + size])
        at += 8 + size
    return found
