import numpy as np
import pytest

from livemask.synthesis.order import LABELS
from livemask.synthesis.part import Kind
from tests.heads import shipped
from tests.synthesis.making import COUNT, ORDER, picture, studio

HEAD = [int(kind) for kind in (Kind.SKIN, Kind.EYES, Kind.MOUTH)]
NUMBERS = range(COUNT)


def seen(labels, points):
    """Points (n, 3) of the head frame in the camera's, by the written pose."""
    pose = labels["camera_from_head"]
    return points @ pose[:3, :3].T + pose[:3, 3]


def depth_of(labels):
    return labels["depth"] * float(labels["depth_step"])


def unprojected(labels):
    """Each pixel's point (s, s, 3), camera frame, mm, by the written camera and depth."""
    focal, x0, y0 = labels["camera"]
    depth = depth_of(labels)
    y, x = np.mgrid[: len(depth), : len(depth)]
    return np.stack([(x - x0) * depth / focal, (y0 - y) * depth / focal, -depth], -1)


@pytest.mark.parametrize("index", NUMBERS)
def test_the_written_camera_projects_the_3d_points_to_the_2d_points(index):
    labels = picture(index).labels
    focal, x0, y0 = labels["camera"]
    for name in ("points", "outline"):
        points = seen(labels, labels[f"{name}_3d"].astype(np.float64))
        x, y = x0 - focal * points[:, 0] / points[:, 2], y0 + focal * points[:, 1] / points[:, 2]
        assert np.abs(np.stack([x, y], 1) - labels[f"{name}_2d"]).max() < 0.01


def test_the_depth_at_points_that_are_seen_is_the_points_own():
    off = []
    for index in NUMBERS:
        labels = picture(index).labels
        depth, at = depth_of(labels), np.rint(labels["points_2d"]).astype(int)
        points = seen(labels, labels["points_3d"])
        for i in np.flatnonzero(labels["points_seen"]):
            x, y = at[i]
            near = depth[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2]
            if near.size == 9 and near.min() > 0.0 and np.ptp(near) < 4.0:  # not at an edge
                off.append(abs(depth[y, x] + points[i, 2]))
    assert len(off) > 60
    assert max(off) < 4.0  # what is less far behind counts as seen
    assert np.median(off) < 0.5


@pytest.mark.parametrize("index", NUMBERS)
def test_normals_agree_with_the_gradient_of_the_depth(index):
    labels = picture(index).labels
    points, depth = unprojected(labels), depth_of(labels)
    right, down = points[1:-1, 2:] - points[1:-1, :-2], points[2:, 1:-1] - points[:-2, 1:-1]
    made = np.cross(down, right)
    made /= np.maximum(np.linalg.norm(made, axis=-1, keepdims=True), 1e-9)
    # Where the surface is one, and not seen from the side.
    flat = (np.abs(right[..., 2]) < 6.0) & (np.abs(down[..., 2]) < 6.0)
    for y in (slice(0, -2), slice(1, -1), slice(2, None)):
        for x in (slice(0, -2), slice(1, -1), slice(2, None)):
            flat &= depth[y, x] > 0.0
    told = labels["normals"][1:-1, 1:-1] / 127.0
    cosine = (made * told).sum(-1)[flat]
    assert flat.sum() > 300
    assert np.median(cosine) > 0.97


@pytest.mark.parametrize("index", NUMBERS)
def test_the_position_map_at_a_pixels_uv_is_the_pixel(index):
    labels = picture(index).labels
    # Both eyeballs share one place.
    y, x = np.nonzero((labels["depth"] > 0) & (labels["mask"] != Kind.EYES))
    texel = np.rint(labels["uv"][y, x] / 65535.0 * 256.0 - 0.5).astype(int).clip(0, 255)
    place = labels["position"][texel[:, 1], texel[:, 0]] * float(labels["position_step"])
    off = np.linalg.norm(place[:, :2] - np.stack([x, y], 1), axis=1)
    assert np.median(off) < 1.0
    assert np.percentile(off, 95) < 3.0


@pytest.mark.parametrize("index", NUMBERS)
def test_uv_normals_and_depth_are_there_on_the_same_pixels_and_where_the_mask_shows_the_head(index):
    labels = picture(index).labels
    head = labels["depth"] > 0
    assert (labels["uv"].any(-1) == head).all()
    assert (labels["normals"].any(-1) == head).all()
    shown = np.isin(labels["mask"], HEAD)
    assert head[shown].all()
    assert (labels["mask"][head] != Kind.NOTHING).all()


def test_points_that_are_seen_lie_on_the_head_and_others_are_covered_or_turned_away():
    right = count = hidden = 0
    for index in NUMBERS:
        labels = picture(index).labels
        at = np.clip(np.rint(labels["points_2d"]).astype(int), 0, ORDER.size - 1)
        kind = labels["mask"][at[:, 1], at[:, 0]]
        inner = labels["points_seen"] & (np.arange(68) > 16)
        right += np.isin(kind[inner], HEAD).sum()
        count += inner.sum()
        hidden += (~labels["points_seen"]).sum()
    assert right / count > 0.95
    assert hidden > 20


def test_without_beyond_the_model_makes_the_points_from_the_coefficients():
    model = shipped()
    labels = picture(0).labels
    ways = np.tensordot(labels["beyond"], studio()._heads.beyond, 1)
    shape = labels["identity"].astype(np.float64)
    made = model.vertices(shape, labels["expression"].astype(np.float64))
    rows = model.landmark_vertices
    off = np.linalg.norm((made + ways)[rows] - labels["points_3d"], axis=1)
    assert off.max() < 0.5  # lids close by the shape that they are on


def test_only_labels_that_are_asked_for_are_made():
    names = set(picture(0).labels)
    assert len(LABELS) == 8
    assert {"points_2d", "identity", "camera", "depth", "normals", "uv", "position", "mask"} < names
