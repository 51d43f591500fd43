"""Why content is withheld from the public: exempt or confidential (Local Government Act 1972, section 100A).

A class that is not understood counts as one all the same: content becomes public only where nothing at all is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from yaml.nodes import MappingNode, Node, SequenceNode

from boardpack.diagnostics import Place
from boardpack.load.fields import Fields
from boardpack.model.paper import Exempt, Paper
from boardpack.model.sentences import listed
from boardpack.model.text import Text

_CONFIDENTIAL, _EXEMPT = "confidential", "exempt"


def withheld(fields: Fields) -> str:
    """Why a paper or an appendix is withheld, as its marking says it; of two classes the stricter."""
    if _CONFIDENTIAL in fields.nodes:
        return _CONFIDENTIAL
    if _EXEMPT not in fields.nodes:
        return ""
    given = fields.mapping(_EXEMPT)
    return _exempt(given.strings("paragraphs") if given else ())


def _exempt(paragraphs: tuple[str, ...]) -> str:
    if not paragraphs:
        return _EXEMPT
    return f"{_EXEMPT}: paragraph{'s' if len(paragraphs) > 1 else ''} {listed(paragraphs)}"


def exempt(fields: Fields) -> Exempt | None:
    """The paragraphs of Schedule 12A that are relied on, and why the public interest is in withholding."""
    given = fields.mapping(_EXEMPT)
    if given is None:
        return None
    return Exempt(given.texts("paragraphs"), given.text("public_interest"), fields.key_place(_EXEMPT))


def ground(fields: Fields) -> Text | None:
    """What forbids the disclosure of confidential content."""
    given = fields.mapping(_CONFIDENTIAL)
    return given.text("ground") if given else None


def stricter(*classes: str) -> str:
    """The strictest of these classes: confidential before exempt before none; the paragraphs of all exempt ones."""
    if _CONFIDENTIAL in classes:
        return _CONFIDENTIAL
    if not any(classes):
        return ""
    numbers = {number for each in classes for number in re.findall(r"\d+", each)}
    return _exempt(tuple(sorted(numbers, key=int)))


def inherited(papers: Mapping[str, Paper]) -> dict[str, Paper]:
    """The papers with the classes that they inherit.

    An appendix inherits from its paper, a paper that prints as an appendix from that appendix; and an appendix is never
    less strict than the paper that it prints.
    """
    classes = {id: paper.stated for id, paper in papers.items()}
    while (grown := _grown(papers, classes)) != classes:
        classes = grown
    return {id: _with(paper, classes) for id, paper in papers.items()}


def _grown(papers: Mapping[str, Paper], classes: Mapping[str, str]) -> dict[str, str]:
    grown = dict(classes)
    for id, paper in papers.items():
        for appendix in paper.appendices:
            if appendix.paper in grown:
                grown[appendix.paper] = stricter(grown[appendix.paper], appendix.stated, classes[id])
    return grown


def _with(paper: Paper, classes: Mapping[str, str]) -> Paper:
    own = classes[paper.id]
    appendices = tuple(
        replace(each, withheld=stricter(own, each.stated, classes.get(each.paper, ""))) for each in paper.appendices
    )
    if own == paper.withheld and appendices == paper.appendices:
        return paper
    return replace(paper, withheld=own, appendices=appendices)


def commented(fields: Fields) -> Iterator[Place]:
    """Where a comment sign stands before the key of a class, so that nothing is withheld.

    A sample to be filled in, as new papers have it (`# exempt: {paragraphs: [3], public_interest: …}`), is none.
    """
    from difflib import get_close_matches

    text = fields.source.text
    for match in _COMMENT.finditer(text):
        near = get_close_matches(match["key"], (_EXEMPT, _CONFIDENTIAL), n=1, cutoff=0.8)
        if near and not _SAMPLE.match(match[0]) and not _is_in_a_text(match.start("sign"), fields.node):
            yield Place(fields.source, match.start("sign"), match.end("key"))


_COMMENT = re.compile(r"^[ \t]*(?:- +)?(?P<sign>#)[#\s]*(?P<key>\w+)[ \t]*:.*", re.MULTILINE)
_SAMPLE = re.compile(r"# \w+:.*…")


def _is_in_a_text(at: int, node: Node) -> bool:
    """Whether a place lies within a value, whose words may begin a line with any sign."""
    if not node.start_mark.index <= at < node.end_mark.index:
        return False
    if isinstance(node, MappingNode):
        return any(_is_in_a_text(at, each) for _, each in node.value)
    if isinstance(node, SequenceNode):
        return any(_is_in_a_text(at, each) for each in node.value)
    return True
