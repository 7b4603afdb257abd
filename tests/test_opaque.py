"""Pictures with alpha, for those that cannot take it."""

import numpy as np

from livemask.opaque import opaque, takes_alpha
from livemask.records import Frame, Output

FRAME = Frame(np.zeros((2, 2, 3), np.uint8), 0.0, 0)


def output(image):
    return Output(image, FRAME, (), None, 0.0)


def test_what_is_transparent_lies_on_black():
    image = np.full((2, 2, 4), 200, np.uint8)
    image[..., 3] = [[255, 0], [128, 255]]
    sent = []

    opaque(sent.append)(output(image))

    assert sent[0].image.shape == (2, 2, 3)
    assert sent[0].image[..., 0].tolist() == [[200, 0], [100, 200]]


def test_pictures_without_alpha_pass_as_they_are():
    sent, plain = [], output(np.zeros((2, 2, 3), np.uint8))

    for given in (plain, output(None)):
        opaque(sent.append)(given)

        assert sent[-1] is given


def test_a_sink_takes_alpha_if_it_says_so():
    class Sink:
        takes_alpha = True

    assert takes_alpha(Sink())
    assert not takes_alpha(object())
