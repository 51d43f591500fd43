"""`preview` over HTTP: what is shown, what follows a save, who may ask, and what happens when LibreOffice dies."""

from __future__ import annotations

import http.client
import os
import signal
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from packs import Call
from previewing import Preview, preview
from reading import BOARD, PAPER, ROOT, SCHEMAS, write

from boardpack.diagnostics import UsageError
from boardpack.places import Options
from boardpack.preview import watch
from boardpack.preview.facts import facts
from boardpack.preview.pages import Pack, WarmOffice, lay
from boardpack.preview.reading import Target, find, read, reread

LONG = PAPER + "sections:\n  - heading: Money\n    text: |\n      The first words stand here.\n"
MEETING = """date: 2010-03-11
agenda:
  - {title: Welcome, paper: verbal}
  - paper: funding
  - paper: other
"""
OTHER = "title: Other\nauthor: A Dawlish\npurpose: information\n"


def options(papers: Path) -> Options:
    return Options(papers, papers.parent / "output", (ROOT / "templates",), SCHEMAS)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write(tmp_path / "papers", meeting=MEETING, paper=LONG, **{"other.yaml": OTHER})


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Preview]:
    """One preview for all tests that only ask."""
    folder = write(tmp_path_factory.mktemp("asked") / "papers", meeting=MEETING, paper=LONG, **{"other.yaml": OTHER})
    with preview(folder, "partnership/2010-03-11/funding", root) as started:
        yield started


# What is shown


def test_page_holds_text_facts_and_place_without_any_script(running: Preview):
    page = running.get().text
    assert "The first words stand here." in page
    assert '<h1 id="pv-title">Funding</h1>' in page
    assert "Item 2" in page
    assert "guide 2,500" in page


def test_meeting_page_opens_the_papers(running: Preview):
    page = running.get("meeting").text
    assert "verbal update" in page
    assert f'href="/{running.address.split("/")[3]}/paper/other"' in page


def test_a_paper_that_is_not_there_is_not_found(running: Preview):
    assert running.get("paper/nothing").status_code == 404
    assert running.get("events?paper=nothing").status_code == 404


@pytest.mark.office
def test_pages_have_the_numbers_of_the_pack_and_can_be_taken_away(running: Preview):
    with running.listening() as page:
        told = page.until("pages", lambda told: told["first"])
    assert told["first"] == 2
    assert told["where"] == "Item 2, page 2 of 3"
    picture = running.get("paper/funding/page/1.png?scale=1.5")
    assert struct.unpack(">II", picture.content[16:24]) == (893, 1263)
    assert running.get("paper/funding/page/2.png").status_code == 404
    assert running.get("paper/funding/download/2-funding.docx").content[:2] == b"PK"
    assert b"/PageLabels" in running.get("paper/funding/download/2-funding.pdf").content
    assert running.get("paper/funding/find?words=The first words stand").json()["page"] == 1


# What follows a save


def test_a_save_changes_the_text_and_half_typed_yaml_leaves_it(papers: Path, root: Path):
    with preview(papers, "partnership/2010-03-11/funding", root) as running, running.listening() as page:
        page.until("text")
        running.write(LONG.replace("first words", "second words"))
        assert "second words" in page.until("text", lambda told: told["serial"])["article"]
        running.write(LONG.replace("Money", '"Money'))
        broken = page.until("text", lambda told: told["broken"])
        assert "second words" in broken["article"]
        assert "never closed" in broken["over"]
        assert broken["counts"] == "1 error"
        running.write(LONG.replace("first words", "third words"))
        mended = page.until("text", lambda told: not told["broken"])
        assert "third words" in mended["article"]
        assert not mended["over"].strip()
        (running.meeting / "funding.yaml").unlink()
        gone = page.until("text", lambda told: told["broken"])
        assert "not there any more" in gone["over"]
        assert "third words" in gone["article"]


def test_a_broken_agenda_leaves_the_paper_and_says_so(papers: Path, root: Path):
    with preview(papers, "partnership/2010-03-11/funding", root) as running, running.listening() as page:
        page.until("text")
        running.write("date: 2010-03-11\nagenda: [", "meeting.yaml")
        broken = page.until("text", lambda told: told["broken"])
        assert "meeting.yaml" in broken["over"]
        assert "The first words stand here." in broken["article"]


@pytest.mark.office
def test_saves_without_end_make_no_queue(papers: Path, root: Path):
    with preview(papers, "partnership/2010-03-11/funding", root) as running, running.listening() as page:
        page.until("pages", lambda told: told["first"])
        for number in range(60):
            running.write(LONG.replace("first", f"number {number}"))
            time.sleep(0.05)
        last = page.until("text", lambda told: "number 59 words" in told["article"])
        page.until("pages", lambda told: told["serial"] >= last["serial"])
        status = running.get("status").json()
    assert status["text"]["count"] <= 62
    assert status["pages"]["count"] < 40
    assert running.said.read_text().count("Traceback") == 0


@pytest.mark.office
def test_pages_come_again_when_the_office_is_killed(papers: Path, root: Path):
    with preview(papers, "partnership/2010-03-11/funding", root) as running, running.listening() as page:
        page.until("pages", lambda told: told["first"])
        stop = threading.Event()

        def kill() -> None:
            while not stop.wait(0.02):
                for pid, name in running.children().items():
                    if name in {"soffice.bin", "oosplash"}:
                        kill_if_there(pid)

        thread = threading.Thread(target=kill)
        thread.start()
        try:
            running.write(LONG.replace("first", "fourth"))
            assert "fourth words" in page.until("text", lambda told: told["serial"])["article"]
            time.sleep(2)
        finally:
            stop.set()
            thread.join()
        serial = page.last["text"]["serial"]
        running.write(LONG.replace("first", "fifth"))
        page.until("pages", lambda told: told["serial"] > serial)
        assert running.get("status").json()["notice"] == ""


@pytest.mark.office
def test_an_office_that_lasts_takes_one_document_after_the_other(
    papers: Path, monkeypatch: pytest.MonkeyPatch, root: Path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
    reading = read(options(papers), papers / "partnership" / "2010-03-11", 0, date(2010, 1, 1))
    office = WarmOffice()
    try:
        first = lay(reading, "funding", options(papers), office, {}, None)
        assert lay(reading, "funding", options(papers), office, {}, first).pdf is first.pdf
        process = office.warm_up()._warm
        assert lay(reading, "other", options(papers), office, {}, None).count == 1
        assert office.warm_up()._warm is process
        assert process.poll() is None
    finally:
        office.close()
    assert process.poll() is not None


def kill_if_there(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def test_two_previews_at_once_know_nothing_of_each_other(papers: Path, root: Path):
    with (
        preview(papers, "partnership/2010-03-11/funding", root) as one,
        preview(papers, "partnership/2010-03-11/other", root) as other,
        one.listening() as page,
        other.listening("other") as second,
    ):
        page.until("text")
        second.until("text")
        one.write(LONG.replace("first", "sixth"))
        one.write(OTHER.replace("Other", "Another"), "other.yaml")
        assert "sixth words" in page.until("text", lambda told: "sixth" in told["article"])["article"]
        assert second.until("text", lambda told: told["title"] == "Another")
        assert httpx.get(one.address.replace(one.host, other.host)).status_code == 403


@pytest.mark.office
def test_ctrl_c_ends_everything(papers: Path, root: Path):
    with preview(papers, "partnership/2010-03-11/funding", root) as running, running.listening() as page:
        page.until("pages")
        before = running.children()
        assert "soffice.bin" in before.values()
        assert running.stop() == 0
        time.sleep(0.5)
    assert not [pid for pid in before if Path(f"/proc/{pid}").exists() and is_running(pid)]
    assert "Traceback" not in running.said.read_text()


def is_running(pid: int) -> bool:
    return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")


# Who may ask


@pytest.mark.parametrize(
    ("headers", "path"),
    [
        ({"Host": "evil.example.org"}, ""),
        ({"Host": "127.0.0.1"}, ""),
        ({"Host": "127.0.0.1:1"}, ""),
        ({"Host": ""}, ""),
        ({"Origin": "https://evil.example.org"}, ""),
        ({"Origin": "null"}, ""),
        ({"Origin": "http://127.0.0.1:1"}, ""),
        ({"Sec-Fetch-Site": "cross-site"}, ""),
        ({"Sec-Fetch-Site": "same-site"}, "status"),
        ({}, "/"),
        ({}, "/wrong/"),
        ({}, "//"),
        ({}, "/%2e%2e/"),
    ],
)
def test_other_hosts_origins_and_tokens_are_refused(running: Preview, headers: dict[str, str], path: str):
    answer = ask(running, path, headers)
    assert answer.status == 403
    assert answer.body == b"not allowed\n"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_both_names_of_this_machine_and_its_own_origin_are_let_in(running: Preview):
    port = running.host.partition(":")[2]
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{port}"
        assert (
            ask(running, "status", {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "none"}).status == 200
        )


def test_two_hosts_are_none(running: Preview):
    with closing(http.client.HTTPConnection(running.host)) as connection:
        connection.putrequest("GET", httpx.URL(running.address).path, skip_host=True)
        connection.putheader("Host", running.host)
        connection.putheader("Host", "evil.example.org")
        connection.endheaders()
        with connection.getresponse() as response:
            assert response.status in {400, 403}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_done(running: Preview, method: str):
    assert ask(running, "", {}, method).status == 405


@pytest.mark.parametrize(
    "path", ["", "meeting", "static/app.js", "house.css", "status", "nothing", "paper/x/page/1.png"]
)
def test_every_answer_is_guarded(running: Preview, path: str):
    headers = running.get(path).headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "server" not in headers


def test_it_listens_on_this_machine_alone(running: Preview):
    port = f"{int(running.host.partition(':')[2]):04X}"
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()]
    listening = {row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{port}")}
    assert listening == {f"0100007F:{port}"}


def test_the_address_cannot_be_guessed(papers: Path, root: Path):
    tokens = set()
    for _ in range(2):
        with preview(papers, "partnership/2010-03-11", root) as running:
            tokens.add(running.address.split("/")[3])
    assert len(tokens) == 2
    assert all(len(token) >= 32 for token in tokens)


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def ask(running: Preview, path: str, headers: dict[str, str], method: str = "GET") -> Answer:
    """A request as no client of good manners makes it; a path that begins with a stroke has no token."""
    with closing(http.client.HTTPConnection(running.host)) as connection:
        target = path if path.startswith("/") else httpx.URL(running.address).path + path
        connection.putrequest(method, target, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        with connection.getresponse() as response:
            return Answer(response.status, response.headers, response.read())


# Nothing outside the papers


def test_pictures_come_by_number_and_from_the_papers_alone(tmp_path: Path, root: Path):
    picture = png()
    paper = LONG + '      ![map](figures/map.png "Map")\n'
    folder = write(tmp_path / "papers", paper=paper, **{"figures/map.png": picture})
    (tmp_path / "secret.png").write_bytes(picture)
    with preview(folder, "partnership/2010-03-11/funding", root) as running:
        assert "/paper/funding/file/0?v=" in running.get().text
        served = running.get("paper/funding/file/0")
        assert (served.content, served.headers["Content-Type"]) == (picture, "image/png")
        for path in (
            "paper/funding/file/1",
            "paper/funding/file/-1",
            "paper/funding/file/figures/map.png",
            "paper/funding/file/..%2f..%2f..%2fsecret.png",
            "static/..%2fserver.py",
            "static/../server.py",
            "paper/..%2f..%2fsecret/file/0",
        ):
            assert ask(running, path, {}).status in {403, 404}
        shown = running.meeting / "figures" / "map.png"
        shown.unlink()
        shown.symlink_to(tmp_path / "secret.png")
        assert running.get("paper/funding/file/0").status_code == 404


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"\0\xff\xff\xff")
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


# The pieces


def test_names_of_papers_and_meetings_are_found(papers: Path):
    folder = papers / "partnership" / "2010-03-11"
    assert find(papers, "partnership/2010-03-11") == Target(folder)
    assert find(papers, str(folder / "meeting.yaml")) == Target(folder)
    assert find(papers, str(folder / "funding.yaml")) == Target(folder, "funding")


@pytest.mark.parametrize("named", ["partnership", "partnership/board.yaml", "partnership/2010-03-11/minutes.yaml", "x"])
def test_what_is_neither_paper_nor_meeting_is_refused(papers: Path, named: str):
    (papers / "partnership" / "2010-03-11" / "minutes.yaml").write_text("status: draft\n")
    with pytest.raises(UsageError):
        find(papers, named)


def test_command_refuses_what_it_cannot_show(boardpack: Call, papers: Path):
    done = boardpack("preview", "partnership/2010-03-11/fundign", "--papers", papers, "--no-browser")
    assert done.code == 2
    assert "did you mean" in done.err
    assert boardpack("preview", "partnership/2010-03-11", "--papers", papers, "--port", "70000").code == 2


def test_a_port_that_is_taken_is_named(boardpack: Call, running: Preview):
    port = running.host.partition(":")[2]
    done = boardpack("preview", "partnership/2010-03-11", "--papers", running.papers, "--port", port, "--no-browser")
    assert done.code == 3
    assert f"port {port} cannot be used" in done.err


def test_faults_of_other_papers_do_not_hold_up_this_one(papers: Path):
    folder = papers / "partnership" / "2010-03-11"
    (folder / "other.yaml").write_text(OTHER + "summary: See [](table:none).\n")
    reading = read(options(papers), folder, 0, date(2010, 1, 1))
    assert reading.shown("funding") is not None
    assert reading.shown("other") is None
    assert [each.code for each in reading.own("other")] == ["unknown-reference"]
    assert reading.own("funding") == []


def test_a_fault_in_one_line_of_the_agenda_holds_up_no_paper(papers: Path):
    folder = papers / "partnership" / "2010-03-11"
    (folder / "meeting.yaml").write_text(MEETING + "  - paper: not-written-yet\n")
    reading = read(options(papers), folder, 0, date(2010, 1, 1))
    assert [each.code for each in reading.own("")] == ["unknown-paper"]
    assert reading.shown("funding") is not None


def test_what_a_house_demands_does_not_hide_a_paper(papers: Path):
    folder = papers / "partnership" / "2010-03-11"
    (papers / "partnership" / "board.yaml").write_text(BOARD + "require: [summary]\n")
    reading = read(options(papers), folder, 0, date(2010, 1, 1))
    assert [each.code for each in reading.own("funding")] == ["missing-answer"]
    assert reading.shown("funding") is not None


def test_a_paper_that_no_line_names_is_shown_by_itself(papers: Path):
    folder = papers / "partnership" / "2010-03-11"
    (folder / "loose.yaml").write_text(OTHER)
    reading = read(options(papers), folder, 0, date(2010, 1, 1))
    shown = reading.shown("loose")
    assert shown is not None
    assert list(shown.parts) == ["funding", "other", "loose"]
    assert reading.printed("loose") is None


def test_one_paper_read_again_gives_what_reading_all_gives(papers: Path):
    folder = papers / "partnership" / "2010-03-11"
    before = read(options(papers), folder, 0, date(2010, 1, 1))
    (folder / "funding.yaml").write_text(LONG.replace("purpose: information", "purpose: information\nthemes: x"))
    alone = reread(before, options(papers), "funding", 1, date(2010, 1, 1))
    whole = read(options(papers), folder, 1, date(2010, 1, 1))
    assert alone is not None
    assert alone.findings == whole.findings
    assert alone.numbered is not None
    assert list(alone.numbered.parts) == list(whole.numbered.parts) == ["other"]


def test_pages_behind_a_paper_that_has_grown_move(papers: Path):
    numbered = read(options(papers), papers / "partnership" / "2010-03-11", 0, date(2010, 1, 1)).numbered
    assert numbered is not None
    pack = Pack(0, {"funding": (2, 2), "other": (3, 4)}, 4)
    one, other = numbered.parts.values()
    starts = pack.starts(numbered, {"funding": 3})
    assert (starts[one.start], starts[one.end], starts[other.start], starts[other.end]) == (2, 4, 5, 6)
    assert pack.total({"funding": 3}) == 6


def test_facts_say_what_an_author_worries_about(papers: Path):
    board = BOARD + "reading: {words: 3}\nclearances: [finance]\nnotice: {statute: england-principal}\n"
    (papers / "partnership" / "board.yaml").write_text(board)
    reading = read(options(papers), papers / "partnership" / "2010-03-11", 0, date(2010, 3, 1))
    assert reading.meeting is not None
    told = facts(reading.meeting.papers["funding"], reading.meeting.board, reading.due, date(2010, 3, 1))
    assert [(fact.label, fact.value, fact.note, fact.tone) for fact in told] == [
        ("Length", "7 words", "4 over the guide of 3", "warn"),
        ("Reading time", "about 1 minute", "", ""),
        ("Publication", "3 March 2010", "in 2 days", "warn"),
        ("Clearance", "finance missing", "", "bad"),
        ("Presented by", "nobody named", "the author, unless `presenter:` says who", ""),
    ]


def test_temporary_files_of_editors_are_no_saves(tmp_path: Path):
    stop, seen = threading.Event(), []

    def follow() -> None:
        for saved in watch.saves([tmp_path], stop):
            seen.extend(path.name for path in saved.paths)

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        time.sleep(0.3)
        for name in ("~$funding.docx", ".funding.yaml.swp", "funding.yaml~", "4913", ".~lock.a#", "funding.yaml"):
            (tmp_path / name).write_text("x")
        deadline = time.monotonic() + 10
        while not seen and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        stop.set()
        thread.join()
    assert set(seen) == {"funding.yaml"}
