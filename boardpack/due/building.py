"""`due --build`: each pack that is due is built, unless the one that lies there is as its papers are."""

from __future__ import annotations

import contextlib
import os
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from boardpack import pipeline
from boardpack.diagnostics import BoardpackError, ExitCode, Finding, MissingError, UsageError, has_errors
from boardpack.due.state import away, why_stale
from boardpack.due.values import Deadlines, Due
from boardpack.load import published
from boardpack.model.dates import long_date
from boardpack.model.sentences import listed
from boardpack.office import available, missing
from boardpack.pipeline import Outcome, Put
from boardpack.pipeline.documents import Say
from boardpack.pipeline.issue import PublishedDiffersError
from boardpack.places import Options
from boardpack.publish import explained, sweep

LOCK = ".due.lock"
"""The file in the output folder that a run holds, so that a second one does not begin."""

NO_NOTICE = 7
"""How many days before its meeting a pack is built where no rule says when it is to be published."""


class Result(StrEnum):
    """What became of a pack."""

    BUILT = "built"
    LEFT = "left"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Told:
    """One meeting: what became of its pack and why, the findings of its papers, and the trace of a fault of ours."""

    name: str
    result: Result
    why: str
    findings: tuple[Finding, ...] = ()
    files: int = 0
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a run is to do: the deadlines that it goes by, and how it builds."""

    deadlines: Deadlines
    within: int = 0
    strict: bool = False
    say: Say = field(default=lambda _: None)


def build_due(options: Options, task: Task) -> Iterator[Told]:
    """Build what is due and not there as it should be, meeting by meeting; one that fails keeps none from the next.

    A pack is due from the last working day for its publication on, or so many days (``within``) before, until its
    meeting is over.

    Raises:
        MissingError: where another run is at work, the output cannot be written, or LibreOffice is not there.
        UsageError: where the output lies with the papers.
    """
    with _alone(options):
        for each in task.deadlines.uncounted:
            yield Told(each.name, Result.FAILED, each.why)
        for due in sorted(task.deadlines.meetings, key=lambda due: (due.date, due.board, due.name)):
            if due.name:  # one that was only announced has no papers yet
                yield _one(due, options, task)


def _one(due: Due, options: Options, task: Task) -> Told:
    on = task.deadlines.on
    if due.date < on:
        return Told(due.name, Result.LEFT, f"the meeting was on {long_date(due.date)}")
    from_day = _from_day(due)
    if from_day - timedelta(task.within) > on:
        return Told(due.name, Result.LEFT, f"not due until {long_date(from_day - timedelta(task.within))}")
    try:
        return _built(due, options, task)
    except BoardpackError as error:
        return Told(due.name, Result.FAILED, str(error))
    except Exception:  # noqa: BLE001  # the last line of defence for the other packs: told with its traceback
        why = "this is a fault of boardpack, not of the papers; the earlier pack is as it was"
        return Told(due.name, Result.FAILED, why, trace=traceback.format_exc())


def _from_day(due: Due) -> date:
    """The day from which on a pack is due."""
    published = (each.working_day for each in due.deadlines if each.kind == "publication")
    return next(published, due.date - timedelta(NO_NOTICE))


def _built(due: Due, options: Options, task: Task) -> Told:
    board, _, meeting = due.name.partition("/")
    folder = options.papers / board / meeting
    out = (folder / published.NAME).is_file()
    target = pipeline.lies_at(folder, options, supplement=out)
    with explained(options.output):
        sweep(target)  # also where nothing is to be built: what was killed last may have put its pack out before
        stale = why_stale(target, options)
        lost = away(folder, options) if out else []
    outcome = _pack(due, options, task, supplement=out)  # what is out never moves: what has come since goes on from it
    if not outcome.built and out and not has_errors(outcome.findings):
        return _as_published(due, lost, options, task)
    if not outcome.built:
        return _refused(due, outcome, target)
    put = outcome.built[0]
    also = f"; {_not_there(lost)}; keep what `publish` has built" if lost else ""
    if put.kept:
        return Told(due.name, Result.LEFT, f"{_size(put)}; built before, and nothing has changed since{also}")
    return Told(due.name, Result.BUILT, f"{_size(put)}; {stale}{also}", tuple(outcome.findings), outcome.files)


def _pack(due: Due, options: Options, task: Task, *, supplement: bool = False) -> Outcome:
    wanted = pipeline.Wanted(supplement=supplement)
    return pipeline.pack(options, [due.name], today=task.deadlines.on, wanted=wanted, strict=task.strict, say=task.say)


def _as_published(due: Due, lost: Sequence[str], options: Options, task: Task) -> Told:
    """A meeting that is out and has nothing to issue: its pack is built again where it is gone, as on a new machine."""
    settled = "published, and no paper has come or changed since"
    if not lost:
        return Told(due.name, Result.LEFT, settled)
    try:
        outcome = _pack(due, options, task)
    except PublishedDiffersError as error:
        return Told(due.name, Result.LEFT, f"{settled}; {_not_there(lost)}: {error}")
    return Told(
        due.name,
        Result.BUILT,
        f"{_size(outcome.built[0])}; {settled}, but {_not_there(lost)}",
        tuple(outcome.findings),
        outcome.files,
    )


def _not_there(lost: Sequence[str]) -> str:
    return listed(lost) + (" does not lie in the output" if len(lost) == 1 else " do not lie in the output")


def _refused(due: Due, outcome: Outcome, target: Path) -> Told:
    errors = [each for each in outcome.findings if has_errors([each])]
    some = "1 error" if len(errors) == 1 else f"{len(errors)} errors"
    earlier = "the earlier pack is as it was" if target.is_dir() else "there is no earlier pack"
    why = f"{some} in the papers; {earlier}: see `boardpack check {due.name}`"
    return Told(due.name, Result.FAILED, why, tuple(outcome.findings), outcome.files)


def _size(put: Put) -> str:
    return f"{put.pages} page{'' if put.pages == 1 else 's'}{' and a public edition' if put.public else ''}"


def exit_code(told: Sequence[Told]) -> ExitCode:
    """How the command ends: with an error where any pack that is due could not be built."""
    return ExitCode.FINDINGS if any(each.result is Result.FAILED for each in told) else ExitCode.DONE


def line(told: Told) -> str:
    """A meeting's line in what the command says."""
    return f"{told.result:<6} {told.name}: {told.why}"


def summary(told: Sequence[Told]) -> str:
    """The closing line: how many packs were built, left and failed."""
    counts = [f"{sum(each.result is result for each in told)} {result.lower()}" for result in Result]
    return ", ".join(counts)


@contextlib.contextmanager
def _alone(options: Options) -> Iterator[None]:
    """Hold the output folder against a second run; the lock ends with its process, however that ends."""
    if options.output.resolve().is_relative_to(options.papers.resolve()):  # not even the lock may lie there
        raise UsageError(
            f"{options.output} lies with the papers, which a build must not replace; name another with --output"
        )
    if not available():
        raise missing()
    with contextlib.ExitStack() as stack:
        with explained(options.output):
            options.output.mkdir(parents=True, exist_ok=True)
            handle = os.open(options.output / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
            stack.callback(os.close, handle)
        _hold(handle, options)
        yield


def _hold(handle: int, options: Options) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: two runs do not disturb each other, they only do the work twice
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise MissingError(
            f"another `boardpack due --build` is at work in {options.output}; this one has done nothing"
        ) from None
