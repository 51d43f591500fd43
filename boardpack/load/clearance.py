"""Who has cleared a paper, and the short hash that a clearance is bound to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from boardpack.load.fields import Fields
from boardpack.model.board import Board
from boardpack.model.clearance import Clearance
from boardpack.model.paper import Paper
from boardpack.model.tree import Tree

LENGTH = 12
"""How many hexadecimal digits of the SHA-256 people are asked to copy."""

_NOT_CLEARED = frozenset(("clearance", "late"))
"""Keys that are no part of what is cleared: the clearances themselves, and what the chair agrees afterwards."""

_NULL = "tag:yaml.org,2002:null"


def build_clearances(fields: Fields, board: Board) -> Iterator[Clearance]:
    """The clearances that a paper lists."""
    for each in fields.mappings("clearance"):
        typed = each.string("name")
        known = board.person(typed)
        name = known.ranked if known else typed
        of = each.string("of").lower()
        yield Clearance(each.string("by"), name, each.day("on"), of, each.at, each.place("of"))


def with_contents(papers: Mapping[str, Paper], trees: Mapping[str, Tree]) -> dict[str, Paper]:
    """The papers with the hash of their content, where there is a clearance to hold against it."""
    return {
        id: replace(paper, content=content_hash(paper, papers, trees)) if paper.clearance else paper
        for id, paper in papers.items()
    }


def content_hash(paper: Paper, papers: Mapping[str, Paper], trees: Mapping[str, Tree]) -> str:
    """The short hash of what is cleared in a paper; empty where a part of it was not read.

    It covers every value of the paper's file but `clearance` and `late`, the bytes of its data files, pictures and
    appendices, and the same of the papers that print as its appendices. Comments, the order of keys, quotation marks
    and other ways to write the same values leave it as it is.
    """
    parts: dict[str, object] = {}
    if not _collect(paper, papers, trees, parts):
        return ""
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()[:LENGTH]


def _collect(paper: Paper, papers: Mapping[str, Paper], trees: Mapping[str, Tree], parts: dict[str, object]) -> bool:
    """Add a paper and all that prints with it; False where something is not there to be read."""
    if paper.id in parts:
        return True
    root = trees[paper.id].root
    parts[paper.id] = {key.value: _plain(value) for key, value in root.value if key.value not in _NOT_CLEARED}
    folder = paper.path.parent
    for file in paper.files:
        try:
            parts[f"file {file.relative_to(folder).as_posix()}"] = sha256(file.read_bytes()).hexdigest()
        except OSError:
            return False
    annexes = [each.paper for each in paper.appendices if each.paper]
    return all(id in papers and _collect(papers[id], papers, trees, parts) for id in annexes)


def _plain(node: Node) -> object:
    """A value as it was typed, without how it was written."""
    if isinstance(node, MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(each) for each in node.value]
    return node.value.rstrip() if isinstance(node, ScalarNode) and node.tag != _NULL else None
