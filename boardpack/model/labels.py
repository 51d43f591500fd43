"""Agenda labels from the board's samples: ``["1", "1a", "1a.i"]`` gives 6, 6d, 6d.ii."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boardpack.model.meeting import Item
from boardpack.model.sentences import listed

_SAMPLE = re.compile(r"(?P<prefix>.*?)(?P<counter>1|a|A|i|I)(?P<suffix>[^0-9A-Za-z]*)", re.DOTALL)
_NUMBER = re.compile(r"\d+(?=[^0-9])")
_LAST = re.compile(r"(?P<parent>.*[0-9.)]\s*)(?P<own>[A-Za-z]+[^0-9A-Za-z]*)")
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


def labelled(
    items: tuple[Item, ...], samples: tuple[str, ...], depth: int = 0, parent: str = "", parent_sample: str = ""
) -> Iterator[tuple[Item, str, int, Item | None, bool]]:
    """Each item with its label, its depth, the sibling right before it, and whether its label repeats its parent's."""
    counts = counter(samples[0], parent_sample) if samples else None
    before: Item | None = None
    for position, item in enumerate(items, 1):
        label = counts.label(position, parent) if counts else ""
        yield item, label, depth, before, counts is None or counts.inherits
        below, sample = samples[1:], samples[0] if samples else ""
        if item.numbering:
            below = item.numbering
            sample = label if below[0].startswith(bare(label)) else sample
        yield from labelled(item.items, below, depth + 1, label, sample)
        before = item if not item.items else None


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
