"""One meeting -> its pack in each edition that is wanted, put out whole or not at all."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack import fonts
from boardpack.diagnostics import Finding, UsageError
from boardpack.fonts import Font
from boardpack.model.meeting import Meeting
from boardpack.office import Office, version
from boardpack.pipeline import issue
from boardpack.pipeline.documents import Documents, Order, Say, documents
from boardpack.pipeline.wanted import Put, Wanted
from boardpack.places import KEPT, WEB, Options, inputs, template_folders
from boardpack.publish import explained, put, refuse_foreign, refuse_open
from boardpack.store import Store

if TYPE_CHECKING:
    from boardpack.model.numbered import NumberedMeeting
    from boardpack.pipeline.public import Sources
    from boardpack.render import Templates


_NOTE = """\
These are papers as they were laid out, so that the next build only lays out what has changed.
Withheld papers are among them: keep this folder as you keep the members' packs.
It may be deleted at any time; the next build then takes longer.
"""


@dataclass(frozen=True, slots=True)
class Built:
    """One pack or supplement that was put out, with what it holds."""

    put: Put
    numbered: NumberedMeeting
    made: Documents


def build(
    meeting: Meeting, options: Options, sources: Sources, wanted: Wanted, laying: Office | None, say: Say
) -> Built | None:
    """Build one meeting's pack, or its supplement, and put it out; nothing where no supplement is due."""
    from boardpack import render

    name = f"{meeting.board.id}/{meeting.id}"
    house = render.templates(template_folders(meeting.board, options))
    numbered = _issued(meeting, house, wanted)
    if wanted.supplement and numbered.supplement is None:
        say(f"{name}: neither a paper nor the agenda has come or changed since it was published")
        return None
    issued = numbered.supplement
    target = options.output / name if issued is None else options.output / f"{name}-supplement-{issued.number}"
    _refuse(meeting, target, options)
    with contextlib.ExitStack() as stack:
        stack.enter_context(explained(Path(tempfile.gettempdir())))
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="boardpack-")))
        open_to_all = wanted.public(meeting)
        engine = _engine(laying, _fonts(house, say)) if laying else {}
        kept = _kept(options, laying) if laying else {}
        order = Order(name, work, say, issue.pins(numbered), issued.out if issued else {}, kept.get("members"))
        made = documents(numbered, house, laying, order)
        issue.compare(numbered, made.laid.pages if made.laid else {})
        files: dict[str, bytes] = {}
        if wanted.edition != "public":
            files |= _members(numbered, made, sources, inputs(meeting, options), engine)
        if open_to_all:
            from boardpack.pipeline.public import public

            order = replace(order, name=f"{name}, public edition", work=work / "public", kept=kept.get("public"))
            files |= public(numbered, made, sources, house, options, laying, order, engine)
    put(files, target)
    _tidy(options.output / KEPT, kept.values())
    pages, passes = (made.laid.count, made.laid.passes) if made.laid else (0, 0)
    whole = target / ("public" if wanted.edition == "public" else "") / made.rendered.whole
    return Built(Put(whole, pages, open_to_all, passes=passes), numbered, made)


def _kept(options: Options, laying: Office) -> dict[str, Store]:
    """What is kept of layouts from one build to the next, below the output: the editions each for itself."""
    from boardpack.pipeline.current import program

    made_with = f"{program()} {version(laying.soffice)} {fonts.fingerprint()}"
    return {edition: Store(options.output / KEPT / edition, made_with) for edition in ("members", "public")}


def _tidy(folder: Path, kept: Iterable[Store]) -> None:
    """Keep what is kept within its bound, and say in the folder what it is."""
    for store in kept:
        store.trim()
    note = folder / "README.txt"
    if folder.is_dir() and not note.exists():
        with contextlib.suppress(OSError):  # as for all that is kept, a folder that cannot be written is no fault
            note.write_text(_NOTE, encoding="utf-8")


def _refuse(meeting: Meeting, target: Path, options: Options) -> None:
    """Refuse to build over papers, over open files, and where the web edition or a supplement lies."""
    refuse_foreign(target, options.papers)
    refuse_open(target)
    if meeting.board.id in {WEB, KEPT} or re.search(r"-supplement-\d+$", meeting.id):
        raise UsageError(
            f"{meeting.board.id}/{meeting.id} cannot be built under this name, since the web edition lies in `{WEB}`, "
            f"laid-out papers in `{KEPT}` and supplements in folders that end in `-supplement-1`; "
            "give the folder another name"
        )


def _issued(meeting: Meeting, house: Templates, wanted: Wanted) -> NumberedMeeting:
    """The meeting with its numbers, and with what is to be issued beside what is out."""
    from boardpack.number import number

    numbered = number(meeting)
    published = meeting.published
    if published is None:
        if wanted.supplement:
            raise UsageError(
                f"{meeting.board.id}/{meeting.id} has not been published, and a supplement goes on from what is out; "
                "leave --supplement out"
            )
        return numbered
    from boardpack import render
    from boardpack.changes import agenda
    from boardpack.load.published import words

    now = issue.printed(numbered, render.render(numbered, house))
    issued = issue.supplement(numbered, published, now, words(meeting.folder).get(agenda.KEY, []))
    if wanted.supplement:
        return replace(numbered, supplement=issued)
    issue.refuse_changed(numbered, published, issued)
    return numbered


def _members(
    numbered: NumberedMeeting,
    made: Documents,
    sources: Sources,
    made_of: Mapping[str, Path],
    engine: Mapping[str, str],
) -> dict[str, bytes]:
    """The members' files with the page of findings and the manifest."""
    from boardpack.manifest import manifest

    concerning = [each for each in sources.findings if _concerns(each, numbered.meeting)]
    fingerprint = sources.fingerprint(numbered.meeting.folder)
    files = made.files | _findings(numbered, concerning)
    return files | {
        "manifest.json": manifest(
            numbered,
            pages=made.laid.pages if made.laid else {},
            inputs=made_of,
            outputs=files,
            findings=concerning,
            engine={**engine, **drawn(numbered.meeting)},
            about={"pages": made.laid.count if made.laid else 0, "fingerprint": fingerprint},
        )
    }


def _fonts(house: Templates, say: Say) -> list[Font]:
    """The fonts that stand for those of the house style on this machine."""
    used = fonts.match(fonts.named(house.house.parts["word/styles.xml"]))
    for font in used:
        if not font.fits:
            say(f"warning: {font.family} stands in for {font.name}, with other widths ({fonts.REMEDY})")
    return used


def _engine(laying: Office, used: Sequence[Font]) -> dict[str, str]:
    """What the pages depend on beside the papers: the layout program and the fonts that it had."""
    found = {f"font {font.name}": f"{font.family} {font.version}" for font in used}
    return {"layout": version(laying.soffice), **found}


def _findings(numbered: NumberedMeeting, findings: Sequence[Finding]) -> dict[str, bytes]:
    """The page of findings for the secretariat, where there are any."""
    from boardpack import report
    from boardpack.findings_page import findings_page

    page = findings_page(numbered, report.in_order(findings, numbered.meeting.board.folder))
    return {"findings.html": page} if page else {}


def drawn(meeting: Meeting) -> dict[str, str]:
    """What draws the charts, where there are any."""
    if not any(paper.charts for paper in meeting.papers.values()):
        return {}
    from importlib.metadata import version

    return {"charts": f"matplotlib {version('matplotlib')}"}


def _concerns(each: Finding, meeting: Meeting) -> bool:
    """Whether a finding is of this meeting or of its board, and not of another pack of the same run."""
    path = each.place.source.path if each.place else None
    return path is None or path.is_relative_to(meeting.folder) or path == meeting.board.at.source.path
