import pytest
import rich_click as click

from livemask import cli
from livemask.commands.loudness import split
from livemask.logs.journal import Journal


class Ear(Journal):
    """A journal that keeps what it is told."""

    def __init__(self):
        self.loudness = None

    def show(self, loudness):
        self.loudness = loudness

    def note_start(self, command):
        pass


@pytest.mark.parametrize(
    ("words", "loudness"),
    [
        ("masks", 1),
        ("-v masks", 2),
        ("masks -v", 2),
        ("-v masks -v", 3),
        ("masks -vv", 3),
        ("--verbose masks", 2),
        ("-q masks", 0),
        ("masks --quiet", 0),
        ("-v masks -q", 1),
    ],
)
def test_loudness_is_counted_before_and_after_the_command(words, loudness, capsys):
    ear = Ear()
    cli.commands.main(words.split(), standalone_mode=False, obj=ear)
    assert ear.loudness == loudness


def test_loudness_before_options_of_run_does_not_hide_the_default_command():
    ear = Ear()
    with pytest.raises(click.NoSuchOption, match="frobnicate"):
        cli.commands.main(["-vv", "--frobnicate"], standalone_mode=False, obj=ear)
    assert split(["-v", "-q", "--mask", "-v"]) == (["-v", "-q"], ["--mask", "-v"])
    assert split(["--version"]) == ([], ["--version"])


def every_command(group):
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from every_command(command)


def test_every_command_has_both():
    for command in every_command(cli.commands):
        flags = [flag for p in command.params for flag in p.opts if flag in ("-v", "-q")]
        assert sorted(flags) == ["-q", "-v"], command.name
