"""Everything that is published -> the web edition: each board's staged copy, searched like the public pack."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import BoardpackError, ExitCode, Finding
from boardpack.model.edition import Edition
from boardpack.model.meeting import Meeting
from boardpack.pipeline.documents import Say
from boardpack.pipeline.leaking import refuse_leaks
from boardpack.pipeline.public import Sources, read_staged
from boardpack.places import Options, template_folders
from boardpack.publish import explained, put, refuse_foreign

if TYPE_CHECKING:
    from boardpack.charts.of_paper import Look
    from boardpack.model.numbered import NumberedMeeting
    from boardpack.render import Templates
    from boardpack.staging import Staged
    from boardpack.web.shown import Download, Kept, Shown


class UnreadableError(BoardpackError):
    """Papers that are out cannot be read, and there are no pages of them that could be kept."""

    exit_code = ExitCode.FINDINGS


FOLDER = "web"
"""The folder of the web edition in the output."""


@dataclass(frozen=True, slots=True)
class _Board:
    """A board's staged copy, its house, and its published meetings."""

    staged: Staged
    house: Templates
    shown: tuple[Shown, ...]


def website(
    sources: Sources, options: Options, say: Say, address: str, faults: Mapping[str, Sequence[Finding]]
) -> Path | None:
    """Write the web edition of every meeting that is out; ``None`` where none is.

    ``faults`` are those of boards, by id, of which something is out that cannot be read now. Such a board stays as the
    present site has it.

    Raises:
        UnreadableError: if the present site has no pages of such a board.
        LeakError: if a page holds words of withheld content; what lay there stays.
    """
    from boardpack.web.shown import Site
    from boardpack.web.site import site

    target = options.output / FOLDER
    refuse_foreign(target, options.papers)
    kept = _kept(faults, target, say)
    with contextlib.ExitStack() as stack:
        stack.enter_context(explained(Path(tempfile.gettempdir())))
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="boardpack-web-")))
        boards = list(_boards(sources, options, work, but=faults))
        if not boards:
            return None
        shown = [each for board in boards for each in board.shown]
        looks = {board.shown[0].board.id: _look(board.house) for board in boards}
        files = site(Site(shown, looks, address, kept=kept))
        say(f"web edition: searching {len(files)} files for what is withheld")
        papers = [paper for each in shown for paper in each.numbered.papers.values()]
        staged = [board.staged for board in boards]
        fresh = _fresh(files, kept, shown)
        refuse_leaks(fresh, [*staged, *_as_public(kept, work)], [board.house for board in boards], papers)
        put(files, target)
    return target


def _kept(faults: Mapping[str, Sequence[Finding]], target: Path, say: Say) -> list[Kept]:
    """The boards that stay as they are in the present site."""
    from boardpack.web.kept import kept

    found = []
    for board, of_board in sorted(faults.items()):
        folder = target / board
        lying = [path for path in (*folder.rglob("*"), target / "site.css") if path.is_file()]
        known = kept(board, {path.relative_to(target).as_posix(): path.read_bytes() for path in lying})
        why = _said(of_board[0]) if of_board else "not all of its files are there"
        if known is None:
            raise UnreadableError(
                f"the web edition stays as it was, because papers of {board} that are out cannot be read ({why}), and "
                f"it has no pages of {board} that could be kept; mend them (`boardpack check {board}`), publish again"
            )
        say(f"warning: the pages of {board} stay as they were, because its papers cannot be read ({why})")
        found.append(known)
    return found


def _said(finding: Finding) -> str:
    """What is wrong and in which file."""
    if finding.place is None:
        return finding.message
    return f"{'/'.join(finding.place.source.path.parts[-3:])}: {finding.message}"


def _fresh(files: Mapping[str, bytes], kept: Sequence[Kept], shown: Sequence[Shown]) -> dict[str, bytes]:
    """The files that were made now: those that are kept, and those that are out, were searched when they were.

    What was public then may be a word of a withheld paper by now, and no papers can take back what is out.
    """
    from boardpack.web.page import folder_of

    old = {path for each in kept for path in each.files}
    old |= {f"{folder_of(each)}/{got.name}" for each in shown for got in each.downloads}
    return {path: data for path, data in files.items() if path not in old}


def _as_public(kept: Sequence[Kept], work: Path) -> Iterator[Staged]:
    """What boards say that are kept, for the search: the index of words and the first page repeat it."""
    from boardpack.leaks import text_of
    from boardpack.staging import Staged

    for each in kept:
        pages = (text_of(path, data) for path, data in each.files.items() if path.endswith((".html", ".json")))
        yield Staged(work, (), (), (), tuple(text for page in pages for text in page), (), ())


def _boards(sources: Sources, options: Options, work: Path, but: Container[str]) -> Iterator[_Board]:
    from boardpack import render, staging

    for id in sorted({each.board.id for each in sources.meetings if each.published}):
        if id in but:
            continue
        meetings = [each for each in sources.meetings if each.board.id == id]
        staged = staging.stage(meetings[0].board, meetings, sources.trees, work / id)
        originals = {each.id: each for each in meetings}
        out = [each for each in meetings if each.published]
        shown = tuple(map(_shown, read_staged(staged, out, originals), out, repeat(options)))
        yield _Board(staged, render.templates(template_folders(meetings[0].board, options)), shown)


def _shown(numbered: NumberedMeeting, meeting: Meeting, options: Options) -> Shown:
    from boardpack.number import open_actions
    from boardpack.web.shown import Shown

    out = numbered.meeting.published
    if out is None:
        raise ValueError(f"{meeting.id} is not published")
    pages: dict[str, int] = {}
    for key, at in numbered.parts.items():
        if known := out.part(key):
            pages |= {at.start: known.first, at.end: known.last}
    numbered = replace(numbered, edition=Edition(True, pages))
    own = {numbered.meeting.id: numbered.meeting} if numbered.meeting.minutes else {}
    log = tuple(open_actions(replace(numbered.meeting, earlier={**numbered.meeting.earlier, **own})))
    return Shown(numbered, out.issues[-1].on, pages, tuple(_downloads(numbered, meeting, options)), log)


def _downloads(numbered: NumberedMeeting, meeting: Meeting, options: Options) -> Iterator[Download]:
    """The public files that lie in the output: never the members' where anything is withheld."""
    board = options.output / meeting.board.id
    number = len(meeting.published.issues) if meeting.published else 1
    for at in range(number):
        folder = board / (f"{meeting.id}-supplement-{at}" if at else meeting.id)
        public = folder / "public"
        if not public.is_dir():
            if _withholds(meeting, at):
                continue
            public = folder
        patterns = ("pack.*", "*.pdf", "*.docx", "reports/*.docx")
        found = dict.fromkeys(path for pattern in patterns for path in sorted(public.glob(pattern), key=_kind))
        yield from (_download(path, public, numbered, at) for path in found)


def _withholds(meeting: Meeting, supplement: int) -> bool:
    """Whether what was issued holds anything that was withheld then or is now: a paper may have been taken back since.

    A paper that is withheld and was not in it takes nothing from what is out.
    """
    out = meeting.published.parts if meeting.published else ()
    issued = [part for part in out if part.supplement == supplement]
    papers = [meeting.papers[part.key] for part in issued if part.key in meeting.papers]
    now = any(paper.withheld or any(each.withheld for each in paper.appendices) for paper in papers)
    return now or any(part.withheld for part in issued)


def _download(path: Path, folder: Path, numbered: NumberedMeeting, supplement: int) -> Download:
    from boardpack.markdown.walk import plain
    from boardpack.model.numbered import NumberedMinutes
    from boardpack.web import minutes
    from boardpack.web.shown import Download

    name = path.relative_to(folder).as_posix()
    below = f"supplement-{supplement}/{name}" if supplement else name
    titles = {
        "pack": "Meeting pack",
        "agenda": "Agenda",
        "minutes": "Minutes",
        "supplement": f"Supplement {supplement}",
    }
    part = next((key for key, at in numbered.parts.items() if at.stem == path.stem), "")
    part = "minutes" if path.stem == "minutes" else part
    data = path.read_bytes()
    title = titles.get(path.stem, path.stem)
    if at := numbered.parts.get(part):
        title = minutes.title(at) if isinstance(at, NumberedMinutes) else plain(at.paper.title.value)
    return Download(below, title, len(data), _pages(path), data, part)


def _kind(path: Path) -> tuple[bool, str]:
    """PDF before Word, which most people open less easily."""
    return path.suffix != ".pdf", path.name


def _pages(path: Path) -> int:
    """How many pages a PDF has, and the Word file beside it that it was made from."""
    import pypdfium2

    pdf = path.with_suffix(".pdf")
    if not pdf.is_file():
        return 0
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _look(house: Templates) -> Look:
    from boardpack import fonts
    from boardpack.charts.of_paper import Look
    from boardpack.word.theme import accents, body_font

    parts = house.house.parts
    return Look(colours=accents(parts), font=fonts.file(body_font(parts)))
