import numpy as np
import pytest

from livemask.geometry import euler_angles
from livemask.reconstruction.layout import layout_of
from livemask.reconstruction.unwrapped import partners
from tests.heads import shipped
from tests.reconstruction.people import fitted, known, person


def test_the_texture_shows_the_photo_at_each_seen_vertex():
    made = person()
    texture = made.texture(1024)
    seen = (made.shape.weight > 0.9) & (made.model.face_weight > 0.9)
    places = np.rint(layout_of(made.model).uv[: len(seen)][seen] * 1024 - 0.5).astype(int)
    x, y = np.rint(made.pixels[seen]).astype(int).T
    shown = made.portrayal.frame.image[y, x].astype(int)
    apart = np.abs(texture[places[:, 1], places[:, 0]] - shown).max(axis=1)
    assert np.median(apart) < 6
    assert np.percentile(apart, 90) < 30


@pytest.mark.parametrize("size", [256, 512])
def test_it_has_the_size_that_is_asked_for_and_no_holes(size):
    texture = person().texture(size)
    assert texture.shape == (size, size, 3)
    assert (texture.max(axis=2) > 0).all()


def test_what_is_hidden_is_filled_from_the_other_half_or_black():
    made = known(fitted(turn=(0.0, 50.0, 0.0)))
    filled, bare = made.texture(256).astype(int), made.texture(256, hidden=False)
    black = (bare == 0).all(axis=2)
    cheek = np.zeros((256, 256), bool)
    cheek[80:130, 20:236] = True
    assert 0.1 < black[cheek].mean() < 0.7
    skin = filled[cheek & black].mean(axis=0)
    np.testing.assert_allclose(skin, filled[cheek & ~black].mean(axis=0), atol=35)


def test_partners_are_mirror_images():
    partner, there = partners(shipped())
    assert there.all()
    mean = shipped().mean
    np.testing.assert_allclose(mean[partner] * (-1, 1, 1), mean, atol=0.01)


def test_the_position_map_says_where_in_the_photo_each_texel_is():
    made = person()
    found = made.position(256)
    assert found.shape == (256, 256, 3)
    assert found.dtype == np.float32
    face = np.flatnonzero((made.model.face_weight > 0.9) & (made.shape.weight > 0.5))
    places = np.rint(layout_of(made.model).uv[face] * 256 - 0.5).astype(int)
    there = found[places[:, 1], places[:, 0]]
    assert np.percentile(np.abs(there[:, :2] - made.pixels[face]).max(axis=1), 90) < 1.0
    nose, ear = made.model.landmark_vertices[30], np.argmin(made.vertices[:, 2])
    layout = np.rint(layout_of(made.model).uv[[nose, ear]] * 256 - 0.5).astype(int)
    assert found[layout[0, 1], layout[0, 0], 2] > found[layout[1, 1], layout[1, 0], 2]


def test_vertices_have_the_colours_of_the_photo():
    made = person()
    nose = made.model.landmark_vertices[30]
    x, y = np.rint(made.pixels[nose]).astype(int)
    shown = made.portrayal.frame.image[y, x] / 255.0
    np.testing.assert_allclose(made.colours[nose], shown, atol=0.08)
    assert made.colours.min() >= 0.0
    assert made.colours.max() <= 1.0
    assert abs(np.degrees(euler_angles(made.fit.camera_from_head[:3, :3])[1])) > 10
