"""Draws the pictures of the author's first minutes: a paper as the guide has it, and one made from a Word report.

Run ``.venv/bin/python docs/images/start.py`` from the top folder; it needs LibreOffice. ``first-paper.png`` is the
first page of the paper that docs/author.md shows; ``from-word.png`` has a report as typed in Word on the left, and the
page that boardpack prints from it on the right.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import docx
import pypdfium2
from make import page_image, page_with, save, side_by_side

ROOT = Path(__file__).resolve().parents[2]
MEETING = "planning/2027-01-14"
GUIDE = ROOT / "docs" / "author.md"

HEADS = (
    "EXAMPLE DISTRICT COUNCIL",
    "REPORT TO PLANNING COMMITTEE – 14 JANUARY 2027",
    "TITLE:\tPARKING CHARGES 2027/28",
)
REPORT = """\
REPORT OF:\tJill Marsh, Head of Community Services

**1.\tPURPOSE OF REPORT
1.1\tTo set out proposed charges for the council's car parks.

**2.\tRECOMMENDATIONS
2.1\tThat the Committee approves the charges in paragraph 4.1.
2.2\tThat the Head of Community Services publishes the notice.

**3.\tBACKGROUND
3.1\tCharges were last changed in 2021. Since then:
•\tcosts have risen by 14%
•\tuse has fallen by 3%.

3.2\tThe following were consulted:
(a)\tthe Chamber of Trade;
(b)\tparish councils; and
(c)\tthe bus company.

**4.\tPROPOSALS
4.1\tThe charges would bring in:
TABLE
"""
ROWS = (
    ("Car park", "Now (£)", "Proposed (£)"),
    ("Market Square", "61,400", "70,610"),
    ("Station Road", "38,200", "43,930"),
)
TOTAL = ("Total", "99,600", "114,540")


def run(folder: Path, *arguments: str) -> None:
    """A command of boardpack, as a person types it in a folder."""
    command = [sys.executable, "-m", "boardpack", *arguments]
    subprocess.run(
        command, cwd=folder, check=True, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    )


def word_report(path: Path) -> None:
    """A report with its numbers and bullets typed by hand."""
    document = docx.Document()
    for words in HEADS:
        document.add_paragraph().add_run(words).bold = True
    for line in REPORT.split("\n"):
        if line == "TABLE":
            table = document.add_table(0, 3, style="Table Grid")
            for row in (*ROWS, TOTAL):
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
        else:
            document.add_paragraph().add_run(line.removeprefix("**")).bold = line.startswith("**") or None
    document.save(str(path))


def example() -> str:
    """The whole paper that the guide shows."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.search(r"Here is a whole paper:\n\n```yaml\n(.*?)```", text, re.DOTALL)[1]


def main(folder: Path) -> None:
    """Make both papers, build the pack, and draw."""
    run(folder, "new", "board", "planning", "--name", "Planning Committee")
    run(folder, "new", "meeting", MEETING)
    meeting = folder / "papers" / MEETING
    (meeting / "opening-hours.yaml").write_text(example(), encoding="utf-8")
    word_report(folder / "report.docx")
    run(folder, "new", "paper", f"{MEETING}/parking", "--from", "report.docx")
    paper = (meeting / "parking.yaml").read_text(encoding="utf-8")
    paper = re.sub(r"^purpose:.*", "purpose: decision", paper, flags=re.MULTILINE)
    (meeting / "parking.yaml").write_text(paper, encoding="utf-8")
    agenda = (meeting / "meeting.yaml").read_text(encoding="utf-8")
    lines = "agenda:\n  - paper: opening-hours\n  - paper: parking\n"
    (meeting / "meeting.yaml").write_text(agenda.replace("agenda:\n", lines), encoding="utf-8")
    run(folder, "pack", MEETING)
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(folder), str(folder / "report.docx")], check=True, capture_output=True)
    pack = pypdfium2.PdfDocument(folder / "output" / MEETING / "pack.pdf")
    typed = pypdfium2.PdfDocument(folder / "report.pdf")
    first = page_with(pack, "Why the hours should change", 2)
    save(side_by_side([page_image(pack, first, 80)]), "first-paper.png")
    second = page_with(pack, "PARKING CHARGES", first + 1)
    save(side_by_side([page_image(typed, 1, 70), page_image(pack, second, 70)]), "from-word.png")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
