"""What every walk through the papers' Markdown needs, whatever it writes: lines, notes, attribute lists, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element

from boardpack.markdown import spans
from boardpack.markdown.spans import Span

TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "td"})
"""The elements of the tree that hold a line of Markdown."""
_ATTRIBUTES = re.compile(rf"[ \n]+({spans.ATTRIBUTES})[ \n]*$")
_UNNUMBERED = re.compile(r"[ :]\.unnumbered[ }]")
_ADDRESS = re.compile(
    r"https?://(?:[^\s/?#@:\[\]<>\"\\]+@)?(?:[^\s/?#@:\[\]<>\"\\%]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?#].*)?"
    r"|mailto:[^\s/?:@]+@[^\s/?:@]+(?:\?.*)?"
    r"|tel:[^\s:/?#][^:/?#]*",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})")
_SPACES = re.compile(r"[ \n\t]+")
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def normal(markdown: str) -> str:
    """One line of Markdown as it is parsed: what would begin a block is text."""
    return markdown.strip(" \n\t").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def plain(markdown: str) -> str:
    """The words of one line of Markdown alone, for titles, alternative texts and file names."""
    return _SPACES.sub(" ", spans.words(spans.parse(normal(markdown)))).strip(" ")


def printed_notes(root: Element) -> dict[str, Element]:
    """The notes that print as footnotes, by id.

    A note to which no text refers, or whose id is taken, gets its mark before it and prints where it stands.
    """
    notes = list(root.iter("note"))
    if not notes:
        return {}
    within = {element for note in notes for element in note.iter()}
    used = {mark for element in root.iter() if element not in within for mark in _marks(element)}
    found: dict[str, Element] = {}
    for note in notes:
        name = note.get("id", "")
        if name in used and name not in found:
            found[name] = note
            continue
        if not len(note) or note[0].tag != "p":
            note.insert(0, Element("p"))
        mark = _SIGNS.sub(r"\\\1", f"[^{name}]:")
        note[0].text = f"{mark} {note[0].text or ''}"
        used.update(mark for element in note.iter() for mark in _marks(element))
    return found


def _marks(element: Element) -> Iterable[str]:
    """The ids of the notes that a block refers to."""
    if element.tag not in TEXTS or "[^" not in (element.text or ""):
        return ()
    return (span.target for span in spans.parse(element.text or "") if span.kind == "note")


def split_attributes(text: str) -> tuple[str, str]:
    """A text without the attribute list at its end, and that list."""
    match = _ATTRIBUTES.search(text) if "{:" in text else None
    return (text[: match.start()], match[1]) if match else (text, "")


def is_unnumbered(attributes: str) -> bool:
    """Whether an attribute list takes its paragraph out of the numbering."""
    return bool(_UNNUMBERED.search(attributes))


def opens(found: Sequence[Span], at: int) -> bool:
    """Whether a sentence begins with this span."""
    before = found[at - 1].text.rstrip(" ") if at else ""
    return before.endswith((".", "?", "!")) if at else len(found) > 1


def trimmed(found: Sequence[Span]) -> list[Span]:
    """Spans without the blanks and breaks that a picture beside them leaves."""
    left = list(found)
    while left and not left[0].text.strip(" ") and left[0].kind in {"text", "break"}:
        left.pop(0)
    while left and not left[-1].text.strip(" ") and left[-1].kind in {"text", "break"}:
        left.pop()
    if left and left[0].kind == "text" and left[0].text.startswith(" "):
        left[0] = left[0]._replace(text=left[0].text.lstrip(" "))
    if left and left[-1].kind == "text" and left[-1].text.endswith(" "):
        left[-1] = left[-1]._replace(text=left[-1].text.rstrip(" "))
    return left


def address(target: str) -> str:
    """A web, mail or telephone address that a link may lead to, percent-encoded; empty for anything else."""
    if not _ADDRESS.fullmatch(target):
        return ""
    return _UNSAFE.sub(lambda match: quote(match.group()), target)


def printed_address(link: Span, last: Span) -> str:
    """What prints behind the text of a link that leads nowhere."""
    if last.kind == "text" and last.text == link.target:
        return ""
    title = f' "{link.title}"' if link.title else ""
    return f"{'' if last.kind == 'link' else ' '}({link.target}{title})"


def is_right_to_left(text: str) -> bool:
    """Whether the first character with a strong direction is written from right to left."""
    if text.isascii():
        return False
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((direction != "L" for direction in strong if direction in {"L", "R", "AL"}), False)
