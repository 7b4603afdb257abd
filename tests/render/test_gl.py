import numpy as np
import pytest

from livemask.errors import GraphicsError
from livemask.render.blur import Blur
from livemask.render.canvas import Canvas
from livemask.render.context import Context
from livemask.render.gl import Buffer, Framebuffer, Renderbuffer, Texture, VertexArray, copy
from livemask.render.mesh_pass import MeshPass
from livemask.render.opengl import GL
from livemask.render.program import Program
from livemask.render.target import Target
from livemask.render.video import Video
from tests.render import shapes

SIZE = (24, 16)

MAKERS = {
    "buffer": lambda: Buffer(GL.GL_ARRAY_BUFFER),
    "vertex array": VertexArray,
    "texture": lambda: Texture(SIZE, GL.GL_RGBA8),
    "renderbuffer": lambda: Renderbuffer(SIZE, GL.GL_DEPTH_COMPONENT24),
    "framebuffer": lambda: Framebuffer(Texture(SIZE, GL.GL_RGBA8)),
    "program": lambda: Program("shaded.vert", "shaded.frag", TEXTURE=0, LIT=1, TINTED=1),
    "canvas": lambda: Canvas(SIZE),
    "video": lambda: Video(SIZE),
    "target": lambda: Target(SIZE, 0),
    "multisampled target": lambda: Target(SIZE, 4),
    "mesh pass": MeshPass,
    "blur": lambda: Blur(SIZE),
}
EXISTS = {
    "buffer": GL.glIsBuffer,
    "vertex array": GL.glIsVertexArray,
    "texture": GL.glIsTexture,
    "renderbuffer": GL.glIsRenderbuffer,
    "framebuffer": GL.glIsFramebuffer,
    "program": GL.glIsProgram,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_everything_can_be_released_twice(context: Context, kind):
    made = MAKERS[kind]()
    made.release()
    made.release()


@pytest.mark.parametrize("kind", EXISTS)
def test_a_released_name_is_gone_from_the_gpu(context: Context, kind):
    made = MAKERS[kind]()
    name = made.name
    if kind in ("buffer", "vertex array"):
        made.bind()  # a name becomes an object when it is first bound
    assert EXISTS[kind](name)

    made.release()

    assert made.name == 0
    assert not EXISTS[kind](name)


def live(kinds=EXISTS, most=400):
    """Return the names that exist, by kind."""
    return {kind: {n for n in range(1, most) if kinds[kind](n)} for kind in kinds}


@pytest.mark.parametrize("kind", ["mesh pass", "blur", "multisampled target", "video"])
def test_a_release_leaves_nothing_behind(context: Context, kind):
    before = live()

    MAKERS[kind]().release()

    assert live() == before


def test_a_texture_reads_back_as_it_was_uploaded(context: Context):
    canvas = Canvas(SIZE)
    picture = np.random.default_rng(0).integers(0, 256, (SIZE[1], SIZE[0], 4), np.uint8)
    canvas.texture.upload(picture)
    back = np.zeros_like(picture)

    canvas.framebuffer.read(back, SIZE)
    canvas.release()

    assert (back == picture).all()


def test_a_picture_survives_being_spread_over_samples_and_averaged_again(context: Context):
    source, target = Canvas(SIZE), Canvas(SIZE)
    samples = Renderbuffer(SIZE, GL.GL_RGBA8, 4)
    spread = Framebuffer(samples)
    picture = np.dstack([shapes.noise(*SIZE), np.full((16, 24), 255, np.uint8)])
    source.texture.upload(picture)
    back = np.zeros_like(picture)

    copy(source.framebuffer, SIZE, spread)
    copy(spread, SIZE, target.framebuffer)
    target.framebuffer.read(back, SIZE)
    for part in (source, target, samples, spread):
        part.release()

    assert (back == picture).all()


def test_a_framebuffer_that_cannot_be_drawn_into_is_refused(context: Context):
    samples, depth = Renderbuffer(SIZE, GL.GL_RGBA8, 4), Renderbuffer(SIZE, GL.GL_DEPTH_COMPONENT24)

    with pytest.raises(GraphicsError, match="cannot draw into a framebuffer"):
        Framebuffer(samples, depth)  # of different numbers of samples

    samples.release()
    depth.release()


def test_a_smaller_array_after_a_larger_one_is_all_that_the_buffer_holds(context: Context):
    buffer = Buffer(GL.GL_ARRAY_BUFFER)
    for values in (np.arange(8, dtype=np.float32), np.arange(3, dtype=np.float32)):
        buffer.upload(values)
        held = GL.glGetBufferSubData(GL.GL_ARRAY_BUFFER, 0, values.nbytes)
        assert (np.frombuffer(held, np.float32) == values).all()
        assert GL.glGetBufferParameteriv(GL.GL_ARRAY_BUFFER, GL.GL_BUFFER_SIZE) == values.nbytes
    buffer.release()
