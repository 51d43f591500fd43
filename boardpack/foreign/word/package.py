"""A Word file -> its parts, unpacked within limits, with everything refused that would reach out of it.

Sizes are counted while unpacking: what an archive states of itself may be a lie. No part with a document type is
accepted, since one could name files or grow without end (ECMA-376 part 2, 10.1.2 forbids it too).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from boardpack.foreign import Fault
from boardpack.foreign.word.names import MAIN, PACKAGE, STRICT

MOST_PARTS = 5_000
MOST_BYTES = 50 * 1024 * 1024
"""How large one part may be when it is unpacked."""
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PACKED = 100
"""How many times its size a part of more than :data:`_SMALL` bytes may unpack to."""
MOST_DEEP = 100
"""How deep elements may lie in each other: 30 tables, one in the other."""

_SMALL = 100 * 1024
_STEP = 1024 * 1024
_BROKEN = (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile, zlib.error)
_SAVE_AGAIN = "open it in Word and save it as `Word Document (.docx)`"
_DROPPED = frozenset(("attachedTemplate", "mailMergeSource", "mailMergeHeaderSource", "mailMergeRecipientData"))
"""External relationships of settings that no page shows."""
_FORBIDDEN = {
    "aFChunk": "holds another file, which Word would only take in when it is opened",
    "subDocument": "is a master document, whose chapters are files of their own",
    "control": "holds an ActiveX control",
    "activeXControlBinary": "holds an ActiveX control",
    "vbaProject": "holds macros",
}
_DEEP = etree.XPath(f"boolean(//*[ancestor::*[{MOST_DEEP}]])")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x20\"<>]+", re.IGNORECASE)


class RefusedError(Exception):
    """A file is not taken in: what is the matter with it."""

    def __init__(self, code: str, message: str, help: str = _SAVE_AGAIN) -> None:
        super().__init__(message)
        self.fault = Fault(code, message, help)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a part or an address outside; ``kind`` is the last word of the relationship's ``type``."""

    kind: str
    target: str
    external: bool
    type: str


class Package:
    """The parts of a Word file by name; XML is parsed when it is asked for."""

    def __init__(self, path: Path) -> None:
        self._parts = dict(_unpacked(path))
        self._trees: dict[str, Any] = {}
        self._related: dict[str, Mapping[str, Relation]] = {}
        for name in self._parts:
            if name.lower().endswith(".rels"):
                self._refuse(name)
            elif name.lower().endswith("vbaproject.bin"):
                raise _macros()
        self.document = self._main()

    def data(self, part: str) -> bytes | None:
        """The bytes of a part."""
        return self._parts.get(part)

    def tree(self, part: str) -> Any:
        """The root element of a part; ``None`` where there is no such part."""
        if part not in self._trees:
            data = self._parts.get(part)
            self._trees[part] = None if data is None else _parsed(data)
        return self._trees[part]

    def relations(self, part: str) -> Mapping[str, Relation]:
        """What a part refers to, by id."""
        if part not in self._related:
            folder, name = posixpath.split(part)
            self._related[part] = dict(self._relations(f"{folder}/_rels/{name}.rels".lstrip("/")))
        return self._related[part]

    def related(self, part: str, kind: str) -> str:
        """The name of the part of this kind that a part refers to; empty where there is none."""
        return next((each.target for each in self.relations(part).values() if each.kind == kind), "")

    def type_of(self, part: str) -> str:
        """The content type of a part (part 2, 10.1.2.2); empty where it has none."""
        types, suffix = self.tree("[Content_Types].xml"), part.rpartition(".")[2].lower()
        names: dict[str, str] = {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in types}
        usual: dict[str, str] = {each.get("Extension", "").lower(): each.get("ContentType", "") for each in types}
        return names.get(part) or usual.get(suffix, "")

    def dropped(self) -> Iterator[str]:
        """The kinds of references to files outside that no page shows."""
        names = [name for name in self._parts if name.lower().endswith(".rels")]
        yield from (each.kind for name in names for _, each in self._relations(name) if each.kind in _DROPPED)

    def _relations(self, name: str) -> Iterator[tuple[str, Relation]]:
        root = self.tree(name)
        base = posixpath.dirname(posixpath.dirname(name))
        for each in () if root is None else root.iterfind(f"{{{PACKAGE}/relationships}}Relationship"):
            target, external = each.get("Target", ""), each.get("TargetMode", "").lower() == "external"
            if not external:
                target = posixpath.normpath(posixpath.join("/", base, target)).lstrip("/")
            type = each.get("Type", "")
            yield each.get("Id", ""), Relation(type.rsplit("/", 1)[-1], target, external, type)

    def _refuse(self, name: str) -> None:
        """Refuse what reaches out of the file, or holds what a page cannot show."""
        for _, each in self._relations(name):
            if message := _FORBIDDEN.get(each.kind):
                raise RefusedError("unsafe-file", message, "save it as PDF from Word, and name the PDF")
            if each.external and each.kind not in _DROPPED and each.kind != "hyperlink":
                things = {"image": "a picture", "oleObject": "an object"}.get(each.kind, "something")
                message = f"takes in {things} from outside the file each time it is opened"
                raise RefusedError("unsafe-file", message, "break the link in Word, so that it is kept in the file")

    def _main(self) -> str:
        types = self.tree("[Content_Types].xml")
        part = self.related("", "officeDocument")
        if types is None or part not in self._parts:
            raise RefusedError("wrong-kind", "is not a Word document")
        root = self.tree(part)
        if root.tag.startswith(f"{{{STRICT}"):
            help = "save it as `Word Document (.docx)`, not as `Strict Open XML Document`"
            raise RefusedError("wrong-kind", "is a `Strict Open XML Document`", help)
        if root.tag != f"{{{MAIN}}}document" or root.find(f"{{{MAIN}}}body") is None:
            raise RefusedError("wrong-kind", "is not a Word document")
        for each in types:
            if "macroEnabled" in each.get("ContentType", "") or "vbaProject" in each.get("ContentType", ""):
                raise RefusedError(
                    "unsafe-file", "holds macros", "save it as `Word Document (.docx)`, which holds none"
                )
        return part


def _macros() -> RefusedError:
    return RefusedError("unsafe-file", "holds macros", "save it as `Word Document (.docx)`, which holds none")


def address(target: str) -> str:
    """An address that a link in the pack may lead to; empty for any other."""
    return target if _ADDRESS.fullmatch(target) else ""


def _unpacked(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_names(entries)
            whole = 0
            for entry in entries:
                data = _inflated(archive, entry)
                whole += len(data)
                if whole > MOST_UNPACKED:
                    raise _too_much(f"unpacks to more than {MOST_UNPACKED // 1024**2} MB")
                yield entry.filename, data
    except _BROKEN:
        raise RefusedError("damaged-file", "is damaged", f"copy it again, or {_SAVE_AGAIN}") from None


def _too_much(message: str) -> RefusedError:
    return RefusedError("file-limits", message, "copy what is to print into a new document, and name that")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_PARTS:
        raise _too_much(f"has more than {MOST_PARTS:,} parts")
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("encrypted-file", "asks for a password", "save it without a password, and name that file")
    twice = [name for name, count in Counter(entry.filename.casefold() for entry in entries).items() if count > 1]
    strange = [entry.filename for entry in entries if _is_strange(entry.filename)]
    if twice or strange:
        raise RefusedError("unsafe-file", "has parts whose names no Word document has")


def _is_strange(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    most = min(MOST_BYTES, max(_SMALL, entry.compress_size * MOST_PACKED))
    pieces, size = [], 0
    with archive.open(entry) as part:
        while piece := part.read(_STEP):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise _too_much("unpacks to far more than it holds")
    data = b"".join(pieces)
    if entry.filename.lower().endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise _document_type()
    return data


def _document_type() -> RefusedError:
    return RefusedError("unsafe-file", "holds a document type, which no Word document needs")


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        if deep:
            raise _too_deep() from None
        raise RefusedError("damaged-file", "is damaged", f"copy it again, or {_SAVE_AGAIN}") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _document_type()
    if _DEEP(root):
        raise _too_deep()
    return root


def _too_deep() -> RefusedError:
    return _too_much("has tables or other things that lie too deep in each other")


def part_of(relations: Mapping[str, Relation], id: str | None) -> str:
    """The part that a relationship id stands for; empty where it stands for none in the file."""
    found = relations.get(id or "")
    return "" if found is None or found.external else found.target
