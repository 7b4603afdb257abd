"""Whether bare faces pass: `python -m benchmarks.fail_secure FOLDER [NAME...]`.

Each film is masked as `livemask run --max-faces 2` would, and in every frame every face that
detectors of the benchmark's own find is compared, before and after. `--pictures DIR` writes the
frames in which one passes, `--mask`, `--when-lost`, `--detector` and `--max-faces` are
those of `run`. `--late N` has every search answered N frames late and lets nothing wait, as
before a camera.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

import cv2
import numpy as np

from benchmarks.fail_secure.bare import BARE, PART, unchanged
from benchmarks.fail_secure.faces import faces
from benchmarks.fail_secure.late import Late
from livemask import track_stage
from livemask.config import Config
from livemask.records import Float64, Frame, Scene, UInt8
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.safety.hindsight import Hindsight
from livemask.safety.losing import may_be_late
from livemask.sources.video import VideoSource
from livemask.start.preparing import Pictures, Preparation
from livemask.statistics import Statistics
from livemask.wardrobe import will_hide

Shown = Callable[[Frame, UInt8, Float64, float], None]
MASK = "shaded,eyes=model,mouth=model"


@dataclass
class Count:
    """What was seen of one film."""

    frames: int = 0
    faces: int = 0
    blurred: int = 0
    bare: list[int] = field(default_factory=list)
    part: list[int] = field(default_factory=list)


def stretches(frames: list[int]) -> str:
    """Return `3-7, 12` of frames in their order."""
    runs = groupby(enumerate(sorted(set(frames))), lambda pair: pair[1] - pair[0])
    ends = [[frame for _, frame in run] for _, run in runs]
    return ", ".join(f"{e[0]}-{e[-1]}" if len(e) > 1 else str(e[0]) for e in ends) or "-"


class Watch:
    """Takes scenes as the render stage would, and compares every face of each.

    Parameters
    ----------
    where : list of list of (4,) float64
        The faces of each frame.
    out : function, optional
        Told which frames show one.
    """

    def __init__(self, where: list[list[Float64]], out: Shown | None) -> None:
        self.count = Count()
        self._where, self._out = where, out
        self._renderer = Renderer(offscreen())

    def put(self, scene: Scene) -> bool:
        """Draw a scene and compare."""
        frame, count = scene.frame, self.count
        after = self._renderer.render(scene)
        count.frames += 1
        count.blurred += any(getattr(layer, "region", 0) is None for layer in scene.layers)
        for box in self._where[frame.index]:
            share = unchanged(frame.image, after, box)
            count.faces += 1
            listed = count.bare if share > BARE else count.part if share > PART else None
            if listed is not None:
                listed.append(frame.index)
                if self._out is not None:
                    self._out(frame, after, box, share)
        return True

    def close(self) -> None:
        """Free what was made on the GPU."""
        self._renderer.close()


def watch(
    film: Path, config: Config, where: list[list[Float64]], out: Path | None, late: int = 0
) -> Count:
    """Mask a film and compare every face of every frame; `late`: by how many frames it searches."""

    def shown(frame: Frame, after: UInt8, box: Float64, share: float) -> None:
        if out is not None:
            write(out / f"{film.stem}_{frame.index:04d}.png", after, box, share)

    source, end = VideoSource(film), Watch(where, shown)
    known = Pictures(source.size, live=late > 0)
    with patch.object(track_stage, "ThreadedSearch", partial(Late, frames=late)):
        stage = Preparation(config, Statistics())(lambda: known, lambda _: None)
    waits = not late and may_be_late(config.people, hides=will_hide(config.masks))
    target = Hindsight(end) if waits else end
    while (frame := source.read()) is not None:
        target.put(stage(frame))
    target.close()
    stage.close()
    source.close()
    return end.count


def write(file: Path, image: UInt8, box: Float64, share: float) -> None:
    """Write a picture with the face that is seen in it."""
    drawn = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    left, top, right, bottom = np.rint(box).astype(int).tolist()
    cv2.rectangle(drawn, (left, top), (right, bottom), (0, 0, 255), 2)
    cv2.putText(drawn, f"{share:.2f}", (left, top - 4), cv2.FONT_HERSHEY_PLAIN, 1.4, (0, 0, 255), 2)
    file.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(file), drawn)


def cached(film: Path, folder: Path | None) -> list[list[Float64]]:
    """Return the faces of a film, from a file if they have been looked for before."""
    file = folder / f"{film.stem}.npy" if folder is not None else None
    if file is not None and file.is_file():
        rows = np.load(file)
    else:
        source = VideoSource(film)
        found = faces(film, source.rate)
        source.close()
        rows = np.array([[i, *box] for i, boxes in enumerate(found) for box in boxes])
        rows = np.concatenate([rows.reshape(-1, 5), [[len(found), 0.0, 0.0, 0.0, 0.0]]])
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            np.save(file, rows)
    return [[row[1:] for row in rows[:-1] if row[0] == i] for i in range(int(rows[-1, 0]))]


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.fail_secure")
    asked.add_argument("folder", type=Path)
    asked.add_argument("names", nargs="*")
    asked.add_argument("--mask", default=MASK)
    asked.add_argument("--max-faces", type=int, default=2)
    asked.add_argument("--when-lost")
    asked.add_argument("--detector", default="dlib68")
    asked.add_argument("--pictures", type=Path)
    asked.add_argument("--late", type=int, default=0, metavar="FRAMES")
    asked.add_argument("--cache", type=Path, help="where to keep the faces that were found")
    given = asked.parse_args()
    extra = {"when_lost": given.when_lost} if given.when_lost else {}
    extra["detector"] = given.detector
    config = Config(masks=(given.mask,), max_faces=given.max_faces, **extra)
    heads = ("film", "frames", "faces", "blurred", "bare", "which", "in part", "which")
    print(f"| {' | '.join(heads)} |\n{'| --- ' * len(heads)}|")
    for film in sorted(given.folder.glob("*.mp4")):
        if given.names and not any(name in film.stem for name in given.names):
            continue
        count = watch(film, config, cached(film, given.cache), given.pictures, given.late)
        print(
            f"| {film.stem} | {count.frames} | {count.faces} | {count.blurred} | "
            f"{len(count.bare)} | {stretches(count.bare)} | {len(count.part)} | "
            f"{stretches(count.part)} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
