import numpy as np
import pytest
from scipy import ndimage

from livemask.render.canvas import Canvas
from livemask.render.context import Context
from livemask.render.gaussian import Gaussian
from tests.render import shapes

SIZE = (61, 37)


@pytest.mark.parametrize("sigma", [0.8, 2.5, 6.0])
def test_a_canvas_is_filtered_as_scipy_filters_it(context: Context, sigma):
    picture = np.dstack([shapes.noise(*SIZE), np.full((37, 61), 255, np.uint8)])
    canvas, gaussian = Canvas(SIZE), Gaussian(SIZE)
    canvas.texture.upload(picture)

    gaussian.smooth(canvas, sigma)
    filtered = np.empty_like(picture)
    canvas.framebuffer.read(filtered, SIZE)
    canvas.release()
    gaussian.release()

    sigmas = (sigma, sigma, 0)
    expected = ndimage.gaussian_filter(
        picture.astype(float), sigmas, mode="nearest", truncate=np.ceil(3 * sigma) / sigma
    )
    assert np.abs(filtered - expected).max() <= 1.5  # rounded twice
