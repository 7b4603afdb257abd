from pathlib import Path

import numpy as np
import pytest

import livemask
from livemask.errors import SourceError, UsageError
from livemask.sources.photo import load_photo
from tests import drawn_film


def test_an_array_is_reconstructed_and_saved_by_the_public_function(drawn, tmp_path):
    made = livemask.reconstruct(drawn)
    assert made.points.shape == (68, 2)
    (file,) = made.save(tmp_path, "anna", ["mask"])
    assert load_photo(file).shape == (480, 640, 3)
    with pytest.raises(SourceError, match="no face"):
        livemask.reconstruct(np.zeros((90, 90, 3), np.uint8))
    with pytest.raises(UsageError, match="uint8"):
        livemask.reconstruct(np.zeros((90, 90)))
    assert callable(livemask.reconstruct)  # and not the room of this name


def test_the_example_in_the_docs_works_as_written(photo, quick, tmp_path, monkeypatch, capsys):
    page = Path(__file__).resolve().parents[2] / "docs/reconstruct.md"
    code = page.read_text("utf-8").partition("```python\n")[2].partition("```")[0]
    monkeypatch.chdir(tmp_path)
    photo.rename(tmp_path / "photo.jpg")
    exec(compile(code, page.name, "exec"), {})  # noqa: S102 - our own page
    assert "(68, 2) (68, 3)" in capsys.readouterr().out
    assert {f.name for f in (tmp_path / "heads").iterdir()} >= {"anna.glb", "anna_sheet.png"}


def test_photos_of_one_person_are_reconstructed_together(drawn, quick):
    blank = np.zeros((90, 90, 3), np.uint8)
    one, none, other = livemask.reconstruct_person([drawn, blank, np.roll(drawn, 30, axis=1)])
    assert none is None
    assert other.points[30, 0] - one.points[30, 0] == pytest.approx(30.0, abs=3.0)
    with pytest.raises(SourceError, match="any of the 1 pictures"):
        livemask.reconstruct_person([blank])


def test_the_people_of_a_film_are_reconstructed_from_pictures_that_are_told(quick, tmp_path):
    film = drawn_film.write(tmp_path / "film.mp4", drawn_film.pictures(25))
    (person,) = livemask.reconstruct_film(film, frames=2)
    assert len({made.portrayal.frame.index for made in person}) == 2
    assert person[0].vertices.shape[1] == 3
    with pytest.raises(UsageError, match="0 frames"):
        livemask.reconstruct_film(film, frames=0)
