"""A film is followed, and of each person is noted how well each frame shows them."""

import cv2
import numpy as np

from livemask.detectors import dlib68
from livemask.reconstruction.glimpses import glimpses, sharpness
from livemask.records import Camera, Frame
from tests import drawn_film
from tests.heads import shipped


def film(pictures, step=0.04):
    return (Frame(image, step * i, i) for i, image in enumerate(pictures))


def followed(frames, watch=lambda _: None):
    camera = Camera.from_field_of_view(drawn_film.SIZE)
    return glimpses(frames, camera, shipped(), dlib68.create(), watch)


def test_a_person_is_seen_ten_times_a_second_where_they_are():
    counts = []
    (seen,) = followed(film(drawn_film.pictures(26)), counts.append)
    assert [glimpse.index for glimpse in seen] == [0, 3, 6, 9, 12, 15, 18, 21, 24]
    assert counts[-1] == 26
    for glimpse in seen:
        middle = 0.5 * (glimpse.box[:2] + glimpse.box[2:])
        there = (240.0 + 20.0 * np.sin(0.3 * glimpse.index), 190.0)
        assert np.abs(middle - there).max() < 40.0
        assert np.abs(glimpse.angles).max() < 0.4
        assert 0.0 < glimpse.off < 0.2


def test_whoever_comes_back_after_long_is_somebody_else_and_who_is_seen_longest_is_first():
    pictures = drawn_film.pictures(30, gone=range(10, 16))
    people = followed(film(pictures, step=1.2))
    assert [len(seen) for seen in people] == [14, 10]


def test_nobody_is_seen_where_nobody_is():
    assert followed(film(drawn_film.pictures(4, gone=range(4)))) == []


def test_blur_takes_sharpness():
    (image,) = drawn_film.pictures(1)
    points = np.array([180.0, 130.0]) + 120.0 * np.random.default_rng(0).random((68, 2))
    blurred = np.asarray(cv2.GaussianBlur(image, (0, 0), 3.0))
    sharp, soft = (sharpness(Frame(seen, 0.0, 0), points) for seen in (image, blurred))
    assert sharp > 2.0 * soft
    assert sharpness(Frame(image, 0.0, 0), points - 4000.0) == 0.0
