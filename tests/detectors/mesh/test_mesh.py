import numpy as np
import pytest

from livemask.detectors.mesh.mesh import POINTS, SIDE, Mesh
from tests.detectors.mesh.stand_in import Points, circle

CENTRE = np.array([120.0, 90.0])


def picture():
    image = np.zeros((200, 240, 3), np.uint8)
    image[88:93, 160:165] = (250, 40, 10)  # 40 px to the right of the middle
    return image


def test_the_points_are_given_in_pixels_of_the_picture():
    points, sure = Mesh(Points())(picture(), CENTRE, 2.0 * SIDE, 0.0)
    assert points.shape == (POINTS, 2)
    assert points == pytest.approx(CENTRE + 2.0 * (circle()[:, :2] - (SIDE - 1) / 2), abs=1e-4)
    assert sure > 0.99


def test_the_sureness_is_a_share():
    assert Mesh(Points(-1000.0))(picture(), CENTRE, 100.0, 0.0)[1] < 1e-9
    assert Mesh(Points(0.0))(picture(), CENTRE, 100.0, 0.0)[1] == pytest.approx(0.5)


@pytest.mark.parametrize("roll", [0.0, 0.5, -1.2])
def test_a_tilted_square_is_seen_upright_and_its_points_are_tilted_back(roll):
    network, tilt = Points(), np.array([np.cos(roll), -np.sin(roll)])
    image = np.zeros((200, 240, 3), np.uint8)
    x, y = np.round(CENTRE + 40.0 * tilt).astype(int)  # where the subject's left is
    image[y - 2 : y + 3, x - 2 : x + 3] = 255
    points, _ = Mesh(network)(image, CENTRE, float(SIDE), roll)
    seen = network.seen[0][0][..., 0]
    where = np.argwhere(seen > 128).mean(axis=0)
    assert where == pytest.approx([95.5, 135.5], abs=1.5)
    ahead = points[0] - CENTRE  # the first of the circle lies to the right in the square
    assert ahead / np.linalg.norm(ahead) == pytest.approx(tilt, abs=0.02)
