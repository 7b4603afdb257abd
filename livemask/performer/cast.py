"""Who performs: a head that the shipped model cannot make exactly, with lids that close."""

from dataclasses import replace

import numpy as np

from livemask.models import head
from livemask.morphable_model import MorphableModel
from livemask.records import Float32

LIDS = {"Left": ((43, 44), (47, 46)), "Right": ((37, 38), (41, 40))}
"""Of each eye the iBUG points of the upper lid and those below them."""

OVERLAP = 0.6
"""mm by which closed lids pass one another."""

FIRST = 9
"""Who plays seed 0."""


def cast(model: MorphableModel, seed: int) -> MorphableModel:
    """Return the person of a seed: the model with another mean and no identity components.

    `person.vertices(np.zeros(0), expression)` is the person with an expression.

    Parameters
    ----------
    model : MorphableModel
        The shipped head.
    seed : int
        Any from 0; after twelve the faces repeat, not what they wear and do.
    """
    people = head.performers()
    person = people[(FIRST + seed) % len(people)]
    return replace(
        model,
        name=f"performer {seed}",
        mean=person.shape,
        identity=model.identity[:0],
        identity_sigmas=model.identity_sigmas[:0],
        expressions=_with_lids_that_close(model, person.shape),
        albedo=person.albedo,
        albedo_components=model.albedo_components[:0],
    )


def _with_lids_that_close(model: MorphableModel, shape: Float32) -> Float32:
    """Scale the blinks: the model's close the mean's eyes, and each person's are others."""
    moves = model.expressions.copy()
    open_lids = shape[model.landmark_vertices]
    for side, (upper, lower) in LIDS.items():
        blink = moves[model.expression_names.index(f"eyeBlink{side}")]
        gap = np.mean(open_lids[list(upper), 1] - open_lids[list(lower), 1])
        move = blink[model.landmark_vertices, 1]
        closing = np.mean(move[list(lower)] - move[list(upper)])
        blink *= np.clip((gap + OVERLAP) / closing, 0.7, 1.3)
    return moves
