"""What livemask depends on: one dlib for each platform, and every licence written down."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DEPENDENCIES = [Requirement(line) for line in PROJECT["dependencies"]]

# Where PyPI has a wheel of dlib-bin, as of November 2026: (platform, machine) -> last Python.
WHEELS = {
    ("linux", "x86_64"): 14,
    ("linux", "aarch64"): 14,
    ("win32", "AMD64"): 14,
    ("darwin", "arm64"): 14,
    ("darwin", "x86_64"): 13,
}
OTHERS = [("linux", "armv7l"), ("linux", "riscv64"), ("win32", "ARM64"), ("freebsd14", "amd64")]


def dlib_for(platform, machine, minor):
    environment = {
        "sys_platform": platform,
        "platform_machine": machine,
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
    }
    asked = [r for r in DEPENDENCIES if r.name in ("dlib", "dlib-bin")]
    return [r.name for r in asked if r.marker.evaluate(environment)]


@pytest.mark.parametrize("minor", [11, 12, 13, 14, 15])
@pytest.mark.parametrize("place", [*WHEELS, *OTHERS], ids="-".join)
def test_dlib_comes_prebuilt_where_there_is_a_wheel_and_never_twice(place, minor):
    prebuilt = minor <= WHEELS.get(place, 0)
    assert dlib_for(*place, minor) == ["dlib-bin" if prebuilt else "dlib"]


def requirements_of(name):
    """Return what an installed package needs on this machine, without its extras."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return set()
    needed = [Requirement(line) for line in lines]
    return {r.name for r in needed if r.marker is None or r.marker.evaluate({"extra": ""})}


def everything_needed():
    """Return the names of all packages that an installation of livemask brings along."""
    found, waiting = set(), {r.name for r in DEPENDENCIES if not r.marker or r.marker.evaluate()}
    while waiting:
        name = waiting.pop()
        found.add(canonicalize_name(name))
        waiting |= {n for n in requirements_of(name) if canonicalize_name(n) not in found}
    return found


@pytest.fixture(scope="module")
def listed():
    """The packages that THIRD_PARTY.md has a line for."""
    lines = (ROOT / "THIRD_PARTY.md").read_text("utf-8").splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("|")]
    words = re.findall(r"[\w-]+", " ".join(cells))
    return {canonicalize_name(word) for word in words}


def test_the_licence_of_every_package_that_comes_along_is_written_down(listed):
    assert everything_needed() - listed == set()


def test_the_licence_of_every_optional_package_is_written_down(listed):
    extras = [Requirement(r) for e in PROJECT["optional-dependencies"].values() for r in e]
    assert {canonicalize_name(r.name) for r in extras} - listed == set()


def declared_licence(name):
    about = metadata.metadata(name)
    kinds = [c for c in about.get_all("Classifier") or [] if c.startswith("License")]
    first_line = (about.get("License") or "").partition("\n")[0]
    return " ".join([about.get("License-Expression") or first_line, *kinds])


def test_no_package_under_the_gpl_comes_without_being_asked_for():
    assert "GPL" in declared_licence("pyvirtualcam")
    needed = everything_needed()
    assert "numpy" in needed
    assert [name for name in needed if "GPL" in declared_licence(name)] == []
