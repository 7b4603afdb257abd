"""Sends a face to Unreal Engine as Epic's app Live Link Face does.

One UDP packet a frame. All numbers are big-endian but the first (as read by Unreal's plug-in
AppleARKitFaceSupport and by PyLiveLinkFace, github.com/JimWest/PyLiveLinkFace):

    u32 little-endian   version, 6
    37 characters       the device: `$` and a UUID
    i32, characters     the length of the subject's name, and the name, UTF-8
    i32, f32            the frame since midnight, and the part of a frame beyond it
    i32, i32            the frame rate: numerator and denominator
    u8                  how many numbers follow, 61
    52 f32              expressions in the order of `EARFaceBlendShape`, which is ARKit's, 0 to 1
    9 f32               yaw, pitch and roll of the head, of the left and of the right eye, rad

yaw > 0 turns to the subject's right, pitch > 0 looks down, roll > 0 tilts the head to the subject's
left shoulder; eyes do not roll. Units and the eyes' signs are those of takes that the app wrote
(github.com/alexdjulin/LiveLinkFace-CSV-Retarget-For-Motionbuilder, csv/facial.csv): EyeLookOutLeft
0.65 comes with LeftEyeYaw -0.44, and tan(roll) = sin(yaw) tan(pitch) to six digits, which holds for
radians alone. The head's signs, which no take at hand tells, are those of Unreal's own conversion
where Left stays Left, which agrees with the takes about the eyes (AppleARKitFaceMeshConversion.h,
`ToBlendShapeMap`, `bFaceMirrored`; it divides degrees by 180, which the app does not).

Each face is a subject of its own: NAME, NAME-1, NAME-2... by its number. Of a face that is not
tracked nothing is sent, and Unreal keeps its last one, as when the app loses a face.
"""

import datetime
import struct
import uuid
from collections.abc import Callable

import numpy as np

from livemask.errors import UsageError
from livemask.records import Float64, Output, State
from livemask.sinks.network.address import Address, parse
from livemask.sinks.network.gesture import Gestures, glance
from livemask.sinks.network.rotations import turn
from livemask.sinks.network.udp import Sender

DEFAULT = Address("127.0.0.1", 11111)
RATE = 60
"""Frames per second that the time code counts, as the app does."""

LONGEST_NAME = 60


def create(address: str | None = None, subject: str = "livemask") -> "LiveLink":
    """Return a sender to Unreal Engine.

    Parameters
    ----------
    address : str, optional
        `HOST:PORT`; 127.0.0.1:11111 where left out.
    subject : str
        What Unreal calls the face.

    Raises
    ------
    UsageError, SinkError
        If it is no address or subject, or the host is not known.
    """
    if not 0 < len(subject.encode("utf-8")) <= LONGEST_NAME:
        raise UsageError(
            f"the subject {subject!r} cannot be; give a name of 1 to {LONGEST_NAME} bytes."
        )
    return LiveLink(Sender(parse(address, DEFAULT, "--livelink")), subject)


class LiveLink:
    """Sends a packet for each face.

    Parameters
    ----------
    sender : Sender
    name : str
        Of the first face.
    clock : function, optional
        Returns the time of day.
    """

    capacity = 1
    drops = True
    wants_pixels = False

    def __init__(
        self,
        sender: Sender,
        name: str,
        clock: Callable[[], datetime.datetime] = datetime.datetime.now,
    ) -> None:
        self._sender, self._name, self._clock = sender, name, clock
        self._device = f"${uuid.uuid4()}"
        self._gestures = Gestures("--livelink")

    def send(self, output: Output) -> None:
        """Send all faces that are seen.

        Raises
        ------
        SinkError, ModelError
            If packets cannot be sent at all, or the model has not ARKit's expressions.
        """
        if output.model is None:
            return
        now = self._clock()
        for fit in output.fits:
            if fit.state is State.TRACKED:
                values = self._gestures.read(output.model, fit)
                name = self._name if fit.id == 0 else f"{self._name}-{fit.id}"
                self._sender.send(self._packet(name, now, numbers(values, fit.stance)))

    def close(self) -> None:
        """Send no more. Closing twice does nothing."""
        self._sender.close()

    def _packet(self, name: str, now: datetime.datetime, values: Float64) -> bytes:
        frame, part = frames(now, RATE)
        subject = name.encode("utf-8")
        return b"".join(
            (
                struct.pack("<I", 6),
                self._device.encode("ascii"),
                struct.pack(">i", len(subject)) + subject,
                struct.pack(">ifii", frame, part, RATE, 1),
                struct.pack(">B61f", 61, *values),
            )
        )


def numbers(values: Float64, camera_from_head: Float64) -> Float64:
    """Return the (61,) numbers of a face: `values` (52,), then head and eyes, rad."""
    yaw, pitch, roll = turn(camera_from_head[:3, :3])
    glances = (glance(values, side) for side in ("Left", "Right"))
    eyes = [(-left, down, 0.0) for left, down in glances]
    return np.concatenate([values, (-yaw, pitch, -roll), *eyes])


def frames(now: datetime.datetime, rate: int) -> tuple[int, float]:
    """Return how many frames have passed since midnight, and the part of the present one."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    whole, part = divmod((now - midnight).total_seconds() * rate, 1.0)
    return int(whole), part
