"""The frame of every page: head, landmarks, breadcrumbs, foot; and addresses from one page to another.

Addresses are relative and name the file, so that the site works on any server, in any folder, and opened from a disk.
There is no script and no style within a page, which its content security policy forbids.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from boardpack.html.markup import element, escape
from boardpack.model.dates import short_date
from boardpack.model.numbered import AnyPart
from boardpack.web.shown import Shown, Site

_POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'"
STYLE, SEARCH, FEED, CALENDAR = "site.css", "search.html", "feed.xml", "calendar.ics"
DATA = "data.json"


@dataclass(frozen=True, slots=True)
class Page:
    """A page while it is written: where it will lie (``safer-essex/2010-03-11/index.html``), and of which board it is.

    ``trail`` are the names and files of the pages above it, from the first.
    """

    site: Site
    path: str
    board: str = ""
    language: str = "en-GB"
    trail: Sequence[tuple[str, str]] = ()

    def to(self, target: str) -> str:
        """The address of another file of the site as seen from this one; with a ``#`` as it is."""
        path, sign, anchor = target.partition("#")
        return quote(posixpath.relpath(path, posixpath.dirname(self.path) or ".")) + sign + anchor

    def link(self, target: str, content: str) -> str:
        """A link to another file of the site; ``content`` is HTML."""
        return element("a", content, href=self.to(target))

    def whole(self, title: str, main: str, *, head: str = "", about: str = "") -> bytes:
        """The page with this ``main``; ``head`` goes into its head, ``about`` says in a sentence what it holds."""
        named = title if title == self.site.title else f"{title} · {self.site.title}"
        meta = [
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            element("title", escape(named)),
            element("meta", name="description", content=about) if about else "",
            element("link", rel="stylesheet", href=self.to(STYLE)),
            self._feed(),
            head,
        ]
        body = (
            element("a", "Skip to the content", href="#content", class_="skip")
            + self._header()
            + element("main", main, id="content", tabindex=-1)
            + self._footer()
        )
        written = element(
            "html",
            element("head", "".join(meta)) + element("body", body, data_board=self.board or None),
            lang=self.language,
        )
        return f"<!DOCTYPE html>\n{written}\n".encode()

    def _feed(self) -> str:
        path = f"{self.board}/{FEED}" if self.board else FEED
        return element("link", rel="alternate", type="application/atom+xml", title="News", href=self.to(path))

    def _header(self) -> str:
        name = element("p", self.link("index.html", escape(self.site.title)), class_="name")
        search = element("nav", self.link(SEARCH, "Search"), aria_label="Site")
        top = element("div", name + search, class_="site")
        if not self.trail:
            return element("header", top)
        steps = [element("li", self.link(path, escape(title))) for title, path in self.trail]
        return element(
            "header", top + element("nav", element("ol", "".join(steps)), class_="crumbs", aria_label="You are here")
        )

    def _footer(self) -> str:
        below = f"{self.board}/" if self.board else ""
        ways = (
            self.link(f"{below}{CALENDAR}", "Calendar"),
            self.link(f"{below}{FEED}", "News feed"),
            self.link(posixpath.join(posixpath.dirname(self.path), DATA), "Data"),
        )
        told = f"As published on {short_date(self.site.as_of)}."
        return element("footer", element("p", f"{told} {' · '.join(ways)}"))


def board_page(board: str) -> str:
    """Where the page of a board lies."""
    return f"{board}/index.html"


def folder_of(shown: Shown) -> str:
    """The folder of a meeting's pages."""
    return f"{shown.board.id}/{shown.meeting.id}"


def meeting_page(shown: Shown) -> str:
    """Where the page of a meeting lies."""
    return f"{folder_of(shown)}/index.html"


def part_page(shown: Shown, key: str) -> str:
    """Where the page of a part of a pack lies; ``""`` for the minutes of the meeting itself; empty if it has none."""
    if not key:
        return f"{folder_of(shown)}/minutes.html"
    parts = dict(shown.parts())
    return page_of(shown, parts[key]) if key in parts else ""


def page_of(shown: Shown, part: AnyPart) -> str:
    """Where the page of a part lies if it has one."""
    return f"{folder_of(shown)}/{'paper-' * (part.stem in _TAKEN)}{part.stem}.html"


_TAKEN = frozenset({"index", "minutes"})
"""Pages of a meeting that are no paper's."""


def file_path(shown: Shown, path: Path) -> str:
    """Where a file of the papers lies on the site: with the meeting in whose folder it is kept."""
    meeting, *below = path.relative_to(shown.board.folder).parts
    return "/".join((shown.board.id, meeting, "files", *below))


def chart_path(shown: Shown, anchor: str) -> str:
    """Where the picture of a chart lies."""
    return f"{folder_of(shown)}/charts/{anchor}.png"
