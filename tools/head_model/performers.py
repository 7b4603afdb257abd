"""The people that the synthetic performer plays: how those who were drawn look."""

import numpy as np

from head_model.painting import HAIR, Look
from head_model.people import Draws

GREY, BROWN, BLOND = (0.125, 0.120, 0.115), (0.085, 0.045, 0.024), (0.30, 0.19, 0.09)
TONES = (-1.55, 0.35, 0.85)  # of Africans, Asians, Europeans, as `people.RACES`
EYES = (-0.4, -0.3, 0.9)


def looks(random: np.random.Generator, draws: Draws) -> list[Look]:
    """Return how each of the people in `draws` is painted."""
    return [_look(random, draws, person) for person in range(len(draws.age))]


def _look(random: np.random.Generator, draws: Draws, person: int) -> Look:
    race, age = draws.race[person], draws.age[person]
    male = draws.male[person] > 0.5
    chance = random.uniform(size=3)
    fair = HAIR if race[2] < 0.6 else (HAIR, BROWN, BLOND)[int(3 * chance[0])]
    grey = float(np.clip((age - 48.0) / 25.0, 0.0, 0.8))
    hair = (1.0 - grey) * np.array(fair) + grey * np.array(GREY)
    return Look(
        tone=float(race @ TONES + random.normal(0.0, 0.25)),
        warmth=float(random.normal(0.0, 0.7)),
        lips=float(random.normal(0.0 if male else 0.8, 0.5)),
        iris=float(race @ EYES + random.normal(0.0, 0.3)),
        brows=0.85 if male else 0.65,
        scalp=0.0 if male and age > 50.0 and chance[1] < 0.5 else 0.9,
        beard=float(0.65 * chance[2]) if male and chance[2] > 0.5 else 0.0,
        hair=(float(hair[0]), float(hair[1]), float(hair[2])),
    )
