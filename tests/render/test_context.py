import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from livemask.render.context import Context, offscreen
from livemask.render.opengl import GL, INSTALL
from livemask.render.renderer import Renderer
from tests.render import shapes
from tests.render.conftest import refuse_errors

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="EGL is used on Linux only")


def version() -> bytes | None:
    return GL.glGetString(GL.GL_VERSION)


def test_an_offscreen_context_is_opengl_3_3_or_newer(context: Context) -> None:
    major, minor = GL.glGetIntegerv(GL.GL_MAJOR_VERSION), GL.glGetIntegerv(GL.GL_MINOR_VERSION)

    assert (major, minor) >= (3, 3)
    assert context.description.startswith(f"{major}.{minor}")


def test_llvmpipe_is_known_as_software(context: Context) -> None:
    if "llvmpipe" not in context.description:
        pytest.skip(f"the renderer here is {context.description}")
    assert context.software


def test_a_new_context_is_current_nowhere_and_leaves_the_current_one(context: Context) -> None:
    buffer = int(GL.glGenBuffers(1))
    GL.glBindBuffer(GL.GL_ARRAY_BUFFER, buffer)

    other = offscreen()

    assert GL.glGetIntegerv(GL.GL_ARRAY_BUFFER_BINDING) == buffer
    other.close()
    assert GL.glGetIntegerv(GL.GL_ARRAY_BUFFER_BINDING) == buffer
    GL.glDeleteBuffers(1, [buffer])


def test_a_released_context_can_be_taken_by_another_thread(context: Context) -> None:
    context.release_current()
    assert version() is None
    seen: list[bytes | None] = []

    def work() -> None:
        context.make_current()
        seen.append(version())
        context.release_current()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert seen[0]


def rasterisers() -> int:
    """Return how many threads of llvmpipe this process has."""
    names = (task / "comm" for task in Path("/proc/self/task").iterdir())
    return sum(name.read_text().startswith("llvmpipe") for name in names)


@ON_LINUX
def test_a_context_apart_shares_no_renderer_with_others(context: Context) -> None:
    if "llvmpipe" not in context.description:
        pytest.skip("a GPU draws here")
    script = (
        "from livemask.render.context import offscreen\n"
        "from tests.render.test_context import rasterisers\n"
        "contexts, counts = [], []\n"
        "for apart in (False, False, True, True):\n"
        "    contexts.append(offscreen(apart))\n"
        "    counts.append(rasterisers())\n"
        "print(*counts)\n"
    )
    environment = {**os.environ, "LP_NUM_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.split() == ["2", "2", "4", "4"]


def test_two_contexts_draw_in_two_threads_at_once() -> None:
    right: list[bool] = []

    def work(apart: bool, image: np.ndarray) -> None:
        with offscreen(apart) as context:
            renderer = Renderer(context)
            scene = shapes.scene(image)
            right.extend(bool((renderer.render(scene) == image).all()) for _ in range(20))
            renderer.close()

    threads = [
        threading.Thread(target=work, args=(apart, shapes.noise(64, 48, seed)))
        for seed, apart in enumerate((False, True))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert right == [True] * 40


def test_a_context_can_be_closed_twice() -> None:
    context = offscreen()
    context.make_current()
    context.close()
    context.close()

    assert version() is None


def run(code: str, **environment: str) -> str:
    """Return the output of a fresh process, in which OpenGL is imported anew."""
    inherited = {key: v for key, v in os.environ.items() if key != "PYOPENGL_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout


HIDE = """
import ctypes, ctypes.util

def hide(library):
    hidden = (library, "GL", "GLESv2", "GLESv1_CM")  # PyOpenGL would put up with these

    class Without(ctypes.CDLL):
        def __init__(self, name, *rest, **named):
            if any(f"lib{hide}." in str(name) or name == hide for hide in hidden):
                raise OSError(f"{name}: cannot open shared object file")
            super().__init__(name, *rest, **named)

    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None if name in hidden else find(name)
    ctypes.CDLL = ctypes.cdll._dlltype = Without

"""
REPORT = """
from livemask.errors import GraphicsError
try:
    from livemask.render.context import offscreen
    offscreen()
except GraphicsError as error:
    print(error)
else:
    print("no error")
"""


@ON_LINUX
@pytest.mark.parametrize("library", ["EGL", "OpenGL"])
def test_a_missing_library_is_named_with_the_line_that_installs_it(library: str) -> None:
    assert INSTALL in run(HIDE + f"hide({library!r})\n" + REPORT)


@ON_LINUX
def test_an_opengl_older_than_3_3_is_refused_with_advice() -> None:
    output = run(REPORT, MESA_GL_VERSION_OVERRIDE="2.1", LIBGL_ALWAYS_SOFTWARE="1")

    assert INSTALL in output
    assert "3.3" in output


@ON_LINUX
def test_another_platform_of_pyopengl_is_refused_with_its_cure() -> None:
    assert "unset PYOPENGL_PLATFORM" in run(REPORT, PYOPENGL_PLATFORM="glx")


@ON_LINUX
def test_the_platform_needs_no_setting_beforehand() -> None:
    assert run(REPORT) == "no error\n"


def test_a_gl_error_that_was_left_behind_fails_the_test(context: Context) -> None:
    from OpenGL.platform import PLATFORM

    PLATFORM.GL.glEnable(0xBAD)  # past PyOpenGL's own check

    with pytest.raises(AssertionError, match="after the test"):
        refuse_errors("after")
