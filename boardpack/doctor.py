"""What this machine has and lacks for building packs, each with its remedy."""

from __future__ import annotations

import json
import shutil
import webbrowser
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boardpack import fonts, office
from boardpack.diagnostics import Finding, MissingError
from boardpack.word import tags, template

_KINDS = ("board", "meeting", "minutes", "paper")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, whether it is there, a sentence with the remedy if not.

    What is not ``needed`` makes work easier, and no command fails without it.
    """

    name: str
    ok: bool
    text: str
    needed: bool = True


def examine(templates: tuple[Path, ...]) -> list[Check]:
    """Look at LibreOffice, at the house styles in these folders and at the fonts that they use."""
    return [_office(), *_templates(templates)]


def around(papers: Path, schemas: Path) -> list[Check]:
    """Look at what is used beside the building of packs: schemas, papers, a browser, Git, the editor's settings."""
    return [_schemas(schemas), _papers(papers), _browser(), _git(), _editor(papers)]


def _schemas(folder: Path) -> Check:
    for kind in _KINDS:
        path = folder / f"{kind}.schema.json"
        try:
            json.loads(path.read_bytes())
        except (OSError, ValueError):
            remedy = "install boardpack again, or name the right folder with --schemas"
            return Check("schemas", False, f"{path} is not there or cannot be read; {remedy}")
    return Check("schemas", True, f"those of {', '.join(_KINDS)} at {folder}")


def _papers(folder: Path) -> Check:
    boards = len(list(folder.glob("*/board.yaml"))) if folder.is_dir() else 0
    text = f"{boards} board{'s' * (boards != 1)} in {folder}"
    remedy = f"there is no board in {folder} yet; `boardpack new board planning` begins one"
    return Check("papers", bool(boards), text if boards else remedy, needed=False)


def _browser() -> Check:
    try:
        webbrowser.get()
    except webbrowser.Error:
        text = "none opens by itself; `boardpack preview` prints an address to open by hand (apt install chromium)"
        return Check("browser", False, text, needed=False)
    return Check("browser", True, "one opens for `boardpack preview`")


def _git() -> Check:
    program = shutil.which("git")
    text = "not here; it keeps who changed what in the papers (apt install git, or https://git-scm.com)"
    return Check("Git", bool(program), f"at {program}" if program else text, needed=False)


def _editor(papers: Path) -> Check:
    settings = papers.parent / ".vscode" / "settings.json"
    try:
        known = "yaml.schemas" in settings.read_text(encoding="utf-8")
    except OSError:
        known = False
    text = "Visual Studio Code does not know the keys of these papers; `boardpack new editor` writes its settings"
    return Check("editor", known, f"{settings} names the schemas" if known else text, needed=False)


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
