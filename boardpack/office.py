"""LibreOffice, the program that lays documents out: found, started, asked for a PDF, ended. Nobody else starts it.

Its exit code says nothing (it is 0 for a damaged file, a missing file and a full disk), so a conversion has succeeded
when a PDF lies in a folder that was empty before. Every process gets a private profile that fetches nothing and runs
no macros, and a process group of its own that is killed as a whole.

Starting takes longer than laying a paper out. :class:`Office` therefore starts the program at once and hands it one
document after the other, over the socket at which it listens for command lines (``desktop/source/app/officeipcthread``
in its source). Where there is none, a second start with the same profile passes its command line on to the first.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from boardpack.diagnostics import MissingError

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_EXPORT = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"}}'
)
_BYTES_A_SECOND = 10_000
"""How slow a layout may be before it is given up: a tenth of what this program has been seen to do at its slowest."""
_ARGUMENTS = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
# The watchdog holds the reading end of a pipe: when this program ends, however it ends, the pipe closes and the whole
# group goes, so that no office is left behind. It goes too when the office ends by itself or by somebody's hand.
_WATCHED = '{ "$@"; kill -9 0; } & cat >/dev/null; kill -9 0'
_OPEN = "private:factory/swriter"
"""An empty document: while one is open, LibreOffice does not end behind the document that it was handed."""
_DOCUMENTS = 150
"""How many documents one LibreOffice lays out before it is replaced: it does not give back all the memory it takes."""
_SOCKETS = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108  fixed in LibreOffice (sal/osl/unx/pipe.cxx), whatever TMPDIR says
_LISTENS = 10.0
"""Seconds after which no socket is expected any more; it is there a tenth of a second after the start."""
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = (
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("/org.openoffice.Office.Linguistic/General", "IsAutoCheck", "false"),
    # A profile that has never shown a window counts as one of an older version, and each start then tries out how
    # graphics are drawn: two thirds of the time that starting takes.
    ("/org.openoffice.Setup/Product", "ooSetupLastVersion", "99.9"),
)
REMEDY = "install it (on Debian and Ubuntu: apt install libreoffice-writer-nogui) or build with --no-pdf"


class LayoutError(MissingError):
    """LibreOffice was there and has not done its work."""


def available() -> bool:
    """Whether LibreOffice is on this machine."""
    return _found() is not None


def program() -> Path:
    """Where LibreOffice is; :class:`MissingError` where it is not."""
    found = _found()
    if found is None:
        raise missing()
    return found


def missing() -> MissingError:
    """What to tell somebody who has no LibreOffice."""
    return MissingError(f"LibreOffice is not on this machine, and it lays the pages out: {REMEDY}")


def _found() -> Path | None:
    places = (shutil.which("soffice"), shutil.which("libreoffice"), *_PLACES)
    return next((Path(place) for place in places if place and Path(place).exists()), None)


def version(soffice: Path) -> str:
    """The version and build that its own files state, such as ``LibreOffice 7.4 40(Build:2)``."""
    found = []
    for name, key in (("bootstraprc", "ProductKey"), ("versionrc", "buildid")):
        file = soffice.resolve().parent / name
        text = file.read_text("utf-8", "replace") if file.is_file() else ""
        match = re.search(rf"^{key}=(.+)$", text, re.MULTILINE)
        found.append(match[1].strip() if match else "")
    return " ".join(filter(None, found))


@dataclass
class Office:
    """A running LibreOffice that lays out one document after the other; use it in a ``with`` statement."""

    soffice: Path
    seconds: float = 60.0
    _folder: Path = field(init=False)
    _warm: subprocess.Popen[bytes] | None = field(init=False, default=None)
    _left: int = field(init=False, default=0)
    _worked: bool = field(init=False, default=False)

    def __enter__(self) -> Office:
        self._folder = Path(tempfile.mkdtemp(prefix="boardpack-office-"))
        try:
            seed = _seed(self.soffice)
            if seed.is_dir():
                shutil.copytree(seed, self._profile)
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stop()
        if self._worked:
            _keep_profile(self._profile, self.soffice)
        shutil.rmtree(self._folder, ignore_errors=True)

    def convert(self, document: Path) -> Path:
        """Lay a Word document out; returns the PDF, which lasts as long as this office.

        Each Word bookmark is a named destination in it, each heading a line of its outline.

        Raises:
            LayoutError: if there is no PDF after two attempts, the second on a fresh profile.
        """
        for attempt in ("warm", "fresh"):
            target = Path(tempfile.mkdtemp(prefix="pdf-", dir=self._folder))
            if attempt == "fresh":
                self._stop()
                shutil.rmtree(self._profile, ignore_errors=True)
            if not self._is_warm or self._left < 1:
                self._stop()
                self._start()
            self._left -= 1
            self._lay_out(document, target)
            if pdf := _made(target):
                self._worked = True
                return pdf
        raise LayoutError(_reason(self._folder))

    @property
    def _is_warm(self) -> bool:
        return self._warm is not None and self._warm.poll() is None

    @property
    def _profile(self) -> Path:
        return self._folder / "profile"

    def _command(self, *arguments: str) -> list[str]:
        return [str(self.soffice), f"-env:UserInstallation={self._profile.as_uri()}", *_ARGUMENTS, *arguments]

    def _start(self) -> None:
        _configure(self._profile)
        self._left = _DOCUMENTS
        if os.name == "posix":
            self._warm = self._watched(_OPEN)

    def _watched(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = self._command(*arguments)
        return subprocess.Popen(
            ["/bin/sh", "-c", _WATCHED, "sh", *command] if os.name == "posix" else command,
            stdin=subprocess.PIPE,  # closed by the end of this process, which ends the group
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(self._folder),
            start_new_session=True,
        )

    def _lay_out(self, document: Path, target: Path) -> None:
        """Ask for the PDF and wait for the answer or the end of patience."""
        end = time.monotonic() + self.seconds + document.stat().st_size / _BYTES_A_SECOND
        wanted = ("--infilter=MS Word 2007 XML", "--convert-to", _EXPORT, "--outdir", str(target), str(document))
        answered = False
        while not answered and not _made(target):
            listening = self._connect(min(end, time.monotonic() + _LISTENS))
            if listening is None:
                self._start_again(wanted, end)
                return
            with listening:
                try:
                    answered = _ask(listening, wanted, end)
                except TimeoutError:
                    self._stop()
                    return

    def _connect(self, end: float) -> socket.socket | None:
        """A connection to the program that runs, once it listens; none where it has ended or listens elsewhere."""
        while self._is_warm and time.monotonic() < end:
            for path in _sockets(self._profile):
                connection = socket.socket(socket.AF_UNIX)
                try:
                    connection.connect(str(path))
                except OSError:  # not there yet, or one that a program left which was killed
                    connection.close()
                else:
                    return connection
            time.sleep(0.005)
        return None

    def _start_again(self, wanted: Sequence[str], end: float) -> None:
        """Start the program with what is wanted: it passes that on to the one that runs, or does it by itself."""
        process = self._watched(*wanted)
        try:
            process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._stop()
        finally:
            _kill(process)
            if process.stdin:
                process.stdin.close()

    def _stop(self) -> None:
        if self._warm is not None:
            _kill(self._warm)
            if self._warm.stdin:
                self._warm.stdin.close()
            self._warm = None
            for path in _sockets(self._profile):
                path.unlink(missing_ok=True)


def _sockets(profile: Path) -> list[Path]:
    """Where LibreOffice may listen: the socket's name holds the hash of the profile's address in UTF-16."""
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)  # without leading noughts, as LibreOffice writes it
    return [folder / f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}" for folder in _SOCKETS]


def _ask(listening: socket.socket, arguments: Sequence[str], end: float) -> bool:
    """Pass on a command line as a second start does; returns whether it is said to have been carried out.

    Where the program hangs up instead it has ended, or starts itself anew as it does on a profile that is new.

    Raises:
        TimeoutError: if there is no answer at the time ``end``.
    """
    escaped = [each.replace("\\", "\\\\").replace(",", "\\,") for each in ("file:///", *arguments)]
    message = "InternalIPC::Arguments1" + ",".join(escaped)
    try:
        if not _is_told(listening, end):
            return False
        listening.sendall(message.encode() + b"\0")
        return _is_told(listening, end)
    except (BrokenPipeError, ConnectionResetError):
        return False


def _is_told(listening: socket.socket, end: float) -> bool:
    """Read one message, which a nought ends; whether there was one."""
    data = b""
    while not data.endswith(b"\0"):
        listening.settimeout(max(0.001, end - time.monotonic()))
        more = listening.recv(64)
        if not more:
            return False
        data += more
    return True


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with its whole group: killing the first alone would leave soffice.bin behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _environment(home: Path) -> dict[str, str]:
    """What LibreOffice may know of the world: where programs are, a folder for all that it writes, and no display."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "FONTCONFIG_FILE") if name in os.environ}
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _configure(profile: Path) -> None:
    """Write the settings of a profile: no macros, nothing fetched, no first-run questions."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    file = profile / "user" / "registrymodifications.xcu"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>\n',
        encoding="utf-8",
    )


def _seed(soffice: Path) -> Path:
    """Where a profile that has started once is kept: starting from a copy saves a second of first-run work."""
    from platformdirs import user_cache_path

    name = re.sub(r"[^0-9A-Za-z]+", "-", version(soffice)).strip("-") or "office"
    return user_cache_path("boardpack") / f"profile-{name}"


def _keep_profile(profile: Path, soffice: Path) -> None:
    """Keep a copy of a profile for the next build, if there is none; a cache that cannot be written is no fault."""
    seed = _seed(soffice)
    if seed.exists():
        return
    with contextlib.suppress(OSError, shutil.Error):
        seed.parent.mkdir(parents=True, exist_ok=True)
        with _beside(seed) as copy:
            shutil.copytree(profile, copy, ignore=shutil.ignore_patterns(".lock", "*.log"))
            copy.rename(seed)


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        yield folder / "copy"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made(target: Path) -> Path | None:
    """The PDF in a folder, if it begins and ends as a PDF does (PDF 32000-1, 7.5.2 and 7.5.5)."""
    for pdf in target.glob("*.pdf"):
        data = pdf.read_bytes()
        if data.startswith(b"%PDF-") and b"%%EOF" in data[-1024:]:
            return pdf
    return None


def _reason(folder: Path) -> str:
    free = shutil.disk_usage(folder).free
    if free < 64 * 1024 * 1024:
        return f"the disk that holds {folder.parent} is full ({free // 1024} KiB left); free some room and build again"
    return (
        "LibreOffice has made no PDF in two attempts, the second on a fresh profile; "
        "run `boardpack doctor`, and if it finds nothing, build with --no-pdf and open pack.docx in Word"
    )
