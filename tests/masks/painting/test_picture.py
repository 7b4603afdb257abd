"""Pictures to paint faces with."""

import base64
import logging
import os
import struct
import zlib

import cv2
import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.masks.painting import picture
from livemask.masks.painting.picture import Picture, bled, load_picture, picture_of

RED = np.zeros((24, 32, 4), np.uint8) + np.array([0, 0, 200, 255], np.uint8)  # BGRA


CMYK_JPEG = (
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcG"
    "BggLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EABcAAQEBAQAAAAAAAAAAAAAAAAkK"
    "AAj/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oADgRDAE0AWQBLAAA/AEgHeJ8/iS93grQZ/9k="
)
"""Red on the left, blue on the right, 16x8, as Pillow writes it: inverted, with Adobe's mark."""


def written(path, image=RED, *how):
    assert cv2.imwrite(str(path), image, how)
    return path


@pytest.mark.parametrize("ending", ["png", "webp", "tiff"])
def test_a_picture_keeps_its_alpha(tmp_path, ending):
    half = RED.copy()
    half[:, :16, 3] = 0

    image = load_picture(written(tmp_path / f"a.{ending}", half, cv2.IMWRITE_WEBP_QUALITY, 101))

    assert image.shape == (24, 32, 4)
    assert image[0, 31].tolist() == [200, 0, 0, 255]
    assert image[0, 0, 3] == 0


@pytest.mark.parametrize("ending", ["jpg", "bmp"])
def test_a_picture_without_alpha_is_opaque(tmp_path, ending):
    image = load_picture(written(tmp_path / f"a.{ending}", RED[..., :3]))

    np.testing.assert_allclose(image[12, 16], [200, 0, 0], atol=3)


def test_grey_and_16_bits_are_taken(tmp_path):
    grey = load_picture(written(tmp_path / "grey.png", np.full((8, 8), 77, np.uint8)))
    deep = load_picture(written(tmp_path / "deep.png", np.full((8, 8, 4), 65535, np.uint16)))

    assert grey[0, 0].tolist() == [77, 77, 77]
    assert deep[0, 0].tolist() == [255, 255, 255]


def cmyk_tiff():
    """Return an uncompressed one of two pixels: red and blue inks."""
    tags = [(256, 2), (257, 1), (259, 1), (262, 5), (273, 8), (277, 4), (278, 1), (279, 8)]
    entries = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags]
    entries.insert(2, struct.pack("<HHII", 258, 3, 4, 16))  # bits of a sample
    pixels, bits = bytes([55, 195, 215, 0, 235, 135, 35, 0]), struct.pack("<4H", 8, 8, 8, 8)
    folder = struct.pack("<H", len(entries)) + b"".join(entries) + bytes(4)
    return b"II*\0" + struct.pack("<I", 24) + pixels + bits + folder


@pytest.mark.parametrize("ending", ["jpg", "tiff"])
def test_cmyk_has_the_right_colours(tmp_path, ending):
    file = tmp_path / f"print.{ending}"
    file.write_bytes(base64.b64decode(CMYK_JPEG) if ending == "jpg" else cmyk_tiff())

    image = load_picture(file)

    assert image.shape[2] == 3
    np.testing.assert_allclose(image[0, 0], [200, 60, 40], atol=3)
    np.testing.assert_allclose(image[0, -1], [20, 120, 220], atol=3)


def test_a_palette_is_taken(tmp_path):
    def chunk(kind, data):
        packed = kind + data
        return struct.pack(">I", len(data)) + packed + struct.pack(">I", zlib.crc32(packed))

    file = tmp_path / "palette.png"
    file.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 3, 0, 0, 0))
        + chunk(b"PLTE", bytes([9, 8, 7, 200, 100, 50]))
        + chunk(b"IDAT", zlib.compress(b"\0\0\1"))
        + chunk(b"IEND", b"")
    )

    assert load_picture(file)[0].tolist() == [[9, 8, 7], [200, 100, 50]]


def test_a_large_picture_is_made_smaller(tmp_path):
    image = load_picture(written(tmp_path / "wide.png", np.zeros((100, 4096, 3), np.uint8)))

    assert image.shape == (50, 2048, 3)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    file = tmp_path / "bomb.png"
    head = struct.pack(">II", 60_000, 60_000) + bytes([8, 6, 0, 0, 0])
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head)

    with pytest.raises(UsageError, match="60000x60000 pixels; at most 40 megapixels"):
        load_picture(file)


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "is no picture"), (b"hello", "is no picture"), (None, "cannot be opened")],
)
def test_what_is_no_picture_is_refused(tmp_path, data, message):
    file = tmp_path / "a.png"
    if data is not None:
        file.write_bytes(data)

    with pytest.raises(UsageError, match=message):
        load_picture(file)


def test_a_picture_that_is_cut_short_is_refused(tmp_path):
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8)
    file = written(tmp_path / "a.png", noise)
    file.write_bytes(file.read_bytes()[:60])

    with pytest.raises(UsageError, match="cannot be decoded; is it whole"):
        load_picture(file)


def test_colours_go_on_beside_what_is_painted():
    image = np.zeros((9, 9, 4), np.uint8)
    image[4, 4] = (200, 100, 50, 255)

    out = bled(image)

    assert out[4, 3].tolist() == [200, 100, 50, 0]
    assert out[0, 0].tolist() == [200, 100, 50, 0]
    np.testing.assert_array_equal(out[..., 3], image[..., 3])


def look_again(shown):
    """Have a picture look at its file now, and wait for what it reads."""
    shown._looked = -np.inf
    shown.image()
    if shown._reader:
        shown._reader.join()
    return shown.image()


def changed(file, image):
    written(file, image)
    later = file.stat().st_mtime + 5
    os.utime(file, (later, later))


def test_a_picture_that_changes_is_shown_anew(tmp_path):
    file = written(tmp_path / "a.png")
    shown = Picture(file)
    first = shown.image()
    changed(file, np.full((8, 8, 3), 60, np.uint8))

    assert look_again(shown)[0, 0].tolist() == [60, 60, 60]
    assert first[0, 0].tolist() == [200, 0, 0]


def test_a_picture_that_stays_is_the_same_array(tmp_path):
    shown = Picture(written(tmp_path / "a.png"))

    assert shown.image() is look_again(shown)


def test_half_a_picture_leaves_the_old_one_and_is_said(tmp_path, caplog):
    file = written(tmp_path / "a.png")
    shown = Picture(file)
    first = shown.image()
    file.write_bytes(file.read_bytes()[:40])

    with caplog.at_level(logging.WARNING):
        assert look_again(shown) is first
    assert "What was read before stays on" in caplog.text
    changed(file, np.full((8, 8, 3), 60, np.uint8))
    assert look_again(shown)[0, 0].tolist() == [60, 60, 60]


def test_a_deleted_picture_stays_on_and_that_is_said_once(tmp_path, caplog):
    file = written(tmp_path / "a.png")
    shown = Picture(file)
    first = shown.image()
    file.unlink()

    with caplog.at_level(logging.WARNING):
        assert look_again(shown) is look_again(shown) is first
    assert caplog.text.count("is gone") == 1


def test_faces_share_a_picture(tmp_path):
    file = written(tmp_path / "a.png")
    one = picture_of(file)

    assert picture_of(tmp_path / "." / "a.png") is one


def test_a_file_is_not_looked_at_in_every_frame(tmp_path, monkeypatch):
    shown = Picture(written(tmp_path / "a.png"))
    looks = []
    monkeypatch.setattr(picture, "_stamp", looks.append)

    for _ in range(50):
        shown.image()

    assert len(looks) <= 1
