"""What must be right in the names of people: the board's register knows them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from boardpack.diagnostics import Finding, Place, finding
from boardpack.model.board import Board, Person
from boardpack.model.meeting import Meeting
from boardpack.model.paper import Paper
from boardpack.model.table import Row
from boardpack.rules.given_names import GIVEN_NAMES
from boardpack.rules.patterns import later

_LIKE_AN_ID = later(r"[a-z][a-z0-9-]*")


def unknown_person(meeting: Meeting) -> Iterator[Finding]:
    """A word that looks like an id of the register and is none."""
    board = meeting.board
    for name, at in named(meeting):
        if _LIKE_AN_ID.fullmatch(name) and board.person(name) is None:
            near = get_close_matches(name, [person.id for person in board.people if person.id], n=1)
            help = "write the name in full, or add the person to `people:` in board.yaml"
            help = f"did you mean `{near[0]}`? otherwise {help}" if near else help
            yield finding("unknown-person", at.find(name), f"nobody in the register has the id `{name}`", help)


def name_differs(meeting: Meeting) -> Iterator[Finding]:
    """A name that differs from one in the register by a letter or two."""
    names = _spellings(meeting.board)
    for name, at in named(meeting) if names else ():
        if near := _near(name, names):
            message = f"`{name}` is not in the register, where `{near}` is"
            help = f"write `{near}`, or add `{name}` to `people:` in board.yaml"
            yield finding("name-differs", at.find(name), message, help)


def spelt_like(name: str, board: Board) -> str:
    """The name in the register from which this one differs by a letter or two; empty where there is none."""
    return _near(name, _spellings(board))


def _near(name: str, names: list[str]) -> str:
    if name in names or _LIKE_AN_ID.fullmatch(name):
        return ""
    near = get_close_matches(name, names, n=3, cutoff=0.85)
    return next((each for each in near if not _are_two(name, each)), "")


def _are_two(one: str, other: str) -> bool:
    """Whether two names alike are of two people: one surname, and before it two initials or two given names."""
    given, surname = _divided(one)
    other_given, other_surname = _divided(other)
    if surname != other_surname or given == other_given:
        return False
    return (len(given) == 1 and len(other_given) == 1) or {given.title(), other_given.title()} <= GIVEN_NAMES


def _divided(name: str) -> tuple[str, str]:
    """The given name or initial and the surname, without case, stops and rank."""
    words = name.replace(".", " ").casefold().split()
    return (words[-2], words[-1]) if len(words) > 1 else ("", name.casefold())


def _spellings(board: Board) -> list[str]:
    names = {person.name for person in board.people}
    return sorted(names | {f"{person.rank} {person.name}" for person in board.people if person.rank})


def named(meeting: Meeting) -> Iterator[tuple[str, Place]]:
    """Every name that papers, agenda and minutes type: presenters, authors, cells of person columns, owners."""
    for item in meeting.items():
        if item.presenter:
            yield from _typed(item.presenter)
    for paper in meeting.papers.values():
        for person in (*paper.authors, *((paper.presenter,) if paper.presenter else ())):
            yield from _typed(person)
        yield from _in_tables(paper)
    for person in meeting.minutes.people() if meeting.minutes else ():
        yield from _typed(person)


def _typed(person: Person) -> Iterator[tuple[str, Place]]:
    """The name, unless it was taken from the register by its id."""
    if not person.id:
        yield person.name, person.at


def _in_tables(paper: Paper) -> Iterator[tuple[str, Place]]:
    for table in paper.tables.values():
        for index, column in enumerate(table.columns):
            if column.type != "person":
                continue
            for row in table.rows:
                cell = row.cells[index] if isinstance(row, Row) else None
                if cell is not None and cell.text.value.strip():
                    yield cell.text.value.strip(), cell.text.at
