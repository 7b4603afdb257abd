import numpy as np

from livemask.render.canvas import Canvas
from livemask.render.context import Context
from livemask.render.opengl import GL
from livemask.render.polygon_pass import PolygonPass

SIZE = (64, 48)


def test_only_pixels_of_the_polygon_change(context: Context):
    canvas, source = Canvas(SIZE), Canvas(SIZE)
    source.texture.upload(np.full((48, 64, 4), 200, np.uint8))
    copy = PolygonPass("copy", SIZE)
    GL.glDisable(GL.GL_BLEND)
    canvas.bind()
    GL.glClearColor(0.0, 0.0, 0.0, 0.0)
    GL.glClear(GL.GL_COLOR_BUFFER_BIT)

    source.texture.bind()
    copy.draw(np.array([(9.5, 9.5), (29.5, 9.5), (29.5, 19.5), (9.5, 19.5)], np.float32))

    image = np.empty((48, 64, 4), np.uint8)
    canvas.framebuffer.read(image, SIZE)
    assert (image[10:20, 10:30] == 200).all()
    assert np.count_nonzero(image[..., 0]) == 10 * 20
    for part in (copy, canvas, source):
        part.release()
