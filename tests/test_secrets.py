"""What the search for leaks takes for public: no more than a reader of the open papers sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.pipeline.leaking import LeakError, refuse_leaks
from boardpack.staging import Staged


def open_papers(tmp_path: Path, text: str) -> Staged:
    """Open papers that say this text, beside a withheld one with the id ``quillfeather``."""
    return Staged(tmp_path, (), ("quillfeather",), (), (text,), (), ())


@pytest.mark.parametrize("kind", ["item", "appendix", "item:2027-01-14/"])
def test_an_id_that_only_references_name_is_secret(kind: str, tmp_path: Path):
    target = kind if kind.endswith("/") else f"{kind}:"
    staged = open_papers(tmp_path, f"See []({target}quillfeather).")
    refuse_leaks({"agenda.html": b"<p>See item 3.</p>"}, [staged], [], [])
    with pytest.raises(LeakError):
        refuse_leaks({"agenda.html": b"<p>See [item:quillfeather].</p>"}, [staged], [], [])


def test_an_id_that_open_papers_say_in_words_is_none(tmp_path: Path):
    staged = open_papers(tmp_path, "A quillfeather, see [](item:quillfeather).")
    refuse_leaks({"agenda.html": b"<p>A quillfeather.</p>"}, [staged], [], [])
