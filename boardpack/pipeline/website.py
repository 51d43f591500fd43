"""Everything that is published -> the web edition: each board's staged copy, searched like the public pack."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.diagnostics import BoardpackError, ExitCode, Finding
from boardpack.model.edition import Edition
from boardpack.model.labels import line_keys
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.published import Supplement
from boardpack.pipeline import issue
from boardpack.pipeline.documents import Say
from boardpack.pipeline.downloads import complete, downloads
from boardpack.pipeline.leaking import refuse_leaks
from boardpack.pipeline.public import Sources, read_staged
from boardpack.pipeline.still_open import Search, still_open, taken_back, withheld_since
from boardpack.places import WEB, Options, template_folders
from boardpack.publish import explained, put, refuse_foreign

if TYPE_CHECKING:
    from boardpack.charts.of_paper import Look
    from boardpack.model.numbered import Line, NumberedMeeting, Part
    from boardpack.model.published import Published
    from boardpack.render import Templates
    from boardpack.staging import Staged
    from boardpack.web.shown import Kept, Shown, Site


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
    readable = [each for each in sources.meetings if each.published and each.board.id not in faults]
    lost = list(complete(readable, options, say))
    with contextlib.ExitStack() as stack:
        stack.enter_context(explained(Path(tempfile.gettempdir())))
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="boardpack-web-")))
        boards = list(_boards(sources, options, work, but=faults))
        if not boards:
            return None
        search = _search(boards, kept, work)
        every = [each for board in boards for each in board.shown]
        shown, closed = still_open(every, withheld_since(sources.meetings), search)
        looks = {board.shown[0].board.id: _look(board.house) for board in boards}
        of = Site(shown, looks, address, kept=kept)
        files = site(of)
        say(f"web edition: searching {len(files)} files for what is withheld")
        search(_fresh(files, of))
        gone = list(_gone(files, target))
        put(files, target)
        waiting = (said for each in shown for said in _waiting_parts(each, of.as_of))
    for said in (*gone, *lost, *closed, *waiting):  # last, where it is read
        say(f"warning: {said}")
    return target


def _kept(faults: Mapping[str, Sequence[Finding]], target: Path, say: Say) -> list[Kept]:
    """The boards that stay as they are in the present site."""
    from boardpack.web.kept import kept
    from boardpack.web.page import STYLE

    found = []
    style = {STYLE: (target / STYLE).read_bytes()} if (target / STYLE).is_file() else {}
    for board, of_board in sorted(faults.items()):
        folder = target / board
        known = kept(board, {**_files(folder, target), **style})
        why = _said(of_board[0]) if of_board else "not all of its files are there"
        if known is None:
            raise UnreadableError(
                f"the web edition stays as it was, because papers of {board} that are out cannot be read ({why}), and "
                f"it has no pages of {board} that could be kept; mend them (`boardpack check {board}`), publish again"
            )
        say(f"warning: the pages of {board} stay as they were, because its papers cannot be read ({why})")
        found.append(known)
    return found


def _gone(files: Mapping[str, bytes], target: Path) -> Iterator[str]:
    """What is said of each meeting that the present site has and the new one has not."""
    for page in sorted(target.glob("*/*/index.html")):
        if page.relative_to(target).as_posix() not in files:
            name = "/".join(page.parts[-3:-1])
            yield (
                f"{name} is on the site no longer, because its folder is not among the papers; if that is not meant, "
                "take it back from version control and publish again"
            )


def _said(finding: Finding) -> str:
    """What is wrong and in which file."""
    if finding.place is None:
        return finding.message
    return f"{'/'.join(finding.place.source.path.parts[-3:])}: {finding.message}"


def _fresh(files: Mapping[str, bytes], of: Site) -> dict[str, bytes]:
    """The files that were made now: those that are kept, and those that are out, were searched when they were.

    What was public then may be a word of a withheld paper by now, and no papers can take back what is out.
    """
    from boardpack.web.page import folder_of

    old = {path for each in of.kept for path in each.files}
    old |= {f"{folder_of(each)}/{got.name}" for each in of.meetings for got in each.downloads}
    return {path: data for path, data in files.items() if path not in old}


def _search(boards: Sequence[_Board], kept: Sequence[Kept], work: Path) -> Search:
    """What looks in files for what these boards withhold; the other arguments are what it takes for public."""
    shown = [each for board in boards for each in board.shown]
    papers = [paper for each in shown for paper in each.numbered.papers.values()]
    known = [*(board.staged for board in boards), *_as_public(kept, work)]
    return lambda files: refuse_leaks(files, known, [board.house for board in boards], papers)


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
            _unissued(_shown(numbered, meeting, options), meeting, house, options.output / WEB)
            for numbered, meeting in zip(read_staged(staged, out, originals), out, strict=True)
        )
        yield _Board(staged, house, shown)


def _unissued(shown: Shown, meeting: Meeting, house: Templates, site: Path) -> Shown:
    """With the parts that say something else than what is out, and the lines that are withdrawn.

    The site must not say what no supplement has issued; it has what the present site has of these parts.
    """
    from boardpack import render
    from boardpack.number import number
    from boardpack.pipeline.publishing import withdrawn
    from boardpack.web.former import former
    from boardpack.web.page import folder_of, page_of

    members = number(meeting)
    now = issue.printed(members, render.render(members, house))
    out = {key: meeting.published.part(key) for key in members.parts} if meeting.published else {}
    other = {
        members.parts[key].start: known for key, known in out.items() if known and known.digest != now.digests[key]
    }
    waiting = {key: at for key, at in shown.numbered.parts.items() if at.start in other and shown.is_open(at)}
    lying = _files(site / folder_of(shown), site) if waiting else {}
    known = {
        key: former(page_of(shown, at), key, lying)
        if not taken_back(meeting, other[at.start].key, other[at.start].withheld)
        else None
        for key, at in waiting.items()
    }
    return replace(shown, unissued=known, withdrawn=tuple(withdrawn(meeting, now.agenda)))


def _files(folder: Path, site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _waiting_parts(shown: Shown, today: date) -> Iterator[str]:
    """What is said of the parts whose pages are not what their papers are.

    After the meeting nobody will issue what is new, such as an old forward plan that other meetings have moved on; only
    that a page has gone is told then.
    """
    from boardpack.web.meeting_pages import title_of

    name = f"{shown.board.id}/{shown.meeting.id}"
    for key, former in shown.unissued.items():
        if former and shown.meeting.date < today:
            continue
        part = shown.numbered.parts[key]
        stays = "stays as it was" if former else "is left out"
        yield (
            f"{part.label} {title_of(part)} of {name} says something else than what is out, so that its page {stays} "
            f"until `boardpack publish {name}` issues a supplement; `boardpack changes {name}` says what differs"
        )


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
    return Shown(numbered, out.issues[-1].on, pages, tuple(downloads(numbered, meeting, options)), log)


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


def _look(house: Templates) -> Look:
    from boardpack import fonts
    from boardpack.charts.of_paper import Look
    from boardpack.word.theme import accents, body_font

    parts = house.house.parts
    return Look(colours=accents(parts), font=fonts.file(body_font(parts)))
