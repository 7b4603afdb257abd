"""What masks wear in their small pictures that need a file: the performer's photos, a painting."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from livemask.performer import Performer
from livemask.reconstruction.form import Form
from livemask.stills import Print, reconstruct_files

SIDE = 1024
"""Of photos and of the painting, px."""

SWAPPED, PARTED, MODELLED = 2, 6, 4
"""Which performers: whose face, whose mouth and nose, whose head."""

GROUND, BLUE, ROSE, GOLD = (250, 222, 120), (46, 92, 190), (226, 92, 120), (255, 246, 214)


def masks_with_files(folder: Path) -> tuple[str, ...]:
    """Write the files into `folder`; return the masks that wear them."""
    swapped, parted = (_photo(folder, seed) for seed in (SWAPPED, PARTED))
    painting = folder / "painting.png"
    cv2.imwrite(str(painting), cv2.cvtColor(painted(), cv2.COLOR_RGB2BGR))
    return (
        f"paint,file={painting}",
        f"swap,photo={swapped}",
        f"part,mouth={parted},nose={parted}",
        f"gltf,file={_head(folder)}",
    )


def painted() -> NDArray[np.uint8]:
    """Return what a child may paint on the template: a sun's face, with a star about one eye."""
    picture = np.full((SIDE, SIDE, 3), GROUND, np.uint8)
    for turn in np.linspace(0.0, 2.0 * np.pi, 28, endpoint=False):  # rays from the middle
        way = np.array([np.cos(turn), np.sin(turn)])
        side = 0.022 * np.array([-way[1], way[0]])
        middle = np.array([0.5, 0.56])
        ray = [middle + 0.27 * way + side, middle + 0.62 * way, middle + 0.27 * way - side]
        _fill(picture, ray, (240, 150, 60))
    for x in (0.30, 0.70):  # cheeks
        cv2.circle(picture, _at(x, 0.60), round(0.06 * SIDE), ROSE, -1, cv2.LINE_AA)
    angles = np.linspace(-np.pi / 2, 1.5 * np.pi, 11)[:-1]
    radii = np.where(np.arange(10) % 2, 0.055, 0.125)
    star = np.column_stack([0.646 + radii * np.cos(angles), 0.405 + radii * np.sin(angles)])
    _fill(picture, star, BLUE)
    cv2.ellipse(picture, _at(0.354, 0.40), (80, 62), 0, 0, 360, GOLD, -1, cv2.LINE_AA)
    _fill(picture, [(0.42, 0.71), (0.46, 0.665), (0.5, 0.675), (0.54, 0.665), (0.58, 0.71),
                    (0.5, 0.765)], (190, 40, 60))  # fmt: skip
    return picture


def _photo(folder: Path, seed: int) -> Path:
    performer = Performer(size=(SIDE, SIDE), seed=seed)
    image = performer.read().image
    performer.close()
    file = folder / f"performer-{seed}.png"
    cv2.imwrite(str(file), cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
    return file


def _head(folder: Path) -> Path:
    """Return the file of a head that was made of a photo."""
    prints = Print(("glb",), Form(front=True), overwrite=True)
    (file,) = reconstruct_files([_photo(folder, MODELLED)], folder, prints=prints)
    return file


def _at(x: float, y: float) -> tuple[int, int]:
    return round(x * SIDE), round(y * SIDE)


def _fill(picture: NDArray[np.uint8], points: Sequence[Any], tone: tuple[int, int, int]) -> None:
    """Fill an area whose corners are at shares of the side."""
    corners = np.round(np.asarray(points) * SIDE).astype(np.int32)
    cv2.fillPoly(picture, [corners], tone, cv2.LINE_AA)
