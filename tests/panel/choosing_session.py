"""Chooses one of two people with a real pointer, within a virtual screen (see test_choosing).

`python -m tests.panel.choosing_session FOLDER`: prints what happened.
"""

import json
import os
import sys
import threading
from pathlib import Path

import cv2
import numpy as np

from livemask import app, cli
from tests.panel.session import until, xdo


class User:
    """Somebody who points at things and clicks."""

    def __init__(self, run):
        self.run, self.controls = run, run._controls
        until(lambda: run._panel and self.places)
        until(lambda: not run._track.doing and run._statistics.frames > 2)

    @property
    def places(self):
        return self.run._panel.places

    def click(self, name):
        box = until(lambda: self.places.get(name))
        xdo("mousemove", *(round(v) for v in box.middle))
        xdo("click", 1)


def pair():
    """Return a picture (h, w, 3) BGR of two performers side by side."""
    from livemask.performer import Performer

    halves = []
    for seed in (0, 3):
        performer = Performer(size=(480, 360), seed=seed)
        halves.append(performer.read().image)
        performer.close()
    return cv2.cvtColor(np.hstack(halves), cv2.COLOR_RGB2BGR)


def use(user, scenes):
    """Choose the other face, in the picture and in its mirror image; return what came of it."""

    def wait_for(face):
        """Wait until only that face is followed; return who was in all scenes since the click."""
        until(lambda: scenes and scenes[-1]["fits"] == [face])
        later = len(scenes) + 5
        until(lambda: len(scenes) > later)
        return scenes[start:]

    user.click("page people")
    until(lambda: {"face 0", "face 1"} <= user.places.keys())
    places = {name: user.places[name].middle for name in ("face 0", "face 1")}
    start = len(scenes)
    user.click("face 1")
    found = {"places": places, "clicked": wait_for(1)}
    xdo("key", "m")
    x = user.places["face 0"].middle[0]
    until(lambda: abs(user.places["face 0"].middle[0] - x) > 50.0)
    start = len(scenes)
    user.click("face 0")
    found["mirrored"] = wait_for(0)
    found["people"] = [user.controls.company.people.choice, user.controls.company.people.others]
    return found


def watched(scenes):
    """Have a line about every scene that is drawn put into `scenes`."""
    drawn = app.RenderStage.__call__

    def call(stage, scene):
        scenes.append({"fits": [f.id for f in scene.fits], "layers": len(scene.layers)})
        return drawn(stage, scene)

    app.RenderStage.__call__ = call


def main(folder):
    os.chdir(folder)
    runs, scenes, found = [], [], {}
    made = app._Run.__init__

    def init(run, *given):
        made(run, *given)
        runs.append(run)

    app._Run.__init__ = init
    watched(scenes)

    def drive():
        try:
            user = User(until(lambda: runs and runs[0]))
            found.update(use(user, scenes))
        except Exception as error:
            found["failure"] = repr(error)
        runs[0]._pipeline.stop()

    driver = threading.Thread(target=drive, daemon=True)
    driver.start()
    from livemask.config import Config

    cv2.imwrite("pair.png", pair())
    app.run(Config(source="pair.png", masks=("clay",)))
    driver.join(5.0)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    cli.set_environment()
    main(Path(sys.argv[1]))
