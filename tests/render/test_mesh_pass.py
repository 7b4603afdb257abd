"""Light and colour, measured against the formulas in plain numpy."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.geometry import project
from livemask.harmonics import shade
from livemask.records import Camera, Material, Mesh
from livemask.render.mesh_pass import normal_transform
from livemask.render.renderer import Renderer
from tests.render import shapes

SIZE = (64, 48)
CAMERA = Camera.from_field_of_view(SIZE)
MIDDLE = 24, 32
AHEAD = (0.0, 0.0, 1.0)


def screen(turn=(0.0, 0.0, 0.0), fields=None, **material):
    """Return a rectangle that fills the picture."""
    vertices, triangles, normals, uv = shapes.facing(CAMERA)
    pose = shapes.at(0, 0, -500, turn)
    look = Material(**{"specular": 0.0} | material)
    given = {"uv": uv} | (fields or {})
    return Mesh(vertices, triangles, normals, CAMERA, pose, look, **given)


def colour(renderer, mesh, light=None, image=None):
    """Return the colour in the middle of the picture, as floats 0 to 255."""
    picture = renderer.render(
        shapes.scene(shapes.plain(*SIZE) if image is None else image, mesh, light=light)
    )
    return picture[MIDDLE].astype(float)


def matt(light, normal=AHEAD):
    """Return what a white matt surface with that normal shows, (3,) linear RGB."""
    return shade(light.harmonics, np.array([normal]))[0]


@pytest.mark.parametrize("slant", [0.0, 0.5, 1.0, 1.4])
def test_matt_light_falls_off_with_the_cosine_and_is_added_to_the_ambient(
    plain_renderer: Renderer, slant
):
    """As nearly as nine harmonics tell it: to 0.1 of the lamp."""
    albedo = np.array([0.8, 0.4, 0.1])
    light = shapes.lamp((0.0, np.sin(slant), np.cos(slant)), colour=0.6, ambient=0.2)

    seen = colour(plain_renderer, screen(colour=tuple(albedo)), light)

    assert np.abs(seen - shapes.encoded(albedo * matt(light))).max() <= 0.75
    assert np.abs(shapes.decoded(seen) / albedo - (0.2 + 0.6 * np.cos(slant))).max() < 0.1 * 0.6


def test_each_harmonic_is_drawn_as_numpy_has_it(plain_renderer: Renderer):
    harmonics = np.random.default_rng(4).normal(0.0, 0.15, (9, 3)).astype(np.float32)
    harmonics[0] += 2.0
    light = replace(shapes.lamp(AHEAD, 0.0, 0.0), harmonics=harmonics)

    for turn in ((0.0, 0.0, 0.0), (0.7, 0.3, 0.0), (-0.4, 0.8, 0.0)):
        seen = colour(plain_renderer, screen(turn=turn), light)

        normal = shapes.at(0, 0, -500, turn)[:3, 2]
        assert np.abs(seen - shapes.encoded(matt(light, normal))).max() <= 0.75


def test_a_turned_mesh_is_lit_where_it_turns_to(plain_renderer: Renderer):
    light = shapes.lamp((1.0, 0.0, 0.0), colour=1.0, ambient=0.0)

    towards = colour(plain_renderer, screen(turn=(0.0, 0.6, 0.0)), light)
    away = colour(plain_renderer, screen(turn=(0.0, -0.6, 0.0)), light)

    normal = np.array([np.sin(0.6), 0.0, np.cos(0.6)])
    assert np.abs(towards - shapes.encoded(matt(light, normal))).max() <= 0.75
    assert (away < 20).all()


@pytest.mark.parametrize("exponent", [4.0, 40.0])
def test_the_highlight_is_blinns(plain_renderer: Renderer, exponent):
    light = shapes.lamp((0.3, 0.2, 0.9), colour=0.5, ambient=0.0)
    mesh = screen(colour=(0.0, 0.0, 0.0), specular=0.7, exponent=exponent)

    picture = plain_renderer.render(shapes.scene(shapes.plain(*SIZE), mesh, light=light))

    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    rays = np.stack(
        [x - CAMERA.centre[0], -(y - CAMERA.centre[1]), np.full(x.shape, -CAMERA.focal)], axis=-1
    )
    to_viewer = -rays / np.linalg.norm(rays, axis=-1, keepdims=True)
    halfway = to_viewer + light.direction
    halfway /= np.linalg.norm(halfway, axis=-1, keepdims=True)
    expected = shapes.encoded(0.5 * 0.7 * halfway[..., 2] ** exponent)
    assert np.abs(picture[..., 0] - expected).max() <= 1.0


def test_light_from_behind_shines_through_by_the_translucency(plain_renderer: Renderer):
    light = shapes.lamp((0.0, 0.6, -0.8), colour=1.0, ambient=0.1)

    seen = colour(plain_renderer, screen(translucency=0.25, specular=1.0), light)

    assert np.abs(seen - shapes.encoded(matt(light) + 0.25 * 0.8)).max() <= 0.75


def test_the_back_of_a_two_sided_mesh_is_lit_as_if_it_were_a_front(plain_renderer: Renderer):
    light = shapes.lamp(AHEAD, colour=0.5, ambient=0.0)

    seen = colour(plain_renderer, screen(turn=(0.0, np.pi, 0.0), two_sided=True), light)

    assert np.abs(seen - shapes.encoded(matt(light))).max() <= 0.75


def test_light_that_is_too_bright_stays_white(plain_renderer: Renderer):
    seen = colour(plain_renderer, screen(), shapes.lamp(AHEAD, colour=3.0, ambient=1.0))

    assert (seen == 255).all()


def ramp():
    """Return a picture with all 256 grey codes, some per column."""
    codes = np.arange(256, dtype=np.uint8).reshape(4, 64)
    grey = np.repeat(codes, 12, axis=0)
    return np.repeat(grey[..., None], 3, axis=2)


@pytest.mark.parametrize("look", ["shaded", "flat"])
def test_an_unlit_texture_reaches_the_screen_unchanged_in_all_256_codes(
    plain_renderer: Renderer, look
):
    mesh = screen(look=look, lit=False, texture=ramp())

    picture = plain_renderer.render(shapes.scene(shapes.plain(*SIZE), mesh))

    assert (picture == ramp()).all()


@pytest.mark.parametrize("colours", [None, "white"])
def test_the_frame_as_an_unlit_texture_leaves_the_video_as_it_is(renderer: Renderer, colours):
    image = shapes.waves(*SIZE)
    fields = {} if colours is None else {"colours": np.ones((4, 3), np.float32)}
    mesh = screen(lit=False, texture="frame", fields=fields)

    picture = renderer.render(shapes.scene(image, mesh)).astype(int)

    assert np.abs(picture - image).max() <= 1


def test_the_frame_is_sampled_where_uv_says(plain_renderer: Renderer):
    image = shapes.waves(*SIZE)
    uv = np.array([[1, 0], [1, 1], [0, 1], [0, 0]], np.float32)  # left and right exchanged

    picture = plain_renderer.render(
        shapes.scene(image, screen(lit=False, texture="frame", fields={"uv": uv}))
    )

    assert np.abs(picture.astype(int) - image[:, ::-1]).max() <= 1


def test_the_frame_can_be_lit(plain_renderer: Renderer):
    image = shapes.plain(*SIZE, (200, 120, 40))
    light = shapes.lamp(AHEAD, colour=0.5, ambient=0.0)

    seen = colour(plain_renderer, screen(texture="frame"), light, image)

    assert np.abs(seen - shapes.encoded(matt(light) * shapes.decoded([200, 120, 40]))).max() <= 0.75


def test_texture_material_and_vertex_colours_multiply_in_linear_light(plain_renderer: Renderer):
    texture = shapes.plain(8, 8, (200, 150, 100))
    colours = np.tile(np.array([0.5, 0.25, 1.0], np.float32), (4, 1))
    mesh = screen(lit=False, texture=texture, colour=(0.5, 1.0, 0.75), fields={"colours": colours})

    seen = colour(plain_renderer, mesh)

    linear = shapes.decoded([200, 150, 100]) * [0.25, 0.25, 0.75]
    assert np.abs(seen - shapes.encoded(linear)).max() <= 0.75


def test_a_texture_drawn_small_is_averaged_in_linear_light(plain_renderer: Renderer):
    board = np.zeros((512, 512, 3), np.uint8)
    board[::2, ::2] = board[1::2, 1::2] = 255  # far finer than a pixel

    picture = plain_renderer.render(
        shapes.scene(shapes.plain(*SIZE), screen(lit=False, texture=board))
    )

    assert np.abs(picture.astype(float) - shapes.encoded(0.5)).max() <= 2


def test_the_top_left_of_a_texture_is_at_uv_0_0(plain_renderer: Renderer):
    texture = np.zeros((2, 2, 3), np.uint8)
    texture[0, 0] = 255

    picture = plain_renderer.render(
        shapes.scene(shapes.plain(*SIZE), screen(lit=False, texture=texture))
    )

    assert picture[:6, :8].mean() > 200
    assert picture[-6:].mean() < 10
    assert picture[:, -8:].mean() < 10


def test_vertex_colours_run_into_one_another(plain_renderer: Renderer):
    colours = np.array([[0, 0, 0], [0, 0, 0], [1, 1, 1], [1, 1, 1]], np.float32)

    picture = plain_renderer.render(
        shapes.scene(shapes.plain(*SIZE), screen(lit=False, fields={"colours": colours}))
    )

    expected = shapes.encoded((np.arange(64) + 0.5) / 64)
    assert np.abs(picture[24, :, 0] - expected).max() <= 1


def test_uneven_scale_leaves_normals_upright(plain_renderer: Renderer):
    mesh = screen(turn=(0.0, 0.5, 0.0))
    stretched = Mesh(
        mesh.vertices,
        mesh.triangles,
        mesh.normals,
        CAMERA,
        mesh.camera_from_mesh @ np.diag([1.0, 1.0, 5.0, 1.0]),
        mesh.material,
    )
    light = shapes.lamp(AHEAD, colour=1.0, ambient=0.0)

    assert (colour(plain_renderer, mesh, light) == colour(plain_renderer, stretched, light)).all()


@pytest.mark.parametrize("seed", range(5))
def test_normals_stay_upright_on_any_surface_however_it_is_bent(seed):
    linear = np.random.default_rng(seed).normal(size=(3, 3))
    along, across = np.array([1.0, 2.0, 0.5]), np.array([-1.0, 0.3, 2.0])

    turned = normal_transform(linear) @ np.cross(along, across)

    assert turned @ (linear @ along) == pytest.approx(0.0, abs=1e-9)
    assert turned @ (linear @ across) == pytest.approx(0.0, abs=1e-9)
    assert turned @ linear @ np.cross(along, across) > 0.0


def test_a_mesh_shrunk_to_nothing_is_not_drawn(plain_renderer: Renderer):
    mesh = screen()
    gone = Mesh(mesh.vertices, mesh.triangles, mesh.normals, CAMERA, np.zeros((4, 4)))
    image = shapes.noise(*SIZE)

    assert (plain_renderer.render(shapes.scene(image, gone)) == image).all()


def test_a_mirrored_mesh_is_drawn_and_lit_like_its_mirror_image(plain_renderer: Renderer):
    vertices, triangles, normals, _ = shapes.sphere(60)
    mirror = np.diag([-1.0, 1.0, 1.0, 1.0])
    light = shapes.lamp((0.5, 0.2, 0.8), colour=1.0, ambient=0.0)
    other_light = shapes.lamp((-0.5, 0.2, 0.8), colour=1.0, ambient=0.0)

    def picture(pose, light):
        mesh = Mesh(vertices, triangles, normals, CAMERA, pose)
        return plain_renderer.render(shapes.scene(shapes.plain(*SIZE), mesh, light=light))

    plain = picture(shapes.at(40, 0, -400), light).astype(int)
    mirrored = picture(mirror @ shapes.at(40, 0, -400), other_light)[:, ::-1]
    assert plain.max() > 200
    assert np.abs(plain - mirrored).mean() < 0.3


def test_nonsense_in_the_vertices_harms_nothing_else(plain_renderer: Renderer):
    image = shapes.noise(*SIZE)
    vertices, triangles, normals, _ = shapes.sphere(60)
    for nonsense in (np.nan, np.inf, 1e30):
        wrong = np.full_like(vertices, nonsense)
        mesh = Mesh(wrong, triangles, normals, CAMERA, shapes.at(0, 0, -400))
        assert (plain_renderer.render(shapes.scene(image, mesh)) == image).all()


LARGE = Camera.from_field_of_view((320, 240))


def wire(renderer, grid, pose):
    """Return the picture of a red wireframe on blue."""
    look = Material(look="wireframe", lit=False, colour=(1.0, 0.0, 0.0))
    mesh = Mesh(*grid[:3], LARGE, pose, look)
    return renderer.render(shapes.scene(shapes.plain(320, 240, (0, 0, 90)), mesh))


def heights(corners):
    """Return the least height of each triangle (t, 3, 2), px."""
    sides = np.roll(corners, -1, axis=1) - corners
    area = np.abs(sides[:, 0, 0] * sides[:, 1, 1] - sides[:, 0, 1] * sides[:, 1, 0])
    return area / np.linalg.norm(sides, axis=2).max(axis=1)


def colours_at(picture, points):
    x, y = np.rint(points).astype(int).T
    return picture[y, x]


def test_a_wireframe_draws_the_edges_in_front_and_nothing_else(renderer: Renderer):
    grid, pose = shapes.sphere(120, 14, 9), shapes.at(0, 0, -500)
    picture = wire(renderer, grid, pose)
    corners = grid[0][grid[1]]
    in_front = corners[corners.mean(axis=1)[:, 2] > 40]
    pixels = project(LARGE, pose, in_front.reshape(-1, 3)).reshape(-1, 3, 2)

    edges = 0.5 * (pixels + np.roll(pixels, 1, axis=1))
    open_ones = pixels[heights(pixels) > 8].mean(axis=1)

    assert colours_at(picture, edges.reshape(-1, 2))[:, 0].mean() > 170
    assert len(open_ones) > 20
    assert (colours_at(picture, open_ones) == (0, 0, 90)).all()


@pytest.mark.parametrize("distance", [110, 200, 400])
def test_lines_of_a_wireframe_are_equally_wide_near_and_far(renderer: Renderer, distance):
    picture = wire(renderer, shapes.quad(60, 60), shapes.at(0, 0, -distance, (0, 0, 0.3)))

    side = 60 * LARGE.focal / distance
    length = 4 * 0.5 * side + np.sqrt(2) * side  # only one half of the outer lines is on the mesh
    assert (picture[..., 0] / 255.0).sum() / length == pytest.approx(1.5, rel=0.08)


def test_a_disc_is_round_and_smooth(plain_renderer: Renderer):
    vertices, triangles, normals, uv = shapes.quad(200, 200)
    look = Material(look="disc", colour=(1.0, 1.0, 1.0))
    mesh = Mesh(vertices, triangles, normals, CAMERA, shapes.at(0, 0, -500), look, uv=uv)

    drawn = plain_renderer.render(shapes.scene(shapes.plain(*SIZE), mesh))[..., 0] / 255.0

    radius = 100 * CAMERA.focal / 500
    assert drawn.sum() == pytest.approx(np.pi * (radius - 0.5) ** 2, rel=0.02)
    assert np.abs(drawn - drawn[::-1]).max() < 0.02
    assert ((drawn > 0.1) & (drawn < 0.9)).sum() > 20


def test_a_stroke_has_smooth_edges(plain_renderer: Renderer):
    vertices, triangles, normals, uv = shapes.quad(300, 60)
    pose = shapes.at(0, 0, -500, turn=(0.0, 0.0, 0.2))
    mesh = Mesh(vertices, triangles, normals, CAMERA, pose, Material(look="stroke"), uv=uv)

    drawn = plain_renderer.render(shapes.scene(shapes.plain(*SIZE), mesh))[..., 0] / 255.0

    assert drawn[MIDDLE] == 1.0
    assert ((drawn > 0.1) & (drawn < 0.9)).sum() > 30
