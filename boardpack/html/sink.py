"""The page as Markdown sees it while it is written into one."""

from __future__ import annotations

from typing import Protocol


class Sink(Protocol):
    """What prose needs from the page that it is written into."""

    def image(self, source: str, alt: str, title: str) -> str:
        """A block: the picture, and its caption if it has a title."""

    def footnote(self, content: str) -> str:
        """The mark of a note, to stand within text; ``content`` is the note's blocks."""

    def reference(self, kind: str, target: str, *, opens: bool) -> str:
        """What ``[](kind:target)`` prints within text; ``opens`` where a sentence begins with it."""

    def placed(self, kind: str, target: str) -> str | None:
        """A block for ``[](kind:target)`` alone in its paragraph; None if it is to print as text."""
