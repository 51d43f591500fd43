"""What this machine has and lacks for building packs, each with its remedy."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boardpack import fonts, office
from boardpack.diagnostics import BoardpackError, MissingError
from boardpack.word import template


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
    names: set[str] = set()
    for folder in sorted({house for parent in folders for house in parent.iterdir() if house.is_dir()}):
        for file in sorted(folder.glob("*.docx")):
            if file.name.startswith("~$"):
                continue
            checked = _template(folder, file.name)
            yield checked
            if file.name == template.HOUSE and checked.ok:
                names |= _named(file)
    if not fonts.available():
        text = "fontconfig is not here, so nobody can say which fonts are used (apt install fontconfig)"
        yield Check("fonts", False, text)
    yield from (_font(font) for font in fonts.match(names))


def _template(folder: Path, name: str) -> Check:
    """Whether a template can be read, and holds no tag that nobody answers and all that the papers' words need."""
    what = f"template {folder.name}/{name}"
    if name not in template.TAGS:
        return Check(what, True, f"not used; the program looks for {', '.join(template.TAGS)}")
    try:
        if name == template.HOUSE:
            house = template.house((folder,))
            shells = [house.header, house.footer]
        else:
            shells = [template.shell(name, (folder,))]
    except BoardpackError as error:
        return Check(what, False, str(error))
    tags = set().union(*map(template.tags, shells))
    lost = [tag for tag in template.NEEDED.get(name, ()) if not any(template.prints(shell, tag) for shell in shells)]
    unknown = ", ".join(f"{{{{ {tag} }}}}" for tag in sorted(tags - template.TAGS[name]))
    missing = ", ".join(f"{{{{p {tag} }}}}" for tag in sorted(lost))
    if unknown:
        return Check(what, False, f"nothing answers {unknown}; the tags are {', '.join(sorted(template.TAGS[name]))}")
    if missing:
        return Check(what, False, f"{missing} is missing, so that words of the papers would not print; put it back")
    return Check(what, True, "can be read, and every tag is known")


def _named(house: Path) -> set[str]:
    with zipfile.ZipFile(house) as package:
        return fonts.named(package.read("word/styles.xml"))


def _font(font: fonts.Font) -> Check:
    """Whether the font, or one with letters of the same widths, is what the layout will use."""
    if font.fits:
        return Check(f"font {font.name}", True, f"laid out with {font.family}")
    text = f"{font.family or 'nothing'} stands in, with other widths; install {font.name} or its twin ({fonts.REMEDY})"
    return Check(f"font {font.name}", False, text)
