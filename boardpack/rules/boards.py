"""What must be right in a board's own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

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


def unknown_theme(board: Board) -> Iterator[Finding]:
    """An entry of the forward plan under a theme that the board does not name."""
    for entry in board.plan:
        yield from theme(entry.theme, entry.at, board)


def theme(name: str, at: Place | None, board: Board) -> Iterator[Finding]:
    """The finding for a theme that is not one of the board's; a board that names none takes any."""
    if name and board.themes and name not in board.themes:
        near = get_close_matches(name, board.themes, n=1)
        known = ", ".join(f"`{each}`" for each in board.themes)
        help = f"did you mean `{near[0]}`?" if near else f"the themes in board.yaml are {known}"
        yield finding("unknown-theme", at.find(name) if at else None, f"`{name}` is not a theme of {board.name}", help)


def repeated(named: Iterable[tuple[str, Place]] | Sequence[tuple[str, Place]], what: str) -> Iterator[Finding]:
    """A finding at each name that stood before; a place that is longer than the name is narrowed to it."""
    seen: set[str] = set()
    for name, at in named:
        if name in seen:
            yield finding("duplicate-id", at.find(name), f"two {what} `{name}`", "give each its own")
        seen.add(name)
