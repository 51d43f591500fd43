"""Files of the papers as the site serves them: what their pages show, and nothing else that their authors left in them.

A picture may tell where it was taken, a Word document holds comments, deleted and hidden words and names, a PDF
comments, files and properties. None of it prints in the pack, so that nobody has looked at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from boardpack.word.pictures import SUFFIXES


def served(path: Path) -> bytes:
    """What the site has of a file; ``ValueError`` for a kind of which there is no clean copy."""
    clean = _CLEAN.get(path.suffix.lower())
    if clean is None:
        raise ValueError(f"{path.name} has no clean copy for the site")
    return clean(path)


def _picture(path: Path) -> bytes:
    from boardpack.foreign import pictures

    return pictures.shown(path.read_bytes())


def _word(path: Path) -> bytes:
    from boardpack.foreign import word

    return word.clean(path)


def _pdf(path: Path) -> bytes:
    from boardpack.foreign import pdf

    return pdf.clean(path)


_CLEAN: Mapping[str, Callable[[Path], bytes]] = {
    **dict.fromkeys(SUFFIXES, _picture),
    ".docx": _word,
    ".pdf": _pdf,
}
"""What gives the clean bytes of a file, by the suffix of its name: a row for each kind that the site serves."""
