"""One meeting -> the files of its pack: number, render, settle, verify, manifest, put."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack import fonts
from boardpack.diagnostics import Finding
from boardpack.fonts import Font
from boardpack.model.meeting import Meeting
from boardpack.office import Office, program, version
from boardpack.places import Options, inputs, template_folders
from boardpack.publish import explained, put, refuse_foreign, refuse_open

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from boardpack.layout import Laid
    from boardpack.model.numbered import NumberedMeeting
    from boardpack.render import Rendered, Templates
    from boardpack.word.package import Document
    from boardpack.word.template import Page

Say = Callable[[str], None]
_LONG = 80
"""Pages from which on reading a PDF takes longer than starting processes for it."""


@dataclass(frozen=True, slots=True)
class Built:
    """One pack that was put out: where, how many pages (0 without layout), in how many layout passes."""

    meeting: Meeting
    folder: Path
    pages: int
    passes: int


def build(meeting: Meeting, options: Options, findings: Sequence[Finding], laying: Office | None, say: Say) -> Built:
    """Build one meeting's pack and put it out."""
    from boardpack import render
    from boardpack.manifest import manifest
    from boardpack.number import number

    name = f"{meeting.board.id}/{meeting.id}"
    target = options.output / meeting.board.id / meeting.id
    refuse_foreign(target, options.papers)
    refuse_open(target)
    numbered = number(meeting)
    count = len(numbered.parts)
    say(f"{name}: writing the agenda and {count} paper{'s' if count != 1 else ''}")
    house = render.templates(template_folders(meeting.board, options))
    rendered = render.render(numbered, house)
    used = _fonts(house, say) if laying else []
    with explained(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="boardpack-") as work:
        laid = _laid_out(rendered.pack, laying, Path(work), name, say)
        files = _finished(rendered, laid, house.house.page, Path(work) / "pack.pdf")
        if rendered.minutes:
            say(f"{name}: writing the minutes")
            files |= _minutes(rendered.minutes, house.house.page, Path(work) / "minutes", pdf=laid is not None)
    concerning = [each for each in findings if _concerns(each, meeting)]
    files |= _findings(numbered, concerning)
    files["manifest.json"] = manifest(
        numbered,
        pages=laid.pages if laid else {},
        inputs=inputs(meeting, options),
        outputs=files,
        findings=concerning,
        engine={**(_engine(laying, used) if laying else {}), **_drawn(meeting)},
    )
    put(files, target)
    return Built(meeting, target, laid.count if laid else 0, laid.passes if laid else 0)


def _fonts(house: Templates, say: Say) -> list[Font]:
    """The fonts that stand for those of the house style on this machine."""
    used = fonts.match(fonts.named(house.house.parts["word/styles.xml"]))
    for font in used:
        if not font.fits:
            say(f"warning: {font.family} stands in for {font.name}, with other widths ({fonts.REMEDY})")
    return used


def _laid_out(pack: Document, laying: Office | None, work: Path, name: str, say: Say) -> Laid | None:
    from boardpack import layout

    if laying is None:
        return None
    say(f"{name}: laying out")
    laid = layout.settle(pack, laying, work)
    say(f"{name}: comparing every printed page number with its page")
    return laid


def _minutes(document: Document, page: Page, work: Path, *, pdf: bool) -> dict[str, bytes]:
    """The meeting's own minutes, which are a document of their own with its own page numbers."""
    from concurrent.futures import ThreadPoolExecutor

    from boardpack import layout

    if not pdf:
        return {"minutes.docx": document.write({})}
    work.mkdir()
    with Office(program()) as laying, ThreadPoolExecutor(1) as beside:
        laid = layout.settle(document, laying, work)
        data = layout.finished(laid, document, work / "minutes.pdf")
        written = document.write(laid.pages)
        layout.verify_word({"minutes.docx": written}, laid, whole="minutes.docx")
        layout.verify_pdf(work / "minutes.pdf", written, laid, page, beside)
    return {"minutes.docx": written, "minutes.pdf": data}


def _finished(rendered: Rendered, laid: Laid | None, page: Page, path: Path) -> dict[str, bytes]:
    """The files of a pack with its pages filled in, each opened again; the PDF is read while the others are written."""
    from concurrent.futures import ThreadPoolExecutor

    from boardpack import layout

    documents = rendered.files()
    if laid is None:
        return _written(documents, {})
    data = layout.finished(laid, rendered.pack, path)
    pack = documents.pop(layout.PACK).write(laid.pages)
    with _beside(laid.count) as readers, ThreadPoolExecutor(1) as beside:
        compared = beside.submit(layout.verify_pdf, path, pack, laid, page, readers)
        files = {layout.PACK: pack, **_written(documents, laid.pages)}
        layout.verify_word(files, laid, whole=layout.PACK)
        compared.result()
    return {**files, "pack.pdf": data}


def _beside(pages: int) -> Executor:
    """What reads a PDF while this process writes: for a long one processes, where they start at once, else a thread."""
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    if pages >= _LONG and "fork" in get_all_start_methods():
        return ProcessPoolExecutor(2, get_context("fork"))
    return ThreadPoolExecutor(1)


def _written(documents: Mapping[str, Document], pages: Mapping[str, int]) -> dict[str, bytes]:
    """The Word files with these pages filled in; half of the work is compression, which threads share."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(documents, pool.map(lambda document: document.write(pages), documents.values()), strict=True))


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


def _drawn(meeting: Meeting) -> dict[str, str]:
    """What draws the charts, where there are any."""
    from importlib.metadata import version as of

    drawn = any(paper.charts for paper in meeting.papers.values())
    return {"charts": f"matplotlib {of('matplotlib')}"} if drawn else {}


def _concerns(each: Finding, meeting: Meeting) -> bool:
    """Whether a finding is of this meeting or of its board, and not of another pack of the same run."""
    path = each.place.source.path if each.place else None
    return path is None or path.is_relative_to(meeting.folder) or path == meeting.board.at.source.path
