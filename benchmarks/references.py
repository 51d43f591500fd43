"""Counts what a finished Word file holds: page references that are right, and words that are there.

The truth is a PDF that LibreOffice makes of that very file: a paper begins on the page where its title stands
together with, or last before, the first words of its body.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from content import Meeting
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE = re.compile(r"pages? (\d+)", re.IGNORECASE)
LAST_NUMBER = re.compile(r"(\d+)\s*$")
WORD = re.compile(r"[A-Za-z]{4,}")


def count_right(document: Path, pdf: Path, meeting: Meeting) -> int:
    """How many papers have the page where they begin on the agenda of the Word file as first opened."""
    printed, begins = printed_pages(document, meeting), first_pages(page_texts(pdf), meeting)
    return sum(printed.get(name) == page for name, page in begins.items())


def page_texts(pdf: Path) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def first_pages(pages: list[str], meeting: Meeting) -> dict[str, int]:
    """The page on which each paper begins. A paper that is not found raises: then the count means nothing."""
    words = [set(WORD.findall(page)) for page in pages]
    where: dict[str, int] = {}
    for number, found in enumerate(words, 1):
        where |= {word: number for word in found if word not in where}
    begins: dict[str, int] = {}
    for paper in meeting.papers:
        title, body = WORD.findall(paper.title)[0], WORD.findall(paper.front + paper.body)[0]
        begins[paper.id] = max(number for number in range(1, where[body] + 1) if title in words[number - 1])
    return begins


def printed_pages(document: Path, meeting: Meeting) -> dict[str, int]:
    """The page that the agenda or contents list of a Word file prints for each paper, as the file stands."""
    titles = {WORD.findall(paper.agenda_title)[0]: paper.id for paper in meeting.papers}
    printed: dict[str, int] = {}
    for row in rows(document):
        number = PAGE.search(row) or LAST_NUMBER.search(row)
        found = [titles[word] for word in WORD.findall(row) if word in titles]
        if number and found:
            printed.setdefault(found[0], int(number[1]))
    return printed


def rows(document: Path) -> Iterator[str]:
    """The text of each table row and of each paragraph outside tables, fields with the result they hold."""
    with zipfile.ZipFile(document) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for element in root.iter(f"{W}tr", f"{W}p"):
        if element.tag == f"{W}tr" or next(element.iterancestors(f"{W}tr"), None) is None:
            yield text_of(element)


def text_of(element: etree._Element) -> str:
    """The text of an element; paragraphs, breaks and tabs part words."""
    pieces = element.iter(f"{W}t", f"{W}p", f"{W}tab", f"{W}br")
    return "".join(piece.text or "" if piece.tag == f"{W}t" else " " for piece in pieces)


def document_text(document: Path) -> str:
    """All the text that a Word file prints in its body and its footnotes."""
    with zipfile.ZipFile(document) as package:
        names = set(package.namelist()) & {"word/document.xml", "word/footnotes.xml"}
        return " ".join(text_of(etree.fromstring(package.read(name))) for name in sorted(names))
