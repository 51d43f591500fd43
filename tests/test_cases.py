"""Each folder of tests/cases is a papers folder: bad ones with the report that they must give, good ones.

``make snapshots`` rewrites the reports; the difference is for a person to read.
"""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest
from reading import CASES, ROOT, as_text, findings

from boardpack.diagnostics import CODES

BAD = sorted((CASES / "bad").iterdir())
GOOD = sorted((CASES / "good").iterdir())

MADE_IN_TESTS = {"linked-file", "too-large", "unreadable"}
"""Codes whose examples cannot lie in a repository; test_load.py makes them, test_tags.py those of Word templates."""


def codes_of(*rooms: str) -> set[str]:
    """Every finding code that the source of these rooms spells out."""
    paths = [path for room in rooms for path in ROOT.glob(f"boardpack/{room}")]
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and node.value in CODES}


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_bad_case_gives_its_report(case: Path):
    expected = case / "expected.txt"
    report = as_text(case)
    if os.environ.get("REWRITE_SNAPSHOTS"):
        expected.write_text(report, encoding="utf-8")
    assert report == expected.read_text(encoding="utf-8")
    assert f"[{case.name}]" in report


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_good_case_has_no_findings(case: Path):
    assert findings(case) == []


def test_every_code_of_the_reading_side_has_a_bad_case():
    emitted = codes_of("load/*.py", "validate.py", "rules/*.py")
    assert emitted - {case.name for case in BAD} == MADE_IN_TESTS


def test_every_code_is_found_by_some_room():
    assert codes_of("*/*.py", "*.py") == set(CODES)
