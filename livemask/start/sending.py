"""Refuses addresses and outputs that cannot be, before anything is loaded for them."""

from livemask import plugins
from livemask.config import Config
from livemask.sinks.network.address import parse

SENDERS = ("vmc", "openseeface", "livelink", "opentrack")
"""The options whose value is an address."""


def sending_can_be(config: Config) -> None:
    """Refuse addresses that are none, and outputs that nobody knows.

    Whether a host is there is not asked: that may take seconds.

    Raises
    ------
    UsageError
    """
    for name in SENDERS:
        text = getattr(config, name)
        if text is not None:
            parse(text, plugins.load("sinks", name).DEFAULT, f"--{name}")
    for text in config.sinks:
        plugins.check("sinks", text)
