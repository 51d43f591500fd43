"""What a recommendation asks for, told by its verb."""

from __future__ import annotations

import re

from boardpack.rules.patterns import later

_NOTING = "note|consider|receive|discuss|comment|acknowledge|be aware|be informed|take note"
_NOTED = "noted|considered|received|discussed|acknowledged"
_DECIDING = (
    "agree|approve|adopt|authori[sz]e|delegate|appoint|elect|decide|resolve(?!s? (?:that|to) )|ratify|allocate|award"
)
_DECIDED = (
    "agreed|approved|adopted|authori[sz]ed|delegated|appointed|elected|decided|resolved|ratified|allocated|awarded"
)
_BODY = "committee|board|members?|panel|partnership|council|cabinet|executive|forum|group|trustees|governors|meeting"

# Said before the verb: "It is recommended that", "That the committee", "The Board is asked to", "(a) To".
_LEAD = later(
    r"(?:[\W_]+|(?:\d{1,2}(?:\.\d+)*|[a-z]|[ivx]{1,4})[.)]\s+"
    r"|it is (?:\w+ )?(?:proposed|recommended|suggested|requested)\b"
    rf"|(?:(?:the|this) (?:[\w’']+ ){{0,4}}?)?(?:{_BODY})\b(?! (?:of|for)\b)"
    r"|(?:is|are|be|should|shall)\b|(?:asked|invited|recommended|requested|advised|minded)\b"
    r"|that\b|to\b|hereby\b|\w+ly\b|resolves?(?= (?:that|to)\b)|please\b)\s*",
    re.IGNORECASE,
)
_NOTES = later(rf"(?:{_NOTING})s?\b", re.IGNORECASE)
_DECIDES = later(rf"(?:{_DECIDING})s?\b", re.IGNORECASE)
_PASSIVE = later(rf"\b(?:be|is|are) (?:\w+ly )?(?:(?P<noted>{_NOTED})|(?P<decided>{_DECIDED}))\b", re.IGNORECASE)
_CLAUSE = later(r"(?:resolves? )?(?:that|the|it)\b", re.IGNORECASE)
# Verbs that put something to the meeting where they follow one of noting: "note the report and endorse the plan".
_PUTTING = (
    "accept|commission|confirm|endorse|establish|instruct|nominate|recommend|refer|request|select|sign|support|set up"
)
_MORE = later(
    rf"(?:\b(?:and|or|then|to)\s+|[,;:]\s+|\bbe )(?:\w+ly\s+)?(?:{_DECIDED}|{_DECIDING})\b"
    rf"|(?:\b(?:and|then)\s+|[,;]\s+)(?:\w+ly\s+)?(?:{_PUTTING})\s",
    re.IGNORECASE,
)


def notes_only(recommendation: str, body: str = "") -> bool:
    """Whether it asks the meeting to note, consider or discuss something, and puts nothing for decision.

    ``body`` is the name of the body that meets, which may stand before the verb.
    """
    words = _words(recommendation, body)
    verb = _from_verb(words)
    passive = _PASSIVE.search(words)
    if not _NOTES.match(verb) and not (passive and passive["noted"]):
        return False
    return not _MORE.search(words)


def decides(recommendation: str, body: str = "") -> str:
    """The verb of decision that a recommendation begins with, as typed; empty where it begins with none."""
    words = _words(recommendation, body)
    verb = _from_verb(words)
    if match := _DECIDES.match(verb):
        return match.group()
    passive = None if _NOTES.match(verb) or not _CLAUSE.match(words) else _PASSIVE.search(words)
    return passive["decided"] or "" if passive else ""


def _words(recommendation: str, body: str) -> str:
    """The words in one line, without marks of emphasis and without the name of the body at their head."""
    words = " ".join(recommendation.replace("*", "").replace("_", " ").split())
    return words.removeprefix("That ").removeprefix(body).strip() if body and body in words else words


def _from_verb(words: str) -> str:
    """The recommendation from its verb on."""
    at = 0
    while not (_NOTES.match(words, at) or _DECIDES.match(words, at)) and (match := _LEAD.match(words, at)):
        if match.end() == at:
            break
        at = match.end()
    return words[at:]
