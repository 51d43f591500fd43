"""Names of people in prose and minutes: spelt as the register, or the list of those at the meeting, spells them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from boardpack.diagnostics import Finding, Place, finding
from boardpack.model.board import Person
from boardpack.model.meeting import Meeting
from boardpack.model.text import Text, without_code
from boardpack.rules.given_names import GIVEN_NAMES
from boardpack.rules.names import RANKS, WORDS_OF_PLACES, Name, is_person, one_letter_apart, parse, same
from boardpack.rules.patterns import later
from boardpack.rules.people import named, spelt_like
from boardpack.rules.texts import place, said

_PART = r"(?:Mc|Mac|O['’]|D['’]|De|Di|Fitz)?[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)*"
# A person is told by what stands around: no `Joseph Arkwell Foundation`, no `Clare's Law`.
_PAIR = later(
    rf"(?<![\w'’&/-])(?P<first>{_PART})(?=(?:[ \n]+[A-Z]\.?)?[ \n]+(?P<last>{_PART})(?![\w-])"
    r"(?!(?:['’]s)?[ \n]+(?:[A-Z]|&)))"
)
_WORD_BEFORE = later(r"([\w.'’/-]+) *\n? *\Z")
_CAPITALISED = later(r"[A-Z][a-zà-ÿ]{2,}")
_OPENERS = frozenset(
    """
    after also although and as at because before both but by for from he her here his however if in it last later
    members next on once our she since so thank thanks that their then there they this to today we welcome when where
    while with
    """.split()  # noqa: SIM905 (words read best as running text)
)
_LIKE = 0.5
"""How alike two given names must be where a text may well speak of somebody else who has the surname."""
_SHORTEST = 5
"""Shorter surnames that are a letter apart are as likely to be two families'."""


def name_differs(meeting: Meeting) -> Iterator[Finding]:
    """A name in a sentence that has the surname of somebody known and not the given name, or that nearly."""
    register = [name for person in meeting.board.people if (name := _full(person))]
    if not register and meeting.minutes is None:
        return
    known = [name for typed in {typed: None for typed, _ in named(meeting)} if (name := parse(typed))] + register
    for earlier in meeting.earlier.values():
        people = earlier.minutes.people() if earlier.minutes else ()
        known += [name for person in people if (name := parse(person.name))]
    known = [name for name in known if name.first or not any(each.first and same(name, each) for each in known)]
    for paper in meeting.papers.values() if register else ():
        if spoken := _spoken(register, paper.at.source.text):
            yield from _differing(said(paper), spoken, known, loose=frozenset())
    if meeting.minutes:
        there = (*meeting.minutes.present, *meeting.minutes.in_attendance, *meeting.minutes.apologies)
        base = [name for person in there if (name := _full(person))]
        words = "\n".join(text.value for text in meeting.minutes.texts())
        # Minutes that never say a name as the list above them does may have another; else there may be two people.
        loose = frozenset(name for name in (*base, *register) if f"{name.first} {name.surname}" not in words)
        yield from _differing(meeting.minutes.texts(), [*base, *register], known, loose)


def _full(person: Person) -> Name | None:
    """The name of somebody known by a given name and a surname that is no word of a place."""
    name = parse(person.name)
    return name if name and name.first and name.surname not in WORDS_OF_PLACES else None


def _spoken(names: Sequence[Name], text: str) -> list[Name]:
    """Those of the names of which a file holds a part."""
    words = set(_CAPITALISED.findall(text))
    return [name for name in names if not words.isdisjoint(_CAPITALISED.findall(f"{name.first} {name.surname}"))]


def _differing(
    texts: Iterator[Text], base: Sequence[Name], known: Sequence[Name], loose: frozenset[Name]
) -> Iterator[Finding]:
    """The names that differ from one in ``base``; a ``loose`` one is meant by any with its surname."""
    firsts = GIVEN_NAMES.union(name.first for name in base)
    surnames, theirs = {name.surname for name in base}, {name.first for name in base}
    told: set[str] = set()
    for text in texts:
        value = without_code(text.value)
        for match in _PAIR.finditer(value):
            if match["last"] not in surnames and match["first"] not in theirs:
                continue
            found = Name((match["first"],), match["last"])
            written = f"{found.first} {found.surname}"
            if written in told or any(same(found, name) for name in known):
                continue
            if found.first not in firsts and not any(_misspelt(found, name) for name in base):
                continue
            meant = _meant(found, base, loose)
            if meant and _stands_alone(value, match.start()):
                told.add(written)
                yield _finding(written, meant, place(text, match.start(), match.end("last")))


def _misspelt(found: Name, name: Name) -> bool:
    return found.surname == name.surname and one_letter_apart(found.first, name.first)


def _meant(found: Name, base: Sequence[Name], loose: Collection[Name]) -> Name | None:
    """Whom a name may mean: somebody with its surname, else with its given name and nearly its surname."""
    namesakes = [name for name in base if name.surname == found.surname]
    for name in sorted(namesakes, key=lambda name: -_likeness(name.first, found.first)):
        if name in loose or _likeness(name.first, found.first) >= _LIKE:
            return name
    for name in base:
        longest = min(len(name.surname), len(found.surname)) >= _SHORTEST
        if name.first == found.first and longest and one_letter_apart(name.surname, found.surname):
            return name
    return None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _stands_alone(value: str, start: int) -> bool:
    """Whether the word before belongs to no longer name: `the Joseph Arkwell`, `Royal Albert`."""
    before = _WORD_BEFORE.search(value, max(0, start - 40), start)
    if before is None:
        return True
    word = before[1].strip(".").lower()
    if word in ("the", "a", "an", "st", "saint", "sir", "dame", "lord", "lady"):
        return False
    return not before[1][0].isupper() or before[1].endswith(".") or "/" in word or word in RANKS or word in _OPENERS


def _finding(written: str, meant: Name, at: Place) -> Finding:
    right = " ".join((*meant.given, meant.surname))
    message = f"nobody known is called `{written}`, and `{right}` is known"
    help = f"write `{right}`, or name `{written}` among those at the meeting or under `people:` in board.yaml"
    return finding("name-differs", at, message, help)


def unknown_owner(meeting: Meeting) -> Iterator[Finding]:
    """An owner of an action who reads like a person and whom neither the register nor the minutes name."""
    if meeting.minutes is None:
        return
    there = (*meeting.minutes.present, *meeting.minutes.in_attendance, *meeting.minutes.apologies)
    owners = [owner for _, action in meeting.minutes.actions() if not action.of for owner in action.owners]
    typed = {id(owner.at) for owner in owners}
    others = [*there, *meeting.board.people]
    known = [name for person in others if (name := parse(person.name))]
    known += [name for words, at in named(meeting) if id(at) not in typed and (name := parse(words))]
    firsts = frozenset(name.first for name in known if name.first)
    bodies = {person.organisation.casefold() for person in others}
    texts = (text for entry in meeting.minutes.entries for text in (entry.title, entry.discussion) if text)
    discussed = "\n".join(text.value for text in texts)
    for owner in owners:
        name = None if owner.id or owner.name.casefold() in bodies else parse(owner.name)
        if name is None or not is_person(name, firsts) or any(same(name, each) for each in known):
            continue
        said_of = name.first and f"{name.first} {name.surname}" in discussed
        if said_of or spelt_like(owner.name, meeting.board):
            continue
        yield _unknown_owner(owner, name, known)


def _unknown_owner(owner: Person, name: Name, known: Sequence[Name]) -> Finding:
    full = [each for each in known if each.first]
    meant = _meant(name, full, full) if name.first else None
    if meant:
        return _finding(owner.name, meant, owner.at.find(owner.name))
    message = f"neither the register nor these minutes name `{owner.name}`, who is to act"
    help = "add the name to those at the meeting or to `people:` in board.yaml, or correct it"
    return finding("unknown-owner", owner.at.find(owner.name), message, help)
