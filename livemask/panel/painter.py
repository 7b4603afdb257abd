"""Painter: draws what Dear ImGui made, into the bound framebuffer."""

import ctypes
from typing import Any

import numpy as np
from imgui_bundle import imgui

from livemask.records import UInt8
from livemask.render.gl import Buffer, Texture, VertexArray
from livemask.render.opengl import GL
from livemask.render.program import Program

_CORNER = imgui.VERTEX_BUFFER_POS_OFFSET, 2, GL.GL_FLOAT, False
_UV = imgui.VERTEX_BUFFER_UV_OFFSET, 2, GL.GL_FLOAT, False
_INDEX = GL.GL_UNSIGNED_SHORT if imgui.INDEX_SIZE == 2 else GL.GL_UNSIGNED_INT
_COLOUR = imgui.VERTEX_BUFFER_COL_OFFSET, 4, GL.GL_UNSIGNED_BYTE, True


class Painter:
    """Owns what the panel has on the GPU. Made, used and released with one context current."""

    def __init__(self) -> None:
        self._program = Program("passes/panel.vert", "passes/panel.frag")
        self._vertices, self._indices = (
            Buffer(GL.GL_ARRAY_BUFFER),
            Buffer(GL.GL_ELEMENT_ARRAY_BUFFER),
        )
        self._array = VertexArray()
        self._describe()
        self._textures: dict[int, Texture] = {}
        self._bound = 0
        self._cut: tuple[int, int, int, int] | None = None  # what OpenGL was told last of a drawing
        imgui.get_io().backend_flags |= imgui.BackendFlags_.renderer_has_textures

    def load(self, image: UInt8) -> int:
        """Bring a picture (h, w, 4) to the GPU; return the number by which it is drawn."""
        texture = Texture((image.shape[1], image.shape[0]), GL.GL_RGBA8, mipmaps=True)
        texture.upload(np.ascontiguousarray(image))
        self._textures[texture.name] = texture
        return texture.name

    def draw(self, data: Any, size: tuple[int, int]) -> None:
        """Draw the lists of `imgui.get_draw_data()` into a framebuffer of `size`, px."""
        for texture in data.textures:
            if texture.status != imgui.ImTextureStatus.ok:
                self._update(texture)
        self._begin(size)
        for commands in data.cmd_lists:
            _fill(self._vertices, commands.vtx_buffer, imgui.VERTEX_SIZE)
            _fill(self._indices, commands.idx_buffer, imgui.INDEX_SIZE)
            for command in commands.cmd_buffer:
                self._run(command, size[1])
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def release(self) -> None:
        """Free all that it made. Releasing twice does nothing."""
        for texture in self._textures.values():
            texture.release()
        self._textures.clear()
        for part in (self._vertices, self._indices):
            part.release()
        self._program.release()
        self._array.release()

    def _begin(self, size: tuple[int, int]) -> None:
        GL.glViewport(0, 0, *size)
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glDisable(GL.GL_CULL_FACE)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glEnable(GL.GL_BLEND)
        # Alpha adds up as well: what is drawn here is laid over the picture as a whole.
        GL.glBlendFuncSeparate(
            GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA
        )
        self._program.use()
        self._program.set("size", size)
        self._array.bind()
        GL.glActiveTexture(GL.GL_TEXTURE0)
        self._bound, self._cut = 0, None

    def _describe(self) -> None:
        """Say what a corner consists of: once, though corners come again and again."""
        self._array.bind()
        self._vertices.bind()
        self._indices.bind()
        for at, (offset, count, kind, normalised) in enumerate((_CORNER, _UV, _COLOUR)):
            GL.glEnableVertexAttribArray(at)
            GL.glVertexAttribPointer(
                at, count, kind, normalised, imgui.VERTEX_SIZE, ctypes.c_void_p(offset)
            )

    def _run(self, command: Any, height: int) -> None:
        clip = command.clip_rect
        left, top, right, bottom = (max(round(v), 0) for v in (clip.x, clip.y, clip.z, clip.w))
        if right <= left or bottom <= top:
            return
        self._cut_out((left, height - bottom, right - left, bottom - top))
        if (texture := command.get_tex_id()) != self._bound:
            GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
            self._bound = texture
        start = ctypes.c_void_p(command.idx_offset * imgui.INDEX_SIZE)
        GL.glDrawElements(GL.GL_TRIANGLES, command.elem_count, _INDEX, start)

    def _cut_out(self, box: tuple[int, int, int, int]) -> None:
        if box != self._cut:
            GL.glScissor(*box)
            self._cut = box

    def _update(self, texture: Any) -> None:
        """Do what Dear ImGui asks for its letters: it draws each when it is first shown."""
        status = imgui.ImTextureStatus
        if texture.status == status.want_destroy:
            if texture.tex_id in self._textures:
                self._textures.pop(texture.tex_id).release()
            texture.set_tex_id(0)
            texture.status = status.destroyed
            return
        if texture.status == status.want_create:
            made = Texture((texture.width, texture.height), GL.GL_RGBA8)
            self._textures[made.name] = made
            texture.set_tex_id(made.name)
        pixels = np.asarray(texture.get_pixels_array(), np.uint8)
        self._textures[texture.tex_id].upload(pixels.reshape(texture.height, texture.width, 4))
        texture.status = status.ok


def _fill(buffer: Buffer, data: Any, size: int) -> None:
    """Copy a list of Dear ImGui's own to the GPU."""
    buffer.bind()
    address = ctypes.c_void_p(data.data_address())
    GL.glBufferData(buffer.target, data.size() * size, address, GL.GL_STREAM_DRAW)
