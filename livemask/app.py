"""Makes the stages and runs the main loop; the only module that knows them all."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2

from livemask import plugins
from livemask.config import Config
from livemask.controls import Controls
from livemask.outputs import Outputs
from livemask.pipeline import Pipeline, Slot, Target
from livemask.reader import Reader
from livemask.render_stage import RenderStage
from livemask.safety.hindsight import Hindsight
from livemask.safety.losing import may_be_late
from livemask.signals import stop_on_signals
from livemask.sources.choose import open_source
from livemask.sources.recorded import RecordedSource
from livemask.start.preparing import Pictures, Preparation
from livemask.start.replaying import Replaying
from livemask.start.starting import Starting
from livemask.start.wanted import outputs_are_free, wanted_outputs
from livemask.statistics import Statistics
from livemask.wardrobe import Mask, Wardrobe, will_hide

LOG = logging.getLogger("livemask")

Watch = Callable[[int, int | None, str], None]
"""Told how many frames have been read, of how many if that is known, and what is being done
meanwhile: empty as soon as faces can be masked."""


PARADE = ("textured", "watermelon", "wireframe", "shaded", "landmarks")
PARADE_SECONDS = 2.0
"""What the demo shows, and for how long each."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run: `Statistics.summary`."""

    frames: int
    tracked: int
    fps: float | None


def open_any_source(config: Config) -> Any:
    """Return the source that `config.source` names: the performer, a camera or a file."""
    if config.replay is not None:
        return RecordedSource(config.replay)
    # Not yet parsed: the name of a film may hold commas.
    if config.source.partition(",")[0].strip() != "performer":
        return open_source(config.source, size=config.size, fps=config.fps)
    from livemask.performer import Performer

    name, options = plugins.parse(config.source)
    given: dict[str, Any] = {"size": config.size or (1280, 720)}
    if config.fps is not None:
        given["rate"] = config.fps
    return Performer(**given | plugins.typed(Performer, name, options))


def run(
    config: Config,
    watch: Watch | None = None,
    mask: Mask | None = None,
    tell: Callable[[str], object] | None = None,
) -> Summary:
    """Do what `config` asks for, until the source ends, the window closes or a signal comes.

    Must be called in the main thread if there is a window. `watch` is called there, often.
    A `mask` given is worn instead of the one that `config` names. `tell` is told at which
    address the picture is, if anywhere.

    Raises
    ------
    LivemaskError
        The first thing that went wrong; all files are finished by then.
    """
    cv2.setNumThreads(1)  # its threads stand in the way of the stages'
    with ExitStack() as stack:
        return _Run(config, stack, mask, tell).go(watch)


def demo(config: Config, watch: Watch | None = None, *, parade: bool = True) -> Summary:
    """Film the performer; with `parade` wearing one mask after the other."""
    if not parade:
        return run(config, watch)
    from livemask.parade import Parade

    worn = [plugins.create("masks", name) for name in PARADE]
    return run(config, watch, Parade(worn, PARADE_SECONDS))


class _Run:
    """The stages of one run, and what its keys change."""

    def __init__(
        self,
        config: Config,
        stack: ExitStack,
        mask: Mask | None,
        tell: Callable[[str], object] | None,
    ) -> None:
        self._config = config
        self._statistics = Statistics()
        outputs_are_free(config)
        hides = will_hide(config.masks) if mask is None else mask.hides
        prepare = Preparation if config.replay is None else Replaying
        self._prepare = prepare(config, self._statistics, mask)
        self._controls = Controls(config.masks, self._prepare.dress, self._wear)
        opened: Future[Pictures] = Future()
        make = partial(self._prepare, opened.result)
        self._track = stack.enter_context(
            closing(Starting(make, hides=hides, replaced=self._config.showing.replaces))
        )
        self._source = stack.enter_context(closing(self._open_source(opened)))
        self._live: bool = self._source.live
        if not self._live:  # of a film, no frame may pass before all is ready
            self._track.wait()
        self._pipeline = Pipeline(timed=self._statistics.add)
        self._outputs = Outputs(
            self._pipeline,
            waits=not self._live,
            watched=not config.headless,
            changed=self._ask_outputs,
        )
        stack.callback(self._outputs.release)
        self._render = RenderStage(lambda: self._prepare.model, self._statistics)
        self._render.mirrored = self._live
        for name, given in wanted_outputs(config, self._source, self._controls, tell):
            self._outputs.start(name, **given)
        self._ask_outputs()
        if not config.headless:
            self._render.window = stack.enter_context(closing(self._open()))
        self._reader = Reader(self._source, config.frames, watched=config.is_watched)

    def go(self, watch: Watch | None) -> Summary:
        """Run to the end."""
        self._connect()
        try:
            with stop_on_signals(self._pipeline.stop):
                self._pipeline.run_until_done(lambda: self._poll(watch))
        finally:
            dropped = {name: slot.dropped for name, slot in self._slots.items()}
            dropped |= {name: state.dropped for name, state in self._outputs.states.items()}
            for name, count in dropped.items():
                self._statistics.dropped(name, count)
            if self._config.stats is not None:
                self._statistics.write(self._config.stats)
        summary = self._statistics.summary()
        frames = summary["frames"]
        if frames["total"] and not frames["tracked"]:
            LOG.warning("no face was found in any of the %d frames.", frames["total"])
        self._outputs.complain()
        return Summary(frames["total"], frames["tracked"], summary["fps"])

    def _open_source(self, opened: Future[Pictures]) -> Any:
        """Return the source, and let those who wait for it know what it gives."""
        try:
            source = open_any_source(self._config)
        except BaseException as error:
            opened.set_exception(error)
            raise
        opened.set_result(Pictures(source.size, source.live))
        return source

    def _ask_outputs(self) -> None:
        """Draw what outputs want from now on."""
        transparent = self._config.background == "transparent"
        self._render.alpha = transparent and self._outputs.alpha
        self._render.pixels = self._outputs.pixels

    def _open(self) -> Any:
        from livemask.render.window import Window

        width, height = self._source.size
        scale = min(1.0, 1280 / width, 800 / height)
        size = round(width * scale), round(height * scale)
        return Window("livemask", size, vsync=not self._outputs.states)

    def _connect(self) -> None:
        """Join the stages: live, a late one drops frames; from a file it makes others wait."""
        waits = not self._live
        frames: Slot[Any] = Slot(capacity=4 if waits else 1, blocking=waits)
        scenes: Slot[Any] = Slot(capacity=4 if waits else 1, blocking=waits)
        self._slots = {"track": frames, "render": scenes}
        self._pipeline.stage("read", self._reader, targets=(frames,), wake=self._source.close)
        late = waits and may_be_late(self._config.people, hides=will_hide(self._config.masks))
        behind: Target = Hindsight(scenes) if late else scenes
        self._pipeline.stage("track", self._track, frames, (behind,))
        self._pipeline.stage(
            "render", self._render, scenes, (self._outputs,), close=self._render.close
        )

    def _poll(self, watch: Watch | None) -> None:
        """Do what the window's keys say, and tell how far it is."""
        if self._statistics.frames:
            self._prepare.shown.set()
        doing = self._track.doing
        if watch is not None:
            watch(self._reader.read_frames, self._reader.total, doing)
        if self._render.window is None:
            return
        self._render.window.title = f"livemask: {doing}..." if doing else "livemask"
        self._render.window.poll()
        for key in self._render.window.keys():  # noqa: SIM118 - no mapping
            self._press(key)
        if self._render.window.should_close:
            self._pipeline.stop()

    def _press(self, key: str) -> None:
        if key == "escape":
            self._pipeline.stop()
        elif key == "tab":
            self._controls.step(1)
        elif key == "m":
            self._render.mirrored = not self._render.mirrored

    def _wear(self, wardrobe: Wardrobe) -> None:
        self._track.wardrobe = wardrobe
