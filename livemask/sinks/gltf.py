"""Keeps a run as animated heads in a .glb file, for Blender, game engines and browsers.

A node for each face, by its number, in the camera's frame and in metres: its mesh is the head
model with the person's identity as it was known in the end, its morph targets the expressions,
by ARKit's names. Keyframes are at the frames' true times: `translation` and `rotation` are the
pose, `weights` the expressions as they fit the picture, on this head. While nobody is tracked
or held under that number, pose and expression stay, and the head's size is 0. A camera sees
what the film's did.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from livemask.errors import SinkError
from livemask.gltf.heads import add_camera, add_head
from livemask.gltf.keyframes import Keyframes
from livemask.gltf.writer import Glb
from livemask.records import Fit, Float32, Frame, Output, State
from livemask.sinks.files import unwritable, writable
from livemask.texture import vertex_colours

if TYPE_CHECKING:
    from livemask.morphable_model import MorphableModel

MOST_HEADS = 64

_CLEARER = 0.01
"""By which the cosine of its turn must be better for a frame to tell a face's colours."""


def create(
    file: Path,
    skin: str = "model",
    source: Path | None = None,
    overwrite: bool = False,
    live: bool = False,
) -> Gltf:
    """Return a writer of animated heads.

    Parameters
    ----------
    file : Path
        The file to write: .glb.
    skin : str
        `model`: the colours of the head model; `photo`: those of the person, from the frame in
        which they look ahead most: they can be recognised by them, whatever mask they wear.
    source : Path, optional
        The input, which is never overwritten.
    overwrite : bool
        Whether an existing file may be replaced.
    live : bool
        Whether pictures must not wait for the file.

    Raises
    ------
    UsageError, SinkError
        If the file may not or cannot be written.
    """
    if file.suffix.lower() != ".glb":
        raise SinkError(f"{file} has another ending than .glb; name it so.")
    if skin not in ("model", "photo"):
        raise SinkError(f"skin={skin} cannot be; give model or photo.")
    return Gltf(writable(file, source, overwrite), skin == "photo", 60 if live else 4)


class Gltf:
    """Gathers keyframes on the disk; writes the file when it is closed, all of it or nothing."""

    wants_pixels = False

    def __init__(self, file: Path, photo: bool, capacity: int) -> None:
        self.capacity = capacity
        self._file, self._photo = file, photo
        self._model: MorphableModel | None = None
        self._heads: dict[int, _Head] = {}
        self._start: float | None = None
        self._closed = False

    @property
    def detail(self) -> str:
        """How much is gathered, as people read it."""
        return f"{sum(head.keyframes.count for head in list(self._heads.values()))} keyframes"

    def send(self, output: Output) -> None:
        """Take the keyframes of a frame.

        Raises
        ------
        SinkError
            If there is no room for them.
        """
        self._start = output.time if self._start is None else self._start
        self._model = output.model or self._model
        there = {fit.id: fit for fit in output.fits if fit.state is not State.LOST}
        try:
            for number, fit in there.items():
                if number not in self._heads and len(self._heads) < MOST_HEADS:
                    self._heads[number] = self._new_head(output.time, fit)
            for number, head in self._heads.items():
                head.take(output, there.get(number), self._photo)
        except OSError as error:
            self._let_go()
            raise unwritable(self._file, error) from error

    def close(self) -> None:
        """Write the file. Closing twice does nothing.

        Raises
        ------
        SinkError
            If it cannot be written, or no face was tracked.
        """
        if self._closed or self._start is None:
            return
        try:
            if not self._heads or self._model is None:
                raise SinkError(f"no face was tracked, so {self._file} was not written.")
            self._write(self._model)
        except OSError as error:
            raise unwritable(self._file, error) from error
        finally:
            self._let_go()

    def _new_head(self, time: float, fit: Fit) -> _Head:
        head = _Head(fit, Keyframes(len(fit.expression), self._file.parent))
        if self._start is not None and time > self._start:
            head.keyframes.miss(self._start)
        return head

    def _write(self, model: MorphableModel) -> None:
        glb = Glb(self._file.parent)
        try:
            nodes, tracks = [add_camera(glb, next(iter(self._heads.values())).fit.camera)], []
            for number, head in sorted(self._heads.items()):
                name = f"face-{number}"
                colours = head.colours(model)
                mesh = add_head(glb, model, head.fit.identity, name, colours)
                nodes.append(glb.add("nodes", name=name, mesh=mesh))
                tracks += head.keyframes.write(glb, nodes[-1])
            glb.animate("session", tracks)
            glb.write(self._file, nodes)
        finally:
            glb.close()

    def _let_go(self) -> None:
        self._closed = True
        for head in self._heads.values():
            head.keyframes.close()


class _Head:
    """What is kept of one face.

    Attributes
    ----------
    fit : Fit
        The last, whose identity is known best.
    keyframes : Keyframes
    """

    def __init__(self, fit: Fit, keyframes: Keyframes) -> None:
        self.fit, self.keyframes = fit, keyframes
        self._clearest: tuple[float, Frame, Fit] | None = None

    def take(self, output: Output, fit: Fit | None, photo: bool) -> None:
        """Take a frame, and of it the face if it is there; with `photo` its colours."""
        if fit is None:
            self.keyframes.miss(output.time)
            return
        self.fit = fit
        self.keyframes.add(output.time, fit.camera_from_head, fit.expression)
        ahead = float(fit.camera_from_head[2, 2])
        seen = photo and fit.state is State.TRACKED
        if seen and (self._clearest is None or ahead > self._clearest[0] + _CLEARER):
            self._clearest = ahead, output.frame, fit

    def colours(self, model: MorphableModel) -> Float32 | None:
        """Return the colours of the clearest frame, (n, 3) linear RGB; None if none is kept."""
        if self._clearest is None:
            return None
        _, frame, fit = self._clearest
        colours, _ = vertex_colours(frame, model, fit)
        return np.asarray(colours**2.2, np.float32)
