"""The focal length that a photo's notes tell."""

import struct

import cv2
import numpy as np
import pytest

from livemask.sources.photo import focal_of
from tests.sources.photos import exif


def jpeg(notes):
    done, data = cv2.imencode(".jpg", np.zeros((24, 36, 3), np.uint8))
    assert done
    body = b"Exif\0\0" + notes
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return data.tobytes()[:2] + segment + data.tobytes()[2:]


def notes_of(focal, order="<"):
    """Return a TIFF whose first directory points to another, with FocalLengthIn35mmFilm."""
    first = struct.pack(f"{order}HHHII", 1, 34665, 4, 1, 26) + bytes(4)
    second = struct.pack(f"{order}HHHIHH", 1, 41989, 3, 1, focal, 0) + bytes(4)
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    return head + first + second


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_focal_length_on_film_becomes_pixels(tmp_path, order):
    file = tmp_path / "photo.jpg"
    file.write_bytes(jpeg(notes_of(50, order)))
    assert focal_of(file, (3600, 2400)) == pytest.approx(5000.0)


@pytest.mark.parametrize("notes", [notes_of(0), exif(1), b"II*\0", b"", notes_of(50)[:30]])
def test_other_notes_tell_none(tmp_path, notes):
    file = tmp_path / "photo.jpg"
    file.write_bytes(jpeg(notes))
    assert focal_of(file, (3600, 2400)) is None
