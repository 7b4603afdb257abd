"""`HOST:PORT`, as options name where packets go."""

from dataclasses import dataclass

from livemask.errors import UsageError


@dataclass(frozen=True, slots=True)
class Address:
    """A program on a machine: its name or number, and its port."""

    host: str
    port: int

    def __str__(self) -> str:
        """Write it as it is read."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse(text: str | None, default: Address, option: str) -> Address:
    """Return the address that an option asks for.

    Parameters
    ----------
    text : str or None
        `HOST:PORT`, `HOST`, `:PORT`, `[IPV6]:PORT` or a bare IPv6 address; what is left out is
        taken from `default`.
    default : Address
        Whose host or port is meant where one is left out.
    option : str
        For the message.

    Raises
    ------
    UsageError
        If it is none of these.
    """
    host, port = _split((text or "").strip())
    if not port:
        return Address(host or default.host, default.port)
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise UsageError(
            f"{option} {text}: {port!r} is no port; write HOST:PORT with 1 to 65535, as {default}."
        )
    return Address(host or default.host, int(port))


def _split(text: str) -> tuple[str, str]:
    if text.startswith("["):
        host, _, port = text[1:].partition("]")
        return host, port.removeprefix(":")
    if text.count(":") > 1:  # IPv6 without a port
        return text, ""
    host, _, port = text.partition(":")
    return host, port
