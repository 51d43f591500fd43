"""What the labels of covers and the headings of reports are called by councils, boards and partnerships."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from boardpack.model.board import Board

_COVER: Mapping[str, tuple[str, ...]] = {
    "title": (r"(?:report )?(?:title|subject)(?: of (?:the )?report)?", "item title", "re"),
    "author": (
        r"(?:report |lead |name of |paper )?authors?(?: of (?:the )?(?:report|paper))?",
        r"(?:report )?authors? and (?:contact|job title).*",
        r"report (?:of|by|from)|(?:written|prepared|submitted) by|from|officer|author s name|name and title of author",
        r"(?:lead|reporting|report|responsible) officers?|executive lead|lead (?:executive )?director",
    ),
    "theme": (r"theme|priority|strategic (?:theme|priority)",),
    "presenter": (r"present(?:er|ed by|ing officer)|to be presented by|presenter s name|sponsor(?:ing director)?",),
    "purpose": (
        r"(?:action|decision) (?:required|requested)|(?:this )?(?:report|paper) (?:is )?for|for|purpose|action",
        r"status of (?:the )?report|report type|type of (?:report|paper)|required from (?:the )?(?:board|committee)",
        r"what is required|purpose of (?:the )?paper",
    ),
    "date": (r"(?:meeting |report )?date(?: of (?:the )?(?:meeting|report|committee))?|date and time|time",),
    "place": (
        r"(?:report|submitted) to|to|venue",
        r"(?:name of )?(?:committee|board|meeting|cabinet|council|panel|decision maker)",
        r"(?:agenda )?item(?: no| number| ref)?|(?:agenda|paper|report|enclosure|reference|ref)(?: no| number| ref)?",
    ),
    "contact": (
        r"contact(?: (?:officers?|details|for (?:more|further) information|name|person))?",
        r"(?:for )?further (?:information|details)(?: contact)?|enquiries(?: to)?",
    ),
    "telephone": (r"(?:contact )?tel(?:ephone)?(?: no| number)?|phone(?: no| number)?|ext(?:ension)?",),
    "email": (r"(?:contact )?e ?mail(?: address)?",),
    "withheld": (
        r"(?:security )?classification|exempt(?: or confidential)?(?: (?:information|paragraphs?|status))?",
        r"confidential(?:ity)?|public or (?:private|exempt)|open or exempt|part|publication|public private|restricted",
        r"freedom of information.*",
    ),
}
_PAPER = r"(?:the |this )?(?:report|paper|briefing)"
_BODIES = r"(?:board|committee|council|cabinet|panel|governing body|members?)"
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "summary": (
        rf"(?:purpose|summary|reason|aim)s? ?(?:of|for)? ?{_PAPER}?(?: and (?:summary|background))?",
        r"executive summary|report summary|synopsis|introduction and purpose|purpose and summary",
        r"what (?:is )?this report (?:is )?about",
    ),
    "recommendations": (
        r"(?:officers? |draft |proposed |summary of )?recommendations?(?: s)?(?: to .*| for .*)?",
        r"recommended(?: that| to)?|recommended (?:actions?|decisions?|resolutions?)|proposals? for decision",
        r"(?:actions?|decisions?) (?:required|requested|sought)",
        rf"(?:the )?{_BODIES} (?:is|are) (?:asked|recommended|invited|requested) to",
    ),
    "background": (r"(?:list of )?background (?:papers?|documents?)(?: used.*| to this report)?|supporting papers?",),
    "appendices": (
        r"(?:list of |schedule of )?(?:appendix|appendices|annexe?s?)(?: attached| list)?",
        r"(?:list of )?(?:attachments?|enclosures?|supporting information)",
    ),
    "contact": (
        r"contacts?(?: (?:officers?|details|points?|for (?:more|further) information))?|officer contact",
        r"(?:report )?authors?(?: and contact(?: details| officers?)?)?|(?:for )?further information(?: contact)?",
    ),
    "contents": (r"(?:table of |list of )?contents",),
}
_GENERIC = frozenset(
    (
        *("implication", "consideration", "comment", "issue", "and", "the", "of"),
        *("or", "impact", "assessment", "report", "reference", "any", "other"),
    )
)
_ABOVE = re.compile(
    r"report (?:to|of|by|for)\b.*|agenda item.*|item (?:no|number|[0-9]).*|.* item [0-9]+[a-z]*"
    r"|(?:open|public|private|part [ab12i]+) ?report.*|part (?:[ab12]|i+)|meeting.*|enclosure.*|paper [a-z0-9]{1,4}"
    r"|[0-9]{1,2}(?:st|nd|rd|th)? [a-z]+ (?:19|20)[0-9]{2}.*|(?:mon|tues|wednes|thurs|fri|satur|sun)day .*"
    r"|venue .*|date .*"
)
_BODY = re.compile(
    r"(?:.* )?(?:council|cabinet|committee|board|panel|nhs|trust|partnership|authority|governing body|forum)"
)
_NONE = frozenset(
    ("none", "nil", "na", "n a", "not applicable", "there are none", "no implications", "none identified")
)
_TICKED = re.compile(r"[☒☑✓✔]\s*([^☐☒☑✓✔]+)")
_STEM = 5
_LONGEST = 120
"""A label or a heading is shorter than this."""


def plain(words: str) -> str:
    """Small letters and blanks alone: `Report of:` is `report of`."""
    return " ".join(re.sub(r"[^\w]+", " ", words.replace("(s)", "s").replace("'", " ").lower()).split())


def _is_one(words: str, forms: tuple[str, ...]) -> bool:
    return any(re.fullmatch(form, words) for form in forms)


def cover_kind(label: str) -> str:
    """What a label of a cover asks for; empty for one that is not known."""
    words = plain(label) if len(label) <= _LONGEST else ""
    return next((kind for kind, forms in _COVER.items() if _is_one(words, forms)), "")


def heading_kind(heading: str) -> str:
    """What stands under a heading; empty for the headings of the report's own matter."""
    words = plain(heading) if len(heading) <= _LONGEST else ""
    return next((kind for kind, forms in _HEADINGS.items() if _is_one(words, forms)), "")


def is_above(words: str, board: Board) -> bool:
    """Whether a line at the head says what the meeting says: whose meeting, which item, when."""
    said = plain(words)
    return said in (plain(board.name), plain(board.organisation)) or bool(_ABOVE.fullmatch(said))


def is_masthead(words: str, board: Board) -> bool:
    """The same, or the name of some body; which may be what a paper is about."""
    return is_above(words, board) or bool(_BODY.fullmatch(plain(words)))


def is_none(words: str) -> bool:
    """Whether an answer says that there is nothing."""
    return plain(words) in _NONE


def cover_key(label: str, board: Board) -> str:
    """The key of the board's own cover line that a label means; empty where there is none."""
    near = {field.key: likeness(label, field.label) for field in board.cover_fields}
    best = max(near, key=lambda key: near[key], default="")
    return best if best and near[best] >= 0.8 else ""


def standing_key(heading: str, board: Board) -> str:
    """The key of the board's standing section that a heading means; empty where none or several may be meant."""
    near = {section.key: likeness(heading, section.heading.value) for section in board.standing_sections}
    good = sorted((key for key in near if near[key] >= 0.8), key=lambda key: -near[key])
    return good[0] if good and (len(good) == 1 or near[good[0]] > near[good[1]]) else ""


def likeness(one: str, other: str) -> float:
    """How far two labels mean the same, from 0 to 1."""
    if len(one) > _LONGEST:
        return 0.0
    if plain(one) == plain(other):
        return 1.0
    ours, theirs = _kernel(one), _kernel(other)
    if not ours or not theirs:
        return 0.0
    if ours <= theirs or theirs <= ours:
        return 0.9
    if len(ours) == len(theirs) == 1 and _stem(ours) == _stem(theirs):
        return 0.85
    return SequenceMatcher(None, plain(one), plain(other)).ratio() * 0.9


def _kernel(words: str) -> set[str]:
    return {word.removesuffix("s") for word in plain(words).split()} - _GENERIC


def _stem(words: set[str]) -> str:
    return min(words)[:_STEM]


def purposes(words: str, board: Board) -> list[str]:
    """The board's purposes that a text such as `For decision` names, in the board's order."""
    said = plain(" ".join(_TICKED.findall(words)) or words).split()
    found = []
    for purpose in board.purposes:
        signs = {_stem({word}) for word in plain(purpose).split()} | set(_SIGNS.get(purpose.lower(), ()))
        if purpose.lower() == "decision" and "approval" not in board.purposes:
            signs |= set(_SIGNS["approval"])
        if any(word.startswith(sign) for word in said for sign in signs):
            found.append(purpose)
    return found


_SIGNS: Mapping[str, tuple[str, ...]] = {
    "decision": ("decid", "decis", "resol"),
    "information": ("inform", "note", "noting", "assur"),
    "discussion": ("discus", "consider", "comment"),
    "approval": ("approv", "agree", "ratif", "endors"),
    "scrutiny": ("scrutin",),
}
