"""Sends the pose of a head to opentrack: the input "UDP over network".

One packet a frame, of 48 bytes: six doubles, little-endian (opentrack, tracker-udp):

    x, y, z             where the head's origin is, cm: x to the right of the image, y up,
                        z away from the camera
    yaw, pitch, roll    degrees; R = Ry(yaw) Rx(pitch) Rz(roll)

Signs are those of opentrack's own webcam tracker (tracker-neuralnet, `data`): yaw > 0 turns to the
subject's right, pitch > 0 looks up, roll > 0 tilts the head clockwise in the image, to the
subject's left shoulder.

The packet has no room for several faces: the first that is tracked is sent. While there is none,
nothing is, and opentrack keeps the last pose.
"""

import struct

import numpy as np

from livemask.records import Float64, Output
from livemask.sinks.network.address import Address, parse
from livemask.sinks.network.gesture import first_tracked
from livemask.sinks.network.rotations import turn
from livemask.sinks.network.udp import Sender

DEFAULT = Address("127.0.0.1", 4242)


def create(address: str | None = None) -> "Opentrack":
    """Return a sender to opentrack.

    Parameters
    ----------
    address : str, optional
        `HOST:PORT`; 127.0.0.1:4242 where left out.

    Raises
    ------
    UsageError, SinkError
        If it is no address, or the host is not known.
    """
    return Opentrack(Sender(parse(address, DEFAULT, "--opentrack")))


class Opentrack:
    """Sends six numbers a frame."""

    capacity = 1
    drops = True
    wants_pixels = False

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def send(self, output: Output) -> None:
        """Send the pose of the first face.

        Raises
        ------
        SinkError
            If packets cannot be sent at all.
        """
        fit = first_tracked(output.fits)
        if fit is not None:
            self._sender.send(packet(fit.stance))

    def close(self) -> None:
        """Send no more. Closing twice does nothing."""
        self._sender.close()


def packet(camera_from_head: Float64) -> bytes:
    """Return the 48 bytes for a pose (4, 4), mm."""
    x, y, z = 0.1 * camera_from_head[:3, 3]
    yaw, pitch, roll = np.degrees(turn(camera_from_head[:3, :3]))
    return struct.pack("<6d", x, y, -z, -yaw, -pitch, -roll)
