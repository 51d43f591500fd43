"""A pack or a supplement that was built -> the record that it is out (published.yaml), and what the record knows of it.

Beside the words that each part printed the record keeps, under a key of its own, the agenda lines that have been
withdrawn since, as the public may read them: the agenda of a supplement has them no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from boardpack.diagnostics import BoardpackError, ExitCode
from boardpack.model.labels import labelled
from boardpack.model.meeting import Meeting
from boardpack.pipeline import issue
from boardpack.pipeline.meeting import Built
from boardpack.publish import replace_file

_WITHDRAWN = "meeting/withdrawn"
"""The key of the lines that are withdrawn; no paper has a name with a stroke in it."""
_SEPARATOR = "\t"


class PublishedMeanwhileError(BoardpackError):
    """Two publish one meeting at once, and not the same."""

    exit_code = ExitCode.FINDINGS


def record(built: Built, on: date) -> Callable[[], None]:
    """Write what is out beside the meeting's papers, in one step.

    Returns:
        What takes the record back, for when what it says turns out not to go out.

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
    path = folder / published.NAME
    lay = path.read_bytes() if path.is_file() else None
    before = published.words(folder) if numbered.meeting.published else {}
    gone = {_WITHDRAWN: [_SEPARATOR.join(each) for each in _gone(before, now.agenda)]} if before else {}
    replace_file(path, published.written(out, {**before, **now.lines, **gone}).encode())

    def take_back() -> None:
        if lay is None:
            path.unlink(missing_ok=True)
        else:
            replace_file(path, lay)

    return take_back


def withdrawn(meeting: Meeting, agenda: Sequence[str]) -> list[tuple[str, str]]:
    """The lines that were published and that the ``agenda`` of now has no longer: label, and title for the public."""
    from boardpack.load import published

    if meeting.published is None:
        return []
    standing = {label for _, label, *_ in labelled(meeting)}
    found = {label: title for label, title in _gone(published.words(meeting.folder), agenda) if label not in standing}
    order = list(meeting.published.lines.values())
    return sorted(found.items(), key=lambda each: order.index(each[0]) if each[0] in order else 0)


def _gone(before: Mapping[str, Sequence[str]], agenda: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Label and public title of the lines that a record has and ``agenda`` has not, withdrawn now or before."""
    from boardpack.changes import agenda as agendas

    for line in before.get(_WITHDRAWN, ()):
        label, _, title = line.partition(_SEPARATOR)
        yield label, title
    now = agendas.read(agenda)
    then = agendas.as_public(agendas.read(before[agendas.KEY]), now)
    for change in agendas.compare(then, now):
        if change.kind == "withdrawn" and change.label:
            yield change.label, change.title
