"""`-v` and `-q`: how much a command says about its own work."""

import re
from typing import Any

import rich_click as click

from livemask.logs.journal import USUAL, Journal

_KEY = "livemask.loudness"
_IS_LOUDNESS = re.compile(r"-[vq]+|--verbose|--quiet")


def _change(by: int) -> Any:
    """Return what to do where an option is given: it counts before and after the command."""

    def count(context: click.Context, _: click.Parameter, times: int) -> None:
        context.meta[_KEY] = context.meta.get(_KEY, USUAL) + by * times
        journal = context.find_root().obj
        if isinstance(journal, Journal):
            journal.show(context.meta[_KEY])

    return count


def is_quiet(context: click.Context) -> bool:
    """Whether nothing but errors is to be said."""
    return bool(context.meta.get(_KEY, USUAL) < USUAL)


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Part the `-v` and `-q` that lead a command line from the rest of it."""
    number = 0
    while number < len(arguments) and _IS_LOUDNESS.fullmatch(arguments[number]):
        number += 1
    return arguments[:number], arguments[number:]


def give_loudness(command: click.Command) -> None:
    """Give `-v` and `-q` to a command and to the commands below it."""
    for flags, by, meaning in (
        (("-v", "--verbose"), 1, "Say more; -vv says all."),
        (("-q", "--quiet"), -1, "Say nothing but errors."),
    ):
        option = click.Option(
            flags, count=True, expose_value=False, callback=_change(by), help=meaning
        )
        command.params.append(option)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            give_loudness(below)
