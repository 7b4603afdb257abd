import errno
import logging
import socket

import pytest

from livemask.errors import SinkError
from livemask.sinks.network.address import Address
from livemask.sinks.network.udp import Sender


@pytest.fixture
def nobody():
    """An address of this machine where nobody listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return Address("127.0.0.1", port)


class Failing:
    """A socket that cannot send."""

    def __init__(self, number):
        self.error = OSError(number, "as told")

    def send(self, _packet):
        raise self.error

    def close(self):
        pass


def test_packets_to_nobody_are_lost_and_said_once_to_who_asks(nobody, caplog):
    sender = Sender(nobody)
    with caplog.at_level(logging.DEBUG, "livemask"):
        for _ in range(50):
            sender.send(b"packet")
    sender.close()
    assert {record.levelno for record in caplog.records} <= {logging.DEBUG}
    assert len(caplog.records) <= 2


def test_who_comes_late_hears_what_is_sent_from_then_on(nobody):
    sender = Sender(nobody)
    for _ in range(5):
        sender.send(b"before")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as late:
        late.bind(("127.0.0.1", nobody.port))
        late.settimeout(10.0)
        for _ in range(5):
            sender.send(b"now")
        assert late.recv(100) == b"now"
    sender.close()


@pytest.mark.skipif(not socket.has_ipv6, reason="without IPv6")
def test_it_sends_by_ipv6():
    try:
        heard = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        heard.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    with heard:
        heard.settimeout(10.0)
        sender = Sender(Address("::1", heard.getsockname()[1]))
        sender.send(b"six")
        assert heard.recv(100) == b"six"
        sender.close()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 80, "..", "with space"])
def test_a_host_that_does_not_resolve_is_one_line_before_the_run(host):
    with pytest.raises(SinkError, match="write its name or number") as caught:
        Sender(Address(host, 1))
    assert "\n" not in str(caught.value)


def test_a_network_that_is_away_is_said_once_and_waited_for(nobody, caplog):
    sender = Sender(nobody)
    sender.close()
    sender._socket = Failing(errno.ENETUNREACH)
    for _ in range(3):
        sender.send(b"packet")
    assert [r.getMessage() for r in caplog.records] == [
        f"{nobody} cannot be reached at the moment; packets are lost"
    ]


def test_a_packet_that_cannot_be_sent_is_an_error(nobody):
    sender = Sender(nobody)
    sender.close()
    sender._socket = Failing(errno.EMSGSIZE)
    with pytest.raises(SinkError, match="as told"):
        sender.send(b"packet")


def test_closing_twice_does_nothing_and_sending_afterwards_is_a_mistake(nobody):
    sender = Sender(nobody)
    sender.close()
    sender.close()
    with pytest.raises(ValueError, match="closed"):
        sender.send(b"packet")
