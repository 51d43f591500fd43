"""Fields (ECMA-376 part 1, 17.16): what they ask for, what they show without a result, and a part without them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from boardpack.foreign.word.context import Field
from boardpack.foreign.word.names import COMPATIBLE, MATH, W, value

FETCHING: Final = frozenset(
    ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "DATABASE", "LINK", "RD")
)
"""Fields that take in another file or start a program."""
SILENT: Final = frozenset(("SET", "ASK"))
"""Fields whose result Word keeps and does not show."""
_NAME = re.compile(r"\s*([A-Za-z]+)")
_BUTTON = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(.*)", re.IGNORECASE | re.DOTALL)
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_STORIES: Final = frozenset(W + name for name in ("txbxContent", "footnote", "endnote"))
"""What holds words of its own, into which no field reaches from outside."""
_GONE: Final = frozenset(W + name for name in ("del", "moveFrom"))
_RUNS: Final = frozenset((f"{W}r", f"{MATH}r"))
_PROPERTIES: Final = frozenset((f"{W}rPr", f"{MATH}rPr"))


def name_of(instruction: str) -> str:
    """The name of a field in capitals; it ends where its letters do, since Word asks for no blank behind it."""
    found = _NAME.match(instruction)
    return found[1].upper() if found else ""


def is_shown(fields: Iterable[Field]) -> bool:
    """Whether what stands in these open fields prints: not what they ask for, nor a result that Word does not show."""
    return all(each.in_result and name_of(each.instruction) not in SILENT for each in fields)


def ask(fields: Iterable[Field], words: str | None, *, hidden: bool = False) -> None:
    """Note words that stand in open fields as a piece of what the innermost asks for that has no result yet.

    A field may be asked for in any number of pieces, and by what another field in it shows.
    """
    asking = [each for each in fields if not each.in_result]
    if asking:
        asking[-1].instruction += words or ""
        asking[-1].hidden |= hidden


def begun(sign: Any, *, hidden: bool) -> Field:
    """The field that a ``w:fldChar`` begins."""
    return Field(box=_form(sign), hidden=hidden)


def without_result(field: Field) -> str:
    """What a field shows that has no result: the box of a form, the words of a button, or nothing."""
    button = _BUTTON.match(field.instruction)
    return "" if field.hidden else field.box or (button[1].strip() if button else "")


def take_out(element: Any, hidden: Container[Any]) -> None:
    """Take the fields out of a part, and leave what they show as text; the wrappers of simple fields stay.

    Instructions go whatever they say, so that none can be written in a way that lets it stay. Words of a field that
    stand in a ``hidden`` run are not shown.
    """
    _taken_out(element, [], hidden)


def _taken_out(element: Any, fields: list[Field], hidden: Container[Any]) -> None:
    for child in list(element):
        tag = child.tag
        if tag in _GONE:
            continue
        if tag == f"{W}fldChar":
            _sign(child, fields, hidden=element in hidden)
        elif tag == f"{W}instrText":
            ask(fields, child.text, hidden=element in hidden)
            element.remove(child)
        elif tag == f"{W}fldSimple" and name_of(child.get(f"{W}instr", "")) in SILENT:
            element.remove(child)
        elif element.tag in _RUNS and tag not in _PROPERTIES and not is_shown(fields):
            ask(fields, child.text if tag == f"{W}t" else "")
            element.remove(child)
        elif tag == f"{COMPATIBLE}AlternateContent":
            for branch in child[:-1]:
                _taken_out(branch, [replace(each) for each in fields], hidden)
            for branch in child[-1:]:
                _taken_out(branch, fields, hidden)
        else:
            _taken_out(child, [] if tag in _STORIES else fields, hidden)


def _sign(sign: Any, fields: list[Field], *, hidden: bool) -> None:
    """Follow a sign of a field (17.16.18), and put in its place what a field shows that ends without a result."""
    kind, shown = sign.get(f"{W}fldCharType"), ""
    if kind == "begin":
        fields.append(begun(sign, hidden=hidden))
    elif kind == "separate" and fields:
        fields[-1].in_result = True
    elif kind == "end" and fields:
        ended = fields.pop()
        if not ended.in_result and not hidden and is_shown(fields):
            shown = without_result(ended)
    if shown:
        text = etree.Element(f"{W}t", {_SPACE: "preserve"})
        text.text = shown
        sign.addprevious(text)
    sign.getparent().remove(sign)


def _form(element: Any) -> str:
    """What a field of a form shows that has no result: a box, ticked or not, or the line chosen (17.16.17)."""
    data = element.find(f"{W}ffData")
    if data is None:
        return ""
    box, drop = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None:
        state = box.find(f"{W}checked")
        state = box.find(f"{W}default") if state is None else state
        ticked = state is not None and state.get(f"{W}val") not in {"0", "false", "off"}
        return "☒" if ticked else "☐"
    if drop is not None:
        entries = [each.get(f"{W}val", "") for each in drop.iterfind(f"{W}listEntry")]
        chosen = value(drop, "result") or value(drop, "default") or "0"
        return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
    return ""
