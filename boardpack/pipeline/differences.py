"""What is out of a meeting, held against what its papers print now."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from boardpack.diagnostics import Finding, UsageError, has_errors
from boardpack.model.dates import short_date
from boardpack.model.meeting import Meeting
from boardpack.model.numbered import AnyPart, NumberedFile, NumberedMeeting, NumberedPaper
from boardpack.model.published import Published, PublishedPart
from boardpack.pipeline import issue
from boardpack.pipeline.leaking import refuse_leaks
from boardpack.places import Options, template_folders
from boardpack.publish import explained, replace_file

if TYPE_CHECKING:
    from datetime import date

    from boardpack.changes import About, Differences, Papers
    from boardpack.pipeline import Checked
    from boardpack.render import Rendered, Templates
    from boardpack.word.template import House


_OPEN = ("", "in part")
"""What a record says of parts that the public has, wholly or in part."""


@dataclass(frozen=True, slots=True)
class Found:
    """What differs, and whose papers it is of; the house style for the note. Nothing where the papers have errors."""

    findings: list[Finding]
    files: int
    board: str = ""
    meeting: str = ""
    about: About | None = None
    differences: Differences | None = None
    house: House | None = None


class Said(NamedTuple):
    """Words that are out: those that everybody could read, and those of withheld papers."""

    open: tuple[str, ...]
    closed: tuple[str, ...]


def differences(options: Options, named: str, *, public: bool, on: date | None = None) -> Found:
    """What differs between what was published of a meeting and its papers; for the public only what it may know.

    ``on`` is the day of the papers' check.

    Raises:
        UsageError: if no one meeting is named, or nothing of it has been published.
        LeakError: if what is for the public says anything that is withheld.
    """
    from boardpack import pipeline

    checked = pipeline.check(options, [named], alone=False, on=on)
    if checked.partial:
        checked = pipeline.check(options, [str(meeting.folder) for meeting in checked.meetings], alone=False, on=on)
    if has_errors(checked.findings):
        return Found(checked.findings, checked.files)
    if len(checked.meetings) != 1:
        raise UsageError(f"`{named}` is not one meeting; name it by its folder, or as board/meeting")
    (meeting,) = checked.meetings
    published = meeting.published
    if published is None:
        name = pipeline.name_of(meeting)
        raise UsageError(
            f"{name} has not been published, so that there is nothing to compare it with; "
            f"`boardpack publish {name}` records what goes out"
        )
    return _compared(meeting, published, options, checked, public=public)


def write(found: Found, options: Options, path: Path | None) -> Path | None:
    """Write the Word note to ``path``, or beside the packs; returns where it lies, nothing where there is none.

    Raises:
        UsageError: if ``path`` is no Word file's, or lies with the papers.
    """
    from boardpack import changes

    if found.about is None or found.differences is None or found.house is None:
        return None
    target = path or options.output / found.board / f"{found.meeting}-changes.docx"
    if target.suffix.lower() != ".docx":
        raise UsageError(f"{target} is not the name of a Word file; let it end in .docx")
    if target.resolve().is_relative_to(options.papers.resolve()):
        raise UsageError(f"{target} lies with the papers, where notes are not written; name another file with --docx")
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, changes.note(found.about, found.differences, found.house))
    return target


def _compared(meeting: Meeting, published: Published, options: Options, checked: Checked, *, public: bool) -> Found:
    from boardpack import changes, render
    from boardpack.number import number

    house = render.templates(template_folders(meeting.board, options))
    numbered = number(meeting)
    now = _now(numbered, render.render(numbered, house))
    secrets = list(_secrets(published, checked.read)) if public else None
    about = changes.About(
        meeting.board.organisation,
        meeting.board.name,
        meeting.board.language,
        meeting.date,
        meeting.venue,
        tuple(issue.on for issue in published.issues),
        published.last_page + 1,
        public,
    )
    then = _then(numbered, published)
    found = changes.compare(then, now, secrets)
    if secrets is not None:
        note = {
            "changes.txt": changes.text(about, found).encode(),
            "changes.docx": changes.note(about, found, house.house),
        }
        _search(note, _said(then, now, secrets), numbered, checked, house)
    return Found(checked.findings, checked.files, meeting.board.id, meeting.id, about, found, house.house)


def _search(
    note: Mapping[str, bytes],
    said: Said,
    numbered: NumberedMeeting,
    checked: Checked,
    house: Templates,
) -> None:
    """Search what the public is to read as its edition is searched."""
    from boardpack import staging

    board = numbered.meeting.board
    of_board = [each for each in checked.read if each.board.id == board.id]
    with tempfile.TemporaryDirectory(prefix="boardpack-") as folder:
        staged = staging.stage(board, of_board, checked.trees, Path(folder))
        staged = replace(staged, words=(*staged.words, *said.closed), public=(*staged.public, *said.open))
        refuse_leaks(note, [staged], [house], (at for at in numbered.papers.values() if not at.paper.withheld))


def _said(then: Papers, now: Papers, secrets: Sequence[str]) -> Said:
    """What of the words that are out was open and what was not, and what both agendas say to everybody."""
    closed = [line for part in then.parts.values() if part.withheld not in _OPEN for line in part.lines]
    printed = [line for part in then.parts.values() if not part.withheld for line in (part.title, *part.lines)]
    hidden = [secret.casefold() for secret in secrets if secret]
    opened = [line for line in printed if not any(secret in line.casefold() for secret in hidden)]
    facts = [fact for side in (then, now) for fact in side.agenda.facts.values()]
    return Said((*opened, *facts, *(line.public for line in then.agenda.lines)), tuple(closed))


def _now(numbered: NumberedMeeting, rendered: Rendered) -> Papers:
    from boardpack import changes
    from boardpack.changes import agenda

    printed = issue.printed(numbered, rendered)
    parts = {
        key: changes.Part(
            at.label, title_of(at), printed.lines[key], printed.digests[key], issue.withheld(at, numbered.meeting)
        )
        for key, at in numbered.parts.items()
    }
    return changes.Papers(agenda.read(printed.lines[agenda.KEY]), parts)


def _then(numbered: NumberedMeeting, published: Published) -> Papers:
    """What is out, without the papers that an earlier supplement has withdrawn."""
    from boardpack import changes
    from boardpack.changes import agenda
    from boardpack.changes.withdrawn import standing
    from boardpack.load import published as record

    words = record.words(numbered.meeting.folder)
    had = standing(agenda.read(words[agenda.KEY]), published)
    latest = {part.key: part for part in published.parts if had is None or part.key in {*had, *numbered.parts}}
    parts = {
        key: changes.Part(part.number, part.title, words[key], part.digest, part.withheld, _pages(part))
        for key, part in latest.items()
    }
    return changes.Papers(agenda.read(words[agenda.KEY]), parts)


def title_of(at: AnyPart) -> str:
    """What a part is called, in plain words."""
    from boardpack.word.prose import plain

    if isinstance(at, NumberedPaper):
        return plain(at.paper.title.value)
    day = at.day if isinstance(at, NumberedFile) else at.of.meeting.date
    return f"minutes of {short_date(day)}"


def _pages(part: PublishedPart) -> str:
    pages = f"page {part.first}" if part.first == part.last else f"pages {part.first} to {part.last}"
    return f"{pages} of supplement {part.supplement}" if part.supplement else pages


def _secrets(published: Published, read: Sequence[Meeting]) -> Iterator[str]:
    """The titles that the public may not have, then and now; those of other meetings stand in forward plans."""
    from boardpack.word.prose import plain

    yield from (plain(part.title) for part in published.parts if part.withheld not in _OPEN)
    for meeting in read:
        for paper in meeting.papers.values():
            yield from (plain(each.title.value) for each in paper.appendices if each.withheld)
            if paper.withheld:
                yield plain(paper.title.value)
