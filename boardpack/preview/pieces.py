"""The page of a paper and that of the agenda in pieces of HTML, as a browser puts them into place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from boardpack.diagnostics import Finding
from boardpack.markdown.walk import plain
from boardpack.preview import wording
from boardpack.preview.article import Article
from boardpack.preview.facts import facts
from boardpack.preview.pages import Pack
from boardpack.preview.reading import Reading
from boardpack.preview.templates import fill

_MOST = 3
"""Errors that are shown over a paper; the others stand beside it."""


def of_paper(
    id: str, reading: Reading, good: Reading | None, article: Article | None, root: str
) -> Mapping[str, object]:
    """A paper as it was read; ``good`` is the reading in which it was last sound, and ``article`` is of that one."""
    today = date.today()  # noqa: DTZ011  # the day on the author's own calendar
    own, broken = reading.own(id), reading.in_the_way(id) if good is not reading else []
    gone = not broken and good is not reading
    paper, meeting = (good.paper(id), good.meeting) if good else (None, None)
    at = good.printed(id) if good else None
    found = wording.counts({*own, *broken})
    values = {
        "id": id,
        "root": root,
        "stem": at.stem if at else id,
        "facts": facts(paper, meeting.board, good.due, today) if paper and meeting and good else [],
        **_findings(reading, own, broken),
        "gone": gone,
        "has_article": article is not None,
    }
    return {
        "title": plain(paper.title.value) if paper else id,
        "counts": wording.in_words(found),
        "broken": bool(broken) or gone,
        "facts": fill("facts.html", values),
        "findings": fill("findings.html", values),
        "over": fill("over.html", values),
        "article": article.html if article else "",
    }


def of_meeting(reading: Reading, pack: Pack | None, root: str) -> Mapping[str, object]:
    """The agenda, each line with its state and how much is wrong in its paper."""
    meeting = reading.meeting
    own, broken = reading.own(""), [] if meeting else reading.in_the_way("")
    values = {
        "id": "",
        "root": root,
        "rows": wording.rows(reading, pack),
        "loose": wording.loose(reading),
        "meeting": meeting,
        "due": reading.due,
        "today": date.today(),  # noqa: DTZ011  # the day on the author's own calendar
        **_findings(reading, own, broken),
        "gone": meeting is None and not broken,
        "has_article": False,
    }
    return {
        "title": meeting.board.name if meeting else reading.folder.name,
        "counts": wording.in_words(wording.counts(own)),
        "broken": meeting is None,
        "facts": fill("meeting_facts.html", values),
        "findings": fill("findings.html", values),
        "over": fill("over.html", values),
        "article": fill("agenda.html", values),
    }


def _findings(reading: Reading, own: list[Finding], broken: list[Finding]) -> Mapping[str, object]:
    return {
        "findings": wording.shown(own, reading.folder),
        "broken": wording.shown(broken, reading.folder)[:_MOST],
        "more": max(len(broken) - _MOST, 0),
        "elsewhere": wording.counts(each for each in reading.findings if each not in own),
    }
