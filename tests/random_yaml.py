"""Writes YAML as a person would, so that YAML 1.2 core rules read back what went in."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

# A word that YAML 1.2 reads as itself: no mark, no number, none of the core schema's other words.
SAFE = re.compile(r"(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z][A-Za-z0-9 .'/-]*(?<! )", re.IGNORECASE)


class Plain(str):
    """A scalar that a person writes without quotes, although it looks like a time, a date or a number."""


class Flow(list[Any]):
    """A list that a person writes on one line."""


class FlowMap(dict[str, Any]):
    """A mapping that a person writes on one line."""


def put_yaml(path: Path, value: dict[str, Any]) -> None:
    """Write a mapping as a person would: literal blocks for prose, quotes only where they are needed."""
    path.write_text("\n".join(block_lines(value)) + "\n", encoding="utf-8", newline="\n")


def block_lines(value: Any) -> Iterator[str]:
    entries = [(f"{key}:", content) for key, content in value.items()] if isinstance(value, dict) else (
        [("-", content) for content in value]
    )  # fmt: skip
    for head, content in entries:
        if isinstance(content, str) and not isinstance(content, Plain) and content.endswith("\n"):
            yield f"{head} |"
            yield from ("  " + row if row else "" for row in content[:-1].split("\n"))
        elif isinstance(content, dict | list) and content and not isinstance(content, Flow | FlowMap):
            yield from nested(head, list(block_lines(content)))
        else:
            yield f"{head} {flow(content)}"


def nested(head: str, rows: Iterable[str]) -> Iterator[str]:
    """Rows under their head, or, under a dash, beginning on its line."""
    if head == "-":
        first, *rest = rows
        yield f"- {first}"
        yield from ("  " + row if row else "" for row in rest)
    else:
        yield head
        yield from ("  " + row if row else "" for row in rows)


def flow(value: Any) -> str:
    """A value on one line; a text that could be read as anything else stands in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(content)}" for key, content in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(content) for content in value) + "]"
    if isinstance(value, Plain) or (isinstance(value, str) and SAFE.fullmatch(value)):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
