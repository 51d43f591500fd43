"""Random meetings of which some papers are withheld; no word of a meeting is used twice, so any that gets out shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml
from random_meeting import read_words, write_meeting

from boardpack import load
from boardpack.load import Assembled, Library


@dataclass(frozen=True)
class Secret:
    """A meeting's folder, the ids of the papers that are withheld in it, and the words of those alone."""

    meeting: Path
    ids: frozenset[str]
    words: frozenset[str]

    @property
    def papers(self) -> Path:
        return self.meeting.parents[1]

    @property
    def name(self) -> str:
        return f"{self.meeting.parent.name}/{self.meeting.name}"


def write_secret(papers: Path, count: int, seed: int, *, pages: tuple[float, float] = (0.5, 4)) -> Secret:
    """Write a random meeting and withhold about a third of its papers, each under a class drawn by chance."""
    meeting = write_meeting(papers, count, seed, pages=pages)
    random = Random(f"withheld {seed}")
    ids = sorted(path.stem for path in meeting.glob("*.yaml") if path.name != "meeting.yaml")
    chosen = frozenset(random.sample(ids, max(1, count // 3)))
    for id in sorted(chosen):
        classes = ("exempt: {paragraphs: [3], public_interest: x}", "confidential: {ground: x}")
        with (meeting / f"{id}.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\n{random.choice(classes)}\n")
    passages = read_words(papers)
    secret = {word for passage in passages if passage.paper in chosen for word in passage.words}
    public = {word for passage in passages if passage.paper not in chosen for word in passage.words}
    shown = set(_titles(yaml.safe_load((meeting / "meeting.yaml").read_text(encoding="utf-8"))["agenda"]))
    own = {word for word in secret - public - shown if word.isalpha() and len(word) > 3}
    return Secret(meeting, chosen, frozenset(own))


def _titles(lines: list[object]) -> Iterator[str]:
    """The words of the agenda's own titles, which are public by the agenda's own rule."""
    for line in lines:
        if isinstance(line, dict):
            yield from str(line.get("title", "")).split()
            yield from _titles(line.get("items", []))
        else:
            yield from str(line).split()


def loaded(papers: Path, name: str) -> tuple[Library, Assembled]:
    library = load.read(papers, [name])
    return library, load.assemble(library)
