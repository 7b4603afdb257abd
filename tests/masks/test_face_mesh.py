"""Which part of a head is drawn, and how softly it ends."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import ModelError, UsageError
from livemask.masks.face_mesh import FaceMesh, Look, cosines, opacity, smooth
from livemask.records import Material
from tests.heads import shipped
from tests.masks import tiny


def drawn_parts(look):
    """Return the names of the parts of which a mesh has vertices."""
    mesh = FaceMesh(shipped(), look)
    return {name for name, vertices in mesh.model.parts.items() if len(vertices)}


def test_the_face_is_drawn_where_the_model_has_face_weight():
    mesh = FaceMesh(tiny.model(), Look())

    solid = mesh.alpha > 0.99
    assert (mesh.model.face_weight[solid] > 0.9).all()
    assert (mesh.alpha[mesh.model.face_weight == 0] == 0).all()
    assert 0 < len(mesh.alpha) < len(tiny.model().mean)


def test_the_edge_of_the_face_is_soft():
    """No triangle goes from opaque to nothing."""
    mesh = FaceMesh(tiny.model(), Look())

    corners = mesh.alpha[mesh.model.triangles]

    assert np.ptp(corners, axis=1).max() < 0.7
    assert (mesh.alpha == 0).any()


def test_eyes_and_mouth_are_left_open_unless_the_models_own_are_asked_for():
    assert drawn_parts(Look()) == {"skin"}
    assert drawn_parts(Look(eyes="model")) == {"skin", "eyes"}
    assert {"teeth", "tongue", "mouth"} <= drawn_parts(Look(mouth="model"))


def test_a_whole_head_reaches_from_crown_to_neck():
    model = shipped()
    face, head = FaceMesh(model, Look()), FaceMesh(model, Look(extent="head"))

    skin = model.mean[model.parts["skin"]]
    assert head.model.mean[:, 1].max() == skin[:, 1].max() > face.model.mean[:, 1].max() + 5
    assert head.model.mean[:, 1].min() < face.model.mean[:, 1].min()


def test_a_whole_head_fades_out_at_its_neck_and_nowhere_else():
    model = shipped()
    alpha = opacity(model, Look(extent="head"))
    skin = np.zeros(len(alpha), bool)
    skin[model.parts["skin"]] = True
    chin = model.mean[model.landmark_vertices[8], 1]

    assert (alpha[skin & (model.mean[:, 1] > chin)] > 0.99).all()
    lowest = np.flatnonzero(skin)[np.argsort(model.mean[skin, 1])[:20]]
    assert alpha[lowest].max() < 0.3


def test_the_rim_of_a_turned_cheek_fades_but_not_the_nose_before_it():
    model = shipped()
    mesh = FaceMesh(model, Look())
    fit = tiny.fit(model, tiny.pose((0, 0.6, 0)))

    drawn = mesh.mesh(fit, Material())

    edge_on = np.abs(cosines(fit, drawn.vertices, drawn.normals)) < 0.1
    inner = model.mean[model.landmark_vertices[17:]]
    apart = np.linalg.norm(mesh.model.mean[:, None] - inner, axis=2).min(1)
    solid = mesh.alpha > 0.99
    assert drawn.alpha[solid & edge_on & (apart > 28)].max() < 0.35
    assert drawn.alpha[solid & edge_on & (apart < 8)].min() > 0.99


def test_a_face_seen_from_the_front_is_opaque_in_the_middle():
    mesh = FaceMesh(shipped(), Look())
    drawn = mesh.mesh(tiny.fit(shipped()), Material())

    near = np.abs(drawn.vertices[:, 0]) < 25
    ahead = drawn.normals[:, 2] > 0.6
    inner = mesh.model.face_weight > 0.99
    assert (drawn.alpha[near & ahead & inner] > 0.99).all()


def test_a_model_without_face_weight_is_refused_for_a_face_and_drawn_as_a_head():
    model = replace(tiny.model(), face_weight=np.zeros(len(tiny.model().mean), np.float32))

    with pytest.raises(ModelError, match=r"'tiny' has no face weight.*extent=head"):
        FaceMesh(model, Look())
    assert len(FaceMesh(model, Look(extent="head")).alpha)


@pytest.mark.parametrize("option", ["extent", "eyes", "mouth"])
def test_an_unknown_choice_is_refused_with_the_known_ones(option):
    with pytest.raises(UsageError, match=rf"{option}='half' must be (face or head|live or model)"):
        Look(**{option: "half"})


def test_cosines_are_those_of_plain_numpy():
    rng = np.random.default_rng(3)
    fit = tiny.fit(tiny.model(), tiny.pose((0.2, 0.5, -0.1)))
    vertices, normals = rng.normal(0.0, 60.0, (2, 200, 3)).astype(np.float32)
    pose = fit.camera_from_head
    seen, turned = vertices @ pose[:3, :3].T + pose[:3, 3], normals @ pose[:3, :3].T
    expected = -np.einsum("ij,ij->i", seen, turned) / np.linalg.norm(seen, axis=1)
    assert cosines(fit, vertices, normals) == pytest.approx(expected, abs=1e-4)


def test_cosines_are_those_of_a_ball_seen_from_afar():
    model, fit = tiny.model(), tiny.fit(tiny.model(), tiny.pose(place=(0, 0, -1e5)))
    normals = model.mean / np.linalg.norm(model.mean, axis=1, keepdims=True)

    found = cosines(fit, model.mean, normals.astype(np.float32))

    np.testing.assert_allclose(found, normals[:, 2], atol=2e-3)


def test_a_smooth_step_has_no_slope_at_its_ends():
    assert smooth(np.array([-1.0, 0.0, 0.5, 1.0, 7.0])).tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]
    assert smooth(np.array([0.01]))[0] < 0.001
