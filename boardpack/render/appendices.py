"""The appendices of a paper: the list of them, and the pages of each one that is printed.

What is printed of a file depends on its kind: :data:`_FILES` has a function for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from boardpack.model.exemption import reason, reason_head
from boardpack.model.numbered import NumberedPaper, Placed
from boardpack.model.paper import Appendix
from boardpack.render import appendix_pdf, appendix_table, appendix_word, withheld
from boardpack.render.anchors import begun, ended, first_of
from boardpack.render.body import behind, sections_of
from boardpack.render.prose import Writer
from boardpack.word import sections
from boardpack.word.markup import run
from boardpack.word.prose import plain
from boardpack.word.tables import paragraph


def appendices(writer: Writer, at: NumberedPaper) -> Iterator[str]:
    """The list of a paper's appendices, then the pages of each one that is printed."""
    if not at.appendices:
        return
    yield paragraph("CoverHeading", run("Appendices"), keep=True)
    for entry in at.appendices:
        yield _listed(writer, entry) + _reason(writer, at, entry)
    apart = False
    for entry in at.appendices:
        if withheld.is_placeholder(writer.numbered, entry):
            blocks = title(writer, entry) + withheld.appendix_page(writer, entry)
        elif entry in at.printed:
            blocks = _pages(writer, at, entry)
        else:
            continue
        first, was_apart = first_of(entry), apart
        apart = entry.part.withheld != at.paper.withheld
        if at.paper.contents or apart or was_apart:
            blocks = ended(writer, begun(writer, blocks, first), first)
        if apart or was_apart:
            blocks = sections.begins(first, withheld.marking(entry.part.withheld)) + blocks
        yield blocks


def _listed(writer: Writer, at: Placed[Appendix]) -> str:
    number = writer.fragment.bookmark(at.anchor, run(at.number))
    said = ["to follow"] if at.part.to_follow else []
    if at.part.withheld and writer.paper and not writer.paper.paper.withheld:
        said.append(f"not for publication, {at.part.withheld}")
    state = run(f" ({'; '.join(said)})") if said else ""
    return paragraph("BodyText", run("Appendix ") + number + run(": ") + writer.inline(at.part.title) + state)


def _reason(writer: Writer, at: NumberedPaper, entry: Placed[Appendix]) -> str:
    """Why the public may not have an appendix; nothing in the public edition.

    It stands behind all sections, so that these keep their pages where it is left out.
    """
    why = reason(entry.part, writer.numbered.edition, at.annexes.get(entry.anchor))
    if why is None:
        return ""
    head = f"{reason_head(entry.part.withheld)} (Appendix {entry.number}): "
    return paragraph("BodyText", run(head) + writer.inline(why))


def _pages(writer: Writer, at: NumberedPaper, entry: Placed[Appendix]) -> str:
    """A printed appendix: a paper or a file."""
    if annex := at.annexes.get(entry.anchor):
        turned = annex.paper.landscape != at.paper.landscape
        return _annex(replace(writer, paper=annex, placed_parts=set()), entry, annex, turned=turned)
    if draw := _WHOLE.get(entry.part.suffix):
        return draw(writer, entry, title(writer, entry))
    return title(writer, entry) + _FILES[entry.part.suffix](writer, entry)


def _annex(writer: Writer, at: Placed[Appendix], annex: NumberedPaper, *, turned: bool) -> str:
    """An appendix that is a paper itself, on pages of its own: its summary and its sections, with their own numbers."""
    blocks = (
        title(writer, at)
        + writer.blocks(annex.paper.summary)
        + "".join((*sections_of(writer, annex), *behind(writer, annex), *appendices(writer, annex)))
    )
    return f"{sections.LANDSCAPE}{blocks}{sections.PORTRAIT}" if turned else blocks


def title(writer: Writer, at: Placed[Appendix]) -> str:
    """The heading that an appendix begins with, on a new page."""
    heading = run(f"Appendix {at.number}: ") + writer.inline(at.part.title)
    return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pageBreakBefore/></w:pPr>{heading}</w:p>'


def _picture(writer: Writer, entry: Placed[Appendix]) -> str:
    return writer.picture(entry.part.file, plain(entry.part.title.value)) if entry.part.file else ""


_FILES: Mapping[str, Callable[[Writer, Placed[Appendix]], str]] = {
    ".png": _picture,
    ".jpg": _picture,
    ".jpeg": _picture,
}
"""What prints the file of an appendix, by the suffix of its name."""

_WHOLE: Mapping[str, Callable[[Writer, Placed[Appendix], str], str]] = {
    ".csv": appendix_table.pages,
    ".docx": appendix_word.pages,
    ".pdf": appendix_pdf.pages,
    ".xlsx": appendix_table.pages,
}
"""As :data:`_FILES`, where the kind also decides how the page with the title lies, which it is given."""
