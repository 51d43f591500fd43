"""A mapping of a file, asked key by key, leniently.

What a key holds that is of another kind than asked for reads as if it were not there: the schema has its
finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from boardpack.diagnostics import Place, Source
from boardpack.model.text import Text

_NULL = "tag:yaml.org,2002:null"
_BOOL = "tag:yaml.org,2002:bool"
_INT = "tag:yaml.org,2002:int"


class Fields:
    """The keys of one mapping with their values' nodes, and the source that they stand in."""

    __slots__ = ("node", "nodes", "source")

    def __init__(self, source: Source, node: Node) -> None:
        self.source = source
        self.node = node
        self.nodes: dict[str, Node] = (
            {key.value: value for key, value in node.value} if isinstance(node, MappingNode) else {}
        )

    @property
    def at(self) -> Place:
        """Where the mapping stands."""
        return self.place_of(self.node)

    def place_of(self, node: Node) -> Place:
        """Where a node stands."""
        return Place(self.source, node.start_mark.index, node.end_mark.index)

    def says(self, key: str) -> bool:
        """Whether a key is there and holds anything: one that was left empty says nothing."""
        node = self.nodes.get(key)
        return node is not None and node.tag != _NULL

    def place(self, key: str) -> Place | None:
        """Where the value of a key stands."""
        node = self.nodes.get(key)
        return None if node is None else self.place_of(node)

    def key_place(self, key: str) -> Place:
        """Where a key itself stands; the mapping, if it is not there."""
        for node, _ in self.node.value if isinstance(self.node, MappingNode) else ():
            if node.value == key:
                return self.place_of(node)
        return self.at

    def words(self, node: Node | None) -> Text | None:
        """A node as text, as it was typed; nothing for an empty one or for a list."""
        if not isinstance(node, ScalarNode) or node.tag == _NULL or not node.value.strip():
            return None
        return Text(node.value, Place(self.source, node.start_mark.index, node.end_mark.index))

    def text(self, key: str) -> Text | None:
        """The text under a key."""
        return self.words(self.nodes.get(key))

    def string(self, key: str, default: str = "") -> str:
        """The words under a key, without the blanks around them."""
        text = self.words(self.nodes.get(key))
        return text.value.strip() if text else default

    def cell(self, node: Node) -> Text:
        """A node as a cell: what was typed, and an empty text for nothing at all or for a list."""
        typed = isinstance(node, ScalarNode) and node.tag != _NULL
        return Text(node.value if typed else "", self.place_of(node))

    def flag(self, key: str, default: bool = False) -> bool:
        """The true or false under a key."""
        node = self.nodes.get(key)
        return node.value.lower() == "true" if node is not None and node.tag == _BOOL else default

    def flag_or_string(self, key: str, default: bool | str) -> bool | str:
        """The true, the false or the words under a key."""
        node = self.nodes.get(key)
        return self.flag(key) if node is not None and node.tag == _BOOL else self.string(key) or default

    def integer(self, key: str) -> int | None:
        """The whole number under a key."""
        node = self.nodes.get(key)
        return int(node.value) if node is not None and node.tag == _INT else None

    def day(self, key: str) -> date | None:
        """The date under a key."""
        try:
            return date.fromisoformat(self.string(key))
        except ValueError:
            return None

    def items(self, key: str) -> list[Node]:
        """The nodes of the list under a key; a single value is a list of one."""
        node = self.nodes.get(key)
        if node is None or node.tag == _NULL:
            return []
        return node.value if isinstance(node, SequenceNode) else [node]

    def texts(self, key: str) -> tuple[Text, ...]:
        """The texts of the list under a key."""
        return tuple(text for node in self.items(key) if (text := self.words(node)))

    def strings(self, key: str) -> tuple[str, ...]:
        """The words of the list under a key."""
        return tuple(text.value.strip() for text in self.texts(key))

    def mapping(self, key: str) -> Fields | None:
        """The mapping under a key."""
        node = self.nodes.get(key)
        return Fields(self.source, node) if isinstance(node, MappingNode) else None

    def mappings(self, key: str) -> Iterator[Fields]:
        """The mappings of the list under a key."""
        for node in self.items(key):
            if isinstance(node, MappingNode):
                yield Fields(self.source, node)

    def entries(self, key: str) -> Iterator[tuple[str, Place, Fields]]:
        """What ``tables:`` or ``figures:`` holds: each id, its place and the mapping under it."""
        below = self.nodes.get(key)
        for name, node in below.value if isinstance(below, MappingNode) else ():
            if isinstance(node, MappingNode):
                yield name.value, self.place_of(name), Fields(self.source, node)
