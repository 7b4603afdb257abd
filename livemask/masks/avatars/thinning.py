"""Thinning: of what a character is built of only what is seen, in as few triangles as show it."""

import numpy as np

from livemask.coarsening import coarse, even, usual_spacing
from livemask.morphable_model import MorphableModel
from livemask.records import Array

GRAIN = 1.2
"""Times as far apart as usual: what is drawn has no pores."""

SHADE = 0.25
"""How much colours of neighbouring vertices may differ."""


def thinned(model: MorphableModel, colours: Array) -> tuple[MorphableModel, Array]:
    """Return a model with fewer vertices, and which (n,) those are; `colours` (n, 3) are kept."""
    apart = np.minimum(
        GRAIN * usual_spacing(model), even(model.mean, model.triangles, colours, SHADE)
    )
    return coarse(model, apart)
