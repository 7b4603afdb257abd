import pytest

from livemask.errors import UsageError
from livemask.sinks.network.address import Address, parse

USUAL = Address("127.0.0.1", 39539)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        (None, "127.0.0.1", 39539),
        ("", "127.0.0.1", 39539),
        ("studio", "studio", 39539),
        ("192.168.1.5:1234", "192.168.1.5", 1234),
        (":1234", "127.0.0.1", 1234),
        ("[::1]:1234", "::1", 1234),
        ("[::1]", "::1", 39539),
        ("fe80::1", "fe80::1", 39539),
        (" studio:65535 ", "studio", 65535),
    ],
)
def test_what_is_left_out_of_an_address_is_the_usual(text, host, port):
    assert parse(text, USUAL, "--vmc") == Address(host, port)


@pytest.mark.parametrize("text", ["a:0", "a:65536", "a:b", "a:-1", "[::1]:x", "a:1 2", "a:²"])
def test_a_port_that_is_none_is_refused_in_one_line(text):
    with pytest.raises(UsageError, match=r"is no port; write HOST:PORT") as caught:
        parse(text, USUAL, "--vmc")
    assert "\n" not in str(caught.value)


def test_an_address_is_written_as_it_is_read():
    for text in ("studio:1", "[::1]:2"):
        assert str(parse(text, USUAL, "--vmc")) == text
