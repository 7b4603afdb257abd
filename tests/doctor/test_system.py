import os
import re
import sys
from pathlib import Path

import pytest

from livemask.doctor import system
from livemask.doctor.system import System, linux, pip_install

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
RELEASES = {
    "debian": {"ID": "debian", "PRETTY_NAME": "Debian GNU/Linux 12"},
    "ubuntu": {"ID": "ubuntu", "ID_LIKE": "debian"},
    "mint": {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"},
    "fedora": {"ID": "fedora"},
    "rocky": {"ID": "rocky", "ID_LIKE": "rhel centos fedora"},
    "manjaro": {"ID": "manjaro", "ID_LIKE": "arch"},
    "leap": {"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"},
    "alpine": {"ID": "alpine"},
    "nixos": {"ID": "nixos"},
}
X11 = "libx11-6 libxrandr2 libxinerama1 libxcursor1 libxi6"
FAMILIES = ("debian", "fedora", "arch", "suse", "alpine", "macos", "windows", "linux")


@pytest.fixture(autouse=True)
def _no_root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("debian", f"sudo apt install {X11}"),
        ("ubuntu", f"sudo apt install {X11}"),
        ("mint", f"sudo apt install {X11}"),
        ("fedora", "sudo dnf install libX11 libXrandr libXinerama libXcursor libXi"),
        ("rocky", "sudo dnf install libX11 libXrandr libXinerama libXcursor libXi"),
        ("manjaro", "sudo pacman -S --needed libx11 libxrandr libxinerama libxcursor libxi"),
        ("leap", "sudo zypper install libX11-6 libXrandr2 libXinerama1 libXcursor1 libXi6"),
        ("alpine", "sudo apk add libx11 libxrandr libxinerama libxcursor libxi"),
        (
            "nixos",
            f"install what Debian calls {X11}, by your system's own means",
        ),
    ],
)
def test_each_system_gets_a_line_in_its_own_language(name, line):
    assert linux(RELEASES[name]).install("x11") == line


def test_root_needs_no_sudo(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert linux(RELEASES["debian"]).install("x11") == f"apt install {X11}"


def test_on_debian_it_is_the_line_of_the_readme():
    (line,) = re.findall(r"`sudo apt install ([^`]+)`", README)
    assert set(linux(RELEASES["debian"]).install("libraries").split()[3:]) == set(line.split())


def test_an_extra_is_quoted_for_the_shell():
    assert pip_install("livemask[virtual-camera]").endswith(' "livemask[virtual-camera]"')


def test_the_camera_of_obs_is_brought_by_obs():
    assert System("macos", "").install("obs") == "brew install --cask obs"
    assert System("windows", "").install("obs") == "winget install OBSProject.OBSStudio"


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("what", system._PACKAGES)
def test_there_is_a_next_step_for_everything_everywhere(family, what):
    assert "install" in System(family, "").install(what) or family in ("arch", "alpine")


@pytest.mark.parametrize(
    ("message", "package"),
    [
        ("ImportError: libGL.so.1: cannot open shared object file", "libgl1"),
        ("Unable to load EGL library: libEGL.so.1", "libegl1"),
        ("libgthread-2.0.so.0: cannot open shared object file", "libglib2.0-0"),
        ("libxcb.so.1: cannot open shared object file", "libgl1"),
        ("libXcursor.so.1 is not there", "libxcursor1"),
        ("libmelon-2.so.5: cannot open", "that holds libmelon-2.so.5"),
    ],
)
def test_a_library_that_a_message_names_is_installed_by_its_package(message, package):
    assert package in linux(RELEASES["debian"]).install_library(message)


def test_a_message_that_names_no_library_brings_no_line():
    assert linux(RELEASES["debian"]).install_library("division by zero") == ""


@pytest.mark.parametrize(
    ("prefix", "line"),
    [
        ("/home/a/.local/pipx/venvs/livemask", "pipx inject livemask av"),
        ("/home/a/.local/share/uv/tools/livemask", "uv tool install livemask --with av"),
    ],
)
def test_a_package_is_added_by_what_installed_livemask(prefix, line, monkeypatch):
    monkeypatch.setattr(sys, "prefix", prefix)
    assert pip_install("av") == line


def test_a_package_is_added_to_the_python_that_runs(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/a b/python")
    assert pip_install("av") == '"/a b/python" -m pip install av'
    monkeypatch.setattr(system, "find_spec", lambda _: None)
    assert pip_install("av") == 'uv pip install --python "/a b/python" av'
