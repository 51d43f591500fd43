"""The document as Markdown sees it while it is written into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Sink(Protocol):
    """What prose needs from the document that it is written into."""

    def link(self, url: str) -> str:
        """The relationship id of an external hyperlink."""

    def image(self, source: str, alt: str, title: str) -> str:
        """Block XML: the picture's paragraph, and its caption paragraph if it has a title."""

    def footnote(self, content: str) -> str:
        """The run of a note's mark; ``content`` is its paragraphs, the first of which has a ``w:pPr``."""

    def list(self, style: str, start: int, level: int) -> int:
        """The ``w:numId`` of a new list of bullets (``bullet``) or numbers (a sample such as ``(a)``)."""

    def reference(self, kind: str, target: str, *, opens: bool) -> str:
        """The runs of ``[](kind:target)`` within text; ``opens`` where a sentence begins with it."""

    def placed(self, kind: str, target: str) -> str | None:
        """Block XML for ``[](kind:target)`` alone in its paragraph; None if it is to print as text."""

    def table(self, rows: Sequence[Sequence[str]], aligns: Sequence[str], header: bool) -> str:
        """Block XML of a table; cells are runs, aligns ``left``, ``right``, ``center`` or empty."""
