"""Paint what the painted masks show: `assets/paint/`.

    python -m tools.build_paintings [NAME...]

All of it is drawn by code with fixed seeds. Takes a minute.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.paint import carnival, robot, skin, skull, tiger

OUT = Path(__file__).resolve().parent.parent / "assets" / "paint"

QUALITY = 88
"""Of the WebP files."""

PAINTERS: dict[str, Callable[[], NDArray[np.uint8]]] = {
    "tiger": tiger.paint,
    "skull": skull.paint,
    "robot": robot.paint,
    "carnival": carnival.paint,
    "skin": skin.paint,
}


def write(name: str, folder: Path = OUT) -> Path:
    """Paint a picture and return the file that it is written to."""
    picture = PAINTERS[name]()
    file = folder / f"{name}.webp"
    code = cv2.COLOR_RGB2BGR if picture.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
    how = [cv2.IMWRITE_WEBP_QUALITY, QUALITY]
    if not cv2.imwrite(str(file), cv2.cvtColor(picture, code), how):
        raise SystemExit(f"{file} cannot be written.")
    return file


def main() -> None:
    """Paint those that are named, or all."""
    for name in sys.argv[1:] or PAINTERS:
        file = write(name)
        print(f"{file.name}: {file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
