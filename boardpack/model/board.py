"""A board: what a body has decided once and all its meetings inherit (board.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from boardpack.diagnostics import Place
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
    def full(self) -> str:
        """Name, role and organisation in one line, as a cover prints them."""
        named = f"{self.rank} {self.name}".strip()
        return ", ".join(part for part in (named, self.role, self.organisation) if part)


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
class PaperColumn:
    """The wordings of the paper column; ``{first}`` and ``{last}`` stand for page numbers."""

    page: str = "Yes, page {first}"
    pages: str = "Yes, pages {first} to {last}"
    verbal: str = "Verbal update"
    to_follow: str = "Report to follow"
    tabled: str = "To be tabled"


@dataclass(frozen=True, slots=True)
class Board:
    """A body that meets. ``folder`` holds board.yaml and a folder for each meeting; its name is ``id``.

    ``rules`` gives a finding code the severity that this board wants: error, warning, hint or off.
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
    number_paragraphs: bool | str = True
    purposes: tuple[str, ...] = ("information", "discussion", "decision", "approval")
    require: tuple[str, ...] = ()
    recommendations_lead: Text | None = None
    closing: Text | None = None
    paper_column: PaperColumn = PaperColumn()
    ratings: tuple[Rating, ...] = ()
    cover_fields: tuple[CoverField, ...] = ()
    standing_sections: tuple[StandingSection, ...] = ()
    people: tuple[Person, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    numbering_at: Place | None = None
    templates_at: Place | None = None

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
