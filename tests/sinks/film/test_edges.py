"""Opacity in films: read back by decoders of their own, on white and on black."""

import av
import cv2
import numpy as np
import pytest

from livemask.sinks.film import planes
from livemask.sinks.film.edges import spread
from livemask.sinks.film.planes import as_stored
from livemask.sinks.recorder import create
from tests.sinks.films import output, read


def disc(number=0, colour=(235, 200, 180), size=(128, 96)):
    """Return a bright disc with a soft edge on transparent black, (h, w, 4)."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    opacity = np.clip(30.5 - np.hypot(x - 60 - number, y - 48), 0, 1)
    image = np.zeros((size[1], size[0], 4))
    image[opacity > 0, :3] = colour
    image[..., 3] = 255 * opacity
    return image.astype(np.uint8)


def on(image, behind):
    """Return RGBA, not multiplied, as it looks on a grey."""
    opacity = image[..., 3:] / 255.0
    return image[..., :3] * opacity + behind * (1 - opacity)


def transparent(file):
    """Return the pictures of a film, RGBA: VP9's opacity is known to libvpx alone."""
    with av.open(str(file)) as film:
        stream = film.streams.video[0]
        if file.suffix == ".webm":
            decoder = av.CodecContext.create("libvpx-vp9", "r")
            packets = [p for p in film.demux(stream) if p.size]
            frames = [f for p in packets for f in decoder.decode(p)] + decoder.decode(None)
        else:
            frames = list(film.decode(stream))
    return [f.reformat(format="rgba", src_colorspace="ITU601").to_ndarray() for f in frames]


def film(tmp_path, ending, count=6, **options):
    file = tmp_path / f"a{ending}"
    recorder = create(file, alpha=True, **options)
    for i in range(count):
        recorder.send(output(disc(i), i / 25, i))
    recorder.close()
    return file, recorder


@pytest.mark.parametrize(("ending", "far", "mean"), [(".webm", 24, 1.0), (".mov", 3, 0.5)])
def test_opacity_comes_back_from_a_film(tmp_path, ending, far, mean):
    file, recorder = film(tmp_path, ending)
    assert recorder.takes_alpha
    images = transparent(file)
    assert len(images) == 6
    for number, image in enumerate(images):
        apart = np.abs(image[..., 3].astype(int) - disc(number)[..., 3])
        assert (apart.max(), apart.mean()) <= (far, mean)


@pytest.mark.parametrize("alpha", [False, True])
def test_a_webm_film_says_whether_it_has_opacity(tmp_path, alpha):
    recorder = create(tmp_path / "a.webm", alpha=alpha)
    recorder.send(output(disc(), 0.0))
    recorder.close()
    # The element AlphaMode of Matroska, 1; browsers show opacity only with it.
    assert (b"\x53\xc0\x81\x01" in (tmp_path / "a.webm").read_bytes()) == alpha


def rim(image):
    """Return where a soft edge is, and three pixels to both sides."""
    opacity = image[..., 3]
    wide = np.ones((7, 7))
    return (cv2.dilate(opacity, wide) > 0) & (cv2.erode(opacity, wide) < 255)


@pytest.mark.parametrize("ending", [".webm", ".mov"])
@pytest.mark.parametrize("behind", [255, 0])
def test_no_edge_is_dark(tmp_path, ending, behind):
    file, _ = film(tmp_path, ending)
    image, true = transparent(file)[3], disc(3)
    apart = (on(image, behind) - on(true, behind))[rim(true)]
    assert abs(apart.mean()) < 1.0
    assert apart.min() > -8.0


def test_an_edge_would_be_dark_if_colours_ended_there(tmp_path, monkeypatch):
    monkeypatch.setattr(planes, "spread", lambda image: np.ascontiguousarray(image[..., :3]))
    file, _ = film(tmp_path, ".webm")
    apart = (on(transparent(file)[3], 255) - on(disc(3), 255))[rim(disc(3))]
    assert apart.min() < -10.0


@pytest.mark.parametrize(("ending", "options"), [(".mp4", {}), (".mov", {"codec": "h264"})])
def test_what_carries_no_opacity_is_not_given_any(tmp_path, ending, options):
    recorder = create(tmp_path / f"a{ending}", alpha=True, **options)
    recorder.send(output(disc()[..., :3], 0.0))
    recorder.close()
    assert not recorder.takes_alpha


def test_a_film_is_opaque_unless_asked(tmp_path):
    recorder = create(tmp_path / "a.webm")
    recorder.send(output(disc()[..., :3], 0.0))
    recorder.close()
    assert not recorder.takes_alpha
    assert transparent(tmp_path / "a.webm")[0][..., 3].min() == 255


@pytest.mark.parametrize("ending", [".webm", ".mov"])
def test_a_picture_without_opacity_is_opaque_and_bars_are_transparent(tmp_path, ending):
    recorder = create(tmp_path / f"a{ending}", alpha=True)
    recorder.send(output(disc(), 0.0))
    recorder.send(output(np.full((96, 128, 3), 90, np.uint8), 0.1))
    recorder.send(output(np.full((96, 64, 4), 255, np.uint8), 0.2))
    recorder.close()
    _, whole, narrow = transparent(tmp_path / f"a{ending}")
    assert whole[..., 3].min() == 255
    assert narrow[:, 8:24, 3].max() <= 2
    assert narrow[:, 40:88, 3].min() >= 253


def test_a_player_that_knows_no_opacity_sees_bright_colours(tmp_path):
    file, _ = film(tmp_path, ".webm")
    image = read(file)[1][3].astype(int)
    assert np.abs(image[rim(disc(3))] - (235, 200, 180)).max() < 16


def test_colours_go_on_beyond_the_edge_and_stay_within():
    image = disc()
    filled = spread(image)
    solid = image[..., 3] >= 8
    assert np.array_equal(filled[solid], image[solid][:, :3])
    near = cv2.dilate(image[..., 3], np.ones((17, 17))) > 0
    assert np.abs(filled[near].astype(int) - (235, 200, 180)).max() <= 3


@pytest.mark.parametrize("opacity", [0, 255])
def test_of_one_opacity_colours_stay_as_they_are(opacity):
    image = np.random.default_rng(0).integers(0, 256, (9, 7, 4), dtype=np.uint8)
    image[..., 3] = opacity
    assert np.array_equal(spread(image), image[..., :3])


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (9, 2)])
@pytest.mark.parametrize("pixels", ["yuva420p", "yuva444p10le", "yuv420p", "yuv422p10le", "nv12"])
def test_any_size_is_stored_with_even_sides(size, pixels):
    image = np.zeros((size[1], size[0], 4), np.uint8)
    image[0, 0] = 255
    frame = as_stored(image, pixels)
    assert (frame.width, frame.height) == (size[0] + size[0] % 2, size[1] + size[1] % 2)
    assert frame.format.name == pixels
