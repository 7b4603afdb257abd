"""Standard input, or any pipe: bytes that come once, in order."""

import io
import os

from livemask.errors import SourceError

NAME = "standard input"
"""What messages call it."""

_ASK = "Pipe something into livemask, such as: ffmpeg -i FILE -f yuv4mpegpipe - | livemask"


class Pipe:
    """A file descriptor that is only read, and whose beginning can be looked at first.

    It has no lock and no buffer, unlike `sys.stdin`: a thread that still waits in it must
    not hold up the end of the program.

    Raises
    ------
    SourceError
        If it is closed, or a terminal.
    """

    def __init__(self, descriptor: int = 0) -> None:
        try:
            terminal = os.isatty(descriptor)
            self._file = io.FileIO(descriptor, closefd=False)
        except OSError as error:
            raise SourceError(f"{NAME} is closed. {_ASK} --source -") from error
        if terminal:
            raise SourceError(f"{NAME} is a terminal and sends no frames. {_ASK} --source -")
        self._seen = b""

    def peek(self, count: int) -> bytes:
        """Return the next bytes without taking them; fewer at the end."""
        while len(self._seen) < count and (more := self._file.read(count - len(self._seen))):
            self._seen += more
        return self._seen[:count]

    def read(self, count: int) -> bytes:
        """Return up to so many bytes as soon as there are some; none at the end."""
        seen, self._seen = self._seen[:count], self._seen[count:]
        return seen or self._file.read(count) or b""

    def fill(self, target: memoryview) -> int:
        """Fill `target` and return how many bytes there were: fewer only at the end."""
        done = 0
        while done < len(target):
            if self._seen:
                part = self.read(len(target) - done)
                target[done : done + len(part)] = part
                got = len(part)
            else:
                got = self._file.readinto(target[done:]) or 0
            if not got:
                break
            done += got
        return done
