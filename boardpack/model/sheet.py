"""A sheet of a workbook or a CSV file as it prints: words that somebody else typed, in which nothing is Markdown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell as it shows; figures align right."""

    text: str
    figure: bool = False


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A sheet: its name where it is one of several, the lines above its table, its rows from the header on."""

    name: str
    above: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
