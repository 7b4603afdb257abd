from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from livemask import app
from livemask.errors import SinkError, SourceError, UsageError
from livemask.plugins import parse
from livemask.reconstruction.swapping.swapped import Wish
from livemask.sources.photo import load_photo
from livemask.stills import exchange
from livemask.stills.exchange import Exchange, mask_of, swap
from livemask.stills.studio import Studio
from tests import drawn_film
from tests.detectors.drawn_face import drawn_face


@pytest.fixture
def red(tmp_path):
    """The photo of another drawn face, whose mouth is blue."""
    image = drawn_face((400, 400), (200, 210), 180.0)
    cv2.ellipse(image, (200, 269), (32, 12), 0, 0, 360, (40, 40, 190), -1)
    file = tmp_path / "blue.png"
    cv2.imwrite(str(file), image[..., ::-1])
    return file


def changed(before, after):
    return (load_photo(before) != load_photo(after)).any(axis=2)


def test_the_face_of_one_photo_comes_into_another(red, photo, tmp_path):
    out = tmp_path / "made.png"
    assert swap(Exchange(red, photo, out)) == out
    where = changed(photo, out)
    assert where[230:320, 290:370].mean() > 0.4  # the two have the same skin
    assert not where[:110].any()
    assert not where[:, :225].any()
    mouth, before = (load_photo(file)[298:316, 305:355].mean(axis=(0, 1)) for file in (out, photo))
    assert mouth[2] - mouth[0] > before[2] - before[0] + 15


@pytest.mark.parametrize("ending", [".jpg", ".webp", ".tif", ".PNG"])
def test_the_ending_says_how_it_is_written(red, photo, drawn, monkeypatch, tmp_path, ending):
    monkeypatch.setattr(exchange, "_photo", lambda _: drawn)
    out = swap(Exchange(red, photo, tmp_path / f"made{ending}"))
    most = np.abs(load_photo(out).astype(int) - drawn).max()
    assert most < 20 if ending == ".jpg" else most == 0


def test_all_faces_of_the_photo_change_or_one(red, quick, tmp_path):
    pair = drawn_face((260, 260), (130, 135), 120.0), drawn_face((340, 260), (170, 135), 160.0)
    target = tmp_path / "two.png"
    cv2.imwrite(str(target), np.hstack(pair)[..., ::-1])
    both = changed(target, swap(Exchange(red, target, tmp_path / "both.png")))
    small = changed(target, swap(Exchange(red, target, tmp_path / "a.png", studio=Studio(face=2))))
    assert both[130:160, 100:160].any()
    assert both[130:160, 400:460].any()
    assert small[130:160, 100:160].any()
    assert not small[:, 270:].any()
    with pytest.raises(UsageError, match="shows only 2"):
        swap(Exchange(red, target, tmp_path / "b.png", studio=Studio(face=3)))


def test_a_photo_without_a_face_is_named_and_nothing_is_written(red, photo, quick, tmp_path):
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((90, 120, 3), 120, np.uint8))
    for source, target in ((wall, photo), (red, wall)):
        with pytest.raises(SourceError, match=r"no face was found in .*wall\.png"):
            swap(Exchange(source, target, tmp_path / "made.png"))
    with pytest.raises(UsageError, match="shows only 1"):
        swap(Exchange(red, photo, tmp_path / "made.png", source_face=2))
    assert not (tmp_path / "made.png").exists()


def test_inputs_and_files_that_are_there_are_left_alone(red, photo, tmp_path):
    before = photo.read_bytes()
    (tmp_path / "mine.png").write_text("mine")
    with pytest.raises(UsageError, match="--overwrite"):
        swap(Exchange(red, photo, tmp_path / "mine.png"))
    for file in (red, photo):
        with pytest.raises(UsageError, match="is the input itself"):
            swap(Exchange(red, photo, file, overwrite=True))
    with pytest.raises(SinkError, match="does not exist"):
        swap(Exchange(red, photo, tmp_path / "nowhere" / "made.png"))
    assert photo.read_bytes() == before
    assert (tmp_path / "mine.png").read_text() == "mine"


def test_what_does_not_fit_together_is_told_before_anything_is_looked_at(red, photo, tmp_path):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom no more of it")
    out = tmp_path / "made"
    with pytest.raises(UsageError, match=r"is a photo, and .*made\.mp4 is not called like a photo"):
        swap(Exchange(red, photo, out.with_suffix(".mp4")))
    with pytest.raises(UsageError, match=r"is a film, and .*made\.png is not called like a film"):
        swap(Exchange(red, film, out.with_suffix(".png")))
    with pytest.raises(UsageError, match=r"film\.mp4 is no photo"):
        swap(Exchange(film, photo, out.with_suffix(".png")))
    with pytest.raises(UsageError, match="is a folder; name a photo in it"):
        swap(Exchange(red, tmp_path, out.with_suffix(".png")))
    with pytest.raises(SourceError, match=r"no file .*nobody\.png; check the name"):
        swap(Exchange(red, tmp_path / "nobody.png", out.with_suffix(".png")))
    with pytest.raises(UsageError, match="face 0 must be 1 or more"):
        swap(Exchange(red, photo, out.with_suffix(".png"), source_face=0))


def test_a_film_wears_the_mask_of_the_photo(tmp_path):
    asked = Exchange(tmp_path / "a, b.png", Path("film.mp4"), Path("made.mp4"), source_face=2)
    name, options = parse(mask_of(asked))
    assert name == "swap"
    assert Path(options["photo"]) == (tmp_path / "a, b.png").resolve()
    assert (options["person"], options["eyes"], options["mouth"]) == ("1", "live", "live")
    assert "face" not in options
    parts = replace(asked, wish=Wish(("nose", "mouth")), studio=Studio(face=3))
    name, options = parse(mask_of(parts))
    assert name == "part"
    assert options.keys() == {"nose", "mouth", "person", "face"}
    assert options["face"] == "2"


def test_a_film_is_written_with_its_length_and_the_photos_face(red, tmp_path):
    target = drawn_film.write(tmp_path / "film.mp4", drawn_film.pictures(4, range(0)))
    read = []
    out = tmp_path / "made.mp4"
    swap(Exchange(red, target, out), lambda done, total, _: read.append((done, total)))
    with av.open(str(out)) as made, av.open(str(target)) as before:
        pictures = [
            [frame.to_ndarray(format="rgb24").astype(int) for frame in film.decode(video=0)]
            for film in (made, before)
        ]
    assert len(pictures[0]) == len(pictures[1]) == 4
    assert np.abs(pictures[0][-1] - pictures[1][-1]).max() > 40
    assert read[-1] == (4, 4)


def test_a_film_without_a_face_is_said_to_be_one(red, tmp_path, monkeypatch):
    monkeypatch.setattr(app, "run", lambda *_: app.Summary(30, 0, 25.0))
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom no more of it")
    with pytest.raises(SourceError, match=r"no face was found in .*film\.mp4"):
        swap(Exchange(red, film, tmp_path / "made.mp4"))


def test_only_one_face_of_a_film_is_tracked_if_one_is_asked_for(red, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        app, "run", lambda config, _: asked.append(config) or app.Summary(9, 9, 1.0)
    )
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom no more of it")
    swap(Exchange(red, film, tmp_path / "a.mp4"))
    swap(Exchange(red, film, tmp_path / "b.mp4", studio=Studio(face=2, fov=40.0), when_lost="real"))
    assert [config.max_faces for config in asked] == [exchange.MOST_FACES, 2]
    assert [config.fov for config in asked] == [60.0, 40.0]
    assert [config.when_lost for config in asked] == ["auto", "real"]
    assert all(config.headless and config.record_sound == "source" for config in asked)
