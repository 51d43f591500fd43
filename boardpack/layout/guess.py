"""The likely page of everything before it is laid out, which saves a pass where it is right and costs one where not."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass

from boardpack.store import Store
from boardpack.word import height
from boardpack.word.fragment import Fragment
from boardpack.word.package import Document


@dataclass(frozen=True, slots=True)
class Guess:
    """The likely page of each bookmark, and how many pages each fragment is likely to have."""

    pages: Mapping[str, int]
    lengths: list[int]


def guess(pack: Document, pins: Mapping[str, int], kept: Store | None) -> Guess:
    """Guess the pages of a pack; what was worked out for a fragment that has not changed is taken as it was."""
    pages: dict[str, int] = {}
    lengths: list[int] = []
    ends = {last for _, last in pack.ranges()}
    first = 1
    for fragment in pack.fragments:
        found, count = _of(fragment, pack, ends & fragment.bookmarks, kept)
        first = max((pins[name] for name, page in found.items() if page == 0 and name in pins), default=first)
        pages |= {name: first + page for name, page in found.items()}
        lengths.append(count)
        first += count
    return Guess(pages, lengths)


def _of(fragment: Fragment, pack: Document, ends: Collection[str], kept: Store | None) -> tuple[dict[str, int], int]:
    if kept is None:
        return height.pages(fragment, pack.house, ends)
    about = (*(content for _, content in fragment.notes), *sorted(ends), repr(astuple(pack.house.page)))
    text = "\0".join((*fragment.xml, *about))
    key = kept.key({"guess": text.encode(), "styles": pack.house.parts["word/styles.xml"]})
    data = kept.get(key)
    if data is None:
        data = json.dumps(height.pages(fragment, pack.house, ends)).encode()
        kept.put(key, data)
    found, count = json.loads(data)
    return found, count
