"""Draws the pictures of the preview for the author's guide, with Chromium, from a copy of the sample's papers.

Run ``.venv/bin/python docs/images/preview.py`` from the top folder. ``preview.png`` shows a paper with something still
to mend, ``preview-broken.png`` the same paper with a line half typed, over what it last was.
"""

from __future__ import annotations

import io
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAPER = "safer-essex/2010-03-11/funding"
SIZE = {"width": 1180, "height": 720}
COLOURS = 128


def main() -> None:
    """Start a preview of a copy, edit it as an author would, and take both pictures."""
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder) / "papers"
        shutil.copytree(ROOT / "papers", papers)
        process = subprocess.Popen(
            [sys.executable, ROOT / "build.py", "preview", PAPER, "--papers", papers, "--no-browser"],
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            found = re.search(r"http://\S+", process.stderr.readline() if process.stderr else "")
            if not found:
                raise SystemExit("the preview has not started")
            take(found[0], papers / f"{PAPER}.yaml")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def take(address: str, file: Path) -> None:
    """The two pictures of one paper."""
    text = file.read_text(encoding="utf-8")
    wrong = text.replace("total: sum", "total: 1236586", 1).replace("[information, decision]", "[information]")
    broken = wrong.replace("heading: Spending in 2009/10", 'heading: "Spending in 2009/10')
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_page(viewport=SIZE)
        page.goto(address)
        page.wait_for_selector("#pv-where:has-text('of')")
        page.wait_for_selector(".sheet img[src]")
        for saved, name in ((wrong, "preview.png"), (broken, "preview-broken.png")):
            file.write_text(saved, encoding="utf-8")
            page.wait_for_selector("#pv-findings li.error")
            time.sleep(4)
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


if __name__ == "__main__":
    main()
