"""Agenda labels: from sample labels to any number, and several labels as words."""

from __future__ import annotations

import pytest

from boardpack.model import labels


@pytest.mark.parametrize(
    ("sample", "parent", "number", "above", "expected"),
    [
        ("1", "", 6, "", "6"),
        ("1a", "1", 4, "6", "6d"),
        ("1a.i", "1a", 2, "6d", "6d.ii"),
        ("1.1 a", "1.1", 1, "5.2", "5.2 a"),
        ("A1", "", 12, "", "A12"),
        ("(a)", "1", 28, "3", "(ab)"),
        ("1.", "", 3, "", "3."),
        ("I", "", 14, "", "XIV"),
        ("1 a)", "1.", 2, "4.", "4 b)"),
        ("4 a)", "1.", 2, "5.", "5 b)"),
        ("4a)", "1", 1, "12", "12a)"),
        ("1.1", "1.", 3, "6.", "6.3"),
        ("(i)", "1 a)", 3, "4 b)", "(iii)"),
    ],
)
def test_a_sample_label_gives_every_label_of_its_level(
    sample: str, parent: str, number: int, above: str, expected: str
) -> None:
    counter = labels.counter(sample, parent)

    assert counter is not None
    assert counter.label(number, above) == expected


def test_a_sample_that_does_not_count_is_none() -> None:
    assert labels.counter("item", "") is None


@pytest.mark.parametrize(("number", "expected"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (703, "aaa")])
def test_letters_go_on_after_z(number: int, expected: str) -> None:
    assert labels.letters(number) == expected


@pytest.mark.parametrize(("number", "expected"), [(4, "iv"), (9, "ix"), (40, "xl"), (1994, "mcmxciv")])
def test_roman_numbers(number: int, expected: str) -> None:
    assert labels.roman(number) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["6d"], "6d"),
        (["5.2 a", "5.2 b", "5.2 c"], "5.2 a, b and c"),
        (["4b", "6d"], "4b and 6d"),
        (["10.1", "10.2"], "10.1 and 10.2"),
        (["6d.i", "6d.ii"], "6d.i and ii"),
        (["A1", "B3"], "A1 and B3"),
    ],
)
def test_a_shared_parent_is_said_once(given: list[str], expected: str) -> None:
    assert labels.joined(given) == expected
