"""The lines that a paper printed and those that it prints now -> paragraphs and tables side by side.

Law: the old ones in order are the old lines, the new ones in order the new lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from boardpack.changes.order import Matched, either_way, matched

_ALIKE = 0.4
"""How much of their words two paragraphs must share to be one that was changed."""
_ROWS = 200
"""How many rows of a table are looked at to tell which table it is."""
_MOST = 2500
"""How many pairs of a gap are compared at most; in a larger one each paragraph is held against its neighbour alone."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the rows of a table."""

    lines: tuple[str, ...]
    table: bool = False


def is_row(line: str) -> bool:
    """Whether a line of :mod:`boardpack.word.lines` is a row of a table."""
    return line.startswith("| ") or " | " in line or line.endswith(" |")


def blocks(lines: Sequence[str]) -> list[Block]:
    """The lines, those of a table together."""
    found: list[Block] = []
    for table, group in groupby(lines, is_row):
        held = tuple(group)
        found += [Block(held, table=True)] if table else [Block((line,)) for line in held]
    return found


def side_by_side(old: Sequence[str], new: Sequence[str]) -> Iterator[Matched[Block]]:
    """The blocks of both, what is the same or nearly the same beside each other."""
    yield from either_way(blocks(old), blocks(new), _pairs, turned=list(old) > list(new))


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Matched[Block]]:
    gap: tuple[list[Block], list[Block]] = [], []
    for one, other in matched(old, new, [lambda block: block]):
        if one and other:
            yield from _paired(*gap)
            yield one, other
            gap = [], []
        elif one:
            gap[0].append(one)
        elif other:
            gap[1].append(other)
    yield from _paired(*gap)


def _paired(old: list[Block], new: list[Block]) -> Iterator[Matched[Block]]:
    """What is left between two equal blocks, so paired that as many words as possible stand beside themselves."""
    first = second = 0
    for one, other in (*_best(old, new), (len(old), len(new))):
        yield from ((block, None) for block in old[first:one])
        yield from ((None, block) for block in new[second:other])
        if one < len(old):
            yield old[one], new[other]
        first, second = one + 1, other + 1


def _best(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Which of the old blocks are which of the new ones, without crossing."""
    ours, theirs = [_words(block) for block in old], [_words(block) for block in new]

    def likeness(one: int, other: int) -> float:
        found = _likeness(ours[one], theirs[other]) if old[one].table == new[other].table else 0.0
        return found if found >= _ALIKE or (found and old[one].table) else 0.0

    if len(old) * len(new) > _MOST:
        return [(at, at) for at in range(min(len(old), len(new))) if likeness(at, at)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[likeness(one, other) for other in range(len(new))] for one in range(len(old))]
    for one in reversed(range(len(old))):
        for other in reversed(range(len(new))):
            pair = best[one + 1][other + 1] + alike[one][other]
            best[one][other] = max(best[one + 1][other], best[one][other + 1], pair)
    found, one, other = [], 0, 0
    while one < len(old) and other < len(new):
        if alike[one][other] and best[one][other] == best[one + 1][other + 1] + alike[one][other]:
            found.append((one, other))
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            one += 1
        else:
            other += 1
    return found


def _words(block: Block) -> frozenset[str]:
    """The words of a paragraph, each with how often it has come; of a table, those that name columns and rows."""
    if not block.table:
        words = block.lines[0].lower().split()
    else:
        header, *rows = block.lines[:_ROWS]
        words = [*header.split(), *(row.lstrip("| ").partition(" |")[0] for row in rows)]
    return frozenset(f"{word} {time}" for word, times in Counter(words).items() for time in range(times))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How many of the words both have: 1 all, 0 none."""
    most, both = 2 * min(len(one), len(other)), len(one) + len(other)
    return 2 * len(one & other) / both if most >= _ALIKE * both and both else 0.0
