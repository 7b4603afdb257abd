"""Small Basel Face Models, written field by field in the layouts that have been published."""

import json

import h5py
import numpy as np
import scipy.io

from livemask.models.named_landmarks import NAMES
from tests.models.small_face import small_face

COUNT = 2400
FACE = small_face(COUNT)
SIGMAS = np.array([3.0, 1.5, 0.5])
MOVES = np.array(list(FACE.moves.values()))
SPREAD = np.linspace(0.5, 1.5, len(MOVES))
RNG = np.random.default_rng(9)
COLOURS = RNG.uniform(60.0, 200.0, (COUNT, 3))
CHANGES = RNG.normal(0.0, 3.0, (4, COUNT, 3))
ALL, PART = COUNT + 30, COUNT + 10
"""Vertices of the whole head, and of the part that has expressions."""

OF_ALL = RNG.permutation(ALL)[:PART]
OF_PART = RNG.permutation(PART)[:COUNT]


def stacked(displacements):
    """Return (k, n, 3) displacements as the (3n, k) columns of a file."""
    return displacements.reshape(len(displacements), -1).T


def among(values, rows, count):
    """Return (k, count, 3) that hold `values` (k, n, 3) in some rows, and rubbish elsewhere."""
    whole = np.full((len(values), count, 3), 77.0)
    whole[:, rows] = values
    return whole


def whole_model():
    """Return the fields of `01_MorphableModel.mat`: micrometres, deviations."""
    rows = OF_ALL[OF_PART]
    return {
        "shapeMU": 1000.0 * among(FACE.mean[None], rows, ALL).reshape(-1, 1),
        "shapePC": 1000.0
        * stacked(among(FACE.identity / SIGMAS[:, None, None], rows, ALL)).astype(np.float32),
        "shapeEV": SIGMAS[:, None],
        "texMU": among(COLOURS[None], rows, ALL).reshape(-1, 1),
        "texPC": stacked(among(CHANGES / 2.0, rows, ALL)),
        "texEV": np.full((4, 1), 2.0),
        "tl": np.array([[1, 2, 3]]),
    }


def info():
    """Return the fields of `facemodel_info.mat`, as far as they are used, and one more."""
    return {
        "tri": FACE.triangles + 1,
        "keypoints": FACE.landmarks[None] + 1,
        "skinmask": np.ones((1, COUNT)),
    }


def expression_bytes(dimensions=None):
    """Return `Exp_Pca.bin`."""
    moves = among(1000.0 * MOVES / SPREAD[:, None, None], OF_PART, PART).astype("<f4")
    mean = np.full(3 * PART, 1234.0, "<f4")
    count = np.array(len(MOVES) if dimensions is None else dimensions, "<i4")
    return count.tobytes() + mean.tobytes() + moves.tobytes()


def write_parts(folder, **changes):
    """Write the folder of Deep3DFaceReconstruction; a field changed to None is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "01_MorphableModel": whole_model(),
        "BFM_exp_idx": {"trimIndex": OF_ALL[:, None] + 1},
        "BFM_front_idx": {"idx": OF_PART[:, None] + 1},
        "facemodel_info": info(),
    }
    for name, fields in contents.items():
        changed = {k: changes.get(k, v) for k, v in fields.items()}
        kept = {k: v for k, v in changed.items() if v is not None}
        scipy.io.savemat(folder / f"{name}.mat", kept, do_compression=True)
    (folder / "Exp_Pca.bin").write_bytes(changes.get("expPC", expression_bytes()))
    (folder / "std_exp.txt").write_text(changes.get("std_exp", " ".join(map(str, SPREAD))))
    return folder


def write_ready(folder, **changes):
    """Write `BFM_model_front.mat`: decimetres, deviations within the bases."""
    fields = {
        "meanshape": FACE.mean.reshape(1, -1) / 100.0,
        "idBase": stacked(FACE.identity) / 100.0,
        "exBase": stacked(MOVES) / 100.0,
        "meantex": COLOURS.reshape(1, -1),
        "texBase": stacked(CHANGES),
        **info(),
        "point_buf": np.ones((COUNT, 8)),
        "tri_mask2": np.ones((2, 3)),
        "frontmask2_idx": np.ones((2, 1)),
    } | changes
    folder.mkdir(parents=True, exist_ok=True)
    kept = {k: v for k, v in fields.items() if v is not None}
    scipy.io.savemat(folder / "BFM_model_front.mat", kept, do_compression=True)
    return folder / "BFM_model_front.mat"


def named_points():
    """Return the list of `metadata/landmarks/json`, with one point that is of no use."""
    marks = FACE.mean[FACE.landmarks]
    points = {name: marks[list(rows)].mean(0) for name, rows in NAMES.items()}
    points["left.ear.tragus.tip"] = np.array([72.0, 5.0, 14.0])
    return [{"id": name, "coordinates": point.tolist()} for name, point in points.items()]


def h5_fields():
    """Return the fields of a Basel Face Model 2017: mm, variances, colours from 0 to 1."""
    return {
        "shape/model/mean": FACE.mean.ravel().astype(np.float32),
        "shape/model/pcaBasis": stacked(FACE.identity / SIGMAS[:, None, None]).astype(np.float32),
        "shape/model/pcaVariance": (SIGMAS**2).astype(np.float32),
        "shape/representer/points": FACE.mean.T.astype(np.float32),
        "shape/representer/cells": FACE.triangles.T.astype(np.int32),
        "expression/model/mean": np.full(3 * COUNT, 0.25, np.float32),
        "expression/model/pcaBasis": stacked(MOVES / SPREAD[:, None, None]).astype(np.float32),
        "expression/model/pcaVariance": (SPREAD**2).astype(np.float32),
        "color/model/mean": (COLOURS / 255.0).ravel().astype(np.float32),
        "color/model/pcaBasis": stacked(CHANGES / 255.0 / 2.0).astype(np.float32),
        "color/model/pcaVariance": np.full(4, 4.0, np.float32),
        "metadata/landmarks/json": json.dumps(named_points()),
    }


def write_h5(file, **changes):
    """Write such a file; in the names of changed fields `__` stands for a slash."""
    fields = h5_fields() | {name.replace("__", "/"): value for name, value in changes.items()}
    with h5py.File(file, "w") as content:
        for name, value in fields.items():
            if value is not None:
                content[name] = value
    return file
