"""The schemas keep what they promise: complete, closed, explained, and right about good and bad papers.

``tests/schemas/`` holds good documents, named after their schema: ``paper.yaml`` is a full paper,
``paper-other-forms.yaml`` shows other ways of writing one. Together they show every key of the schema; dropping a
file in adds a test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import jsonschema_rs
import pytest
import yaml

ROOT = Path(__file__).parent.parent
KINDS = ("board", "meeting", "paper", "minutes")
SCHEMAS: dict[str, dict[str, Any]] = {
    kind: json.loads((ROOT / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8")) for kind in KINDS
}
VALIDATORS = {kind: jsonschema_rs.Draft202012Validator(schema) for kind, schema in SCHEMAS.items()}
GOOD = sorted((ROOT / "tests" / "schemas").glob("*.yaml"))
MAPS = ("properties", "patternProperties", "$defs")
ONE = ("items", "additionalProperties", "propertyNames", "if", "then", "else", "not")


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 core scalars: dates, times and ``no`` stay words."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def read(text: str) -> Any:
    """What a YAML text holds, without surprises in its scalars."""
    return yaml.load(text, Loader=CoreLoader)


def subschemas(schema: Any, path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """This schema and every schema inside it, each with its JSON pointer."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for keyword in MAPS:
        for name, child in schema.get(keyword, {}).items():
            yield from subschemas(child, f"{path}/{keyword}/{name}")
    for keyword in ONE:
        yield from subschemas(schema.get(keyword), f"{path}/{keyword}")


ALL = [(kind, path, schema) for kind in KINDS for path, schema in subschemas(SCHEMAS[kind])]
NAMES = re.compile(r"/(properties|\$defs)/[^/]+$")


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_2020_12(kind: str) -> None:
    assert SCHEMAS[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[kind]["$id"] == f"https://example.org/boardpack/{kind}.schema.json"
    jsonschema_rs.meta.validate(SCHEMAS[kind])


def test_every_property_has_title_and_description() -> None:
    bare = [
        (kind, path)
        for kind, path, schema in ALL
        if NAMES.search(path) and not (schema.get("title") and schema.get("description"))
    ]
    assert bare == []


def test_descriptions_are_sentences() -> None:
    odd = [
        (kind, path)
        for kind, path, schema in ALL
        if not schema.get("description", "Said elsewhere.").endswith((".", "?"))
    ]
    assert odd == []


def test_fixed_key_sets_are_closed() -> None:
    open_ = [
        (kind, path) for kind, path, schema in ALL if "properties" in schema and "additionalProperties" not in schema
    ]
    assert open_ == []


def test_no_alternatives_whose_errors_read_badly() -> None:
    assert [(kind, path) for kind, path, schema in ALL if {"anyOf", "oneOf", "allOf"} & schema.keys()] == []


def test_references_are_local_and_resolve() -> None:
    for kind, path, schema in ALL:
        if "$ref" in schema:
            start, _, name = schema["$ref"].rpartition("/")
            assert (start, name in SCHEMAS[kind]["$defs"]) == ("#/$defs", True), (kind, path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_definition_is_used(kind: str) -> None:
    used = {schema["$ref"].rpartition("/")[2] for _, schema in subschemas(SCHEMAS[kind]) if "$ref" in schema}
    assert used == SCHEMAS[kind]["$defs"].keys()


def test_same_definition_says_the_same_in_every_file() -> None:
    shared: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        for name, schema in SCHEMAS[kind]["$defs"].items():
            assert shared.setdefault(name, schema) == schema, (kind, name)


def test_examples_and_defaults_are_valid() -> None:
    for kind, path, schema in ALL:
        values = [*schema.get("examples", []), *([schema["default"]] if "default" in schema else [])]
        if values:
            validator = jsonschema_rs.Draft202012Validator({**schema, "$defs": SCHEMAS[kind]["$defs"]})
            assert [value for value in values if not validator.is_valid(value)] == [], (kind, path)


def test_board_can_require_every_key_of_a_paper() -> None:
    assert SCHEMAS["board"]["properties"]["require"]["items"]["enum"] == list(SCHEMAS["paper"]["properties"])


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_document_passes(path: Path) -> None:
    kind = path.stem.partition("-")[0]
    document = read(path.read_text(encoding="utf-8"))
    assert [(error.instance_path, error.message) for error in VALIDATORS[kind].iter_errors(document)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_good_documents_show_every_key(kind: str) -> None:
    seen = set()
    for path in GOOD:
        if path.stem.partition("-")[0] == kind:
            evaluation = VALIDATORS[kind].evaluate(read(path.read_text(encoding="utf-8")))
            seen |= {unit["schemaLocation"].partition("#")[2] for unit in evaluation.list()["details"]}
    keys = {path[1:] for path, _ in subschemas(SCHEMAS[kind]) if re.search(r"/properties/[^/]+$", path)}
    assert keys - seen == set()


PAPER = "title: Funding\nauthor: pw\npurpose: decision\n"
MEETING = "date: 2010-03-11\nagenda: [{title: Welcome}]\n"
TABLE = PAPER + "tables:\n  costs:\n    columns: [{key: a, label: A}]\n"
MISTAKES = [
    # schema, document, keyword that refuses it, where
    ("board", "organisation: Essex", "required", ""),
    ("board", "name: ''", "minLength", "name"),
    ("board", "name: A\nnotice: {statute: england}", "enum", "notice/statute"),
    ("board", "name: A\nnotice: {saturday: false}", "enum", "notice/saturday"),
    ("board", "name: A\nnotice: {extra_days: [5 March]}", "pattern", "notice/extra_days/0"),
    ("board", "name: A\nnotice: none", "type", "notice"),
    ("board", "name: A\nrequire: [summery]", "enum", "require/0"),
    ("board", "name: A\nnumbering: '1.1'", "type", "numbering"),
    ("board", "name: A\npaper_column: {page: 'Page {frist}'}", "pattern", "paper_column/page"),
    ("board", "name: A\npaper_column: {page: 'Pages {first} to {last}'}", "pattern", "paper_column/page"),
    ("board", "name: A\npaper_column: {to follow: Later}", "additionalProperties", "paper_column"),
    ("board", "name: A\nrag: {B: {colour: blue}}", "required", "rag/B"),
    ("board", "name: A\nrag: {B: {label: Blue, color: blue}}", "additionalProperties", "rag/B"),
    ("board", "name: A\nrules: {total-differs: ignore}", "enum", "rules/total-differs"),
    ("board", "name: A\nrules: {total-differs: {severity: ignore}}", "enum", "rules/total-differs/severity"),
    ("board", "name: A\nrules: {Total differs: off}", "propertyNames", "rules"),
    ("board", "name: A\npeople: [{id: PW, name: P Warrener}]", "pattern", "people/0/id"),
    ("board", "name: A\npeople: [{id: pw}]", "required", "people/0"),
    (
        "board",
        "name: A\ncover_fields: [{key: wards, label: W, required: yes}]",
        "type",
        "cover_fields/0/required",
    ),
    ("board", "name: A\ndrafts_due: a week", "pattern", "drafts_due"),
    ("board", "name: A\nclearance_due: soon", "pattern", "clearance_due"),
    ("board", "name: A\nclearances: [finance, finance]", "uniqueItems", "clearances"),
    ("board", "name: A\nforward_plan: {themes: Funding}", "type", "forward_plan/themes"),
    ("meeting", "agenda: [Welcome]", "required", ""),
    ("meeting", "date: 2010-03-11", "required", ""),
    ("meeting", "date: 11 March 2010\nagenda: [Welcome]", "pattern", "date"),
    ("meeting", "date: 2010-03-11\nagenda: []", "minItems", "agenda"),
    ("meeting", MEETING + "starts: 9.30", "type", "starts"),
    ("meeting", MEETING + "starts: 9.30 am", "pattern", "starts"),
    ("meeting", MEETING + "place: Room 2", "additionalProperties", ""),
    ("meeting", MEETING + "next: {starts: 9:30}", "required", "next"),
    ("meeting", "date: 2010-03-11\nagenda: [{titel: Welcome}]", "additionalProperties", "agenda/0"),
    ("meeting", "date: 2010-03-11\nagenda: [{paper: To follow}]", "pattern", "agenda/0/paper"),
    ("meeting", "date: 2010-03-11\nagenda: [{paper: funding.yaml}]", "pattern", "agenda/0/paper"),
    ("meeting", "date: 2010-03-11\nagenda: [{paper: }]", "type", "agenda/0/paper"),
    (
        "meeting",
        "date: 2010-03-11\nagenda: [{paper: {words: Reports}}]",
        "additionalProperties",
        "agenda/0/paper",
    ),
    ("meeting", "date: 2010-03-11\nagenda: [{minutes_of: last}]", "pattern", "agenda/0/minutes_of"),
    (
        "meeting",
        "date: 2010-03-11\nagenda: [{minutes_of: {date: 2010-01-28}}]",
        "required",
        "agenda/0/minutes_of",
    ),
    (
        "meeting",
        "date: 2010-03-11\nagenda: [{items: [{duration: 10 min}]}]",
        "type",
        "agenda/0/items/0/duration",
    ),
    ("meeting", "date: 2010-03-11\nagenda: [{items: Welcome}]", "type", "agenda/0/items"),
    ("paper", "author: pw\npurpose: decision", "required", ""),
    ("paper", "title: Funding\npurpose: decision", "required", ""),
    ("paper", "title: Funding\nauthor: pw", "required", ""),
    ("paper", "title: true\nauthor: pw\npurpose: decision", "type", "title"),
    ("paper", "title: F\nauthor: {nam: A Dawlish}\npurpose: decision", "required", "author"),
    (
        "paper",
        "title: F\nauthor: [{name: A, post: B}]\npurpose: decision",
        "additionalProperties",
        "author/0",
    ),
    ("paper", "title: F\nauthor: pw\npurpose: []", "minItems", "purpose"),
    ("paper", PAPER + "recommendation: [Note it.]", "additionalProperties", ""),
    ("paper", PAPER + "recommendations: Note it.", "type", "recommendations"),
    ("paper", PAPER + "sections: [{title: Grant}]", "additionalProperties", "sections/0"),
    ("paper", PAPER + "sections: [{id: The event}]", "pattern", "sections/0/id"),
    ("paper", PAPER + "contact: {email: A Dawlish}", "pattern", "contact/email"),
    ("paper", PAPER + "contents: yes", "type", "contents"),
    ("paper", PAPER + "figures: {a: {caption: A}}", "required", "figures/a"),
    ("paper", PAPER + "figures: {a: {file: 'C:\\figures\\a.png'}}", "pattern", "figures/a/file"),
    (
        "paper",
        PAPER + "tables: {The costs: {columns: [{key: a, label: A}], rows: []}}",
        "propertyNames",
        "tables",
    ),
    ("paper", TABLE, "required", "tables/costs"),
    ("paper", TABLE + "    rows: [{a: {b: c}}]", "type", "tables/costs/rows/0/a"),
    ("paper", TABLE + "    rows: [[true]]", "type", "tables/costs/rows/0/0"),
    ("paper", TABLE + "    rows: [Basildon]", "type", "tables/costs/rows/0"),
    ("paper", TABLE + "    rows: []\n    orientation: landscape", "additionalProperties", "tables/costs"),
    ("paper", PAPER + "tables: {c: {columns: [{key: a}], rows: []}}", "required", "tables/c/columns/0"),
    (
        "paper",
        PAPER + "tables: {c: {columns: [{key: a, label: A, type: currency}], rows: []}}",
        "enum",
        "tables/c/columns/0/type",
    ),
    (
        "paper",
        PAPER + "tables: {c: {columns: [{key: a, label: A, total: Sum}], rows: []}}",
        "enum",
        "tables/c/columns/0/total",
    ),
    (
        "paper",
        PAPER + "tables: {c: {columns: [{key: a, label: A, change: [a]}], rows: []}}",
        "minItems",
        "tables/c/columns/0/change",
    ),
    ("paper", PAPER + "charts: {c: {table: t, kind: donut, x: a, y: [b]}}", "enum", "charts/c/kind"),
    ("paper", PAPER + "standing: {financial: }", "type", "standing/financial"),
    ("paper", PAPER + "appendices: [{title: Plan}]", "required", "appendices/0"),
    ("paper", PAPER + "background_papers: nothing", "enum", "background_papers"),
    (
        "paper",
        PAPER + "background_papers: [{title: A, link: example.org}]",
        "pattern",
        "background_papers/0/link",
    ),
    ("paper", PAPER + "exempt: true", "type", "exempt"),
    ("paper", PAPER + "exempt: {paragraphs: 3}", "type", "exempt/paragraphs"),
    ("paper", PAPER + "exempt: {paragraphs: []}", "minItems", "exempt/paragraphs"),
    ("paper", PAPER + "exempt: {paragraphs: [19]}", "maximum", "exempt/paragraphs/0"),
    ("paper", PAPER + "exempt: {ground: A court order.}", "required", "exempt"),
    ("paper", PAPER + "confidential: {}", "required", "confidential"),
    ("paper", PAPER + "late: {agreed_on: yesterday}", "pattern", "late/agreed_on"),
    ("paper", PAPER + "clearance: [{name: B Oake}]", "required", "clearance/0"),
    ("paper", PAPER + "clearance: [{by: finance, of: 3f9ac01b22d}]", "pattern", "clearance/0/of"),
    ("paper", PAPER + "confidential: {ground: ' '}", "pattern", "confidential/ground"),
    ("minutes", "status: approved\nitems: []", "enum", "status"),
    ("minutes", "status: draft", "required", ""),
    ("minutes", "items: [{discussion: Noted.}]", "required", "items/0"),
    ("minutes", "items: [{item: a, resolved: Agreed.}]", "type", "items/0/resolved"),
    ("minutes", "items: [{item: a, actions: [{owner: pw}]}]", "required", "items/0/actions/0"),
    (
        "minutes",
        "items: [{item: a, actions: [{action: A, status: done}]}]",
        "enum",
        "items/0/actions/0/status",
    ),
    ("minutes", "items: [{item: a, actions: [{action: A, due: soon}]}]", "pattern", "items/0/actions/0/due"),
    ("minutes", "items: []\npresent: [{rank: Cllr, name: A}]", "additionalProperties", "present/0"),
]


@pytest.mark.parametrize(("kind", "text", "keyword", "where"), MISTAKES)
def test_mistake_is_refused_at_its_place(kind: str, text: str, keyword: str, where: str) -> None:
    found = {
        (error.kind.name, "/".join(str(step) for step in error.instance_path))
        for error in VALIDATORS[kind].iter_errors(read(text))
    }
    assert (keyword, where) in found
