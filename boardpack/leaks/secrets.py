"""What must not be found in a public file: what is said in the withheld papers and nowhere in the public ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from boardpack.leaks.vocabulary import BESIDE_FIGURES, DAYS_AND_MONTHS, FORMAT_NAMES
from boardpack.leaks.words import BREAK, figures, is_word, normal, tokens

Words = tuple[str, ...]

RUN = 4
"""Words in a row that are a secret even where each of them is public."""

_CONTEXT = range(1, 4)

_SOUGHT_RAW = 60
_LEAST_RAW = 6  # shorter ones come about by chance in compressed bytes
_LEAST_RAW_WORD = 10
_LEAST_RAW_DIGITS = 9  # measures in XML have up to eight


@dataclass(frozen=True, slots=True)
class Edges:
    """The three words with which each public text begins, and those with which it ends; all of a shorter one."""

    starts: frozenset[Words]
    ends: frozenset[Words]

    def meet(self, row: Sequence[str], at: int) -> bool:
        """Whether one public text can end before this place of a row of words, and another begin there.

        Programs and pages put texts side by side: a name behind a rank, a board's name behind "Report to", one cell
        after the other.
        """
        return any(tuple(row[max(at - length, 0) : at]) in self.ends for length in _CONTEXT) and any(
            tuple(row[at : at + length]) in self.starts for length in _CONTEXT
        )


@dataclass(frozen=True, slots=True)
class Secrets:
    """What to look for, in the spelling of :func:`boardpack.leaks.words.normal`.

    ``words`` and ``figures`` are found one by one, ``runs`` as four words in a row, ``names`` as a row of any length.
    ``raw`` is what is also looked for in bytes that nobody can read. ``known`` are the words of all texts: by them a
    word that was divided at the end of a line is told from a compound. ``edges`` tell what only stands side by side.
    """

    words: frozenset[str]
    runs: frozenset[Words]
    figures: frozenset[str]
    names: frozenset[Words]
    raw: tuple[str, ...]
    known: frozenset[str]
    edges: Edges


def secrets(withheld: Iterable[str], public: Iterable[str], names: Iterable[str] = ()) -> Secrets:
    """What of the ``withheld`` texts must not be found, because no ``public`` text says it.

    ``withheld`` is every scalar of the withheld papers, every cell of their data, the sums of their tables
    (:func:`boardpack.leaks.computed`) and what :func:`boardpack.leaks.text_of` finds in their appendices and pictures.
    ``public`` is the same of the staged papers, and whatever else may rightly appear: their files whole and by name,
    the house's templates as text and as XML, :func:`boardpack.leaks.program_words`. Scalars are given one by one, since
    what is printed puts them side by side. ``names`` are ids, file stems and titles of what is withheld: each is a
    secret as a whole, however short and plain, unless a public text holds the same words in a row.
    """
    shown = [_read(each) for each in _plain(public)]
    hidden = [_read(each) for each in _plain(withheld)]
    known = {token for _, row in shown for token in row}
    public_runs = {run for _, row in shown for run in _runs(row)}
    words = {token for _, row in hidden for token in row if is_word(token)} - known
    runs = {run for _, row in hidden for run in _runs(row)} - public_runs
    telling = {each for text, row in hidden for each in figures(text, row)}
    telling -= {each for text, row in shown for each in figures(text, row)}
    rows = [row for _, row in shown]
    called = {tuple(tokens(normal(each))) for each in names} - {()}
    called = {each for each in called if not _stands_in(each, known, rows)}
    return Secrets(
        words=frozenset(words),
        runs=frozenset(run for run in runs if _tells(run)),
        figures=frozenset(telling),
        names=frozenset(called),
        raw=_raw(words, telling, called),
        known=frozenset(known | words),
        edges=_edges(rows),
    )


def _plain(texts: Iterable[str]) -> Iterator[str]:
    """Each text, and once more without the signs of Markdown that may stand within a word (``**D**omestic``)."""
    for text in texts:
        yield text
        bare = text.replace("*", "").replace("`", "").replace("\\", "")
        if bare != text:
            yield bare


def _read(text: str) -> tuple[str, list[str]]:
    normalised = normal(text.replace(BREAK, " "))
    return normalised, tokens(normalised)


def _runs(row: Sequence[str]) -> Iterable[Words]:
    return zip(row, row[1:], row[2:], row[3:], strict=False)


def _tells(run: Words) -> bool:
    """Whether four words say something of their own.

    Dates, pages and the numbers of tables are computed, so that next to a figure two words must be of some meaning.
    """
    words = [token for token in run if not any(sign.isdigit() for sign in token)]
    if len(words) == len(run) and DAYS_AND_MONTHS.isdisjoint(run):
        return True
    return sum(word not in BESIDE_FIGURES and len(word) > 1 for word in words) >= 2


def _edges(rows: Iterable[Sequence[str]]) -> Edges:
    several = [row for row in rows if row]
    longest = _CONTEXT[-1]
    return Edges(
        frozenset(tuple(row[:longest]) for row in several), frozenset(tuple(row[-longest:]) for row in several)
    )


def _stands_in(name: Words, known: Set[str], rows: Iterable[Sequence[str]]) -> bool:
    if not set(name) <= known:
        return False
    if len(name) == 1:
        return True
    first, length = name[:2], len(name)
    for row in rows:
        for at, pair in enumerate(pairwise(row)):
            if pair == first and tuple(row[at : at + length]) == name:
                return True
    return False


def _raw(words: Iterable[str], telling: Iterable[str], names: Iterable[Words]) -> tuple[str, ...]:
    """All names, as file names spell them, and the longest of the others; what formats use as names is left out."""
    called = {sign.join(name) for name in names for sign in "- _"}
    long = {word for word in words if len(word) >= _LEAST_RAW_WORD and word not in FORMAT_NAMES}
    long |= {each for each in telling if not each.isdigit() or len(each) >= _LEAST_RAW_DIGITS}
    longest = sorted(long, key=lambda each: (-len(each), each))[:_SOUGHT_RAW]
    return tuple(sorted({each for each in (*called, *longest) if len(each) >= _LEAST_RAW}))
