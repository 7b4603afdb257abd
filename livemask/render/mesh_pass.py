"""MeshPass: draws meshes into the bound framebuffer."""

from contextlib import ExitStack
from typing import Any, Literal

import numpy as np

from livemask.geometry import clip_from_camera
from livemask.records import Float64, Light, Material, Mesh
from livemask.render.coarser import Coarser
from livemask.render.gl import Texture
from livemask.render.mesh_cache import GpuMesh, MeshCache
from livemask.render.opengl import GL
from livemask.render.program import Program
from livemask.render.shader_source import load, stages
from livemask.render.texture_cache import TextureCache
from livemask.surfaces import Finish

# As in shaders/include/material.glsl.
_NO_TEXTURE, _ARRAY_TEXTURE, _FRAME_TEXTURE = 0, 1, 2
_MATERIAL = ("colour", "specular", "exponent", "translucency", "opacity")
_LIGHT = ("direction", "colour", "ambient", "harmonics")
# Pictures are drawn upside down, so that OpenGL's first row in memory is the image's top.
_UPSIDE_DOWN = np.diag([1.0, -1.0, 1.0, 1.0])


class MeshPass:
    """Draws meshes with the look that their material names.

    What is soft in a mesh (by `alpha`, `opacity` or an RGBA texture) is drawn twice, first only
    its depth: what shows through a soft edge is the video or an earlier layer, never the mesh's
    own back. So even a vertex of alpha 0 hides what lies behind it, as the head does that it
    stands for.

    Colours are blended as they are coded (sRGB), as video editors do: a soft edge then falls
    evenly to the eye. Blended in linear light it would look wider on the bright side.

    Attributes
    ----------
    share : float
        How large what is drawn is, of the picture that it is then enlarged to.
    fine : bool
        Whether all triangles of dense meshes are drawn.
    """

    def __init__(self) -> None:
        self.share, self.fine = 1.0, True
        self._owned = ExitStack()
        self._meshes, self._coarser = MeshCache(), Coarser()
        self._textures = TextureCache()
        self._coded = TextureCache(GL.GL_RGBA8)
        self._depth = Program("passes/depth.vert", "passes/depth.frag")
        self._cutout = Program("passes/depth.vert", "passes/cutout.frag")
        self._looks: dict[tuple[str, tuple[int, ...]], Program] = {}
        self._said: dict[str, set[str]] = {}
        for part in (
            self._coarser,
            self._meshes,
            self._textures,
            self._coded,
            self._depth,
            self._cutout,
        ):
            self._owned.callback(part.release)

    def draw(self, mesh: Mesh, light: Light, video: Texture) -> None:
        """Draw a mesh over what is there, tested against the depth that is there.

        Raises
        ------
        GraphicsError
            If there is no such look, or it does not compile.
        ValueError
            If an array is not as `Mesh` says.
        """
        if not (self.fine or self.is_fine(mesh)):
            mesh = self._coarser.of(mesh)
        gpu = self._meshes.get(mesh)
        made = self._bind_finish(mesh.material)  # first: what it uploads goes by unit 0
        look = self._look(mesh, made | {"TEXTURE": _texture_kind(mesh.material)})
        self._bind_texture(mesh.material, video, coded="texture coded" in look.pragmas)
        clip_from_mesh = _UPSIDE_DOWN @ clip_from_camera(mesh.camera) @ mesh.camera_from_mesh
        _set_state(mesh, blended=not self.covers(mesh))
        self._draw_depth(gpu, clip_from_mesh, mesh, look)
        look.use()
        look.set("clip_from_mesh", clip_from_mesh)
        look.set("drawn_share", self.share)
        _set_uniforms(look, mesh, light)
        gpu.draw()
        GL.glDepthMask(True)

    def covers(self, mesh: Mesh) -> bool:
        """Return whether nothing shows through the mesh anywhere, as far as its look says."""
        opaque = mesh.alpha is None and mesh.material.opacity >= 1.0
        return opaque and not _has_alpha(mesh.material) and "opaque" in self._pragmas(mesh)

    def is_fine(self, mesh: Mesh) -> bool:
        """Return whether the mesh has lines that break where it is drawn smaller or coarser."""
        return "fine always" in self._pragmas(mesh)

    def _pragmas(self, mesh: Mesh) -> set[str]:
        look = mesh.material.look
        if look not in self._said:
            self._said[look] = load(f"{look}.frag").pragmas()
        return self._said[look]

    def _look(self, mesh: Mesh, made: dict[str, int]) -> Program:
        """Return the look, compiled for this kind of mesh.

        Not one program that asks uniforms: llvmpipe goes down all branches for every pixel.
        """
        material = mesh.material
        tinted = mesh.colours is not None or tuple(material.colour) != (1.0, 1.0, 1.0)
        made |= {"LIT": int(material.lit), "TINTED": int(tinted)}
        key = material.look, tuple(made.values())
        if key not in self._looks:
            self._looks[key] = Program(*stages(material.look), **made)
            self._owned.callback(self._looks[key].release)
        return self._looks[key]

    def _bind_texture(self, material: Material, video: Texture, *, coded: bool) -> None:
        """Bring it; `coded` says that the sampler need not decode it, which costs a CPU much."""
        if isinstance(material.texture, np.ndarray):
            texture = (self._coded if coded else self._textures).get(material.texture)
            texture.bind()
            texture.wrap(material.wrap)
        elif material.texture is not None:
            video.bind()

    def _bind_finish(self, material: Material) -> dict[str, int]:
        """Bring what the finish has, and return what the look shall be compiled for."""
        finish = material.finish or Finish()
        maps = (self._coded, finish.normal_map), (self._textures, finish.glow_map)
        for unit, (cache, image) in enumerate(maps, start=1):
            if image is not None:
                cache.get(image).bind(unit)
                cache.get(image).wrap(material.wrap)
        glow = 1 + (finish.glow_map is not None) if any(finish.glow) else 0
        return {"RELIEF": int(finish.normal_map is not None), "GLOW": glow}

    def _draw_depth(self, gpu: GpuMesh, clip_from_mesh: Float64, mesh: Mesh, look: Program) -> None:
        wanted = _first_depth(mesh, look)
        if wanted is None:
            return
        cut_out = _has_alpha(mesh.material)
        program = self._cutout if cut_out else self._depth
        program.use()
        program.set("clip_from_mesh", clip_from_mesh)
        GL.glColorMask(False, False, False, False)
        # Behind a geometry shader depths are only nearly the same: let those be the nearer ones.
        _set_offset("prepass always" in look.pragmas)
        gpu.draw() if wanted == "all" else gpu.draw_soft()
        _set_offset(False)
        GL.glColorMask(True, True, True, True)
        GL.glDepthMask(not cut_out)  # what is cut out has no depth

    def end_frame(self) -> None:
        """Count a frame, and free what was not used for long."""
        self._meshes.end_frame()
        self._coarser.end_frame()
        self._textures.end_frame()
        self._coded.end_frame()

    def release(self) -> None:
        """Free all that it made. Releasing twice does nothing."""
        self._owned.close()


def _texture_kind(material: Material) -> int:
    if material.texture is None:
        return _NO_TEXTURE
    return _FRAME_TEXTURE if isinstance(material.texture, str) else _ARRAY_TEXTURE


def _has_alpha(material: Material) -> bool:
    return isinstance(material.texture, np.ndarray) and material.texture.shape[2] == 4


def _first_depth(mesh: Mesh, look: Program) -> Literal["all", "soft"] | None:
    """Return which triangles draw their depth before any draws its colour."""
    if "prepass never" in look.pragmas:
        return None
    whole = mesh.material.opacity < 1.0 or _has_alpha(mesh.material)
    if whole or "prepass always" in look.pragmas:
        return "all"
    return "soft" if mesh.alpha is not None else None


def _set_state(mesh: Mesh, *, blended: bool) -> None:
    GL.glEnable(GL.GL_DEPTH_TEST)
    GL.glDepthFunc(GL.GL_LEQUAL)
    # What covers all below need not be mixed with it, which a CPU would do for each pixel.
    (GL.glEnable if blended else GL.glDisable)(GL.GL_BLEND)
    # The picture's colour is kept multiplied by its alpha, so that alpha adds up as well.
    GL.glBlendFuncSeparate(
        GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA, GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA
    )
    # What is counter-clockwise is clockwise upside down, and back again in a mirror.
    mirrored = np.linalg.det(mesh.camera_from_mesh[:3, :3]) < 0.0
    GL.glFrontFace(GL.GL_CCW if mirrored else GL.GL_CW)
    (GL.glDisable if mesh.material.two_sided else GL.glEnable)(GL.GL_CULL_FACE)


def normal_transform(linear: Float64) -> Float64:
    """Return the (3, 3) that takes normals where `linear` (3, 3) takes vertices.

    The inverse transpose, times the absolute determinant: so it exists for a mesh shrunk to
    nothing too. The length of what comes out means nothing.
    """
    (a, b, c), (d, e, f), (g, h, i) = linear.tolist()  # as numbers: arrays this small cost more
    cofactors = (
        (e * i - f * h, f * g - d * i, d * h - e * g),
        (h * c - i * b, i * a - g * c, g * b - h * a),
        (b * f - c * e, c * d - a * f, a * e - b * d),
    )
    determinant = sum(x * y for x, y in zip((a, b, c), cofactors[0], strict=True))
    return np.copysign(1.0, determinant) * np.array(cofactors)


def _set_offset(on: bool) -> None:
    (GL.glEnable if on else GL.glDisable)(GL.GL_POLYGON_OFFSET_FILL)
    GL.glPolygonOffset(1.0, 4.0)


def _set_uniforms(look: Program, mesh: Mesh, light: Light) -> None:
    look.set("camera_from_mesh", mesh.camera_from_mesh)
    look.set("camera_from_normal", normal_transform(mesh.camera_from_mesh[:3, :3]))
    for field in _MATERIAL:
        look.set(f"material.{field}", getattr(mesh.material, field))
    if mesh.material.finish is not None:
        for field, value in _finish(mesh.material.finish).items():
            look.set(f"finish.{field}", value)
    for field in _LIGHT:
        look.set(f"light.{field}", getattr(light, field))


def _finish(finish: Finish) -> dict[str, Any]:
    """Return the uniforms of a finish; its maps are in the texture units after the first."""
    numbers = {"relief": finish.relief, "glow": finish.glow, "shadow": finish.shadow}
    return numbers | {"normal_map": 1, "glow_map": 2}
