"""Pictures of a glTF file as arrays, looked at before they are decoded."""

from functools import cache
from typing import Any

import cv2
import numpy as np
from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.gltf.buffers import Buffers
from livemask.gltf.limits import IMAGE_PIXELS, IMAGES, TEXTURE_SIDES
from livemask.gltf.values import chosen, text
from livemask.photo_header import photo_header
from livemask.records import UInt8


class Images:
    """Pictures by the index of their texture, each decoded once.

    Parameters
    ----------
    document : GLTF2
    buffers : Buffers
    """

    def __init__(self, document: GLTF2, buffers: Buffers) -> None:
        self._document, self._buffers = document, buffers
        self._decoded = cache(self._image)
        if len(document.images) > IMAGES:
            raise AssetError(f"it has {len(document.images)} pictures; {IMAGES} are the most.")
        self._side = next(s for most, s in TEXTURE_SIDES if len(document.images) <= most)

    def of_texture(self, index: Any) -> UInt8:
        """Return the (h, w, 3 or 4) uint8 picture of a texture.

        Raises
        ------
        AssetError
            If it is neither PNG nor JPEG, too large, or broken.
        """
        texture = chosen(self._document.textures, index, "a material's texture")
        if texture.source is None:
            raise AssetError("a texture has no picture; export it with PNG or JPEG textures.")
        chosen(self._document.images, texture.source, "a texture's picture")
        return self._decoded(texture.source)

    def _image(self, index: int) -> UInt8:
        image = self._document.images[index]
        if text(image.uri):
            data = self._buffers.fetch(text(image.uri))
        else:
            data = bytes(self._buffers.view(image.bufferView)[0])
        return decode(data, self._side)


def decode(data: bytes, side: int) -> UInt8:
    """Return a PNG or JPEG picture, no side longer than `side` px."""
    header = photo_header(data)
    if header is None or header.kind not in ("PNG", "JPEG"):
        raise AssetError("a picture is neither PNG nor JPEG.")
    width, height = header.size
    if not 0 < width * height <= IMAGE_PIXELS:
        raise AssetError(f"a picture has {width} x {height} px; {IMAGE_PIXELS} px are the most.")
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise AssetError(f"a {header.kind} picture is broken: {error}.") from error
    if picture is None:
        raise AssetError(f"a {header.kind} picture is broken.")
    scale = min(side / max(width, height), 1.0)
    if scale < 1.0:
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return _rgb(picture)


def _rgb(picture: Any) -> UInt8:
    """Return what OpenCV decoded, grey or BGR, with 8 or 16 bits, as RGB or RGBA of 8."""
    if picture.dtype == np.uint16:
        picture = (picture >> 8).astype(np.uint8)
    if picture.ndim == 2:
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB))
    swap = cv2.COLOR_BGRA2RGBA if picture.shape[2] == 4 else cv2.COLOR_BGR2RGB
    return np.asarray(cv2.cvtColor(picture, swap))
