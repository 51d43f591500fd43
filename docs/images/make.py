"""Draws the pictures of the README from a built sample pack, and writes its page numbers into the README's text.

Build the sample first, then run ``.venv/bin/python docs/images/make.py`` from the top folder; another output
folder may be named behind it. ``pack.png`` shows the agenda, the first page of the funding paper and the page with
the table of indicators; ``table.png`` is the funding paper's table.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

HERE = Path(__file__).resolve().parent
README = HERE.parents[1] / "README.md"
OUTPUT = HERE.parents[1] / "output"
MEETING = "safer-essex/2010-03-11"
GAP = 24
GROUND, EDGE = "#e8eaec", "#b8bec2"
COLOURS = 48


def page_image(pdf: pypdfium2.PdfDocument, number: int, dpi: int) -> Image.Image:
    """One page, counted from 1."""
    return pdf[number - 1].render(scale=dpi / 72).to_pil().convert("RGB")


def page_with(pdf: pypdfium2.PdfDocument, words: str, first: int) -> int:
    """The number of the first page, from ``first`` on, that prints these words."""
    for number in range(first, len(pdf) + 1):
        if words in " ".join(pdf[number - 1].get_textpage().get_text_bounded().split()):
            return number
    raise SystemExit(f"no page from {first} on prints {words!r}")


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """The pages in a row, their tops in line, each with a thin edge."""
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages) + 2 * GAP), GROUND)
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        ImageDraw.Draw(sheet).rectangle((left, GAP, left + page.width, GAP + page.height), outline=EDGE)
        left += page.width + GAP
    return sheet


def table_on(page: pypdfium2.PdfPage, first: str, last: str, dpi: int) -> Image.Image:
    """The stretch of a page from the line with ``first`` to the line with ``last``, without the margins."""
    text, scale = page.get_textpage(), dpi / 72
    image = page.render(scale=scale).to_pil().convert("RGB")
    start, _ = text.search(first).get_next()
    end, _ = text.search(last).get_next()
    top = image.height - text.get_charbox(start)[3] * scale - 10
    bottom = image.height - text.get_charbox(end)[1] * scale + 10
    strip = image.crop((0, round(top), image.width, round(bottom)))
    left, _, right, _ = ImageChops.difference(strip, Image.new("RGB", strip.size, "white")).getbbox() or strip.getbbox()
    return strip.crop((left - 10, 0, right + 10, strip.height))


def save(image: Image.Image, name: str) -> None:
    """Write a picture with few colours, which is small."""
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


def write_numbers(papers: dict[str, dict[str, int]], count: int) -> None:
    """Bring the page numbers that the README quotes up to date."""
    funding, reoffending = papers["funding"], papers["reoffending"]
    right = {
        r"Yes, pages \d+ to \d+": f"Yes, pages {funding['first_page']} to {funding['last_page']}",
        r"item 5\.2 e, page \d+": f"item 5.2 e, page {reoffending['first_page']}",
        r"2010-03-11/pack\.docx: \d+ pages": f"2010-03-11/pack.docx: {count} pages",
    }
    text = README.read_text(encoding="utf-8")
    for pattern, words in right.items():
        text = re.sub(pattern, words, text)
    README.write_text(text, encoding="utf-8")


def main(folder: Path) -> None:
    """Draw both pictures and write the numbers from the pack in this folder."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    papers = {item["paper"]: item for item in manifest["items"] if "first_page" in item}
    pdf = pypdfium2.PdfDocument(folder / "pack.pdf")
    indicators = page_with(pdf, "Table 2: ", papers["performance-report"]["first_page"])
    shown = (1, papers["funding"]["first_page"], indicators)
    save(side_by_side([page_image(pdf, number, 80) for number in shown]), "pack.png")
    funding = page_with(pdf, "Table 1:", papers["funding"]["first_page"])
    save(table_on(pdf[funding - 1], "Table 1:", "Source:", 110), "table.png")
    write_numbers(papers, len(pdf))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else OUTPUT) / MEETING)
