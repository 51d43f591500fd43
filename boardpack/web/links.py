"""Where the links and pictures of a page lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

AGENDA = ""
"""What stands for the agenda where a part of the pack is asked for by its key."""


def nowhere(key: str) -> str:  # noqa: ARG001
    """The address of nothing: what would be a link is words."""
    return ""


def beside(anchor: str) -> str:
    """A chart's picture beside its page, by the chart's anchor."""
    return f"{anchor}.png"


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses as seen from one page.

    ``file`` gives the address of a file of the papers, ``part`` that of a part of the pack by its key (of the agenda by
    :data:`AGENDA`), empty where it has no page, ``chart`` that of a chart's picture by the chart's anchor. ``pages``
    holds the pages of the pack by bookmark, as far as they are known.
    """

    file: Callable[[Path], str]
    part: Callable[[str], str] = nowhere
    chart: Callable[[str], str] = beside
    pages: Mapping[str, int] = field(default_factory=dict)
