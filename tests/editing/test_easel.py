import numpy as np

from livemask.editing.easel import FINEST, Easel
from livemask.records import Camera

POINTS = np.array([[-80.0, -140.0, -500.0], [80.0, 120.0, -500.0]])


def test_maps_lie_on_their_part_of_the_photo_at_all_its_borders():
    camera = Camera.from_field_of_view((200, 150))
    easel = Easel.of(camera, POINTS)
    rows, columns = easel.inside(camera.size)
    assert (rows, columns) == (
        slice(0, 150),
        slice(easel.box[0] * (easel.box[0] > 0), columns.stop),
    )
    places = easel.widened(easel.places(), camera.size)
    assert np.allclose(places[0, 0], (columns.start, rows.start), atol=0.01)
    assert np.allclose(places[-1, -1], (columns.stop - 1, rows.stop - 1), atol=0.01)


def test_a_large_photo_is_reckoned_coarsely_and_its_maps_are_widened():
    camera = Camera.from_field_of_view((5000, 4000))
    easel = Easel.of(camera, POINTS)
    assert easel.camera.size[0] * easel.camera.size[1] < 1.01 * FINEST
    rows, columns = easel.inside(camera.size)
    places = easel.widened(easel.places(), camera.size)
    assert places.shape == (rows.stop - rows.start, columns.stop - columns.start, 2)
    inner = places[100, 100]
    assert np.allclose(inner, (columns.start + 100, rows.start + 100), atol=2.0)
