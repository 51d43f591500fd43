"""What Markdown may ask of the page around it: pictures, notes, references, placed tables, figures and charts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boardpack.html import prose
from boardpack.html.markup import element, escape
from boardpack.markdown.walk import plain
from boardpack.model.cited import cited_elsewhere, part_of
from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed
from boardpack.model.paper import Figure
from boardpack.model.text import Text, elsewhere, named
from boardpack.web.links import AGENDA, Links

_PIXELS = 15
"""Twentieths of a point to a pixel of CSS."""


@dataclass
class Writer:
    """The :class:`boardpack.html.sink.Sink` of one paper, of minutes, or of the agenda, which has no paper.

    ``source`` is the file whose lines the blocks of the page name. With ``apart`` the paper is another document than
    these texts: references into it print as words. ``prefix`` begins the ids of notes; ``below`` is the level of the
    headings that texts stand under.
    """

    numbered: NumberedMeeting
    paper: NumberedPaper | None
    links: Links
    source: Path | None = None
    prefix: str = ""
    below: int = 2
    apart: bool = False
    placed_parts: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def blocks(self, text: Text | None, number: prose.Number | None = None) -> str:
        """Markdown as paragraphs, lists and tables; ``number`` labels its paragraphs."""
        if text is None:
            return ""
        return prose.blocks(text.value, self, prose.Place(self.below, self.first_line(text), number))

    def inline(self, text: Text | None) -> str:
        """One line of Markdown."""
        return prose.inline(text.value, self) if text else ""

    def line(self, text: Text | None) -> int | None:
        """The line of the file that a text begins on; None for a text of another file."""
        here = text is not None and self.source is not None and text.at.source.path == self.source
        return text.at.span().line if text and here else None

    def first_line(self, text: Text) -> int:
        """The line of a text's first words, which those of YAML's block style begin one below their sign; 0 if none."""
        line = self.line(text)
        if line is None:
            return 0
        at = text.at
        return line + (at.source.text[at.start : at.start + 1] in {"|", ">"})

    def footnote(self, content: str) -> str:
        """The mark of a note, which leads to it; the note itself stands at the end of the page."""
        self.notes.append(content)
        number = len(self.notes)
        note, mark = f"{self.prefix}n{number}", f"{self.prefix}m{number}"
        label = f"Footnote {number}"
        link = element("a", str(number), href=f"#{note}", id=mark, role="doc-noteref", aria_label=label)
        return element("sup", link)

    def endnotes(self) -> str:
        """The notes of the page, each with a way back to its mark."""
        if not self.notes:
            return ""
        items = []
        for number, content in enumerate(self.notes, 1):
            way = f"Back to footnote mark {number}"
            back = element("a", "↩", href=f"#{self.prefix}m{number}", role="doc-backlink", aria_label=way)
            closes = content.endswith("</p>")
            written = f"{content[:-4]} {back}</p>" if closes else f"{content}<p>{back}</p>"
            items.append(element("li", written, id=f"{self.prefix}n{number}"))
        heading = element("h2", "Footnotes", id=f"{self.prefix}notes")
        return element(
            "section",
            heading + element("ol", "".join(items)),
            class_="notes",
            role="doc-endnotes",
            aria_labelledby=f"{self.prefix}notes",
        )

    def image(self, source: str, alt: str, title: str) -> str:
        """A picture of the meeting's folder on a line of its own, its caption under it."""
        below = element("figcaption", escape(title)) if title else ""
        return element("figure", self.picture(self.numbered.meeting.folder / source, alt) + below)

    def picture(self, path: Path, alt: str, line: int | None = None) -> str:
        """A picture in its natural size, which the page may make smaller."""
        from boardpack.word import pictures

        natural = pictures.read(path)
        width, height = max(1, natural.width // _PIXELS), max(1, natural.height // _PIXELS)
        return element("img", src=self.links.file(path), alt=alt, width=width, height=height, data_line=line)

    def reference(self, kind: str, target: str, *, opens: bool) -> str:
        """The number of what is named as a link to it, of an item its page too; plain words for what is elsewhere."""
        kind, target = named(kind, target)
        label = kind.capitalize() if opens else kind
        if away := elsewhere(target):
            return escape(cited_elsewhere(self.numbered, label, kind, away, plain))
        if kind == "item":
            return self._item(label, target)
        found = part_of(self.paper, kind, target)
        if found is None:
            return escape(f"[{kind}:{target}]")
        if not found.number and (titled := found.part.heading):  # a section that is known by its heading
            words = f"{label} “{plain(titled.value)}”"
        else:
            words = f"{label} {found.number}" + " of the report" * self.apart
        return escape(words) if self.apart else _link(words, f"#{found.anchor}")

    def placed(self, kind: str, target: str) -> str | None:
        """The table, figure or chart itself, where a reference to it stands alone and it has not been printed."""
        from boardpack.web import charts, tables

        kind, target = named(kind, target)
        if self.paper is None or self.apart or f"{kind}:{target}" in self.placed_parts:
            return None
        drawn: str | None = None
        if kind == "table" and target in self.paper.tables:
            drawn = tables.block(self.paper.tables[target], self)
        elif kind == "figure" and target in self.paper.figures:
            drawn = self._figure(self.paper.figures[target])
        elif kind == "chart" and target in self.paper.charts:
            drawn = charts.block(self.paper.charts[target], self.paper, self)
        if drawn is not None:
            self.placed_parts.add(f"{kind}:{target}")
        return drawn

    def unplaced(self) -> str:
        """The tables, figures and charts that no text has placed, which print at the end so that nothing is lost."""
        if self.paper is None:
            return ""
        kinds = {"table": self.paper.tables, "figure": self.paper.figures, "chart": self.paper.charts}
        return "".join(self.placed(kind, id) or "" for kind, parts in kinds.items() for id in parts)

    def caption(self, label: str, at: Placed[Any], text: Text | None) -> str:
        """The words of a caption: "Table 2: Allocations"."""
        rest = self.inline(text)
        return f"{label} {escape(at.number)}" + (f": {rest}" if rest else "")

    def _figure(self, at: Placed[Figure]) -> str:
        line = self.line(Text("", at.part.at))
        below = element("figcaption", self.caption("Figure", at, at.part.caption))
        return element("figure", self.picture(at.part.file, at.part.alt) + below, id=at.anchor, data_line=line)

    def _item(self, label: str, target: str) -> str:
        line = self.numbered.line(target)
        if line is None:
            return escape(f"[item:{target}]")
        words = f"{label} {line.name}"
        if line.part and not self.apart and (page := self.links.pages.get(self.numbered.parts[line.part].start)):
            words += f", page {page}"
        if line.part and (address := self.links.part(line.part)):
            return _link(words, address)
        agenda = self.links.part(AGENDA)
        return _link(words, f"{agenda}#{line.anchor}") if agenda else escape(words)


def _link(words: str, address: str) -> str:
    return element("a", escape(words), href=address)
