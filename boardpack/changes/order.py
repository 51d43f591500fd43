"""Two lists whose members have names -> what stands in both of them, in an order that both have."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Name = Callable[[T], Hashable]
Matched = tuple[T | None, T | None]
"""A member of the old list and the one of the new list that it is; ``None`` where there is none."""
Pairs = Callable[[Sequence[T], Sequence[T]], Iterable[Matched[T]]]


def matched(old: Sequence[T], new: Sequence[T], names: Sequence[Name[T]]) -> Iterator[Matched[T]]:
    """Both lists side by side: first what has one name by the first of ``names``, between that by the next.

    Law: the old members in order are the old list, the new ones in order the new list.
    """
    if not names or not old or not new:
        yield from ((each, None) for each in old)
        yield from ((None, each) for each in new)
        return
    first = second = 0
    for one, other in (*_shared(_told(old, names[0]), _told(new, names[0])), (len(old), len(new))):
        yield from matched(old[first:one], new[second:other], names[1:])
        if one < len(old):
            yield old[one], new[other]
        first, second = one + 1, other + 1


def either_way(old: Sequence[T], new: Sequence[T], pairs: Pairs[T], *, turned: bool) -> Iterator[Matched[T]]:
    """What ``pairs`` finds, the other way round where ``turned``; between two pairs what went stands before what came.

    Of two states that stand in a fixed order, so the same is found whichever is the older one.
    """
    found = ((one, other) for other, one in pairs(new, old)) if turned else pairs(old, new)
    gone: list[T] = []
    come: list[T] = []
    for one, other in (*found, (None, None)):
        if one is not None and other is None:
            gone.append(one)
        elif other is not None and one is None:
            come.append(other)
        else:
            yield from ((each, None) for each in gone)
            yield from ((None, each) for each in come)
            gone, come = [], []
            if one is not None:
                yield one, other


def _told(members: Sequence[T], name: Name[T]) -> list[Hashable]:
    """The names, told apart by how often each has come before."""
    seen: dict[Hashable, int] = {}
    told: list[Hashable] = []
    for member in members:
        own = name(member)
        seen[own] = seen.get(own, 0) + 1
        told.append((own, seen[own]))
    return told


def _shared(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Where each name stands in the one and in the other, for as many as come in the same order in both."""
    at = {name: position for position, name in enumerate(new)}
    pairs = [(position, at[name]) for position, name in enumerate(old) if name in at]
    return [pairs[position] for position in rising([other for _, other in pairs])]


def rising(numbers: Iterable[int]) -> list[int]:
    """Where the members of a longest run of rising numbers stand (patience sorting)."""
    tops: list[int] = []
    top_at: list[int] = []
    before: list[int] = []
    for position, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(top_at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        top_at[pile : pile + 1] = [position]
    run: list[int] = []
    at = top_at[-1] if top_at else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]
