"""The bookmarks that name stretches of a paper: where one begins and where it ends."""

from __future__ import annotations

from boardpack.model.numbered import Placed
from boardpack.model.paper import Appendix
from boardpack.render.prose import Writer
from boardpack.word import sections


def first_of(entry: Placed[Appendix]) -> str:
    """The bookmark on the first page of an appendix."""
    return f"{entry.anchor}p"


def end_of(anchor: str) -> str:
    """The bookmark at the end of what another one opens."""
    return f"{anchor}z"


def begun(writer: Writer, blocks: str, anchor: str) -> str:
    """The blocks with this bookmark at their start."""
    return sections.mark_start(blocks, writer.fragment.bookmark(anchor))


def ended(writer: Writer, blocks: str, anchor: str) -> str:
    """The blocks with the bookmark at their end that goes with the one at their start."""
    return sections.mark_end(blocks, lambda runs: writer.fragment.bookmark(end_of(anchor), runs))
