"""The judge of the rules on substance, over a few papers: no false alarm, and each kind of mistake still found."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

import substance

COUNT = 60


def test_right_papers_raise_nothing():
    assert list(substance.right(COUNT, seed=1)) == []


def test_each_kind_of_mistake_is_found():
    results = substance.wrong(COUNT, seed=1)
    assert sum(each.counts.total() for each in results.values()) == COUNT
    amiss = [example for each in results.values() for example in each.examples]
    assert all(each.counts.total() for each in results.values())
    assert amiss == []
