"""What is known of a camera without opening it for pictures."""

from dataclasses import dataclass
from enum import StrEnum

from livemask.sources.camera_mode import Mode


class Kind(StrEnum):
    """What stands behind a video device."""

    WEBCAM = "webcam"
    CAPTURE_CARD = "capture card"
    VIRTUAL = "virtual"


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that is there.

    Attributes
    ----------
    index : int
        Its number for `--source`.
    name : str
        What its maker calls it.
    path : str or None
        Its device file, on Linux.
    modes : tuple of Mode
        What it can deliver, as far as the system tells without opening it.
    permitted : bool
        Whether this user may open it.
    driver : str
        What drives it; empty if that is not told.
    place : str
        The socket and the part of the device, `1-8:1.0`; on Windows the name of the device in
        the system. Empty if that is not told.
    serial : str
        Its serial number; many cameras have none, and some makers give all the same.
    kind : Kind
    signal : bool or None
        Of a capture card: whether a picture comes in, where its driver tells.
    users : tuple of str or None
        The other programs that have it open, as `name (pid)` or `another program`; None
        where the system does not tell.
    """

    index: int
    name: str
    path: str | None = None
    modes: tuple[Mode, ...] = ()
    permitted: bool = True
    driver: str = ""
    place: str = ""
    serial: str = ""
    kind: Kind = Kind.WEBCAM
    signal: bool | None = None
    users: tuple[str, ...] | None = None

    @property
    def device(self) -> int | str:
        """What is opened: the device file, else the number."""
        return self.path or self.index
