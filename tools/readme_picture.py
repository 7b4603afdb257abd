"""Draws the picture that opens the README: the built-in performer, bare and with each mask."""

from pathlib import Path

import cv2
import numpy as np

from livemask.detectors import dlib68
from livemask.models import head
from livemask.performer import Performer
from livemask.records import Camera, UInt8
from livemask.render_stage import RenderStage
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.wardrobe import Wardrobe

OUT = Path(__file__).resolve().parent.parent / "docs" / "livemask.jpg"
TILES = (
    ("none", 2.5),
    ("avatar", 1.4),
    ("watermelon", 3.0),
    ("tiger", 7.0),
    ("skull", 5.8),
    ("gold", 8.4),
)
"""Which mask, and when in the performance, s."""
COLUMNS, WIDTH = 3, 640


def pictures(size: tuple[int, int] = (1280, 720), seed: int = 0) -> list[UInt8]:
    """Return the (h, w, 3) picture of each tile."""
    performer, statistics = Performer(size=size, seed=seed), Statistics()
    wanted = {round(30 * time): mask for mask, time in TILES}
    worn = {mask: Wardrobe.of([mask]) for mask in wanted.values()}
    model, camera, found = head.create(), Camera.from_field_of_view(size), {}
    track = TrackStage(model, dlib68.create(), camera, worn["none"], statistics)
    render = RenderStage(lambda: model, statistics)
    for index in range(max(wanted) + 1):
        frame = performer.read()
        assert frame is not None
        # Put on early, so that what a mask learns of the person has settled.
        track.wardrobe = worn[wanted[min(i for i in wanted if i >= index)]]
        scene = track(frame)
        if index in wanted:
            found[wanted[index]] = render(scene).image
    render.close()
    performer.close()
    return [found[mask] for mask, _ in TILES]


def main() -> None:
    """Write the picture."""
    height = WIDTH * 9 // 16
    small = [cv2.resize(p, (WIDTH, height), interpolation=cv2.INTER_AREA) for p in pictures()]
    rows = [np.hstack(small[i : i + COLUMNS]) for i in range(0, len(small), COLUMNS)]
    OUT.parent.mkdir(exist_ok=True)
    sheet = cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(OUT), sheet, [cv2.IMWRITE_JPEG_QUALITY, 88])
    print(OUT)


if __name__ == "__main__":
    main()
