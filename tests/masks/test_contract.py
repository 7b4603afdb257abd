"""What holds for every mask, on the shipped model and on one that knows little."""

import numpy as np
import pytest

from livemask import plugins
from livemask.records import Effect, Mesh
from tests.heads import shipped
from tests.masks import tiny

NAMES = plugins.ready("masks")
MODELS = {"shipped": shipped, "tiny": tiny.model}
HIDING = {
    "avatar",
    "blur",
    "carnival",
    "chrome",
    "clay",
    "fruit-card",
    "gold",
    "hologram",
    "mosaic",
    "robot",
    "shaded",
    "skull",
    "textured",
    "tiger",
    "toon",
    "watermelon",
}
STEADY = {"fruit-card"}
"""Whose layers stay where they are; what they show of the video follows the pose."""
POSES = {
    "ahead": tiny.pose(),
    "turned": tiny.pose((0.1, 0.7, -0.2), (30, 10, -450)),
    "turned by 60 degrees": tiny.pose((0, -1.05, 0), (30, 10, -450)),
    "half out of the picture": tiny.pose((0, 0.2, 0), (270, 60, -480)),
    "very near": tiny.pose(place=(0, 0, -190)),
    "far": tiny.pose(place=(100, 0, -5000)),
}


def worn(name, model, pose, time=0.0, mask=None):
    """Return the layers of one face in one frame."""
    mask = mask or plugins.create("masks", name)
    return mask.layers(model, tiny.fit(model, pose, jawOpen=0.4), tiny.frame(), tiny.LIGHT, time)


def meshes(first, later):
    """Return pairs of meshes."""
    pairs = zip(first, later, strict=True)
    return [pair for pair in pairs if isinstance(pair[0], Mesh)]


def is_sound(mesh):
    count = len(mesh.vertices)
    for field, width in (("vertices", 3), ("normals", 3), ("uv", 2), ("colours", 3)):
        array = getattr(mesh, field)
        if array is not None:
            assert array.shape == (count, width), field
            assert array.dtype == np.float32, field
            assert np.isfinite(array).all(), field
    if mesh.alpha is not None:
        assert mesh.alpha.shape == (count,)
        assert mesh.alpha.dtype == np.float32
        assert mesh.alpha.min() >= 0.0
        assert mesh.alpha.max() <= 1.0
    assert mesh.triangles.dtype == np.int32
    assert 0 <= mesh.triangles.min() <= mesh.triangles.max() < count
    return True


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", NAMES)
def test_layers_are_sound_meshes_or_effects(name, model, pose):
    layers = worn(name, MODELS[model](), POSES[pose])

    assert isinstance(layers, tuple)
    assert all(isinstance(layer, Effect) or is_sound(layer) for layer in layers)


@pytest.mark.parametrize("name", NAMES)
def test_what_does_not_change_stays_the_same_array(name):
    """The renderer uploads by identity: triangles, uv and textures go up once."""
    mask = plugins.create("masks", name)
    first = worn(name, shipped(), POSES["ahead"], 0.0, mask)
    later = worn(name, shipped(), POSES["turned"], 0.04, mask)

    for one, other in meshes(first, later):
        assert one.triangles is other.triangles
        assert one.material.texture is other.material.texture
        if one.material.texture is not None and not isinstance(one.material.texture, str):
            assert one.uv is other.uv


@pytest.mark.parametrize("name", NAMES)
def test_a_mask_follows_the_pose(name):
    mask = plugins.create("masks", name)
    first = worn(name, shipped(), POSES["ahead"], 0.0, mask)
    later = worn(name, shipped(), POSES["turned"], 0.04, mask)

    for one, other in zip(first, later, strict=True):
        if isinstance(one, Effect):
            assert not np.array_equal(one.region, other.region)
            continue
        if name in STEADY:
            assert one.uv is other.uv or not np.array_equal(one.uv, other.uv)
            continue
        moved = not np.array_equal(one.camera_from_mesh, other.camera_from_mesh)
        assert moved or not np.array_equal(one.vertices, other.vertices)


@pytest.mark.parametrize("name", NAMES)
def test_a_mask_can_change_to_another_model(name):
    mask = plugins.create("masks", name)

    worn(name, shipped(), POSES["ahead"], 0.0, mask)
    other = worn(name, tiny.model(), POSES["ahead"], 0.04, mask)
    fresh = worn(name, tiny.model(), POSES["ahead"])

    for one, same in meshes(other, fresh):
        np.testing.assert_allclose(one.vertices, same.vertices, atol=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_a_mask_hides_exactly_if_it_is_worn_to_cover_the_face(name):
    assert plugins.create("masks", name).hides is (name in HIDING)


def test_the_bare_mask_has_no_layers():
    assert worn("none", tiny.model(), POSES["ahead"]) == ()


def test_every_other_mask_has_some():
    for name in set(NAMES) - {"none"}:
        layers = worn(name, tiny.model(), POSES["ahead"])
        assert layers, name
