"""The web site in a real browser: no barrier, on a desk, on a telephone and in the dark; the search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from printing import numbered
from test_site import whole

from boardpack.web.shown import Shown, Site
from boardpack.web.site import site

KINDS = {
    "index.html": "all boards",
    "search.html": "search",
    "safer-essex/index.html": "board",
    "safer-essex/actions.html": "actions",
    "safer-essex/decisions.html": "decisions",
    "safer-essex/2010-03-11/index.html": "meeting",
    "safer-essex/2010-03-11/6d-funding.html": "paper with tables and a figure",
    "rochford-review-committee/2012-09-25/4-community-safety-partnership.html": "paper with an appendix and ratings",
    "safer-essex/2014-06-12/minutes.html": "minutes",
}
SIGHTS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "dark": {"viewport": {"width": 640, "height": 450}, "color_scheme": "dark"},
}
"""As on a desk, on the smallest telephone (also 400 % of a desk), and at 200 % in the dark."""
RULES = {
    "desktop": {"rules": {"target-size": {"enabled": True}}},
    "narrow": {"runOnly": ["color-contrast", "scrollable-region-focusable", "target-size"]},
    "dark": {"runOnly": ["color-contrast"]},
}
"""All of axe's rules on the desk; elsewhere those whose answer may be another."""


@pytest.fixture(scope="module")
def browser() -> Iterator:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for path, data in whole().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("sight", SIGHTS)
def test_no_page_has_a_barrier(browser, folder: Path, sight: str):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(**SIGHTS[sight])
    try:
        tab = context.new_page()
        for path in KINDS:
            tab.goto((folder / path).as_uri() + ("?q=funding" if path == "search.html" else ""))
            found = Axe().run(tab, options={**RULES[sight], "resultTypes": ["violations"]}).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path
            # WCAG 2.2, 1.4.10: nothing but a table scrolls sideways.
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert tab.evaluate(over) == 0, path
    finally:
        context.close()


@pytest.mark.browser
def test_the_search_needs_no_server_and_no_mouse(browser, folder: Path):
    tab = browser.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda message: faults.append(message.text))
    tab.goto((folder / "index.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html")
    tab.focus("#q")
    tab.keyboard.type("exchange capital revenue")
    tab.wait_for_selector("#found mark")
    assert tab.inner_text("#count") == "1 place found"
    assert tab.inner_text("#found a") == "1 Revenue grant and capital · Funding 2010/11 · Safer Essex, 11 March 2010"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/6d-funding.html#p*")
    assert faults == []
    tab.close()


@pytest.mark.browser
@pytest.mark.parametrize(("asked", "marked"), [("cafe", "Café"), ("CAFÉ", "Café"), ("shop’s", "shop's")])
def test_the_search_finds_and_marks_words_however_they_are_spelt(browser, tmp_path: Path, asked: str, marked: str):
    written = (
        "title: Funding\nauthor: A Dawlish\npurpose: decision\nsections: [{text: The Café and the shop's door.}]\n"
    )
    agenda = "date: 2010-03-11\nagenda: [{paper: funding}]\n"
    meeting = numbered(tmp_path / "papers", meeting=agenda, paper=written)
    for path, data in site(Site([Shown(meeting, date(2010, 3, 1))])).items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_bytes(data)
    tab = browser.new_page()
    tab.goto((tmp_path / "site/search.html").as_uri() + f"?q={asked}")
    assert tab.inner_text("#found mark") == marked
    tab.close()


@pytest.mark.browser
def test_on_a_telephone_the_agenda_is_a_table_still(browser, folder: Path):
    """The heads of its columns are out of sight, and there for those who hear it."""
    context = browser.new_context(**SIGHTS["narrow"])
    tab = context.new_page()
    tab.goto((folder / "safer-essex/2010-03-11/index.html").as_uri())
    nodes = context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    heads = [node["name"]["value"] for node in nodes if node["role"]["value"] == "columnheader"]
    assert heads == ["Item", "Subject", "Time", "Paper"]
    labels = "[...document.querySelectorAll('.agenda tr')].map(row => [...row.querySelectorAll('td.label, .subject')])"
    gaps = tab.evaluate(
        f"{labels}.filter(row => row.length === 2).map(([label, subject]) => {{ const range = new Range();"
        " range.selectNodeContents(label);"
        " return subject.getBoundingClientRect().left - range.getBoundingClientRect().right; })"
    )
    assert min(gaps) >= 4
    context.close()
