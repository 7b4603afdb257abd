"""Sends a face to avatar programs by the VMC protocol: VSeeFace, Warudo, EVMC4U and others.

OSC over UDP, some messages to a bundle, of which none is larger than a network passes whole
(protocol.vmc.info, Marionette specification, V2.7). Each frame:

    /VMC/Ext/OK        i i i i   1; 3, calibrated; 0, normal; 1 if a face is tracked, else 0
    /VMC/Ext/T         f         the source's time, s
    /VMC/Ext/Root/Pos  s 7f      root; at the origin, not turned
    /VMC/Ext/Bone/Pos  s 7f      Neck, Head, LeftEye, RightEye: 0, 0, 0, for avatars have
                                 bones of their own length, and a quaternion x, y, z, w
    /VMC/Ext/Blend/Val s f       expressions, 0 to 1
    /VMC/Ext/Blend/Apply         so far they are all told

Without a face only the first two are sent, and avatars keep their pose. The protocol knows one
person: the first face that is tracked.

Axes are Unity's, left-handed: x to the avatar's right, y up, z out of the face; ours with x turned
over, so that a rotation about (x, y, z) is one about (x, -y, -z). What the head turns, neck and
head do together.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from livemask.errors import UsageError
from livemask.geometry import rotation_vector
from livemask.records import Float64, Output
from livemask.sinks.network.address import Address, parse
from livemask.sinks.network.blends import BLENDS
from livemask.sinks.network.gesture import Gestures, first_tracked, glance
from livemask.sinks.network.rotations import quaternion
from livemask.sinks.network.udp import Sender

DEFAULT = Address("127.0.0.1", 39539)
NECK = 0.4
"""Share of the head's rotation that the neck does."""

LARGEST = 1400
"""Bytes of a bundle: Ethernet passes packets of 1500 with their headers."""

_UNITY = np.array([1.0, -1.0, -1.0])  # of a rotation's axis


def create(address: str | None = None, names: str = "arkit") -> "Vmc":
    """Return a sender by the VMC protocol.

    Parameters
    ----------
    address : str, optional
        `HOST:PORT`; 127.0.0.1:39539 where left out.
    names : str
        Of the expressions: `arkit` (PerfectSync) or `vrm0`, the presets of VRM 0.

    Raises
    ------
    UsageError, SinkError
        If it is no address or no such names, or the host is not known.
    """
    if names not in BLENDS:
        raise UsageError(f"--vmc-names {names} is unknown; choose one of {', '.join(BLENDS)}.")
    return Vmc(Sender(parse(address, DEFAULT, "--vmc")), names)


class Vmc:
    """Sends the bundles of each frame."""

    capacity = 1
    drops = True
    wants_pixels = False

    def __init__(self, sender: Sender, names: str) -> None:
        self._sender = sender
        self._blends = BLENDS[names]
        self._gestures = Gestures("--vmc")

    def send(self, output: Output) -> None:
        """Send the first face, and that the sender is alive.

        Raises
        ------
        SinkError, ModelError
            If packets cannot be sent at all, or the model has not ARKit's expressions.
        """
        fit = first_tracked(output.fits) if output.model is not None else None
        tracked = int(fit is not None)
        messages = [_message("OK", 1, 3, 0, tracked), _message("T", float(output.time))]
        if fit is not None:
            values = self._gestures.read(output.model, fit)
            messages += bones(fit.stance[:3, :3], values)
            messages += [
                _message("Blend/Val", name, float(value))
                for name, value in self._blends(values).items()
            ]
            messages.append(_message("Blend/Apply"))
        for packet in bundles(messages):
            self._sender.send(packet)

    def close(self) -> None:
        """Send no more. Closing twice does nothing."""
        self._sender.close()


def bones(rotation: Float64, values: Float64) -> list[OscMessage]:
    """Return the messages of root and bones for a camera_from_head rotation (3, 3)."""
    vector = _UNITY * rotation_vector(rotation)
    turns = {"Neck": NECK * vector, "Head": (1.0 - NECK) * vector}
    for side in ("Left", "Right"):
        left, down = glance(values, side)
        turns[f"{side}Eye"] = _UNITY * np.array([down, left, 0.0])
    root = _message("Root/Pos", "root", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    return [
        root,
        *(
            _message("Bone/Pos", name, 0.0, 0.0, 0.0, *quaternion(turned))
            for name, turned in turns.items()
        ),
    ]


def bundles(messages: Iterable[OscMessage]) -> Iterator[bytes]:
    """Yield the messages in as few packets as their size allows, in order."""
    builder, size = OscBundleBuilder(IMMEDIATELY), 16
    for message in messages:
        needed = 4 + message.size
        if size + needed > LARGEST:
            yield builder.build().dgram
            builder, size = OscBundleBuilder(IMMEDIATELY), 16
        builder.add_content(message)
        size += needed
    yield builder.build().dgram


def _message(name: str, *arguments: str | float) -> OscMessage:
    builder = OscMessageBuilder(f"/VMC/Ext/{name}")
    for argument in arguments:
        builder.add_arg(argument)
    return builder.build()
