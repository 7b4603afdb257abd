"""Accessors: typed arrays out of a glTF file's bytes (glTF 2.0 specification, section 3.6.2)."""

from typing import Any

import numpy as np
from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.gltf.buffers import Buffers
from livemask.gltf.limits import FARTHEST, VERTICES
from livemask.gltf.values import chosen, text, whole
from livemask.records import Array, Float32

_COMPONENTS = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
_MOST = 3 * VERTICES * 2
"""Rows: as many as the triangles of all pieces may have corners."""


class Accessors:
    """Arrays by the index of their accessor.

    Parameters
    ----------
    document : GLTF2
    buffers : Buffers
    """

    def __init__(self, document: GLTF2, buffers: Buffers) -> None:
        self._document, self._buffers = document, buffers

    def count(self, index: Any, what: str) -> int:
        """Return how many rows an accessor says that it has."""
        accessor = chosen(self._document.accessors, index, what)
        return whole(accessor.count, f"the count of {what}", _MOST)

    def floats(self, index: Any, widths: tuple[int, ...], what: str) -> Float32:
        """Return an accessor as (n, w) float32, whole numbers normalised if it says so.

        Raises
        ------
        AssetError
            If it is of another width, reaches beyond its bytes, or is not finite and usable.
        """
        rows, normalised = self._rows(index, widths, what)
        values = rows.astype(np.float32)
        if normalised and rows.dtype.kind in "iu":
            values = np.maximum(values / np.float32(np.iinfo(rows.dtype).max), np.float32(-1.0))
        if not (np.abs(values) < FARTHEST).all():  # so is what is no number
            raise AssetError(f"{what} holds numbers that are not finite, or beyond {FARTHEST:g}.")
        return values

    def integers(self, index: Any, width: int, below: int, what: str) -> Array:
        """Return an accessor as (n, width) int64, each from 0 to `below` - 1."""
        rows, _ = self._rows(index, (width,), what)
        if rows.dtype.kind not in "iu":
            raise AssetError(f"{what} are not whole numbers.")
        values = rows.astype(np.int64)
        if values.size and not 0 <= values.min() <= values.max() < below:
            raise AssetError(f"{what} name number {values.max()} of {below}.")
        return values

    def _rows(self, index: Any, widths: tuple[int, ...], what: str) -> tuple[Array, bool]:
        accessor = chosen(self._document.accessors, index, what)
        width = _WIDTHS.get(text(accessor.type), 0)
        kind = _COMPONENTS.get(accessor.componentType)
        if width not in widths or kind is None:
            raise AssetError(f"{what} are {accessor.type!r} of {accessor.componentType!r}.")
        count = self.count(index, what)
        shape = count, width
        if accessor.bufferView is None:
            rows: Array = np.zeros(shape, kind)
        else:
            rows = self._dense(accessor.bufferView, accessor.byteOffset, shape, kind)
        if accessor.sparse is not None:
            rows = self._with_sparse(rows, accessor.sparse, what)
        return rows, bool(accessor.normalized)

    def _dense(self, view: int, offset: Any, shape: tuple[int, int], kind: str) -> Array:
        """Return a view's bytes as rows, without copying them."""
        data, stride = self._buffers.view(view)
        start = whole(offset or 0, "an accessor's byteOffset", len(data))
        item = np.dtype(kind).itemsize
        packed = shape[1] * item
        step = stride or packed
        needed = start + step * (shape[0] - 1) + packed if shape[0] else start
        if step < packed or needed > len(data):
            raise AssetError(
                f"{shape[0]} rows of {packed} bytes, {step} apart from byte {start} on, do not "
                f"fit into {len(data)} bytes: the file is broken."
            )
        return np.ndarray(shape, kind, data, start, (step, item))

    def _with_sparse(self, rows: Array, sparse: Any, what: str) -> Array:
        """Return `rows` with some of them replaced (section 3.6.2.3)."""
        count = whole(sparse.count, f"the sparse count of {what}", len(rows))
        kind = _COMPONENTS.get(getattr(sparse.indices, "componentType", 0))
        if kind not in ("<u1", "<u2", "<u4") or sparse.values is None:
            raise AssetError(f"{what} are sparse without indices or values.")
        at = self._dense(sparse.indices.bufferView, sparse.indices.byteOffset, (count, 1), kind)
        at = at[:, 0].astype(np.int64)
        if count and at.max() >= len(rows):
            raise AssetError(f"{what} replace number {at.max()} of {len(rows)}.")
        shape, values = (count, rows.shape[1]), sparse.values
        replaced = np.array(rows)
        replaced[at] = self._dense(values.bufferView, values.byteOffset, shape, rows.dtype.str)
        return replaced
