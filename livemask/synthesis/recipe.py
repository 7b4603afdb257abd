"""Recipe: all that is settled by chance about one picture, a function of seed and number."""

import math
from dataclasses import dataclass

import numpy as np

from livemask.geometry import rigid, rotation_matrix
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Float64
from livemask.synthesis.expressions import expression
from livemask.synthesis.heads import tone
from livemask.synthesis.order import Order

Random = np.random.Generator

FACE = 185.0
"""mm from the chin to the hair line, of which a share of the picture is made."""

HAIRS = np.array([
    (0.010, 0.008, 0.007), (0.018, 0.012, 0.009), (0.040, 0.022, 0.013), (0.085, 0.045, 0.024),
    (0.16, 0.085, 0.042), (0.30, 0.18, 0.085), (0.46, 0.32, 0.17), (0.24, 0.075, 0.026),
    (0.22, 0.21, 0.20), (0.50, 0.49, 0.47),
])  # fmt: skip
"""Linear RGB: black to blond, red, grey, white."""

PALE = np.array([0.08, 0.10, 0.17, 0.17, 0.14, 0.13, 0.07, 0.05, 0.06, 0.03])
DARK = np.array([0.46, 0.26, 0.12, 0.03, 0.01, 0.005, 0.005, 0.005, 0.065, 0.04])
"""How frequent those are on pale and on dark skin."""

IRISES = np.array([
    (0.020, 0.010, 0.005), (0.055, 0.026, 0.010), (0.11, 0.06, 0.022), (0.10, 0.11, 0.04),
    (0.10, 0.16, 0.20), (0.07, 0.13, 0.25), (0.16, 0.18, 0.18),
])  # fmt: skip
"""Linear RGB: dark brown to hazel, green, blue, grey."""

WOMEN = {
    "bob": 0.2, "long": 0.27, "full": 0.17, "fringe": 0.08, "curly": 0.08, "afro": 0.06,
    "tousled": 0.07, "short": 0.07,
}  # fmt: skip
MEN = {
    "": 0.1, "shaved": 0.13, "crew": 0.19, "short": 0.22, "receding": 0.1, "tousled": 0.09,
    "curly": 0.05, "afro": 0.04, "long": 0.04, "fringe": 0.04,
}  # fmt: skip
"""How frequent cuts of hair are; "" is bald."""

GLASSES = ("round", "square", "aviator", "sun")
HATS = ("top", "cowboy", "beanie", "cap")
HELD = ("hand", "hand", "hand", "cup", "phone", "microphone")


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """One picture.

    Attributes
    ----------
    identity, beyond, expression : (k,), (b,) and (m,) float64
        Coefficients.
    albedo : (a,) float64
        Coefficients of the model's albedo.
    camera : Camera
    camera_from_head : (4, 4) float64
    skin, lips, hair, iris, cloth, second, worn : (3,) float64
        Colours, linear RGB; `lips` times those of the skin, `worn` of hat and glasses.
    cut, glasses, hat, held : str
        Empty for none.
    beard : float
        How dense a beard is; above 1 it stands off the face, too.
    brows, pattern : int
        Which.
    pupil, freckles, gloss : float
    seed : int
        Of background, light, sensor and what is held.
    """

    identity: Float64
    beyond: Float64
    expression: Float64
    albedo: Float64
    camera: Camera
    camera_from_head: Float64
    skin: Float64
    lips: Float64
    hair: Float64
    iris: Float64
    cloth: Float64
    second: Float64
    worn: Float64
    cut: str
    glasses: str
    hat: str
    held: str
    beard: float
    brows: int
    pattern: int
    pupil: float
    freckles: float
    gloss: float
    seed: int


def recipe(order: Order, index: int, model: MorphableModel, beyond: int) -> Recipe:
    """Return what picture `index` shows; `beyond` is how many coefficients there are."""
    random = np.random.default_rng([order.seed, index, 52])
    woman = random.random() < 0.5
    dark = random.random()
    camera, pose = _view(random, order)
    shape = random.normal(0.0, 1.0, len(model.identity)) * random.uniform(0.6, 1.15)
    more = random.normal(0.0, 1.0, beyond)
    colours = _colours(random, dark, woman=woman)
    hat, glasses, held = _things(random, order.things)
    cut = _cut(random, woman=woman)
    if hat:
        cut = str(random.choice(["", "shaved", "crew"]))
    return Recipe(
        identity=np.clip(shape, -2.5, 2.5),
        beyond=order.beyond * more / max(math.sqrt(beyond), 1.0),
        expression=expression(random, model),
        albedo=np.clip(random.normal(0.0, 0.7, len(model.albedo_components)), -1.5, 1.5),
        camera=camera,
        camera_from_head=pose,
        **colours,
        cut=cut,
        glasses=glasses,
        hat=hat,
        held=held,
        beard=0.0 if woman or random.random() < 0.5 else float(random.choice(
            [random.uniform(0.1, 0.5), random.uniform(0.5, 1.0), random.uniform(1.0, 1.6)])),
        brows=int(random.integers(0, 3) if woman else random.integers(1, 5)),
        pattern=int(random.integers(0, 8)),
        pupil=float(random.uniform(0.10, 0.24)),
        freckles=float(max(random.normal(-0.3, 0.5), 0.0)) * (1.0 - dark),
        gloss=float(np.exp(random.normal(-3.0, 0.5))),
        seed=int(random.integers(1 << 31)),
    )  # fmt: skip


def _view(random: Random, order: Order) -> tuple[Camera, Float64]:
    """Return a camera, and where the head is before it."""
    fov = math.radians(random.uniform(14.0, 68.0))
    camera = Camera.from_field_of_view((order.size, order.size), fov)
    yaw, pitch, roll = (_turned(random, most) for most in (order.yaw, order.pitch, order.roll))
    turn = rotation_matrix(np.array([0.0, 0.0, roll]))
    turn = turn @ rotation_matrix(np.array([0.0, yaw, 0.0]))
    turn = turn @ rotation_matrix(np.array([pitch, 0.0, 0.0]))
    share = random.uniform(0.34, 0.72)
    away = camera.focal * FACE / (share * order.size)
    away = max(away, 260.0)
    side = 0.5 * order.size / camera.focal * away
    middle = turn @ np.array([0.0, -5.0, 45.0])
    aside = random.normal(0.0, 0.13, 2) * side * (1.15 - share)
    place = np.array([aside[0], aside[1], -away]) - middle
    return camera, rigid(turn, place)


def _turned(random: Random, most: float) -> float:
    """Return an angle within `most` degrees, in rad: often small, sometimes any."""
    wide = random.random() < 0.35
    angle = random.uniform(-1.0, 1.0) if wide else np.clip(random.normal(0.0, 0.3), -1.0, 1.0)
    return math.radians(most * float(angle))


def _colours(random: Random, dark: float, *, woman: bool) -> dict[str, Float64]:
    """Return the colours of a person; `dark` is the skin's place among tones."""
    table = PALE * (1.0 - dark) + DARK * dark
    table = PALE if dark < 0.3 else DARK if dark > 0.6 else table
    hair = HAIRS[random.choice(len(HAIRS), p=table / table.sum())] * random.uniform(0.7, 1.3)
    if random.random() < 0.03:  # dyed
        hair = 0.35 * random.dirichlet((0.6, 0.6, 0.6)) + 0.02
    brown = dark > 0.55 or random.random() < 0.35
    iris = IRISES[random.integers(0, 3) if brown else random.integers(0, len(IRISES))]
    skin = tone(dark) * np.exp(random.normal(0.0, (0.05, 0.06, 0.08)))
    made_up = woman and random.random() < 0.35
    lips = np.array([1.0, 0.9, 0.92]) * np.exp(random.normal(0.0, 0.06, 3))
    if made_up:
        lips *= np.array([0.95, 0.45, 0.55]) * np.exp(random.normal(0.0, 0.15, 3))
    return {
        "skin": skin,
        "lips": lips,
        "hair": np.asarray(hair),
        "iris": iris * np.exp(random.normal(0.0, 0.2, 3)),
        "cloth": _cloth(random),
        "second": np.exp(random.normal(0.0, 1.0) + random.normal(0.0, 0.5, 3)),
        "worn": _cloth(random),
    }


def _cloth(random: Random) -> Float64:
    """Return the colour of cloth or paint: dark, pale or bright."""
    bright = math.exp(random.uniform(math.log(0.015), math.log(0.55)))
    return np.clip(
        bright * np.exp(random.normal(0.0, random.choice([0.1, 0.5, 0.9]), 3)), 0.008, 0.8
    )


def _cut(random: Random, *, woman: bool) -> str:
    """Return how hair is cut."""
    table = WOMEN if woman else MEN
    return str(random.choice(np.array(list(table)), p=list(table.values())))


def _things(random: Random, share: float) -> tuple[str, str, str]:
    """Return hat, glasses and what is held before the face; mostly one of them."""
    if random.random() >= share:
        return "", "", ""
    kinds = random.random(3) < (0.3, 0.5, 0.35)
    hat = str(random.choice(HATS)) if kinds[0] else ""
    glasses = str(random.choice(GLASSES)) if kinds[1] else ""
    return hat, glasses, str(random.choice(HELD)) if kinds[2] else ""
