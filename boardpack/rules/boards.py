"""What must be right in a board's own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from boardpack.diagnostics import Finding, Place, finding
from boardpack.model.board import Board
from boardpack.rules.labels import unreadable


def wrong_label(board: Board) -> Iterator[Finding]:
    """A sample label that holds nothing that counts."""
    yield from unreadable(board.numbering, board.numbering_at or board.at)


def duplicate_id(board: Board) -> Iterator[Finding]:
    """Two people, cover lines or standing sections with the same id."""
    people = [(person.id, person.at) for person in board.people if person.id]
    yield from repeated(people, "people in the register have the id")
    yield from repeated([(field.key, field.at) for field in board.cover_fields], "cover lines have the key")
    sections = [(section.key, section.at) for section in board.standing_sections]
    yield from repeated(sections, "standing sections have the key")


def repeated(named: Iterable[tuple[str, Place]] | Sequence[tuple[str, Place]], what: str) -> Iterator[Finding]:
    """A finding at each name that stood before; a place that is longer than the name is narrowed to it."""
    seen: set[str] = set()
    for name, at in named:
        if name in seen:
            yield finding("duplicate-id", at.find(name), f"two {what} `{name}`", "give each its own")
        seen.add(name)
