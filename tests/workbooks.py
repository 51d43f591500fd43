"""Excel workbooks made part by part, so that they can hold what Excel writes and what nobody should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

FORMATS = ("General", "0%", "0.0%", "yyyy-mm-dd", "h:mm", "[h]:mm", '0" of 5%"', "#,##0.00", "d mmmm yyyy h:mm")
"""The number formats of :func:`workbook`; a cell's style is its place in this list."""

Value = str | float | bool | tuple[str, str] | tuple[str, str, int] | None


def cell(at: str, value: Value) -> str:
    """A cell; a pair is its type and what stands in it (``("e", "<v>#REF!</v>")``), a third thing its style."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        type, inner, style = value if len(value) == 3 else (*value, 0)
        kind = f' t="{type}"' if type else ""
        return f'<c r="{at}" s="{style}"{kind}>{inner}</c>'
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value!r}</v></c>'


def styled(value: float, format: str) -> tuple[str, str, int]:
    """A figure that is shown by a number format."""
    return ("", f"<v>{value!r}</v>", FORMATS.index(format))


def sheet(*rows: Sequence[Value], before: str = "", after: str = "", attributes: Mapping[int, str] = {}) -> str:
    """A sheet with these rows from A1 on, more of its XML around them, and more attributes of rows by number."""
    body = "".join(
        f'<row r="{number}" {attributes.get(number, "")}>'
        + "".join(cell(f"{chr(64 + column)}{number}", value) for column, value in enumerate(row, 1))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{body}</sheetData>{after}</worksheet>'


def workbook(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] = {},
    more: str = "",
    parts: Mapping[str, str | bytes] = {},
    encrypt: bool = False,
) -> bytes:
    """A workbook of these sheets; ``parts`` are further parts, or others in the place of those that are written."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}" state="{states.get(name, "visible")}"/>'
        for n, name in enumerate(names, 1)
    )
    own = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{escape(f)}"/>' for n, f in enumerate(FORMATS))
    cells = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(FORMATS)))
    main = f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{more}<sheets>{listed}</sheets></workbook>'
    styles = f'<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
        "_rels/.rels": _relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": HEAD + main,
        "xl/_rels/workbook.xml.rels": _relations(
            {f"r{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)}
        ),
        "xl/styles.xml": HEAD + styles,
    }
    contents |= {f"xl/worksheets/sheet{n}.xml": sheets[name] for n, name in enumerate(names, 1)}
    return package(contents | dict(parts), encrypt=encrypt)


def package(contents: Mapping[str, str | bytes], *, encrypt: bool = False) -> bytes:
    """A ZIP archive that is the same whenever it is made; ``encrypt`` sets the flag alone."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    made = bytearray(data.getvalue())
    if encrypt:
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = made.find(mark)
            while at >= 0:
                made[at + offset] |= 1
                at = made.find(mark, at + 1)
    return bytes(made)


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{id}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for id, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
