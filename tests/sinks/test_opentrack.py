"""Read as opentrack reads: six doubles that lie one after the other in memory."""

import struct

import pytest

from livemask.errors import SinkError, UsageError
from livemask.records import State
from livemask.sinks import opentrack
from tests.sinks.listening import DOWN, LEFT, RIGHT, TILTED, UP, listening, made, shown, silent


def heard(*fits):
    with listening() as (sock, address):
        sink = opentrack.create(address)
        sink.send(shown(*fits))
        sink.close()
        packet = sock.recv(65536)
    assert len(packet) == 48
    return dict(
        zip(("x", "y", "z", "yaw", "pitch", "roll"), struct.unpack("<6d", packet), strict=True)
    )


def test_a_head_before_the_camera_is_turned_nowhere():
    pose = heard(made())
    assert pose == pytest.approx({"x": 0, "y": 0, "z": 60.0, "yaw": 0, "pitch": 0, "roll": 0})


@pytest.mark.parametrize(
    ("rotation", "axis", "degrees"),
    [
        (LEFT, "yaw", -20),
        (RIGHT, "yaw", 20),
        (UP, "pitch", 20),
        (DOWN, "pitch", -20),
        (TILTED, "roll", -20),
    ],
)
def test_each_turn_has_its_own_sign(rotation, axis, degrees):
    pose = heard(made(rotation))
    assert pose[axis] == pytest.approx(degrees)
    assert [pose[a] for a in {"yaw", "pitch", "roll"} - {axis}] == pytest.approx([0, 0], abs=1e-9)


@pytest.mark.parametrize(
    ("place", "axis", "centimetres"),
    [((50, 0, -600), "x", 5), ((0, 30, -600), "y", 3), ((0, 0, -700), "z", 70)],
)
def test_right_up_and_away_are_positive(place, axis, centimetres):
    assert heard(made(place=place))[axis] == pytest.approx(centimetres)


def test_of_several_faces_the_first_that_is_tracked_is_sent():
    pose = heard(made(LEFT, state=State.HELD), made(UP, number=1), made(number=2))
    assert pose["pitch"] == pytest.approx(20.0)


def test_without_a_face_nothing_is_sent():
    with listening() as (sock, address):
        sink = opentrack.create(address)
        sink.send(shown())
        sink.send(shown(made(state=State.LOST)))
        sink.close()
        assert silent(sock)


def test_the_usual_address_is_this_machine():
    sink = opentrack.create()
    assert str(sink._sender.address) == "127.0.0.1:4242"
    sink.close()


def test_an_address_that_is_none_is_refused():
    with pytest.raises(UsageError, match=r"--opentrack here:there.*127\.0\.0\.1:4242"):
        opentrack.create("here:there")
    with pytest.raises(SinkError, match=r"no\.such\.host\.invalid"):
        opentrack.create("no.such.host.invalid")
