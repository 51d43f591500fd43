"""New boards, meetings and papers: what `check` asks for is what the form leaves empty; and what a shell is told."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from packs import Call
from reading import ROOT, SCHEMAS, findings, write

from boardpack import cli, completion, doctor, new, progress
from boardpack.diagnostics import UsageError
from boardpack.model.board import Board
from boardpack.places import Options

BOARDS = sorted(path.parent.name for path in (ROOT / "papers").glob("*/board.yaml"))
ODD = {
    "bare": "name: Bare\n",
    "everything": (
        "name: Everything\nrequire: [summary, recommendations, sections, figures, tables, charts, contact, theme,"
        " presenter, background_papers, appendices, contents, landscape, number_sections, number_paragraphs, cover,"
        " standing, late, clearance]\n"
    ),
    "welsh": "name: Bwrdd\nnotice: {statute: wales}\ncover_fields: [{key: ward, label: Ward}]\n",
    "colons": (
        'name: "Board: the second"\npurposes: ["for: noting", "yes", "1"]\n'
        'cover_fields: [{key: w, label: "Wards: all", required: true}]\n'
        'standing_sections: [{key: f, label: "Money: #1", none: "None: | at all"}]\n'
    ),
    "themes": "name: Themes\nforward_plan: {themes: [Money, Places]}\nrequire: [theme]\n",
}
NAME = "parish/2027-01-14"


def options(papers: Path) -> Options:
    return Options(papers, papers.parent / "output", (ROOT / "templates",), SCHEMAS)


def a_house(folder: Path, board: str) -> Options:
    """A papers folder with one board: one of the samples, or an odd one."""
    papers = folder / "papers"
    (papers / "parish").mkdir(parents=True)
    if board in ODD:
        (papers / "parish" / "board.yaml").write_text(ODD[board], encoding="utf-8")
    else:
        shutil.copy(ROOT / "papers" / board / "board.yaml", papers / "parish" / "board.yaml")
    return options(papers)


def codes(papers: Path, named: str = NAME) -> list[str]:
    return sorted(each.code for each in findings(papers, [named]))


# --- board and meeting -----------------------------------------------------------------------------------------


def test_a_new_board_lacks_its_name_and_nothing_else(tmp_path: Path):
    path = new.board(options(tmp_path), "planning")
    (found,) = findings(tmp_path)
    assert (found.code, found.message) == ("missing-key", "`name` is empty")
    assert found.place is not None
    assert found.place.span().text.startswith("name:")
    assert path == tmp_path / "planning" / "board.yaml"


@pytest.mark.parametrize("name", ["Planning Committee", "Board: the second", "no", "12", "“Quoted” #1"])
def test_a_new_board_with_a_name_is_sound(name: str, tmp_path: Path):
    path = new.board(options(tmp_path), "planning", name)
    assert findings(tmp_path) == []
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["name"] == name


def test_every_key_of_a_board_is_in_its_form(tmp_path: Path):
    text = new.board(options(tmp_path), "planning").read_text(encoding="utf-8")
    schema = json.loads((SCHEMAS / "board.schema.json").read_text(encoding="utf-8"))
    left_out = {"reading"}  # for houses that have grown into asking for them
    assert {key for key in schema["properties"] if not re.search(rf"^(?:# )?{key}:", text, re.MULTILINE)} <= left_out


def test_what_stands_behind_a_sign_in_the_form_of_a_board_is_sound_as_well(tmp_path: Path):
    path = new.board(options(tmp_path), "planning", "Planning")
    text = path.read_text(encoding="utf-8")
    shown = re.sub(r"^( *)# (?=[\w-]+:|- |  )", r"\1", text, flags=re.MULTILINE)
    shown = re.sub(r"^(cover_fields|standing_sections|people): \[\]$", r"\1:", shown, flags=re.MULTILINE)
    shown = re.sub(r"^ ([\w-]+:)", r"\1", shown, flags=re.MULTILINE)
    data = yaml.safe_load(re.sub(r"^[A-Z][^:\n]*\.$|^How [^\n]*$|^What [^\n]*$", "", shown, flags=re.MULTILINE))
    assert data["cover_fields"][0]["key"] == "wards"


@pytest.mark.parametrize("id", ["Planning", "a b", "", "-x", "a/b", "ä", "../x"])
def test_an_id_that_no_board_can_have_is_refused_with_one_that_it_can(id: str, tmp_path: Path):
    with pytest.raises(UsageError, match="small letters, digits and hyphens only; such as"):
        new.board(options(tmp_path), id)


@pytest.mark.parametrize("board", [*BOARDS, *ODD])
def test_a_new_meeting_is_sound(board: str, tmp_path: Path):
    house = a_house(tmp_path, board)
    new.meeting(house, NAME)
    assert codes(house.papers) == []


@pytest.mark.parametrize("last", sorted((ROOT / "papers").glob("*/*/meeting.yaml")), ids=lambda path: path.parent.name)
def test_a_new_meeting_takes_up_the_standing_lines_of_the_last(last: Path, tmp_path: Path):
    house = a_house(tmp_path, last.parents[1].name)
    shutil.copytree(last.parent, house.papers / "parish" / last.parent.name)
    told = yaml.safe_load(last.read_text(encoding="utf-8"))
    data = yaml.safe_load(new.meeting(house, NAME).read_text(encoding="utf-8"))

    kept = [item for item in told["agenda"] if isinstance(item, dict) and not {"paper", "items"} & set(item)]
    assert len(data["agenda"]) == len(kept)
    assert [item.get("title") for item in data["agenda"] if "minutes_of" not in item] == [
        item.get("title") for item in kept if "minutes" not in str(item).lower()
    ]
    assert [str(item["minutes_of"]) for item in data["agenda"] if "minutes_of" in item] in ([], [last.parent.name])
    assert data.get("venue") == told.get("venue")
    assert set(codes(house.papers)) <= {"no-minutes", "no-next-meeting", "unknown-person"}


def test_the_day_that_was_announced_brings_its_hour_and_place(tmp_path: Path):
    meeting = "date: 2010-03-11\nstarts: 9:30\nvenue: Room 1\nagenda: [Welcome]\n"
    papers = write(tmp_path / "papers", meeting=f"{meeting}next: {{date: 2010-07-01, starts: 14:00, venue: Room 2}}\n")
    text = new.meeting(options(papers), "partnership/2010-07-01").read_text(encoding="utf-8")
    assert "\nstarts: 14:00 " in text
    assert "\nvenue: Room 2\n" in text


def test_papers_that_lie_in_the_folder_are_on_the_agenda(tmp_path: Path):
    papers = write(tmp_path / "papers")
    (papers / "partnership" / "2010-03-11" / "meeting.yaml").unlink()
    new.meeting(options(papers), "partnership/2010-03-11")
    assert findings(papers) == []


@pytest.mark.parametrize("named", ["parish", "parish/tomorrow", "parish/2027-02-30", "2027-01-14", "none/2027-01-14"])
def test_what_is_no_meeting_to_be_is_refused(named: str, tmp_path: Path):
    with pytest.raises(UsageError):
        new.meeting(a_house(tmp_path, "bare"), named)


# --- paper -----------------------------------------------------------------------------------------------------


def a_paper(folder: Path, board: str) -> tuple[Options, Path]:
    house = a_house(folder, board)
    meeting = new.meeting(house, NAME)
    written = new.paper(house, f"{NAME}/hours")
    text = meeting.read_text(encoding="utf-8")
    meeting.write_text(text.replace("\nagenda:\n", f"\nagenda:\n{written.line}\n"), encoding="utf-8")
    return house, written.path


def asked(board: Board) -> list[str]:
    keys = {"title", "author", "purpose"}
    found = ["missing-key"] * 3
    found += ["missing-answer"] * len([key for key in board.require if key not in keys])
    found += ["missing-answer"] * len([each for each in board.cover_fields if each.required])
    return sorted(found + ["missing-answer"] * len(board.standing_sections))


def read_board(path: Path) -> Board:
    from boardpack import load

    return load.assemble(load.read(path.parents[2], [path.parents[1]])).boards[0]


@pytest.mark.parametrize("board", [*BOARDS, *ODD])
def test_a_new_paper_lacks_exactly_its_blanks(board: str, tmp_path: Path):
    house, path = a_paper(tmp_path, board)
    known = read_board(path)
    # An empty mapping of blanks is none to `require`; each of them has its own finding.
    wanted = asked(known)
    for key in ("cover", "standing"):
        if key in known.require and (
            (key == "cover" and known.cover_fields) or (key == "standing" and known.standing_sections)
        ):
            wanted.remove("missing-answer")
    assert codes(house.papers) == wanted


@pytest.mark.parametrize("board", [*BOARDS, "bare", "welsh", "colons", "themes"])
def test_a_paper_whose_blanks_are_filled_is_sound_and_is_built(board: str, tmp_path: Path, boardpack: Call):
    house, path = a_paper(tmp_path, board)
    path.write_text(filled(path.read_text(encoding="utf-8"), read_board(path)), encoding="utf-8")
    assert codes(house.papers) == []
    done = boardpack("pack", NAME, "--papers", house.papers, "--output", house.output, "--no-pdf")
    assert done.code == 0


def filled(text: str, board: Board) -> str:
    """A form as somebody fills it in: an answer behind each key that stands there empty."""
    theme = board.themes[0] if board.themes else "Money"
    answers = {
        "title": "Opening hours",
        "author": "Owen Hartley",
        "purpose": json.dumps(board.purposes[0]),
        "theme": theme,
        "contact": '{name: Owen Hartley, telephone: "01632 960123"}',
        "summary": "Asks for a choice of hours.",
        "recommendations": "[Note the hours for each branch.]",
        "sections": "[{heading: Hours, text: The hours are long.}]",
        "background_papers": "none",
    }

    def answer(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}: {answers.get(match[2], 'All of them.')}"

    blanks = r"^(|  )(\w+):(?= *(?:# .*)?$)(?!.*(?:house's own cover|that every paper answers)).*$"
    return re.sub(blanks, answer, text, flags=re.MULTILINE)


def test_a_title_may_be_said_at_once(tmp_path: Path):
    house = a_house(tmp_path, "bare")
    new.meeting(house, NAME)
    path = new.paper(house, f"{NAME}/hours", "Hours: the choice").path
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["title"] == "Hours: the choice"


@pytest.mark.parametrize("named", ["hours", f"{NAME}/Hours", f"{NAME}/minutes", "parish/hours", f"{NAME}/a/b", "x/y/z"])
def test_what_is_no_paper_to_be_is_refused(named: str, tmp_path: Path):
    house = a_house(tmp_path, "bare")
    new.meeting(house, NAME)
    with pytest.raises(UsageError):
        new.paper(house, named)


def test_the_line_for_the_agenda_is_told_unless_it_is_there(tmp_path: Path):
    house = a_house(tmp_path, "bare")
    meeting = new.meeting(house, NAME)
    assert new.paper(house, f"{NAME}/hours").told().splitlines() == [
        f"now add this line to {meeting}:",
        "  - paper: hours",
    ]
    meeting.write_text(meeting.read_text(encoding="utf-8").replace("paper: ID", "paper: costs"), encoding="utf-8")
    assert new.paper(house, f"{NAME}/costs").told() == f"{meeting} names it already"


def test_nothing_that_is_there_is_written_over(tmp_path: Path, boardpack: Call):
    house, path = a_paper(tmp_path, "bare")
    before = path.read_bytes()
    for kind, named in (("board", "parish"), ("meeting", NAME), ("paper", f"{NAME}/hours")):
        done = boardpack("new", kind, named, "--papers", house.papers)
        assert (done.code, done.out) == (2, "")
        assert "is there already; nothing was written" in done.err
    assert path.read_bytes() == before


def test_the_line_of_the_schema_leads_from_the_file_to_it(tmp_path: Path):
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    house = Options(tmp_path / "papers", tmp_path / "output", (), tmp_path / "schemas")
    house.papers.mkdir()
    paths = [new.board(house, "parish", "Parish"), new.meeting(house, NAME), new.paper(house, f"{NAME}/hours").path]
    paths.append(new.minutes(house, NAME))
    for path in paths:
        line = path.read_text(encoding="utf-8").partition("\n")[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", line)
        assert match
        assert (path.parent / match[1]).resolve().is_file()


# --- the editor ------------------------------------------------------------------------------------------------


def test_the_editor_is_told_of_schemas_that_are_there(tmp_path: Path):
    house = a_house(tmp_path, "bare")
    paths = new.editor(house)
    (settings,) = [path for path in paths if path.name == "settings.json"]
    named = json.loads(settings.read_text(encoding="utf-8"))["yaml.schemas"]
    assert {Path(name).name for name in named} == {path.name for path in SCHEMAS.iterdir()}
    assert all((tmp_path / name).read_bytes() == (SCHEMAS / Path(name).name).read_bytes() for name in named)
    with pytest.raises(UsageError, match="is there already"):
        new.editor(house)


def test_the_settings_of_this_repository_are_those_that_a_house_gets(tmp_path: Path):
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    (tmp_path / "papers").mkdir()
    paths = new.editor(Options(tmp_path / "papers", tmp_path / "output", (), tmp_path / "schemas"))
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        ".vscode/settings.json",
        ".vscode/extensions.json",
    ]
    for path in paths:
        assert path.read_text(encoding="utf-8") == (ROOT / ".vscode" / path.name).read_text(encoding="utf-8")


def test_the_hook_runs_a_command_that_there_is():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "boardpack check"
    assert re.match(hook["files"], "papers/parish/2027-01-14/hours.yaml")


# --- doctor, completion, progress, help -------------------------------------------------------------------------


def test_doctor_says_a_remedy_for_all_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    checks = {each.name: each for each in doctor.around(tmp_path / "papers", tmp_path)}
    assert not any(check.ok for name, check in checks.items() if name != "browser")
    assert [name for name, check in checks.items() if check.needed and not check.ok] == ["schemas"]
    assert "boardpack new board" in checks["papers"].text
    assert "boardpack new editor" in checks["editor"].text
    assert "install git" in checks["Git"].text


def parsers(parser=None, name="boardpack"):
    parser = parser or cli.arguments.parser()
    yield name, parser
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for below, each in action.choices.items():
                yield from parsers(each, f"{name} {below}")


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_completion_knows_every_command_and_option(shell: str, boardpack: Call, capsys: pytest.CaptureFixture[str]):
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    names = {name.rpartition(" ")[2] for name, _ in parsers()} - {"boardpack"}
    options = {option for _, each in parsers() for action in each._actions for option in action.option_strings}
    assert {name for name in names if name not in script} == set()
    assert {option for option in options if option.lstrip("-") not in script} == set()


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_completes_commands_options_and_paths(tmp_path: Path):
    script = subprocess.run(
        [sys.executable, ROOT / "build.py", "completion", "bash"], capture_output=True, text=True, check=True
    ).stdout
    (tmp_path / "papers" / "parish").mkdir(parents=True)
    ask = (
        'complete_for() { COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); COMPREPLY=();'
        ' _shtab_boardpack; echo "${COMPREPLY[@]}"; }\n'
        "complete_for boardpack pre; complete_for boardpack new pap; complete_for boardpack new paper --fr;"
        " complete_for boardpack check pap; complete_for boardpack due --format i\n"
    )
    (tmp_path / "ask.sh").write_text(f"{script}\n{ask}", encoding="utf-8")
    bash = shutil.which("bash") or "bash"
    done = subprocess.run([bash, tmp_path / "ask.sh"], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.split("\n")[:5] == ["preview", "paper", "--from", "papers", "ics"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_plain_lines_elsewhere():
    plain, terminal = io.StringIO(), Terminal()
    for stream in (plain, terminal):
        with progress.shown(stream) as say:
            say("parish/2027-01-14: laying out")
            say("warning: a font is not here")
            say("parish/2027-01-14: comparing every printed page number with its page")
    assert plain.getvalue().splitlines() == [
        "parish/2027-01-14: laying out",
        "warning: a font is not here",
        "parish/2027-01-14: comparing every printed page number with its page",
    ]
    shown = terminal.getvalue()
    assert "[#######.............]   0 s  parish/2027-01-14: laying out" in shown
    assert "\x1b[Kwarning: a font is not here\n" in shown
    assert shown.endswith("\r\x1b[K")
    assert shown.count("\n") == 1


@pytest.mark.parametrize("shown", [False, True])
def test_a_fault_is_a_sentence_that_names_the_file_that_says_more(
    shown: bool, boardpack: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fault(*_: object, **__: object) -> None:
        raise ZeroDivisionError("somewhere within")

    monkeypatch.setattr("boardpack.pipeline.check", fault)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    if shown:
        monkeypatch.setenv("BOARDPACK_TRACEBACK", "1")
    done = boardpack("check", "--papers", write(tmp_path / "papers"))
    (kept,) = tmp_path.glob("boardpack-fault-*.txt")
    *before, last = done.err.splitlines()
    assert done.code == 4
    assert last == (
        "boardpack: this is a fault of boardpack, not of the papers (ZeroDivisionError: somewhere within);"
        f" the earlier output is as it was; report it with {kept}, which says where it was"
    )
    assert "Traceback" in kept.read_text(encoding="utf-8")
    assert ("Traceback (most recent call last):" in before) is shown


def test_a_package_that_is_not_installed_is_named_with_its_remedy(
    boardpack: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def lacking(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'yaml.nodes'", name="yaml.nodes")

    monkeypatch.setattr("boardpack.pipeline.check", lacking)
    done = boardpack("check", "--papers", write(tmp_path / "papers"))
    assert done.code == 3
    assert done.err.startswith("boardpack: the Python package `yaml` is not here; in a checkout run `.ci/setup`")


@pytest.mark.parametrize(("name", "parser"), list(parsers()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_help_text_is_whole_and_says_what_things_are(name: str, parser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "100")
    text = parser.format_help()
    assert "%" not in text.replace("%(prog)", "")
    for action in parser._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction), (name, action.dest)
    if name.count(" ") == 2:
        assert "example:" in text


# --- The guide -------------------------------------------------------------------------------------------------


def section(heading: str) -> str:
    guide = (ROOT / "docs" / "author.md").read_text(encoding="utf-8")
    return re.split(r"^## ", guide.partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]


def boardpack_in(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A line of the guide, typed in a folder where there is nothing of this repository."""
    command = [sys.executable, "-m", "boardpack", *shlex.split(line)[1:]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_first_five_minutes_go_as_the_guide_says(tmp_path: Path):
    guide = section("The first five minutes")
    lines = re.findall(r"^    (boardpack .*)$", guide, re.MULTILINE)
    form, whole = re.findall(r"^```yaml\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    begin, then = [line for line in lines if " new " in line], [line for line in lines if " new " not in line]
    said = [boardpack_in(tmp_path, line) for line in begin]
    assert [done.returncode for done in said] == [0, 0, 0]
    paper = Path(said[2].stdout.strip())
    assert form in paper.read_text(encoding="utf-8")
    assert "  - paper: opening-hours" in said[2].stderr.splitlines()
    meeting = paper.with_name("meeting.yaml")
    text = meeting.read_text(encoding="utf-8")
    meeting.write_text(text.replace("agenda:\n", "agenda:\n  - paper: opening-hours\n"), encoding="utf-8")
    paper.write_text(whole, encoding="utf-8")
    check, _, pack = then
    assert boardpack_in(tmp_path, check).stdout == "no findings in 3 files\n"
    assert boardpack_in(tmp_path, f"{pack} --no-pdf").returncode == 0
    assert (tmp_path / "output/planning/2027-01-14/reports/1-opening-hours.docx").is_file()
    assert boardpack_in(tmp_path, "boardpack new editor").returncode == 0
