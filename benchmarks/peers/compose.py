"""The usual script: a docxtpl cover and a python-docx body for each paper, put together with docxcompose.

Run as ``compose.py BLOCKS COVER OUTPUT``. It does what such scripts do at their best: the template is read
from disk once, table rows are walked once, and nothing is saved in between. Its agenda points at each paper
with a live page field; only a layout program can know the number.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

NEEDED = {"docx": "python-docx", "docxtpl": "docxtpl", "docxcompose": "docxcompose"}


def missing() -> str:
    """What this machine lacks for it; empty if nothing."""
    lacking = [name for module, name in NEEDED.items() if not importlib.util.find_spec(module)]
    return f"{', '.join(lacking)} not installed" if lacking else ""


def command(blocks: Path, cover: Path, document: Path) -> list[str]:
    return [sys.executable, __file__, str(blocks), str(cover), str(document)]


def write_cover(path: Path) -> None:
    """The cover template: a heading and a table of labels and answers, with docxtpl's tags."""
    from docx import Document

    template = Document()
    template.add_heading("{{ title }}", 1)
    table = template.add_table(3, 2)
    rows = ["{%tr for label, answer in cover %}", "{{ label }}", "{%tr endfor %}"]
    for row, text in zip(table.rows, rows, strict=True):
        row.cells[0].text = text
    table.rows[1].cells[1].text = "{{ answer }}"
    template.save(str(path))


def compose(blocks: Path, cover: Path, output: Path) -> None:
    from docx import Document
    from docxcompose.composer import Composer
    from docxtpl import DocxTemplate

    content = json.loads(blocks.read_text(encoding="utf-8"))
    template = cover.read_bytes()
    master = Document()
    add_agenda(master, content)
    composer = Composer(master)
    for number, paper in enumerate(content["papers"]):
        shell = DocxTemplate(BytesIO(template))
        shell.render({"title": paper["title"], "cover": paper["cover"]}, autoescape=True)
        document = shell.docx
        begin_paper(document, number)
        for block in paper["blocks"]:
            add_block(document, block)
        composer.append(document)
    composer.save(str(output))


def add_agenda(document: Word, content: dict[str, Any]) -> None:
    document.add_heading(f"{content['board']}, {content['date']}", 1)
    table = document.add_table(len(content["papers"]), 2)
    for number, (row, paper) in enumerate(zip(table.rows, content["papers"], strict=True)):
        title, page = row.cells
        title.text = paper["agenda_title"]
        add_page_field(page.paragraphs[0], f"paper{number}")


def add_page_field(paragraph: Paragraph, bookmark: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" PAGEREF {bookmark} \\h ")
    paragraph._p.append(field)


def begin_paper(document: Word, number: int) -> None:
    """Start the paper on a new page and bookmark its heading."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    heading = document.paragraphs[0]
    heading.paragraph_format.page_break_before = True
    for place, tag in ((0, "w:bookmarkStart"), (len(heading._p), "w:bookmarkEnd")):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), f"paper{number}")
        heading._p.insert(place + 1, mark)


def add_block(document: Word, block: dict[str, Any]) -> None:
    kind = block["kind"]
    if kind == "heading":
        document.add_heading(block["text"], min(block["level"], 4))
    elif kind == "table":
        document.add_paragraph(block["caption"], style="Caption")
        add_table(document, block["rows"])
    elif kind == "picture":
        document.add_picture(block["file"])
        document.add_paragraph(block["caption"], style="Caption")
    elif kind == "item":
        level = min(block["level"], 3)
        add_runs(document, block["runs"], block["style"] + (f" {level}" if level > 1 else ""))
    else:
        add_runs(document, block["runs"], "Quote" if kind == "quote" else "Normal")


def add_runs(document: Word, runs: list[tuple[str, bool, bool]], style: str) -> None:
    paragraph = document.add_paragraph(style=style)
    for text, bold, italic in runs:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold or None, italic or None


def add_table(document: Word, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


if __name__ == "__main__":
    compose(*map(Path, sys.argv[1:]))
