"""How well the performer is tracked: `python -m benchmarks.known_truth --seconds 20 --seeds 3`.

What the whole chain shows, smoothed, against what is the case, frame by frame:

- tracked: of the frames in which the face is whole, and how many of those without any face
- points: distance of the inner 51 points, % of the distance between the outer eye corners
- turn: angle between the fitted and the true rotation; the even part that remains over the
  whole run is also a matter of where another person's frame lies, hence also without it
- distance: of the head from the camera; as every length it is known only up to the size of
  the person, hence the spread about the run's median ratio
- identity: mean distance of the faces (face weight > 0.5) after a similarity, in mm; the
  model's mean in place of the fit for comparison
- expressions: correlation over the run and root mean square of the difference
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.clips import Bare
from livemask.detectors import dlib68
from livemask.geometry import nearest_rotation, project, rotation_vector
from livemask.landmarks import JAW, eye_distance
from livemask.models import head
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.performer import Performer, Truth
from livemask.records import Array, Fit, Float64, State
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.wardrobe import Wardrobe

EXPRESSIONS = (
    "jawOpen",
    "eyeBlinkLeft",
    "eyeBlinkRight",
    "mouthSmileLeft",
    "mouthSmileRight",
    "browDownLeft",
    "browDownRight",
    "browInnerUp",
    "mouthPucker",
    "mouthFunnel",
)
HEADS = (
    "seed", "tracked %", "false", "points %", "turn deg mean / median / p95",
    "without offset", "distance % median / p95", "identity mm", "mean face mm",
)  # fmt: skip


@dataclass
class Run:
    """What was seen of one performer."""

    person: MorphableModel
    model: MorphableModel
    whole: int = 0
    tracked: int = 0
    false: int = 0
    pairs: list[tuple[Truth, Fit]] = field(default_factory=list)

    def note(self, truth: Truth, fits: tuple[Fit, ...]) -> None:
        """Take one frame."""
        seen = bool(fits) and fits[0].state is State.TRACKED
        self.whole += truth.visible
        self.tracked += truth.visible and seen
        if seen and truth.visible:
            self.pairs.append((truth, fits[0]))
        self.false += seen and _is_away(truth)

    def row(self, seed: int) -> str:
        """Return the row of the table."""
        turns = np.array(
            [t.camera_from_head[:3, :3].T @ f.camera_from_head[:3, :3] for t, f in self.pairs]
        )
        offset = nearest_rotation(turns.mean(0))
        own, rest = _angles(turns), _angles(turns @ offset.T)
        ratio = np.array(
            [f.camera_from_head[2, 3] / t.camera_from_head[2, 3] for t, f in self.pairs]
        )
        spread = 100.0 * np.abs(ratio / np.median(ratio) - 1.0)
        fitted = self.model.vertices(
            self.pairs[-1][1].identity, np.zeros(len(self.model.expressions))
        )
        return (
            f"| {seed} | {100 * self.tracked / self.whole:.1f} | {self.false} | "
            f"{np.mean([self._points(t, f) for t, f in self.pairs]):.2f} | {_three(own)} | "
            f"{_three(rest)} | {np.median(spread):.1f} / {np.percentile(spread, 95):.1f} | "
            f"{self._shape(fitted):.2f} | {self._shape(self.model.mean):.2f} |"
        )

    def expressions(self) -> Float64:
        """Return correlation and root mean square error of `EXPRESSIONS`, (e, 2)."""
        own = [self.model.expression_names.index(name) for name in EXPRESSIONS]
        true = np.array([t.expression[own] for t, _ in self.pairs])
        fitted = np.array([f.expression[own] for _, f in self.pairs])
        both = np.stack([true - true.mean(0), fitted - fitted.mean(0)])
        spread = np.sqrt((both**2).sum(1)).prod(0)
        alike = both.prod(0).sum(0) / np.maximum(spread, 1e-9)
        return np.stack([alike, np.sqrt(((fitted - true) ** 2).mean(0))], 1)

    def _points(self, truth: Truth, fit: Fit) -> float:
        true = project(truth.camera, truth.camera_from_head, truth.landmarks)
        shown = project(fit.camera, fit.camera_from_head, fit_landmarks(self.model, fit))
        off = np.linalg.norm(shown - true, axis=1)[JAW.stop :].mean()
        return 100.0 * float(off) / eye_distance(truth.landmarks) / _scale(truth)

    def _shape(self, vertices: Array) -> float:
        face = self.model.face_weight > 0.5
        true, own = self.person.mean[face].astype(np.float64), vertices[face].astype(np.float64)
        return float(np.linalg.norm(_aligned(own, true) - true, axis=1).mean())


def _is_away(truth: Truth) -> bool:
    points = project(truth.camera, truth.camera_from_head, truth.landmarks)
    return bool((np.isnan(points) | (points < 0) | (points >= truth.camera.size)).any(1).all())


def _scale(truth: Truth) -> float:
    """Return px per mm at the eyes."""
    return float(truth.camera.focal / -truth.camera_from_head[2, 3])


def _angles(turns: Float64) -> Float64:
    return np.degrees([np.linalg.norm(rotation_vector(turn)) for turn in turns])


def _three(values: Float64) -> str:
    return f"{values.mean():.2f} / {np.median(values):.2f} / {np.percentile(values, 95):.2f}"


def _aligned(points: Float64, target: Float64) -> Float64:
    """Return `points` (n, 3) moved onto `target` by the best similarity (Umeyama 1991)."""
    a, b = points - points.mean(0), target - target.mean(0)
    turn = nearest_rotation(b.T @ a)
    moved = a @ turn.T
    return np.asarray(moved * ((moved * b).sum() / (moved * moved).sum()) + target.mean(0))


def watch(seed: int, seconds: float, model: MorphableModel, detector: dlib68.Dlib68) -> Run:
    """Track one performer."""
    performer = Performer(seed=seed, seconds=seconds)
    stage = TrackStage(model, detector, performer.camera, Wardrobe([(Bare, None)]), Statistics())
    run = Run(performer.person, model)
    while (frame := performer.read()) is not None:
        run.note(performer.truth(frame.index), stage(frame).fits)
    performer.close()
    return run


def main(seconds: float, seeds: Sequence[int]) -> None:
    """Print the tables."""
    model, detector = head.create(), dlib68.create()
    print(f"| {' | '.join(HEADS)} |\n{'| --- ' * len(HEADS)}|")
    found = []
    for seed in seeds:
        run = watch(seed, seconds, model, detector)
        print(run.row(seed), flush=True)
        found.append(run.expressions())
    print("\n| expression | correlation | rms |\n| --- | --- | --- |")
    for name, (alike, rms) in zip(EXPRESSIONS, np.mean(found, axis=0), strict=True):
        print(f"| {name} | {alike:.2f} | {rms:.3f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How well the performer is tracked.")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--seeds", type=int, default=3, help="how many performers")
    options = parser.parse_args()
    main(options.seconds, range(options.seeds))
