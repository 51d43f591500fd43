"""What the YAML parser says, in words for the people who write papers.

The parser's texts are those of libyaml; where it names the place at which it gave up, the findings name the
place at which to look, which is not always the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple

import yaml

from boardpack.diagnostics import Finding, Place, Source, finding


class _Problem(NamedTuple):
    """A parser's complaint: its words, where it stands, what was being read and since where."""

    text: str
    at: int
    context: str
    since: int
    source: Source

    @property
    def line_start(self) -> int:
        return self.source.text.rfind("\n", 0, self.at) + 1

    @property
    def line(self) -> str:
        return self.source.text[self.line_start :].partition("\n")[0]


class _Explanation(NamedTuple):
    """A code, the stretch of text that it marks, a message and a remedy."""

    code: str
    start: int
    end: int
    message: str
    help: str


def explain(source: Source, error: yaml.MarkedYAMLError) -> Finding:
    """The finding for what stopped the YAML parser."""
    mark, context = error.problem_mark or error.context_mark, error.context_mark or error.problem_mark
    at, since = (min(each.index, len(source.text)) if each else 0 for each in (mark, context))
    problem = _Problem(error.problem or "", at, error.context or "", since, source)
    explanation = _tab(problem) or _uneven(problem) or _by_text(problem)
    place = Place(source, explanation.start, max(explanation.end, explanation.start))
    help = explanation.help
    if explanation.code == "yaml-syntax" and re.search("[“”„‘’]", place.span().text):
        help += "; the quotation marks “ ” in this line are no signs of YAML: it knows only \" and '"
    return finding(explanation.code, place, explanation.message, help)


def _by_text(problem: _Problem) -> _Explanation:
    for words, reader in _READERS.items():
        if words in problem.text:
            return reader(problem)
    return _Explanation(
        "yaml-syntax",
        problem.at,
        problem.at + 1,
        f"the file stops being YAML here: {problem.text}",
        "compare this line and the one above it with a paper that works",
    )


def odd_space(text: str) -> str:
    """The first space in a text that looks like an ordinary one and is not, as word processors make them."""
    match = re.search("[\u00a0\u2000-\u200b\u202f\u3000\ufeff]", text)
    return match[0] if match else ""


def space_instead(place: Place) -> Finding:
    """The finding for a space that looks like an ordinary one and is not."""
    message = "a no-break space stands where an ordinary space or none belongs"
    return finding(
        "yaml-syntax",
        place,
        message,
        "delete it and type a space; copying from Word brings such spaces along",
    )


def _tab(problem: _Problem) -> _Explanation | None:
    indent = re.match(r"[ \-]*\t[ \t]*", problem.line)
    if indent is None or problem.at > problem.line_start + indent.end() + len(problem.line.strip()):
        return None
    start = problem.line_start + indent[0].index("\t")
    help = "use spaces; most editors can turn tabs into spaces for the whole file"
    return _Explanation("tab-indent", start, start + 1, "the line is indented with a tab", help)


_BLOCK = re.compile(r"[:\-]\s+[|>][-+]?\s*(?:#.*)?$")


def _uneven(problem: _Problem) -> _Explanation | None:
    """A block text, whose first line sets the indentation, ends where a later one has less."""
    above = problem.source.text[: problem.line_start].splitlines(keepends=True)
    deeper = list(takewhile(lambda line: not line.strip() or _indent(line) > _indent(problem.line), reversed(above)))
    opens = len(above) - len(deeper) - 1
    texts = [line for line in reversed(deeper) if line.strip()]
    if not texts or opens < 0 or not _BLOCK.search(above[opens].rstrip()):
        return None
    first = texts[0]
    start = problem.source.text.index(first, sum(map(len, above[: opens + 1]))) + _indent(first)
    message = "the first line of this text is indented further than a later one"
    help = f"give all its lines the same indentation; line {len(above) + 1} has less"
    return _Explanation("yaml-syntax", start, start + len(first.strip()), message, help)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _colon(problem: _Problem) -> _Explanation:
    before = problem.line[: problem.at - problem.line_start]
    if ": " not in before and not re.match(r"\s*-?\s*[\"'“‘]", before) and _value_above(problem):
        message = "the line is indented further than the value above it allows"
        start = problem.line_start + len(problem.line) - len(problem.line.lstrip())
        help = "give the line the same indentation as the keys beside it"
        return _Explanation("yaml-syntax", start, problem.at, message, help)
    message = "a colon and a space inside a text look like a key"
    help = 'put quotation marks around the whole text: `title: "Funding: the next year"`'
    return _Explanation("yaml-syntax", problem.at, problem.at + 1, message, help)


def _value_above(problem: _Problem) -> bool:
    """Whether the line above already holds a value, so that this one was read as more of it."""
    above = problem.source.text[: problem.line_start].rstrip("\n").rpartition("\n")[2]
    return bool(above.strip()) and not above.rstrip().endswith(":")


def _key(problem: _Problem) -> _Explanation:
    """``did not find expected key``: text behind a closing mark or bracket, or a wrong indentation."""
    before = problem.line[: problem.at - problem.line_start].rstrip()
    if before.endswith(("'", '"')):
        message = "text follows a closing quotation mark"
        help = "put the marks around the whole value; inside '…' write an apostrophe twice, or use \"…\""
        return _Explanation("yaml-syntax", problem.at, _line_end(problem), message, help)
    if before.endswith(("]", "}")):
        message = f"text follows a closing `{before[-1]}`"
        help = "a text that starts with `[` or `{` wants quotation marks around it, or `|` and a new line"
        return _Explanation("yaml-syntax", problem.at, _line_end(problem), message, help)
    message = "the line's indentation fits none of the lines above it"
    help = "give the line the same indentation as the keys that it belongs beside"
    return _Explanation("yaml-syntax", problem.at, _line_end(problem), message, help)


def _line_end(problem: _Problem) -> int:
    return problem.line_start + len(problem.line.rstrip())


def _no_colon(problem: _Problem) -> _Explanation:
    end = problem.source.text.find("\n", problem.since)
    end = len(problem.source.text) if end < 0 else end
    message = "the line is neither a key with a colon nor part of the text above it"
    help = "write `key: value`, or indent the line further than the key whose text it belongs to"
    return _Explanation("yaml-syntax", problem.since, end, message, help)


def _start(problem: _Problem) -> _Explanation:
    character = problem.source.text[problem.at : problem.at + 1]
    sign = "a backtick" if character == "`" else f"`{character}`"
    message = f"a text cannot start with {sign} unless it stands in quotation marks"
    return _Explanation("yaml-syntax", problem.at, problem.at + 1, message, "put quotation marks around the whole text")


def _unclosed(problem: _Problem) -> _Explanation:
    mark = problem.source.text[problem.since : problem.since + 1]
    message = f"the quotation mark `{mark}` is opened here and never closed"
    help = "close it at the end of the text; inside '…' write an apostrophe twice, or use \"…\""
    return _Explanation("yaml-syntax", problem.since, problem.since + 1, message, help)


def _bracket(problem: _Problem) -> _Explanation:
    text = problem.source.text
    # Of a list that breaks off the parser says where it breaks off, not where it starts.
    since = problem.since
    if text[since : since + 1] not in ("[", "{"):
        since = max(text.rfind("[", 0, problem.at), text.rfind("{", 0, problem.at), 0)
    mark = text[since : since + 1]
    close = {"[": "]", "{": "}"}.get(mark, "]")
    message = f"the bracket `{mark}` that is opened here does not end in `{close}` where it should"
    marks = "quotation marks around a text with a colon or a comma"
    help = f"close it with `{close}`, put commas between the values and {marks}"
    return _Explanation("yaml-syntax", since, since + 1, message, help)


def _dash(problem: _Problem) -> _Explanation:
    message = "a list starts in the middle of a line"
    help = "start each `- ` on a line of its own, or put quotation marks around the text"
    return _Explanation("yaml-syntax", problem.at, problem.at + 1, message, help)


def _list_item(problem: _Problem) -> _Explanation:
    message = "the line stands in a list and does not start with `- `"
    help = "start the line with `- `, or indent it like the line that it belongs to"
    return _Explanation("yaml-syntax", problem.at, _line_end(problem), message, help)


def _block(problem: _Problem) -> _Explanation:
    message = "text follows the sign that starts a text of several lines"
    help = "start the text on the next line, indented; or put quotation marks around the whole text"
    return _Explanation("yaml-syntax", problem.since, _line_end(problem), message, help)


def _escape(problem: _Problem) -> _Explanation:
    message = 'a backslash in "…" starts a sign that YAML does not know'
    help = "use '…' instead, in which a backslash is a backslash"
    return _Explanation("yaml-syntax", problem.at, problem.at + 2, message, help)


def _surrogate(problem: _Problem) -> _Explanation:
    message = "the text holds a character that no Word document can hold"
    return _Explanation("illegal-character", problem.at, problem.at + 6, message, "type the character itself")


def _alias(problem: _Problem) -> _Explanation:
    start = problem.since
    word = re.compile(r"\*?[^\s,\]}]*").match(problem.source.text, start)
    message = "a value that starts with `*` is an alias of YAML, which papers may not use"
    help = "put quotation marks around the whole text if the sign belongs to it"
    return _Explanation("alias", start, word.end() if word else start + 1, message, help)


def _anchor(problem: _Problem) -> _Explanation:
    if "alias" in problem.context:
        return _alias(problem)
    message = "a value that starts with `&` is an anchor of YAML, which papers may not use"
    help = "put quotation marks around the whole text if the sign belongs to it"
    return _Explanation("alias", problem.since, problem.since + 1, message, help)


def _documents(problem: _Problem) -> _Explanation:
    message = "a second document starts here, and a file holds one"
    help = "delete the line, or move what follows it to a file of its own"
    return _Explanation("several-documents", problem.at, problem.at + 3, message, help)


def _directive(problem: _Problem) -> _Explanation:
    message = "a line that starts with `%` is a directive of YAML, which papers do not need"
    return _Explanation("yaml-syntax", problem.since, problem.at + 1, message, "delete the line")


_READERS: dict[str, Callable[[_Problem], _Explanation]] = {
    "mapping values are not allowed": _colon,
    "did not find expected key": _key,
    "did not find expected '-' indicator": _list_item,
    "did not find expected ','": _bracket,
    "did not find expected node content": _bracket,
    "could not find expected ':'": _no_colon,
    "found character that cannot start any token": _start,
    "found unexpected end of stream": _unclosed,
    "found unexpected document indicator": _unclosed,
    "block sequence entries are not allowed": _dash,
    "did not find expected comment or line break": _block,
    "found unknown escape character": _escape,
    "did not find expected hexdecimal number": _escape,
    "found invalid Unicode character escape code": _surrogate,
    "found undefined alias": _alias,
    "second occurrence": _anchor,
    "did not find expected alphabetic or numeric character": _anchor,
    "found another document": _documents,
    "did not find expected <document start>": _documents,
    "found unknown directive name": _directive,
    "found incompatible YAML document": _directive,
}
"""libyaml's problem texts, by a part that no other text has."""
