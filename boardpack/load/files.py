"""The paths that papers name -> files inside the meeting's folder, or findings.

A path out of the folder could bring anything of the machine into a public pack; a symbolic link could too.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from boardpack.diagnostics import Finding, Place, finding

PICTURE_SUFFIXES = frozenset((".png", ".jpg", ".jpeg"))
_PICTURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


def find_file(folder: Path, named: str, at: Place, found: list[Finding]) -> Path | None:
    """The file of this name below a meeting's folder; ``None``, with a finding, if it must not be read."""
    pure = PurePosixPath(named)
    windows = PureWindowsPath(named)
    if pure.is_absolute() or windows.drive or windows.root or ".." in pure.parts or ".." in windows.parts:
        help = "copy the file into the meeting's folder and name it from there"
        found.append(finding("outside-folder", at, f"`{named}` is not inside the meeting's folder", help))
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
    """A finding unless the file's content, not its name, is that of a PNG or a JPEG."""
    with path.open("rb") as file:
        start = file.read(8)
    if not any(start.startswith(magic) for magic in _PICTURES):
        help = "save it as PNG, or as JPEG for a photograph"
        found.append(finding("wrong-picture", at, f"`{path.name}` is not a PNG or JPEG file", help))


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
