"""GpuMesh and MeshCache: meshes on the GPU, uploaded only where they changed."""

from collections import Counter

import numpy as np

from livemask.records import Array, Mesh
from livemask.render.gl import Buffer, VertexArray
from livemask.render.opengl import GL

_KEPT_FRAMES = 120  # how long a mesh may go unused before its memory is freed

# Places and widths as in shaders/include/vertex.glsl, and what stands for a field left out.
_INPUTS = {
    "vertices": (0, 3, ()),
    "normals": (1, 3, ()),
    "uv": (2, 2, (0.0, 0.0, 0.0, 1.0)),
    "alpha": (3, 1, (1.0, 0.0, 0.0, 1.0)),
    "colours": (4, 3, (1.0, 1.0, 1.0, 1.0)),
}


class GpuMesh:
    """The arrays of one mesh on the GPU.

    It holds the arrays themselves too: while held, no other array can have their identity.
    """

    def __init__(self) -> None:
        self.unused = 0  # frames
        self._vertex_array = VertexArray()
        self._buffers: dict[str, Buffer] = {}
        self._held: dict[str, Array | None] = {}
        self._count = (0, 0)  # vertices, triangles
        self._soft_count = 0

    def upload(self, mesh: Mesh) -> None:
        """Bring those arrays that are other objects than last time.

        Raises
        ------
        ValueError
            If an array's shape is not as `Mesh` says, or a triangle names no vertex.
        """
        count = len(mesh.vertices), len(mesh.triangles)
        if count != self._count:
            self._held.clear()  # even an array that stayed the same may no longer fit
            self._count = count
        self._vertex_array.bind()
        brought = {field for field in ("triangles", *_INPUTS) if self._is_new(field, mesh)}
        for field in brought:
            _check(mesh, field)
        for field in sorted(brought):
            self._bring(field, getattr(mesh, field))
            self._held[field] = getattr(mesh, field)
        if brought & {"triangles", "alpha"}:
            self._bring_soft(mesh)

    def _is_new(self, field: str, mesh: Mesh) -> bool:
        return field not in self._held or self._held[field] is not getattr(mesh, field)

    def _bring(self, field: str, array: Array | None) -> None:
        if field == "triangles":
            self._buffer(field, GL.GL_ELEMENT_ARRAY_BUFFER).upload(_plain(array, np.int32))
            return
        location, width, _ = _INPUTS[field]
        if array is None:
            self._vertex_array.starve(location)
        else:
            self._buffer(field, GL.GL_ARRAY_BUFFER).upload(_plain(array, np.float32))
            self._vertex_array.feed(location, width)

    def _bring_soft(self, mesh: Mesh) -> None:
        self._soft_count = 0
        if mesh.alpha is not None:
            soft = mesh.triangles[(mesh.alpha[mesh.triangles] < 1.0).any(axis=1)]
            self._soft_count = len(soft)
            self._buffer("soft", GL.GL_ELEMENT_ARRAY_BUFFER).upload(_plain(soft, np.int32))

    def _buffer(self, field: str, target: int) -> Buffer:
        if field not in self._buffers:
            self._buffers[field] = Buffer(target)
        return self._buffers[field]

    def draw(self) -> None:
        """Draw its triangles with the program in use."""
        self._draw("triangles", self._count[1])

    def draw_soft(self) -> None:
        """Draw only those triangles that have a corner with an alpha below 1."""
        if self._soft_count:
            self._draw("soft", self._soft_count)

    def _draw(self, indices: str, count: int) -> None:
        self._vertex_array.bind()
        for field, (location, _, left_out) in _INPUTS.items():
            if self._held[field] is None:
                GL.glVertexAttrib4f(location, *left_out)  # belongs to the context, not the mesh
        self._buffers[indices].bind()
        GL.glDrawElements(GL.GL_TRIANGLES, 3 * count, GL.GL_UNSIGNED_INT, None)

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        for buffer in self._buffers.values():
            buffer.release()
        self._vertex_array.release()
        self._held.clear()


class MeshCache:
    """GpuMeshes by their triangles: two faces with the same topology are two of them."""

    def __init__(self) -> None:
        self._meshes: dict[tuple[int, int], GpuMesh] = {}
        self._seen: Counter[int] = Counter()

    def get(self, mesh: Mesh) -> GpuMesh:
        """Return `mesh` on the GPU, up to date."""
        topology = id(mesh.triangles)
        key = topology, self._seen[topology]
        self._seen[topology] += 1
        found = self._meshes.get(key) or self._meshes.setdefault(key, GpuMesh())
        found.unused = 0
        found.upload(mesh)
        return found

    def end_frame(self) -> None:
        """Count a frame, and free what was not used for long."""
        self._seen.clear()
        for key, mesh in list(self._meshes.items()):
            mesh.unused += 1
            if mesh.unused > _KEPT_FRAMES:
                self._meshes.pop(key).release()

    def release(self) -> None:
        """Free all. Releasing twice does nothing."""
        while self._meshes:
            self._meshes.popitem()[1].release()


def _plain(array: Array | None, kind: type) -> Array:
    return np.ascontiguousarray(array, kind)


def _check(mesh: Mesh, field: str) -> None:
    array, count = getattr(mesh, field), len(mesh.vertices)
    if array is None and field in ("uv", "alpha", "colours"):
        return
    width = {"triangles": 3, "alpha": 1}.get(field) or _INPUTS[field][1]
    rows = len(array) if field == "triangles" else count
    wanted = (rows,) if field == "alpha" else (rows, width)
    if np.shape(array) != wanted:
        raise ValueError(f"Mesh.{field} has shape {np.shape(array)}, must be {wanted}")
    if field == "triangles" and array.size and not 0 <= array.min() <= array.max() < count:
        raise ValueError(f"Mesh.triangles name vertices {array.min()} to {array.max()} of {count}")
