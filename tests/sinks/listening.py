"""What the tests of network sinks share: a socket that listens, and heads in known poses."""

import socket
from contextlib import contextmanager

import numpy as np

from livemask.geometry import rigid, rotation_matrix
from livemask.records import Camera, Fit, State
from tests.heads import shipped
from tests.sinks.films import output

CAMERA = Camera.from_field_of_view((640, 480))

LEFT = (0.0, np.radians(20.0), 0.0)  # the nose to +x: the image's right, the subject's left
RIGHT = (0.0, -np.radians(20.0), 0.0)
DOWN = (np.radians(20.0), 0.0, 0.0)  # the nose to -y
UP = (-np.radians(20.0), 0.0, 0.0)
TILTED = (0.0, 0.0, np.radians(20.0))  # the crown to -x: to the subject's right shoulder


@contextmanager
def listening():
    """Yield a UDP socket of this machine and its address as text."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", 0))
        heard.settimeout(10.0)
        yield heard, f"127.0.0.1:{heard.getsockname()[1]}"


def silent(heard):
    """Return whether nothing has come."""
    heard.setblocking(False)
    try:
        heard.recv(65536)
    except BlockingIOError:
        return True
    finally:
        heard.settimeout(10.0)
    return False


def made(rotation=(0.0, 0.0, 0.0), place=(0.0, 0.0, -600.0), state=State.TRACKED, number=0, **does):
    """Return a fit of the shipped head, with expressions by name."""
    model = shipped()
    gesture = np.zeros(len(model.expressions))
    for name, value in does.items():
        gesture[model.expression_names.index(name)] = value
    pose = rigid(rotation_matrix(np.array(rotation)), np.array(place))
    identity = np.zeros(len(model.identity))
    return Fit(number, CAMERA, pose, identity, gesture, 0.5, 0.75, state, gesture)


def shown(*fits, time=1.5):
    """Return what a sink receives of faces."""
    return output(None, time, 45, fits, shipped())
