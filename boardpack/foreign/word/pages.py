"""A Word file that cannot be written anew -> a PDF of its pages, of a copy that holds nothing but what they show.

A chart or a drawn shape prints as LibreOffice draws it. No file of others is handed to it: in the copy tracked changes
are accepted, fields are what they last showed, and hidden words, comments, properties, headers, footers and what is
embedded are left out.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from lxml import etree

from boardpack.foreign.word.drawings import crop, vml_crop
from boardpack.foreign.word.fields import take_out
from boardpack.foreign.word.names import DRAWING, OBJECT, OFFICE, PACKAGE, PICTURE, PLACED, VML, R, W, on, value
from boardpack.foreign.word.package import Package, Relation
from boardpack.foreign.word.pictures import Picture, PictureError
from boardpack.foreign.word.styles import Styles, run_look

_KEPT: Final = frozenset(
    (
        *("styles", "numbering", "footnotes", "endnotes", "fontTable", "theme", "image", "chart"),
        *("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing"),
    )
)
"""What a page is drawn from, by the kind of the relationship."""
_UNNAMED: Final = frozenset(("styles", "numbering", "footnotes", "endnotes", "fontTable", "theme", "diagramDrawing"))
"""Those of them that no element of the part names."""
_PLAIN: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How the pictures begin that may hold notes of a camera, and that can be cut."""
_SIDES: Final = ("cropleft", "croptop", "cropright", "cropbottom")
Cut = tuple[float, float, float, float]
"""What is cut off a picture left, above, right and below, each of 1."""
_CHANGES: Final = ("Ins", "Del", "MoveFrom", "MoveTo")
_DROPPED: Final = frozenset(
    (
        *(W + name for name in ("del", "moveFrom", "commentReference", "commentRangeStart", "commentRangeEnd")),
        *(W + name for name in ("headerReference", "footerReference", "proofErr", "control", "bookmarkStart")),
        *(W + name for name in ("bookmarkEnd", "embedRegular", "embedBold", "embedItalic")),
        *(W + name for name in ("embedBoldItalic", "attachedTemplate", "alias", "tag", "dataBinding", "placeholder")),
        *(W + name for name in ("helpText", "statusText", "cellIns", "cellDel", "cellMerge", "permStart", "permEnd")),
        *(W + name for name in ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")),
        *(f"{W}customXml{kind}Range{end}" for kind in _CHANGES for end in ("Start", "End")),
        *(W + name for name in ("fldChar", "fldData", "instrText", "delInstrText")),
        f"{OBJECT}OLEObject",
        f"{DRAWING}hlinkClick",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}externalData",
    )
)
_ADDRESSES: Final = ("src", "href", f"{OBJECT}href", f"{OBJECT}althref")
"""Where a drawing of VML names a file or page outside (part 4, 14.1.2); what it shows is named by a relationship."""
_UNWRAPPED: Final = frozenset(W + name for name in ("ins", "moveTo", "hyperlink", "fldSimple"))
_STRUCTURE: Final = frozenset(W + name for name in ("rPr", "fldChar", "instrText"))
"""What stays of a hidden run until fields are taken out, so that one which begins or ends in it is whole."""
_WORDS: Final = frozenset(W + name for name in ("document", "footnotes", "endnotes"))


def as_pdf(path: Path, convert: Callable[[Path], Path], folder: Path) -> Path:
    """The pages of a Word file, as ``convert`` lays out a clean copy of it in ``folder``.

    Raises :class:`boardpack.foreign.word.RefusedError` for a file that must not be taken in.
    """
    clean = folder / f"{path.stem}.docx"
    clean.write_bytes(copy(Package(path)))
    return convert(clean)


def copy(package: Package) -> bytes:
    """The bytes of a Word file with what its pages show and nothing else; the same for the same file."""
    parts: dict[str, bytes] = {}
    types: dict[str, str] = {}
    waiting = [package.document]
    while waiting:
        part = waiting.pop()
        data = package.data(part)
        if part in parts or data is None:
            continue
        types[part] = package.type_of(part)
        if not _is_xml(part):
            parts[part] = _bare(data)
            continue
        root = _cleaned(package, part)
        related = dict(package.relations(part))
        for id, original, cut in _cut(package, root, related):
            name = f"{posixpath.splitext(original)[0]}-{len(parts)}{posixpath.splitext(original)[1]}"
            parts[name], types[name] = cut, package.type_of(original)
            related[id] = replace(related[id], target=name)
        related = _needed(root, related)
        parts[part] = etree.tostring(root, encoding="UTF-8", standalone=True)
        waiting += [each.target for each in related.values()]
        if related:
            folder, name = posixpath.split(part)
            parts[f"{folder}/_rels/{name}.rels"] = _relationships(_listed(related))
    return _packed(package.document, parts, types)


def _packed(document: str, parts: dict[str, bytes], types: dict[str, str]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{types[part]}"/>' for part in sorted(parts) if types.get(part)
    )
    head = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = f'<Types xmlns="{PACKAGE}/content-types">{head}{overrides}</Types>'
    main = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="{document}"/>'
    return _zipped(
        {"[Content_Types].xml": xml.encode(), "_rels/.rels": _relationships(main), **dict(sorted(parts.items()))}
    )


def _listed(related: dict[str, Relation]) -> str:
    return "".join(
        f'<Relationship Id="{id}" Type="{each.type}" Target="/{each.target}"/>' for id, each in related.items()
    )


def _bare(data: bytes) -> bytes:
    """A picture without what a camera noted in it; one of a kind that notes nothing, or that is broken, as it is."""
    return Picture(data).shown if _is_plain(data) else data


def _is_plain(data: bytes) -> bool:
    if not data.startswith(_PLAIN):
        return False
    try:
        Picture(data).check()
    except PictureError:
        return False
    return True


def _cut(package: Package, root: Any, related: dict[str, Relation]) -> Iterator[tuple[str, str, bytes]]:
    """Make every picture that is cut one of its own: the id of its relationship, the part that it was, its bytes."""
    for number, (picture, name, cut) in enumerate(list(_cuts(root))):
        relation = related.get(picture.get(name, ""))
        data = package.data(relation.target) if relation else None
        if relation is None or data is None or not _is_plain(data):
            continue
        id = f"cut{number}"
        related[id] = relation
        picture.set(name, id)
        for child in picture.getparent().findall(f"{DRAWING}srcRect"):
            _drop(child)
        for side in _SIDES:
            picture.attrib.pop(side, None)
        yield id, relation.target, Picture(data, cut).shown


def _cuts(root: Any) -> Iterator[tuple[Any, str, Cut]]:
    """The elements of pictures that are cut, the attribute that names their relationship, and what is cut off."""
    for element in root.iter(f"{DRAWING}srcRect", f"{VML}imagedata"):
        if element.tag == f"{VML}imagedata":
            picture, name, cut = element, f"{R}id", vml_crop(element)
        else:
            picture, name, cut = element.getparent().find(f"{DRAWING}blip"), f"{R}embed", crop(element)
        if picture is not None and any(cut):
            yield picture, name, cut


def _needed(root: Any, related: dict[str, Relation]) -> dict[str, Relation]:
    """The relationships that a part still has use for; what would lead nowhere is taken out of it."""
    kept = {
        id: each
        for id, each in related.items()
        if each.kind in _KEPT and not each.external and not each.target.lower().endswith(".svg")
    }
    used = set()
    for element in list(root.iter()):
        for name in [each for each in element.attrib if each.startswith(R)]:
            if element.get(name) in kept:
                used.add(element.get(name))
            elif element.tag in {f"{DRAWING}blip", f"{VML}imagedata"}:
                del element.attrib[name]
            else:
                _drop(element)
    return {id: each for id, each in kept.items() if id in used or each.kind in _UNNAMED}


def _is_xml(part: str) -> bool:
    return part.lower().endswith(".xml")


def _relationships(inner: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'.encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return target.getvalue()


def _cleaned(package: Package, part: str) -> Any:
    """The root of a part without what its pages do not show."""
    root = deepcopy(package.tree(part))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    if root.tag in _WORDS:
        for row in [each for each in root.iter(f"{W}tr") if _is_gone(each)]:
            _drop(row)
        part = package.related(package.document, "styles")
        styles = Styles(package.tree(part) if part else None)
        hidden = [each for each in root.iter(f"{W}r") if _is_hidden(each, styles)]
        for run in hidden:
            for child in [each for each in run if each.tag not in _STRUCTURE]:
                run.remove(child)
        take_out(root, frozenset(hidden))
    for element in [each for each in root.iter() if _is_dropped(each)]:
        _drop(element)
    for element in [each for each in root.iter() if each.tag in _UNWRAPPED]:
        _unwrap(element)
    for element in root.iter(f"{PICTURE}cNvPr", f"{PLACED}docPr", f"{VML}imagedata"):
        _forget_file(element)
    for element in root.iter(f"{VML}*"):
        for name in _ADDRESSES:
            element.attrib.pop(name, None)
    return root


def _is_dropped(element: Any) -> bool:
    tag = element.tag
    return tag in _DROPPED or (tag.startswith(W) and tag.endswith("Change"))


def _is_gone(row: Any) -> bool:
    """Whether a row of a table was deleted or is hidden."""
    properties = row.find(f"{W}trPr")
    said = () if properties is None else (properties.find(f"{W}del"), properties.find(f"{W}hidden"))
    return any(each is not None and on(each) for each in said)


def _forget_file(element: Any) -> None:
    """Take out how a picture's file was called; its description is that of ``wp:docPr``."""
    element.attrib.pop(f"{OBJECT}title", None)
    if "name" in element.attrib:
        element.set("name", "")
    if element.tag == f"{PICTURE}cNvPr":
        element.attrib.pop("descr", None)


def _is_hidden(run: Any, styles: Styles) -> bool:
    """Whether a run does not show, by what it says itself or by its styles."""
    paragraph = next(run.iterancestors(f"{W}p"), None)
    style = styles.of_paragraph(None if paragraph is None else value(paragraph.find(f"{W}pPr"), "pStyle"))
    direct = run.find(f"{W}rPr")
    look = styles.run_over(styles.run_in(style, {}), value(direct, "rStyle"), run_look(direct))
    return bool(look.get("vanish"))


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = list(element)
