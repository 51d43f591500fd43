"""What Markdown may ask of the document around it: links, lists, footnotes, pictures, references, placed tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed
from boardpack.model.paper import Figure
from boardpack.model.text import Text
from boardpack.render import tables
from boardpack.word import fields, prose
from boardpack.word.captions import caption
from boardpack.word.fragment import Fragment
from boardpack.word.markup import run
from boardpack.word.tables import paragraph
from boardpack.word.template import House

_NOTE_MARK = (
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
)


@dataclass
class Writer:
    """The :class:`boardpack.word.sink.Sink` of one paper (or of the agenda, which has no paper)."""

    numbered: NumberedMeeting
    paper: NumberedPaper | None
    fragment: Fragment
    house: House
    placed_parts: set[str] = field(default_factory=set)

    def blocks(self, text: Text | None, *, numbered: str = "", style: str = "BodyText") -> str:
        """Markdown as paragraphs, lists and tables."""
        return prose.blocks(text.value, self, numbered=numbered, style=style) if text else ""

    def inline(self, text: Text | None, *, bold: bool = False) -> str:
        """One line of Markdown as runs."""
        return prose.inline(text.value, self, bold=bold) if text else ""

    def link(self, url: str) -> str:
        """The relationship id of an address outside."""
        return self.fragment.link(url)

    def list(self, style: str, start: int, level: int) -> int:
        """The ``w:numId`` of a new list at this level."""
        return self.fragment.new_list(style, start, (level,))

    def footnote(self, content: str) -> str:
        """A real footnote; returns the run of its mark (``w:footnoteReference``, 17.11.14)."""
        marked = content.replace("</w:pPr>", f"</w:pPr>{_NOTE_MARK}", 1)
        id = self.fragment.new_note(marked)
        return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{id}"/></w:r>'

    def image(self, source: str, alt: str, title: str) -> str:
        """A picture of the meeting's folder on a line of its own, its caption under it."""
        below = paragraph("Caption", run(title)) if title else ""
        return self.picture(self.numbered.meeting.folder / source, alt, keep=bool(title)) + below

    def table(self, rows: Sequence[Sequence[str]], aligns: Sequence[str], header: bool) -> str:
        """A Markdown table in the house style."""
        return tables.from_markdown(rows, aligns, self.house.page.text_width, header=header)

    def reference(self, kind: str, target: str, *, opens: bool) -> str:
        """The number of what is named, as a live field; of an item its page too."""
        label = kind.capitalize() if opens else kind
        if kind == "item":
            return self._item(label, target)
        found = self._part(kind, target)
        if found is None:
            return run(f"[{kind}:{target}]")
        anchor, number = found
        switches = "\\r " if kind == "section" else ""
        return run(f"{label} ") + fields.reference(anchor, number, switches)

    def placed(self, kind: str, target: str) -> str | None:
        """The table or figure itself, where a reference to it stands alone; its number where it has been printed."""
        if self.paper is None or f"{kind}:{target}" in self.placed_parts:
            return None
        if kind == "table" and target in self.paper.tables:
            self.placed_parts.add(f"{kind}:{target}")
            return tables.block(self.paper.tables[target], self)
        if kind == "figure" and target in self.paper.figures:
            self.placed_parts.add(f"{kind}:{target}")
            return self._figure(self.paper.figures[target])
        return None

    def unplaced(self) -> str:
        """The tables and figures that no text has placed, which print at the end so that nothing is lost."""
        if self.paper is None:
            return ""
        parts = [*(("table", id) for id in self.paper.tables), *(("figure", id) for id in self.paper.figures)]
        return "".join(self.placed(kind, id) or "" for kind, id in parts)

    def _item(self, label: str, target: str) -> str:
        line = self.numbered.line(target)
        if line is None:
            return run(f"[item:{target}]")
        runs = run(f"{label} ") + fields.reference(line.anchor, line.label)
        if line.paper:
            runs += run(", page ") + fields.page_reference(self.numbered.papers[line.paper].start)
        return runs

    def _part(self, kind: str, target: str) -> tuple[str, str] | None:
        if self.paper is None:
            return None
        named: dict[str, Iterable[Placed[Any]]] = {
            "section": (at for at in self.paper.sections if at.part.id == target),
            "appendix": (at for at in self.paper.appendices if at.part.id == target),
            "table": (at for id, at in self.paper.tables.items() if id == target),
            "figure": (at for id, at in self.paper.figures.items() if id == target),
        }
        for at in named.get(kind, ()):
            return at.anchor, at.number
        return None

    def _figure(self, at: Placed[Figure]) -> str:
        below = caption("Figure", at.anchor, at.number, self.inline(at.part.caption), self.fragment)
        return self.picture(at.part.file, at.part.alt, keep=True) + below

    def picture(self, path: Path, alt: str, *, keep: bool = False) -> str:
        """A picture in a paragraph of its own; ``keep`` holds it on one page with its caption."""
        from boardpack.word import pictures

        picture = pictures.read(path)
        width, height = picture.fit(self.house.page.text_width, self.house.page.text_height * 7 // 10)
        drawn = self.fragment.picture(picture.data, picture.suffix, width, height, alt)
        return paragraph("Figure", drawn, keep=keep)
