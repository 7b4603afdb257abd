"""Several options as one decorator."""

from collections.abc import Callable

Command = Callable[..., None]
Option = Callable[[Command], Command]


def several(*options: Option) -> Option:
    """Return a decorator that gives a command all `options`, listed in this order."""

    def give(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return give
