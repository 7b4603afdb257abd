"""What a run says of the files that it has written."""

import rich_click as click

from livemask.commands.loudness import give_loudness
from livemask.commands.written import tell_written
from livemask.config import Config
from tests import drawn_film


def said(capsys, config, *words):
    @click.command()
    @click.pass_context
    def run(context):
        tell_written(context, config, 20)

    give_loudness(run)
    run.main(list(words), standalone_mode=False)
    return capsys.readouterr().out.splitlines()


def test_of_a_film_it_is_said_how_long_and_how_large_it_is(tmp_path, capsys):
    film = drawn_film.write(tmp_path / "a.mp4", drawn_film.pictures(20))
    (line,) = said(capsys, Config(record=film))
    assert line.startswith(f"{film}: 0:00.")
    assert line.endswith("B")
    assert ", 20 frames, " in line


def test_of_what_is_no_film_it_is_said_how_large_it_is(tmp_path, capsys):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "a").write_bytes(b"x" * 1500)
    (tmp_path / "s" / "b").write_bytes(b"x" * 1500)
    (tmp_path / "o.csv").write_bytes(b"x" * 12)
    lines = said(capsys, Config(csv=tmp_path / "o.csv", session=tmp_path / "s"))
    assert lines == [f"{tmp_path}/o.csv: 20 frames, 12 bytes", f"{tmp_path}/s: 20 frames, 3 kB"]


def test_what_was_never_begun_has_no_size(tmp_path, capsys):
    assert said(capsys, Config(record=tmp_path / "f_%04d.png")) == [
        f"{tmp_path}/f_%04d.png: 20 frames"
    ]


def test_nothing_is_said_if_all_is_to_be_quiet(tmp_path, capsys):
    assert said(capsys, Config(csv=tmp_path / "o.csv"), "-q") == []


def test_one_frame_is_no_frames(tmp_path, capsys):
    tell_written(click.Context(click.Command("run")), Config(csv=tmp_path / "o.csv"), 1)
    assert capsys.readouterr().out == f"{tmp_path}/o.csv: 1 frame\n"
