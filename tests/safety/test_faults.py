"""Whatever fails while a camera is shown: outputs are fed, frame by frame, and nobody is bare.

One run of a live source, in step with what comes out of it, in which one part after another
fails for some frames and works again.
"""

import logging
import threading
from collections import defaultdict

import numpy as np
import pytest

from livemask import app, plugins
from livemask.config import Config
from livemask.detectors import dlib68
from livemask.detectors.dlib68 import Dlib68
from livemask.errors import LivemaskError, SourceError
from livemask.records import Frame, Light, State
from livemask.render.renderer import Renderer
from livemask.tracking.smoothing import Smoother
from livemask.tracking.tracker import Tracker
from tests import drawn_film

RATE, PATIENCE = 25.0, 600
"""Pictures a second, and how often one is given again until a face is seen in it."""

FACE = np.s_[150:230, 190:290]
PARTS = (
    "tracking", "mask", "drawing", "reading back", "points", "smoothing", "light", "wish", "sink",
    "source", "search",
)  # fmt: skip
FAULTS = {what: range(4 + 8 * i, 8 + 8 * i) for i, what in enumerate(PARTS)}
FAULTS["search"] = range(90, 106)
FRAMES = 112
GONE = FAULTS["search"]  # so that it is searched for
PICTURES = drawn_film.pictures(FRAMES, GONE)


class FaultError(Exception):
    """What the test has fail."""


class Desk:
    """What is to fail by now, and what came out."""

    def __init__(self):
        self.index, self.seen, self.outputs = 0, False, []
        self.came, self.failed = threading.Event(), defaultdict(int)

    def go_on(self):
        """Go to the next picture; where nothing is to fail, once a face is seen in this one."""
        fails = any(self.index in frames for frames in (*FAULTS.values(), GONE))
        self.index += fails or self.seen

    def fails(self, what):
        """Tell whether something fails now."""
        return self.index in FAULTS[what]

    def check(self, what):
        if self.fails(what):
            self.failed[what] += 1
            raise FaultError(what)


class Camera:
    """Gives the next picture when the last one has come out; one again and again until ready."""

    size, rate, count, live, path = drawn_film.SIZE, RATE, None, True, None

    def __init__(self, desk):
        self._desk, self._given, self._closed = desk, 0, False

    def read(self):
        desk = self._desk
        desk.came.wait(5.0 if self._given else 0.0)
        desk.came.clear()
        desk.go_on()
        if self._closed or desk.index == FRAMES or self._given == PATIENCE:
            return None
        if desk.fails("source") and not desk.failed["source"]:
            desk.failed["source"] += 1
            desk.came.set()
            raise SourceError("the cable was pulled.")
        self._given += 1
        image = PICTURES[desk.index]
        image.flags.writeable = False
        return Frame(image, self._given / RATE, self._given)

    def close(self):
        self._closed = True


class Keeper:
    """An output that is kept in memory."""

    wants_pixels, capacity = True, 4

    def __init__(self, desk):
        self._desk = desk

    def send(self, output):
        desk = self._desk
        desk.outputs.append((desk.index, output))
        desk.seen = any(fit.state is State.TRACKED for fit in output.fits)
        desk.came.set()

    def close(self):
        pass


class Failing(Keeper):
    def send(self, _):
        self._desk.check("sink")


class Mask:
    """The shaded mask, but when it fails."""

    hides = True

    def __init__(self, desk):
        self._desk = desk
        self._mask = plugins.create("masks", "shaded,eyes=model,mouth=model")

    def layers(self, *given):
        self._desk.check("mask")
        return self._mask.layers(*given)


def before(monkeypatch, kind, method, do):
    """Have `do` called before a method."""
    former = getattr(kind, method)

    def called(self, *given, **named):
        do()
        return former(self, *given, **named)

    monkeypatch.setattr(kind, method, called)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Return what came out of the run, what was said, and what failed."""
    desk, said = Desk(), []
    with pytest.MonkeyPatch.context() as patch:
        before(patch, Tracker, "locate", lambda: desk.check("tracking"))
        before(patch, Renderer, "draw", lambda: desk.check("drawing"))
        before(patch, Renderer, "read", lambda: desk.check("reading back"))
        before(patch, Dlib68, "find", lambda: desk.check("search"))
        before(patch, Smoother, "smooth", lambda: desk.check("smoothing"))
        detect = Dlib68.detect

        def broken(self, *given, **named):
            points = detect(self, *given, **named)
            if points is None or not desk.fails("points"):
                return points
            desk.failed["points"] += 1
            return np.full_like(points, np.nan)

        patch.setattr(Dlib68, "detect", broken)
        patch.setattr("livemask.light.estimate.LightEstimate.update", light(desk))
        patch.setattr("livemask.sources.exchange.PAUSE", 0.01)
        patch.setattr(app, "open_any_source", lambda _: Camera(desk))
        connect = app._Run._connect

        def with_outputs(run):
            connect(run)
            run._outputs.add("kept", Keeper(desk))
            run._outputs.add("failing", Failing(desk))
            desk.run = run

        patch.setattr(app._Run, "_connect", with_outputs)
        handler = logging.Handler()
        handler.emit = lambda record: said.append(record.getMessage())
        logging.getLogger("livemask").addHandler(handler)

        def watch(*_):
            if desk.fails("wish") and not desk.failed["wish"]:
                desk.failed["wish"] += 1
                desk.run._track.change(lambda stage: stage.no_such_wish())

        try:
            table = tmp_path_factory.mktemp("faults") / "o.csv"
            config = Config(masks=("shaded",), headless=True, csv=table)
            with pytest.raises(LivemaskError, match="failed on the way"):
                app.run(config, watch, Mask(desk))
        finally:
            logging.getLogger("livemask").removeHandler(handler)
    return desk, "\n".join(said)


def light(desk):
    def update(self, *_):
        desk.check("light")
        return Light.default()

    return update


def test_every_part_has_failed(done):
    assert sorted(done[0].failed) == sorted(PARTS)


def test_outputs_get_a_picture_for_every_frame_of_the_camera(done):
    given = set(range(FRAMES)) - {FAULTS["source"].start}  # which never came
    assert {index for index, _ in done[0].outputs} == given
    assert all(output.image is not None for _, output in done[0].outputs)


def test_nobody_is_bare_in_any_of_them(done):
    looking = dlib68.create()
    for index, output in done[0].outputs:
        apart = np.abs(output.frame.image.astype(int) - output.image)[FACE].mean()
        assert apart > 4.0 or not looking.find(output.image), index


def test_the_mask_is_back_after_each_failure(done):
    masked = {
        index
        for index, output in done[0].outputs
        if any(fit.state is State.TRACKED for fit in output.fits)
    }
    for what, frames in FAULTS.items():
        assert frames.stop in masked, what


@pytest.mark.parametrize(
    "line",
    [
        "the tracking or a mask failed: FaultError: tracking. The picture is blurred",
        "the tracking or a mask failed: FaultError: mask. The picture is blurred",
        "drawing failed: FaultError: drawing. The picture is blurred",
        "drawing failed: FaultError: reading back. The picture is blurred",
        "what was asked for failed: AttributeError",
        "failing has ended, the rest goes on: sink",
        "the cable was pulled. It is opened again.",
    ],
)
def test_each_is_said_once(done, line):
    assert done[1].count(line) == 1
