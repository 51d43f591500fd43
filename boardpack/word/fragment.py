"""A stretch of the document with everything that it needs of the package around it.

Each paper is rendered once, into one fragment. The pack is all fragments in order and a covering report one of them
alone, so ids are drawn from one :class:`Ids` and stay what they are wherever the fragment goes. Relationships are named
by what they lead to, so that those of two fragments are the same or do not meet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import count

from boardpack.word.markup import escape
from boardpack.word.numbering import BULLETS, Level, List
from boardpack.word.template import Attachment, Shell

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REFERENCED = re.compile(r'(r:(?:id|embed|link|pict)=")([^"]+)"')
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*"')
_DRAWN = re.compile(
    r'<w:numId w:val="(?P<list>\d+)|<w:bookmark(?:Start|End) w:id="(?P<bookmark>\d+)'
    r'|<w:footnoteReference w:id="(?P<note>\d+)|<(?:wp:docPr|pic:cNvPr)\b[^>]*?\bid="(?P<drawing>\d+)'
)
"""Ids that are drawn from :class:`Ids`. No text can look like them, since its ``<`` is escaped."""
EMU_PER_TWIP = 635


@dataclass(frozen=True)
class Ids:
    """The one source of every id of a build: unique in the pack, the same in every build."""

    list: count[int] = field(default_factory=lambda: count(BULLETS.id + 1))
    note: count[int] = field(default_factory=lambda: count(1))
    bookmark: count[int] = field(default_factory=lambda: count(1))
    drawing: count[int] = field(default_factory=lambda: count(1))


@dataclass(frozen=True, slots=True)
class Running:
    """A header or footer of one section: its relationship id, ``header`` or ``footer``, its content."""

    id: str
    kind: str
    xml: str
    attachments: dict[str, Attachment]


@dataclass(frozen=True, slots=True)
class Vector:
    """What the PDF shows in place of a picture: a page, counted from 1, of a PDF whose pages each draw one form."""

    pdf: bytes
    page: int


@dataclass
class Fragment:
    """Word XML in the making, and what it refers to."""

    ids: Ids
    xml: list[str] = field(default_factory=list)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    lists: list[List] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    bookmarks: set[str] = field(default_factory=set)
    vectors: dict[str, Vector] = field(default_factory=dict)
    """By the bookmark on the page where its picture stands, alone of its kind."""

    def new_list(self, kind: str, start: int = 1, levels: tuple[int, ...] = (0,)) -> int:
        """The ``w:numId`` of a list of its own that counts at these levels; bullets share one."""
        item = BULLETS if kind == BULLETS.kind else List(next(self.ids.list), kind, start, levels)
        self.lists.append(item)
        return item.id

    def own_list(self, levels: tuple[Level, ...]) -> int:
        """The ``w:numId`` of a list that counts as these levels say."""
        item = List(next(self.ids.list), "own", own=levels)
        self.lists.append(item)
        return item.id

    def new_note(self, content: str) -> int:
        """The id of a footnote with these paragraphs."""
        id = next(self.ids.note)
        self.notes.append((id, content))
        return id

    def attach(self, attachment: Attachment) -> str:
        """The relationship id of a picture or an address, one for each however often it is used."""
        for id, other in self.attachments.items():
            if other == attachment:
                return id
        id = _relationship(attachment)
        self.attachments[id] = attachment
        return id

    def link(self, url: str) -> str:
        """The relationship id of an address outside the document."""
        return self.attach(Attachment(f"{RELATIONSHIPS}/hyperlink", url, True, b""))

    def bookmark(self, name: str, content: str = "") -> str:
        """A bookmark around runs, or at a point (``w:bookmarkStart``, 17.13.6.2)."""
        self.bookmarks.add(name)
        id = next(self.ids.bookmark)
        return f'<w:bookmarkStart w:id="{id}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{id}"/>'

    def shell(self, shell: Shell, values: dict[str, object]) -> str:
        """A shell filled in, with its pictures and links brought along and its ids made unique."""
        xml = shell.render(values)
        ids = {old: self.attach(attachment) for old, attachment in shell.attached(xml).items()}
        if ids:
            xml = _REFERENCED.sub(lambda m: f'{m[1]}{ids.get(m[2], m[2])}"', xml)
        return _DRAWING.sub(lambda m: f'{m[1]}{next(self.ids.drawing)}"', xml)

    def run_in(self, kind: str, shell: Shell, values: dict[str, object]) -> str:
        """A header or footer from its shell: the reference that a section's properties hold."""
        xml = shell.render(values)
        attachments = shell.attached(xml)
        id = _named(kind, xml, *(f"{old} {_relationship(each)}" for old, each in attachments.items()))
        known = next((other for other in self.running if other.id == id), None)
        if known is None:
            xml = _DRAWING.sub(lambda m: f'{m[1]}{next(self.ids.drawing)}"', xml)
            known = Running(id, kind, xml, attachments)
            self.running.append(known)
        return running_reference(known)

    def renumbered(self, ranks: dict[str, dict[str, str]]) -> Fragment:
        """The same with ids that count from 1, in a document where no others stand than those that ``ranks`` knows.

        ``ranks`` learns the new ids of each kind by the old ones.
        """

        def rank(kind: str, id: str) -> str:
            bullets = {"0": "0", str(BULLETS.id): str(BULLETS.id)} if kind == "list" else {}
            known = ranks.setdefault(kind, bullets)
            return known.setdefault(id, str(len(known) if kind == "list" else len(known) + 1))

        def changed(match: re.Match[str]) -> str:
            kind = match.lastgroup or ""
            return match[0].removesuffix(match[kind]) + rank(kind, match[kind])

        def all_of(xml: str) -> str:
            return _DRAWN.sub(changed, xml)

        return replace(
            self,
            ids=Ids(),
            xml=[all_of(each) for each in self.xml],
            running=[replace(each, xml=all_of(each.xml)) for each in self.running],
            notes=[(int(rank("note", str(id))), all_of(content)) for id, content in self.notes],
            lists=[replace(each, id=int(rank("list", str(each.id)))) for each in self.lists],
        )

    def picture(self, data: bytes, suffix: str, width: int, height: int, alt: str, *, stand_in: bytes = b"") -> str:
        """A run with a picture of this size in twentieths of a point (``wp:inline``, 20.4.2.8).

        With a ``stand_in``, a PNG, the document is laid out with that.
        """
        id = self.attach(Attachment(f"{RELATIONSHIPS}/image", f"picture.{suffix}", False, data, stand_in))
        number, words = next(self.ids.drawing), escape(alt)
        size = f'cx="{width * EMU_PER_TWIP}" cy="{height * EMU_PER_TWIP}"'
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="Picture" descr="{words}"/>'
            '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture" descr="{words}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{id}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )


def _relationship(attachment: Attachment) -> str:
    return _named(attachment.type, attachment.target, attachment.data, attachment.stand_in)


def _named(*content: str | bytes) -> str:
    """A relationship id that says what it leads to."""
    total = sha256()
    for each in content:
        data = each.encode() if isinstance(each, str) else each
        total.update(b"%d " % len(data) + data)
    return f"rId{total.hexdigest()[:16]}"


def running_reference(running: Running) -> str:
    """``w:headerReference`` or ``w:footerReference`` (17.10.5, 17.10.2)."""
    return f'<w:{running.kind}Reference w:type="default" r:id="{running.id}"/>'
