"""Overlay: what the tracker sees, drawn over the window's picture and over no output."""

from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from livemask import plugins
from livemask.masks.colours import linear_rgb
from livemask.masks.strokes import Strokes
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float32, Material, Mesh, Scene, State

NAMES = {
    "landmarks": ("Points", "The 68 points of the fit, joined as on a face"),
    "mesh": ("Mesh", "The head that was fitted"),
    "region": ("Region", "Where this picture was searched for the points; yellow: in vain"),
    "axes": ("Axes", "How the head stands: red to its left, green up, blue ahead"),
}
NEAR = 50.0
"""mm before the camera at which the region is drawn, before all else."""

LINE = Material(look="stroke", lit=False, two_sided=True)
CORNERS = np.array([[0, 1], [1, 2], [2, 3], [3, 0]])


@dataclass
class Overlay:
    """Views that are shown, by name.

    Attributes
    ----------
    shown : set of str
        Of `NAMES`.
    model : MorphableModel or None
        Of the run, once it is loaded.
    """

    shown: set[str] = field(default_factory=set)
    model: MorphableModel | None = None

    def __post_init__(self) -> None:
        """Make what draws them: masks that hide nothing."""
        self._strokes = Strokes(CORNERS)
        self._made: dict[str, object] = {}

    def toggle(self, name: str) -> None:
        """Show a view, or show it no longer."""
        self.shown ^= {name}

    def meshes(self, scene: Scene) -> tuple[Mesh, ...]:
        """Return what to draw over the picture."""
        if not self.shown or self.model is None:
            return ()
        return tuple(chain.from_iterable(self._of(scene, fit, self.model) for fit in scene.fits))

    def _of(self, scene: Scene, fit: Fit, model: MorphableModel) -> list[Mesh]:
        drawn: list[Mesh] = []
        for text in self._masks():
            if text not in self._made:
                self._made[text] = plugins.create("masks", text)
            mask = self._made[text]
            drawn += mask.layers(model, fit, scene.frame, scene.light, scene.frame.time)  # type: ignore[attr-defined]
        region = self._region(scene, fit) if "region" in self.shown else None
        return drawn if region is None else [*drawn, region]

    def _masks(self) -> list[str]:
        found = ["wireframe,extent=head,width=1.2"] if "mesh" in self.shown else []
        lines = "landmarks" in self.shown
        if lines or "axes" in self.shown:
            axes = "yes" if "axes" in self.shown else "no"
            found.append(f"landmarks,axes={axes},lines={'yes' if lines else 'no'}")
        return found

    def _region(self, scene: Scene, fit: Fit) -> Mesh | None:
        corners = None if scene.seen is None else scene.seen.sought.get(fit.id)
        if corners is None or not np.isfinite(corners).all():
            return None
        flat = (corners - fit.camera.centre) * (1.0, -1.0) * NEAR / fit.camera.focal
        place: Float32 = np.column_stack([flat, np.full(4, -NEAR)]).astype(np.float32)
        vertices = self._strokes.vertices(fit.camera, place, 1.8)
        tone = "#45dcae" if fit.state is State.TRACKED else "#ffbd4a"
        colours = np.tile(np.array(linear_rgb("colour", tone), np.float32), (len(vertices), 1))
        return Mesh(
            vertices, self._strokes.triangles, vertices, fit.camera, np.eye(4), LINE,
            uv=self._strokes.uv, colours=colours,
        )  # fmt: skip
