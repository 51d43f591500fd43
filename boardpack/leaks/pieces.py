"""What the readers of files hand on: texts with the place where they stand, and bytes that hold none to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boardpack.diagnostics import BoardpackError
from boardpack.leaks.words import BREAK


class UnsearchableError(BoardpackError):
    """A file that cannot be opened, so that nobody can say what it holds."""

    @classmethod
    def of(cls, file: str, why: str) -> UnsearchableError:
        """The error that names the file and what is against it."""
        return cls(
            f"{file}: cannot be opened to be searched for withheld content ({why}); leave it out, or put a file of the"
            " same content in its place that opens"
        )


class DamagedError(Exception):
    """What a reader has against the bytes that it was given, in words; the search adds the name of the file."""


class UnknownError(DamagedError):
    """Bytes of no kind that can be read, which need not be damaged: the settings of a printer, a drawing of Windows."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its place. Pieces that do not follow upon each other have a NUL between them.

    ``laid`` is text as a page shows it: neighbours there need not belong together. ``prose`` is what somebody wrote
    for readers; the rest are names and settings, of which a withheld file shares many with any public one.
    """

    where: str
    text: str
    laid: bool = False
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes and their place."""

    where: str
    data: bytes


Piece = Text | Raw


def joined(texts: Iterable[str]) -> str:
    """Texts as one, with a break between any two; the line ends within them count as blanks."""
    return BREAK.join(each.replace(BREAK, " ") for each in texts)


def inside(where: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces of something that is part of something else."""
    for piece in pieces:
        place = f"{where}, {piece.where}" if piece.where else where
        if isinstance(piece, Raw):
            yield Raw(place, piece.data)
        else:
            yield Text(place, piece.text, piece.laid, piece.prose)
