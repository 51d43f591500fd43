"""Draws the picture of the web edition: a meeting as on a desk, a paper as on a telephone, with Chromium.

Publish the sample into another folder first, from a copy of the papers, since publishing writes beside them; then run
``.venv/bin/python docs/images/web.py FOLDER``, where the folder is the ``web`` of that output.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SHOWN = (("safer-essex/2010-03-11/index.html", 900), ("safer-essex/2010-03-11/6d-funding.html", 390))
HEIGHT, GAP, COLOURS = 1180, 24, 64
GROUND, EDGE = "#e8eaec", "#b8bec2"


def main(site: Path) -> None:
    """Both pages side by side, with few colours, which is small."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        pages = []
        for path, width in SHOWN:
            tab = browser.new_page(viewport={"width": width, "height": HEIGHT})
            tab.goto((site / path).resolve().as_uri())
            pages.append(Image.open(io.BytesIO(tab.screenshot())).convert("RGB"))
        browser.close()
    sheet = Image.new("RGB", (sum(page.width + GAP for page in pages) + GAP, HEIGHT + 2 * GAP), GROUND)
    left = GAP
    for page in pages:
        sheet.paste(page, (left, GAP))
        ImageDraw.Draw(sheet).rectangle((left, GAP, left + page.width, GAP + page.height), outline=EDGE)
        left += page.width + GAP
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / "web.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
