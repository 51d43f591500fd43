"""What this machine has and lacks for building packs, each with its remedy."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boardpack import office
from boardpack.diagnostics import BoardpackError, MissingError
from boardpack.word import template

_TWINS = {
    "Arial": ("Arial", "Liberation Sans", "Arimo"),
    "Calibri": ("Calibri", "Carlito"),
    "Cambria": ("Cambria", "Caladea"),
    "Times New Roman": ("Times New Roman", "Liberation Serif", "Tinos"),
    "Courier New": ("Courier New", "Liberation Mono", "Cousine"),
}
"""Fonts and those whose letters are exactly as wide, so that lines break where Word breaks them."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, whether it is there, a sentence with the remedy if not."""

    name: str
    ok: bool
    text: str


def examine(templates: tuple[Path, ...]) -> list[Check]:
    """Look at LibreOffice, at the house styles in these folders and at the fonts that they use."""
    return [_office(), *_templates(templates)]


def _office() -> Check:
    try:
        program = office.program()
    except MissingError as error:
        return Check("LibreOffice", False, str(error))
    return Check("LibreOffice", True, f"{office.version(program)} at {program}")


def _templates(folders: tuple[Path, ...]) -> Iterator[Check]:
    fonts: set[str] = set()
    for folder in sorted({house for parent in folders for house in parent.iterdir() if house.is_dir()}):
        for file in sorted(folder.glob("*.docx")):
            if file.name.startswith("~$"):
                continue
            name = f"template {folder.name}/{file.name}"
            try:
                if file.name == template.HOUSE:
                    fonts |= _fonts(template.house((folder,)))
                else:
                    template.shell(file.name, (folder,))
                yield Check(name, True, "can be read")
            except BoardpackError as error:
                yield Check(name, False, str(error))
    yield from (_font(font) for font in sorted(fonts))


def _fonts(house: template.House) -> set[str]:
    return set(re.findall(r'w:ascii="([^"]+)"', house.parts["word/styles.xml"].decode()))


def _font(wanted: str) -> Check:
    """Whether the font, or one with letters of the same widths, is what the layout will use."""
    name = f"font {wanted}"
    matcher = shutil.which("fc-match")
    if matcher is None:
        return Check(
            name,
            False,
            "fontconfig is not on this machine, so nobody can say; install it (apt install fontconfig)",
        )
    found = subprocess.run(
        [matcher, "-f", "%{family[0]}", wanted], capture_output=True, text=True, timeout=20, check=False
    )
    family = found.stdout.strip()
    if family in _TWINS.get(wanted, (wanted,)):
        return Check(name, True, f"laid out with {family}")
    remedy = "apt install fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea"
    stand_in = family or "nothing"
    return Check(name, False, f"{stand_in} stands in, with other widths; install {wanted} or its twin ({remedy})")
