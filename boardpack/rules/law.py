"""What the Local Government Act 1972 asks of reports: grounds for withholding and for lateness, background papers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from boardpack.diagnostics import Finding, Place, finding
from boardpack.model.dates import short_date
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.paper import Exempt, Paper, Standing
from boardpack.rules.patterns import later

_APPENDIX = re.compile(r"[\W_]*append(?:ix|ices)\b", re.IGNORECASE)
_LETTER = later(r"[\W_]*append(?:ix|ices)\b[\W_]*(?:(?:[a-z]|\d{1,2}|[ivx]+)\b[\W_]*)?", re.IGNORECASE)
_PARAGRAPHS = {"england": range(1, 8), "parish": range(1, 8), "wales": range(12, 19)}
_UNWEIGHED = frozenset(("16",))
_MONEY_SECTION = later(r"financ|resourc|budget", re.IGNORECASE)
_PEOPLE_SECTION = later(r"human[ _-]?resourc", re.IGNORECASE)
_ASKS_FOR_MONEY = later(r"(?:\bto\s+|\band\s+|^[\W_]*)(?:spend|allocate|fund|award)\b", re.IGNORECASE)


def appendix_as_background(meeting: Meeting) -> Iterator[Finding]:
    """A background paper that is an appendix of the paper: part of the report, and no document behind it."""
    for paper in meeting.papers.values():
        own = {_words(appendix.title.value) for appendix in paper.appendices}
        for listed in paper.background_papers or ():
            title = listed.title.value
            if _APPENDIX.match(title) or _words(title) in own:
                message = f"`{title.strip()}` is an appendix, which is part of the report and no background paper"
                help = "take it out of `background_papers:`, and list it under `appendices:` if it is not there"
                yield finding("appendix-as-background", listed.title.at, message, help)


def _words(title: str) -> str:
    return " ".join(re.findall(r"\w+", _LETTER.sub("", title, count=1).casefold()))


def no_public_interest(meeting: Meeting) -> Iterator[Finding]:
    """Exempt content for which the paper does not weigh the public interest.

    In Wales legal privilege is exempt without that (Schedule 12A, paragraph 21).
    """
    unweighed = _UNWEIGHED if meeting.board.statute == "wales" else frozenset[str]()
    for what, exempt in _exempt(meeting):
        given = {paragraph.value.strip() for paragraph in exempt.paragraphs}
        if not exempt.public_interest and not (given and given <= unweighed):
            message = f"{what} is exempt and does not say why the public interest is in withholding it"
            help = "write `public_interest:` with why it outweighs the public interest in disclosing it"
            yield finding("no-public-interest", exempt.at, message, help)


def wrong_paragraph(meeting: Meeting) -> Iterator[Finding]:
    """A number that is no paragraph of Schedule 12A for the board's part of the country."""
    statute = meeting.board.statute
    nation = statute.partition("-")[0]
    known = _PARAGRAPHS.get(nation)
    for _, exempt in _exempt(meeting) if known else ():
        for paragraph in exempt.paragraphs:
            number = paragraph.value.strip()
            if known and number.isdecimal() and int(number) not in known:
                country = "Wales" if nation == "wales" else "England"
                message = f"paragraph {number} of Schedule 12A is not one for {country}"
                help = f"give one of {known[0]} to {known[-1]}; the `notice:` of board.yaml says `{statute}`"
                yield finding("wrong-paragraph", paragraph.at, message, help)


def _exempt(meeting: Meeting) -> Iterator[tuple[str, Exempt]]:
    """Every paper and appendix that is exempt, as a message calls it."""
    for paper in meeting.papers.values():
        if paper.exempt:
            yield "the paper", paper.exempt
        for appendix in paper.appendices:
            if appendix.exempt:
                yield f"the appendix `{appendix.title.value}`", appendix.exempt


def late_reason(meeting: Meeting) -> Iterator[Finding]:
    """A late paper that does not give both reasons: why it is urgent, and why it was not ready."""
    why = {"urgency": "why it cannot wait", "reason": "why it was not ready in time"}
    yield from _unanswered(meeting, why, "late-reason", "write")


def late_agreement(meeting: Meeting) -> Iterator[Finding]:
    """A late paper that does not say who agreed that it be taken, and on which day."""
    why = {"agreed_by": "who agreed that it be taken", "agreed_on": "on which day that was agreed"}
    yield from _unanswered(meeting, why, "late-agreement", "ask the chair, then write")


def _unanswered(meeting: Meeting, why: Mapping[str, str], code: str, remedy: str) -> Iterator[Finding]:
    for paper in meeting.papers.values():
        if paper.late and (lacking := [key for key in why if key not in paper.late.answered]):
            message = f"the paper is late and does not say {' and '.join(why[key] for key in lacking)}"
            help = f"{remedy} {' and '.join(f'`{key}:`' for key in lacking)} under `late:`"
            yield finding(code, paper.late.at, message, help)


def class_differs(meeting: Meeting) -> Iterator[Finding]:
    """Content that is withheld in one place and public in another: a paper, or the file of an appendix."""
    for paper in meeting.papers.values():
        for at in _public_places(meeting, paper) if paper.withheld and not paper.stated else ():
            message = f"`{paper.id}` is public here and withheld as an appendix of another paper ({paper.withheld})"
            help = f"withhold it in {paper.path.name} too, or let the withheld one refer to it instead of attaching it"
            yield finding("class-differs", at, message, help)
    every = [appendix for paper in meeting.papers.values() for appendix in paper.appendices if appendix.file]
    withheld = {appendix.file: appendix.stated for appendix in every if appendix.stated}
    for appendix in every:
        if not appendix.withheld and (why := withheld.get(appendix.file)) and appendix.file:
            message = f"the file `{appendix.file.name}` is public here and withheld as another appendix ({why})"
            yield finding("class-differs", appendix.at, message, "withhold it here too, or in neither place")


def _public_places(meeting: Meeting, paper: Paper) -> Iterator[Place]:
    for item in meeting.items():
        if item.state is PaperState.PAPER and item.paper == paper.id:
            yield item.paper_at or item.at
    for other in meeting.papers.values():
        for appendix in other.appendices:
            if appendix.paper == paper.id and not (appendix.stated or other.withheld):
                yield appendix.at.find(f"paper: {paper.id}")


def late_unexplained(meeting: Meeting) -> Iterator[Finding]:
    """A paper that was not published with the others, is late, and does not say why it is taken all the same.

    One that is not out is late once the last day for putting papers out has passed; where nobody says what day it is,
    it counts as late.
    """
    out = meeting.published
    if out is None or meeting.in_time or meeting.board.statute in {"", "none"}:
        return
    known = {part.key for part in out.parts}
    behind = {item.paper for item in meeting.items() if item.state is PaperState.PAPER}
    for paper in meeting.papers.values():
        if paper.id in behind - known and paper.late is None:
            message = f"the others were published on {short_date(out.on)}, and this paper does not say why it is late"
            help = "write `late:` with `urgency:`, `reason:`, `agreed_by:` and `agreed_on:`"
            yield finding("late-unexplained", paper.at, message, help)


def none_differs(meeting: Meeting) -> Iterator[Finding]:
    """A paper that answers `none` to what it costs, and whose recommendations speak of money."""
    amount = re.compile(rf"(?:{re.escape(meeting.board.currency)}|£|€)\s?\d|\d\s?(?:pounds|euros)\b")
    for paper in meeting.papers.values():
        for answer in paper.standing:
            if answer.is_none and _about_money(answer) and (asked := _money(paper, amount)):
                message = f"the answer is none, and a recommendation asks for money: `{asked}`"
                help = "say what the recommendation costs and from where it is paid, or correct the recommendation"
                yield finding("none-differs", answer.text.at, message, help)


def _about_money(answer: Standing) -> bool:
    called = f"{answer.key} {answer.heading.value}"
    return bool(_MONEY_SECTION.search(_PEOPLE_SECTION.sub("", called)))


def _money(paper: Paper, amount: re.Pattern[str]) -> str:
    """The first words of a recommendation that name an amount or ask to spend; empty where none does."""
    for recommendation in paper.recommendations:
        if match := amount.search(recommendation.value) or _ASKS_FOR_MONEY.search(recommendation.value):
            words = recommendation.value[match.start() :].split()
            return " ".join(words[:4]).strip(" .,;:*_")
    return ""
