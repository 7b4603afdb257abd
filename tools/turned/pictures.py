"""Pictures of rendered heads that are turned to the image's right, with their 68 points."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from livemask.geometry import project, rigid, rotation_matrix
from livemask.landmarks import eye_distance
from livemask.models import head
from livemask.morphable_model import MorphableModel
from livemask.performer.cast import cast
from livemask.performer.figure import Figure
from livemask.performer.room import Room
from livemask.performer.sensor import Sensor
from livemask.records import Camera, Float64, Frame, Scene, UInt8
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.tracking.region import CENTRE, SIZE
from tools.turned.walls import wall

SIDE = 320
"""px: of a picture."""

FACE = (86.0, 150.0)
"""px: side of the box of a face; the detector sees 80."""

YAW = (12.0, 88.0)
"""deg."""

AWAY = (115.0, 245.0)
"""deg: of the heads of which no face is seen."""

COMPONENTS, SPREAD = 40, 0.7
"""Of the identity that makes further people of the performers; standard deviations."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One turned head.

    Attributes
    ----------
    image : (SIDE, SIDE, 3) uint8
        RGB.
    box : (4,) float64
        Left, top, right, bottom as the frontal detector would have it, px.
    points : (68, 2) float64
        The jaw on the visible outline, the others where they are even if hidden, px.
    yaw : float
        rad, to the image's right.
    """

    image: UInt8
    box: Float64
    points: Float64
    yaw: float

    @property
    def grey(self) -> UInt8:
        """The picture (SIDE, SIDE) uint8 without colour."""
        return np.asarray(cv2.cvtColor(self.image, cv2.COLOR_RGB2GRAY), np.uint8)


def pictures(people: range, each: int, yaws: tuple[float, float] = YAW) -> Iterator[Picture]:
    """Draw every person of `people` so many times; a function of these numbers alone.

    `yaws` are the least and the greatest yaw, deg.
    """
    model = head.create()
    with offscreen() as context:
        renderer = Renderer(context)
        for number in people:
            yield from _of_person(model, number, each, yaws, renderer)
        renderer.close()


def _of_person(
    model: MorphableModel,
    number: int,
    each: int,
    yaws: tuple[float, float],
    renderer: Renderer,
) -> Iterator[Picture]:
    random = np.random.default_rng([68, number])
    person, room = _somebody(model, number, random), Room.of(number)
    figure, light = Figure(person, room, number), room.light()
    sensor, own = Sensor((SIDE, SIDE), number), room.picture((SIDE, SIDE))
    for index in range(each):
        camera = Camera.from_field_of_view((SIDE, SIDE), math.radians(random.uniform(18.0, 60.0)))
        yaw = math.radians(random.uniform(*yaws))
        pose, box = _placed(person, camera, yaw, random)
        expression = _expression(person, random)
        behind = own if random.random() < 0.3 else wall(SIDE, random)
        meshes = figure.meshes(camera, pose, person.vertices(np.zeros(0), expression))
        drawn = renderer.render(Scene(Frame(behind, 0.0, index), (), meshes, light))
        image = sensor.expose(drawn, index)
        rows = person.landmark_model
        points = project(camera, pose, rows.landmarks(np.zeros(0), expression, pose[:3, :3]))
        yield Picture(image, box, points, yaw)


def _somebody(model: MorphableModel, number: int, random: np.random.Generator) -> MorphableModel:
    """Return a performer with another shape of the head."""
    person = cast(model, number)
    amounts = SPREAD * random.normal(size=COMPONENTS) * model.identity_sigmas[:COMPONENTS]
    shift = np.tensordot(amounts, model.identity[:COMPONENTS], 1)
    return replace(person, mean=(person.mean + shift).astype(np.float32))


def _placed(
    person: MorphableModel, camera: Camera, yaw: float, random: np.random.Generator
) -> tuple[Float64, Float64]:
    """Return a pose with the whole face in view, and the box of that face."""
    pitch = math.radians(np.clip(random.normal(0.0, 13.0), -35.0, 35.0))
    roll = math.radians(np.clip(random.normal(0.0, 10.0), -25.0, 25.0))
    angles = ((2, roll), (1, yaw), (0, pitch))
    turn = np.linalg.multi_dot([rotation_matrix(angle * np.eye(3)[axis]) for axis, angle in angles])
    frontal = person.mean[person.landmark_vertices].astype(np.float64)
    eyes = eye_distance(frontal)
    middle = frontal[17:].mean(0) + CENTRE * eyes
    side = random.uniform(*FACE)
    distance = camera.focal * SIZE * eyes / side
    aside = random.uniform(-1.0, 1.0, 2) * (SIDE / 2 - 0.62 * side) * distance / camera.focal
    pose = rigid(turn, np.array([*aside, -distance]) - turn @ middle)
    centre = project(camera, pose, middle[None])[0]
    return pose, np.concatenate([centre - 0.5 * side, centre + 0.5 * side])


def _expression(person: MorphableModel, random: np.random.Generator) -> Float64:
    """Return (m,) coefficients: a few at random, blinks and open mouths more often."""
    names = person.expression_names
    values = np.zeros(len(names))
    values[random.integers(0, len(names), 4)] = 0.8 * random.uniform(0.0, 1.0, 4)
    values[names.index("jawOpen")] += max(0.0, random.normal(0.0, 0.3))
    blink = float(random.random() < 0.15)
    values[[names.index("eyeBlinkLeft"), names.index("eyeBlinkRight")]] += blink
    return np.clip(values, 0.0, 1.0)
