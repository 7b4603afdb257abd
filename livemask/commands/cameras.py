"""`livemask cameras`: the cameras of this machine."""

import rich_click as click
from rich.console import Console
from rich.table import Table


@click.command()
def cameras() -> None:
    """List the cameras of this machine."""
    from livemask.sources.listing import cameras as listed

    table = Table("", "name", "path", box=None)
    for camera in listed():
        table.add_row(str(camera.index), camera.name, str(camera.path))
    if table.row_count:
        Console().print(table)
    else:
        Console().print("No camera was found. Plug one in, or give a film: livemask --source FILE")
