"""`livemask masks`: what can be worn."""

import rich_click as click

from livemask.commands.listing import list_room


@click.command()
def masks() -> None:
    """List the masks and their options."""
    list_room("masks")
