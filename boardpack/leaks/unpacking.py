"""How far a file is opened: for whom it is read, and how many bytes may come out of what is packed in it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import IO

from boardpack.leaks.pieces import DamagedError

MOST = 200_000_000
"""Bytes that one file may unpack to, whatever is nested in it; a small file can be made to hold any number."""

_CHUNK = 1 << 16


class EndlessError(DamagedError):
    """A file unpacks to more than is read of one."""


@dataclass(slots=True)
class Reading:
    """One file while it is read: ``left`` are the bytes that may still be unpacked from it.

    ``whole`` is for the search, which must see every byte and believes nothing searched that did not open; without it
    only what the file says to its readers is wanted, and a part of an unknown make is no fault.
    """

    whole: bool
    left: int = MOST

    def spend(self, count: int) -> None:
        """Note bytes that were unpacked.

        Raises:
            EndlessError: if they were too many.
        """
        self.left -= count
        if self.left < 0:
            raise EndlessError(f"it unpacks to more than {MOST // 1_000_000} MB")

    def read(self, packed: IO[bytes]) -> bytes:
        """All of an unpacking stream.

        Raises:
            EndlessError: if there is too much of it.
        """
        data = packed.read(max(self.left, 0) + 1)
        self.spend(len(data))
        return data

    def inflated(self, data: bytes | memoryview) -> bytes:
        """What these bytes unpack to (RFC 1950), up to the end of what is packed; more may follow it.

        Raises:
            EndlessError: if it is too much.
            zlib.error: if they are not packed in this way.
        """
        # Piece by piece, because zlib copies whatever it was given beyond the end.
        unpacking, parts = zlib.decompressobj(), []
        for at in range(0, len(data), _CHUNK):
            parts.append(unpacking.decompress(data[at : at + _CHUNK], max(self.left, 0) + 1))
            self.spend(len(parts[-1]))
            if unpacking.eof:
                break
        return b"".join(parts)
