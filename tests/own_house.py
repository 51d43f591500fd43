"""A made-up house that uses everything that a board can decide, with templates of its own that hold a logo."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
from docx.shared import Mm
from random_meeting import png
from reading import ROOT

DEFAULT = ROOT / "templates" / "default"
AWKWARD = "{{ 7*7 }} {% raw %} & <w:p/>"

BOARD = """
name: Harbour & Coast Panel
organisation: Example Council
templates: harbour
currency: €
numbering: ["1", "1.1", "1.1 a"]
number_paragraphs: "i)"
recommendations_lead: "The panel is asked to:"
closing: |
  Large print: 01632 960000.
paper_column:
  page: "Page {first}"
  pages: "Pages {first} to {last}"
  verbal: Spoken
cover_fields:
  - {key: wards, label: Wards affected, required: true}
standing_sections:
  - {key: financial, label: Financial implications, none: There are none.}
rag:
  R: Red
  B: {label: Blue, colour: 1F4E9E, meaning: Done}
people:
  - {id: pw, name: P Warrener, rank: Cllr, role: Chair}
"""
MEETING = """
title: Special meeting
date: 2010-03-11
starts: 9:30
ends: 12:00
venue: Room 2
next: {date: 2010-07-01, starts: 9:30, venue: Room 3}
agenda:
  - {title: Welcome, duration: 10}
  - title: Business
    duration: 60
    items:
      - {title: Harbour walls, id: walls, paper: walls}
      - {title: Harbour lights, id: lights, paper: walls}
      - {title: Tides, paper: verbal}
      - title: Money
        items: [{paper: money}, {title: Fees, paper: to follow}]
  - {title: Walls once more, id: again, paper: walls}
  - {paper: short, items: [First line, {title: Second line, paper: tabled}]}
  - {title: Other groups, paper: {text: Reports attached}}
  - next: true
"""
WALLS = f"""
title: "Walls, lights and {AWKWARD}"
author: {{name: A Dawlish, role: Engineer, organisation: Example Council}}
purpose: [information, decision]
presenter: pw
theme: Structures
cover: {{wards: All}}
standing: {{financial: none}}
contents: true
summary: |
  What stands, and what does not; {AWKWARD}
recommendations:
  - Note [](table:state).
  - Agree [](section:works), with [](item:money).
sections:
  - heading: State
    text: |
      The state of each wall[^n] is in [](table:state).

      [](table:state)

      [](figure:plan)

      [^n]: Measured in [January](https://example.org/january).
  - heading: Works
    id: works
    item: lights
    text: |
      1. First
         a) this
         b) that
      2. Then

      [](table:grid)

      See [](appendix:steps) and [](item:again).
tables:
  state:
    caption: State of the walls
    group_label: Side
    columns:
      - {{key: wall, label: Wall}}
      - {{key: cost, label: Cost, type: money, total: sum}}
      - {{key: was, label: Cost before, type: money, total: sum}}
      - {{key: change, label: Change, type: percent, change: [was, cost]}}
      - {{key: state, label: State, type: rag}}
      - {{key: by, label: Surveyed by, type: person}}
    rows:
ROWS
  grid:
    caption: Works by month
    landscape: true
    columns: [{{key: work, label: Work}}, {{key: when, label: When, type: date}}, {{key: notes, label: Notes}}]
    rows:
      - [Repair, 2010-05-01, "Some words about it"]
    note: Dates may move.
    source: The survey.
figures:
  plan: {{file: figures/plan.png, caption: Plan of the walls, alt: Two walls and a gap between them}}
appendices:
  - {{id: steps, title: Steps, paper: steps}}
  - {{id: more, title: More, file: to follow}}
background_papers:
  - {{title: Survey, where: Example Council, link: https://example.org/survey}}
contact: {{name: A Dawlish, telephone: 01632 960123, email: a.dawlish@example.org}}
"""
MONEY = """
title: Money
author: A Dawlish
purpose: information
cover: {wards: None}
standing: {financial: "It costs as [](item:walls) says."}
landscape: true
number_paragraphs: true
sections:
  - {heading: Cost, text: "LINES"}
"""
SHORT = """
title: Short
author: pw
purpose: discussion
cover: {wards: All}
standing: {financial: none}
number_paragraphs: false
"""
STEPS = """
title: Steps
author: A Dawlish
purpose: information
cover: {wards: All}
standing: {financial: none}
sections:
  - {heading: One by one, text: "The first step.\\n\\n[](table:steps)"}
tables:
  steps: {caption: Steps to take, columns: [{key: a, label: Step}], rows: [[Start]]}
"""


def write_own_house(papers: Path) -> Path:
    """Write the papers, and beside their folder the templates; return the meeting's folder."""
    meeting = papers / "harbour" / "2010-03-11"
    (meeting / "figures").mkdir(parents=True)
    (meeting / "figures" / "plan.png").write_bytes(png(300, 120))
    sides = (f"      - {{group: Side {number}}}\n" + _rows(number) for number in range(1, 4))
    files = {
        "../board.yaml": BOARD,
        "meeting.yaml": MEETING,
        "walls.yaml": WALLS.replace("ROWS\n", "".join(sides)),
        "money.yaml": MONEY.replace("LINES", "\\n\\n".join(f"Sentence {number} about money." for number in range(60))),
        "short.yaml": SHORT,
        "steps.yaml": STEPS,
    }
    for name, text in files.items():
        (meeting / name).write_text(text.lstrip("\n"), encoding="utf-8")
    write_templates(papers.parent / "templates" / "harbour")
    return meeting


def _rows(side: int) -> str:
    rating = ["R", "Blue", "N/A"]
    return "".join(
        f"      - [Wall {side}.{number}, {number * 1000}, 900, {rating[number % 3]}, pw]\n" for number in range(1, 16)
    )


def write_templates(folder: Path) -> Path:
    """A house's own cover and header, each with its logo; ``agenda.docx`` it leaves to the default house."""
    folder.mkdir(parents=True)
    shutil.copytree(DEFAULT, folder.with_name("default"), dirs_exist_ok=True)
    cover = docx.Document(str(DEFAULT / "cover.docx"))
    _logo(cover.paragraphs[0], 40, 20)
    cover.save(str(folder / "cover.docx"))
    house = docx.Document(str(DEFAULT / "house.docx"))
    _logo(house.sections[0].header.paragraphs[0], 60, 15)
    house.save(str(folder / "house.docx"))
    return folder


def _logo(paragraph: docx.text.paragraph.Paragraph, width: int, height: int) -> None:
    paragraph.add_run().add_picture(BytesIO(png(width, height)), width=Mm(width / 4))


def altered_template(folder: Path, name: str, part: str, change: Callable[[str], str]) -> Path:
    """Put a copy of a default template into a folder of its own, with one of its parts changed."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(DEFAULT / name) as old, zipfile.ZipFile(folder / name, "w") as new:
        for entry in old.namelist():
            data = old.read(entry)
            if entry == part:
                changed = change(data.decode()).encode()
                assert changed != data
                data = changed
            new.writestr(entry, data)
    return folder
