"""One YAML file as it was read: plain data for the schema, and nodes that know where each value is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from boardpack.diagnostics import Place, Source

if TYPE_CHECKING:
    from yaml import MappingNode, Node


@dataclass(frozen=True, slots=True)
class Tree:
    """The content of one file. ``kind`` names its schema: board, meeting, paper or minutes.

    ``data`` holds dicts, lists, strings, numbers, booleans and None as YAML 1.2 reads them; ``root`` is the
    same as nodes, whose text is what was typed (``6.10``, not 6.1).
    """

    kind: str
    source: Source
    root: MappingNode
    data: dict[str, object]
    _steps: dict[int, dict[str | int, tuple[Node | None, Node]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def place(self, path: Sequence[str | int]) -> Place:
        """The place of the value at this path; of the nearest one above it where there is none."""
        return self._place(self._nodes(path)[1])

    def key_place(self, path: Sequence[str | int]) -> Place:
        """The place of the key at the end of this path; of the value itself where it is an item of a list."""
        key, value = self._nodes(path)
        return self._place(key or value)

    def typed(self, path: Sequence[str | int]) -> str:
        """What was typed at this path, such as ``6.10``; empty for a list or a mapping."""
        value = self._nodes(path)[1].value
        return value if isinstance(value, str) else ""

    def _nodes(self, path: Sequence[str | int]) -> tuple[Node | None, Node]:
        key: Node | None = None
        node: Node = self.root
        for step in path:
            below = self._below(node)
            if step not in below:
                break
            key, node = below[step]
        return key, node

    def _below(self, node: Node) -> Mapping[str | int, tuple[Node | None, Node]]:
        """What stands one step below a node, with the keys; made once, for files with many findings."""
        if id(node) not in self._steps:
            steps: dict[str | int, tuple[Node | None, Node]] = {}
            if isinstance(node.value, list):
                for index, each in enumerate(node.value):
                    if isinstance(each, tuple):
                        steps[each[0].value] = each
                    else:
                        steps[index] = (None, each)
            self._steps[id(node)] = steps
        return self._steps[id(node)]

    def _place(self, node: Node) -> Place:
        return Place(self.source, node.start_mark.index, node.end_mark.index)
