"""The threads of a preview: one follows the saves, one lays out the open papers, one the whole pack when idle."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable

from boardpack.diagnostics import BoardpackError
from boardpack.office import LayoutError, available
from boardpack.preview.pages import WarmOffice, lay, lay_pack
from boardpack.preview.session import Session
from boardpack.preview.watch import Saved, saves

_PAUSE = 0.35
"""Seconds without a save after which the rest of the meeting is read again too."""
_IDLE = 1.5
"""Seconds without a save after which the whole pack is laid out again."""
NO_OFFICE = "LibreOffice is not on this machine, so there are no pages but the text; `boardpack doctor` says more."
COMING = "LibreOffice has stopped in the middle of its work and is started again: the pages follow, the text is live."

Say = Callable[[str], None]


class Work:
    """The threads of one session; use it in a ``with`` statement. ``say`` is told how long everything took."""

    def __init__(self, session: Session, say: Say) -> None:
        self._session = session
        self._say = say
        self._office = WarmOffice()
        self._stop = threading.Event()
        self._changed = threading.Condition()
        self._wanted: list[str] = []
        self._rest_wanted = False
        self._pack_wanted = True
        self._saved = 0.0
        runs = {"saves": self._follow, "papers": self._lay_papers, "rest": self._keep_up}
        self._threads = [
            threading.Thread(target=self._guarded, args=(run,), daemon=True, name=f"preview {name}")
            for name, run in runs.items()
        ]

    def __enter__(self) -> Work:
        if available():
            self._office.warm_up()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        with self._changed:
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(10)
        self._office.close()

    def want(self, *ids: str, pack: bool = False) -> None:
        """Ask for the pages of papers, those asked for last first, and perhaps for the whole pack."""
        with self._changed:
            self._wanted = [*(each for each in self._wanted if each not in ids), *ids]
            self._pack_wanted = self._pack_wanted or pack
            self._changed.notify_all()

    def _guarded(self, run: Callable[[], None]) -> None:
        """Run until the end; a thread of a preview goes on after an error, and never without a word."""
        while not self._stop.is_set():
            try:
                run()
            except Exception as error:  # noqa: BLE001  # shown on every page and in the terminal
                self._session.fault(error)
                self._stop.wait(1)

    def _follow(self) -> None:
        options, target = self._session.options, self._session.target
        folders = dict.fromkeys((target.folder.parent, *options.templates))
        for saved in saves([folder for folder in folders if folder.is_dir()], self._stop):
            self._saved = time.monotonic()
            try:
                self._take(saved)
            except BoardpackError as error:
                self._session.fault(error)

    def _take(self, saved: Saved) -> None:
        """Show what was saved: where it is one open paper, that paper first, for it is read in no time."""
        session = self._session
        open_papers = session.open_papers()
        alone = [id for id in open_papers if saved.paths == {session.target.folder / f"{id}.yaml"}]
        took = session.glance(alone[0], saved.moment) if alone else None
        if took is None:
            took = session.refresh(saved.moment)
            self.want(*open_papers, pack=True)
        else:
            with self._changed:
                self._rest_wanted = True
            self.want(*alone)
        names = ", ".join(sorted(path.name for path in saved.paths))
        self._say(f"text  {took:5.0f} ms after the save of {names}")
        gc.unfreeze()  # what a reading has frozen would otherwise never be looked at again

    def _lay_papers(self) -> None:
        while not self._stop.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._wanted or self._stop.is_set())
                id = self._wanted.pop() if self._wanted else ""
            if id and not self._stop.is_set():
                self._lay(id)

    def _lay(self, id: str) -> None:
        """Lay out one paper as it was read last; where LibreOffice is killed in the middle of it, once more."""
        session = self._session
        reading, before = session.reading, session.sheets(id)
        if reading.shown(id) is None:
            return
        if not available():
            session.tell(NO_OFFICE)
            return
        started, starts = time.monotonic(), session.starts(reading, id)
        try:
            sheets = lay(reading, id, session.options, self._office, starts, before)
        except LayoutError:
            if self._stop.is_set():
                return
            session.tell(COMING)
            sheets = lay(reading, id, session.options, self._office, starts, before)
        self._office.warm_up()
        if session.notice == COMING:
            session.tell("")
        took = session.laid(id, sheets)
        if took is not None:
            self._say(f"pages {took:5.0f} ms after the save, {time.monotonic() - started:.2f} s of it for layout")
        if before and before.count != sheets.count:
            self.want(pack=True)

    def _keep_up(self) -> None:
        """When nothing is saved for a while: read the rest of the meeting, then lay out the whole pack."""
        while not self._stop.is_set():
            with self._changed:
                self._changed.wait_for(lambda: self._rest_wanted or self._pack_wanted or self._stop.is_set())
                rest, self._rest_wanted = self._rest_wanted, False
            self._wait_for_quiet(_PAUSE if rest else _IDLE)
            if self._stop.is_set():
                return
            if rest:
                self._session.settle()
                self.want(*self._session.open_papers())
            else:
                self._lay_pack()

    def _wait_for_quiet(self, seconds: float) -> None:
        while not self._stop.wait(0.05) and (self._wanted or time.monotonic() - self._saved < seconds):
            if self._rest_wanted and seconds > _PAUSE:
                return

    def _lay_pack(self) -> None:
        session, reading = self._session, self._session.reading
        with self._changed:
            if self._rest_wanted:
                return
            self._pack_wanted = False
        if reading.numbered is not None and available():
            gc.collect()
            session.packed(lay_pack(reading, session.options))
            self.want(*session.open_papers())
