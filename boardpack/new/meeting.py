"""The form of a new meeting: the lines that stand on every agenda, as they stood on the last one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

from boardpack.diagnostics import UsageError
from boardpack.load.find import find_wanted
from boardpack.model.board import Board
from boardpack.model.dates import long_date
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.new.put import put_new, refuse_existing, schema_line
from boardpack.new.scalars import commented, scalar
from boardpack.places import Options

_FOLDER = re.compile(r"(\d{4}-\d\d-\d\d)(-[a-z0-9-]+)?")
_FIRST_LINES = """\
  - title: Welcome and apologies
    duration: 5                   # minutes; the times are worked out from `starts`

  - title: Declarations of interest
"""
_LAST_LINES = """\
  - title: Any other business
    id: any-other-business

  # - title: Date of next meeting # take the # away when `next:` above says when that is
  #   next: true
"""


def meeting(options: Options, named: str) -> Path:
    """Write the form of a new meeting, named ``board/date``; the board's last meeting before it is the model.

    Raises:
        UsageError: where there is no such board or day, or there is such a meeting already.
    """
    from boardpack import load

    folder, day = _folder(options.papers, named)
    path = folder / "meeting.yaml"
    refuse_existing(path)
    assembled = load.assemble(load.read(options.papers, [folder.parent]))
    if not assembled.boards:
        raise UsageError(f"there is no {folder.parent / 'board.yaml'}; write it with `boardpack new board`")
    earlier = [each for each in assembled.meetings if (each.date, each.id) < (day, folder.name)]
    last = max(earlier, key=lambda each: (each.date, each.id), default=None)
    lines = [schema_line("meeting", folder, options), *_form(assembled.boards[0], day, last, folder)]
    return put_new(path, "\n".join(lines).lstrip("\n") + "\n")


def _folder(papers: Path, named: str) -> tuple[Path, date]:
    """The folder of the meeting to be, and its day."""
    above, name = Path(named).parent, Path(named).name
    match = _FOLDER.fullmatch(name)
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if day is None or str(above) == ".":
        raise UsageError(f"`{named}` is no board with a date; such as `safer-essex/2027-01-14`")
    wanted = find_wanted(papers, [above])
    if not wanted.folders or wanted.folders[0].parent != papers:
        raise UsageError(f"`{above}` is not a board; name its folder in {papers}")
    return wanted.folders[0] / name, day


def _form(board: Board, day: date, last: Meeting | None, folder: Path) -> Iterator[str]:
    announced = last.next if last and last.next and last.next.date == day else None
    starts = (announced.starts if announced else None) or (last.starts if last else None)
    venue = (announced.venue if announced else "") or (last.venue if last else "")
    yield f"# {board.name}, {long_date(day)}."
    yield "# Fill in what is empty. Type no numbers, pages or times into the agenda: they are worked out."
    yield ""
    yield "# title: Special meeting          # only where it is no ordinary one"
    yield f"date: {day.isoformat()}"
    yield commented(_known("starts", _clock(starts), "9:30"), "the times on the agenda count from here")
    yield commented(_known("ends", _clock(last.ends if last else None), "12:00"), "when it is due to end")
    yield _known("venue", scalar(venue) if venue else "", "Committee Room 2, Town Hall, Exampleton")
    printed = any(item.next for item in last.agenda) if last else False
    sample = "{date: 2027-07-01, starts: 9:30, venue: Committee Room 2}"
    yield commented("next:", f"such as {sample}") if printed else f"# next: {sample}"
    yield ""
    yield "agenda:"
    yield from _kept_lines(last, folder) if last else _usual_lines(folder)


def _known(key: str, value: str, sample: str) -> str:
    """A line with a value, or with a sample behind a # where none is known."""
    return f"{key}: {value}" if value else f"# {key}: {sample}"


def _clock(at: time | None) -> str:
    return f"{at.hour}:{at.minute:02}" if at else ""


def _usual_lines(folder: Path) -> Iterator[str]:
    yield _FIRST_LINES
    yield from _papers(folder)
    yield _LAST_LINES.rstrip("\n")


def _kept_lines(last: Meeting, folder: Path) -> Iterator[str]:
    """The last agenda without its business; the papers go where its first line of business stood."""
    placed = False
    minuted = False
    for item in last.agenda:
        if _is_minutes(item) and not minuted:
            minuted = True
            yield from _line(item, last, minutes_of=last.id)
        elif _stands(item):
            yield from _line(item, last)
        else:
            if not placed:
                yield from _papers(folder)
            placed = True
            yield from _business(item, last)
    if not placed:
        yield from _papers(folder)


def _is_minutes(item: Item) -> bool:
    title = item.title.value.lower() if item.title else ""
    return item.state is PaperState.MINUTES or (item.state is PaperState.NONE and title.startswith("minutes"))


def _stands(item: Item) -> bool:
    """Whether a line is one of every agenda: nothing but a title, a presenter and a time."""
    return item.state is PaperState.NONE and not item.items and (item.title is not None or item.next)


def _line(item: Item, last: Meeting, minutes_of: str = "") -> Iterator[str]:
    """A line of the last agenda again. What it names by id it names again; ids of papers stay behind."""
    words = " ".join(item.title.value.split()) if item.title else ""
    said = [f"title: {scalar(words)}"] if words and not (minutes_of and str(last.date.year) in words) else []
    if minutes_of:
        said.append(f"minutes_of: {minutes_of}")
    if item.own_id:
        said.append(f"id: {item.id}")
    if item.presenter:
        said.append(f"presenter: {scalar(item.presenter.id or item.presenter.name)}")
    if item.duration:
        said.append(f"duration: {item.duration}")
    if item.next:
        said.append(commented("    next: true", "prints what stands under `next:` above")[4:])
    first, *others = said or ["title:"]
    yield f"  - {first}"
    yield from (f"    {each}" for each in others)
    yield ""


def _business(item: Item, last: Meeting) -> Iterator[str]:
    """A line of the last agenda's business, for the officer to take up again."""
    paper: Paper | None = last.papers.get(item.paper) if item.state is PaperState.PAPER else None
    title = item.title or (paper.title if paper else None)
    if title is None:
        return
    yield f"  # - title: {scalar(' '.join(title.value.split()))}"
    if item.items:
        yield "  #   items:"
        yield "  #     - paper: ID"
    yield ""


def _papers(folder: Path) -> Iterator[str]:
    """A line for each paper that lies in the folder already, or how such a line looks."""
    papers = sorted(path.stem for path in folder.glob("*.yaml") if path.stem not in ("minutes", "published"))
    if not papers:
        yield "  # The papers, each by its file's name without .yaml: title, author and purpose come from the paper."
        yield "  # - paper: ID"
        yield "  # - {title: Work in hand, paper: verbal}          # or `to follow`, or `tabled`"
    yield from (f"  - paper: {id}" for id in papers)
    yield ""
