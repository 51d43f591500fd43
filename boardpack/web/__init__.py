"""NumberedMeeting -> HTML: a part of the pack as an article, the agenda as a table, and the public web site.

``article`` and ``agenda`` serve the preview and the site alike; they know neither a server nor a file system beyond
the pictures whose size they state. Ids on a page are the bookmarks of the Word, and every block names the line of its
YAML file in ``data-line``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from boardpack.model.numbered import NumberedMeeting, NumberedPaper
from boardpack.web import minutes, paper
from boardpack.web.agenda import agenda as agenda
from boardpack.web.charts import picture as chart
from boardpack.web.links import Links, beside, nowhere
from boardpack.web.style import stylesheet as stylesheet

__all__ = ["agenda", "article", "chart", "stylesheet"]


def article(
    numbered: NumberedMeeting,
    key: str,
    *,
    address: Callable[[Path], str],
    href: Callable[[str], str] = nowhere,
    picture: Callable[[str], str] = beside,
    pages: Mapping[str, int] | None = None,
) -> str:
    """One part of the pack, a paper or minutes, as an ``article`` element that is equal in content to the Word.

    Args:
        numbered: the meeting.
        key: which part, as in ``numbered.parts``; ``""`` for the meeting's own minutes.
        address: the address of a file of the papers: pictures, appendices that are files.
        href: the address of another part by its key, of the agenda for ``""``; empty where it has no page.
        picture: the address of a chart's picture by the chart's anchor; :func:`chart` draws it.
        pages: the pages of the pack by bookmark, as far as they are known.
    """
    links = Links(address, href, picture, pages or {})
    at = numbered.parts[key] if key else numbered.minutes
    if at is None:
        raise KeyError(f"{numbered.meeting.id} has no minutes of its own")
    if isinstance(at, NumberedPaper):
        return paper.article(numbered, at, links)
    return minutes.article(numbered, at, links)
