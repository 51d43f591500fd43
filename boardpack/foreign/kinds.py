"""What a file really is, by its content: people rename files, and a name is all that an attacker needs to change."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from boardpack.foreign import Fault

_START, _LARGEST = 1024, 200 * 1024 * 1024
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|meta|script|svg|\?xml)\b", re.IGNORECASE
)
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})


class Kind(StrEnum):
    """The kinds of content that are told apart, each as people call it."""

    EMPTY = "empty"
    PDF = "a PDF file"
    WORD = "a Word document (.docx)"
    WORD_MACROS = "a Word document with macros (.docm)"
    EXCEL = "an Excel workbook (.xlsx)"
    EXCEL_MACROS = "an Excel workbook with macros (.xlsm)"
    SLIDES = "a PowerPoint file"
    OPEN_DOCUMENT = "an OpenDocument file"
    ZIP = "a ZIP archive"
    LOCKED = "an Office file with a password"
    OLD_OFFICE = "an Office file of the years before 2007 or an e-mail"
    PNG = "a PNG picture"
    JPEG = "a JPEG picture"
    PICTURE = "a picture of another kind"
    MARKUP = "a web page"
    RICH_TEXT = "an RTF file"
    TEXT = "plain text"
    UNKNOWN = "of a kind that boardpack does not know"


_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    ((b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF"), Kind.PICTURE),
    (rb"{\rtf", Kind.RICH_TEXT),
    (b"PK", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLD_OFFICE),
)
_PACKAGES = (
    ("word/vbaProject.bin", Kind.WORD_MACROS),
    ("xl/vbaProject.bin", Kind.EXCEL_MACROS),
    ("word/document.xml", Kind.WORD),
    ("xl/workbook.xml", Kind.EXCEL),
    ("xl/workbook.bin", Kind.EXCEL),
    ("ppt/presentation.xml", Kind.SLIDES),
    ("META-INF/manifest.xml", Kind.OPEN_DOCUMENT),
)
_TEMPORARY = re.compile(r"~\$|\.~lock")


def kind(path: Path) -> Kind:
    """What a file is by its content; ``OSError`` if it cannot be read."""
    with path.open("rb") as file:
        start = file.read(_START)
        if not start:
            return Kind.EMPTY
        if b"%PDF-" in start:  # readers of PDF accept a little of anything before it
            return Kind.PDF
        for magic, found in _MAGIC:
            if start.startswith(magic):
                return _inside(path, found)
    if _MARKUP.search(start):
        return Kind.MARKUP
    is_text = start.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_text(start)
    return Kind.TEXT if is_text else Kind.UNKNOWN


def _is_text(start: bytes) -> bool:
    return start.translate(None, delete=_CONTROL) == start


def _inside(path: Path, found: Kind) -> Kind:
    """What an archive or an Office container holds."""
    if found is Kind.ZIP:
        try:
            with zipfile.ZipFile(path) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            return Kind.ZIP
        return next((package for name, package in _PACKAGES if name in names), Kind.ZIP)
    if found is Kind.OLD_OFFICE:
        with path.open("rb") as file:
            return Kind.LOCKED if _LOCKED in file.read(_LARGEST) else found
    return found


def check(path: Path, wanted: Kind, *others: Kind) -> Fault | None:
    """What is wrong with a file before it is opened: too large, empty, locked, or another kind than those wanted."""
    try:
        size, found = path.stat().st_size, kind(path)
    except OSError as error:
        help = "close it in other programs, or copy it again"
        return Fault("damaged-file", f"cannot be read ({error.strerror})", help)
    if size > _LARGEST:
        help = "make it smaller, for instance by lowering the resolution of its pictures, or split it"
        return Fault("file-limits", f"has {size / 1024**2:,.0f} MB; {_LARGEST // 1024**2} MB are the most", help)
    return None if found in {wanted, *others} else _unwanted(path, found, wanted)


def _unwanted(path: Path, found: Kind, wanted: Kind) -> Fault:
    if _TEMPORARY.match(path.name):
        help = "name the file itself; close it in Word or Excel before the pack is built"
        return Fault("wrong-kind", "is what an Office program writes beside a file that is open in it", help)
    if found is Kind.EMPTY:
        return Fault("damaged-file", "is empty", "copy the file again")
    if found is Kind.LOCKED:
        return Fault("encrypted-file", "asks for a password", "save it without a password, and name that file")
    return Fault("wrong-kind", f"is not {wanted}: its content is {_content(found)}", _remedy(found, wanted))


def _content(found: Kind) -> str:
    return "unknown" if found is Kind.UNKNOWN else f"{found}"


def _remedy(found: Kind, wanted: Kind) -> str:
    if found is Kind.UNKNOWN:
        return "it may be damaged: copy it again, or open it in the program that it comes from and save it anew"
    if found is Kind.MARKUP:
        return "it was perhaps saved from the web without signing in: download the file itself again"
    return f"a file does not change with its name: save it as {wanted} from the program that it comes from"
