"""The minutes of a meeting with the labels of its agenda, and the log of the actions still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from boardpack.model.board import Person
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.minutes import Action, ActionState, Entry, Minutes
from boardpack.model.numbered import Line, LoggedAction, MinutedItem, NumberedMeeting, NumberedPaper
from boardpack.model.text import Text


def taken(meeting: Meeting, minutes: Minutes) -> Meeting:
    """The meeting with every entry ``under`` a line of its agenda as a further sub-item of that line."""
    under: dict[str, list[Item]] = {}
    for number, entry in enumerate(minutes.entries):
        if entry.under:
            under.setdefault(entry.under, []).append(
                Item(_own_id(number), entry.title, PaperState.NONE, "", entry.at, own_id=True)
            )
    return replace(meeting, agenda=tuple(_with(item, under) for item in meeting.agenda)) if under else meeting


def _own_id(number: int) -> str:
    return f"/{number}"  # no id in a file can hold a slash


def _with(item: Item, under: Mapping[str, list[Item]]) -> Item:
    below = (*(_with(each, under) for each in item.items), *(under.get(item.id, ()) if item.id else ()))
    return replace(item, items=below)


def minuted(of: NumberedMeeting, minutes: Minutes) -> Iterator[MinutedItem]:
    """Every entry in order, each under the lines of the agenda that have no entry of their own."""
    lines = [line_of(of, number, entry) for number, entry in enumerate(minutes.entries)]
    shown = {line.anchor for line in lines if line}
    recommended_at: set[str] = set()
    for line, entry in zip(lines, minutes.entries, strict=True):
        if line is None:
            yield MinutedItem("", "", entry.title, None, 0, entry, entry.resolved or (), False, None)
            continue
        for above in _above(of, line):
            if above.anchor not in shown and (_title(of, above) or above.anchor in dict(line.cited)):
                shown.add(above.anchor)
                title, by = _title(of, above), _presenter(of, above)
                yield MinutedItem(above.label, above.name, title, by, above.depth, None, (), False, None)
        paper = of.papers.get(line.part)
        drafts = entry.resolved is None and not minutes.confirmed and line.anchor not in recommended_at
        recommended = _recommended(paper, line) if drafts else ()
        recommended_at.add(line.anchor)
        yield MinutedItem(
            line.label,
            line.name,
            _title(of, line) or entry.title,
            _presenter(of, line),
            line.depth,
            entry,
            entry.resolved or recommended,
            bool(recommended),
            paper,
        )


def _recommended(paper: NumberedPaper | None, line: Line) -> tuple[Text, ...]:
    """What a paper recommends, at the first of its lines."""
    return paper.paper.recommendations if paper and paper.lines[0] == line else ()


def line_of(of: NumberedMeeting, number: int, entry: Entry) -> Line | None:
    """The line of the agenda that an entry is about: by its id, else by its words."""
    if entry.under:
        return of.line(_own_id(number))
    if entry.item:
        return of.line(entry.item)
    wanted = _words(entry.title)
    return next((line for line in of.lines if _words(_title(of, line)) == wanted), None)


def _words(text: Text | None) -> str:
    return " ".join(text.value.split()).casefold().rstrip(".;") if text else ""


def _title(of: NumberedMeeting, line: Line) -> Text | None:
    paper = of.papers.get(line.part)
    return line.item.title or (paper.paper.title if paper else None)


def _presenter(of: NumberedMeeting, line: Line) -> Person | None:
    paper = of.papers.get(line.part)
    return line.item.presenter or (paper.paper.presenter if paper else None)


def _above(of: NumberedMeeting, line: Line) -> list[Line]:
    """The lines that this one stands below, from the top."""
    above: list[Line] = []
    depth = line.depth
    for each in reversed(of.lines[: of.lines.index(line)]):
        if each.depth < depth:
            above.insert(0, each)
            depth = each.depth
    return above


def log(held: Iterable[tuple[NumberedMeeting, Minutes]]) -> Iterator[LoggedAction]:
    """The actions of these meetings, the earliest first, that nobody has closed since.

    An action that later minutes say again stands once, under the meeting that it came of, as they say it.
    """
    actions: dict[tuple[str, ...], LoggedAction] = {}
    for of, minutes in held:
        for item in minuted(of, minutes):
            for action in item.entry.actions if item.entry else ():
                key = _key(action, of.meeting.id, actions)
                first = actions.get(key, LoggedAction(of, item, (of, item), action, action.due))
                said = replace(action, owners=action.owners or first.action.owners)
                actions[key] = replace(first, said_in=(of, item), action=said, due=action.due or first.due)
    yield from (each for each in actions.values() if each.action.state is not ActionState.CLOSED)


def _key(action: Action, meeting: str, known: Mapping[tuple[str, ...], LoggedAction]) -> tuple[str, ...]:
    """What an action is the same by: its meeting and id; one with the id and the words of an earlier one is that."""
    if not action.id:
        return (meeting, str(action.at.start))
    if action.of:
        return (action.of, action.id)
    same = (
        key
        for key, each in known.items()
        if key[1] == action.id and _words(each.action.action) == _words(action.action)
    )
    return next(same, (meeting, action.id))
