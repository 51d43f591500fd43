"""Papers as published, on pages that nobody has laid out."""

from __future__ import annotations

from datetime import date

from boardpack import pipeline, render
from boardpack.load import published as record
from boardpack.number import number
from boardpack.pipeline import issue
from boardpack.places import Options, template_folders


def issue_again(options: Options, name: str) -> None:
    """Record a meeting's papers as published on 3 March 2010, all of them in one pack of nine pages."""
    (meeting,) = pipeline.check(options, [name], alone=False).meetings
    numbered = number(meeting)
    house = render.templates(template_folders(meeting.board, options))
    now = issue.printed(numbered, render.render(numbered, house))
    pages = {name: at for at, part in enumerate(numbered.parts.values(), 2) for name in (part.start, part.end)}
    out = issue.record(numbered, pages, 9, now, date(2010, 3, 3))
    (meeting.folder / record.NAME).write_text(record.written(out, dict(now.lines)), encoding="utf-8")
