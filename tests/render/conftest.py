"""One context without a window for all tests of this room, watched for GL errors."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from livemask.render.context import Context, offscreen
from livemask.render.opengl import GL
from livemask.render.renderer import Renderer


@pytest.fixture(scope="session")
def shared_context() -> Iterator[Context]:
    context = offscreen()
    yield context
    context.close()


@pytest.fixture
def context(shared_context: Context) -> Iterator[Context]:
    """A current context; the test fails if it holds a GL error before or after."""
    shared_context.make_current()
    refuse_errors("before")
    yield shared_context
    shared_context.make_current()
    refuse_errors("after")
    shared_context.release_current()


@pytest.fixture(params=[0, 4], ids=["plain", "multisampled"])
def renderer(request: pytest.FixtureRequest, context: Context) -> Iterator[Renderer]:
    """A renderer with each way of sampling."""
    made = Renderer(context, samples=request.param)
    yield made
    made.close()


@pytest.fixture
def plain_renderer(context: Context) -> Iterator[Renderer]:
    """A renderer with one sample a pixel."""
    made = Renderer(context, samples=0)
    yield made
    made.close()


def refuse_errors(when: str) -> None:
    """Fail if GL has an error pending, which a call without PyOpenGL's check has left."""
    code = GL.glGetError()
    assert code == GL.GL_NO_ERROR, f"OpenGL error {code} {when} the test"


@pytest.fixture
def shaders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return a function that writes a shader into a home of the user's own."""
    monkeypatch.setenv("LIVEMASK_HOME", str(tmp_path))

    def write(name: str, text: str) -> None:
        path = tmp_path / "shaders" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return write
