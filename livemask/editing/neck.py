"""How far the neck stays where it is while the head turns."""

import numpy as np

from livemask.landmarks import CHIN
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float64

BELOW_JAW = 7.0
"""mm under the jaw where the neck begins to bend."""

SHORTEST = 55.0
"""mm from there to where it stands still, at least: some models end under the chin."""

CORNERS = (4, 12)
"""iBUG points near the angles of the jaw."""


EARLY = 14.0
"""mm above where the neck begins, up to which a chin's underside reaches."""


def neck_share(model: MorphableModel, vertices: Float64, *, early: bool = False) -> Array:
    """Return (n,) how far each vertex stays: 0 from the jaw up, 1 at the neck's lower end.

    `vertices` (n, 3) mm, head frame. With `early` it begins at the jaw itself.
    """
    marks = model.landmark_vertices[[CHIN, *CORNERS]]
    share = np.zeros(len(vertices))
    if (marks < 0).any():
        return share
    chin, corner = vertices[marks[0]], vertices[marks[1:]].mean(axis=0)
    slope = (corner[1] - chin[1]) / min(corner[2] - chin[2], -1.0)
    jaw = chin[1] - BELOW_JAW + slope * (vertices[:, 2] - chin[2])
    top = np.minimum(jaw, corner[1] - BELOW_JAW) + (EARLY if early else 0.0)
    skin = model.parts.get("skin", np.arange(len(vertices)))
    end = np.minimum(vertices[skin, 1].min() + BELOW_JAW, top - SHORTEST)
    along = np.clip((top - vertices[:, 1]) / (top - end), 0.0, 1.0)
    share[skin] = (along * along * (3.0 - 2.0 * along))[skin]
    return share
