"""The tags that each Word template may and must hold -> findings at the paragraph where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from boardpack import __version__
from boardpack.diagnostics import Finding, Place, Source, UsageError, finding
from boardpack.word import template
from boardpack.word.template import AGENDA, COVER, HOUSE, MINUTES, Shell

_MEETING = frozenset(("organisation", "board", "meeting_title", "date", "time", "venue"))
TAGS: Mapping[str, frozenset[str]] = {
    HOUSE: frozenset(("organisation", "board", "date", "item")),
    AGENDA: _MEETING | {"agenda"},
    MINUTES: _MEETING | {"item_label", "title", "status", "attendance", "minutes"},
    COVER: _MEETING
    | {"item", "item_label", "title", "purpose", "author", "presenter", "theme", "pages", "fields"}
    | {"summary", "recommendations"},
}
"""The tags that each template may hold; in the house style those of its header and footer."""
NEEDED: Mapping[str, frozenset[str]] = {
    AGENDA: frozenset({"agenda"}),
    COVER: frozenset({"title", "summary", "recommendations"}),
    MINUTES: frozenset({"status", "attendance", "minutes"}),
}
"""The tags without which words of the papers would not print."""

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TAG = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{#.*?#\}")
_BRACES = re.compile(r"\{[{%#]|[}%#]\}")
_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def faults(path: Path) -> list[Finding]:
    """What is wrong with a template of one of the known names; a place counts the paragraphs of Word as lines.

    That a template is in order is kept for the next command by its content: loading Jinja would double a check's time.
    """
    key = sha256(path.read_bytes() + repr((path.name, sorted(TAGS[path.name]), __version__)).encode()).hexdigest()
    if template.recall(key) is not None:
        return []
    found = list(_faults(path))
    if not found:
        template.remember(key, "")
    return found


def _faults(path: Path) -> Iterator[Finding]:
    try:
        shells = _shells(path)
    except UsageError as error:
        message, _, help = str(error).removeprefix(f"{path}: ").rpartition("; ")
        yield finding("broken-template", Place(Source(path, ""), 0, 0), message or help, "save it again from Word")
        return
    wrong: list[Finding] = []
    for shell in shells:
        source = Source(path, _paragraphs(shell))
        wrong += _unclosed(source)
        for tag in sorted(template.undeclared(shell.source) - TAGS[path.name]):
            wrong += _unknown(tag, source)
    yield from wrong
    for tag in sorted(NEEDED.get(path.name, ())):
        # A tag that is misspelt is there, and has its finding.
        if not wrong and not any(template.prints(shell, tag) for shell in shells):
            sign = " " if tag == "title" else "p "
            message = f"the template has no `{{{{{sign}{tag} }}}}`, so that words of the papers would not print"
            place = Place(Source(path, ""), 0, 0)
            yield finding("missing-tag", place, message, "put it back in a paragraph of its own")


def _shells(path: Path) -> list[Shell]:
    if path.name == HOUSE:
        house = template.house((path.parent,))
        return [house.header, house.footer]
    return [template.shell(path.name, (path.parent,))]


def _paragraphs(shell: Shell) -> str:
    """The words of the part that a shell was made from, one line for each paragraph, as Word shows it."""
    from html import unescape  # not for a template that is known to be in order

    xml = template.package(shell.path)[shell.part].decode()
    return "\n".join(unescape("".join(_WORDS.findall(each))) for each in _PARAGRAPH.findall(xml))


def _unclosed(source: Source) -> Iterator[Finding]:
    """A tag with a brace too few, which would print as it is or take its line away."""
    blank = _TAG.sub(lambda found: " " * len(found[0]), source.text)
    for match in _BRACES.finditer(blank):
        message = f"`{match[0]}` opens or closes a tag that has no other end"
        help = "a tag stands between {{ and }}, or between {% and %}, in one paragraph"
        yield finding("broken-template", Place(source, match.start(), match.end()), message, help)


def _unknown(tag: str, source: Source) -> Iterator[Finding]:
    known = TAGS[source.path.name]
    near = get_close_matches(tag, known, n=1)
    help = f"did you mean `{near[0]}`?" if near else f"the tags are {', '.join(sorted(known))}"
    match = re.search(rf"{{[{{%][^{{}}]*?\b({re.escape(tag)})\b", source.text)
    place = Place(source, *match.span(1)) if match else Place(source, 0, 0)
    yield finding("unknown-tag", place, f"nothing answers the tag `{tag}`", help)
