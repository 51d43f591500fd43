"""Marks and the fields that take their place."""

from __future__ import annotations

from boardpack.word import fields

PAGES = {"p1": 23, "p1z": 24, "p2": 33, "p2z": 33}


def fill(mark: str, pages: dict[str, int] = PAGES, bookmarks: set[str] = frozenset(), **more: object) -> str:
    return fields.fill(mark, fields.Filling(pages, bookmarks, more.pop("starts", pages), **more))


def text(xml: str) -> str:
    """What Word shows: every run's text, and no instruction."""
    import re

    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


def test_a_range_of_several_pages_names_both() -> None:
    mark = fields.page_range("p1", "p1z", "Yes, page {first}", "Yes, pages {first} to {last}")

    xml = fill(mark, PAGES, {"p1", "p1z"})

    assert text(xml) == "Yes, pages 23 to 24"
    assert xml.count("PAGEREF") == 2


def test_a_range_of_one_page_names_it_once() -> None:
    mark = fields.page_range("p2", "p2z", "Yes, page {first}", "Yes, pages {first} to {last}")

    assert text(fill(mark, PAGES, {"p2", "p2z"})) == "Yes, page 33"


def test_a_bookmark_of_another_file_prints_as_plain_text() -> None:
    xml = fill(fields.page_reference("p1"))

    assert text(xml) == "23"
    assert "fldChar" not in xml


def test_wording_keeps_characters_that_xml_reserves() -> None:
    mark = fields.page_range("p2", "p2z", "P&R <{first}>", "")

    assert "P&amp;R &lt;" in fill(mark)


def test_without_pages_no_number_is_made_up() -> None:
    mark = fields.page_range("p1", "p1z", "Yes, page {first}", "Yes, pages {first} to {last}")

    assert not any(character.isdigit() for character in text(fill(mark, {}, {"p1", "p1z"})))


def test_a_section_starts_at_its_page_once_that_is_known() -> None:
    mark = fields.section_start("p1")

    assert fill(mark) == '<w:pgNumType w:start="23"/>'
    assert fill(mark, starts={}) == ""
    assert fill(mark, {}) == ""


def test_what_is_laid_out_as_a_part_links_to_bookmarks_elsewhere() -> None:
    xml = fill(fields.page_reference("p1"), linked=True)

    assert text(xml) == "23"
    assert fields.far_links(xml) == {"rIdElsewhere_p1": f"{fields.ELSEWHERE}p1"}
    assert fields.far_links(fill(fields.page_reference("p1"), bookmarks={"p1"}, linked=True)) == {}


def test_a_range_that_is_said_to_be_on_one_page_needs_no_pages() -> None:
    mark = fields.page_range("p1", "p1z", "page {first}", "pages {first} to {last}")

    assert text(fill(mark, {}, {"p1", "p1z"}, single={("p1", "p1z")})) == "page ?"
    assert text(fill(mark, {}, {"p1", "p1z"})) == "pages ? to ?"


def test_marks_say_which_pages_they_print() -> None:
    marks = fields.page_range("p1", "p1z", "", "") + fields.page_reference("p2") + fields.reference("t1", "2")

    assert list(fields.paged(marks + fields.section_start("p3"))) == ["p1", "p1z", "p2"]
    assert list(fields.starts(marks + fields.section_start("p3"))) == ["p3"]


def test_a_link_without_a_page_is_plain_in_word_and_leads_elsewhere_where_parts_are_laid_out() -> None:
    mark = fields.link("p1", "<w:r><w:rPr><w:b/></w:rPr><w:t>Budget 2026</w:t></w:r><w:r><w:t>, part</w:t></w:r>")

    assert fill(mark, bookmarks={"p1"}).startswith('<w:hyperlink w:anchor="p1" w:history="1"><w:r><w:rPr><w:b/>')
    assert fields.far_links(fill(mark, linked=True)) == {"rIdElsewhere_p1.title": f"{fields.ELSEWHERE}p1.title"}
    assert fill(mark, linked=True).count('<w:rPr><w:rStyle w:val="PageReference"/>') == 2
    assert text(fields.without_pages(mark)) == "Budget 2026, part"
    assert list(fields.paged(mark)) == []
