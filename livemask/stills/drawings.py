"""Pictures of models: their contact sheet, and the guide to paint on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from livemask.library.opening import open_model
from livemask.reconstruction.whole import write_png
from livemask.sinks.files import writable

if TYPE_CHECKING:  # OpenGL is loaded when something is drawn
    from livemask.render.renderer import Renderer


def show_model(model: str, output: Path, overwrite: bool = False) -> None:
    """Draw the contact sheet of a model into a picture file."""
    from livemask.reconstruction.model_sheet import sheet

    head, file = open_model(model, thorough=True), writable(output, None, overwrite)
    with _renderer() as renderer:
        write_png(file, sheet(head, renderer))


def write_template(model: str, output: Path, size: int, overwrite: bool = False) -> None:
    """Write the guide to paint a mask on, (size, size) px with alpha, into a PNG file."""
    from livemask.masks.painting.template import template

    head, file = open_model(model), writable(output, None, overwrite)
    write_png(file, template(head, size))


@contextmanager
def _renderer() -> Iterator[Renderer]:
    from livemask.render.context import offscreen
    from livemask.render.renderer import Renderer

    with offscreen() as context:
        renderer = Renderer(context)
        try:
            yield renderer
        finally:
            renderer.close()
