"""Config: what a run is asked to do."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from livemask.calibration.calibration import Calibration
from livemask.errors import UsageError
from livemask.people import Choice, Others, People, WhenLost
from livemask.quality import Choice as Quality
from livemask.showing import Showing

if TYPE_CHECKING:  # it imports numpy, and the command line sets first what numpy reads
    from livemask.tracking import extras
    from livemask.tracking.smoothing import Level

FIELD_OF_VIEW = (5.0, 150.0)
"""Degrees between which a camera's horizontal field of view must lie."""

MOST_FACES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The options of `livemask run`. Names and meanings are those of the command line.

    Attributes
    ----------
    source : str
        A camera's number, path or name; a film, photo or folder; an address; `performer`...
    masks : tuple of str
        `NAME[,face=N][,key=value...]`, in drawing order; those with a face only for that one.
    model : str
        `NAME[,key=value...]`, or a file.
    max_faces : int
        How many faces are tracked and masked at most.
    choose : str
        Which, if there are more; see `People.choice`.
    others : str
        What becomes of the rest; see `People.others`.
    when_lost : str
        What is shown while a face is lost; see `People.when_lost`.
    smoothing : str
        How calm the head is; see `smoothing.LEVELS`.
    fit : str
        How thoroughly faces are looked at; see `extras.LEVELS`.
    quality : str
        How much is done for each picture of a camera; see `quality.LEVELS`. `auto`: as much as
        its rate allows.
    light, background, opacity, occlusion
        What masks are lit by, what lies behind and before them, how much they cover; see
        `Showing`.
    size : (int, int) or None
        Width and height asked of a camera, or those of raw frames, px.
    fps : float or None
        Frames per second of a source that does not tell: pictures, raw frames.
    fov : float
        Horizontal field of view of the camera, degrees.
    detector : str
        What finds faces and points: `NAME[,key=value...]`.
    landmarks : Path or None
        Another file of the detector's points.
    record, csv, stats : Path or None
    record_raw : Path or None
        A film of the frames as they came from the source.
    record_codec, record_quality, record_sound : str
        See `create` of the recorder.
    record_hardware : bool
        Whether the graphics card encodes, if it can.
    virtual_camera : str or None
        Device; empty for the first one there is.
    virtual_camera_mirror : bool
        Whether left and right are exchanged in it.
    virtual_camera_size, virtual_camera_rate
        px and per second, if a device wants others than the usual.
    vmc, openseeface, livelink, opentrack : str or None
        `HOST:PORT` of a program that takes faces; empty for the usual one.
    vmc_names : str
        Of the expressions; see `network.blends.BLENDS`.
    livelink_csv, gltf : Path or None
    session : Path or None
        A folder for the bare film and all numbers.
    replay : Path or None
        Such a folder, played instead of tracking a source.
    stream : int or None
        Port of the page that shows the picture in browsers; 0 for any.
    stream_host : str
        Name or number of this machine that the page is reached under.
    sinks : tuple of str
        Further outputs, `NAME[,key=value...]`, each once.
    headless : bool
        Without a window.
    mirror : bool or None
        Whether the window is a mirror image at first; None: that of a camera is.
    panel : bool
        Whether the control panel is shown at first.
    frames : int or None
        How many to read at most.
    overwrite : bool
        Whether outputs may replace files.
    calibration : Calibration
        What the person has said of themselves.
    favourites : tuple of str
        Masks that are liked.
    keys : mapping of str to tuple of str
        Other keys than the usual ones, by the names of `controls.actions`.
    options : mapping of mapping
        What plug-ins are made with unless told otherwise, by `masks.watermelon`.
    """

    source: str = "0"
    masks: tuple[str, ...] = ("textured",)
    model: str = "head"
    max_faces: int = 1
    choose: Choice = "largest"
    others: Others = "real"
    when_lost: WhenLost = "auto"
    smoothing: "Level" = "medium"
    fit: "extras.Level" = "full"
    quality: Quality = "auto"
    light: str = "auto"
    background: str = "video"
    opacity: float = 1.0
    occlusion: str = "off"
    size: tuple[int, int] | None = None
    fps: float | None = None
    fov: float = 60.0
    detector: str = "dlib68"
    landmarks: Path | None = None
    record: Path | None = None
    record_raw: Path | None = None
    record_codec: str = "auto"
    record_quality: str = "high"
    record_hardware: bool = False
    record_sound: str = "source"
    csv: Path | None = None
    stats: Path | None = None
    virtual_camera: str | None = None
    virtual_camera_mirror: bool = False
    virtual_camera_size: tuple[int, int] | None = None
    virtual_camera_rate: float | None = None
    vmc: str | None = None
    vmc_names: str = "arkit"
    openseeface: str | None = None
    livelink: str | None = None
    livelink_csv: Path | None = None
    gltf: Path | None = None
    session: Path | None = None
    replay: Path | None = None
    opentrack: str | None = None
    stream: int | None = None
    stream_host: str = "127.0.0.1"
    sinks: tuple[str, ...] = ()
    headless: bool = False
    mirror: bool | None = None
    panel: bool = True
    frames: int | None = None
    overwrite: bool = False
    calibration: Calibration = field(default_factory=Calibration)
    favourites: tuple[str, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be, before anything is opened."""
        low, high = FIELD_OF_VIEW
        if not (math.isfinite(self.fov) and low <= self.fov <= high):
            raise UsageError(
                f"--fov {self.fov:g} is no field of view; give degrees, {low:g} to {high:g}."
            )
        if self.frames is not None and self.frames < 1:
            raise UsageError(f"--frames {self.frames} would read nothing; give 1 or more.")
        if not 1 <= self.max_faces <= MOST_FACES:
            raise UsageError(f"--max-faces {self.max_faces} cannot be; give 1 to {MOST_FACES}.")
        if self.headless and not self.has_output:
            raise UsageError(
                "--headless alone shows nothing and writes nothing; "
                "add --record, --csv, --virtual-camera, --vmc or another output."
            )
        _ = self.showing

    @property
    def people(self) -> People:
        """Whose faces are wanted."""
        return People(
            most=self.max_faces,
            choice=self.choose,
            others=self.others,
            when_lost=self.when_lost,
        )

    @property
    def showing(self) -> Showing:
        """How masks and picture are put together."""
        return Showing(
            light=self.light,
            background=self.background,
            opacity=self.opacity,
            occlusion=self.occlusion,
        )

    @property
    def is_watched(self) -> bool:
        """Whether it runs at the film's own speed: what is only written goes as fast as it can."""
        shown = not self.headless or any(sent is not None for sent in self._sent)
        return shown and not any(file is not None for file in self._written)

    @property
    def has_output(self) -> bool:
        """Whether anything is written or sent."""
        return any(v is not None for v in (*self._written, *self._sent, self.stats))

    @property
    def _written(self) -> tuple[Path | None, ...]:
        return self.record, self.csv, self.livelink_csv, self.gltf, self.session

    @property
    def _sent(self) -> tuple[str | None, ...]:
        addresses = self.vmc, self.openseeface, self.livelink, self.opentrack
        stream = None if self.stream is None else str(self.stream)
        return self.virtual_camera, stream, *addresses, *self.sinks
