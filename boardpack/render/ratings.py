"""Ratings as they print: a word on its colour, and the key that says what each means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boardpack.model.board import Rating
from boardpack.model.colour import luminance
from boardpack.model.numbered import Placed
from boardpack.model.rated import ended, rag_columns, ratings_typed
from boardpack.model.table import Table
from boardpack.model.text import Text
from boardpack.word.markup import escape, run

if TYPE_CHECKING:
    from boardpack.render.prose import Writer


def fill(rating: Rating) -> str:
    """The colour behind a rating, as Word wants it."""
    return rating.colour.lstrip("#").upper()


def label(rating: Rating, *, shaded: bool = False) -> str:
    """The word of a rating as a run, in black or white; ``shaded`` brings its colour too, where no cell has it."""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill(rating)}"/>' if shaded else ""
    space = "\N{NO-BREAK SPACE}" * shaded
    properties = f'<w:b/><w:color w:val="{_ink(fill(rating))}"/>{shade}'
    words = f"{space}{escape(rating.label)}{space}"
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _ink(fill: str) -> str:
    """Black or white, whichever stands out more (WCAG 2.2, contrast ratio)."""
    return "000000" if (luminance(fill) + 0.05) ** 2 > 0.05 * 1.05 else "FFFFFF"


def key(at: Placed[Table], writer: Writer) -> str:
    """What the ratings in the paper's tables mean, above the first table that has a column of them."""
    rated = [each for each in writer.paper.tables.values() if rag_columns(each.part)] if writer.paper else []
    if not rated or rated[0].anchor != at.anchor:
        return ""
    board = writer.numbered.meeting.board
    typed = {value for each in rated for value in ratings_typed(each.part)}
    used = {rating.letter for value in typed if (rating := board.rating(value))}
    entries = [
        f"{run(' ')}{label(rating, shaded=True)}{run(': ')}{writer.inline(Text(ended(rating.meaning), at.part.at))}"
        for rating in board.ratings
        if rating.meaning and rating.letter in used
    ]
    if not entries:
        return ""
    # The style sets notes that follow one another close together; this one does not belong to a table above.
    apart = '<w:keepNext/><w:spacing w:before="220" w:after="0"/><w:contextualSpacing w:val="0"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="TableNote"/>{apart}</w:pPr>{run("Key:")}{"".join(entries)}</w:p>'
