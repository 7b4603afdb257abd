"""EglContext: OpenGL without a display, on Linux."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from OpenGL.error import Error as OpenGLError

from livemask.errors import GraphicsError
from livemask.render.context_base import Context
from livemask.render.opengl import EGL, INSTALL

_SURFACELESS = 0x31DD  # EGL_PLATFORM_SURFACELESS_MESA
_DEVICE = 0x313F  # EGL_PLATFORM_DEVICE_EXT: the only way without a display on NVIDIA's driver


def best(apart: bool = False) -> "EglContext":
    """Return a context on a GPU if EGL has one, else on Mesa's software renderer.

    Parameters
    ----------
    apart : bool
        Whether the software renderer shall be another than that of the contexts which are not
        apart, so that one may be used in a thread beside theirs: those of one renderer look
        through each other's pictures in the making without a lock (llvmpipe of Mesa 22.3).

    Raises
    ------
    GraphicsError
        If no display of EGL gives OpenGL 3.3.
    """
    found, reasons = None, []
    for display in _displays(apart):
        try:
            context = EglContext(display)
        except (OpenGLError, GraphicsError) as error:
            reasons.append(str(error))
            continue
        if found:
            found.close()
        found = context
        if not found.software:
            break
    if found is None:
        raise GraphicsError(
            f"EGL gives no OpenGL 3.3 context: {'; '.join(reasons) or 'it has no display'}.\n"
            f"Install Mesa: {INSTALL}"
        )
    return found


class EglContext(Context):
    """An OpenGL 3.3 core context without any surface, on an EGL display."""

    def __init__(self, display: Any) -> None:
        self._display = display
        self._closed = False
        EGL.eglInitialize(display, EGL.EGLint(), EGL.EGLint())
        EGL.eglBindAPI(EGL.EGL_OPENGL_API)
        self._context = EGL.eglCreateContext(
            display, _config(display), EGL.EGL_NO_CONTEXT, _CORE_3_3
        )
        with _current_kept():
            self.make_current()
            try:
                self._describe()
            except GraphicsError:
                self.close()
                raise

    def make_current(self) -> None:
        """Let this thread's GL calls act on this context."""
        EGL.eglBindAPI(EGL.EGL_OPENGL_API)  # a setting of the thread
        EGL.eglMakeCurrent(self._display, EGL.EGL_NO_SURFACE, EGL.EGL_NO_SURFACE, self._context)

    def release_current(self) -> None:
        """Leave this thread without a context."""
        _release(self._display)

    def close(self) -> None:
        """Destroy the context. The display stays: the process's other contexts share it."""
        if self._closed:
            return
        self._closed = True
        if _address(EGL.eglGetCurrentContext()) == _address(self._context):
            self.release_current()
        EGL.eglDestroyContext(self._display, self._context)


def _attributes(*pairs: tuple[int, int]) -> Any:
    flat = [int(value) for pair in pairs for value in pair]
    return (EGL.EGLint * (len(flat) + 1))(*flat, int(EGL.EGL_NONE))


_CORE_3_3 = _attributes(
    (EGL.EGL_CONTEXT_MAJOR_VERSION, 3),
    (EGL.EGL_CONTEXT_MINOR_VERSION, 3),
    (EGL.EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL.EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT),
)
_CONFIG = _attributes(
    (EGL.EGL_SURFACE_TYPE, EGL.EGL_PBUFFER_BIT),  # the default asks for windows
    (EGL.EGL_RENDERABLE_TYPE, EGL.EGL_OPENGL_BIT),
)


def _displays(apart: bool) -> Iterator[Any]:
    """Yield Mesa's surfaceless display, its other one if `apart`, then those of the GPUs."""
    from OpenGL.EGL.EXT.platform_base import eglGetPlatformDisplayEXT

    extensions = EGL.eglQueryString(EGL.EGL_NO_DISPLAY, EGL.EGL_EXTENSIONS) or b""
    if b"EGL_MESA_platform_surfaceless" in extensions:
        yield eglGetPlatformDisplayEXT(_SURFACELESS, EGL.EGL_DEFAULT_DISPLAY, None)
    if b"EGL_EXT_platform_device" in extensions:
        for device in _devices(software=apart):
            yield eglGetPlatformDisplayEXT(_DEVICE, device, None)


def _devices(software: bool) -> Iterator[Any]:
    """Yield the devices that EGL lists, that which is none first if `software`."""
    from OpenGL.EGL.EXT.device_base import eglQueryDevicesEXT, eglQueryDeviceStringEXT
    from OpenGL.raw.EGL._types import EGLDeviceEXT

    devices, count = (EGLDeviceEXT * 16)(), EGL.EGLint()
    eglQueryDevicesEXT(len(devices), devices, count)
    hardware = []
    for device in devices[: count.value]:
        extensions = eglQueryDeviceStringEXT(device, EGL.EGL_EXTENSIONS) or b""
        if b"EGL_MESA_device_software" not in extensions:
            hardware.append(device)
        elif software:
            yield device
    yield from hardware


def _config(display: Any) -> Any:
    configs, count = (EGL.EGLConfig * 1)(), EGL.EGLint()
    EGL.eglChooseConfig(display, _CONFIG, configs, 1, count)
    if not count.value:
        raise GraphicsError("the EGL display has no configuration for OpenGL")
    return configs[0]


@contextmanager
def _current_kept() -> Iterator[None]:
    """Leave behind whatever context the thread had."""
    display, context = EGL.eglGetCurrentDisplay(), EGL.eglGetCurrentContext()
    surfaces = [EGL.eglGetCurrentSurface(which) for which in (EGL.EGL_DRAW, EGL.EGL_READ)]
    try:
        yield
    finally:
        if _address(context):
            EGL.eglMakeCurrent(display, *surfaces, context)
        else:
            _release(EGL.eglGetCurrentDisplay())


def _release(display: Any) -> None:
    EGL.eglBindAPI(EGL.EGL_OPENGL_API)
    if _address(display):
        nothing = EGL.EGL_NO_SURFACE
        EGL.eglMakeCurrent(display, nothing, nothing, EGL.EGL_NO_CONTEXT)


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
