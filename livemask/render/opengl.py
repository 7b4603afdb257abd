"""OpenGL as this room imports it: the platform settled first, a missing library explained.

PyOpenGL reads PYOPENGL_PLATFORM at its first import and never again. On Linux it must be
`egl`, for windows too: with another platform the first calls work and later ones fail with
"no valid context". Every other file of the room therefore takes `GL` and `EGL` from here.
"""

import importlib
import os
import sys
from typing import Any

from livemask.errors import GraphicsError

INSTALL = "sudo apt-get install libegl1 libgl1-mesa-dri libopengl0"

LINUX: bool = sys.platform.startswith("linux")
EGL: Any = None  # only on Linux

if LINUX:
    os.environ.setdefault("PYOPENGL_PLATFORM", "egl")

try:
    from OpenGL import GL
    from OpenGL.platform import PLATFORM

    if type(PLATFORM).__name__ == "EGLPlatform":
        EGL = importlib.import_module("OpenGL.EGL")
    elif LINUX:
        raise GraphicsError(
            f"PyOpenGL speaks {type(PLATFORM).__name__}, not EGL: unset PYOPENGL_PLATFORM, and "
            "import livemask.render before anything else that imports OpenGL."
        )
except (ImportError, AttributeError, OSError, TypeError) as error:
    # A missing libEGL is an ImportError, a missing libOpenGL an AttributeError of None.
    raise GraphicsError(
        f"OpenGL cannot be loaded: {error}\nOn Debian and Ubuntu: {INSTALL}"
    ) from error

__all__ = ["EGL", "GL", "INSTALL", "LINUX"]
