"""A paper as an HTML article: cover, sections, what stands behind them, appendices."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.html.markup import element, escape
from boardpack.markdown.walk import address, plain
from boardpack.model import labels
from boardpack.model.numbered import NumberedMeeting, NumberedPaper, Placed
from boardpack.model.paper import BackgroundPaper, Contact, Paper, Section, Standing
from boardpack.model.text import Text
from boardpack.web.appendices import appendices, on_the_page
from boardpack.web.cover import cover, summary
from boardpack.web.links import Links
from boardpack.web.writer import Writer


def article(numbered: NumberedMeeting, at: NumberedPaper, links: Links) -> str:
    """The paper, equal in content to the Word."""
    writer = Writer(numbered, at, links, at.paper.path, at.start)
    parts = (
        cover(writer, at),
        *summary(writer, at),
        *_sections(writer, at),
        *_behind(writer, at),
        writer.blocks(numbered.meeting.board.closing),
        *appendices(writer, at, _annex),
    )
    return element("article", "".join(parts) + writer.endnotes(), id=at.start, class_="paper")


def title(at: NumberedPaper) -> str:
    """The paper's title in plain words."""
    return plain(at.paper.title.value)


def _sections(writer: Writer, at: NumberedPaper) -> Iterator[str]:
    """The contents list, the sections and the standing sections, and whatever no text has placed."""
    if at.paper.contents:
        yield _contents(writer, at)
    count = _Paragraphs(at.paper)
    for section in at.sections:
        yield _section(writer, section, at.paper, count)
    for answer in at.standing:
        yield _under_heading(writer, answer, answer.part.heading, answer.part.text, count)
    yield writer.unplaced()


class _Paragraphs:
    """The labels of a paper's numbered paragraphs, as Word counts them: each numbered heading begins anew."""

    def __init__(self, paper: Paper) -> None:
        sample = paper.number_paragraphs
        sample = sample if isinstance(sample, str) else "1.1" if sample else ""
        # 1.1 needs a numbered heading to count under, a sample such as i) does not.
        self._needs_section = sample.startswith("1")
        self._counter = (labels.counter(sample, "1") or labels.counter(sample, "")) if sample else None
        self._section = ""
        self._count = 0

    def under(self, section: str) -> _Paragraphs | None:
        """The labels below a heading with this number, empty for none; None where paragraphs bear none."""
        if section:
            self._section, self._count = section, 0
        return self if self._counter and (section or not self._needs_section) else None

    def __call__(self) -> str:
        """The next label."""
        self._count += 1
        return self._counter.label(self._count, self._section) if self._counter else ""


def _section(writer: Writer, at: Placed[Section], paper: Paper, count: _Paragraphs) -> str:
    section = at.part
    if section.heading is None:
        # Before the first heading paragraphs count by themselves.
        return writer.blocks(section.text, _Paragraphs(paper).under(""))
    return _under_heading(writer, at, section.heading, section.text, count)


def _under_heading(
    writer: Writer, at: Placed[Section] | Placed[Standing], heading: Text, text: Text | None, count: _Paragraphs
) -> str:
    number = element("span", escape(at.number), class_="number") + " " if at.number else ""
    written = element(f"h{writer.below}", number + writer.inline(heading), id=at.anchor, data_line=writer.line(heading))
    return written + writer.blocks(text, count.under(at.number))


def _contents(writer: Writer, at: NumberedPaper) -> str:
    """The paper's sections and its appendices on the page as links."""
    rows = [(f"{number} {plain(text.value)}".strip(), anchor) for number, anchor, text in at.headings()]
    rows += [
        (f"Appendix {each.number}: {plain(each.part.title.value)}", f"{each.anchor}p")
        for each in on_the_page(writer, at)
    ]
    if not rows:
        return ""
    items = "".join(element("li", element("a", escape(words), href=f"#{anchor}")) for words, anchor in rows)
    heading = element(f"h{writer.below}", "Contents", id=f"{at.start}contents")
    return element("nav", heading + element("ul", items), class_="contents", aria_labelledby=f"{at.start}contents")


def _behind(writer: Writer, at: NumberedPaper) -> Iterator[str]:
    """What stands behind the sections, each under a heading without a number."""
    paper = at.paper
    if paper.background_papers is not None:
        yield element(f"h{writer.below}", "Background papers")
        items = "".join(element("li", _background(writer, entry)) for entry in paper.background_papers)
        yield element("ul", items) if items else element("p", "None")
    if paper.contact:
        yield _contact(paper.contact)


def _background(writer: Writer, entry: BackgroundPaper) -> str:
    where = f", {escape(entry.where)}" if entry.where else ""
    return writer.inline(entry.title) + where + (f" ({_outside(entry.link, entry.link)})" if entry.link else "")


def _outside(target: str, words: str) -> str:
    """A link to an address outside; words where it is none."""
    url = address(target)
    return element("a", escape(words), href=url) if url else escape(words)


def _contact(contact: Contact) -> str:
    """Whom to ask, in one line."""
    said = [escape(each) for each in (contact.name, contact.role, contact.telephone) if each]
    if contact.email:
        said.append(_outside(f"mailto:{contact.email}", contact.email))
    return element("p", element("strong", "Contact:") + " " + ", ".join(said), class_="contact")


def _annex(writer: Writer, annex: NumberedPaper) -> str:
    """An appendix that is a paper itself: its summary and its sections, with their own numbers."""
    parts = (
        writer.blocks(annex.paper.summary),
        *_sections(writer, annex),
        *_behind(writer, annex),
        *appendices(writer, annex, _annex),
    )
    return "".join(parts)
