"""What may be withheld, in the words of the law: Schedule 12A to the Local Government Act 1972."""

from __future__ import annotations

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
