"""Normal maps, glow, toon shadow and repeated textures, against plain numpy."""

import numpy as np
import pytest

from livemask.records import Camera, Light, Material, Mesh
from livemask.render.renderer import Renderer
from livemask.surfaces import Finish
from tests.render import shapes

SIZE = (64, 48)
CAMERA = Camera.from_field_of_view(SIZE)
MIDDLE = 24, 32
AHEAD = (0.0, 0.0, 1.0)


def screen(turn=0.0, uv_turn=0.0, mirrored=False, fields=None, **material):
    """Return a rectangle that fills the picture, turned in it, its texture turned on it."""
    vertices, triangles, normals, uv = shapes.facing(CAMERA)
    vertices = vertices * np.float32(2.0)
    sine, cosine = np.sin(uv_turn), np.cos(uv_turn)
    square = (uv - 0.5) * (1.0, SIZE[1] / SIZE[0])  # as many px a unit both ways
    uv = (square @ np.array([[cosine, sine], [-sine, cosine]]) + 0.5).astype(np.float32)
    if mirrored:
        uv = uv * np.array([-1.0, 1.0], np.float32)
    pose = shapes.at(0, 0, -500, (0.0, 0.0, turn))
    given = Material(**{"look": "character", "specular": 0.0, "wrap": "repeat"} | material)
    return Mesh(vertices, triangles, normals, CAMERA, pose, given, uv=uv, **(fields or {}))


def colour(renderer, mesh, light):
    picture = renderer.render(shapes.scene(shapes.plain(*SIZE), mesh, light=light))
    return picture[MIDDLE].astype(float)


def map_of(normal):
    """Return a normal map that has one normal everywhere."""
    code = np.rint(127.5 * (np.array(normal) / np.linalg.norm(normal) + 1.0)).astype(np.uint8)
    return np.tile(code, (4, 4, 1))


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("uv_turn", [0.0, 2.0])
@pytest.mark.parametrize("turn", [0.0, 0.7])
def test_a_normal_map_tilts_along_u_and_against_v(
    plain_renderer: Renderer, turn, uv_turn, mirrored
):
    tilt = np.array([0.5, 0.3, 0.8])
    mesh = screen(turn, uv_turn, mirrored, finish=Finish(normal_map=map_of(tilt)))
    corners, uv = mesh.vertices[:, :2], mesh.uv
    across = np.linalg.lstsq(uv - uv[0], corners - corners[0], rcond=None)[0]
    u, v = (axis / np.linalg.norm(axis) for axis in across)
    flat = tilt[0] * u - tilt[1] * v
    sine, cosine = np.sin(turn), np.cos(turn)
    x, y = cosine * flat[0] - sine * flat[1], sine * flat[0] + cosine * flat[1]
    normal = np.array([x, y, tilt[2]]) / np.linalg.norm(tilt)
    towards = np.array([0.8, -0.48, 0.36])
    light = shapes.lamp(tuple(towards), colour=0.8, ambient=0.1)

    seen = colour(plain_renderer, mesh, light)

    assert np.abs(seen - shapes.encoded(irradiance(light, normal))).max() <= 2.5


def irradiance(light, normal):
    """Return what a white surface shows, the sum written out (Ramamoorthi & Hanrahan 2001)."""
    x, y, z = normal
    basis = [
        *(0.282095, 0.488603 * y, 0.488603 * z, 0.488603 * x, 1.092548 * x * y),
        *(1.092548 * y * z, 0.315392 * (3 * z * z - 1), 1.092548 * x * z),
        0.546274 * (x * x - y * y),
    ]
    return np.array(basis) @ light.harmonics


def test_relief_zero_leaves_the_normals_as_they_are(plain_renderer: Renderer):
    light = shapes.lamp((0.6, 0.3, 0.7), colour=0.8, ambient=0.1)
    flat = screen(finish=Finish(normal_map=map_of((0.5, 0.3, 0.8)), relief=0.0))
    assert (
        np.abs(colour(plain_renderer, flat, light) - colour(plain_renderer, screen(), light)).max()
        <= 1
    )


def test_what_glows_is_seen_in_the_dark(plain_renderer: Renderer):
    dark = shapes.lamp(AHEAD, colour=0.0, ambient=0.0)
    map_ = np.full((4, 4, 3), 188, np.uint8)  # half, linear

    plain = colour(plain_renderer, screen(finish=Finish(glow=(0.5, 0.25, 0.0))), dark)
    mapped = colour(
        plain_renderer, screen(finish=Finish(glow=(0.5, 0.25, 0.0), glow_map=map_)), dark
    )

    assert np.abs(plain - shapes.encoded([0.5, 0.25, 0.0])).max() <= 1.0
    assert np.abs(mapped - shapes.encoded([0.25, 0.125, 0.0])).max() <= 1.5


def test_maps_that_are_brought_anew_leave_the_texture_where_it_is(plain_renderer: Renderer):
    light = shapes.lamp(AHEAD, colour=0.0, ambient=1.0)
    red = np.tile(np.array([200, 10, 10], np.uint8), (4, 4, 1))
    finish = Finish(normal_map=map_of(AHEAD), glow=(0.0, 0.0, 1e-4), glow_map=map_of((1, 0, 0)))
    seen = colour(plain_renderer, screen(texture=red, finish=finish), light)
    assert np.abs(seen - (200, 10, 10)).max() <= 12


def test_an_anime_surface_has_one_colour_in_light_and_one_in_shadow(plain_renderer: Renderer):
    material = {"look": "anime", "colour": (0.8, 0.6, 0.4)}
    finish = Finish(shadow=(0.4, 0.1, 0.2))
    seen = [
        colour(plain_renderer, screen(finish=finish, **material), shapes.lamp(towards, 0.7, 0.3))
        for towards in (AHEAD, (0.0, 0.3, 1.0))
    ]
    ahead = irradiance(shapes.lamp(AHEAD, 0.7, 0.3), AHEAD)
    assert np.abs(seen[0] - shapes.encoded(np.array([0.8, 0.6, 0.4]) * ahead)).max() <= 1.5

    tilted = Finish(shadow=(0.4, 0.1, 0.2), normal_map=map_of((0.97, 0.0, 0.25)))
    light = shapes.lamp((-0.9, 0.0, 0.45), 0.7, 0.1)
    dark = colour(plain_renderer, screen(finish=tilted, **material), light)
    ahead = irradiance(light, AHEAD)
    most = ahead.max()
    bright = ahead / most * np.clip(most, 0.35, 1.05)
    assert np.abs(dark - shapes.encoded(np.array([0.4, 0.1, 0.2]) * bright)).max() <= 2.0


@pytest.mark.parametrize(("wrap", "expected"), [("clamp", 255), ("repeat", 0), ("mirror", 255)])
def test_beyond_its_edge_a_texture_goes_on_as_its_material_says(
    plain_renderer: Renderer, wrap, expected
):
    half = np.zeros((8, 8, 3), np.uint8)
    half[:, 4:] = 255
    mesh = screen(texture=half, wrap=wrap, lit=False)
    moved = np.tile(np.array([1.25, 0.5], np.float32), (4, 1)) + (mesh.uv - 0.5) * np.float32(1e-3)
    shifted = Mesh(
        mesh.vertices,
        mesh.triangles,
        mesh.normals,
        CAMERA,
        mesh.camera_from_mesh,
        mesh.material,
        uv=moved,
    )
    assert abs(colour(plain_renderer, shifted, Light.default())[0] - expected) <= 1
