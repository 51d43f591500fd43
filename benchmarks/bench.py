"""Measures boardpack against pandoc, the usual script and one bare layout pass, on the same content.

Whole processes, best of several rounds, the rivals taking turns; what counts are the ratios within the run.
A rival that is not installed is named in the table and left out.
"""

import argparse
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import content  # noqa: E402
import references  # noqa: E402
from measure import Run, best, run  # noqa: E402
from peers import bare, compose, pandoc  # noqa: E402
from random_meeting import lost_words, read_words, write_meeting  # noqa: E402  the path above comes first
from table import Row, ratio, show  # noqa: E402

SIZES = (5, 20, 60, 200)
PAGES = (0.5, 3.6)
BUILD = [sys.executable, str(ROOT / "build.py")]
OURS, PANDOC, SCRIPT = "boardpack", "pandoc", "docxtpl + docxcompose"
SEED = 2026
LONG = 20.0  # seconds: what takes longer is timed once
PACKS = 8
HISTORY = Path(__file__).resolve().parent / "history"


@dataclass(frozen=True)
class Case:
    """The files of one size: the papers for boardpack and the same content for the others."""

    folder: Path
    meeting: Path
    content: content.Meeting
    profile: Path

    def pack(self, output: str) -> Path:
        """Where boardpack puts its pack in this output folder."""
        return self.folder / output / self.meeting.parent.name / self.meeting.name / "pack.docx"


@dataclass(frozen=True)
class Job:
    """A named command, the file that it must make, and what is missing for it, if anything is.

    It runs from nothing, or within the state that ``within`` makes and takes back.
    """

    name: str
    command: Callable[[Case], list[str]]
    makes: Callable[[Case], Path]
    missing: str = ""
    within: Callable[[Case], AbstractContextManager[None]] | None = None

    def run(self, case: Case) -> Run:
        """Run it once; to end without its file is to fail, whatever the exit code says."""
        made = self.makes(case)
        if self.within is None:
            shutil.rmtree(case.folder / made.relative_to(case.folder).parts[0], ignore_errors=True)
            made.unlink(missing_ok=True)
        with self.within(case) if self.within else nullcontext():
            result = run(self.command(case))
        return result if result.failure or made.exists() else replace(result, failure=f"no {made.name}")


@dataclass
class Results:
    """What was measured: the runs of each job, what was counted, and why something was not."""

    runs: dict[tuple[str, int], Run] = field(default_factory=dict)
    counts: dict[tuple[str, int], str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def keep(self, name: str, size: int, runs: Sequence[Run]) -> None:
        """Keep the best of a job's runs, and say why if none of them did what it should."""
        if runs:
            self.runs[name, size] = best(runs)
            if self.runs[name, size].failure:
                self.notes[f"{name}, {size:,} papers: {self.runs[name, size].failure}"] = None

    def leave_out(self, name: str, size: int, reason: str) -> None:
        self.runs[name, size] = Run(0, 0, reason)
        self.notes[f"{name}: not measured, {reason}"] = None

    def seconds(self, label: str, *names: str) -> Row:
        """A row of wall times, summed over the jobs named."""
        return Row(label, self.values(names, lambda runs: sum(each.seconds for each in runs)), " s")

    def memory(self, label: str, *names: str) -> Row:
        return Row(label, self.values(names, lambda runs: max(each.peak_mib for each in runs)), " MiB")

    def values(self, names: Sequence[str], combine: Callable[[list[Run]], float]) -> dict[int, float | str]:
        values: dict[int, float | str] = {}
        for size in {size for name, size in self.runs if name in names}:
            runs = [self.runs[name, size] for name in names if (name, size) in self.runs]
            whole = len(runs) == len(names) and not any(each.failure for each in runs)
            values[size] = combine(runs) if whole else "–"
        return values

    def counted(self, label: str, name: str) -> Row:
        return Row(label, {size: text for (each, size), text in self.counts.items() if each == name})


def jobs() -> list[Job]:
    """All that is timed at each size, in the order of a round: what needs a file comes after its maker."""
    ours = "" if (ROOT / "build.py").exists() else "build.py is not there"
    office = bare.missing()
    return [
        Job(PANDOC, pandoc_command, lambda case: case.folder / "pandoc.docx", pandoc.missing()),
        Job(SCRIPT, script_command, lambda case: case.folder / "script.docx", compose.missing()),
        pack_job("ours, Word", "words", ["--no-pdf"], ours),
        pack_job("ours, whole", "output", [], ours or office),
        replace(pack_job("nothing changed", "output", [], ours or office), within=lambda _: nullcontext()),
        replace(pack_job("one changed", "output-2", [], ours or office), within=one_changed("output")),
        replace(pack_job("one changed, Word", "words-2", ["--no-pdf"], ours), within=one_changed("words")),
        office_job("floor", lambda case: case.pack("output"), ours or office),
        office_job(f"{PANDOC}, PDF", lambda case: case.folder / "pandoc.docx", pandoc.missing() or office),
        office_job(f"{SCRIPT}, PDF", lambda case: case.folder / "script.docx", compose.missing() or office),
    ]


def pack_job(name: str, output: str, options: list[str], missing: str) -> Job:
    """One build of boardpack into an output folder of its own, so that nothing made before can serve."""

    def command(case: Case) -> list[str]:
        folders = ["--papers", str(case.folder / "papers"), "--output", str(case.folder / output)]
        return [*BUILD, "pack", str(case.meeting), *folders, *options]

    return Job(name, command, lambda case: case.pack(output), missing)


def one_changed(built: str) -> Callable[[Case], AbstractContextManager[None]]:
    """The state of an output folder with everything built, and then another title in one paper."""

    @contextmanager
    def state(case: Case) -> Iterator[None]:
        shutil.rmtree(case.folder / f"{built}-2", ignore_errors=True)
        shutil.copytree(case.folder / built, case.folder / f"{built}-2")
        paper = next(path for path in sorted(case.meeting.glob("*.yaml")) if path.stem != "meeting")
        text = paper.read_text(encoding="utf-8")
        paper.write_text("title: Another title\n" + text.partition("\n")[2], encoding="utf-8")
        yield
        paper.write_text(text, encoding="utf-8")

    return state


def office_job(name: str, document: Callable[[Case], Path], missing: str) -> Job:
    """LibreOffice alone over one Word file."""

    def command(case: Case) -> list[str]:
        return bare.command(document(case), case.folder, case.profile)

    return Job(name, command, lambda case: case.folder / f"{document(case).stem}.pdf", missing)


def pandoc_command(case: Case) -> list[str]:
    return pandoc.command(case.folder / "in.md", case.folder / "pandoc.docx")


def script_command(case: Case) -> list[str]:
    return compose.command(case.folder / "in.json", case.folder / "cover.docx", case.folder / "script.docx")


def prepare(folder: Path, papers: int, profile: Path) -> Case:
    """Write the content of one size for everyone."""
    folder.mkdir(parents=True)
    meeting = write_meeting(folder / "papers", papers, SEED, pages=PAGES)
    read = content.read_meeting(meeting)
    (folder / "in.md").write_text(content.as_markdown(read), encoding="utf-8")
    (folder / "in.json").write_text(content.as_blocks(read), encoding="utf-8")
    if not compose.missing():
        compose.write_cover(folder / "cover.docx")
    return Case(folder, meeting, read, profile)


def measure_size(case: Case, size: int, rounds: int, results: Results) -> None:
    """Run every job in turn, round by round, and keep the best of each."""
    runs: dict[str, list[Run]] = {}
    for number in range(rounds):
        for job in jobs():
            so_far = runs.setdefault(job.name, [])
            if job.missing:
                results.leave_out(job.name, size, job.missing)
            elif not so_far or so_far[-1].seconds < LONG:
                say(f"{size} papers, round {number + 1} of {rounds}: {job.name}")
                so_far.append(job.run(case))
    for name, each in runs.items():
        results.keep(name, size, each)
    for name, document, pdf in (
        (OURS, case.pack("output"), case.folder / "pack.pdf"),
        (PANDOC, case.folder / "pandoc.docx", case.folder / "pandoc.pdf"),
        (SCRIPT, case.folder / "script.docx", case.folder / "script.pdf"),
    ):
        if document.exists() and pdf.exists():
            count(case, name, size, document, pdf, results)


def count(case: Case, name: str, size: int, document: Path, pdf: Path, results: Results) -> None:
    """Count the right references, the pages, and the words of the papers that are in the Word file."""
    right = references.count_right(document, pdf, case.content)
    results.counts[f"{name}, references", size] = f"{right} of {size}"
    results.counts[f"{name}, pages", size] = str(len(references.page_texts(pdf)))
    text = references.document_text(document)
    passages = [passage for passage in read_words(case.folder / "papers") if passage.paper]
    words = sum(len(passage.words) for passage in passages)
    lost = sum(len(lost_words(passage, text)) for passage in passages)
    results.counts[f"{name}, words", size] = f"{100 * (words - lost) / words:.1f} %"


def measure_check(folder: Path, papers: int, rounds: int, results: Results) -> None:
    """Check many papers, and one, against what their goals compare them with."""
    many = folder / "many"
    meetings = [write_meeting(many, papers // 10, seed, pages=PAGES) for seed in range(10)]
    files = [str(path) for meeting in meetings for path in meeting.glob("*.yaml") if path.stem != "meeting"]
    one = ["check", files[0], "--papers", str(many)]
    schema = str(ROOT / "schemas" / "paper.schema.json")
    tool = "" if importlib.util.find_spec("check_jsonschema") else "it is not installed"
    peer = [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *files]
    timed = [
        ("ours, check", papers, [*BUILD, "check", "--papers", str(many)], ""),
        ("check-jsonschema", papers, peer, tool),
        ("ours, check", 1, [*BUILD, *one], ""),
        ("imports", 1, [sys.executable, "-c", "import docxtpl, markdown, yaml"], compose.missing()),
    ]
    runs: dict[tuple[str, int], list[Run]] = {}
    for number in range(rounds):
        for name, size, command, lacking in timed:
            so_far = runs.setdefault((name, size), [])
            if lacking:
                results.leave_out(name, size, lacking)
            elif not so_far or so_far[-1].seconds < LONG:
                say(f"check of {size:,}, round {number + 1} of {rounds}: {name}")
                so_far += [run(command) for _ in range(5 if size == 1 else 1)]
    for (name, size), each in runs.items():
        results.keep(name, size, each)


def measure_side_by_side(folder: Path, rounds: int, results: Results) -> None:
    """Several packs in one command: one after another, and two at a time."""
    papers = folder / "several"
    meetings = [str(write_meeting(papers, 5, seed, pages=PAGES)) for seed in range(PACKS)]
    places = ["--papers", str(papers), "--output", str(folder / "several-out")]
    runs: dict[str, list[Run]] = {"one after another": [], "side by side": []}
    for number in range(rounds):
        for name, more in (("one after another", []), ("side by side", ["--jobs", "2"])):
            say(f"{PACKS} packs, round {number + 1} of {rounds}: {name}")
            shutil.rmtree(folder / "several-out", ignore_errors=True)
            if not bare.missing():
                runs[name].append(run([*BUILD, "pack", *meetings, *places, *more]))
    for name, each in runs.items():
        results.keep(name, 5, each)


def table_rows(results: Results) -> list[Row]:
    """Every row of the table: the times, their ratios with the goals, what was counted, memory."""
    words = results.seconds(f"Word files: {OURS}", "ours, Word")
    by_pandoc = results.seconds(f"Word file: {PANDOC}", PANDOC)
    by_script = results.seconds(f"Word file: {SCRIPT}", SCRIPT)
    whole = results.seconds(f"whole build with PDF: {OURS}", "ours, whole")
    floor = results.seconds("floor: one bare soffice pass over its pack", "floor")
    check = results.seconds(f"check: {OURS}", "ours, check")
    tool = results.seconds("check: check-jsonschema", "check-jsonschema")
    imports = results.seconds("import docxtpl, markdown, yaml", "imports")
    again = results.seconds("nothing changed", "nothing changed")
    changed = results.seconds("one paper changed", "one changed")
    changed_words = results.seconds("one paper changed, Word files", "one changed, Word")
    one_by_one = results.seconds(f"{PACKS} packs, one after another", "one after another")
    jobs_2 = results.seconds(f"{PACKS} packs, --jobs 2", "side by side")
    names = (OURS, PANDOC, SCRIPT)
    return [
        words, by_pandoc, by_script,
        ratio(f"Word files ÷ {PANDOC}", words, by_pandoc, 0.5),
        ratio(f"Word files ÷ {SCRIPT}", words, by_script, 0.07),
        whole, floor,
        results.seconds(f"{PANDOC} + soffice", PANDOC, f"{PANDOC}, PDF"),
        results.seconds(f"{SCRIPT} + soffice", SCRIPT, f"{SCRIPT}, PDF"),
        ratio("whole build ÷ floor", whole, floor, 1.25),
        per_paper(whole),
        again, changed, changed_words, one_by_one, jobs_2,
        judged(ratio("nothing changed ÷ whole build", again, whole, 0.05), 60),
        judged(ratio("one paper changed ÷ whole build", changed, whole, 0.35), 60),
        judged(ratio("one paper changed ÷ Word files", changed_words, words, 0.1), 60),
        ratio("--jobs 2 ÷ one after another", jobs_2, one_by_one, 1 / 1.7),
        check, tool, imports,
        ratio("check ÷ check-jsonschema", check, tool, 0.2),
        ratio("check of one ÷ import", check, imports, 1.0),
        *(results.counted(f"references right on opening: {name}", f"{name}, references") for name in names),
        *(results.counted(f"words of the papers kept: {name}", f"{name}, words") for name in names),
        *(results.counted(f"pages: {name}", f"{name}, pages") for name in names),
        results.memory(f"peak memory, Word files: {OURS}", "ours, Word"),
        results.memory(f"peak memory, whole build: {OURS}", "ours, whole"),
        results.memory(f"peak memory: {PANDOC} + soffice", PANDOC, f"{PANDOC}, PDF"),
        results.memory(f"peak memory: {SCRIPT} + soffice", SCRIPT, f"{SCRIPT}, PDF"),
    ]  # fmt: skip


def per_paper(whole: Row) -> Row:
    """The time a paper takes at each size, as a multiple of that at 20 papers."""
    base = whole.values.get(20)
    values: dict[int, float | str] = {}
    if isinstance(base, float):
        values |= {
            size: (value / size) / (base / 20) for size, value in whole.values.items() if isinstance(value, float)
        }
    return Row("time a paper ÷ that at 20", values, " ×", 1.15, judged=(200,))


def judged(row: Row, *sizes: int) -> Row:
    """A row whose goal is for some sizes alone."""
    return replace(row, judged=sizes)


def machine() -> dict[str, str | int | None]:
    office = "" if bare.missing() else subprocess.check_output([bare.program(), "--version"], text=True).strip()
    system = {"system": platform.system(), "cores": os.cpu_count(), "python": platform.python_version()}
    return {**system, "office": office}


def history(rows: Sequence[Row], results: Results) -> str:
    """The run as JSON, to be kept and compared: what can be compared between machines, and that is the ratios."""
    measures = [
        {"measure": row.label, "values": {str(size): value for size, value in sorted(row.values.items())}}
        | ({"goal": row.goal, "verdict": row.verdict()} if row.goal is not None else {})
        for row in rows
        if row.goal is not None
    ]
    day = datetime.now(UTC).date().isoformat()
    return json.dumps({"date": day, "machine": machine(), "measures": measures, "notes": list(results.notes)}, indent=1)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of papers, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed; the best counts")
    parser.add_argument("--quick", action="store_true", help="5 and 20 papers, one round, a check of 100")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="where the ratios go; else benchmarks/history/DATE.json"
    )
    return parser.parse_args()


def main() -> None:
    options = arguments()
    sizes = [5, 20] if options.quick else [int(size) for size in options.sizes.split(",")]
    rounds, papers = (1, 100) if options.quick else (options.rounds, 1_000)
    results = Results()
    with tempfile.TemporaryDirectory(prefix="boardpack-bench-") as name:
        work = Path(name)
        warm_up(work)
        for size in sizes:
            measure_size(prepare(work / str(size), size, work / "profile"), size, rounds, results)
        measure_check(work, papers, rounds, results)
        measure_side_by_side(work, rounds, results)
    rows = table_rows(results)
    print(show(rows, sorted({1, *sizes, papers})))
    for note in results.notes:
        print(f"note: {note}")
    if options.json or not options.quick:
        target = options.json or HISTORY / f"{datetime.now(UTC).date().isoformat()}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(history(rows, results) + "\n", encoding="utf-8")


def warm_up(work: Path) -> None:
    """One small build and one conversion that do not count: profiles made, files in memory."""
    case = prepare(work / "warm", 1, work / "profile")
    for job in jobs():
        if not job.missing and job.within is None:
            say(f"warming up: {job.name}")
            job.run(case)


if __name__ == "__main__":
    main()
