"""What is out: the numbers and pages that were published, which never move again (published.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

FRONT_SHEET = "sup"
"""The bookmark at the start of a supplement's front sheet."""


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """A part of a published pack or supplement: a paper, or minutes, by its key in the pack.

    ``first`` and ``last`` are its pages. ``digest`` is the hash of what it printed. ``supplement`` counts from 1; 0 is
    the pack itself. ``withheld`` says whether the public may have it: "exempt: paragraph 3", "in part", or empty.
    """

    key: str
    number: str
    title: str
    first: int
    last: int
    digest: str
    supplement: int = 0
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that was issued on a day: the pack, or a supplement. ``last`` is the last page that it took."""

    on: date
    last: int


@dataclass(frozen=True, slots=True)
class Published:
    """What is out of a meeting.

    ``lines`` are the agenda's labels, each under what identifies its line (:func:`line_keys`). ``parts`` are all parts
    that were ever issued, the later of two with one key standing for the earlier. ``issues`` are the pack and its
    supplements in order.
    """

    issues: tuple[Issue, ...]
    lines: Mapping[str, str]
    parts: tuple[PublishedPart, ...] = field(default=())

    @property
    def on(self) -> date:
        """The day on which the pack went out."""
        return self.issues[0].on

    @property
    def last_page(self) -> int:
        """The last page number that is taken."""
        return max(issue.last for issue in self.issues)

    def part(self, key: str) -> PublishedPart | None:
        """Where a part is to be found: in the latest issue that holds it."""
        return next((part for part in reversed(self.parts) if part.key == key), None)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A line of the agenda that is out and stands there no longer, or the paper that was behind one that does.

    ``whole`` says that the line is gone. ``public`` is what the public edition calls it. ``first`` and ``last`` are the
    pages of the paper, 0 where there was none. ``after`` is the place of the agenda line that it stood behind or, of a
    paper alone, of its own; -1 at the top.
    """

    label: str
    title: str
    public: str
    first: int
    last: int
    after: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Supplement:
    """What a supplement holds, by the bookmark at each part's start: ``late`` parts are new, ``replaced`` ones differ.

    ``number`` counts from 1. ``first_page`` is the page that it begins with. ``out`` are the pages of what was
    published before, by the bookmarks of this build; ``earlier`` are those of them that stand in a supplement,
    ``again`` those that the issue before this one did not have. ``withdrawn`` is what that had and this one has not, in
    the order of the agenda.
    """

    number: int
    first_page: int
    late: tuple[str, ...]
    replaced: Mapping[str, PublishedPart]
    out: Mapping[str, int]
    earlier: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    withdrawn: tuple[Withdrawn, ...] = ()

    def holds(self, start: str) -> bool:
        """Whether the part that begins at a bookmark is in this supplement."""
        return start in self.late or start in self.replaced


def numbered_apart(keys: Iterator[str]) -> Iterator[str]:
    """Each key with how often it has come before, so that all differ: ``funding``, ``funding 2``."""
    seen: dict[str, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        yield key if seen[key] == 1 else f"{key} {seen[key]}"
