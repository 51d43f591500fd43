"""Agenda labels from the board's samples: ``["1", "1a", "1a.i"]`` gives 6, 6d, 6d.ii."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches

from boardpack.model.meeting import Item, Meeting
from boardpack.model.published import numbered_apart
from boardpack.model.sentences import listed

_SAMPLE = re.compile(r"(?P<prefix>.*?)(?P<counter>1|a|A|i|I)(?P<suffix>[^0-9A-Za-z]*)", re.DOTALL)
_NUMBER = re.compile(r"\d+(?=[^0-9])")
_LAST = re.compile(r"(?P<parent>.*[0-9.)]\s*)(?P<own>[A-Za-z]+[^0-9A-Za-z]*)")
_MOST = 400
"""How many lines one level of an agenda may have for its labels to be told again."""
_ALIKE = 0.8
"""How much of a title has to stay for its line to be the same one."""
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Counter:
    """How one level of labels counts: its own ``prefix``, the style of its ``counter``, its ``suffix``.

    ``inherits`` says whether the parent's label stands before it, ``bare`` whether it does without the stop or bracket
    that closes it: "4." gives "4 a)".
    """

    inherits: bool
    bare: bool
    prefix: str
    counter: str
    suffix: str

    def label(self, number: int, parent: str) -> str:
        """The label of the ``number``-th item, counted from 1, below ``parent``."""
        above = (bare(parent) if self.bare else parent) if self.inherits else ""
        return above + self.prefix + count(self.counter, number) + self.suffix


def bare(label: str) -> str:
    """A label without the stop or bracket that closes it."""
    return label.rstrip(".):] ")


def counter(sample: str, parent: str) -> Counter | None:
    """Read a sample label, given the sample of the level above; ``None`` where it is not one that counts."""
    own, inherits, short = sample, False, False
    if parent and sample.startswith(parent):
        own, inherits = sample[len(parent) :], True
    elif bare(parent) and sample.startswith(bare(parent)):
        own, inherits, short = sample[len(bare(parent)) :], True, True
    elif bare(parent)[-1:].isdecimal() and (number := _NUMBER.match(sample)):  # "4 a)" below "1.": any item's number
        own, inherits, short = sample[number.end() :], True, True
    match = _SAMPLE.fullmatch(own)
    if match is None:
        return None
    return Counter(inherits, short, match["prefix"], match["counter"], match["suffix"])


Out = Mapping[int, str]
"""The labels of lines that are out already, by the identity of the item."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The labels that are out, and whether a line that comes between them takes a letter.

    ``taken`` are all of them, those of lines that stand no longer too: nothing else is called so.
    """

    out: Out
    letters: bool
    taken: frozenset[str] = frozenset()


def labelled(meeting: Meeting) -> Iterator[tuple[Item, str, int, Item | None, bool]]:
    """Each item with its label, its depth, the sibling right before it, and whether its label repeats its parent's.

    Labels that are out stay as they are. A line that has come since goes on from the last of its siblings: 14. Where
    the board wants letters and it stands between them, it takes the label of the one before it with a letter: 12A.
    """
    out = out_labels(meeting, meeting.published.lines) if meeting.published else {}
    taken = frozenset(meeting.published.lines.values()) if meeting.published else frozenset[str]()
    kept = Kept(out, meeting.board.late_labels == "letters", taken)
    yield from _below(meeting.agenda, meeting.board.numbering, kept, 0, ("", ""))


def line_keys(meeting: Meeting) -> Iterator[tuple[Item, str]]:
    """Each line of the agenda with what identifies it as long as it stands there: its id, else its title."""
    items = list(meeting.items())
    titles = (item.id or (item.title.value if item.title else item.paper) or "-" for item in items)
    yield from zip(items, numbered_apart(titles), strict=True)


def out_labels(meeting: Meeting, lines: Mapping[str, str]) -> Out:
    """The labels that are out, which ``lines`` holds by what identifies each line."""
    return {item: lines[key] for item, key in out_keys(meeting, lines.keys()).items()}


def out_keys(meeting: Meeting, lines: Set[str]) -> Mapping[int, str]:
    """Which of the ``lines`` that are out a line of the agenda is, by the identity of the item.

    A line that went out by its title alone is known by that when its paper has come.
    """
    keyed = list(line_keys(meeting))
    known = {key for _, key in keyed}
    found: dict[int, str] = {}
    for item, key in keyed:
        title = item.title.value if item.title else ""
        if key in lines:
            found[id(item)] = key
        elif title in lines and title not in known:
            found[id(item)] = title
        elif (near := get_close_matches(title, lines - known, n=1, cutoff=_ALIKE)) and not item.id:
            found[id(item)] = near[0]  # a title that was mended
            known.add(near[0])
    return found


def _below(
    items: tuple[Item, ...], samples: tuple[str, ...], kept: Kept, depth: int, parent: tuple[str, str]
) -> Iterator[tuple[Item, str, int, Item | None, bool]]:
    """The items under one parent, which is given by its label and the sample of that."""
    counts = counter(samples[0], parent[1]) if samples else None
    before: Item | None = None
    for item, label in zip(items, _labels(items, counts, parent[0], kept), strict=True):
        yield item, label, depth, before, counts is None or counts.inherits
        below, sample = samples[1:], samples[0] if samples else ""
        if item.numbering:
            below = item.numbering
            sample = label if below[0].startswith(bare(label)) else sample
        yield from _below(item.items, below, kept, depth + 1, (label, sample))
        before = item if not item.items else None


def _labels(items: tuple[Item, ...], counts: Counter | None, parent: str, kept: Kept) -> Iterator[str]:
    """The labels of siblings."""
    out = kept.out
    if counts is None:
        yield from (out.get(id(item), "") for item in items)
        return
    held = [at for at, item in enumerate(items) if id(item) in out]
    position = max((_position(counts, parent, label) for label in kept.taken), default=0)
    last, inserted = "", 0
    for at, item in enumerate(items):
        if id(item) in out:
            last, inserted = out[id(item)], 0
            yield last
        elif kept.letters and held and at < held[-1]:
            inserted += 1
            while (label := _inserted(last or counts.label(1, parent), letters(inserted).upper())) in kept.taken:
                inserted += 1
            yield label
        else:
            position += 1
            yield counts.label(position, parent)


def _position(counts: Counter, parent: str, label: str) -> int:
    """Which of its siblings a label counts as; 0 where it is none of theirs."""
    return next((number for number in range(1, _MOST + 1) if counts.label(number, parent) == label), 0)


def _inserted(label: str, letter: str) -> str:
    """A label that comes right behind another: 12A behind 12, 12A. behind 12."""
    end = len(bare(label))
    return f"{label[:end]}{letter}{label[end:]}"


def count(style: str, number: int) -> str:
    """A number from 1 up in the style of its sample: ``1``, ``a``, ``A``, ``i`` or ``I``."""
    if style == "1":
        return str(number)
    text = roman(number) if style in "iI" else letters(number)
    return text.upper() if style.isupper() else text


def letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


def roman(number: int) -> str:
    """1 is i, 4 is iv."""
    text = ""
    for value, sign in _ROMAN:
        repeat, number = divmod(number, value)
        text += sign * repeat
    return text


def joined(labels: Sequence[str]) -> str:
    """Several labels as words, a parent that lettered labels share said once: "5.2 a, b and c"; "4b and 6d"."""
    split = [_LAST.fullmatch(label) for label in labels]
    parents = {match["parent"] if match else None for match in split}
    if None in parents or len(parents) > 1:
        return listed(labels)
    return listed([labels[0], *(match["own"] for match in split[1:] if match)])
