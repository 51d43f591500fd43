"""Figures and dates of a workbook as its number formats show them (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal

from boardpack.model.dates import short_date

_MINUS = "\N{MINUS SIGN}"
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.'
    r"|(?P<digits>[#0?](?:[#0?,]*[#0?])?)(?P<places>\.[#0?]+)?(?P<thousands>,*)|(?P<other>.)",
    re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_BEYOND = re.compile(r"[Ee][+-]|/|@|[dmyhs]|General", re.IGNORECASE)
"""What asks for more than digits between words: powers of ten, fractions, dates."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def is_blank(format: str) -> bool:
    """Whether a number format shows nothing at all, which is one way to hide figures: ``;;;``."""
    sections = _LITERAL.sub(lambda match: match[0].strip('"\\'), format).split(";")
    return len(sections) > 2 and not any(section.strip() for section in sections)


def figure(value: float, format: str) -> str:
    """A figure as the format shows it; without a format, or with one that asks for more than digits, as it is."""
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    section, signed = _section(format, number)
    if not number.is_finite() or not section or _BEYOND.search(_LITERAL.sub("", section)):
        return _plain(number)
    pieces = list(_PIECE.finditer(section))
    if sum(match["digits"] is not None for match in pieces) > 1:
        return _plain(number)
    percent = sum(match["other"] == "%" for match in pieces)
    shown = "".join(_shown(match, abs(number) * 100**percent) for match in pieces).strip()
    shown = shown.replace("-", _MINUS) if number < 0 else shown
    return f"{_MINUS}{shown}" if signed and any(sign in "123456789" for sign in shown) else shown


def _section(format: str, number: Decimal) -> tuple[str, bool]:
    """The part of a format that a figure takes, and whether a minus sign goes before it: above, below, at nought."""
    sections = _parted(format)
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], number < 0


def _parted(format: str) -> list[str]:
    parts, at = [], 0
    while True:
        match = _SECTION.match(format, at)
        end = match.end() if match else len(format)
        parts.append(format[at:end])
        if end >= len(format) or format[end] != ";":
            return parts
        at = end + 1


def _shown(match: re.Match[str], number: Decimal) -> str:
    if match["digits"] is not None:
        places = len(match["places"] or ".") - 1
        divided = number.scaleb(-3 * len(match["thousands"] or ""))
        rounded = divided.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=60))
        if not rounded and "0" not in match["digits"] + (match["places"] or ""):
            return ""
        text = f"{rounded:,f}" if "," in match["digits"] else f"{rounded:f}"
        optional = len((match["places"] or "").rstrip("#?"))
        while places and len(text) - text.rindex(".") > max(optional, 1) and text.endswith("0"):
            text = text[:-1]
        return text.removesuffix(".")
    return match["quoted"] or match["escaped"] or match["currency"] or match["other"] or ""


def _plain(number: Decimal) -> str:
    """A figure as the format General shows it."""
    if not number.is_finite() or abs(number) >= 10**15:
        return str(number)
    rounded = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    text = f"{abs(rounded):f}"
    return f"{_MINUS}{text}" if rounded < 0 else text


def moment(value: date, format: str) -> str:
    """A date in words, with no more of it than its format shows: a month, a day, the time of the day."""
    asked = _LITERAL.sub("", format).lower()
    day = value.date() if isinstance(value, datetime) else value
    words = short_date(day)
    if "d" not in asked and "y" in asked:
        words = words.split(" ", 1)[1] if "m" in asked else str(day.year)
    elif "y" not in asked and "d" in asked:
        words = words.rsplit(" ", 1)[0]
    if isinstance(value, datetime) and "h" in asked and value.time() != time():
        words += f", {value.hour}:{value.minute:02}"
    return words
