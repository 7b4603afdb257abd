"""Coarser: meshes of fewer triangles, made beside the pictures when they are first asked for."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from livemask.coarsening import coarsened, even
from livemask.records import Array, Int32, Mesh

LOG = logging.getLogger("livemask")

MANY = 8000
"""Triangles beyond which a mesh is dense: of fewer, a small picture costs no less to draw."""

APART = 3.5
"""mm between vertices at least, where a surface is even."""

EVEN = {"normals": 0.35, "colours": 0.25, "alpha": 0.3}
"""How much these may differ between neighbours."""

WORTH = 0.8
"""Of the triangles: with more left than that a mesh stays as it is."""

_PATIENCE = 10  # frames for which a mesh must have had the same triangles
_KEPT_FRAMES = 120  # as in mesh_cache.py


class _Made:
    """What becomes of the triangles of one mesh."""

    def __init__(self, fine: Int32) -> None:
        self.fine = fine  # held: no other array can have its identity meanwhile
        self.seen = self.unused = 0  # frames
        self.work: Future[Int32] | None = None
        self.coarse: Int32 = fine


class Coarser:
    """Meshes with the same vertices in fewer triangles.

    It takes a thread a second or so to find them; until then a mesh is drawn as it is.
    """

    def __init__(self) -> None:
        self._made: dict[int, _Made] = {}
        self._worker: ThreadPoolExecutor | None = None

    def of(self, mesh: Mesh) -> Mesh:
        """Return `mesh` in as few triangles as are known for it by now."""
        if len(mesh.triangles) <= MANY:
            return mesh
        key = id(mesh.triangles)
        made = self._made.get(key) or self._made.setdefault(key, _Made(mesh.triangles))
        made.seen, made.unused = made.seen + 1, 0
        if made.work is None and made.seen > _PATIENCE:
            made.work = self._start(mesh)
        if made.work is not None and made.work.done() and made.coarse is made.fine:
            made.coarse = _result(made.work, made.fine)
        return mesh if made.coarse is made.fine else replace(mesh, triangles=made.coarse)

    def _start(self, mesh: Mesh) -> Future[Int32]:
        self._worker = self._worker or ThreadPoolExecutor(1, "livemask-coarser")
        return self._worker.submit(fewer, mesh)

    def end_frame(self) -> None:
        """Count a frame, and forget what was not asked for in a long time."""
        for key, made in list(self._made.items()):
            made.unused += 1
            if made.unused > _KEPT_FRAMES:
                del self._made[key]

    def release(self) -> None:
        """End its thread. Releasing twice does nothing."""
        if self._worker is not None:
            self._worker.shutdown(cancel_futures=True)
        self._made.clear()


def fewer(mesh: Mesh) -> Int32:
    """Return fewer triangles (t, 3) among the vertices of `mesh`; open rims stay as they are."""
    spacing: Array = np.full(len(mesh.vertices), APART)
    for field, change in EVEN.items():
        values = getattr(mesh, field)
        if values is not None:
            rows = np.reshape(values, (len(mesh.vertices), -1))
            spacing = np.minimum(spacing, even(mesh.vertices, mesh.triangles, rows, change))
    found = coarsened(mesh.vertices, mesh.triangles, spacing)
    return found if len(found) < WORTH * len(mesh.triangles) else mesh.triangles


def _result(work: Future[Int32], fine: Int32) -> Int32:
    """Return what came of it: the same triangles if it failed, which costs only time."""
    error = work.exception()
    if error is None:
        return work.result()
    LOG.debug("a mesh cannot be made coarser: %s", error)
    return fine
