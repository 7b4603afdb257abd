"""How much of a core a run takes while its window is minimised and no output is on.

    xvfb-run -a -s "-screen 0 1280x800x24" python -m benchmarks.idle [--seconds N] [--size WxH]

A camera is played that gives JPEG pictures, as most do: emptying it costs nothing but a wait,
retrieving a picture has it decoded. Minimised is what the window is told, since a virtual screen
has nothing that could minimise it.
"""

import argparse
import threading
import time
from unittest.mock import patch

import cv2
import numpy as np

from livemask import app
from livemask.cli import set_environment
from livemask.config import Config
from livemask.sources.camera import CameraSource

RATE = 30.0


class JpegCamera:
    """A `cv2.VideoCapture` of one JPEG picture, over and over."""

    def __init__(self, image: np.ndarray) -> None:
        self._bytes, self._due = cv2.imencode(".jpg", image)[1], time.perf_counter()
        self.grabbed = self.decoded = 0

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Return that it works."""
        return True

    def set(self, *_: object) -> bool:
        """Take a setting."""
        return True

    def get(self, key: int) -> float:
        """Return the rate."""
        return RATE if key == cv2.CAP_PROP_FPS else 0.0

    def grab(self) -> bool:
        """Wait for the next picture."""
        self._due = max(self._due + 1.0 / RATE, time.perf_counter())
        time.sleep(max(0.0, self._due - time.perf_counter()))
        self.grabbed += 1
        return True

    def retrieve(self) -> tuple[bool, np.ndarray]:
        """Decode it."""
        self.decoded += 1
        return True, cv2.imdecode(self._bytes, cv2.IMREAD_COLOR)

    def release(self) -> None:
        """Let go."""


def performed(size: tuple[int, int]) -> np.ndarray:
    """Return a picture of the performer, BGR."""
    from livemask.performer import Performer

    performer = Performer(size=size)
    image = performer.read().image
    performer.close()
    return cv2.cvtColor(image, cv2.COLOR_RGB2BGR)


def watch(runs: list, camera: JpegCamera, seconds: float, told: dict) -> None:
    """Measure the run while it is seen, while it idles, and how soon it wakes."""
    while not runs or runs[0]._track.doing or runs[0]._statistics.frames < 30:
        time.sleep(0.1)
    run = runs[0]
    for name, minimised in (("seen", False), ("idle", True)):
        run._render.window._minimised = minimised
        time.sleep(1.0)
        began, decoded, frames = time.process_time(), camera.decoded, run._statistics.frames
        time.sleep(seconds)
        share = (time.process_time() - began) / seconds
        told[name] = share, camera.decoded - decoded, run._statistics.frames - frames
    frames, began = run._statistics.frames, time.perf_counter()
    run._render.window._minimised = False
    while run._statistics.frames == frames:
        time.sleep(0.001)
    told["woke"] = time.perf_counter() - began
    run._pipeline.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--size", default="1280x720")
    asked = parser.parse_args()
    set_environment()
    size = tuple(map(int, asked.size.split("x")))
    camera, runs, told = JpegCamera(performed(size)), [], {}
    made = app._Run.__init__

    def init(run: object, *given: object) -> None:
        made(run, *given)
        runs.append(run)

    source = CameraSource(capture=lambda *_: camera)
    threading.Thread(target=watch, args=(runs, camera, asked.seconds, told), daemon=True).start()
    with (
        patch.object(app, "open_any_source", lambda _: source),
        patch.object(app._Run, "__init__", init),
    ):
        app.run(Config(masks=("clay",)))
    for name in ("seen", "idle"):
        share, decoded, frames = told[name]
        print(f"{name}: {share:.1%} of a core, {decoded} pictures decoded, {frames} drawn")
    print(f"drawn again {1000.0 * told['woke']:.0f} ms after it was restored")


if __name__ == "__main__":
    main()
