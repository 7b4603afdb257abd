import numpy as np

from livemask.performer import harmonics
from livemask.synthesis.lighting import DIRECTIONS, Lights, lit_by_lamp, shine, spread


def test_even_light_from_all_around_gives_an_open_surface_its_own_colour():
    around = np.full((len(DIRECTIONS), 3), 4.0 * np.pi / len(DIRECTIONS)) * (1.0, 0.5, 0.25)
    normals = harmonics.sphere(50).astype(np.float32)
    passed = (harmonics.COSINE * harmonics.basis(normals)).astype(np.float32)
    lights = Lights(around, np.array([0.0, 0.0, 1.0]), np.zeros(3))
    lit = np.empty((50, 3), np.float32)
    turn = np.eye(3)
    spread(passed, normals, normals.copy(), turn.astype(np.float32), lights.seen_from(turn), lit)
    assert np.abs(lit - (1.0, 0.5, 0.25)).max() < 0.02


def test_a_surface_that_turned_is_lit_as_if_it_had_always_looked_there():
    random = np.random.default_rng(1)
    around = np.maximum(DIRECTIONS @ random.normal(size=(3, 3)), 0.0) / len(DIRECTIONS)
    lights = Lights(around, np.array([0.0, 0.0, 1.0]), np.zeros(3))
    then, now = (harmonics.sphere(n)[:40].astype(np.float32) for n in (40, 41))
    turn = np.eye(3)

    def lit(rest):
        passed = (harmonics.COSINE * harmonics.basis(rest)).astype(np.float32)
        passed[:, 0] = 1.0 / 3.544908
        found = np.empty((40, 3), np.float32)
        spread(passed, rest, now.copy(), turn.astype(np.float32), lights.seen_from(turn), found)
        return found

    assert np.abs(lit(then) - lit(now)).max() < 0.02 * np.abs(lit(now)).max()


def test_a_lamp_lights_what_nothing_stands_before():
    y, x = np.mgrid[-60.0:61.0:4.0, -60.0:61.0:4.0]
    wall = np.stack([x.ravel(), y.ravel(), 0.0 * x.ravel()], 1)
    board = np.array([[-20.0, -20.0, 40.0], [20.0, -20.0, 40.0], [0.0, 20.0, 40.0]])
    seen = np.concatenate([wall, board]).astype(np.float32)
    triangles = np.array([[len(wall), len(wall) + 1, len(wall) + 2]], np.int32)
    reached = lit_by_lamp(seen, triangles, np.array([0.0, 0.0, 1.0]))
    middle = np.argmin(np.linalg.norm(wall - (0.0, -8.0, 0.0), axis=1))
    corner = np.argmin(np.linalg.norm(wall - (-56.0, 56.0, 0.0), axis=1))
    assert reached[middle] == 0.0
    assert reached[corner] == 1.0
    assert (reached[len(wall) :] == 1.0).all()


def test_a_lamp_gives_a_surface_that_faces_it_its_light_and_its_back_none():
    normals = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]], np.float32)
    seen = np.array([[0.0, 0.0, -500.0]] * 2, np.float32)
    lit, gleam = np.zeros((2, 3), np.float32), np.zeros(2, np.float32)
    lamp, colour = np.array([0.0, 0.0, 1.0], np.float32), np.array([1.0, 0.5, 0.2], np.float32)
    shine(normals, seen, np.ones(2, np.float32), lamp, colour, np.zeros(3, np.float32), lit, gleam)
    assert np.allclose(lit[0], colour)
    assert not lit[1].any()
    assert np.isclose(gleam[0], 1.0)
    assert gleam[1] == 0.0
