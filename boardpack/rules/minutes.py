"""What must be right in minutes, and in the lines of an agenda that place them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.minutes import ActionState, Entry
from boardpack.model.paper import Paper
from boardpack.model.text import Text
from boardpack.rules.boards import repeated

_URGENCY = re.compile(r"\burgen(?:t|cy)\b|\bspecial circumstances?\b", re.IGNORECASE)


def line_of(meeting: Meeting, entry: Entry) -> Item | None:
    """The line of the agenda that an entry is about: by its id or its paper's, else by its words."""
    if entry.under:
        return None
    if entry.item:
        return next((item for item in meeting.items() if entry.item in _ids(item)), None)
    wanted = _words(entry.title)
    return next((item for item in meeting.items() if _words(_title(meeting, item)) == wanted), None)


def paper_of(meeting: Meeting, entry: Entry) -> Paper | None:
    """The paper behind the line that an entry is about."""
    item = line_of(meeting, entry)
    return meeting.papers.get(item.paper) if item and item.state is PaperState.PAPER else None


def _ids(item: Item) -> set[str]:
    return {item.id, item.paper if item.state is PaperState.PAPER else ""} - {""}


def _title(meeting: Meeting, item: Item) -> Text | None:
    paper = meeting.papers.get(item.paper) if item.state is PaperState.PAPER else None
    return item.title or (paper.title if paper else None)


def _words(text: Text | None) -> str:
    return " ".join(text.value.split()).casefold() if text else ""


def is_lost(meeting: Meeting, item: Item) -> bool:
    """Whether a line names a paper that is not there, which has a finding."""
    return item.state is PaperState.PAPER and item.paper not in meeting.papers and item.paper not in meeting.unread


def unknown_reference(meeting: Meeting) -> Iterator[Finding]:
    """An entry whose ``item`` or ``under`` names no line of the agenda."""
    own = {item.id for item in meeting.items() if item.id}
    every = own.union(*(_ids(item) for item in meeting.items()))
    if any(is_lost(meeting, item) for item in meeting.items()):
        every |= meeting.papers.keys()  # the line that names the paper wrongly has a finding
    for entry in meeting.minutes.entries if meeting.minutes else ():
        for key, id, known in (("item", entry.item, every), ("under", entry.under, own)):
            if id and id not in known:
                near = get_close_matches(id, known, n=1)
                help = f"did you mean `{near[0]}`?" if near else _ids_of_lines(known)
                message = f"there is no item `{id}` on the agenda"
                yield finding("unknown-reference", entry.at.find(f"{key}: {id}").find(id), message, help)


def _ids_of_lines(known: set[str]) -> str:
    if not known:
        return "no line of the agenda has an id yet; give it one with `id:`"
    shown = ", ".join(f"`{id}`" for id in sorted(known)[:8])
    return f"the ids are {shown}{' and others' if len(known) > 8 else ''}; give the line one of its own if it has none"


def not_minuted(meeting: Meeting) -> Iterator[Finding]:
    """A line with a paper that has no entry, where no line above it has one either; routine lines need none."""
    if meeting.minutes is None:
        return
    said = {id(item) for entry in meeting.minutes.entries if (item := line_of(meeting, entry))}
    named = {name for entry in meeting.minutes.entries for name in (entry.item, entry.under) if name}
    for item in meeting.agenda:
        yield from _unsaid(meeting, item, said, named)


def _unsaid(meeting: Meeting, item: Item, said: set[int], named: set[str]) -> Iterator[Finding]:
    if item.next or id(item) in said or _ids(item) & named:
        return
    if item.items:
        for below in item.items:
            yield from _unsaid(meeting, below, said, named)
        return
    if item.state is not PaperState.PAPER or is_lost(meeting, item):
        return
    title = _title(meeting, item)
    words = title.value.strip() if title else item.id
    key = f"item: {min(_ids(item))}" if _ids(item) else f"title: {words}"
    help = f"add an entry with `{key}` to minutes.yaml"
    yield finding("not-minuted", item.at, f"the minutes have no entry for `{words}`", help)


def no_resolution(meeting: Meeting) -> Iterator[Finding]:
    """Confirmed minutes that do not say what became of a paper's recommendations."""
    if meeting.minutes is None or not meeting.minutes.confirmed:
        return
    for entry in meeting.minutes.entries:
        paper = paper_of(meeting, entry)
        if entry.resolved is None and paper and paper.recommendations:
            message = f"the minutes are confirmed and do not say what was resolved on `{paper.id}`"
            help = "write `resolved:` with what was decided, or `resolved: []` where nothing was"
            yield finding("no-resolution", entry.at, message, help)


def late_not_minuted(meeting: Meeting) -> Iterator[Finding]:
    """An entry on a late paper whose words say nothing of the urgency (Local Government Act 1972, s. 100B(4)(b))."""
    for entry in meeting.minutes.entries if meeting.minutes else ():
        paper = paper_of(meeting, entry)
        if paper and paper.late and not any(_URGENCY.search(text.value) for text in entry.texts()):
            message = (
                f"the entry does not state the special circumstances for which the late paper `{paper.id}` was taken"
            )
            help = "say under `discussion:` why the chair took it as a matter of urgency"
            yield finding("late-not-minuted", entry.at, message, help)


def duplicate_id(meeting: Meeting) -> Iterator[Finding]:
    """Two actions of a meeting with the same id."""
    if meeting.minutes:
        own = [action for _, action in meeting.minutes.actions() if action.id]
        for of in dict.fromkeys(action.of for action in own):
            yield from repeated([(action.id, action.at) for action in own if action.of == of], "actions have the id")


def action_owner(meeting: Meeting) -> Iterator[Finding]:
    """An action that nobody is to do; one that says again an earlier one has its owners from there."""
    for _, action in meeting.minutes.actions() if meeting.minutes else ():
        if not action.owners and not action.of:
            help = "write `owner:` with an id or a name from the register, or a body in words"
            yield finding("action-owner", action.at, "the action has no owner", help)


def action_due(meeting: Meeting) -> Iterator[Finding]:
    """An open action without a day, that is not put into the forward plan either."""
    for _, action in meeting.minutes.actions() if meeting.minutes else ():
        planned = action.due or action.due_next or action.plan
        if not planned and not action.of and action.state is not ActionState.CLOSED:
            help = "write `due:` with a date, or `due: next` for the next meeting"
            yield finding("action-due", action.at, "the action has no day by which it is to be done", help)


def unknown_action(meeting: Meeting) -> Iterator[Finding]:
    """An action that says again one of an earlier meeting which that meeting does not have."""
    for _, action in meeting.minutes.actions() if meeting.minutes else ():
        if not action.of:
            continue
        earlier = meeting.earlier.get(action.of)
        if earlier is None or earlier.minutes is None:
            message = f"there are no minutes of an earlier meeting `{action.of}`"
            yield finding("unknown-reference", action.at.find(action.of), message, _near(action.of, meeting.earlier))
            continue
        known = [each.id for _, each in earlier.minutes.actions() if each.id and not each.of]
        if action.id not in known:
            message = f"the minutes of {action.of} have no action `{action.id}`"
            yield finding("unknown-reference", action.at.find(action.id or action.of), message, _near(action.id, known))


def _near(wanted: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = get_close_matches(wanted, names, n=1)
    shown = ", ".join(f"`{each}`" for each in names)
    return f"did you mean `{near[0]}`?" if near else f"there are {shown}" if shown else "leave out `of:`"


def no_minutes(meeting: Meeting) -> Iterator[Finding]:
    """A line that places minutes which are not there, so that it prints as if they were to follow."""
    for item in _placing(meeting):
        if item.file or _is_too_late(item.paper, meeting):
            continue
        earlier = meeting.earlier.get(item.paper)
        if earlier is None or earlier.minutes is None:
            what = "meeting" if earlier is None else "minutes.yaml of"
            written = sorted(each.id for each in meeting.earlier.values() if each.minutes)
            near = get_close_matches(item.paper, written, n=1)
            help = f"write `{item.paper}/minutes.yaml`" if earlier else "name an earlier meeting by its folder"
            help = f"did you mean `{near[0]}`? otherwise {help}" if near else help
            message = f"there is no {what} `{item.paper}`, and the line prints that its minutes are to follow"
            yield finding("no-minutes", item.paper_at or item.at, message, help)


def not_earlier(meeting: Meeting) -> Iterator[Finding]:
    """A line that places the minutes of this meeting or of a later one."""
    for item in _placing(meeting):
        if _is_too_late(item.paper, meeting):
            which = "this meeting" if item.paper == meeting.id else "a later meeting"
            message = f"`{item.paper}` is {which}, whose minutes cannot be before this one"
            help = "correct the date of the meeting" if item.file else "name an earlier meeting by its folder"
            yield finding("wrong-value", item.paper_at or item.at, message, help)


def _is_too_late(folder: str, meeting: Meeting) -> bool:
    """Whether a folder is that of this meeting or of one on a later day; of one day the first is told by the hour."""
    return folder == meeting.id or folder[:10] > meeting.id[:10]


def _placing(meeting: Meeting) -> Iterator[Item]:
    return (item for item in meeting.items() if item.state is PaperState.MINUTES)
