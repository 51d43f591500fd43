"""What must be right in links and pictures."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Meeting
from boardpack.model.text import Link, links
from boardpack.rules.patterns import later
from boardpack.rules.references import KINDS

_SAFE = frozenset(("http", "https", "mailto", "tel"))
_SCHEME = later(r"([A-Za-z][A-Za-z0-9+.-]*):")


def missing_alt(meeting: Meeting) -> Iterator[Finding]:
    """A figure without `alt:`, or a picture in a text without words between its brackets."""
    for paper in meeting.papers.values():
        for id, figure in paper.figures.items():
            if not figure.alt:
                help = "write `alt:` with what the picture says, in words"
                yield finding("missing-alt", figure.at, f"the figure `{id}` has no alternative text", help)
    for link in _links(meeting):
        if link.picture and not link.words.strip():
            help = "write what the picture says between the square brackets"
            yield finding("missing-alt", link.at, f"the picture `{link.target}` has no alternative text", help)


def unsafe_link(meeting: Meeting) -> Iterator[Finding]:
    """A link to anything but a web page, an e-mail address or a telephone number; a picture from the web."""
    for link in _links(meeting):
        match = _SCHEME.match(link.target)
        scheme = match[1].lower() if match else ""
        if link.picture:
            if scheme:
                help = "put the picture's file into the meeting's folder and name it from there"
                yield finding("unsafe-link", link.at.find(link.target), "the picture is not a file of the papers", help)
        elif scheme in KINDS and not link.words:
            message = f"`{link.target[: len(scheme)]}` is not a kind of thing that can be referred to"
            yield finding("unknown-kind", link.at.find(link.target), message, f"did you mean `{scheme}`?")
        elif scheme not in _SAFE:
            yield finding("unsafe-link", link.at.find(link.target), _fault(link, scheme), _remedy(link, scheme))


def _fault(link: Link, scheme: str) -> str:
    if scheme:
        return f"a link may not start with `{scheme}:`"
    return f"`{link.target}` is not a full address"


def _remedy(link: Link, scheme: str) -> str:
    if link.target.startswith("#"):
        return "refer to a part of this paper with `[](section:…)`, `[](table:…)` or another reference"
    if scheme in KINDS:
        return f"leave the square brackets empty: `[]({scheme}{link.target[len(scheme) :]})`"
    if scheme:
        return "links start with `https://`, `http://`, `mailto:` or `tel:`"
    return "write the address in full, from `https://` on; a file can be an appendix"


def _links(meeting: Meeting) -> Iterator[Link]:
    for paper in meeting.papers.values():
        yield from paper.links
    for text in meeting.minutes.texts() if meeting.minutes else ():
        yield from links(text)
