"""Words as YAML that reads well and comes back as it was: by our loader, and by any other program's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml

WIDTH = 116
"""How long a line of prose may be; words are not cut."""
_PLAIN = re.compile(r"[^\W_][^\n\t]*")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SPECIAL = re.compile(r"[^\w .,()/£+–—;-]|^[-?:] |^---")
_STRING = "tag:yaml.org,2002:str"
_RESOLVER = yaml.resolver.Resolver()
_FLOW = re.compile(r"[,\[\]{}]")


def printable(words: str) -> str:
    """The words with a blank for every sign that YAML or Word cannot hold."""
    return _UNSAFE.sub(" ", words)


def quoted(words: str) -> str:
    """Words as a YAML string in quotation marks, whatever signs they hold: what JSON quotes YAML reads."""
    return json.dumps(printable(words), ensure_ascii=False)


def scalar(words: str, *, flow: bool = False) -> str:
    """Words on one line, in quotation marks only where they would be read as something else.

    ``flow`` where they stand between brackets, in which commas and brackets mean something.
    """
    words = printable(words)
    if not _PLAIN.fullmatch(words) or words != words.strip() or (flow and _FLOW.search(words)):
        return quoted(words)
    return words if _reads_as_itself(words, flow) else quoted(words)


def figure(words: str) -> str:
    """A figure or a date as typed, in quotation marks only where a list would fall apart."""
    return (
        words if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}", words) else scalar(words, flow=True)
    )


def _reads_as_itself(words: str, flow: bool) -> bool:
    """Whether words without quotation marks are taken for these words, and not for a figure, a key or a comment."""
    if _RESOLVER.resolve(yaml.ScalarNode, words, (True, False)) != _STRING:  # type: ignore[no-untyped-call]
        return False
    if not _SPECIAL.search(words):
        return True
    try:
        found = yaml.safe_load(f"a: [{words}]" if flow else f"a: {words}")
    except yaml.YAMLError:
        return False
    return bool(found == {"a": [words] if flow else words})


def block(words: str, indent: int) -> Iterator[str]:
    """The lines of a text below a key that ends in ``|``."""
    margin = " " * indent
    yield from (f"{margin}{line}" if line else "" for line in printable_lines(words))


def printable_lines(words: str) -> list[str]:
    """The lines of a text, each as YAML can hold it."""
    return [printable(line.replace("\t", "    ")).rstrip() for line in words.strip("\n").split("\n")]


def commented(words: str, more: str, at: int = 35) -> str:
    """A line with a comment behind it, the comments of a form under one another."""
    return f"{words:<{at - 1}} # {more}" if words.strip() else f"# {more}"
