"""What each further face costs: `python -m benchmarks.faces [--seconds S]`.

Up to four performers, each in a quarter of one picture of 1280x720, so that all rows of the
table see pictures of the same size and faces of the same kind. The time is the processor time
of the tracking thread, from the frame to the scene, mask included.
"""

import argparse
import time

import numpy as np

from livemask.detectors import dlib68
from livemask.models import head
from livemask.people import People
from livemask.performer import Performer
from livemask.records import Camera, Frame, UInt8
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.wardrobe import Wardrobe

SIZE, PART = (1280, 720), (640, 360)
CORNERS = ((0, 0), (640, 0), (0, 360), (640, 360))
MOST = len(CORNERS)


def pictures(seconds: float) -> list[list[UInt8]]:
    """Return for each performer all their pictures (360, 640, 3)."""
    found = []
    for seed in range(MOST):
        performer = Performer(size=PART, rate=25.0, seconds=seconds, seed=seed)
        frames = []
        while (frame := performer.read()) is not None:
            frames.append(frame.image)
        performer.close()
        found.append(frames)
    return found


def times(acts: list[list[UInt8]], count: int, mask: str) -> tuple[list[float], float]:
    """Return the times of all frames with `count` performers, ms, and how many were tracked."""
    model, camera = head.create(), Camera.from_field_of_view(SIZE)
    stage = TrackStage(
        model,
        dlib68.create(),
        camera,
        Wardrobe.of([mask], count),
        Statistics(),
        people=People(most=count),
    )
    stage.warm_up()
    spent, seen = [], 0
    for index in range(len(acts[0])):
        image = np.full((SIZE[1], SIZE[0], 3), 96, np.uint8)
        for act, (left, top) in zip(acts[:count], CORNERS, strict=False):
            image[top : top + PART[1], left : left + PART[0]] = act[index]
        frame = Frame(image, index / 25.0, index)
        started = time.thread_time()
        scene = stage(frame)
        spent.append(1000.0 * (time.thread_time() - started))
        seen += len(scene.fits)
    stage.close()
    return spent, seen / len(spent)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--mask", default="textured")
    given = parser.parse_args()
    acts = pictures(given.seconds)
    print("| faces | tracked, mean | median, ms | 95 %, ms | this face, ms | of the first |")
    print("| --- | --- | --- | --- | --- | --- |")
    before = first = 0.0
    for count in range(1, MOST + 1):
        spent, seen = times(acts, count, given.mask)
        median, high = np.percentile(spent[len(spent) // 4 :], [50, 95])
        first = first or float(median)
        print(
            f"| {count} | {seen:.2f} | {median:.2f} | {high:.2f} | {median - before:.2f} "
            f"| {(median - before) / first:.2f} |"
        )
        before = float(median)


if __name__ == "__main__":
    main()
