"""Runs livemask in a window and uses its panel, within a virtual screen (see test_session).

`python -m tests.panel.session FOLDER`: writes what happened to FOLDER/found.json.
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
    def screen(self):
        return self.run._panel._screen

    @property
    def places(self):
        return self.run._panel.places

    def look(self, times):
        """Wait until the panel has been drawn so many times more."""
        before = self.screen.drawings
        until(lambda: self.screen.drawings >= before + times)

    def point(self, name):
        box = until(lambda: self._settled(name))
        xdo("mousemove", *(round(v) for v in box.middle))

    def _settled(self, name):
        """Return where something is once it stays there: a page that opens takes some drawings."""
        box = self.places.get(name)
        self.look(3)
        return box if box == self.places.get(name) else None

    def click(self, name):
        self.point(name)
        self.look(2)
        xdo("click", 1)

    def write(self, name, text):
        """Type into a field that has been clicked."""
        until(lambda: self.screen.typing)
        xdo("type", "--delay", "40", text)
        until(lambda: self.screen.ui.texts.get(name) == text)

    def clear(self):
        xdo("key", "ctrl+a")
        xdo("key", "BackSpace")


def use(user, folder):
    """Do what a user does; return what came of it."""
    controls, found = user.controls, {}
    user.click("search")
    user.write("search", "mpb")  # three hot keys
    until(lambda: "mask clay" not in user.places)
    found["typed"] = [controls.picture.mirrored, controls.picture.veiled, controls.panel]
    user.clear()
    user.write("search", "gold")
    user.click("mask gold")
    until(lambda: controls.worn == ("gold",))
    found["worn"] = list(controls.worn)
    found |= record(user, folder)
    user.click("page outputs")
    until(lambda: not user.screen.typing)
    user.click("where recorder")
    user.write("where recorder", "/proc/a.mp4")
    user.click("output recorder")
    until(lambda: controls.messages.shown)
    found["card"] = [message.text for message in controls.messages.shown]
    user.click("dismiss 0")
    until(lambda: not controls.messages.shown)
    until(lambda: not user.screen.typing)
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


def watched():
    """Have runs and drawings noted; return the runs."""
    from livemask.panel.screen import Screen

    runs, made, build = [], app._Run.__init__, Screen._build

    def init(run, *given):
        made(run, *given)
        runs.append(run)

    def draw(screen, *given):
        build(screen, *given)
        screen.drawings += 1

    app._Run.__init__, Screen._build, Screen.drawings = init, draw, 0
    return runs


def photo():
    """Write a picture of the performer."""
    from livemask.performer import Performer

    performer = Performer(size=(640, 360))
    picture = cv2.cvtColor(performer.read().image, cv2.COLOR_RGB2BGR)
    performer.close()
    cv2.imwrite("still.png", picture)


def main(folder):
    os.chdir(folder)
    photo()
    runs, found, over = watched(), {}, threading.Event()

    def drive():
        user = User(until(lambda: runs and runs[0]))
        try:
            found.update(use(user, folder))
        except Exception as error:
            found["failure"] = repr(error)
        xdo("key", "Escape")
        found["quit"] = over.wait(PATIENCE)
        user.run._pipeline.stop()

    driver = threading.Thread(target=drive, daemon=True)
    driver.start()
    sys.argv = ["livemask", "run", "--source", "still.png", "--mask", "clay"]
    cli.main()
    over.set()
    driver.join()
    found |= compare()
    found["threads"] = [t.name for t in threading.enumerate() if t is not threading.main_thread()]
    (folder / "found.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
