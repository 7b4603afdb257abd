"""Fields in which the coordinates of all vertices stand below one another: x1 y1 z1 x2 ...

So the Basel Face Model and its relatives hold means (3n, 1) and components (3n, k); what is
returned is points (n, 3) and components (k, n, 3). Their numbers of vertices count from 1.
"""

import numpy as np

from livemask.models.conventions import linear_albedo
from livemask.models.fields import Fields
from livemask.records import Array, Float32, Int32


def numbers(fields: Fields, name: str) -> Array:
    """Return a field of two dimensions as float64."""
    return fields.array(name, (f"rows of {name}", f"columns of {name}"), "fiu").astype(np.float64)


def column(fields: Fields, name: str) -> Array:
    """Return the (v,) values of a row or a column."""
    values = numbers(fields, name)
    if 1 not in values.shape:
        raise fields.error(name, f"has shape {values.shape}, expected one row or column")
    return values.ravel()


def sigmas(fields: Fields, name: str) -> Array:
    """Return the (k,) standard deviations of a row or a column."""
    values = column(fields, name)
    if not (values > 0.0).all():
        raise fields.error(name, "holds standard deviations that are not positive")
    return values


def points(fields: Fields, name: str) -> Array:
    """Return the (n, 3) points of a row or a column."""
    values = column(fields, name)
    if values.size == 0 or values.size % 3:
        raise fields.error(name, f"has {values.size} values, not three a vertex")
    return values.reshape(-1, 3)


def basis(
    fields: Fields, name: str, vertices: int, columns: int | str, most: int | None = None
) -> Array:
    """Return the (k, vertices, 3) components of a field, the first `most` of them."""
    values = fields.array(name, (3 * vertices, columns), "fiu")[:, :most].astype(np.float64)
    return values.T.reshape(-1, vertices, 3)


def indices(fields: Fields, name: str, vertices: int) -> Array:
    """Return a field of numbers that count from 1, from 0 now."""
    values = numbers(fields, name)
    if (values != np.round(values)).any() or (values < 1).any() or (values > vertices).any():
        raise fields.error(name, f"must hold whole numbers from 1 to {vertices}")
    return values.astype(np.int64) - 1


def triangles(fields: Fields, name: str, vertices: int) -> Int32:
    """Return the (t, 3) triangles; files hold them as rows or as columns."""
    corners = indices(fields, name, vertices)
    if 3 not in corners.shape:
        raise fields.error(name, f"has shape {corners.shape}, expected three corners each")
    return (corners.T if corners.shape[0] == 3 else corners).astype(np.int32)


def texture(fields: Fields, vertices: int) -> tuple[Float32, Float32]:
    """Return linear albedo (n, 3) and components (a, n, 3) of texMU, texPC and texEV."""
    coded = points(fields, "texMU") / 255.0
    if len(coded) != vertices:
        raise fields.error("texMU", f"has {len(coded)} vertices, shapeMU {vertices}")
    widths = sigmas(fields, "texEV")
    changes = basis(fields, "texPC", vertices, len(widths)) * widths[:, None, None] / 255.0
    return linear_albedo(coded, changes)
