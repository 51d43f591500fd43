"""YAML nodes: read key by key, edited without touching the original, written again with every value as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from boardpack.staging.meetings import Names

_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_LINK = re.compile(r"(\]\([a-z]+:)(?:(\d{4}-\d\d-\d\d[^/()\s]*)/)?([^/()\s]+)")


def text(value: str) -> ScalarNode:
    """A value in quotation marks."""
    return ScalarNode(_STR, value, style='"')


def mapping(pairs: Mapping[str, Node]) -> MappingNode:
    """A mapping of these keys."""
    return MappingNode(_MAP, [(ScalarNode(_STR, key), node) for key, node in pairs.items()])


def sequence(items: Sequence[Node]) -> SequenceNode:
    """A list of these values."""
    return SequenceNode(_SEQ, list(items))


def get(node: MappingNode, key: str) -> Node | None:
    """The value under a key."""
    return next((value for name, value in node.value if name.value == key), None)


def replaced(node: MappingNode, values: Mapping[str, Node | None]) -> MappingNode:
    """The same mapping with other values under these keys; a key whose value is None goes."""
    kept = [(key, values.get(key.value, value)) for key, value in node.value]
    added = [(ScalarNode(_STR, key), value) for key, value in values.items() if get(node, key) is None]
    pairs = [(key, value) for key, value in (*kept, *added) if value is not None]
    return MappingNode(_MAP, pairs, flow_style=node.flow_style)


def items(node: MappingNode, key: str) -> list[Node]:
    """The values of the list under a key."""
    value = get(node, key)
    return list(value.value) if isinstance(value, SequenceNode) else []


def entries(node: MappingNode, key: str, wanted: Sequence[bool]) -> Iterator[MappingNode]:
    """Those mappings of the list under a key that are wanted, by their position among the mappings."""
    found = [each for each in items(node, key) if isinstance(each, MappingNode)]
    yield from (each for each, take in zip(found, wanted, strict=True) if take)


def texts(node: Node, but: Sequence[str] = ()) -> Iterator[str]:
    """Every value below a node, and every key that stands for an id; nothing under the keys in ``but``."""
    if isinstance(node, ScalarNode):
        yield node.value
    elif isinstance(node, SequenceNode):
        for each in node.value:
            yield from texts(each)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value not in but:
                yield from texts(value)


def relinked(node: MappingNode, own: Mapping[str, str], called: Mapping[str, Names], meeting: str) -> MappingNode:
    """The same values with references to what is withheld under its public name.

    ``own`` are the names of this file's own meeting (and paper), ``called`` those of every meeting by its folder.
    """
    edited = _each_scalar(node, lambda value: relinked_text(value, own, called, meeting))
    if not isinstance(edited, MappingNode):
        raise TypeError("a mapping stays a mapping")
    return edited


def relinked_text(text: str, own: Mapping[str, str], called: Mapping[str, Names], meeting: str) -> str:
    """The same for one text."""

    def target(match: re.Match[str]) -> str:
        folder, id = match[2], match[3]
        names = own if folder in {None, meeting} else called[folder].lines if folder in called else {}
        away = f"{folder}/" if folder else ""
        return f"{match[1]}{away}{names.get(id, id)}"

    return _LINK.sub(target, text) if "](" in text else text


def _each_scalar(node: Node, edit: Callable[[str], str]) -> Node:
    if isinstance(node, ScalarNode):
        return ScalarNode(node.tag, edit(node.value), style=node.style)
    if isinstance(node, SequenceNode):
        return SequenceNode(node.tag, [_each_scalar(each, edit) for each in node.value], flow_style=node.flow_style)
    pairs = [(key, _each_scalar(value, edit)) for key, value in node.value]
    return MappingNode(node.tag, pairs, flow_style=getattr(node, "flow_style", None))


def write(node: Node, path: Path) -> None:
    """Write a node as YAML that reads as the same values: plain scalars stay plain, all others in their style."""
    path.parent.mkdir(parents=True, exist_ok=True)
    events = (yaml.StreamStartEvent(), yaml.DocumentStartEvent(), *_events(node), yaml.DocumentEndEvent())
    written = yaml.emit((*events, yaml.StreamEndEvent()), Dumper=yaml.SafeDumper, allow_unicode=True, width=2**30)
    path.write_text(written, encoding="utf-8")


def _events(node: Node) -> Iterator[yaml.Event]:
    if isinstance(node, ScalarNode):
        yield yaml.ScalarEvent(None, None, (True, True), node.value, style=node.style)
    elif isinstance(node, SequenceNode):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=node.flow_style)
        for each in node.value:
            yield from _events(each)
        yield yaml.SequenceEndEvent()
    else:
        yield yaml.MappingStartEvent(None, None, True, flow_style=getattr(node, "flow_style", None))
        for key, value in node.value:
            yield from _events(key)
            yield from _events(value)
        yield yaml.MappingEndEvent()
