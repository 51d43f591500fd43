"""Emphasis in Markdown: which ``*`` and ``_`` open it, which close it, and which pair (CommonMark, 6.2)."""

from __future__ import annotations

import unicodedata

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Delimiter:
    """A row of ``*`` or ``_``: what is left of it prints, the rest opens and closes emphasis.

    ``opens`` and ``closes`` count the pairs that begin and end here: of emphasis, and of strong emphasis.
    """

    __slots__ = ("can_close", "can_open", "closes", "left", "opens", "sign", "size")

    def __init__(self, sign: str, size: int, before: str, after: str) -> None:
        self.sign = sign
        self.size = self.left = size
        self.opens = [0, 0]
        self.closes = [0, 0]
        space_before, space_after = before.isspace(), after.isspace()
        sign_before, sign_after = _is_sign(before), _is_sign(after)
        left = not space_after and (not sign_after or space_before or sign_before)
        right = not space_before and (not sign_before or space_after or sign_after)
        strict = sign == "_"
        self.can_open = left and (not strict or not right or sign_before)
        self.can_close = right and (not strict or not left or sign_after)


def _is_sign(character: str) -> bool:
    return character in PUNCTUATION if character.isascii() else unicodedata.category(character)[0] in "PS"


def pair(delimiters: list[Delimiter], height: int = 0) -> None:
    """Pair openers and closers above this height, and take them off (CommonMark, "process emphasis")."""
    openers: list[Delimiter] = []
    floors: dict[tuple[str, bool, int], int] = {}
    for delimiter in delimiters[height:]:
        if delimiter.can_close:
            _close(delimiter, openers, floors)
        if delimiter.can_open and delimiter.left:
            openers.append(delimiter)
    del delimiters[height:]


def _close(closer: Delimiter, openers: list[Delimiter], floors: dict[tuple[str, bool, int], int]) -> None:
    key = (closer.sign, closer.can_open, closer.size % 3)
    while closer.left:
        index = len(openers) - 1
        floor = floors.get(key, 0)
        while index >= floor and not _fit(openers[index], closer):
            index -= 1
        if index < floor:
            floors[key] = len(openers)  # below there is no opener for a closer of this form
            return
        opener = openers[index]
        size = min(2, opener.left, closer.left)
        opener.left -= size
        closer.left -= size
        opener.opens[size - 1] += 1
        closer.closes[size - 1] += 1
        del openers[index + bool(opener.left) :]
        for form, height in floors.items():
            floors[form] = min(height, len(openers))


def _fit(opener: Delimiter, closer: Delimiter) -> bool:
    if opener.sign != closer.sign:
        return False
    if not (opener.can_close or closer.can_open):
        return True
    return bool((opener.size + closer.size) % 3) or not (opener.size % 3 or closer.size % 3)
