"""The order of the steps, on one screen.

    read -> validate -> assemble -> check the rules          what is wrong, for people
    number -> render -> settle -> verify -> manifest -> put    the pack, whole or not at all

Each step is a function from one value to the next; only the first and the last touch the papers and the output.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack import fonts
from boardpack.diagnostics import Finding, Severity, UsageError, has_errors
from boardpack.fonts import Font
from boardpack.model.meeting import Meeting
from boardpack.office import Office, available, missing, program, version
from boardpack.places import Options, coming, inputs, template_folders, unknown_templates
from boardpack.publish import explained, put, refuse_open

if TYPE_CHECKING:
    from boardpack.layout import Laid
    from boardpack.render import Rendered
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command has to tell: the findings, and the packs that it built."""

    findings: list[Finding]
    files: int
    built: list[Built] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Checked:
    """The papers as read and judged; ``partial`` where single files were named and not whole folders."""

    meetings: tuple[Meeting, ...]
    findings: list[Finding]
    files: int
    partial: bool


def check(options: Options, named: Sequence[str] = (), *, alone: bool = True) -> Checked:
    """Every finding in what was named; with ``alone`` papers that were not named are left unread."""
    from boardpack import load, rules, validate  # not before the office has been started

    library = load.read(options.papers, named, alone=alone)
    trees = library.trees
    findings = [*library.findings, *validate.check(trees, options.schemas)]
    assembled = load.assemble(library)
    findings += assembled.findings
    for board in assembled.boards:
        findings += [*rules.check_board(board), *unknown_templates(board, options.templates)]
    findings += [each for meeting in assembled.meetings for each in rules.check(meeting)]
    return Checked(
        assembled.meetings, library.concerning(findings, assembled.meetings), len(trees), bool(library.wanted.files)
    )


def pack(
    options: Options, named: Sequence[str], *, today: date, pdf: bool, strict: bool, say: Say = lambda _: None
) -> Outcome:
    """Check, then build each meeting that was named, or each board's next one.

    Raises:
        BoardpackError: what stops a build that is not a fault of the papers; the earlier output stays as it was.
    """
    with contextlib.ExitStack() as stack:
        with explained(Path(tempfile.gettempdir())):
            laying = stack.enter_context(Office(program())) if pdf and available() else None
        checked = check(options, named or coming(options.papers, today), alone=False)
        if checked.partial:  # a paper was named, and its meeting is built: all of it must be right
            checked = check(options, [str(meeting.folder) for meeting in checked.meetings], alone=False)
        findings = [_strictly(each) for each in checked.findings] if strict else checked.findings
        if has_errors(findings):
            return Outcome(findings, checked.files)
        if not checked.meetings:
            raise UsageError(
                f"there is no meeting in {options.papers}; write one with meeting.yaml in a folder with its date"
            )
        if pdf and laying is None:
            raise missing()
        built = [_build(meeting, options, findings, laying, say) for meeting in checked.meetings]
    return Outcome(findings, checked.files, built)


def _build(meeting: Meeting, options: Options, findings: Sequence[Finding], laying: Office | None, say: Say) -> Built:
    from boardpack import layout, render
    from boardpack.manifest import manifest
    from boardpack.number import number

    name = f"{meeting.board.id}/{meeting.id}"
    target = options.output / meeting.board.id / meeting.id
    refuse_open(target)
    numbered = number(meeting)
    count = len(numbered.papers)
    say(f"{name}: writing the agenda and {count} paper{'s' if count != 1 else ''}")
    house = render.templates(template_folders(meeting, options))
    rendered = render.render(numbered, house)
    laid, used = None, list[Font]()
    with explained(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory(prefix="boardpack-") as work:
        if laying:
            used = fonts.match(fonts.named(house.house.parts["word/styles.xml"]))
            for font in used:
                if not font.fits:
                    say(f"warning: {font.family} stands in for {font.name}, with other widths ({fonts.REMEDY})")
            say(f"{name}: laying out")
            laid = layout.settle(rendered.pack, numbered, laying, Path(work))
            say(f"{name}: comparing every printed page number with its page")
        files = _finished(rendered, laid, house.house.page, Path(work) / "pack.pdf")
    files["manifest.json"] = manifest(
        numbered,
        pages=laid.pages if laid else {},
        inputs=inputs(meeting, options),
        outputs=files,
        findings=[each for each in findings if _concerns(each, meeting)],
        engine=_engine(laying, used) if laying else {},
    )
    put(files, target)
    return Built(meeting, target, laid.count if laid else 0, laid.passes if laid else 0)


def _finished(rendered: Rendered, laid: Laid | None, page: Page, path: Path) -> dict[str, bytes]:
    """The files of a pack with its pages filled in, each opened again; the PDF is read while the others are written."""
    from boardpack import layout

    documents = rendered.files()
    if laid is None:
        return _written(documents, {})
    data = layout.finished(laid, rendered.pack, path)
    pack = documents.pop(layout.PACK).write(laid.pages)
    with _beside(laid.count) as readers, ThreadPoolExecutor(1) as beside:
        compared = beside.submit(layout.verify_pdf, path, pack, laid, page, readers)
        files = {layout.PACK: pack, **_written(documents, laid.pages)}
        layout.verify_word(files, laid)
        compared.result()
    return {**files, "pack.pdf": data}


def _beside(pages: int) -> Executor:
    """What reads a PDF while this process writes: for a long one processes, where they start at once, else a thread."""
    if pages >= _LONG and "fork" in get_all_start_methods():
        return ProcessPoolExecutor(2, get_context("fork"))
    return ThreadPoolExecutor(1)


def _written(documents: Mapping[str, Document], pages: Mapping[str, int]) -> dict[str, bytes]:
    """The Word files with these pages filled in; half of the work is compression, which threads share."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(documents, pool.map(lambda document: document.write(pages), documents.values()), strict=True))


def _engine(laying: Office, used: Sequence[Font]) -> dict[str, str]:
    """What the pages depend on beside the papers: the layout program and the fonts that it had."""
    found = {f"font {font.name}": f"{font.family} {font.version}" for font in used}
    return {"layout": version(laying.soffice), **found}


def _concerns(each: Finding, meeting: Meeting) -> bool:
    """Whether a finding is of this meeting or of its board, and not of another pack of the same run."""
    path = each.place.source.path if each.place else None
    return path is None or path.is_relative_to(meeting.folder) or path == meeting.board.at.source.path


def _strictly(each: Finding) -> Finding:
    return replace(each, severity=Severity.ERROR) if each.severity is Severity.WARNING else each
