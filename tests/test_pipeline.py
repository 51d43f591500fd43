"""What the pipeline finds that no single step can see."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from boardpack import pipeline

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "papers" / "safer-essex"


def options(folder: Path, templates: str) -> pipeline.Options:
    papers = folder / "papers" / "safer-essex"
    shutil.copytree(SAMPLE, papers)
    board = papers / "board.yaml"
    text = re.sub(r"(?m)^templates: .*$", f"templates: {templates}", board.read_text(encoding="utf-8"))
    board.write_text(text, encoding="utf-8")
    return pipeline.Options(folder / "papers", folder / "output", (ROOT / "templates",), ROOT / "schemas")


def test_a_folder_of_templates_that_is_not_there_is_found_at_its_line(tmp_path: Path):
    (found,) = pipeline.check(options(tmp_path, "defualt"), ["safer-essex"]).findings

    assert found.code == "unknown-templates"
    assert found.place is not None
    assert found.place.span().text == "templates: defualt"
    assert found.help == "did you mean `default`?"


def test_a_folder_of_templates_that_is_there_is_no_fault(tmp_path: Path):
    assert pipeline.check(options(tmp_path, "default"), ["safer-essex"]).findings == []
