"""Characters in place of the head.

`python -m tests.masks.test_avatar` draws the golden pictures anew. Look at them before they are
committed.
"""

import cv2
import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.geometry import project
from livemask.hiding import head_outline
from livemask.masks import avatar
from livemask.masks.avatars.character import build
from livemask.masks.avatars.elf import DESIGN
from livemask.masks.avatars.solids import Section, lock
from livemask.records import Camera, Fit, Frame, Light, Material, Mesh, Scene, State
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from tests.heads import shipped
from tests.masks import test_golden, tiny

CAMERA = Camera.from_field_of_view((320, 320))
GREEN = (0, 255, 0)


def fit(turn=0.0, identity=None, **moved):
    model = shipped()
    values = np.zeros(len(model.expression_names))
    for name, value in moved.items():
        values[model.expression_names.index(name)] = value
    pose = tiny.pose((0.0, turn, 0.0), (0, 0, -520))
    someone = np.zeros(len(model.identity)) if identity is None else identity
    return Fit(0, CAMERA, pose, someone, values, 0.0, 1.0, State.TRACKED)


def layers(mask, of):
    frame = Frame(tiny.plain(GREEN, CAMERA.size), 0.0, 0)
    return mask.layers(shipped(), of, frame, Light.default(), 0.0)


def drawn(mask, of):
    frame = Frame(tiny.plain(GREEN, CAMERA.size), 0.0, 0)
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        picture = renderer.render(Scene(frame, (of,), layers(mask, of), Light.default()))
        renderer.close()
    return picture


@pytest.mark.parametrize("name", avatar.CHARACTERS)
@pytest.mark.parametrize("turn", [0.0, 0.9])
def test_the_face_is_covered(name, turn):
    of = fit(turn)
    model = shipped()
    seen = model.mean[model.face_weight > 0.2]
    pixels = np.rint(project(CAMERA, of.camera_from_head, seen)).astype(int)
    mask = avatar.create(name, cover="none")
    picture = drawn(mask, of)

    bare = (picture[pixels[:, 1], pixels[:, 0]] == GREEN).all(1)
    assert bare.mean() < 0.08  # from the side, a nose longer than its own is left to the blur


@pytest.mark.parametrize("name", avatar.CHARACTERS)
def test_what_shows_beside_it_is_blurred_unless_asked_otherwise(name):
    of = fit()
    blurred, bare = layers(avatar.create(name), of), layers(avatar.create(name, cover="none"), of)

    assert blurred[0].look == "blur"
    np.testing.assert_allclose(blurred[0].region, head_outline(of, 0.8))
    assert all(isinstance(layer, Mesh) for layer in bare)


@pytest.mark.parametrize("name", avatar.CHARACTERS)
def test_a_blink_hides_the_eyeballs(name):
    mask = avatar.create(name, cover="none")

    def eyeballs(of):
        """Count the pixels that eyes painted red change."""
        seen = [layer for layer in layers(mask, of) if layer.material.look == "avatar"]
        skin, ball = seen
        frame = Frame(tiny.plain(GREEN, CAMERA.size), 0.0, 0)
        with offscreen() as context:
            renderer = Renderer(context, samples=0)
            pictures = [
                renderer.render(Scene(frame, (of,), drawn_layers, Light.default())).astype(int)
                for drawn_layers in ((skin, ball), (skin,))
            ]
            renderer.close()
        return int((np.abs(pictures[0] - pictures[1]).max(2) > 8).sum())

    opened = eyeballs(fit())
    closed = eyeballs(fit(eyeBlinkLeft=1.0, eyeBlinkRight=1.0))

    assert opened > 200
    assert closed < 0.03 * opened


def pupil(name, **moved):
    """Return where the dark of the left eye lies on the eyeball's picture of the camera, px."""
    mask = avatar.create(name, cover="none")
    of = fit(**moved)
    eyes = [layer for layer in layers(mask, of) if layer.material.look == "avatar"][1]
    half = len(avatar.character_of(name).eyes.vertices) // 2
    middle = np.linalg.norm(eyes.uv[:half] - 0.5, axis=1).argmin()
    return project(CAMERA, eyes.camera_from_mesh, eyes.vertices[middle][None])[0]


@pytest.mark.parametrize("name", avatar.CHARACTERS)
def test_eyes_look_where_the_person_looks(name):
    ahead = pupil(name)

    assert pupil(name, eyeLookOutLeft=1.0)[0] > ahead[0] + 2
    assert pupil(name, eyeLookInLeft=1.0)[0] < ahead[0] - 2
    assert pupil(name, eyeLookUpLeft=1.0)[1] < ahead[1] - 2
    assert pupil(name, eyeLookDownLeft=1.0)[1] > ahead[1] + 2


@pytest.mark.parametrize("name", avatar.CHARACTERS)
def test_teeth_show_only_in_an_open_mouth(name):
    mask = avatar.create(name, cover="none", exaggeration=1.0)
    character = avatar.character_of(name)
    inner = np.concatenate([character.model.parts[p] for p in ("teeth", "tongue")])

    def shown(of):
        body = layers(mask, of)[1]
        tint = np.zeros_like(body.vertices)
        tint[inner] = (1.0, 0.0, 1.0)
        marked = Mesh(
            body.vertices,
            body.triangles,
            body.normals,
            CAMERA,
            body.camera_from_mesh,
            Material("flat", lit=False),
            colours=tint,
        )
        frame = Frame(tiny.plain(GREEN, CAMERA.size), 0.0, 0)
        with offscreen() as context:
            renderer = Renderer(context, samples=0)
            picture = renderer.render(Scene(frame, (of,), (marked,), Light.default()))
            renderer.close()
        return int(((picture[..., 0] > 150) & (picture[..., 1] < 60)).sum())

    assert shown(fit()) == 0
    assert shown(fit(jawOpen=0.8)) > 20


def test_a_character_has_its_own_shape_whoever_wears_it():
    mask = avatar.create("elf", cover="none")
    someone = np.random.default_rng(3).normal(0.0, 1.0, len(shipped().identity))
    one, other = layers(mask, fit())[1], layers(mask, fit(identity=someone))[1]

    np.testing.assert_array_equal(one.vertices, other.vertices)
    scale = np.cbrt(np.linalg.det(other.camera_from_mesh[:3, :3]))
    assert scale != pytest.approx(np.cbrt(np.linalg.det(one.camera_from_mesh[:3, :3])))


def test_it_shows_the_gesture_not_the_face_at_rest():
    model = shipped()
    of = fit(jawOpen=0.5)
    calm = Fit(
        0,
        CAMERA,
        of.camera_from_head,
        of.identity,
        of.expression,
        0.0,
        1.0,
        State.TRACKED,
        np.zeros(len(model.expression_names)),
    )
    mask = avatar.create("fox", cover="none")

    at_rest = layers(mask, fit())[1].vertices
    np.testing.assert_array_equal(layers(mask, calm)[1].vertices, at_rest)
    assert np.abs(layers(mask, of)[1].vertices - at_rest).max() > 3.0


def test_exaggeration_is_of_the_smile_and_not_of_the_blink():
    plain, more = (avatar.create("fox", cover="none", exaggeration=e) for e in (1.0, 2.0))
    at_rest = layers(plain, fit())[1].vertices

    def reach(mask, **moved):
        return np.abs(layers(mask, fit(**moved))[1].vertices - at_rest).max()

    assert reach(more, mouthSmileLeft=0.4) == pytest.approx(2 * reach(plain, mouthSmileLeft=0.4))
    assert reach(more, eyeBlinkLeft=0.4) == pytest.approx(reach(plain, eyeBlinkLeft=0.4))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"character": "cat"}, "fox or elf or dragon"),
        ({"exaggeration": -1.0}, "exaggeration=-1"),
        ({"size": 9.0}, "size=9"),
        ({"cover": "all"}, "cover"),
    ],
)
def test_what_cannot_be_is_said(options, said):
    with pytest.raises(UsageError, match=said):
        avatar.create(**options)


def test_a_character_is_built_the_same_each_time():
    again, first = build(DESIGN), avatar.character_of("elf")

    np.testing.assert_array_equal(again.model.mean, first.model.mean)
    np.testing.assert_array_equal(again.colours, first.colours)
    np.testing.assert_array_equal(again.picture, first.picture)


def posed(turn=0.4):
    """Return a turned face that winks, looks aside and has its mouth open."""
    return fit(turn, jawOpen=0.5, eyeBlinkRight=1.0, eyeLookOutLeft=0.6)


def test_a_pointed_lock_has_no_triangle_that_cannot_be_seen():
    line = np.linspace((0.0, 0.0, 0.0), (0.0, 60.0, 10.0), 6)
    pointed, blunt = (
        lock(line, (0, 0, 1), Section(8.0, 4.0, 0.8, tip), np.ones((2, 3))) for tip in (0.0, 0.5)
    )

    a, b, c = pointed.vertices[pointed.triangles].swapaxes(0, 1)
    assert np.linalg.norm(np.cross(b - a, c - a), axis=1).min() > 0.1
    assert len(pointed.triangles) == len(blunt.triangles) - 4


@pytest.mark.parametrize("name", avatar.CHARACTERS)
def test_a_character_looks_as_it_did(name):
    assert test_golden.excess(drawn(avatar.create(name), posed()), f"avatar-{name}") < 1


def test_the_comparison_notices_a_character_that_turned_a_little():
    assert test_golden.excess(drawn(avatar.create("fox"), posed(0.5)), "avatar-fox") > 1


def write_all():
    """Draw all golden pictures anew."""
    for name in avatar.CHARACTERS:
        picture = drawn(avatar.create(name), posed())
        cv2.imwrite(str(test_golden.FOLDER / f"avatar-{name}.png"), picture[..., ::-1])


if __name__ == "__main__":
    write_all()
