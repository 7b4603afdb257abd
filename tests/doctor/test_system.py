import os
import sys

import pytest

from livemask.doctor import system
from livemask.doctor.system import System, linux, pip_install

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
FAMILIES = ("debian", "fedora", "arch", "suse", "alpine", "macos", "windows", "linux")


@pytest.fixture(autouse=True)
def _no_root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("debian", "sudo apt install libglib2.0-0"),
        ("ubuntu", "sudo apt install libglib2.0-0"),
        ("mint", "sudo apt install libglib2.0-0"),
        ("fedora", "sudo dnf install glib2"),
        ("rocky", "sudo dnf install glib2"),
        ("manjaro", "sudo pacman -S --needed glib2"),
        ("leap", "sudo zypper install libglib-2_0-0 libgthread-2_0-0"),
        ("alpine", "sudo apk add glib"),
        ("nixos", "install what Debian calls libglib2.0-0, by your system's own means"),
    ],
)
def test_each_system_gets_a_line_in_its_own_language(name, line):
    assert linux(RELEASES[name]).install("glib") == line


def test_root_needs_no_sudo(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert linux(RELEASES["debian"]).install("glib") == "apt install libglib2.0-0"


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
        ("libX11.so.6 is not there", "libx11-6"),
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
        ("/home/a/.local/pipx/venvs/livemask", 'pipx inject livemask "av"'),
        ("/home/a/.local/share/uv/tools/livemask", 'uv tool install livemask --with "av"'),
    ],
)
def test_a_package_is_added_by_what_installed_livemask(prefix, line, monkeypatch):
    monkeypatch.setattr(sys, "prefix", prefix)
    assert pip_install("av") == line


def test_a_package_is_added_to_the_python_that_runs(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/a b/python")
    assert pip_install("av") == '"/a b/python" -m pip install "av"'
    monkeypatch.setattr(system, "find_spec", lambda _: None)
    assert pip_install("av") == 'uv pip install --python "/a b/python" "av"'
