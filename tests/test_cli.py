"""The command line: exit codes, what goes to which stream, and earlier output untouched after whatever goes wrong."""

from __future__ import annotations

import datetime
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from finished import agenda_table
from packs import Call, Run, command, content, run, surroundings
from printing import agenda, paper
from reading import BOARD, MEETING, PAPER, ROOT, SCHEMAS, write

from boardpack import cli, office, pipeline

EARLIER = {"pack.docx": b"the earlier pack", "reports/1-old.docx": b"an earlier report"}
NAME = "partnership/2010-03-11"
WRONG = "title: Funding\nauthor: A Dawlish\npurpose: information\ntilte: x\n"
TABLE = "tables:\n  a: {caption: C, columns: [{key: a, label: A}], rows: [[x]]}\n"
WARNED = paper(TABLE).replace("decision", "information")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return write(tmp_path / "papers")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The meeting's output folder, with an earlier build in it."""
    folder = tmp_path / "output" / NAME
    for name, data in EARLIER.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def places(papers: Path, target: Path) -> list[str | Path]:
    return ["--papers", papers, "--output", target.parents[1]]


# --- check -----------------------------------------------------------------------------------------------------


def test_check_of_sound_papers_says_so_and_ends_with_0(boardpack: Call, papers: Path):
    assert boardpack("check", "--papers", papers) == Run(0, "no findings in 3 files\n", "")


def test_check_prints_findings_to_standard_output_and_ends_with_1(boardpack: Call, tmp_path: Path):
    papers = write(tmp_path / "papers", paper=WRONG, meeting=MEETING + "  - {titel: Talk}\n")
    done = boardpack("check", "--papers", papers)
    assert (done.code, done.err) == (1, "")
    assert "funding.yaml:4:1: error[unknown-key]" in done.out
    assert "meeting.yaml:4:6: error[unknown-key]" in done.out
    assert "did you mean `title`?" in done.out
    assert "in 3 files" in done.out


def test_check_ends_with_0_where_there_are_only_warnings(boardpack: Call, tmp_path: Path):
    done = boardpack("check", "--papers", write(tmp_path / "papers", paper=WARNED))
    assert done.code == 0
    assert "warning[not-placed]" in done.out


def test_check_of_one_paper_tells_of_that_paper(boardpack: Call, tmp_path: Path):
    papers = write(tmp_path / "papers", paper=WRONG, **{"other.yaml": WRONG.replace("tilte", "auhtor")})
    done = boardpack("check", f"{NAME}/other", "--papers", papers)
    assert done.code == 1
    assert "auhtor" in done.out
    assert "tilte" not in done.out


def test_check_writes_findings_for_programs(boardpack: Call, tmp_path: Path):
    papers = write(tmp_path / "papers", paper=WRONG)
    done = boardpack("check", "--format", "json", "--papers", papers)
    (row,) = json.loads(done.out)
    assert row.keys() >= {"path", "line", "column", "code", "severity", "message", "help"}
    assert (row["line"], row["column"], row["code"], row["severity"]) == (4, 1, "unknown-key", "error")
    assert boardpack("check", "--format", "github", "--papers", papers).out.startswith("::error file=")


def test_check_imports_nothing_of_word_or_pdf_where_the_templates_are_known(papers: Path):
    heavy = ["docx", "docxtpl", "lxml", "jinja2", "markdown", "pikepdf", "pypdfium2", "PIL", "fontTools"]
    script = (
        "import sys\nfrom boardpack.cli import main\n"
        f"code = main(['check', '--papers', {str(papers)!r}, '--schemas', {str(SCHEMAS)!r}])\n"
        f"print(code, sorted(set({heavy!r}) & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(2):  # the first may have to read the templates
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path):
    papers = write(tmp_path / "papers", paper="\n".join([PAPER, *(f"key{n}: x" for n in range(3_000))]))
    with subprocess.Popen(
        command("check", "--papers", papers), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
    assert "Traceback" not in said
    assert "Exception" not in said


# --- Wrong use -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["bulid"], "bulid"),
        (["pack", "--colour"], "--colour"),
        (["check", "--format", "xml"], "xml"),
        (["pack", "--edition", "secret"], "secret"),
    ],
)
def test_wrong_use_is_a_sentence_and_ends_with_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]):
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("boardpack: ")
    assert said in err
    assert "--help" in err


@pytest.mark.parametrize("verb", ["check", "pack"])
@pytest.mark.parametrize(
    "name", ["partnership/2010-03-12", "partnrship/2010-03-11", "2010-03-11", "papers/partnership/2010-03-1"]
)
def test_an_unknown_meeting_is_told_with_the_nearest_name(verb: str, name: str, boardpack: Call, papers: Path):
    done = boardpack(verb, name, "--papers", papers)
    assert (done.code, done.out) == (2, "")
    assert f"`{name}`" in done.err
    assert f"did you mean `{NAME}`" in done.err


@pytest.mark.parametrize("verb", ["check", "pack"])
def test_no_papers_folder_is_told_with_the_option_that_names_one(verb: str, boardpack: Call, tmp_path: Path):
    done = boardpack(verb, "--papers", tmp_path / "nowhere")
    assert (done.code, done.out) == (2, "")
    assert str(tmp_path / "nowhere") in done.err
    assert "--papers" in done.err


@pytest.mark.parametrize("option", ["templates", "schemas"])
def test_a_folder_that_is_named_and_is_not_there_is_wrong_use(
    option: str, papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(ROOT)
    nowhere = str(tmp_path / "nowhere")
    arguments = ["pack", "--no-pdf", "--papers", str(papers), "--output", str(tmp_path / "o"), f"--{option}", nowhere]
    assert cli.main(arguments) == 2
    assert nowhere in capsys.readouterr().err


def test_a_folder_without_meetings_has_nothing_to_pack(boardpack: Call, tmp_path: Path):
    (tmp_path / "papers").mkdir()
    done = boardpack("pack", "--no-pdf", "--papers", tmp_path / "papers")
    assert (done.code, done.out) == (2, "")
    assert "no meeting" in done.err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(f" {verb} " in shown for verb in ("check", "pack", "doctor"))
    assert "exit codes: 0 done" in shown


def test_build_py_and_the_module_say_the_same(papers: Path, root: Path):
    arguments = ["check", "--papers", papers]
    module = [sys.executable, "-m", "boardpack", *arguments, "--schemas", SCHEMAS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    other = subprocess.run(module, capture_output=True, text=True, check=False, env=environment)
    assert run(*arguments, environment=surroundings(root)) == Run(other.returncode, other.stdout, other.stderr)


def test_build_py_finds_its_folders_from_anywhere(tmp_path: Path):
    done = subprocess.run(command("check"), capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0
    assert "in 12 files" in done.stdout or "findings" in done.stdout


# --- pack ------------------------------------------------------------------------------------------------------


def test_pack_without_layout_puts_out_word_files_with_open_page_numbers(boardpack: Call, papers: Path, target: Path):
    done = boardpack("pack", NAME, "--no-pdf", *places(papers, target))
    assert done.code == 0
    assert done.out == f"{target / 'pack.docx'}: without page numbers; in Word, Ctrl+A and F9 fill them in\n"
    files = content(target)
    assert set(files) == {"agenda.docx", "pack.docx", "manifest.json", "reports/1-funding.docx"}
    for name in ("agenda.docx", "pack.docx"):
        (row,) = agenda_table(files[name])
        assert row[-1].startswith("Yes, page")
        assert "?" in row[-1]
        assert not any(sign.isdigit() for sign in row[-1])
    assert "first_page" not in files["manifest.json"].decode()


@pytest.mark.office
def test_pack_says_what_it_does_to_standard_error_and_what_it_made_to_standard_output(
    boardpack: Call, papers: Path, target: Path
):
    done = boardpack("pack", NAME, *places(papers, target))
    assert done.code == 0
    assert done.out == f"{target / 'pack.docx'}: 2 pages, every page reference compared\n"
    assert done.err.splitlines() == [
        f"{NAME}: writing the agenda and 1 paper",
        f"{NAME}: laying out",
        f"{NAME}: comparing every printed page number with its page",
    ]
    assert set(content(target)) == {"agenda.docx", "pack.docx", "pack.pdf", "manifest.json", "reports/1-funding.docx"}


def test_pack_with_errors_in_the_papers_ends_with_1_and_puts_nothing_out(boardpack: Call, tmp_path: Path, target: Path):
    papers = write(tmp_path / "papers", paper=WRONG)
    done = boardpack("pack", NAME, "--no-pdf", *places(papers, target))
    assert (done.code, done.out) == (1, "")
    assert "error[unknown-key]" in done.err
    assert content(target) == EARLIER


def test_pack_shows_warnings_and_lists_them_in_the_manifest(boardpack: Call, tmp_path: Path, target: Path):
    papers = write(tmp_path / "papers", paper=WARNED)
    done = boardpack("pack", NAME, "--no-pdf", *places(papers, target))
    assert done.code == 0
    assert "warning[not-placed]" in done.err
    (found,) = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["findings"]
    assert found == {
        "code": "not-placed",
        "severity": "warning",
        "message": "no text places the table `a`, so that it prints at the end of the paper",
        "path": f"{NAME}/funding.yaml",
        "line": 5,
        "column": 3,
    }


def test_strict_takes_warnings_for_errors(boardpack: Call, tmp_path: Path, target: Path):
    papers = write(tmp_path / "papers", paper=WARNED)
    done = boardpack("pack", NAME, "--no-pdf", "--strict", *places(papers, target))
    assert (done.code, done.out) == (1, "")
    assert "error[not-placed]" in done.err
    assert content(target) == EARLIER


@pytest.mark.parametrize("named", ["{papers}/partnership/2010-03-11", "{papers}/partnership/2010-03-11/", NAME])
def test_a_meeting_is_named_by_its_folder_or_by_board_and_meeting(
    named: str, boardpack: Call, papers: Path, target: Path
):
    done = boardpack("pack", named.format(papers=papers), "--no-pdf", *places(papers, target))
    assert done.code == 0
    assert done.out.startswith(f"{target / 'pack.docx'}: ")


def test_a_new_build_leaves_nothing_of_the_earlier_one(boardpack: Call, papers: Path, target: Path):
    boardpack("pack", NAME, "--no-pdf", *places(papers, target))
    assert not (target / "reports" / "1-old.docx").exists()
    assert [path.name for path in target.parent.iterdir()] == [target.name]


# --- Which meetings --------------------------------------------------------------------------------------------


def meetings(folder: Path, **boards: str) -> Path:
    """A papers folder of boards, each with meetings on these dates."""
    for board, days in boards.items():
        for day in days.split():
            here = folder / board / day
            here.mkdir(parents=True)
            (here.parent / "board.yaml").write_text(BOARD, encoding="utf-8")
            (here / "meeting.yaml").write_text(f"date: {day[:10]}\nagenda:\n  - Talk\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2010-03-10", {"one/2010-03-11", "two/2010-05-01-special"}),
        ("2010-03-11", {"one/2010-03-11", "two/2010-05-01-special"}),
        ("2010-03-12", {"one/2010-07-01", "two/2010-05-01-special"}),
        ("2010-05-01", {"one/2010-07-01", "two/2010-05-01-special"}),
        ("2011-01-01", {"one/2010-07-01", "two/2010-05-01-special"}),
        ("2009-01-01", {"one/2010-01-28", "two/2009-12-31"}),
    ],
)
def test_without_a_meeting_each_boards_next_one_is_built_or_else_its_latest(
    today: str,
    expected: set[str],
    boardpack: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    papers = meetings(tmp_path / "p", one="2010-01-28 2010-03-11 2010-07-01", two="2009-12-31 2010-05-01-special")

    class Calendar(datetime.date):
        @classmethod
        def today(cls) -> datetime.date:
            return datetime.date.fromisoformat(today)

    real = datetime.date
    with monkeypatch.context() as patch:
        patch.setattr(datetime, "date", Calendar)
        patch.setattr(pipeline, "date", real)
        done = boardpack("pack", "--no-pdf", "--papers", papers, "--output", tmp_path / "o")
    assert done.code == 0, done.err
    assert {path.parent.relative_to(tmp_path / "o").as_posix() for path in tmp_path.glob("o/*/*/pack.docx")} == expected
    assert len(done.out.splitlines()) == 2


def test_several_meetings_are_built_in_one_go(boardpack: Call, tmp_path: Path):
    papers = meetings(tmp_path / "p", one="2010-01-28 2010-03-11")
    done = boardpack(
        "pack", "one/2010-01-28", "one/2010-03-11", "--no-pdf", "--papers", papers, "--output", tmp_path / "o"
    )
    assert done.code == 0
    assert len(list(tmp_path.glob("o/one/*/pack.docx"))) == 2


def test_an_error_in_another_meeting_is_no_concern_of_this_one(boardpack: Call, tmp_path: Path):
    papers = meetings(tmp_path / "p", one="2010-01-28 2010-03-11")
    (papers / "one" / "2010-01-28" / "meeting.yaml").write_text("dat: x\n", encoding="utf-8")
    done = boardpack("pack", "one/2010-03-11", "--no-pdf", "--papers", papers, "--output", tmp_path / "o")
    assert done.code == 0, done.err


# --- Failing well ----------------------------------------------------------------------------------------------


def without_office(folder: Path, stub: str = "") -> dict[str, str]:
    """An environment in which LibreOffice is not to be found, or is this script."""
    programs = folder / "programs"
    programs.mkdir()
    if stub:
        (programs / "soffice").write_text(f"#!/bin/sh\n{stub}\n", encoding="utf-8")
        (programs / "soffice").chmod(0o755)
    return {"PATH": f"{programs}:/nowhere" if not stub else f"{programs}:/bin:/usr/bin"}


def test_without_libreoffice_the_remedy_is_told(papers: Path, target: Path, tmp_path: Path, root: Path):
    environment = {**surroundings(root), **without_office(tmp_path)}
    done = run("pack", NAME, *places(papers, target), environment=environment)
    assert (done.code, done.out) == (3, "")
    assert "LibreOffice is not on this machine" in done.err
    assert "apt install libreoffice-writer-nogui" in done.err
    assert "--no-pdf" in done.err
    assert "Traceback" not in done.err
    assert content(target) == EARLIER


def test_without_libreoffice_findings_come_first(target: Path, tmp_path: Path, root: Path):
    papers = write(tmp_path / "papers", paper=WRONG)
    environment = {**surroundings(root), **without_office(tmp_path)}
    done = run("pack", NAME, *places(papers, target), environment=environment)
    assert (done.code, done.out) == (1, "")
    assert "error[unknown-key]" in done.err


def test_without_libreoffice_check_and_word_files_work(papers: Path, target: Path, tmp_path: Path, root: Path):
    environment = {**surroundings(root), **without_office(tmp_path)}
    assert run("check", "--papers", papers, environment=environment).code == 0
    assert run("pack", NAME, "--no-pdf", *places(papers, target), environment=environment).code == 0
    assert (target / "agenda.docx").is_file()


@pytest.mark.parametrize("stub", ["exit 3", "exit 0", "kill -9 $$"])
def test_a_libreoffice_that_dies_is_told_in_a_sentence(
    stub: str, papers: Path, target: Path, tmp_path: Path, root: Path
):
    environment = {**surroundings(root), **without_office(tmp_path, stub)}
    done = run("pack", NAME, *places(papers, target), environment=environment)
    assert (done.code, done.out) == (3, "")
    assert "LibreOffice has made no PDF" in done.err
    assert "boardpack doctor" in done.err
    assert "Traceback" not in done.err
    assert content(target) == EARLIER


def test_a_libreoffice_that_hangs_is_ended_and_told(
    boardpack: Call, papers: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    environment = without_office(tmp_path, "exec sleep 600")
    monkeypatch.setenv("PATH", environment["PATH"])
    monkeypatch.setattr(pipeline, "Office", lambda program: office.Office(program, seconds=0.3))
    started = time.monotonic()
    done = boardpack("pack", NAME, *places(papers, target))
    assert time.monotonic() - started < 15
    assert (done.code, done.out) == (3, "")
    assert "LibreOffice has made no PDF" in done.err
    assert content(target) == EARLIER


@pytest.mark.parametrize("lock", ["~$pack.docx", ".~lock.pack.docx#", "reports/~$1-old.docx"])
def test_a_file_that_is_open_in_word_is_not_replaced(lock: str, boardpack: Call, papers: Path, target: Path):
    (target / lock).write_bytes(b"somebody")
    done = boardpack("pack", NAME, "--no-pdf", *places(papers, target))
    assert (done.code, done.out) == (3, "")
    assert "is open in Word or LibreOffice; close it" in done.err
    assert content(target) == {**EARLIER, lock: b"somebody"}


@pytest.mark.parametrize("way", ["output", "output/partnership", "output/partnership/2010-03-11"])
def test_a_file_where_a_folder_is_wanted_is_told_and_kept(way: str, boardpack: Call, papers: Path, tmp_path: Path):
    file = tmp_path / way
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"mine")
    done = boardpack("pack", NAME, "--no-pdf", "--papers", papers, "--output", tmp_path / "output")
    assert (done.code, done.out) == (3, "")
    assert str(file) in done.err
    assert "is a file where a folder is wanted" in done.err
    assert file.read_bytes() == b"mine"


def powerless() -> list[str]:
    """What takes root's right to write everywhere; nothing where somebody else runs the tests."""
    if os.geteuid():
        return []
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("root can write everywhere, and there is no setpriv to take that right away")
    return [tool, "--bounding-set=-all", "--inh-caps=-all"]


def test_an_output_folder_that_cannot_be_written_is_named(papers: Path, target: Path, root: Path):
    before = target.parent.stat().st_mode
    target.parent.chmod(0o555)
    try:
        done = subprocess.run(
            [*powerless(), *command("pack", NAME, "--no-pdf", *places(papers, target))],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **surroundings(root)},
        )
    finally:
        target.parent.chmod(before)
    assert (done.returncode, done.stdout) == (3, "")
    assert "cannot be written" in done.stderr
    assert "--output" in done.stderr
    assert "Traceback" not in done.stderr
    assert content(target) == EARLIER


def test_a_full_disk_is_told(boardpack: Call, papers: Path, target: Path, monkeypatch: pytest.MonkeyPatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    done = boardpack("pack", NAME, "--no-pdf", *places(papers, target))
    assert (done.code, done.out) == (3, "")
    assert "the disk is full: free some room" in done.err
    assert content(target) == EARLIER
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_fault_of_the_program_says_so_and_ends_with_4(
    boardpack: Call, papers: Path, target: Path, monkeypatch: pytest.MonkeyPatch
):
    def fault(*_: object) -> None:
        raise ZeroDivisionError("somewhere within")

    monkeypatch.setattr("boardpack.render.render", fault)
    done = boardpack("pack", NAME, "--no-pdf", *places(papers, target))
    assert (done.code, done.out) == (4, "")
    assert "ZeroDivisionError: somewhere within" in done.err
    assert done.err.splitlines()[-1].startswith("boardpack: this is a fault of boardpack, not of the papers")
    assert content(target) == EARLIER


# --- Ended in between, and two at once -------------------------------------------------------------------------


@pytest.fixture
def long_papers(tmp_path: Path) -> Path:
    """Papers that take a while."""
    texts = "".join(f"  - {{heading: H{n}, text: '{'words and ' * 300}'}}\n" for n in range(60))
    return write(
        tmp_path / "papers",
        meeting=agenda("- paper: funding\n- paper: other"),
        paper=paper(f"sections:\n{texts}"),
        **{"other.yaml": paper(f"sections:\n{texts}", title="Other")},
    )


def until(stream: IO[str] | None, text: str) -> None:
    assert stream is not None
    for line in stream:
        if text in line:
            return
    raise AssertionError(f"never said: {text}")


def alive(marker: str) -> list[str]:
    """Running processes that were given this folder for their temporary files."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={marker}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text(encoding="utf-8").replace("\0", " "))
        except OSError:
            continue
    return found


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "temporary files"
    folder.mkdir()
    yield folder
    assert alive(str(folder)) == []


@pytest.mark.office
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("ending", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_build_that_is_ended_leaves_the_earlier_output_and_no_libreoffice(
    ending: signal.Signals,
    code: int,
    long_papers: Path,
    target: Path,
    temporary: Path,
    root: Path,
):
    environment = {**os.environ, **surroundings(root), "TMPDIR": str(temporary)}
    arguments = command("pack", NAME, *places(long_papers, target))
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        until(process.stderr, "laying out")
        time.sleep(0.3)
        assert alive(str(temporary))
        process.send_signal(ending)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (code, "")
    assert "Traceback" not in err
    assert content(target) == EARLIER
    end = time.monotonic() + 5
    while alive(str(temporary)) and time.monotonic() < end:
        time.sleep(0.05)
    if ending is not signal.SIGKILL:
        assert list(temporary.iterdir()) == []


@pytest.mark.office
def test_two_builds_at_once_both_succeed(papers: Path, target: Path, root: Path, tmp_path: Path):
    environment = {**os.environ, **surroundings(root)}
    arguments = command("pack", NAME, *places(papers, target))
    both = [
        subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    alone = run("pack", NAME, "--papers", papers, "--output", tmp_path / "alone", environment=surroundings(root))
    assert alone.code == 0
    assert content(target) == content(tmp_path / "alone" / NAME)
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.office
def test_a_meeting_without_papers_has_an_agenda_all_the_same(boardpack: Call, tmp_path: Path):
    papers = meetings(tmp_path / "p", one="2010-01-28 2010-03-11")
    done = boardpack("pack", "one/2010-01-28", "one/2010-03-11", "--papers", papers, "--output", tmp_path / "o")
    assert (done.code, len(done.out.splitlines())) == (0, 2)
    assert done.out.splitlines()[0].endswith(": 1 page, every page reference compared")


def test_naming_a_paper_does_not_get_a_pack_past_the_errors_of_the_others(boardpack: Call, tmp_path: Path):
    column = "{key: a, label: A, type: integer, total: 7}"
    other = paper(f"tables:\n  a: {{caption: C, columns: [{column}], rows: [[5]]}}\n")
    lines = agenda("- paper: funding\n- paper: other")
    papers = write(tmp_path / "papers", meeting=lines, **{"other.yaml": other})
    done = boardpack("pack", f"{NAME}/funding", "--no-pdf", "--papers", papers, "--output", tmp_path / "o")
    assert (done.code in {1, 2}, done.out) == (True, "")
    assert not (tmp_path / "o").exists()
