"""What Markdown may ask of the document around it: links, lists, footnotes, pictures, references, placed tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from boardpack.model.cited import cited_elsewhere, part_of
from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed
from boardpack.model.paper import Figure
from boardpack.model.text import Text, elsewhere, named
from boardpack.render import charts, tables
from boardpack.word import fields, prose
from boardpack.word.captions import beneath, caption
from boardpack.word.fragment import Fragment
from boardpack.word.markup import run
from boardpack.word.tables import paragraph
from boardpack.word.template import House, Page

_NOTE_MARK = (
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
)


@dataclass
class Writer:
    """The :class:`boardpack.word.sink.Sink` of one paper, of minutes, or of the agenda, which has no paper.

    ``width`` is the room for pictures and Markdown tables in twentieths of a point, the page's where it is 0. With
    ``apart`` the agenda and the paper are in another document than these texts: references to them print as words.
    """

    numbered: NumberedMeeting
    paper: NumberedPaper | None
    fragment: Fragment
    house: House
    placed_parts: set[str] = field(default_factory=set)
    width: int = 0
    apart: bool = False

    @property
    def page(self) -> Page:
        """The page that these texts lie on."""
        lies = self.paper is not None and self.paper.paper.landscape
        return self.house.page.turned() if lies else self.house.page

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
        below = beneath(run(title)) if title else ""
        return self.picture(self.numbered.meeting.folder / source, alt, keep=bool(title)) + below

    def table(self, rows: Sequence[Sequence[str]], aligns: Sequence[str], header: bool) -> str:
        """A Markdown table in the house style."""
        return tables.from_markdown(rows, aligns, self.width or self.page.text_width, header=header)

    def reference(self, kind: str, target: str, *, opens: bool) -> str:
        """The number of what is named, as a live field, of an item its page too; plain words for what is elsewhere."""
        kind, target = named(kind, target)
        label = kind.capitalize() if opens else kind
        if away := elsewhere(target):
            return run(cited_elsewhere(self.numbered, label, kind, away, prose.plain))
        if kind == "item":
            return self._item(label, target)
        found = part_of(self.paper, kind, target)
        if found is None:
            return run(f"[{kind}:{target}]")
        if not found.number and (titled := found.part.heading):  # a section that is known by its heading
            heading = prose.plain(titled.value)
            cited = run(heading) if self.apart else fields.reference(found.anchor, heading)
            return run(f"{label} “") + cited + run("”")
        if self.apart:
            return run(f"{label} {found.number} of the report")
        switches = "\\r " if kind == "section" else ""
        return run(f"{label} ") + fields.reference(found.anchor, found.number, switches)

    def placed(self, kind: str, target: str) -> str | None:
        """The table, figure or chart itself, where a reference to it stands alone and it has not been printed."""
        kind, target = named(kind, target)
        if self.paper is None or self.apart or f"{kind}:{target}" in self.placed_parts:
            return None
        drawn: str | None = None
        if kind == "table" and target in self.paper.tables:
            drawn = tables.block(self.paper.tables[target], self)
        elif kind == "figure" and target in self.paper.figures:
            drawn = self._figure(self.paper.figures[target])
        elif kind == "chart" and target in self.paper.charts:
            drawn = charts.block(self.paper.charts[target], self)
        if drawn is not None:
            self.placed_parts.add(f"{kind}:{target}")
        return drawn

    def unplaced(self) -> str:
        """The tables, figures and charts that no text has placed, which print at the end so that nothing is lost."""
        if self.paper is None:
            return ""
        kinds = {"table": self.paper.tables, "figure": self.paper.figures, "chart": self.paper.charts}
        return "".join(self.placed(kind, id) or "" for kind, parts in kinds.items() for id in parts)

    def _item(self, label: str, target: str) -> str:
        line = self.numbered.line(target)
        if line is None:
            return run(f"[item:{target}]")
        if self.apart:
            return run(f"{label} {line.name}")
        runs = run(f"{label} ") + "".join(fields.reference(anchor, words) for anchor, words in line.cited)
        if line.part:
            runs += run(", page ") + fields.page_reference(self.numbered.parts[line.part].start)
        return runs

    def _figure(self, at: Placed[Figure]) -> str:
        below = caption("Figure", at.anchor, at.number, self.inline(at.part.caption), self.fragment)
        return self.picture(at.part.file, at.part.alt, keep=True) + below

    def picture(self, path: Path, alt: str, *, keep: bool = False) -> str:
        """A picture in a paragraph of its own; ``keep`` holds it on one page with its caption."""
        from boardpack.foreign.pictures import shown
        from boardpack.word import pictures

        picture = pictures.of(shown(path.read_bytes()))
        width, height = picture.fit(self.width or self.page.text_width, self.page.text_height * 7 // 10)
        drawn = self.fragment.picture(picture.data, picture.suffix, width, height, alt)
        return paragraph("Figure", drawn, keep=keep)
