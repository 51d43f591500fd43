"""`preview` in a real browser: what an author sees, does and hears; what hostile papers cannot do."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from previewing import PATIENCE, Preview, preview
from reading import BOARD, write

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium on this machine")]

FILLER = "".join(f"      Paragraph number {number} has some words in it.\n\n" for number in range(60))
PAPER = f"""title: Funding
author: A Dawlish
purpose: information
sections:
  - heading: Money
    text: |
      The first words stand here.

{FILLER}
      The last words stand here.
tables:
  sums:
    caption: Sums
    columns:
      - {{key: what, label: What}}
      - {{key: sum, label: Sum, type: money, total: sum}}
      - {{key: state, label: State, type: rag}}
    rows: [[One, 1, Red], [Two, 2, Green]]
"""
MEETING = """date: 2010-03-11
agenda:
  - {title: Welcome, paper: verbal}
  - paper: funding
"""
HOUSE = BOARD + "rag: {R: Red, G: Green}\n"
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="https://evil.example.org/a.png">',
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=https://evil.example.org/x></object>",
    "<embed src=https://evil.example.org/x>",
    "<link rel=stylesheet href=https://evil.example.org/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example.org/'>",
    "<base href=https://evil.example.org/>",
    "<form action=https://evil.example.org/><input autofocus onfocus=alert(1)></form>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<body onload=alert(1)>",
    "<style>@import 'https://evil.example.org/x.css';</style>",
    "<math><mtext></p><img src=x onerror=alert(1)></math>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo $a; ?>",
    "<a><bab><c2c>",
    '<a foo="bar" bam = \'baz <em>"</em>\' _boolean zoop:33=zoop33 />',
    "<33> <__>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](java&#10;script:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[click](vbscript:alert(1))",
    "[click](file:///etc/passwd)",
    "[click](//evil.example.org/x)",
    "<javascript:alert(1)>",
    '[click](https://example.org "x" onmouseover="alert(1))',
    "{{ 7*7 }} {% include 'x' %} ${alert(1)}",
    "`<script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\\<script>alert(1)\\</script>",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def running(tmp_path: Path, root: Path) -> Iterator[Preview]:
    papers = write(tmp_path / "papers", board=HOUSE, meeting=MEETING, paper=PAPER)
    with preview(papers, "partnership/2010-03-11/funding", root) as started:
        yield started


def opened(browser: Browser, address: str, **how: object) -> Page:
    """A page of its own, with whatever it should not do taken down in ``page.faults``."""
    context = browser.new_context(**{"viewport": {"width": 1300, "height": 800}, **how})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    page.faults = []
    page.on("dialog", lambda dialog: (page.faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: page.faults.append(f"error {error}"))
    page.on("console", lambda said: page.faults.append(f"said {said.text}") if said.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith(address) else page.faults.append(sent.url))
    page.goto(address)
    return page


def until(page: Page, wanted: str) -> None:
    """Wait until an expression holds; the page's policy keeps Playwright's own way of waiting for one from working."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(wanted):
        assert time.monotonic() < deadline, wanted
        page.wait_for_timeout(30)


def broken(page: Page) -> None:
    page.wait_for_selector("body.broken .over")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, with the elements that it finds it in."""
    page.wait_for_timeout(2600)  # until nothing glows any more
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found]


def test_edit_break_and_mend(browser: Browser, running: Preview):
    page = opened(browser, running.address)
    page.click("#pv-show-text")
    page.wait_for_selector("#pv-text p:has-text('The last words')")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    before = page.evaluate("scrollY")
    assert before > 500
    running.write(PAPER.replace("The last words", "The very last words"))
    page.wait_for_selector("#pv-text p.glow:has-text('The very last words')")
    assert page.locator(".glow").count() == 1
    assert page.locator("#pv-changed").is_hidden()
    assert page.evaluate("scrollY") == before
    running.write(PAPER.replace("title: Funding", 'title: "Funding'))
    broken(page)
    assert "never closed" in page.inner_text(".over")
    assert "The very last words" in page.inner_text("#pv-text")
    assert page.evaluate("scrollY") == before
    assert "Cannot be read as it stands" in page.inner_text("#pv-said")
    running.write(PAPER)
    page.wait_for_selector("body:not(.broken)")
    page.wait_for_selector("#pv-text p:has-text('The last words')")
    assert page.locator(".over").count() == 0
    assert page.faults == []


@pytest.mark.office
def test_pages_follow_a_save_and_are_sharp_at_any_size(browser: Browser, running: Preview):
    page = opened(browser, running.address, device_scale_factor=2)
    page.wait_for_selector(".sheet img[src]")
    until(page, "document.getElementById('pv-where').textContent.startsWith('Item 2, page')")
    first = page.locator(".sheet img").first

    def sharp() -> bool:
        return page.evaluate(
            "() => { const i = document.querySelector('.sheet img');"
            " return Math.abs(i.naturalWidth / i.getBoundingClientRect().width - devicePixelRatio) < 0.1 }"
        )

    until(page, "document.querySelector('.sheet img').naturalWidth > 1500")
    assert sharp()
    page.focus("#pv-pages")
    page.keyboard.press("0")
    page.keyboard.press("+")
    assert page.inner_text("#pv-size") == "110%"
    until(page, "Math.abs(document.querySelector('.sheet img').naturalWidth - 793.7 * 1.1 * 2) < 20")
    assert sharp()
    before = first.get_attribute("src")
    running.write(PAPER.replace("first words", "other words"))
    page.wait_for_selector(".band")
    assert first.get_attribute("src") != before
    assert "text" in page.inner_text("#pv-times")
    assert page.faults == []


def test_findings_are_marked_copied_and_lead_to_their_place(browser: Browser, running: Preview):
    page = opened(browser, running.address, permissions=["clipboard-read", "clipboard-write"])
    page.click("#pv-show-text")
    running.write(PAPER.replace("total: sum", "total: 9"))
    finding = page.locator("#pv-findings li.error")
    finding.wait_for()
    assert finding.locator("mark").inner_text() == "9"
    assert "adds up to 3, not 9" in finding.inner_text()
    assert "What to do:" in finding.inner_text()
    finding.locator(".copy").click()
    page.wait_for_selector("text=Copied")
    assert "error[total-differs]" in page.evaluate("navigator.clipboard.readText()")
    page.evaluate("scrollTo(0, 0)")
    finding.locator(".goto").click()
    until(page, "scrollY > 300")
    assert page.faults == []


def test_a_change_out_of_sight_can_be_shown(browser: Browser, running: Preview):
    page = opened(browser, running.address)
    page.click("#pv-show-text")
    running.write(PAPER.replace("The last words", "The very last words"))
    page.click("#pv-changed")
    until(page, "scrollY > 500")
    assert page.locator("#pv-changed").is_hidden()
    assert page.faults == []


def test_everything_can_be_reached_from_the_keyboard(browser: Browser, running: Preview):
    page = opened(browser, running.address)
    page.wait_for_selector("#pv-show-text")
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))
    wanted = ["Skip to the paper", "Skip to the findings", "Agenda", "Word", "PDF"]
    assert seen[:5] == wanted
    assert {"pv-show-text", "pv-smaller", "pv-size", "pv-larger", "pv-fit"} <= set(seen)
    page.focus("#pv-show-text")
    page.keyboard.press("Enter")
    assert page.get_attribute("#pv-show-text", "aria-pressed") == "true"
    page.focus("#pv-text")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_meeting_opens_its_papers(browser: Browser, running: Preview):
    page = opened(browser, running.address)
    page.click(".up")
    page.click("text=Funding")
    page.wait_for_selector("#pv-text p:has-text('The first words')", state="attached")
    assert page.inner_text("h1 >> nth=0") == "Funding"
    assert page.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_axe_finds_nothing(browser: Browser, running: Preview, scheme: str, width: int):
    how = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    page = opened(browser, running.address, **how)
    page.wait_for_selector("#pv-show-pages:enabled")
    page.click("#pv-show-pages")
    page.wait_for_selector(".sheet img[src]")
    assert violations(page) == []
    running.write(PAPER.replace("total: sum", "total: 9"))
    page.wait_for_selector("#pv-findings li.error")
    page.click("#pv-show-text")
    assert violations(page) == []
    running.write(PAPER.replace("title: Funding", 'title: "Funding'))
    broken(page)
    assert violations(page) == []
    page.goto(f"{running.address}meeting")
    page.wait_for_selector("table")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_papers_run_nothing_and_ask_nobody(browser: Browser, running: Preview):
    page = opened(browser, running.address)
    text = "\n\n".join(f"      {line}" for line in HOSTILE)
    inline = HOSTILE[1].replace("'", "''")
    running.write(PAPER.replace("      The first words stand here.", text))
    page.wait_for_timeout(1500)
    running.write(
        PAPER.replace("      The first words stand here.", text.replace("[click](", "[click] ("))
        .replace("title: Funding", f"title: '{inline}'")
        .replace("caption: Sums", f"caption: '{inline}'")
    )
    until(page, "document.getElementById('pv-title').textContent.includes('onerror')")
    page.click("#pv-show-text")
    page.wait_for_timeout(500)
    shown = page.inner_text("#pv-text")
    for line in ("<script>alert(1)</script>", "<svg/onload=alert(1)>", "<a><bab><c2c>", "{{ 7*7 }}"):
        assert line in shown
    kinds = page.evaluate("[...document.querySelectorAll('#pv-text *')].map((each) => each.localName)")
    assert not set(kinds) & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "meta",
        "base",
        "form",
        "svg",
        "style",
        "math",
    }
    named = "[...document.querySelectorAll('*')].flatMap((each) => each.getAttributeNames())"
    hooks = [name for name in page.evaluate(named) if name.startswith("on")]
    assert hooks == []
    assert page.faults == []


def test_a_preview_that_has_ended_says_so(browser: Browser, running: Preview):
    page = opened(browser, running.address)
    page.wait_for_selector("#pv-state:has-text('Live')")
    running.stop()
    page.wait_for_selector("body.offline")
    assert "start it again" in page.inner_text("#pv-state")
