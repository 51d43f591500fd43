"""A pack or a supplement that was built -> the record that it is out (published.yaml)."""

from __future__ import annotations

from datetime import date

from boardpack.pipeline import issue
from boardpack.pipeline.meeting import Built
from boardpack.publish import replace_file


def record(built: Built, on: date) -> None:
    """Write what is out beside the meeting's papers, in one step."""
    from boardpack.load import published

    numbered, laid = built.numbered, built.made.laid
    if laid is None:
        raise ValueError("what is published has been laid out")
    folder = numbered.meeting.folder
    now = issue.printed(numbered, built.made.rendered)
    out = issue.record(numbered, laid.pages, laid.number(laid.count), now, on)
    before = published.words(folder) if numbered.meeting.published else {}
    replace_file(folder / published.NAME, published.written(out, {**before, **now.lines}).encode())
