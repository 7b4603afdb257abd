"""Shader files: `#include` resolved, lines still known, uniforms listed."""

import re
from dataclasses import dataclass
from pathlib import Path

from livemask.errors import GraphicsError, LivemaskError
from livemask.resources import resource, roots

_INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"\s*$')
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_STRUCT = re.compile(r"\bstruct\s+(\w+)\s*\{(.*?)\}", re.DOTALL)
_UNIFORM = re.compile(r"\buniform\s+(\w+)\s+([^;]+);")
_PRAGMA = re.compile(r"^[ \t]*#pragma[ \t]+(.+)$", re.MULTILINE)
_FIELD = re.compile(r"\w+\s+(\w+)\s*(?:\[\w+\])?\s*;")
# File and line: Mesa writes 0:12(5), NVIDIA 0(12), the others 0:12.
_PLACE = re.compile(r"\b0(?::(\d+)|\((\d+)\))")
# `#line` can number files too, but Mesa forgets that number in most of its messages: lines of
# file n are therefore counted from n times this.
_FILE = 10_000


@dataclass(frozen=True, slots=True)
class ShaderSource:
    """The text of one stage of a look, its includes put in.

    Attributes
    ----------
    text : str
        GLSL, with `#line` directives: line 20003 is line 3 of `files[2]`.
    files : tuple of str
        Names of the files it was put together from, itself first.
    """

    text: str
    files: tuple[str, ...]

    def uniforms(self) -> set[str]:
        """Return the names of all declared uniforms, `material.colour` for a struct's field."""
        text = _COMMENT.sub("", self.text)
        structs = {name: _FIELD.findall(body) for name, body in _STRUCT.findall(text)}
        found = set()
        for kind, names in _UNIFORM.findall(text):
            for name in re.findall(r"\w+", re.sub(r"\[\w*\]", "", names)):
                found |= {f"{name}.{field}" for field in structs.get(kind, ())} or {name}
        return found

    def pragmas(self) -> set[str]:
        """Return what its `#pragma` lines say: how the renderer shall draw the look."""
        return {text.strip() for text in _PRAGMA.findall(self.text)}

    def explain(self, log: str) -> str:
        """Return a compiler's message with the names of files in place of their numbers."""

        def name(place: re.Match[str]) -> str:
            number, line = divmod(int(place[1] or place[2]), _FILE)
            return f"{self.files[number]}:{line}" if number < len(self.files) else place[0]

        return "\n".join(_PLACE.sub(name, line, count=1) for line in log.strip().splitlines())


def load(name: str, **defines: int) -> ShaderSource:
    """Read `shaders/NAME`, for example `shaded.frag`, and what it includes, each file once.

    `defines` become `#define`s right after the version.

    Raises
    ------
    GraphicsError
        If a file is missing, or does not start with `#version`.
    """
    files: list[str] = []
    version, _, rest = _read(f"shaders/{name}", files).partition("\n")
    if not version.startswith("#version"):
        raise GraphicsError(f"shaders/{name} must start with #version 330 core, not {version!r}")
    constants = [f"#define {key} {value}" for key, value in defines.items()]
    return ShaderSource("\n".join([version, *constants, "#line 2", rest]), tuple(files))


def _read(name: str, files: list[str]) -> str:
    number = len(files)
    files.append(name)
    lines = []
    for count, line in enumerate(_file(name, files).read_text("utf-8").splitlines(), start=1):
        include = _INCLUDE.match(line)
        if not include:
            lines.append(line)
        elif f"shaders/{include[1]}" not in files:
            lines.append(f"#line {len(files) * _FILE + 1}")
            lines.append(_read(f"shaders/{include[1]}", files))
            lines.append(f"#line {number * _FILE + count + 1}")
        else:
            lines.append("")
    return "\n".join(lines)


def _file(name: str, files: list[str]) -> Path:
    try:
        return resource(name)
    except LivemaskError as error:
        by = f", included by {files[-2]!r}" if len(files) > 1 else ""
        raise GraphicsError(f"there is no shader file {name!r}{by}: {error}") from error


def stages(look: str) -> tuple[str, ...]:
    """Return the files of a look: vertex, fragment, and geometry if it has one.

    Raises
    ------
    GraphicsError
        If there is no such look.
    """
    known = {path.stem for root in roots() for path in (root / "shaders").glob("*.vert")}
    if look not in known:
        raise GraphicsError(f"there is no look {look!r}. Known: {', '.join(sorted(known))}.")
    geometry = any((root / "shaders" / f"{look}.geom").exists() for root in roots())
    return (f"{look}.vert", f"{look}.frag", *((f"{look}.geom",) if geometry else ()))
