"""A chart of a paper: which columns of which table are drawn, and how."""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.diagnostics import Place
from boardpack.model.text import Text


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as its author wrote it.

    ``table`` is the id of a table of the same paper; ``x`` is the key of the column that names the points, ``y`` holds
    those of the columns that are drawn. ``kind`` is ``bar``, ``stacked`` or ``line``. ``alt`` is what the chart says in
    words, empty where the author left that to the program.
    """

    id: str
    at: Place
    table: Text
    kind: str
    x: Text
    y: tuple[Text, ...]
    title: Text | None = None
    alt: str = ""
