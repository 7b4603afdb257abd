"""The file of the 68 landmarks."""

import hashlib
from collections.abc import Iterator

from livemask.doctor.finding import Finding, State
from livemask.doctor.system import System, pip_install
from livemask.errors import ModelError

KNOWN = {
    "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f": "dlib's, of 2015",
}
"""SHA-256 of files that are known, and whose they are."""


def examine(system: System) -> Iterator[Finding]:
    """Load the file, and compare it with the published one."""
    package = pip_install("face_recognition_models")
    try:
        from livemask.detectors import dlib68

        path = dlib68.default_landmarks()
        dlib68.create()
    except ModelError as error:
        text = " ".join(str(error).split())
        yield Finding("landmark file", State.MISSING, text, package, needed=True)
        return
    except ImportError as error:
        text = f"not looked at, as its reader cannot be loaded: {error}"
        cure = system.install_library(text) or "mend the packages named above"
        yield Finding("landmark file", State.MISSING, text, cure, needed=True)
        return
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    facts = {"path": str(path), "sha256": digest}
    whose = KNOWN.get(digest)
    if whose:
        yield Finding("landmark file", State.OK, f"{path} ({whose})", facts=facts)
    else:
        text = f"{path} loads, but is not the published one (SHA-256 {digest})"
        cure = f"{package} --force-reinstall"
        yield Finding("landmark file", State.WARNING, text, cure, facts=facts)
