"""What is shown at this moment: the papers as last read, each paper as it last stood, its pages, what went wrong.

Threads of :mod:`boardpack.preview.work` change it, requests read it, and each change is told to the open pages.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from boardpack.diagnostics import BoardpackError
from boardpack.office import available
from boardpack.places import Options
from boardpack.preview import pieces, wording
from boardpack.preview.article import Article, article
from boardpack.preview.events import Hub
from boardpack.preview.pages import Pack, Sheets
from boardpack.preview.reading import Reading, Target, read, reread

Message = Mapping[str, object]


@dataclass
class _Shown:
    """A paper as it last could be shown: the reading and the pack that its text was made from, the text, its pages."""

    reading: Reading | None = None
    pack: Pack | None = None
    article: Article | None = None
    sheets: Sheets | None = None


@dataclass
class Times:
    """Milliseconds from a save to what was made of it; the last few hundred."""

    text: deque[float] = field(default_factory=lambda: deque(maxlen=300))
    pages: deque[float] = field(default_factory=lambda: deque(maxlen=300))

    def told(self) -> Message:
        """The last and the middle one of each."""
        return {
            name: {"last": round(each[-1]), "median": round(median(each)), "count": len(each)} if each else None
            for name, each in (("text", self.text), ("pages", self.pages))
        }


class Session:
    """One preview of one meeting. Any thread may call any method."""

    def __init__(self, options: Options, target: Target, hub: Hub, root: str) -> None:
        self.root = root
        self.options = options
        self.target = target
        self.hub = hub
        self.times = Times()
        self.pack: Pack | None = None
        self.notice = ""
        self._lock = threading.RLock()
        self._papers: dict[str, _Shown] = {}
        self._serial = 0
        self._moment = time.time()
        self._reading = read(options, target.folder, 0, _today())

    @property
    def reading(self) -> Reading:
        """The papers as they were read last."""
        return self._reading

    def knows(self, id: str) -> bool:
        """Whether there is such a paper, or was when the preview last looked."""
        with self._lock:
            return id in self._papers or id in self._reading.ids()

    def open_papers(self) -> list[str]:
        """The papers that anybody looks at."""
        return [channel for channel in self.hub.channels() if channel]

    def starts(self, reading: Reading, id: str) -> Mapping[str, int]:
        """The pages of the parts of the pack by bookmark, as far as they are known."""
        numbered = reading.shown(id)
        return self.pack.starts(numbered, self.lengths()) if self.pack and numbered else {}

    def glance(self, id: str, moment: float) -> float | None:
        """Read one paper again after a save at ``moment`` and show it; the milliseconds since then.

        The rest of the meeting stays as it was read before. ``None`` where that cannot be: :meth:`refresh` will do.
        """
        reading = reread(self._reading, self.options, id, self._serial + 1, _today())
        if reading is None:
            return None
        with self._lock:
            self._serial += 1
            self._reading, self._moment = reading, moment
        self._tell(id)
        return self._took(moment)

    def refresh(self, moment: float) -> float:
        """Read all papers again after a save at ``moment`` and tell every open page; the milliseconds since then."""
        reading = read(self.options, self.target.folder, self._serial + 1, _today())
        with self._lock:
            self._serial += 1
            self._reading, self._moment = reading, moment
        self._tell_all()
        return self._took(moment)

    def settle(self) -> None:
        """Read all papers again after a glance at one, which may have changed what is wrong in the others."""
        serial = self._serial
        reading = read(self.options, self.target.folder, serial, _today())
        with self._lock:
            if self._serial != serial:
                return  # another save has come, and another settling will
            self._reading = reading
        self._tell_all()

    def _tell_all(self) -> None:
        self.tell("")
        for channel in self.hub.channels():
            self._tell(channel)

    def _took(self, moment: float) -> float:
        took = (time.time() - moment) * 1000
        self.times.text.append(took)
        return took

    def laid(self, id: str, sheets: Sheets) -> float | None:
        """Take the pages of a paper, and show them; the milliseconds since the save, if it was one that led to them."""
        with self._lock:
            shown = self._papers.setdefault(id, _Shown())
            before, shown.sheets = shown.sheets, sheets
            newest = before is not None and before.serial < sheets.serial == self._reading.serial
            took = (time.time() - self._moment) * 1000
        if newest:
            self.times.pages.append(took)
        self.hub.tell(id, "pages", self.pages(id))
        return took if newest else None

    def packed(self, pack: Pack) -> None:
        """Take the places of all parts in the whole pack."""
        self.pack = pack
        for channel in self.hub.channels():
            self._tell(channel)

    def tell(self, notice: str) -> None:
        """Show a notice on every page; an empty one takes the last away."""
        if notice != self.notice:
            self.notice = notice
            for channel in self.hub.channels():
                self.hub.tell(channel, "notice", {"text": notice})

    def fault(self, error: Exception) -> None:
        """Show what went wrong and is no finding; a fault of ours is printed with its traceback as well."""
        if isinstance(error, BoardpackError):
            self.tell(str(error))
            return
        traceback.print_exception(error, file=sys.stderr)
        self.tell(f"A fault of boardpack, not of the papers ({type(error).__name__}); the terminal says more.")

    def first(self, id: str) -> Mapping[str, Message]:
        """What a page that has just been opened is told."""
        told: dict[str, Message] = {"text": self.text(id), "notice": {"text": self.notice}}
        if id and self._papers[id].sheets:
            told["pages"] = self.pages(id)
        return told

    def text(self, id: str) -> Message:
        """The page of a paper, or of the meeting for an empty id, in pieces of HTML."""
        with self._lock:
            told = self._paper(id) if id else pieces.of_meeting(self._reading, self.pack, self.root)
            return {"serial": self._reading.serial, "moment": self._moment, "where": self._where(id), **told}

    def pages(self, id: str) -> Message:
        """The pages of a paper: their sizes in points, and where they fall in the pack."""
        with self._lock:
            sheets = self._papers[id].sheets
            return {
                "serial": sheets.serial if sheets else -1,
                "moment": self._moment,
                "first": sheets.first if sheets else 0,
                "sizes": sheets.sizes if sheets else [],
                "where": self._where(id),
            }

    def sheets(self, id: str) -> Sheets | None:
        """The pages of a paper as last laid out."""
        shown = self._papers.get(id)
        return shown.sheets if shown else None

    def file(self, id: str, number: int) -> Path | None:
        """A file that the text of a paper names, by its number."""
        shown = self._papers.get(id)
        files = shown.article.files if shown and shown.article else ()
        return files[number] if 0 <= number < len(files) else None

    def shown_reading(self, id: str) -> Reading | None:
        """The reading that a paper is shown from: the last in which it was sound."""
        shown = self._papers.get(id)
        return shown.reading if shown else None

    def lengths(self) -> Mapping[str, int]:
        """How many pages each paper has that was laid out by itself since the whole pack was."""
        since = self.pack.serial if self.pack else 0
        with self._lock:
            laid = {id: shown.sheets for id, shown in self._papers.items() if shown.sheets}
        return {id: sheets.count for id, sheets in laid.items() if sheets.serial >= since}

    def _tell(self, channel: str) -> None:
        self.hub.tell(channel, "text", self.text(channel))

    def _paper(self, id: str) -> Message:
        reading, shown = self._reading, self._papers.setdefault(id, _Shown())
        if (numbered := reading.shown(id)) is not None:
            if (shown.reading, shown.pack) != (reading, self.pack):
                shown.article = article(numbered, id, self.root, self.starts(reading, id))
            shown.reading, shown.pack = reading, self.pack  # two readings may be equal and not the same
        return pieces.of_paper(id, reading, shown.reading, shown.article, self.root)

    def _where(self, id: str) -> str:
        """Where a paper falls in the pack: "Item 6d, pages 31 to 33 of 42"; how many pages it has for an empty id."""
        if not id:
            return f"{self.pack.total(self.lengths())} pages{self._so_far()}" if self.pack else ""
        shown = self._papers.get(id)
        reading = (shown.reading if shown else None) or self._reading
        at = reading.printed(id)
        if at is None:
            return "not on the agenda" if reading.numbered else ""
        starts, label = self.starts(reading, id), f"Item {at.label}" if at.label else ""
        if at.start in starts:
            return f"{label}, {wording.pages((starts[at.start], starts[at.end]))} of {self._count()}"
        return f"{label}, place in the pack being worked out" if available() else label

    def _count(self) -> str:
        """How many pages the pack has, as far as its papers can be read."""
        if self.pack is None:
            return ""
        return f"{self.pack.total(self.lengths())}{self._so_far()}"

    def _so_far(self) -> str:
        return "" if self.pack is None or self.pack.whole else " so far"


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day on the author's own calendar
