"""Papers -> a copy of them in which withheld content never stood: what the public edition is built from.

Local Government Act 1972, section 100B(2): reports of what is not open to the public may be left out. Of a withheld
paper its class and its public title are copied, and its pages are counted in the members' pack; nothing else crosses,
its id and its files' names included. ``stage`` writes the copy, ``papers`` and ``minutes`` say what of each file goes
into it, ``nodes`` edits and writes YAML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from yaml.nodes import MappingNode

from boardpack.model.board import Board
from boardpack.model.meeting import Meeting
from boardpack.model.table import Table
from boardpack.model.tree import Tree
from boardpack.staging import nodes
from boardpack.staging.data import copied
from boardpack.staging.meetings import Names, Said, agenda, minutes, names, withheld_actions, withheld_entries
from boardpack.staging.meetings import with_published as with_published
from boardpack.staging.papers import paper, stub, withheld_appendices


@dataclass(frozen=True, slots=True)
class Staged:
    """A staged copy: its papers folder, what it leaves out, and what it may hold, for the search for leaks.

    ``words`` are all texts that are withheld, ``names`` the ids, titles and file names, ``files`` the files, ``tables``
    the tables, whose sums are in no text. ``public`` are the
    texts that are open, taken from the papers and not from the copy, so that a fault of the copy shows; ``shown`` are
    the files that open content shows.
    """

    papers: Path
    words: tuple[str, ...]
    names: tuple[str, ...]
    files: tuple[Path, ...]
    public: tuple[str, ...]
    shown: tuple[Path, ...]
    tables: tuple[Table, ...]


def stage(board: Board, meetings: Sequence[Meeting], trees: Mapping[Path, Tree], target: Path) -> Staged:
    """Write into ``target`` what the public may have of these meetings of one board.

    ``trees`` are the files as they were read, by their path. Comments are left behind.
    """
    root = board.folder.parent
    called = {meeting.id: names(meeting) for meeting in meetings}
    board_file = board.at.source.path
    nodes.write(trees[board_file].root, target / board_file.relative_to(root))
    words: list[str] = []
    files: list[Path] = []
    public = [*nodes.texts(trees[board_file].root)]
    shown: list[Path] = []
    hidden = _hidden(meetings, trees, called)
    for node in hidden.values():
        words += nodes.texts(node, but=("id", "of", "due", "status"))
    for meeting in meetings:
        folder = target / meeting.folder.relative_to(root)
        for path, node in _public(meeting, trees, called, hidden.keys()):
            nodes.write(node, folder / path)
        public += _public_words(meeting, trees, called[meeting.id], hidden.keys())
        public_files = sorted(_public_files(meeting, trees, called[meeting.id]))
        shown += public_files
        own = called[meeting.id].everywhere
        for file in public_files:
            copy = target / file.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copied(file, copy, partial(nodes.relinked_text, own=own, called=called, meeting=meeting.id))
        words += _withheld_words(meeting, trees, called[meeting.id])
        files += _withheld_files(meeting, set(public_files))
    ids = (id for each in called.values() for id in each.hidden)
    stems = (part for file in files for part in (file.name, file.stem))
    closed = [each for meeting in meetings for each in meeting.papers.values() if each.withheld]
    kept = tuple(dict.fromkeys((*ids, *stems, *(each.title.value for each in closed))))
    tables = tuple(table for each in closed for table in each.tables.values())
    return Staged(target, tuple(words), kept, tuple(dict.fromkeys(files)), tuple(public), tuple(shown), tables)


def _hidden(
    meetings: Sequence[Meeting], trees: Mapping[Path, Tree], called: Mapping[str, Names]
) -> dict[Said, MappingNode]:
    """The actions of withheld items, those included that later minutes say again."""
    found: dict[Said, MappingNode] = {}
    for meeting in meetings:
        if meeting.minutes:
            root = trees[meeting.minutes.path].root
            found |= dict(withheld_actions(root, meeting, called[meeting.id], set(found)))
    return found


def _public(
    meeting: Meeting, trees: Mapping[Path, Tree], called: Mapping[str, Names], hidden: Set[Said]
) -> Iterator[tuple[str, MappingNode]]:
    """Every YAML file of a meeting's staged folder."""
    own = called[meeting.id]
    items = agenda(trees[meeting.at.source.path].root, meeting, own)
    yield "meeting.yaml", nodes.relinked(items, own.lines, called, meeting.id)
    for each in meeting.papers.values():
        if each.withheld:
            lines = (item.title.value for item in meeting.items() if item.paper == each.id and item.title)
            yield f"{own.papers[each.id]}.yaml", stub(each, next(lines, ""))
        else:
            tree = trees[each.path].root
            yield each.path.name, nodes.relinked(paper(tree, each), own.within(each.id), called, meeting.id)
    if meeting.minutes:
        tree = trees[meeting.minutes.path].root
        yield "minutes.yaml", nodes.relinked(minutes(tree, meeting, own, hidden), own.lines, called, meeting.id)


def _public_files(meeting: Meeting, trees: Mapping[Path, Tree], own: Names) -> set[Path]:
    """The files beside the YAML that public content shows."""
    open_papers = [each for each in meeting.papers.values() if not each.withheld]
    shown = {file for each in open_papers for file in each.files}
    shown |= {item.file.file for item in meeting.items() if item.file and item.file.file}
    if meeting.minutes:
        said = "\n".join(nodes.texts(minutes(trees[meeting.minutes.path].root, meeting, own)))
        pictures = (file for file in meeting.minutes.files if file.suffix != ".yaml")
        shown |= {file for file in pictures if file.name in said}
    return shown - {file for each in open_papers for file in withheld_appendices(each)}


def _withheld_files(meeting: Meeting, public: Set[Path]) -> Iterator[Path]:
    """The files that only withheld content shows."""
    minuted = meeting.minutes.files if meeting.minutes else ()
    yield from (file for file in minuted if file.suffix != ".yaml" and file not in public)
    for each in meeting.papers.values():
        files = (each.path, *each.files) if each.withheld else withheld_appendices(each)
        yield from (file for file in files if file not in public)


def _public_words(meeting: Meeting, trees: Mapping[Path, Tree], own: Names, hidden: Set[Said]) -> Iterator[str]:
    """Every text of a meeting that the public may read: of withheld papers the public titles alone."""
    yield from nodes.texts(agenda(trees[meeting.at.source.path].root, meeting, own))
    for each in meeting.papers.values():
        yield each.path.stem if not each.withheld else ""
        root = trees[each.path].root
        if each.withheld:
            yield from nodes.texts(stub(each, ""))
            continue
        yield from nodes.texts(root, but=("appendices",))
        opened = [at.withheld == "" for at in each.appendices]
        yield from (text for entry in nodes.entries(root, "appendices", opened) for text in nodes.texts(entry))
        yield from (at.public_title.value for at in each.appendices if at.public_title)
    if meeting.minutes:
        root = trees[meeting.minutes.path].root
        yield from nodes.texts(minutes(root, meeting, own, hidden))


def _withheld_words(meeting: Meeting, trees: Mapping[Path, Tree], own: Names) -> Iterator[str]:
    """Every text of a meeting that must not become public."""
    for each in meeting.papers.values():
        root = trees[each.path].root
        if each.withheld:
            yield from nodes.texts(root, but=("public_title", "exempt", "confidential"))
            yield from _reasons(root)
        else:
            for entry in nodes.entries(root, "appendices", [at.withheld != "" for at in each.appendices]):
                yield from nodes.texts(entry, but=("public_title", "exempt", "confidential"))
                yield from _reasons(entry)
    if meeting.minutes:
        for entry in withheld_entries(trees[meeting.minutes.path].root, meeting, own):
            yield from nodes.texts(entry, but=("item", "under", "public_summary"))


def _reasons(node: MappingNode) -> Iterator[str]:
    """Why something is withheld: members weigh it, and it may tell of what it is about."""
    for key, words in (("exempt", "public_interest"), ("confidential", "ground")):
        given = nodes.get(node, key)
        if isinstance(given, MappingNode) and (said := nodes.get(given, words)):
            yield from nodes.texts(said)
