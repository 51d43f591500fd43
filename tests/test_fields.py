"""Marks and the fields that take their place."""

from __future__ import annotations

from boardpack.word import fields

PAGES = {"p1": 23, "p1z": 24, "p2": 33, "p2z": 33}


def text(xml: str) -> str:
    """What Word shows: every run's text, and no instruction."""
    import re

    return "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", xml))


def test_a_range_of_several_pages_names_both() -> None:
    mark = fields.page_range("p1", "p1z", "Yes, page {first}", "Yes, pages {first} to {last}")

    xml = fields.fill(mark, PAGES, {"p1", "p1z"})

    assert text(xml) == "Yes, pages 23 to 24"
    assert xml.count("PAGEREF") == 2


def test_a_range_of_one_page_names_it_once() -> None:
    mark = fields.page_range("p2", "p2z", "Yes, page {first}", "Yes, pages {first} to {last}")

    assert text(fields.fill(mark, PAGES, {"p2", "p2z"})) == "Yes, page 33"


def test_a_bookmark_of_another_file_prints_as_plain_text() -> None:
    xml = fields.fill(fields.page_reference("p1"), PAGES, set())

    assert text(xml) == "23"
    assert "fldChar" not in xml


def test_wording_keeps_characters_that_xml_reserves() -> None:
    mark = fields.page_range("p2", "p2z", "P&R <{first}>", "")

    assert "P&amp;R &lt;" in fields.fill(mark, PAGES, set())


def test_without_pages_no_number_is_made_up() -> None:
    mark = fields.page_range("p1", "p1z", "Yes, page {first}", "Yes, pages {first} to {last}")

    assert not any(character.isdigit() for character in text(fields.fill(mark, {}, {"p1", "p1z"})))


def test_a_section_starts_at_its_page_once_that_is_known() -> None:
    mark = fields.section_start("p1")

    assert fields.fill(mark, PAGES, set()) == '<w:pgNumType w:start="23"/>'
    assert fields.fill(mark, PAGES, set(), {}) == ""
    assert fields.fill(mark, {}, set()) == ""
