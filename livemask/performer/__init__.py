"""The built-in performer: a scripted person in a room, with known truth, as a source.

A head that the shipped model cannot make exactly is posed by a script, lit by a room with
its own shadows, drawn by livemask's renderer, and taken by a sensor with noise.
"""

from livemask.performer.source import Performer
from livemask.performer.truth import Truth

__all__ = ["Performer", "Truth"]
