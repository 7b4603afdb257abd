"""Person: whose calibration it is: what is known of them, and what they have asked for."""

from livemask.calibration.calibration import Calibration


class Person:
    """Between whoever asks and the thread of the frames: each only reads and sets values.

    Attributes
    ----------
    calibration : Calibration
        What holds. May be exchanged at any time.
    wants_rest : bool
        Whether the face at rest is to be looked at, from the next frame on.
    wants_centre : bool
        Whether the pose of the next frame is to be straight ahead.
    left : float or None
        How many s the face is still to be held still; None if it is not being looked at.
    """

    def __init__(self, calibration: Calibration | None = None) -> None:
        self.calibration = calibration or Calibration()
        self.wants_rest = self.wants_centre = False
        self.left: float | None = None
