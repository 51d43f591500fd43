"""Whom a build is for, and the page numbers that it must keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edition:
    """The members' edition holds everything; in the public one withheld content stands as a page that says so.

    ``pages`` are the page numbers of the members' pack by bookmark, which the public edition keeps; empty in theirs.
    """

    public: bool = False
    pages: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the command line and the manifest call it."""
        return "public" if self.public else "members"


MEMBERS = Edition()
