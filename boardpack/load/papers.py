"""A paper's tree -> Paper, with its tables read and its files found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from yaml.nodes import MappingNode, SequenceNode

from boardpack.diagnostics import Finding, Place, finding
from boardpack.load.appendices import build_appendices
from boardpack.load.boards import build_people
from boardpack.load.charts import build_chart
from boardpack.load.clearance import build_clearances
from boardpack.load.fields import Fields
from boardpack.load.files import check_picture, find_file
from boardpack.load.tables import build_table
from boardpack.load.withheld import commented, exempt, ground, withheld
from boardpack.model.board import Board
from boardpack.model.paper import BackgroundPaper, Contact, Figure, Late, Paper, Section, Standing
from boardpack.model.text import Link, Text, links
from boardpack.model.tree import Tree


def build_paper(tree: Tree, board: Board, found: list[Finding]) -> Paper:
    """The paper that a tree describes; what the schema cannot see is added to ``found``."""
    fields = Fields(tree.source, tree.root)
    path = tree.source.path
    files: list[Path] = []
    tables = {id: build_table(id, at, table, board, files, found) for id, at, table in fields.entries("tables")}
    paper = Paper(
        id=path.stem,
        path=path,
        at=fields.at,
        title=fields.text("title") or Text("", fields.at),
        authors=build_people(fields, "author", board),
        purposes=fields.strings("purpose"),
        presenter=next(iter(build_people(fields, "presenter", board)), None),
        theme=fields.string("theme"),
        cover=tuple(_cover(fields, board, found)),
        contact=_contact(fields),
        contents=fields.flag("contents"),
        landscape=fields.flag("landscape"),
        number_sections=fields.flag("number_sections", board.number_sections),
        number_paragraphs=fields.flag_or_string("number_paragraphs", board.number_paragraphs),
        summary=fields.text("summary"),
        recommendations=fields.texts("recommendations"),
        sections=tuple(_section(section) for section in fields.mappings("sections")),
        standing=tuple(_standing(fields, board, found)),
        figures=dict(_figures(fields, files, found)),
        tables=tables,
        charts={id: build_chart(id, at, chart) for id, at, chart in fields.entries("charts")},
        appendices=tuple(build_appendices(fields, files, found)),
        background_papers=_background_papers(fields),
        withheld=withheld(fields),
        answered=frozenset(_answered(fields)),
        purposes_at=fields.place("purpose"),
        theme_at=fields.place("theme"),
        exempt=exempt(fields),
        ground=ground(fields),
        late=_late(fields, board),
        public_title=fields.text("public_title"),
        clearance=tuple(build_clearances(fields, board)),
        stated=withheld(fields),
    )
    _pictures(paper, files, found)
    found += _commented(fields)
    return replace(paper, files=tuple(dict.fromkeys(files)))


def _late(fields: Fields, board: Board) -> Late | None:
    given = fields.mapping("late")
    if given is None:
        return None
    return Late(
        urgency=given.text("urgency"),
        reason=given.text("reason"),
        agreed_by=next(iter(build_people(given, "agreed_by", board)), None),
        agreed_on=given.day("agreed_on"),
        answered=frozenset(_said(given)),
        at=fields.key_place("late"),
    )


def _commented(fields: Fields) -> Iterator[Finding]:
    for at in commented(fields):
        message = f"`{at.source.text[at.start : at.end]}` is a comment, so that nothing is withheld by it"
        yield finding(
            "class-in-comment", at, message, "take the `#` away, or delete the line if nothing is to be withheld"
        )


def _answered(fields: Fields) -> Iterator[str]:
    """Every key that holds something: the word `none` counts, an empty list or mapping does not."""
    yield from _said(fields)
    for key, node in fields.nodes.items():
        if key in ("cover", "standing") and isinstance(node, MappingNode):
            below = Fields(fields.source, node)
            yield from (f"{key}.{name}" for name in below.nodes if below.text(name))


def _said(fields: Fields) -> Iterator[str]:
    for key, node in fields.nodes.items():
        if node.value and (not isinstance(node.value, str) or fields.words(node)):
            yield key


def _cover(fields: Fields, board: Board, found: list[Finding]) -> Iterator[tuple[str, Text]]:
    """The house's own cover lines that this paper answers, in the house's order: label and answer."""
    answers = fields.mapping("cover")
    if answers is None:
        return
    _unknown_answers(answers, [field.key for field in board.cover_fields], "cover line", found)
    for field in board.cover_fields:
        if answer := answers.text(field.key):
            yield field.label, answer


def _standing(fields: Fields, board: Board, found: list[Finding]) -> Iterator[Standing]:
    """The standing sections that this paper answers, in the house's order."""
    answers = fields.mapping("standing")
    if answers is None:
        return
    _unknown_answers(answers, [section.key for section in board.standing_sections], "standing section", found)
    for section in board.standing_sections:
        if answer := answers.text(section.key):
            is_none = answer.value.strip().lower() == "none"
            text = Text(section.none, answer.at) if is_none else answer
            yield Standing(section.heading, text, section.key, is_none)


def _unknown_answers(answers: Fields, known: list[str], what: str, found: list[Finding]) -> None:
    from difflib import get_close_matches

    for key in answers.nodes:
        if key in known:
            continue
        near = get_close_matches(key, known, n=1)
        listed = f"board.yaml lists {', '.join(f'`{each}`' for each in known) or 'none'}"
        help = f"did you mean `{near[0]}`?" if near else listed
        found.append(finding("unknown-key", answers.key_place(key), f"`{key}` is not a {what} of the board", help))


def _contact(fields: Fields) -> Contact | None:
    given = fields.mapping("contact")
    if given is None:
        return None
    return Contact(given.string("name"), given.string("telephone"), given.string("email"), given.string("role"))


def _section(section: Fields) -> Section:
    return Section(
        section.text("heading"),
        section.string("id"),
        section.text("text"),
        section.string("item"),
        section.at,
        section.key_place("heading") if "heading" in section.nodes else None,
    )


def _figures(fields: Fields, files: list[Path], found: list[Finding]) -> Iterator[tuple[str, Figure]]:
    folder = fields.source.path.parent
    for id, at, figure in fields.entries("figures"):
        named = figure.string("file")
        path = _picture(folder, named, figure.place("file"), files, found) if named else None
        file = path or folder / "missing.png"
        yield id, Figure(id, file, figure.text("caption"), figure.string("alt"), at)


def _picture(folder: Path, named: str, at: Place | None, files: list[Path], found: list[Finding]) -> Path | None:
    path = find_file(folder, named, at, found) if at else None
    if path is not None and at is not None:
        check_picture(path, at, found)
        files.append(path)
    return path


def _pictures(paper: Paper, files: list[Path], found: list[Finding]) -> None:
    """The pictures that Markdown texts show by themselves: ``![alt](figures/x.png)``."""
    for text in paper.linked:
        for link in links(text) if "![" in text.value else ():
            if link.picture and ":" not in link.target:
                _picture(paper.path.parent, link.target, _target(link), files, found)


def _target(link: Link) -> Place:
    return link.at.find(link.target)


def _background_papers(fields: Fields) -> tuple[BackgroundPaper, ...] | None:
    node = fields.nodes.get("background_papers")
    if node is None or not isinstance(node, SequenceNode):
        return () if fields.string("background_papers").lower() == "none" else None
    return tuple(
        BackgroundPaper(title, paper.string("where"), paper.string("link"))
        for paper in fields.mappings("background_papers")
        if (title := paper.text("title"))
    )
