"""Inline Markdown: the text of one block becomes a flat row of spans.

The rules are CommonMark's (https://spec.commonmark.org/0.31.2/#inlines) without raw HTML and without
reference links, which print as typed. Python-Markdown's own inline patterns are not used: its emphasis
loses words (``a**b*c*d`` prints without the c), its links print placeholders where their address holds an
escape, and the time it takes grows with the square of the brackets. Here it grows with the text, and
nothing recurses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from html.entities import html5
from typing import Literal, NamedTuple

from boardpack.markdown.emphasis import PUNCTUATION, Delimiter, pair

Kind = Literal["text", "code", "break", "image", "note", "reference", "link", "end"]


class Span(NamedTuple):
    """A stretch of a line.

    ``text`` is what it prints: of an image its alternative text, of a note or reference how it was typed.
    ``target`` is the address of a link or image, the id of a note, the kind of a reference; ``title`` the
    title of a link or image, the id that a reference names. What stands between ``link`` and ``end`` is the
    text of the link. ``raw`` is an image as it was typed.
    """

    kind: Kind
    text: str
    bold: bool = False
    italic: bool = False
    target: str = ""
    title: str = ""
    raw: str = ""


ADDRESS_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ATTRIBUTES = (
    r"\{:[ ]*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}=]+))"
    r"(?:[ ]+(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}=]+)))*[ ]*\}"
)
"""An attribute list; it does not print, so whatever has not this form to the letter is text."""

_SOFT_BREAK = re.compile(r"(?<![ \\]) ?\n *")
_SPECIAL = re.compile(r"[\\`*_\[\]<\n]|!\[|&(?=[#A-Za-z])|\{:")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_TITLE = r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)"
_ADDRESS = r"(?:[^\s()\\<]|\\\S|\((?:[^\s()\\]|\\\S|\((?:[^\s()\\]|\\\S)*+\))*+\))++"
_TAIL = re.compile(rf"\(\s*+(?:<([^<>\n]++)>|({_ADDRESS}))(?:\s++(?:{_TITLE}))?\s*+\)", re.DOTALL)
# File names with spaces are common; links keep to the rule, so that "[a] (see the note)" stays text.
_IMAGE_TAIL = re.compile(rf"\(\s*+()([^()\"<>\n]*[^()\"<>\s])(?:\s++(?:{_TITLE}))?\s*+\)", re.DOTALL)
_REFERENCE = re.compile(r"\[\]\(([a-z-]+)(?::([^()\s]*))?\)")
_NOTE = re.compile(r"\[\^([^\]\[\s]+)\]")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}):[^<>\s]*+>")
_MAIL = re.compile(r"<[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)*>")
_TAG = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*+"
    r"(?:\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?)*+\s*+/?>"
    r"|<[?!][A-Za-z][^<>]*+>"
)
_TYPED_ATTRIBUTES = re.compile(ATTRIBUTES)


def parse(text: str) -> list[Span]:
    """The spans of one block of text, which may run over several lines."""
    if "\n" in text:
        text = _SOFT_BREAK.sub(" ", text)
    text = text.strip(" ")
    if not _SPECIAL.search(text):
        return [Span("text", text)] if text else []
    return _Parser(text).spans()


def words(spans: Sequence[Span]) -> str:
    """What the spans print, without any form: a link its text, an image its alternative text."""
    parts = []
    for at, span in enumerate(spans):
        if span.kind == "reference":
            parts.append(span.title or span.target)
        elif span.kind == "link" and spans[at + 1].kind == "end":
            parts.append(span.target)
        else:
            parts.append(" " if span.kind == "break" else span.text)
    return "".join(parts)


class _Bracket:
    """A ``[`` or ``![`` that may begin a link or an image."""

    __slots__ = ("at", "delimiters", "item", "sign")

    def __init__(self, sign: str, at: int, item: int, delimiters: int) -> None:
        self.sign = sign
        self.at = at
        self.item = item
        self.delimiters = delimiters


class _Parser:
    """Reads one text from left to right; each reader takes a position and returns the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.items: list[Span | Delimiter | _Bracket] = []
        self.delimiters: list[Delimiter] = []
        self.brackets: list[_Bracket] = []
        self.linked = 0  # so many of the brackets have a link behind them, and can begin none
        self.ticks: dict[int, list[int]] | None = None
        self.comment_end = 0

    def spans(self) -> list[Span]:
        """Read the text."""
        at, text = 0, self.text
        while match := _SPECIAL.search(text, at):
            start = match.start()
            if start > at:
                self.items.append(Span("text", text[at:start]))
            at = _READERS[match.group()](self, start)
        if at < len(text):
            self.items.append(Span("text", text[at:]))
        pair(self.delimiters)
        return _flat(self.items)

    def literal(self, text: str) -> None:
        """Let this text print as it is."""
        self.items.append(Span("text", text))

    def read_escape(self, at: int) -> int:
        """A backslash: before a sign it makes it print, at the end of a line it breaks the line."""
        following = self.text[at + 1 : at + 2]
        if following == "\n":
            self.items.append(Span("break", ""))
            return self._after_spaces(at + 2)
        if following in PUNCTUATION:
            self.literal(following)
            return at + 2
        self.literal("\\")
        return at + 1

    def read_newline(self, at: int) -> int:
        """The end of a line: a break after two spaces, else a space."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Span) and last.kind == "text" and last.text.endswith(" "):
            trimmed = last.text.rstrip(" ")
            hard = len(last.text) - len(trimmed) > 1
            self.items[-1] = last._replace(text=trimmed)
        else:
            hard = False
        self.items.append(Span("break", "") if hard else Span("text", " "))
        return self._after_spaces(at + 1)

    def _after_spaces(self, at: int) -> int:
        while self.text.startswith(" ", at):
            at += 1
        return at

    def read_code(self, at: int) -> int:
        """Backticks: code up to as many of them."""
        end = at
        while self.text.startswith("`", end):
            end += 1
        if self.ticks is None:
            self.ticks = {}
            for match in re.finditer("`+", self.text):
                self.ticks.setdefault(len(match.group()), []).append(match.start())
        closers = self.ticks.get(end - at, [])
        index = bisect_right(closers, at)
        if index == len(closers):
            self.literal(self.text[at:end])
            return end
        code = self.text[end : closers[index]].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip(" "):
            code = code[1:-1]
        self.items.append(Span("code", code))
        return closers[index] + end - at

    def read_emphasis(self, at: int) -> int:
        """A row of ``*`` or ``_``, which opens or closes by what stands on either side of it."""
        text, sign, end = self.text, self.text[at], at
        while text.startswith(sign, end):
            end += 1
        before, after = text[at - 1] if at else " ", text[end] if end < len(text) else " "
        delimiter = Delimiter(sign, end - at, before, after)
        self.items.append(delimiter)
        self.delimiters.append(delimiter)
        return end

    def read_open(self, at: int) -> int:
        """``[``: a reference, the mark of a note, or what may become a link."""
        match = _REFERENCE.match(self.text, at)
        if match and match[1] not in ADDRESS_SCHEMES:
            self.items.append(Span("reference", match.group(), target=match[1], title=match[2] or ""))
            return match.end()
        match = _NOTE.match(self.text, at)
        if match:
            self.items.append(Span("note", match.group(), target=match[1]))
            return match.end()
        return self._open("[", at)

    def read_image(self, at: int) -> int:
        """``![``: what may become an image."""
        return self._open("![", at)

    def _open(self, sign: str, at: int) -> int:
        bracket = _Bracket(sign, at, len(self.items), len(self.delimiters))
        self.items.append(bracket)
        self.brackets.append(bracket)
        return at + len(sign)

    def read_close(self, at: int) -> int:
        """``]``: the end of a link's text, if an address follows in brackets."""
        bracket = self.brackets.pop() if self.brackets else None
        tail = self._tail(bracket, at + 1) if bracket else None
        if not bracket or not tail:
            self.literal("]")
            return at + 1
        pair(self.delimiters, bracket.delimiters)
        target = _resolve(tail[1] or tail[2])
        title = _resolve(next((title for title in tail.groups()[2:] if title), ""))
        if bracket.sign == "![":
            raw = self.text[bracket.at : tail.end()]
            alt = words(_flat(self.items[bracket.item :][1:]))
            self.items[bracket.item :] = [Span("image", alt, target=target, title=title, raw=raw)]
        else:
            self.items[bracket.item] = Span("link", "", target=target, title=title)
            self._end_link(bracket)
        return tail.end()

    def _tail(self, bracket: _Bracket, at: int) -> re.Match[str] | None:
        index, linked = len(self.brackets), self.linked
        self.linked = min(index, linked)
        if bracket.sign == "![":
            return _TAIL.match(self.text, at) or _IMAGE_TAIL.match(self.text, at)
        return _TAIL.match(self.text, at) if index >= linked else None

    def _end_link(self, bracket: _Bracket) -> None:
        """No link stands inside another, and no picture inside a link."""
        for index in range(bracket.item + 1, len(self.items)):
            item = self.items[index]
            if isinstance(item, Span) and item.kind == "image":
                self.items[index] = Span("text", item.raw)
        self.items.append(Span("end", ""))
        self.linked = len(self.brackets)

    def read_angle(self, at: int) -> int:
        """``<``: an address, or HTML, which prints as it was typed."""
        text = self.text
        link = _AUTOLINK.match(text, at)
        if link and link[1].lower() in ADDRESS_SCHEMES:
            return self._autolink(link, "")
        mail = None if link else _MAIL.match(text, at)
        if mail:
            return self._autolink(mail, "mailto:")
        html = link or _TAG.match(text, at)
        end = html.end() if html else self._comment(at)
        self.literal(text[at:end].replace("\n", " "))
        return end

    def _autolink(self, match: re.Match[str], scheme: str) -> int:
        shown = match.group()[1:-1]
        self.items += [Span("link", "", target=scheme + shown), Span("text", shown), Span("end", "")]
        return match.end()

    def _comment(self, at: int) -> int:
        """The end of an HTML comment, or just behind the ``<`` where there is none."""
        if not self.text.startswith("<!--", at) or self.comment_end < 0:
            return at + 1
        if self.comment_end < at + 7:
            self.comment_end = self.text.find("-->", at + 4) + 3
            if self.comment_end < 3:
                self.comment_end = -1
                return at + 1
        return self.comment_end

    def read_entity(self, at: int) -> int:
        """``&amp;`` and its kin; what is not known prints as it was typed."""
        match = _ENTITY.match(self.text, at)
        self.literal(_character(match) if match else "&")
        return match.end() if match else at + 1

    def read_attributes(self, at: int) -> int:
        """An attribute list straight behind a link, an image, code or emphasis: of no effect in Word."""
        match = _TYPED_ATTRIBUTES.match(self.text, at)
        last = self.items[-1] if self.items else None
        closed = last.can_close if isinstance(last, Delimiter) else isinstance(last, Span) and last.kind != "text"
        if match and closed:
            return match.end()
        self.literal("{:")
        return at + 2


_READERS: dict[str, Callable[[_Parser, int], int]] = {
    "\\": _Parser.read_escape,
    "\n": _Parser.read_newline,
    "`": _Parser.read_code,
    "*": _Parser.read_emphasis,
    "_": _Parser.read_emphasis,
    "[": _Parser.read_open,
    "![": _Parser.read_image,
    "]": _Parser.read_close,
    "<": _Parser.read_angle,
    "&": _Parser.read_entity,
    "{:": _Parser.read_attributes,
}


def _resolve(text: str) -> str:
    """An address or title without backslashes and entities."""
    text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    text = _ENTITY.sub(_character, text) if "&" in text else text
    return text.replace("\n", " ").strip(" ")


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return html5.get(f"{name};", match.group())
    number = int(decimal) if decimal else int(hexadecimal, 16)
    # XML holds no controls, no surrogates and no U+FFFE or U+FFFF; what cannot stand there prints as typed.
    legal = 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    return chr(number) if legal else match.group()


def _flat(items: Sequence[Span | Delimiter | _Bracket]) -> list[Span]:
    """The spans with their emphasis, neighbouring texts of one form joined."""
    spans: list[Span] = []
    texts: list[str] = []
    form = (0, 0)
    for item in items:
        if isinstance(item, Delimiter):
            form = _change(form, item.closes, -1, texts, spans)
            texts.append(item.sign * item.left)
            form = _change(form, item.opens, 1, texts, spans)
        elif isinstance(item, _Bracket):
            texts.append(item.sign)
        elif item.kind == "text":
            texts.append(item.text)
        else:
            _flush(texts, form, spans)
            spans.append(item._replace(bold=form[1] > 0, italic=form[0] > 0))
    _flush(texts, form, spans)
    return spans


def _change(
    form: tuple[int, int], counts: Sequence[int], sign: int, texts: list[str], spans: list[Span]
) -> tuple[int, int]:
    """How many pairs of emphasis are open behind a delimiter; texts before it are flushed if that changes."""
    if not counts[0] and not counts[1]:
        return form
    _flush(texts, form, spans)
    return form[0] + sign * counts[0], form[1] + sign * counts[1]


def _flush(texts: list[str], form: tuple[int, int], spans: list[Span]) -> None:
    text = "".join(texts)
    texts.clear()
    if text:
        spans.append(Span("text", text, form[1] > 0, form[0] > 0))
