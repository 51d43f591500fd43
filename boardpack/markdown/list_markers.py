"""The markers of lists: which lines begin an item, of what kind, with what number.

Bullets are ``-``, ``+`` and ``*``; numbers are ``1.``, ``1)`` or ``(1)``, and so are letters and Roman
numerals. A sentence may begin like a marker ("2010. ", "A. Dawlish", "c. 1900"), and a single letter may be a
Roman numeral, so a line is read with what stands before and after it:

* after a blank line any marker begins a list, but a letter with a full stop only where it is ``a.`` or
  ``i.``, where it goes on from an earlier list of the text (which a table or a paragraph may have parted),
  where the next marker goes on from it, or, if it is a capital, where two spaces follow it, as in Pandoc;
* straight after a line of text only a bullet or a first number begins one, ``a.`` only where ``b.`` follows;
* indented into an item any first marker begins a list, and any other that is unlikely to be an initial, an
  abbreviation or the end of the sentence before it;
* in a list, what goes on from the last item goes on with the list; ``i)`` after ``b)`` begins another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

BULLET = "bullet"
_LINE = re.compile(r"( *)(?:([-+*])|(\(?)([0-9]{1,4}|[a-z]{1,7}|[A-Z]{1,7})([.)]))(?: *$|( +)(.*))", re.DOTALL)
_RULE = re.compile(r" *(?:(?:- *){3,}|(?:\* *){3,})$")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_LARGEST_ROMAN = 39
"""Greater ones are words more often than numbers: "mix", "(mm)", "civil"."""
_LONGEST_JUMP = 20
_LOOK_AHEAD = 200
_LEAST_YEAR = 100
_ABBREVIATIONS = frozenset("cpv")
"""Circa, page and versus: what a sentence goes on with more often than a list begins with."""
_SENTENCE_ENDS = (".", ":", ";", "?", "!")
_SHORTEST_WRAPPED = 60
"""A line shorter than this ends where its author ended it, and not where an editor wrapped it."""


class Marker(NamedTuple):
    """The beginning of an item.

    ``style`` is ``bullet`` or a sample such as ``(a)``; ``width`` is where the text of the item begins,
    ``rest`` that text as far as it stands on the line.
    """

    indent: int
    width: int
    style: str
    value: int
    rest: str


class _Typed(NamedTuple):
    """A marker as typed, before it is known how it counts; ``body`` is empty for a bullet."""

    indent: int
    width: int
    opening: str
    body: str
    closing: str
    gap: int
    rest: str

    def marker(self, numeral: str, value: int) -> Marker:
        return Marker(self.indent, self.width, f"{self.opening}{numeral}{self.closing}", value, self.rest)

    def bullet(self) -> Marker:
        return Marker(self.indent, self.width, BULLET, 1, self.rest)


class Counts:
    """How far each kind of list has counted so far in a text, at each depth."""

    def __init__(self) -> None:
        self._last: dict[str, dict[int, int]] = {}

    def add(self, marker: Marker, depth: int) -> None:
        """Count this item."""
        self._last.setdefault(marker.style, {})[depth] = marker.value

    def going_on(self, typed: _Typed) -> Marker | None:
        """This marker, if it is the very next of an earlier list; "c. 1900" and "p. 5" are none."""
        if typed.closing == "." and not typed.body.isdigit() and typed.rest[:1].isdigit():
            return None
        for reading in _readings(typed.body):
            marker = typed.marker(*reading)
            if marker.value - 1 in self._last.get(marker.style, {}).values():
                return marker
        return None


def begins(lines: Sequence[str], at: int, counts: Counts, *, nested: bool = False) -> Marker | None:
    """The marker of a list that begins at this line, which stands after a blank line or at the start.

    ``nested`` where the line is indented into an item.
    """
    typed = _typed(lines[at])
    if typed is None or not typed.rest:
        return None
    if not typed.body:
        return typed.bullet()
    first = _first(lines, at, typed)
    if first and first[2]:
        return typed.marker(*first[:2])
    if marker := counts.going_on(typed):
        return marker
    if first is None:
        return None
    numeral, value, _ = first
    sure = typed.closing == ")" or numeral == "1" or _is_number(typed, numeral, value, nested=nested)
    return typed.marker(numeral, value) if sure else None


def interrupts(lines: Sequence[str], at: int, counts: Counts, *, nested: bool = False) -> Marker | None:
    """The marker of a list that begins at this line although a line of text stands right before it."""
    typed = _typed(lines[at])
    if typed is None or not typed.rest:
        return None
    if not typed.body:
        return typed.bullet()
    if nested:
        return _interrupts_item(lines, at, counts, typed)
    if all(value != 1 for _, value in _readings(typed.body)):
        return None
    first = _first(lines, at, typed)
    if first is None or first[1] != 1:
        return None
    numeral, value, followed = first
    sure = typed.closing == ")" or numeral == "1" or followed
    return typed.marker(numeral, value) if sure else None


class Run:
    """Lists with no other text between them, and how far each kind of them has counted."""

    def __init__(self, first: Marker, counts: Counts, depth: int) -> None:
        self.last: dict[str, int] = {}
        self.counts = counts
        self.depth = depth
        self.add(first)

    def add(self, marker: Marker) -> None:
        """Count this item."""
        self.style = marker.style
        self.last[marker.style] = marker.value
        self.counts.add(marker, self.depth)

    def continues(self, marker: Marker) -> bool:
        """Whether this item goes on with the list; a year after a year does not, lest it print another."""
        if marker.style != self.style:
            return False
        last, value = self.last[self.style], marker.value
        return self.style == BULLET or value == last + 1 or (value < _LEAST_YEAR and value <= last + _LONGEST_JUMP)

    def follows(self, lines: Sequence[str], at: int, *, after_blank: bool) -> Marker | None:
        """The marker of the next item of this list or of the next list, if this line begins one."""
        typed = _typed(lines[at])
        if typed is None:
            return None
        if not typed.body and self.style == BULLET:
            return typed.bullet()
        readings = _readings(typed.body) if typed.body else ()
        return (
            self._next(typed, readings)
            or self._sibling(lines, at, typed, readings)
            or (begins(lines, at, self.counts) if after_blank else interrupts(lines, at, self.counts))
        )

    def _next(self, typed: _Typed, readings: Sequence[tuple[str, int]]) -> Marker | None:
        """The very next number of this list, or of one before it that this list interrupted."""
        found = [
            marker
            for marker in (typed.marker(*reading) for reading in readings)
            if self.last.get(marker.style) == marker.value - 1
        ]
        return next((marker for marker in found if marker.style == self.style), found[0] if found else None)

    def _sibling(
        self, lines: Sequence[str], at: int, typed: _Typed, readings: Sequence[tuple[str, int]]
    ) -> Marker | None:
        """Another number of this list; no year, and no ``i)`` that ``ii)`` follows in a list of letters."""
        for numeral, value in readings:
            marker = typed.marker(numeral, value)
            if not self.continues(marker):
                continue
            if len(readings) > 1 and (first := _first(lines, at, typed)) and first[0] != numeral and first[2]:
                continue
            return marker
        return None


def _typed(line: str) -> _Typed | None:
    match = _LINE.match(line)
    if match is None or (match[3] and match[5] != ")") or (match[2] and _RULE.match(line)):
        return None
    indent, gap = len(match[1]), len(match[6] or "")
    width = match.end(6) if 1 <= gap <= 4 else len(line) - len(match[7] or "") - gap + 1
    return _Typed(indent, width, match[3] or "", match[4] or "", match[5] or "", gap, match[7] or "")


def _is_number(typed: _Typed, numeral: str, value: int, *, nested: bool) -> bool:
    """Whether a letter or a Roman numeral with a full stop is no initial and no abbreviation."""
    if numeral.isupper():
        return typed.gap > 1 or (nested and value == 1)
    if value == 1 or len(typed.body) > 1:
        return True
    return nested and typed.body not in _ABBREVIATIONS and not typed.rest[0].isdigit()


def _interrupts_item(lines: Sequence[str], at: int, counts: Counts, typed: _Typed) -> Marker | None:
    """As :func:`interrupts`; a marker that is no first one may be where an editor wrapped a sentence."""
    marker = begins(lines, at, counts, nested=True)
    if marker is None or marker.value == 1 or counts.going_on(typed):
        return marker
    before = lines[at - 1].rstrip(" ")
    wrapped = len(before) >= _SHORTEST_WRAPPED and not before.endswith(_SENTENCE_ENDS)
    return None if wrapped or marker.value >= _LEAST_YEAR else marker


def _readings(body: str) -> tuple[tuple[str, int], ...]:
    """How a marker may count, and its number: ``i`` is the ninth letter or the Roman one."""
    if body.isdigit():
        return (("1", int(body)),)
    lower, readings = body.lower(), []
    if len(body) == 1:
        readings.append(("a" if body.islower() else "A", ord(lower) - 96))
    if lower and _ROMAN.fullmatch(lower):
        readings.append(("i" if body.islower() else "I", _roman(lower)))
    return tuple(readings)


def _roman(numeral: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-one if one < two else one for one, two in zip(digits, [*digits[1:], 0], strict=True))


def _first(lines: Sequence[str], at: int, typed: _Typed) -> tuple[str, int, bool] | None:
    """How the first marker of a list counts, its number, and whether the next marker goes on from it."""
    readings = _readings(typed.body)
    if not readings:
        return None
    if readings[0][0] == "1":
        return (*readings[0], False)
    following = _readings(_successor(lines, at, typed))
    for numeral, value in readings:
        if (numeral, value + 1) in following:
            return numeral, value, True
    numeral, value = readings[-1] if typed.body in {"i", "I"} else readings[0]
    if len(typed.body) > 1 and value > _LARGEST_ROMAN:
        return None
    return numeral, value, False


def _successor(lines: Sequence[str], at: int, typed: _Typed) -> str:
    """The body of the next marker with the same brackets that stands no deeper, before any other text."""
    blank = False
    for line in lines[at + 1 : at + _LOOK_AHEAD]:
        stripped = line.lstrip(" ")
        if not stripped:
            blank = True
        elif len(line) - len(stripped) < typed.indent + 2:
            other = _typed(line)
            if other and other.body and (other.opening, other.closing) == (typed.opening, typed.closing):
                return other.body
            if blank and not other:
                return ""
            blank = False
        else:
            blank = False
    return ""
