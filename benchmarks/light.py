"""How well the light of a room is found: `python -m benchmarks.light [--rooms N]`.

Performers stand in rooms with other windows and lamps each, so what a matt surface of any normal
would show is known. Errors are root mean squares of luminance, as shares of its mean, after the
best common factor: how bright a room is and how dark a skin no picture tells apart.
"""

import argparse
from time import thread_time
from unittest.mock import patch

import numpy as np

from benchmarks.table import Table
from livemask.fitting.fitter import Fitter
from livemask.geometry import project, rigid, rotation_matrix
from livemask.harmonics import COSINE, basis, of_lamp
from livemask.light.estimate import LightEstimate
from livemask.light.skin import LUMINANCE
from livemask.models import head
from livemask.performer import Performer
from livemask.performer.room import Room
from livemask.records import Face, Float64, Frame, Light
from livemask.render.context import offscreen

SIZE = (640, 480)
WAYS = ("usual light", "one lamp and even light", "nine harmonics")


class AnyRoom:
    """Light that is drawn at random: one to three lamps, mostly before the face, and the rest."""

    def __init__(self, random: np.random.Generator) -> None:
        self._around = random.uniform(0.05, 0.4)
        self._lamps = []
        for lamp in range(int(random.integers(1, 4))):
            towards = random.normal(size=3)
            towards[1], towards[2] = 0.7 * abs(towards[1]), 0.8 * abs(towards[2]) + 0.05
            width, warm = random.uniform(0.15, 0.6), random.uniform(-1.0, 1.0)
            strength = random.uniform(2.0, 8.0) * (0.35 / width) ** 2
            strength *= random.uniform(0.1, 0.6) if lamp else 1.0
            colour = strength * np.array([1.0 + 0.25 * warm, 1.0, 1.0 - 0.3 * warm])
            self._lamps.append((towards / np.linalg.norm(towards), width, colour))

    def radiance(self, directions: Float64) -> Float64:
        """Return the light (n, 3) from `directions` (n, 3), as `Room.radiance`."""
        height = np.clip(1.4 * directions[:, 1:2], -0.8, 1.0)
        light = self._around * (1.0 + 0.9 * height) * np.array([1.0, 0.98, 0.95])
        for towards, width, colour in self._lamps:
            angle = np.arccos(np.clip(directions @ towards, -1.0, 1.0))
            light = light + np.exp(-((angle / width) ** 2))[:, None] * colour
        return np.asarray(light)


def errors(found: Light, truth: Float64, normals: Float64) -> list[float]:
    """Return the error of the usual light, of the lamp alone and of the harmonics."""
    lamp = of_lamp(found.direction, found.colour, found.ambient)
    expected = basis(normals) @ truth @ LUMINANCE
    shares = []
    for harmonics in (Light.default().harmonics, lamp, found.harmonics):
        made = np.maximum(basis(normals) @ harmonics @ LUMINANCE, 0.0)
        made *= (made @ expected) / (made @ made)
        shares.append(float(np.sqrt(np.mean((made - expected) ** 2)) / expected.mean()))
    return shares


def measure(rooms: int) -> tuple[Float64, list[float]]:
    """Return the (rooms, 3) errors and how long each estimate took, ms."""
    random, model, found, times = np.random.default_rng(1), head.create(), [], []
    front = random.normal(size=(3000, 3))
    front[:, 2] = np.abs(front[:, 2])
    front /= np.linalg.norm(front, axis=1, keepdims=True)
    with offscreen() as context:
        for number in range(rooms):
            room = AnyRoom(random)
            with patch.object(Room, "radiance", lambda _, at, room=room: room.radiance(at)):
                performer = Performer(SIZE, seed=number % 12, context=context)
                turn = rotation_matrix(np.array([0.0, random.uniform(-0.4, 0.4), 0.0]))
                truth = performer.pose(rigid(turn, np.array([0.0, 0.0, -480.0])), np.zeros(52))
                frame = Frame(performer.picture(truth), 0.0, 0)
                directions, light = Room.of(number % 12).surroundings()
            performer.close()
            points = project(performer.camera, truth.camera_from_head, truth.landmarks)
            fitter = Fitter(model, performer.camera)
            for again in range(8):
                fit = fitter.fit(Face(0, points, 1.0), 0.05 * again)
            follower = LightEstimate(model)
            follower.update(frame, fit)
            for again in range(1, 21):
                start = thread_time()
                estimate = follower.update(Frame(frame.image, float(again), again), fit)
                times.append(1e3 * (thread_time() - start))
            around = COSINE[:, None] / np.pi * (basis(directions).T @ light)
            found.append(errors(estimate, around, front))
    return np.array(found), times


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=24)
    found, times = measure(parser.parse_args().rooms)
    rows = [
        [way, 100 * float(column.mean()), 100 * float(np.percentile(column, 90))]
        for way, column in zip(WAYS, found.T, strict=True)
    ]
    heads = ["light", "mean error, %", "worst tenth from, %"]
    note = f"{np.median(times):.2f} ms an estimate, {min(times):.2f} at least."
    print(Table("Light", heads, rows, note, digits=0).markdown())


if __name__ == "__main__":
    main()
