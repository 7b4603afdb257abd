"""A film of a drawn face that moves about, for tests that need no person and no performer."""

from pathlib import Path

import av
import numpy as np

from livemask.records import UInt8
from tests.detectors.drawn_face import drawn_face

SIZE, RATE = (480, 360), 25


def pictures(count: int, gone: range = range(0)) -> list[UInt8]:
    """Return frames (h, w, 3) uint8; in those of `gone` there is only the wall."""
    wall = np.full((SIZE[1], SIZE[0], 3), (120, 130, 135), np.uint8)
    faces = []
    for i in range(count):
        centre = (240.0 + 20.0 * np.sin(0.3 * i), 190.0 + 6.0 * np.cos(0.2 * i))
        faces.append(wall if i in gone else drawn_face(SIZE, centre, 150.0))
    return faces


def write(file: Path, frames: list[UInt8]) -> Path:
    """Write frames as an H.264 film."""
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"crf": "12"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for image in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())
    return file


def read(file: Path) -> tuple[list[UInt8], list[float]]:
    """Return the pictures of a film and their times, s."""
    with av.open(str(file)) as container:
        frames = list(container.decode(video=0))
    return [f.to_ndarray(format="rgb24") for f in frames], [float(f.time or 0.0) for f in frames]
