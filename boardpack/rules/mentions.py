"""Parts that prose names by typed numbers, "agenda item 6.2b" or "Appendix A", and whether there are such parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from boardpack.diagnostics import CellPlace, Finding, Place, finding
from boardpack.model.labels import counter, labelled
from boardpack.model.meeting import Item, Meeting
from boardpack.model.paper import Paper
from boardpack.model.table import Row
from boardpack.model.text import Text
from boardpack.rules.patterns import later
from boardpack.rules.texts import place

_SIGNS = (
    "item ",
    "items ",
    "ppendi",
    "nnex",
    "table ",
    "tables ",
    "figure ",
    "chart ",
    "section ",
    "paragraph ",
    "report ",
)
"""What a file must hold somewhere before its texts are searched at all."""

_ITEM = later(
    r"\b(?:(?P<agenda>[Aa]genda )?[Ii]tems?|(?P<report>[Rr]eport))\s+"
    r"(?P<label>[A-Z]?\d{1,2}(?:(?:\s?[.(]\s?|\s)?(?:\d{1,2}|(?:[ivx]{2,4}|[A-Za-z])(?![A-Za-z]))\)?)*)(?![\w%]|[.,]\d)"
)
_PART = later(
    r"\b(?=[AaTtFfCcSsPp])(?i:(?P<appendix>appendix|annexe?)|(?P<appendices>appendices|annexes)|(?P<table>tables?)|(?P<figure>figures?)"
    r"|(?P<chart>charts?)|(?P<section>sections?|paragraphs?|paras?))\s+\**"
    r"(?P<label>\d{1,2}(?:\.\d{1,2})*|[A-Z]\d?|[ivx]{1,4}|[a-h])(?![\w%]|[.,]\d|\s?(?:%|per ?cent|million))"
)
_MORE = later(r"\s*(?:,|and|&|to|-|–)\s*\**(\d{1,2}|[A-Z]\d?|[ivx]{1,4}|[a-h])\b(?![%.,]\d)")
_OTHER = (
    r"(?:Acts?|Regulations?|Orders?|Strategy|Plans?|Agreement|Guidance|Policy|Constitution|Code|Directive|Schedule"
    r"|Prospectus|Review|Survey|Standards?|Scheme|Framework|Report)"
)
_DAYS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_OTHERS_BEFORE = later(rf"{_OTHER}(?:[’']s?)?,?\s+(?:\w+\s+)?$|\w[’']s\s+$")
_OTHERS_BRACKET = later(rf"{_OTHER}(?:\s+(?:of|on|for)(?:\s+the)?(?:\s+[A-Z]\w+){{1,3}})?\s*\([^)]{{0,12}}$")
_OTHERS_AFTER = later(
    r"[\s)*_\]’'\"]*,?\s+(?:\d{1,2}\s+[A-Z][a-z]+\b|(?:on page \d+ )?(?:of|to|in|from|under)\s+(?!this\b)"
    r"(?:(?:the|that|their|its|our|an?|each|last|same)\s+)?"
    rf"(?:[a-z’'-]+\s+){{0,2}}?(?:(?!{_DAYS})[A-Z]|(?:acts?|agreement|strategy|plan|reports?|regulations|order|guidance"
    r"|policy|code|constitution|minutes|meeting|document|prospectus|review|survey|assessment|scheme|contract|lease|guide"
    r"|agenda|pack)\b))"
)
_LAW = later(r"\b(?:Act|Regulations?|Order|Directive|Code|Schedule|Rules|s\.\d)\b")
_SMALL_BEFORE = later(r"(?:^|[(,;:]|\b(?:in|see|by|per|and|with|as|of|at|from|to|both|also))\s*$", re.IGNORECASE)
_WORD_AFTER = later(r"\s+(?!(?:and|or|to|is|are|was|will|has|shows?|sets?|gives?|lists?|contains?)\b)\w")
_LINKED = later(r"[^\[\]\n]{0,80}\]\(")
_ASIDE = later(r"^[ \t]*(?:>|\[\^[^\]]+\]:).*(?:\n[ \t]{4,}\S.*)*|`[^`\n]+`", re.MULTILINE)
_CAPTION = later(r"[ \t]*\**[:.–—-]")
_WORDS = later(r"[a-z]{4,}")
_TOKENS = later(r"\d+|[a-z]+")
_PIPES = later(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE)


class _Mention(NamedTuple):
    """A part named in words, from ``start`` to ``end`` of a text: its kind, its label, whether it is there.

    ``id`` is what a reference would name, where that is known.
    """

    text: Text
    start: int
    end: int
    kind: str
    label: str
    there: bool
    id: str = ""


class _Parts(NamedTuple):
    """What a paper has that typed numbers may mean.

    The ids of its appendices by their labels, how many of the others there are, and how many paragraphs each section
    may have; ``typed`` is all that it says, for the numbers that its author typed.
    """

    appendices: Mapping[str, str]
    counts: Mapping[str, int]
    paragraphs: Sequence[int]
    typed: str


def loose_reference(meeting: Meeting) -> Iterator[Finding]:
    """A number in words for a part that is not there."""
    for paper, each in _all(meeting):
        if not each.there:
            where = "on the agenda" if each.kind == "item" else "in this paper"
            message = f"there is no {each.kind} {each.label} {where}"
            yield finding("loose-reference", _place(each), message, _instead(each, paper, meeting))


def typed_reference(meeting: Meeting) -> Iterator[Finding]:
    """A number in words for a part that is there, today."""
    for paper, each in _all(meeting):
        if each.there:
            words = each.text.value[each.start : each.end]
            message = f"`{words}` is typed, and goes wrong when the numbers change"
            yield finding("typed-reference", _place(each), message, _instead(each, paper, meeting))


def _place(mention: _Mention) -> Place:
    return place(mention.text, mention.start, mention.end)


def _all(meeting: Meeting) -> Iterator[tuple[Paper, _Mention]]:
    agenda: dict[tuple[str, ...], Item] | None = None
    for paper in meeting.papers.values():
        if not _may_mention(paper):
            continue
        if agenda is None:
            agenda = labels_of(meeting)
        parts: _Parts | None = None
        for text in _prose(paper):
            if not _has_sign(text.value):
                continue
            value = _ASIDE.sub(lambda found: " " * len(found[0]), text.value)
            yield from ((paper, each) for each in _items(text, value, agenda))
            for match in _PART.finditer(value):
                parts = parts or _parts(meeting, paper)
                yield from ((paper, each) for each in _named(text, value, match, parts))


def _may_mention(paper: Paper) -> bool:
    """Whether the files that a paper was read from hold any sign of what is searched for."""
    first = (
        next((cell for row in each.rows if isinstance(row, Row) for cell in row.cells if cell), None)
        for each in paper.tables.values()
    )
    places = [paper.at, *(cell.text.at for cell in first if cell)]
    if any(isinstance(at, CellPlace) for at in places):
        return True
    return any(map(_has_sign, {id(at.source): at.source.text for at in places}.values()))


def _has_sign(text: str) -> bool:
    small = text.lower()
    return any(sign in small for sign in _SIGNS)


def _prose(paper: Paper) -> Iterator[Text]:
    """The texts in which an author may point to a part: not titles, which may be those of other documents."""
    skipped = {id(paper.title), *(id(each.title) for each in paper.appendices)}
    skipped |= {id(each.title) for each in paper.background_papers or ()}
    for text in paper.texts():
        if id(text) not in skipped and len(text.value) > 5:
            yield text


def labels_of(meeting: Meeting) -> dict[tuple[str, ...], Item]:
    """The lines of an agenda by the letters and figures of their labels, those of the lines above them included."""
    found: dict[tuple[str, ...], Item] = {}
    above: list[tuple[str, ...]] = []
    for item, label, depth, _, whole in labelled(meeting):
        own = tokens(label)
        cited = own if whole or not depth else (*above[depth - 1], *own)
        above[depth:] = [cited]
        found.setdefault(cited, item)
    return found


def tokens(label: str) -> tuple[str, ...]:
    """The letters and figures of a label: 5.2 a, "5 2 A" and 5.2(a) are the same."""
    return tuple(_TOKENS.findall(label.casefold()))


def _items(text: Text, value: str, agenda: Mapping[tuple[str, ...], Item]) -> Iterator[_Mention]:
    for match in _ITEM.finditer(value) if "tem" in value or "eport" in value else ():
        label = match["label"].strip() if "(" in match["label"] else match["label"].rstrip(") ")
        ways = [label.rsplit(" ", count)[0] for count in range(label.count(" ") + 1)]
        found = next((way for way in ways if tokens(way) in agenda), None)
        parts = tokens(found or label)
        if match["report"] and (len(parts) < 3 or _shape(parts) not in map(_shape, agenda)):
            continue
        if (match["agenda"] or len(parts) > 1) and not _of_others(value, match.start(), match.end(), "item"):
            end = match.start("label") + len(found or label)
            id = agenda[tokens(found)].id if found else ""
            yield _Mention(text, match.start(), end, "item", found or label, found is not None, id)


def _shape(parts: Iterable[str]) -> tuple[bool, ...]:
    return tuple(each.isdigit() for each in parts)


def _of_others(value: str, start: int, end: int, kind: str) -> bool:
    """Whether the words around a mention speak of another document."""
    before, after = value[max(start - 60, 0) : start], value[end : end + 90]
    if _OTHERS_AFTER.match(after) or _OTHERS_BEFORE.search(before) or _LINKED.match(after):
        return True
    if kind != "appendix" and _OTHERS_BRACKET.search(before):
        return True
    return kind == "section" and _LAW.search(_sentence(value, start, end)) is not None


def _sentence(value: str, start: int, end: int) -> str:
    first = max(value.rfind(". ", 0, start), value.rfind("\n\n", 0, start), 0)
    last = min((at for at in (value.find(". ", end), value.find("\n\n", end)) if at >= 0), default=len(value))
    return value[first:last]


def _named(text: Text, value: str, match: re.Match[str], parts: _Parts) -> Iterator[_Mention]:
    kind = "appendix" if match.lastgroup == "appendices" or match["appendices"] else _kind(match)
    if not _is_mention(value, match, kind) or _of_others(value, match.start(), match.end(), kind):
        return
    named, more = [match["label"]], _MORE.match(value, match.end())
    if more and (match["appendices"] or match[0].split()[0].endswith("s")) and kind != "section":
        named.append(more[1])
    for label in named:
        id = parts.appendices.get(label.casefold(), "") if kind == "appendix" else ""
        yield _Mention(text, match.start(), match.end(), kind, label, _is_there(kind, label, parts), id)


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in ("appendix", "table", "figure", "chart", "section") if match[kind])


def _is_mention(value: str, match: re.Match[str], kind: str) -> bool:
    """Whether the words name a numbered part, and are neither its caption nor a chance meeting of words."""
    label, before = match["label"], value[max(match.start() - 12, 0) : match.start()]
    if kind == "section":
        return "." in label
    if kind == "appendix":
        return label not in ("a", "A", "i", "I") or not _WORD_AFTER.match(value, match.end()) or label == "A"
    at_start = not value[value.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" *_#")
    if not label.isdigit() or (at_start and _CAPTION.match(value, match.end())):
        return False
    return match[0][0].isupper() or _SMALL_BEFORE.search(before) is not None


def _is_there(kind: str, label: str, parts: _Parts) -> bool:
    if kind == "section":
        number, paragraph = (int(each) for each in label.split(".")[:2])
        counted = label.count(".") == 1 and 0 < number <= len(parts.paragraphs)
        return (counted and 0 < paragraph <= parts.paragraphs[number - 1]) or _begins_line(label, r"\S", parts)
    if kind == "appendix":
        letter = label[0] if label[0].isalpha() and label[1:].isdigit() else label
        there = any(each.casefold() in parts.appendices for each in (label, letter))
    else:
        there = 0 < int(label) <= parts.counts[kind]
    return there or _begins_line(f"{kind} {label}", "[:.–—)-]|$", parts)


def _begins_line(words: str, after: str, parts: _Parts) -> bool:
    """Whether an author numbers parts by hand: these words begin a line, with that behind them."""
    pattern = rf"^[\s#>*_|-]*{re.escape(words)}(?!\w|\.\d)\**[ \t]*(?:{after})"
    return re.search(pattern, parts.typed, re.IGNORECASE | re.MULTILINE) is not None


def _parts(meeting: Meeting, paper: Paper) -> _Parts:
    """What a paper has, with the appendices of the papers that it is itself an appendix of."""
    above = [each for each in meeting.papers.values() if any(part.paper == paper.id for part in each.appendices)]
    style = counter(meeting.board.number_appendices, "")
    numbered = ((number, part.id) for each in (*above, paper) for number, part in enumerate(each.appendices, 1))
    appendices = {"".join(tokens(style.label(number, "") if style else str(number))): id for number, id in numbered}
    texts = [text.value for text in _prose(paper)]
    pictures = sum(text.count("![") for text in texts)
    counts = {
        "table": len(paper.tables) + sum(len(_PIPES.findall(text)) for text in texts),
        "figure": len(paper.figures) + len(paper.charts) + pictures,
        "chart": len(paper.charts) + len(paper.figures) + pictures,
    }
    bodies = [each.text for each in paper.sections if each.heading] + [each.text for each in paper.standing]
    counted = paper.number_paragraphs is True
    paragraphs = [
        sum(map(bool, map(str.strip, (text.value if text else "").splitlines()))) * counted for text in bodies
    ]
    return _Parts(appendices, counts, paragraphs, "\n".join(texts))


def _instead(mention: _Mention, paper: Paper, meeting: Meeting) -> str:
    """How to write the reference, by the part whose words stand before the number where there is one."""
    if mention.id:
        return f"write `[]({mention.kind}:{mention.id})`"
    candidates = list(_candidates(mention.kind, paper, meeting))
    said = set(_WORDS.findall(mention.text.value[: mention.start][-120:].lower()))
    best, most = "", 0.6
    for id, title in candidates:
        words = set(_WORDS.findall(f"{title}".lower()))
        share = len(words & said) / len(words) if words else 0
        if share >= most:
            best, most = id, share
    if best:
        return f"did you mean `[]({mention.kind}:{best})`?"
    if not candidates and mention.kind == "appendix":
        return "add it under `appendices:` with an id, and write `[](appendix:…)` with that id"
    whose = {"item": "a line of the agenda", "appendix": "an appendix", "section": "a section"}
    return f"write `[]({mention.kind}:…)` with the id of {whose.get(mention.kind, f'a {mention.kind}')}"


def _candidates(kind: str, paper: Paper, meeting: Meeting) -> Iterator[tuple[str, str]]:
    """The parts of a kind that have ids, with their words."""
    if kind == "item":
        for item in meeting.items():
            behind = meeting.papers.get(item.paper)
            title = item.title or (behind.title if behind else None)
            if item.id:
                yield item.id, title.value if title else ""
    elif kind == "appendix":
        yield from ((each.id, each.title.value) for each in paper.appendices if each.id)
    elif kind == "section":
        yield from ((each.id, each.heading.value) for each in paper.sections if each.id and each.heading)
    elif kind == "chart":
        yield from ((id, chart.title.value if chart.title else "") for id, chart in paper.charts.items())
    else:
        parts = paper.tables if kind == "table" else paper.figures
        yield from ((id, each.caption.value if each.caption else "") for id, each in parts.items())
