"""Opens the device of a virtual camera."""

import logging
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from livemask.errors import SinkError, UsageError

LOG = logging.getLogger("livemask")

_CURES = {
    "linux": (
        "sudo apt install v4l2loopback-dkms linux-headers-$(uname -r)\n"
        "sudo modprobe v4l2loopback devices=1 exclusive_caps=1 card_label=livemask"
    ),
    "darwin": (
        "brew install --cask obs\n"
        "open -a OBS   # once: allow its extension, Start Virtual Camera, Stop, quit"
    ),
    "win32": (
        "winget install OBSProject.OBSStudio\n"
        "then start OBS once: Start Virtual Camera, Stop Virtual Camera, quit"
    ),
}

_SIDES = (16, 7680)
_RATES = (1.0, 240.0)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a virtual camera.

    Attributes
    ----------
    device : str or None
        Which one, as the system names it: `/dev/video10`. The first one if left out.
    backend : str or None
        The way to make one, as pyvirtualcam names it. Any that works if left out.
    size : (int, int)
        Width and height, px.
    rate : float
        Pictures in a second.
    """

    device: str | None
    backend: str | None
    size: tuple[int, int]
    rate: float

    def __post_init__(self) -> None:
        """Refuse what no device takes."""
        low, high = _SIDES
        if any(side % 2 or not low <= side <= high for side in self.size):
            raise UsageError(
                f"a virtual camera cannot have {self.size[0]}x{self.size[1]}; "
                f"give even numbers, {low} to {high}."
            )
        if not _RATES[0] <= self.rate <= _RATES[1]:
            raise UsageError(
                f"a virtual camera cannot have {self.rate:g} pictures in a second; "
                f"give {_RATES[0]:g} to {_RATES[1]:g}."
            )


def opened(wish: Wish, alpha: bool = False) -> Any:
    """Return an open `pyvirtualcam.Camera`, which whoever called closes.

    With `alpha` one that takes RGBA if there is one (UnityCapture on Windows); its `fmt` tells.

    Raises
    ------
    SinkError
        If there is none.
    UsageError
        If the backend is unknown.
    """
    module = _pyvirtualcam()
    known = module.camera.BACKENDS
    if wish.backend is not None and wish.backend not in known:
        raise UsageError(
            f"there is no virtual camera backend {wish.backend!r}; known: {list(known)}."
        )
    if alpha:
        try:
            return _camera(module, wish, module.PixelFormat.RGBA)
        except RuntimeError:
            LOG.warning("no virtual camera here takes opacity; what is transparent is black there.")
    try:
        return _camera(module, wish, module.PixelFormat.RGB)
    except RuntimeError as error:
        raise _missing(wish, error) from error


def opened_again(wish: Wish, form: Any) -> Any:
    """Return the camera that was opened once, taking the same pictures as then.

    Raises
    ------
    RuntimeError
        If it is not there.
    """
    return _camera(_pyvirtualcam(), wish, form)


def takes_opacity(camera: Any) -> bool:
    """Return whether an open camera takes RGBA."""
    return camera.fmt == _pyvirtualcam().PixelFormat.RGBA


def _camera(module: ModuleType, wish: Wish, form: Any) -> Any:
    options = {"fmt": form, "device": wish.device, "backend": wish.backend}
    return module.Camera(*wish.size, wish.rate, **options)


def _missing(wish: Wish, error: RuntimeError) -> SinkError:
    wanted = f"virtual camera {wish.device}" if wish.device else "virtual camera"
    return SinkError(
        f"no {wanted} can be opened: {error}\n"
        f"Install one:\n{_CURES.get(sys.platform, _CURES['linux'])}\n"
        "or run without --virtual-camera."
    )


def _pyvirtualcam() -> ModuleType:
    try:
        import pyvirtualcam
        import pyvirtualcam.camera
    except ImportError as error:
        raise SinkError(
            "the virtual camera needs the package pyvirtualcam, which is not installed "
            '(GPLv2, hence an extra). Type: pip install "livemask[virtual-camera]"'
        ) from error
    return pyvirtualcam
