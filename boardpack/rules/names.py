"""Names of people in words: their parts, and whether two of them may be the same person's."""

from __future__ import annotations

import re
from typing import NamedTuple

from boardpack.rules.given_names import FAMILIAR, GIVEN_NAMES
from boardpack.rules.patterns import later


class Name(NamedTuple):
    """A name without rank: what stands before the surname, initials among it, and the surname."""

    given: tuple[str, ...]
    surname: str
    ranked: bool = False

    @property
    def first(self) -> str:
        """The first name; empty where there are initials only."""
        return next((part for part in self.given if len(part) > 1), "")


RANKS = frozenset(
    """
    acc alderman assistant asst baroness capt captain cc chair chairman chief ci cllr co-opted commander commissioner
    constable councillor coun cpt dame dc dcc dci deputy det detective di dr ds fr hon insp inspector judge justice
    lady lord major mayor mdm member miss mr mrs ms mx officer pc pcso prof professor ps rev revd reverend right rt sgt
    sergeant sir spt superintendent supt temp temporary ch acting vice
    """.split()  # noqa: SIM905 (words read best as running text)
)
_HONOURS = frozenset(("obe", "mbe", "cbe", "kbe", "dbe", "mp", "mep", "jp", "qpm", "kc", "qc", "phd", "dl"))
_PART = later(r"(?:Mc|Mac|O['’]|D['’]|De|Di|Fitz)?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z]?[a-zà-ÿ]+)*")
_INITIAL = later(r"[A-Z]\.?(?:[A-Z]\.?)?")

# Words that end the names of bodies and places: such a surname is told from them by nobody but a reader.
WORDS_OF_PLACES = frozenset(
    """
    Abbey Avenue Bank Banks Bay Beach Bishop Bridge Brook Castle Church Close Common Court Cross Day Drive Farm Field
    Fields Ford Forest Garden Gardens Gate Green Grove Hall Harbour Heath Hill Hills House Island Lake Lane Law Lodge
    Manor Market Marsh Mill Mills Moor Mount Park Parish Park Place Pool Port Price Prize Road School Square Station
    Street Temple Tower Town Vale Valley View Village Ward Way Well Wells West East North South Wharf Wood Woods
    """.split()  # noqa: SIM905 (words read best as running text)
)
_BODIES = frozenset(
    """
    Academy Agency Alliance Association Authority Board Borough Bureau Cabinet Centre Charity Club College Commission
    Committee Company Consortium Constabulary Council Councils Department Directorate Division Executive Federation
    Forum Foundation Fund Group Hospital Hub Institute Limited Ltd Managers Manager Network Office Officer Officers
    Panel Partners Partnership Plc Police Practice Probation Programme Project Regiment School Secretariat Secretary
    Section Service Services Society Team Teams Trust Union Unit University Works Clerk Director Chair Treasurer
    """.split()  # noqa: SIM905 (words read best as running text)
)


def parse(typed: str) -> Name | None:
    """The name in some words, such as `Cllr John Farrow, Essex County Council`; none where they name no person."""
    words = re.split(r",|\(| – | - |;", typed.strip(), maxsplit=1)[0].split()
    ranked = False
    while len(words) > 1 and (words[0].strip(".").lower() in RANKS or "/" in words[0]):
        words, ranked = words[1:], True
    while len(words) > 1 and words[-1].strip(".").lower() in _HONOURS:
        words = words[:-1]
    if not words or len(words) > 4 or not _PART.fullmatch(words[-1]):
        return None
    if not all(_PART.fullmatch(word) or _INITIAL.fullmatch(word) for word in words[:-1]):
        return None
    return Name(tuple(word.strip(".") for word in words[:-1]), words[-1], ranked)


def is_person(name: Name, known: frozenset[str]) -> bool:
    """Whether a name reads like a person's: by its rank, its initials, or a given name that is ``known`` or common."""
    if name.surname in _BODIES or any(part in _BODIES for part in name.given):
        return False
    if name.ranked:
        return True
    if not name.given:
        return False
    first = name.given[0]
    return bool(_INITIAL.fullmatch(first)) or first in GIVEN_NAMES or first in known


def same(one: Name, other: Name) -> bool:
    """Whether two names may be the same person's: an initial stands for its name, and no name for any."""
    if one.surname != other.surname:
        return False
    if not one.given or not other.given:
        return True
    return any(_agree(mine, theirs) for mine in one.given for theirs in other.given)


def _agree(one: str, other: str) -> bool:
    if len(one) <= 2 or len(other) <= 2:
        return one[0] == other[0]
    short, long = sorted((one, other), key=len)
    stem = short.rstrip("yie") if len(short) > 3 else short
    if short == long or (long.startswith(stem) and len(long) - len(short) >= 2 and len(stem) >= 3):
        return True
    return any(one in names and other in names for names in FAMILIAR)


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter is wrong, left out or put in."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    start = next((index for index, letter in enumerate(short) if letter != long[index]), len(short))
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]
