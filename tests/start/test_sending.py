import pytest

from livemask import app
from livemask.config import Config
from livemask.errors import UsageError
from livemask.start.sending import SENDERS, sending_can_be
from tests.test_cli import complaint, livemask


def nothing(*_, **__):
    raise AssertionError("it is loaded before what is asked for is looked at")


@pytest.mark.parametrize("name", SENDERS)
@pytest.mark.parametrize("text", ["host:99999", "host:0", ":x", "[::1]:70000"])
def test_an_address_that_is_none_is_refused_before_anything_is_loaded(monkeypatch, name, text):
    monkeypatch.setattr(app, "Preparation", nothing)
    monkeypatch.setattr(app, "open_any_source", nothing)
    with pytest.raises(UsageError, match=f"--{name} .* is no port; write HOST:PORT"):
        app.run(Config(**{name: text}, headless=True))


@pytest.mark.parametrize("text", ["", "host", "host:", ":1", "::1", "[::1]:65535"])
def test_what_may_be_left_out_of_an_address_may_be_left_out(text):
    sending_can_be(Config(**dict.fromkeys(SENDERS, text)))


@pytest.mark.parametrize(
    ("sink", "message"),
    [
        ("nowhere", "there is no sink 'nowhere'"),
        ("vmc,colour=red", "sink vmc has no option 'colour'"),
        ("csv", "sink csv needs file"),
    ],
)
def test_an_output_that_nobody_knows_is_refused_before_anything_is_loaded(
    monkeypatch, sink, message
):
    monkeypatch.setattr(app, "Preparation", nothing)
    with pytest.raises(UsageError, match=message):
        app.run(Config(sinks=(sink,), headless=True))


def test_a_bad_port_is_one_line_and_nothing_else():
    done = livemask("--source", "performer", "--headless", "--vmc", "host:99999")
    line = "'99999' is no port; write HOST:PORT with 1 to 65535, as 127.0.0.1:39539."
    assert complaint(done) == f"livemask: --vmc host:99999: {line}"
