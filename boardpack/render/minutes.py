"""Minutes: who was there, what was said and resolved under each item, who is to do what, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from boardpack.model.board import Person
from boardpack.model.dates import long_date, short_date
from boardpack.model.minutes import Action, ActionState, Minutes
from boardpack.model.numbered import LoggedAction, MinutedItem, NumberedMeeting, NumberedMinutes
from boardpack.model.sentences import listed
from boardpack.render import words
from boardpack.render.agenda import next_meeting
from boardpack.render.paper import running
from boardpack.render.prose import Writer
from boardpack.word import fields, sections, template
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.markup import run
from boardpack.word.metrics import text_width
from boardpack.word.tables import Cell, Row, fit, flush, paragraph, table
from boardpack.word.template import House, Shell

_ACTION_BY = 1950
"""The width of the column that says who is to act, in twentieths of a point: most names in a line each."""
_SIDES = 192
"""What the margins of a cell take of its width in the house style that comes with the program."""
_EMPTY = paragraph("TableText", "")


def title(at: NumberedMinutes) -> str:
    """Draft minutes of Thursday 12 June 2014."""
    state = "Minutes" if at.minutes.confirmed else "Draft minutes"
    return f"{state} of {long_date(at.of.meeting.date)}"


def fragment(numbered: NumberedMeeting, at: NumberedMinutes, house: House, frame: Shell, ids: Ids) -> Fragment:
    """The minutes as a section of a document of ``numbered``, the meeting that confirms them or their own."""
    part = Fragment(ids)
    writer = Writer(at.of, None, part, house, apart=True)
    blocks = sections.mark_start(_framed(writer, at, frame) + _log(writer, at, numbered), part.bookmark(at.start))
    blocks = sections.mark_end(blocks, lambda runs: part.bookmark(at.end, runs))
    references = running(part, house, numbered, _running_item(at))
    part.xml.append(sections.close(blocks, sections.section(references, house.page, fields.section_start(at.start))))
    return part


def _running_item(at: NumberedMinutes) -> str:
    """What the header of every page says: whether these are drafts, and in a pack which minutes under which item."""
    state = "Confirmed minutes" if at.minutes.confirmed else "Draft minutes"
    return f"Item {at.label} · {state} of {short_date(at.of.meeting.date)}" if at.lines else state


def _framed(writer: Writer, at: NumberedMinutes, frame: Shell) -> str:
    meeting = at.of.meeting
    values: dict[str, object] = {
        "item_label": at.named,
        "title": title(at),
        "status": "Confirmed as a correct record"
        if at.minutes.confirmed
        else "Draft, not yet confirmed as a correct record",
        "organisation": meeting.board.organisation,
        "board": meeting.board.name,
        "meeting_title": meeting.title,
        "date": long_date(meeting.date),
        "time": " to ".join(words.clock(moment) for moment in (meeting.starts, meeting.ends) if moment),
        "venue": meeting.venue,
        "attendance": template.ready(_attendance(writer, at.minutes)),
        "minutes": template.ready(_record(writer, at)),
    }
    return writer.fragment.shell(frame, values)


def _attendance(writer: Writer, minutes: Minutes) -> str:
    """Who was present, in attendance, and who sent apologies; a list that the minutes leave out says nothing."""
    lists = {"Present": minutes.present, "In attendance": minutes.in_attendance, "Apologies": minutes.apologies}
    if not any(lists.values()):
        return ""
    header = _header("Organisation", "Name")
    rows = [header, *(row for name, people in lists.items() if people for row in _people(name, people))]
    width = writer.house.page.text_width
    return table(rows, [width * 2 // 5, width - width * 2 // 5], title="Attendance") + _after()


def _people(name: str, people: Sequence[Person]) -> Iterator[Row]:
    """A list of people, those of one organisation together where the first of them stands."""
    yield Row(
        [Cell(paragraph("TableGroup", run(name), keep=True)), Cell(paragraph("TableGroup", "", keep=True))], "group"
    )
    for organisation in dict.fromkeys(person.organisation for person in people):
        named = (replace(person, organisation="").full for person in people if person.organisation == organisation)
        yield Row(
            [_cell("TableText", organisation), Cell("".join(paragraph("TableText", run(each)) for each in named))]
        )


def _record(writer: Writer, at: NumberedMinutes) -> str:
    widths = _widths(writer, at.items)
    discussed = replace(writer, width=widths[1] - _SIDES)
    rows = [row for item in at.items for row in _rows(replace(discussed, paper=item.paper), item)]
    header = _header("Item", "Discussion", "Action by")
    rows = [header, *rows, *_next(writer, at)]
    return table(rows, widths, style="AgendaTable", title="Record of the meeting") + _after()


def _widths(writer: Writer, items: Iterable[MinutedItem]) -> list[int]:
    """The labels' column as wide as the widest label, that of the owners fixed, the rest for what was said."""
    label = max((text_width(item.label, 13, bold=True) for item in items), default=0.0)
    first = max(780, min(1800, round(label * 1.1) + 220))
    return [first, writer.house.page.text_width - first - _ACTION_BY, _ACTION_BY]


def _rows(writer: Writer, item: MinutedItem) -> Iterator[Row]:
    """An entry: its heading, what was said, what was resolved, who is to do what."""
    by = item.presenter.full if item.presenter else ""
    yield _heading(item.label, writer.inline(item.title), item.depth, by, keep=_goes_on(item))
    if item.entry and item.entry.discussion and (said := writer.blocks(item.entry.discussion)):
        yield Row([Cell(_EMPTY), Cell(flush(said)), Cell(_EMPTY)], "prose")
    for text in item.resolved:
        yield _row("Draft resolution: " if item.drafted else "Resolved: ", writer.inline(text))
    for action in item.entry.actions if item.entry else ():
        yield _row("Action: ", writer.inline(action.action), _planned(writer, action), _to_act(action))


def _next(writer: Writer, at: NumberedMinutes) -> Iterator[Row]:
    """The next meeting, where the agenda has a line for it of which the minutes say nothing."""
    minuted = {item.name for item in at.items}
    for line in at.of.lines:
        if line.item.next and line.name not in minuted:
            title = writer.inline(line.item.title) if line.item.title else run("Date of next meeting")
            yield _heading(line.label, title, line.depth, "", keep=True)
            yield _row("", run(next_meeting(at.of.meeting.next)))


def _heading(label: str, title: str, depth: int, by: str, *, keep: bool) -> Row:
    """The row that opens an entry, with who presented it; its label looks like the title and is no heading itself."""
    style = "Heading4" if depth else "Heading3"
    number = paragraph(style, run(label)).replace("</w:pPr>", '<w:outlineLvl w:val="9"/></w:pPr>', 1)
    said = paragraph(style, title, keep=keep or bool(by))
    said += paragraph("AgendaDetail", run(by), keep=keep) if by else ""
    cells = [Cell(flush(number)), Cell(flush(said)), Cell(_EMPTY)]
    return Row(cells, "group" if keep else "body")


def _goes_on(item: MinutedItem) -> bool:
    """Whether more follows the heading, so that it may not be the last on its page."""
    return item.entry is None or bool(item.entry.discussion or item.resolved or item.entry.actions)


def _row(lead: str, runs: str, below: str = "", by: Sequence[str] = ()) -> Row:
    """What was decided or is to be done; ``below`` the runs of a line under it, ``by`` the lines of the last column."""
    said = paragraph("BodyText", run(lead, bold=True) + runs) + (paragraph("BodyText", below) if below else "")
    owners = "".join(paragraph("TableText", run(each)) for each in by)
    return Row([Cell(_EMPTY), Cell(flush(said)), Cell(owners or _EMPTY)])


def _to_act(action: Action) -> list[str]:
    """Who is to act, by when, and how far it has come if it is not simply open."""
    owners = listed([owner.ranked for owner in action.owners])
    due = f"by {short_date(action.due)}" if action.due else "by the next meeting" if action.due_next else ""
    state = "" if action.state is ActionState.OPEN else words.sentence(action.state.value)
    return [each for each in (owners, due, state) if each]


def _planned(writer: Writer, action: Action) -> str:
    """What an action puts into the forward plan; its title where that is not the action itself."""
    if action.plan is None:
        return ""
    day = short_date(date.fromisoformat(action.plan.meeting[:10]))
    title = run(": ") + writer.inline(action.plan.title) if action.plan.title != action.action else ""
    return run(f"Forward plan for {day}, {action.plan.theme}") + title


def _log(writer: Writer, at: NumberedMinutes, placed_in: NumberedMeeting) -> str:
    """The actions of this meeting and of those before it that were open when the pack was made."""
    if not at.log:
        return ""
    header = _header("Meeting", "Item", "Action", "Owner", "Due", "Status")
    rows, widths = fit(
        [header, *(_logged(writer, each, placed_in.meeting.date) for each in at.log)], writer.house.page.text_width
    )
    return paragraph("CoverHeading", run("Action log"), keep=True) + table(rows, widths, title="Action log") + _after()


def _logged(writer: Writer, each: LoggedAction, today: date) -> Row:
    action = each.action
    meeting, item = each.said_in
    said = replace(writer, numbered=meeting, paper=item.paper).inline(action.action)
    due = short_date(each.due) if each.due else "Next meeting" if action.due_next else "Not set"
    late = ", overdue" if each.due and each.due < today else ""
    return Row(
        [
            _cell("TableText", short_date(each.of.meeting.date)),
            _cell("TableText", each.item.name),
            Cell(paragraph("TableText", said)),
            _cell("TableText", listed([owner.ranked for owner in action.owners])),
            _cell("TableText", f"{due}{late}"),
            _cell("TableText", words.sentence(action.state.value)),
        ]
    )


def _header(*names: str) -> Row:
    return Row([_cell("TableHeading", name) for name in names], "header")


def _cell(style: str, text: str) -> Cell:
    return Cell(paragraph(style, run(text)))


def _after() -> str:
    return paragraph("TableEnd", "")
