import struct

import numpy as np
import pytest

from livemask.sources.orientation import SIDEWAYS, of_display_matrix, of_tags, upright

PICTURE = np.arange(6, dtype=np.uint8).reshape(2, 3)

# Where the first row and the first column of the file belong: CIPA DC-008-2019, 4.6.4.
PLACES = {
    1: ("top", "left"),
    2: ("top", "right"),
    3: ("bottom", "right"),
    4: ("bottom", "left"),
    5: ("left", "top"),
    6: ("right", "top"),
    7: ("right", "bottom"),
    8: ("left", "bottom"),
}
EDGES = {"top": np.s_[0], "bottom": np.s_[-1], "left": np.s_[:, 0], "right": np.s_[:, -1]}


@pytest.mark.parametrize("orientation", PLACES)
@pytest.mark.parametrize("channels", [0, 3, 4])
def test_the_first_row_and_column_come_to_where_exif_says(orientation, channels):
    image = PICTURE if channels == 0 else np.dstack([PICTURE] * channels)
    shown = upright(image, orientation)
    flat = shown if channels == 0 else shown[..., -1]
    row, column = (EDGES[edge] for edge in PLACES[orientation])
    assert set(flat[row].tolist()) == set(PICTURE[0].tolist())
    assert set(flat[column].tolist()) == set(PICTURE[:, 0].tolist())
    assert flat.shape == ((3, 2) if orientation in SIDEWAYS else (2, 3))


@pytest.mark.parametrize("orientation", [0, 9, -1])
def test_an_unknown_orientation_changes_nothing(orientation):
    assert upright(PICTURE, orientation) is PICTURE


def matrix(a, b, c, d):
    return struct.pack("=9i", *(round(65536 * v) for v in (a, b, 0, c, d, 0, 0, 0)), 1 << 30)


@pytest.mark.parametrize(
    ("values", "orientation"),
    [((1, 0, 0, 1), 1), ((0, 1, -1, 0), 6), ((-1, 0, 0, -1), 3), ((0, -1, 1, 0), 8)],
)
def test_a_display_matrix_becomes_an_orientation(values, orientation):
    assert of_display_matrix(matrix(*values)) == orientation


def test_a_slanted_film_is_shown_in_the_nearest_orientation():
    c, s = np.cos(np.radians(80)), np.sin(np.radians(80))
    assert of_display_matrix(matrix(c, s, -s, c)) == 6


def test_an_empty_display_matrix_is_upright():
    assert of_display_matrix(bytes(36)) == 1


@pytest.mark.parametrize(
    ("tags", "orientation"),
    [({}, 1), ({"rotate": "90"}, 6), ({"ROTATE": "-90"}, 8), ({"rotate": "ninety"}, 1)],
)
def test_the_old_tag_counts_clockwise(tags, orientation):
    assert of_tags(tags) == orientation
