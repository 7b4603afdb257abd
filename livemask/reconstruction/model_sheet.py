"""One picture that shows what a head model can do: mean, components and expressions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from livemask.geometry import project, rigid, rotation_matrix
from livemask.morphable_model import MorphableModel
from livemask.records import (
    Array,
    Camera,
    Float32,
    Float64,
    Frame,
    Light,
    Material,
    Mesh,
    Scene,
    UInt8,
)

TILE = 216
"""Pixels a side; each is drawn twice as large."""
LABEL = 22
COLUMNS = 8
COMPONENTS = 8
DEVIATIONS = 2.0
"""How far components and unbounded expressions are shown, in standard deviations."""

PAPER, BACK, INK, TITLE = (30, 32, 36), (58, 62, 68), (196, 200, 206), (255, 255, 255)
FIELD_OF_VIEW = 0.30  # rad; a long lens, so that noses do not grow
SKIN = Material(specular=0.05, exponent=24.0)


class Draws(Protocol):
    """What draws a scene: `livemask.render.renderer.Renderer`."""

    def render(self, scene: Scene, *, video: bool = True) -> UInt8:
        """Return the (h, w, 3) picture of a scene."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Tile:
    """One small picture: who, from where, in which colours, with points or without."""

    label: str
    vertices: Float32
    turn: tuple[float, float] = (0.0, 0.0)  # pitch, yaw; deg
    colours: Float32 | None = None
    marks: Float32 | None = None
    near: bool = False


def sheet(model: MorphableModel, renderer: Draws) -> UInt8:
    """Draw a contact sheet: the mean, the first components and all expressions.

    Parameters
    ----------
    model : MorphableModel
        Any that a loader returns.
    renderer : Draws
        It may use pictures of any size.

    Returns
    -------
    (h, w, 3) uint8
        RGB, with a label over each tile.
    """
    sections = (
        (_size(model), _mean(model)),
        (f"Identity: -{DEVIATIONS:g} and +{DEVIATIONS:g} standard deviations", _identity(model)),
        ("Expressions", _expressions(model)),
    )
    rows = []
    for title, tiles in sections:
        pictures = [_picture(model, tile, renderer) for tile in tiles]
        rows += [_title(title)] if pictures else []
        rows += [_row(pictures[i : i + COLUMNS]) for i in range(0, len(pictures), COLUMNS)]
    return np.vstack(rows)


def _size(model: MorphableModel) -> str:
    return (
        f"{model.name}: {len(model.mean)} vertices, {len(model.identity)} identity components, "
        f"{len(model.expressions)} expressions"
    )


def _mean(model: MorphableModel) -> Iterator[_Tile]:
    mean = model.mean
    turns = {"mean": (0, 0), "left side": (0, -40), "profile": (0, -90), "right side": (0, 40)}
    for label, (pitch, yaw) in {**turns, "from above": (35, 0), "from below": (-35, 0)}.items():
        yield _Tile(label, mean, (pitch, yaw))
    weight = model.face_weight[:, None]
    blue = np.array([0.05, 0.16, 0.45], np.float32)
    yield _Tile("face weight", mean, (0, -25), blue + weight * (model.albedo - blue))
    known = model.landmark_vertices[model.landmark_vertices >= 0]
    yield _Tile("landmarks", mean, marks=mean[known], near=True)


def _identity(model: MorphableModel) -> Iterator[_Tile]:
    neutral = np.zeros(len(model.expressions))
    for number in range(min(COMPONENTS, len(model.identity))):
        for sign in (-1.0, 1.0):
            person = np.zeros(len(model.identity))
            person[number] = sign * DEVIATIONS
            vertices = model.vertices(person, neutral)
            yield _Tile(f"{number}: {sign * DEVIATIONS:+g}", vertices, (0, -20))


def _expressions(model: MorphableModel) -> Iterator[_Tile]:
    nobody = np.zeros(len(model.identity))
    for number, name in enumerate(model.expression_names):
        most = float(model.expression_bounds[number, 1])
        if not np.isfinite(most):
            most = DEVIATIONS * float(model.expression_sigmas[number])
        moved = np.zeros(len(model.expressions))
        moved[number] = most
        label = name if most == 1.0 else f"{name}: {most:.3g}"
        yield _Tile(label, model.vertices(nobody, moved), near=True)


def _picture(model: MorphableModel, tile: _Tile, renderer: Draws) -> UInt8:
    """Return the (LABEL + TILE, TILE, 3) picture of a tile."""
    size = 2 * TILE
    camera = Camera.from_field_of_view((size, size), FIELD_OF_VIEW)
    pose = _pose(model, tile)
    mesh = Mesh(
        vertices=tile.vertices,
        triangles=model.triangles,
        normals=model.normals(tile.vertices),
        camera=camera,
        camera_from_mesh=pose,
        material=SKIN,
        colours=model.albedo if tile.colours is None else tile.colours.astype(np.float32),
    )
    paper = np.full((size, size, 3), BACK, np.uint8)
    paper.flags.writeable = False
    scene = Scene(Frame(paper, 0.0, 0), (), (mesh,), Light.default())
    large = np.ascontiguousarray(renderer.render(scene))
    for x, y in () if tile.marks is None else project(camera, pose, tile.marks):
        cv2.circle(large, (round(float(x)), round(float(y))), 4, (255, 214, 64), -1, cv2.LINE_AA)
    small = cv2.resize(large, (TILE, TILE), interpolation=cv2.INTER_AREA)
    return np.vstack([_text(tile.label, TILE, LABEL, 0.42, INK), small])


def _pose(model: MorphableModel, tile: _Tile) -> Float64:
    """Return camera_from_head: the face, or the whole head, fills the picture."""
    known = model.landmark_vertices[model.landmark_vertices >= 0]
    face = model.mean[known] if len(known) else model.mean
    shown = face if tile.near else model.mean
    low, high = shown.min(0).astype(np.float64), shown.max(0).astype(np.float64)
    reach = (high - low)[:2].max() * (1.2 if tile.near else 1.08)
    pitch, yaw = np.radians(tile.turn)
    rotation = rotation_matrix(np.array([pitch, 0, 0])) @ rotation_matrix(np.array([0, yaw, 0]))
    away = np.array([0.0, 0.0, -reach / FIELD_OF_VIEW - (high[2] - low[2]) / 2])
    return rigid(rotation, away - rotation @ (0.5 * (low + high)))


def _title(text: str) -> UInt8:
    return _text(text, COLUMNS * TILE, 2 * LABEL, 0.62, TITLE)


def _text(text: str, width: int, height: int, scale: float, colour: tuple[int, ...]) -> UInt8:
    """Return a (height, width, 3) strip with a line of text that fits into it."""
    strip = np.full((height, width, 3), PAPER, np.uint8)
    font = cv2.FONT_HERSHEY_SIMPLEX
    (long, tall), _ = cv2.getTextSize(text, font, scale, 1)
    scale *= min(1.0, (width - 12) / max(long, 1))
    place = (6, (height + tall) // 2)
    cv2.putText(strip, text, place, font, scale, colour, 1, cv2.LINE_AA)
    return strip


def _row(pictures: list[Array]) -> UInt8:
    """Return a row of pictures, filled up with paper."""
    height = pictures[0].shape[0]
    rest = np.full((height, (COLUMNS - len(pictures)) * TILE, 3), PAPER, np.uint8)
    return np.hstack([*pictures, rest])
