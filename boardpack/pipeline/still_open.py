"""What went out, held against what is withheld by now: pages and packs that tell of it are offered no longer.

What is out cannot be taken back. But the site need not go on saying it, as the minutes in another meeting's pack may.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from boardpack.model.meeting import Meeting
from boardpack.pipeline.leaking import LeakError

if TYPE_CHECKING:
    from boardpack.web.shown import Former, Shown

Search = Callable[[Mapping[str, bytes]], None]
"""What looks for withheld words in files, and raises :class:`LeakError` where it finds any."""
_Files = Mapping[str, bytes]
_Piece = tuple[int, str, str]
"""A meeting by its place, then which piece of it: the page of a part, the title of a line, an issue by its folder."""


def withheld_since(meetings: Iterable[Meeting]) -> frozenset[str]:
    """The boards, by id, of which a paper went out openly that is withheld by now."""
    found = set()
    for meeting in meetings:
        parts = meeting.published.parts if meeting.published else ()
        if any(taken_back(meeting, part.key, part.withheld) for part in parts):
            found.add(meeting.board.id)
    return frozenset(found)


def taken_back(meeting: Meeting, key: str, withheld: str) -> bool:
    """Whether a part that went out as ``withheld`` is withheld further by now: no file that holds it may be offered."""
    paper = meeting.papers.get(key)
    if paper is None:
        return False
    appended = any(each.withheld for each in paper.appendices) and not withheld
    return appended or (bool(paper.withheld) and withheld in {"", "in part"})


def still_open(shown: Sequence[Shown], narrowed: frozenset[str], search: Search) -> tuple[list[Shown], list[str]]:
    """The meetings without what went out and tells of what is withheld by now; a sentence on each file left out.

    That are pages of former days, titles of withdrawn lines and, of the ``narrowed`` boards, packs and supplements:
    those of others were searched when they went out, and nothing that was public then has been withheld since.
    """
    pieces: dict[_Piece, _Files] = {}
    for at, each in enumerate(shown):
        pieces |= {(at, "page", key): files for key, files in _pages(each).items()}
        pieces |= {(at, "title", label): {"title.txt": title.encode()} for label, title in each.withdrawn}
        if each.board.id in narrowed:
            pieces |= {(at, "issue", folder): files for folder, files in _issues(each).items()}
    closed = _closed(list(pieces.items()), search)
    said = [_said(shown[at], folder) for at, kind, folder in sorted(closed) if kind == "issue"]
    return [_without(each, {piece[1:] for piece in closed if piece[0] == at}) for at, each in enumerate(shown)], said


def _pages(shown: Shown) -> dict[str, _Files]:
    """The pages of former days by part, each with what was told of it in data and the files that it leads to."""
    return {key: _told(key, former) for key, former in shown.unissued.items() if former}


def _told(key: str, former: Former) -> _Files:
    data = json.dumps({"paper": former.data})
    return {f"{key}.html": former.article.encode(), f"{key}.json": data.encode(), **former.files}


def _issues(shown: Shown) -> dict[str, dict[str, bytes]]:
    """The files of each issue by its folder on the site, empty for the pack."""
    found: dict[str, dict[str, bytes]] = {}
    for each in shown.downloads:
        found.setdefault(_folder(each.name), {})[each.name] = each.data or b""
    return found


def _folder(name: str) -> str:
    above = name.partition("/")[0]
    return above if above.startswith("supplement-") else ""


def _closed(pieces: Sequence[tuple[_Piece, _Files]], search: Search) -> set[_Piece]:
    """Those of the pieces that tell of what is withheld; halved until they are found, since mostly there are none."""
    if not pieces:
        return set()
    try:
        search({f"{at}/{name}": data for at, (_, files) in enumerate(pieces) for name, data in files.items()})
    except LeakError:
        if len(pieces) == 1:
            return {pieces[0][0]}
        half = len(pieces) // 2
        return _closed(pieces[:half], search) | _closed(pieces[half:], search)
    return set()


def _without(shown: Shown, closed: set[tuple[str, str]]) -> Shown:
    return replace(
        shown,
        unissued={key: None if ("page", key) in closed else former for key, former in shown.unissued.items()},
        withdrawn=[(label, "" if ("title", label) in closed else title) for label, title in shown.withdrawn],
        downloads=[each for each in shown.downloads if ("issue", _folder(each.name)) not in closed],
    )


def _said(shown: Shown, folder: str) -> str:
    what = folder.replace("-", " ") or "the pack"
    name = f"{shown.board.id}/{shown.meeting.id}"
    return f"{what} of {name} is no longer offered on the site, because it tells of what is withheld by now"
