"""How well a hand before a face is told from it: `python -m benchmarks.occlusion [--seeds N]`.

Performers speak and turn; from the second second on, a hand with the skin of their own cheek or a
cup of any colour is pasted over the face, so that each of its pixels is known. Faces are tracked
in the pictures as they are pasted.
"""

import argparse
from time import thread_time

import cv2
import numpy as np

from benchmarks.table import Table
from livemask import landmarks as ibug
from livemask import plugins
from livemask.geometry import project
from livemask.models import head
from livemask.occlusion.front import Front
from livemask.occlusion.unwrapping import Unwrapping
from livemask.performer import Performer
from livemask.records import Array, Camera, Float64, Frame, State, UInt8
from livemask.render.context import offscreen
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.wardrobe import Wardrobe

SIZE = (640, 480)
FRAMES, FROM, COME = 120, 45, 15


def pasted(
    image: UInt8, points: Float64, kind: str, share: float, seed: int
) -> tuple[UInt8, Array]:
    """Return `image` with something `share` of the way in, and (h, w) bool where it is."""
    random = np.random.default_rng(seed)
    chin, eyes = points[ibug.CHIN], points[36:48].mean(0)
    unit = float(np.linalg.norm(chin - eyes)) / 10.0
    x = chin[0] + unit * random.uniform(-3.0, 3.0)
    top = chin[1] + unit * (2.0 - share * random.uniform(4.0, 7.0))
    there = np.zeros(image.shape[:2], np.uint8)
    if kind == "hand":
        for finger, shorter in zip((-1.8, -0.6, 0.6, 1.8), (0.8, 0.0, 0.2, 1.2), strict=True):
            tip = int(x + finger * unit), int(top + shorter * unit)
            end = int(x + finger * unit), image.shape[0]
            cv2.line(there, tip, end, 1, max(int(1.15 * unit), 1))
    else:
        low, high = (int(x - 2.5 * unit), int(top)), (int(x + 2.5 * unit), image.shape[0])
        cv2.rectangle(there, low, high, 1, -1)
    return _painted(image, there, points, kind, random), there > 0


def _painted(
    image: UInt8, there: Array, points: Float64, kind: str, random: np.random.Generator
) -> UInt8:
    """Return `image` with the skin of a cheek, or a colour, where something is `there`."""
    depth = cv2.distanceTransform(there.astype(np.uint8), cv2.DIST_L2, 3)
    x, y = points[[48, 2]].mean(0).astype(int)
    cheek = image[max(y - 8, 0) : y + 8, max(x - 8, 0) : x + 8].reshape(-1, 3)
    colour = np.median(cheek, 0) if kind == "hand" else random.uniform(40.0, 220.0, 3)
    shade = 0.72 + 0.28 * np.minimum(depth / max(depth.max(), 1.0), 1.0)
    made = colour * shade[..., None] + random.normal(0.0, 2.0, image.shape)
    soft = cv2.GaussianBlur(there.astype(np.float32), (0, 0), 0.8)[..., None]
    mixed: UInt8 = np.clip(image * (1.0 - soft) + made * soft, 0, 255).astype(np.uint8)
    return mixed


class Counts:
    """Pixels of faces: shown and there, shown and not, there and not shown; and the times."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = self.bare = self.seen = 0
        self.times: list[float] = []

    def row(self) -> list[str]:
        """Return recall, precision, intersection over union, false share of bare faces, ms."""
        right = max(self.right, 1)
        return [
            f"{100 * self.right / max(self.right + self.missed, 1):.0f}",
            f"{100 * self.right / max(self.right + self.wrong, 1):.0f}",
            f"{100 * self.right / (right + self.wrong + self.missed):.0f}",
            f"{100 * self.bare / max(self.seen, 1):.2f}",
            f"{np.median(self.times):.2f}",
        ]


def watch(seed: int, kind: str, counts: Counts) -> None:
    """Count over one film of one performer."""
    model, camera = head.create(), Camera.from_field_of_view(SIZE)
    unwrapping = Unwrapping(model)
    front = Front(unwrapping.face)
    detector = plugins.create("detectors", "dlib68")
    stage = TrackStage(model, detector, camera, Wardrobe.of(["none"]), Statistics())
    with offscreen() as context:
        film = Performer(SIZE, seed=seed, context=context)
        for number in range(FRAMES):
            frame, truth = film.read(), film.truth(number)
            assert frame is not None
            points = project(camera, truth.camera_from_head, truth.landmarks)
            share = float(np.clip((number - FROM) / COME, 0.0, 1.0))
            image, there = frame.image, np.zeros(frame.image.shape[:2], bool)
            if share > 0.0:
                image, there = pasted(image, points, kind, share, seed)
            fits = stage(Frame(image, frame.time, number)).fits
            if not fits or fits[0].state is not State.TRACKED:
                continue
            start = thread_time()
            flat = unwrapping.unwrap(Frame(image, frame.time, number), fits[0])
            front.look(flat, frame.time)
            shown = front.opacity(hides=False)
            counts.times.append(1e3 * (thread_time() - start))
            count(counts, flat.pixels, unwrapping.face, shown, there, share)
        film.close()
        stage.close()


def count(
    counts: Counts, pixels: Array, face: Array, shown: Array | None, there: Array, share: float
) -> None:
    """Count the cells of a face."""
    height, width = there.shape
    x, y = np.clip(np.rint(pixels), 0, [width - 1, height - 1]).astype(int).transpose(2, 0, 1)
    covered, opened = there[y, x] & face, np.zeros_like(face) if shown is None else shown > 0.5
    if share == 0.0:
        counts.seen += int(face.sum())
        counts.bare += int(opened.sum())
    elif share == 1.0:
        counts.right += int((covered & opened).sum())
        counts.wrong += int((opened & ~covered).sum())
        counts.missed += int((covered & ~opened).sum())


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=6)
    seeds = parser.parse_args().seeds
    rows = []
    for kind in ("hand", "cup"):
        counts = Counts()
        for seed in range(seeds):
            watch(seed, kind, counts)
        rows.append([kind, *counts.row()])
    heads = ["before the face", "found %", "right %", "IoU %", "of bare faces opened %", "ms"]
    print(Table("Occlusion", heads, rows, f"{seeds} performers.").markdown())


if __name__ == "__main__":
    main()
