"""System: which system this is, and how something is installed on it."""

import os
import platform
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_LIKE = {
    "debian": ("debian", "ubuntu"),
    "fedora": ("fedora", "rhel", "centos"),
    "arch": ("arch",),
    "suse": ("suse", "opensuse"),
    "alpine": ("alpine",),
}
_INSTALL = {
    "debian": "sudo apt install",
    "fedora": "sudo dnf install",
    "arch": "sudo pacman -S --needed",
    "suse": "sudo zypper install",
    "alpine": "sudo apk add",
    "macos": "brew install",
    "windows": "winget install",
}

# What is lacking -> family -> the packages that bring it.
_PACKAGES: Mapping[str, Mapping[str, str]] = {
    "libraries": {
        "debian": "libegl1 libgl1-mesa-dri libopengl0 libgl1 libglib2.0-0",
        "fedora": "mesa-libEGL mesa-dri-drivers libglvnd-opengl libglvnd-glx glib2",
        "arch": "mesa libglvnd glib2",
        "suse": "Mesa-libEGL1 Mesa-dri libglvnd libglib-2_0-0 libgthread-2_0-0",
        "alpine": "mesa-egl mesa-dri-gallium mesa-gl glib",
    },
    "x11": {
        "debian": "libx11-6 libxrandr2 libxinerama1 libxcursor1 libxi6",
        "fedora": "libX11 libXrandr libXinerama libXcursor libXi",
        "arch": "libx11 libxrandr libxinerama libxcursor libxi",
        "suse": "libX11-6 libXrandr2 libXinerama1 libXcursor1 libXi6",
        "alpine": "libx11 libxrandr libxinerama libxcursor libxi",
    },
    "v4l2loopback": {
        "debian": "v4l2loopback-dkms linux-headers-$(uname -r)",
        "fedora": "v4l2loopback",
        "arch": "v4l2loopback-dkms linux-headers",
        "suse": "v4l2loopback-kmp-default",
    },
    "obs": {"macos": "--cask obs", "windows": "OBSProject.OBSStudio"},
}
_LIBRARY = re.compile(r"lib[\w+-]+(?:\.[\w+-]+)*?\.so(?:\.\d+)*")
_BRINGS = {
    "libraries": ("libGL", "libEGL", "libOpenGL", "libxcb", "libX11", "libgthread", "libglib"),
    "x11": ("libX", "libSM", "libICE"),
}


@dataclass(frozen=True, slots=True)
class System:
    """A system, as far as it matters for installing something.

    Attributes
    ----------
    family : str
        debian, fedora, arch, suse, alpine, macos, windows, or linux for another one.
    name : str
        What it calls itself, with its version.
    """

    family: str
    name: str

    def install(self, what: str) -> str:
        """Return the line that installs something, one of `_PACKAGES`."""
        packages = _PACKAGES[what].get(self.family)
        if packages is None:
            wanted = _PACKAGES[what].get("debian", what)
            return f"install what Debian calls {wanted}, by your system's own means"
        return as_user(f"{_INSTALL[self.family]} {packages}")

    def install_library(self, text: str) -> str:
        """Return the line that installs the shared library that an error message names.

        Empty if it names none.
        """
        found = _LIBRARY.search(text)
        if found is None:
            return ""
        for what, starts in _BRINGS.items():
            if found[0].startswith(starts):
                return self.install(what)
        return f"install the package of your system that holds {found[0]}"


def as_user(line: str) -> str:
    """Return a line to type, without sudo for those who are root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return line.removeprefix("sudo ") if is_root else line


@cache
def this_system() -> System:
    """Return the system that this is."""
    if sys.platform == "darwin":
        return System("macos", f"macOS {platform.mac_ver()[0]}")
    if sys.platform == "win32":
        return System("windows", f"Windows {platform.version()}")
    try:
        return linux(platform.freedesktop_os_release())
    except OSError:
        return System("linux", platform.platform())


def linux(release: Mapping[str, str]) -> System:
    """Return the Linux that the fields of an `os-release` file describe."""
    names = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    families = (family for family, likes in _LIKE.items() if names & set(likes))
    return System(next(families, "linux"), release.get("PRETTY_NAME", "Linux"))


def pip_install(package: str) -> str:
    """Return the line that installs a Python package where livemask is installed."""
    home = Path(sys.prefix)
    if home.parent.name == "venvs" and "pipx" in home.parts:
        return f"pipx inject {home.name} {_quoted(package)}"
    if "tools" in home.parts and "uv" in home.parts:
        return f"uv tool install livemask --with {_quoted(package)}"
    python, package = (_quoted(word) for word in (sys.executable, package))
    if find_spec("pip") is None:
        return f"uv pip install --python {python} {package}"
    return f"{python} -m pip install {package}"


def _quoted(word: str) -> str:
    return f'"{word}"' if re.search(r"[ \[(]", word) else word
