"""What differs, as a note in Word for the members, in the house style.

What changed in a paragraph stands in two columns, was and now, so that it can be heard as well as seen: screen readers
do not tell struck words from others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from boardpack.changes.agenda import AgendaChange
from boardpack.changes.differences import Differences, ParagraphChange, PartChange
from boardpack.changes.shown import About, left_out, marking, named, sentence, shortened
from boardpack.changes.tables import TableChange
from boardpack.changes.words import Kind, Piece
from boardpack.model.dates import long_date
from boardpack.word import sections
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.markup import run
from boardpack.word.package import Document, Properties
from boardpack.word.tables import Cell, Row, fit, paragraph, table
from boardpack.word.template import House

_TITLE = "What has changed"
_MARKS = {Kind.DELETED: "<w:strike/>", Kind.INSERTED: '<w:u w:val="single"/>'}
"""How words show that stand in one of the two only (``w:strike``, ``w:u``, 17.3.2.37, 17.3.2.40)."""
_HELP = (
    "On the left stands what was published, with the words that are gone struck through; on the right what there is "
    "now, with the words that are new underlined. Three dots stand for words that did not change."
)


def note(about: About, found: Differences, house: House) -> bytes:
    """The Word file."""
    part = Fragment(Ids())
    values: dict[str, object] = {
        "organisation": about.organisation,
        "board": about.board,
        "date": long_date(about.day),
        "item": _TITLE,
    }
    running = part.run_in("header", house.header, values) + part.run_in("footer", house.footer, values)
    blocks = "".join(_blocks(about, found, house.page.text_width))
    part.xml.append(sections.close(blocks, sections.section(running, house.page)))
    title = f"{about.board}: {_TITLE.lower()}, {long_date(about.day)}"
    creator = about.organisation or about.board
    return Document(house, [part], Properties(title, creator, about.language, about.day)).write({})


def _blocks(about: About, found: Differences, width: int) -> Iterator[str]:
    yield paragraph("Subtitle", run(about.organisation)) if about.organisation else ""
    yield paragraph("Title", run(about.board))
    yield paragraph("Heading1", run(_TITLE))
    held = ", ".join(filter(None, (long_date(about.day), about.venue)))
    yield paragraph("BodyText", run(f"To the papers for the meeting of {held}, {about.issued}."))
    if found.none:
        yield paragraph("BodyText", run("Nothing has changed since."))
    yield from _overview(about, found, width)
    yield from _facts(found, width)
    if found.agenda:
        yield paragraph("Heading2", run("Agenda"), keep=True)
        yield _table(("Item", "Subject", "Change"), (_agenda(each) for each in found.agenda), width, "Agenda")
    if any(isinstance(entry, ParagraphChange) for each in found.parts for entry in each.entries):
        yield paragraph("Heading2", run("How to read the changes"), keep=True)
        yield paragraph("BodyText", run(_HELP))
    for each in found.parts:
        if each.kind == "changed" and not each.hidden:
            yield from _part(each, width)


def _overview(about: About, found: Differences, width: int) -> Iterator[str]:
    if not found.parts:
        return
    rows = [
        (each.label, each.title or named(each), sentence(each.pages) or "None yet", _state(each))
        for each in found.parts
    ]
    cells = ([_text(text) for text in row] for row in rows)
    yield _table(("Item", "Paper", "Pages that are out", "Change"), cells, width, "Papers that have changed")
    if found.unchanged:
        count = f"{found.unchanged} other paper{'s have' if found.unchanged > 1 else ' has'}"
        yield paragraph("BodyText", run(f"{count} not changed."))
    if any(each.kind != "withdrawn" for each in found.parts):
        coming = f"New and changed papers come in a supplement. Its pages go on from page {about.next_page}."
        yield paragraph("BodyText", run(coming))


def _state(change: PartChange) -> str:
    marked = marking(change)
    return sentence(change.kind) + (f"; {marked}" if marked else "")


def _facts(found: Differences, width: int) -> Iterator[str]:
    if found.facts:
        yield paragraph("Heading2", run("Meeting"), keep=True)
        rows = ([_text(sentence(name)), _text(was), _text(now)] for name, was, now in found.facts)
        yield _table(("What", "Was", "Now"), rows, width, "Changes to the meeting")


def _agenda(change: AgendaChange) -> list[str]:
    behind = f", after {change.after}" if change.after else ""
    said = [f"{sentence(change.kind)}{behind}"] if change.kind in {"new", "moved", "withdrawn"} else []
    for name, was, now in change.said:
        if change.kind == "new":
            said.append(f"{sentence(name)}: {now}")
        else:
            said.append(f"{sentence(name)}: was {was or 'empty'}, now {now or 'empty'}")
    return [_text(change.label), _text(change.title), "".join(map(_text, said)) or _text("")]


def _part(change: PartChange, width: int) -> Iterator[str]:
    yield paragraph("Heading2", run(named(change)), keep=True)
    marked = marking(change)
    if marked:
        yield paragraph("BodyText", run(sentence(marked), bold=True), keep=True)
    if change.pages:
        yield paragraph("BodyText", run(f"Published on {change.pages}."), keep=bool(change.entries))
    if not change.entries and not change.left_out:
        yield paragraph("BodyText", run("Pictures have changed, and no words."))
    texts: list[ParagraphChange] = []
    for entry in change.entries:
        if isinstance(entry, ParagraphChange):
            texts.append(entry)
            continue
        yield _paragraphs(texts, change, width)
        texts = []
        yield from _cells(entry, width)
    yield _paragraphs(texts, change, width)
    if change.left_out:
        yield paragraph("BodyText", run(f"{left_out(change)}."))


def _paragraphs(changes: Sequence[ParagraphChange], of: PartChange, width: int) -> str:
    """The paragraphs that changed, each beside what it was."""
    if not changes:
        return ""
    rows = (list(_beside(each)) for each in changes)
    return _table(("Was", "Now"), rows, width, f"Changes to {named(of)}", even=True)


def _beside(change: ParagraphChange) -> Iterator[str]:
    pieces = list(shortened(change.pieces))
    if change.kind == "new":
        yield paragraph("TableText", run("Nothing: this is new"))
    else:
        yield paragraph("TableText", _runs(pieces, Kind.INSERTED))
    if change.kind == "deleted":
        yield paragraph("TableText", run("Deleted"))
    elif change.kind == "moved":
        yield paragraph("TableText", run("Moved to another place, in the same words"))
    else:
        yield paragraph("TableText", _runs(pieces, Kind.DELETED))


def _runs(pieces: Iterable[Piece], but: Kind) -> str:
    return "".join(_run(piece) for piece in pieces if piece.kind is not but)


def _run(piece: Piece) -> str:
    """A run of words, struck or underlined up to their last one."""
    mark, words = _MARKS.get(piece.kind), piece.text.rstrip()
    if not (mark and words):
        return run(piece.text)
    marked = run(words).replace("<w:rtl/>", f"{mark}<w:rtl/>").replace("<w:r><w:t", f"<w:r><w:rPr>{mark}</w:rPr><w:t")
    return marked + run(piece.text[len(words) :])


def _cells(change: TableChange, width: int) -> Iterator[str]:
    yield paragraph("Heading3", run(change.name or "Table"), keep=True)
    if change.cells:
        rows = ([_text(cell.row), _text(cell.column), _text(cell.was), _text(cell.now)] for cell in change.cells)
        yield _table(("Row", "Column", "Was", "Now"), rows, width, f"Changed cells of {change.name or 'a table'}")
    for kind, members in (
        ("New row", change.new_rows),
        ("Deleted row", change.deleted_rows),
        ("Moved row", change.moved_rows),
        ("New column", change.new_columns),
        ("Deleted column", change.deleted_columns),
    ):
        for member in members:
            yield paragraph("BodyText", run(f"{kind}: {member}"))


def _text(text: str) -> str:
    return paragraph("TableText", run(text))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], width: int, title: str, *, even: bool = False) -> str:
    """A table of cells that hold paragraphs; with ``even`` columns of text, its rows may be divided between pages."""
    header = Row([Cell(paragraph("TableHeading", run(head))) for head in heads], "header")
    body = [Row([Cell(cell) for cell in row], "prose" if even else "body") for row in rows]
    told, widths = fit([header, *body], width)
    if even:
        told, widths = [header, *body], [width // len(heads)] * len(heads)
    return table(told, widths, title=title) + paragraph("TableEnd", "")
