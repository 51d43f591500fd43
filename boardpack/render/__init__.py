"""NumberedMeeting -> Word: the agenda, each paper and the minutes that it places as fragments of one document.

``agenda`` writes the agenda, ``paper`` a report, ``minutes`` minutes, ``tables`` figures, ``prose`` joins Markdown to
the document that it is written into. Nothing here knows a page: what depends on one is a mark
(:mod:`boardpack.word.fields`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from boardpack.model.dates import long_date
from boardpack.model.numbered import AnyPart, NumberedFile, NumberedMeeting, NumberedMinutes, NumberedPaper
from boardpack.render import agenda, file, minutes, paper, supplement
from boardpack.word import template
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.package import Document, Properties
from boardpack.word.template import House

AGENDA = "agenda.docx"


@dataclass(frozen=True, slots=True)
class Templates:
    """The house's templates, read once."""

    house: House
    cover: template.Shell
    agenda: template.Shell
    minutes: template.Shell


@dataclass(frozen=True, slots=True)
class Rendered:
    """A meeting as Word documents that wait for their pages: the pack, the agenda alone, each report alone.

    Where a supplement is issued, that stands for the pack; ``name`` is what the file is called without suffix.
    ``minutes`` are the meeting's own, where it has been held and they are written; they are no part of its pack.
    ``parts`` are the parts of the meeting's pack by their keys, as they are compared: where Word files print as
    pictures of their pages a sentence stands for these, since not every machine draws them, nor draws them alike.
    """

    name: str
    pack: Document
    agenda: Document
    reports: Mapping[str, Document]
    minutes: Document | None
    parts: Mapping[str, Fragment]

    @property
    def whole(self) -> str:
        """The Word file that is laid out."""
        return f"{self.name}.docx"

    def files(self) -> dict[str, Document]:
        """The Word files that are the pack or a part of it, by the name that each has in the output folder."""
        return {AGENDA: self.agenda, self.whole: self.pack, **self.reports}


def templates(folders: tuple[Path, ...]) -> Templates:
    """Read the templates of a house; each comes from the first folder that has it."""
    return Templates(
        template.house(folders),
        template.shell(template.COVER, folders),
        template.shell(template.AGENDA, folders),
        template.shell(template.MINUTES, folders),
    )


def render(numbered: NumberedMeeting, house: Templates) -> Rendered:
    """Every paper once, the agenda twice: with live page references for the pack, with plain ones to stand alone."""
    meeting, ids = numbered.meeting, Ids()
    issued = numbered.supplement
    if issued:
        front = supplement.fragment(numbered, house.house, ids)
    else:
        front = agenda.fragment(numbered, house.house, house.agenda, ids, live=True)
    alone = agenda.fragment(numbered, house.house, house.agenda, ids, live=False)
    parts = {key: _part(numbered, key, house, ids) for key in numbered.parts}
    held = {key: at for key, at in numbered.parts.items() if issued is None or issued.holds(at.start)}
    name = f"supplement {issued.number}" if issued else "meeting pack"
    own = numbered.minutes
    board, day = meeting.board, long_date(meeting.date)

    def document(title: str, *fragments: Fragment) -> Document:
        creator = board.organisation or board.name
        return Document(house.house, fragments, Properties(title, creator, board.language, meeting.date))

    return Rendered(
        "supplement" if issued else "pack",
        document(f"{board.name}: {name}, {day}", front, *(parts[key] for key in held)),
        document(f"{board.name}: agenda, {day}", alone),
        {
            f"reports/{at.stem}.docx": document(f"{at.label} {_title(at)}".strip(), parts[key])
            for key, at in held.items()
            if not numbered.leaves_out(at)
        },
        document(f"{board.name}: {_title(own)}", minutes.fragment(own.of, own, house.house, house.minutes, ids))
        if own and not issued
        else None,
        {**parts, **_without_pages(numbered, house)},
    )


def _without_pages(numbered: NumberedMeeting, house: Templates) -> dict[str, Fragment]:
    """The parts with pictures of pages, without these."""
    pictured = {key: at for key, at in numbered.parts.items() if not isinstance(at, NumberedMinutes) and at.pictured}
    parts = {**numbered.parts, **{key: at.without_pages() for key, at in pictured.items()}}
    papers = {key: at for key, at in parts.items() if isinstance(at, NumberedPaper)}
    plain, ids = replace(numbered, parts=parts, papers=papers), Ids()
    return {key: _part(plain, key, house, ids) for key in pictured}


def _part(numbered: NumberedMeeting, key: str, house: Templates, ids: Ids) -> Fragment:
    at = numbered.parts[key]
    if isinstance(at, NumberedMinutes):
        return minutes.fragment(numbered, at, house.house, house.minutes, ids)
    if isinstance(at, NumberedFile):
        return file.fragment(numbered, at, house.house, ids)
    return paper.fragment(numbered, key, house.house, house.cover, ids)


def _title(at: AnyPart) -> str:
    if isinstance(at, NumberedFile):
        return at.title
    return minutes.title(at) if isinstance(at, NumberedMinutes) else paper.title(at)
