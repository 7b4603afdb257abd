"""Skinning and morphing against the specification's own formula, written out in numpy."""

import numpy as np
import pytest

from livemask.geometry import rotation_matrix
from livemask.gltf.character import load
from livemask.masks.character.parts import parts
from tests.gltf import people

TURN = rotation_matrix(np.array([0.3, -0.5, 0.2]))
NAMES = ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft")


@pytest.fixture(params=[0, 1, -1])
def character(request, tmp_path):
    made = people.small(request.param, NAMES if request.param < 0 else None)
    return load(made.write(tmp_path / "a.vrm"))


def expected(character, piece, weights, slots, at, moved):
    """Return vertices by glTF 2.0, section 3.7.3.3: sums of weighted joint matrices."""
    skin = character.skins[piece.skin]
    vertices = piece.vertices.astype(np.float64)
    for index, morph in piece.morphs.items():
        vertices[morph.rows] += weights[slots[piece.mesh, index]] * morph.by
    joints = [
        moved[at.groups[joint]] @ at.world[joint] @ bind
        for joint, bind in zip(skin.joints, skin.joint_from_mesh, strict=True)
    ]
    homogeneous = np.column_stack([vertices, np.ones(len(vertices))])
    made = np.zeros((len(vertices), 3))
    for row in range(len(vertices)):
        for joint, weight in zip(piece.joints[row], piece.weights[row], strict=True):
            made[row] += weight * (joints[joint] @ homogeneous[row])[:3]
    return made


def test_vertices_are_the_weighted_sum_of_what_each_joint_makes_of_them(character):
    own = parts(character)
    weights = np.linspace(0.2, 0.9, len(own.moods.slots)).astype(np.float32)
    moved = own.posture.moved(TURN, {"leftEye": TURN})
    for shape in own.shapes:
        drawn, normals = shape.morphed(weights)
        if shape.only < 0:
            drawn, normals = shape.skinned((drawn, normals), moved.astype(np.float32))
        else:
            drawn = drawn @ moved[shape.only, :3, :3].T + moved[shape.only, :3, 3]
        wanted = expected(character, shape.piece, weights, own.moods.slots, own.posture, moved)
        assert np.abs(drawn - wanted).max() < 1e-5
        assert np.abs(np.linalg.norm(normals, axis=1) - 1.0).max() < 0.3


def test_the_head_of_the_mesh_is_in_parts_and_the_arm_rides_on_its_bone(character):
    own = parts(character)
    face, arm = own.shapes
    assert face.only < 0
    assert arm.only == own.posture.spine - 2  # the chest's
    assert len(face.points) < 1.5 * len(face.piece.vertices)


def test_the_joints_of_the_spine_together_turn_the_head_as_asked(character):
    at = parts(character).posture
    moved = at.moved(TURN, {})
    assert np.abs(moved[at.spine, :3, :3] - TURN).max() < 1e-9
    assert at.spine == 4
    assert (moved[0] == np.eye(4)).all()
    for group, joint in enumerate(at.joints[1 : at.spine + 1], start=1):
        above = moved[group - 1] @ [*joint, 1.0]
        assert np.abs(moved[group] @ [*joint, 1.0] - above).max() < 1e-9  # it stays in its socket


def test_eyes_go_with_the_head_and_turn_in_it(character):
    at = parts(character).posture
    moved = at.moved(TURN, {"leftEye": rotation_matrix(np.array([0.0, 0.4, 0.0]))})
    eye = at.free["leftEye"]
    still = at.free["rightEye"]
    assert np.abs(moved[still] - moved[at.spine]).max() < 1e-9
    middle = [*at.joints[eye], 1.0]
    assert np.abs(moved[eye] @ middle - moved[at.spine] @ middle).max() < 1e-9
    assert np.abs(moved[eye][:3, :3] - moved[still][:3, :3]).max() > 0.2
