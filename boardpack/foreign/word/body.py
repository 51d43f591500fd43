"""Paragraphs, boxes, notes and sections of a Word file as Word XML in the house's styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from boardpack.foreign.word.context import Context, Sheet, content
from boardpack.foreign.word.names import W, on, twips, value
from boardpack.foreign.word.runs import Runs, Setting, check_closed
from boardpack.foreign.word.styles import Look, Style, over, paragraph_look

_HEADINGS: Final = {f"heading {n}": f"Heading{min(n + 1, 5)}" for n in range(1, 10)}
_STYLES: Final = {
    **_HEADINGS,
    "title": "Heading2",
    "subtitle": "Subtitle",
    "quote": "Quote",
    "intense quote": "Quote",
    "caption": "Caption",
}
"""The house's style for a style that Word comes with, by its name: the house's look takes the place of its own."""
_AFTER_TABLE: Final = '<w:p><w:pPr><w:pStyle w:val="TableEnd"/></w:pPr></w:p>'
_BREAK: Final = '<w:p><w:pPr><w:pStyle w:val="SectionEnd"/><w:pageBreakBefore/></w:pPr></w:p>'
_LEADING = re.compile(r'(</w:pPr>(?:<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t xml:space="preserve">))\s+')
_INDENT: Final = 5000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that lie on pages of one orientation."""

    landscape: bool
    xml: str


@dataclass(frozen=True, slots=True)
class _Section:
    """The blocks of a section of the file (``w:sectPr``, 17.6.17)."""

    blocks: tuple[Any, ...]
    properties: Any

    @property
    def landscape(self) -> bool:
        """Whether its pages are wider than high."""
        size = None if self.properties is None else self.properties.find(f"{W}pgSz")
        return size is not None and twips(size.get(f"{W}w"), 1) > twips(size.get(f"{W}h"), 2)

    @property
    def width(self) -> int:
        """The room between the margins of its pages; 0 where it does not say."""
        size, margins = (
            None if self.properties is None else self.properties.find(W + tag) for tag in ("pgSz", "pgMar")
        )
        if size is None or margins is None:
            return 0
        return twips(size.get(f"{W}w")) - twips(margins.get(f"{W}left")) - twips(margins.get(f"{W}right"))

    @property
    def continues(self) -> bool:
        """Whether it begins on the page on which the one before ends."""
        return value(self.properties, "type") == "continuous"

    @property
    def columns(self) -> int:
        """How many columns of text its pages have."""
        columns = None if self.properties is None else self.properties.find(f"{W}cols")
        return 1 if columns is None else twips(columns.get(f"{W}num"), 1)


def stretches(context: Context, sheet: Sheet) -> Iterator[Stretch]:
    """The whole file: its sections in order, those that lie alike joined."""
    body = context.package.tree(context.package.document).find(f"{W}body")
    joined: list[Stretch] = []
    for section in _sections(body):
        turned = section.landscape
        width = sheet.turned_width if turned else sheet.width
        here = context.but(
            width=width,
            scale=min(max(width / section.width, 0.5), 2.0) if section.width > 0 else 1.0,
            height=sheet.turned_height if turned else sheet.height,
        )
        if section.columns > 1:
            context.seen.changed["text in columns prints in one column"] += 1
        xml = blocks(here, section.blocks)
        if joined and joined[-1].landscape == turned:
            between = "" if section.continues or not xml else _BREAK
            joined[-1] = Stretch(turned, joined[-1].xml + between + xml)
        elif xml:
            joined.append(Stretch(turned, xml))
    check_closed(context)
    yield from joined


def _sections(body: Any) -> Iterator[_Section]:
    gathered: list[Any] = []
    for block in content(body):
        gathered.append(block)
        ends = block.find(f"{W}pPr/{W}sectPr") if block.tag == f"{W}p" else None
        if ends is not None:
            yield _Section(tuple(gathered), ends)
            gathered = []
    yield _Section(tuple(gathered), body.find(f"{W}sectPr"))


def blocks(context: Context, elements: Any) -> str:
    """Paragraphs and tables; a paragraph whose end was deleted goes on in the next."""
    from boardpack.foreign.word.tables import table

    found: list[str] = []
    carried: list[Any] = []
    last = None
    for element in elements:
        if element.tag == f"{W}p":
            if _runs_on(element):
                carried += content(element)
                last = element
                continue
            found.append(paragraph(context, element, carried))
            carried, last = [], None
        elif element.tag == f"{W}tbl":
            xml = table(context, element)
            found.append(xml + _AFTER_TABLE if xml and context.text_style == "BodyText" else xml)
        elif element.tag.endswith("}oMathPara"):
            context.seen.lost["an equation"] += 1
        elif element.tag != f"{W}altChunk":
            context.seen.lost[f"`{element.tag.rpartition('}')[2]}`"] += 1
    if last is not None and carried:
        found.append(paragraph(context, last, carried[: len(carried) - len(list(content(last)))]))
    return "".join(found)


def _runs_on(element: Any) -> bool:
    """Whether a paragraph has no end of its own: it was deleted, is hidden, or is a first letter set apart."""
    properties = element.find(f"{W}pPr")
    if properties is None or properties.find(f"{W}sectPr") is not None:
        return False
    frame, mark = properties.find(f"{W}framePr"), properties.find(f"{W}rPr")
    if frame is not None and frame.get(f"{W}dropCap") in {"drop", "margin"}:
        return True
    if mark is None:
        return False
    hidden = mark.find(f"{W}vanish")
    deleted = mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None
    return deleted or (hidden is not None and on(hidden))


def paragraph(context: Context, element: Any, before: list[Any]) -> str:
    """A paragraph, with the boxes of text that are anchored in it below; ``before`` goes at its beginning."""
    properties = element.find(f"{W}pPr")
    id = value(properties, "pStyle")
    says = properties is not None and any(child.tag not in _SILENT for child in properties)
    setting, wanted, shade = _looks(context, id, properties) if says else _usual(context, id)
    inner = context.but(behind=shade or context.behind, boxes=[])
    text = Runs(inner, setting, box).write([*before, *content(element)])
    return f"<w:p><w:pPr>{wanted}</w:pPr>{text}</w:p>{''.join(inner.boxes)}"


_SILENT: Final = frozenset((f"{W}pStyle", f"{W}rPr", f"{W}sectPr"))
_Looks = tuple[Setting, str, str]
"""How the runs of a paragraph look, its properties as Word XML, the colour behind it."""


def _usual(context: Context, id: str | None) -> _Looks:
    """The looks of a paragraph that says nothing itself, worked out once for each style and kind of place."""
    key = (id, context.text_style, context.in_note, context.width, tuple(context.below.items()))
    if key not in context.usual:
        context.usual[key] = _looks(context, id, None)
    found: _Looks = context.usual[key]
    return found


def _looks(context: Context, id: str | None, properties: Any) -> _Looks:
    style = context.styles.of_paragraph(id)
    direct = paragraph_look(properties)
    house, named = _house_style(context, style)
    look = over(over(context.styles.paragraph, style.paragraph), direct)
    base = context.styles.run_in(style, context.below)
    plain = base if named else context.styles.run_in(context.styles.normal, {})
    if not named and style is context.styles.normal and not context.below:
        plain = base
    return Setting(base, plain), _properties(context, house, style, named, direct), look.get("shade", "")


def _house_style(context: Context, style: Style) -> tuple[str, Style | None]:
    """The house's style for one of the file, and the style whose look it stands for; ``None`` for plain text."""
    if context.in_note:
        return "FootnoteText", style if "footnote text" in style.names or "endnote text" in style.names else None
    each: Style | None = style
    while each is not None and each.names:
        if each.names[0] in _STYLES and context.text_style == "BodyText":
            return _STYLES[each.names[0]], each
        each = each.base
    return context.text_style, None


def _properties(context: Context, house: str, style: Style, named: Style | None, direct: Look) -> str:
    """The children of a ``w:pPr``, in the order of the schema (17.3.1.26)."""
    usual = over(context.styles.paragraph, (named or context.styles.normal).paragraph)
    look = over(over(context.styles.paragraph, style.paragraph), direct)
    numbering, indented = _numbering(context, style, direct)
    if numbering and house == "BodyText":
        house = "ListNumber"
    parts = [f'<w:pStyle w:val="{house}"/>']
    for name in ("keepNext", "keepLines", "pageBreakBefore"):
        allowed = name != "pageBreakBefore" or (context.text_style == "BodyText" and not context.in_note)
        if look.get(name) and allowed and (name == "pageBreakBefore" or not usual.get(name)):
            parts.append(f"<w:{name}/>")
    parts += [numbering, _borders(look, usual)]
    if look.get("shade", "") != usual.get("shade", ""):
        parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{look.get("shade") or "auto"}"/>')
    parts += [_tabs(look, usual, context.width), "<w:bidi/>" if look.get("bidi") else "", _spacing(look, usual)]
    indent = (
        {**usual.get("indent", {}), **direct.get("indent", {})} if numbering and not indented else look.get("indent")
    )
    plain = direct.get("indent") is None and numbering and not indented
    if indent and not plain and (indent != usual.get("indent") or "indent" in direct):
        parts.append(_indent(indent, context.width))
    if look.get("contextualSpacing") and not usual.get("contextualSpacing"):
        parts.append("<w:contextualSpacing/>")
    if look.get("aligned", "left") != usual.get("aligned", "left"):
        parts.append(f'<w:jc w:val="{look.get("aligned", "left")}"/>')
    return "".join(parts)


def _numbering(context: Context, style: Style, direct: Look) -> tuple[str, bool]:
    """``w:numPr`` of a paragraph in a list, and whether its style indents it otherwise than the list does."""
    own_list, own_level = direct.get("list", (None, None))
    style_list, style_level = style.paragraph.get("list", (None, None))
    id = own_list if own_list is not None else style_list
    counting = context.lists.counting(id)
    if counting is None:
        return "", False
    if own_level is None:
        own_level = style_level if own_list is None and style_level else None
    level = min(max(twips(own_level), 0), 8) if own_level is not None else context.lists.level(id, style.id)
    number = context.sink.count(counting)
    indented = own_list is None and "indent" in style.paragraph
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>', indented


def _borders(look: Look, usual: Look) -> str:
    borders = look.get("borders")
    if not borders or borders == usual.get("borders"):
        return ""
    return f"<w:pBdr>{''.join(f'<w:{side} {border}/>' for side, border in borders.items())}</w:pBdr>"


def _tabs(look: Look, usual: Look, width: int) -> str:
    tabs = look.get("tabs")
    if not tabs or tabs == usual.get("tabs"):
        return ""
    stops = ""
    for at, (kind, leader) in sorted(tabs.items()):
        led = f' w:leader="{leader}"' if leader != "none" else ""
        stops += f'<w:tab w:val="{kind}"{led} w:pos="{min(max(at, 0), width)}"/>' if kind != "clear" else ""
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""


def _spacing(look: Look, usual: Look) -> str:
    sides = ("before", "after")
    found = "".join(f' w:{side}="{look.get(side, 0)}"' for side in sides if look.get(side, 0) != usual.get(side, 0))
    return f"<w:spacing{found}/>" if found else ""


def _indent(indent: dict[str, int], width: int) -> str:
    most = min(_INDENT, width // 2)
    left, right = (min(max(indent.get(side, 0), 0), most) for side in ("left", "right"))
    first = min(max(indent.get("first", 0), -left), most)
    hang = f' w:hanging="{-first}"' if first < 0 else f' w:firstLine="{first}"' if first else ""
    return f'<w:ind w:left="{left}" w:right="{right}"{hang}/>'


def box(context: Context, element: Any, width: int, fill: str, line: bool) -> str:
    """A box of text as a table of one cell, below the paragraph in which it is anchored."""
    from boardpack.foreign.word.tables import boxed

    width = min(max(width, 1200), context.width) if width else context.width
    behind = fill.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", fill) else ""
    inner = context.but(width=max(width - 300, 400), behind=behind, below={}, boxes=[], fields=[])
    xml = blocks(inner, content(element))
    check_closed(inner)
    after = _AFTER_TABLE if context.text_style == "BodyText" else ""
    return boxed(closed(xml, "BodyText"), width, behind, line=line) + after if xml else ""


def closed(xml: str, style: str) -> str:
    """Blocks that end with a paragraph, as the content of a cell or a note must (17.4.65)."""
    if xml.endswith(_AFTER_TABLE):
        return xml
    return xml if xml.endswith("</w:p>") else f'{xml}<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'


def note(context: Context, kind: str, id: str) -> str:
    """The mark of a footnote; endnotes become footnotes too."""
    if f"{kind} part" not in context.notes:
        part = context.package.related(context.package.document, f"{kind}s")
        root = context.package.tree(part) if part else None
        found = {} if root is None else {each.get(f"{W}id"): each for each in root.iterfind(W + kind)}
        context.notes.update({f"{kind} part": part, kind: found})
    element = context.notes[kind].get(id)
    if element is None:
        return ""
    inner = context.but(
        part=context.notes[f"{kind} part"],
        in_note=True,
        fields=[],
        below={},
        behind="",
        text_style="FootnoteText",
    )
    xml = blocks(inner, content(element))
    check_closed(inner)
    empty = '<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr></w:p>'
    xml = xml if xml.startswith("<w:p>") else empty + xml
    return context.sink.footnote(_LEADING.sub(r"\1", closed(xml, "FootnoteText"), count=1))
