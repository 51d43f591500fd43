"""Who does the tasks: processes of this machine, or the workers of a Dask cluster; both are an ``Executor``."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.util import Finalize
from typing import Any, ParamSpec, TypeVar

from boardpack.diagnostics import MissingError
from boardpack.office import Office, program

P = ParamSpec("P")
T = TypeVar("T")
_SECONDS = 5
"""How long a cluster may take to answer."""
_stopped = threading.Event()
_kept: list[Office] = []
"""The LibreOffice of a worker, once it has one."""
_building = threading.Lock()


@dataclass(frozen=True, slots=True)
class Pool:
    """What does the tasks. ``room`` says how many may be under way; more than that wait here.

    ``lost`` are the exceptions by which it says that a worker has ended. ``shipped`` says that workers see none of this
    machine's folders.
    """

    executor: Executor
    room: Callable[[], int]
    lost: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)
    shipped: bool = False


@contextlib.contextmanager
def processes(jobs: int) -> Iterator[Pool]:
    """So many processes of this machine."""
    executor = _Processes(jobs)
    try:
        yield Pool(executor, lambda: jobs)
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    finally:
        executor.shutdown()


class _Processes(Executor):
    """A pool of processes that begins anew when one of them was killed, for the tasks that had not begun."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = self._fresh()

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._jobs, get_context("spawn"), _begin)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        try:
            return self._pool.submit(fn, *args, **kwargs)
        except BrokenExecutor:
            self._pool.shutdown()
            self._pool = self._fresh()
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _begin() -> None:
    """Make a process ready: it ends with the one that started it, and leaves nothing behind at Ctrl+C."""
    gc.disable()  # as in the command itself; each task ends with a collection
    signal.signal(signal.SIGINT, _stop)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _stop(*_: object) -> None:
    _stopped.set()
    raise SystemExit(130)


def _end_with_parent() -> None:
    if (parent := parent_process()) is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def alone(task: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one task in a process of several; none once the process was told to stop.

    A cluster's worker may have several threads, and the library that reads PDFs bears one at a time.
    """
    if _stopped.is_set():
        raise SystemExit(130)
    with _building:
        try:
            return task(*args, **kwargs)
        finally:
            gc.collect()


@contextlib.contextmanager
def office() -> Iterator[Office]:
    """The LibreOffice of this worker, which does one task after the other and ends with it."""
    if not _kept:
        started = Office(program()).__enter__()
        Finalize(None, started.__exit__, (None, None, None), exitpriority=1)
        _kept.append(started)
    yield _kept[0]


@contextlib.contextmanager
def cluster(address: str, *, shared: bool) -> Iterator[Pool]:
    """The workers of the Dask scheduler at this address; ``shared`` says that they see the same folders.

    Raises:
        MissingError: where it does not answer or has no workers, or without the package that talks to it.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingError("--cluster needs the package distributed: pip install 'boardpack[cluster]'") from error
    dask: Any = distributed
    try:
        dask.comm.get_address_host(address)  # a client takes long over an address that cannot be one
        client = dask.Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise MissingError(f"no cluster answers at {address}; start its scheduler or correct --cluster") from error
    with client:
        if not client.nthreads():
            raise MissingError(f"the cluster at {address} has no workers; start some (dask worker {address})")
        lost = (BrokenExecutor, CancelledError, dask.KilledWorker, dask.comm.CommClosedError)
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told in our own words

        def room() -> int:
            try:
                return 1 + 2 * sum(map(int, client.nthreads().values()))
            except (OSError, RuntimeError, dask.client.ClosedClientError) as error:
                raise BrokenExecutor("the scheduler has gone") from error

        yield Pool(client.get_executor(), room, lost, not shared)
