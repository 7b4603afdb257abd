"""The camera that other programs can choose."""

import sys
from collections.abc import Iterator
from pathlib import Path

from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System, as_user, pip_install

_DEVICES = Path("/sys/devices/virtual/video4linux")
_LOAD = "sudo modprobe v4l2loopback devices=1 exclusive_caps=1 card_label=livemask"
_ONCE = "start OBS once: Start Virtual Camera, Stop Virtual Camera, quit"


def examine(system: System, devices: Path = _DEVICES) -> Iterator[Finding]:
    """Look for the package and for a device."""
    try:
        import pyvirtualcam
    except ImportError as error:
        is_there = not isinstance(error, ModuleNotFoundError)
        text = f"cannot be loaded: {error}" if is_there else "not installed (GPLv2, hence an extra)"
        cure = pip_install("livemask[virtual-camera]")
        yield Finding("pyvirtualcam", State.MISSING, text, cure)
    else:
        yield Finding("pyvirtualcam", State.OK, str(getattr(pyvirtualcam, "__version__", "there")))
    if sys.platform.startswith("linux"):
        yield _loopback(system, devices)
    else:
        yield _obs(system)


def _loopback(system: System, devices: Path) -> Finding:
    """Look for a device of v4l2loopback: opening one could disturb a running one."""
    found = sorted(devices.glob("video*")) if devices.is_dir() else []
    names = ", ".join(f"/dev/{path.name} ({_name(path)})" for path in found)
    if names:
        return Finding("device", State.OK, names)
    load = as_user(_LOAD)
    if Path("/sys/module/v4l2loopback").is_dir():
        remove = as_user("sudo modprobe -r v4l2loopback")
        text = "v4l2loopback is loaded, but has no device"
        return Finding("device", State.MISSING, text, f"{remove} && {load}")
    cure = f"{system.install('v4l2loopback')} && {load}"
    return Finding("device", State.MISSING, "no v4l2loopback device", cure)


def _name(device: Path) -> str:
    file = device / "name"
    return file.read_text("utf-8", "replace").strip() if file.is_file() else "?"


def _obs(system: System) -> Finding:
    """Open the device: on Windows and macOS nothing less tells whether there is one."""
    try:
        import pyvirtualcam

        with pyvirtualcam.Camera(1280, 720, 30) as camera:
            return Finding("device", State.OK, str(camera.device))
    except ImportError:
        return Finding("device", State.NOTE, "not looked for without pyvirtualcam")
    except RuntimeError as error:
        text = " ".join(str(error).split())
        return Finding("device", State.MISSING, text, f"{system.install('obs')}, then {_ONCE}")
