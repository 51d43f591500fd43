"""Who has cleared a paper before it goes out, and whether that still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from boardpack.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Clearance:
    """A sign-off: which service gave it, who signed, on which day.

    ``of`` is the short hash of what was cleared, empty where the clearance does not say.
    """

    by: str
    name: str
    on: date | None
    of: str
    at: Place
    of_at: Place | None = None


class Standing(Enum):
    """Whether a service's clearance holds: bound to the text as it is, not bound to any, or to an earlier one."""

    SEALED = "sealed"
    UNSEALED = "unsealed"
    LAPSED = "lapsed"


def standings(given: Sequence[Clearance], content: str) -> Iterator[tuple[Clearance, Standing]]:
    """Each service with the best of its clearances, in the order of the paper.

    ``content`` is the hash of the text as it is; where that is empty, because a part of it was not read, every
    clearance counts as bound to it.
    """
    best: dict[str, tuple[Clearance, Standing]] = {}
    for each in given:
        standing = _standing(each, content)
        service = each.by.casefold()
        if service not in best or _ORDER[standing] <= _ORDER[best[service][1]]:
            best[service] = (each, standing)
    return iter(best.values())


def holding(given: Sequence[Clearance], content: str) -> list[bool]:
    """Which of the clearances hold, by their position in the paper."""
    held = [each for each, standing in standings(given, content) if standing is not Standing.LAPSED]
    return [any(each is other for other in held) for each in given]


_ORDER = {Standing.SEALED: 0, Standing.UNSEALED: 1, Standing.LAPSED: 2}


def _standing(clearance: Clearance, content: str) -> Standing:
    if not clearance.of:
        return Standing.UNSEALED if content else Standing.SEALED
    return Standing.SEALED if clearance.of == content or not content else Standing.LAPSED


def lacking(demanded: Sequence[str], given: Sequence[Clearance]) -> list[str]:
    """The services that a board demands and that have not cleared the paper at all."""
    services = {each.by.casefold() for each in given}
    return [service for service in demanded if service.casefold() not in services]
