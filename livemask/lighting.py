"""The light of the room, from how the skin of a fitted face looks.

A matt surface tells little more of its surroundings than nine numbers a colour (Ramamoorthi
& Hanrahan 2001; Basri & Jacobs 2003), and a face, of which only one side is seen, hardly
more than four. Nine fitted freely follow cast shadows and highlights (a grey nose), so there
are four here: one distant light and an even ambient one, as the shaders draw them.
"""

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float64, Frame, Light
from livemask.skin import LUMINANCE, Skin, SkinProbe

SECONDS = 0.5
"""In which an estimate makes up for 63 % of a change of light."""

EVERY = 0.08
"""s between two estimates: light changes slowly."""

ROUNDS = 5

TRUST = np.array([0.01, 0.01, 0.01, 0.03])
"""How strongly light (3) and ambient hold on to the usual, per sample of skin."""

TOLERANCE = 1.5
"""Errors beyond this many median errors count less (Huber 1964): beards, hands, shadows."""

FRONT = 0.3
"""Least share of the light that comes from the viewer's side: its cosine with +z."""

AMBIENT = (0.2, 0.9)
"""Least and greatest ambient share of all light."""

EXPOSURE = (0.35, 1.0)
"""Bounds of the light on a white wall; 1 is the usual."""

TINT = 1.3
"""Greatest ratio of a colour of the light to its luminance."""


class LightEstimate:
    """The light of the room, slowly followed.

    Parameters
    ----------
    model : MorphableModel

    Attributes
    ----------
    value : Light
        The last estimate; `Light.default()` before the first.
    """

    def __init__(self, model: MorphableModel) -> None:
        self._probe = SkinProbe(model)
        self._time: float | None = None
        self.value = Light.default()

    def update(self, frame: Frame, fit: Fit) -> Light:
        """Return the light in which `fit` is seen in `frame`.

        The first is taken as it is; later ones are mixed with those before.
        """
        passed = np.inf if self._time is None else frame.time - self._time
        if 0.0 <= passed < EVERY:
            return self.value
        skin = self._probe.look(frame, fit)
        if skin is not None:
            self.value = mix(self.value, estimate(skin), share(passed))
            self._time = frame.time
        return self.value


def share(seconds: float) -> float:
    """Return how much of a new estimate is taken after `seconds`; all if time ran back."""
    return 1.0 if seconds < 0.0 else float(1.0 - np.exp(-seconds / SECONDS))


def mix(old: Light, new: Light, amount: float) -> Light:
    """Return the light between `old` (`amount` 0) and `new` (1)."""
    if amount >= 1.0:
        return new
    fields = (
        (1.0 - amount) * getattr(old, field) + amount * getattr(new, field)
        for field in ("direction", "colour", "ambient")
    )
    direction, colour, ambient = (value.astype(np.float32) for value in fields)
    return Light(direction / max(float(np.linalg.norm(direction)), 1e-6), colour, ambient)


def estimate(skin: Skin) -> Light:
    """Return the light of one frame: near what is usual, bounded, its colour nearly neutral.

    How dark or red the skin itself is cannot be told from how dark or red its light is: half
    of the difference to the model's albedo, on a logarithmic scale, is laid to the light.
    """
    direction, ambient = _shape(skin)
    shade = ambient + (1.0 - ambient) * np.maximum(skin.normals @ direction, 0.0)
    ratio = np.median(skin.colours / np.maximum(skin.albedo * shade[:, None], 1e-4), axis=0)
    tone = np.maximum(ratio, 1e-3)
    level = float(tone @ LUMINANCE)
    tint = np.clip(np.sqrt(tone / level), 1.0 / TINT, TINT)
    usual = _usual()
    exposure = float(np.clip(np.sqrt(level / usual.sum()), *EXPOSURE)) * float(usual.sum())
    return Light(
        direction.astype(np.float32),
        ((1.0 - ambient) * exposure * tint).astype(np.float32),
        (ambient * exposure * tint).astype(np.float32),
    )


def _usual() -> Float64:
    """Return the luminances of direct and ambient light that are expected."""
    light = Light.default()
    return np.array([light.colour @ LUMINANCE, light.ambient @ LUMINANCE])


def _shape(skin: Skin) -> tuple[Float64, float]:
    """Return direction (3,) and ambient share of the light.

    Luminance over albedo is `a + max(n . l, 0)`: linear in (l, a) on the lit side. Weighted
    least squares alternate with which side is lit and which samples fit.
    """
    direct, ambient = _usual()
    prior = np.append(direct * Light.default().direction, ambient)
    bright = skin.colours @ LUMINANCE / np.maximum(skin.albedo @ LUMINANCE, 1e-3)
    solution, weights = prior, np.ones(len(bright))
    for _ in range(ROUNDS):
        lit = skin.normals @ solution[:3] > 0.0
        rows = np.column_stack([skin.normals * lit[:, None], np.ones(len(lit))])
        level = np.sum(weights * bright) / max(np.sum(weights * (rows @ prior)), 1e-6)
        target = bright / max(level, 1e-6)  # the brightness itself is no evidence of a shape
        solution = _solve(rows, target, weights, prior)
        weights = _robust(np.abs(rows @ solution - target))
    return _bounded(solution)


def _solve(rows: Float64, target: Float64, weights: Float64, prior: Float64) -> Float64:
    """Return the (4,) weighted least squares solution that stays near `prior`."""
    trust = TRUST * weights.sum()
    normal = (rows * weights[:, None]).T @ rows + np.diag(trust)
    right = rows.T @ (weights * target) + trust * prior
    return np.asarray(np.linalg.solve(normal, right))


def _robust(errors: Float64) -> Float64:
    scale = TOLERANCE * max(float(np.median(errors)), 1e-3)
    return np.asarray(np.minimum(1.0, scale / np.maximum(errors, 1e-9)))


def _bounded(solution: Float64) -> tuple[Float64, float]:
    """Return a unit direction on the viewer's side and a sensible ambient share."""
    light = solution[:3].copy()
    sideways = float(np.hypot(light[0], light[1]))
    light[2] = max(light[2], FRONT / np.sqrt(1.0 - FRONT**2) * sideways, 1e-3)
    direct = float(np.linalg.norm(light))
    ambient = max(float(solution[3]), 0.0)
    return light / direct, float(np.clip(ambient / (ambient + direct), *AMBIENT))
