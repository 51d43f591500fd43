"""What this machine has and lacks for building packs, each with its remedy."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boardpack import fonts, office
from boardpack.diagnostics import Finding, MissingError
from boardpack.word import tags, template


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
            checked = _template(file)
            yield checked
            if file.name == template.HOUSE and checked.ok:
                names |= _named(file)
    if not fonts.available():
        text = "fontconfig is not here, so nobody can say which fonts are used (apt install fontconfig)"
        yield Check("fonts", False, text)
    yield from (_font(font) for font in fonts.match(names))


def _template(path: Path) -> Check:
    """Whether a template can be read, and holds no tag that nobody answers and all that the papers' words need."""
    what = f"template {path.parent.name}/{path.name}"
    if path.name not in tags.TAGS:
        return Check(what, True, f"not used; the program looks for {', '.join(tags.TAGS)}")
    if found := list(tags.faults(path)):
        return Check(what, False, "; ".join(f"paragraph {_line(each)}: {each.message} ({each.help})" for each in found))
    return Check(what, True, "can be read, and every tag is known")


def _line(each: Finding) -> int:
    return each.place.span().line if each.place else 0


def _named(house: Path) -> set[str]:
    with zipfile.ZipFile(house) as package:
        return fonts.named(package.read("word/styles.xml"))


def _font(font: fonts.Font) -> Check:
    """Whether the font, or one with letters of the same widths, is what the layout will use."""
    if font.fits:
        return Check(f"font {font.name}", True, f"laid out with {font.family}")
    text = f"{font.family or 'nothing'} stands in, with other widths; install {font.name} or its twin ({fonts.REMEDY})"
    return Check(f"font {font.name}", False, text)
