"""What a closed surface must be."""

import numpy as np


def volume(vertices, triangles):
    """Return the volume inside, positive if the triangles look outward (Gauss)."""
    a, b, c = (vertices[triangles[:, i]].astype(float) for i in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def agreement(vertices, triangles, normals):
    """Return the cosines (t,) between the triangles and the normals of their corners."""
    a, b, c = (vertices[triangles[:, i]].astype(float) for i in range(3))
    facing = np.cross(b - a, c - a)
    size = np.linalg.norm(facing, axis=1)
    solid = size > 1e-6 * size.max()
    mean = normals[triangles].mean(1)
    mean /= np.linalg.norm(mean, axis=1, keepdims=True)
    return np.einsum("ij,ij->i", facing[solid] / size[solid, None], mean[solid])
