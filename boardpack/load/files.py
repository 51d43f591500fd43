"""The paths that papers name -> files inside the meeting's folder, or findings.

A path out of the folder could bring anything of the machine into a public pack; a symbolic link could too.
"""

from __future__ import annotations

import os
import struct
import warnings
import zlib
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath

from boardpack.diagnostics import Finding, Place, finding

PICTURE_SUFFIXES = frozenset((".png", ".jpg", ".jpeg"))
_PICTURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_MOST_PIXELS = 40_000_000
_ORIENTATION = 0x0112  # what a camera notes of how it was held
_JPEG_END, _JPEG_TAIL = b"\xff\xd9", 64
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)
"""What Pillow raises at files that are cut off or garbled."""


def find_file(folder: Path, named: str, at: Place, found: list[Finding]) -> Path | None:
    """The file of this name below a meeting's folder; ``None``, with a finding, if it must not be read."""
    pure = PurePosixPath(named)
    windows = PureWindowsPath(named)
    if pure.is_absolute() or windows.drive or windows.root or ".." in pure.parts or ".." in windows.parts:
        help = "copy the file into the meeting's folder and name it from there"
        found.append(finding("outside-folder", at, f"`{named}` is not inside the meeting's folder", help))
        return None
    if "\\" in named:
        help = f"write `{windows.as_posix()}`"
        found.append(finding("wrong-value", at, f"`{named}` is written with backslashes", help))
        return None
    path = folder
    for part in pure.parts:
        path = path / part
        if path.is_symlink():
            link = path.relative_to(folder).as_posix()
            help = "put the file itself there"
            found.append(finding("linked-file", at, f"`{link}` is a symbolic link, which papers may not use", help))
            return None
    if not path.is_file() or not _spelt_so(path):
        found.append(finding("missing-file", at, f"there is no file `{named}`", _nearest(folder, path)))
        return None
    return path


def check_picture(path: Path, at: Place, found: list[Finding]) -> None:
    """A finding unless the file's content, not its name, is that of a whole PNG or JPEG."""
    status = path.stat()
    if fault := _picture_fault(path, status.st_size, status.st_mtime_ns):
        message, help = fault
        found.append(finding("wrong-picture", at, f"`{path.name}` {message}", help))


@lru_cache(maxsize=4096)
def _picture_fault(path: Path, size: int, changed: int) -> tuple[str, str] | None:  # noqa: ARG001 (the cache's key)
    """What is wrong with a picture, and the remedy; found out once for a file that several texts show."""
    try:
        with path.open("rb") as file:
            start = file.read(8)
            file.seek(-min(size, _JPEG_TAIL), os.SEEK_END)
            ended = _JPEG_END in file.read()
        if not any(start.startswith(magic) for magic in _PICTURES):
            return "is not a PNG or JPEG file", "save it as PNG, or as JPEG for a photograph"
        return _content_fault(path, ended)
    except _BROKEN:
        return "is broken: not all of the picture is there", "copy the file again, or save it anew as PNG or JPEG"


def _content_fault(path: Path, ended: bool) -> tuple[str, str] | None:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=["PNG", "JPEG"]) as image:
                if image.width * image.height > _MOST_PIXELS:
                    return _too_many()
                if image.format not in _PICTURES.values():
                    return "holds more than one picture", "save it anew as PNG or JPEG"
                is_jpeg = image.format == "JPEG"
                # One that will be turned upright is decoded, so all of it must be there.
                turned = "exif" in image.info and image.getexif().get(_ORIENTATION, 1) != 1
                image.verify()
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            return _too_many()
    if turned or (is_jpeg and not ended):
        # Some cameras write more behind the end; only its content tells such a file from one that is cut off.
        with Image.open(path, formats=["PNG", "JPEG"]) as image:
            if not turned:
                image.draft("L", (1, 1))
            image.load()
    return None


def _too_many() -> tuple[str, str]:
    return (
        f"has more than {_MOST_PIXELS // 1_000_000} million pixels",
        "save it smaller: 4,000 pixels fill a page's width",
    )


def _spelt_so(path: Path) -> bool:
    """Whether the name is spelt so on the disk; only disks that ignore case would find it otherwise."""
    return any(each.name == path.name for each in path.parent.iterdir())


def _nearest(folder: Path, path: Path) -> str:
    from difflib import get_close_matches

    parent = path.parent if path.parent.is_dir() else folder
    names = [each.relative_to(folder).as_posix() for each in sorted(parent.iterdir()) if each.is_file()]
    wanted = path.relative_to(folder).as_posix()
    folded = [name for name in names if name.casefold() == wanted.casefold()]
    near = folded or get_close_matches(wanted, names, n=1)
    where = path.parent.relative_to(folder).as_posix()
    put = "put the file into the meeting's folder" if where == "." else f"put the file into `{where}/`"
    return f"{put}; the nearest name there is `{near[0]}`" if near else put
