"""The web site: sound pages, links that lead somewhere, data, and no barrier in a real browser."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from lxml import etree
from printing import numbered
from random_meeting import png, write_meeting
from reading import checked
from test_web import samples, withheld

from boardpack.charts.of_paper import Look
from boardpack.model.colour import luminance, on_white
from boardpack.model.numbered import NumberedMeeting, NumberedMinutes
from boardpack.number import minutes as log
from boardpack.number import number
from boardpack.web.kept import kept
from boardpack.web.shown import Download, Shown, Site
from boardpack.web.site import site
from boardpack.web.style import stylesheet

# --- The site ---------------------------------------------------------------------------------------------


def shown(meeting: NumberedMeeting) -> Shown:
    """A meeting with three pages for each part and what can be downloaded."""
    pages = {name: 3 * at + end for at, part in enumerate(meeting.parts.values(), 1)
             for name, end in ((part.start, 0), (part.end, 2))}  # fmt: skip
    files = [
        Download("pack.pdf", "Meeting pack", 1_234_567, 30, b"%PDF-"),
        *(
            Download(f"reports/{part.stem}.docx", "This report", 23_456, 3, b"PK", key)
            for key, part in meeting.parts.items()
        ),
    ]
    held = [(part.of, part.minutes) for part in (meeting.minutes,) if part]
    held += [(part.of, part.minutes) for part in meeting.parts.values() if isinstance(part, NumberedMinutes)]
    return Shown(meeting, meeting.meeting.date - timedelta(days=8), pages, files, tuple(log.log(held)))


ADDRESS = "https://example.org/papers"
COLOURS = {"safer-essex": "1F3A6E", "rochford-review-committee": "17505F", "colchester-crime-and-disorder": "6B1F3A"}
LOOKS = {board: Look(colours=(colour,)) for board, colour in COLOURS.items()}


@cache
def whole() -> dict[str, bytes]:
    return site(Site([shown(each) for each in samples().values()], LOOKS, ADDRESS))


def assert_sound(written: dict[str, bytes]) -> None:
    """Valid HTML, one first heading, no level left out, unique ids, links within the site that lead somewhere."""
    trees = {path: page(data.decode()) for path, data in written.items() if path.endswith(".html")}
    ids = {path: [node.get("id") for node in tree.iter() if node.get("id")] for path, tree in trees.items()}
    for path, tree in trees.items():
        assert len(ids[path]) == len(set(ids[path])), path
        levels = [int(node.tag[1]) for node in tree.iter() if re.fullmatch(r"h[1-6]", str(node.tag))]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        for node in tree.iter():
            for address in filter(None, (node.get("href"), node.get("src"), node.get("action"))):
                if re.match(r"https?:|mailto:|tel:", address):
                    continue
                target, _, anchor = address.partition("#")
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target))) if target else path
                )
                assert target in written, (path, address)
                assert not anchor or not target.endswith(".html") or anchor in ids[target], (path, address)


def page(html: str):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)


def test_the_site_is_sound():
    assert_sound(whole())


def test_the_same_meetings_give_the_same_bytes():
    assert site(Site([shown(each) for each in samples().values()], LOOKS, ADDRESS)) == whole()


def test_every_public_paper_has_its_page():
    meeting = samples()["safer-essex/2010-03-11"]
    for part in meeting.parts.values():
        assert f"safer-essex/2010-03-11/{part.stem}.html" in whole()


def test_what_is_to_come_is_told_as_of_the_last_publication():
    """Before the first of four meetings all are coming, and the plan says what comes to them."""
    essex = [each for name, each in samples().items() if name.startswith("safer-essex/")]
    written = site(Site([replace(shown(each), on=date(2010, 3, 3)) for each in essex]))
    assert_sound(written)
    first, board = written["index.html"].decode(), written["safer-essex/index.html"].decode()
    assert 'Next meeting: <a href="safer-essex/2010-03-11/index.html">Thursday 11 March 2010</a>' in first
    assert "Past meetings" not in board
    assert board.index("11 March 2010") < board.index("22 September 2014")
    plan = written["safer-essex/forward-plan.html"].decode()
    assert '<tr class="group"><th scope="rowgroup" colspan="3">11 March 2010</th></tr>' in plan
    assert "<td>Funding</td><td>Funding 2010/11</td><td>Information and decision</td>" in plan


def test_a_meeting_that_was_announced_for_a_day_that_has_gone_is_not_to_come():
    """Safer Essex announced 11 December 2014; the site tells of a later day."""
    assert "No meeting has been announced." in whole()["safer-essex/index.html"].decode()
    essex = [each for name, each in samples().items() if name.startswith("safer-essex/")]
    written = site(Site([replace(shown(each), on=date(2014, 10, 1)) for each in essex]))
    assert "Next meeting: Thursday 11 December 2014, papers to follow" in written["index.html"].decode()
    assert "<p>Thursday 11 December 2014, 14:00" in written["safer-essex/index.html"].decode()


def test_each_meeting_of_a_board_leads_to_its_pack():
    html = whole()["safer-essex/index.html"].decode()
    assert '<a href="2010-03-11/pack.pdf">Meeting pack</a> (PDF, 1.2 MB, 30 pages)' in html


@pytest.mark.parametrize("address", ["", ADDRESS])
def test_a_board_that_is_kept_stays_as_it_was(address: str):
    every = [shown(each) for each in samples().values()]
    before = site(Site(every, LOOKS, address))
    held = kept("safer-essex", before)
    assert held is not None
    assert kept("other-board", before) is None
    after = site(Site([each for each in every if each.board.id != "safer-essex"], LOOKS, address, kept=[held]))
    assert {path: data for path, data in after.items() if before.get(path) != data}.keys() <= {"site.css"}
    assert sorted(after["site.css"].splitlines()) == sorted(before["site.css"].splitlines())
    assert_sound(after)


def test_the_meeting_page_is_an_event_and_shows_sizes_and_pages():
    html = whole()["safer-essex/2010-03-11/index.html"].decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    event = json.loads(found)
    assert event["@type"] == "Event"
    assert event["startDate"] == "2010-03-11T09:30:00"
    assert event["url"] == "https://example.org/papers/safer-essex/2010-03-11/index.html"
    assert 'href="pack.pdf">Meeting pack</a> (PDF, 1.2 MB, 30 pages)' in html


def test_data():
    data = json.loads(whole()["safer-essex/2010-03-11/data.json"])
    assert data["version"] == 1
    assert data["agenda"][0] == {
        "label": "1", "title": "Welcome and apologies", "depth": 0, "starts": "9:30", "ends": "9:35", "purposes": [],
        "presenter": "Cllr Philippa Wetherden", "paper": None,
    }  # fmt: skip
    (funding,) = (each for each in data["papers"] if each["id"] == "funding")
    assert funding["recommendations"][0] == "Note the allocations for 2010/11 in table 1."
    assert funding["summary"].startswith("Covers three matters: the revenue money from")
    states = {line["paper"]["state"] for line in data["agenda"] if line["paper"]}
    assert states == {"published", "verbal", "to follow", "other"}
    boards = json.loads(whole()["data.json"])["boards"]
    assert [board["id"] for board in boards] == [
        "colchester-crime-and-disorder", "rochford-review-committee", "safer-essex",
    ]  # fmt: skip
    minuted = json.loads(whole()["safer-essex/2014-06-12/data.json"])["minutes"]
    assert minuted["status"] == "draft"
    assert minuted["actions"][0]["owners"]


def test_the_calendar_has_the_hours_of_each_meeting():
    lines = whole()["safer-essex/calendar.ics"].decode().split("\r\n")
    assert "DTSTART;TZID=Europe/London:20100311T093000" in lines
    assert "DTEND;TZID=Europe/London:20100311T120000" in lines
    assert lines.count("BEGIN:VTIMEZONE") == 1
    assert lines.count("BEGIN:VEVENT") == 4
    assert all(len(line.encode()) <= 75 for line in lines)


def test_the_feed_tells_of_agendas_and_minutes():
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.fromstring(whole()["safer-essex/feed.xml"])
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert "Draft minutes of Thursday 12 June 2014: Safer Essex" in titles
    assert "Agenda and papers: Safer Essex, Thursday 11 March 2010" in titles
    ids = [entry.findtext(f"{atom}id") for entry in feed.iter(f"{atom}entry")]
    assert len(set(ids)) == len(ids)
    assert feed.findtext(f"{atom}updated") == "2014-09-14T00:00:00Z"


def test_the_index_of_the_search_leads_to_sections():
    script = whole()["search-index.js"].decode()
    entries = json.loads(script.removeprefix("globalThis.boardpackPages = ").removesuffix(";\n"))
    found = [(path, heading) for path, _, heading, words in entries if "exchange capital for revenue" in words]
    assert [heading for _, heading in found] == ["1 Revenue grant and capital"]
    assert found[0][0].startswith("safer-essex/2010-03-11/6d-funding.html#p")


def test_no_page_holds_a_script_or_a_style_of_its_own():
    for path, data in whole().items():
        if path.endswith(".html"):
            html = data.decode()
            assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html), path
            assert not re.search(r"<script(?! type=\"application/ld|\ssrc=)", html), path


def test_random_text_breaks_no_page(tmp_path: Path):
    write_meeting(tmp_path / "papers", 3, 7, hostile=True, pages=(0.5, 2))
    _, assembled, _ = checked(tmp_path / "papers")
    written = site(Site([Shown(number(each), each.date) for each in assembled.meetings]))
    assert_sound(written)


def test_what_the_public_may_not_have_has_no_page(tmp_path: Path):
    written = site(Site([Shown(withheld(tmp_path), date(2010, 3, 3), {"p1": 3, "p1z": 4, "p2": 41})]))
    assert "partnership/2010-03-11/1-funding.html" in written
    assert not any("lease" in path for path in written)
    assert not any(b"weaken" in data or b"lease.html" in data for data in written.values())
    assert_sound(written)


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
EVERYWHERE = {
    "board": f"name: {json.dumps('B ' + EVIL)}\norganisation: {json.dumps(EVIL)}\ncurrency: {json.dumps('<b>')}\n"
    f"closing: {json.dumps(EVIL)}\nrecommendations_lead: {json.dumps(EVIL)}\n"
    f"cover_fields: [{{key: a, label: {json.dumps(EVIL)}}}]\npaper_column: {{verbal: {json.dumps(EVIL)}}}\n",
    "meeting": f"date: 2010-03-11\ntitle: {json.dumps(EVIL)}\nvenue: {json.dumps(EVIL)}\nagenda:\n"
    f"  - paper: funding\n  - {{title: {json.dumps(EVIL)}, paper: verbal, presenter: {json.dumps(EVIL)}}}\n",
    "paper": f"title: {json.dumps(EVIL)}\nauthor: {{name: {json.dumps(EVIL)}, role: {json.dumps(EVIL)}}}\n"
    f"purpose: decision\nsummary: {json.dumps(EVIL)}\ncover: {{a: {json.dumps(EVIL)}}}\n"
    f"recommendations: [{json.dumps(EVIL)}]\n"
    f"contact: {{name: {json.dumps(EVIL)}, telephone: {json.dumps(EVIL)}, email: a@example.org}}\n"
    f"background_papers: [{{title: {json.dumps(EVIL)}, where: {json.dumps(EVIL)}}}]\n"
    f"sections: [{{heading: {json.dumps(EVIL)}, text: {json.dumps(EVIL)}}}]\n"
    f"figures: {{f: {{file: a.png, caption: {json.dumps(EVIL)}, alt: {json.dumps(EVIL)}}}}}\n"
    f"tables: {{t: {{caption: {json.dumps(EVIL)}, note: {json.dumps(EVIL)}, source: {json.dumps(EVIL)}, "
    f"columns: [{{key: a, label: {json.dumps(EVIL)}}}, {{key: m, label: M, type: money, total: sum}}], "
    f"rows: [{{group: {json.dumps(EVIL)}}}, [{json.dumps(EVIL)}, 1]]}}}}\n"
    f"appendices: [{{id: a, title: {json.dumps(EVIL)}, file: to follow}}]\n",
}


def test_nothing_that_is_typed_anywhere_becomes_markup(tmp_path: Path):
    meeting = numbered(tmp_path, **EVERYWHERE, **{"a.png": png(4, 4)})
    written = site(Site([Shown(meeting, date(2010, 3, 1))]))
    assert_sound(written)
    for path, data in written.items():
        text = data.decode(errors="replace")
        if path.endswith(".html"):
            assert "<script>" not in text, path
            assert "<img src=x" not in text, path
        elif path.endswith(".xml"):
            etree.fromstring(data)


@pytest.mark.parametrize("colour", ["17505F", "FFFF00", "000000", "FFFFFF", "C2185B", "00B050"])
def test_the_colour_of_a_house_can_be_read_on_light_and_dark(colour: str):
    board = samples()["rochford-review-committee/2012-09-25"].meeting.board
    light, dark = re.findall(r"--accent: #([0-9A-F]{6})", stylesheet([(board, colour)]).partition("body[data-board")[2])
    assert on_white(light) >= 4.5
    assert (luminance(dark) + 0.05) / (luminance("15181A") + 0.05) >= 4.5


# --- In a real browser ------------------------------------------------------------------------------------

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
