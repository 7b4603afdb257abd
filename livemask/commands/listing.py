"""Plug-ins as a table."""

from rich.console import Console
from rich.table import Table

from livemask import plugins


def list_room(room: str) -> None:
    """Print the plug-ins of a room, a line and the options of each."""
    table = Table(box=None, show_header=False)
    for name, (summary, options) in plugins.describe(room).items():
        table.add_row(f"[bold]{name}[/]", f"{summary}\n[dim]{options}[/]" if options else summary)
    Console().print(table)
