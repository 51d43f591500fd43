"""The appendices of a paper: the list of them, then those that stand on the page; the others are files to open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from boardpack.html import tables
from boardpack.html.markup import element, escape
from boardpack.html.tables import Cell, Row
from boardpack.markdown.walk import plain
from boardpack.model.exemption import reason, reason_head
from boardpack.model.numbered import NumberedPaper, Placed
from boardpack.model.paper import Appendix
from boardpack.model.sheet import PrintedSheet
from boardpack.web.cover import marking
from boardpack.web.writer import Writer
from boardpack.word.pictures import SUFFIXES

_KINDS = {
    ".docx": "Word",
    ".pdf": "PDF",
}
"""The kinds of files that a page may lead to: of these there is a clean copy, and neither runs in a page."""


def appendices(writer: Writer, at: NumberedPaper, annex: Callable[[Writer, NumberedPaper], str]) -> Iterator[str]:
    """The list of a paper's appendices, then each one that stands on the page; ``annex`` writes one that is a paper."""
    if not at.appendices:
        return
    on_page = on_the_page(writer, at)
    yield element(f"h{writer.below}", "Appendices")
    items = (
        element("li", _listed(writer, entry, at, on_page=entry in on_page), id=entry.anchor) for entry in at.appendices
    )
    yield element("ul", "".join(items))
    for entry in on_page:
        yield _section(writer, entry, at, annex)


def on_the_page(writer: Writer, at: NumberedPaper) -> list[Placed[Appendix]]:
    """The appendices that stand on the page: papers, pictures, sheets, but nothing that the public may not have."""
    return [
        entry
        for entry in at.appendices
        if (entry.anchor in at.annexes or entry.part.suffix in SUFFIXES or entry.part.sheets)
        and not (writer.numbered.edition.public and entry.part.withheld)
    ]


def _section(
    writer: Writer, entry: Placed[Appendix], at: NumberedPaper, annex: Callable[[Writer, NumberedPaper], str]
) -> str:
    heading = f"Appendix {escape(entry.number)}: {writer.inline(entry.part.title)}"
    level = f"h{writer.below}"
    parts = element(level, heading, id=f"{entry.anchor}p", data_line=writer.line(entry.part.title))
    inner = replace(writer, below=min(writer.below + 1, 5))
    if within := at.annexes.get(entry.anchor):
        own = replace(inner, paper=within, source=within.paper.path, placed_parts=set())
        parts += annex(own, within)
    elif entry.part.sheets:
        # The workbook itself may hold more than what prints of it, so the page does not lead to it.
        parts += "".join(_sheet(inner, sheet, plain(entry.part.title.value)) for sheet in entry.part.sheets)
    elif entry.part.file:
        parts += element("figure", writer.picture(entry.part.file, plain(entry.part.title.value)))
    return element("section", parts, class_="appendix")


def _sheet(writer: Writer, sheet: PrintedSheet, title: str) -> str:
    """A sheet: its name, the lines above its table, the table."""
    above = element(f"h{writer.below}", escape(sheet.name)) if sheet.name else ""
    above += "".join(element("p", escape(line).replace("\n", element("br"))) for line in sheet.above)
    rows = [
        Row(
            [Cell(escape(cell.text).replace("\n", element("br")), cell.figure) for cell in row],
            "body" if number else "header",
        )
        for number, row in enumerate(sheet.rows)
    ]
    return above + (tables.table(rows, name=sheet.name or title) if rows else "")


def _listed(writer: Writer, entry: Placed[Appendix], at: NumberedPaper, *, on_page: bool) -> str:
    part, words = entry.part, writer.inline(entry.part.title)
    state = " (to follow)" if part.to_follow else ""
    if part.withheld and part.withheld != at.paper.withheld:
        state += f". {marking(part.withheld)}"
    target, kind = f"#{entry.anchor}p" if on_page else "", ""
    if part.file and not on_page and not (part.withheld and writer.numbered.edition.public):
        target = writer.links.file(part.file) if part.suffix in _KINDS else ""
        kind = element("span", f" ({_KINDS.get(part.suffix, 'a file that is not shown here')})", class_="kind")
    linked = element("a", words, href=target) if target and "<a " not in words else words
    return f"Appendix {escape(entry.number)}: {linked}{kind}{escape(state)}{_reason(writer, entry, at)}"


def _reason(writer: Writer, entry: Placed[Appendix], at: NumberedPaper) -> str:
    """Why the public may not have it; nothing in the public edition."""
    why = reason(entry.part, writer.numbered.edition, at.annexes.get(entry.anchor))
    head = f"{reason_head(entry.part.withheld)} (Appendix {entry.number}): "
    return element("p", escape(head) + writer.inline(why)) if why else ""
