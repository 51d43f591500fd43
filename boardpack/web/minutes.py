"""Minutes as an HTML article: who was there, what was said and resolved under each item, who is to do what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from boardpack.html import tables
from boardpack.html.markup import element, escape
from boardpack.html.tables import Cell, Row
from boardpack.model.board import Person
from boardpack.model.dates import long_date, short_date
from boardpack.model.figures import clock, sentence
from boardpack.model.meeting import NextMeeting
from boardpack.model.minutes import Action, ActionState, Minutes
from boardpack.model.numbered import LoggedAction, MinutedItem, NumberedFile, NumberedMeeting, NumberedMinutes
from boardpack.model.sentences import listed
from boardpack.web.cover import facts, place_and_time
from boardpack.web.links import Links
from boardpack.web.writer import Writer


def title(at: NumberedMinutes | NumberedFile) -> str:
    """Draft minutes of Thursday 12 June 2014."""
    if isinstance(at, NumberedFile):
        return at.title
    state = "Minutes" if at.minutes.confirmed else "Draft minutes"
    return f"{state} of {long_date(at.of.meeting.date)}"


def article(numbered: NumberedMeeting, at: NumberedMinutes | NumberedFile, links: Links) -> str:
    """The minutes, placed by the agenda of ``numbered`` or that meeting's own; equal in content to the Word.

    Of minutes that are a file the page has the title, and leads to the file.
    """
    if isinstance(at, NumberedFile):
        return _of_file(at, links)
    writer = Writer(at.of, None, links, at.minutes.path, at.start, apart=True)
    status = "Confirmed as a correct record" if at.minutes.confirmed else "Draft, not yet confirmed as a correct record"
    above = element("p", escape(at.named), class_="item") if at.named else ""
    known = facts(iter([("Status", status), *place_and_time(at.of)]))
    head = element("header", above + element("h1", escape(title(at))) + known)
    record = element("h2", "Record of the meeting") + "".join(_record(writer, at))
    parts = head + _attendance(at.minutes) + record + _log(writer, at, numbered)
    return element("article", parts + writer.endnotes(), id=at.start, class_="minutes")


def _of_file(at: NumberedFile, links: Links) -> str:
    above = element("p", escape(at.named), class_="item") if at.named else ""
    head = element("header", above + element("h1", escape(at.title)))
    file = at.entry.part.file
    kind = "Word" if at.entry.part.suffix == ".docx" else "PDF"
    link = element("a", escape(at.title), href=links.file(file)) if file else escape(at.title)
    return element("article", head + element("p", f"{link} ({kind})"), id=at.start, class_="minutes")


def _attendance(minutes: Minutes) -> str:
    """Who was present, in attendance, and who sent apologies; a list that the minutes leave out says nothing."""
    lists = {"Present": minutes.present, "In attendance": minutes.in_attendance, "Apologies": minutes.apologies}
    if not any(lists.values()):
        return ""
    rows = [_row("header", "Organisation", "Name")]
    for name, people in lists.items():
        rows += _people(name, people) if people else ()
    return element("h2", "Attendance") + tables.table(rows, name="Attendance", named_rows=True)


def _people(name: str, people: Sequence[Person]) -> Iterator[Row]:
    """A list of people, those of one organisation together where the first of them stands."""
    yield _row("group", name, "")
    for organisation in dict.fromkeys(person.organisation for person in people):
        named = (replace(person, organisation="").full for person in people if person.organisation == organisation)
        yield Row([Cell(escape(organisation)), Cell(element("br").join(escape(each) for each in named))])


def _record(writer: Writer, at: NumberedMinutes) -> Iterator[str]:
    level = 2
    for number, item in enumerate(at.items, 1):
        level = min(3 + min(item.depth, 2), level + 1)
        yield from _item(replace(writer, paper=item.paper, below=level), item, anchor(at, number))
    minuted = {item.name for item in at.items}
    for line in at.of.lines:  # the next meeting, where the agenda has a line for it of which the minutes say nothing
        if line.item.next and line.name not in minuted:
            words = writer.inline(line.item.title) if line.item.title else "Date of next meeting"
            yield _heading(line.label, words, min(3 + min(line.depth, 2), level + 1))
            yield element("p", escape(next_meeting(at.of.meeting.next)))


def anchor(at: NumberedMinutes, number: int) -> str:
    """The id of an entry's heading on the page of its minutes; entries count from 1."""
    return f"{at.start}e{number}"


def _item(writer: Writer, item: MinutedItem, id: str) -> Iterator[str]:
    """An entry: its heading, what was said, what was resolved, who is to do what."""
    line = writer.line(item.entry.title) if item.entry else None
    yield _heading(item.label, writer.inline(item.title), writer.below, line, id)
    if item.presenter:
        yield element("p", escape(item.presenter.full), class_="detail")
    if item.entry is None:
        return
    yield writer.blocks(item.entry.discussion)
    lead = element("strong", "Draft resolution:" if item.drafted else "Resolved:")
    for text in item.resolved:
        yield element("p", f"{lead} {writer.inline(text)}", class_="resolved", data_line=writer.line(text))
    yield "".join(_action(writer, action) for action in item.entry.actions)


def _action(writer: Writer, action: Action) -> str:
    """Who is to act, by when, and how far it has come if it is not simply open."""
    said = element("p", f"{element('strong', 'Action:')} {writer.inline(action.action)}")
    owners = listed([owner.ranked for owner in action.owners])
    due = f"by {short_date(action.due)}" if action.due else "by the next meeting" if action.due_next else ""
    state = "" if action.state is ActionState.OPEN else sentence(action.state.value)
    by = " · ".join(escape(each) for each in (owners, due, state) if each)
    plan = _planned(writer, action)
    parts = said + (element("p", plan) if plan else "") + (element("p", by, class_="detail") if by else "")
    return element("div", parts, class_="action", data_line=writer.line(action.action))


def _planned(writer: Writer, action: Action) -> str:
    """What an action puts into the forward plan; its title where that is not the action itself."""
    if action.plan is None:
        return ""
    day = short_date(date.fromisoformat(action.plan.meeting[:10]))
    title = f": {writer.inline(action.plan.title)}" if action.plan.title != action.action else ""
    return escape(f"Forward plan for {day}, {action.plan.theme}") + title


def _heading(label: str, words: str, level: int, line: int | None = None, id: str | None = None) -> str:
    number = element("span", escape(label), class_="number") + " " if label else ""
    return element(f"h{level}", number + words, id=id, data_line=line)


def next_meeting(meeting: NextMeeting | None) -> str:
    """When and where the board meets next, in one line."""
    if meeting is None:
        return ""
    starts = clock(meeting.starts) if meeting.starts else ""
    return ", ".join(filter(None, (long_date(meeting.date), starts, meeting.venue)))


def _log(writer: Writer, at: NumberedMinutes, placed_in: NumberedMeeting) -> str:
    """The actions of this meeting and of those before it that were open when the pack was made."""
    return action_log(writer, at.log, placed_in.meeting.date) if at.log else ""


def action_log(writer: Writer, log: Sequence[LoggedAction], today: date) -> str:
    """Open actions as a table under a heading; ``today`` is the day on which they are looked at."""
    rows = [_row("header", "Meeting", "Item", "Action", "Owner", "Due", "Status")]
    rows += [_logged(writer, each, today) for each in log]
    return element("h2", "Action log") + tables.table(rows, name="Action log")


def _logged(writer: Writer, each: LoggedAction, today: date) -> Row:
    action = each.action
    meeting, item = each.said_in
    said = replace(writer, numbered=meeting, paper=item.paper).inline(action.action)
    due = short_date(each.due) if each.due else "Next meeting" if action.due_next else "Not set"
    late = ", overdue" if each.due and each.due < today else ""
    before = (short_date(each.of.meeting.date), each.item.name)
    behind = (listed([owner.ranked for owner in action.owners]), f"{due}{late}", sentence(action.state.value))
    return Row([*(Cell(escape(text)) for text in before), Cell(said), *(Cell(escape(text)) for text in behind)])


def _row(kind: str, *texts: str) -> Row:
    return Row([Cell(escape(text)) for text in texts], kind)
