"""A paper is late only if it goes out after the last day for it: before that day nobody is asked why."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from reading import CASES, ROOT

from boardpack import pipeline
from boardpack.clear_days import last_day
from boardpack.model.notice import Notice

CASE = CASES / "bad" / "late-unexplained"
"""Published on 3 March 2010, the last day in England for a meeting on 11 March; one paper has come since."""


def codes(folder: Path, statute: str, on: date | None) -> list[str]:
    shutil.copytree(CASE, folder / "papers")
    board = folder / "papers" / "partnership" / "board.yaml"
    board.write_text(f"name: Example Partnership\nnotice: {{statute: {statute}}}\n", encoding="utf-8")
    options = pipeline.Options(folder / "papers", folder / "output", (ROOT / "templates",), ROOT / "schemas")
    return [each.code for each in pipeline.check(options, on=on).findings]


@pytest.mark.parametrize(
    ("statute", "on", "late"),
    [
        ("england-principal", date(2010, 3, 2), False),
        ("england-principal", date(2010, 3, 3), False),
        ("england-principal", date(2010, 3, 4), True),
        ("england-principal", date(2010, 3, 11), True),
        ("england-principal", date(2026, 1, 1), True),
        ("england-principal", None, True),
        ("england-executive-private", date(2010, 3, 3), False),
        ("england-executive-private", date(2010, 3, 4), True),
        ("wales", date(2010, 3, 7), False),
        ("wales", date(2010, 3, 8), True),
        ("none", date(2010, 3, 10), False),
    ],
)
def test_a_paper_is_late_after_the_last_day_for_it(statute: str, on: date | None, late: bool, tmp_path: Path):
    assert codes(tmp_path, statute, on) == ["late-unexplained"] * late


def test_the_last_day_is_known_only_where_a_rule_sets_it():
    meeting = date(2010, 3, 11)
    assert last_day(meeting, Notice("england-principal")) == date(2010, 3, 3)
    assert last_day(meeting, Notice("england-executive-private")) == date(2010, 3, 3), "of its two days the second"
    assert last_day(meeting, Notice("none")) is None
    assert last_day(date(2200, 3, 11), Notice("wales")) is None, "bank holidays are not known"
