"""What is asked of a build, and what it has put out: values that say so before anything heavy is imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boardpack.model.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Put:
    """A pack or a supplement in the output: its Word file, and how many pages it has; 0 where it was not laid out.

    ``public`` says whether its public edition lies beside it, searched for what is withheld. ``kept`` says that it lay
    there as it is and was not built again, and with how many ``findings``. ``passes`` counts how often it was laid out.
    """

    path: Path
    pages: int
    public: bool
    kept: bool = False
    findings: int = 0
    passes: int = 0

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self.path.parent


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which editions: ``members``, ``public`` or ``all``, which is both where anything is withheld; with PDF or not.

    With ``supplement`` what has come or changed since the papers were published, instead of the pack.
    """

    edition: str = "all"
    pdf: bool = True
    supplement: bool = False

    def how(self, *, strict: bool) -> str:
        """All of it in words, for what depends on how a pack was asked for."""
        kind = f"{'pdf' if self.pdf else 'no-pdf'} {'supplement' if self.supplement else 'pack'}"
        return f"{self.edition} {kind}{' strict' if strict else ''}"

    def public(self, meeting: Meeting) -> bool:
        """Whether a meeting's public edition is to be built."""
        return self.edition == "public" or (self.edition == "all" and self.pdf and meeting.withholds)
