import pytest

from livemask.errors import GraphicsError
from livemask.render import shader_source
from livemask.resources import resource


def test_an_include_is_put_in_and_lines_keep_their_numbers(shaders):
    shaders("a.frag", '#version 330 core\nfirst\n#include "include/b.glsl"\nfourth')
    shaders("include/b.glsl", "b one\nb two")

    source = shader_source.load("a.frag")

    assert source.files == ("shaders/a.frag", "shaders/include/b.glsl")
    assert source.text.splitlines() == [
        "#version 330 core",
        "#line 2",
        "first",
        "#line 10001",
        "b one",
        "b two",
        "#line 4",
        "fourth",
    ]


def test_an_include_is_put_in_only_once_and_may_include_itself(shaders):
    shaders("a.frag", '#version 330 core\n#include "b.glsl"\n#include "b.glsl"\nend')
    shaders("b.glsl", '#include "b.glsl"\nonce')

    lines = shader_source.load("a.frag").text.splitlines()

    assert lines.count("once") == 1
    assert lines[-2:] == ["", "end"]  # line 3 stays empty, so that `end` is line 4


def test_constants_follow_the_version(shaders):
    shaders("a.frag", "#version 330 core\nrest")

    text = shader_source.load("a.frag", LIT=1, TEXTURE=2).text

    assert text.splitlines()[:3] == ["#version 330 core", "#define LIT 1", "#define TEXTURE 2"]


def test_a_missing_include_is_named_with_its_includer(shaders):
    shaders("a.frag", '#version 330 core\n#include "include/none.glsl"')

    with pytest.raises(GraphicsError, match=r"shaders/include/none.glsl.*by 'shaders/a.frag'"):
        shader_source.load("a.frag")


def test_a_shader_without_a_version_is_refused(shaders):
    shaders("a.frag", "void main() {}")

    with pytest.raises(GraphicsError, match="must start with #version"):
        shader_source.load("a.frag")


def test_declared_uniforms_are_listed_with_the_fields_of_structs(shaders):
    shaders(
        "a.frag",
        "#version 330 core\n"
        "struct Lamp { vec3 colour; /* vec3 gone; */ float power; };\n"
        "uniform Lamp lamp;\n// uniform float never;\nuniform float first, second;\n"
        "uniform mat4 bones[4];\n",
    )

    uniforms = shader_source.load("a.frag").uniforms()

    assert uniforms == {"lamp.colour", "lamp.power", "first", "second", "bones"}


@pytest.mark.parametrize(
    ("log", "explained"),
    [
        ("0:12(5): error: what", "shaders/a.frag:12(5): error: what"),
        ("0(10007) : error C0000: what", "shaders/b.glsl:7 : error C0000: what"),
        ("ERROR: 0:10003: 'x' : what 0:1", "ERROR: shaders/b.glsl:3: 'x' : what 0:1"),
        ("0:70003(1): of no known file", "0:70003(1): of no known file"),
    ],
)
def test_messages_of_each_maker_name_file_and_line(log, explained):
    source = shader_source.ShaderSource("", ("shaders/a.frag", "shaders/b.glsl"))

    assert source.explain(log) == explained


def test_a_look_has_a_geometry_stage_only_if_there_is_one():
    assert shader_source.stages("shaded") == ("shaded.vert", "shaded.frag")
    assert shader_source.stages("wireframe")[2:] == ("wireframe.geom",)


def test_each_look_has_a_vertex_and_a_fragment_shader():
    looks = {path.stem for path in resource("shaders").glob("*.[vgf]*")}

    assert {"shaded", "wireframe", "flat", "disc", "stroke"} <= looks
    for look in looks:
        for file in shader_source.stages(look)[:2]:
            assert shader_source.load(file).text.startswith("#version 330 core\n")


def test_a_users_own_look_is_found(shaders):
    shaders("mine.vert", "#version 330 core\n")

    assert shader_source.stages("mine") == ("mine.vert", "mine.frag")
