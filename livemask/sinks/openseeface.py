"""Sends faces as the tracker OpenSeeFace does: to VSeeFace, VTube Studio, vpuppr and others.

One UDP packet a frame with 1785 bytes for each face, little-endian, unpadded
(emilianavt/OpenSeeFace, facetracker.py, and its reader Unity/OpenSee.cs):

    f64         time of day, s
    i32         number of the face
    2 f32       width and height of the picture, px
    2 f32       how far the right and the left eye are open, 0 to 1
    u8          1: the rest may be relied on; 0: the face is held where it was last seen
    f32         error of the fit, px
    4 f32       rotation, a quaternion x, y, z, w: of the transposed matrix
    3 f32       the same as Euler angles x, y, z, degrees: R = Rz Ry Rx
    3 f32       translation, in units of 145 mm, which is the width of that tracker's own model
    68 f32      confidence of each point, 0 to 1
    68 x 2 f32  the points, x and y, px
    70 x 3 f32  the points on the head, in the same units: x, -y, -z
    14 f32      features, about -1 to 1, see `network.features`

Its head has x to the subject's right, y up, z out of the nose, its origin on the tip of the nose.
Its camera takes rows for x and columns for y, and its solver starts within the head and ends with
the head behind the camera, where all is upside down: x up, y to the left of the image, z negative.
A face that looks into the camera therefore has the Euler angles 180, 0, 90, and the reader takes
that off, as it turns the translation back to x right, y up, z away.

The points are 66 of iBUG's in another order from 48 on (the outer lips without their corners, then
the right corner, the inner upper lip, the left corner, the inner lower lip), then the right and the
left pupil. The points on the head end with the middles of the right and the left eyeball.
"""

import time
from collections.abc import Callable

from livemask.records import Output, State
from livemask.sinks.network.address import Address, parse
from livemask.sinks.network.gesture import Gestures, seen
from livemask.sinks.network.openseeface import MOST, face
from livemask.sinks.network.udp import Sender

DEFAULT = Address("127.0.0.1", 11573)


def create(address: str | None = None) -> "OpenSeeFace":
    """Return a sender in the place of OpenSeeFace.

    Parameters
    ----------
    address : str, optional
        `HOST:PORT`; 127.0.0.1:11573 where left out.

    Raises
    ------
    UsageError, SinkError
        If it is no address, or the host is not known.
    """
    return OpenSeeFace(Sender(parse(address, DEFAULT, "--openseeface")))


class OpenSeeFace:
    """Sends all faces of a frame in a packet; nothing without a face, as that tracker.

    Parameters
    ----------
    sender : Sender
    clock : function, optional
        Returns the time of day, s.
    """

    capacity = 1
    drops = True
    wants_pixels = False

    def __init__(self, sender: Sender, clock: Callable[[], float] = time.time) -> None:
        self._sender, self._clock = sender, clock
        self._gestures = Gestures("--openseeface")

    def send(self, output: Output) -> None:
        """Send all faces that are seen or held.

        Raises
        ------
        SinkError, ModelError
            If packets cannot be sent at all, or the model has not ARKit's expressions.
        """
        if output.model is None:
            return
        now = self._clock()
        faces = [
            face(now, output.model, fit, self._gestures.read(output.model, fit))
            for fit in seen(output.fits)[:MOST]
            if fit.state is not State.LOST
        ]
        if faces:
            self._sender.send(b"".join(faces))

    def close(self) -> None:
        """Send no more. Closing twice does nothing."""
        self._sender.close()
