"""Runs livemask in a window and uses its panel, within a virtual screen (see test_session).

`python -m tests.panel.session FOLDER`: prints what happened.
"""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import cv2

from livemask import app, cli

PATIENCE = 60.0  # s, for a first start that compiles on a busy machine


def xdo(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True)


def until(there):
    """Wait for something; return it, or what is there instead in the end."""
    deadline = time.monotonic() + PATIENCE
    while not (found := there()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


class User:
    """Somebody at the screen."""

    def __init__(self, run):
        self.run, self.controls = run, run._controls
        until(lambda: self.run._panel and self.places)
        until(lambda: not self.run._track.doing and self.run._statistics.frames > 2)

    @property
    def places(self):
        return self.run._panel.places

    def point(self, name):
        box = until(lambda: self._settled(name))
        xdo("mousemove", *(round(v) for v in box.middle))

    def _settled(self, name):
        """Return where something is once it stays there: a page that opens takes some drawings."""
        box = self.places.get(name)
        time.sleep(0.8)
        return box if box == self.places.get(name) else None

    def click(self, name):
        self.point(name)
        time.sleep(0.4)  # as hands do
        xdo("click", 1)

    def clear(self):
        xdo("key", "ctrl+a")
        xdo("key", "BackSpace")


def use(user, folder):
    """Do what a user does; return what came of it."""
    controls, found = user.controls, {}
    user.click("search")
    until(lambda: user.run._panel._screen.typing)
    xdo("type", "--delay", "40", "mpb")  # three hot keys
    until(lambda: "mask clay" not in user.places)
    found["typed"] = [controls.picture.mirrored, controls.picture.veiled, controls.panel]
    user.clear()
    xdo("type", "--delay", "40", "gold")
    until(lambda: user.run._panel._screen.ui.texts.get("search") == "gold")
    user.click("mask gold")
    until(lambda: controls.worn == ("gold",))
    found["worn"] = list(controls.worn)
    found |= record(user, folder)
    user.click("page outputs")
    screen = user.run._panel._screen
    until(lambda: not screen.typing)
    user.click("where recorder")
    until(lambda: screen.typing)
    xdo("type", "--delay", "40", "/proc/a.mp4")
    until(lambda: screen.ui.texts.get("where recorder") == "/proc/a.mp4")
    user.click("output recorder")
    until(lambda: controls.messages.shown)
    found["card"] = [message.text for message in controls.messages.shown]
    user.click("dismiss 0")
    until(lambda: not controls.messages.shown)
    xdo("key", "p")
    until(lambda: not controls.panel)
    found["hidden"] = not controls.panel
    return found


def record(user, folder):
    user.click("record")
    until(lambda: user.controls.outputs.is_on("recorder"))
    films = until(lambda: list(folder.glob("*.mp4")))
    sizes = [films[0].stat().st_size]
    until(lambda: films[0].stat().st_size > sizes[0])
    told = user.controls.outputs.states["recorder"].detail
    sizes.append(films[0].stat().st_size)
    user.click("record")
    until(lambda: user.controls.outputs.states["recorder"].condition == "off")
    return {"sizes": sizes, "told": told, "film": str(films[0])}


def compare():
    """Draw the same scenes for outputs, with a panel and all views over the window and without."""
    from livemask.controls import Controls
    from livemask.panel.panel import Panel
    from livemask.render.window import Window
    from livemask.render_stage import RenderStage
    from livemask.statistics import Statistics
    from tests.heads import shipped
    from tests.panel.conftest import scene

    made, pictures = scene(), {}
    for covered in (True, False):
        controls = Controls(("toon",), lambda masks: masks, lambda _: None)
        window, statistics = Window("compared", (1280, 720)), Statistics()
        stage = RenderStage(shipped, statistics, window=window)
        if covered:
            stage.cover = Panel(controls, window, statistics, shipped)
        pictures[covered] = [stage(made).image]
        if covered:
            stage.cover._screen.overlay.shown |= {"landmarks", "mesh", "region", "axes"}
        pictures[covered] += [stage(made).image for _ in range(4)]
        stage.close()
        controls.close()
        window.close()
    pairs = list(zip(pictures[True], pictures[False], strict=True))
    return {"pictures": len(pairs), "differing": sum(bool((a != b).any()) for a, b in pairs)}


def main(folder):
    os.chdir(folder)
    runs, found = [], {}
    made = app._Run.__init__

    def init(run, *given):
        made(run, *given)
        runs.append(run)

    app._Run.__init__ = init

    def drive():
        user = User(until(lambda: runs and runs[0]))
        try:
            found.update(use(user, folder))
        except Exception as error:
            found["failure"] = repr(error)
        xdo("key", "Escape")
        time.sleep(5.0)
        user.run._pipeline.stop()  # if the key did not

    driver = threading.Thread(target=drive, daemon=True)
    driver.start()
    from livemask.config import Config
    from livemask.performer import Performer

    performer = Performer(size=(640, 360))
    picture = cv2.cvtColor(performer.read().image, cv2.COLOR_RGB2BGR)
    performer.close()
    cv2.imwrite("still.png", picture)
    started = time.monotonic()
    app.run(Config(source="still.png", masks=("clay",)))
    found["seconds"] = time.monotonic() - started
    found |= compare()
    found["threads"] = [
        t.name for t in threading.enumerate() if t not in (driver, threading.main_thread())
    ]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    cli.set_environment()
    main(Path(sys.argv[1]))
