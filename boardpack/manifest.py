"""manifest.json: what a build holds and what it was made from, for people who check and programs that publish.

It says nothing of the machine, the time or the place of the build, so the same papers give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from boardpack import __version__
from boardpack.diagnostics import Finding
from boardpack.model.numbered import Line, NumberedMeeting

SCHEMA = 1
"""The shape of the manifest; it rises when a key changes its meaning or goes."""


def manifest(  # noqa: PLR0913  # each is said once, by name
    numbered: NumberedMeeting,
    *,
    pages: Mapping[str, int],
    inputs: Mapping[str, Path],
    outputs: Mapping[str, bytes],
    findings: Iterable[Finding],
    engine: Mapping[str, str],
    about: Mapping[str, object],
) -> bytes:
    """The manifest of one built pack; ``pages`` is empty where nothing was laid out.

    ``about`` is what it says of the build as a whole: how many pages, what it was made from.
    """
    meeting = numbered.meeting
    content = {
        "schema": SCHEMA,
        "board": meeting.board.id,
        "meeting": meeting.id,
        "date": meeting.date.isoformat(),
        "edition": numbered.edition.name,
        **({} if numbered.edition.public else {"withholds": meeting.withholds}),
        **about,
        "items": [_item(numbered, line, pages) for line in numbered.lines],
        "findings": [_finding(each, meeting.folder.parent.parent) for each in findings],
        "inputs": {name: sha256(path.read_bytes()).hexdigest() for name, path in sorted(inputs.items())},
        "outputs": {name: sha256(data).hexdigest() for name, data in sorted(outputs.items())},
        "versions": {"boardpack": __version__, **engine},
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _item(numbered: NumberedMeeting, line: Line, pages: Mapping[str, int]) -> dict[str, object]:
    entry: dict[str, object] = {"id": line.item.id, "number": line.name}
    title = line.item.title
    if line.part:
        part = numbered.parts[line.part]
        if line.part in numbered.papers:
            title = title or numbered.papers[line.part].paper.title
            entry["paper"] = line.part
            if why := numbered.papers[line.part].paper.withheld:
                entry["withheld"] = why
        else:
            entry["minutes_of"] = line.item.paper
        if not numbered.leaves_out(part):
            entry["report"] = f"reports/{part.stem}.docx"
        if pages:
            last = numbered.edition.pages.get(part.end, pages[part.end])
            entry |= {"first_page": pages[part.start], "last_page": last}
    elif line.item.state:
        entry["paper"] = line.item.paper or str(line.item.state)
    entry["title"] = title.value if title else ""
    if line.purposes:
        entry["purpose"] = list(line.purposes)
    return entry


def _finding(each: Finding, root: Path) -> dict[str, object]:
    entry: dict[str, object] = {"code": each.code, "severity": str(each.severity), "message": each.message}
    if each.place:
        span = each.place.span()
        path = span.path.relative_to(root) if span.path.is_relative_to(root) else Path(span.path.name)
        entry |= {"path": path.as_posix(), "line": span.line, "column": span.column}
    return entry
