"""What a file is by its content."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from boardpack.foreign import kinds
from boardpack.foreign.kinds import Kind


def package(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
CONTENTS = {
    Kind.EMPTY: b"",
    Kind.PDF: b"\xef\xbb\xbf%PDF-1.7\n",
    Kind.WORD: package("[Content_Types].xml", "word/document.xml"),
    Kind.WORD_MACROS: package("word/document.xml", "word/vbaProject.bin"),
    Kind.EXCEL: package("xl/workbook.xml"),
    Kind.EXCEL_MACROS: package("xl/workbook.xml", "xl/vbaProject.bin"),
    Kind.SLIDES: package("ppt/presentation.xml"),
    Kind.OPEN_DOCUMENT: package("mimetype", "META-INF/manifest.xml"),
    Kind.ZIP: package("anything"),
    Kind.OLD_OFFICE: OLE,
    Kind.LOCKED: OLE + "EncryptedPackage".encode("utf-16-le"),
    Kind.PNG: b"\x89PNG\r\n\x1a\n",
    Kind.JPEG: b"\xff\xd8\xff\xe0",
    Kind.PICTURE: b"GIF89a",
    Kind.MARKUP: b"\n <!DOCTYPE html><html></html>",
    Kind.RICH_TEXT: rb"{\rtf1}",
    Kind.TEXT: "Område;£\n1;2\n".encode(),
    Kind.UNKNOWN: bytes(range(20)),
}


@pytest.mark.parametrize("kind", Kind)
def test_content_tells_the_kind_whatever_the_name(kind, tmp_path):
    path = tmp_path / "file.pdf"
    path.write_bytes(CONTENTS[kind])
    assert kinds.kind(path) is kind
    fault = kinds.check(path, Kind.PDF)
    codes = {Kind.PDF: None, Kind.EMPTY: "damaged-file", Kind.LOCKED: "encrypted-file"}
    assert (fault.code if fault else None) == codes.get(kind, "wrong-kind")
    assert fault is None or (fault.message and fault.help)


def test_a_file_that_an_office_program_writes_beside_an_open_one_is_named_so(tmp_path):
    path = tmp_path / "~$report.docx"
    path.write_bytes(bytes(162))
    fault = kinds.check(path, Kind.WORD)
    assert fault is not None
    assert "open in it" in fault.message


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(kinds, "_LARGEST", 10)
    path = tmp_path / "large.pdf"
    path.write_bytes(b"%PDF-1.7 and more")
    fault = kinds.check(path, Kind.PDF)
    assert fault is not None
    assert fault.code == "file-limits"


def test_no_archive_brings_it_down(tmp_path):
    chance, path = random.Random(4), tmp_path / "mutant.zip"
    whole = CONTENTS[Kind.WORD]
    for _ in range(1500):
        data = bytearray(whole[: chance.choice((len(whole), chance.randrange(4, len(whole))))])
        for _ in range(chance.choice((1, 3))):
            data[chance.randrange(2, len(data))] = chance.randrange(256)
        path.write_bytes(data)
        assert kinds.kind(path) in Kind
