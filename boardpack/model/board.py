"""A board: what a body has decided once and all its meetings inherit (board.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from boardpack.diagnostics import Place
from boardpack.model.notice import DraftsDue, Notice
from boardpack.model.text import Text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named: in the register (then with an ``id``), as an author, a presenter or an attendee."""

    name: str
    at: Place
    id: str = ""
    rank: str = ""
    role: str = ""
    organisation: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def ranked(self) -> str:
        """The name with the rank before it."""
        return f"{self.rank} {self.name}".strip()

    @property
    def full(self) -> str:
        """Name, role and organisation in one line, as a cover prints them."""
        return ", ".join(part for part in (self.ranked, self.role, self.organisation) if part)


@dataclass(frozen=True, slots=True)
class Rating:
    """One value of a RAG column: the word that prints, the colour behind it (RRGGBB), what it means."""

    letter: str
    label: str
    colour: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class CoverField:
    """One of the house's own cover lines; a paper answers it under ``cover:``."""

    key: str
    label: str
    required: bool
    at: Place


@dataclass(frozen=True, slots=True)
class StandingSection:
    """A heading that every paper must answer; ``none`` is what prints for the answer ``none``."""

    key: str
    heading: Text
    none: str
    at: Place


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A line of the forward plan: what comes to which meeting (a folder's name) under which theme."""

    theme: str
    meeting: str
    title: Text
    purposes: tuple[str, ...]
    at: Place


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """The wordings of the paper column; ``{first}`` and ``{last}`` stand for page numbers."""

    page: str = "Yes, page {first}"
    pages: str = "Yes, pages {first} to {last}"
    verbal: str = "Verbal update"
    to_follow: str = "Report to follow"
    tabled: str = "To be tabled"
    supplement: str = "Supplement, pages {first} to {last}"
    supplement_page: str = "Supplement, page {first}"
    withheld: str = "Not for publication, pages {first} to {last}"
    withheld_page: str = "Not for publication, page {first}"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a board wants its papers to read: the words that one may have, abbreviations that need not be spelt out."""

    words: int = 2500
    abbreviations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """A body that meets. ``folder`` holds board.yaml and a folder for each meeting; its name is ``id``.

    ``themes`` are the rows of its forward plan, ``plan`` the entries that stand in board.yaml. ``rules`` gives a
    finding code the severity that this board wants: error, warning, hint or off. ``clearances`` names the services that
    must clear every paper.
    """

    id: str
    folder: Path
    at: Place
    name: str
    organisation: str = ""
    language: str = "en-GB"
    currency: str = "£"
    templates: str = "default"
    numbering: tuple[str, ...] = ("1", "1.1", "1.1.1")
    number_sections: bool = True
    number_paragraphs: bool | str = True
    number_appendices: str = "A"
    late_labels: str = "continue"
    purposes: tuple[str, ...] = ("information", "discussion", "decision", "approval")
    require: tuple[str, ...] = ()
    recommendations_lead: Text | None = None
    closing: Text | None = None
    paper_column: PaperColumn = PaperColumn()
    ratings: tuple[Rating, ...] = ()
    cover_fields: tuple[CoverField, ...] = ()
    standing_sections: tuple[StandingSection, ...] = ()
    people: tuple[Person, ...] = ()
    themes: tuple[str, ...] = ()
    plan: tuple[PlanEntry, ...] = ()
    reading: Reading = Reading()
    rules: Mapping[str, str] = field(default_factory=dict)
    notice: Notice = field(default_factory=Notice)
    drafts_due: DraftsDue | None = None
    clearances: tuple[str, ...] = ()
    clearance_due: DraftsDue | None = None
    numbering_at: Place | None = None
    templates_at: Place | None = None

    @property
    def statute(self) -> str:
        """The rule under which notice is given, such as ``england-principal``; empty where the board says none."""
        return self.notice.statute

    def person(self, text: str) -> Person | None:
        """The person of the register with this id or this name."""
        for person in self.people:
            if text in (person.id, person.name, f"{person.rank} {person.name}"):
                return person
        return None

    def rating(self, text: str) -> Rating | None:
        """The rating meant by a letter or a word in any case."""
        wanted = text.strip().casefold()
        for rating in self.ratings:
            if wanted in (rating.letter.casefold(), rating.label.casefold()):
                return rating
        return None
