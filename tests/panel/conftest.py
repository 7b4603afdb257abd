"""A panel without a window: events are made up, and what it draws is read back."""

from collections import deque

import numpy as np
import pytest

from livemask.controls import Controls
from livemask.controls.acquaintance import Acquaintance
from livemask.controls.controls import Parts
from livemask.controls.following import Following
from livemask.controls.picture import Picture
from livemask.controls.switches import Switches
from livemask.errors import SinkError
from livemask.geometry import rigid
from livemask.outputs import Condition, OutputState
from livemask.records import Camera, Fit, Frame, Light, Scene, State
from livemask.render.context import offscreen
from livemask.statistics import Statistics
from tests.heads import shipped

SIZE = 1280, 720


class FakeOutputs:
    """Outputs that are only noted; one of them cannot be opened."""

    def __init__(self):
        self.states, self.started = {}, []

    def start(self, name, **given):
        if str(given.get("file", "")).startswith("/nowhere"):
            raise SinkError("the folder /nowhere does not exist; make it, or name another file.")
        self.started.append((name, given))
        self.states[name] = OutputState(Condition.ON, seconds=34.0, detail="0:34, 12.0 MB")

    def stop(self, name):
        self.states[name] = OutputState(Condition.OFF)


class Driven:
    """A panel, and somebody who uses it."""

    def __init__(self, scale=1.0):
        from livemask.panel.screen import Screen  # it loads OpenGL

        self.events, self.scale = deque(), scale
        self.size = round(SIZE[0] * scale), round(SIZE[1] * scale)
        self.outputs, self.worn, self.shown, self.followed = FakeOutputs(), [], [], []
        parts = Parts(
            picture=Picture(show=self.shown.append),
            outputs=Switches(self.outputs),
            following=Following(None, self.followed.append),
            acquaintance=Acquaintance(
                None, self.followed.append, lambda: self.followed.append("anew")
            ),
        )
        self.controls = Controls(("toon",), lambda masks: masks, self.worn.append, parts)
        self.context = offscreen()
        self.context.make_current()
        self.statistics = Statistics()
        self.screen = Screen(self.controls, self.statistics)
        self.scene = scene()
        self.screen.overlay.model = shipped()
        self.controls.errands.wait()
        self.look(12)

    def look(self, times=4):
        """Let some frames pass, and errands be done."""
        self.controls.errands.wait()
        for _ in range(times):
            self.events.append(("letter", (0,)))  # a reason to draw
            self.screen.update(self.scene, self.size, self)

    @property
    def places(self):
        return self.screen.ui.places

    def point(self, name, share=0.5):
        box = self.places[name]
        x = box.left + share * (box.right - box.left)
        self.events.append(("pointer", (x, box.middle[1])))
        self.look(2)

    def click(self, name, share=0.5):
        self.point(name, share)
        for down in (True, False):
            self.events.append(("button", (0, down)))
            self.look(2)
        self.look()

    def scroll(self, over, turns):
        self.point(over)
        for _ in range(abs(turns)):
            self.events.append(("scroll", (0.0, -1.0 if turns > 0 else 1.0)))
            self.look(2)
        self.look()

    def type(self, text):
        for letter in text:
            self.events.append(("letter", (ord(letter),)))
        self.look()

    def press(self, key, held=()):
        for down in (True, False):
            self.events.append(("key", (key, down, held)))
            self.look(2)

    def picture(self):
        return self.screen.picture(self.size)[..., :3].astype(int)

    def close(self):
        self.controls.close()
        self.screen.release()
        self.context.close()


def scene():
    camera, model = Camera.from_field_of_view((640, 360)), shipped()
    pose = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
    zeros = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    fit = Fit(0, camera, pose, *zeros, residual=1.0, confidence=1.0, state=State.TRACKED)
    image = np.random.default_rng(0).integers(0, 256, (360, 640, 3), np.uint8)
    return Scene(Frame(image, 0.0, 0), (fit,), (), Light.default())


@pytest.fixture
def panel():
    driven = Driven()
    yield driven
    driven.close()
