"""The forward plan as a table of a paper: themes down, coming meetings across.

Its lines come from board.yaml, from the papers of the board's meetings, which say their ``theme``, and from the
actions of its minutes. ``[](forward-plan)`` shows the paper's own meeting and all later ones;
``[](forward-plan:2010-01-28)`` begins with an earlier one, ``[](forward-plan:2010-01-28..2011-03-10)`` also ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from boardpack.diagnostics import Place
from boardpack.model.board import Board, PlanEntry
from boardpack.model.dates import short_date
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.model.table import Cell, Column, Row, Table
from boardpack.model.text import Text, plan_stretch

_UPRIGHT = 4
"""How many meetings fit beside the themes on an upright page; beside more there is no room for purposes either."""


def with_plans(meeting: Meeting, meetings: Sequence[Meeting], folders: Iterable[str]) -> Meeting:
    """The meeting with the plan among the tables of each paper that refers to it.

    ``meetings`` are those of the board that were read, ``folders`` the names of all there are.
    """
    asked = {id: plans for id, paper in meeting.papers.items() if (plans := _asked(paper))}
    if not asked:
        return meeting
    lines = _lines(meeting.board, meetings)
    days = {*folders, *(line.meeting for line in lines)}
    if meeting.next and not any(day.startswith(meeting.next.date.isoformat()) for day in days):
        days.add(meeting.next.date.isoformat())
    papers = {id: _with_plans(meeting.papers[id], meeting, lines, days, plans) for id, plans in asked.items()}
    return replace(meeting, papers={**meeting.papers, **papers})


def _asked(paper: Paper) -> dict[str, Place]:
    """The plans that a paper refers to, by the ids that they have among its tables."""
    tables = (each for each in paper.references() if each.kind == "table" and each.target not in paper.tables)
    return {each.target: each.at for each in tables if plan_stretch(each.target) is not None}


def _with_plans(
    paper: Paper, meeting: Meeting, lines: list[PlanEntry], days: set[str], plans: Mapping[str, Place]
) -> Paper:
    tables = dict(paper.tables)
    for id, at in plans.items():
        since, until = plan_stretch(id) or ("", "")
        since = since or meeting.date.isoformat()
        across = sorted(day for day in days if since <= day[:10] <= (until or day) and is_dated(day))
        wide = len(across) > _UPRIGHT
        said = [replace(line, purposes=()) for line in lines] if wide else lines
        tables[id] = replace(_table(id, at, meeting.board, said, across), landscape=wide and not paper.landscape)
    return replace(paper, tables=tables)


def _lines(board: Board, meetings: Iterable[Meeting]) -> list[PlanEntry]:
    """Every line of the plan, once: what board.yaml and a paper both announce is the paper's."""
    lines = {_key(entry): entry for entry in board.plan}
    for meeting in meetings:
        lines |= {_key(entry): entry for entry in _of_papers(meeting)}
        if meeting.minutes:
            plans = (action.plan for _, action in meeting.minutes.actions() if action.plan)
            lines |= {_key(entry): entry for entry in plans}
    return list(lines.values())


def _table(id: str, at: Place, board: Board, lines: list[PlanEntry], across: list[str]) -> Table:
    filled = dict.fromkeys(line.theme for line in lines if line.meeting in across)
    themes = list(dict.fromkeys((*(theme for theme in board.themes if theme in filled), *filled))) or board.themes
    columns = [Column("theme", Text("Theme", at), "text", at)]
    columns += [Column(day, Text(_heading(day), at), "text", at) for day in across]
    caption = "Forward plan"
    if across:
        caption += f", {_heading(across[0])}" + (f" to {_heading(across[-1])}" if len(across) > 1 else "")
    rows = tuple(
        Row((Cell(Text(theme, at)), *(_cell(lines, theme, day, at) for day in across)), at) for theme in themes
    )
    return Table(id, at, Text(caption, at), tuple(columns), rows)


def _cell(lines: list[PlanEntry], theme: str, day: str, at: Place) -> Cell:
    said = [(line, _words(line)) for line in lines if (line.theme, line.meeting) == (theme, day)]
    if len(said) == 1:
        return Cell(Text(said[0][1], said[0][0].title.at))
    return Cell(Text("\n\n".join(words for _, words in said), at))


def _words(line: PlanEntry) -> str:
    title = " ".join(line.title.value.split())
    return f"{title} ({' and '.join(line.purposes)})" if line.purposes else title


def _heading(day: str) -> str:
    """28 January 2010; of the folder 2010-03-11-special also what follows the date."""
    return " ".join(filter(None, (short_date(date.fromisoformat(day[:10])), day[11:].replace("-", " "))))


def is_dated(folder: str) -> bool:
    """Whether a folder's name begins with a date, as that of a meeting does."""
    try:
        date.fromisoformat(folder[:10])
    except ValueError:
        return False
    return True


def _of_papers(meeting: Meeting) -> Iterator[PlanEntry]:
    """The papers of a meeting's agenda; a draft that no line names is nobody's plan yet."""
    named = {item.paper for item in meeting.items() if item.state is PaperState.PAPER}
    for paper in meeting.papers.values():
        if paper.theme and paper.id in named:
            yield PlanEntry(paper.theme, meeting.id, paper.title, paper.purposes, paper.at)


def _key(line: PlanEntry) -> tuple[str, str, str]:
    return line.theme, line.meeting, " ".join(line.title.value.split()).casefold()
