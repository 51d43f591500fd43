"""Every place of the public files where something withheld stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from boardpack.leaks.opened import opened
from boardpack.leaks.pieces import Text
from boardpack.leaks.secrets import RUN, Secrets, Words
from boardpack.leaks.words import BREAK, figures, normal, rejoined, tokens

_SHOWN = 12
"""Words of a leak that are shown at most."""

_SQUEEZED = 20
"""Letters that a run has at least to be sought without its blanks; shorter ones come about across other words."""
_KEY = 12

_TELLING = re.compile(r"[\d@]|www\.|https?:")
_WORD = re.compile(r"[^\W_]+")
_NO_WORD = 30
_HEXADECIMAL = re.compile(rb"[0-9A-Fa-f]{12,}")
_WIDE = re.compile(rb"\x00(?:[\x20-\x7e\xa0-\xff]\x00){4,}[\x20-\x7e\xa0-\xff]?")


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Something withheld in a public file: which file, where in it, and the words or the figure that were found."""

    file: str
    where: str
    words: str


def search(files: Mapping[str, bytes], secrets: Secrets) -> list[Leak]:
    """Every leak in these files, each named by its path in the public folder, in order and each once.

    Raises:
        UnsearchableError: if a file cannot be opened.
    """
    looking = _Looking(secrets)
    found: set[Leak] = set()
    for file, data in files.items():
        found.update(_leaks(looking, file, data))
    return sorted(found)


def _leaks(looking: _Looking, file: str, data: bytes) -> set[Leak]:
    """The leaks of one file; what was read in it is not named once more for its bytes."""
    found = {Leak(file, "file name", words) for words in looking.text(Text("", file, laid=True))}
    in_bytes = []
    for piece in opened(file, data):
        where = piece.where or "content"
        if isinstance(piece, Text):
            found.update(Leak(file, where, words) for words in looking.text(piece))
        else:
            in_bytes += [Leak(file, where, words) for words in looking.raw(piece.data)]
    read = BREAK.join(leak.words for leak in found)
    return found.union(leak for leak in in_bytes if " ".join(tokens(leak.words)) not in read)


class _Looking:
    """Secrets made ready for looking, and the texts that held none: headers and styles come back in each file."""

    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self._clean: set[Text | bytes] = set()
        self._names: dict[str, list[Words]] = {}
        for name in secrets.names:
            self._names.setdefault(name[0], []).append(name)
        self._squeezed: dict[str, list[Words]] = {}
        for run in secrets.runs:
            if len(letters := "".join(run)) >= _SQUEEZED:
                self._squeezed.setdefault(letters[:_KEY], []).append(run)
        self._needles = [(each, each.encode()) for each in secrets.raw]

    def text(self, piece: Text) -> list[str]:
        """What of the secrets a text says."""
        same = Text("", piece.text, piece.laid)
        if same in self._clean:
            return []
        hits = list(dict.fromkeys(self._said(same)))
        if not hits:
            self._clean.add(same)
        return hits

    def _said(self, piece: Text) -> Iterator[str]:
        secrets = self.secrets
        given = rejoined(piece.text, secrets.known) if piece.laid else piece.text
        text = normal(given)
        row = tokens(text)
        there = set(row)
        runs = self._runs(row)
        yield from _stretches(row, runs)
        told = {at + place for at in runs for place in range(RUN)}
        alone = {word for at, word in enumerate(row) if at not in told} if told else there
        yield from sorted(alone & secrets.words)
        for first in there & self._names.keys():
            yield from (" ".join(name) for name in self._names[first] if _stands(name, row))
        if secrets.figures and _TELLING.search(text):
            yield from sorted(secrets.figures.intersection(figures(text, there)))
        if piece.laid and self._squeezed:
            windows = set(zip(row, row[1:], row[2:], row[3:], strict=False))
            yield from (" ".join(run) for run in self._pressed(text) if run not in windows)

    def _runs(self, row: Sequence[str]) -> list[int]:
        """Where in a row of words four of them are a secret."""
        secret = self.secrets.runs
        windows = list(zip(row, row[1:], row[2:], row[3:], strict=False))
        if secret.isdisjoint(windows):
            return []
        meet = self.secrets.edges.meet
        at = (place for place, run in enumerate(windows) if run in secret)
        return [place for place in at if not any(meet(row, place + cut) for cut in range(1, RUN))]

    def _pressed(self, text: str) -> Iterator[Words]:
        """Long runs where a page's text has lost its blanks or gained some within words."""
        letters = "".join(filter(str.isalnum, text))
        for at in range(len(letters) - _SQUEEZED + 1):
            for run in self._squeezed.get(letters[at : at + _KEY], ()):
                whole = "".join(run)
                if letters.startswith(whole, at) and _between_words(text, at, at + len(whole)):
                    yield run

    def raw(self, data: bytes) -> list[str]:
        """Which names and long secrets stand in bytes: in UTF-8, in UTF-16 of either order, and in hexadecimal."""
        if not self._needles or data in self._clean:
            return []
        told = b"\0".join(_from_hexadecimal(each) for each in _HEXADECIMAL.findall(data))
        spelt = b"\0".join([data, told, *_narrowed(data), *_narrowed(told)]).lower()
        hits = [secret for secret, needle in self._needles if _apart(needle, spelt)]
        if not hits:
            self._clean.add(data)
        return hits


def _narrowed(data: bytes) -> Iterator[bytes]:
    """What stands in bytes with two of them to a letter, in UTF-8: the empty one may come first or last."""
    for found in _WIDE.finditer(data):
        text = found[0][1::2].decode("latin-1").encode()
        yield text
        yield data[max(found.start() - 1, 0) : found.start()] + text


def _from_hexadecimal(digits: bytes) -> bytes:
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _between_words(text: str, start: int, end: int) -> bool:
    """Whether these letters of a text, counted without what is between them, begin and end where words do.

    The midst of a word that is too long to be one counts too.
    """
    at, begins = 0, False
    for word in _WORD.findall(text):
        after, glued = at + len(word), len(word) >= _NO_WORD
        if at <= start < after:
            begins = start == at or glued
        if at < end <= after:
            return begins and (end == after or glued)
        at = after
    return False


def _apart(word: bytes, data: bytes) -> bool:
    """Whether a word stands in the bytes and is no part of a longer one."""
    at = data.find(word)
    while at >= 0:
        end = at + len(word)
        if not (data[max(at - 1, 0) : at].isalnum() or data[end : end + 1].isalnum()):
            return True
        at = data.find(word, at + 1)
    return False


def _stands(name: Words, row: Sequence[str]) -> bool:
    length = len(name)
    return any(row[at] == name[0] and tuple(row[at : at + length]) == name for at in range(len(row) - length + 1))


def _stretches(row: Sequence[str], runs: Sequence[int]) -> Iterator[str]:
    """The words of runs, those that overlap as one."""
    start = end = -1
    for at in runs:
        if at > end:
            if start >= 0:
                yield _words(row[start:end])
            start = at
        end = at + RUN
    if start >= 0:
        yield _words(row[start:end])


def _words(row: Sequence[str]) -> str:
    shown = " ".join(each for each in row[:_SHOWN] if each != BREAK)
    return f"{shown} …" if len(row) > _SHOWN else shown
