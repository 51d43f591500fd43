"""Several meetings at once: each is a task of its own, for the processes of this machine or the workers of a cluster.

A task needs nothing but what it is given. On this machine, and on workers that share its folders, it reads the papers
and writes the output itself. Otherwise the papers are sent along and the finished files come back; they are put out
here, one meeting after the other, whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

from boardpack.diagnostics import BoardpackError, ExitCode, Finding, MissingError
from boardpack.pipeline import Outcome, Put, pack, still_right
from boardpack.pipeline.current import fingerprints
from boardpack.pipeline.documents import Say
from boardpack.pipeline.tasks import Parcel, Request, Shipped, elsewhere, here, parcel
from boardpack.pipeline.workers import Pool, alone
from boardpack.places import Options, coming, meeting_folders
from boardpack.publish import put, refuse_foreign


class WorkerLostError(BoardpackError):
    """A process that was building has ended without a word."""

    exit_code = ExitCode.FAULT


@dataclass(frozen=True, slots=True)
class Done:
    """What was built, with its findings, and why others could not be: their faults that are no findings."""

    outcome: Outcome
    failed: tuple[Exception, ...] = ()


def pack_all(options: Options, named: Sequence[str], request: Request, pool: Pool, say: Say) -> Done:
    """Build each meeting as a task of its own; findings and packs come in the order of the names.

    A meeting with errors in its papers, or with a fault, keeps no other from being built. A pack that lies there as it
    should be stays, and is no task. The meeting of a single paper is built here.
    """
    options = options.absolute()
    names = list(named) or coming(options.papers, request.today)
    folders = meeting_folders(options.papers, names)
    if not folders:  # a single paper, or what is not there, of which the usual words tell
        today, wanted, strict = request.today, request.wanted, request.strict
        return Done(pack(options, names, today=today, wanted=wanted, strict=strict, say=say))
    run = _Run(options, request, pool, say)
    kept = {} if request.wanted.supplement else _kept(options, folders, request)
    run.build([folder for folder in folders if folder not in kept])
    done = run.done | {folder: Outcome([], 0, [each]) for folder, each in kept.items()}
    return Done(_together([done[folder] for folder in folders if folder in done]), tuple(run.failed))


def _kept(options: Options, folders: Sequence[Path], request: Request) -> Mapping[Path, Put]:
    """The packs that are as they should be, by their meetings' folders."""
    prints = fingerprints(folders, options, request.wanted.how(strict=request.strict))
    at = {options.output / folder.parent.name / folder.name: folder for folder in folders}
    return {at[each.folder]: each for each in still_right(prints, options)}


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    findings: list[Finding] = [each for outcome in outcomes for each in outcome.findings]
    built = [each for outcome in outcomes for each in outcome.built]
    return Outcome(list(dict.fromkeys(findings)), sum(outcome.files for outcome in outcomes), built)


class _Run:
    """The tasks of one command, so many under way as the pool has room for: what is sent along must lie somewhere."""

    def __init__(self, options: Options, request: Request, pool: Pool, say: Say) -> None:
        self._options, self._request, self._pool, self._say = options, request, pool, say
        self._sent = ("", Parcel(b"", ""))
        self.done: dict[Path, Outcome] = {}
        self.failed: list[Exception] = []

    def build(self, folders: Sequence[Path]) -> None:
        """Build these, and keep what came of each."""
        waiting = list(reversed(folders))
        running: dict[Future[Outcome | Shipped], Path] = {}
        while waiting or running:
            self._hand_out(waiting, running)
            for task in wait(running, return_when=FIRST_COMPLETED).done:
                said = self._take(task, running.pop(task))
                self._say(f"{said}, {len(folders) - len(waiting) - len(running)} of {len(folders)}")

    def _hand_out(self, waiting: list[Path], running: dict[Future[Outcome | Shipped], Path]) -> None:
        """Begin as many as there is room for; none any more where there is nobody left to do them."""
        try:
            while waiting and len(running) < self._pool.room():
                running[self._submit(waiting[-1])] = waiting[-1]
                waiting.pop()
        except MissingError as error:  # its papers cannot be sent
            waiting.pop()
            self.failed.append(error)
            self._say(str(error))
        except self._pool.lost as error:
            lost = WorkerLostError(f"the cluster has gone before {len(waiting)} more packs were begun: build again")
            lost.__cause__ = error
            self.failed.append(lost)
            waiting.clear()

    def _submit(self, folder: Path) -> Future[Outcome | Shipped]:
        board, submit = folder.parent.name, self._pool.executor.submit
        if not self._pool.shipped:
            return submit(alone, here, self._options, folder, self._request)
        if self._sent[0] != board:
            self._sent = (board, parcel(self._options, board))
        return submit(alone, elsewhere, self._options, f"{board}/{folder.name}", self._request, self._sent[1])

    def _take(self, task: Future[Outcome | Shipped], folder: Path) -> str:
        """Keep what came of a task; returns it in words."""
        name = f"{folder.parent.name}/{folder.name}"
        try:
            result = task.result()
            self.done[folder] = _taken_in(result, name, self._options) if isinstance(result, Shipped) else result
            return f"{name}: {'built' if self.done[folder].built else 'not built'}"
        except BoardpackError as error:
            self.failed.append(error)
            return f"{name}: {error}"
        except self._pool.lost as error:
            lost = WorkerLostError(
                f"{name}: the process that built it was ended; the earlier pack is as it was: build again"
            )
            lost.__cause__ = error
            self.failed.append(lost)
            return str(lost)
        except Exception as error:  # noqa: BLE001  # a fault of ours in one task: told when the others are finished
            self.failed.append(error)
            return f"{name}: not built"


def _taken_in(shipped: Shipped, name: str, options: Options) -> Outcome:
    """Put out what came back from a worker: the pack of this meeting or a supplement to it, and nothing else."""
    for folder, files in shipped.files.items():
        if not re.fullmatch(rf"{re.escape(name)}(?:-supplement-\d+)?", folder):
            raise WorkerLostError(f"{name}: a worker has sent files for {folder}, which were not taken; build again")
        refuse_foreign(options.output / folder, options.papers)
        put(files, options.output / folder)
    return shipped.outcome
