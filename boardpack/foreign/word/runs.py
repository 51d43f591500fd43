"""What stands in a paragraph: runs, links, fields, notes (ECMA-376 part 1, 17.3.2, 17.16).

Every piece of a run becomes a ``w:r`` of its own, in the house's type; what an author made of it (bold, a colour, a
size other than that of the file's own text) stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from boardpack.foreign.word import symbols
from boardpack.foreign.word.context import Context, Field, content, escape
from boardpack.foreign.word.drawings import Boxed, drawn
from boardpack.foreign.word.fields import FETCHING, SILENT, ask, begun, is_shown, name_of, without_result
from boardpack.foreign.word.names import COMPATIBLE, MATH, R, W, value
from boardpack.foreign.word.package import RefusedError, address
from boardpack.foreign.word.styles import Look, run_look

_SMALLEST: Final = 8
"""Half points below which nobody reads a text; it prints in the size of the text around it."""
_UNSAFE = re.compile(r"[^\x21-\x7e]|[{}|\\^`]")
_TARGET = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_SPACES = re.compile(r"[\t\n\r]")
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PIECES: Final = {
    "tab": "<w:tab/>", "ptab": "<w:tab/>", "cr": "<w:br/>", "noBreakHyphen": "<w:noBreakHyphen/>",
    "softHyphen": "<w:softHyphen/>",
}  # fmt: skip
_SILENT_PIECES: Final = frozenset(
    (
        *("footnoteRef", "endnoteRef", "separator", "continuationSeparator", "commentReference", "annotationRef"),
        *("lastRenderedPageBreak", "delText", "delInstrText"),
    )
)
_SWITCHES: Final = {"bold": "<w:b{}/><w:bCs{}/>", "italic": "<w:i{}/><w:iCs{}/>", "caps": "<w:caps{}/>",
                    "small": "<w:smallCaps{}/>", "strike": "<w:strike{}/>", "dstrike": "<w:dstrike{}/>"}  # fmt: skip
_DARK: Final = frozenset(
    (
        *("black", "blue", "darkBlue", "darkCyan", "darkGreen", "darkMagenta", "darkRed", "darkYellow", "darkGray"),
        *("green", "magenta", "red"),
    )
)


@dataclass(frozen=True)
class Setting:
    """How the runs of a paragraph look that say nothing, and how they would look in the house's style without them."""

    look: Look
    plain: Look


class Runs:
    """Writes the runs of one paragraph after the other."""

    def __init__(self, context: Context, setting: Setting, boxed: Boxed) -> None:
        self._context, self._setting, self._boxed = context, setting, boxed
        self._link = ""

    def write(self, elements: Iterable[Any]) -> str:
        """The runs of these elements, as :func:`boardpack.foreign.word.context.content` gives them."""
        return "".join(self._element(each) for each in elements)

    def _element(self, element: Any) -> str:
        tag = element.tag
        if tag == f"{W}r":
            return self._run(element)
        if tag == f"{W}hyperlink":
            return self._hyperlink(element)
        if tag == f"{W}fldSimple":
            return self._simple(element)
        if tag in {f"{MATH}oMath", f"{MATH}oMathPara"}:
            self._context.seen.lost["an equation"] += 1
        else:
            self._context.seen.lost[_unknown(element)] += 1
        return ""

    def _hyperlink(self, element: Any) -> str:
        relation = self._context.package.relations(self._context.part).get(element.get(f"{R}id", ""))
        return self._linked(relation.target if relation else "", lambda: self.write(content(element)))

    def _linked(self, target: str, write: Callable[[], str]) -> str:
        url = _UNSAFE.sub(lambda found: quote(found[0]), address(target.strip()))
        if target and not url:
            self._context.seen.left_out["a link that leads to no web page or e-mail address"] += 1
        if not url or self._link:
            return write()
        self._link = url
        runs = write()
        self._link = ""
        return f'<w:hyperlink r:id="{self._context.sink.link(url)}">{runs}</w:hyperlink>' if runs else ""

    def _simple(self, element: Any) -> str:
        instruction = element.get(f"{W}instr", "")
        name = self._judged(instruction)
        if name in SILENT:
            return ""
        target = _target(instruction) if name == "HYPERLINK" else ""
        return self._linked(target, lambda: self.write(content(element)))

    def _judged(self, instruction: str) -> str:
        name = name_of(instruction)
        if name in FETCHING:
            self._context.seen.left_out["a field that takes in another file; what it last showed is text"] += 1
        if name == "TOC":
            self._context.seen.changed["its contents list keeps the page numbers of the file"] += 1
        return name

    def _run(self, element: Any) -> str:
        direct = element.find(f"{W}rPr")
        character = value(direct, "rStyle")
        context = self._context
        linking = character is not None and context.styles.style(character).names[:1] == ("hyperlink",)
        look: Look = self._setting.look
        if direct is not None:
            look = context.styles.run_over(look, None if linking else character, run_look(direct))
        silent = look.get("vanish") or not is_shown(context.fields)
        properties: str | None = None
        pieces = []
        for child in element:
            if child.tag == f"{W}rPr":
                continue
            if child.tag in {f"{W}fldChar", f"{W}instrText"}:
                pieces.append(self._field(child, hidden=bool(look.get("vanish"))))
                silent = look.get("vanish") or not is_shown(context.fields)
                continue
            if silent:
                if not is_shown(context.fields):
                    ask(context.fields, child.text if child.tag == f"{W}t" else "", hidden=bool(look.get("vanish")))
                elif child.text or child.tag == f"{W}drawing":
                    context.seen.left_out["hidden text"] += 1
                continue
            if properties is None:
                properties = self._properties(look, linked=bool(self._link) and linking)
            pieces.append(self._piece(child, properties, look))
        return self._in_field("".join(pieces))

    def _field(self, element: Any, *, hidden: bool) -> str:
        """A sign of a field (17.16.18): what it asks for is left out, its result is text."""
        fields = self._context.fields
        if element.tag == f"{W}instrText":
            ask(fields, element.text, hidden=hidden)
            return ""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            fields.append(begun(element, hidden=hidden))
        elif kind == "separate" and fields:
            self._judged(fields[-1].instruction)
            fields[-1].in_result = True
        elif kind == "end" and fields:
            shown = self._ended(fields.pop())
            return "" if hidden else shown
        return ""

    def _ended(self, ended: Field) -> str:
        """What a field without a result shows."""
        if ended.in_result:
            return ""
        name = self._judged(ended.instruction)
        if not is_shown(self._context.fields):
            return ""
        if name in {"EQ", "SYMBOL"}:
            self._context.seen.lost["an equation"] += 1
        return _text(without_result(ended), "")

    def _in_field(self, runs: str) -> str:
        """Runs of the result of a link that is a field."""
        fields = self._context.fields
        if not runs or self._link or not any("HYPERLINK" in each.instruction.upper() for each in fields):
            return runs
        target = next((_target(each.instruction) for each in reversed(fields) if _target(each.instruction)), "")
        return self._linked(target, lambda: runs)

    def _piece(self, element: Any, properties: str, look: Look) -> str:
        name = element.tag.removeprefix(W)
        if name == "t":
            return self._words(element, properties, look)
        if name in _PIECES:
            return f"<w:r>{properties}{_PIECES[name]}</w:r>"
        if name in {"drawing", "pict", "object"} or element.tag == f"{COMPATIBLE}AlternateContent":
            return drawn(self._context, element, self._boxed)
        if write := _WRITERS.get(name):
            return write(self, element, properties)
        if name not in _SILENT_PIECES:
            self._context.seen.lost[_unknown(element)] += 1
        return ""

    def line_break(self, element: Any, properties: str) -> str:
        """The end of a line, or of a page (``w:br``, 17.3.3.1)."""
        ends_page = element.get(f"{W}type") in {"page", "column"} and not self._context.in_note
        return f"<w:r>{properties}<w:br{_PAGE if ends_page else ''}/></w:r>"

    def _words(self, element: Any, properties: str, look: Look) -> str:
        text = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        text = _SPACES.sub(" ", text)
        font = str(look.get("font", ""))
        if symbols.is_symbolic(font) or _PRIVATE.search(text):
            return "".join(self._sign(font, sign, properties) for sign in text)
        return _text(text, properties)

    def _sign(self, font: str, sign: str, properties: str) -> str:
        if sign == " ":
            return _text(sign, properties)
        found = symbols.letter(font, sign)
        if found:
            return _text(found, properties)
        return f'<w:r>{properties}<w:sym w:font="{escape(font or "Wingdings")}" w:char="{ord(sign):04X}"/></w:r>'

    def symbol(self, element: Any, properties: str) -> str:
        """A sign of a certain font (``w:sym``, 17.3.3.30)."""
        font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
        try:
            sign = chr(int(code, 16)) if len(code) <= 4 else ""
        except ValueError:
            sign = ""
        if not sign or "\ud800" <= sign <= "\udfff" or _CONTROL.search(sign):
            self._context.seen.lost["a sign that no font has"] += 1
            return ""
        return self._sign(font, sign, properties)

    def ruby(self, element: Any, properties: str) -> str:
        """A word with a reading above it, which goes behind it in brackets (``w:ruby``, 17.3.3.25)."""
        base, above = element.find(f"{W}rubyBase"), element.find(f"{W}rt")
        words = self.write(content(base)) if base is not None else ""
        reading = self.write(content(above)) if above is not None else ""
        return f"{words}{_text(' (', properties)}{reading}{_text(')', properties)}" if reading else words

    def note(self, element: Any, properties: str) -> str:  # noqa: ARG002 (the house's style of the mark)
        """The mark of a footnote or an endnote."""
        from boardpack.foreign.word.body import note

        if self._context.in_note:
            self._context.seen.lost["a note in a note"] += 1
            return ""
        return note(self._context, element.tag.removeprefix(W).removesuffix("Reference"), element.get(f"{W}id", ""))

    def _properties(self, look: Look, *, linked: bool) -> str:
        """``w:rPr``: what differs from the house's style, in the order of the schema (17.3.2.28)."""
        style = '<w:rStyle w:val="Hyperlink"/>' if linked else ""
        if look is self._setting.plain:
            return f"<w:rPr>{style}</w:rPr>" if style else ""
        found = style + "".join(_different(look, self._setting.plain, self._visible(look)))
        return f"<w:rPr>{found}</w:rPr>" if found else ""

    def _visible(self, look: Look) -> dict[str, Any]:
        """Colour and size of a text as a reader can see them; what nobody would see is printed all the same."""
        colour, size = str(look.get("colour", "")), look.get("size", 0)
        behind = str(look.get("shade") or self._context.behind)
        highlight = str(look.get("highlight", ""))
        if colour and not _stands_out(colour, behind, highlight):
            self._context.seen.changed["text in the colour of the paper prints in black"] += 1
            colour = "" if _light(behind or "FFFFFF") else "FFFFFF"
        elif not colour and behind and not highlight and _brightness(behind) < 60:
            colour = "FFFFFF"  # Word turns automatic text white where it stands on a dark ground
        if 0 < size < _SMALLEST:
            self._context.seen.changed["text too small to read prints in the size of the text around it"] += 1
            size = 0
        return {"colour": colour, "size": size}


_PAGE: Final = ' w:type="page"'
_WRITERS: Final[Mapping[str, Callable[[Runs, Any, str], str]]] = {
    "br": Runs.line_break,
    "sym": Runs.symbol,
    "footnoteReference": Runs.note,
    "endnoteReference": Runs.note,
    "ruby": Runs.ruby,
}


def _text(text: str, properties: str) -> str:
    text = _CONTROL.sub("", text)
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _different(look: Look, plain: Look, seen: Mapping[str, Any]) -> Iterable[str]:
    for name, element in _SWITCHES.items():
        if bool(look.get(name)) != bool(plain.get(name)):
            yield element.replace("{}", "" if look.get(name) else ' w:val="0"')
    if seen["colour"] != plain.get("colour", ""):
        yield f'<w:color w:val="{seen["colour"] or "auto"}"/>'
    if seen["size"] and seen["size"] != plain.get("size", 20):
        size = min(seen["size"], 144)
        yield f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    if highlight := look.get("highlight"):
        yield f'<w:highlight w:val="{highlight}"/>' if highlight in _HIGHLIGHTS else ""
    if look.get("underline", "") != plain.get("underline", ""):
        yield f'<w:u w:val="{look.get("underline") or "none"}"/>'
    if look.get("shade", "") != plain.get("shade", ""):
        yield f'<w:shd w:val="clear" w:color="auto" w:fill="{look.get("shade") or "auto"}"/>'
    if look.get("raised"):
        yield f'<w:vertAlign w:val="{look["raised"]}"/>'
    if look.get("rtl"):
        yield "<w:rtl/>"


_HIGHLIGHTS: Final = _DARK | {"cyan", "lightGray", "white", "yellow"}


def _brightness(colour: str) -> float:
    """How bright a colour is to the eye, from 0 to 255; a colour that cannot be read is as white."""
    try:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    except ValueError:
        return 255.0
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _light(colour: str) -> bool:
    return _brightness(colour) > 127


def _stands_out(colour: str, behind: str, highlight: str) -> bool:
    """Whether text of a colour can be told from what is behind it."""
    if highlight:
        return _light(colour) if highlight in _DARK else _brightness(colour) < 235
    return abs(_brightness(colour) - _brightness(behind or "FFFFFF")) > 20 or _far(colour, behind or "FFFFFF")


def _far(colour: str, behind: str) -> bool:
    """Whether two colours that are as bright as each other are of different hues."""
    return any(abs(int(colour[n : n + 2], 16) - int(behind[n : n + 2], 16)) > 60 for n in (0, 2, 4))


def _target(instruction: str) -> str:
    found = _TARGET.search(instruction)
    return (found[1] or found[2] or "") if found and not (found[2] or "").startswith("\\") else ""


def _unknown(element: Any) -> str:
    name = str(element.tag).rpartition("}")[2]
    return f"`{name}`"


def check_closed(context: Context) -> None:
    """Refuse a file with a field that never ends: what follows it would be taken for what it asks for."""
    if any(not each.in_result for each in context.fields):
        raise RefusedError("damaged-file", "is damaged: a field in it does not end")
