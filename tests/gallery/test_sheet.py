"""Pictures in rows, with names."""

import numpy as np
import pytest

from livemask.gallery.sheet import MARGIN, NAMED, PAPER, block, sheet

SIZE = 40


def pictures(*greys):
    return [np.full((90, 90, 3), grey, np.uint8) for grey in greys]


def test_a_block_shows_its_pictures_from_left_to_right_below_its_name():
    made = block("gold", "", pictures(10, 120, 250), SIZE)

    assert made.shape[0] == NAMED + SIZE
    middles = made[NAMED + SIZE // 2, [SIZE // 2, made.shape[1] // 2, -SIZE // 2]]
    assert middles.tolist() == [[10] * 3, [120] * 3, [250] * 3]
    assert made[:NAMED].max() > 230


def test_a_long_text_ends_with_the_pictures():
    short, long = (
        block("a", "", pictures(0, 0), SIZE),
        block("a", "word " * 99, pictures(0, 0), SIZE),
    )

    assert long.shape == short.shape


@pytest.mark.parametrize(("columns", "rows"), [(1, 3), (2, 2), (3, 1), (8, 1)])
def test_blocks_fill_rows_and_what_is_left_is_paper(columns, rows):
    blocks = [block(name, "", pictures(99, 99), SIZE) for name in ("a", "b", "c")]

    made = sheet(("front", "turned"), blocks, columns)

    height, width = blocks[0].shape[:2]
    across = min(columns, 3)
    assert made.shape[1] == across * (width + MARGIN) + MARGIN
    assert made.shape[0] - rows * height == sheet(("front",), blocks[:1], 1).shape[0] - height
    if across * rows > 3:
        assert (made[-MARGIN - height :, -MARGIN - width :] == PAPER).all()
