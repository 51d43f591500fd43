"""The generator of random meetings says what it means: the same for one seed, readable, and whole."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml
from random_meeting import Passage, lost_words, read_words, write_meeting

SCHEMAS = Path(__file__).parent.parent / "schemas"


class CoreLoader(yaml.CSafeLoader):
    """Only what YAML 1.2's core schema reads as other than a text."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), CoreLoader)


def agenda_lines(items: list[Any]) -> list[dict[str, Any]]:
    mappings = [item for item in items if isinstance(item, dict)]
    return [line for item in mappings for line in [item, *agenda_lines(item.get("items", []))]]


@pytest.fixture(scope="module", params=[(1, False), (12, False), (12, True)], ids=["one", "plain", "hostile"])
def meeting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    papers, hostile = request.param
    return write_meeting(tmp_path_factory.mktemp("m") / "papers", papers, 7, hostile=hostile, pages=(0.5, 6))


def test_one_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write_meeting(tmp_path / name / "papers", 5, 3, hostile=True) for name in "ab")
    files = [path.relative_to(first) for path in first.rglob("*.*")]
    assert files
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in files)
    assert read_words(tmp_path / "a/papers") == read_words(tmp_path / "b/papers")


def test_every_paper_is_on_the_agenda_and_every_paper_named_there_exists(meeting: Path) -> None:
    stated = [line.get("paper") for line in agenda_lines(load(meeting / "meeting.yaml")["agenda"])]
    named = {name for name in stated if isinstance(name, str)} - {"verbal", "to follow", "tabled"}
    assert named == {path.stem for path in meeting.glob("*.yaml")} - {"meeting"}


def test_a_time_and_a_date_stay_as_typed_and_prose_is_text(meeting: Path) -> None:
    agenda = load(meeting / "meeting.yaml")
    assert agenda["date"] == meeting.name
    assert re.fullmatch(r"\d+:\d\d", agenda["starts"])
    for path in set(meeting.glob("*.yaml")) - {meeting / "meeting.yaml"}:
        paper = load(path)
        assert isinstance(paper["title"], str)
        assert all(isinstance(section["text"], str) for section in paper["sections"])


def test_every_file_fits_its_schema(meeting: Path) -> None:
    for path in [meeting.parent / "board.yaml", *meeting.glob("*.yaml")]:
        kind = path.stem if path.stem in ("board", "meeting") else "paper"
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
        errors = jsonschema_rs.Draft202012Validator(schema).iter_errors(load(path))
        assert [(path.name, error.message) for error in errors] == []


def test_every_word_stands_in_the_file_of_its_paper(meeting: Path) -> None:
    for passage in read_words(meeting.parents[1]):
        files = [meeting / f"{passage.paper}.yaml", *sorted((meeting / "data").glob("*.csv"))]
        source = "".join(path.read_text(encoding="utf-8") for path in files if path.exists())
        plain = {word for word in passage.words if re.fullmatch("[A-Za-z]+", word)}
        assert not passage.paper or all(word in source for word in plain), passage.place


def test_references_resolve(meeting: Path) -> None:
    lines = agenda_lines(load(meeting / "meeting.yaml")["agenda"])
    items = {line.get("id", line.get("paper")) for line in lines if not isinstance(line.get("paper"), dict)}
    for path in set(meeting.glob("*.yaml")) - {meeting / "meeting.yaml"}:
        paper = load(path)
        ids = {f"item:{item}" for item in items} | {f"section:{each.get('id')}" for each in paper["sections"]}
        ids |= {f"table:{key}" for key in paper.get("tables", {})}
        ids |= {f"figure:{key}" for key in paper.get("figures", {})}
        assert set(re.findall(r"\[\]\((\w+:[\w-]+)\)", path.read_text(encoding="utf-8"))) <= ids


def test_no_word_is_used_twice(tmp_path: Path) -> None:
    write_meeting(tmp_path / "papers", 20, 1, pages=(0.5, 6))
    words = [word for passage in read_words(tmp_path / "papers") for word in passage.words]
    plain = [word.lower() for word in words if re.fullmatch("[A-Za-z]{3,}", word)]
    assert len(plain) > 5_000
    assert len(set(plain)) == len(plain)


def test_lost_words_names_a_word_that_is_missing_or_out_of_order() -> None:
    passage = Passage("a", "summary", ("one", "two", "three"))
    assert lost_words(passage, "one (two) three.") == []
    assert lost_words(passage, "one three") == ["two"]
    assert lost_words(passage, "two one three") == ["two"]
