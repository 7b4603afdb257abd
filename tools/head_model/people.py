"""Draws people: weights of MakeHuman's targets, and the heads that they make.

Race, gender, age, muscle and weight blend whole-body targets; the sliders then vary each
feature. All draws come from one seed.
"""

import itertools
from dataclasses import dataclass

import numpy as np

from head_model.base_mesh import BaseMesh, read_target
from head_model.cut import Cage
from head_model.organs import fit_organs
from head_model.sliders import Slider, sliders
from head_model.source import BASE, Source
from livemask.records import Array, Float64

RACES = ("african", "asian", "caucasian")
GENDERS = ("female", "male")
AGES = {"child": 10.0, "young": 25.0, "old": 90.0}
MUSCLES = ("minmuscle", "averagemuscle", "maxmuscle")
WEIGHTS = ("minweight", "averageweight", "maxweight")
HALVES = (0.0, 0.5, 1.0)  # where the three muscle and weight targets lie
SIDES = 0.15  # how far left and right may differ, of a slider's spread


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Who was drawn: (p,) years, (p,) share of male, (p, 3) shares of `RACES`, (p,) 0 to 1."""

    age: Float64
    male: Float64
    race: Float64
    muscle: Float64
    weight: Float64

    def after(self, first: int) -> "Draws":
        """Return those from number `first` on."""
        return Draws(*(getattr(self, name)[first:] for name in self.__slots__))


def draw(random: np.random.Generator, count: int) -> Draws:
    """Draw `count` adults."""
    return Draws(
        random.uniform(18.0, 75.0, count),
        random.beta(0.5, 0.5, count),
        random.dirichlet([0.45] * 3, count),
        np.clip(random.normal(0.5, 0.16, count), 0.0, 1.0),
        np.clip(random.normal(0.5, 0.16, count), 0.0, 1.0),
    )


def heads(
    source: Source, mesh: BaseMesh, cage: Cage, random: np.random.Generator, draws: Draws
) -> Float64:
    """Return the (p, c, 3) cages of the people in `draws`, mm, as MakeHuman places them."""
    macro_names, macro_weights = _macros(draws)
    all_sliders = sliders(source)
    names, columns = list(macro_names), [macro_weights]
    for slider, weight in zip(
        all_sliders, _slide(random, all_sliders, len(draws.age)), strict=True
    ):
        names.append(slider.plus)
        columns.append(np.maximum(weight, 0.0)[:, None])
        if slider.minus:
            names.append(slider.minus)
            columns.append(np.maximum(-weight, 0.0)[:, None])
    count = len(mesh.vertices)
    targets = np.stack([read_target(source, n, count)[cage.base].ravel() for n in names])
    moved = np.hstack(columns) @ targets
    placed = (mesh.vertices[cage.base].ravel() + moved).reshape(len(draws.age), -1, 3)
    return fit_organs(mesh, cage, placed)


def _macros(draws: Draws) -> tuple[list[str], Float64]:
    """Return the macro targets and their (p, m) weights: products of what they stand for."""
    gender = np.stack([1.0 - draws.male, draws.male], 1)
    age = _hats(draws.age, tuple(AGES.values()))
    muscle, weight = _hats(draws.muscle, HALVES), _hats(draws.weight, HALVES)
    axes = {"race": (RACES, draws.race), "gender": (GENDERS, gender), "age": (tuple(AGES), age)}
    build = {"muscle": (MUSCLES, muscle), "weight": (WEIGHTS, weight)}
    names, columns = [], []
    for group, prefix in (
        (axes, ""),
        ({"gender": axes["gender"], "age": axes["age"], **build}, "universal-"),
    ):
        for choice in itertools.product(*(range(len(labels)) for labels, _ in group.values())):
            picked = list(zip(choice, group.values(), strict=True))
            name = "-".join(labels[i] for i, (labels, _) in picked)
            names.append(f"{BASE}targets/macrodetails/{prefix}{name}.target.gz")
            columns.append(np.prod([shares[:, i] for i, (_, shares) in picked], axis=0))
    return names, np.stack(columns, 1)


def _hats(values: Float64, nodes: tuple[float, ...]) -> Float64:
    """Return the (p, n) weights that interpolate linearly between `nodes`."""
    return np.stack([np.interp(values, nodes, row) for row in np.eye(len(nodes))], 1)


def _slide(random: np.random.Generator, all_sliders: list[Slider], count: int) -> list[Array]:
    """Draw the (count,) weight of each slider; the two sides of a face nearly agree."""
    shared: dict[str, Array] = {}
    weights = []
    for slider in all_sliders:
        both = shared.setdefault(slider.key, random.normal(0.0, 1.0, count))
        own = both + SIDES * random.normal(0.0, 1.0, count)
        value = slider.mean + slider.spread * own
        weights.append(np.clip(value if slider.minus else np.abs(value), -1.0, 1.0))
    return weights
