"""A file -> an Excel workbook that is safe to read, or the reason why it is none (ECMA-376 part 1, 18).

Nothing in a workbook is run, followed or expanded: links to other files stay unread, and a part with a document type,
which could name files or grow without end, is refused before anything parses it. Sizes are held against limits before
anything is unpacked.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

MOST_BYTES = 20_000_000
MOST_UNPACKED = 30_000_000
MOST_PARTS = 2_000
MOST_PACKED = 200
"""How many times its size a large workbook may unpack to; one that was typed or exported stays below 50."""

_BROKEN = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError, BadZipFile, struct.error, zlib.error),
)
"""What openpyxl and the parsers below it raise at files that are cut off or garbled."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml"
_SAVE = "open it in Excel and save it as `Excel Workbook (.xlsx)`"


class RefusedError(Exception):
    """A file is not read: the code of the finding, what is the matter with the file, and the remedy."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name; ``part`` is its part of the package, empty for one that holds no cells (a chart)."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What reading the cells of a sheet takes: its strings, and by style its number formats.

    ``faint`` are the styles that write in white on white.
    """

    reader: ExcelReader
    sheets: tuple[Sheet, ...]
    formats: tuple[str, ...]
    faint: frozenset[int] = frozenset()


def open_workbook(path: Path) -> Workbook:
    """The workbook in a file, opened once for all tables that read it; raises :class:`RefusedError`."""
    status = path.stat()
    return _opened(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=2)
def _opened(path: Path, size: int, changed: int) -> Workbook:  # noqa: ARG001 (the cache's key)
    if size > MOST_BYTES:
        help = "delete what the table does not need, or export the sheet as `CSV UTF-8`"
        raise RefusedError("too-large", f"is larger than {MOST_BYTES // 1_000_000} MB", help)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RefusedError("unreadable", f"cannot be opened: {reason}", "see who may read the file") from None
    _refuse_other_kinds(content)
    with guarded():
        reader = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        _check_parts(reader.archive, len(content))
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        return Workbook(reader, tuple(_sheets(reader)), _formats(reader), frozenset(_faint(reader)))


@contextmanager
def guarded() -> Iterator[None]:
    """Reads a workbook without openpyxl's remarks on what it leaves out; a broken file becomes a refusal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except _BROKEN:
            message = "is damaged: not all of the workbook can be read"
            raise RefusedError("wrong-workbook", message, f"copy the file again, or {_SAVE}") from None


def _refuse(message: str, help: str = _SAVE) -> NoReturn:
    raise RefusedError("wrong-workbook", message, help)


def _refuse_other_kinds(content: bytes) -> None:
    """The kind of a file by its content, whatever its name says."""
    if content.startswith(_OLE) and _ENCRYPTED in content:
        _refuse("is protected by a password", "take the password off in Excel and save it")
    if content.startswith(_OLE):
        _refuse("is a workbook of Excel 97 to 2003 (.xls)")
    if not content.startswith(b"PK"):
        _refuse("is not an Excel workbook")


def _check_parts(archive: ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    large = unpacked > MOST_UNPACKED or (unpacked > 5_000_000 and unpacked > packed * MOST_PACKED)
    if large or len(entries) > MOST_PARTS:
        help = "copy the table into a new workbook and name that file"
        raise RefusedError("too-large", "unpacks to more than any table needs", help)
    if any(entry.flag_bits & 1 for entry in entries):
        _refuse("is protected by a password", "take the password off and save it")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        _refuse("holds macros", "save it as `Excel Workbook (.xlsx)`, which holds none")
    if "xl/workbook.bin" in names:
        _refuse("is a binary workbook (.xlsb)")
    if not any(name.startswith("xl/") for name in names):
        _refuse("is not an Excel workbook")
    for entry in entries:
        with archive.open(entry) as part:
            start = part.read(65_536)
        if _has_document_type(start):
            _refuse("holds a document type, which no workbook needs", f"do not trust this file; {_SAVE}")
        if entry.filename == "xl/workbook.xml" and _STRICT in start:
            _refuse("is a `Strict Open XML Spreadsheet`")


class _Prologue(Exception):  # noqa: N818 (nothing is wrong: it ends the parsing early)
    """The part of an XML file before its first element is over; ``document_type`` says what came."""

    def __init__(self, document_type: bool) -> None:
        super().__init__()
        self.document_type = document_type


def _has_document_type(start: bytes) -> bool:
    """Whether the beginning of a part is XML with a document type, in whatever encoding; True where it may come yet."""

    def end(document_type: bool) -> None:
        raise _Prologue(document_type)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: end(True)
    parser.StartElementHandler = lambda *_: end(False)
    try:
        parser.Parse(start, False)
    except _Prologue as prologue:
        return prologue.document_type
    except expat.ExpatError:
        return False  # no XML: a picture, or what no parser will read
    return bool(start)


def _sheets(reader: ExcelReader) -> Iterator[Sheet]:
    for sheet, relation in reader.parser.find_sheets():
        cells = relation.Type.endswith("/worksheet") and relation.target in reader.valid_files
        yield Sheet(sheet.name, relation.target if cells else "", sheet.state != "visible")


def _formats(reader: ExcelReader) -> tuple[str, ...]:
    """The number format of each cell style (18.8.10, ``cellXfs``); openpyxl would read all that a style may hold."""
    if ARC_STYLE not in reader.valid_files:
        return ()
    root = fromstring(reader.archive.read(ARC_STYLE))
    main = f"{{{SHEET_MAIN_NS}}}"
    own = {each.get("numFmtId"): each.get("formatCode") for each in root.iterfind(f"{main}numFmts/{main}numFmt")}
    ids = [each.get("numFmtId", "0") for each in root.iterfind(f"{main}cellXfs/{main}xf")]
    return tuple(own.get(id) or BUILTIN_FORMATS.get(int(id), "General") for id in ids)


def _faint(reader: ExcelReader) -> Iterator[int]:
    """The cell styles whose letters are white and whose cells are (18.8.10, ``fontId`` and ``fillId``)."""
    if ARC_STYLE not in reader.valid_files:
        return
    root, main = fromstring(reader.archive.read(ARC_STYLE)), f"{{{SHEET_MAIN_NS}}}"
    white = [_is_white(each.find(f"{main}color")) for each in root.iterfind(f"{main}fonts/{main}font")]
    clear = [
        each.get("patternType", "none") == "none" or _is_white(each.find(f"{main}fgColor"))
        for each in root.iterfind(f"{main}fills/{main}fill/{main}patternFill")
    ]
    for style, each in enumerate(root.iterfind(f"{main}cellXfs/{main}xf")):
        font, fill = int(each.get("fontId", "0")), int(each.get("fillId", "0"))
        if font < len(white) and white[font] and (fill >= len(clear) or clear[fill]):
            yield style


def _is_white(colour: Any) -> bool:
    """Whether a colour (18.8.3) is white: by its value, its place in the theme or in the palette."""
    if colour is None:
        return False
    return (
        colour.get("rgb", "")[-6:].upper() == "FFFFFF" or colour.get("theme") == "0" or colour.get("indexed") in _WHITE
    )


_WHITE = frozenset(("1", "9"))
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def is_percent(format: str) -> bool:
    """Whether a number format shows a figure a hundredfold with a percent sign."""
    return "%" in _LITERAL.sub("", format.partition(";")[0])
