import numpy as np
import pytest

from livemask.geometry import project
from livemask.reconstruction import views
from livemask.reconstruction.shape import Shape
from livemask.records import Camera
from tests.heads import shipped
from tests.reconstruction.people import SIZE, fitted, known, person


def missed(made):
    """Return (h, w) by how much the overlay misses a photo of the same, where it is opaque."""
    alpha = made.render[..., 3]
    apart = np.abs(made.overlay.astype(int) - made.portrayal.frame.image).max(axis=2)
    return np.where((alpha == 0) | (alpha == 255), apart, 0)


def test_the_overlay_is_the_photo_where_the_photo_shows_what_was_found():
    made = person()
    assert missed(made).max() <= 2
    assert (made.render[..., 3] > 250).mean() > 0.1


@pytest.mark.parametrize("place", [(-0.38, 0.0), (0.38, 0.0), (0.0, 0.3), (0.0, -0.3)])
def test_a_face_at_any_border_is_pasted_where_it_is(place):
    made = known(fitted(place=place))
    left, top, right, bottom = made.box
    assert 0 in (left, top) or right == SIZE[0] or bottom == SIZE[1]
    assert made.overlay.shape == made.portrayal.frame.image.shape
    assert missed(made).max() <= 2
    assert (made.render[..., 3] == 255).sum() > 400


def test_a_large_photo_is_overlaid_to_the_pixel():
    fit = fitted((4000, 3000), distance=900.0)
    shape, model = Shape.of(shipped(), fit), shipped()
    box = views.box_of(shape, (4000, 3000))
    camera = views.part_of(fit.camera, box)
    ramp = np.column_stack([model.mean[:, 0], model.mean[:, 1], model.mean[:, 2]])
    look = views.look(shape, camera, ramp.astype(np.float32), np.zeros((9, 3)))
    nose = model.landmark_vertices[30]
    x, y = np.rint(shape.pixels[nose]).astype(int) - box[:2]
    np.testing.assert_allclose(look.albedo[y, x], ramp[nose], atol=0.6)
    assert box[2] - box[0] > 500


def test_a_part_of_a_picture_sees_what_the_whole_sees():
    fit = fitted()
    part = views.part_of(fit.camera, (40, 30, 200, 180))
    point = np.array([[10.0, 5.0, 80.0]])
    whole = project(fit.camera, fit.camera_from_head, point)
    seen = project(part, fit.camera_from_head, point)
    np.testing.assert_allclose(np.add(seen, (40, 30)), whole)
    finer = views.scaled(fit.camera, 2.0)
    twice = project(finer, fit.camera_from_head, point)
    np.testing.assert_allclose((twice + 0.5) / 2 - 0.5, whole)


def test_depth_is_that_of_the_vertices_in_front():
    made = person()
    front = made.model.face_weight > 0.9
    shown = front & (made.shape.weight > 0.99)
    x, y = np.rint(made.pixels[shown]).astype(int).T
    away = made.depth[y, x] + made.shape.seen[shown, 2]
    assert np.percentile(np.abs(away), 90) < 3.0
    assert (made.depth[made.mask == 0] == 0).all()
    assert 300 < made.depth[made.mask > 0].min() < made.depth.max() < 520


def test_the_mask_reaches_above_the_brows():
    made = person()
    column = round(float(made.points[27, 0]))
    brow = made.points[17:27, 1].min()
    eyes = made.points[36:48, 1].mean()
    top = np.flatnonzero(made.mask[:, column]).min()
    assert brow - top > eyes - brow
    assert set(np.unique(made.mask)) == {0, 255}


def test_albedo_times_light_is_the_render():
    look = person().look
    product = views.coded(look.albedo * look.light).astype(int)
    inside = look.alpha > 0.99
    left, top, right, bottom = person().box
    render = person().render[top:bottom, left:right, :3].astype(int)
    assert np.abs(product - render)[inside].max() == 0
    assert np.ptp(look.light[inside]) > 0.2


def test_a_camera_of_one_pixel_sees_something():
    assert views.scaled(Camera.from_field_of_view((3, 3)), 0.01).size == (1, 1)
