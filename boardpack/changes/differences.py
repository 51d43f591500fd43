"""What is out and what there is now -> what differs, as values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpack.changes import agenda, lines, tables, words
from boardpack.changes.agenda import Agenda, AgendaChange
from boardpack.changes.lines import Block
from boardpack.changes.tables import TableChange
from boardpack.changes.words import Kind, Piece

_NOTHING = Block(("",))
IN_PART = "in part"
"""The class of a part of which the public may have something, but not all."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paper or minutes as printed: its lines, the hash of them and its pictures, the pages that are out.

    ``withheld`` is the class of what the public may not have, :data:`IN_PART`, or empty.
    """

    label: str
    title: str
    lines: Sequence[str]
    digest: str
    withheld: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Papers:
    """A meeting's papers at one time: the agenda, and its parts by their keys in order."""

    agenda: Agenda
    parts: Mapping[str, Part]


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph: ``kind`` is "changed", "new", "deleted" or "moved"."""

    kind: str
    pieces: tuple[Piece, ...]

    def texts(self) -> tuple[str, str]:
        """The paragraph as it was, and as it is."""
        return (
            "".join(piece.text for piece in self.pieces if piece.kind is not Kind.INSERTED),
            "".join(piece.text for piece in self.pieces if piece.kind is not Kind.DELETED),
        )


Entry = ParagraphChange | TableChange


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that differs: ``kind`` is "changed", "new" or "withdrawn".

    ``pages`` are those that are out. ``withheld`` is the stricter of the classes that it had and has. Where the reader
    may not have its words, there are no ``entries`` and it is ``hidden``; ``left_out`` counts single entries of an
    open part that name what the reader may not have.
    """

    kind: str
    label: str
    title: str
    pages: str
    withheld: str
    entries: tuple[Entry, ...] = ()
    hidden: bool = False
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs: of the meeting, of the lines of its agenda, of its papers."""

    facts: tuple[tuple[str, str, str], ...]
    agenda: tuple[AgendaChange, ...]
    parts: tuple[PartChange, ...]
    unchanged: int

    @property
    def none(self) -> bool:
        """Whether nothing differs."""
        return not (self.facts or self.agenda or self.parts)


def compare(then: Papers, now: Papers, secrets: Sequence[str] | None = None) -> Differences:
    """What differs; with ``secrets``, words that the public may not have, only as far as the public may know it."""
    changed = list(_parts(then.parts, now.parts))
    old, new = then.agenda, now.agenda
    if secrets is not None:
        changed = [_public(each, [secret.casefold() for secret in secrets if secret]) for each in changed]
        old, new = agenda.as_public(old, new), agenda.as_public(new, new)
    unchanged = len([each for each in changed if each.kind != "withdrawn"])
    return Differences(
        agenda.facts_changed(old, new), agenda.compare(old, new), tuple(changed), len(now.parts) - unchanged
    )


def _parts(then: Mapping[str, Part], now: Mapping[str, Part]) -> Iterator[PartChange]:
    for key, part in now.items():
        old = then.get(key)
        if old is None:
            yield PartChange("new", part.label, part.title, "", part.withheld)
        elif old.digest != part.digest:
            entries = tuple(entries_of(old.lines, part.lines))
            withheld = _stricter(old.withheld, part.withheld)
            yield PartChange("changed", part.label, part.title, old.pages, withheld, entries)
    for key, part in then.items():
        if key not in now:
            yield PartChange("withdrawn", part.label, part.title, part.pages, part.withheld)


def _stricter(one: str, other: str) -> str:
    wholly = [each for each in (other, one) if each and each != IN_PART]
    return wholly[0] if wholly else one or other


def _public(change: PartChange, secrets: Sequence[str]) -> PartChange:
    """What the public may know of a change."""
    if change.withheld:
        title = change.title if change.withheld == IN_PART else ""
        return PartChange(change.kind, change.label, title, change.pages, change.withheld, hidden=True)
    shown = tuple(each for each in change.entries if not _names(each, secrets))
    left_out = len(change.entries) - len(shown)
    return PartChange(change.kind, change.label, change.title, change.pages, "", shown, hidden=False, left_out=left_out)


def _names(entry: Entry, secrets: Sequence[str]) -> bool:
    said = [text.casefold() for text in entry.texts()]
    return any(secret in text for secret in secrets for text in said)


def entries_of(old: Sequence[str], new: Sequence[str]) -> Iterator[Entry]:
    """The paragraphs and tables that differ, in the order in which they print."""
    pairs = list(lines.side_by_side(old, new))
    moved = Counter(other for one, other in pairs if one is None) & Counter(
        one for one, other in pairs if other is None
    )
    left = moved.copy()
    above = ""
    for one, other in pairs:
        if one and other:
            yield from _changed(one, other, above)
        elif other:
            yield _found("moved" if moved[other] > 0 else "new", other)
            moved[other] -= 1
        elif one and left[one] <= 0:
            yield _found("deleted", one)
        elif one:
            left[one] -= 1
        above = (other or one or _NOTHING).lines[0]


def _changed(one: Block, other: Block, above: str) -> Iterator[Entry]:
    if one == other:
        return
    if one.table and other.table:
        yield tables.compare(one.lines, other.lines, above)
    else:
        yield ParagraphChange("changed", words.pieces(one.lines[0], other.lines[0]))


def _found(kind: str, block: Block) -> ParagraphChange:
    mark = {"new": Kind.INSERTED, "deleted": Kind.DELETED}.get(kind, Kind.SAME)
    return ParagraphChange(kind, (Piece(mark, _said(block)),))


def _said(block: Block) -> str:
    if not block.table:
        return block.lines[0]
    heads, rows = " | ".join(tables.cells(block.lines[0])), len(block.lines)
    return f"a table of {rows} row{'s' if rows > 1 else ''}: {heads}"
