"""Word documents (.docx) that others made, taken into ours: what prints of them, and what must not come along.

``package`` unpacks a file within limits and refuses what reaches out of it; ``styles`` and ``lists`` work out how its
text looks; ``body``, ``runs``, ``tables`` and ``drawings`` write it anew, element by element. Nothing is copied: an
element or an attribute that nobody here asks for does not get into the pack. What that would lose is told.

The document that it is read into answers a :class:`Sink`; without one :func:`look` says what is wrong with a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from boardpack.foreign import Fault
from boardpack.foreign.kinds import Kind, check
from boardpack.foreign.word.body import Stretch, stretches
from boardpack.foreign.word.context import A4, Context, Seen, Sheet, Sink
from boardpack.foreign.word.drawings import DRAWN
from boardpack.foreign.word.lists import Counting, Level, Lists
from boardpack.foreign.word.names import W
from boardpack.foreign.word.package import Package, RefusedError
from boardpack.foreign.word.pages import as_pdf, copy
from boardpack.foreign.word.pictures import Picture
from boardpack.foreign.word.styles import Styles
from boardpack.model.sentences import listed

__all__ = [
    "Counting", "Level", "Picture", "RefusedError", "Sheet", "Sink", "Stretch", "as_pdf", "clean", "is_pictured",
    "look", "read",
]  # fmt: skip

_DRAWN_PAGES = "page-pictures"
_CONTENT = re.compile(r"<w:t |<w:r/>|<w:sym ")
"""A word, the place of a picture, a sign: what a page must have to be worth printing."""
_EMPTY = Fault("damaged-file", "holds no words and no pictures", "name another file, or leave the appendix out")
_TIMES = {2: "twice", 3: "three times"}


@dataclass(frozen=True)
class _Nothing:
    """The sink of a reading that is only to say what is wrong."""

    def link(self, url: str) -> str:  # noqa: ARG002
        return "rId1"

    def count(self, counting: Counting) -> int:  # noqa: ARG002
        return 1

    def footnote(self, content: str) -> str:  # noqa: ARG002
        return ""

    def picture(self, picture: Picture, width: int, height: int, alt: str) -> str:  # noqa: ARG002
        return "<w:r/>"


def look(path: Path) -> Sequence[Fault]:
    """What is wrong with a file, and what of it does not print as it is; read once as long as it does not change."""
    status = path.stat()
    return _looked(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _looked(path: Path, size: int, changed: int) -> Sequence[Fault]:  # noqa: ARG001 (the cache's key)
    if fault := check(path, Kind.WORD, Kind.WORD_MACROS):
        return (fault,)
    try:
        seen = Seen()
        holds = any(_CONTENT.search(each.xml) for each in _read(Package(path), _Nothing(), A4, seen))
    except RefusedError as refused:
        return (refused.fault,)
    return (*_faults(seen), *(() if holds or seen.lost else (_EMPTY,)))


def read(path: Path, sink: Sink, sheet: Sheet) -> Sequence[Stretch]:
    """A file that :func:`look` has nothing against, as stretches of Word XML; raises :class:`RefusedError`."""
    seen = Seen()
    found = _read(Package(path), sink, sheet, seen)
    if seen.lost:  # a page without it would be false
        raise RefusedError("not-kept", f"holds {listed(_named(seen.lost))}, which cannot be printed here")
    return found


def is_pictured(path: Path) -> bool:
    """Whether a build has the pages of a file drawn, since it holds a chart or another thing of :data:`DRAWN`."""
    return any(fault.code == _DRAWN_PAGES for fault in look(path))


def clean(path: Path) -> bytes:
    """A file that :func:`look` has nothing against, as a Word file with what its pages show and nothing else."""
    return copy(Package(path))


def _read(package: Package, sink: Sink, sheet: Sheet, seen: Seen) -> Sequence[Stretch]:
    main = package.document
    styles, numbering = (package.related(main, kind) for kind in ("styles", "numbering"))
    context = Context(
        package,
        main,
        Styles(package.tree(styles) if styles else None),
        Lists(package.tree(numbering) if numbering else None),
        sink,
        seen,
        sheet.width,
        sheet.height,
        {},
    )
    _count(package, seen)
    return tuple(stretches(context, sheet))


def _count(package: Package, seen: Seen) -> None:
    """Note what is left out wherever it stands: comments, what was deleted, links of settings to other files."""
    notes = (package.related(package.document, kind) for kind in ("footnotes", "endnotes"))
    for part in (package.document, *notes):
        root: Any = package.tree(part) if part else None
        if root is None:
            continue
        for name, tags in {
            "comment": ("commentReference",),
            "inserted": ("ins", "moveTo"),
            "deleted": ("del", "moveFrom"),
        }.items():
            count = sum(1 for tag in tags for _ in root.iter(W + tag))
            if name == "comment":
                seen.left_out["a comment"] += count
            else:
                seen.changed[name] += count
    for kind in package.dropped():
        seen.left_out["the template of the file" if kind == "attachedTemplate" else "a mail merge"] += 1


def _faults(seen: Seen) -> Sequence[Fault]:
    found = []
    if seen.lost and seen.lost.keys() <= DRAWN:
        message = f"prints as pictures of its pages, since it holds {listed(_named(seen.lost))}"
        found.append(Fault(_DRAWN_PAGES, message, "see its pages in the pack; a PDF made in Word is sharper and surer"))
    elif seen.lost:
        help = "save it as PDF from Word and name the PDF, whose pages print as they are"
        found.append(Fault("not-kept", f"holds {listed(_named(seen.lost))}, which cannot be printed here", help))
    inserted, deleted = seen.changed.pop("inserted", 0), seen.changed.pop("deleted", 0)
    if inserted or deleted:
        message = (
            f"has tracked changes: {_things(inserted, 'insertion')} printed, {_things(deleted, 'deletion')} left out"
        )
        found.append(
            Fault("cleaned-file", message, "accept or reject the changes in Word, so that nobody has to guess")
        )
    left_out = +seen.left_out
    if left_out:
        help = "see that nothing is missing; take it out in Word and the warning goes"
        found.append(Fault("cleaned-file", f"prints without {listed(_named(left_out))}", help))
    found += [Fault("cleaned-file", f"does not print as it is: {each}", "see its pages") for each in +seen.changed]
    return found


def _things(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'s' * (count != 1)}"


def _named(counted: Counter[str]) -> list[str]:
    """What was counted, in words: "an equation", "a chart (3 times)"."""
    return [
        name if count == 1 else f"{name} ({_TIMES.get(count) or f'{count:,} times'})" for name, count in counted.items()
    ]
