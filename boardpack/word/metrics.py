"""How wide text sets, near enough to share out column widths and to guess how long a paper is.

Advance widths of a sans serif face (Arial and its metric twins) in thousandths of the size. What is printed never
rests on them: the layout program's own measure decides.
"""

from __future__ import annotations

import re

_REGULAR = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
_BOLD = (
    "278 333 474 556 556 889 722 238 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 333 333 "
    "584 584 584 611 975 722 722 722 722 667 611 778 722 278 556 722 611 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 333 278 333 584 556 333 556 611 556 611 556 333 611 611 278 278 556 278 889 611 611 611 611 389 556 "
    "333 611 556 778 556 556 500 389 280 389 584"
)
_OTHER, _WIDE = 600, 1000
_WIDE_SCRIPTS = (
    ("\u1100", "\u115f"),
    ("\u2e80", "\ua4cf"),
    ("\uac00", "\ud7a3"),
    ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe4f"),
    ("\uff00", "\uff60"),
    ("\U0001f300", "\U0001faff"),
)
"""First and last of the signs that are as wide as they are high, stretch by stretch."""
_BREAKS = re.compile("[^\\S\u00a0\u2007\u202f]+|(?<=[^\\W\\d])[–-]+")


class _Widths(dict[str, int]):
    """Widths by sign; of one that is not among them it is worked out when it is met."""

    def __missing__(self, sign: str) -> int:
        self[sign] = _WIDE if any(first <= sign <= last for first, last in _WIDE_SCRIPTS) else _OTHER
        return self[sign]


_WIDTHS = {
    bold: _Widths((chr(32 + n), int(width)) for n, width in enumerate(widths.split()))
    for bold, widths in ((False, _REGULAR), (True, _BOLD))
}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text in twentieths of a point, set at ``size`` points."""
    return sum(map(_WIDTHS[bold].__getitem__, text)) * size / 50


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Width of the widest stretch that no line break can divide: a no-break space ties two words into one."""
    return max(text_width(word, size, bold=bold) for word in _BREAKS.split(text))
