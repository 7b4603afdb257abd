"""The face of a photo, and parts of it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from livemask import plugins
from livemask.errors import UsageError
from livemask.geometry import project
from livemask.masks import part, swap
from livemask.records import Effect, Scene
from livemask.render.context import offscreen
from livemask.render.renderer import Renderer
from livemask.wardrobe import will_hide
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.swapping.portraits import portrait
from tests.masks.test_contract import POSES, is_sound
from tests.masks.test_golden import TURNED, excess

SKIN = tiny.plain((190, 150, 130))
SPOTTED = np.clip(
    SKIN + np.random.default_rng(4).normal(0.0, 40.0, SKIN.shape).round(), 0, 255
).astype(np.uint8)
"""As varied as the photo."""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "me.jpg"
    path.write_bytes(b"opened by whoever fits it")
    return path


def developed(mask):
    asked = []

    def portraits(path, person):
        asked.append((path.name, person))
        return portrait()

    mask.develop(portraits)
    return mask, asked


def layers(mask, pose=None, frame=None, **moved):
    model = shipped()
    fit = tiny.fit(model, pose, **moved)
    return mask.layers(model, fit, frame or tiny.frame(SKIN), tiny.LIGHT, 0.0)


def picture(drawn):
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        image = renderer.render(Scene(tiny.frame(SKIN), (), drawn, tiny.LIGHT))
        renderer.close()
    return image.astype(int)


def at(image, *points):
    fit, model = tiny.fit(shipped()), shipped()
    where = project(
        fit.camera, fit.camera_from_head, model.mean[model.landmark_vertices[[*points]]]
    )
    return [image[y, x] for x, y in np.rint(where).astype(int)]


def test_the_photo_lies_on_the_face_as_it_does_on_its_own(file):
    mask, asked = developed(swap.create(file, person=2))
    right, left = at(picture(layers(mask, frame=tiny.frame(SPOTTED))), 48, 54)

    assert asked == [("me.jpg", 2)]
    assert right[0] > right[2] + 20
    assert left[2] - left[0] > right[2] - right[0] + 20


def test_its_mean_colour_becomes_the_wearers(file):
    """The photo is purple on average; worn on brown skin it is brown on average."""
    mask, _ = developed(swap.create(file))
    image = picture(layers(mask))
    face = image[60:120, 95:145].reshape(-1, 3).mean(0)
    bare = SKIN[0, 0]
    assert np.abs(face / face.sum() - bare / bare.sum()).max() < 0.05


def test_on_plain_skin_it_is_less_varied_than_on_spotted(file):
    apart = []
    for skin in (SKIN, SPOTTED):
        mask, _ = developed(swap.create(file))
        right, left = at(picture(layers(mask, frame=tiny.frame(skin))), 48, 54)
        apart.append(np.abs((left - right) - (left - right).mean()).max())
    assert apart[0] < 0.7 * apart[1]


def test_eyes_and_mouth_are_the_photos_or_the_wearers(file):
    all_of_it, _ = developed(swap.create(file))
    own, _ = developed(swap.create(file, eyes="live", mouth="live"))
    assert len(layers(own)) < len(layers(all_of_it))
    assert any(mesh.material.texture is not None for mesh in layers(all_of_it)[1:])


def test_without_its_photo_it_hides_all_the_same(file):
    (effect,) = layers(swap.create(file))
    assert isinstance(effect, Effect)
    assert effect.look == "blur"
    assert effect.region is None


def test_it_is_blurred_on_another_model_than_the_photos(file):
    mask, _ = developed(swap.create(file))
    other = replace(shipped())
    (effect,) = mask.layers(other, tiny.fit(other), tiny.frame(), tiny.LIGHT, 0.0)
    assert effect.look == "blur"


@pytest.mark.parametrize("pose", POSES)
def test_its_layers_are_sound_in_all_poses(file, pose):
    mask, _ = developed(swap.create(file))
    assert all(is_sound(mesh) for mesh in layers(mask, POSES[pose], jawOpen=0.4))


def test_a_part_changes_nothing_but_itself(file):
    mask, _ = developed(part.create(mouth=file))
    image = picture(layers(mask, frame=tiny.frame(SPOTTED)))
    changed = np.abs(image - SKIN).max(2) > 12
    fit, model = tiny.fit(shipped()), shipped()
    points = project(fit.camera, fit.camera_from_head, model.mean[model.landmark_vertices])
    rows, columns = np.nonzero(changed)
    assert rows.min() > points[30, 1]
    assert columns.min() > points[3, 0]
    assert columns.max() < points[13, 0]
    assert changed[int(points[57, 1]) - 1, int(points[57, 0])]


def test_several_parts_come_from_several_photos(file, tmp_path):
    other = tmp_path / "other.jpg"
    other.write_bytes(file.read_bytes())
    mask, asked = developed(part.create(eyes=file, nose=other))
    assert asked == [("me.jpg", 0), ("other.jpg", 0)]
    assert len(layers(mask)) >= 3


def test_who_hides_is_known_before_they_are_loaded(file):
    assert will_hide([f"swap,photo={file}"])
    assert not will_hide([f"part,eyes={file}"])


def test_neither_is_worn_without_a_photo():
    assert {"swap", "part"}.isdisjoint(plugins.ready("masks"))
    with pytest.raises(UsageError, match="write part,eyes=FILE"):
        plugins.create("masks", "part")


def test_mistakes_are_told(file):
    with pytest.raises(UsageError, match=r"no photo nowhere\.jpg"):
        plugins.create("masks", "swap,photo=nowhere.jpg")
    with pytest.raises(UsageError, match="person=-1 must be 0 or more"):
        swap.create(file, person=-1)
    with pytest.raises(UsageError, match="eyes='shut' must be photo or live"):
        swap.create(file, eyes="shut")


@pytest.mark.parametrize("name", ["swap", "part"])
def test_it_looks_as_it_did(tmp_path, file, name):
    mask, _ = developed(swap.create(file) if name == "swap" else part.create(eyes=file))
    image = picture(layers(mask, TURNED, jawOpen=0.5))
    if excess(image, name) > 1:
        cv2.imwrite(str(tmp_path / f"{name}.png"), image[..., ::-1])
        pytest.fail(f"{excess(image, name):.1f} times the tolerance: {tmp_path / name}.png")
