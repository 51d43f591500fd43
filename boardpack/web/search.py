"""The search: a script with every section of every page in it, and a page that looks through them.

There is no server to ask, and a page opened from a disk may fetch nothing, so the index is a script as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser

from boardpack.html.markup import VOID, element
from boardpack.web.page import SEARCH, Page
from boardpack.web.shown import Site
from boardpack.web.style import static

_SECTION = 20_000
"""Characters of a section that are searched."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Elements that begin a section where they can be led to."""
_WITHIN_WORDS = frozenset({"a", "em", "strong", "code", "span", "sup", "mark"})
"""Elements that may begin and end within a word."""


def page(site: Site) -> dict[str, bytes]:
    """The page and its script."""
    shown = Page(site, SEARCH, trail=[("All boards", "index.html")])
    field = element("label", "Words to look for", for_="q") + element(
        "input", type="search", id="q", name="q", autocomplete="off", spellcheck="false"
    )
    form = element(
        "form", field + element("button", "Search", type="submit"), class_="search", role="search", action=SEARCH
    )
    said = element("p", "", id="count", role="status")
    without = element(
        "noscript", element("p", "The search needs JavaScript. All meetings are listed under their board.")
    )
    main = element("h1", "Search") + form + without + said + element("ol", "", id="found", class_="cards")
    scripts = element("script", src="search-index.js", defer=True) + element("script", src="search.js", defer=True)
    written = shown.whole("Search", main, head=scripts, about="Search all agendas, papers and minutes.")
    return {SEARCH: written, "search.js": static("search.js").encode()}


def index(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """The words of these pages, section by section, as a script."""
    entries = []
    for path, data in sorted(pages.items()):
        reader = _Reader()
        reader.feed(data.decode())
        for anchor, heading, words in reader.sections():
            entries.append([f"{path}#{anchor}" if anchor else path, reader.title, heading, words[:_SECTION]])
    written = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    # These two end a line of a script in older browsers.
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return {"search-index.js": f"globalThis.boardpackPages = {written};\n".encode()}


class _Reader(HTMLParser):
    """The words of a page's main part, cut at its headings that can be led to."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self._open: list[str] = []
        self._main = False
        self._heading = False
        self._found: list[tuple[str, list[str], list[str]]] = [("", [], [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        named = dict(attrs)
        if tag == "main":
            self._main = True
        if tag in _HEADINGS and named.get("id"):
            self._found.append((named["id"] or "", [], []))
            self._heading = True
        if tag not in VOID:
            self._open.append(tag)
        if tag not in _WITHIN_WORDS:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        self._open.pop()
        if tag == "main":
            self._main = False
        if tag in _HEADINGS:
            self._heading = False
        if tag not in _WITHIN_WORDS:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._open[-1:] == ["title"]:
            self.title = data.partition(" · ")[0] if data.count(" · ") < 2 else " · ".join(data.split(" · ")[:-1])
        elif "nav" not in self._open and "script" not in self._open:
            self._add(data)

    def _add(self, words: str) -> None:
        if self._main:
            _, heading, text = self._found[-1]
            (heading if self._heading else text).append(words)

    def sections(self) -> list[tuple[str, str, str]]:
        """Anchor, heading and words of each section that has any."""
        joined = ((anchor, _spaced(heading), _spaced(text)) for anchor, heading, text in self._found)
        return [(anchor, heading, text) for anchor, heading, text in joined if heading or text]


def _spaced(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
