"""Program: a compiled look, whose uniforms are set by name."""

from ctypes import ArgumentError
from typing import Any

import numpy as np

from livemask.errors import GraphicsError
from livemask.render import shader_source
from livemask.render.opengl import GL

_KINDS = {
    ".vert": GL.GL_VERTEX_SHADER,
    ".geom": GL.GL_GEOMETRY_SHADER,
    ".frag": GL.GL_FRAGMENT_SHADER,
}
_SETTERS = {
    GL.GL_FLOAT: GL.glUniform1f,
    GL.GL_INT: GL.glUniform1i,
    GL.GL_BOOL: GL.glUniform1i,
    GL.GL_SAMPLER_2D: GL.glUniform1i,
    GL.GL_FLOAT_VEC2: lambda at, v: GL.glUniform2f(at, *v),
    GL.GL_FLOAT_VEC3: lambda at, v: GL.glUniform3f(at, *v),
    GL.GL_FLOAT_VEC4: lambda at, v: GL.glUniform4f(at, *v),
    # Transposed on the way: rows here, columns in GLSL.
    GL.GL_FLOAT_MAT3: lambda at, v: GL.glUniformMatrix3fv(at, 1, True, _floats(v, (3, 3))),
    GL.GL_FLOAT_MAT4: lambda at, v: GL.glUniformMatrix4fv(at, 1, True, _floats(v, (4, 4))),
}


_ARRAY_SETTERS = {
    GL.GL_FLOAT_VEC3: lambda count: (
        lambda at, v: GL.glUniform3fv(at, count, _floats(v, (count, 3)))
    ),
}


def _floats(value: Any, shape: tuple[int, int]) -> Any:
    return np.ascontiguousarray(np.reshape(value, shape), np.float32)


class Program:
    """A vertex, a fragment and perhaps a geometry shader, linked.

    Parameters
    ----------
    *files : str
        Under `shaders/`.
    **defines : int
        Constants of the preprocessor.

    Raises
    ------
    GraphicsError
        If a shader does not compile, with its file and line; if they do not fit together.
    """

    def __init__(self, *files: str, **defines: int) -> None:
        self._files = files
        sources = {file: shader_source.load(file, **defines) for file in files}
        self._declared = set().union(*(source.uniforms() for source in sources.values()))
        self.pragmas = set().union(*(source.pragmas() for source in sources.values()))
        self.name = int(GL.glCreateProgram())
        try:
            for file, source in sources.items():
                self._attach(_compile(file, source))
            self._link()
        except GraphicsError:
            self.release()
            raise
        self._active = self._find_active()

    def _attach(self, shader: int) -> None:
        GL.glAttachShader(self.name, shader)
        GL.glDeleteShader(shader)  # as soon as the program lets go of it

    def _link(self) -> None:
        GL.glLinkProgram(self.name)
        if not GL.glGetProgramiv(self.name, GL.GL_LINK_STATUS):
            log = GL.glGetProgramInfoLog(self.name)
            raise GraphicsError(f"{' and '.join(self._files)} do not link: {_text(log)}")

    def _find_active(self) -> dict[str, tuple[int, Any]]:
        """Return location and setter of each uniform that the compiler kept."""
        active = {}
        for index in range(GL.glGetProgramiv(self.name, GL.GL_ACTIVE_UNIFORMS)):
            name, count, kind = GL.glGetActiveUniform(self.name, index)
            name = _text(name)
            if name.startswith("gl_"):
                continue
            setter = _setter(kind, count)
            if setter is None:
                raise GraphicsError(f"uniform {name!r} of {self._files} has a type of no setter")
            location = GL.glGetUniformLocation(self.name, name)
            active[name.removesuffix("[0]")] = (location, setter)
        return active

    def use(self) -> None:
        """Draw with it."""
        GL.glUseProgram(self.name)

    def set(self, name: str, value: Any) -> None:
        """Set a uniform of the program in use: a number, a sequence, or a matrix in rows.

        One that is declared and never read has no place on the GPU and is passed over.

        Raises
        ------
        GraphicsError
            If no shader of the program declares it, or the value does not fit its type.
        """
        if name in self._active:
            location, setter = self._active[name]
            try:
                setter(location, value)
            except (TypeError, ValueError, ArgumentError) as error:
                raise GraphicsError(
                    f"uniform {name!r} of {' and '.join(self._files)} cannot be {value!r}: {error}"
                ) from error
        elif name not in self._declared:
            raise GraphicsError(
                f"{' and '.join(self._files)} have no uniform {name!r}. "
                f"They have: {', '.join(sorted(self._declared))}."
            )

    def release(self) -> None:
        """Free it. Releasing twice does nothing."""
        if self.name:
            GL.glDeleteProgram(self.name)
            self.name = 0


def _setter(kind: int, count: int) -> Any:
    """Return what sets a uniform, or `count` of them in an array; None if nothing does."""
    if count == 1:
        return _SETTERS.get(kind)
    return _ARRAY_SETTERS[kind](count) if kind in _ARRAY_SETTERS else None


def _compile(file: str, source: shader_source.ShaderSource) -> int:
    shader = int(GL.glCreateShader(_KINDS[file[file.rindex(".") :]]))
    GL.glShaderSource(shader, source.text)
    GL.glCompileShader(shader)
    if not GL.glGetShaderiv(shader, GL.GL_COMPILE_STATUS):
        log = _text(GL.glGetShaderInfoLog(shader))
        GL.glDeleteShader(shader)
        raise GraphicsError(f"the shader {file} does not compile:\n{source.explain(log)}")
    return shader


def _text(log: bytes | str) -> str:
    return log.decode(errors="replace") if isinstance(log, bytes) else log
