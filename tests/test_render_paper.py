"""A paper as Word shows it: cover, recommendations, numbered sections, notes, what stands behind them, the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pdfs import Sheet, pdf_of, saved
from printing import ROOT, Printed, agenda, numbered, paper, printed, rendered, templates
from random_meeting import png
from wordfile import Field, W, WordFile, faults, find, rows, shown, value

BOARD = """
name: Example Partnership
organisation: Example Council
recommendations_lead: "The partnership is recommended to:"
people:
  - {id: pw, name: P Warrener, rank: Cllr, role: Chair, organisation: Example Council}
"""
TABLE = "tables:\n  a: {caption: Wide, landscape: true, columns: [{key: a, label: A}], rows: [[x]]}\n"


def made(folder: Path, body: str, *, board: str = BOARD, **more: str | bytes) -> Printed:
    """A meeting whose one paper has these further keys."""
    return printed(folder, board=board, meeting=agenda("- paper: funding"), paper=paper(body), **more)


def report(folder: Path, body: str, *, board: str = BOARD, **more: str | bytes) -> WordFile:
    return made(folder, body, board=board, **more).report


def cover(word: WordFile) -> dict[str, str]:
    """The lines of the cover block: label and answer."""
    (table,) = word.tables("CoverTable")
    return {label.strip(): answer.strip() for label, answer in rows(table)}


def after(word: WordFile, text: str) -> list[str]:
    """The lines behind the one with this text."""
    lines = word.lines()
    return lines[lines.index(text) + 1 :]


# --- Cover ---------------------------------------------------------------------------------------------------


def test_the_cover_says_what_it_is_about_who_writes_and_when_it_is_taken(tmp_path: Path):
    result = printed(
        tmp_path,
        board=BOARD,
        meeting=agenda("- paper: funding", "venue: Room 2\ntitle: Special meeting\n"),
        paper="title: Funding\nauthor: {name: A Dawlish, role: Head of Safety, organisation: Example Council}\n"
        "purpose: [information, decision]\npresenter: pw\ntheme: Money\n",
    )
    word = result.report
    assert word.lines()[:2] == ["Agenda item 1", "Funding"]
    assert cover(word) == {
        "Purpose": "Information and decision",
        "Author": "A Dawlish, Head of Safety, Example Council",
        "Presented by": "Cllr P Warrener, Chair, Example Council",
        "Theme": "Money",
        "Meeting": "Example Partnership, Example Council · Special meeting",
        "Date and time": "Thursday 11 March 2010, 9:30",
        "Venue": "Room 2",
    }


def test_lines_that_have_no_answer_are_left_out_of_the_cover(tmp_path: Path):
    assert list(cover(report(tmp_path, "presenter: A Dawlish\n"))) == ["Purpose", "Author", "Meeting", "Date and time"]


def test_a_house_prints_its_own_cover_lines_in_its_own_order(tmp_path: Path):
    board = BOARD + "cover_fields:\n  - {key: wards, label: Wards affected}\n  - {key: lead, label: Lead & officer}\n"
    found = cover(report(tmp_path, "cover: {lead: A *B* <i>, wards: All}\n", board=board))
    assert [(label, found[label]) for label in found if label in {"Wards affected", "Lead & officer"}] == [
        ("Wards affected", "All"),
        ("Lead & officer", "A B <i>"),
    ]


EXEMPT = "exempt: {paragraphs: [3], public_interest: It would *weaken* the bid.}\n"
CONFIDENTIAL = "confidential: {ground: An order of the court.}\n"
AFFAIRS = "the financial or business affairs of any particular person (including the authority holding the information)"


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        (
            EXEMPT,
            {
                "Withheld as": (
                    f"Information relating to {AFFAIRS} (paragraph 3) of Schedule 12A to the Local Government Act 1972"
                ),
                "Public interest": "It would weaken the bid.",
            },
        ),
        (
            EXEMPT + CONFIDENTIAL,
            {
                "Withheld as": (
                    "Confidential information, which must not be disclosed (Local Government Act 1972, section 100A(2))"
                ),
                "Ground": "An order of the court.",
            },
        ),
        ("", {}),
    ],
)
def test_the_cover_says_why_the_public_may_not_have_it(said: str, printed: dict[str, str], tmp_path: Path):
    found = cover(report(tmp_path, said))
    assert {label: found[label] for label in found if label in {"Withheld as", "Public interest", "Ground"}} == printed


def test_an_appendix_says_in_the_list_why_the_public_may_not_have_it(tmp_path: Path):
    """One of its own words, one in those of the paper that it prints, one that is withheld with that paper."""
    entries = "\n".join(
        (
            "appendices:",
            f"  - {{id: a, title: Bids, file: to follow, {EXEMPT.strip()}}}",
            f"  - {{id: b, title: Order, file: to follow, {CONFIDENTIAL.strip()}}}",
            "  - {id: c, title: Lease, paper: lease}",
            "  - {id: d, title: Map, file: to follow}",
            "",
        )
    )
    word = report(tmp_path, entries, **{"lease.yaml": paper(EXEMPT.replace("bid", "talks"), title="Lease")})
    assert after(word, "Appendices")[:7] == [
        "Appendix A: Bids (to follow; not for publication, exempt: paragraph 3)",
        "Public interest (Appendix A): It would weaken the bid.",
        "Appendix B: Order (to follow; not for publication, confidential)",
        "Ground (Appendix B): An order of the court.",
        "Appendix C: Lease (not for publication, exempt: paragraph 3)",
        "Public interest (Appendix C): It would weaken the talks.",
        "Appendix D: Map (to follow)",
    ]


def test_a_paper_behind_several_lines_names_them_all(tmp_path: Path):
    lines = "- title: Targets\n  items: [{title: A, paper: funding}, {title: B, paper: funding}]"
    board = BOARD + 'numbering: ["1", "1a"]\n'
    result = printed(tmp_path, board=board, meeting=agenda(lines))
    assert result.report.lines()[0] == "Agenda items 1a and b"
    assert list(result.reports) == ["reports/1a-funding.docx"]


def test_several_authors_stand_in_one_line(tmp_path: Path):
    word = printed(tmp_path, board=BOARD, paper="title: T\nauthor: [pw, A Dawlish]\npurpose: decision\n").report
    assert cover(word)["Author"] == "Cllr P Warrener, Chair, Example Council; A Dawlish"


def test_the_summary_prints_as_paragraphs_and_lists_under_its_heading(tmp_path: Path):
    word = report(tmp_path, "summary: |\n  Two things:\n\n  a) one\n  b) two\n")
    assert word.styled("CoverHeading") == ["Purpose of report"]
    assert after(word, "Purpose of report") == ["Two things:", "one", "two"]
    assert word.numbered() == ["a) one", "b) two"]


def test_without_summary_and_recommendations_their_headings_are_left_out(tmp_path: Path):
    assert report(tmp_path, "").styled("CoverHeading") == []


def test_what_looks_like_a_template_in_a_paper_stays_text(tmp_path: Path):
    awkward = "{{ 7*7 }} {% raw %} {{p summary }} {%tr if x %} & <w:t> ]]>"
    body = f"theme: '{awkward}'\nsummary: '{awkward}'\nrecommendations: ['{awkward}']\n"
    result = printed(
        tmp_path, board=BOARD, paper=paper(body + f"sections: [{{text: '{awkward}'}}]\n", title=f"'{awkward}'")
    )
    word = result.report
    assert word.text().count(awkward) == 5
    assert "49" not in word.text()
    assert result.pack.text().count(awkward) == 6
    assert faults(result.pack) == []


# --- Recommendations -----------------------------------------------------------------------------------------


def test_recommendations_are_numbered_below_the_boards_lead(tmp_path: Path):
    word = report(tmp_path, "recommendations:\n  - Note the **allocations**.\n  - Agree the event.\n")
    assert word.styled("CoverHeading") == ["Recommendations"]
    assert word.styled("RecommendationLead") == ["The partnership is recommended to:"]
    assert word.numbered("Recommendation") == ["1. Note the allocations.", "2. Agree the event."]


def test_recommendations_and_sections_count_from_one_in_each_paper(tmp_path: Path):
    body = "recommendations: [First., Second.]\nsections:\n  - {heading: Start, text: Words.}\n"
    result = printed(
        tmp_path,
        board=BOARD,
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=paper(body),
        **{"other.yaml": paper(body, title="Other")},
    )
    assert result.pack.numbered("Recommendation") == ["1. First.", "2. Second."] * 2
    assert result.pack.numbered("Heading2", "NumberedParagraph") == ["1 Start", "1.1 Words."] * 2
    lists = [each.list for each in result.pack.paragraphs if each.style in {"Recommendation", "Heading2"}]
    assert [lists[0], lists[2], lists[3], lists[5]] == list(dict.fromkeys(lists))
    assert faults(result.pack) == []


# --- Sections and paragraphs ---------------------------------------------------------------------------------

SECTIONS = """
sections:
  - text: Before the first heading.
  - heading: Background
    text: |
      First.

      > Somebody else's words.

      Second.
      {: .unnumbered}

      Third:

      - a point

      Fourth.

      ### Below

      Fifth.
  - heading: Event
    id: event
    text: Sixth.
"""
NUMBERED = ("Heading2", "NumberedParagraph")


def test_paragraphs_are_numbered_under_their_section(tmp_path: Path):
    assert report(tmp_path, SECTIONS).numbered(*NUMBERED) == [
        "1 Background",
        "1.1 First.",
        "1.2 Third:",
        "1.3 Fourth.",
        "1.4 Fifth.",
        "2 Event",
        "2.1 Sixth.",
    ]


def test_a_quotation_a_sub_heading_and_a_paragraph_that_says_so_have_no_number(tmp_path: Path):
    word = report(tmp_path, SECTIONS)
    without = [each.text for each in word.paragraphs if each.text and not each.list]
    assert {"Before the first heading.", "Somebody else's words.", "Second.", "Below"} <= set(without)


def test_a_paper_without_numbered_paragraphs_has_numbered_headings_only(tmp_path: Path):
    word = report(tmp_path, "number_paragraphs: false\n" + SECTIONS)
    assert word.numbered(*NUMBERED) == ["1 Background", "2 Event"]
    assert "First." in word.styled("BodyText")


def test_a_sample_label_says_how_paragraphs_count(tmp_path: Path):
    word = report(tmp_path, 'number_paragraphs: "i)"\n' + SECTIONS)
    numbers = word.numbered(*NUMBERED)
    assert numbers[:4] == ["i) Before the first heading.", "1 Background", "i) First.", "ii) Third:"]


@pytest.mark.parametrize(
    ("sample", "first"), [("1.1", "1.1"), ("1.1.", "1.1."), ("1(a)", "1(a)"), ("a.", "a."), ("(1)", "(1)")]
)
def test_other_sample_labels(sample: str, first: str, tmp_path: Path):
    word = report(tmp_path, f'number_paragraphs: "{sample}"\nsections:\n  - {{heading: Start, text: Words.}}\n')
    assert word.numbered(*NUMBERED) == ["1 Start", f"{first} Words."]


def test_a_board_numbers_the_paragraphs_of_papers_that_do_not_say(tmp_path: Path):
    word = report(tmp_path, SECTIONS, board=BOARD + 'number_paragraphs: "a)"\n')
    assert "a) First." in word.numbered(*NUMBERED)


def test_standing_sections_go_on_from_the_last_section(tmp_path: Path):
    board = (
        BOARD
        + """
standing_sections:
  - {key: financial, label: Financial implications, none: There are no financial implications.}
  - {key: equality, label: Equality, none: None.}
"""
    )
    word = report(tmp_path, "standing: {equality: It **matters**., financial: none}\n" + SECTIONS, board=board)
    assert word.numbered(*NUMBERED)[-4:] == [
        "3 Financial implications",
        "3.1 There are no financial implications.",
        "4 Equality",
        "4.1 It matters.",
    ]


def test_lists_keep_the_style_of_their_marker_and_restart(tmp_path: Path):
    text = "a) one\n      b) two\n\n      Words.\n\n      a) three\n\n      1. four\n         - five\n\n      i. six\n"
    word = report(tmp_path, f"sections:\n  - heading: Lists\n    text: |\n      {text}")
    lists = [each for each in word.numbered() if each.split()[-1] in {"one", "two", "three", "four", "six"}]
    assert lists == ["a) one", "b) two", "a) three", "1. four", "i. six"]


# --- Footnotes -----------------------------------------------------------------------------------------------

NOTES = """
summary: "Grants[^a] matter.\\n\\n[^a]: From **the** [Office](https://example.org/o)."
sections:
  - heading: Start
    text: |
      A second note[^b] and a third[^c].

      [^b]: See [](section:start).
      [^c]: Three.
    id: start
"""


def test_footnotes_are_words_own_and_numbered_through_the_pack(tmp_path: Path):
    result = printed(
        tmp_path,
        board=BOARD,
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=paper(NOTES),
        **{"other.yaml": paper(NOTES, title="Other")},
    )
    word = result.pack
    marks = word.find("//w:footnoteReference/@w:id")
    assert [word.footnotes()[mark] for mark in marks] == [
        "From the Office.",
        "See section 1.",
        "Three.",
    ] * 2
    assert word.find("//w:footnote[@w:type]/@w:id", "word/footnotes.xml") == ["-1", "0"]
    assert word.find("//w:footnotePr/w:footnote/@w:id", "word/settings.xml") == ["-1", "0"]
    assert all(find(note, ".//w:footnoteRef") for note in word.find("//w:footnote[not(@w:type)]", "word/footnotes.xml"))
    assert [faults(each) for each in result.files()] == [[], [], [], []]


def test_a_link_in_a_footnote_leads_from_the_footnote(tmp_path: Path):
    related = report(tmp_path, NOTES).relationships("word/footnotes.xml")
    assert [(each.kind, each.target, each.external) for each in related.values()] == [
        ("hyperlink", "https://example.org/o", True)
    ]


def test_without_footnotes_there_is_no_part_for_them(tmp_path: Path):
    result = made(tmp_path, SECTIONS)
    assert all("word/footnotes.xml" not in word.parts for word in result.files())
    assert all(word.find("//w:footnotePr", "word/settings.xml") == [] for word in result.files())


# --- Behind the sections -------------------------------------------------------------------------------------


def test_background_papers_are_listed_with_place_and_link(tmp_path: Path):
    body = "background_papers:\n  - {title: The *Act*, where: Library, link: https://example.org/a?b=1&c=2}\n"
    word = report(tmp_path, body + "  - {title: Minutes}\n")
    assert after(word, "Background papers") == ["The Act, Library (https://example.org/a?b=1&c=2)", "Minutes"]
    assert [each.target for each in word.relationships().values() if each.external] == ["https://example.org/a?b=1&c=2"]


@pytest.mark.parametrize(("body", "printed_lines"), [("background_papers: none\n", ["None"]), ("", None)])
def test_no_background_papers_are_told_apart_from_silence(body: str, printed_lines: list[str] | None, tmp_path: Path):
    word = report(tmp_path, body)
    assert (after(word, "Background papers") if printed_lines else None) == printed_lines
    assert ("Background papers" in word.lines()) == bool(printed_lines)


def test_the_contact_stands_in_one_line_with_a_link_to_write(tmp_path: Path):
    word = report(tmp_path, "contact: {name: A Dawlish, telephone: 01632 960114, email: a.d@example.org}\n")
    assert word.lines()[-1] == "Contact: A Dawlish, 01632 960114, a.d@example.org"
    assert "mailto:a.d@example.org" in {each.target for each in word.relationships().values()}


def test_the_boards_closing_ends_each_paper(tmp_path: Path):
    board = BOARD + "closing: |\n  Large print: **01632 960000**.\n\n  - Braille\n"
    body = "contact: {name: A Dawlish}\nbackground_papers: none\n"
    assert report(tmp_path, body, board=board).lines()[-3:] == [
        "Contact: A Dawlish",
        "Large print: 01632 960000.",
        "Braille",
    ]


def test_appendices_are_listed_by_letter(tmp_path: Path):
    body = "appendices:\n  - {id: plan, title: The plan, file: to follow}\n  - {id: map, title: Map, file: m.pdf}\n"
    word = report(tmp_path, body, **{"m.pdf": saved(pdf_of([Sheet()]))})
    listed, titled = ["Appendix A: The plan (to follow)", "Appendix B: Map"], ["Appendix B: Map"]
    assert list(after(word, "Appendices")) == listed + titled
    assert [word.bookmark(name) for name in ("p1a1", "p1a2")] == ["A", "B"]


ANNEX = """
title: Action plan
author: A Dawlish
purpose: information
summary: What we will do.
sections:
  - {heading: Steps, text: "One step, see [](table:steps).\\n\\n[](table:steps)"}
tables:
  steps: {caption: Steps, LANDSCAPE columns: [{key: a, label: A}], rows: [[x]]}
"""


def test_an_appendix_that_is_a_paper_prints_on_pages_of_its_own_with_its_own_numbers(tmp_path: Path):
    body = "appendices: [{id: plan, title: Action plan, paper: plan}]\n" + SECTIONS
    word = report(tmp_path, body, **{"plan.yaml": ANNEX.replace("LANDSCAPE ", "")})
    lines = list(after(word, "Appendix A: Action plan"))
    assert lines[1:] == ["What we will do.", "Steps", "One step, see table 1.", "Table 1: Steps", "A", "x"]
    assert list(word.numbered(*NUMBERED)[-2:]) == ["1 Steps", "1.1 One step, see table 1."]
    (title,) = word.find("//w:p[w:pPr/w:pageBreakBefore]")
    assert shown(title) == "Appendix A: Action plan"
    assert faults(word) == []


def test_an_appendix_that_is_a_picture_prints_on_a_page_of_its_own(tmp_path: Path):
    body = "appendices: [{id: map, title: The *map*, file: map.png}]\n"
    word = report(tmp_path, body, **{"map.png": png(30, 20)})
    assert word.find("//wp:docPr/@descr") == ["The map"]
    assert faults(word) == []


# --- Contents list -------------------------------------------------------------------------------------------


def test_a_long_paper_lists_its_sections_with_their_pages(tmp_path: Path):
    meeting = made(tmp_path, "contents: true\n" + SECTIONS).numbered
    pages = {"p1": 10, "p1z": 14, "p1s2": 10, "p1s2z": 13, "p1s3": 14, "p1s3z": 14}
    result = rendered(meeting, pages=pages)
    for word in (result.pack, result.report):
        assert word.styled("ContentsHeading") == ["Contents"]
        assert word.styled("ContentsEntry") == ["1\tBackground\t10 to 13", "2\tEvent\t14"]
        fields = [each for each in word.fields() if each.instruction.startswith("PAGEREF p1s")]
        assert fields == [
            Field("PAGEREF p1s2 \\h", "10"),
            Field("PAGEREF p1s2z \\h", "13"),
            Field("PAGEREF p1s3 \\h", "14"),
        ]
        assert word.bookmark("p1s2") == "Background"
        assert faults(word) == []


ENDS = """
contents: true
standing: {money: It costs **nothing**.}
sections:
  - {heading: Words, text: "They end in a word.[^n]\\n\\n[^n]: A note."}
  - {heading: Nothing, text: ""}
  - {heading: Table, text: "[](table:a)"}
  - {heading: Link, text: "See [this page](https://example.org)."}
  - {heading: List, text: "- one\\n- [](section:link) two"}
  - {heading: Field, id: link, text: "See [](table:a)"}
"""


def test_the_end_of_each_listed_section_is_marked_at_its_last_words(tmp_path: Path):
    board = BOARD + "standing_sections: [{key: money, label: Money}]\n"
    word = report(tmp_path, ENDS + TABLE, board=board)
    ends = [word.bookmark(f"p1s{number}z") for number in range(1, 7)]
    assert ends == ["word.", "Nothing", "x", ".", "two", "1"]
    assert (word.bookmark("p1g1z"), word.bookmark("p1z")) == (".", ".")
    assert len(word.styled("ContentsEntry")) == 7
    assert faults(word) == []


def test_printed_appendices_are_listed_with_their_pages(tmp_path: Path):
    body = (
        "contents: true\nsections: [{heading: Start, text: Words.}]\nappendices:\n"
        "  - {id: plan, title: Action *plan*, paper: plan}\n  - {id: later, title: Later, file: to follow}\n"
        "  - {id: map, title: The map, file: map.png}\n"
    )
    annex = {"plan.yaml": ANNEX.replace("LANDSCAPE ", ""), "map.png": png(30, 20)}
    meeting = made(tmp_path, body, **annex).numbered
    pages = {"p1s1": 2, "p1s1z": 2, "p1a1p": 3, "p1a1pz": 5, "p1a3p": 6, "p1a3pz": 6}
    word = rendered(meeting, pages=pages).report
    assert word.styled("ContentsEntry") == [
        "1\tStart\t2",
        "Appendix A: Action plan\t3 to 5",
        "Appendix C: The map\t6",
    ]
    assert faults(word) == []


LONG = "A heading of so many words that they would run into the numbers of the pages at the end of its line, even lying"


def entries(word: WordFile) -> list[Any]:
    return word.find("//w:p[w:pPr/w:pStyle/@w:val='ContentsEntry']")


@pytest.mark.parametrize("landscape", ["false", "true"])
def test_the_pages_of_a_contents_list_stand_at_the_right_margin(landscape: str, tmp_path: Path):
    body = f"contents: true\nlandscape: {landscape}\nsections: [{{heading: Start, text: Words.}}]\n"
    result = made(tmp_path, body)
    page = templates().house.page if landscape == "false" else templates().house.page.turned()
    (style,) = result.report.find("//w:style[@w:styleId='ContentsEntry']", "word/styles.xml")
    stops = {int(each.get(f"{W}pos")): each.get(f"{W}val") for each in find(style, "w:pPr/w:tabs/w:tab")}
    own = find(entries(result.report)[0], "w:pPr/w:tabs/w:tab")
    stops |= {int(each.get(f"{W}pos")): each.get(f"{W}val") for each in own}
    assert [at for at, kind in stops.items() if kind == "right"] == [page.text_width]
    assert all(each.get(f"{W}leader") == "dot" for each in own if each.get(f"{W}val") == "right")
    assert faults(result.report) == []


@pytest.mark.parametrize("house", ["default", "safer-essex", "colchester"])
def test_a_caption_stays_with_what_follows_only_above_a_table(house: str, tmp_path: Path):
    body, pictures = TABLE + FIGURE, {"figures/map.png": png(240, 120)}
    found = numbered(tmp_path, board=BOARD, meeting=agenda("- paper: funding"), paper=paper(body), **pictures)
    word = rendered(found, folders=(ROOT / "templates" / house,)).report
    assert word.find("//w:style[@w:styleId='Caption']/w:pPr/w:keepNext", "word/styles.xml") == []
    captions = word.find("//w:p[w:pPr/w:pStyle/@w:val='Caption']")
    assert {shown(each).split()[0]: bool(find(each, "w:pPr/w:keepNext")) for each in captions} == {
        "Figure": False,
        "Table": True,
    }
    assert faults(word) == []


def test_a_long_title_in_a_contents_list_leaves_room_for_the_pages(tmp_path: Path):
    word = report(tmp_path, f"contents: true\nsections: [{{heading: '{LONG}', text: W}}, {{heading: End, text: W}}]\n")
    long, short = (shown(each) for each in entries(word))
    assert long.replace("\n", " ").split("\t")[1] == LONG
    assert "\n" in long
    assert "\n" not in short


def test_a_contents_list_is_printed_only_where_asked(tmp_path: Path):
    assert report(tmp_path, SECTIONS).styled("ContentsHeading", "ContentsEntry") == []


# --- The page ------------------------------------------------------------------------------------------------


def test_each_section_says_board_date_and_item_at_its_head_and_counts_pages_at_its_foot(tmp_path: Path):
    lines = "- paper: funding\n- title: Group\n  items: [{paper: other}]"
    board = BOARD + 'numbering: ["1", "1a"]\n'
    result = printed(tmp_path, board=board, meeting=agenda(lines), **{"other.yaml": paper(title="Other")})
    day = "Example Partnership · Thursday 11 March 2010"
    assert result.pack.running("header") == [day, f"{day} · Item 1", f"{day} · Item 2a"]
    assert [word.running("header") for word in result.reports.values()] == [[f"{day} · Item 1"], [f"{day} · Item 2a"]]
    footers = [name for name in result.pack.names if name.startswith("word/footer")]
    assert all([each.instruction for each in result.pack.fields(name)] == ["PAGE"] for name in footers)


def test_each_paper_begins_on_a_new_page_with_the_packs_number(tmp_path: Path):
    lines = "- paper: funding\n- paper: other"
    result = printed(tmp_path, meeting=agenda(lines), **{"other.yaml": paper(title="Other")})
    assert result.pack.find("//w:sectPr/w:type/@w:val") == ["nextPage"] * 3
    starts = [find(each, "string(w:pgNumType/@w:start)")[0] for each in result.pack.find("//w:sectPr")]
    assert starts == ["", "10", "20"]
    assert [word.find("//w:pgNumType/@w:start") for word in result.reports.values()] == [["10"], ["20"]]


def test_a_landscape_paper_lies_and_the_others_stand(tmp_path: Path):
    result = printed(
        tmp_path,
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=paper("landscape: true\n"),
        **{"other.yaml": paper(title="Other")},
    )
    assert result.pack.pages() == ["portrait", "landscape", "portrait"]
    assert result.pack.find("//w:sectPr/w:pgSz/@w:orient") == ["landscape"]


WIDE = TABLE + 'sections:\n  - {heading: Start, text: "Before.\\n\\n[](table:a)\\n\\nAfter."}\n'


def test_a_landscape_table_lies_and_the_text_returns_to_portrait(tmp_path: Path):
    word = report(tmp_path, WIDE)
    assert word.pages() == ["portrait", "landscape", "portrait"]
    (table,) = word.tables("HouseTable")
    assert find(table, "count(preceding::w:sectPr)") == [1.0]
    assert find(table, "count(following::w:sectPr)") == [2.0]
    assert word.numbered(*NUMBERED) == ["1 Start", "1.1 Before.", "1.2 After."]
    assert len(set(word.running("header"))) == 1
    assert word.find("//w:pgNumType/@w:start") == ["10"]


def test_a_landscape_table_at_the_end_leaves_no_empty_page(tmp_path: Path):
    word = report(tmp_path, WIDE.replace("\\n\\nAfter.", ""))
    assert word.pages() == ["portrait", "landscape"]


def test_two_landscape_tables_in_a_row_share_their_pages(tmp_path: Path):
    two = TABLE + "  b: {caption: Wider, landscape: true, columns: [{key: a, label: A}], rows: [[x]]}\n"
    word = report(tmp_path, two + 'sections:\n  - {heading: S, text: "[](table:a)\\n\\n[](table:b)\\n\\nAfter."}\n')
    assert word.pages() == ["portrait", "landscape", "portrait"]


def test_a_landscape_table_in_a_landscape_paper_lies_too(tmp_path: Path):
    assert set(report(tmp_path, "landscape: true\n" + WIDE).pages()) == {"landscape"}


def test_a_landscape_table_in_a_landscape_appendix_lies_and_no_mark_is_left(tmp_path: Path):
    body = "appendices: [{id: plan, title: Action plan, paper: plan}]\n"
    annex = ANNEX.replace("LANDSCAPE", "landscape: true,") + "landscape: true\n"
    result = made(tmp_path, body, **{"plan.yaml": annex})
    assert result.report.pages() == ["portrait", "landscape"]


def test_a_landscape_table_in_an_upright_appendix_of_a_landscape_paper_lies_and_no_mark_is_left(tmp_path: Path):
    body = "landscape: true\nappendices: [{id: plan, title: Action plan, paper: plan}]\n"
    result = made(tmp_path, body, **{"plan.yaml": ANNEX.replace("LANDSCAPE", "landscape: true,")})
    assert result.report.pages() == ["landscape", "portrait", "landscape"]


def test_a_paper_that_is_an_appendix_of_two_papers_prints_in_both(tmp_path: Path):
    body = paper("appendices: [{id: plan, title: Action plan, paper: plan}]\n")
    result = printed(
        tmp_path,
        meeting=agenda("- paper: funding\n- paper: other\n- paper: plan"),
        paper=body,
        **{"other.yaml": body, "plan.yaml": ANNEX.replace("LANDSCAPE ", "")},
    )
    assert result.pack.lines().count("Table 1: Steps") == 3
    assert [faults(word) for word in result.files()] == [[]] * 5


# --- Figures -------------------------------------------------------------------------------------------------

FIGURE = """
figures:
  map: {file: figures/map.png, caption: "The *map* & more", alt: 'Roads "A" & <B>'}
sections:
  - {heading: Start, text: "See [](figure:map).\\n\\n[](figure:map)"}
"""


def test_a_figure_prints_with_its_words_for_those_who_do_not_see_it_and_its_caption_below(tmp_path: Path):
    word = report(tmp_path, FIGURE, **{"figures/map.png": png(240, 120)})
    assert word.find("//wp:docPr/@descr") == ['Roads "A" & <B>']
    assert word.styled("Caption") == ["Figure 1: The map & more"]
    styles = [each.style for each in word.paragraphs]
    assert styles.index("Caption") == styles.index("Figure") + 1
    (drawn,) = word.find("//w:p[w:pPr/w:pStyle/@w:val='Figure']")
    assert find(drawn, "w:pPr/w:keepNext")
    assert "See figure 1." in word.lines()


def test_a_picture_in_markdown_prints_with_its_alternative_text_and_title(tmp_path: Path):
    body = 'sections:\n  - {heading: S, text: \'Before. ![Roads & "lanes"](map.png "A map") After.\'}\n'
    word = report(tmp_path, body, **{"map.png": png(24, 12)})
    assert word.find("//wp:docPr/@descr") == ['Roads & "lanes"']
    assert after(word, "S") == ["Before.", "A map", "After."]


def test_pictures_keep_their_shape_and_fit_the_text(tmp_path: Path):
    body = "figures:\n  a: {file: a.png, caption: A, alt: A}\n  b: {file: b.png, caption: B, alt: B}\n"
    body += 'sections:\n  - {heading: S, text: "[](figure:a)\\n\\n[](figure:b)"}\n'
    result = made(tmp_path, body, **{"a.png": png(96, 48), "b.png": png(4000, 1000)})
    sizes = [(int(each.get("cx")), int(each.get("cy"))) for each in result.report.find("//wp:extent")]
    inch = 914_400
    assert sizes[0] == (inch, inch // 2)  # 96 dots an inch where the file does not say
    width, height = sizes[1]
    (page,) = result.report.find("//w:sectPr[w:pgSz]")
    margins = sum(int(find(page, f"string(w:pgMar/@w:{side})")[0]) for side in ("left", "right"))
    text = int(find(page, "string(w:pgSz/@w:w)")[0]) - margins
    assert abs(width - text * 635) <= 635
    assert abs(width / height - 4) < 0.01


def test_the_same_picture_is_stored_once(tmp_path: Path):
    body = "sections:\n  - {heading: S, text: '![a](a.png) ![b](b.png) ![c](c.png)'}\n"
    word = report(tmp_path, body, **{"a.png": png(9, 9), "b.png": png(9, 9), "c.png": png(8, 8)})
    assert len([name for name in word.names if name.startswith("word/media/")]) == 2
    assert len(word.find("//wp:docPr")) == 3
    assert faults(word) == []


# --- The whole paper -----------------------------------------------------------------------------------------


def test_a_paper_of_a_title_alone_prints(tmp_path: Path):
    word = report(tmp_path, "")
    assert word.lines()[:2] == ["Agenda item 1", "Funding"]
    assert faults(word) == []


def test_first_and_last_word_of_a_paper_are_marked(tmp_path: Path):
    word = report(tmp_path, "sections: [{heading: S, text: 'The last words are these.'}]\n")
    assert word.bookmark("p1z") == "these."
    (start,) = word.find("//w:bookmarkStart[@w:name='p1']")
    assert shown(start.getparent()) == "Agenda item 1"


@pytest.mark.parametrize(
    "ending",
    [
        "sections: [{text: 'See [](item:funding)'}]\n",
        "sections: [{text: '[Site](https://example.org)'}]\n",
        'sections: [{text: "A note[^a]\\n\\n[^a]: Words."}]\n',
        "sections: [{text: '- a\\n- b'}]\n",
        'sections: [{text: "| a |\\n|---|\\n| b |"}]\n',
        "sections: [{text: '    code'}]\n",
        "sections: [{text: '\u05e9\u05dc\u05d5\u05dd'}]\n",
        "sections: [{text: '**bold**'}]\n",
        "sections: [{heading: A heading}]\n",
        TABLE,
        "contact: {name: A, email: a@example.org}\n",
        "sections: [{text: '![a](map.png)'}]\n",
        "landscape: true\n" + TABLE,
    ],
)
def test_whatever_ends_a_paper_its_end_is_marked_once_and_the_file_is_sound(ending: str, tmp_path: Path):
    result = made(tmp_path, ending, **{"map.png": png(24, 12)})
    for word in (result.pack, result.report):
        assert word.find("//w:bookmarkStart/@w:name").count("p1z") == 1
        assert faults(word) == []


def test_a_report_by_itself_reads_as_in_the_pack(tmp_path: Path):
    result = printed(
        tmp_path,
        board=BOARD,
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=paper(SECTIONS),
        **{"other.yaml": paper(NOTES, title="Other")},
    )
    lines = result.pack.lines()
    for word in result.reports.values():
        at = lines.index(word.lines()[0])
        assert lines[at : at + len(word.lines())] == word.lines()


def test_two_renderings_are_the_same_bytes(tmp_path: Path):
    first = made(tmp_path, SECTIONS + FIGURE.split("sections", maxsplit=1)[0], **{"figures/map.png": png(24, 12)})
    second = rendered(first.numbered)
    assert [word.parts for word in first.files()] == [word.parts for word in second.files()]
    assert {date for word in first.files() for date in word.dates} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_are_styles_that_word_lists_in_its_navigation(tmp_path: Path):
    word = report(tmp_path, SECTIONS)
    assert word.styled("Heading1") == ["Funding"]
    assert word.styled("Heading2") == ["Background", "Event"]
    assert word.styled("Heading3") == ["Below"]
    for level in (1, 2, 3):
        (style,) = word.find(f"//w:style[@w:styleId='Heading{level}']", "word/styles.xml")
        assert value(style, "w:pPr/w:outlineLvl") == str(level - 1)
