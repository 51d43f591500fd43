"""What this machine has and lacks for building packs, each with its remedy."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
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
            yield _template(folder, file.name)
            if file.name == template.HOUSE:
                fonts |= _fonts(file)
    yield from (_font(font) for font in sorted(fonts))


def _template(folder: Path, name: str) -> Check:
    """Whether a template can be read, and holds no tag that nobody answers and all that the papers' words need."""
    what = f"template {folder.name}/{name}"
    if name not in template.TAGS:
        return Check(what, True, f"not used; the program looks for {', '.join(template.TAGS)}")
    try:
        if name == template.HOUSE:
            house = template.house((folder,))
            tags = template.tags(house.header) | template.tags(house.footer)
        else:
            tags = template.tags(template.shell(name, (folder,)))
    except BoardpackError as error:
        return Check(what, False, str(error))
    unknown = ", ".join(f"{{{{ {tag} }}}}" for tag in sorted(tags - template.TAGS[name]))
    missing = ", ".join(f"{{{{p {tag} }}}}" for tag in sorted(template.NEEDED.get(name, frozenset()) - tags))
    if unknown:
        return Check(what, False, f"nothing answers {unknown}; the tags are {', '.join(sorted(template.TAGS[name]))}")
    if missing:
        return Check(what, False, f"{missing} is missing, so that words of the papers would not print; put it back")
    return Check(what, True, "can be read, and every tag is known")


def _fonts(house: Path) -> set[str]:
    """The fonts that a house style names."""
    with zipfile.ZipFile(house) as package:
        return set(re.findall(r'w:ascii="([^"]+)"', package.read("word/styles.xml").decode()))


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
