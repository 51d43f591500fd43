"""Short names for references, made of the words that people know the thing by."""

from __future__ import annotations

import re
import unicodedata

_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


class Ids:
    """Ids that have been given so far, so that no two are alike."""

    def __init__(self, separator: str = "-") -> None:
        self._given: set[str] = set()
        self._separator = separator

    def new(self, words: str, otherwise: str) -> str:
        """An id of the first three words that matter; ``otherwise``, with a number, where there are none."""
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        parts = [part for part in re.findall(r"[a-z0-9]+", plain) if part not in _SMALL]
        base = self._separator.join(parts[:3])[:40] or otherwise
        id, count = base, 1
        while id in self._given or (not parts and count == 1):
            id = f"{base}{self._separator}{count}"
            count += 1
        self._given.add(id)
        return id
