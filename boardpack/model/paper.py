"""A paper: the report behind an agenda item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from boardpack.diagnostics import Place
from boardpack.model.board import Person
from boardpack.model.chart import Chart
from boardpack.model.clearance import Clearance
from boardpack.model.sheet import PrintedSheet
from boardpack.model.table import Group, Row, Table
from boardpack.model.text import Link, Reference, Text, links, may_link, references


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper under its own heading; no heading for the text before the first one.

    ``heading_at`` is the key for the heading, where there is one, even if it holds no words.
    """

    heading: Text | None
    id: str
    text: Text | None
    item: str
    at: Place
    heading_at: Place | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its file, the caption under it and the words for those who do not see it."""

    id: str
    file: Path
    caption: Text | None
    alt: str
    at: Place


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer to one of the board's standing sections, in the board's words where it was ``none``."""

    heading: Text
    text: Text
    key: str = ""
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class Exempt:
    """Why content may be withheld: paragraphs of Schedule 12A, and why the public interest is in withholding it."""

    paragraphs: tuple[Text, ...]
    public_interest: Text | None
    at: Place


@dataclass(frozen=True, slots=True)
class Late:
    """Why a paper that missed the deadline is urgent, and why it is late (Local Government Act 1972, s. 100B(4)(b)).

    ``answered`` names every key that holds something, be it right or wrong.
    """

    urgency: Text | None
    reason: Text | None
    agreed_by: Person | None
    agreed_on: date | None
    answered: frozenset[str]
    at: Place


PRINTED = frozenset((".png", ".jpg", ".jpeg", ".pdf", ".docx", ".xlsx", ".csv"))
"""Suffixes of the files that print as appendices."""


@dataclass(frozen=True, slots=True)
class Appendix:
    """Part of the paper, printed after it: ``file`` or ``paper``, neither while it is to follow.

    ``stated`` is the class that is written here; ``withheld`` is why the public may not have it: of the class written
    here, that of the paper that it belongs to and that of the paper behind it the strictest. Both as in :class:`Paper`,
    as is ``ground``.
    ``sheets`` are what prints of a workbook or a CSV file; ``pages`` is the PDF whose pages print in place of a file.
    """

    id: str
    title: Text
    file: Path | None
    paper: str
    to_follow: bool
    at: Place
    exempt: Exempt | None = None
    ground: Text | None = None
    stated: str = ""
    withheld: str = ""
    public_title: Text | None = None
    sheets: tuple[PrintedSheet, ...] = ()
    pages: Path | None = None

    @property
    def suffix(self) -> str:
        """How the name of its file ends, in small letters; empty where it has none."""
        return self.file.suffix.lower() if self.file else ""


@dataclass(frozen=True, slots=True)
class BackgroundPaper:
    """A document relied on: listed, not printed (Local Government Act 1972, section 100D)."""

    title: Text
    where: str
    link: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about a paper."""

    name: str
    telephone: str
    email: str
    role: str = ""


@dataclass(frozen=True)
class Paper:
    """A report as its author wrote it. ``id`` is the stem of its file.

    ``withheld`` says why the public may not have it ("exempt: paragraph 3", "confidential") or is empty: the strictest
    of the class that its file states and those of the appendices that it prints as. ``ground`` is what forbids the
    disclosure of what is confidential. ``content`` is the hash that
    clearances are held against, empty where it is not known.
    ``answered`` names every key that holds something, those of the cover and of the standing sections as
    ``cover.wards`` and ``standing.financial``. ``background_papers`` is empty for `none` and ``None`` where the paper
    does not say.
    """

    id: str
    path: Path
    at: Place
    title: Text
    authors: tuple[Person, ...]
    purposes: tuple[str, ...]
    presenter: Person | None = None
    theme: str = ""
    cover: tuple[tuple[str, Text], ...] = ()
    contact: Contact | None = None
    contents: bool = False
    landscape: bool = False
    number_sections: bool = True
    number_paragraphs: bool | str = True
    summary: Text | None = None
    recommendations: tuple[Text, ...] = ()
    sections: tuple[Section, ...] = ()
    standing: tuple[Standing, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    appendices: tuple[Appendix, ...] = ()
    background_papers: tuple[BackgroundPaper, ...] | None = None
    files: tuple[Path, ...] = ()
    withheld: str = ""
    answered: frozenset[str] = field(default_factory=frozenset)
    purposes_at: Place | None = None
    theme_at: Place | None = None
    exempt: Exempt | None = None
    ground: Text | None = None
    late: Late | None = None
    public_title: Text | None = None
    clearance: tuple[Clearance, ...] = ()
    content: str = ""
    stated: str = ""

    def texts(self) -> Iterator[Text]:
        """Every Markdown text of the paper, in the order in which it prints."""
        yield self.title
        yield from _reasons(self)
        yield from (answer for _, answer in self.cover)
        if self.summary:
            yield self.summary
        if self.late:
            yield from (text for text in (self.late.urgency, self.late.reason) if text)
        yield from self.recommendations
        for section in self.sections:
            yield from (text for text in (section.heading, section.text) if text)
        for standing in self.standing:
            yield standing.text
        for table in self.tables.values():
            yield from _table_texts(table)
        for figure in self.figures.values():
            if figure.caption:
                yield figure.caption
        yield from (chart.title for chart in self.charts.values() if chart.title)
        yield from (paper.title for paper in self.background_papers or ())
        for appendix in self.appendices:
            yield appendix.title
            yield from _reasons(appendix)

    @cached_property
    def linked(self) -> tuple[Text, ...]:
        """The texts that may hold references, links or pictures; a hundred rows of figures hold none."""
        return tuple(text for text in self.texts() if may_link(text.value))

    @cached_property
    def _references(self) -> tuple[Reference, ...]:
        return tuple(reference for text in self.linked for reference in references(text))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link and picture in the paper's texts, those of one text in no certain order."""
        return tuple(link for text in self.linked for link in links(text))

    def references(self) -> Iterator[Reference]:
        """Every reference of the paper, in the order in which it prints."""
        return iter(self._references)


def _reasons(of: Paper | Appendix) -> Iterator[Text]:
    """Why it is withheld, in the words of its author."""
    given = (of.exempt.public_interest if of.exempt else None, of.ground)
    yield from (text for text in given if text)


def _table_texts(table: Table) -> Iterator[Text]:
    yield from (text for text in (table.caption, table.note, table.source) if text)
    yield from (column.label for column in table.columns)
    for row in table.rows:
        if isinstance(row, Group):
            yield row.label
        elif isinstance(row, Row):
            yield from (cell.text for cell in row.cells if cell is not None)
    for foot in table.foot:
        yield from (cell for cell in foot if isinstance(cell, Text))
