"""TextureCache: the textures of materials on the GPU, by the identity of their arrays."""

from dataclasses import dataclass

import numpy as np

from livemask.records import UInt8
from livemask.render.gl import Texture
from livemask.render.opengl import GL

_KEPT_FRAMES = 120  # how long a texture may go unused before its memory is freed
_BUSY_FRAMES = 3  # how long before its memory may serve another texture of the same size


@dataclass
class _Entry:
    image: UInt8  # held, so that no other array can have its identity
    texture: Texture
    unused: int = 0  # frames


class TextureCache:
    """Textures with mipmaps, uploaded once for each array object.

    Parameters
    ----------
    form : int
        As `Texture` has it; decoded from sRGB unless told.
    """

    def __init__(self, form: int = GL.GL_SRGB8_ALPHA8) -> None:
        self._form = form
        self._entries: dict[int, _Entry] = {}

    def get(self, image: UInt8) -> Texture:
        """Return `image` (h, w, 3 or 4) uint8 on the GPU.

        Raises
        ------
        ValueError
            If it is no such image.
        """
        entry = self._entries.get(id(image)) or self._bring(image)
        entry.unused = 0
        return entry.texture

    def _bring(self, image: UInt8) -> _Entry:
        if image.ndim != 3 or image.shape[2] not in (3, 4) or image.dtype != np.uint8:
            raise ValueError(
                f"Material.texture is {image.dtype} of shape {image.shape}, "
                "must be (h, w, 3 or 4) uint8"
            )
        size = image.shape[1], image.shape[0]
        texture = self._spare(size) or Texture(size, self._form, mipmaps=True)
        texture.upload(_with_alpha(image))
        entry = self._entries[id(image)] = _Entry(image, texture)
        return entry

    def _spare(self, size: tuple[int, int]) -> Texture | None:
        """Take a texture out of use: one that changes each frame shall not allocate each frame."""
        for key, entry in self._entries.items():
            if entry.unused > _BUSY_FRAMES and entry.texture.size == size:
                return self._entries.pop(key).texture
        return None

    def end_frame(self) -> None:
        """Count a frame, and free what was not used for long."""
        for key, entry in list(self._entries.items()):
            entry.unused += 1
            if entry.unused > _KEPT_FRAMES:
                self._entries.pop(key).texture.release()

    def release(self) -> None:
        """Free all. Releasing twice does nothing."""
        while self._entries:
            self._entries.popitem()[1].texture.release()


def _with_alpha(image: UInt8) -> UInt8:
    if image.shape[2] == 4:
        return np.ascontiguousarray(image)
    return np.dstack([image, np.full(image.shape[:2], 255, np.uint8)])
