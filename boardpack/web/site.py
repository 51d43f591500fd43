"""The public web site: pages, pictures, downloads, calendar, feed, data and search, as files by their path.

Pure but for reading the pictures and files that the papers name: nothing is written, no clock is asked, and the same
meetings give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.web import board_pages, charts, data, events, meeting_pages, search
from boardpack.web.files import served
from boardpack.web.page import STYLE, folder_of
from boardpack.web.shown import Kept, Site
from boardpack.web.style import stylesheet


def site(of: Site) -> dict[str, bytes]:
    """Every file of the site by its path, which has ``/`` between folders and no spaces but those of file names.

    Raises:
        ValueError: where nothing is published, of which there is no site.
    """
    if not of.meetings:
        raise ValueError("a site needs a meeting")
    needed = meeting_pages.Needed()
    pages = board_pages.first_page(of)
    for meetings in of.boards().values():
        pages |= board_pages.pages(of, meetings)
        for each in meetings:
            pages |= meeting_pages.pages(of, each, needed)
    files = {path: served(source) for path, source in needed.files.items()}
    for path, (shown, anchor) in needed.charts.items():
        files[path] = charts.picture(shown.numbered, anchor, of.look(shown.board))
    for each in of.meetings:
        for former in filter(None, each.unissued.values()):
            files = {**former.files, **files}
        files |= {f"{folder_of(each)}/{got.name}": got.data for got in each.downloads if got.data is not None}
    houses = [(meetings[0].board, (*of.look(meetings[0].board).colours, "")[0]) for meetings in of.boards().values()]
    files[STYLE] = _with_kept(stylesheet(houses), of.kept).encode()
    kept = {path: data for each in of.kept for path, data in each.files.items()}
    pages |= {path: data for path, data in kept.items() if path.endswith(".html")}
    return dict(
        sorted(
            {
                **files,
                **pages,
                **search.index(pages),
                **search.page(of),
                **data.data(of),
                **events.calendars(of),
                **events.feeds(of),
                **kept,
            }.items()
        )
    )


def _with_kept(style: str, kept: Iterable[Kept]) -> str:
    """The stylesheet with the lines that only boards have that stay as they were."""
    lines = (line for each in kept for line in each.styles if line not in style)
    return style + "".join(f"{line}\n" for line in dict.fromkeys(lines))
