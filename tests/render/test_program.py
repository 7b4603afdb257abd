import numpy as np
import pytest

from livemask.errors import GraphicsError
from livemask.render.context import Context
from livemask.render.opengl import GL
from livemask.render.program import Program
from livemask.render.shader_source import stages
from livemask.resources import resource

LOOKS = sorted(path.stem for path in resource("shaders").glob("*.vert"))


@pytest.fixture
def program(context: Context):
    made = Program("shaded.vert", "shaded.frag", TEXTURE=0, LIT=0, TINTED=1)
    made.use()
    yield made
    made.release()


def test_a_uniform_is_set_by_its_name(program):
    program.set("material.colour", (0.25, 0.5, 0.75))

    value = np.zeros(3, np.float32)
    GL.glGetUniformfv(program.name, GL.glGetUniformLocation(program.name, "material.colour"), value)
    assert list(value) == [0.25, 0.5, 0.75]


def test_an_unknown_uniform_is_refused_with_the_known_ones(program):
    with pytest.raises(GraphicsError, match=r"no uniform 'material.color'.*material.colour"):
        program.set("material.color", (1, 1, 1))


def test_a_uniform_that_is_declared_but_never_read_is_passed_over(program):
    program.set("light.direction", (0.0, 0.0, 1.0))  # this one is not lit


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("material.colour", (1.0, 1.0)),
        ("material.colour", 1.0),
        ("material.opacity", "half"),
        ("clip_from_mesh", [[1.0, 0.0], [0.0, 1.0]]),
    ],
)
def test_a_value_that_does_not_fit_is_refused(program, name, value):
    with pytest.raises(GraphicsError, match=f"uniform '{name}' of .* cannot be"):
        program.set(name, value)


VERTEX = "#version 330 core\nvoid main() { gl_Position = vec4(0.0); }\n"


def test_a_compile_error_names_the_file_and_line_it_is_in(context: Context, shaders):
    shaders("bad.vert", VERTEX)
    shaders("bad.frag", '#version 330 core\n\n#include "include/bad.glsl"\nvoid main() {}\n')
    shaders("include/bad.glsl", "// fine\nfloat x = nonsense;\n")

    with pytest.raises(GraphicsError, match=r"shaders/include/bad.glsl:2\b"):
        Program("bad.vert", "bad.frag")


def test_an_error_after_an_include_has_the_right_line_too(context: Context, shaders):
    shaders("bad.vert", VERTEX)
    shaders("bad.frag", '#version 330 core\n#include "include/ok.glsl"\n\nfloat x = nonsense;\n')
    shaders("include/ok.glsl", "// one\n// two\n// three\n")

    with pytest.raises(GraphicsError, match=r"shaders/bad.frag:4\b"):
        Program("bad.vert", "bad.frag", LIT=1)


def test_stages_that_do_not_fit_together_are_refused(context: Context, shaders):
    shaders("odd.vert", VERTEX)
    shaders("odd.frag", "#version 330 core\nvoid other();\nvoid main() { other(); }\n")

    with pytest.raises(GraphicsError, match=r"odd.vert and odd.frag do not link"):
        Program("odd.vert", "odd.frag")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("texture", [0, 1, 2])
def test_every_look_compiles_for_every_kind_of_mesh(context: Context, look, texture):
    for lit, tinted in ((0, 0), (0, 1), (1, 0), (1, 1)):
        Program(*stages(look), TEXTURE=texture, LIT=lit, TINTED=tinted).release()
