"""The minutes of a meeting (minutes.yaml) and the actions that came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from boardpack.diagnostics import Place
from boardpack.model.board import Person, PlanEntry
from boardpack.model.text import Text


class ActionState(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Action:
    """Something that somebody is to do.

    ``of`` is the folder of an earlier meeting whose action of this ``id`` it is, said again with how far it has come.
    ``due`` is the day by which it is to be done, where one is known; ``due_next`` says that it is the next meeting's.
    """

    id: str
    of: str
    action: Text
    owners: tuple[Person, ...]
    due: date | None
    due_next: bool
    state: ActionState
    plan: PlanEntry | None
    at: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """What was said and decided under a line of the agenda (``item``), or under a ``title`` of its own.

    ``under`` is the line under which an entry of its own was taken. ``resolved`` is ``None`` where the minutes do not
    say, which leaves the paper's recommendations as a draft, and empty where nothing was resolved.
    """

    item: str
    title: Text | None
    under: str
    discussion: Text | None
    resolved: tuple[Text, ...] | None
    actions: tuple[Action, ...]
    at: Place

    def texts(self) -> Iterator[Text]:
        """Every Markdown text of the entry, in the order in which it prints."""
        yield from (text for text in (self.title, self.discussion) if text)
        yield from self.resolved or ()
        yield from (action.action for action in self.actions)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one meeting; a draft until the next meeting has confirmed them.

    ``files`` are minutes.yaml and the pictures in it.
    """

    path: Path
    at: Place
    confirmed: bool
    present: tuple[Person, ...]
    in_attendance: tuple[Person, ...]
    apologies: tuple[Person, ...]
    entries: tuple[Entry, ...]
    files: tuple[Path, ...]

    def texts(self) -> Iterator[Text]:
        """Every Markdown text of the minutes, in the order in which it prints."""
        for entry in self.entries:
            yield from entry.texts()

    def people(self) -> Iterator[Person]:
        """Everybody whom the minutes name: those who were there, those who were not, and owners of actions."""
        yield from (*self.present, *self.in_attendance, *self.apologies)
        for _, action in self.actions():
            yield from action.owners

    def actions(self) -> Iterator[tuple[Entry, Action]]:
        """Every action with the entry that it came of."""
        for entry in self.entries:
            yield from ((entry, action) for action in entry.actions)
