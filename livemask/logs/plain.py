"""Plain: a log line of words and numbers, without pictures and without passwords."""

import logging
import numbers
import re
from pathlib import Path
from typing import Any

_USER = re.compile(r"(?<=://)[^/?\s'\"]+(?=@)")
_SECRET = re.compile(
    r"([?&](?:[\w-]*(?:token|password|passwd|secret|auth|key|sig)[\w-]*|pass|pwd|user)=)[^&\s'\"]+",
    re.IGNORECASE,
)
_HIDDEN = "***"
_WORDS = (str, Path, numbers.Number, BaseException, type(None))


def without_passwords(text: str) -> str:
    """Return a text whose addresses no longer tell who may read them."""
    return _SECRET.sub(rf"\1{_HIDDEN}", _USER.sub(_HIDDEN, text))


class Plain(logging.Formatter):
    """Formats a record, with the type's name in place of whatever is neither word nor number.

    An array or a frame that is logged by mistake becomes `<ndarray>`, so no picture gets
    into a log.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and a traceback below it if there is one."""
        plain = logging.makeLogRecord(record.__dict__)
        plain.args = _plain_arguments(record.args)
        if not isinstance(record.msg, str):
            plain.msg, plain.args = str(_plain(record.msg)), None
        return without_passwords(super().format(plain))


def _plain_arguments(arguments: Any) -> Any:
    if isinstance(arguments, dict):
        return {name: _plain(value) for name, value in arguments.items()}
    return tuple(_plain(value) for value in arguments or ())


def _plain(value: object) -> Any:
    if isinstance(value, tuple) and len(value) <= 4:
        return tuple(_plain(item) for item in value)
    return value if isinstance(value, _WORDS) else f"<{type(value).__name__}>"
