"""The pages of a board and the first page: meetings, decisions, open actions, the forward plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from boardpack.html import tables
from boardpack.html.markup import element, escape
from boardpack.html.tables import Cell, Row
from boardpack.markdown.walk import plain
from boardpack.model.board import Board, PlanEntry
from boardpack.model.dates import long_date, short_date
from boardpack.model.figures import clock, sentence
from boardpack.model.numbered import NumberedMinutes, NumberedPaper
from boardpack.model.sentences import listed
from boardpack.web import minutes
from boardpack.web.events import sittings
from boardpack.web.links import Links
from boardpack.web.page import Page, board_page, folder_of, meeting_page, part_page
from boardpack.web.shown import Shown, Site, Sitting
from boardpack.web.writer import Writer

_DECISIONS, _ACTIONS, _PLAN = "decisions.html", "actions.html", "forward-plan.html"


def first_page(site: Site) -> dict[str, bytes]:
    """The page of all boards."""
    page = Page(site, "index.html")
    cards = []
    organisations = {each.id: each.organisation for each in site.kept}
    organisations |= {id: meetings[0].board.organisation for id, meetings in site.boards().items()}
    for id, meetings in sittings(site).items():
        own = organisations[id] if organisations[id] not in {"", site.title} else ""
        lines = [element("p", page.link(board_page(id), escape(meetings[0].called)), class_="lead")]
        lines += [element("p", escape(own), class_="detail")] if own else []
        lines += [element("p", said) for said in _next_and_last(page, meetings)]
        cards.append(element("li", "".join(lines)))
    main = element("h1", "Meetings, agendas and papers") + element("ul", "".join(cards), class_="cards")
    about = f"Meetings, agendas, papers and minutes: {site.title}."
    return {page.path: page.whole(site.title, main, about=about)}


def _next_and_last(page: Page, meetings: Sequence[Sitting]) -> Iterator[str]:
    """Which meeting of a board is next, its papers published or only announced, and where none is, which was last."""
    as_of, latest = page.site.as_of, meetings[0]
    shown = min((each for each in meetings if each.day >= as_of), key=lambda each: each.day, default=latest)
    link = page.link(f"{shown.folder}/index.html", long_date(shown.day))
    if shown.day >= as_of:
        yield f"Next meeting: {link}"
        return
    if latest.following and latest.following >= as_of:
        yield f"Next meeting: {long_date(latest.following)}, papers to follow"
    yield f"Last meeting: {link}"


def _day(shown: Shown) -> date:
    return shown.meeting.date


def pages(site: Site, meetings: Sequence[Shown]) -> dict[str, bytes]:
    """Every page of a board that is not a meeting's; ``meetings`` are its own, the latest first."""
    board = meetings[0].board
    minuted = [(each, each.numbered.minutes) for each in meetings if each.numbered.minutes]
    plan = _planned(meetings, site.as_of)
    log = meetings[0].log
    found = {
        _DECISIONS: ("Decisions", _decisions(site, board, minuted)) if minuted else None,
        _ACTIONS: ("Open actions", _actions(site, meetings[0])) if log else None,
        _PLAN: ("Forward plan", _plan(plan)) if plan else None,
    }
    below = {name: known for name, known in found.items() if known}
    written = {f"{board.id}/{name}": _below(site, board, name, title, main) for name, (title, main) in below.items()}
    links = [(title, f"{board.id}/{name}") for name, (title, _) in below.items()]
    return {board_page(board.id): _board(site, meetings, links), **written}


def _below(site: Site, board: Board, name: str, title: str, main: str) -> bytes:
    page = Page(site, f"{board.id}/{name}", board.id, board.language, _trail(board))
    head = element("p", escape(board.name), class_="item") + element("h1", title)
    return page.whole(f"{title} · {board.name}", head + main, about=f"{title} of {board.name}.")


def _trail(board: Board) -> list[tuple[str, str]]:
    return [("All boards", "index.html"), (board.name, board_page(board.id))]


def _board(site: Site, meetings: Sequence[Shown], links: Sequence[tuple[str, str]]) -> bytes:
    board = meetings[0].board
    page = Page(site, board_page(board.id), board.id, board.language, _trail(board)[:1])
    coming = sorted((each for each in meetings if each.meeting.date >= site.as_of), key=_day)
    past = [each for each in meetings if each.meeting.date < site.as_of]
    own = board.organisation if board.organisation != board.name else ""
    main = (element("p", escape(own), class_="item") if own else "") + element("h1", escape(board.name))
    if links:
        items = "".join(element("li", page.link(path, title)) for title, path in links)
        main += element("nav", element("ul", items), aria_label="More of this board")
    main += element("h2", "Coming meetings")
    announced = _announced(meetings, coming, site.as_of)
    main += _listed(page, coming) if coming else ""
    main += element("p", escape(announced)) if announced else ""
    main += "" if coming or announced else element("p", "No meeting has been announced.")
    if past:
        main += element("h2", "Past meetings") + _listed(page, past)
    return page.whole(board.name, main, about=f"Meetings, agendas, papers and minutes of {board.name}.")


def _announced(meetings: Sequence[Shown], coming: Sequence[Shown], as_of: date) -> str:
    """The meeting that the latest agenda announces, where it is to come and is not published itself."""
    following = meetings[0].meeting.next
    if following is None or following.date < as_of or any(each.meeting.date == following.date for each in coming):
        return ""
    return f"After that: {minutes.next_meeting(following)}" if coming else minutes.next_meeting(following)


def _listed(page: Page, meetings: Iterable[Shown]) -> str:
    cards = []
    for each in meetings:
        meeting = each.meeting
        said = " · ".join(filter(None, (long_date(meeting.date), meeting.title)))
        where = ", ".join(filter(None, (clock(meeting.starts) if meeting.starts else "", meeting.venue)))
        lines = [element("p", page.link(meeting_page(each), escape(said)), class_="lead")]
        lines += [element("p", escape(where), class_="detail")] if where else []
        if ways := list(_ways(page, each)):
            lines.append(element("p", " · ".join(ways)))
        cards.append(element("li", "".join(lines)))
    return element("ul", "".join(cards), class_="cards")


def _ways(page: Page, shown: Shown) -> Iterator[str]:
    """To the minutes of a meeting and to its pack, so that who looks for one of them need not open the agenda.

    The links say of which meeting, for those who hear them one after the other.
    """
    of = element("span", f" of {short_date(shown.meeting.date)}", class_="hidden")
    if own := shown.numbered.minutes:
        yield page.link(part_page(shown, ""), ("Minutes" if own.minutes.confirmed else "Draft minutes") + of)
    if pack := next((each for each in shown.downloads if each.name == "pack.pdf"), None):
        yield page.link(f"{folder_of(shown)}/{pack.name}", f"{escape(pack.title)}{of} ({pack.said})")


# --- Decisions and actions --------------------------------------------------------------------------------


def _decisions(site: Site, board: Board, minuted: Iterable[tuple[Shown, NumberedMinutes | None]]) -> str:
    page = Page(site, f"{board.id}/{_DECISIONS}")
    parts = []
    for each, at in minuted:
        if at is None:
            continue
        said = "".join(_resolved(_writer(each), at, page.to(part_page(each, ""))))
        link = page.link(part_page(each, ""), escape(minutes.title(at)))
        parts.append(element("h2", link) + (said or element("p", "Nothing was resolved.")))
    return "".join(parts)


def _resolved(writer: Writer, at: NumberedMinutes, address: str) -> Iterator[str]:
    """What was resolved, each under its entry, which leads to where the minutes at this address tell of it."""
    for number, item in enumerate(at.items, 1):
        if item.resolved and not item.drafted:
            name = " ".join(filter(None, (item.label, plain(item.title.value) if item.title else "")))
            words = (element("li", writer.inline(text)) for text in item.resolved)
            link = element("a", escape(name), href=f"{address}#{minutes.anchor(at, number)}") if name else ""
            yield element("h3", link) + element("ul", "".join(words))


def _writer(shown: Shown) -> Writer:
    """What writes words of minutes outside them: without links, which lead from there."""
    return Writer(shown.numbered, None, Links(Path.as_posix), apart=True)


def _actions(site: Site, latest: Shown) -> str:
    log = minutes.action_log(_writer(latest), latest.log, site.as_of)
    return log.removeprefix(element("h2", "Action log"))


# --- The forward plan -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """A line of the forward plan: the day of its meeting, its theme, what comes and for what purpose."""

    meeting: str
    theme: str
    title: str
    purposes: tuple[str, ...]


def _planned(meetings: Sequence[Shown], as_of: date) -> list[_Plan]:
    """What is to come, by meeting and theme; what a board and a paper both announce stands once."""
    lines: dict[tuple[str, str, str], _Plan] = {}
    for entry in (*meetings[0].board.plan, *_of_minutes(meetings), *_of_papers(meetings)):
        if entry.meeting[:10] >= as_of.isoformat():
            title = " ".join(plain(entry.title.value).split())
            lines[entry.theme, entry.meeting, title.casefold()] = _Plan(
                entry.meeting, entry.theme, title, entry.purposes
            )
    themes = {theme: at for at, theme in enumerate(meetings[0].board.themes)}
    return sorted(lines.values(), key=lambda each: (each.meeting, themes.get(each.theme, len(themes))))


def _of_minutes(meetings: Sequence[Shown]) -> Iterator[PlanEntry]:
    for each in meetings:
        if at := each.numbered.minutes:
            yield from (action.plan for _, action in at.minutes.actions() if action.plan)


def _of_papers(meetings: Sequence[Shown]) -> Iterator[PlanEntry]:
    for each in meetings:
        for _, part in each.parts():
            if isinstance(part, NumberedPaper) and part.paper.theme:
                written = part.paper
                yield PlanEntry(written.theme, each.meeting.id, written.title, written.purposes, written.at)


def _plan(lines: Sequence[_Plan]) -> str:
    rows = [Row([Cell(name) for name in ("Theme", "What comes", "Purpose")], "header")]
    day = ""
    for line in lines:
        if line.meeting != day:
            day = line.meeting
            rows.append(Row([Cell(_called(day)), Cell(""), Cell("")], "group"))
        texts = (line.theme, line.title, sentence(listed(line.purposes)))
        rows.append(Row([Cell(escape(text)) for text in texts]))
    return tables.table(rows, name="Forward plan")


def _called(folder: str) -> str:
    """28 January 2010; of the folder 2010-03-11-special also what follows the date."""
    return escape(" ".join(filter(None, (short_date(date.fromisoformat(folder[:10])), folder[11:].replace("-", " ")))))
