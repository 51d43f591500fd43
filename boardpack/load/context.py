"""What a meeting needs of its board's other meetings: minutes, open actions, the forward plan, papers referred to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boardpack.load.fields import Fields
from boardpack.model.text import FORWARD_PLAN
from boardpack.model.tree import Tree

_ELSEWHERE = re.compile(r"\[\]\([a-z]+:(\d{4}-\d\d-\d\d[a-z0-9-]*)/")
_AGAIN = re.compile(r"\bof:[ \"']*(\d{4}-\d\d-\d\d[a-z0-9-]*)")
_PLAN = re.compile(rf"\[\]\({FORWARD_PLAN}(?::(\d{{4}}-\d\d-\d\d)?[^)]*)?\)")


@dataclass(frozen=True, slots=True)
class Needs:
    """The other meetings that some trees of one meeting cannot be understood without.

    ``minutes`` are the folders of those whose minutes print, ``papers`` of those whose papers or actions are referred
    to. ``plan_since`` is the first day of the forward plan, where it prints.
    """

    day: str
    minutes: frozenset[str]
    papers: frozenset[str]
    plan_since: str | None

    def plans(self, folder: str) -> bool:
        """Whether a meeting's papers give lines to the forward plan."""
        return self.plan_since is not None and folder[:10] >= self.plan_since

    def logs(self, folder: str) -> bool:
        """Whether a meeting's minutes matter: for open actions, or for lines that they add to the forward plan."""
        return self.plan_since is not None or (bool(self.minutes) and folder[:10] <= self.day)


def needs(folder: str, meeting: Tree | None, texts: Iterable[Tree]) -> Needs:
    """What a meeting's agenda and its papers and minutes ask of other meetings."""
    minutes = frozenset(_minutes_of(Fields(meeting.source, meeting.root))) if meeting else frozenset()
    papers: set[str] = set()
    since: str | None = None
    for tree in texts:
        papers.update(_ELSEWHERE.findall(tree.source.text))
        papers.update(_AGAIN.findall(tree.source.text) if tree.kind == "minutes" else ())
        for match in _PLAN.finditer(tree.source.text):
            since = min(filter(None, (since, match[1] or folder[:10])))
    return Needs(folder[:10], minutes, frozenset(papers), since)


def _minutes_of(fields: Fields) -> Iterator[str]:
    for line in (*fields.mappings("agenda"), *fields.mappings("items")):
        yield from filter(None, (line.string("minutes_of"),))
        yield from _minutes_of(line)
