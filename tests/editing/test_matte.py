import numpy as np

from livemask.editing.matte import guided


def test_a_rough_mask_takes_on_the_edge_of_the_picture():
    guide, mask = np.zeros((40, 60)), np.zeros((40, 60))
    guide[:, 30:], mask[:, 33:] = 1.0, 1.0
    made = guided(mask, guide, 8, 1e-4)
    assert made[20, 31] > 0.5
    assert made[20, 28] < 0.1


def test_in_an_even_picture_it_is_blurred():
    mask = np.zeros((40, 60))
    mask[:, 30:] = 1.0
    row = guided(mask, np.full((40, 60), 0.5), 4, 1e-3)[20]
    assert (np.diff(row) >= -1e-6).all()
    assert 0.3 < row[29] < 0.7
