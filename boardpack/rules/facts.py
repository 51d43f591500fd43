"""The meeting's facts are said once, in meeting.yaml: what papers say again must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from difflib import SequenceMatcher

from boardpack.diagnostics import Finding, finding
from boardpack.model.dates import long_date
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.model.text import Text, without_code
from boardpack.rules.patterns import later
from boardpack.rules.texts import place
from boardpack.rules.weekdays import dates_in

# A line of a cover that was copied into the text: "**Venue:** Committee Room 1", "| Date | 11 March 2010 |".
_LINE = later(
    r"^[ \t>*_|-]*(?P<label>"
    r"(?:date|time|venue|place|location)(?: and (?:date|time|venue|place))?(?: of (?:the )?meeting)?"
    r"|meeting (?:date|time|venue)|meeting|committee|board|report (?:to|of|by)"
    r"|agenda item(?: (?:no|number))?|from|author|purpose|title|subject)"
    r"\b[ \t*_.]*(?::|\|)[ \t*_|]*(?P<says>[^\n|]*)[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_GAP = later(r"[ \t]*\n(?:[ \t|:>-]*\n)?")
_CLOCK = later(
    r"(?<![\d.:])(?P<hour>\d{1,2})(?:(?:[.:](?P<minute>[0-5]\d))\s?(?P<half>[ap]\.?m\b)?|\s?(?P<bare>[ap]\.?m\b))",
    re.IGNORECASE,
)
_NOON = later(r"\bnoon\b|\bmidday\b", re.IGNORECASE)

_NEAR = 7
"""Days from the meeting within which a day that opens a paper is taken for the meeting's."""


def venue_differs(meeting: Meeting) -> Iterator[Finding]:
    """A line such as `Venue: Committee Room 1` that repeats a fact of the meeting and says another."""
    for paper in meeting.papers.values():
        for index, text in enumerate(_texts(paper)):
            # A quick look first: most texts hold no such label.
            if ":" in text.value or "|" in text.value:
                yield from _in_text(text, meeting, opens=not index)


def _texts(paper: Paper) -> Iterator[Text]:
    if paper.summary:
        yield paper.summary
    yield from (section.text for section in paper.sections if section.text)


def _in_text(text: Text, meeting: Meeting, opens: bool) -> Iterator[Finding]:
    value = without_code(text.value)
    block: list[re.Match[str]] = []
    for match in _LINE.finditer(value):
        if block and not _GAP.fullmatch(value, block[-1].end(), match.start()):
            yield from _in_block(text, block, meeting, opens and not value[: block[0].start()].strip())
            block = []
        block.append(match)
    if block:
        yield from _in_block(text, block, meeting, opens and not value[: block[0].start()].strip())


def _in_block(text: Text, block: list[re.Match[str]], meeting: Meeting, opens: bool) -> Iterator[Finding]:
    """What differs in lines that stand together, if something says that they are about this meeting."""
    facts = [(match, *fact) for match in block if (fact := _fact(match, meeting)) is not None]
    ours = any(is_ours for *_, is_ours in facts) or any(_names_meeting(match, meeting) for match in block)
    near = opens and any(_near(_says(match), meeting) for match in block if "date" in match["label"].lower())
    for match, differs, _ in facts:
        if differs and (ours or near):
            message = f"this says `{_says(match)}`, and the meeting is {differs}"
            help = "leave the line out: the cover prints it from meeting.yaml, which is the place to correct it"
            start = match.start("says")
            yield finding("venue-differs", place(text, start, start + len(_says(match))), message, help)


def _says(match: re.Match[str]) -> str:
    """What stands behind the label, without marks of emphasis and of a forced end of the line."""
    return match["says"].rstrip(" \t*_\\")


def _names_meeting(match: re.Match[str], meeting: Meeting) -> bool:
    """Whether a line says which meeting it is about: its label does, or it names the board."""
    label = match["label"].lower()
    if "meeting" in label or label.startswith("agenda item"):
        return label != "meeting" or _alike(_says(match), meeting.board.name)
    return label in ("committee", "board", "report to") and _alike(_says(match), meeting.board.name)


def _fact(match: re.Match[str], meeting: Meeting) -> tuple[str, bool] | None:
    """The meeting's fact where a line says another, and whether the line speaks of this meeting beyond doubt."""
    label, says = match["label"].lower(), _says(match)
    if any(word in label for word in ("venue", "place", "location")) and meeting.venue and says:
        mine, theirs = set(_words(says).split()), set(_words(meeting.venue).split())
        same = mine <= theirs or theirs <= mine
        return ("" if same else f"in `{meeting.venue}`", same or _alike(says, meeting.venue))
    if "date" in label and (days := dates_in(says, meeting.date)):
        return ("" if meeting.date in days else f"on {long_date(meeting.date)}", meeting.date in days)
    if "time" in label and meeting.starts and (told := times(says)):
        same = bool(told & _readings(meeting.starts))
        return ("" if same else f"at {meeting.starts.hour}:{meeting.starts.minute:02}", False)
    return None


def _near(says: str, meeting: Meeting) -> bool:
    return any(abs((day - meeting.date).days) <= _NEAR for day in dates_in(says, meeting.date))


def _words(says: str) -> str:
    return " ".join(re.findall(r"\w+", says.casefold()))


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, _words(one), _words(other)).ratio() >= 0.75


def times(says: str) -> set[time]:
    """Every time of day in some words; one without am or pm may be either."""
    found = {time(12)} if _NOON.search(says) else set()
    for match in _CLOCK.finditer(says):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        half = (match["half"] or match["bare"] or "").lower()[:1]
        if hour > 23:
            continue
        if half:
            found.add(time(hour % 12 + 12 * (half == "p"), minute))
        else:
            found |= _readings(time(hour, minute))
    return found


def _readings(moment: time) -> set[time]:
    """A time before one in the afternoon as it may be meant: 2:00 is said of 14:00 as well."""
    return {moment, moment.replace(hour=moment.hour + 12)} if 1 <= moment.hour < 8 else {moment}


def no_owner(meeting: Meeting) -> Iterator[Finding]:
    """A line of the agenda that nobody and no paper stands behind, its own or that of a line above it."""
    for item in meeting.agenda:
        yield from _without_owner(item)


def _without_owner(item: Item) -> Iterator[Finding]:
    if item.next or item.presenter or item.state is not PaperState.NONE:
        return
    for below in item.items:
        yield from _without_owner(below)
    if not item.items:
        words = item.title.value.strip() if item.title else item.id
        help = "write `presenter:` with who takes it, or `paper:` with what is to be read"
        yield finding("no-owner", item.at, f"`{words}` has neither a paper nor a presenter", help)
