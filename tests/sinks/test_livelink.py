"""Read as Unreal reads it: big-endian but for the version."""

import datetime
import struct

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.performer import Performer
from livemask.records import Fit, State
from livemask.sinks import livelink
from tests.heads import shipped
from tests.sinks.listening import DOWN, LEFT, RIGHT, TILTED, UP, listening, made, shown, silent

BOTH = "EyeBlink EyeLookDown EyeLookIn EyeLookOut EyeLookUp EyeSquint EyeWide"
PAIRS = "MouthSmile MouthFrown MouthDimple MouthStretch", "MouthPress MouthLowerDown MouthUpperUp"
NAMES = [
    *(name + side for side in ("Left", "Right") for name in BOTH.split()),
    *["JawForward", "JawLeft", "JawRight", "JawOpen", "MouthClose", "MouthFunnel", "MouthPucker"],
    *["MouthLeft", "MouthRight"],
    *(name + side for name in PAIRS[0].split() for side in ("Left", "Right")),
    *["MouthRollLower", "MouthRollUpper", "MouthShrugLower", "MouthShrugUpper"],
    *(name + side for name in PAIRS[1].split() for side in ("Left", "Right")),
    *[
        "BrowDownLeft",
        "BrowDownRight",
        "BrowInnerUp",
        "BrowOuterUpLeft",
        "BrowOuterUpRight",
        "CheekPuff",
    ],
    *["CheekSquintLeft", "CheekSquintRight", "NoseSneerLeft", "NoseSneerRight", "TongueOut"],
    *(part + way for part in ("Head", "LeftEye", "RightEye") for way in ("Yaw", "Pitch", "Roll")),
]
"""The values of `EARFaceBlendShape`."""


def read(data):
    """Return what a packet says."""
    (version,) = struct.unpack_from("<I", data)
    device = data[4:41].decode()
    (length,) = struct.unpack_from(">i", data, 41)
    name, at = data[45 : 45 + length].decode(), 45 + length
    frame, part, rate, denominator, count = struct.unpack_from(">ifiiB", data, at)
    values = struct.unpack_from(f">{count}f", data, at + 17)
    assert at + 17 + 4 * count == len(data)
    said = {"version": version, "device": device, "name": name, "frame": frame, "part": part}
    return said | {"rate": rate / denominator} | dict(zip(NAMES, values, strict=True))


def heard(*fits, name="livemask"):
    with listening() as (sock, address):
        sink = livelink.create(address, name)
        sink.send(shown(*fits))
        sink.close()
        return [read(sock.recv(65536)) for _ in fits]


@pytest.mark.parametrize(
    ("rotation", "axis", "degrees"),
    [
        (LEFT, "HeadYaw", -20),
        (RIGHT, "HeadYaw", 20),
        (DOWN, "HeadPitch", 20),
        (UP, "HeadPitch", -20),
        (TILTED, "HeadRoll", -20),
    ],
)
def test_each_turn_has_its_own_sign(rotation, axis, degrees):
    (face,) = heard(made(rotation))
    assert face[axis] == pytest.approx(np.radians(degrees), abs=1e-6)
    others = {"HeadYaw", "HeadPitch", "HeadRoll"} - {axis}
    assert [face[other] for other in others] == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("does", "angle", "sign"),
    [
        ("eyeLookOutLeft", "LeftEyeYaw", -1),
        ("eyeLookInLeft", "LeftEyeYaw", 1),
        ("eyeLookInRight", "RightEyeYaw", -1),
        ("eyeLookOutRight", "RightEyeYaw", 1),
        ("eyeLookDownLeft", "LeftEyePitch", 1),
        ("eyeLookUpRight", "RightEyePitch", -1),
    ],
)
def test_each_eye_looks_where_it_does(does, angle, sign):
    (face,) = heard(made(**{does: 0.5}))
    assert sign * face[angle] > 0.05
    assert face[does[0].upper() + does[1:]] == pytest.approx(0.5)


def test_it_says_what_the_performer_does():
    performer = Performer(size=(160, 120), seconds=4.0)
    for index in (5, 30, 60, 90):
        truth = performer.truth(index)
        nothing = np.zeros(len(shipped().identity))
        fit = Fit(
            0,
            truth.camera,
            truth.camera_from_head,
            nothing,
            truth.expression,
            0.0,
            1.0,
            State.TRACKED,
        )
        (face,) = heard(fit)
        does = dict(zip(shipped().expression_names, truth.expression, strict=True))
        for name in ("eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft", "browInnerUp", "mouthLeft"):
            assert face[name[0].upper() + name[1:]] == pytest.approx(does[name], abs=1e-6)
        nose = truth.camera_from_head[:3, 2]
        assert -np.sin(face["HeadYaw"]) * np.cos(face["HeadPitch"]) == pytest.approx(
            nose[0], abs=1e-6
        )
        assert -np.sin(face["HeadPitch"]) == pytest.approx(nose[1], abs=1e-6)


def test_jaw_and_lips_are_told_as_arkit_does():
    (face,) = heard(made(mouthClose=0.5, jawLeft=0.25, mouthRight=0.75))
    assert (face["JawOpen"], face["MouthClose"]) == pytest.approx((0.3, 0.3))
    assert (face["JawLeft"], face["JawRight"]) == (0.25, 0.0)
    assert (face["MouthLeft"], face["MouthRight"]) == (0.0, 0.75)


def test_each_face_is_a_subject_of_its_own():
    first, second = heard(made(), made(number=2), name="Zoë")
    assert (first["name"], second["name"]) == ("Zoë", "Zoë-2")
    assert first["version"] == 6
    assert (first["device"][0], len(first["device"])) == ("$", 37)
    assert first["rate"] == 60


def test_frames_are_counted_from_midnight():
    noon = datetime.datetime(2026, 3, 4, 12, 0, 0, 525000)
    assert livelink.frames(noon, 60) == (12 * 3600 * 60 + 31, pytest.approx(0.5))
    (face,) = heard(made())
    assert 0 <= face["frame"] < 24 * 3600 * 60
    assert 0.0 <= face["part"] < 1.0


@pytest.mark.parametrize("state", [State.HELD, State.LOST])
def test_of_a_face_that_is_not_tracked_nothing_is_sent(state):
    with listening() as (sock, address):
        sink = livelink.create(address)
        sink.send(shown(made(state=state)))
        sink.close()
        assert silent(sock)


@pytest.mark.parametrize("name", ["", "é" * 31])
def test_a_name_that_does_not_fit_is_refused(name):
    with pytest.raises(UsageError, match="give a name"):
        livelink.create(subject=name)
