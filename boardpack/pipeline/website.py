"""Everything that is published -> the web edition: each board's staged copy, searched like the public pack."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import BoardpackError, ExitCode, Finding
from boardpack.model.edition import Edition
from boardpack.model.labels import line_keys
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.published import Supplement
from boardpack.pipeline import issue
from boardpack.pipeline.documents import Say
from boardpack.pipeline.leaking import refuse_leaks
from boardpack.pipeline.public import Sources, read_staged
from boardpack.places import WEB, Options, template_folders
from boardpack.publish import explained, put, refuse_foreign

if TYPE_CHECKING:
    from boardpack.charts.of_paper import Look
    from boardpack.model.numbered import Line, NumberedMeeting, Part
    from boardpack.model.published import Published, PublishedPart
    from boardpack.render import Templates
    from boardpack.staging import Staged
    from boardpack.web.shown import Download, Kept, Shown


class UnreadableError(BoardpackError):
    """Papers that are out cannot be read, and there are no pages of them that could be kept."""

    exit_code = ExitCode.FINDINGS


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

    target = options.output / WEB
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
        house = render.templates(template_folders(meetings[0].board, options))
        shown = tuple(
            replace(_shown(numbered, meeting, options), unissued=_unissued(numbered, meeting, house))
            for numbered, meeting in zip(read_staged(staged, out, originals), out, strict=True)
        )
        yield _Board(staged, house, shown)


def _unissued(numbered: NumberedMeeting, meeting: Meeting, house: Templates) -> frozenset[str]:
    """The parts that say something else than what is out, until a supplement issues them: the site must not say it."""
    from boardpack import render
    from boardpack.number import number

    members = number(meeting)
    now = issue.printed(members, render.render(members, house))
    out = {key: meeting.published.part(key) for key in members.parts} if meeting.published else {}
    other = {members.parts[key].start for key, known in out.items() if known and known.digest != now.digests[key]}
    return frozenset(key for key, at in numbered.parts.items() if at.start in other)


def _shown(numbered: NumberedMeeting, meeting: Meeting, options: Options) -> Shown:
    from boardpack.number import open_actions
    from boardpack.web.shown import Shown

    out = numbered.meeting.published
    if out is None:
        raise ValueError(f"{meeting.id} is not published")
    numbered = _issued(numbered, out)
    known = [(at, part) for key, at in numbered.parts.items() if (part := out.part(key))]
    pages = {at.start: part.first for at, part in known} | {at.end: part.last for at, part in known}
    later = frozenset(at.start for at, part in known if part.supplement)
    issued = Supplement(len(out.issues) - 1, out.last_page, (), {}, pages, later) if later else None
    numbered = replace(numbered, edition=Edition(True, pages), supplement=issued)
    own = {numbered.meeting.id: numbered.meeting} if numbered.meeting.minutes else {}
    log = tuple(open_actions(replace(numbered.meeting, earlier={**numbered.meeting.earlier, **own})))
    return Shown(numbered, out.issues[-1].on, pages, tuple(_downloads(numbered, meeting, options)), log)


def _issued(numbered: NumberedMeeting, out: Published) -> NumberedMeeting:
    """The meeting with those lines and parts alone that have been issued: drafts of others lie with its papers."""
    keys = {id(item): key for item, key in line_keys(numbered.meeting)}
    parts = {key: at for key, at in numbered.parts.items() if out.part(key)}
    lines = tuple(_waiting(line, parts) for line in numbered.lines if keys[id(line.item)] in out.lines)
    papers = {key: at for key, at in numbered.papers.items() if key in parts}
    return replace(numbered, lines=lines, parts=parts, papers=papers)


def _waiting(line: Line, parts: Mapping[str, Part]) -> Line:
    """A line whose paper has come and is not out yet says what it said: that the report is to follow."""
    if not line.part or line.part in parts:
        return line
    return replace(line, part="", range_of="", purposes=(), item=replace(line.item, state=PaperState.TO_FOLLOW))


def _downloads(numbered: NumberedMeeting, meeting: Meeting, options: Options) -> Iterator[Download]:
    """The public files that lie in the output: never the members' where anything is withheld."""
    board = options.output / meeting.board.id
    number = len(meeting.published.issues) if meeting.published else 1
    for at in range(number):
        folder = board / (f"{meeting.id}-supplement-{at}" if at else meeting.id)
        issued = [part for part in meeting.published.parts if part.supplement == at] if meeting.published else []
        public = folder / "public"
        if not public.is_dir() and not any(part.withheld for part in issued):
            public = folder
        if any(_taken_back(meeting, part) for part in issued):
            continue
        yield from (_download(path, public, numbered, at) for path in _put_out(public))


def _put_out(folder: Path) -> Iterator[Path]:
    """The Word and PDF files of a build, as its manifest lists them; nothing else that may lie in the folder."""
    try:
        outputs = json.loads((folder / "manifest.json").read_bytes())["outputs"]
    except (OSError, ValueError, KeyError):
        return
    named = (folder / name for name in outputs if name.endswith((".docx", ".pdf")))
    whole = [
        path for path in named if path.is_file() and _is_as_built(path, outputs[path.relative_to(folder).as_posix()])
    ]
    yield from sorted(whole, key=lambda path: (len(path.relative_to(folder).parts), path.stem != "pack", *_kind(path)))


def _is_as_built(path: Path, digest: str) -> bool:
    return sha256(path.read_bytes()).hexdigest() == digest


def _taken_back(meeting: Meeting, part: PublishedPart) -> bool:
    """Whether what went out openly is withheld by now, so that no file that holds it may be offered any longer."""
    paper = meeting.papers.get(part.key)
    if paper is None:
        return False
    appended = any(each.withheld for each in paper.appendices) and not part.withheld
    return appended or (bool(paper.withheld) and part.withheld in {"", "in part"})


def _download(path: Path, folder: Path, numbered: NumberedMeeting, supplement: int) -> Download:
    from boardpack.markdown.walk import plain
    from boardpack.model.numbered import NumberedPaper
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
        title = plain(at.paper.title.value) if isinstance(at, NumberedPaper) else minutes.title(at)
    sheets = _sheets(path.with_suffix(".pdf"))
    return Download(below, title, len(data), len(sheets), data, part, sheets if path.suffix == ".pdf" else {})


def _kind(path: Path) -> tuple[bool, str]:
    """PDF before Word, which most people open less easily."""
    return path.suffix != ".pdf", path.name


def _sheets(pdf: Path) -> dict[int, int]:
    """On which sheet of a PDF, counted from 1, each of its page numbers is printed; nothing where there is none."""
    import pypdfium2

    if not pdf.is_file():
        return {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {int(document.get_page_label(at) or at + 1): at + 1 for at in range(len(document))}
    finally:
        document.close()


def _look(house: Templates) -> Look:
    from boardpack import fonts
    from boardpack.charts.of_paper import Look
    from boardpack.word.theme import accents, body_font

    parts = house.house.parts
    return Look(colours=accents(parts), font=fonts.file(body_font(parts)))
