"""A PDF -> what its pages show, in a new PDF. Only what an allow-list names comes along.

Contents, fonts, pictures and the like are copied. Scripts, actions, embedded files, comments, links, outlines, names,
form fields, properties and whatever else hangs on a page, a file or a resource stay behind. What a form field, a stamp
or a typed note shows becomes part of the page. References are to ISO 32000-1.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Page, Pdf, Rectangle, Stream

from boardpack.foreign import pictures
from boardpack.foreign.pdf_keys import KEPT, NAMES
from boardpack.model.sentences import listed

Doing = Callable[..., None]
Trim = tuple[float, float, float, float]
"""What is cut off a page as it is read, left, above, right and below, each as a share of its width or height."""
WHOLE: Trim = (0.0, 0.0, 0.0, 0.0)

MOST_PAGES = 2000
_MOST_OBJECTS, _DEEPEST = 200_000, 60
_SMALLEST, _LARGEST = 9.0, 1_000_000.0  # points: an eighth of an inch, 350 metres
_WIDE, _LONG = 744.0, 1052.0  # points: a quarter more than A4
_TAIL = 2048
_LOST = "what could not be repaired in it"

_DRAWN = frozenset(
    ("/Widget", "/Stamp", "/FreeText", "/Ink", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Watermark")
)
"""Annotations that are part of what a page shows (12.5.6)."""
_COMMENTS = frozenset(("/Text", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret"))
_SILENT = frozenset(("/Link", "/Popup", "/PrinterMark", "/TrapNet"))
_BROKEN = (
    pikepdf.PdfError,
    pikepdf.DependencyError,
    RuntimeError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
)
"""What pikepdf raises at files that break the rules."""
_ANEW = "open it in the program that it comes from, or in a PDF reader, and print it to a new PDF"


class RefusedError(Exception):
    """The file cannot be used; ``fault`` says why."""

    def __init__(self, code: str, message: str, help: str = _ANEW) -> None:
        super().__init__(message)
        self.fault = (code, message, help)


@dataclass
class Clean:
    """A cleaned file: its pages as forms, their sizes in points, and what was left out on which pages (0: anywhere).

    ``source`` is what pictures are drawn from. ``vector`` is off for a file whose layers hide something: a form would
    show it.
    """

    vectors: bytes
    source: bytes
    sizes: list[tuple[float, float]]
    vector: bool
    left: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def repaired(self) -> bool:
        """Whether something in the file was broken, so that what was copied may lack it."""
        return _LOST in self.left

    def faults(self) -> list[tuple[str, str, str]]:
        """What people should know of this file, each with its code and remedy."""
        return list(_faults(self))


def clean(path: Path, doing: Doing, trims: Sequence[Trim] = ()) -> Clean:
    """Open a PDF and copy what its pages show, less what is cut off each of them.

    Raises:
        RefusedError: if the file must not or cannot be used.
    """
    left: dict[str, set[int]] = defaultdict(set)
    try:
        with _opened(path, left) as pdf:
            _look_at_file(pdf, left)
            hidden = _hides_layers(pdf)
            if hidden:
                left["hidden layers"].add(0)
            _flatten(pdf, left, doing)
            source = _saved(pdf) if hidden else b""
            vectors, sizes = _copied(pdf, doing, trims)
            if pdf.get_warnings():
                left[_LOST].add(0)
    except _BROKEN as error:
        raise RefusedError("damaged-file", "is damaged, or breaks the rules of PDF where it matters") from error
    return Clean(vectors, source or vectors, sizes, not hidden, left)


def _opened(path: Path, left: dict[str, set[int]]) -> Pdf:
    try:
        try:
            pdf = pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)
        except pikepdf.PasswordError:
            raise
        except pikepdf.PdfError:
            with path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - _TAIL))
                ended = b"%%EOF" in file.read()
            if not ended:
                message = "is cut off: its end is missing, and pages with it perhaps"
                raise RefusedError("damaged-file", message, "copy the file again, or ask for it anew") from None
            pdf = pikepdf.open(path, suppress_warnings=True)
            left[_LOST].add(0)
    except pikepdf.PasswordError:
        help = "save it without a password, and name that file"
        raise RefusedError("encrypted-file", "asks for a password", help) from None
    count = len(pdf.pages)
    if not count:
        raise RefusedError("damaged-file", "has no pages")
    if count > MOST_PAGES:
        help = "split it, or put it on the web and name it under background_papers"
        raise RefusedError("file-limits", f"has {count:,} pages; {MOST_PAGES:,} are the most", help)
    return pdf


def _look_at_file(pdf: Pdf, left: dict[str, set[int]]) -> None:
    """Note what the catalogue holds beside pages (7.7.2); refuse files whose pages do not show what they hold."""
    root = pdf.Root
    if "/Collection" in root:
        help = "name the files that it holds, each as an appendix"
        raise RefusedError("wrong-kind", "is a portfolio: files in a wrapping, without pages of its own", help)
    form: Any = root.get("/AcroForm", {})
    if "/XFA" in form and bool(root.get("/NeedsRendering", False)):
        raise RefusedError("wrong-kind", "is a form that only Adobe’s programs show", "print it to a PDF there")
    names: Any = root.get("/Names", {})
    if "/JavaScript" in names or "/AA" in root or _acts(root.get("/OpenAction")):
        left["scripts and actions"].add(0)
    if "/EmbeddedFiles" in names or "/AF" in root:
        left["embedded files"].add(0)


def _acts(action: object) -> bool:
    """Whether what is done at opening is more than going to a page (12.6.4)."""
    return isinstance(action, Dictionary) and action.get("/S") != Name.GoTo


def _hides_layers(pdf: Pdf) -> bool:
    """Whether a layer may be off (8.11): then content is there that readers do not see."""
    layers: Any = pdf.Root.get("/OCProperties")
    if layers is None:
        return False
    default: Any = layers.get("/D", {})
    return len(default.get("/OFF", [])) > 0 or default.get("/BaseState", Name.ON) != Name.ON or "/AS" in default


def _flatten(pdf: Pdf, left: dict[str, set[int]], doing: Doing) -> None:
    """Make what forms and stamps show part of their pages; all else that is fixed to a page is left out."""
    shown = False
    for number, page in enumerate(pdf.pages, 1):
        if "/AA" in page.obj:
            left["scripts and actions"].add(number)
            del page.obj["/AA"]
        annotations = page.obj.get("/Annots")
        if annotations is None:
            continue
        doing("reading its comments and fields", number)
        kept = [each for each in annotations if isinstance(each, Dictionary) and _is_kept(each, number, left)]
        shown = shown or bool(kept)
        if kept:
            page.obj.Annots = Array(kept)
        else:
            del page.obj["/Annots"]
    if shown:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")


def _is_kept(annotation: Dictionary, number: int, left: dict[str, set[int]]) -> bool:
    kind = str(annotation.get("/Subtype", ""))
    if kind == "/Redact":
        help = "apply the redaction in the program that it was marked in: until then the words are still there"
        raise RefusedError("unsafe-file", f"marks words for redaction that are still in it (page {number})", help)
    if (_acts(annotation.get("/A")) and kind != "/Link") or "/AA" in annotation:
        left["scripts and actions"].add(number)
    for key in ("/A", "/AA"):
        if key in annotation:
            del annotation[key]
    if kind in _DRAWN:
        if kind == "/Widget":
            left["form fields to fill in"].add(number)
        return True
    if kind in _COMMENTS:
        left["comments"].add(number)
    elif kind == "/FileAttachment":
        left["embedded files"].add(number)
    elif kind not in _SILENT:
        left["sound, film and other objects"].add(number)
    return False


def _saved(pdf: Pdf) -> bytes:
    """The file itself without anything that acts, for drawing pictures of pages with layers."""
    for key in list(pdf.Root.keys()):
        if key not in {"/Type", "/Pages", "/OCProperties", "/Version"}:
            del pdf.Root[key]
    buffer = io.BytesIO()
    pdf.save(buffer, encryption=False)
    return buffer.getvalue()


def _copied(pdf: Pdf, doing: Doing, trims: Sequence[Trim]) -> tuple[bytes, list[tuple[float, float]]]:
    """A PDF that holds each page as a form and nothing else; the size of each page as it is read, in points."""
    target = Pdf.new()
    sizes: list[tuple[float, float]] = []
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        doing("reading it", number)
        form, size = _form(page, number, trims[number - 1] if trims else WHOLE)
        _prune(form, seen)
        width, height = (max(_SMALLEST, min(side, 14_400.0)) for side in size)
        sheet = target.add_blank_page(page_size=(width, height))
        sheet.obj.Resources = Dictionary(XObject=Dictionary(P=_squared(target, target.copy_foreign(form))))
        sheet.obj.Contents = target.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /P Do Q".encode())
        sizes.append(size)
    buffer = io.BytesIO()
    target.save(buffer, deterministic_id=True)
    return buffer.getvalue(), sizes


def _squared(target: Pdf, form: Any) -> Stream:
    """A form around this one that draws it in the unit square.

    The form itself keeps its size: in one whose matrix makes it that small, pdfium, and so Chrome, loses letters when
    it looks for words.
    """
    width, height = _extent(form)
    square = target.make_stream(f"q {1 / width:.12f} 0 0 {1 / height:.12f} 0 0 cm /P Do Q".encode())
    square.Type, square.Subtype, square.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    square.Resources = Dictionary(XObject=Dictionary(P=form))
    return square


def _extent(form: Any) -> tuple[float, float]:
    """The width and height of what a form shows, turned by its matrix."""
    box = Matrix(form.Matrix).transform(Rectangle(form.BBox))
    return float(box.width), float(box.height)


def _form(page: Page, number: int, trim: Trim) -> tuple[Stream, tuple[float, float]]:
    """A page as a form (8.10) that stands upright on its lower left corner, and its size in points."""
    left, bottom, right, top = _box(page)
    width, height = right - left, top - bottom
    if not (_SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST):
        raise RefusedError("damaged-file", f"has a page without a size that can be printed (page {number})")
    turn = round(_number(_inherited(page, "/Rotate"), 0.0) // 90 * 90 % 360)
    unit = _number(page.obj.get("/UserUnit"), 1.0)
    unit = unit if 0 < unit <= 1000 else 1.0
    wide, high = (height, width) if turn in {90, 270} else (width, height)
    shown = Rectangle(wide * trim[0], high * trim[3], wide * (1 - trim[2]), high * (1 - trim[1]))
    upright = _upright((left, bottom, right, top), turn)
    box = upright.inverse().transform(shown)
    form: Any = page.as_form_xobject(handle_transformations=False)
    form.BBox = Array([box.llx, box.lly, box.urx, box.ury])
    form.Matrix = (upright @ Matrix(1, 0, 0, 1, -shown.llx, -shown.lly)).as_array()
    return form, (float(shown.width) * unit, float(shown.height) * unit)


def _upright(box: tuple[float, float, float, float], turn: int) -> Matrix:
    """What turns a box clockwise by so many degrees and moves it to where both axes begin."""
    left, bottom, right, top = box
    return {
        90: Matrix(0, -1, 1, 0, -bottom, right),
        180: Matrix(-1, 0, 0, -1, right, top),
        270: Matrix(0, 1, -1, 0, top, -left),
    }.get(turn, Matrix(1, 0, 0, 1, -left, -bottom))


def _box(page: Page) -> tuple[float, float, float, float]:
    """What a reader shows of a page: its crop box where it lies within the media box (14.11.2)."""
    media = _rectangle(_inherited(page, "/MediaBox")) or (0.0, 0.0, 612.0, 792.0)
    crop = _rectangle(_inherited(page, "/CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _inherited(page: Page, key: str) -> object:
    """An attribute of a page, or of the nearest node above it that has one (7.7.3.4)."""
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node["/Parent"]
    return None


def _rectangle(value: object) -> tuple[float, float, float, float] | None:
    if not isinstance(value, Array) or len(value) != 4:
        return None
    x1, y1, x2, y2 = (_number(each, 0.0) for each in value)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _number(value: Any, other: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return other


def _prune(form: Stream, seen: set[tuple[int, int]]) -> None:
    """Take away every key that is not about how a page looks, from the form and all that it leads to."""
    waiting: list[tuple[Any, str, int]] = [(form, "", 0)]
    while waiting:
        value, role, depth = waiting.pop()
        if depth > _DEEPEST or len(seen) > _MOST_OBJECTS:
            raise RefusedError("file-limits", "is built more deeply, or of more parts, than any page needs")
        if isinstance(value, Array):
            waiting += [(each, "", depth + 1) for each in value if isinstance(each, (Array, Dictionary, Stream))]
        elif isinstance(value, (Dictionary, Stream)):
            if value.is_indirect and value.objgen != (0, 0):
                if value.objgen in seen:
                    continue
                seen.add(value.objgen)
                _bare(value)
            waiting += _kept(value, role, depth + 1)


def _bare(stream: Any) -> None:
    """Take out of a photograph what the camera noted in it (JPEG, 7.4.8)."""
    if isinstance(stream, Stream) and stream.get("/Filter") in (Name.DCTDecode, Array([Name.DCTDecode])):
        said: dict[str, Any] = {"filter": stream.get("/Filter"), "decode_parms": stream.get("/DecodeParms")}
        stream.write(pictures.bare(stream.read_raw_bytes()), **said)


def _kept(value: Any, role: str, depth: int) -> Iterator[tuple[Any, str, int]]:
    """What stays of a dictionary, each value with its own role: resources, or a dictionary of names (7.8.3)."""
    for key in list(value.keys()):
        if role == "names" or (role == "resources" and key in NAMES) or (role != "resources" and key in KEPT):
            child = value[key]
            if isinstance(child, (Array, Dictionary, Stream)):
                named = role == "resources" or key in {"/CharProcs", "/Colorants"}
                yield child, "resources" if key == "/Resources" else "names" if named and role != "names" else "", depth
        else:
            del value[key]


def _faults(clean: Clean) -> Iterator[tuple[str, str, str]]:
    out = [_on_pages(what, pages) for what, pages in clean.left.items()]
    if out:
        help = "compare the pack with it; what must be read, such as a comment, has to be typed into the document"
        yield "cleaned-file", f"goes into the pack without {listed(out)}", help
    large = {n for n, size in enumerate(clean.sizes, 1) if min(size) > _WIDE or max(size) > _LONG}
    if large:
        what = _on_pages("is much larger than A4 in places and prints small", large)
        yield "large-page", what, "see whether it can still be read; name it under background_papers as well if not"


def _on_pages(what: str, pages: set[int]) -> str:
    """The words with the pages, the first five of them."""
    numbers = sorted(pages - {0})
    if not numbers:
        return what
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return f"{what} (page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers[:5]))}{more})"
