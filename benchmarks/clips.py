"""How a folder of films is tracked: `python -m benchmarks.clips FOLDER [NAME...]`.

For each film: the share of frames that were tracked, the stretches that were not, and, on
every tenth frame, how far the stabilised points are from those that a fresh detection of the
same frame gives, in percent of the distance between the outer corners of the eyes. Where the
detector sees several faces, the one nearest to the tracked face is compared.
"""

import math
import sys
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np

from livemask.detectors import dlib68
from livemask.geometry import project
from livemask.landmarks import eye_distance
from livemask.models import head
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Camera, Fit, Float64, Frame, State
from livemask.sources.video import VideoSource
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.wardrobe import Wardrobe

EVERY = 10
WITHIN = 5.0


class Bare:
    """A mask that draws nothing."""

    hides = False

    def layers(self, *_: object) -> tuple[()]:
        """Return nothing."""
        return ()


@dataclass
class Row:
    """What was seen of one film."""

    states: list[str] = field(default_factory=list)
    shown: list[Float64] = field(default_factory=list)
    off: list[tuple[int, float]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the row of the table."""
        tracked = 100.0 * self.states.count("tracked") / len(self.states)
        off = np.array([value for _, value in self.off]) if self.off else np.array([np.nan])
        beyond = ", ".join(f"{i}: {value:.0f}" for i, value in self.off if value > WITHIN)
        return (
            f"| {name} | {len(self.states)} | {tracked:.1f} | {self._gaps()} | {len(self.off)} | "
            f"{np.mean(off):.2f} | {np.max(off):.2f} | {beyond or '-'} | {self._jitter():.2f} |"
        )

    def _gaps(self) -> str:
        gaps, start = [], 0
        for state, run in groupby(self.states):
            end = start + len(list(run))
            if state != "tracked":
                gaps.append(f"{start}-{end - 1} {state}")
            start = end
        return ", ".join(gaps) or "-"

    def _jitter(self) -> float:
        """Return the mean second difference of the inner points, % of the eye distance."""
        if len(self.shown) < 3:
            return math.nan
        points = np.array(self.shown)
        second = np.linalg.norm(np.diff(points[:, 17:], 2, axis=0), axis=2)
        return 100.0 * float(second.mean() / np.mean([eye_distance(p) for p in points]))


def fresh(detector: dlib68.Dlib68, frame: Frame, near: Float64) -> Float64 | None:
    """Return the points that a fresh detection gives to the face nearest to `near`."""
    scale = min(1.0, 1280 / frame.size[0])
    boxes = [np.array(box[:4]) for box in detector.find(frame.image, scale=scale)]
    if not boxes:
        return None
    centre = near.mean(axis=0)
    box = min(boxes, key=lambda b: float(np.linalg.norm(0.5 * (b[:2] + b[2:]) - centre)))
    inside = (box[:2] < centre).all() and (centre < box[2:]).all()
    return detector.detect(frame, box) if inside else None


def watch(film: Path, model: MorphableModel, detector: dlib68.Dlib68) -> Row:
    """Track a film."""
    source, row = VideoSource(film), Row()
    camera = Camera.from_field_of_view(source.size)
    stage = TrackStage(model, detector, camera, Wardrobe([(Bare, None)]), Statistics())
    while (frame := source.read()) is not None:
        fits = stage(frame).fits
        row.states.append(str(fits[0].state) if fits else "lost")
        if fits and fits[0].state is State.TRACKED:
            compare(row, frame, fits[0], model, detector)
    source.close()
    return row


def compare(
    row: Row, frame: Frame, fit: Fit, model: MorphableModel, detector: dlib68.Dlib68
) -> None:
    """Note the points shown, and on every tenth frame how far they are from fresh ones."""
    shown = project(fit.camera, fit.camera_from_head, fit_landmarks(model, fit))
    row.shown.append(shown)
    if frame.index % EVERY == 0:
        points = fresh(detector, frame, shown)
        if points is not None:
            off = np.linalg.norm(shown - points, axis=1).mean() / eye_distance(points)
            row.off.append((frame.index, 100.0 * float(off)))


def main(folder: Path, names: list[str]) -> None:
    """Print the table."""
    model, detector = head.create(), dlib68.create()
    heads = ("film", "frames", "tracked %", "not tracked", "compared", "mean %", "max %")
    heads += ("beyond 5 %", "jitter %")
    print(f"| {' | '.join(heads)} |\n{'| --- ' * len(heads)}|")
    for film in sorted(folder.glob("*.mp4")):
        if not names or any(name in film.stem for name in names):
            print(watch(film, model, detector).text(film.stem), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
