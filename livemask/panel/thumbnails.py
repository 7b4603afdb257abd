"""Thumbnails: small pictures of the masks, loaded while nobody waits."""

from collections import deque

import cv2
import numpy as np

from livemask.controls import Controls
from livemask.panel.painter import Painter
from livemask.records import UInt8
from livemask.resources import roots

AT_ONCE = 4
"""So many go to the GPU in one frame."""


class Thumbnails:
    """The pictures of `assets/thumbnails`, by the names of masks.

    Parameters
    ----------
    controls : Controls
        Whose errands read the files.
    painter : Painter
        Has them on the GPU.
    """

    def __init__(self, controls: Controls, painter: Painter) -> None:
        self._painter = painter
        self._read: deque[tuple[str, UInt8]] = deque()
        self._known: dict[str, int] = {}
        controls.errands.do("thumbnails", self._load)

    def __getitem__(self, mask: str) -> int | None:
        """Return the number by which a mask's picture is drawn; None if there is none."""
        return self._known.get(mask)

    def bring(self) -> bool:
        """Bring some that were read to the GPU; return whether there were any."""
        count = min(AT_ONCE, len(self._read))
        for _ in range(count):
            name, image = self._read.popleft()
            self._known[name] = self._painter.load(image)
        return count > 0

    def _load(self) -> None:
        seen: set[str] = set()
        for root in roots():
            for file in sorted((root / "assets" / "thumbnails").glob("*.webp")):
                image = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
                if image is not None and file.stem not in seen:
                    seen.add(file.stem)
                    rgba = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGBA), np.uint8)
                    self._read.append((file.stem, rgba))
