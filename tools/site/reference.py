"""Pages that are read off the code: commands, plug-ins."""

import html
import inspect
from collections.abc import Iterator

import rich_click as click

from livemask import cli, plugins

ROOMS = {
    "masks": "Masks: `--mask NAME,key=value`",
    "sinks": "Outputs: `--sink NAME,key=value`",
    "detectors": "Detectors: `--detector NAME,key=value`",
    "models": "Kinds of head models: `livemask models import FILE`",
}


def pages() -> dict[str, str]:
    """Return the text of each page by its name."""
    return {
        "reference/commands.md": commands(),
        "reference/options.md": options(),
        "reference/plug-ins.md": plug_ins(),
    }


def commands() -> str:
    """Return all commands but `run`, with their options."""
    text = (
        "# Commands\n\nAs `livemask COMMAND --help` tells. `livemask` alone means `livemask run`:\n"
    )
    text += "its options are on [a page of their own](options.md).\n"
    for path, command in _walk("livemask", cli.commands):
        if path != "livemask run":
            text += f"\n## `{path}`\n\n{_help(command)}\n\n{_usage(path, command)}"
            text += _table(command)
    return text


def options() -> str:
    """Return the options of `run`."""
    command = cli.commands.commands["run"]
    return f"# Options of `livemask run`\n\n{_help(command)}\n{_table(command)}"


def plug_ins() -> str:
    """Return all plug-ins with their options."""
    text = "# Plug-ins\n\nOptions follow a name as `,key=value`. [Your own](../plugins.md) are "
    text += "named alike.\n"
    for room, title in ROOMS.items():
        text += f"\n## {title}\n\n| name | what it is | options |\n| --- | --- | --- |\n"
        for name, (summary, given) in plugins.describe(room).items():
            listed = " ".join(f"`{part}`" for part in given.split(", ") if part)
            text += f"| `{name}` | {_cell(summary)} | {_cell(listed)} |\n"
    return text


def _walk(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a group that do something, with what is typed for them."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _walk(f"{path} {name}", inner)
    else:
        yield path, command


def _help(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").replace("\f", "")


def _usage(path: str, command: click.Command) -> str:
    with command.make_context(path, [], resilient_parsing=True) as context:
        pieces = " ".join(command.collect_usage_pieces(context))
    return f"```\n{path} {pieces}\n```\n"


def _table(command: click.Command) -> str:
    rows = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if not rows:
        return ""
    text = "\n| option | meaning | unless told |\n| --- | --- | --- |\n"
    for option in rows:
        with command.make_context(command.name, [], resilient_parsing=True) as context:
            value = option.make_metavar(context) if not option.is_flag else ""
        names = ", ".join(f"`{name}`" for name in option.opts)
        shown = f"{names} {html.escape(value)}".strip()
        text += f"| {_cell(shown)} | {_cell(option.help or '')} | {_default(option)} |\n"
    return text


def _default(option: click.Option) -> str:
    value = option.default
    if option.required:
        return "needed"
    if option.is_flag or value is None or callable(value) or "Sentinel" in type(value).__name__:
        return ""
    shown = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return f"`{shown}`" if shown else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
