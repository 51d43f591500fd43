"""Captions whose number is a field, so that captions typed in Word go on from it."""

from __future__ import annotations

from boardpack.word import fields
from boardpack.word.fragment import Fragment
from boardpack.word.markup import run
from boardpack.word.tables import paragraph


def caption(label: str, anchor: str, number: str, runs: str, fragment: Fragment) -> str:
    """A caption such as "Table 2: Allocations", with a bookmark on its number.

    A table's caption stands above it and stays with it, the others stand below. Each paper counts in a sequence of its
    own, because LibreOffice does not restart one.
    """
    counted = fragment.bookmark(anchor, fields.sequence(f"{label}{anchor.rstrip('0123456789')}", number))
    rest = run(": ") + runs if runs else ""
    runs = f"{run(label + ' ')}{counted}{rest}"
    return paragraph("Caption", runs, keep=True) if label == "Table" else beneath(runs)


def beneath(runs: str) -> str:
    """A caption below a picture: nearer to it than to what follows, while the style is made for one above a table."""
    return f'<w:p><w:pPr><w:pStyle w:val="Caption"/><w:spacing w:before="100" w:after="200"/></w:pPr>{runs}</w:p>'
