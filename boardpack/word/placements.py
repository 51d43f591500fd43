"""Where a text places tables, figures and charts, found by the walk that prints it."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.word import prose


def placements(markdown: str) -> list[tuple[str, str]]:
    """Kind and target of each reference that stands alone in its paragraph, in order: there the thing itself prints."""
    recorder = _Recorder()
    prose.blocks(markdown, recorder)
    return recorder.found


class _Recorder:
    """A sink that writes nothing and takes down what is placed."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def placed(self, kind: str, target: str) -> str | None:
        self.found.append((kind, target))
        return ""

    def link(self, url: str) -> str:  # noqa: ARG002
        return ""

    def image(self, source: str, alt: str, title: str) -> str:  # noqa: ARG002
        return ""

    def footnote(self, content: str) -> str:  # noqa: ARG002
        return ""

    def list(self, style: str, start: int, level: int) -> int:  # noqa: ARG002
        return 0

    def reference(self, kind: str, target: str, *, opens: bool) -> str:  # noqa: ARG002
        return ""

    def table(self, rows: Sequence[Sequence[str]], aligns: Sequence[str], header: bool) -> str:  # noqa: ARG002
        return ""
