"""Lines of a report -> Markdown that prints the same words: each piece of it is read back before it is taken.

What would mean something to Markdown and was only a sign to its author gets a backslash, in a text that needs it and
in no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element

from boardpack.markdown import dialect, spans
from boardpack.new.from_word.lines import Line
from boardpack.new.scalars import WIDTH, printable
from boardpack.reader import Piece

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")
_SOME_SIGNS = re.compile(r"([\\`*_\[\]<]|&(?=#?\w+;)|\{(?=:))")
_MARKER = re.compile(r"(\(?)([0-9A-Za-z]{1,7})([.)])(?=\s|$)")
_START = re.compile(r"[-+*#>|:=~`\[\]<(]|\(?[0-9A-Za-z]{1,7}[.)]$")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_Signs = list[tuple[str, bool, bool, str]]


def inline(pieces: Sequence[Piece], *, marked: bool = True, notes: Mapping[str, str] | None = None) -> str:
    """One line of Markdown that prints these pieces; ``marked`` keeps their emphasis.

    ``notes`` are the ids of the notes whose marks are kept.
    """
    return " ".join(_lines(pieces, marked, notes or {}, broken=False))


def _lines(pieces: Sequence[Piece], marked: bool, notes: Mapping[str, str], *, broken: bool) -> list[str]:
    """The pieces line by line, where their author ended lines by hand."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.kind == "break" and broken:
            parts.append([])
        else:
            parts[-1].append(piece)
    return [line for part in parts if (line := _line(_cleaned(part), marked, notes))]


def _cleaned(pieces: Sequence[Piece]) -> list[Piece]:
    """Words with single blanks, the blanks at the ends of emphasis and links outside them, and note marks."""
    found: list[Piece] = []
    for piece in pieces:
        if piece.kind == "note":
            found.append(piece)
        elif piece.kind != "picture":
            for text in re.findall(r"\s+|\S+(?:\s+\S+)*", printable(piece.text)):
                text = " " if text.isspace() else re.sub(r"\s+", " ", text)  # noqa: PLW2901
                found.append(
                    Piece("text", text) if text == " " else piece if piece.text == text else _with(piece, text)
                )
    while found and found[0].text == " ":
        found.pop(0)
    while found and found[-1].text == " ":
        found.pop()
    return [each for at, each in enumerate(found) if each.text != " " or found[at - 1].text != " "]


def _with(piece: Piece, text: str) -> Piece:
    return Piece("text", text, piece.bold, piece.italic, piece.link)


def _line(pieces: Sequence[Piece], marked: bool, notes: Mapping[str, str]) -> str:
    """The plainest way to write these pieces that is read back as they are; at the worst their words alone."""
    pieces = [piece for piece in pieces if piece.kind == "text" or piece.text in notes]
    for form, signs in ((marked, None), (marked, _SOME_SIGNS), (marked, _SIGNS), (False, None), (False, _SIGNS)):
        text = "".join(_written(stretch, form, signs, notes) for stretch in _stretches(pieces, form))
        if _read(text) == _meant(pieces, form, notes):
            return text
    return _SIGNS.sub(r"\\\1", "".join(piece.text for piece in pieces if piece.kind == "text"))


def _stretches(pieces: Sequence[Piece], form: bool) -> Iterator[list[Piece]]:
    """Neighbouring pieces of one form; a blank between two such belongs to them."""
    current: list[Piece] = []
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        joins = bool(current) and _form(current[-1], form) == _form(piece, form)
        if (
            current
            and piece.text == " "
            and following is not None
            and _form(following, form) == _form(current[0], form)
        ):
            current.append(_with(current[0], " "))
        elif joins:
            current.append(piece)
        else:
            if current:
                yield current
            current = [piece]
    if current:
        yield current


def _form(piece: Piece, form: bool) -> tuple[str, bool, bool, str]:
    return (piece.kind, piece.bold, piece.italic, piece.link) if form else (piece.kind, False, False, "")


def _written(stretch: Sequence[Piece], form: bool, signs: re.Pattern[str] | None, notes: Mapping[str, str]) -> str:
    first = stretch[0]
    if first.kind == "note":
        return "".join(f"[^{notes[piece.text]}]" for piece in stretch)
    text = "".join(piece.text for piece in stretch)
    if form and first.link and text == first.link.removeprefix("mailto:") and " " not in text:
        return f"<{text}>"
    text = signs.sub(r"\\\1", text) if signs else text
    if not form or not text.strip():
        return text
    emphasis = "*" * (first.italic + 2 * first.bold)
    text = f"{emphasis}{text}{emphasis}"
    return f"[{text}]({quote(first.link, safe=_SAFE)})" if first.link else text


_SAFE = "/:?#@!$&'*+,;=%~-._"


def _meant(pieces: Sequence[Piece], form: bool, notes: Mapping[str, str]) -> _Signs:
    """Each sign that is to print, with its form; blanks count only where words end."""
    found: _Signs = []
    for piece in pieces:
        if piece.kind == "note":
            found.append((f"[^{notes[piece.text]}]", False, False, ""))
        else:
            bold, italic = (piece.bold, piece.italic) if form else (False, False)
            link = quote(piece.link, safe=_SAFE) if form else ""
            found += [(sign, bold, italic, link) if sign != " " else (" ", False, False, "") for sign in piece.text]
    return found


def _read(text: str) -> _Signs:
    """The same of a line of Markdown, as it is read."""
    found: _Signs = []
    link = ""
    for span in spans.parse(text):
        if span.kind == "link":
            link = quote(span.target, safe=_SAFE)
        elif span.kind == "end":
            link = ""
        elif span.kind == "note":
            found.append((span.text, False, False, ""))
        elif span.kind == "text":
            found += [(s, span.bold, span.italic, link) if s != " " else (" ", False, False, "") for s in span.text]
        else:
            found.append((f"{span.kind}", False, False, ""))
    return found


def paragraph(pieces: Sequence[Piece], notes: Mapping[str, str]) -> str:
    """A paragraph of Markdown, its lines not too long, that is a paragraph and nothing else."""
    found = [_started(line) for line in _lines(pieces, True, notes, broken=True)]
    whole = "\\\n".join(found)
    if not found:
        return ""
    said = "".join("".join(piece.text for piece in _cleaned(pieces) if piece.kind == "text").split())
    if not _is_paragraph(whole) or _plain_words(whole, notes) != said:
        words = (_SIGNS.sub(r"\\\1", line) for line in _lines(pieces, False, {}, broken=True))
        whole = " ".join(words)
    wrapped = "\\\n".join("\n".join(_wrapped(line, WIDTH)) for line in whole.split("\\\n"))
    return wrapped if _is_paragraph(wrapped) and spans.parse(wrapped) == spans.parse(whole) else whole


def words(text: str) -> str:
    """Words without any form as one line of Markdown."""
    return inline((Piece("text", text),), marked=False)


def note(pieces: Sequence[Piece]) -> str:
    """What a note says, on one line."""
    return _started(inline(pieces))


_UNDERLINE = re.compile(r"[-=|:~+> ]+")


def _started(line: str) -> str:
    """A line that begins nothing but a paragraph: not a list, not a heading, not a table."""
    if match := _MARKER.match(line):
        return f"\\{line}" if match[1] else f"{match[2]}\\{line[match.end(2) :]}"
    begins_other = bool(line) and not _is_paragraph(line)
    return f"\\{line}" if begins_other or _UNDERLINE.fullmatch(line) else line


def _is_paragraph(text: str) -> bool:
    root = dialect.tree(text)
    return len(root) == 1 and root[0].tag == "p" and (root[0].text or "") == text and not text.endswith("}")


def _wrapped(line: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """A text in lines of so many signs; no line begins with what might begin a list or a heading."""
    current = first
    empty = True
    for word in line.split(" "):
        if not empty and len(current) + 1 + len(word) > width and not _START.match(word):
            yield current
            current = f"{rest}{word}"
        else:
            current = f"{current}{word}" if empty else f"{current} {word}"
        empty = False
    yield current


def items(lines: Sequence[Line], notes: Mapping[str, str]) -> str:
    """A list of Markdown; where it would be read as another one, bullets and figures."""
    for plain in (False, True):
        text = "\n".join(part for line in lines for part in _item(line, notes, plain=plain))
        root = dialect.tree(text)
        if _words(root) == _signs_of(lines, notes) and all(child.tag in ("ul", "ol") for child in root):
            return text
    return "\n\n".join(paragraph(line.pieces, notes) for line in lines)


def _item(line: Line, notes: Mapping[str, str], *, plain: bool) -> Iterator[str]:
    style = "1." if plain and line.marker != "bullet" else line.marker
    margin, label = " " * (4 * line.depth), mark(style, line.value)
    gap = "  " if label[:1].isupper() else " "
    text = _started(" ".join(_lines(line.pieces, not plain, notes, broken=False)))
    yield from _wrapped(text, WIDTH, f"{margin}{label}{gap}", margin + "    ")


def _plain_words(text: str, notes: Mapping[str, str]) -> str:
    """What a paragraph prints, without blanks and without the marks of notes."""
    marks = {f"[^{number}]" for number in notes.values()}
    found = (span.text for span in spans.parse(text) if not (span.kind == "note" and span.text in marks))
    return "".join("".join(found).split())


def _signs_of(lines: Sequence[Line], notes: Mapping[str, str]) -> str:
    kept = (
        piece.text if piece.kind == "text" else f"[^{notes[piece.text]}]" if piece.text in notes else " "
        for line in lines
        for piece in (*_cleaned(line.pieces), Piece("text", " "))
    )
    return "".join("".join(kept).split())


def _words(root: Element) -> str:
    found = (
        span.text for each in root.iter() if each.tag in ("p", "td", "h3") for span in spans.parse(each.text or "")
    )
    return "".join("".join(found).split())


def mark(style: str, value: int) -> str:
    """The label of an item: ``-``, ``2.``, ``(b)``, ``iii)``."""
    if style == "bullet":
        return "-"
    body = next((sign for sign in style if sign.isalnum()), "1")
    counted = str(value)
    if body in "aA":
        counted = chr(96 + min(max(value, 1), 26))
    elif body in "iI":
        counted = _ROMAN[min(max(value, 1), len(_ROMAN)) - 1]
    counted = counted.upper() if body.isupper() else counted
    return style.replace(body, counted)


def escaped(words: str) -> str:
    """Words with a backslash before each sign that Markdown might take for its own."""
    return _SIGNS.sub(r"\\\1", printable(words))


def heading(line: Line, level: int) -> str:
    """A heading within a section."""
    text = inline(line.pieces, marked=False)
    for words in (text, escaped(line.text)):
        each = f"{'#' * level} {words}"
        root = dialect.tree(each)
        if (
            len(root) == 1
            and root[0].tag == f"h{level}"
            and "".join(_words_of(root[0]).split()) == "".join(printable(line.text).split())
        ):
            return each
    return f"**{text}**"


def _words_of(element: Element) -> str:
    return spans.words(spans.parse(element.text or ""))


def blocks_of(lines: Sequence[Line], notes: Mapping[str, str]) -> str:
    """Lines one after the other: paragraphs, lists, and headings below that of the section."""
    parts: list[str] = []
    run: list[Line] = []
    for line in lines:
        if line.marker:
            run.append(line)
            continue
        if run:
            parts.append(items(run, notes))
            run = []
        parts.append(heading(line, 3) if line.heading else paragraph(line.pieces, notes))
    if run:
        parts.append(items(run, notes))
    return "\n\n".join(part for part in parts if part)
