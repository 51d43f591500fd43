"""What differs, as plain text for whoever asked on the command line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from boardpack.changes.agenda import AgendaChange
from boardpack.changes.differences import Differences, Entry, ParagraphChange, PartChange
from boardpack.changes.shown import About, left_out, marking, named, shortened
from boardpack.changes.tables import TableChange
from boardpack.changes.words import Kind, Piece
from boardpack.model.dates import short_date

_WIDTH = 110
_KIND = 10
"""How wide the column with the kind of a change is."""
_SIGNS = {Kind.SAME: "{}", Kind.DELETED: "[-{}-]", Kind.INSERTED: "{{+{}+}}"}


def text(about: About, found: Differences) -> str:
    """All that differs, a change a line."""
    edition = " (public edition)" if about.public else ""
    head = f"{about.board}, {short_date(about.day)}: what differs from what was {about.issued}{edition}"
    blocks = ["\n".join(_filled(head, "", "  "))]
    if found.none:
        blocks.append("Nothing differs.")
    if found.facts:
        blocks.append("\n".join(("Meeting", *_facts(found))))
    if found.agenda:
        blocks.append("\n".join(("Agenda", *(line for each in found.agenda for line in _agenda(each)))))
    blocks += ["\n".join(_part(each)) for each in found.parts]
    if found.unchanged:
        blocks.append(f"Unchanged: {found.unchanged} paper{'s' if found.unchanged > 1 else ''}")
    return "\n\n".join(blocks) + "\n"


def _facts(found: Differences) -> Iterator[str]:
    for name, was, now in found.facts:
        yield from _entry(name, _turned(was, now))


def _turned(was: str, now: str) -> str:
    return f"{was or 'nothing'} -> {now or 'nothing'}"


def _agenda(change: AgendaChange) -> Iterator[str]:
    said = "; ".join(
        f"{name} {now}" if change.kind == "new" else f"{name} {_turned(was, now)}" for name, was, now in change.said
    )
    behind = f" (after {change.after})" if change.after else ""
    line = " ".join(filter(None, (change.label, change.title))) + behind
    yield from _entry(change.kind, f"{line}: {said}" if said else line)


def _part(change: PartChange) -> Iterator[str]:
    marked = marking(change)
    out = marked if change.hidden else change.pages
    name = named(change) + (f" ({out})" if out else "")
    name += f", {marked}" if marked and not change.hidden else ""
    if change.kind != "changed" or change.hidden:
        yield from _filled(f"{name}: {change.kind}", "", "  ")
        return
    yield from _filled(name, "", "  ")
    for entry in change.entries:
        yield from _told(entry)
    if change.left_out:
        yield f"  {left_out(change)}"
    elif not change.entries:
        yield "  pictures changed, and no words"


def _told(entry: Entry) -> Iterator[str]:
    if isinstance(entry, ParagraphChange):
        yield from _entry(entry.kind, _signed(entry))
        return
    yield from _entry("table", entry.name or "a table without a caption")
    for line in _table(entry):
        yield from _filled(line, "    ", "      ")


def _signed(entry: ParagraphChange) -> str:
    if entry.kind != "changed":
        return "".join(piece.text for piece in shortened(entry.pieces))
    return "".join(_sign(piece) for piece in shortened(entry.pieces))


def _sign(piece: Piece) -> str:
    """The words between their signs, the blanks at their ends outside."""
    words = piece.text.strip()
    if not words or piece.kind is Kind.SAME:
        return piece.text
    before, _, after = piece.text.partition(words)
    return before + _SIGNS[piece.kind].format(words) + after


def _table(change: TableChange) -> Iterator[str]:
    for cell in change.cells:
        place = ", ".join(filter(None, (cell.row and f"row {cell.row}", cell.column and f"column {cell.column}")))
        yield f"{place or 'cell'}: {_turned(cell.was, cell.now)}"
    yield from _listed("new row", change.new_rows)
    yield from _listed("deleted row", change.deleted_rows)
    yield from _listed("moved row", change.moved_rows)
    yield from _listed("new column", change.new_columns)
    yield from _listed("deleted column", change.deleted_columns)


def _listed(kind: str, members: Iterable[str]) -> Iterator[str]:
    yield from (f"{kind}: {member}" for member in members)


def _entry(kind: str, said: str) -> Iterator[str]:
    start = f"  {kind:{_KIND}}"
    yield from _filled(said, start if start.endswith(" ") else f"{start}: ", " " * (_KIND + 2))


def _filled(said: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(
        said,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
