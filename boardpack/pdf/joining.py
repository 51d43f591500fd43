"""Several PDF files -> one, as if it had been laid out at once: pages, outline, tags, names and links between them.

Each file comes from LibreOffice: explicit destinations, all names in the catalog's ``/Dests``, one structure tree below
one ``/Document``, integer keys in its parent tree (PDF 32000-1, 12.3.2, 12.3.3, 14.7.2 and 14.7.4.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from boardpack.pdf import OpenPdf

if TYPE_CHECKING:
    from pikepdf import Object, Pdf


def join(files: Sequence[OpenPdf], elsewhere: str) -> OpenPdf:
    """One PDF of these files in order.

    Links to addresses that begin with ``elsewhere`` and end with a name become links to the place of that name, or lead
    nowhere where none of the files has it. What catalog and properties say is what the first file's say. The files are
    used up.
    """
    target = files[0].pdf
    document = _Joined(target)
    sheets: dict[str, int] = {}
    for file in files:
        sheets |= {name: len(document.pages) + sheet for name, sheet in file.destinations.items()}
        document.take(file.pdf)
    document.finish(elsewhere)
    return OpenPdf(target, len(document.pages), sheets, tuple(file.pdf for file in files[1:]))


class _Joined:
    """The PDF in the making: its first file, and what the others bring."""

    def __init__(self, target: Pdf) -> None:
        self._target = target
        self.pages: list[Object] = []
        self._names: dict[str, Object] = {}
        self._roles: dict[str, Object] = {}
        self._elements: list[Object] = []
        self._parents: list[tuple[int, Object]] = []
        self._outline: list[Object] = []
        self._pictures: dict[bytes, Object] = {}

    def take(self, source: Pdf) -> None:
        """Bring a file's pages over, with all that leads to them, as one graph of objects."""
        from pikepdf import Dictionary, Name

        bundle = {key: source.Root[key] for key in ("/Dests", "/Outlines", "/StructTreeRoot") if key in source.Root}
        pages = [page.obj for page in source.pages]
        if source is not self._target:
            for page in pages:
                del page["/Parent"]
                page.Type = Name.Template  # qpdf copies no page for the sake of a reference to it
            brought: Any = self._target.copy_foreign(source.make_indirect(Dictionary({"/Pages": pages, **bundle})))
            pages, bundle = list(brought.Pages), brought
            for page in pages:
                page.Type = Name.Page
                self._target.pages.append(_page(page))
        self._read(pages, bundle)

    def _read(self, pages: Sequence[Object], bundle: Any) -> None:
        self.pages += pages
        self._names |= dict(bundle.get("/Dests", {}).items())
        if "/Outlines" in bundle:
            self._outline += _chain(bundle["/Outlines"])
        if "/StructTreeRoot" in bundle:
            self._read_tags(pages, bundle["/StructTreeRoot"])
        if pages:
            self._share_pictures(pages[0])

    def _read_tags(self, pages: Sequence[Object], root: Any) -> None:
        """The tags of a file, its keys in the parent tree raised above those of the files before."""
        from pikepdf import NumberTree

        raised = 1 + max((key for key, _ in self._parents), default=-1)
        for page in pages:
            for item, key in _keyed(page):
                item[key] = int(item[key]) + raised
        tree = NumberTree(root.ParentTree)
        self._parents += [(key + raised, element) for key, element in tree.items()]
        self._roles = {**dict(root.get("/RoleMap", {}).items()), **self._roles}
        for document in root.K:
            self._elements += list(document.get("/K", []))

    def _share_pictures(self, page: Any) -> None:
        """One picture for all that are the same, such as a crest on every cover; a file's pages share resources."""
        pictures: Any = page.Resources.get("/XObject", {})
        for name, picture in list(pictures.items()):
            digest = sha256(picture.read_raw_bytes()).digest()
            pictures[name] = self._pictures.setdefault(digest, picture)

    def finish(self, elsewhere: str) -> None:
        """Write the catalog's trees, and lead links to where their names are."""
        from pikepdf import Array, Dictionary, Name

        root: Any = self._target.Root
        root.Dests = Dictionary(self._names)
        tree = self._target.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        top = self._target.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array(self._elements))
        )
        for element in self._elements:
            element.P = top
        tree.K, tree.RoleMap = Array([top]), Dictionary(self._roles)
        nums = [each for pair in self._parents for each in pair]
        tree.ParentTree = self._target.make_indirect(Dictionary(Nums=Array(nums)))
        root.StructTreeRoot = tree
        self._chain_outline(root)
        for page in self.pages:
            _lead(page, elsewhere, self._names)

    def _chain_outline(self, root: Any) -> None:
        from pikepdf import Dictionary, Name

        if not self._outline:
            return
        outlines = self._target.make_indirect(Dictionary(Type=Name.Outlines))
        for before, after in zip(self._outline, self._outline[1:], strict=False):
            before.Next, after.Prev = after, before
        for item in self._outline:
            item.Parent = outlines
        outlines.First, outlines.Last = self._outline[0], self._outline[-1]
        outlines.Count = sum(1 + max(0, int(item.get("/Count", 0))) for item in self._outline)
        root.Outlines = outlines


def _page(page: Object) -> Any:
    from pikepdf import Page

    return Page(page)


def _chain(outlines: Any) -> Iterator[Object]:
    """The top lines of an outline in order."""
    item = outlines.get("/First")
    while item is not None:
        yield item
        item = item.get("/Next")


def _keyed(page: Any) -> Iterator[tuple[Any, str]]:
    """What has a key in the parent tree: a page for its content, its links each for itself."""
    if "/StructParents" in page:
        yield page, "/StructParents"
    for annotation in page.get("/Annots", []):
        if "/StructParent" in annotation:
            yield annotation, "/StructParent"


def _lead(page: Any, elsewhere: str, names: Mapping[str, Object]) -> None:
    """Lead the links of a page to where their names are.

    What is told by a name with a full stop behind it prints something else than its page: such a link has a place of
    its own, the same but for the magnification, so that it is not taken for one of those that must print the page.
    """
    from pikepdf import Array

    for annotation in page.get("/Annots", []):
        address = str(annotation.get("/A", {}).get("/URI", ""))
        if address.startswith(elsewhere):
            del annotation["/A"]
            name, stop, _ = address.removeprefix(elsewhere).partition(".")
            place: Any = names.get(f"/{name}")
            if place is not None:
                annotation.Dest = Array([*list(place)[:4], None]) if stop else place
