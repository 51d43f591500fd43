"""What must be right in references: ``[](table:allocations)``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.model.text import Reference, placed
from boardpack.rules.boards import repeated

KINDS = ("item", "section", "table", "figure", "appendix", "chart")
_PLURALS = {"appendix": "appendices"}
_ALONE = "forward-plan"
"""The one reference that names no id: it prints the board's forward plan."""


def unknown_kind(meeting: Meeting) -> Iterator[Finding]:
    """A reference to a kind of thing that there is not."""
    for paper in meeting.papers.values():
        for reference in paper.references():
            if reference.kind == _ALONE:
                message = "the forward plan cannot be printed from its entries yet"
                yield finding("not-built", reference.at, message, "write the plan as a table of this paper")
            elif reference.kind not in KINDS:
                yield _unknown_kind(reference)


def _unknown_kind(reference: Reference) -> Finding:
    if reference.kind in ("http", "https", "mailto", "tel"):
        message, help = "the link has no words to print", "write them between the square brackets"
        return finding("unknown-kind", reference.at, message, help)
    near = get_close_matches(reference.kind, (*KINDS, _ALONE), n=1)
    kinds = ", ".join(f"`{kind}`" for kind in KINDS)
    help = f"did you mean `{near[0]}`?" if near else f"a reference names one of {kinds}, with an id behind a colon"
    at = reference.at.find(reference.kind)
    return finding("unknown-kind", at, f"`{reference.kind}` is not a kind of thing that can be referred to", help)


def unknown_reference(meeting: Meeting) -> Iterator[Finding]:
    """A reference, or a section's `item:`, to an id that is not there."""
    items = {item.id for item in meeting.items() if item.id}
    items |= {item.paper for item in meeting.items() if item.state is PaperState.PAPER}
    for paper in meeting.papers.values():
        targets = {"item": items, **_targets(paper)}
        for reference in paper.references():
            if reference.kind in targets and reference.target not in targets[reference.kind]:
                yield _unknown(reference, targets)
        for section in paper.sections:
            if section.item and section.item not in items:
                message = f"there is no item `{section.item}` on the agenda"
                at = section.at.find(section.item)
                yield finding("unknown-reference", at, message, _near("item", section.item, {"item": items}))


def _targets(paper: Paper) -> dict[str, Collection[str]]:
    return {
        "section": {section.id for section in paper.sections if section.id},
        "table": paper.tables,
        "figure": paper.figures,
        "appendix": {appendix.id for appendix in paper.appendices if appendix.id},
        "chart": paper.charts,
    }


def _unknown(reference: Reference, targets: Mapping[str, Collection[str]]) -> Finding:
    kind, target = reference.kind, reference.target
    if not target:
        message = f"the reference does not say which {kind}"
        return finding("unknown-reference", reference.at, message, f"write the id behind a colon: `[]({kind}:…)`")
    where = "on the agenda" if kind == "item" else "in this paper"
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
    """A table or figure that no paragraph of its own places."""
    for paper in meeting.papers.values():
        if not (paper.tables or paper.figures):
            continue
        texts = [section.text for section in paper.sections if section.text]
        texts.extend(answer.text for answer in paper.standing)
        there = {part for text in texts for part in placed(text)}
        parts = [("table", id, table.at) for id, table in paper.tables.items()]
        parts += [("figure", id, figure.at) for id, figure in paper.figures.items()]
        for kind, id, at in parts:
            if (kind, id) not in there:
                message = f"no text places the {kind} `{id}`, so that it prints at the end of the paper"
                help = f"write `[]({kind}:{id})` as a paragraph of its own where it belongs"
                yield finding("not-placed", at, message, help)
