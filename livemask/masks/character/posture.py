"""Posture: how a character stands, and how head, neck and spine share a turn of the head."""

from dataclasses import dataclass

import numpy as np

from livemask.geometry import rigid, rotation_matrix, rotation_vector
from livemask.gltf.character import Character
from livemask.gltf.nodes import Nodes
from livemask.records import Float64, Int32

SHARES = (0.40, 0.35, 0.15, 0.10)
"""Of a turn of the head against the body: what head, neck and the joints below take."""

SPINE = ("neck", "upperChest", "chest", "spine")

ARM_DOWN = (0.30, -0.95, 0.05)
"""Direction of a left arm that hangs; characters come with theirs stretched out."""

STRETCHED = 0.6
"""An arm whose direction is less steep than this is stretched out."""

FREE = ("leftEye", "rightEye", "jaw")


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """A character at rest, its nodes in groups that move as one.

    Group 0 is the body; then come the joints of the spine from below up to the head, then
    what moves within the head.

    Attributes
    ----------
    world : (n, 4, 4) float64
        body_from_node, arms lowered.
    groups : (n,) int32
    joints : (g, 3) float64
        What each group turns about; that of the body means nothing.
    spine : int
        How many joints of the spine there are, the head's among them; 0: all moves as one.
    free : dict of str to int
        Groups of `FREE`, as far as there are such bones.
    """

    world: Float64
    groups: Int32
    joints: Float64
    spine: int
    free: dict[str, int]

    def moved(self, turn: Float64, free: dict[str, Float64]) -> Float64:
        """Return body_from_group (g, 4, 4): what moves each group from where it rests.

        Parameters
        ----------
        turn : (3, 3) float64
            Rotation of the head against the body.
        free : dict of str to (3, 3) float64
            Rotations of some of `FREE` against the head.
        """
        moved = np.tile(np.eye(4), (len(self.joints), 1, 1))
        vector = rotation_vector(turn)
        shares = np.array(SHARES[: self.spine][::-1])
        for group, share in enumerate(shares / max(shares.sum(), 1e-9), start=1):
            step = about(self.joints[group], rotation_matrix(share * vector))
            moved[group] = moved[group - 1] @ step
        for name, group in self.free.items():
            step = about(self.joints[group], free.get(name, np.eye(3)))
            moved[group] = moved[self.spine] @ step
        return moved


def posture(character: Character) -> Posture:
    """Return how a character stands."""
    nodes, bones = character.nodes, character.vrm.bones
    bones = {name: node for name, node in bones.items() if node in nodes.order}
    world = nodes.world.copy()
    front = -1.0 if character.vrm.version == 0 else 1.0
    for side, sign in (("left", front), ("right", -front)):
        _lower(world, nodes, bones, side, np.array(ARM_DOWN) * (sign, 1.0, front))
    spine = _spine(character, bones)
    free = [name for name in FREE if spine and name in bones and bones[name] not in spine]
    starts = [*spine, *(bones[name] for name in free)]
    groups = np.zeros(len(world), np.int32)
    for node in nodes.order:
        above = nodes.parents[node]
        groups[node] = starts.index(node) + 1 if node in starts else groups[above] * (above >= 0)
    joints = np.array([np.zeros(3), *(world[node, :3, 3] for node in starts)])
    numbered = {name: len(spine) + 1 + i for i, name in enumerate(free)}
    return Posture(world, groups, joints, len(spine), numbered)


def about(point: Float64, rotation: Float64) -> Float64:
    """Return the (4, 4) rotation about a point."""
    return rigid(rotation, point - rotation @ point)


def _spine(character: Character, bones: dict[str, int]) -> list[int]:
    """Return the nodes that turn with the head, from below up to the head itself."""
    if "head" not in bones:
        return []
    above = character.nodes.ancestors(bones["head"])
    if character.vrm.version >= 0:
        named = {bones[name] for name in SPINE if name in bones}
    else:
        named = {joint for skin in character.skins for joint in skin.joints}
    found = [node for node in above[1:] if node in named]
    return [bones["head"], *found][: len(SHARES)][::-1]


def _lower(world: Float64, nodes: Nodes, bones: dict[str, int], side: str, down: Float64) -> None:
    """Let an arm hang that is stretched out; `down` (3,) is where to."""
    upper, lower = bones.get(f"{side}UpperArm"), bones.get(f"{side}LowerArm")
    if upper is None or lower is None:
        return
    arm = world[lower, :3, 3] - world[upper, :3, 3]
    length = float(np.linalg.norm(arm))
    if length < 1e-9 or abs(arm[1]) > STRETCHED * length:
        return
    turn = about(world[upper, :3, 3], _between(arm / length, down / np.linalg.norm(down)))
    for node in nodes.order:
        if upper in nodes.ancestors(node):
            world[node] = turn @ world[node]


def _between(one: Float64, other: Float64) -> Float64:
    """Return the smallest rotation that takes a unit vector to another."""
    axis = np.cross(one, other)
    sine = float(np.linalg.norm(axis))
    angle = np.arctan2(sine, float(one @ other))
    return rotation_matrix(axis * (angle / max(sine, 1e-9)))
