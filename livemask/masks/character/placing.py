"""Where a character goes on a head: as large as the head that it covers."""

from dataclasses import dataclass

import numpy as np

from livemask import landmarks as ibug
from livemask.errors import AssetError, ModelError
from livemask.geometry import rotation_matrix
from livemask.gltf.character import Character
from livemask.masks.character.parts import Parts
from livemask.masks.character.shape import Shape
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float64

# An adult head in units of its own landmarks, hair pressed flat: half breadth in distances of
# the outer eye corners; the eyes are at half of its height.
BREADTH, CROWN = 0.9, 1.05

ROOM = 1.06
"""How many times as large as the person's a character's head is at least."""

FRONT = 0.3
"""Share of a head's depth in which its chin is: the neck is farther back."""

OWN = ("head", "leftEye", "rightEye", "jaw")
"""Bones that move the skin of a head."""

ENOUGH = 30
"""Vertices of the skin of a head; with fewer, all that goes with the head is taken for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """The size of a head that looks along +z.

    Attributes
    ----------
    low, high : (3,) float64
        Around it: ears, chin, crown, nose.
    eyes : float
        Height of the eyes; nan where nobody knows.
    """

    low: Float64
    high: Float64
    eyes: float


def character_measure(character: Character, parts: Parts, ahead: Float64) -> Measure:
    """Return the size of a character's head, in its own units.

    Of the skin that makes expressions, so that neither hair nor a hat count; of what the bone
    of the head moves if there is none; else of all.

    Raises
    ------
    AssetError
        If it has no size.
    """
    points = _skin(character, parts) @ ahead.T
    low, high = points.min(0), points.max(0)
    front = points[points[:, 2] > high[2] - FRONT * (high[2] - low[2])]
    low[1] = front[:, 1].min() if parts.posture.spine and len(front) else low[1]
    if not (high - low)[:2].min() > 1e-6:
        raise AssetError(f"the character {character.name} cannot be worn: its head has no size.")
    nodes = [character.vrm.bones.get(name, -1) for name in ("leftEye", "rightEye")]
    known = min(nodes) >= 0
    eyes = (parts.posture.world[nodes, :3, 3] @ ahead.T)[:, 1].mean() if known else np.nan
    return Measure(low, high, float(eyes))


def _skin(character: Character, parts: Parts) -> Float64:
    """Return points (p, 3) on the skin of a head, or as near to it as can be told."""
    heads = [node for name, node in character.vrm.bones.items() if name in OWN]
    moving = [shape for shape in parts.shapes if len(shape.slots)]
    led = [shape.points[_led(shape, parts)] for shape in parts.shapes]
    for tried in (
        [_of_joints(character, shape, heads) for shape in moving],
        [_of_joints(character, shape, heads) for shape in parts.shapes],
        led,
    ):
        points = np.concatenate([np.empty((0, 3)), *tried])
        if len(points) >= ENOUGH and (np.ptp(points, axis=0)[:2] > 1e-6).all():
            return points
    return np.concatenate([shape.points[shape.shares > 0.99] for shape in parts.shapes])


def _led(shape: Shape, parts: Parts) -> Array:
    """Return which parts go with the head alone."""
    return (shape.groups >= max(parts.posture.spine, 1)) & (shape.shares > 0.99)


def _of_joints(character: Character, shape: Shape, nodes: list[int]) -> Array:
    """Return the parts (p, 3) of a piece that one of some nodes moves for the most part."""
    piece = shape.piece
    if piece.skin is None:
        return shape.points if piece.node in nodes else shape.points[:0]
    joints = np.isin(character.skins[piece.skin].joints, nodes)
    share = (piece.weights * joints[piece.joints]).sum(1)
    vertex = np.repeat(np.arange(len(share)), np.diff(shape.starts))
    return shape.points[(share[vertex] > 0.5) & (shape.shares > 0.99)]


def person_measure(model: MorphableModel, identity: Float64) -> Measure:
    """Return the size of a person's head without its hair, head frame, mm.

    Raises
    ------
    ModelError
        If the model lacks some of the 68 points.
    """
    rows = model.landmark_model
    if not rows.known.all():
        raise ModelError(
            f"the model {model.name!r} lacks some of the 68 points, so nobody knows how large "
            "a character's head must be; wear another mask, or use another model."
        )
    seen = rows.points(identity, np.zeros(len(model.expression_names)))[:68]
    eyes, chin = seen[36:48].mean(0), float(seen[ibug.CHIN, 1])
    half, nose = BREADTH * ibug.eye_distance(seen), float(seen[ibug.NOSE_TIP, 2])
    low = np.array([eyes[0] - half, chin, nose - 2.0 * half])
    high = np.array([eyes[0] + half, eyes[1] + CROWN * (eyes[1] - chin), nose])
    return Measure(low, high, float(eyes[1]))


def head_from_character(own: Measure, person: Measure, ahead: Float64, size: float) -> Float64:
    """Return the (4, 4) that lays a character's head on a person's.

    Parameters
    ----------
    own : Measure
        The character's.
    person : Measure
        Of the head that it covers.
    ahead : (3, 3) float64
        What makes the character look along +z.
    size : float
        Times as large as it must be.
    """
    wide, high = (person.high - person.low)[:2] / (own.high - own.low)[:2]
    if own.eyes > own.low[1]:  # a face without the back of its head is lower than a head
        high = min(high, (person.eyes - person.low[1]) / (own.eyes - own.low[1]))
    scale = size * ROOM * max(float(wide), float(high))
    placed = np.eye(4)
    placed[:3, :3] = scale * ahead
    # Chin on chin, a little below; nose over nose.
    below = (ROOM - 1.0) * (person.eyes - person.low[1])
    placed[:3, 3] = _anchor(person) - (0.0, below, 0.0) - scale * _anchor(own)
    return placed


def _anchor(head: Measure) -> Float64:
    return np.array([0.5 * (head.low[0] + head.high[0]), head.low[1], head.high[2]])


def facing(character: Character, degrees: float) -> Float64:
    """Return the rotation that makes a character look along +z, as heads do; VRM 0 looks back."""
    back = 180.0 if character.vrm.version == 0 else 0.0
    return rotation_matrix(np.array([0.0, np.radians(back + degrees), 0.0]))
