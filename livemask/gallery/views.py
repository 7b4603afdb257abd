"""Views: the built-in performer as masks are shown on, and what each looks like there."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from livemask import plugins
from livemask.fitting.fitter import Fitter
from livemask.geometry import project, rigid, rotation_matrix
from livemask.light.estimate import LightEstimate
from livemask.models import head
from livemask.morphable_model import MorphableModel
from livemask.performer import Performer
from livemask.records import Face, Fit, Float64, Frame, Light, Scene, UInt8
from livemask.render.context import Context, offscreen
from livemask.render.renderer import Renderer
from livemask.start.portraits import Portraits
from livemask.tracking.lids import Lids
from livemask.wardrobe import Mask, Wardrobe

SIZE = (960, 720)
"""Of the pictures that are drawn, px."""

SHOWN = 580
"""Side of the square in their middle that is seen, px: a head with room for a hat."""

PLACE = (0.0, -48.0, -560.0)
"""Where the head's origin is, camera frame, mm."""

TURN = 35.0
"""deg."""

SMILE = {"mouthSmileLeft": 0.25, "mouthSmileRight": 0.25}

VIEWS: dict[str, tuple[float, dict[str, float]]] = {
    "front": (0.0, SMILE),
    "turned": (TURN, SMILE),
    "mouth open": (0.0, {"jawOpen": 0.6, "browInnerUp": 0.4}),
    "blink": (-8.0, {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}),
}
"""How far the head is turned, deg, and what the face does."""

SETTLING = 8
"""Fits of each view: by then it is known who it is."""

PAUSE = 10.0
"""s between views: whatever is learnt of a person settles."""


class View(NamedTuple):
    """The performer once: as filmed, as fitted, and in which light."""

    frame: Frame
    fit: Fit
    light: Light


def drawn(masks: Sequence[str]) -> Iterator[tuple[str, list[UInt8]]]:
    """Yield each mask and its (SHOWN, SHOWN, 3) pictures, one for each of `VIEWS`.

    Parameters
    ----------
    masks : sequence of str
        `NAME[,key=value...]`. All are made before the first is drawn.
    """
    model = head.create()
    portraits = Portraits(model, lambda: plugins.create("detectors", "dlib68"))
    worn = [Wardrobe.of([text], portraits=portraits).masks(0) for text in masks]
    with offscreen() as context:
        seen = views(model, context)
        renderer = Renderer(context)
        for text, mask in zip(masks, worn, strict=True):
            yield text, [_cut(_picture(model, mask, view, renderer)) for view in seen]
        renderer.close()


def views(model: MorphableModel, context: Context) -> list[View]:
    """Return the performer in each of `VIEWS`, fitted to the points where they truly are."""
    performer = Performer(SIZE, context=context)
    fitter, lighting = Fitter(model, performer.camera), LightEstimate(model)
    lids = Lids(model.expression_names)
    found = []
    for number, (yaw, moved) in enumerate(VIEWS.values()):
        truth = performer.pose(_pose(yaw), _expression(model, moved), number)
        frame = Frame(performer.picture(truth), PAUSE * number, number)
        points = project(performer.camera, truth.camera_from_head, truth.landmarks)
        face = Face(0, points, 1.0)
        fit = lids.see(frame, face, [fitter.fit(face) for _ in range(SETTLING)][-1])
        found.append(View(frame, fit, lighting.update(frame, fit)))
    performer.close()
    return found


def _pose(yaw: float) -> Float64:
    return rigid(rotation_matrix(np.array([0.0, np.radians(yaw), 0.0])), np.array(PLACE))


def _expression(model: MorphableModel, moved: dict[str, float]) -> Float64:
    return np.array([moved.get(name, 0.0) for name in model.expression_names])


def _picture(model: MorphableModel, worn: Sequence[Mask], view: View, renderer: Renderer) -> UInt8:
    frame, fit, light = view
    layers = [layer for m in worn for layer in m.layers(model, fit, frame, light, frame.time)]
    return renderer.render(Scene(frame, (fit,), tuple(layers), light))


def _cut(picture: UInt8) -> UInt8:
    height, width = picture.shape[:2]
    top, left = (height - SHOWN) // 2, (width - SHOWN) // 2
    return picture[top : top + SHOWN, left : left + SHOWN]
