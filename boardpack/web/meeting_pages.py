"""The pages of a meeting: its agenda with what can be downloaded, each paper, its minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from boardpack.html.markup import element, escape
from boardpack.model.dates import long_date, short_date
from boardpack.model.numbered import AnyPart, NumberedPaper
from boardpack.web import minutes, paper
from boardpack.web.agenda import agenda
from boardpack.web.cover import facts, place_and_time
from boardpack.web.events import embedded
from boardpack.web.links import AGENDA, Links
from boardpack.web.page import Page, board_page, chart_path, file_path, folder_of, meeting_page, part_page
from boardpack.web.shown import Download, Shown, Site


@dataclass
class Needed:
    """What pages refer to beside other pages: files of the papers and charts, by where they lie on the site."""

    files: dict[str, Path] = field(default_factory=dict)
    charts: dict[str, tuple[Shown, str]] = field(default_factory=dict)


def pages(site: Site, shown: Shown, needed: Needed) -> dict[str, bytes]:
    """Every page of a meeting."""
    found = {meeting_page(shown): _meeting(site, shown)}
    keys: list[str] = [key for key, _ in shown.parts()]
    for before, key, after in zip(["", *keys], keys, [*keys[1:], ""], strict=False):
        found[part_page(shown, key)] = _part(site, shown, key, (before, after), needed)
    if shown.numbered.minutes:
        found[part_page(shown, AGENDA)] = _part(site, shown, AGENDA, ("", ""), needed)
    return found


def name(shown: Shown) -> str:
    """What a meeting is called: Safer Essex, 11 March 2010."""
    return f"{shown.board.name}, {short_date(shown.meeting.date)}"


def title_of(part: AnyPart) -> str:
    """The title of a paper or of minutes in plain words."""
    return paper.title(part) if isinstance(part, NumberedPaper) else minutes.title(part)


def _page(site: Site, shown: Shown, path: str, *, below: bool) -> Page:
    board = shown.board
    trail = [("All boards", "index.html"), (board.name, board_page(board.id))]
    if below:
        trail.append((f"Meeting of {short_date(shown.meeting.date)}", meeting_page(shown)))
    return Page(site, path, board.id, board.language, trail)


def _meeting(site: Site, shown: Shown) -> bytes:
    meeting = shown.meeting
    page = _page(site, shown, meeting_page(shown), below=False)
    known = (row for row in place_and_time(shown.numbered) if row[0] != "Meeting")
    head = element("p", escape(meeting.board.name), class_="item")
    head += element("h1", escape(" · ".join(filter(None, (f"Meeting of {long_date(meeting.date)}", meeting.title)))))
    head += facts(known)
    if shown.numbered.minutes:
        what = title_of(shown.numbered.minutes)
        head += element("p", page.link(part_page(shown, AGENDA), escape(what)), class_="lead")

    to = _parts(page, shown)
    lines = element("h2", "Agenda", id="agenda")
    lines += agenda(shown.numbered, href=lambda key: to(key) if key else "", pages=shown.pages) + _withdrawn(shown)
    got = _downloads(page, shown, [each for each in shown.downloads if not each.part])
    about = f"Agenda and papers of {name(shown)}."
    return page.whole(name(shown), head + got + lines, head=embedded(page, shown), about=about)


def _withdrawn(shown: Shown) -> str:
    """The lines that were published and are withdrawn, so that nobody looks for a number that is not there."""
    if not shown.withdrawn:
        return ""
    items = "".join(element("li", escape(f"{label} {title}".strip())) for label, title in shown.withdrawn)
    return element("h3", "Withdrawn since publication", id="withdrawn") + element("ul", items)


def _downloads(page: Page, shown: Shown, files: Iterable[Download]) -> str:
    """What can be downloaded, each with its kind, its size and its pages."""
    items = "".join(
        element("li", page.link(f"{folder_of(shown)}/{each.name}", f"{escape(each.title)} ({each.said})"))
        for each in files
    )
    if not items:
        return ""
    return element(
        "section", element("h2", "Downloads", id="downloads") + element("ul", items, class_="plain"), class_="downloads"
    )


def _part(site: Site, shown: Shown, key: str, beside: tuple[str, str], needed: Needed) -> bytes:
    """The page of a paper or of minutes, with the ways to the ones before and behind it."""
    page = _page(site, shown, part_page(shown, key), below=True)
    numbered = shown.numbered
    part = numbered.parts[key] if key else numbered.minutes
    if part is None:
        raise KeyError(key)
    links = Links(_files(page, shown, needed), _parts(page, shown), _charts(page, shown, needed), shown.pages)
    former = shown.unissued.get(key)
    if former:
        written = former.article
    elif isinstance(part, NumberedPaper):
        written = paper.article(numbered, part, links)
    else:
        written = minutes.article(numbered, part, links)
    label = f"Item {part.label}: " if part.label else ""
    called = former.title if former else title_of(part)
    about = f"{label}{called}. {name(shown)}."
    main = written + _own_downloads(page, shown, key, part) + _turn(page, shown, beside)
    return page.whole(f"{called} · {name(shown)}", main, about=about)


def _files(page: Page, shown: Shown, needed: Needed) -> Callable[[Path], str]:
    def address(path: Path) -> str:
        target = file_path(shown, path)
        needed.files[target] = path
        return page.to(target)

    return address


def _charts(page: Page, shown: Shown, needed: Needed) -> Callable[[str], str]:
    def address(anchor: str) -> str:
        target = chart_path(shown, anchor)
        needed.charts[target] = (shown, anchor)
        return page.to(target)

    return address


def _parts(page: Page, shown: Shown) -> Callable[[str], str]:
    def address(key: str) -> str:
        if key == AGENDA:
            return page.to(meeting_page(shown))
        target = part_page(shown, key)
        if not target and (sheet := shown.in_pack(key)):
            target = f"{folder_of(shown)}/{sheet}"
        return page.to(target) if target else ""

    return address


def _own_downloads(page: Page, shown: Shown, key: str, part: AnyPart) -> str:
    """The report by itself, and where it stands in the pack."""
    said = [
        page.link(f"{folder_of(shown)}/{each.name}", f"{escape(each.title)} ({each.said})")
        for each in shown.downloads
        if each.part == (key or "minutes")
    ]
    first, last = shown.pages.get(part.start, 0), shown.pages.get(part.end, 0)
    if sheet := shown.in_pack(key):
        where = f"page {first}" if first == last else f"pages {first} to {last}"
        pack = next(each.title for each in shown.downloads if each.name == sheet.partition("#")[0])
        said.append(page.link(f"{folder_of(shown)}/{sheet}", escape(f"{pack}, {where} (PDF)")))
    items = "".join(element("li", each) for each in said)
    if not items:
        return ""
    return element("section", element("h2", "Downloads") + element("ul", items, class_="plain"), class_="downloads")


def _turn(page: Page, shown: Shown, beside: tuple[str, str]) -> str:
    """The ways to the papers before and behind this one."""
    before, after = beside
    ways = []
    for key, word in ((before, "Before"), (after, "Next")):
        if key:
            part = shown.numbered.parts[key]
            label = f"{part.label} " if part.label else ""
            link = page.link(part_page(shown, key), escape(f"{label}{title_of(part)}"))
            ways.append(element("p", f"{word}: {link}"))
    return element("nav", "".join(ways), class_="turn", aria_label="Papers of this meeting") if ways else ""
