import numpy as np

from livemask.reconstruction.contact_sheet import (
    COLUMNS,
    HEADER,
    LABEL,
    MARGIN,
    TILE,
    contact_sheet,
)
from tests.reconstruction.people import fitted, known


def test_a_sheet_has_twelve_labelled_pictures_of_which_no_two_are_alike():
    sheet = contact_sheet(known(fitted(place=(0.3, 0.2))))
    tiles = []
    for row in range(3):
        for column in range(COLUMNS):
            y = MARGIN + HEADER + row * (TILE + LABEL + 14)
            x = MARGIN + column * (TILE + 14)
            assert sheet[y : y + LABEL, x : x + TILE].max() > 120
            tiles.append(sheet[y + LABEL : y + LABEL + TILE, x : x + TILE].astype(int))
    for i, tile in enumerate(tiles):
        assert tile.shape == (TILE, TILE, 3)
        assert tile.std() > 8, i
        for other in tiles[:i]:
            assert np.abs(tile - other).max() > 30
