"""Reports as councils, health boards and parishes type them in Word: by the rules, and as it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from random_meeting import png

Rows = Sequence[Sequence[str]]


def table(document: Document, rows: Rows, *, bold_first: bool = True, style: str = "Table Grid") -> Table:
    made = document.add_table(len(rows), len(rows[0]), style=style)
    for row, cells in zip(made.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            lines = words.split("\n")
            cell.paragraphs[0].add_run(lines[0]).bold = bold_first and row is made.rows[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
    return made


def bold(document: Document, words: str) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.add_run(words).bold = True
    return paragraph


def link(paragraph: Paragraph, words: str, address: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    id = paragraph.part.relate_to(address, kind, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), id)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = words
    run.append(text)
    element.append(run)
    paragraph._p.append(element)


def styled_council() -> Document:
    """Word's own styles, a cover table, a table with a wrong total, a picture, appendices."""
    document = docx.Document()
    document.add_paragraph("Library opening hours", style="Title")
    _library_cover(document)
    document.add_heading("Purpose of report", 1)
    document.add_paragraph("To ask the Committee to choose new opening hours for the two branch libraries.")
    document.add_heading("Recommendations", 1)
    document.add_paragraph("That the Committee:")
    document.add_paragraph("Notes the visits in Table 1.", style="List Number")
    document.add_paragraph("Agrees the hours in section 4.", style="List Number")
    _library_background(document)
    document.add_heading("Proposed hours", 1)
    document.add_heading("Northgate", 2)
    document.add_paragraph("9:00 to 17:00")
    document.add_picture(BytesIO(png(60, 40)))
    document.add_paragraph("Figure 1: Visits by month", style="Caption")
    document.add_heading("Financial implications", 1)
    document.add_paragraph("None")
    document.add_heading("Appendices", 1)
    document.add_paragraph("Appendix A – Survey results")
    document.add_paragraph("Appendix B – Equality impact assessment")
    document.add_heading("Background papers", 1)
    document.add_paragraph("Survey of library users 2026")
    return document


def _library_cover(document: Document) -> None:
    table(
        document,
        [
            ["Report to", "Services Committee"],
            ["Date", "14 January 2027"],
            ["Report of", "Head of Libraries"],
            ["Author", "Owen Hartley, Library Manager"],
            ["Wards affected", "All"],
            ["Decision type", "Key decision"],
            ["Tel", "01632 960123"],
            ["Email", "owen.hartley@example.org"],
        ],
        bold_first=False,
    )


def _library_background(document: Document) -> None:
    document.add_heading("Background", 1)
    paragraph = document.add_paragraph("Visits have ")
    paragraph.add_run("fallen sharply").bold = True
    paragraph.add_run(" in the evening, as the ")
    link(paragraph, "survey", "https://example.org/survey?a=1&b=(2)")
    paragraph.add_run(" shows. Costs are 5 * 3 [see note] and a_b_c.")
    for words in ("fewer people come in the evening", "more people come on Saturday"):
        document.add_paragraph(words, style="List Bullet")
    document.add_paragraph("families", style="List Bullet 2")
    document.add_paragraph("Table 1: Visits to the branches", style="Caption")
    table(
        document,
        [
            ["Branch", "2025", "2026", "Cost (£)", "Status"],
            ["Northgate", "41,000", "43,500", "£126,500.00", "Green"],
            ["Riverside", "42,600", "39,700", "£98,250.50", "Amber"],
            ["Total", "83,600", "83,300", "£224,750.50", ""],
        ],
    )


def typed_numbers() -> Document:
    """Numbers by hand, tabs, bold capitals for headings, empty paragraphs for room, fake bullets."""
    document = docx.Document()
    for words in (
        "EXAMPLE DISTRICT COUNCIL",
        "REPORT TO CABINET – 14 JANUARY 2027",
        "",
        "TITLE:\tPARKING CHARGES 2027/28",
    ):
        bold(document, words)
    for words in ("REPORT OF:\tHead of Community Services", "WARD(S) AFFECTED:\tTown Centre and Riverside", ""):
        document.add_paragraph(words)
    bold(document, "1.\tPURPOSE OF REPORT")
    document.add_paragraph("1.1\tTo set out proposed charges for the council's car parks.")
    document.add_paragraph("")
    bold(document, "2.\tRECOMMENDATIONS")
    document.add_paragraph("2.1\tThat Cabinet approves the charges in paragraph 4.2.")
    document.add_paragraph("2.2\tThat the Head of Community Services be authorised to publish the notice.")
    bold(document, "3.\tBACKGROUND")
    document.add_paragraph("3.1\tCharges were last changed in 2021. Since then:")
    document.add_paragraph("•\tcosts have risen by 14%")
    document.add_paragraph("•\tuse has fallen by 3%;")
    document.add_paragraph("")
    document.add_paragraph("3.2\tThe following were consulted:")
    document.add_paragraph("(a)\tthe Chamber of Trade;")
    document.add_paragraph("(b)\tparish councils; and")
    document.add_paragraph("(c)\tthe bus company.")
    bold(document, "4.\tPROPOSALS")
    document.add_paragraph("4.1\t1 hour would cost £1.20 and 2 hours £2.40.")
    document.add_paragraph("4.2\tThe charges are:")
    table(document, [["Stay", "Now", "Proposed"], ["1 hour", "£1.00", "£1.20"], ["2 hours", "£2.00", "£2.40"]])
    bold(document, "5.\tFINANCIAL IMPLICATIONS")
    document.add_paragraph("5.1\tIncome would rise by £42,000 a year.")
    bold(document, "6.\tLEGAL IMPLICATIONS")
    document.add_paragraph("6.1\tThere are none.")
    bold(document, "Background papers:")
    document.add_paragraph("None.")
    document.add_paragraph("Contact Officer: Jill Marsh, tel. 01632 960144, e-mail jill.marsh@example.org")
    return document


def health_board() -> Document:
    """A cover sheet that is one table, purposes as boxes ticked, headings in Word's styles with numbers typed."""
    document = docx.Document()
    table(
        document,
        [
            ["Report title", "Winter resilience plan"],
            ["Meeting", "Public board meeting"],
            ["Date of meeting", "28 January 2027"],
            ["Report author", "Priya Nandra, Head of Urgent Care"],
            ["Presented by", "Dr Colin Ash, Medical Director"],
            ["Purpose", "For assurance and approval"],
            ["Executive summary", "The plan covers beds, staff and transport.\nIt was tested in November."],
            ["Recommendations", "The Board is asked to:\n1. Note the risks.\n2. Approve the plan."],
            ["Link to strategic objective", "Objective 2"],
        ],
        bold_first=False,
    )
    document.add_heading("1. Introduction", 1)
    document.add_paragraph("Winter puts pressure on every part of the system.")
    document.add_heading("2. Risks", 1)
    table(
        document,
        [
            ["Ref", "Risk", "Likelihood", "Impact", "Score", "RAG"],
            ["1", "Staff sickness", "4", "4", "16", "R"],
            ["2", "Snow", "2", "3", "6", "A"],
        ],
    )
    document.add_heading("3. Next steps", 1)
    document.add_paragraph("1. Brief the wards")
    document.add_paragraph("2. Order stock")
    document.add_paragraph("3. Report back in March")
    return document


def parish() -> Document:
    """No styles at all: bold lines, plain paragraphs, sums in words."""
    document = docx.Document()
    bold(document, "Example Parish Council")
    heading = bold(document, "Village hall roof")
    heading.runs[0].font.size = Pt(18)
    document.add_paragraph("Date: 3 February 2027")
    document.add_paragraph("Report by: the Clerk")
    bold(document, "Background")
    document.add_paragraph(
        "The roof leaks. A. Tiler & Sons <tilers@example.org> quoted £4,300 + VAT; B. Slate quoted £5,100."
    )
    document.add_paragraph("1984. That was the year in which the roof was last mended.")
    document.add_paragraph("# 1 choice is the cheaper one")
    document.add_paragraph("- not a list, only a thought")
    bold(document, "Quotes received")
    table(document, [["Firm", "Quote"], ["A. Tiler & Sons", "4300"], ["B. Slate", "5100"], ["Average", "4700"]])
    bold(document, "Recommendation")
    document.add_paragraph("That the council accepts the quote of A. Tiler & Sons.")
    return document


def layout_tables() -> Document:
    """Tables for boxes and columns, merged cells, a table within a table, soft line breaks."""
    document = docx.Document()
    box = document.add_table(1, 1, style="Table Grid")
    box.cell(0, 0).paragraphs[0].add_run("Key message").bold = True
    box.cell(0, 0).add_paragraph("Recycling is up by 4%.")
    document.add_heading("Waste and recycling", 0)
    paragraph = document.add_paragraph("First line")
    paragraph.add_run().add_break()
    paragraph.add_run("second line")
    paragraph.add_run().add_break()
    paragraph.add_run("1. third line")
    document.add_heading("Tonnage", 1)
    made = table(
        document,
        [
            ["Area", "Tonnes", "", "Change"],
            ["", "2025", "2026", ""],
            ["North", "", "", ""],
            ["Hill", "1,200.5", "1,250.0", "+4.12%"],
            ["Vale", "800.0", "790.0", "−1.25%"],
            ["Overall total", "2,000.5", "2,040.0", "1.97%"],
        ],
    )
    made.cell(0, 1).merge(made.cell(0, 2))
    made.cell(2, 0).merge(made.cell(2, 3))
    outer = document.add_table(2, 2, style="Table Grid")
    outer.cell(0, 0).text = "Outside"
    inner = outer.cell(1, 1).add_table(2, 2)
    inner.cell(0, 0).text = "Inside one"
    inner.cell(1, 1).text = "Inside two"
    return document


def everything_else() -> Document:
    """What a paper cannot hold: contents, headers, comments, tracked changes, text boxes, equations, hidden words."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Official: header words"
    document.sections[0].footer.paragraphs[0].text = "Footer words"
    document.add_heading("Odds and ends", 0)
    contents = document.add_paragraph()
    contents._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='begin'/><w:instrText> TOC \\o </w:instrText>"
            "<w:fldChar w:fldCharType='separate'/><w:t>Contents words 1</w:t><w:fldChar w:fldCharType='end'/></w:r>"
        )
    )
    document.add_heading("Changes", 1)
    paragraph = document.add_paragraph("Kept ")
    for xml in (
        "<w:ins w:id='1' w:author='x'><w:r><w:t>inserted </w:t></w:r></w:ins>",
        "<w:del w:id='2' w:author='x'><w:r><w:delText>deleted</w:delText></w:r></w:del>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
        "<w:r><w:t>rose by</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>",
        "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>",
    ):
        paragraph._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    paragraph._p.append(parse_xml(f"<m:oMath xmlns:m='{math}'><m:r><m:t>x=y</m:t></m:r></m:oMath>"))
    boxed = document.add_paragraph("Beside a box")
    boxed._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
            "<w:txbxContent><w:p><w:r><w:t>boxed words</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
            "</w:pict></w:r>"
        )
    )
    commented = document.add_paragraph("A remark on this.")
    document.add_comment(commented.runs, text="comment words", author="Reader", initials="R")
    ended = document.add_paragraph("Page one")
    ended.add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Page two")
    return document


def colons_and_words_of_yaml() -> Document:
    """Words that YAML would take for something else."""
    document = docx.Document()
    document.add_heading("Funding: the next year #1", 0)
    document.add_heading("no", 1)
    document.add_paragraph("yes")
    document.add_heading("6.10", 2)
    document.add_paragraph("{curly} [square] & *star* %percent @at !bang |pipe| > quote `tick` ~ null")
    document.add_paragraph("| a | b |")
    document.add_paragraph("|---|---|")
    document.add_paragraph("[](table:none) and [^1] and ![x](y.png) <b>bold</b> &amp; &copy;")
    document.add_paragraph("a paragraph {: .unnumbered}")
    document.add_heading("9:30", 1)
    table(document, [["Time", "What: it is"], ["9:30", "no"], ["10:00", "true"], ["", "null"], ["~", "- dash"]])
    document.add_heading("Recommendations", 1)
    document.add_paragraph("Agree: yes, [maybe] {not}")
    document.add_paragraph("“Quote” the policy, 'as is'")
    return document


def _own_numbering(document: Document) -> None:
    """Define a list of several levels, as reports with numbered headings and paragraphs have it."""
    levels = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "%4.")]
    shown = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/><w:lvlText w:val='{sample}'/></w:lvl>"
        for at, (kind, sample) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{shown}</w:abstractNum>"))
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))


def numbered_by_word() -> Document:
    """Headings, paragraphs and items that Word numbers, all in the style Normal; recommendations with items below."""
    document = docx.Document()
    _own_numbering(document)

    def line(level: int, words: str, *, strong: bool = False) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run(words).bold = strong
        properties = paragraph._p.get_or_add_pPr()
        number = f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='77'/></w:numPr>"
        properties.append(parse_xml(number))

    title = document.add_paragraph()
    title.add_run("Homelessness strategy").font.size = Pt(20)
    for words in ("Report to: Housing Committee", "Report of: Director of Housing", "Exempt: Part 2, paragraph 3"):
        document.add_paragraph(words)
    line(0, "Summary", strong=True)
    line(1, "The strategy covers five years.")
    line(0, "Recommendation(s)", strong=True)
    document.add_paragraph("It is recommended that the Committee:")
    line(2, "approves the strategy, and in particular:")
    line(3, "the rough sleeping plan")
    line(3, "the empty homes plan")
    line(2, "asks for a report in a year.")
    line(0, "Evidence", strong=True)
    line(1, "Applications rose, from 410 to 560 (see Table 2 and Figure 1).")
    line(1, "Reasons were:")
    line(2, "loss of a tenancy")
    line(2, "family breakdown")
    line(0, "Finance implications", strong=True)
    line(1, "The cost is in the table.")
    rows = [
        ["£000", "2026/27", "2027/28"],
        ["Staff", "412", "430"],
        ["Grants", "(120)", "-"],
        ["Net total", "292", "430"],
    ]
    table(document, rows)
    return document


def four_columns_and_boxes() -> Document:
    """A cover of four columns, a box for the recommendation, purposes as ticked boxes, appendices in the same file."""
    document = docx.Document()
    table(
        document,
        [
            ["Committee:", "Planning Committee", "Date:", "14 January 2027"],
            ["Title:", "Tree works at the Green", "Ward:", "Central"],
            ["Report for:", "☐ Information ☒ Decision", "Contact officer:", "Ann Birch, 01632 960155"],
        ],
        bold_first=False,
    )
    bold(document, "Summary of report")
    document.add_paragraph("Three limes need work.")
    box = document.add_table(1, 1, style="Table Grid").cell(0, 0)
    box.paragraphs[0].add_run("RECOMMENDATIONS").bold = True
    for words in ("1. That consent is given.", "2. That the works are done by March."):
        box.add_paragraph(words)
    bold(document, "The trees")
    table(document, [["Tree", "Age", "Action"], ["T1", "80", "Crown lift"], ["T2", "80", "Fell; see Appendix 2"]])
    document.add_paragraph("Source: survey of 2026")
    for words in ("Implications", "Financial"):
        bold(document, words)
    document.add_paragraph("The works cost £2,400.")
    for words, below in (
        ("Legal", "None."),
        ("APPENDIX 1 – PLAN OF THE GREEN", "T1 stands by the pond."),
        ("APPENDIX 2", "Survey"),
    ):
        bold(document, words)
        document.add_paragraph(below)
    table(document, [["Tree", "Defect"], ["T1", "None"], ["T2", "Decay"]])
    return document


def many_tables() -> Document:
    """Tables without heads, percentages, dates, references with noughts, years, a total that is wrong."""
    document = docx.Document()
    document.add_heading("Performance in quarter 3", 0)
    document.add_heading("Indicators", 1)
    table(
        document,
        [
            ["Indicator", "Target", "Actual", "Due", "On track?"],
            ["Calls answered", "90%", "87.5%", "31/03/2027", "No"],
            ["Bins missed", "1%", "0.4%", "31 March 2027", "Yes"],
        ],
    )
    document.add_paragraph("Table 2 – Works orders")
    table(document, [["Order", "Cost"], ["00123", "£1,000"], ["00124", "£950.50"], ["00125", "n/a"]])
    table(document, [["Monday", "9.00"], ["Tuesday", "9.30"]], bold_first=False)
    table(document, [["Year", "Number"], ["2024", "1,204"], ["2025", "998"], ["Total", "2,203"]])
    return document


REPORTS: Mapping[str, Callable[[], Document]] = {
    made.__name__: made
    for made in (
        styled_council,
        typed_numbers,
        health_board,
        parish,
        layout_tables,
        everything_else,
        colons_and_words_of_yaml,
        numbered_by_word,
        four_columns_and_boxes,
        many_tables,
    )
}


def write_report(name: str, folder: Path) -> Path:
    path = folder / f"{name}.docx"
    REPORTS[name]().save(str(path))
    return path
