"""Sees to the system libraries that pip cannot install: Mesa, GLib; Xvfb, Chromium for tests.

Looks for the files themselves, not for packages, whose names differ between systems. What
is missing is installed by apt where this is allowed without a password; otherwise the one
line to type is printed and the exit code is 1. Needs nothing but Python.
"""

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

APT = ("apt-get", "-o", "Acquire::Retries=5", "-o", "DPkg::Lock::Timeout=300", "-qq")


def has_library(name: str) -> bool:
    """Return whether the loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_driver(name: str) -> bool:
    """Return whether Mesa's software driver is there: a file that Mesa itself loads."""
    folders = ("lib", "lib64", "lib/*", "local/lib")
    return any(any(Path("/usr").glob(f"{folder}/{name}")) for folder in folders)


def has_command(name: str) -> bool:
    """Return whether a program is on the path."""
    return shutil.which(name) is not None


def has_browser(_: str) -> bool:
    """Return whether there is a Chromium under any of its names."""
    return any(map(has_command, ("chromium", "google-chrome", "chrome")))


# Debian package -> how to see that it is there, and what is looked for.
Needs = dict[str, tuple[Callable[[str], bool], str]]
RUN: Needs = {
    "libegl1": (has_library, "libEGL.so.1"),
    "libgl1-mesa-dri": (has_driver, "dri/swrast_dri.so"),
    "libopengl0": (has_library, "libOpenGL.so.0"),
    "libgl1": (has_library, "libGL.so.1"),
    "libglib2.0-0": (has_library, "libgthread-2.0.so.0"),
}
TESTS: Needs = {
    "xvfb": (has_command, "Xvfb"),
    "xauth": (has_command, "xauth"),
    "xdotool": (has_command, "xdotool"),
}
BROWSER: Needs = {
    "chromium": (has_browser, "chromium"),
    "chromium-driver": (has_command, "chromedriver"),
}


def missing(needs: Needs) -> dict[str, str]:
    """Return what is missing: Debian package -> the file looked for."""
    return {package: what for package, (found, what) in needs.items() if not found(what)}


def privilege() -> tuple[str, ...] | None:
    """Return what to put before apt-get, or None where it would ask for a password."""
    if not has_command("apt-get"):
        return None
    if os.geteuid() == 0:
        return ()
    if not has_command("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return None if asked.returncode else ("sudo", "-n")


def install(packages: list[str], before: tuple[str, ...], *, quiet: bool = False) -> bool:
    """Install packages by apt; show what it says only if it fails, unless `quiet`."""
    print("Installing system libraries:", *packages, flush=True)
    environment = "DEBIAN_FRONTEND=noninteractive"
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = [*before, "env", environment, *APT, *step]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            if not quiet:
                print(done.stdout, done.stderr, sep="", file=sys.stderr)
            return False
    return True


def wish_for_browser() -> None:
    """Install a browser if it can be had: Ubuntu has none, and only some tests need it."""
    before, lacking = privilege(), missing(BROWSER)
    if lacking and not (before is not None and install(list(lacking), before, quiet=True)):
        print("The tests in a browser are left out: they need chromium and its chromedriver.")


def advice(lacking: dict[str, str]) -> str:
    """Return the line to type, or, where there is no apt, what must be there."""
    if has_command("apt-get"):
        return f"missing system libraries; type: sudo apt-get install -y {' '.join(lacking)}"
    return f"missing {', '.join(lacking.values())}; install your system's packages that hold them."


def main(arguments: list[str] | None = None) -> int:
    """See to what must be there, and for the tests to what only some of them need."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    tests = parser.parse_args(arguments).tests
    if not sys.platform.startswith("linux"):
        return 0
    code = see_to(RUN | TESTS if tests else RUN)
    if tests and not code:
        wish_for_browser()
    return code


def see_to(needs: Needs) -> int:
    """Check, install, check again; return the exit code."""
    if not (lacking := missing(needs)):
        return 0
    before = privilege()
    if before is not None and install(list(lacking), before) and not (lacking := missing(needs)):
        return 0
    print(advice(lacking), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
