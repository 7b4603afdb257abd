"""Plug-ins as a table."""

from collections.abc import Collection

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from livemask import plugins


def list_room(room: str, but: Collection[str] = ()) -> None:
    """Print the plug-ins of a room `but` some, a line and the options of each."""
    table = Table(box=None, show_header=False)
    packages = {name: plugin.package for name, plugin in plugins.found(room).items()}
    for name, (summary, options) in plugins.describe(room).items():
        if name in but:
            continue
        text = f"{escape(summary)}\n[dim]{escape(options)}[/]" if options else escape(summary)
        brought = packages.get(name)
        table.add_row(
            f"[bold]{name}[/]", f"{text}\n[dim]of the package {brought}[/]" if brought else text
        )
    Console().print(table)
