"""A line that is excused in place, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.diagnostics import CODES, Finding, Place, Severity, Source
from boardpack.rules.excuses import is_excused

TEXT = """\
title: Funding
tables:  # allow total-differs: the auditors print it so
  costs:
    rows:
      - [a, 1]
# allow missing-alt: decoration
figures:
  logo: {file: logo.png}
sections:
  - text: |  # allow name-differs: she has married
      Words of Ann
      # allow overrun: not a comment but text
    heading: A  # allow overrun: it is so
  - heading: B  # allow overrun:
"""


def found(code: str, snippet: str) -> Finding:
    at = TEXT.index(snippet)
    return Finding(code, Severity.WARNING, Place(Source(Path("a.yaml"), TEXT), at, at + len(snippet)), "")


@pytest.mark.parametrize(
    ("code", "snippet", "excused"),
    [
        ("total-differs", "[a, 1]", True),
        ("total-differs", "tables:", True),
        ("overrun", "[a, 1]", False),
        ("total-differs", "title", False),
        ("missing-alt", "logo.png", True),
        ("missing-alt", "Words", False),
        ("name-differs", "Words", True),
        ("name-differs", "heading: A", False),
        ("overrun", "heading: A", True),
        ("overrun", "Words", False),
        ("overrun", "heading: B", False),
    ],
)
def test_a_comment_with_a_reason_excuses_its_line_and_what_stands_under_it(code: str, snippet: str, excused: bool):
    assert code in CODES
    assert is_excused(found(code, snippet)) is excused
