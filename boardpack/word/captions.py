"""Captions whose number is a field, so that captions typed in Word go on from it."""

from __future__ import annotations

from boardpack.word import fields
from boardpack.word.fragment import Fragment
from boardpack.word.markup import run
from boardpack.word.tables import paragraph


def caption(label: str, anchor: str, number: str, runs: str, fragment: Fragment) -> str:
    """A caption such as "Table 2: Allocations", with a bookmark on its number.

    A table's caption stands above it and stays with it. Each paper counts in a sequence of its own, because
    LibreOffice does not restart one.
    """
    counted = fragment.bookmark(anchor, fields.sequence(f"{label}{anchor.rstrip('0123456789')}", number))
    rest = run(": ") + runs if runs else ""
    return paragraph("Caption", f"{run(label + ' ')}{counted}{rest}", keep=label == "Table")
