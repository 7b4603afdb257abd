"""What is known of the camera of a photo."""

import numpy as np
import pytest

from livemask.reconstruction.shot import Shot
from livemask.records import Frame

FRAME = Frame(np.zeros((100, 200, 3), np.uint8), 0.0, 0)


def test_of_an_unknown_camera_the_zoom_is_found_from_the_usual():
    shot = Shot(FRAME)
    assert shot.zooms
    assert shot.camera.focal == pytest.approx(100.0 / np.tan(np.radians(30.0)))


def test_a_known_focal_length_goes_before_a_field_of_view():
    shot = Shot(FRAME, fov=90.0, focal=321.0)
    assert not shot.zooms
    assert shot.camera.focal == 321.0


def test_a_field_of_view_tells_the_focal_length():
    assert Shot(FRAME, fov=90.0).camera.focal == pytest.approx(100.0)
