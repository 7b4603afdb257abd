"""Window: a window on the screen, its OpenGL context and its keys."""

import os
import re
from collections import deque
from contextlib import suppress
from typing import Any

from livemask.errors import GraphicsError
from livemask.render.context_base import Context
from livemask.render.opengl import LINUX

if LINUX:
    # Read when glfw is imported. Wayland's build would disagree with the panel's library,
    # which brings an X11 build; under XWayland they agree.
    os.environ.setdefault("PYGLFW_LIBRARY_VARIANT", "x11")

try:
    import glfw
except (ImportError, OSError) as error:
    raise GraphicsError(f"GLFW, which opens windows, cannot be loaded: {error}") from error

# GLFW belongs to the process: the first window starts it, the last one ends it.
_open: set["Window"] = set()
_NAMES = {
    value: name.removeprefix("KEY_").lower()
    for name, value in vars(glfw).items()
    if name.startswith("KEY_") and isinstance(value, int)
}
_MODIFIERS = (
    ("ctrl", glfw.MOD_CONTROL | glfw.MOD_SUPER),
    ("shift", glfw.MOD_SHIFT),
    ("alt", glfw.MOD_ALT),
)
_CURSORS = {"arrow": glfw.ARROW_CURSOR, "hand": glfw.HAND_CURSOR, "text": glfw.IBEAM_CURSOR}

Event = tuple[str, tuple[Any, ...]]
"""What the user did: `pointer` (x, y, px from the top left), `button` (number, whether it went
down), `scroll` (x, y), `key` (name, whether it went down, what is held beside it), `letter` (code
point), `clipboard` (text, before the key that asks for it), `drop` (files), `leave` ()."""

EVENTS = 1024
"""So many are kept at most, if nobody takes them."""


class Window(Context):
    """A window with an OpenGL 3.3 context.

    Made, polled and closed in the main thread (GLFW's rule). Its context may belong to a
    render thread meanwhile, for which `make_current`, `framebuffer_size`, `should_close` and
    `swap` are meant.

    Parameters
    ----------
    title : str
    size : (int, int)
        Width and height of its content, in the units of the desktop.
    visible : bool
        A hidden one gives a context where there is no other way to one.
    vsync : bool
        Whether `swap` waits for the screen. Where pictures go elsewhere too, it must not.

    Attributes
    ----------
    framebuffer_size : (int, int)
        px.
    scale : float
        By how much the desktop enlarges what is drawn: 2 on a fine screen.
    fills_screen : bool
        Whether it takes up the whole screen, from the next `poll` on.
    events : deque of Event
        What the user did, the newest last; any one thread may take it.

    Raises
    ------
    GraphicsError
        If there is no display, or no OpenGL 3.3.
    """

    def __init__(
        self, title: str, size: tuple[int, int], *, visible: bool = True, vsync: bool = True
    ) -> None:
        self._keys: deque[str] = deque()
        self._released: deque[str] = deque()
        self._down: set[str] = set()
        self.fills_screen = False
        self._before: tuple[int, int, int, int] | None = None
        self.events: deque[Event] = deque(maxlen=EVENTS)
        self._cursor, self._cursors = "arrow", dict[str, Any]()
        self._minimised = False
        self._title = title
        self._handle = _create(title, size, visible)
        _open.add(self)
        self.framebuffer_size: tuple[int, int] = glfw.get_framebuffer_size(self._handle)
        self.scale = float(max(glfw.get_window_content_scale(self._handle)))
        self._listen()
        try:
            self.make_current()
            self._describe()
            glfw.swap_interval(int(vsync))
            self.release_current()
        except GraphicsError:
            self.close()
            raise

    def _listen(self) -> None:
        glfw.set_key_callback(self._handle, self._on_key)
        glfw.set_framebuffer_size_callback(self._handle, self._on_size)
        glfw.set_window_iconify_callback(self._handle, self._on_minimised)
        glfw.set_window_focus_callback(self._handle, self._on_focus)
        glfw.set_window_content_scale_callback(self._handle, self._on_scale)
        glfw.set_cursor_pos_callback(self._handle, self._on_pointer)
        glfw.set_mouse_button_callback(self._handle, self._on_button)
        glfw.set_scroll_callback(self._handle, self._on_scroll)
        glfw.set_char_callback(self._handle, self._on_letter)
        glfw.set_cursor_enter_callback(self._handle, self._on_enter)
        glfw.set_drop_callback(self._handle, self._on_drop)  # type: ignore[arg-type]  # a list

    def _on_key(self, _: Any, key: int, scancode: int, action: int, modifiers: int) -> None:
        # The letter that the user's keyboard has there, else the key's own name.
        name = glfw.get_key_name(key, scancode) or _NAMES.get(key, str(key))
        if action == glfw.PRESS:
            self._keys.append(name)
            self._down.add(name)
        elif action == glfw.RELEASE:
            self._down.discard(name)
            self._released.append(name)
        held = tuple(kind for kind, bit in _MODIFIERS if modifiers & bit)
        if name == "v" and "ctrl" in held and action != glfw.RELEASE:
            with suppress(glfw.GLFWError):  # what lies there may be a picture
                self.events.append(("clipboard", (glfw.get_clipboard_string(self._handle),)))
        self.events.append(("key", (name, action != glfw.RELEASE, held)))

    def _on_focus(self, _: Any, focused: int) -> None:
        if not focused:  # whatever is let go now, this window will never hear of
            self._released.extend(self._down)
            self._down.clear()

    def _on_pointer(self, _: Any, x: float, y: float) -> None:
        wide = max(glfw.get_window_size(self._handle)[0], 1)
        density = self.framebuffer_size[0] / wide  # a Mac counts in points
        self.events.append(("pointer", (x * density, y * density)))

    def _on_button(self, _: Any, button: int, action: int, __: int) -> None:
        self.events.append(("button", (button, action == glfw.PRESS)))

    def _on_scroll(self, _: Any, x: float, y: float) -> None:
        self.events.append(("scroll", (x, y)))

    def _on_letter(self, _: Any, code: int) -> None:
        self.events.append(("letter", (code,)))

    def _on_enter(self, _: Any, entered: int) -> None:
        if not entered:
            self.events.append(("leave", ()))

    def _on_drop(self, _: Any, files: list[str]) -> None:
        self.events.append(("drop", tuple(files)))

    def _on_scale(self, _: Any, x: float, y: float) -> None:
        self.scale = max(x, y)

    def _on_size(self, _: Any, width: int, height: int) -> None:
        self.framebuffer_size = width, height  # one assignment: another thread may read it

    def _on_minimised(self, _: Any, minimised: int) -> None:
        self._minimised = bool(minimised)

    @property
    def minimised(self) -> bool:
        """Whether it is but an icon, so that nobody sees what is in it."""
        return self._minimised

    @property
    def title(self) -> str:
        """What stands above it."""
        return self._title

    @title.setter
    def title(self, title: str) -> None:
        if title != self._title:
            self._title = title
            glfw.set_window_title(self._handle, title)

    @property
    def should_close(self) -> bool:
        """Whether the user has asked to close it."""
        return bool(glfw.window_should_close(self._handle))

    def closing(self) -> bool:
        """Return whether the user has asked to close it since this was asked last."""
        asked = self.should_close
        glfw.set_window_should_close(self._handle, False)
        return asked

    def poll(self, timeout: float = 0.0) -> None:
        """Take in what the user did; wait up to `timeout` s for it."""
        if self.fills_screen != (self._before is not None):
            from livemask.render import full_screen  # after the variant of GLFW has been chosen

            self._before = full_screen.change(self._handle, self._before)
        if timeout > 0.0:
            glfw.wait_events_timeout(timeout)
        else:
            glfw.poll_events()

    @property
    def cursor(self) -> str:
        """The pointer's shape: `arrow`, `hand` or `text`."""
        return self._cursor

    @cursor.setter
    def cursor(self, shape: str) -> None:
        if shape != self._cursor:
            self._cursor = shape
            with suppress(glfw.GLFWError):  # a shape that this desktop has not
                if shape not in self._cursors:
                    self._cursors[shape] = glfw.create_standard_cursor(_CURSORS[shape])
                glfw.set_cursor(self._handle, self._cursors[shape])

    def keep(self, text: str) -> None:
        """Put a text into the clipboard."""
        from livemask.render import clipboard  # after the variant of GLFW has been chosen

        clipboard.put(self._handle, text)

    def keys(self) -> list[str]:
        """Return the keys pressed since last asked, in order: `escape`, `tab`, `m`."""
        return [self._keys.popleft() for _ in range(len(self._keys))]

    def released(self) -> list[str]:
        """Return the keys let go since last asked, in order; all that are held if it loses focus.

        Ask after `keys`: a short touch is in both.
        """
        return [self._released.popleft() for _ in range(len(self._released))]

    def swap(self) -> None:
        """Show what was drawn, at the screen's next refresh."""
        if not self._minimised:  # nobody sees it, and some systems would wait for ever
            glfw.swap_buffers(self._handle)

    def make_current(self) -> None:
        """Let this thread's GL calls act on this window."""
        glfw.make_context_current(self._handle)

    def release_current(self) -> None:
        """Leave this thread without a context."""
        glfw.make_context_current(None)  # type: ignore[arg-type]  # GLFW takes null

    def close(self) -> None:
        """Close it; no other thread may have its context. Closing twice does nothing."""
        if self not in _open:
            return
        _open.remove(self)
        glfw.destroy_window(self._handle)
        if not _open:
            glfw.terminate()


def _create(title: str, size: tuple[int, int], visible: bool) -> Any:
    glfw.ERROR_REPORTING = "exception"  # by default a failure is only a warning
    try:
        glfw.init()
        glfw.default_window_hints()
        for hint, value in _hints(visible):
            glfw.window_hint(hint, value)
        return glfw.create_window(*size, title, None, None)
    except glfw.GLFWError as error:
        if not _open:
            with suppress(glfw.GLFWError):
                glfw.terminate()
        raise GraphicsError(
            f"no window can be opened: {_reason(error)}.\n"
            "Start livemask on a desktop, or run it with --headless."
        ) from error


def _reason(error: Exception) -> str:
    # pyGLFW writes "(65550) b'X11: Failed to open display '".
    text = re.search(r"""b(['"])(.*)\1""", str(error))
    return text[2].strip() if text else str(error)


def _hints(visible: bool) -> list[tuple[int, int]]:
    hints = [
        (glfw.CONTEXT_VERSION_MAJOR, 3),
        (glfw.CONTEXT_VERSION_MINOR, 3),
        (glfw.OPENGL_PROFILE, glfw.OPENGL_CORE_PROFILE),
        (glfw.OPENGL_FORWARD_COMPAT, True),  # macOS insists
        (glfw.VISIBLE, visible),
        (glfw.SCALE_TO_MONITOR, True),
        (glfw.SAMPLES, 0),  # pictures arrive finished: they are copied, and not drawn, here
        (glfw.DEPTH_BITS, 0),
        (glfw.STENCIL_BITS, 0),
    ]
    # PyOpenGL speaks EGL on Linux (see opengl.py), and so must the window.
    return [*hints, (glfw.CONTEXT_CREATION_API, glfw.EGL_CONTEXT_API)] if LINUX else hints
