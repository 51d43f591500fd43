"""What the public may have of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from yaml.nodes import MappingNode, Node

from boardpack.model.clearance import holding
from boardpack.model.paper import Appendix, Paper
from boardpack.staging import nodes

_CLASSES = ("exempt", "confidential")


def public_title(of: Paper | Appendix, what: str) -> str:
    """What the public edition calls a withheld paper or appendix that does not say it itself: "Exempt item"."""
    stated = of.public_title.value if of.public_title else ""
    return stated or f"{of.withheld.partition(':')[0].capitalize()} {what}"


def stub(paper: Paper, line: str) -> MappingNode:
    """A withheld paper: its public title and its class. ``line`` is the title of its own that an agenda line has."""
    title = line if line and paper.public_title is None else public_title(paper, "item")
    return nodes.mapping({"title": nodes.text(title), **_class(paper)})


def paper(root: MappingNode, of: Paper) -> MappingNode:
    """A paper that is not withheld, with its withheld appendices as their class and public title."""
    root = _cleared(root, of)
    if not any(appendix.withheld for appendix in of.appendices):
        return root
    found = [each for each in nodes.items(root, "appendices") if isinstance(each, MappingNode)]
    public = [
        _appendix(appendix, position) if appendix.withheld else each
        for position, (each, appendix) in enumerate(zip(found, of.appendices, strict=True), 1)
    ]
    return nodes.replaced(root, {"appendices": nodes.sequence(public)})


def _cleared(root: MappingNode, of: Paper) -> MappingNode:
    """The paper with the clearances that hold, no longer bound to a text: they are for the members' one."""
    if not of.clearance:
        return root
    held = nodes.entries(root, "clearance", holding(of.clearance, of.content))
    unbound = [nodes.replaced(each, {"of": None}) for each in held]
    return nodes.replaced(root, {"clearance": nodes.sequence(unbound)})


def _appendix(appendix: Appendix, position: int) -> MappingNode:
    own = {"id": nodes.text(appendix_name(position))} if appendix.id else {}
    return nodes.mapping({**own, "title": nodes.text(public_title(appendix, "appendix")), **_class(appendix)})


def appendix_name(position: int) -> str:
    """The id of a withheld appendix in the staged copy."""
    return f"withheld-appendix-{position}"


def _class(of: Paper | Appendix) -> dict[str, Node]:
    """Why something is withheld, without the reasons that were given for it."""
    kind, _, _ = of.withheld.partition(":")
    if kind not in _CLASSES:
        raise ValueError(f"{of.withheld} is no class")
    paragraphs = re.findall(r"\d+", of.withheld)
    if not paragraphs:
        return {kind: nodes.mapping({})}
    return {kind: nodes.mapping({"paragraphs": nodes.sequence([nodes.text(each) for each in paragraphs])})}


def withheld_appendices(paper: Paper) -> Iterator[Path]:
    """The files of a paper's withheld appendices."""
    yield from (appendix.file for appendix in paper.appendices if appendix.withheld and appendix.file)
