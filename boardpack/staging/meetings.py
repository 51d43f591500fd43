"""What the public may have of an agenda and of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from yaml.nodes import MappingNode, Node, ScalarNode

from boardpack.model.labels import line_keys, out_labels
from boardpack.model.meeting import Item, Meeting, PaperState
from boardpack.model.published import Published
from boardpack.staging import nodes
from boardpack.staging.papers import appendix_name


@dataclass(frozen=True, slots=True)
class Names:
    """What withheld things of one meeting are called in public.

    ``papers`` are withheld papers by their id, ``lines`` those and the own ids of their agenda lines, ``appendices``
    the withheld appendices of each public paper by their ids. ``closed`` are the agenda lines that are withheld with a
    paper, each by its identity with that paper's id and the id that the line has in public, empty for the paper's.
    """

    papers: Mapping[str, str]
    lines: Mapping[str, str]
    appendices: Mapping[str, Mapping[str, str]]
    closed: Mapping[int, tuple[str, str]]

    @property
    def hidden(self) -> Iterator[str]:
        """Every id that the public must not see."""
        yield from self.lines
        for each in self.appendices.values():
            yield from each

    @property
    def everywhere(self) -> Mapping[str, str]:
        """What the files of all public papers may name."""
        return {id: name for each in (*self.appendices.values(), self.lines) for id, name in each.items()}

    def within(self, paper: str) -> Mapping[str, str]:
        """What a public paper's own references may name."""
        return {**self.lines, **self.appendices.get(paper, {})}


def names(meeting: Meeting) -> Names:
    """Neutral names in the order of the agenda, then of the files, none of which is taken."""
    behind = [item for item in meeting.items() if item.state is PaperState.PAPER]
    order = dict.fromkeys((*(item.paper for item in behind), *sorted(meeting.papers)))
    withheld = [id for id in order if id in meeting.papers and meeting.papers[id].withheld]
    taken = {*meeting.papers, *(item.id for item in meeting.items())}
    free = (name for number in range(1, len(taken) + len(withheld) + 2) if (name := f"withheld-{number}") not in taken)
    papers = dict(zip(withheld, free, strict=False))
    closed = list(_closed(meeting.agenda, papers))
    own = [(item, paper) for item, paper in closed if item.own_id or item.state is PaperState.NONE]
    called = {id(item): f"{papers[paper]}-line-{at}" for at, (item, paper) in enumerate(own, 1)}
    lines = {item.id: called[id(item)] for item, _ in own if item.own_id}
    appendices = {
        paper.id: {each.id: appendix_name(at) for at, each in enumerate(paper.appendices, 1) if each.withheld}
        for paper in meeting.papers.values()
        if not paper.withheld
    }
    return Names(
        papers, {**papers, **lines}, appendices, {id(item): (paper, called.get(id(item), "")) for item, paper in closed}
    )


def _closed(items: tuple[Item, ...], papers: Mapping[str, str], above: str = "") -> Iterator[tuple[Item, str]]:
    """The lines of withheld papers, and those below them that only name a part of what they say, with the papers."""
    for item in items:
        paper = above if item.state is PaperState.NONE else item.paper if item.state is PaperState.PAPER else ""
        paper = paper if paper in papers else ""
        if paper:
            yield item, paper
        yield from _closed(item.items, papers, paper)


def agenda(root: MappingNode, meeting: Meeting, own: Names) -> MappingNode:
    """meeting.yaml with withheld papers under their public names, and nothing that their lines say of them but that."""
    if not own.papers:
        return root
    return nodes.replaced(root, {"agenda": _lines(root, "agenda", meeting.agenda, meeting, own)})


def _lines(root: MappingNode, key: str, items: tuple[Item, ...], meeting: Meeting, own: Names) -> Node:
    return nodes.sequence([_line(each, item, meeting, own) for each, item in zip(_read(root, key), items, strict=True)])


def _read(root: MappingNode, key: str) -> list[Node]:
    """The lines that the model has an item for: the mappings and the words."""
    return [
        each
        for each in nodes.items(root, key)
        if isinstance(each, MappingNode) or (isinstance(each, ScalarNode) and each.value)
    ]


def _line(node: Node, item: Item, meeting: Meeting, own: Names) -> Node:
    below = {}
    if isinstance(node, MappingNode) and item.items:
        below = {"items": _lines(node, "items", item.items, meeting, own)}
    if id(item) not in own.closed:
        return nodes.replaced(node, below) if isinstance(node, MappingNode) else node
    paper, name = own.closed[id(item)]
    stated = meeting.papers[paper].public_title
    line = node if isinstance(node, MappingNode) else nodes.mapping({"title": node})
    title = nodes.get(line, "title")
    if stated and (title or item.state is PaperState.PAPER):
        title = nodes.text(stated.value)
    public = {"title": title, "id": nodes.text(name) if name else None, "presenter": None, "purpose": None}
    if item.state is PaperState.PAPER:
        public = {"paper": nodes.text(own.papers[paper]), **public}
    return nodes.replaced(line, {**public, **below})


Said = tuple[str, str]
"""An action: its id, and the folder of the meeting that it came of or its words, by which it is said again."""


def minutes(root: MappingNode, meeting: Meeting, own: Names, hidden: Set[Said] = frozenset()) -> MappingNode:
    """minutes.yaml without what was said of withheld papers (section 100C(1)(a)).

    An entry's ``public_summary`` stands in its place where there is one, as section 100C(2) asks. ``hidden`` are the
    actions that came of withheld items, which later minutes may say again.
    """
    kept: list[Node] = []
    for each in nodes.items(root, "items"):
        if not isinstance(each, MappingNode):
            kept.append(each)
        elif (paper := _withheld_by(each, meeting, own)) is None:
            said = nodes.items(each, "actions")
            actions = [action for action in said if hidden.isdisjoint(_action(action, meeting.id))]
            fewer = {"actions": nodes.sequence(actions)} if len(actions) < len(said) else {}
            kept.append(nodes.replaced(each, {"public_summary": None, **fewer}))
        elif not _names(each, "under"):
            kept.append(_summary(each, paper[1], meeting.papers[paper[0]].withheld))
    return nodes.replaced(root, {"items": nodes.sequence(kept)})


def withheld_actions(
    root: MappingNode, meeting: Meeting, own: Names, known: Set[Said]
) -> Iterator[tuple[Said, MappingNode]]:
    """The actions of minutes that the public does not see: of withheld items, or ``known`` ones said again."""
    for entry in nodes.items(root, "items"):
        if isinstance(entry, MappingNode):
            closed = _withheld_by(entry, meeting, own) is not None
            for action in nodes.items(entry, "actions"):
                said = _action(action, meeting.id)
                if isinstance(action, MappingNode) and (closed or not known.isdisjoint(said)):
                    yield from ((each, action) for each in said)


def _action(node: Node, meeting: str) -> tuple[Said, ...]:
    """What an action is known by; nothing where it has no id."""
    if not isinstance(node, MappingNode) or not (id := _names(node, "id")):
        return ()
    return (id, _names(node, "of") or meeting), (id, _words(_names(node, "action")))


def _withheld_by(entry: MappingNode, meeting: Meeting, own: Names) -> tuple[str, str] | None:
    """The withheld paper that an entry of the minutes is about, and what the line is called in public."""
    at = _names(entry, "under") or _names(entry, "item")
    if at:
        beside = (at, own.papers[at]) if at in own.papers else None  # a paper that no line names
        lines = (item for item in meeting.items() if at in {item.id, item.paper} and id(item) in own.closed)
        return next((_called(item, own) for item in lines), beside)
    title = _words(_names(entry, "title"))
    for item in meeting.items():
        paper = meeting.papers.get(item.paper) if item.state is PaperState.PAPER else None
        shown = item.title or (paper.title if paper else None)
        if title and shown and _words(shown.value) == title:
            return _called(item, own) if id(item) in own.closed else None
    return next(
        ((id, own.papers[id]) for id in own.papers if title and _words(meeting.papers[id].title.value) == title), None
    )


def _called(item: Item, own: Names) -> tuple[str, str]:
    paper, name = own.closed[id(item)]
    return paper, name or own.papers[paper]


def _words(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".;")


def _names(entry: MappingNode, key: str) -> str:
    value = nodes.get(entry, key)
    return value.value if isinstance(value, ScalarNode) else ""


def _summary(entry: MappingNode, name: str, why: str) -> MappingNode:
    said = nodes.get(entry, "public_summary")
    words = said.value if isinstance(said, ScalarNode) else f"The minute of this item is not for publication ({why})."
    return nodes.mapping({"item": nodes.text(name), "discussion": nodes.text(words)})


def with_published(staged: Sequence[Meeting], originals: Mapping[str, Meeting]) -> list[Meeting]:
    """Meetings read from a staged copy, with what is out of them and of the earlier ones under their public names."""
    earlier: dict[str, Meeting] = {}
    for each in staged:
        for id, before in each.earlier.items():  # the first comes first, and each is in every later one
            if id not in earlier:
                earlier[id] = _with_published(before, originals, earlier)
    return [_with_published(each, originals, earlier) for each in staged]


def _with_published(staged: Meeting, originals: Mapping[str, Meeting], done: Mapping[str, Meeting]) -> Meeting:
    """One meeting; ``done`` has the earlier ones."""
    earlier = {id: done[id] for id in staged.earlier}
    original = originals.get(staged.id)
    if original is None or original.published is None:
        return replace(staged, earlier=earlier)
    out, called = original.published, names(original).papers
    labels = out_labels(original, out.lines)
    keys = zip(line_keys(staged), original.items(), strict=True)
    lines = {public: labels[id(item)] for (_, public), item in keys if id(item) in labels}
    parts = tuple(replace(part, key=called.get(part.key, part.key), title="") for part in out.parts)
    return replace(staged, earlier=earlier, published=Published(out.issues, lines, parts))


def withheld_entries(root: MappingNode, meeting: Meeting, own: Names) -> Iterator[MappingNode]:
    """The entries of the minutes that the public does not see as they stand."""
    for each in nodes.items(root, "items"):
        if isinstance(each, MappingNode) and _withheld_by(each, meeting, own) is not None:
            yield each
