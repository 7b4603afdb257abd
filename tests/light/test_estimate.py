"""Light that is known, and what is made of a picture in it."""

import numpy as np
import pytest

from livemask.harmonics import shade
from livemask.light.estimate import (
    AMBIENT,
    EVERY,
    EXPOSURE,
    FRONT,
    LightEstimate,
    estimate,
    mix,
    share,
)
from livemask.light.skin import Skin, SkinProbe
from livemask.records import Camera, Light, Material, Mesh, Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import tiny

CAMERA = Camera.from_field_of_view((480, 360))
LAMPS = [
    # towards the light, its strength, the ambient light's
    ((-0.8, 0.3, 0.5), 0.7, 0.4),
    ((0.7, 0.2, 0.7), 0.7, 0.15),
    ((0.0, 0.6, 0.8), 0.5, 0.4),
    ((0.3, 0.1, 0.95), 0.8, 0.3),
    ((-0.5, 0.6, 0.6), 0.6, 0.5),
]


def lamp(towards, colour, ambient):
    direction = np.array(towards, np.float32)
    return Light(
        direction / np.float32(np.linalg.norm(direction)),
        np.full(3, colour, np.float32),
        np.full(3, ambient, np.float32),
    )


def flat(towards, colour=0.6, ambient=0.4, tone=(1.0, 1.0, 1.0), count=300):
    """Return skin as it would be seen without any error, on a half sphere."""
    normals = np.random.default_rng(5).normal(size=(count, 3))
    normals[:, 2] = np.abs(normals[:, 2]) + 0.3
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    light = lamp(towards, colour, ambient)
    shade = ambient + colour * np.maximum(normals @ light.direction, 0.0)
    albedo = np.tile([0.5, 0.3, 0.2], (count, 1))
    return Skin(normals, albedo, albedo * shade[:, None] * tone)


def angle(one, other):
    return np.degrees(np.arccos(np.clip(float(one @ other), -1.0, 1.0)))


def ambient_share(light):
    return light.ambient.mean() / (light.ambient.mean() + light.colour.mean())


@pytest.fixture(scope="module")
def seen():
    """Skin of a drawn head in the light of each lamp: another person each, turned a little."""
    model, rng = shipped(), np.random.default_rng(3)
    probe, found = SkinProbe(model), []
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        for towards in LAMPS:
            pose = tiny.pose(tuple(0.15 * rng.normal(size=3)), (0, 0, -550))
            fit = tiny.fit(model, pose, CAMERA)
            fit.identity[:] = 0.7 * rng.normal(size=len(model.identity))
            vertices = model.vertices(fit.identity, fit.expression)
            mesh = Mesh(
                vertices, model.triangles, model.normals(vertices), CAMERA, pose,
                Material(specular=0.1), colours=model.albedo,
            )  # fmt: skip
            black = tiny.frame(tiny.plain((0, 0, 0), CAMERA.size))
            image = renderer.render(Scene(black, (fit,), (mesh,), lamp(*towards)))
            found.append(probe.look(tiny.frame(image), fit))
        renderer.close()
    return found


@pytest.mark.parametrize("which", range(len(LAMPS)))
def test_the_light_of_a_drawn_face_is_found(seen, which):
    """To 12 degrees, 0.1 of the ambient share and 0.2 of the level, a highlight disturbing."""
    truth = lamp(*LAMPS[which])

    found = estimate(seen[which])

    assert angle(found.direction, truth.direction) < 12.0
    assert ambient_share(found) == pytest.approx(ambient_share(truth), abs=0.1)
    level = (found.ambient + found.colour).mean() / (truth.ambient + truth.colour).mean()
    assert level == pytest.approx(1.0, abs=0.2)


def test_the_light_of_skin_without_error_is_found_nearly_exactly():
    found = estimate(flat((0.5, 0.4, 0.77)))

    assert angle(found.direction, lamp((0.5, 0.4, 0.77), 1, 1).direction) < 2.0
    assert ambient_share(found) == pytest.approx(0.4, abs=0.03)


@pytest.mark.parametrize("which", range(len(LAMPS)))
def test_matt_surfaces_are_shaded_as_the_light_of_a_drawn_face_shades_them(seen, which):
    """To 0.12 of the light, on all sides that the viewer sees."""
    normals = flat((0, 0, 1)).normals
    truth = shade(lamp(*LAMPS[which]).harmonics, normals)

    found = shade(estimate(seen[which]).harmonics, normals)

    error = found / found.mean() - truth / truth.mean()
    assert np.sqrt(np.mean(error**2)) < 0.12


def test_light_from_two_sides_is_told_from_light_from_the_front():
    """What one distant light cannot say: the middle of the face is the darkest."""
    skin = flat((0, 0, 1))
    sides = 0.2 + np.abs(skin.normals[:, :1]) * np.ones(3)

    found = estimate(Skin(skin.normals, skin.albedo, skin.albedo * sides)).harmonics

    right, ahead, left = shade(found, np.array([[0.9, 0, 0.44], [0, 0, 1.0], [-0.9, 0, 0.44]]))
    assert min(right.mean(), left.mean()) > 1.5 * ahead.mean()


def test_a_warm_and_a_cool_side_differ_in_colour():
    skin = flat((0, 0.3, 0.95))
    warmth = 1.0 + 0.25 * skin.normals[:, :1] * [1.0, 0.0, -1.0]

    found = estimate(Skin(skin.normals, skin.albedo, skin.colours * warmth)).harmonics

    warm, cool = shade(found, np.array([[0.8, 0, 0.6], [-0.8, 0, 0.6]]))
    assert warm[0] / warm[2] > 1.1 * cool[0] / cool[2]


def test_a_shadow_on_the_nose_darkens_no_other_side():
    """Cast shadows follow no normal: the harmonics must not either."""
    skin = flat((0.5, 0.4, 0.77))
    shaded = skin.colours.copy()
    shaded[skin.normals[:, 0] < -0.75] *= 0.15

    found = estimate(Skin(skin.normals, skin.albedo, shaded)).harmonics

    clear = shade(estimate(skin).harmonics, skin.normals)
    assert (shade(found, skin.normals) > 0.5 * clear).all()


def test_a_beard_does_not_turn_the_light():
    skin = flat((0.4, 0.3, 0.87))
    bearded = skin.colours.copy()
    below = np.argsort(skin.normals[:, 1])[:45]  # 15 % of the skin, where faces look down
    bearded[below] *= 0.3

    clean, disturbed = estimate(skin), estimate(Skin(skin.normals, skin.albedo, bearded))

    assert angle(clean.direction, disturbed.direction) < 6.0


def test_a_warm_lamp_is_warm_but_half_of_it_is_taken_for_the_skin():
    found = estimate(flat((0.0, 0.3, 0.95), tone=(1.2, 1.0, 0.8)))

    red, green, blue = found.colour / found.colour.mean()
    assert red > green > blue
    assert red / blue < 1.2 / 0.8


@pytest.mark.parametrize("dark", [0.25, 0.5])
def test_darker_skin_is_half_laid_to_the_light(dark):
    usual, dim = estimate(flat((0, 0.3, 0.95))), estimate(flat((0, 0.3, 0.95), tone=(dark,) * 3))

    assert dim.ambient.mean() / usual.ambient.mean() == pytest.approx(np.sqrt(dark), rel=0.02)


def absurd():
    """Yield skin as no room shows it."""
    rng = np.random.default_rng(9)
    skin = flat((0, 0, 1))
    for colours in (
        np.zeros_like(skin.colours),
        np.ones_like(skin.colours),
        rng.uniform(size=skin.colours.shape),
        (rng.uniform(size=skin.colours.shape) > 0.97) * 1.0,
        np.tile([1.0, 0.0, 0.0], (300, 1)),
        flat((0.1, 0.9, -0.9), ambient=0.01).colours,
        flat((-1, 0, 0.0), ambient=0.0).colours,
    ):
        yield Skin(skin.normals, skin.albedo, colours)
    yield Skin(skin.normals, np.zeros_like(skin.albedo), skin.colours)
    yield Skin(np.tile([0.0, 0.0, 1.0], (300, 1)), skin.albedo, skin.colours)


@pytest.mark.parametrize("skin", list(absurd()))
def test_the_light_is_never_absurd(skin):
    light = estimate(skin)

    assert np.linalg.norm(light.direction) == pytest.approx(1.0, abs=1e-5)
    assert light.direction[2] > FRONT - 1e-3
    assert AMBIENT[0] - 1e-3 < ambient_share(light) < AMBIENT[1] + 1e-3
    usual = Light.default()
    least = EXPOSURE[0] * (usual.colour + usual.ambient).mean()
    assert (light.colour + light.ambient).max() < 1.6
    assert (light.colour + light.ambient).min() > 0.5 * least
    assert np.isfinite(light.harmonics).all()
    assert shade(light.harmonics, skin.normals).max() < 3.0


def left_then_right(time):
    """Return a frame lit from the image's left, and from 1 s on from its right."""
    dark = np.linspace(60, 220, tiny.SIZE[0])
    row = dark if time >= 1.0 else dark[::-1]
    return tiny.frame(np.tile(row[None, :, None], (tiny.SIZE[1], 1, 3)).astype(np.uint8), time)


@pytest.fixture
def follower():
    return LightEstimate(tiny.model())


def test_before_the_first_face_the_light_is_the_default(follower):
    np.testing.assert_array_equal(follower.value.direction, Light.default().direction)


def test_the_first_face_sets_the_light_at_once(follower):
    fit = tiny.fit(tiny.model())

    light = follower.update(left_then_right(0.0), fit)

    assert light.direction[0] < -0.1
    assert light is follower.value


def test_a_change_of_light_is_followed_within_two_seconds_but_not_at_once(follower):
    fit = tiny.fit(tiny.model())
    before = follower.update(left_then_right(0.96), fit).direction[0]

    soon = follower.update(left_then_right(1.06), fit).direction[0]
    for step in range(1, 30):
        late = follower.update(left_then_right(1.06 + 0.1 * step), fit).direction[0]

    assert before < soon < 0.0
    assert late > 0.1


def test_frames_that_follow_quickly_share_an_estimate(follower):
    fit = tiny.fit(tiny.model())
    first = follower.update(left_then_right(0.999), fit)

    assert follower.update(left_then_right(0.999 + 0.5 * EVERY), fit) is first


def test_a_film_that_starts_anew_starts_with_its_own_light(follower):
    fit = tiny.fit(tiny.model())
    follower.update(left_then_right(5.0), fit)

    assert follower.update(left_then_right(0.0), fit).direction[0] < -0.1


def test_a_face_outside_the_picture_leaves_the_light_as_it_is(follower):
    model = tiny.model()
    first = follower.update(left_then_right(0.0), tiny.fit(model))
    away = tiny.fit(model, tiny.pose(place=(5000, 0, -480)))

    assert follower.update(left_then_right(2.0), away) is first


def test_light_between_two_lights_is_a_light():
    between = mix(lamp((1, 0, 0.3), 0.2, 0.4), lamp((-1, 0, 0.3), 0.6, 0.2), 0.5)

    np.testing.assert_allclose(between.direction, (0, 0, 1), atol=1e-6)
    assert between.colour[0] == pytest.approx(0.4)
    assert between.ambient[0] == pytest.approx(0.3)


def test_the_share_of_a_new_estimate_grows_with_time():
    assert share(0.0) == 0.0
    assert share(0.5) == pytest.approx(1 - np.exp(-1))
    assert share(np.inf) == 1.0
    assert share(-1.0) == 1.0
