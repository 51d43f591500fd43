"""A pack or a supplement that was built -> the record that it is out (published.yaml)."""

from __future__ import annotations

from datetime import date

from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.pipeline import issue
from boardpack.pipeline.meeting import Built
from boardpack.publish import replace_file


class PublishedMeanwhileError(BoardpackError):
    """Two publish one meeting at once, and not the same."""

    exit_code = ExitCode.FINDINGS


def record(built: Built, on: date) -> None:
    """Write what is out beside the meeting's papers, in one step.

    Raises:
        PublishedMeanwhileError: if another record has come since the papers were read.
    """
    from boardpack.load import published

    numbered, laid = built.numbered, built.made.laid
    if laid is None:
        raise ValueError("what is published has been laid out")
    folder = numbered.meeting.folder
    now = issue.printed(numbered, built.made.rendered)
    out = issue.record(numbered, laid.pages, laid.number(laid.count), now, on)
    if published.read_published(folder, []) not in (numbered.meeting.published, out):
        raise PublishedMeanwhileError(
            f"{numbered.meeting.board.id}/{numbered.meeting.id} was published by somebody else while this was built, "
            "and stays as they recorded it; publish again, which builds what is still to go out"
        )
    before = published.words(folder) if numbered.meeting.published else {}
    replace_file(folder / published.NAME, published.written(out, {**before, **now.lines}).encode())
