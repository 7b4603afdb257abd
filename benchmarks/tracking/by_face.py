"""Tables of takes by what the face does and who it is: expressions, blinks, identity."""

import numpy as np

from benchmarks.metrics.blinks import counts, events
from benchmarks.metrics.correlation import correlation, rms
from benchmarks.metrics.shape import distance
from benchmarks.table import Table
from benchmarks.tracking.by_scenario import named
from benchmarks.tracking.scenarios import UNSEEN
from benchmarks.tracking.take import Take
from livemask.morphable_model import MorphableModel
from livemask.performer.gaze import FULL
from livemask.records import Array, Float64

LIVELY = ("script", "talk", "0.5 m", "blinks")
"""Scenarios in which expressions come together, as they do in life."""

WANTED = (
    "jawOpen", "mouthSmileLeft", "mouthSmileRight", "mouthPucker", "browInnerUp",
    "browDownLeft", "browDownRight",
)  # fmt: skip


def expressions(takes: list[Take], names: tuple[str, ...]) -> Table:
    """Return how alike each coefficient is."""
    heads = ("expression", "alone: correlation", "rms", "rms while others play",
             "together: correlation", "together: rms")  # fmt: skip
    alone = [take for take in takes if take.scenario == "expressions"]
    lively = [take for take in takes if take.scenario in LIVELY]
    one, idle, many = _alike(alone), _leak(alone), _alike(lively)
    shown = [i for i, name in enumerate(names) if not name.startswith(UNSEEN[1])]
    rows = [(names[i], *one[:, i].tolist(), float(idle[i]), *many[:, i].tolist()) for i in shown]
    note = (
        "Alone: each is played by itself, one after the other; together: "
        f"{', '.join(LIVELY)}. Correlation over all tracked frames of a performer, then the mean. "
        "Compared is what tables and avatars get: what departs from the person's rest. The eyes "
        "look about all the time, also while others play."
    )
    return Table("Expressions", heads, rows, note)


def gaze(takes: list[Take], names: tuple[str, ...]) -> Table:
    """Return how far the eyes are from where they look."""
    heads = ("scenario", "aside: deg off", "correlation", "true spread", "up: deg off",
             "correlation ", "true spread ")  # fmt: skip
    rows = [
        (scenario, *np.mean([_glances(take, names) for take in played], axis=0).tolist())
        for scenario, played in named(takes).items()
        if scenario in (*LIVELY, "expressions")
    ]
    note = (
        "Mean distance of the left eye's angle from the true one over all tracked frames, blinks "
        "among them; the eyes look into the camera but for three glances in ten."
    )
    return Table("Gaze", heads, rows, note)


def _glances(take: Take, names: tuple[str, ...]) -> list[float]:
    """Return error, correlation and the spread of the truth aside, and likewise upwards."""
    found: list[float] = []
    for more, less in (("Out", "In"), ("Up", "Down")):
        rows = [names.index(f"eyeLook{way}Left") for way in (more, less)]
        full = np.array([FULL[more], -FULL[less]])
        true = take.true_expression[take.seen][:, rows] @ full
        seen = take.expression[take.seen][:, rows] @ full
        alike = float(correlation(true[:, None], seen[:, None])[0])
        found += [float(np.abs(seen - true).mean()), alike, float(true.std())]
    return found


def _alike(takes: list[Take]) -> Float64:
    """Return correlation and rms (2, m), the mean over the performers."""
    found = []
    for seed in sorted({take.seed for take in takes}):
        pairs = [(t.true_expression[t.seen], t.expression[t.seen]) for t in takes if t.seed == seed]
        true, fitted = (np.concatenate(part) for part in zip(*pairs, strict=True))
        found.append([correlation(true, fitted), rms(true, fitted)])
    return np.asarray(np.mean(found, axis=0)) if found else np.full((2, 52), np.nan)


def _leak(takes: list[Take]) -> Float64:
    """Return the rms (m,) of each coefficient while it should be 0."""
    if not takes:
        return np.full(52, np.nan)
    true = np.concatenate([t.true_expression[t.seen] for t in takes])
    fitted = np.concatenate([t.expression[t.seen] for t in takes])
    none = true < 0.02
    squares = np.where(none, fitted, 0.0) ** 2
    return np.asarray(np.sqrt(squares.sum(axis=0) / np.maximum(none.sum(axis=0), 1)))


def blinks(takes: list[Take], names: tuple[str, ...]) -> Table:
    """Return how many blinks and winks were seen and told apart."""
    heads = ("event", "there were", "recall", "were told", "precision")
    rows = []
    for what, kinds in (("blinks", ("blink",)), ("winks", ("left", "right"))):
        of_all = np.sum([_counts(t, names, kinds) for t in takes if t.scenario == "blinks"], axis=0)
        there, hit, told, right = np.broadcast_to(of_all, 4).tolist()
        rows.append((what, there, _share(hit, there), told, _share(right, told)))
    note = (
        "Blinks of 100 ms and winks, the second half while talking; closed is a coefficient of "
        "more than 0.5. A wink that is told as a blink is missed, and a false blink."
    )
    return Table("Blinks and winks", heads, rows, note)


def _counts(take: Take, names: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[int, ...]:
    eyes = [names.index(f"eyeBlink{side}") for side in ("Left", "Right")]
    true = events(take.time, *take.true_expression[:, eyes].T)
    seen = events(take.time, *np.nan_to_num(take.expression[:, eyes]).T)
    return counts(true, seen, kinds)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def identity(takes: list[Take], model: MorphableModel) -> Table:
    """Return how near the fitted faces are to the true ones, beside the mean face."""
    heads = ("performer", "after", "mm", "mean face mm", "share", "sized: mm", "mean face, sized",
             "share, sized")  # fmt: skip
    rows = [
        (take.seed, name, *_shapes(take, model))
        for name in ("look around", "script")
        for take in named(takes).get(name, [])
    ]
    note = (
        "Mean distance of the vertices of the face after the best rigid motion; sized: scaled, "
        "too. `look around` is 100 frames of a turning head."
    )
    return Table("Identity", heads, rows, note)


def _shapes(take: Take, model: MorphableModel) -> list[float]:
    face = model.face_weight > 0.5
    true = take.person.mean[face].astype(np.float64)
    nobody = np.zeros(len(model.identity))
    found: list[float] = []
    for sized in (False, True):
        own = distance(_face(take.identity, model, face), true, sized=sized)
        mean = distance(_face(nobody, model, face), true, sized=sized)
        found += [own, mean, own / mean]
    return found


def _face(identity: Float64 | None, model: MorphableModel, face: Array) -> Float64:
    nobody, still = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    vertices = model.vertices(nobody if identity is None else identity, still)
    return vertices[face].astype(np.float64)
