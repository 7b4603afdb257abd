"""`livemask models`: the head models, shipped and imported."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import rich_click as click
from rich.console import Console
from rich.table import Table

from livemask.commands.console import say
from livemask.commands.listing import list_room
from livemask.commands.types import FILE

SHIPPED = "head"


@click.group(cls=click.RichGroup, invoke_without_command=True)
@click.pass_context
def models(context: click.Context) -> None:
    """List the head models, and import, draw or remove one."""
    if context.invoked_subcommand is None:
        _list_models()
        say("\nKinds of files that can be imported: livemask models import FILE")
        list_room("models", but=(SHIPPED,))


def _list_models() -> None:
    """Print the models that --model takes: the shipped one, and those that were imported."""
    from livemask.library import store
    from livemask.models import head

    table = Table("model", "kind", "vertices", "identity", "expressions", "SHA-256", box=None)
    own = head.create()
    counts = len(own.mean), len(own.identity), len(own.expressions)
    table.add_row(SHIPPED, "shipped", *map(str, counts), "")
    for row in _imported(store.names()):
        table.add_row(*row)
    Console().print(table)


def _imported(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each imported model; of one that cannot be read it is said what is wrong."""
    from livemask.errors import ModelError
    from livemask.library import store

    for name in names:
        try:
            stored = store.find(name)
        except ModelError as error:
            say(str(error))
            continue
        if stored is not None:
            known = stored.manifest
            counts = known.vertices, known.identity, known.expressions
            yield name, known.kind, *map(str, counts), known.sha256[:12]


@models.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--name", metavar="N", help="What to call it; as the file if left out.")
@click.option("--overwrite", is_flag=True, help="Let it replace an imported model of that name.")
def import_(file: Path, name: str | None, overwrite: bool) -> None:
    """Check a published model, a file or a folder, and keep a copy of it."""
    from livemask.library.importing import import_model

    stored = import_model(file, name, overwrite=overwrite)
    known = stored.manifest
    say(
        f"{stored.name}: {known.kind}, {known.vertices} vertices, {known.identity} identity "
        f"components, {known.expressions} expressions, SHA-256 {known.sha256}"
    )
    say(f"Wear it with --model {stored.name}")


@models.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Delete the copy of an imported model."""
    from livemask.library import store

    store.remove(name)
    say(f"{name} is removed.")


@models.command("show")
@click.argument("model", default="head")
@click.option("-o", "--output", type=FILE, required=True, help="The picture to write.")
@click.option("--overwrite", is_flag=True, help="Let it replace an existing file.")
def show(model: str, output: Path, overwrite: bool) -> None:
    """Draw a model: its mean, its first components and all its expressions."""
    from livemask.stills import show_model

    show_model(model, output, overwrite)
    say(str(output))
