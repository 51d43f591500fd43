"""Text -> Tree: YAML read once, by the C parser, as YAML 1.2 has it.

``9:30``, ``no`` and ``2010-03-11`` are words; ``6.10`` is a number to the schema, and its node keeps the
nought. What YAML would lose or change silently is refused: a key that stands twice, anchors and aliases,
merge keys, tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from boardpack.diagnostics import Finding, Place, Source, finding
from boardpack.load.problems import explain, odd_space, space_instead
from boardpack.load.source import illegal_character, illegal_characters, illegal_in
from boardpack.model.tree import Tree

DEPTH = 24
"""How deep values may nest: an agenda with nine levels needs 20."""

_STR, _INT, _FLOAT, _BOOL, _NULL, _SEQ, _MAP = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map")
)
_TAGS = frozenset((_STR, _INT, _FLOAT, _BOOL, _NULL, _SEQ, _MAP))
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), _NULL),
    **dict.fromkeys(("true", "True", "TRUE", "false", "False", "FALSE"), _BOOL),
}
# A leading nought is not a number to anybody who types a telephone number or a code.
_NUMBER = re.compile(
    r"[-+]?(?:(0|[1-9][0-9]{0,17})|(?:(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{0,17})?|\.[0-9]{1,17})(?:[eE][-+]?[0-9]{1,2})?)"
)
_ANCHOR = re.compile(r"(?:^|[\s\[{,:?-])&[^\s,\[\]{}]", re.MULTILINE)


class _TooDeepError(Exception):
    """Values nest deeper than DEPTH; ``at`` is the node in which they do."""

    def __init__(self, at: Node) -> None:
        super().__init__()
        self.at = at


class _Resolver:
    """What the composer asks at each node: its tag, by YAML 1.2, and whether to go on."""

    depth = 0

    def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that names none."""
        if kind is ScalarNode:
            return _plain_tag(value) if implicit[0] else _STR
        return _MAP if kind is MappingNode else _SEQ

    def descend_resolver(self, parent: Node | None, index: object) -> None:  # noqa: ARG002 (the parser passes both)
        """Called before each node: the one place to count the depth before the C parser recurses."""
        self.depth += 1
        if parent is not None and self.depth > DEPTH + 1:
            raise _TooDeepError(parent)

    def ascend_resolver(self) -> None:
        """Called after each node."""
        self.depth -= 1


class _Composer(_Resolver, yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc]
    """libyaml's parser where the wheel has it, else the same in Python."""


def _plain_tag(value: str) -> str:
    if value in _WORDS:
        return _WORDS[value]
    if value[0] in "0123456789.+-" and (match := _NUMBER.fullmatch(value)):
        return _INT if match[1] else _FLOAT
    return _STR


def parse(source: Source, kind: str) -> tuple[Tree | None, list[Finding]]:
    """The tree of a file and the findings of its reading; no tree where it cannot be trusted."""
    if found := illegal_characters(source):
        return None, found
    try:
        root = _compose(source.text)
    except yaml.MarkedYAMLError as error:
        return None, [explain(source, error)]
    except _TooDeepError as deep:
        return None, [_too_deep(source, deep.at)]
    if not isinstance(root, MappingNode):
        return None, [_not_a_mapping(source, root, kind)]
    if found := list(_anchors(source)):
        return None, found
    data = _mapping(root, source, found)
    if "\\" in source.text:
        found.extend(_escapes(root, source))
    usable = all(fault.code == "duplicate-key" for fault in found)
    return (Tree(kind, source, root, data) if usable else None), found


def _compose(text: str) -> Node | None:
    composer = _Composer(text)
    try:
        node: Node | None = composer.get_single_node()
        return node
    finally:
        composer.dispose()


def _plain(node: Node, source: Source, found: list[Finding]) -> object:
    """A node as plain data; what would be lost on the way is added to ``found``."""
    if node.__class__ is ScalarNode:
        return node.value if node.tag == _STR else _scalar(node, source, found)
    if node.tag not in _TAGS:
        found.append(_tagged(source, node))
    if node.__class__ is SequenceNode:
        return [
            item.value if item.tag == _STR and item.__class__ is ScalarNode else _plain(item, source, found)
            for item in node.value
        ]
    return _mapping(node, source, found)


def _mapping(node: Node, source: Source, found: list[Finding]) -> dict[str, object]:
    data: dict[str, object] = {}
    first: dict[str, Node] = {}
    for key, value in node.value:
        name = key.value if key.__class__ is ScalarNode else _odd_key(source, key, found)
        if name in first:
            found.append(_duplicate(source, key, first[name]))
        elif name == "<<":
            found.append(_merge(source, key))
        elif not name.isascii() and (space := odd_space(name)):
            found.append(space_instead(Place(source, key.start_mark.index, key.end_mark.index).find(space)))
        first[name] = key
        data[name] = _plain(value, source, found)
    return data


def _scalar(node: ScalarNode, source: Source, found: list[Finding]) -> object:
    if node.tag == _NULL:
        return None
    if node.tag == _BOOL:
        return node.value in ("true", "True", "TRUE")
    if node.tag not in _TAGS or not (number := _NUMBER.fullmatch(node.value)):
        found.append(_tagged(source, node))
        return node.value
    return int(node.value) if number[1] else float(node.value)


def _place(source: Source, node: Node) -> Place:
    return Place(source, node.start_mark.index, node.end_mark.index)


def _odd_key(source: Source, key: Node, found: list[Finding]) -> str:
    message, help = (
        "a key is a list or a mapping",
        "a value that starts with `[` or `{` wants quotation marks around it",
    )
    found.append(finding("yaml-syntax", _place(source, key), message, help))
    return str(key.value)


def _tagged(source: Source, node: Node) -> Finding:
    place = _place(source, node)
    help = "put quotation marks around the text" if source.text[place.start] == "!" else "leave the tag out"
    return finding("yaml-syntax", place, "the value starts with `!`, which YAML takes for a tag", help)


def _merge(source: Source, key: Node) -> Finding:
    help = "write the keys out where they belong"
    return finding("alias", _place(source, key), "`<<` merges keys from elsewhere, which papers may not use", help)


def _duplicate(source: Source, key: Node, first: Node) -> Finding:
    line = _place(source, first).span().line
    message = f"`{key.value}` stands here for the second time; the first is in line {line}"
    return finding("duplicate-key", _place(source, key), message, "keep one of the two")


def _too_deep(source: Source, node: Node) -> Finding:
    message = f"values are nested more than {DEPTH} deep"
    start = node.start_mark.index if node.start_mark else 0
    place = Place(source, start, start + 1)  # a node that is still being read has no end
    return finding("too-deep", place, message, "see whether a bracket or a line's indentation is wrong")


def _not_a_mapping(source: Source, root: Node | None, kind: str) -> Finding:
    if root is None or root.tag == _NULL:
        place = Place(source, 0, 0)
        help = (
            f"fill it in, or delete it, if {'these minutes are' if kind == 'minutes' else f'this {kind} is'} not wanted"
        )
        return finding("empty-file", place, "the file holds nothing", help)
    holds = "a list" if isinstance(root, SequenceNode) else "a text"
    message = f"the file holds {holds} where keys belong"
    return finding(
        "not-a-mapping", _place(source, root), message, "write keys with their values, as in `title: Funding`"
    )


def _anchors(source: Source) -> Iterator[Finding]:
    """Anchors and aliases; the pattern finds ampersands in texts too, and the events tell them apart."""
    if "&" not in source.text or not _ANCHOR.search(source.text):
        return
    for event in yaml.parse(source.text, Loader=_Composer):
        anchor = getattr(event, "anchor", None)
        if anchor is None:
            continue
        sign, named = ("*", "an alias") if isinstance(event, yaml.AliasEvent) else ("&", "an anchor")
        start = source.text.find(sign + anchor, event.start_mark.index if event.start_mark else 0)
        message = f"`{sign}{anchor}` is {named} of YAML, which papers may not use"
        help = "write the value out, or put quotation marks around it if it is a text"
        yield finding("alias", Place(source, start, start + len(anchor) + 1), message, help)


def _escapes(node: Node, source: Source) -> Iterator[Finding]:
    """Characters that only an escape in double quotation marks can have brought into a value."""
    if isinstance(node, ScalarNode):
        if character := illegal_in(node.value):
            yield illegal_character(character, _place(source, node))
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _escapes(item, source)
    else:
        for key, value in node.value:
            yield from _escapes(key, source)
            yield from _escapes(value, source)
