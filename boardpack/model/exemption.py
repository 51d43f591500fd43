"""What may be withheld, in the words of the law: Schedule 12A to the Local Government Act 1972."""

from __future__ import annotations

import re

from boardpack.model.edition import Edition
from boardpack.model.numbered import NumberedPaper
from boardpack.model.paper import Appendix, Paper
from boardpack.model.sentences import listed
from boardpack.model.text import Text

CONFIDENTIAL = "confidential"
_PERSON = "the financial or business affairs of any particular person (including the authority holding the information)"
_LABOUR = (
    "consultations or negotiations, or contemplated ones, in connection with a labour relations matter arising between "
    "the authority or a Minister of the Crown and employees of, or office holders under, the authority"
)
_NOTICE = (
    "to give a notice under an enactment by which requirements are imposed on a person, or to make an order or "
    "direction under an enactment"
)
_CRIME = "the prevention, investigation or prosecution of crime"
_DESCRIPTIONS = (
    "information relating to {individual}",
    "information which is likely to reveal the identity of an individual",
    f"information relating to {_PERSON}",
    f"information relating to {_LABOUR}",
    "information in respect of which a claim to legal professional privilege could be maintained in legal proceedings",
    f"information which reveals that the authority proposes {_NOTICE}",
    f"information relating to action taken or to be taken in connection with {_CRIME}",
)
_ENGLAND, _WALES = 1, 12
"""The numbers of the first paragraphs: Part 1 of the Schedule is for England, Part 4 for Wales."""


def description(paragraph: str, statute: str) -> str:
    """The exempt information that a paragraph describes; empty for a number that the Schedule does not have.

    ``statute`` is the board's rule of notice: ``wales`` counts its paragraphs from 12.
    """
    wales = statute == "wales"
    first = _WALES if wales else _ENGLAND
    at = int(paragraph) - first if paragraph.strip().isdecimal() else -1
    if not 0 <= at < len(_DESCRIPTIONS):
        return ""
    return _DESCRIPTIONS[at].format(individual="a particular individual" if wales else "any individual")


def grounds(withheld: str, statute: str) -> str:
    """Why something of this class is withheld, in the words of the law; empty where the law has none for it."""
    if withheld == CONFIDENTIAL:
        return "confidential information, which must not be disclosed (Local Government Act 1972, section 100A(2))"
    found = {number: description(number, statute) for number in re.findall(r"\d+", withheld.partition(":")[2])}
    known = [f"{text} (paragraph {number})" for number, text in found.items() if text]
    return f"{listed(known)} of Schedule 12A to the Local Government Act 1972" if known else ""


def reason_head(withheld: str) -> str:
    """What the words of :func:`reason` are called."""
    return "Ground" if withheld == CONFIDENTIAL else "Public interest"


def reason(of: Paper | Appendix, edition: Edition, annex: NumberedPaper | None = None) -> Text | None:
    """Why something is withheld, in its author's words; ``annex`` is the paper that an appendix prints.

    Of exempt content it is why the public interest is in withholding it (Schedule 12A, paragraph 10 in England, 21 in
    Wales), which members weigh before they exclude the public; of confidential content what forbids its disclosure.
    Either may tell of what is withheld, so that the public edition has neither.
    """
    if edition.public:
        return None
    said = {"": None, CONFIDENTIAL: of.ground}.get(of.withheld, of.exempt and of.exempt.public_interest)
    return said or (reason(annex.paper, edition) if annex and annex.paper.withheld == of.withheld else None)
