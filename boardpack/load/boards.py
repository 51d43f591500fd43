"""board.yaml -> Board."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import fields as fields_of
from datetime import date

from yaml.nodes import MappingNode, Node, ScalarNode

from boardpack.diagnostics import CODES, Finding, Place, finding
from boardpack.load.fields import Fields
from boardpack.model.board import Board, CoverField, PaperColumn, Person, PlanEntry, Rating, Reading, StandingSection
from boardpack.model.notice import DraftsDue, Notice
from boardpack.model.text import Text
from boardpack.model.tree import Tree

_RATINGS = {"R": "Red", "A": "Amber", "G": "Green"}

# Dark text on these reads well for everybody: a contrast of at least 7 to 1 with black.
_COLOURS = {
    "red": "F4A6A0",
    "amber": "FFD27F",
    "yellow": "FFF2A8",
    "green": "A8D8A0",
    "blue": "A9CBEF",
    "grey": "D9D9D9",
    "white": "FFFFFF",
    "purple": "D4BCEB",
    "black": "BFBFBF",
    "orange": "FFC48A",
    "pink": "F7BFD8",
    "brown": "DEC3A5",
}
_OTHER = "D9D9D9"

_DRAFTS_DUE = re.compile(r"(\d{1,3}) (working )?days?")


def build_board(tree: Tree, found: list[Finding]) -> Board:
    """The board that a tree describes, with a default wherever it says nothing."""
    fields = Fields(tree.source, tree.root)
    folder = tree.source.path.parent
    plan = fields.mapping("forward_plan")
    plain = Board(folder.name, folder, fields.at, fields.string("name", folder.name))
    return Board(
        id=folder.name,
        folder=folder,
        at=fields.at,
        name=plain.name,
        organisation=fields.string("organisation"),
        language=fields.string("language", plain.language),
        currency=fields.string("currency", plain.currency),
        templates=fields.string("templates", plain.templates),
        numbering=fields.strings("numbering") or plain.numbering,
        number_sections=fields.flag("number_sections", plain.number_sections),
        number_paragraphs=fields.flag_or_string("number_paragraphs", plain.number_paragraphs),
        late_labels=fields.string("late_labels", plain.late_labels),
        number_appendices=fields.string("number_appendices", plain.number_appendices),
        purposes=fields.strings("purposes") or plain.purposes,
        require=fields.strings("require"),
        recommendations_lead=fields.text("recommendations_lead"),
        closing=fields.text("closing"),
        paper_column=_paper_column(fields),
        ratings=tuple(_ratings(fields)),
        cover_fields=tuple(_cover_fields(fields)),
        standing_sections=tuple(_standing_sections(fields)),
        people=tuple(_people(fields)),
        themes=plan.strings("themes") if plan else (),
        plan=tuple(_plan(plan, found)) if plan else (),
        reading=_reading(fields),
        rules=dict(_rules(fields, found)),
        notice=_notice(fields),
        drafts_due=_drafts_due(fields.string("drafts_due")),
        clearances=fields.strings("clearances"),
        clearance_due=_drafts_due(fields.string("clearance_due")),
        numbering_at=fields.place("numbering"),
        templates_at=fields.place("templates"),
    )


def _paper_column(fields: Fields) -> PaperColumn:
    given, plain = fields.mapping("paper_column"), PaperColumn()
    if given is None:
        return plain
    return PaperColumn(**{each.name: given.string(each.name, getattr(plain, each.name)) for each in fields_of(plain)})


def _ratings(fields: Fields) -> Iterator[Rating]:
    given = fields.mapping("rag")
    if given is None:
        yield from (Rating(letter, label, _colour("", label)) for letter, label in _RATINGS.items())
        return
    for letter, node in given.nodes.items():
        if not given.says(letter):
            continue
        if isinstance(node, MappingNode):
            rating = Fields(given.source, node)
            label = rating.string("label", letter)
            yield Rating(letter, label, _colour(rating.string("colour"), label), rating.string("meaning"))
        elif isinstance(node, ScalarNode):
            yield Rating(letter, node.value, _colour("", node.value))


def _colour(given: str, label: str) -> str:
    """The colour as RRGGBB: as given, or the one of its name, or the one that goes with the label."""
    code = given.removeprefix("#").upper()
    if len(code) == 6 and all(digit in "0123456789ABCDEF" for digit in code):
        return code
    return _COLOURS.get(given.casefold()) or _COLOURS.get(label.casefold(), _OTHER)


def _cover_fields(fields: Fields) -> Iterator[CoverField]:
    for field in fields.mappings("cover_fields"):
        key = field.string("key")
        yield CoverField(key, field.string("label", key), field.flag("required"), field.at)


def _standing_sections(fields: Fields) -> Iterator[StandingSection]:
    for section in fields.mappings("standing_sections"):
        heading = section.text("label")
        if heading is not None:
            yield StandingSection(section.string("key"), heading, section.string("none", "None."), section.at)


def _people(fields: Fields) -> Iterator[Person]:
    for person in fields.mappings("people"):
        yield Person(
            name=person.string("name"),
            at=person.at,
            id=person.string("id"),
            rank=person.string("rank"),
            role=person.string("role"),
            organisation=person.string("organisation"),
            since=person.day("from"),
            until=person.day("until"),
        )


def _plan(fields: Fields, found: list[Finding]) -> Iterator[PlanEntry]:
    for entry in fields.mappings("entries"):
        title = entry.text("title")
        if title is not None:
            yield build_plan_entry(entry, title, found)


def build_plan_entry(fields: Fields, title: Text, found: list[Finding]) -> PlanEntry:
    """A line of the forward plan, as board.yaml and the actions of minutes say it."""
    meeting = fields.string("meeting")
    try:
        date.fromisoformat(meeting[:10])
    except ValueError:
        found.append(no_day(meeting[:10], fields.place("meeting") or fields.at))
    at = fields.place("theme") or fields.at
    return PlanEntry(fields.string("theme"), fields.string("meeting"), title, fields.strings("purpose"), at)


def _reading(fields: Fields) -> Reading:
    given, plain = fields.mapping("reading"), Reading()
    if given is None:
        return plain
    return Reading(given.integer("words") or plain.words, given.strings("abbreviations"))


def _notice(fields: Fields) -> Notice:
    given, plain = fields.mapping("notice"), Notice()
    if given is None:
        return plain
    return Notice(
        statute=given.string("statute"),
        saturday_counts=given.string("saturday") == "counted",
        holidays=given.string("holidays", plain.holidays),
        extra_days=frozenset(_days(given, "extra_days")),
    )


def _days(fields: Fields, key: str) -> Iterator[date]:
    for words in fields.strings(key):
        with contextlib.suppress(ValueError):  # the schema has the finding
            yield date.fromisoformat(words)


def _drafts_due(words: str) -> DraftsDue | None:
    match = _DRAFTS_DUE.fullmatch(words)
    return DraftsDue(int(match[1]), working=bool(match[2])) if match else None


def no_day(typed: str, at: Place) -> Finding:
    """The finding for a date that no calendar has."""
    return finding("wrong-value", at, f"there is no day {typed}", "correct the date: year, month, day")


def _rules(fields: Fields, found: list[Finding]) -> Iterator[tuple[str, str]]:
    given = fields.mapping("rules")
    if given is None:
        return
    for code, node in given.nodes.items():
        if code not in CODES or not CODES[code].adjustable:
            found.append(_fixed(code, given.key_place(code)))
        elif isinstance(node, MappingNode):
            yield code, Fields(fields.source, node).string("severity")
        elif isinstance(node, ScalarNode) and given.says(code):
            yield code, node.value


def _fixed(code: str, at: Place) -> Finding:
    from difflib import get_close_matches

    adjustable = [name for name, each in CODES.items() if each.adjustable]
    if code in CODES:
        help = "take the line out; the list of findings says on which of them a board may decide"
        return finding("wrong-value", at, f"`{code}` holds for every board, since no pack can be built with it", help)
    near = get_close_matches(code, adjustable, n=1)
    help = f"did you mean `{near[0]}`?" if near else "the code stands in square brackets in the finding"
    return finding("unknown-key", at, f"`{code}` is not the code of a finding", help)


def build_people(fields: Fields, key: str, board: Board) -> tuple[Person, ...]:
    """The people under a key: names, ids of the register, or mappings; one or a list."""
    return tuple(person for node in fields.items(key) if (person := _person(fields, node, board)))


def _person(fields: Fields, node: Node, board: Board) -> Person | None:
    if isinstance(node, MappingNode):
        given = Fields(fields.source, node)
        name = given.string("name")
        return Person(name, given.at, role=given.string("role"), organisation=given.string("organisation"))
    text = fields.words(node)
    if text is None:
        return None
    known = board.person(text.value.strip())
    return known if known is not None else Person(text.value.strip(), text.at)
