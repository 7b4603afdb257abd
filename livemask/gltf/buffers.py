"""Buffers: the bytes that a glTF file refers to, inside of it or beside it."""

import base64
import binascii
from urllib.parse import unquote

from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.gltf.container import Container, read_bytes
from livemask.gltf.limits import FILE_BYTES
from livemask.gltf.values import chosen, text, whole


class Buffers:
    """Bytes by the index of their view, each buffer read once.

    Parameters
    ----------
    document : GLTF2
    container : Container
    """

    def __init__(self, document: GLTF2, container: Container) -> None:
        self._document, self._container = document, container
        self._read: dict[int, memoryview] = {}
        self._left = FILE_BYTES

    def view(self, index: int | None) -> tuple[memoryview, int]:
        """Return the bytes of a buffer view and its stride, 0 where it says none.

        Raises
        ------
        AssetError
            If it reaches beyond its buffer.
        """
        view = chosen(self._document.bufferViews, index, "a buffer view")
        data = self._buffer(view.buffer)
        start = whole(view.byteOffset or 0, "a view's byteOffset", len(data))
        length = whole(view.byteLength, "a view's byteLength", len(data) - start)
        stride = whole(view.byteStride or 0, "a view's byteStride", 252)
        return data[start : start + length], stride

    def _buffer(self, index: int) -> memoryview:
        if index not in self._read:
            buffer = chosen(self._document.buffers, index, "a buffer")
            data = self._bytes(text(buffer.uri), index)
            length = whole(buffer.byteLength, "a buffer's byteLength", len(data))
            self._read[index] = data[:length]
        return self._read[index]

    def _bytes(self, uri: str, index: int) -> memoryview:
        if uri:
            return memoryview(self.fetch(uri))
        if index or self._container.binary is None:
            raise AssetError(f"buffer {index} is nowhere: the file has no binary part for it.")
        return self._container.binary

    def fetch(self, uri: str) -> bytes:
        """Return what a `data:` URI holds, or a file in the folder of the glTF file, or below.

        Raises
        ------
        AssetError
            If it is anywhere else, missing, or if all together is too large.
        """
        data = _inline(uri) if uri.startswith("data:") else self._beside(uri)
        self._left -= len(data)
        if self._left < 0:
            raise AssetError(f"it and what it names have more than {FILE_BYTES} bytes.")
        return data

    def _beside(self, uri: str) -> bytes:
        folder, name = self._container.folder, unquote(uri)
        try:
            path = (folder / name).resolve()  # through links, too
            inside = path.is_relative_to(folder)
        except (OSError, ValueError, RuntimeError) as error:
            raise AssetError(f"{name[:60]!r}, which it names, is no file name.") from error
        if ":" in name or not inside:
            raise AssetError(
                f"it names {name[:60]!r}, which is not in its own folder; nothing else is read. "
                "Export it as one .glb file."
            )
        try:
            return read_bytes(path, self._left)
        except AssetError as error:
            raise AssetError(f"it names {name[:60]!r}, but {error}") from error


def _inline(uri: str) -> bytes:
    head, comma, body = uri.partition(",")
    if not comma or not head.endswith(";base64"):
        raise AssetError(f"{uri[:40]!r} holds no base64.")
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise AssetError(f"{uri[:40]!r} holds broken base64: {error}.") from error
