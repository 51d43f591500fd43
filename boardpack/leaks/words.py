"""How a text is taken apart, the withheld and the printed alike, so that one spelling finds the other.

Compared is what remains when case, ligatures, composed and decomposed accents, kinds of blanks, of hyphens and of
apostrophes, soft hyphens, invisible characters and the spelling of thousands no longer count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

BREAK = "\0"
"""Between pieces of text that do not follow upon each other; no run of words crosses it."""

SHORTEST = 4
"""Letters that a word has at least to be a secret by itself."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]")
_APOSTROPHE = re.compile("[’‘ʼ´`＇]")
_THIN = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f'](?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"(?<=[^\W\d_])'(?:s|t|ll|re|ve|d|m)\b")
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![^\W_])|\d+(?:\.\d+)?(?![^\W_])|[^\W_]+|\0")
_LINE_END = re.compile(r"([^\W\d_]+)(?:[\ufffe\x02]\s*|[-\u2010]\s*\n\s*)([^\W\d_]+)")

_LEAST_DIGITS = 5
_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:t\d{4,6}z?)?")
_MIXED = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]+")
_COUNTED = re.compile(r"\d+(?:st|nd|rd|th|am|pm|px|pt|em|km|kg|bn|m|k|s)")
_GROUPED = re.compile(r"(?<![\w.,])(?:[1-9]\d{1,2}\.\d{3}|[1-9]\d?\d?(?:\.\d{3}){2,})(?!\w|[.,]\d)")
_SPACED = re.compile(r"(?<![\w.,])[1-9]\d?\d?(?: \d{3}){2,}(?!\w|[.,]\d)")
_TELEPHONE = re.compile(r"(?<![\w.,/])(?:\+\d{1,3}[ .()-]*(?:\(0\))?|\(?0)\d[\d ()-]{6,14}\d(?!\w|[.,]\d)")
_LONG_GROUPS = re.compile(r"(?<![\w.,/])\d{4}(?:[ -]\d{4}){2,4}(?!\w)")
_POSTCODE = re.compile(r"(?<![^\W_])[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}(?![^\W_])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?:https?://(?:www\.)?|www\.)([^\s<>\"'()\[\]{}|\0]+)")


def normal(text: str) -> str:
    """The text in the one spelling in which texts are compared; figures keep their own."""
    text = _THIN.sub(",", _APOSTROPHE.sub("'", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    text = text.casefold()
    if not text.isascii():
        text = _APOSTROPHE.sub("'", unicodedata.normalize("NFKC", text))
    return _POSSESSIVE.sub("", text.replace("''", "'"))


def tokens(normalised: str) -> list[str]:
    """The words, figures and breaks of a normalised text in their order.

    The parts of a compound are words of their own; 156,320 and 156320.00 are one figure.
    """
    return [_figure(token) if token[0].isdigit() else token for token in _TOKEN.findall(normalised)]


def _figure(token: str) -> str:
    token = token.replace(",", "")
    if "." in token:
        token = token.rstrip("0").rstrip(".")
    return token


def is_word(token: str) -> bool:
    """Whether a token is a word that can be a secret by itself."""
    return len(token) >= SHORTEST and token.isalpha()


def figures(normalised: str, row: Iterable[str]) -> Iterator[str]:
    """What of a text tells by itself whose it is: long figures, references, post codes, telephone numbers, addresses.

    Each comes without its separators; a figure that can be read in two ways comes in both. Dates and short figures are
    left out, since a public total can be the same by chance. ``row`` are the tokens of the text.
    """
    if _DIGIT.search(normalised):
        yield from _numbers(normalised, row)
    if "@" in normalised:
        yield from (match[0].strip(".-") for match in _EMAIL.finditer(normalised))
    if "www." in normalised or "://" in normalised:
        yield from (match[1].rstrip("/.,;:!?*_") for match in _WEB.finditer(normalised))


def _numbers(normalised: str, row: Iterable[str]) -> Iterator[str]:
    for token in set(row):
        if not token.isalpha():
            yield from _telling(token)
    for pattern in (_GROUPED, _SPACED, _LONG_GROUPS, _TELEPHONE):
        for match in pattern.finditer(normalised):
            yield "".join(filter(str.isdigit, match[0].replace("(0)", "")))
    for match in _POSTCODE.finditer(normalised):
        yield match[0].replace(" ", "")


def _telling(token: str) -> Iterator[str]:
    digits = sum(sign.isdigit() for sign in token)
    if _DATE.fullmatch(token):
        return
    if _MIXED.fullmatch(token):
        if len(token) >= _LEAST_DIGITS and digits >= 2 and not _COUNTED.fullmatch(token):
            yield token
    elif digits >= _LEAST_DIGITS:
        yield token


def rejoined(laid: str, known: Collection[str]) -> str:
    """A page's text with the words whole that were divided at the end of a line.

    Where the two halves make none of the ``known`` words, the hyphen is that of a compound, and its parts stay apart:
    half of a public word is not mistaken for a withheld one, nor a withheld part hidden in a compound.
    """

    def whole(match: re.Match[str]) -> str:
        together = match[1] + match[2]
        return together if normal(together) in known else f"{match[1]} {match[2]}"

    return _LINE_END.sub(whole, laid)


def both_ways(laid: str) -> Iterator[str]:
    """A page's text with the words that a line's end divides in halves, and with them whole, where there are any."""
    yield _LINE_END.sub(r"\1 \2", laid)
    if _LINE_END.search(laid):
        yield _LINE_END.sub(r"\1\2", laid)
