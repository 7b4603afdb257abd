import numpy as np

from livemask.performer.colour import decode
from livemask.synthesis import lens

NOISE = lens.grains(64)


def test_even_light_comes_out_as_its_srgb_code():
    for light in (0.02, 0.2, 0.6):
        images = [
            lens.taken(np.random.default_rng(i), np.full((64, 64, 3), light, np.float32), NOISE)
            for i in range(30)
        ]
        seen = np.median([decode(image).mean() for image in images])
        assert abs(seen / light - 1.0) < 0.12


def test_bright_light_is_compressed_not_cut_off():
    made = [lens._CODED[int(np.sqrt(v / 4.0) * 4095)] for v in (0.7, 1.0, 1.5, 3.0)]
    assert (np.diff(made) > 1.0).all()
    assert made[-1] <= 255.0


def test_the_same_chance_gives_the_same_picture():
    image = np.random.default_rng(1).random((64, 64, 3), np.float32)
    for seed in range(12):
        one, other = (lens.taken(np.random.default_rng(seed), image, NOISE) for _ in range(2))
        assert (one == other).all()
