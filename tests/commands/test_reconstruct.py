from pathlib import Path

from click.testing import CliRunner

from livemask import stills
from livemask.commands.reconstruct import reconstruct
from livemask.reconstruction.form import DEFAULT, OUTPUTS


def asked(monkeypatch, *words):
    """Return what the command asks for: photos, folder, studio and prints."""
    found = []
    monkeypatch.setattr(stills, "reconstruct_files", lambda *given: found.append(given) or ())
    done = CliRunner().invoke(reconstruct, [*words, "--out", "made"])
    return found[0][:4] if found else done.output


def test_the_usual_files_are_written_unless_others_are_asked_for(monkeypatch):
    *_, prints = asked(monkeypatch, "a.png")
    assert prints.outputs == DEFAULT
    assert not prints.overwrite
    *_, prints = asked(monkeypatch, "a.png", "--write", "glb,json", "--sheet")
    assert prints.outputs == ("glb", "json", "sheet")
    *_, prints = asked(monkeypatch, "a.png", "--all", "--overwrite")
    assert set(prints.outputs) == OUTPUTS.keys() - {"sheet"}
    assert prints.overwrite


def test_options_reach_what_they_are_of(monkeypatch):
    words = ("--texture-size", "2048", "--hidden", "zero", "--colours", "--front", "--crop", "128")
    photos, out, studio, prints = asked(
        monkeypatch, "a.png", "b", *words, "--uv-size", "512", "--face", "2", "--fov", "50"
    )
    assert [photo.name for photo in photos] == ["a.png", "b"]
    assert out.name == "made"
    assert (studio.face, studio.fov, studio.model) == (2, 50.0, "head")
    form = prints.form
    assert (form.texture_size, form.hidden, form.colours) == (2048, "zero", True)
    assert (form.front, form.crop, form.uv_size) == (True, 128, 512)


def test_a_size_that_cannot_be_is_refused(monkeypatch):
    assert "4096" in asked(monkeypatch, "a.png", "--texture-size", "9000")
    assert "1" in asked(monkeypatch, "a.png", "--face", "0")


def test_photos_of_one_person_and_films_are_asked_for(monkeypatch):
    *_, studio, prints = asked(monkeypatch, "a.mp4", "--frames", "5", "--all-frames")
    assert (studio.frames, studio.same_person, prints.all_frames) == (5, False, True)
    *_, studio, prints = asked(monkeypatch, "a.png", "b.png", "--same-person")
    assert (studio.frames, studio.same_person, prints.all_frames) == (8, True, False)


def test_files_are_named_on_standard_output_whatever_the_bar_shows(monkeypatch):
    def made(*given):
        given[4]("film.mp4", 1, 10)
        yield Path("made/film.obj")
        given[4]("film.mp4: face 1", 0, None)

    monkeypatch.setattr(stills, "reconstruct_files", made)
    done = CliRunner().invoke(reconstruct, ["film.mp4", "--out", "made"])
    assert done.stdout.splitlines() == [str(Path("made/film.obj"))]
