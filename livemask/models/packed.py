"""A stretch of a file, packed by zlib or not, that gives no more bytes than were declared."""

import zlib
from typing import BinaryIO

STEP = 2**20
"""Bytes read at a time."""


class PackedStream:
    """Reads `length` bytes of a file from where it stands.

    Parameters
    ----------
    file : binary stream
    length : int
        Bytes in the file.
    packed : bool
        Whether they are packed by zlib.

    Attributes
    ----------
    left : int
        Bytes, unpacked, that may still be taken; whoever knows better may set it.
    """

    def __init__(self, file: BinaryIO, length: int, *, packed: bool) -> None:
        self._file, self._unread = file, length
        self._unpack = zlib.decompressobj() if packed else None
        self.left = length

    def take(self, count: int) -> bytes:
        """Return the next `count` bytes.

        Raises
        ------
        EOFError
            If they are not there.
        """
        parts = []
        self.left -= count
        while count > 0 and self.left >= 0:
            part = self._more(count)
            if not part:
                break
            parts.append(part)
            count -= len(part)
        if count or self.left < 0:
            raise EOFError("it ends too early")
        return b"".join(parts)

    def skip(self, count: int) -> None:
        """Pass over the next `count` bytes."""
        while count > 0:
            count -= len(self.take(min(count, STEP)))

    def finish(self) -> None:
        """Read the sum that zlib puts at the end: it shows damage.

        Raises
        ------
        zlib.error, EOFError
            If the bytes are not those that were packed, or there are others.
        """
        if self._unpack is None:
            return
        self.skip(self.left)
        if self._more(1) or not self._unpack.eof:
            raise EOFError("it does not end where it should")

    def _more(self, most: int) -> bytes:
        """Return up to `most` bytes; none at the end."""
        if self._unpack is None:
            return self._raw(min(most, STEP))
        while not self._unpack.eof:
            waiting = self._unpack.unconsumed_tail or self._raw(STEP)
            part = self._unpack.decompress(waiting, min(most, STEP))
            if part or not waiting:
                return part
        return b""

    def _raw(self, most: int) -> bytes:
        part = self._file.read(min(most, self._unread))
        self._unread -= len(part)
        return part
