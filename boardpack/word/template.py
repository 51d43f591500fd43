"""The Word templates that the secretariat owns: the house style, and shells with docxtpl tags.

A shell is read once for a build: docxtpl turns its Word XML into a Jinja source, which is compiled and rendered for
each paper. Values are data and never templates; they are always escaped, and a tag that nothing answers is an error
that names the template.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from boardpack.diagnostics import MissingError, UsageError

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

_BODY = re.compile(r"<w:body>(.*?)(<w:sectPr\b.*?</w:sectPr>)?\s*</w:body>", re.DOTALL)
_ROOT = re.compile(r"<w:(?:hdr|ftr)\b[^>]*>(.*)</w:(?:hdr|ftr)>", re.DOTALL)
_RELATIONSHIP = re.compile(r"<Relationship\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_USED = re.compile(r'(r:(?:id|embed|link|pict))="([^"]+)"')
_PROVISIONAL = re.compile(
    r' w14:\w+="[^"]*"| w:rsid\w*="[^"]*"|<w:(?:bookmarkStart|bookmarkEnd|proofErr|lastRenderedPageBreak)\b[^>]*>'
)
_OWN = "template-"
HOUSE, COVER, AGENDA, MINUTES = "house.docx", "cover.docx", "agenda.docx", "minutes.docx"


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a piece of Word XML refers to: a picture inside the file, or an address outside.

    ``stand_in`` is a small picture that the document is laid out with, where something else takes its place in the PDF.
    """

    type: str
    target: str
    external: bool
    data: bytes
    stand_in: bytes = b""


@dataclass(frozen=True, slots=True)
class Shell:
    """A piece of Word XML with tags, ready to be filled in many times; ``part`` names where in the file it stands."""

    path: Path
    part: str
    source: str
    template: Template
    attachments: Mapping[str, Attachment]

    def render(self, values: Mapping[str, Any]) -> str:
        """The XML with every tag answered.

        Raises :class:`UsageError` for a tag that ``values`` does not hold.
        """
        from jinja2 import TemplateError

        try:
            return self.template.render(values)
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            known = ", ".join(sorted(values))
            raise UsageError(f"{self.path}: {error}; the tags that can stand here are {known}") from error

    def attached(self, xml: str) -> dict[str, Attachment]:
        """The attachments that some rendered XML of this shell refers to, by relationship id."""
        used = {match[2] for match in _USED.finditer(xml)}
        return {id: attachment for id, attachment in self.attachments.items() if id in used}


@dataclass(frozen=True, slots=True)
class House:
    """The house style: parts taken over as they are, the page, and the header and footer of every section."""

    parts: Mapping[str, bytes]
    page: Page
    header: Shell
    footer: Shell


@dataclass(frozen=True, slots=True)
class Page:
    """Size and margins of the page in twentieths of a point (``w:pgSz``, ``w:pgMar``)."""

    width: int
    height: int
    margins: Mapping[str, int]

    @property
    def text_width(self) -> int:
        """Width between the margins."""
        return self.width - self.margins["left"] - self.margins["right"]

    @property
    def text_height(self) -> int:
        """Height between the margins."""
        return self.height - self.margins["top"] - self.margins["bottom"]

    def turned(self) -> Page:
        """The same page in the other orientation, its margins turned with it."""
        old = self.margins
        turned = {"top": old["left"], "right": old["top"], "bottom": old["right"], "left": old["bottom"]}
        return Page(self.height, self.width, {**old, **turned})

    def xml(self) -> str:
        """``w:pgSz`` and ``w:pgMar``."""
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        margins = "".join(f' w:{name}="{value}"' for name, value in self.margins.items())
        return f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}/><w:pgMar{margins}/>'


def ready(xml: str) -> Markup:
    """Word XML made by this program, which a tag prints as it is; every other value of a tag is escaped."""
    from markupsafe import Markup

    return Markup(xml)  # noqa: S704  # the one place where XML is called safe: no text of an author comes here unescaped


def find(name: str, folders: tuple[Path, ...]) -> Path:
    """The template of this name in the first folder that has it: a house falls back file by file."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    looked = ", ".join(str(folder) for folder in folders)
    raise MissingError(f"the Word template {name} is in none of {looked}; put one there or restore the default")


def shell(name: str, folders: tuple[Path, ...]) -> Shell:
    """The body of a template as a shell."""
    path = find(name, folders)
    parts = package(path)
    part = "word/document.xml"
    return _shell(path, part, _BODY, _attachments(parts, part))


def house(folders: tuple[Path, ...]) -> House:
    """The house style of the first folder that has one."""
    path = find(HOUSE, folders)
    parts = package(path)
    document = parts["word/document.xml"].decode()
    section = re.search(r"<w:sectPr\b.*?</w:sectPr>", document, re.DOTALL)
    if section is None:
        raise UsageError(f"{path}: the template has no page set-up (w:sectPr); save it again from Word")
    related = _relationships(parts, "word/document.xml")
    kept = {name: data for name, data in parts.items() if name in _KEPT or name.startswith("word/theme/")}
    return House(
        kept,
        _page(section[0]),
        _running(path, parts, related, section[0], "header"),
        _running(path, parts, related, section[0], "footer"),
    )


_KEPT = {"word/styles.xml", "word/settings.xml", "word/fontTable.xml", "word/webSettings.xml"}


@cache
def package(path: Path) -> Mapping[str, bytes]:
    """The parts of a Word file by name; ``UsageError`` if it cannot be read or is no Word file."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError) as error:
        raise UsageError(f"{path}: this Word template cannot be read ({error}); save it again from Word") from error
    if not {"word/document.xml", "word/styles.xml"} <= parts.keys():
        raise UsageError(f"{path}: this is no Word template (it has no document or no styles); save it again from Word")
    return parts


def _shell(path: Path, part: str, outer: re.Pattern[str], attachments: Mapping[str, Attachment]) -> Shell:
    from jinja2 import TemplateSyntaxError

    source = _PROVISIONAL.sub("", _source(path, part))
    source = _USED.sub(lambda found: f'{found[1]}="{_OWN}{found[2]}"', source)
    match = outer.search(source)
    if match is None:
        raise UsageError(f"{path}: the part {part} has no content; save the template again from Word")
    try:
        return Shell(path, part, match[1], _environment().from_string(match[1]), attachments)
    except TemplateSyntaxError as error:
        raise UsageError(f"{path}: a tag in {part} cannot be read: {error.message}") from error


def prints(shell: Shell, tag: str) -> bool:
    """Whether a shell prints a tag, and does not only ask whether it is there."""
    return re.search(rf"\{{\{{-?\s*{tag}\b", shell.source) is not None


def undeclared(source: str) -> set[str]:
    """Every tag that stands in a Jinja source, whether or not it would be reached."""
    from jinja2.meta import find_undeclared_variables

    return find_undeclared_variables(_environment().parse(source))


def _source(path: Path, part: str) -> str:
    """The Jinja source of a part: docxtpl joins tags that Word has split over runs and lifts row and paragraph tags.

    That is kept for the next build by what it was made from, since loading docxtpl takes longer than a small pack.
    """
    xml = package(path)[part]
    key = sha256(xml + _docxtpl()).hexdigest()
    if (kept := recall(key)) is not None:
        return kept
    from docxtpl import DocxTemplate

    source = str(DocxTemplate(io.BytesIO(path.read_bytes())).patch_xml(xml.decode()))
    remember(key, source)
    return source


@cache
def _docxtpl() -> bytes:
    """The file in which docxtpl says its version; to import ``importlib.metadata`` takes longer than all of this."""
    found = find_spec("docxtpl")
    return Path(found.origin).read_bytes() if found and found.origin else b""


def recall(key: str) -> str | None:
    """What was worked out before from the content that a key stands for."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return _kept(key).read_text(encoding="utf-8")
    return None


def remember(key: str, text: str) -> None:
    """Keep what was worked out for the next command, where there is room for it."""
    kept = _kept(key)
    with contextlib.suppress(OSError):  # a cache that cannot be written is no fault
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_suffix(f".{os.getpid()}")
        beside.write_text(text, encoding="utf-8")
        beside.replace(kept)


def _kept(key: str) -> Path:
    return user_cache_path("boardpack") / "shells" / f"{key}.xml"


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _page(section: str) -> Page:
    size = dict(_ATTRIBUTE.findall(_tag(section, "w:pgSz")))
    margins = {name: int(value) for name, value in _ATTRIBUTE.findall(_tag(section, "w:pgMar"))}
    return Page(int(size["w"]), int(size["h"]), margins)


def _tag(xml: str, name: str) -> str:
    match = re.search(rf"<{name}\b[^>]*>", xml)
    return match[0] if match else ""


def _running(
    path: Path, parts: Mapping[str, bytes], related: Mapping[str, Attachment], section: str, kind: str
) -> Shell:
    """The default header or footer of a section."""
    references = re.findall(rf"<w:{kind}Reference\b[^>]*>", section)
    ids = {dict(_ATTRIBUTE.findall(tag)).get("type"): dict(_ATTRIBUTE.findall(tag))["id"] for tag in references}
    if "default" not in ids:
        raise UsageError(
            f"{path}: the house style has no {kind}; add one in Word, with the tags of the guide to the house style"
        )
    part = f"word/{related[ids['default']].target}"
    return _shell(path, part, _ROOT, _attachments(parts, part))


def _attachments(parts: Mapping[str, bytes], part: str) -> dict[str, Attachment]:
    wanted = ("/image", "/hyperlink")
    related = _relationships(parts, part)
    return {f"{_OWN}{id}": item for id, item in related.items() if item.type.endswith(wanted)}


def _relationships(parts: Mapping[str, bytes], part: str) -> dict[str, Attachment]:
    folder, name = part.rsplit("/", 1)
    data = parts.get(f"{folder}/_rels/{name}.rels", b"").decode()
    found = {}
    for match in _RELATIONSHIP.finditer(data):
        values = dict(_ATTRIBUTE.findall(match[1]))
        external = values.get("TargetMode") == "External"
        inside = b"" if external else parts.get(f"{folder}/{values['Target']}", b"")
        found[values["Id"]] = Attachment(values["Type"], values["Target"], external, inside)
    return found
