"""Sample labels: whether each holds a sign that counts, after the label of the level above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpack.diagnostics import Finding, Place, finding
from boardpack.rules.patterns import later

_COUNTS = later(r".*?(?:1|a|A|i|I)[^0-9A-Za-z]*", re.DOTALL)


def unreadable(samples: Sequence[str], at: Place) -> Iterator[Finding]:
    """A finding at each sample from which no second label can be counted on."""
    above = ""
    for sample in samples:
        own = sample[len(above) :] if above and sample.startswith(above) else sample
        if not _COUNTS.fullmatch(own):
            message = f"`{sample}` is not a sample label that counts"
            help = "end it in 1, a, A, i or I, with signs after it if you like: `1.`, `(a)`, `1a.i`"
            yield finding("wrong-label", at.find(sample), message, help)
        above = sample
