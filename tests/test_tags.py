"""Tags of the Word templates that nothing answers, or that are gone: found by `check` and `doctor`, at their place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from own_house import altered_template

from boardpack import doctor, pipeline
from boardpack.word import tags

ROOT = Path(__file__).resolve().parent.parent
BODY = "word/document.xml"


def wrong(folder: Path, name: str, old: str, new: str, part: str = BODY) -> Path:
    return altered_template(folder, name, part, lambda xml: xml.replace(old, new, 1)) / name


@pytest.mark.parametrize("name", sorted(tags.TAGS))
@pytest.mark.parametrize("house", sorted(path.name for path in (ROOT / "templates").iterdir() if path.is_dir()))
def test_every_template_of_the_repository_is_in_order(house: str, name: str):
    path = ROOT / "templates" / house / name
    assert not path.is_file() or list(tags.faults(path)) == []


def test_an_unknown_tag_is_found_in_its_paragraph(tmp_path: Path):
    (found,) = tags.faults(wrong(tmp_path, "cover.docx", "{{ title }}", "{{ titel }}"))

    assert found.code == "unknown-tag"
    assert found.help == "did you mean `title`?"
    assert found.place is not None
    span = found.place.span()
    assert span.text == "{{ titel }}"
    lines = found.place.source.text.splitlines()
    assert lines.index("{{ titel }}") + 1 == span.line


def test_an_unknown_tag_in_a_header_is_found(tmp_path: Path):
    (found,) = tags.faults(wrong(tmp_path, "house.docx", "{{ board", "{{ bord", "word/header1.xml"))
    assert (found.code, found.help) == ("unknown-tag", "did you mean `board`?")


@pytest.mark.parametrize(
    ("name", "tag"),
    [("agenda.docx", "agenda"), ("minutes.docx", "minutes"), ("minutes.docx", "status"), ("cover.docx", "summary")],
)
def test_a_tag_that_is_gone_is_named(tmp_path: Path, name: str, tag: str):
    folder = altered_template(tmp_path, name, BODY, lambda xml: re.sub(rf"{{{{p? {tag} }}}}", "", xml))
    (found,) = tags.faults(folder / name)

    assert found.code == "missing-tag"
    assert f"{tag} }}}}" in found.message


def test_a_template_that_cannot_be_read_is_a_finding(tmp_path: Path):
    path = tmp_path / "cover.docx"
    path.write_bytes(b"no zip")

    (found,) = tags.faults(path)
    assert (found.code, found.help) == ("broken-template", "save it again from Word")


def test_check_and_doctor_say_the_same(tmp_path: Path):
    wrong(tmp_path / "house", "cover.docx", "{{ title }}", "{{ titel }}")
    board = tmp_path / "papers" / "parish"
    (board / "2010-01-05").mkdir(parents=True)
    (board / "board.yaml").write_text("name: Parish\ntemplates: house\n", encoding="utf-8")
    (board / "2010-01-05" / "meeting.yaml").write_text("date: 2010-01-05\nagenda: [Welcome]\n", encoding="utf-8")
    options = pipeline.Options(
        tmp_path / "papers", tmp_path / "output", (tmp_path, ROOT / "templates"), ROOT / "schemas"
    )

    (found,) = pipeline.check(options).findings
    said = [check.text for check in doctor.examine((tmp_path,)) if check.name == "template house/cover.docx"]

    assert found.code == "unknown-tag"
    assert said == [f"paragraph {found.place.span().line}: {found.message} ({found.help})"]


def test_a_tag_with_a_brace_too_few_is_found(tmp_path: Path):
    (found,) = tags.faults(wrong(tmp_path, "cover.docx", "{{ author }}", "{{ author }"))

    assert found.code == "broken-template"
    assert found.place is not None
    assert found.place.span().text == "{{ author }"
