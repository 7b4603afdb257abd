"""Opens a window, uses it as a person and a render thread would, and reports what happened.

Run by `test_window.py` in a process of its own, on a display of its own:
`python -m tests.render.window_session SCREEN REPORT`, where SCREEN is the file in which Xvfb
keeps its screen. Writes REPORT.json, and REPORT_*.png with what was on the screen.
"""

import json
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import cv2
import glfw
import numpy as np

from livemask.records import Camera, Material, Mesh, UInt8
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.render.window import Window
from tests.render import shapes

SIZE = (401, 263)


def scene():
    vertices, triangles, normals, _ = shapes.sphere()
    alpha = np.clip((vertices[:, 2] + 10) / 50, 0, 1).astype(np.float32)
    camera = Camera.from_field_of_view(SIZE)
    pose = shapes.at(20, 10, -330, (0.2, -0.7, 0.1))
    look = Material(colour=(0.7, 0.4, 0.3), specular=0.5)
    return shapes.scene(
        shapes.waves(*SIZE), Mesh(vertices, triangles, normals, camera, pose, look, alpha=alpha)
    )


def screen(file: Path) -> UInt8:
    """Return what Xvfb shows, from its screen file in the X window dump format (XWDFile.h)."""
    data = file.read_bytes()
    header = struct.unpack(">25I", data[:100])
    start, width, height, stride, colours = header[0], *header[4:6], header[12], header[19]
    pixels = np.frombuffer(data, np.uint8, stride * height, start + 12 * colours)
    return pixels.reshape(height, stride // 4, 4)[:, :width, 2::-1]  # BGRX in memory


class Screen:
    """The part of the screen that a window covers."""

    def __init__(self, window: Window, file: Path) -> None:
        self._window, self._file = window, file

    def shot(self) -> UInt8:
        left, top = glfw.get_window_pos(self._window._handle)
        width, height = self._window.framebuffer_size
        return screen(self._file)[top : top + height, left : left + width]


class RenderThread(threading.Thread):
    """Owns the window's context and shows the scene again and again."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self.mirrored = False
        self.going = True
        self.frames = 0
        self.failure = ""

    def run(self) -> None:
        try:
            self._window.make_current()
            renderer = Renderer(self._window)
            while self.going:
                renderer.draw(scene())
                renderer.present(self._window.framebuffer_size, self.mirrored)
                self._window.swap()
                self.frames += 1
            renderer.close()
            self._window.release_current()
        except Exception as error:  # the main thread reports it
            self.failure = repr(error)


def until(window: Window, condition) -> None:
    """Poll until `condition`, for 10 s at most: what is then still wrong fails a test."""
    end = time.monotonic() + 10
    while time.monotonic() < end and not condition():
        window.poll(0.02)


def some_frames(window: Window, thread: RenderThread) -> None:
    start = thread.frames
    until(window, lambda: thread.frames > start + 3 or thread.failure)


def press(window: Window, *keys: str) -> list[str]:
    subprocess.run(["xdotool", "key", *keys], check=True)
    found: list[str] = []
    until(window, lambda: found.extend(window.keys()) or len(found) >= len(keys))
    return found


def session(window: Window, file: Path, report: Path) -> dict[str, object]:
    shot = Screen(window, file).shot
    facts: dict[str, object] = {"description": window.description}
    thread = RenderThread(window)
    thread.start()
    try:
        some_frames(window, thread)
        save(report, "as_drawn", shot())
        facts["keys"] = press(window, "Escape", "Tab", "m", "space")
        facts["keys_again"] = window.keys()
        thread.mirrored = True
        some_frames(window, thread)
        save(report, "mirrored", shot())
        glfw.set_window_size(window._handle, 700, 263)
        until(window, lambda: window.framebuffer_size == (700, 263))
        facts["resized_to"] = window.framebuffer_size
        some_frames(window, thread)
        some_frames(window, thread)
        save(report, "resized", shot())
        facts["should_close_before"] = window.should_close
        # Without a window manager nobody can click the cross; this is what GLFW does then.
        glfw.set_window_should_close(window._handle, True)
        facts["should_close_after"] = window.should_close
        facts["closing"] = [window.closing(), window.closing()]
    finally:
        thread.going = False
        thread.join()
    return facts | {"frames": thread.frames, "failure": thread.failure}


def save(report: Path, name: str, picture: UInt8) -> None:
    cv2.imwrite(f"{report}_{name}.png", picture[..., ::-1])


def main() -> None:
    file, report = Path(sys.argv[1]), Path(sys.argv[2])
    window = Window("livemask test", SIZE)
    facts = session(window, file, report)
    window.close()
    window.close()
    with offscreen() as context:  # the same process, afterwards
        renderer = Renderer(context)
        save(report, "offscreen", renderer.render(scene()))
        renderer.close()
    hidden = Window("livemask test", (8, 8), visible=False)  # GLFW starts a second time
    facts["again"] = hidden.description
    hidden.close()
    Path(f"{report}.json").write_text(json.dumps(facts), "utf-8")


if __name__ == "__main__":
    main()
