"""The light of the room, from how the skin of a fitted face looks.

A matt surface tells little more of its surroundings than nine numbers a colour (Ramamoorthi
& Hanrahan 2001; Basri & Jacobs 2003), and a face, of which only one side is seen, hardly
more than four. Nine fitted freely follow cast shadows and highlights (a grey nose). So four
are fitted first, one distant light and an even ambient one, and then nine that stay near
what those four make of the room.
"""

import numpy as np

from livemask.harmonics import basis, of_lamp
from livemask.light.kernels import fit_harmonics, fit_lamp
from livemask.light.skin import LUMINANCE, Skin, SkinProbe
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float64, Frame, Light

SECONDS = 0.5
"""In which an estimate makes up for 63 % of a change of light."""

EVERY = 0.08
"""s between two estimates: light changes slowly."""

ROUNDS, MORE_ROUNDS = 5, 2
"""Of the four numbers, and then of the nine."""

TRUST = np.array([0.01, 0.01, 0.01, 0.03])
"""How strongly light (3) and ambient hold on to the usual, per sample of skin."""

SHAPE_TRUST = np.repeat([0.03, 0.01, 0.02], [1, 3, 5])
"""How strongly the nine (by degree 0, 1 and 2) hold on to the four, per sample of skin."""

COLOUR_TRUST = np.repeat([0.03, 0.1, 0.3], [1, 3, 5])
"""How strongly each colour's nine hold on to those of all: one side may be warmer."""

ASTRAY = 0.5
"""How far the nine may lie from the four, as a share of their length."""

TOLERANCE = 1.5
"""Errors beyond this many median errors count less (Huber 1964): beards, hands, shadows."""

FRONT = 0.3
"""Least share of the light that comes from the viewer's side: its cosine with +z."""

AMBIENT = (0.2, 0.9)
"""Least and greatest ambient share of all light."""

EXPOSURE = (0.04, 1.0)
"""Bounds of the light on a white wall; 1 is the usual."""

DARKEST_SKIN = 0.45
"""As a share of the model's: what is darker is not lit so well."""

TINT = 1.3
"""Greatest ratio of a colour of the light to its luminance."""

_DEFAULT = Light.default()
_USUAL = np.array([_DEFAULT.colour @ LUMINANCE, _DEFAULT.ambient @ LUMINANCE], np.float64)
"""Luminances of direct and ambient light that are expected."""

_EXPECTED = np.append(_USUAL[0] * _DEFAULT.direction, _USUAL[1])


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
        self.value = _DEFAULT

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
        for field in ("direction", "colour", "ambient", "harmonics")
    )
    direction, colour, ambient, harmonics = (value.astype(np.float32) for value in fields)
    towards = direction / max(float(np.linalg.norm(direction)), 1e-6)
    return Light(towards, colour, ambient, harmonics)


def estimate(skin: Skin) -> Light:
    """Return the light of one frame: near what is usual, bounded, its colour nearly neutral.

    How dark or red the skin itself is cannot be told from how dark or red its light is: half
    of the difference to the model's albedo, on a logarithmic scale, is laid to the light, and
    what is darker than skin can be.
    """
    direction, ambient = _lamp(skin)
    shade = ambient + (1.0 - ambient) * np.maximum(skin.normals @ direction, 0.0)
    ratio = np.median(skin.colours / np.maximum(skin.albedo * shade[:, None], 1e-4), axis=0)
    tone = np.maximum(ratio, 1e-3)
    level = float(tone @ LUMINANCE)
    tint = np.clip(np.sqrt(tone / level), 1.0 / TINT, TINT)
    usual = float(_USUAL.sum())
    dark = max(float(np.sqrt(level / usual)), DARKEST_SKIN)
    exposure = float(np.clip(level / usual / dark, *EXPOSURE)) * usual
    return Light(
        direction.astype(np.float32),
        ((1.0 - ambient) * exposure * tint).astype(np.float32),
        (ambient * exposure * tint).astype(np.float32),
        (exposure * tint * _shape(skin, direction, ambient)).astype(np.float32),
    )


def _lamp(skin: Skin) -> tuple[Float64, float]:
    """Return direction (3,) and ambient share of the light, one distant light and an even one."""
    bright = skin.colours @ LUMINANCE / np.maximum(skin.albedo @ LUMINANCE, 1e-3)
    normals = np.ascontiguousarray(skin.normals, np.float64)
    return _bounded(fit_lamp(normals, bright, _EXPECTED, TRUST, TOLERANCE, ROUNDS))


def _shape(skin: Skin, direction: Float64, ambient: float) -> Float64:
    """Return the (9, 3) harmonics of light as bright as, and near, a lamp and an even light."""
    lamp = of_lamp(direction, np.array([1.0 - ambient]), np.array([ambient]))[:, 0]
    lamp = lamp.astype(np.float64)
    seen = np.empty((len(skin.normals), 4))
    seen[:, :3] = skin.colours / np.maximum(skin.albedo, 1e-3)
    seen[:, 3] = skin.colours @ LUMINANCE / np.maximum(skin.albedo @ LUMINANCE, 1e-3)
    found = fit_harmonics(
        basis(skin.normals), seen, lamp, SHAPE_TRUST, COLOUR_TRUST, TOLERANCE, MORE_ROUNDS
    )
    apart = found - lamp[:, None]
    allowed = ASTRAY * np.linalg.norm(lamp)
    share = np.minimum(1.0, allowed / np.maximum(np.linalg.norm(apart, axis=0), 1e-9))
    return np.asarray(lamp[:, None] + share * apart)


def _bounded(solution: Float64) -> tuple[Float64, float]:
    """Return a unit direction on the viewer's side and a sensible ambient share."""
    light = solution[:3].copy()
    sideways = float(np.hypot(light[0], light[1]))
    light[2] = max(light[2], FRONT / np.sqrt(1.0 - FRONT**2) * sideways, 1e-3)
    direct = float(np.linalg.norm(light))
    ambient = max(float(solution[3]), 0.0)
    return light / direct, float(np.clip(ambient / (ambient + direct), *AMBIENT))
