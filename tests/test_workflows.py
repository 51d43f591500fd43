"""The unattended builds: workflows that pin what they use and may do little, and whose steps do what they say."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from issued import issue_again
from reading import ROOT, SCHEMAS

from boardpack.places import Options

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTS = [path for path in sorted((ROOT / ".ci").iterdir()) if path.read_bytes().startswith(b"#!/usr/bin/env bash")]
CONTAINERFILE = ROOT / "Containerfile"
BASH = shutil.which("bash") or "/bin/bash"


class _Plain(yaml.SafeLoader):
    """YAML in which `on` is a word, as the workflows mean it."""


_Plain.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in each if tag != "tag:yaml.org,2002:bool"]
    for sign, each in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def workflow(name: str) -> dict[str, Any]:
    return yaml.load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8"), _Plain)


def steps(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each step of a workflow with the name of its job."""
    for job, content in workflow(path.stem)["jobs"].items():
        yield from ((job, step) for step in content["steps"])


def shell(block: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BASH, "-n", "-c", block], capture_output=True, text=True, check=False)


# --- What the workflows may do ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(path: Path):
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    for each in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", each), each


def test_an_action_is_the_same_everywhere():
    used = {each for path in WORKFLOWS for each in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))}
    assert len(used) == len({each.partition("@")[0] for each in used})


MORE = {"release": {"contents": "write"}, "alarm": {"contents": "read", "issues": "write"}}
"""What jobs may do beyond reading; neither installs anything, runs the program or reads the papers."""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_job_may_read_and_only_releases_and_alarms_may_write(path: Path):
    content = workflow(path.stem)
    assert content["permissions"] == {}
    for name, job in content["jobs"].items():
        assert job["permissions"] == MORE.get(name, {"contents": "read"})
        assert job["timeout-minutes"]
        if name in MORE:
            assert [step["run"].split()[0] for step in job["steps"] if "run" in step] == [f".ci/{name}"]
            assert "pull_request" not in job["if"]
            assert "refs/heads/{0}" in job["if"]  # a tag may be called like the branch


def test_which_day_it_is_goes_by_london():
    assert workflow("papers")["env"]["TZ"] == "Europe/London"
    assert yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["variables"]["TZ"] == "Europe/London"
    last = CONTAINERFILE.read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    assert " tzdata" in last
    assert "TZ=Europe/London" in last


def test_runs_by_the_clock_and_by_hand_wait_for_each_other():
    group = workflow("papers")["concurrency"]["group"]
    assert "github.event_name == 'workflow_dispatch' && 'schedule' ||" in group


@pytest.mark.parametrize(
    ("said", "public"), [("private", "false"), ("internal", "true"), ("public", "true"), ("", "true")]
)
def test_who_cannot_be_told_to_be_alone_gets_the_public_edition(tmp_path: Path, said: str, public: str):
    write(tmp_path, "bin/gh", f"#!/bin/sh\n[ -n '{said}' ] && echo {said}\n")
    (tmp_path / "bin/gh").chmod(0o755)
    (block,) = (step["run"] for step in workflow("papers")["jobs"]["repository"]["steps"])
    surroundings = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "GITHUB_OUTPUT": str(tmp_path / "told")}
    done = run(tmp_path, BASH, "-eo", "pipefail", "-c", block, GITHUB_REPOSITORY="house/papers", **surroundings)
    assert (done.returncode, (tmp_path / "told").read_text("utf-8")) == (0, f"public={public}\n")
    for job in yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")).values():
        for line in job.get("script", ()) if isinstance(job, dict) else ():
            if "PUBLIC" in line:
                told = run(tmp_path, BASH, "-c", f"{line}\necho $PUBLIC", CI_PROJECT_VISIBILITY=said)
                assert told.stdout == f"{public}\n"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_change_from_outside_runs_without_rights(path: Path):
    text = path.read_text(encoding="utf-8")
    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert "secrets." not in text
    for _, step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_words_of_a_change_are_put_into_a_script(path: Path):
    blocks = [step["run"] for _, step in steps(path) if "run" in step]
    assert blocks
    assert [block for block in blocks if "${{" in block] == []


def test_releases_come_of_the_default_branch_and_of_no_change():
    jobs = workflow("papers")["jobs"]
    assert "github.event.repository.default_branch" in jobs["release"]["if"]
    assert jobs["release"]["needs"] == "due"
    assert "pull_request" not in jobs["due"]["if"]


# --- That the steps can be read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_step_is_good_shell(path: Path):
    blocks = [step["run"] for _, step in steps(path) if "run" in step]
    assert [block for block in blocks if shell(block).returncode] == []


def test_every_step_of_gitlab_is_good_shell():
    content = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    blocks = [line for job in content.values() if isinstance(job, dict) for line in job.get("script", ())]
    assert len(blocks) > 5
    assert [block for block in blocks if shell(block).returncode] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_good_shell_and_can_be_run(path: Path):
    assert shell(path.read_text(encoding="utf-8")).stderr == ""
    assert os.access(path, os.X_OK)


# --- The runbook ----------------------------------------------------------------------------------------------------


def told_by_the_program() -> str:
    """Everything that the program and the scripts can say, with what they put into it left out."""
    sources = [*ROOT.glob("boardpack/**/*.py"), *(ROOT / ".ci").iterdir()]
    told = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    told = re.sub(r"\"\s*\n\s*f?\"", "", told)  # a sentence on two lines
    return re.sub(r"\{[^{}]*\}", "…", told)


def quoted_in_the_runbook() -> list[str]:
    """What the tables of the runbook say that the program says."""
    text = (ROOT / "docs" / "automatic-build.md").read_text(encoding="utf-8")
    _, _, runbook = text.partition("## When it fails")
    first = [line.split(" | ")[0] for line in runbook.splitlines() if line.startswith("| ")]
    spans = [span for cell in first for span in re.findall(r"`` (.*?) ``|`((?:[^`]|`[^`]*` )+?)`(?=[,; |]|$)", cell)]
    return [each for span in spans for each in span if " " in each]


@pytest.mark.parametrize("quoted", quoted_in_the_runbook())
def test_the_program_says_what_the_runbook_quotes(quoted: str):
    pieces = [piece.strip(":, ") for piece in re.split(r"…|[0-9]+(?: errors?)?|[`;]|output/.due.lock", quoted)]
    said = told_by_the_program()
    assert [piece for piece in pieces if len(piece) > 3 and piece not in said] == []


# --- The container ------------------------------------------------------------------------------------------------


def test_the_container_has_no_root_and_packages_by_their_hashes():
    text = CONTAINERFILE.read_text(encoding="utf-8")
    last = text[text.rindex("\nFROM ") :]
    assert re.findall(r"^USER (.*)$", last, re.MULTILINE)[-1] not in {"root", "0"}
    assert "--require-hashes" in text
    images = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert [image for image in images if ":" not in image or image.endswith(":latest")] == []
    assert re.findall(r"^(?:ADD|SHELL|VOLUME)\b|\bsudo\b|curl |wget ", text, re.MULTILINE) == []
    installed = text.count("apt-get install")
    assert text.count("rm -rf /var/lib/apt/lists/*") == text.count("--no-install-recommends") == installed


def test_the_container_brings_what_the_set_up_asks_for():
    set_up = (ROOT / ".ci" / "setup").read_text(encoding="utf-8")
    asked = set(re.findall(r"\b(fonts-[a-z-]+|libreoffice-writer-nogui)\b", set_up))
    assert {each for each in asked if each not in CONTAINERFILE.read_text(encoding="utf-8")} == set()


# --- The scripts --------------------------------------------------------------------------------------------------


def run(folder: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=A Member", "-c", "user.email=a.member@example.org", "-c", "commit.gpgsign=false")
    done = run(folder, "git", *who, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def commit(clone: Path) -> str:
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "A change")
    return git(clone, "rev-parse", "HEAD")


SOON = (date.today() + timedelta(3)).isoformat()  # noqa: DTZ011  # the day that the command itself goes by


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A checkout with the scripts, the program and two small meetings."""
    if shutil.which("git") is None:
        pytest.skip("needs Git")
    folder = tmp_path / "clone"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    shutil.copy(ROOT / "build.py", folder)
    for name in ("boardpack", "templates", "schemas"):
        (folder / name).symlink_to(ROOT / name)
    write(folder, ".venv/bin/python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (folder / ".venv/bin/python").chmod(0o755)
    write(folder, ".gitignore", "/.venv/\n/output/\n/packs/\n*.txt\n/findings.json\n/boardpack\n/templates\n/schemas\n")
    write(folder, "papers/partnership/board.yaml", "name: Example Partnership\nnotice: {statute: none}\n")
    for day in ("2010-03-11", SOON):
        write(folder, f"papers/partnership/{day}/meeting.yaml", f"date: {day}\nagenda:\n  - paper: funding\n")
        write(
            folder,
            f"papers/partnership/{day}/funding.yaml",
            "title: Funding\nauthor: A Dawlish\npurpose: information\n",
        )
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(folder))
    commit(folder)
    return folder


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        (["papers/partnership/2010-03-11/funding.yaml"], ["2010-03-11"]),
        (["papers/partnership/2010-03-11/data/a b.csv"], ["2010-03-11"]),
        (["papers/partnership/board.yaml"], [SOON]),
        (["papers/partnership/notes.txt", "README.md"], []),
        (["papers/other/2010-03-11/funding.yaml"], []),
        ([f"papers/partnership/{SOON}/meeting.yaml", "papers/partnership/2010-03-11/é.png"], ["2010-03-11", SOON]),
    ],
)
def test_the_meetings_that_a_change_touches(clone: Path, changed: list[str], touched: list[str]):
    base = git(clone, "rev-parse", "HEAD")
    for name in changed:
        path = clone / name
        write(clone, name, (path.read_text(encoding="utf-8") if path.exists() else "") + "# a remark\n")
    git(clone, "add", "--force", *changed)
    commit(clone)
    done = run(clone, ".ci/touched", base)
    assert (done.returncode, done.stdout.split()) == (0, [f"papers/partnership/{each}" for each in touched])


def test_a_paper_that_was_moved_touches_the_meeting_that_it_has_left(clone: Path):
    base = git(clone, "rev-parse", "HEAD")
    git(clone, "mv", "papers/partnership/2010-03-11/funding.yaml", f"papers/partnership/{SOON}/more.yaml")
    commit(clone)
    done = run(clone, ".ci/touched", base)
    assert done.stdout.split() == [f"papers/partnership/{each}" for each in ("2010-03-11", SOON)]


@pytest.mark.parametrize(
    ("dress", "touched"),
    [("templates/example/cover.docx", True), ("templates/default/cover.docx", True), ("templates/exam/x.docx", False)],
)
def test_a_change_of_templates_touches_the_latest_meeting_of_each_board_in_them(clone: Path, dress: str, touched: bool):
    (clone / "templates").unlink()
    write(clone, "papers/partnership/board.yaml", "name: Example Partnership\ntemplates: example # the house\n")
    write(clone, ".gitignore", "/.venv/\n/boardpack\n/schemas\n")
    base = commit(clone)
    write(clone, dress, "another cover")
    commit(clone)
    assert run(clone, ".ci/touched", base).stdout.split() == [f"papers/partnership/{SOON}"] * touched


@pytest.mark.parametrize("name", ["a\nb.yaml", 'a"b.yaml', "a\\b.yaml", "$(touch x).yaml", "--output.yaml"])
def test_a_name_of_a_file_is_a_name_and_nothing_else(clone: Path, name: str):
    base = git(clone, "rev-parse", "HEAD")
    write(clone, f"papers/partnership/2010-03-11/{name}", "title: Funds\n")
    commit(clone)
    done = run(clone, ".ci/touched", base)
    assert (done.stdout, done.stderr) == ("papers/partnership/2010-03-11\n", "")
    told = run(clone, ".ci/summary", base, "findings.json", "packs", "output").stdout
    assert "- new: " in told
    assert not (clone / "x").exists()


@pytest.mark.parametrize("base", ["", "0" * 40, "no-such-branch"])
def test_where_nothing_can_be_compared_the_last_change_counts(clone: Path, base: str):
    assert len(run(clone, ".ci/touched", base).stdout.split()) == 2  # the first commit of all
    write(
        clone, "papers/partnership/2010-03-11/funding.yaml", "title: Funds\nauthor: A Dawlish\npurpose: information\n"
    )
    commit(clone)
    assert run(clone, ".ci/touched", base).stdout.split() == ["papers/partnership/2010-03-11"]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder: one meeting that withholds something, one that does not, one that was built without its PDF.

    The last withholds an appendix alone, of which no item of its manifest tells.
    """
    folder = tmp_path / "output"
    for name, withheld in (("open", False), ("half", True), ("bare", True)):
        write(folder, f"board/{name}/pack.docx", f"members {name}")
        write(folder, f"board/{name}/pack.pdf", f"members {name}")
        write(folder, f"board/{name}/findings.html", "findings")
        manifest = {"edition": "members", "withholds": withheld, "items": [{"last_page": 4}]}
        write(folder, f"board/{name}/manifest.json", json.dumps(manifest, indent=2) + "\n")
    write(folder, "board/half/public/pack.docx", "public half")
    write(folder, "board/half/public/pack.pdf", "public half")
    return folder


def collected(output: Path, target: Path, **environment: str) -> tuple[int, dict[str, str]]:
    done = run(ROOT, ".ci/collect", output, target, **environment)
    files = {
        path.relative_to(target).as_posix(): path.read_text("utf-8") for path in target.rglob("*") if path.is_file()
    }
    return done.returncode, files


@pytest.mark.parametrize("public", ["true", "", "yes", "False"])
def test_what_everybody_can_read_is_the_public_edition(output: Path, tmp_path: Path, public: str):
    code, files = collected(output, tmp_path / "packs", PUBLIC=public)
    assert code == 1  # of the third there is nothing that may be handed out
    assert files == {
        "board/open/pack.docx": "members open",
        "board/open/pack.pdf": "members open",
        "board/half/pack.docx": "public half",
        "board/half/pack.pdf": "public half",
    }


def test_a_closed_repository_has_everything(output: Path, tmp_path: Path):
    code, files = collected(output, tmp_path / "packs", PUBLIC="false")
    assert (code, len(files)) == (0, 14)


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "{}",
        '{\n  "edition": "members"\n}\n',
        '{\n  "withholds": true\n}\n',
        '{\n  "items": [\n    {\n      "title": "\\"withholds\\": false,"\n    }\n  ]\n}\n',
        '{\n  "withholds": true,\n  "versions": {\n    "withholds": false\n  }\n}\n',
    ],
)
def test_a_pack_that_does_not_say_that_it_is_open_is_left_out(tmp_path: Path, manifest: str | None):
    write(tmp_path, "output/board/bare/pack.docx", "members")
    if manifest is not None:
        write(tmp_path, "output/board/bare/manifest.json", manifest)
    assert collected(tmp_path / "output", tmp_path / "packs", PUBLIC="true") == (1, {})


def test_a_supplement_is_collected_like_a_pack(tmp_path: Path):
    for name, withheld in (("open", False), ("half", True), ("bare", True)):
        folder = f"output/board/{name}-supplement-1"
        write(tmp_path, f"{folder}/supplement.docx", f"members {name}")
        write(tmp_path, f"{folder}/manifest.json", json.dumps({"withholds": withheld}, indent=2))
    write(tmp_path, "output/board/half-supplement-1/public/supplement.docx", "public half")
    code, files = collected(tmp_path / "output", tmp_path / "packs", PUBLIC="true")
    assert code == 1
    assert files == {
        "board/open-supplement-1/supplement.docx": "members open",
        "board/half-supplement-1/supplement.docx": "public half",
    }


GH = """#!/usr/bin/env bash
# A release is a folder; what was called is written down.
set -euo pipefail
echo "$*" >>"$GH_LOG"
tag=$3 folder=$GH_RELEASES/$3
case "$2" in
  view) [ -d "$folder" ] && { [ $# = 3 ] || ls "$folder"; } ;;
  create | upload)
    mkdir -p "$folder"
    for file in "${@:4}"; do
      [ ! -f "$file" ] || [ "$file" != "${GH_BREAKS:-}" ] || exit 1
      [ ! -f "$file" ] || cp "$file" "$folder"
    done ;;
  delete-asset) rm "$folder/$4" ;;
  download) cp "$folder/SHA256SUMS" "${@: -1}" ;;
esac
"""


@pytest.fixture
def gh(tmp_path: Path) -> dict[str, str]:
    """What has `gh` be a program that keeps releases in a folder."""
    write(tmp_path, "bin/gh", GH)
    (tmp_path / "bin/gh").chmod(0o755)
    return {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "GH_LOG": str(tmp_path / "log"),
        "GH_RELEASES": str(tmp_path / "releases"),
    }


def test_a_pack_is_released_once_and_again_when_it_changes(output: Path, tmp_path: Path, gh: dict[str, str]):
    packs = tmp_path / "packs"
    collected(output, packs, PUBLIC="true")
    write(packs, "board/open-supplement-1/supplement.docx", "members, late")
    write(packs, "board/open-supplement-1/supplement.pdf", "members, late")
    first = run(ROOT, ".ci/release", packs, **gh)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        "board/half: released as pack-board-half",
        "board/open: released as pack-board-open",
        "board/open-supplement-1: released as pack-board-open-supplement-1",
    ]
    again = run(ROOT, ".ci/release", packs, **gh)
    assert again.stdout.splitlines() == [
        "board/half: as released",
        "board/open: as released",
        "board/open-supplement-1: as released",
    ]
    write(packs, "board/open/pack.docx", "members open, changed")
    changed = run(ROOT, ".ci/release", packs, **gh)
    assert "board/open: pack-board-open brought up to date" in changed.stdout.splitlines()
    assert "The supplement of board/open-supplement-1." in (tmp_path / "log").read_text("utf-8")
    assert (tmp_path / "releases/pack-board-open/pack.docx").read_text("utf-8") == "members open, changed"
    assert not (tmp_path / "releases/pack-board-half/findings.html").exists()


def test_a_release_holds_nothing_that_its_pack_no_longer_has(output: Path, tmp_path: Path, gh: dict[str, str]):
    packs, released = tmp_path / "packs", tmp_path / "releases/pack-board-open"
    write(output, "board/open/minutes.pdf", "minutes")
    collected(output, packs, PUBLIC="true")
    run(ROOT, ".ci/release", packs, **gh)
    write(released, "large-print.pdf", "put up by hand")
    (packs / "board/open/minutes.pdf").unlink()
    assert run(ROOT, ".ci/release", packs, **gh).returncode == 0
    assert sorted(path.name for path in released.iterdir()) == [
        "SHA256SUMS",
        "large-print.pdf",
        "pack.docx",
        "pack.pdf",
    ]


def test_a_release_that_fails_keeps_none_from_the_next_and_is_made_again(
    output: Path, tmp_path: Path, gh: dict[str, str]
):
    packs = tmp_path / "packs"
    collected(output, packs, PUBLIC="true")
    run(ROOT, ".ci/release", packs, **gh)
    for name in ("half", "open"):
        write(packs, f"board/{name}/pack.pdf", "changed")
    broken = run(ROOT, ".ci/release", packs, **gh, GH_BREAKS=str(packs / "board/half/pack.pdf"))
    assert (broken.returncode, broken.stdout) == (1, "board/open: pack-board-open brought up to date\n")
    assert (tmp_path / "releases/pack-board-half/pack.pdf").read_text("utf-8") == "public half"
    again = run(ROOT, ".ci/release", packs, **gh)
    assert "board/half: pack-board-half brought up to date" in again.stdout
    assert (tmp_path / "releases/pack-board-half/pack.pdf").read_text("utf-8") == "changed"


ALARM = """#!/usr/bin/env bash
set -euo pipefail
echo "$*" >>"$GH_LOG"
[ -z "${GH_CLOSED:-}" ] || exit 1
[ "$2" != list ] || echo "${GH_ISSUE:-}"
"""


@pytest.mark.parametrize(
    ("result", "issue", "called"),
    [
        ("failed", "", "issue create --title What is due was not built"),
        ("failed", "7", "issue comment 7 --body It has failed again: https://example.org/run"),
        ("built", "7", "issue close 7 --comment"),
        ("built", "", None),
    ],
)
def test_a_run_that_fails_opens_one_issue_until_it_works_again(
    tmp_path: Path, gh: dict[str, str], result: str, issue: str, called: str | None
):
    write(tmp_path, "bin/gh", ALARM)
    done = run(ROOT, ".ci/alarm", result, "https://example.org/run", **gh, GH_ISSUE=issue)
    assert (done.returncode, done.stderr) == (0, "")
    asked, *more = (tmp_path / "log").read_text("utf-8").splitlines()
    assert asked.startswith("issue list --state open")
    assert more[:1] == [line for line in more[:1] if called and line.startswith(called)]
    assert bool(more) == bool(called)


def test_where_there_are_no_issues_only_a_failure_fails(tmp_path: Path, gh: dict[str, str]):
    write(tmp_path, "bin/gh", ALARM)
    assert run(ROOT, ".ci/alarm", "built", "https://example.org/run", **gh, GH_CLOSED="yes").returncode == 0
    assert run(ROOT, ".ci/alarm", "failed", "https://example.org/run", **gh, GH_CLOSED="yes").returncode == 1


# --- The steps, in a fresh checkout -------------------------------------------------------------------------------


def job(name: str, clone: Path, **environment: str) -> list[tuple[str, subprocess.CompletedProcess[str]]]:
    """Run the steps of a job as the runner does, but for those that install; a step that needs success is left out."""
    done: list[tuple[str, subprocess.CompletedProcess[str]]] = []
    files = {"GITHUB_STEP_SUMMARY": str(clone / "summary.txt"), "GITHUB_OUTPUT": str(clone / "output.txt")}
    for step in workflow("papers")["jobs"][name]["steps"]:
        block = step.get("run", "")
        if not block or "apt-get" in block or ".ci/setup" in block:
            continue
        if "cancelled()" not in step.get("if", "") and any(each.returncode for _, each in done):
            continue
        ran = run(clone, BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", block, **files, **environment)
        done.append((step["name"], ran))
    return done


def test_a_change_is_checked_built_and_told(clone: Path):
    base = git(clone, "rev-parse", "HEAD")
    write(
        clone, "papers/partnership/2010-03-11/funding.yaml", "title: Funds|<b>\nauthor: A Dawlish\npurpose: decision\n"
    )
    commit(clone)
    done = job("change", clone, BASE=base, PUBLIC="true")
    assert [each.returncode for _, each in done] == [0, 0, 0], done
    assert "::warning file=papers/partnership/2010-03-11/funding.yaml" in done[0][1].stdout
    assert sorted(path.name for path in (clone / "packs/partnership/2010-03-11").glob("*.*")) == [
        "agenda.docx",
        "pack.docx",
        "pack.pdf",
    ]
    told = (clone / "summary.txt").read_text("utf-8")
    assert "| partnership/2010-03-11 | 2 | nothing is withheld |" in told
    assert "1 warning" in told
    assert "- changed: papers/partnership/2010-03-11/funding.yaml" in told


def test_a_change_with_errors_fails_and_says_which(clone: Path):
    base = git(clone, "rev-parse", "HEAD")
    write(
        clone,
        "papers/partnership/2010-03-11/funding.yaml",
        "titel: Funds | <b>x</b>\nauthor: A\npurpose: information\n",
    )
    commit(clone)
    check, pack, summary = (each for _, each in job("change", clone, BASE=base, PUBLIC="true"))
    assert (check.returncode, pack.returncode != 0, summary.returncode) == (1, True, 0)
    assert "::error file=papers/partnership/2010-03-11/funding.yaml,line=1" in check.stdout
    told = (clone / "summary.txt").read_text("utf-8")
    assert (
        "None: the change touches no meeting, nothing has come since its papers went out, or there are errors." in told
    )
    assert r"| papers/partnership/2010-03-11/funding.yaml:1 | error | \`titel\` is not a key" in told


def test_a_fault_in_one_meeting_keeps_the_others_from_nothing(clone: Path):
    base = git(clone, "rev-parse", "HEAD")
    write(clone, "papers/partnership/2010-03-11/funding.yaml", "titel: Funds\nauthor: A\npurpose: information\n")
    write(clone, f"papers/partnership/{SOON}/funding.yaml", "title: Funds\nauthor: A\npurpose: information\n")
    commit(clone)
    _, pack, summary = (each for _, each in job("change", clone, BASE=base, PUBLIC="true"))
    assert (pack.returncode, summary.returncode) == (1, 0)
    assert [path.parent.name for path in clone.glob("packs/*/*/pack.pdf")] == [SOON]


def test_what_has_come_since_its_papers_were_published_is_built_as_a_supplement(clone: Path):
    options = Options(clone / "papers", clone / "output", (ROOT / "templates",), SCHEMAS)
    issue_again(options, "partnership/2010-03-11")
    base = commit(clone)
    write(clone, "papers/partnership/2010-03-11/funding.yaml", "title: Funds\nauthor: A Dawlish\npurpose: decision\n")
    commit(clone)
    done = job("change", clone, BASE=base, PUBLIC="true")
    assert [each.returncode for _, each in done] == [0, 0, 0], done
    assert "| partnership/2010-03-11-supplement-1 | 2 | nothing is withheld |" in (clone / "summary.txt").read_text(
        "utf-8"
    )


def test_a_check_that_was_cut_short_is_not_told_as_none(tmp_path: Path):
    write(tmp_path, "findings.json", "")
    told = run(tmp_path, ROOT / ".ci/summary", "HEAD", "findings.json", "packs", "output").stdout
    assert "Not known: the check did not come to its end." in told


def test_errors_are_told_before_warnings(tmp_path: Path):
    found = [
        {"path": "a.yaml", "line": 1, "severity": each, "message": "m", "code": each} for each in ("warning", "error")
    ]
    write(tmp_path, "findings.json", json.dumps(found))
    told = run(tmp_path, ROOT / ".ci/summary", "HEAD", "findings.json", "packs", "output").stdout
    assert told.index("| error |") < told.index("| warning |")


def test_what_is_due_is_built_and_told(clone: Path):
    write(clone, "papers/partnership/2099-01-01/meeting.yaml", "date: 2099-01-01\nagenda: [Welcome]\n")
    done = job("due", clone, PUBLIC="true")
    assert [each.returncode for _, each in done] == [0, 0, 0], done
    assert "packs=1\n" in (clone / "output.txt").read_text("utf-8")
    assert f"built  partnership/{SOON}: 2 pages; it had not been built" in (clone / "summary.txt").read_text("utf-8")
    assert (clone / f"packs/partnership/{SOON}/pack.pdf").is_file()


def test_a_meeting_that_fails_fails_the_run_and_the_others_are_collected(clone: Path):
    day = (date.today() + timedelta(2)).isoformat()  # noqa: DTZ011  # as above
    write(clone, f"papers/partnership/{day}/meeting.yaml", f"date: {day}\nagenda:\n  - paper: lost\n")
    built, told, packs = (each for _, each in job("due", clone, PUBLIC="true"))
    assert (built.returncode, told.returncode, packs.returncode) == (1, 0, 0)
    assert "1 built, 0 left, 1 failed" in built.stdout
    assert told.stdout.startswith(f"::error title=A pack that is due was not built::partnership/{day}: 1 error in ")
    assert (clone / f"packs/partnership/{SOON}/pack.pdf").is_file()


def test_a_pack_that_may_not_be_handed_out_fails_the_run_and_the_others_are_released(clone: Path):
    write(clone, "output/partnership/2010-03-11/pack.docx", "members")
    *_, packs = (each for _, each in job("due", clone, PUBLIC="true"))
    assert packs.returncode == 1
    assert (clone / "output.txt").read_text("utf-8") == "packs=1\n"


def test_a_build_that_did_not_come_to_its_end_says_so(clone: Path):
    write(clone, ".venv/bin/python", "#!/bin/sh\necho 'boardpack: LibreOffice is not on this machine' >&2\nexit 3\n")
    built, *_ = (each for _, each in job("due", clone, PUBLIC="true"))
    assert built.returncode == 3
    assert "did not come to its end" in (clone / "summary.txt").read_text("utf-8")
