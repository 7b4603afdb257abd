"""Draws into a window under a panel that fails; reports what outputs and window got.

Run by `test_cover.py` on a display of its own: `python -m tests.render.cover_session FOLDER`.
"""

import json
import sys
from pathlib import Path

import cv2
import numpy as np

from livemask.records import Camera, Material, Mesh
from livemask.render.opengl import GL
from livemask.render.window import Window
from livemask.render_stage import RenderStage
from livemask.statistics import Statistics
from tests.render import shapes

SIZE = 640, 360
WHEN = ("meshes", "drawing them", "room", "draw", "release")


class Panel:
    """Fails at one thing, and leaves OpenGL in disorder when it draws."""

    def __init__(self, fails):
        self._fails, self.calls = fails, 0

    def _do(self, what):
        self.calls += 1
        if what == self._fails:
            raise ZeroDivisionError(f"{what} of the panel")

    def meshes(self, _):
        self._do("meshes")
        broken = Mesh(*[np.zeros((1, 3), np.float32)] * 3, None, None, None)
        return (broken,) if self._fails == "drawing them" else ()

    def room(self, size):
        self._do("room")
        return 0, 0, *size

    def draw(self, _, __):
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(0, 0, 3, 3)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ZERO, GL.GL_ZERO)
        GL.glViewport(0, 0, 7, 7)
        GL.glUseProgram(0)
        GL.glBindVertexArray(0)
        GL.glActiveTexture(GL.GL_TEXTURE3)
        self._do("draw")
        if self._fails == "release":
            raise ZeroDivisionError

    def release(self):
        self._do("release")


def scene():
    vertices, triangles, normals, _ = shapes.sphere()
    camera, pose = Camera.from_field_of_view(SIZE), shapes.at(20, 10, -330, (0.2, -0.7, 0.1))
    look = Material(colour=(0.7, 0.4, 0.3), specular=0.5)
    mesh = Mesh(vertices, triangles, normals, camera, pose, look)
    return shapes.scene(shapes.waves(*SIZE), mesh)


def seen(window):
    """Return what was drawn into the window, before it is shown, (h, w, 3) BGR."""
    width, height = window.framebuffer_size
    GL.glBindFramebuffer(GL.GL_READ_FRAMEBUFFER, 0)
    data = GL.glReadPixels(0, 0, width, height, GL.GL_BGR, GL.GL_UNSIGNED_BYTE)
    return np.frombuffer(data, np.uint8).reshape(height, width, 3)[::-1]


def pictures(panel=None):
    """Return three pictures of outputs, and what was in the window last."""
    window, shown = Window("covered", (800, 500)), []
    swap = window.swap
    window.swap = lambda: (shown.append(seen(window)), swap())
    stage = RenderStage(lambda: None, Statistics(), window=window)
    if panel is not None:
        stage.cover = panel
    made = [stage(scene()).image for _ in range(3)]
    gone = stage.cover is None
    stage.close()
    window.close()
    return made, shown[-1], gone


def main(folder):
    plain, uncovered, _ = pictures()
    cv2.imwrite(str(folder / "uncovered.png"), uncovered)
    report = {}
    for fails in WHEN:
        panel = Panel(fails)
        made, shown, gone = pictures(panel)
        cv2.imwrite(str(folder / f"{fails}.png"), shown)
        same = [bool((a == b).all()) for a, b in zip(made, plain, strict=True)]
        report[fails] = {"same": same, "gone": gone, "calls": panel.calls}
    print(json.dumps(report))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
