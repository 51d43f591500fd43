"""Parts of a sentence in plain words."""

from __future__ import annotations

from collections.abc import Sequence


def listed(parts: Sequence[str]) -> str:
    """Several things in a sentence: "a", "a and b", "a, b and c"; empty for none."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
