import numpy as np
import pytest

from livemask.errors import GraphicsError
from livemask.geometry import project
from livemask.quality import Drawing
from livemask.records import Camera, Effect, Material, Mesh
from livemask.render.context import Context
from livemask.render.renderer import Renderer, letterbox
from tests.render import shapes

SIZE = (161, 91)
CAMERA = Camera.from_field_of_view(SIZE)


def card(width, height, camera_from_mesh, camera=CAMERA, **material):
    vertices, triangles, normals, uv = shapes.quad(width, height)
    look = Material(**{"lit": False} | material)
    return Mesh(vertices, triangles, normals, camera, camera_from_mesh, look, uv=uv)


@pytest.mark.parametrize("size", [(640, 480), (161, 91), (3, 2), (1, 1), (33, 100)])
def test_an_unmasked_frame_comes_back_bit_for_bit(renderer: Renderer, size):
    image = shapes.noise(*size)

    picture = renderer.render(shapes.scene(image))

    assert picture.dtype == np.uint8
    assert (picture == image).all()


def test_a_read_only_frame_and_one_cut_from_a_larger_picture_are_drawn(renderer: Renderer):
    whole = shapes.noise(40, 30)
    whole.flags.writeable = False
    part = whole[5:25, 3:30]

    assert (renderer.render(shapes.scene(whole)) == whole).all()
    assert (renderer.render(shapes.scene(part)) == part).all()


def test_frames_of_changing_sizes_follow_one_another(renderer: Renderer):
    for size in ((64, 48), (48, 64), (64, 48)):
        image = shapes.noise(*size, seed=size[0])
        assert (renderer.render(shapes.scene(image)) == image).all()


def test_what_lies_outside_a_mesh_is_bit_for_bit_the_frame(renderer: Renderer):
    image = shapes.noise(*SIZE)
    picture = renderer.render(shapes.scene(image, card(40, 40, shapes.at(0, 0, -400))))

    assert (picture[45, 80] == 255).all()
    assert (picture[:, :40] == image[:, :40]).all()


def test_a_picture_read_earlier_is_not_changed_by_the_next(plain_renderer: Renderer):
    first = plain_renderer.render(shapes.scene(shapes.plain(8, 8, (1, 2, 3))))
    plain_renderer.render(shapes.scene(shapes.plain(8, 8, (4, 5, 6))))

    assert (first == (1, 2, 3)).all()


def centroid(weights):
    y, x = np.mgrid[: weights.shape[0], : weights.shape[1]]
    return np.array([(x * weights).sum(), (y * weights).sum()]) / weights.sum()


@pytest.mark.parametrize(
    "position", [(0.0, 0.0, -500.0), (101.3, -55.7, -400.0), (-180.2, 91.9, -700.0)]
)
@pytest.mark.parametrize("centre", [None, (70.25, 52.5)])
def test_a_point_is_drawn_within_a_tenth_of_a_pixel_of_where_it_projects(
    renderer: Renderer, position, centre
):
    camera = CAMERA if centre is None else Camera(CAMERA.focal, np.array(centre), SIZE)
    # Parallel to the image plane, a round dot stays round, and its centre is its image's centre.
    dot = card(18, 18, shapes.at(*position), camera, look="disc")

    drawn = renderer.render(shapes.scene(shapes.plain(*SIZE), dot))[..., 0].astype(float)

    expected = project(camera, np.eye(4), np.array([position]))[0]
    assert np.linalg.norm(centroid(drawn) - expected) < 0.1


def test_a_quad_covers_exactly_the_pixels_whose_centres_it_holds(plain_renderer: Renderer):
    # 20 x 10 px around the pixel corner (80, 45): columns 70 to 89, rows 40 to 49.
    depth = CAMERA.focal  # there, a mm is a pixel
    x, y = np.array([79.5, 44.5]) - CAMERA.centre
    quad = card(20, 10, shapes.at(x, -y, -depth))

    drawn = plain_renderer.render(shapes.scene(shapes.plain(*SIZE), quad))[..., 0] == 255

    assert drawn[40:50, 70:90].all()
    assert drawn.sum() == 200


def test_the_nearer_of_two_meshes_hides_the_other_in_either_order(renderer: Renderer):
    near = card(40, 40, shapes.at(0, 0, -400), colour=(1, 0, 0))
    far = card(60, 60, shapes.at(0, 0, -500), colour=(0, 1, 0))

    for layers in ((near, far), (far, near)):
        picture = renderer.render(shapes.scene(shapes.plain(*SIZE), *layers))
        assert (picture[45, 80] == (255, 0, 0)).all()


def test_an_effect_between_two_meshes_clears_the_depth(renderer: Renderer):
    near = card(40, 40, shapes.at(0, 0, -400), colour=(1, 0, 0))
    far = card(60, 60, shapes.at(0, 0, -500), colour=(0, 1, 0))

    picture = renderer.render(shapes.scene(shapes.plain(*SIZE), near, Effect("blur"), far))

    assert (picture[45, 80] == (0, 255, 0)).all()


def test_back_faces_are_drawn_only_if_the_material_is_two_sided(renderer: Renderer):
    turned = shapes.at(0, 0, -400, turn=(0, np.pi, 0))
    image = shapes.noise(*SIZE)

    assert (renderer.render(shapes.scene(image, card(40, 40, turned))) == image).all()
    both = renderer.render(shapes.scene(image, card(40, 40, turned, two_sided=True)))
    assert (both[45, 80] == 255).all()


def test_a_soft_edge_shows_the_video_and_never_the_back_of_the_mesh(renderer: Renderer):
    vertices, triangles, normals, _ = shapes.sphere(60)
    front, half = np.float32(1.0), np.float32(0.5)
    alpha = np.where(vertices[:, 2] > 0, half, front)  # the back, were it seen, is opaque
    material = Material(look="flat", colour=(1, 0, 0), two_sided=True)
    pose = shapes.at(0, 0, -400)
    ball = Mesh(vertices, triangles, normals, CAMERA, pose, material, alpha=alpha)
    reversed_ball = Mesh(vertices, triangles[::-1], normals, CAMERA, pose, material, alpha=alpha)

    for mesh in (ball, reversed_ball):
        picture = renderer.render(shapes.scene(shapes.plain(*SIZE, (0, 0, 200)), mesh))
        assert np.abs(picture[45, 80].astype(int) - (128, 0, 100)).max() <= 1


def test_the_opaque_part_of_a_mesh_does_not_show_through_its_soft_part(renderer: Renderer):
    # Two sheets in one mesh: the front one half transparent, the back one opaque and larger.
    vertices, triangles, normals, _ = shapes.quad(60, 60)
    front, back = vertices, vertices * 2 - np.array([0, 0, 30], np.float32)
    alpha = np.array([0.5] * 4 + [1.0] * 4, np.float32)
    for order in ((0, 4), (4, 0)):
        mesh = Mesh(
            np.vstack([front, back]),
            np.vstack([triangles + start for start in order]).astype(np.int32),
            np.vstack([normals, normals]),
            CAMERA,
            shapes.at(0, 0, -400),
            Material(look="flat", colour=(1, 0, 0)),
            alpha=alpha,
        )
        picture = renderer.render(shapes.scene(shapes.plain(*SIZE, (0, 0, 200)), mesh))
        assert np.abs(picture[45, 80].astype(int) - (128, 0, 100)).max() <= 1
        assert (picture[45, 94] == (255, 0, 0)).all()


def test_a_vertex_of_alpha_0_still_hides_what_lies_behind(renderer: Renderer):
    vertices, triangles, normals, _ = shapes.quad(60, 60)
    ghost = Mesh(
        vertices, triangles, normals, CAMERA, shapes.at(0, 0, -400), alpha=np.zeros(4, np.float32)
    )
    image = shapes.noise(*SIZE)

    picture = renderer.render(shapes.scene(image, ghost, card(40, 40, shapes.at(0, 0, -500))))

    assert (picture == image).all()


def test_opacity_blends_with_the_video_as_coded(renderer: Renderer):
    image = shapes.plain(*SIZE, (200, 100, 50))
    picture = renderer.render(
        shapes.scene(image, card(60, 60, shapes.at(0, 0, -400), colour=(0, 0, 0), opacity=0.25))
    )

    assert np.abs(picture[45, 80] - np.array([150.0, 75.0, 37.5])).max() <= 1


def test_the_transparent_part_of_a_texture_hides_nothing(renderer: Renderer):
    texture = np.zeros((8, 8, 4), np.uint8)
    texture[:, :4] = (255, 0, 0, 255)  # the left half is there, the right half is not
    near = card(60, 60, shapes.at(0, 0, -400), texture=texture)
    far = card(60, 60, shapes.at(0, 0, -420), colour=(0, 1, 0))

    picture = renderer.render(shapes.scene(shapes.plain(*SIZE), near, far))

    assert (picture[45, 73] == (255, 0, 0)).all()
    assert (picture[45, 88] == (0, 255, 0)).all()


def test_a_face_that_leaves_the_frame_is_cut_off_at_its_edge(renderer: Renderer):
    wide = Camera(CAMERA.focal, CAMERA.centre + np.array([100, 0]), (361, 91))
    pose = shapes.at(-95, 20, -300, turn=(0.2, 0.3, 0))
    vertices, triangles, normals, _ = shapes.sphere()

    def picture(camera):
        mesh = Mesh(vertices, triangles, normals, camera, pose)
        return renderer.render(shapes.scene(shapes.plain(*camera.size), mesh)).astype(int)

    assert np.abs(picture(CAMERA) - picture(wide)[:, 100:261]).max() <= 1


def test_a_mesh_that_reaches_behind_the_camera_is_drawn_as_far_as_it_is_seen(renderer: Renderer):
    floor = card(4000, 4000, shapes.at(0, -100, 0, turn=(-np.pi / 2, 0, 0)))

    drawn = renderer.render(shapes.scene(shapes.plain(*SIZE), floor))[..., 0] == 255

    assert drawn[-1].all()
    assert not drawn[:50].any()


def test_without_video_the_picture_is_transparent_with_straight_alpha(renderer: Renderer):
    mesh = card(40, 40, shapes.at(0, 0, -400), colour=(1, 0.5, 0), opacity=0.5)

    picture = renderer.render(shapes.scene(shapes.noise(*SIZE), mesh), video=False, alpha=True)

    assert picture.shape == (91, 161, 4)
    assert (picture[0, 0] == 0).all()
    expected = [255, shapes.encoded(0.5), 0, 127.5]
    assert np.abs(picture[45, 80] - np.array(expected)).max() <= 1.5


def test_two_faces_of_one_topology_keep_their_own_shapes(renderer: Renderer):
    vertices, triangles, normals, _ = shapes.quad(40, 40)

    def face(x, scale, colour):
        look = Material(lit=False, colour=colour)
        pose = shapes.at(x, 0, -400)
        return Mesh(vertices * np.float32(scale), triangles, normals, CAMERA, pose, look)

    for _ in range(3):
        faces = face(-60, 1.0, (1, 0, 0)), face(60, 0.5, (0, 1, 0))
        picture = renderer.render(shapes.scene(shapes.plain(*SIZE), *faces)).astype(float)
        assert picture[..., 1].sum() / picture[..., 0].sum() == pytest.approx(0.25, rel=0.1)


def test_an_unknown_look_and_an_unknown_effect_are_named_with_the_known_ones(
    plain_renderer: Renderer,
):
    with pytest.raises(GraphicsError, match=r"no look 'glitter'.*Known: .*shaded"):
        plain_renderer.draw(shapes.scene(shapes.noise(8, 8), card(1, 1, np.eye(4), look="glitter")))
    with pytest.raises(GraphicsError, match=r"no effect 'smear'. Known: blur"):
        plain_renderer.draw(shapes.scene(shapes.noise(8, 8), Effect("smear")))


def test_reading_before_anything_was_drawn_is_refused(plain_renderer: Renderer):
    with pytest.raises(GraphicsError, match="draw a scene first"):
        plain_renderer.read()


def test_a_renderer_can_be_closed_twice(context: Context):
    renderer = Renderer(context)
    renderer.render(
        shapes.scene(shapes.noise(*SIZE), card(9, 9, shapes.at(0, 0, -400)), Effect("blur"))
    )
    renderer.close()
    renderer.close()


def test_software_rendering_takes_one_sample_and_a_gpu_four(context: Context):
    def edge(samples):
        renderer = Renderer(context, samples=samples)
        slanted = card(60, 60, shapes.at(0, 0, -400, turn=(0, 0, 0.3)))
        picture = renderer.render(shapes.scene(shapes.plain(*SIZE), slanted))
        renderer.close()
        return picture

    expected = edge(0 if context.software else 4)
    assert (edge(None) == expected).all()
    assert (edge(0) != edge(4)).any()


@pytest.mark.parametrize(
    ("size", "window", "box"),
    [
        ((640, 480), (640, 480), (0, 0, 640, 480)),
        ((640, 480), (1280, 720), (160, 0, 1120, 720)),
        ((1280, 720), (800, 800), (0, 175, 800, 625)),
        ((640, 480), (0, 0), (0, 0, 0, 0)),
    ],
)
def test_a_picture_fills_the_window_undistorted(size, window, box):
    assert letterbox(size, (0, 0, *window)) == box


def test_samples_are_left_out_and_taken_again_from_picture_to_picture(context: Context):
    scene = shapes.scene(shapes.noise(*SIZE), card(40, 30, shapes.at(0, 0, -400, (0.0, 0.0, 0.3))))
    renderer, plain = Renderer(context, samples=4), Renderer(context, samples=0)
    smooth, sharp = renderer.render(scene), plain.render(scene)
    assert (smooth != sharp).any()
    renderer.drawing = Drawing(multisampled=False)
    assert (renderer.render(scene) == sharp).all()
    renderer.drawing = Drawing()
    assert (renderer.render(scene) == smooth).all()
    renderer.close()
    plain.close()
