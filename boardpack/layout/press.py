"""Who lays parts out: what is kept is taken, the rest goes to LibreOffice, and to a second one where there is much.

The first works from the front, where the number of each first page is known as soon as the part before is laid out. The
second works from the back with numbers that are likely. Where one of these turns out another, the layout still says how
many sheets the part has: it is laid out once more in the next pass, when all numbers are known.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from boardpack.layout.parts import Part, Setting, Sheets
from boardpack.pdf import OpenPdf
from boardpack.store import Store

_AHEAD = 3
"""How many parts must be ahead of the first that has to be laid out anew for a second LibreOffice to help."""


class Converter(Protocol):
    """What lays a Word document out as a PDF (:class:`boardpack.office.Office`)."""

    def convert(self, document: Path) -> Path:
        """The PDF of a Word document."""


Another = Callable[[], AbstractContextManager[Converter]]
"""What starts one more LibreOffice."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where parts are laid out: LibreOffice, and a folder to work in.

    ``kept`` holds parts that earlier builds have laid out. ``another`` starts a second LibreOffice for a long pack.
    """

    office: Converter
    folder: Path
    kept: Store | None = None
    another: Another | None = None


@dataclass
class Press:
    """The parts of a pack on their way to sheets; use it in a ``with`` statement."""

    parts: Sequence[Part]
    shop: Workshop
    _stack: ExitStack = field(init=False, default_factory=ExitStack)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    _second: Converter | None = field(init=False, default=None)
    _helper: threading.Thread | None = field(init=False, default=None)
    _done: dict[int, tuple[Setting, Future[Sheets]]] = field(init=False, default_factory=dict)
    _at: int = field(init=False, default=0)
    _opener: ThreadPoolExecutor = field(init=False, default_factory=lambda: ThreadPoolExecutor(1))
    _files: dict[int, Future[OpenPdf]] = field(init=False, default_factory=dict)

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *_: object) -> None:
        self.end_pass()
        self._stack.close()
        self._opener.shutdown(cancel_futures=True)

    def sheets(self, at: int, setting: Setting, likely: Callable[[Part], Setting]) -> tuple[Sheets, bool]:
        """The sheets of a part by its place; whether in this setting, or in one that was only likely."""
        part = self.parts[at]
        known = self._known(part, setting)
        if known:
            return known, True
        with self._lock:
            self._at = at
            helped = self._done.get(at)
        if helped:
            sheets = helped[1].result()
            return sheets, helped[0] == setting
        long = len(self.parts) - at > _AHEAD
        if at and long and self.shop.another and not self._helper:  # not at the first, from which all others count on
            self._helper = threading.Thread(target=self._from_the_back, args=(likely,))
            self._helper.start()
        return self._lay_out(part, setting, self.shop.office, "part.docx"), True

    def file(self, sheets: Sheets) -> OpenPdf:
        """The PDF of sheets that came from here; its file lasts as long as the folder."""
        return self._files[id(sheets)].result()

    def end_pass(self) -> None:
        """Wait for the second LibreOffice; the next pass may lay out every part again."""
        with self._lock:
            self._at = len(self.parts)
        if self._helper:
            self._helper.join()
        self._helper, self._at = None, 0
        self._done.clear()

    def _from_the_back(self, likely: Callable[[Part], Setting]) -> None:
        for at in reversed(range(len(self.parts))):
            part = self.parts[at]
            setting = likely(part)
            made: Future[Sheets] = Future()
            with self._lock:
                if at <= self._at:
                    return
                self._done[at] = setting, made
            try:
                made.set_result(self._known(part, setting) or self._by_second(part, setting))
            except BaseException as error:  # noqa: BLE001  it is raised where the sheets are asked for
                made.set_exception(error)
                return

    def _by_second(self, part: Part, setting: Setting) -> Sheets:
        if self._second is None and self.shop.another:
            self._second = self._stack.enter_context(self.shop.another())
        return self._lay_out(part, setting, self._second or self.shop.office, "part-2.docx")

    def _lay_out(self, part: Part, setting: Setting, office: Converter, name: str) -> Sheets:
        return self._begun(part.lay_out(setting, office, self.shop.folder / name, self.shop.kept))

    def _known(self, part: Part, setting: Setting) -> Sheets | None:
        known = part.known(setting, self.shop.kept)
        return known and self._begun(known)

    def _begun(self, sheets: Sheets) -> Sheets:
        """The same, their PDF being opened meanwhile: that takes a while, and while LibreOffice works there is time."""
        with self._lock:
            if id(sheets) not in self._files:
                path = self.shop.folder / f"part-{len(self._files) + 1}.pdf"
                self._files[id(sheets)] = self._opener.submit(sheets.open, path)
        return sheets


def likely_setting(part: Part, numbers: Mapping[str, int], pins: Mapping[str, int]) -> Setting:
    """The setting of a part if numbers are what they were or were guessed to be."""
    own = {name: number for name, number in pins.items() if name in part.bookmarks}
    first = {part.start: numbers[part.start]} if part.start in numbers else {}
    return part.setting(numbers, {**first, **own})
