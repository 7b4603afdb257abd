"""Makes the stages and runs the main loop; the only module that knows them all."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import cv2

from livemask import plugins
from livemask.config import Config
from livemask.controls import Controls
from livemask.controls.controls import Parts
from livemask.controls.picture import Picture
from livemask.controls.quality import Quality
from livemask.controls.switches import Switches
from livemask.heap import Trimming
from livemask.outputs import Outputs
from livemask.pipeline import Pipeline, Slot, Target
from livemask.quality import Level
from livemask.reader import Reader
from livemask.render_stage import RenderStage
from livemask.safety.guard import Guard, fulfil
from livemask.safety.hindsight import Hindsight
from livemask.settings.changes import changes
from livemask.showing import Showing
from livemask.signals import stop_on_signals
from livemask.sources.exchange import Exchange
from livemask.start.backdrop import backdrop
from livemask.start.covering import cover, window_for
from livemask.start.idling import Idling
from livemask.start.looking import cameras
from livemask.start.offering import about_faces
from livemask.start.playing import open_any_source
from livemask.start.preparing import Pictures, Preparation
from livemask.start.replaying import Replaying
from livemask.start.standby import Standby, drawn_by
from livemask.start.starting import Starting
from livemask.start.steering import Steering
from livemask.start.wanted import Tell, outputs_are_free, played, wanted_outputs
from livemask.statistics import Statistics
from livemask.wardrobe import Mask, Wardrobe, will_hide

LOG = logging.getLogger("livemask")

Watch = Callable[[int, int | None, str], None]
"""Told how many frames have been read, of how many if that is known, and what is being done
meanwhile: empty as soon as faces can be masked."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run: `Statistics.summary`."""

    frames: int
    tracked: int
    fps: float | None


def run(
    config: Config,
    watch: Watch | None = None,
    mask: Mask | None = None,
    tell: Tell | None = None,
    keep: Callable[[dict[str, Any]], object] | None = None,
) -> Summary:
    """Do what `config` asks for, until the source ends, the window closes or a signal comes.

    Must be called in the main thread if there is a window. `watch` is called there, often.
    A `mask` given is worn instead of the one that `config` names. `tell` is told at which
    address the picture is, if anywhere; `keep` which settings were changed meanwhile, at the end.

    Raises
    ------
    LivemaskError
        The first thing that went wrong; all files are finished by then.
    """
    cv2.setNumThreads(1)  # its threads stand in the way of the stages'
    with ExitStack() as stack:
        whole = _Run(config, stack, mask, tell)
        if keep is not None:
            stack.callback(lambda: keep(whole.changes))
        return whole.go(watch)


def demo(config: Config, watch: Watch | None = None, *, parade: bool = True) -> Summary:
    """Film the performer; with `parade` wearing one mask after the other."""
    if not parade:
        return run(config, watch)
    from livemask.parade import SHOWN, Parade

    return run(config, watch, Parade([plugins.create("masks", name) for name in SHOWN]))


class _Run:
    """The stages of one run, and what its keys change."""

    def __init__(
        self, config: Config, stack: ExitStack, mask: Mask | None, tell: Tell | None
    ) -> None:
        self._config, self._showing = config, config.showing
        self._statistics = Statistics()
        self._exchange: Exchange | None = None
        outputs_are_free(config)
        self._open(stack, mask)
        self._live: bool = self._source.live
        self._guard = self._track.guard = Guard(live=self._live)
        if not self._live:  # of a film, no frame may pass before all is ready
            self._track.wait()
        self._make_ends(stack)
        self._controls = stack.enter_context(closing(self._offered(tell)))
        self._render.is_veiled = lambda: self._controls.picture.veiled
        self._render.is_dressed = lambda: self._track.is_dressed
        for name, given in wanted_outputs(config, self._source, self._controls, tell, self._now):
            self._outputs.start(name, **given)
        self._ask_outputs()
        if not config.headless:
            window = window_for(self._source.size, shared=bool(self._outputs.states))
            self._render.window = stack.enter_context(closing(window))
        self._panel = cover(self._render, self._controls, self._statistics, self._model, stack)
        self._reader = Reader(self._source, config.frames, watched=config.is_watched)
        self._trimming = Trimming()
        self._idling = Idling(self._render, self._outputs, self._reader)
        self._steering = Steering(
            self._controls.quality, self._statistics, self._reader, self._render
        )

    def _open(self, stack: ExitStack, mask: Mask | None) -> None:
        """Begin to prepare the stage that tracks, and open the source meanwhile."""
        config = self._config
        prepare = Preparation if config.replay is None else Replaying
        self._prepare = prepare(config, self._statistics, mask)
        opened: Future[Pictures] = Future()
        track = Starting(
            partial(self._prepare, opened.result),
            hides=will_hide(config.masks) if mask is None else mask.hides,
            people=config.people,
            replaced=config.showing.replaces,
        )
        self._track = stack.enter_context(closing(track))
        self._source = stack.enter_context(closing(self._open_source(opened)))

    def _make_ends(self, stack: ExitStack) -> None:
        """Make what the pictures go to."""
        self._pipeline = Pipeline(timed=self._statistics.add)
        self._outputs = Outputs(
            self._pipeline,
            waits=not self._live,
            watched=not self._config.headless,
            changed=self._ask_outputs,
        )
        self._outputs.usual = self._config.options
        stack.callback(self._outputs.release)
        self._render = RenderStage(self._model, self._statistics)
        self._render.guard = self._guard

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
        frames = (summary := self._statistics.summary())["frames"]
        if frames["total"] and not frames["tracked"]:
            LOG.warning("no face was found in any of the %d frames.", frames["total"])
        self._outputs.complain()
        self._guard.complain()
        return Summary(frames["total"], frames["tracked"], summary["fps"])

    @property
    def changes(self) -> dict[str, Any]:
        """Which settings are others than at first."""
        return changes(self._config, self._controls)

    def _offered(self, tell: Tell | None) -> Controls:
        """Return what may be changed while it runs."""
        config = self._config
        folder = (config.record or Path("x")).absolute().parent

        def given(output: str) -> dict[str, Any]:
            asked = {"masks": self._controls, "tell": tell} if output == "stream" else {}
            return {**played(output, config, self._source, self._now), **asked}

        parts = Parts(
            picture=Picture(config.showing, self._show),
            outputs=Switches(self._outputs, given, folder),
            quality=Quality(config.quality, self._do_as, fixed=not self._live),
            cameras=cameras(config, self._exchange, open_any_source),
            quit_run=self._pipeline.stop,
            full_screen=self._fill_screen,
            doing=lambda: self._track.doing,
            say=tell or (lambda _: None),
            keys=config.keys,
            **about_faces(config, self._track, lambda: will_hide(self._controls.worn)),
        )
        mirror = self._live if config.mirror is None else config.mirror
        parts.picture.mirrored = parts.picture.began_mirrored = mirror
        controls = Controls(config.masks, self._prepare.dress, self._wear, parts)
        controls.favourites, controls.panel = list(config.favourites), config.panel
        return controls

    def _now(self) -> Config:
        """Return the settings as they are by now."""
        changed = {name: v for name, v in self.changes.items() if name != "calibration"}
        return replace(self._config, **changed)

    def _model(self) -> Any:
        return self._prepare.model

    def _show(self, showing: Showing) -> None:
        background = backdrop(showing, self._source.size)
        self._showing = showing
        self._track.replaced = showing.replaces
        self._track.change(lambda stage: stage.show(showing, background))
        self._ask_outputs()

    def _open_source(self, opened: Future[Pictures]) -> Any:
        """Return the source, and let those who wait for it know what it gives."""
        try:
            source = open_any_source(self._config)
            if source.live:
                again = partial(open_any_source, self._config)
                source = self._exchange = Exchange(source, again)
        except BaseException as error:
            opened.set_exception(error)
            raise
        opened.set_result(Pictures(source.size, source.live))
        return source

    def _ask_outputs(self) -> None:
        """Draw what outputs want from now on."""
        transparent = self._showing.background == "transparent"
        self._render.alpha = transparent and self._outputs.alpha
        self._render.pixels = self._outputs.pixels

    def _connect(self) -> None:
        """Join the stages: live, a late one drops frames; from a file it makes others wait."""
        waits = not self._live
        frames: Slot[Any] = Slot(capacity=4 if waits else 1, blocking=waits)
        scenes: Slot[Any] = Slot(capacity=4 if waits else 1, blocking=waits)
        self._slots = {"track": frames, "render": scenes}
        self._pipeline.stage("read", self._reader, targets=(frames,), wake=self._reader.close)
        behind: Target = Hindsight(scenes, lambda: self._track.may_be_late) if waits else scenes
        self._pipeline.stage("track", self._track, frames, (behind,))
        self._standby = Standby(self._render, scenes)
        draw = drawn_by(self._render)
        self._pipeline.stage("render", draw, scenes, (self._outputs,), close=self._render.close)

    def _poll(self, watch: Watch | None) -> None:
        """Do what the window's keys say, and tell how far it is."""
        if self._statistics.frames:
            self._prepare.shown.set()
        doing = self._track.doing
        if watch is not None:
            watch(self._reader.read_frames, self._reader.total, doing)
        self._trimming.look()
        ready = not (doing or self._controls.errands.doing)
        self._steering.look(ready=ready)
        rest = self._idling.look(ready=ready)
        if self._live:
            self._standby.look(idle=rest > 0.0)
        if self._render.window is None:
            return
        window, controls = self._render.window, self._controls
        window.title = f"livemask: {doing}..." if doing else "livemask"
        window.poll(rest)
        if self._panel is None or self._panel.serve(window):
            for key in window.keys():  # noqa: SIM118 - no mapping
                fulfil(f"the key {key}", partial(controls.press, key))
        for key in window.released():
            fulfil(f"the key {key}", partial(controls.release, key))
        self._render.mirrored = controls.picture.mirrored
        if window.closing():  # while it records, it is asked first
            controls.leaving()

    def _do_as(self, level: Level) -> None:
        """Do as much for each picture as `level` says."""
        self._render.drawing, self._statistics.quality = level.drawing, level.name
        self._track.change(lambda stage: stage.spare(not level.thorough))

    def _fill_screen(self) -> None:
        if (window := self._render.window) is not None:
            window.fills_screen = not window.fills_screen

    def _wear(self, wardrobe: Wardrobe) -> None:
        self._track.wardrobe = wardrobe
