"""What must be right in an agenda."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from difflib import get_close_matches

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.rules.labels import unreadable
from boardpack.rules.patterns import later

_ID = later("[a-z0-9][a-z0-9-]*")
_STATES = ("verbal", "to follow", "tabled")


def meeting_date(meeting: Meeting) -> Iterator[Finding]:
    """The folder's name is the date, or the date and a word."""
    day = meeting.date.isoformat()
    if meeting.id != day and not meeting.id.startswith(f"{day}-"):
        message = f"the meeting is on {day}, and its folder is `{meeting.id}`"
        help = f"correct the date, or rename the folder to `{day}`"
        yield finding("meeting-date", meeting.date_at or meeting.at, message, help)


def unknown_paper(meeting: Meeting) -> Iterator[Finding]:
    """A line of the agenda, or an appendix, whose paper is no file of the meeting."""
    known = sorted({*meeting.papers, *meeting.unread})
    for item in meeting.items():
        if item.state is PaperState.PAPER and not _is_paper(item.paper, known):
            at = item.paper_at or item.at
            yield finding("unknown-paper", at, _no_paper(item.paper, known), _near_paper(item.paper, known, _STATES))
    for paper in meeting.papers.values():
        for appendix in paper.appendices:
            if appendix.paper and not _is_paper(appendix.paper, known):
                at = appendix.at.find(appendix.paper)
                yield finding("unknown-paper", at, _no_paper(appendix.paper, known), _near_paper(appendix.paper, known))


def _is_paper(id: str, known: Sequence[str]) -> bool:
    return id in known and bool(_ID.fullmatch(id))


def _no_paper(wanted: str, known: Sequence[str]) -> str:
    if wanted in known:
        return f"a paper's file may not be called `{wanted}.yaml`"
    return f"there is no paper `{wanted}` in this meeting's folder"


def _near_paper(wanted: str, known: Sequence[str], words: Sequence[str] = ()) -> str:
    """What to write instead of the name of a paper that is not there, or that is no name at all."""
    if wanted in known:
        return "rename the file: the name of a paper holds small letters, digits and hyphens only"
    near = get_close_matches(wanted.lower(), [*known, *words], n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if _ID.fullmatch(wanted):
        return f"write `{wanted}.yaml`, or say `to follow` until it is there"
    if not words:
        return "a paper is named by its file without `.yaml`: small letters, digits and hyphens"
    return f"name a paper by its file without `.yaml`, or write `verbal`, `to follow`, `tabled` or `{{text: {wanted}}}`"


def unused_paper(meeting: Meeting) -> Iterator[Finding]:
    """A paper that no line and no appendix names; not told while some paper could not be read."""
    named = {item.paper for item in meeting.items() if item.state is PaperState.PAPER} | _appended(meeting.papers)
    if meeting.unread or not meeting.agenda:
        return
    # A name that is misspelt has its finding; the paper that it means is not left out.
    meant = {near for name in named - set(meeting.papers) for near in get_close_matches(name.lower(), meeting.papers)}
    for id, paper in meeting.papers.items():
        if id not in named | meant:
            help = f"add a line with `paper: {id}` to meeting.yaml, or move the file out of this folder"
            yield finding("unused-paper", paper.title.at, f"no line of the agenda names the paper `{id}`", help)


def _appended(papers: Mapping[str, Paper]) -> set[str]:
    return {appendix.paper for paper in papers.values() for appendix in paper.appendices if appendix.paper}


def appendix_loop(meeting: Meeting) -> Iterator[Finding]:
    """A paper that is among its own appendices, or among those of its appendices."""
    for paper in meeting.papers.values():
        for appendix in paper.appendices:
            if appendix.paper and paper.id in _below(appendix.paper, meeting.papers):
                message = f"the appendix `{appendix.paper}` leads back to this paper"
                help = "an appendix cannot hold the paper that it belongs to"
                yield finding("appendix-loop", appendix.at.find(appendix.paper), message, help)


def _below(id: str, papers: Mapping[str, Paper]) -> set[str]:
    """A paper and all that are appended to it, at any depth."""
    reached: set[str] = set()
    waiting = [id]
    while waiting:
        paper = waiting.pop()
        if paper not in reached:
            reached.add(paper)
            waiting.extend(_appended({paper: papers[paper]}) if paper in papers else ())
    return reached


def missing_title(meeting: Meeting) -> Iterator[Finding]:
    """A line without a title that takes none from a paper, from lines below it or from another meeting."""
    for item in meeting.items():
        has_words = item.title or item.state is PaperState.PAPER or item.items or item.next
        if not has_words:
            yield finding("missing-title", item.at, "the line has no title", "write `title:` with its words")


def duplicate_id(meeting: Meeting) -> Iterator[Finding]:
    """An id that two lines have, unless both have it from the paper that stands behind them."""
    seen: dict[str, Item] = {}
    for item in meeting.items():
        if not item.id:
            continue
        first = seen.setdefault(item.id, item)
        if first is not item and (item.own_id or first.own_id):
            line = first.at.span().line
            message = f"`{item.id}` is also the id of the line that starts in line {line}"
            yield finding("duplicate-id", item.at.find(item.id), message, "give each line its own id")


def too_many_levels(meeting: Meeting) -> Iterator[Finding]:
    """Sub-items below the last level for which there is a sample label."""
    yield from _levels(meeting.agenda, meeting.board.numbering, 1)


def _levels(items: Sequence[Item], samples: Sequence[str], level: int) -> Iterator[Finding]:
    if items and not samples:
        message = f"the agenda is {level} levels deep here, and the numbering has labels for {level - 1}"
        help = "add a sample label to `numbering` in board.yaml, or `numbering:` to the item above"
        yield finding("too-many-levels", items[0].at, message, help)
        return
    for item in items:
        yield from _levels(item.items, item.numbering or samples[1:], level + 1)


def wrong_label(meeting: Meeting) -> Iterator[Finding]:
    """A sample label of an item's own that holds nothing that counts."""
    for item in meeting.items():
        yield from unreadable(item.numbering, item.at)


def no_next_meeting(meeting: Meeting) -> Iterator[Finding]:
    """A line that prints the next meeting where meeting.yaml does not know it."""
    for item in meeting.items():
        if item.next and meeting.next is None:
            message = "the line prints the next meeting, and `next:` does not say when it is"
            help = "add `next: {date: 2010-07-01, starts: 9:30, venue: …}` to this file, above `agenda:`"
            yield finding("no-next-meeting", item.at.find("next"), message, help)


def ends_first(meeting: Meeting) -> Iterator[Finding]:
    """A meeting that ends before it starts, or as it starts."""
    if meeting.starts is not None and meeting.ends is not None and meeting.ends <= meeting.starts:
        message = f"the meeting starts at {_clock(meeting.starts)} and ends at {_clock(meeting.ends)}"
        help = "correct `starts` or `ends`, on a 24-hour clock: 2 in the afternoon is 14:00"
        yield finding("ends-first", meeting.ends_at or meeting.at, message, help)


def overrun(meeting: Meeting) -> Iterator[Finding]:
    """Items that take longer than the meeting, or than the item that they stand under."""
    for item in meeting.items():
        below = sum(_minutes(each) for each in item.items)
        if item.duration is not None and below > item.duration:
            message = f"the sub-items take {below} minutes, the item {item.duration}"
            help = "lengthen the item or shorten its sub-items"
            yield finding("overrun", item.duration_at or item.at, message, help)
    if meeting.starts is None or meeting.ends is None or meeting.ends <= meeting.starts:
        return
    needed = sum(_minutes(item) for item in meeting.agenda)
    there = _between(meeting.starts, meeting.ends)
    if needed > there:
        span = f"from {_clock(meeting.starts)} to {_clock(meeting.ends)}"
        message = f"the items take {needed} minutes, and {span} there are {there}"
        help = "correct `ends`, or the durations of the items"
        yield finding("overrun", meeting.ends_at or meeting.at, message, help)


def _minutes(item: Item) -> int:
    return item.duration if item.duration is not None else sum(_minutes(each) for each in item.items)


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def _between(starts: time, ends: time) -> int:
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
