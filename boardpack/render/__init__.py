"""NumberedMeeting -> Word: the agenda and each paper as fragments of one document.

``agenda`` writes the agenda, ``paper`` a report, ``tables`` its figures, ``prose`` joins Markdown to the document that
it is written into. Nothing here knows a page: what depends on one is a mark (:mod:`boardpack.word.fields`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from boardpack.model.numbered import NumberedMeeting
from boardpack.render import agenda, paper
from boardpack.render.words import long_date
from boardpack.word import template
from boardpack.word.fragment import Fragment, Ids
from boardpack.word.package import Document, Properties
from boardpack.word.template import House


@dataclass(frozen=True, slots=True)
class Templates:
    """The house's templates, read once."""

    house: House
    cover: template.Shell
    agenda: template.Shell


@dataclass(frozen=True, slots=True)
class Rendered:
    """A meeting as Word documents that wait for their pages: the pack, the agenda alone, each report alone."""

    pack: Document
    agenda: Document
    reports: Mapping[str, Document]

    def files(self) -> dict[str, Document]:
        """The Word files by the name that each has in the output folder."""
        return {"agenda.docx": self.agenda, "pack.docx": self.pack, **self.reports}


def templates(folders: tuple[Path, ...]) -> Templates:
    """Read the templates of a house; each comes from the first folder that has it."""
    return Templates(
        template.house(folders),
        template.shell(template.COVER, folders),
        template.shell(template.AGENDA, folders),
    )


def render(numbered: NumberedMeeting, house: Templates) -> Rendered:
    """Every paper once, the agenda twice: with live page references for the pack, with plain ones to stand alone."""
    meeting, ids = numbered.meeting, Ids()
    front = agenda.fragment(numbered, house.house, house.agenda, ids, live=True)
    alone = agenda.fragment(numbered, house.house, house.agenda, ids, live=False)
    reports = {id: paper.fragment(numbered, id, house.house, house.cover, ids) for id in numbered.papers}
    board, day = meeting.board, long_date(meeting.date)

    def document(title: str, *fragments: Fragment) -> Document:
        creator = board.organisation or board.name
        return Document(house.house, fragments, Properties(title, creator, board.language, meeting.date))

    return Rendered(
        document(f"{board.name}: meeting pack, {day}", front, *reports.values()),
        document(f"{board.name}: agenda, {day}", alone),
        {
            f"reports/{at.stem}.docx": document(f"{at.label} {paper.title(at)}".strip(), reports[id])
            for id, at in numbered.papers.items()
        },
    )
