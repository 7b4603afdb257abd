"""Buffers, vertex arrays, textures and framebuffers: with `program.py`, all that holds GL names.

Each is made, used and released in one thread with one context current. `release` twice
does nothing. There is no `__del__`: nobody knows when it runs, or in which context.
"""

import ctypes

from livemask.errors import GraphicsError
from livemask.records import Array, UInt8
from livemask.render.opengl import GL

_WRAPS = {
    "clamp": GL.GL_CLAMP_TO_EDGE,
    "repeat": GL.GL_REPEAT,
    "mirror": GL.GL_MIRRORED_REPEAT,
}


def _pointer(array: Array) -> ctypes.c_void_p:
    # By address, since PyOpenGL's own conversion refuses or copies read-only arrays.
    return ctypes.c_void_p(array.ctypes.data)


class Buffer:
    """Memory on the GPU that holds one array; `target` says for what.

    Parameters
    ----------
    target : int
        `GL_ARRAY_BUFFER` or `GL_ELEMENT_ARRAY_BUFFER`.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.name = int(GL.glGenBuffers(1))
        self._size = -1

    def bind(self) -> None:
        """Make it the target's buffer."""
        GL.glBindBuffer(self.target, self.name)

    def upload(self, array: Array) -> None:
        """Copy a C-contiguous array into it. Stays bound."""
        self.bind()
        if array.nbytes == self._size:
            GL.glBufferSubData(self.target, 0, array.nbytes, _pointer(array))
        else:
            GL.glBufferData(self.target, array.nbytes, _pointer(array), GL.GL_DYNAMIC_DRAW)
            self._size = array.nbytes

    def release(self) -> None:
        """Free the memory. Releasing twice does nothing."""
        if self.name:
            GL.glDeleteBuffers(1, [self.name])
            self.name = 0


class VertexArray:
    """Which buffers feed the vertex shader's inputs."""

    def __init__(self) -> None:
        self.name = int(GL.glGenVertexArrays(1))

    def bind(self) -> None:
        """Use it for the next draw calls."""
        GL.glBindVertexArray(self.name)

    def feed(self, location: int, width: int) -> None:
        """Feed an input of `width` floats from the bound array buffer. Must be bound itself."""
        GL.glEnableVertexAttribArray(location)
        GL.glVertexAttribPointer(location, width, GL.GL_FLOAT, False, 0, None)

    def starve(self, location: int) -> None:
        """Feed the input from the context's constant instead. Must be bound itself."""
        GL.glDisableVertexAttribArray(location)

    def release(self) -> None:
        """Free it, though not its buffers. Releasing twice does nothing."""
        if self.name:
            GL.glDeleteVertexArrays(1, [self.name])
            self.name = 0


class Texture:
    """A picture on the GPU, 8 bits a channel, its first row at texture coordinate 0.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    form : int
        Sized internal format: `GL_RGBA8`, `GL_SRGB8_ALPHA8` (decoded when sampled), `GL_R8`.
    mipmaps : bool
        Smaller copies for drawing it small, made by each `upload`.

    Beyond its edges its edge pixels go on: repeated, one edge would shine through at the other.
    `wrap` changes that.
    """

    def __init__(self, size: tuple[int, int], form: int, mipmaps: bool = False) -> None:
        self.size, self.form, self.mipmaps = size, form, mipmaps
        self.name = int(GL.glGenTextures(1))
        self.bind()
        layout = GL.GL_RED if form == GL.GL_R8 else GL.GL_RGBA
        GL.glTexImage2D(
            GL.GL_TEXTURE_2D, 0, form, *size, 0, layout, GL.GL_UNSIGNED_BYTE, ctypes.c_void_p(0)
        )
        # From one smaller copy: between two it costs a CPU a fifth more, and looks alike.
        smaller = GL.GL_LINEAR_MIPMAP_NEAREST if mipmaps else GL.GL_LINEAR
        GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_MIN_FILTER, smaller)
        self._wrapped = ""
        self.wrap("clamp")

    def wrap(self, how: str) -> None:
        """Say what lies beyond its edges: `clamp`, `repeat` or `mirror`. Must be bound."""
        if how != self._wrapped:
            GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_WRAP_S, _WRAPS[how])
            GL.glTexParameteri(GL.GL_TEXTURE_2D, GL.GL_TEXTURE_WRAP_T, _WRAPS[how])
            self._wrapped = how

    def bind(self, unit: int = 0) -> None:
        """Let samplers of texture unit `unit` read it."""
        GL.glActiveTexture(GL.GL_TEXTURE0 + unit)
        GL.glBindTexture(GL.GL_TEXTURE_2D, self.name)

    def upload(self, image: UInt8) -> None:
        """Copy a C-contiguous (h, w, 4) uint8 image of its size into it. Stays bound."""
        self.bind()
        GL.glTexSubImage2D(
            GL.GL_TEXTURE_2D, 0, 0, 0, *self.size, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, _pointer(image)
        )
        if self.mipmaps:
            GL.glGenerateMipmap(GL.GL_TEXTURE_2D)

    def release(self) -> None:
        """Free the memory. Releasing twice does nothing."""
        if self.name:
            GL.glDeleteTextures(1, [self.name])
            self.name = 0


class Renderbuffer:
    """A picture on the GPU that is only drawn into: depth, or several samples a pixel."""

    def __init__(self, size: tuple[int, int], form: int, samples: int = 0) -> None:
        self.name = int(GL.glGenRenderbuffers(1))
        GL.glBindRenderbuffer(GL.GL_RENDERBUFFER, self.name)
        GL.glRenderbufferStorageMultisample(GL.GL_RENDERBUFFER, samples, form, *size)

    def release(self) -> None:
        """Free the memory. Releasing twice does nothing."""
        if self.name:
            GL.glDeleteRenderbuffers(1, [self.name])
            self.name = 0


class Framebuffer:
    """What draw calls draw into.

    Parameters
    ----------
    colour : Texture or Renderbuffer
    depth : Renderbuffer, optional
        Both belong to the caller, who releases them.
    """

    def __init__(self, colour: Texture | Renderbuffer, depth: Renderbuffer | None = None) -> None:
        self.name = int(GL.glGenFramebuffers(1))
        self.bind()
        self._attach(GL.GL_COLOR_ATTACHMENT0, colour)
        if depth is not None:
            self._attach(GL.GL_DEPTH_ATTACHMENT, depth)
        status = GL.glCheckFramebufferStatus(GL.GL_FRAMEBUFFER)
        if status != GL.GL_FRAMEBUFFER_COMPLETE:
            raise GraphicsError(f"this OpenGL cannot draw into a framebuffer: {status!r}")

    def _attach(self, where: int, what: Texture | Renderbuffer) -> None:
        if isinstance(what, Texture):
            GL.glFramebufferTexture2D(GL.GL_FRAMEBUFFER, where, GL.GL_TEXTURE_2D, what.name, 0)
        else:
            GL.glFramebufferRenderbuffer(GL.GL_FRAMEBUFFER, where, GL.GL_RENDERBUFFER, what.name)

    def bind(self, target: int | None = None) -> None:
        """Draw into it and read from it, or only one of the two."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER if target is None else target, self.name)

    def read(self, image: UInt8, size: tuple[int, int]) -> None:
        """Copy its RGBA pixels to a C-contiguous (h, w, 4) uint8 array, first row first."""
        self.bind(GL.GL_READ_FRAMEBUFFER)
        GL.glReadPixels(0, 0, *size, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, _pointer(image))

    def release(self) -> None:
        """Free it, though not its pictures. Releasing twice does nothing."""
        if self.name:
            GL.glDeleteFramebuffers(1, [self.name])
            self.name = 0


def copy(
    source: Framebuffer,
    source_size: tuple[int, int],
    target: Framebuffer,
    target_size: tuple[int, int] | None = None,
) -> None:
    """Copy a picture, pixel by pixel or to another size.

    Several samples a pixel are averaged, and one is repeated where several are wanted.
    """
    source.bind(GL.GL_READ_FRAMEBUFFER)
    target.bind(GL.GL_DRAW_FRAMEBUFFER)
    how = GL.GL_NEAREST if target_size is None else GL.GL_LINEAR
    size = target_size or source_size
    GL.glBlitFramebuffer(0, 0, *source_size, 0, 0, *size, GL.GL_COLOR_BUFFER_BIT, how)
