"""A part of a pack, the agenda or a few papers, as it is laid out by itself: what it depends on, and its sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack import pdf
from boardpack.layout.verify import WrongPageError
from boardpack.pdf import OpenPdf
from boardpack.store import Store
from boardpack.word.fields import Filling
from boardpack.word.package import Document, zipped

if TYPE_CHECKING:
    from boardpack.layout.press import Converter


_TOGETHER = 4
"""How many papers are laid out at once."""
_LONG = 20
"""Pages beyond which a paper is laid out by itself."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a part prints and does not say itself.

    The numbers that its sections start with and the pages of other parts, by bookmark; which of the ranges of pages
    that it names lie on one page.
    """

    starts: tuple[tuple[str, int], ...]
    pages: tuple[tuple[str, int], ...]
    single: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A part as laid out: the PDF, how many sheets it has, and the sheet of each bookmark, counted from 1."""

    data: bytes
    count: int
    destinations: Mapping[str, int]

    def open(self, path: Path) -> OpenPdf:
        """The PDF, to be changed, from a file that it is written to: one in memory takes three times as long."""
        path.write_bytes(self.data)
        return pdf.read(path)

    def packed(self) -> bytes:
        """All of it, to be kept."""
        facts = json.dumps([self.count, dict(sorted(self.destinations.items()))])
        return facts.encode() + b"\n" + self.data

    @classmethod
    def unpacked(cls, kept: bytes) -> Sheets:
        """What was packed."""
        facts, _, data = kept.partition(b"\n")
        return cls(data, *json.loads(facts))


@dataclass(slots=True, eq=False)
class Part:
    """A part of a pack; ``start`` is the bookmark at its first section, empty where that starts at 1."""

    document: Document
    first_note: int = 1
    start: str = field(init=False)
    bookmarks: frozenset[str] = field(init=False)
    _laid: dict[Setting, Sheets] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.start = next(iter(self.document.starts()), "")
        self.bookmarks = frozenset(self.document.bookmarks())

    @classmethod
    def all_of(cls, pack: Document, lengths: Sequence[int]) -> Iterator[Part]:
        """The parts of a pack in order, given about how many pages each fragment has; footnotes are numbered through.

        The agenda is one, and a long paper; of others :data:`_TOGETHER` are laid out at once, since to open and close a
        document takes LibreOffice as long as three pages.
        """
        first_note = first = 0
        for last, length in enumerate(lengths):
            ahead = lengths[last + 1 : last + 2]
            full = last - first + 1 == _TOGETHER
            if last == 0 or full or length > _LONG or not ahead or ahead[0] > _LONG:
                document = pack.part(first, last)
                yield cls(document, first_note + 1)
                first_note += document.notes()
                first = last + 1

    def setting(self, numbers: Mapping[str, int], starts: Mapping[str, int]) -> Setting:
        """What it depends on, given the number of every bookmark and those that its sections must start with."""
        ranges = self.document.ranges()
        elsewhere = sorted(self.document.paged() - self.bookmarks)
        return Setting(
            tuple(sorted(starts.items())),
            tuple((name, numbers[name]) for name in elsewhere if name in numbers),
            frozenset(pair for pair in ranges if pair[0] in numbers and numbers[pair[0]] == numbers.get(pair[1])),
        )

    def made_of(self, setting: Setting) -> Mapping[str, bytes]:
        """The parts of the Word file that is laid out, which all of a layout comes from."""
        pages, starts = dict(setting.pages), dict(setting.starts)
        filling = Filling(pages, self.bookmarks, starts, setting.single, linked=True)
        return self.document.to_lay_out(filling, self.first_note)

    def known(self, setting: Setting, kept: Store | None) -> Sheets | None:
        """Its sheets in this setting, if they have been laid out before."""
        if setting not in self._laid and kept:
            found = kept.get(kept.key(self.made_of(setting)))
            if found is not None:
                self._laid[setting] = Sheets.unpacked(found)
        return self._laid.get(setting)

    def lay_out(self, setting: Setting, office: Converter, document: Path, kept: Store | None = None) -> Sheets:
        """Its sheets in this setting, laid out now by way of a file for the Word document.

        Raises:
            LayoutError: if LibreOffice makes no PDF.
            WrongPageError: if a bookmark is not in it.
        """
        made_of = self.made_of(setting)
        document.write_bytes(zipped(made_of))
        path = office.convert(document)
        with pdf.read(path) as found:
            missing = sorted(self.bookmarks - set(found.destinations))
            if missing:
                raise WrongPageError(
                    f"LibreOffice has lost the places {', '.join(missing[:5])} of the pack; build it again"
                )
            sheets = Sheets(path.read_bytes(), found.pages, found.destinations)
        path.unlink()
        if kept:
            kept.put(kept.key(made_of), sheets.packed())
        self._laid[setting] = sheets
        return sheets
