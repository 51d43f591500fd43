"""The same meeting for everyone: the papers folder for boardpack, Markdown and plain blocks for the others.

The others get their content ready made, outside the measured time: no YAML to read, no Markdown for the
script to parse, no numbers to compute. What they cannot express (typed columns, references) they get as text.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import markdown
import yaml

MARKER = re.compile(r"( *)([-*]|\w+[.)]|\(\w+\)) (?=\S)")
PLACED = re.compile(r"\[\]\((table|figure):([\w-]+)\)")
REFERENCE = re.compile(r"\[\]\((\w+):([\w-]+)\)")
NOTE = re.compile(r"\n+\[\^(\w+)\]: (.*)")
PAGE_BREAK = '```{=openxml}\n<w:p><w:r><w:br w:type="page"/></w:r></w:p>\n```'


@dataclass(frozen=True)
class Paper:
    """A paper in the words that a reader sees, its body as Markdown with its tables in place by reference."""

    id: str
    agenda_title: str
    title: str
    cover: list[tuple[str, str]]
    front: str
    body: str
    tables: dict[str, tuple[str, list[list[str]]]]
    figures: dict[str, tuple[Path, str]]


@dataclass(frozen=True)
class Meeting:
    board: str
    date: str
    papers: list[Paper]


def read_meeting(folder: Path) -> Meeting:
    """Read a meeting of random papers; every scalar is a text here."""
    meeting = load(folder / "meeting.yaml")
    titles = dict(agenda_titles(meeting["agenda"]))
    papers = [read_paper(folder, paper, title) for paper, title in titles.items()]
    return Meeting(load(folder.parent / "board.yaml")["name"], meeting["date"], papers)


def load(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    return value


def agenda_titles(items: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Each paper with the title at the first of its lines, which is empty where the paper's own stands."""
    seen: dict[str, str] = {}
    for item in items:
        if isinstance(item, dict):
            paper = item.get("paper")
            if isinstance(paper, str) and paper not in ("verbal", "to follow", "tabled"):
                seen.setdefault(paper, item.get("title", ""))
            for name, title in agenda_titles(item.get("items", [])):
                seen.setdefault(name, title)
    yield from seen.items()


def read_paper(folder: Path, name: str, agenda_title: str) -> Paper:
    value = load(folder / f"{name}.yaml")
    purpose = value["purpose"]
    cover = [
        ("Meeting date", folder.name),
        ("Author", ", ".join(value["author"].values())),
        ("Purpose", purpose if isinstance(purpose, str) else ", ".join(purpose)),
        *((key.capitalize(), answer) for key, answer in value.get("cover", {}).items()),
    ]
    front = [value.get("summary", "")]
    front += [f"{number}. {text}" for number, text in enumerate(value.get("recommendations", []), 1)]
    back = [part for key, text in value.get("standing", {}).items() for part in (f"## {key}", text)]
    background = value.get("background_papers", "none")
    if background != "none":
        back += ["## Background papers", *(f"{row['title']}, {row['where']}" for row in background)]
    back += [", ".join(value["contact"].values())] if "contact" in value else []
    sections = [
        part
        for section in value["sections"]
        for part in ([f"## {section['heading']}"] if "heading" in section else []) + [section["text"]]
    ]
    return Paper(
        name,
        agenda_title or value["title"],
        value["title"],
        cover,
        tidy("\n\n".join(front)),
        tidy("\n\n".join([*sections, *back])),
        {key: (table["caption"], table_rows(folder, table)) for key, table in value.get("tables", {}).items()},
        {key: (folder / each["file"], each["caption"]) for key, each in value.get("figures", {}).items()},
    )


def table_rows(folder: Path, table: dict[str, Any]) -> list[list[str]]:
    """A table as rows of text, in which groups and notes take a row each."""
    columns = table["columns"]
    rows = [[column["label"] for column in columns]]
    values = table.get("rows")
    if values is None:
        with (folder / table["from"]).open(encoding="utf-8", newline="") as stream:
            values = list(csv.reader(stream))[1:]
    for value in values:
        cells = [value["group"]] if isinstance(value, dict) else [text_of_cell(cell) for cell in value]
        rows.append(cells + [""] * (len(columns) - len(cells)))
    notes = [table[key] for key in ("note", "source") if key in table]
    return [*rows, *([note] + [""] * (len(columns) - 1) for note in notes)]


def text_of_cell(cell: str) -> str:
    return f"{int(cell):,}" if cell.isdecimal() else " ".join(cell.replace("- ", "").split())


def tidy(text: str) -> str:
    """Markdown that every parser reads alike: lists nested by four spaces and after a blank line."""
    rows: list[str] = []
    indents: list[int] = []
    for row in text.replace("{: .unnumbered}\n", "").split("\n"):
        match = MARKER.match(row)
        if not match:
            indents = indents if not row else []
            rows.append(row)
            continue
        if not indents and rows and rows[-1]:
            rows.append("")
        width = len(match[1])
        indents = [*(indent for indent in indents if indent < width), width]
        rows.append("    " * (len(indents) - 1) + row[width:])
    return "\n".join(rows)


# --- Markdown for pandoc -----------------------------------------------------------------------------------


def as_markdown(meeting: Meeting) -> str:
    """The whole pack as one Markdown document: agenda, then each paper on a new page."""
    lines = [f"- [{paper.agenda_title}](#{paper.id})" for paper in meeting.papers]
    parts = [f"**{meeting.board}, {meeting.date}**", "\n".join(lines)]
    for paper in meeting.papers:
        cover = pipe_table([["", ""], *([label, text] for label, text in paper.cover)])
        heading = f"# {paper.title} {{#{paper.id}}}"
        parts += [PAGE_BREAK, heading, cover, plain_references(paper.front), pandoc_body(paper)]
    return "\n\n".join(parts) + "\n"


def pandoc_body(paper: Paper) -> str:
    def place(match: re.Match[str]) -> str:
        if match[1] == "table":
            caption, rows = paper.tables[match[2]]
            return f"{pipe_table(rows)}\n\n: {caption}"
        path, caption = paper.figures[match[2]]
        return f"![{caption}]({path})"

    placed = re.sub(rf"^{PLACED.pattern}$", place, paper.body, flags=re.MULTILINE)
    return plain_references(placed.replace("[^", f"[^{paper.id}"))


def pipe_table(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *rest])


def plain_references(text: str) -> str:
    return REFERENCE.sub(lambda match: f"{match[1]} {match[2]}", text)


# --- Blocks for the script ---------------------------------------------------------------------------------


def as_blocks(meeting: Meeting) -> str:
    """The whole pack as JSON: each paper's cover and its paragraphs, list items, tables and pictures."""
    papers = [
        {
            "id": paper.id,
            "agenda_title": paper.agenda_title,
            "title": paper.title,
            "cover": paper.cover,
            "blocks": [*blocks(paper, paper.front), *blocks(paper, paper.body)],
        }
        for paper in meeting.papers
    ]
    return json.dumps({"board": meeting.board, "date": meeting.date, "papers": papers}, ensure_ascii=False)


def blocks(paper: Paper, text: str) -> Iterator[dict[str, Any]]:
    for note in NOTE.finditer(text):
        text = text.replace(f"[^{note[1]}]", f" ({note[2]})", 1)
    text = re.sub(r"^( *)\((\w)\) ", r"\1\2) ", NOTE.sub("", text), flags=re.MULTILINE)
    parts = re.split(rf"^{PLACED.pattern}$", text, flags=re.MULTILINE)
    yield from prose(parts[0])
    for kind, key, rest in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        if kind == "table":
            caption, rows = paper.tables[key]
            yield {"kind": "table", "caption": caption, "rows": rows}
        else:
            path, caption = paper.figures[key]
            yield {"kind": "picture", "file": str(path), "caption": caption}
        yield from prose(rest)


def prose(text: str) -> Iterator[dict[str, Any]]:
    html = markdown.markdown(plain_references(text), extensions=["tables", "pymdownx.fancylists"])
    for element in ElementTree.fromstring(f"<div>{html}</div>"):  # noqa: S314  it is our own
        yield from element_blocks(element, 1)


def element_blocks(element: ElementTree.Element, level: int) -> Iterator[dict[str, Any]]:
    if element.tag in ("ul", "ol"):
        style = "List Bullet" if element.tag == "ul" else "List Number"
        for item in element:
            yield {"kind": "item", "style": style, "level": level, "runs": list(runs(item))}
            for child in item:
                if child.tag in ("ul", "ol"):
                    yield from element_blocks(child, level + 1)
    elif element.tag == "table":
        rows = [["".join(cell.itertext()) for cell in row] for row in element.iter("tr")]
        yield {"kind": "table", "caption": "", "rows": rows}
    elif element.tag[0] == "h":
        yield {"kind": "heading", "level": int(element.tag[1]), "text": "".join(element.itertext())}
    elif element.tag == "blockquote":
        yield {"kind": "quote", "runs": list(runs(element))}
    else:
        yield {"kind": "paragraph", "runs": list(runs(element))}


def runs(element: ElementTree.Element, bold: bool = False, italic: bool = False) -> Iterator[tuple[str, bool, bool]]:
    """The text of an element in pieces of one weight and slope, without its inner lists."""
    if element.text:
        yield element.text, bold, italic
    for child in element:
        if child.tag not in ("ul", "ol"):
            yield from runs(child, bold or child.tag == "strong", italic or child.tag == "em")
        if child.tail:
            yield child.tail, bold, italic
