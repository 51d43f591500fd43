"""What must be right in references: ``[](table:allocations)``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.model.text import FORWARD_PLAN, Reference, elsewhere, placed, references
from boardpack.rules.boards import repeated
from boardpack.rules.minutes import is_lost, paper_of

KINDS = ("item", "section", "table", "figure", "appendix", "chart")
_PLURALS = {"appendix": "appendices"}


def unknown_kind(meeting: Meeting) -> Iterator[Finding]:
    """A reference to a kind of thing that there is not."""
    for reference, *_ in _made(meeting):
        if reference.kind not in KINDS:
            yield _unknown_kind(reference)


def _made(meeting: Meeting) -> Iterator[tuple[Reference, Paper | None, str]]:
    """Every reference of papers and minutes, with the paper whose parts it can name, and what a message calls that."""
    for paper in meeting.papers.values():
        yield from ((reference, paper, "in this paper") for reference in paper.references())
    for entry in meeting.minutes.entries if meeting.minutes else ():
        behind = paper_of(meeting, entry)
        where = f"in the paper `{behind.id}`" if behind else ""
        yield from ((reference, behind, where) for text in entry.texts() for reference in references(text))


def _unknown_kind(reference: Reference) -> Finding:
    if reference.kind in ("http", "https", "mailto", "tel"):
        message, help = "the link has no words to print", "write them between the square brackets"
        return finding("unknown-kind", reference.at, message, help)
    near = get_close_matches(reference.kind, (*KINDS, FORWARD_PLAN), n=1)
    kinds = ", ".join(f"`{kind}`" for kind in KINDS)
    help = f"did you mean `{near[0]}`?" if near else f"a reference names one of {kinds}, with an id behind a colon"
    at = reference.at.find(reference.kind)
    return finding("unknown-kind", at, f"`{reference.kind}` is not a kind of thing that can be referred to", help)


def into_withheld(meeting: Meeting) -> Iterator[Finding]:
    """A public paper's reference to a part of a withheld one: the public edition could not print it."""
    for reference, paper, _ in _made(meeting):
        away = elsewhere(reference.target)
        if away is None or reference.kind == "item" or (paper and paper.withheld):
            continue
        folder, target = away
        other = meeting if folder == meeting.id else meeting.earlier.get(folder)
        named = other.papers.get(target.partition("/")[0]) if other else None
        if named and named.withheld:
            message = f"a part of `{named.id}` is named, which is withheld from the public, and this paper is not"
            help = f"refer to the item as a whole: `[](item:{folder}/{named.id})`"
            yield finding("into-withheld", reference.at, message, help)


def unknown_reference(meeting: Meeting) -> Iterator[Finding]:
    """A reference, or a section's `item:`, to an id that is not there."""
    items = _items(meeting)
    targets = {id: {"item": items, **_targets(paper)} for id, paper in meeting.papers.items()}
    for reference, paper, where in _made(meeting):
        known = targets[paper.id] if paper else {"item": items}
        if reference.kind not in KINDS:
            continue
        if away := elsewhere(reference.target):
            yield from _away(reference, *away, meeting)
        elif reference.kind not in known:
            message = f"the entry is about no paper, so that there is no {reference.kind} to refer to"
            help = "name the item of the paper with `item:`, or say it in words"
            yield finding("unknown-reference", reference.at, message, help)
        elif reference.target not in known[reference.kind]:
            yield _unknown(reference, known, where)
    for paper in meeting.papers.values():
        for section in paper.sections:
            if section.item and section.item not in items:
                message = f"there is no item `{section.item}` on the agenda"
                at = section.at.find(section.item)
                yield finding("unknown-reference", at, message, _near("item", section.item, {"item": items}))


def _items(meeting: Meeting) -> set[str]:
    """What names a line of the agenda: its id, or its paper's."""
    items = {item.id for item in meeting.items() if item.id}
    if any(is_lost(meeting, item) for item in meeting.items()):
        items |= meeting.papers.keys()  # the line that names the paper wrongly has a finding
    return items | {item.paper for item in meeting.items() if item.state is PaperState.PAPER}


def _away(reference: Reference, id: str, target: str, meeting: Meeting) -> Iterator[Finding]:
    """What is wrong with a reference to the earlier meeting ``id``."""
    earlier = meeting.earlier.get(id)
    if earlier is None:
        near = get_close_matches(id, meeting.earlier, n=1)
        help = f"did you mean `{near[0]}`?" if near else "name an earlier meeting of this board by its folder"
        message = f"there is no earlier meeting `{id}`"
        yield finding("unknown-reference", reference.at.find(id), message, help)
        return
    if reference.kind == "item":
        if target not in _items(earlier):
            wanted = replace(reference, target=target)
            yield _unknown(wanted, {"item": _items(earlier)}, f"on the agenda of {id}")
        return
    name, _, part = target.partition("/")
    papers = {item.paper for item in earlier.items() if item.state is PaperState.PAPER} & set(earlier.papers)
    if name not in papers:
        near = get_close_matches(name, papers, n=1)
        help = f"did you mean `{near[0]}`?" if near else f"write `[]({reference.kind}:{id}/paper/id)`"
        message = f"there is no paper `{name}` on the agenda of {id}"
        yield finding("unknown-reference", reference.at.find(name), message, help)
    elif not part:
        message = f"the reference does not say which {reference.kind}"
        yield finding("unknown-reference", reference.at, message, f"write `[]({reference.kind}:{id}/{name}/id)`")
    elif part not in (known := _targets(earlier.papers[name]))[reference.kind]:
        yield _unknown(replace(reference, target=part), known, f"in the paper `{name}` of {id}")


def _targets(paper: Paper) -> dict[str, Collection[str]]:
    return {
        "section": {section.id for section in paper.sections if section.id and section.heading},
        "table": paper.tables,
        "figure": paper.figures,
        "appendix": {appendix.id for appendix in paper.appendices if appendix.id},
        "chart": paper.charts,
    }


def _unknown(reference: Reference, targets: Mapping[str, Collection[str]], where: str) -> Finding:
    kind, target = reference.kind, reference.target
    if not target:
        message = f"the reference does not say which {kind}"
        return finding("unknown-reference", reference.at, message, f"write the id behind a colon: `[]({kind}:…)`")
    if target.startswith(f"{FORWARD_PLAN}:"):
        message = f"`{target}` does not say which meetings the plan shows"
        help = f"write `[]({FORWARD_PLAN})`, or with dates `[]({FORWARD_PLAN}:2010-01-28..2011-03-10)`"
        return finding("unknown-reference", reference.at.find(target), message, help)
    if kind == "item" and not where.startswith("on "):
        where = "on the agenda"
    message = f"there is no {kind} `{target}` {where}"
    at = reference.at.find(target)
    return finding("unknown-reference", at, message, _near(kind, target, targets))


def _near(kind: str, target: str, targets: Mapping[str, Collection[str]]) -> str:
    for other, ids in targets.items():
        if target in ids:
            return f"did you mean `[]({other}:{target})`?"
    known = sorted(id for id in targets[kind] if id)
    near = get_close_matches(target, known, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if not known:
        return (
            f"no {kind} has an id yet; give it one with `id:`"
            if kind in ("item", "section")
            else f"the paper has no {_PLURALS.get(kind, f'{kind}s')}"
        )
    shown = ", ".join(f"`{id}`" for id in known[:8])
    more = " and others" if len(known) > 8 else ""
    return f"the ids are {shown}{more}; give the {kind} one of its own if it has none"


def duplicate_id(meeting: Meeting) -> Iterator[Finding]:
    """Two sections, or two appendices, of a paper with the same id."""
    for paper in meeting.papers.values():
        yield from repeated([(each.id, each.at) for each in paper.sections if each.id], "sections have the id")
        yield from repeated([(each.id, each.at) for each in paper.appendices if each.id], "appendices have the id")


def not_placed(meeting: Meeting) -> Iterator[Finding]:
    """A table, figure or chart that no paragraph of its own places."""
    for paper in meeting.papers.values():
        if not (paper.tables or paper.figures or paper.charts):
            continue
        texts = [text for text in (paper.summary, *(section.text for section in paper.sections)) if text]
        texts.extend(answer.text for answer in paper.standing)
        there = {part for text in texts for part in placed(text)}
        parts = [("table", id, table.at) for id, table in paper.tables.items()]
        parts += [("figure", id, figure.at) for id, figure in paper.figures.items()]
        parts += [("chart", id, chart.at) for id, chart in paper.charts.items()]
        misspelt = {name for name in there if name not in {(kind, id) for kind, id, _ in parts}}
        for kind, id, at in parts:
            if (kind, id) not in there and not get_close_matches(id, [name for of, name in misspelt if of == kind]):
                message = f"no text places the {kind} `{id}`, so that it prints at the end of the paper"
                named = id if id.partition(":")[0] == FORWARD_PLAN else f"{kind}:{id}"
                help = f"write `[]({named})` as a paragraph of its own where it belongs"
                yield finding("not-placed", at, message, help)
