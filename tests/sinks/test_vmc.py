"""Heard by a reader of OSC that is written from its specification (opensoundcontrol.org, 1.0)."""

import struct

import numpy as np
import pytest

from livemask.errors import ModelError, UsageError
from livemask.records import State
from livemask.sinks import vmc
from tests.sinks import faces
from tests.sinks.films import output
from tests.sinks.listening import DOWN, LEFT, RIGHT, TILTED, UP, listening, made, shown


def text(data, at):
    """Return a string of OSC and where the next thing begins: at a multiple of four bytes."""
    end = data.index(b"\0", at)
    return data[at:end].decode(), (end // 4 + 1) * 4


def messages(data):
    """Yield address and arguments of each message in a packet."""
    if data.startswith(b"#bundle\0"):
        at = 16  # after the time
        while at < len(data):
            (size,) = struct.unpack_from(">i", data, at)
            yield from messages(data[at + 4 : at + 4 + size])
            at += 4 + size
        return
    address, at = text(data, 0)
    types, at = text(data, at)
    arguments = []
    for kind in types[1:]:
        if kind == "s":
            value, at = text(data, at)
        else:
            (value,) = struct.unpack_from({"i": ">i", "f": ">f"}[kind], data, at)
            at += 4
        arguments.append(value)
    yield address, arguments


def heard(*fits, names="arkit", time=1.5):
    """Return all messages of a frame, and the sizes of its packets."""
    with listening() as (sock, address):
        sink = vmc.create(address, names)
        sink.send(shown(*fits, time=time))
        sink.close()
        found, sizes = [], []
        while not found or (found[-1][0] != "/VMC/Ext/Blend/Apply" and len(found) != 2):
            packet = sock.recv(65536)
            sizes.append(len(packet))
            found += messages(packet)
    return found, sizes


def bones(*fits):
    found, _ = heard(*fits)
    return {a[0]: a[1:] for address, a in found if address == "/VMC/Ext/Bone/Pos"}


def blends(*fits, **options):
    found, _ = heard(*fits, **options)
    return dict(a for address, a in found if address == "/VMC/Ext/Blend/Val")


def turned(quaternion, vector):
    """Return `vector` turned by x, y, z, w: the product is the same in left-handed axes."""
    axis, w = np.array(quaternion[:3]), quaternion[3]
    once = np.cross(axis, vector)
    return np.array(vector) + 2.0 * (w * once + np.cross(axis, once))


def head(*fits):
    """Return where Unity shows nose and crown: neck first, the head within it."""
    found = bones(*fits)
    nose, crown = (
        turned(found["Neck"][3:], turned(found["Head"][3:], v)) for v in ([0, 0, 1], [0, 1, 0])
    )
    return nose, crown


SINE = np.sin(np.radians(20.0))


@pytest.mark.parametrize(
    ("rotation", "nose"),
    [
        ((0, 0, 0), (0, 0, 1)),
        (LEFT, (-SINE, 0, np.cos(np.radians(20)))),  # Unity's +x is the avatar's right
        (RIGHT, (SINE, 0, np.cos(np.radians(20)))),
        (UP, (0, SINE, np.cos(np.radians(20)))),
        (DOWN, (0, -SINE, np.cos(np.radians(20)))),
    ],
)
def test_the_avatar_turns_its_nose_where_the_subject_does(rotation, nose):
    np.testing.assert_allclose(head(made(rotation))[0], nose, atol=1e-6)


def test_the_avatar_tilts_its_head_to_the_same_shoulder():
    _, crown = head(made(TILTED))
    np.testing.assert_allclose(crown, (SINE, np.cos(np.radians(20.0)), 0.0), atol=1e-6)


@pytest.mark.parametrize(
    ("does", "bone", "axis", "sign"),
    [
        ({"eyeLookOutLeft": 0.5}, "LeftEye", 0, -1),
        ({"eyeLookInLeft": 0.5}, "LeftEye", 0, 1),
        ({"eyeLookOutRight": 0.5}, "RightEye", 0, 1),
        ({"eyeLookInRight": 0.5}, "RightEye", 0, -1),
        ({"eyeLookUpLeft": 0.5}, "LeftEye", 1, 1),
        ({"eyeLookDownRight": 0.5}, "RightEye", 1, -1),
    ],
)
def test_each_eye_looks_where_it_does(does, bone, axis, sign):
    found = bones(made(**does))
    gaze = turned(found[bone][3:], [0, 0, 1])
    assert sign * gaze[axis] > 0.05
    other = {"LeftEye": "RightEye", "RightEye": "LeftEye"}[bone]
    assert found[other][3:] == pytest.approx([0, 0, 0, 1])


def test_left_is_left_under_the_names_of_perfect_sync():
    values = blends(made(eyeBlinkLeft=0.75, mouthSmileRight=0.25))
    assert len(values) == 52
    assert (values["EyeBlinkLeft"], values["EyeBlinkRight"]) == pytest.approx((0.75, 0.0))
    assert (values["MouthSmileLeft"], values["MouthSmileRight"]) == pytest.approx((0.0, 0.25))


def test_lips_closed_over_an_open_jaw_are_told_as_arkit_does():
    values = blends(made(mouthClose=0.5, jawOpen=0.25))
    assert (values["JawOpen"], values["MouthClose"]) == pytest.approx((0.55, 0.3))


def test_the_presets_of_vrm_0_are_driven():
    values = blends(made(eyeBlinkRight=1.0, jawOpen=0.5, mouthSmileLeft=0.5), names="vrm0")
    assert (values["Blink_L"], values["Blink_R"], values["Blink"]) == (0.0, 1.0, 0.0)
    assert (values["A"], values["Joy"]) == pytest.approx((0.5, 0.25))
    assert set(values) == {
        "A",
        "I",
        "U",
        "E",
        "O",
        "Blink",
        "Blink_L",
        "Blink_R",
        "Joy",
        "Angry",
        "Sorrow",
    }


def test_a_frame_is_told_in_the_order_of_the_protocol_and_in_small_packets():
    found, sizes = heard(made(), time=12.5)
    assert found[0] == ("/VMC/Ext/OK", [1, 3, 0, 1])
    assert found[1] == ("/VMC/Ext/T", [12.5])
    assert found[2] == ("/VMC/Ext/Root/Pos", ["root", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    assert [a[0] for _, a in found[3:7]] == ["Neck", "Head", "LeftEye", "RightEye"]
    assert [address for address, _ in found[7:]] == ["/VMC/Ext/Blend/Val"] * 52 + [
        "/VMC/Ext/Blend/Apply"
    ]
    assert max(sizes) <= 1400


@pytest.mark.parametrize("fits", [(), (made(state=State.HELD),), (made(state=State.LOST),)])
def test_without_a_face_it_says_only_that_it_is_there(fits):
    found, _ = heard(*fits)
    assert found == [("/VMC/Ext/OK", [1, 3, 0, 0]), ("/VMC/Ext/T", [1.5])]


def test_a_model_without_the_names_of_arkit_is_refused():
    sink = vmc.create()
    with pytest.raises(ModelError, match="--vmc needs the expressions of ARKit"):
        sink.send(output(None, 0.0, 0, (faces.make_fit(),), faces.make_model()))
    sink.close()


def test_unknown_names_are_refused():
    with pytest.raises(UsageError, match="--vmc-names vrm9 is unknown; choose one of arkit, vrm0"):
        vmc.create(names="vrm9")


def test_neck_and_head_turn_about_the_axes_that_the_table_says():
    signs = {LEFT: (1, -1), RIGHT: (1, 1), UP: (0, -1), DOWN: (0, 1), TILTED: (2, -1)}
    for rotation, (axis, sign) in signs.items():
        found = bones(made(rotation))
        for bone in ("Neck", "Head"):
            assert sign * found[bone][3:][axis] > 0.05
