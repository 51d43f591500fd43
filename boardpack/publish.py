"""The output folder: whole or not at all.

A build is written into a folder beside the old one and the two change places in one step, so that whoever looks sees
the earlier output or the new one, and a build that is ended in between leaves the earlier one as it was.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from boardpack.diagnostics import MissingError, UsageError

_EXCHANGE = 2
_HERE = -100
_SECONDS_TO_WRITE = 60


def put(files: Mapping[str, bytes], target: Path) -> None:
    """Replace everything in ``target`` by these files.

    Raises:
        MissingError: if the disk is full, the folder cannot be written or a file of it is open in Word.
    """
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(target))
        refuse_open(target)
        sweep(target)
        with _workshop(target) as workshop:
            fresh = workshop / "new"
            if any(Path(name).is_absolute() or ".." in Path(name).parts for name in files):
                raise ValueError("a file of a build lies in its folder")
            with ThreadPoolExecutor(8) as pool:  # each write waits for the disk
                for written in [pool.submit(_write, fresh / name, data) for name, data in files.items()]:
                    written.result()
            _flush(fresh)
            _swap(fresh, target)
            _flush(target.parent)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in one step: whoever looks sees the old one or the new one."""
    with explained(path):
        _sweep_files(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.chmod(0o644)
            beside.replace(path)
            _flush(path.parent)
        finally:
            beside.unlink(missing_ok=True)


def _sweep_files(path: Path) -> None:
    """Remove what writers of a file that were killed have left; one that still writes needs no such time."""
    for beside in path.parent.glob(f".{path.name}.*"):
        with contextlib.suppress(OSError):
            if time.time() - beside.stat().st_mtime > _SECONDS_TO_WRITE:
                beside.unlink()


def refuse_foreign(target: Path, papers: Path) -> None:
    """Refuse to replace papers: a folder of a build holds none."""
    if target.resolve().is_relative_to(papers.resolve()) or papers.resolve().is_relative_to(target.resolve()):
        raise UsageError(f"{target} lies with the papers, which a build must not replace; name another with --output")
    if any(target.glob("*.yaml")):
        raise UsageError(f"{target} holds papers, which a build must not replace; name another folder with --output")


def refuse_open(target: Path) -> None:
    """Refuse to replace files that somebody has open: Word and LibreOffice leave a lock file beside them."""
    for lock in sorted((*target.rglob("~$*"), *target.rglob(".~lock.*#"))):
        name = lock.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
        raise MissingError(
            f"{lock.parent / name} is open in Word or LibreOffice; close it and build again "
            f"(if nobody has it open, delete the lock file {lock.name})"
        )


@contextlib.contextmanager
def explained(target: Path) -> Iterator[None]:
    """Turn what the operating system says of a folder into a sentence with a remedy."""
    try:
        yield
    except OSError as error:
        # shutil.Error holds the errors of many files as words, and no number.
        if error.errno in (errno.ENOSPC, errno.EDQUOT) or os.strerror(errno.ENOSPC) in str(error):
            raise MissingError(f"the disk is full: free some room where {target} lies and build again") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise MissingError(
                f"{error.filename or target} cannot be written; give yourself the right to write there, "
                "or name another folder with --output"
            ) from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST):
            raise MissingError(
                f"{error.filename or target} is a file where a folder is wanted; move it away"
            ) from error
        raise MissingError(
            f"{error.filename or target}: {error.strerror}; name another folder with --output"
        ) from error


@contextlib.contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """A folder beside the target that nobody else uses; it is locked while its build lives."""
    with contextlib.ExitStack() as stack:
        workshop = None
        while workshop is None:
            made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
            # Before it is locked, another build may take the folder for one that was left behind and sweep it away.
            with contextlib.suppress(BlockingIOError, FileNotFoundError):
                stack.enter_context(_locked(made))
                workshop = made if made.is_dir() else None
        stack.callback(shutil.rmtree, workshop, ignore_errors=True)
        yield workshop


def sweep(target: Path) -> None:
    """Remove what builds of this folder that were killed have left beside it; one that still builds keeps its own."""
    for workshop in target.parent.glob(f".{target.name}.*"):
        with contextlib.suppress(OSError), _locked(workshop):
            shutil.rmtree(workshop)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a folder; ``BlockingIOError`` if another process holds it. The lock ends with its process."""
    try:
        import fcntl
    except ImportError:  # Windows, where a file in use cannot be removed in the first place
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Make a folder's entries last through a power cut."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, in one step where the system has one (Linux renameat2)."""
    while True:
        try:
            if not target.exists():
                fresh.rename(target)
            elif not _exchange(fresh, target):
                target.rename(fresh.with_name("old"))
                fresh.rename(target)
            return
        except OSError as error:
            # Another build has put its output there since we looked: look again.
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT) or not fresh.exists():
                raise


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places; False where the system or the disk cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))
