"""Data files that tables read: their cells are Markdown too, and may refer to what is withheld."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

_CELLS = ("xl/sharedStrings", "xl/worksheets/")


def copied(file: Path, copy: Path, edit: Callable[[str], str]) -> None:
    """Copy a file, with the texts of a table's cells edited; what they do not change stays byte for byte."""
    kind = file.suffix.lower()
    if kind == ".csv":
        copy.write_bytes(_edited(file.read_bytes(), edit))
    elif kind == ".xlsx" and zipfile.is_zipfile(file):
        _workbook(file, copy, edit)
    else:
        shutil.copyfile(file, copy)


def _edited(data: bytes, edit: Callable[[str], str]) -> bytes:
    return edit(data.decode("latin-1")).encode("latin-1")  # ids are of letters that are the same in all encodings


def _workbook(file: Path, copy: Path, edit: Callable[[str], str]) -> None:
    with zipfile.ZipFile(file) as package:
        parts = {each: package.read(each) for each in package.infolist()}
    edited = {each: _edited(data, edit) if each.filename.startswith(_CELLS) else data for each, data in parts.items()}
    if edited == parts:
        shutil.copyfile(file, copy)
        return
    with zipfile.ZipFile(copy, "w") as package:
        for each, data in edited.items():
            package.writestr(each, data)
