"""A .docx file -> its parts, or the sentence that says why it is not read (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from boardpack.diagnostics import UsageError

MOST_BYTES = 100_000_000
MOST_PARTS = 1_000
MOST_PART = 50_000_000
MOST_UNPACKED = 200_000_000
MOST_PACKED = 100
"""How many times its size a part may unpack to; those under 100 KB may all the same."""
_SMALL = 100_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE = "open it in Word and save it as `Word document (.docx)`"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_NAMES = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": (
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
}
"""The names of Word's strict form, which is rarely saved, and those of the usual one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: the last word of its type, and the part or the address that it leads to."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a Word file, unpacked one by one within the limits."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._zip = ZipFile(BytesIO(_content(path)))
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            raise self.broken() from None
        self._parts = self._checked(self._zip.infolist())

    def _checked(self, infos: list[ZipInfo]) -> Mapping[str, ZipInfo]:
        parts = {info.filename.lower(): info for info in infos}
        if len(parts) != len(infos):
            raise self._refused("holds two parts of one name", _SAVE)
        sizes = [info.file_size for info in infos]
        inflated = any(each.file_size > max(_SMALL, MOST_PACKED * each.compress_size) for each in infos)
        if len(infos) > MOST_PARTS or max(sizes, default=0) > MOST_PART or sum(sizes) > MOST_UNPACKED or inflated:
            raise self._refused("unpacks to far more than a report holds", "make sure that it is the file you meant")
        if any(info.flag_bits & 1 for info in infos):
            raise self._refused("is protected by a password", "take the password off in Word and save it")
        if any(name.endswith("vbaproject.bin") for name in parts):
            raise self._refused("holds macros", _SAVE)
        if "[content_types].xml" not in parts or not any(name.startswith("word/") for name in parts):
            raise self._refused("is no Word document", _SAVE)
        return parts

    def has(self, name: str) -> bool:
        """Whether there is such a part; names differ in more than their case."""
        return name.lower() in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a part, counted while they are unpacked: a size that is stated may be a lie."""
        info = self._parts.get(name.lower())
        if info is None:
            raise self.broken()
        try:
            with self._zip.open(info) as part:
                data = part.read(min(info.file_size, MOST_PART) + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise self.broken() from None
        if len(data) != info.file_size:
            raise self.broken()
        return data

    def tree(self, name: str) -> etree._Element:
        """The root of a part; one with a document type, which could name files or grow without end, is refused."""
        data = self.read(name)
        if _STRICT in data:
            for strict, usual in _STRICT_NAMES.items():
                data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            tree = etree.fromstring(data, parser).getroottree()
        except (etree.XMLSyntaxError, ValueError):
            raise self.broken() from None
        if tree.docinfo.internalDTD is not None or tree.docinfo.doctype:
            raise self._refused("holds a document type, which no Word file has", _SAVE)
        return tree.getroot()

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part, by id; of the package itself for an empty name."""
        folder, file = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        if not self.has(rels):
            return {}
        found: dict[str, Relation] = {}
        for each in self.tree(rels):
            target, external = each.get("Target", ""), each.get("TargetMode") == "External"
            if not external:
                joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(unquote(joined))
            found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target, external)
        return found

    def main(self) -> str:
        """The name of the part that holds the text."""
        documents = [each.target for each in self.relations("").values() if each.kind == "officeDocument"]
        if not documents or not self.has(documents[0]):
            raise self.broken()
        return documents[0]

    def _refused(self, fault: str, help: str) -> UsageError:
        return UsageError(f"{self._name} {fault}; {help}")

    def broken(self) -> UsageError:
        """The error for a file of which not all can be read."""
        return self._refused("is damaged, or is no Word document (.docx)", f"copy the file again, or {_SAVE}")


def _content(path: Path) -> bytes:
    """The bytes of the file, unless its first ones or its name say that it is of another kind."""
    if path.exists() and not path.is_file():  # a device or a pipe has no size, and may have no end
        raise UsageError(f"{path} is not a file; name a Word report (.docx)")
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{path} cannot be opened: {reason}; name a Word report (.docx)") from None
    fault = help = ""
    if size > MOST_BYTES:
        fault, help = f"is larger than {MOST_BYTES // 1_000_000} MB", "make its pictures smaller in Word"
    elif content.startswith(_OLE) and _ENCRYPTED in content:
        fault, help = "is protected by a password", "take the password off in Word and save it"
    elif content.startswith(_OLE):
        fault, help = "is a document of Word 97 to 2003", _SAVE
    elif content.startswith(b"%PDF"):
        fault, help = "is a PDF", "name the Word file that it was made from"
    elif content.startswith(b"{\\rtf"):
        fault, help = "is Rich Text", _SAVE
    if fault:
        raise UsageError(f"{path.name} {fault}; {help}")
    return content
