"""The web site: sound pages, links that lead somewhere, and data."""

from __future__ import annotations

import json
import posixpath
import re
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
    named = 'Meeting pack<span class="hidden"> of 11 March 2010</span> (PDF, 1.2 MB, 30 pages)'
    assert f'<a href="2010-03-11/pack.pdf">{named}</a>' in html


def test_no_two_links_around_the_papers_say_the_same_and_lead_elsewhere():
    """Who hears the links one after the other has nothing but their words (WCAG 2.2, 2.4.9)."""
    for path, data in whole().items():
        if path.endswith(".html"):
            leads: dict[str, set[str]] = {}
            for link in page(re.sub(r"<article.*</article>", "", data.decode(), flags=re.DOTALL)).iter("a"):
                said = " ".join("".join(link.itertext()).split())
                leads.setdefault(link.get("aria-label") or said, set()).add(link.get("href") or "")
            assert {said: to for said, to in leads.items() if len(to) > 1} == {}, path


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
    assert 'href="pack.pdf">Meeting pack (PDF, 1.2 MB, 30 pages)</a>' in html


def test_each_page_leads_to_the_data_of_its_own_folder():
    for path, data in whole().items():
        if path.endswith(".html"):
            assert '<a href="data.json">Data</a>' in data.decode(), path


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


def found_in(path: str) -> list[tuple[str, str]]:
    """Of a page the places that the search leads to, with what it calls them."""
    script = whole()["search-index.js"].decode()
    entries = json.loads(script.removeprefix("globalThis.boardpackPages = ").removesuffix(";\n"))
    return [(place, heading) for place, _, heading, _ in entries if place.partition("#")[0] == path]


def test_the_search_calls_a_section_by_its_heading_alone():
    """Sub-headings within it are words of the section."""
    found = dict(found_in("rochford-review-committee/2012-09-25/4-community-safety-partnership.html"))
    assert "3 Structure, governance and funding" in found.values()


def test_the_search_and_the_decisions_lead_to_the_entry_of_the_minutes():
    path = "safer-essex/2014-06-12/minutes.html"
    entries = [(place, heading) for place, heading in found_in(path) if "#" in place and heading[:1].isdigit()]
    assert len(entries) > 5
    decisions = whole()["safer-essex/decisions.html"].decode()
    leading = re.findall(r'<h3><a href="2014-06-12/minutes\.html#(\w+)">([^<]+)</a></h3>', decisions)
    assert leading
    assert {f"{path}#{id}" for id, _ in leading} <= {place for place, _ in entries}


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


def test_the_tables_around_the_resolution_have_names_of_their_own(tmp_path: Path):
    written = site(Site([Shown(withheld(tmp_path), date(2010, 3, 3), {"p1": 3, "p1z": 4, "p2": 41})]))
    names = re.findall(
        r'class="frame"[^>]* aria-label="([^"]+)"', written["partnership/2010-03-11/index.html"].decode()
    )
    assert names == ["Agenda", "Items to be taken in private", "Agenda, continued"]


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
