"""A plug-in that has been found, and not been imported."""

import ast
from dataclasses import dataclass
from pathlib import Path

from livemask.plugins import syntax


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plug-in's name and where it is.

    Attributes
    ----------
    name : str
        As on the command line, with hyphens.
    module : str
    file : Path
    package : str
        The installed package that brings it along, with its version; empty for livemask's own.
    """

    name: str
    module: str
    file: Path
    package: str = ""

    @property
    def create(self) -> ast.FunctionDef:
        """The syntax of the function that makes it."""
        create = syntax.creator(self.tree)
        if create is None:
            raise ValueError(f"{self.file} is a plug-in only with a function create")
        return create

    @property
    def tree(self) -> ast.Module:
        """The syntax of its file."""
        return syntax.parsed(self.file)

    @property
    def summary(self) -> str:
        """What it is: the first line of its file."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]
