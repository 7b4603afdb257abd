"""The film of a session: every pixel as it was."""

import shutil

import numpy as np
import pytest

from livemask.session.film import SessionFilm
from livemask.sources.video import VideoSource

RANDOM = np.random.default_rng(2)


def pictures(size, count=6):
    width, height = size
    return [RANDOM.integers(0, 256, (height, width, 3), np.uint8) for _ in range(count)]


def read(file):
    film = VideoSource(file)
    frames = []
    while (frame := film.read()) is not None:
        frames.append(frame)
    film.close()
    return frames


@pytest.mark.parametrize("size", [(64, 48), (63, 47), (1, 1), (130, 2), (1281, 33)])
def test_pictures_of_any_size_come_back_as_they_were(tmp_path, size):
    given = pictures(size)
    film = SessionFilm(tmp_path / "a.mkv", size)
    for i, image in enumerate(given):
        film.write(image, 40 * i)
    film.close()
    got = read(tmp_path / "a.mkv")
    np.testing.assert_array_equal([frame.image for frame in got], given)
    assert [round(1000 * frame.time) for frame in got] == [40 * i for i in range(6)]


def test_uneven_times_come_back_to_the_millisecond(tmp_path):
    times = [0, 1, 40, 41, 1500, 100_000]
    film = SessionFilm(tmp_path / "a.mkv", (32, 24))
    for image, at in zip(pictures((32, 24)), times, strict=True):
        film.write(image, at)
    film.close()
    assert [round(1000 * frame.time) for frame in read(tmp_path / "a.mkv")] == times


def test_whatever_has_reached_the_disk_is_a_film(tmp_path):
    given = pictures((64, 48), 40)
    film = SessionFilm(tmp_path / "a.mkv", (64, 48))
    for i, image in enumerate(given):
        film.write(image, 40 * i)
    shutil.copy(tmp_path / "a.mkv", tmp_path / "killed.mkv")
    film.close()
    got = read(tmp_path / "killed.mkv")
    assert len(got) > 30
    np.testing.assert_array_equal([frame.image for frame in got], given[: len(got)])
