import numpy as np
import pytest

from livemask.performer.colour import decode, encode
from livemask.performer.room import EXPOSURE, Room


def test_the_light_comes_from_the_side_where_the_window_is():
    for seed in (0, 1):
        room = Room.of(seed)
        directions, light = room.surroundings()
        assert (directions * light.mean(1, keepdims=True)).sum(0)[0] * room.side > 0.0
        assert room.light().direction[0] * room.side > 0.0
        image = room.picture((320, 180)).astype(float)
        left, right = image[:, :30].mean(), image[:, -30:].mean()
        assert (right - left) * room.side > 20.0


def test_a_face_is_rightly_exposed():
    room = Room.of(2)
    directions, light = room.surroundings()
    face = np.array([0.35 * room.side, 0.1, 0.93])
    received = np.maximum(directions @ face, 0.0) @ light / np.pi
    assert received.mean() == pytest.approx(EXPOSURE, rel=0.02)


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (480, 640), (64, 64)])
def test_any_format_can_be_painted(size):
    image = Room.of(3).picture(size)
    assert image.shape == (size[1], size[0], 3)
    assert image.std() > 10.0


def test_rooms_differ_by_seed():
    assert (Room.of(0).picture((160, 90)) != Room.of(2).picture((160, 90))).any()
    assert (Room.of(4).picture((160, 90)) == Room.of(4).picture((160, 90))).all()


def test_coding_and_decoding_are_inverse():
    values = np.arange(256, dtype=np.uint8)
    assert (encode(decode(values)) == values).all()
