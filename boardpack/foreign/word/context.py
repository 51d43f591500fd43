"""What reading a Word file carries along: where it is, what it asks of the document around it, what it saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from boardpack.foreign.word.lists import Counting, Lists
from boardpack.foreign.word.names import COMPATIBLE, W
from boardpack.foreign.word.package import Package, RefusedError
from boardpack.foreign.word.pictures import Picture
from boardpack.foreign.word.styles import Styles


class Sink(Protocol):
    """What a Word file that is read asks of the document that it is read into."""

    def link(self, url: str) -> str:
        """The relationship id of an address."""

    def count(self, counting: Counting) -> int:
        """The ``w:numId`` of a list; one for all paragraphs that go on counting."""

    def footnote(self, content: str) -> str:
        """The run of the mark of a note with these paragraphs, the first of which gets the mark of the note."""

    def picture(self, picture: Picture, width: int, height: int, alt: str) -> str:
        """A run with a picture of this size in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The room between the margins of a page upright, in twentieths of a point, and of one turned."""

    width: int
    height: int
    turned_width: int
    turned_height: int


A4: Final = Sheet(9638, 13608, 14570, 8505)


@dataclass
class Seen:
    """What was met while reading: what a page of ours cannot show, what was left out or changed, how often each."""

    lost: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)


@dataclass
class Field:
    """A field that is open: what it asks for, whether its result has begun (``w:fldChar``, 17.16.18).

    ``box`` is what a field of a form shows; ``hidden`` says that some of what it asks for is hidden text.
    """

    instruction: str = ""
    in_result: bool = False
    box: str = ""
    hidden: bool = False


@dataclass
class Context:
    """Where reading stands; ``width`` and ``height`` are the room here, ``behind`` the colour behind the text.

    ``scale`` is how much wider the page is than that of the file, ``below`` how a table makes its runs look; ``usual``
    keeps what was worked out for paragraphs that say nothing of their own looks.
    """

    package: Package
    part: str
    styles: Styles
    lists: Lists
    sink: Sink
    seen: Seen
    width: int
    height: int
    notes: dict[str, Any]
    fields: list[Field] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    below: dict[str, Any] = field(default_factory=dict)
    behind: str = ""
    text_style: str = "BodyText"
    scale: float = 1.0
    in_note: bool = False
    usual: dict[Any, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> Context:
        """The same but for these changes; ten times as fast as ``dataclasses.replace``, and every cell asks for it."""
        other = object.__new__(Context)
        other.__dict__.update(self.__dict__, **changes)
        return other


_UNWRAPPED: Final = frozenset(
    W + name for name in ("ins", "moveTo", "smartTag", "customXml", "bdo", "dir", "sdtContent")
)
_SKIPPED: Final = frozenset(
    W + name
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart", "permEnd"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "del", "moveFrom"),
        *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
        *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
        *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
        *("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "smartTagPr", "customXmlPr", "sectPr"),
        "fldData",
    )
)


def content(element: Any) -> Iterator[Any]:
    """The children of an element that print: what only wraps others is taken off, what was deleted is left out."""
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag in _UNWRAPPED:
            yield from content(child)
        elif tag == f"{W}sdt":
            inner = child.find(f"{W}sdtContent")
            yield from content(inner) if inner is not None else ()
        elif tag == f"{COMPATIBLE}AlternateContent" and not _draws(child):
            yield from content(chosen(child))
        else:
            yield child


def _draws(element: Any) -> bool:
    """Whether alternatives lie in a run, where each is a drawing of its own kind."""
    parent = element.getparent()
    return parent is not None and parent.tag == f"{W}r"


def chosen(element: Any) -> Any:
    """Of alternatives among blocks the one that every program knows (part 3, 7.5)."""
    fallback = element.find(f"{COMPATIBLE}Fallback")
    if fallback is None:
        fallback = element.find(f"{COMPATIBLE}Choice")
    if fallback is None:
        raise RefusedError("damaged-file", "is damaged")
    return fallback


def escape(text: str) -> str:
    """Text as it stands in XML, also inside the double quotes of an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
