"""The Word file as a package: properties, settings, language, one of each id, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from own_house import altered_template
from printing import DEFAULT, Printed, agenda, numbered, paper, printed, rendered
from random_meeting import png
from wordfile import WordFile, faults

from boardpack.word.fragment import Fragment, Ids

NOTED = 'sections: [{heading: S, text: "Words[^n], [link](https://example.org).\\n\\n- a\\n\\n[^n]: Note."}]\n'


def made(folder: Path, board: str = "name: Example Partnership\norganisation: Example Council\n", **more) -> Printed:
    return printed(
        folder,
        board=board,
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=paper(NOTED),
        **{"other.yaml": paper(NOTED, title="Other & <more>"), **more},
    )


def core(word: WordFile, name: str) -> str:
    (found,) = word.find(f"//dc:{name}", "docProps/core.xml")
    return found.text or ""


def test_each_file_says_its_title_who_issues_it_and_its_language(tmp_path: Path):
    result = made(tmp_path)
    assert core(result.pack, "title") == "Example Partnership: meeting pack, Thursday 11 March 2010"
    assert core(result.agenda, "title") == "Example Partnership: agenda, Thursday 11 March 2010"
    assert [core(word, "title") for word in result.reports.values()] == ["1 Funding", "2 Other & <more>"]
    assert {core(word, "creator") for word in result.files()} == {"Example Council"}
    assert {core(word, "language") for word in result.files()} == {"en-GB"}


@pytest.mark.parametrize("language", ["en-GB", "cy-GB"])
def test_the_language_of_the_text_is_the_boards(language: str, tmp_path: Path):
    result = made(tmp_path, f"name: Example Partnership\nlanguage: {language}\n")
    for word in result.files():
        assert set(word.find("//w:rPrDefault//w:lang/@w:val", "word/styles.xml")) == {language}


def test_properties_come_from_the_meeting_and_not_from_the_clock(tmp_path: Path):
    for word in made(tmp_path).files():
        properties = word.parts["docProps/core.xml"].decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<]*", properties)) == {"2010-03-11T00:00:00Z"}
        assert word.dates == {(1980, 1, 1, 0, 0, 0)}
        assert word.names[0] == "[Content_Types].xml"


def test_a_board_with_awkward_names_gives_sound_files(tmp_path: Path):
    result = made(tmp_path, "name: 'A & <B> \"C\"'\norganisation: '{{ x }} & \"Sons\" <i>'\n")
    assert [faults(word) for word in result.files()] == [[]] * 4
    assert core(result.agenda, "title") == 'A & <B> "C": agenda, Thursday 11 March 2010'
    assert core(result.agenda, "creator") == '{{ x }} & "Sons" <i>'
    assert result.pack.running("header")[0] == 'A & <B> "C" · Thursday 11 March 2010'


def test_what_would_make_word_ask_is_left_out_of_a_houses_settings(tmp_path: Path):
    asking = '<w:attachedTemplate r:id="rId9"/><w:updateFields w:val="true"/>'
    house = altered_template(
        tmp_path / "house",
        "house.docx",
        "word/settings.xml",
        lambda xml: re.sub(r"(<w:settings\b[^>]*>)", rf"\1{asking}", xml, count=1),
    )
    made_with = rendered(made(tmp_path / "papers").numbered, folders=(house,))
    assert [faults(word) for word in made_with.files()] == [[]] * 4


def test_a_link_used_twice_in_a_paper_is_one_relationship(tmp_path: Path):
    text = (
        "sections: [{text: '[a](https://example.org) and [b](https://example.org) and [c](https://example.org/c)'}]\n"
    )
    word = printed(tmp_path, paper=paper(text)).report
    outside = [each.target for each in word.relationships().values() if each.external]
    assert sorted(outside) == ["https://example.org", "https://example.org/c"]


def test_a_report_holds_only_what_is_its_own(tmp_path: Path):
    body = "sections: [{text: '![a](a.png)'}]\n"
    result = made(tmp_path, **{"other.yaml": paper(body, title="Other"), "a.png": png(9, 9)})
    first, second = result.reports.values()
    assert not [name for name in first.names if "media" in name]
    assert [name for name in second.names if "media" in name] == ["word/media/image1.png"]
    assert "word/footnotes.xml" in first.parts
    assert "word/footnotes.xml" not in second.parts


def test_the_same_papers_give_the_same_bytes_wherever_they_lie(tmp_path: Path):
    first, second = made(tmp_path / "a"), made(tmp_path / "another place")
    for one, other in zip(first.files(), second.files(), strict=True):
        assert one.names == other.names
        assert one.parts == other.parts


def test_files_are_zips_that_any_reader_opens(tmp_path: Path):
    meeting = numbered(tmp_path)
    from boardpack import render

    for document in render.render(meeting, render.templates((DEFAULT,))).files().values():
        with zipfile.ZipFile(io.BytesIO(document.write({}))) as package:
            assert package.testzip() is None
            assert {entry.compress_type for entry in package.infolist()} == {zipfile.ZIP_DEFLATED}


def test_the_checker_sees_what_it_is_to_see(tmp_path: Path):
    """The checks of ``wordfile.faults`` are only worth something if they find faults."""
    word = made(tmp_path).pack
    document = word.parts["word/document.xml"].decode()
    broken = {
        "merged cells": document.replace("</w:tcPr>", '<w:gridSpan w:val="2"/></w:tcPr>', 1),
        "a dirty field": document.replace('w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"', 1),
        "blanks that Word drops": document.replace(' xml:space="preserve"', ""),
        "bookmark name": re.sub(r'w:name="p2"', 'w:name="p1"', document, count=1),
        "which is not there": document.replace('w:name="p1z"', 'w:name="p9z"', 1),
        "leads nowhere": document.replace('<w:hyperlink r:id="', '<w:hyperlink r:id="x', 1),
        "is not defined": document.replace('<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading77"/>', 1),
        "without its mark": re.sub(r'<w:footnoteReference w:id="\d+"/>', "", document, count=1),
    }
    for expected, xml in broken.items():
        changed = WordFile(repacked({**word.parts, "word/document.xml": xml.encode()}))
        assert any(expected in fault for fault in faults(changed)), expected


def repacked(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def test_a_part_is_laid_out_alike_whatever_stands_before_it() -> None:
    """Its ids are those of its own, so that a list more in another paper does not have it laid out again."""

    def part(ids: Ids) -> Fragment:
        fragment = Fragment(ids)
        number = fragment.new_list("1.")
        note = fragment.new_note(fragment.bookmark("n", "<w:p/>"))
        fragment.xml += [
            fragment.bookmark("p1", "<w:r><w:t>1</w:t></w:r>"),
            f'<w:p><w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>',
            f'<w:r><w:footnoteReference w:id="{note}"/></w:r></w:p>',
            fragment.picture(b"picture", "png", 1, 1, 'of <w:numId w:val="7"/>'),
            fragment.link("https://example.org/"),
        ]
        return fragment

    ids = Ids()
    part(ids)
    second, alone = part(ids), part(Ids())

    assert second.xml != alone.xml
    assert replace(second.renumbered({}), ids=ids) == replace(alone.renumbered({}), ids=ids)
    assert "&lt;w:numId w:val=&quot;7&quot;/&gt;" in second.renumbered({}).xml[3]
