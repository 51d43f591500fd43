"""What is known of a paper before anybody has filled in its form: nothing, or what a Word report said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``total`` is ``sum``, a stated figure, or empty; ``change`` names the columns compared."""

    key: str
    label: str
    type: str = "text"
    total: str = ""
    change: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a row is its cells, or the words of a row across the table that opens a group."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...] | str, ...]
    foot: tuple[tuple[str, ...], ...] = ()
    header: bool = True
    total_label: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, with the bytes of the file that is to lie beside the paper; without a caption it has no number."""

    id: str
    file: str
    caption: str
    alt: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, empty for the text before the first one, and the Markdown below it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Background:
    """A background paper: its title, and where it can be seen."""

    title: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix by its title; ``paper`` is the id of the file that holds it, empty while it is to follow.

    ``label`` is what a Word report called it, such as `appendix a`.
    """

    title: str
    paper: str = ""
    label: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of a Word file that is not in the paper: what it is, and its words."""

    what: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper as far as it is known. ``cover``, ``standing`` and ``contact`` go by key.

    ``papers`` are those of its appendices that are in the same Word file, each by the id of the file it is to be.
    """

    title: str = ""
    authors: Sequence[Mapping[str, str]] = ()
    purposes: Sequence[str] = ()
    presenter: str = ""
    theme: str = ""
    cover: Mapping[str, str] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    contents: bool = False
    number_paragraphs: bool | None = None
    summary: str = ""
    recommendations: Sequence[str] = ()
    sections: Sequence[Section] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    standing: Mapping[str, str] = field(default_factory=dict)
    appendices: Sequence[Appendix] = ()
    papers: Mapping[str, Draft] = field(default_factory=dict)
    background: Sequence[Background] | None = None
    source: str = ""
    losses: Sequence[Loss] = ()
