import numpy as np
import pytest

from livemask.render.context import Context
from livemask.render.gl import Texture
from livemask.render.texture_cache import TextureCache
from tests.render import shapes


@pytest.fixture
def cache(context: Context):
    made = TextureCache()
    yield made
    made.release()


@pytest.fixture
def uploads(monkeypatch):
    """The sizes of all textures uploaded."""
    sizes = []
    upload = Texture.upload

    def counted(self, image):
        sizes.append(self.size)
        upload(self, image)

    monkeypatch.setattr(Texture, "upload", counted)
    return sizes


def test_a_texture_is_uploaded_once_for_each_array_object(cache, uploads):
    image = shapes.noise(16, 8)
    for _ in range(3):
        cache.get(image)
        cache.end_frame()
    assert uploads == [(16, 8)]

    cache.get(image.copy())
    assert uploads == [(16, 8)] * 2


def test_a_texture_that_changes_each_frame_does_not_take_more_and_more_memory(cache):
    names = set()
    for frame in range(50):
        names.add(cache.get(shapes.noise(16, 8, frame)).name)
        cache.end_frame()

    assert len(names) <= 6


def test_textures_that_take_turns_are_not_uploaded_again(cache, uploads):
    images = [shapes.noise(16, 8, seed) for seed in range(2)]
    for frame in range(10):
        cache.get(images[frame % 2])
        cache.end_frame()

    assert len(uploads) == 2


def test_what_is_not_used_for_long_is_freed(cache):
    gone = cache.get(shapes.noise(16, 8))
    for _ in range(200):
        cache.end_frame()

    assert gone.name == 0


@pytest.mark.parametrize(
    "image", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 2), np.uint8), np.zeros((4, 4, 3))]
)
def test_what_is_no_picture_is_refused(cache, image):
    with pytest.raises(ValueError, match=r"must be \(h, w, 3 or 4\) uint8"):
        cache.get(image)
