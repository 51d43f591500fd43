"""A pack that lies there as a build would make it stays; everything that it depends on has it built anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest
from packs import Call, content
from reading import BOARD, MEETING, PAPER, ROOT, SCHEMAS, write

from boardpack import fonts, office, pipeline
from boardpack.fonts import Font
from boardpack.pipeline.current import (
    _LIBRARIES,
    MANIFEST,
    _digest,
    _program,
    _versions,
    current,
    fingerprints,
    unchanged,
)
from boardpack.places import Options

NAME = "partnership/2010-03-11"
EARLIER = "partnership/2010-01-28"


@dataclass(frozen=True)
class House:
    """Papers, templates and schemas of a test's own."""

    options: Options

    @property
    def papers(self) -> Path:
        return self.options.papers

    @property
    def meeting(self) -> Path:
        return self.papers / NAME

    @property
    def output(self) -> Path:
        return self.options.output / NAME

    def print(self, asked: str = "all pdf pack") -> str:
        return fingerprints([self.meeting], self.options, asked)[self.meeting]

    def pack(self, **how: object) -> pipeline.Put:
        wanted = pipeline.Wanted(pdf=False, **{key: value for key, value in how.items() if key != "strict"})
        strict = bool(how.get("strict"))
        outcome = pipeline.pack(self.options, [NAME], today=date(2010, 3, 1), wanted=wanted, strict=strict)
        (built,) = outcome.built
        return built


def house_in(folder: Path) -> House:
    more = {"data/rows.csv": "a,b\n1,2\n", "figures/plan.bin": b"\x89\0", "../2010-01-28/meeting.yaml": MEETING}
    papers = write(folder / "papers", **more, **{"../2010-01-28/figures/map.bin": b"map"})
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copytree(SCHEMAS, folder / "schemas")
    return House(Options(papers, folder / "output", (folder / "templates",), folder / "schemas"))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    yield house_in(tmp_path)
    _program.cache_clear()


# --- What a fingerprint depends on --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    [
        f"papers/{NAME}/funding.yaml",
        f"papers/{NAME}/meeting.yaml",
        f"papers/{NAME}/data/rows.csv",
        f"papers/{NAME}/figures/plan.bin",
        f"papers/{EARLIER}/meeting.yaml",
        f"papers/{EARLIER}/figures/map.bin",
        "papers/partnership/board.yaml",
        "templates/default/house.docx",
        "templates/default/cover.docx",
        "schemas/paper.schema.json",
    ],
)
def test_a_file_that_changes_is_told_by_its_content(house: House, tmp_path: Path, file: str):
    path, before = tmp_path / file, house.print()
    was, status = path.read_bytes(), path.stat()
    path.write_bytes(was[:-1] + bytes([was[-1] ^ 1]))  # as long as before, and as old
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert house.print() != before
    path.write_bytes(was)
    assert house.print() == before


@pytest.mark.parametrize(
    "file",
    [
        f"papers/{NAME}/another.yaml",
        f"papers/{NAME}/old.yml",
        f"papers/{NAME}/data/deep/er.yaml",
        f"papers/{NAME}/appendices/plan.pdf",
        f"papers/{EARLIER}/minutes.yaml",
        "papers/partnership/2011-03-11/meeting.yaml",
        "papers/partnership/stray.yaml",
        "templates/default/minutes-2.docx",
        "templates/new-house/house.docx",
        "schemas/more.json",
    ],
)
def test_a_file_that_comes_and_one_that_goes_are_told(house: House, tmp_path: Path, file: str):
    path, before = tmp_path / file, house.print()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    there = house.print()
    assert there != before
    path.write_bytes(b"x")
    assert house.print() not in {before, there}


def test_a_file_under_another_name_is_told(house: House):
    before = house.print()
    (house.meeting / "data" / "rows.csv").rename(house.meeting / "data" / "row.csv")
    assert house.print() != before


def test_a_house_without_a_template_counts_since_its_name_is_known(house: House, tmp_path: Path):
    before = house.print()
    (tmp_path / "templates" / "empty").mkdir()
    assert house.print() != before


def test_editions_strictness_and_pdf_have_prints_of_their_own(house: House):
    ways = [
        pipeline.Wanted(edition, pdf, supplement).how(strict=strict)
        for edition in ("members", "public", "all")
        for pdf in (True, False)
        for supplement in (True, False)
        for strict in (True, False)
    ]
    assert len({house.print(way) for way in ways}) == len(ways)


def test_meetings_and_boards_have_prints_of_their_own(house: House):
    shutil.copytree(house.papers / "partnership", house.papers / "other")
    shutil.copytree(house.meeting, house.papers / "partnership" / "2010-03-11-special")
    folders = [house.meeting, house.papers / "other" / "2010-03-11", house.meeting.with_name("2010-03-11-special")]
    assert len(set(fingerprints(folders, house.options, "all").values())) == 3


@pytest.mark.parametrize("library", _LIBRARIES)
def test_the_version_of_each_library_counts(house: House, library: str, monkeypatch: pytest.MonkeyPatch):
    _program.cache_clear()
    before, found = house.print(), dict(_versions())
    assert found[library] == version(library)
    monkeypatch.setattr("boardpack.pipeline.current._versions", {**found, library: "0.0.1"}.items)
    _program.cache_clear()
    assert house.print() != before


def test_a_library_that_is_not_there_has_no_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "lxml-6.1.0.dist-info").mkdir()
    (tmp_path / "python_docx-1.1-py3.11.egg-info").mkdir()
    monkeypatch.setattr("sys.path", ["", str(tmp_path / "gone"), str(tmp_path)])
    found = dict(_versions())
    assert (found["lxml"], found["python-docx"], found["pikepdf"]) == ("6.1.0", "1.1", "none")


def test_libreoffice_counts(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(office, "available", lambda: True)
    monkeypatch.setattr(office, "program", lambda: Path("/opt/soffice"))
    prints = set()
    for said in ("LibreOffice 7.4", "LibreOffice 7.5"):
        monkeypatch.setattr(office, "version", lambda _, said=said: said)
        prints.add(house.print())
    monkeypatch.setattr(office, "available", lambda: False)
    assert len(prints | {house.print()}) == 3


# --- And nothing else ---------------------------------------------------------------------------------------------


def test_dates_of_files_and_the_order_on_disk_count_for_nothing(house: House):
    before = house.print()
    for path in sorted(house.papers.rglob("*.yaml"), reverse=True):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
        os.utime(path, (0, 0))
    assert house.print() == before


def test_the_place_counts_for_nothing(house: House, tmp_path: Path):
    other = tmp_path / "elsewhere" / "déjà vu"
    other.mkdir(parents=True)
    assert house_in(other).print() == house.print()


def test_a_link_to_the_papers_gives_the_same_print(house: House, tmp_path: Path):
    (tmp_path / "link").symlink_to(house.papers, target_is_directory=True)
    linked = House(replace(house.options, papers=tmp_path / "link"))
    assert linked.print() == house.print()


def test_a_linked_meeting_counts_with_its_files(house: House, tmp_path: Path):
    house.meeting.rename(tmp_path / "kept")
    house.meeting.symlink_to(tmp_path / "kept", target_is_directory=True)
    before = house.print()
    (tmp_path / "kept" / "data" / "rows.csv").write_text("a,b\n3,4\n", encoding="utf-8")
    assert house.print() != before


def test_locale_time_zone_and_current_folder_count_for_nothing(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = house.print()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.chdir(tmp_path)
    time.tzset()
    assert house.print() == before
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ["~$funding.docx", ".~lock.rows.csv#"])
def test_the_lock_of_an_open_file_counts_for_nothing(house: House, name: str):
    before = house.print()
    (house.meeting / name).write_bytes(b"somebody")
    assert house.print() == before


def test_a_file_that_cannot_be_read_is_left_to_the_build_to_tell(tmp_path: Path):
    assert _digest(tmp_path) != _digest(tmp_path / "gone")


def test_a_name_that_is_no_utf_8_is_a_name(house: House):
    before = house.print()
    os.close(os.open(os.fsencode(house.meeting) + b"/\xff.csv", os.O_CREAT | os.O_WRONLY))
    assert house.print() != before


# --- Kept, or built anew ------------------------------------------------------------------------------------------


def test_what_has_not_changed_is_kept_and_the_same_bytes(house: House):
    assert not house.pack().kept
    first = content(house.output)
    times = {path: path.stat().st_mtime_ns for path in house.output.rglob("*")}
    kept = house.pack()
    assert (kept.kept, kept.path, kept.pages, kept.findings) == (True, house.output / "pack.docx", 0, 0)
    assert content(house.output) == first
    assert {path: path.stat().st_mtime_ns for path in house.output.rglob("*")} == times


def _tampered(output: Path) -> None:
    path = output / "agenda.docx"
    path.write_bytes(path.read_bytes() + b" ")


def _garbled(output: Path) -> None:
    (output / MANIFEST).write_text("{", encoding="utf-8")


def _rewritten(output: Path) -> None:
    said = json.loads((output / MANIFEST).read_bytes())
    (output / MANIFEST).write_text(json.dumps({**said, "fingerprint": ""}), encoding="utf-8")


def _added(output: Path) -> None:
    (output / "reports" / "9-more.docx").write_bytes(b"")


def _gone(output: Path) -> None:
    next(output.glob("reports/*.docx")).unlink()


@pytest.mark.parametrize("harm", [_tampered, _garbled, _rewritten, _added, _gone, shutil.rmtree])
def test_what_somebody_has_changed_in_the_output_is_built_anew(house: House, harm: Callable[[Path], None]):
    house.pack()
    first = content(house.output)
    harm(house.output)
    assert not house.pack().kept
    assert content(house.output) == first


def test_a_pack_that_is_open_in_word_is_kept(house: House):
    house.pack()
    (house.output / "~$pack.docx").write_bytes(b"somebody")
    assert house.pack().kept


def test_another_edition_or_strictness_is_built_anew(house: House):
    house.pack()
    assert not house.pack(edition="members").kept
    assert house.pack(edition="members").kept
    assert not house.pack(edition="members", strict=True).kept
    assert not house.pack().kept


def test_a_pack_with_warnings_is_kept_and_says_how_many(house: House):
    paper = f"{PAPER}tables:\n  a: {{caption: C, columns: [{{key: a, label: A}}], rows: [[x]]}}\n"
    (house.meeting / "funding.yaml").write_text(paper, encoding="utf-8")
    house.pack()
    kept = house.pack()
    assert kept.kept
    assert kept.findings == len(json.loads((house.output / MANIFEST).read_bytes())["findings"]) == 1


def test_an_empty_print_keeps_nothing(house: House):
    house.pack()
    _rewritten(house.output)
    assert current(house.output, "pack.docx", "") is None


def test_another_font_has_it_built_anew(house: House, monkeypatch: pytest.MonkeyPatch):
    house.pack()
    manifest = house.output / MANIFEST
    said = json.loads(manifest.read_bytes())
    said["versions"]["font Arial"] = "Arimo 1.0"
    manifest.write_text(json.dumps(said), encoding="utf-8")
    for family, is_kept in (("Arimo", True), ("Carlito", False)):
        monkeypatch.setattr(fonts, "match", lambda names, family=family: [Font(name, family, "1.0") for name in names])
        assert (current(house.output, "pack.docx", said["fingerprint"]) is not None) == is_kept


def test_a_file_that_changes_while_it_is_built_leaves_no_print(house: House):
    how = pipeline.Wanted().how(strict=False)
    before = fingerprints([house.meeting], house.options, how)
    still = unchanged(before, house.options, how)
    assert still(house.meeting) == before[house.meeting]
    (house.meeting / "funding.yaml").write_text(PAPER.replace("Funding", "Grants"), encoding="utf-8")
    assert still(house.meeting) == ""
    assert unchanged({}, house.options, how)(house.meeting) == ""


def test_papers_that_are_named_by_themselves_are_always_built(house: House):
    for _ in range(2):
        outcome = pipeline.pack(
            house.options, [f"{NAME}/funding"], today=date(2010, 3, 1), wanted=pipeline.Wanted(pdf=False), strict=False
        )
        assert [each.kept for each in outcome.built] == [False]


def test_the_command_says_that_nothing_has_changed(boardpack: Call, house: House):
    places = ["--papers", house.papers, "--output", house.options.output]
    first = boardpack("pack", NAME, "--no-pdf", *places)
    again = boardpack("pack", NAME, "--no-pdf", *places)
    assert "nothing has changed" not in first.out
    assert again.out == first.out.rstrip("\n") + "; nothing has changed since it was built\n"
    assert (again.code, again.err) == (0, "")


def test_nothing_heavy_is_imported_where_nothing_has_changed(house: House):
    heavy = ["docx", "lxml", "jinja2", "markdown", "pikepdf", "yaml", "importlib.metadata", "boardpack.model.meeting"]
    places = [f"--{name}={getattr(house.options, name)}" for name in ("papers", "output", "schemas")]
    places.append(f"--templates={house.options.templates[0]}")
    script = (
        "import sys\nfrom boardpack.cli import main\n"
        f"main({['pack', NAME, '--no-pdf', *places]!r})\nprint(sorted(set({heavy!r}) & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
    assert "nothing has changed" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_board_without_an_earlier_meeting_is_no_fault(tmp_path: Path):
    papers = write(tmp_path / "papers", board=BOARD)
    assert fingerprints([], Options(papers, tmp_path / "o", (), SCHEMAS), "") == {}
