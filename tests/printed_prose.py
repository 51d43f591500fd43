"""A document that shows what prose puts into it, and its paragraphs in short."""

from dataclasses import dataclass, field

from lxml import etree

from boardpack.word import prose
from boardpack.word.markup import paragraph, run

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NUMBERED = '<w:pStyle w:val="Numbered"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="99"/></w:numPr>'
PARAGRAPH_ORDER = ["pStyle", "keepNext", "numPr", "pBdr", "shd", "bidi", "spacing", "ind", "jc"]
RUN_ORDER = ["rStyle", "b", "bCs", "i", "iCs", "rtl"]


@dataclass
class Document:
    """A sink that prints all that it is given, where it is given."""

    lists: list = field(default_factory=list)
    links: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    printed_notes: bool = True

    def link(self, url):
        self.links.append(url)
        return url

    def image(self, source, alt, title):
        return "".join(paragraph(run(text), '<w:pStyle w:val="Figure"/>') for text in (alt, source, title))

    def footnote(self, content):
        self.notes.append(content)
        return f"<w:note>{content}</w:note>"

    def list(self, style, start, level):
        self.lists.append((style, start))
        return len(self.lists)

    def reference(self, kind, target, *, opens):
        return run(f"@{kind}:{target}")

    def placed(self, kind, target):
        return f"<w:placed>{run(kind)}{run(target)}</w:placed>" if kind in {"table", "figure"} else None

    def table(self, rows, aligns, header):
        self.tables.append((list(aligns), header))
        cells = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
        return f"<w:tbl>{cells}</w:tbl>"


def parsed(xml):
    root = etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:r="{R}">{xml}</w:body>')
    for each in root.iter(f"{{{W}}}p"):
        names = [etree.QName(child).localname for child in each]
        assert names[0] == "pPr"
        assert "pPr" not in names[1:]
        assert_order(each[0], PARAGRAPH_ORDER)
    for each in root.iter(f"{{{W}}}rPr"):
        assert each.getparent()[0] is each
        assert_order(each, RUN_ORDER)
    return root


def assert_order(properties, order):
    places = [order.index(etree.QName(child).localname) for child in properties]
    assert places == sorted(set(places))


def text_of(element):
    """All that a reader may see, in order; the address and title of a link behind its text."""
    parts = []
    for node in element:
        name = etree.QName(node).localname
        if name == "t":
            parts.append(node.text or "")
        elif name == "br":
            parts.append("/")
        else:
            parts += [text_of(node), *(f" {value}" for value in node.attrib.values() if name == "hyperlink")]
        parts.append("\n" if name == "p" else "")
    return "".join(parts)


def lines(markdown, sink=None, **options):
    """One line for each paragraph: its style, level and list, indent, and text."""
    root = parsed(prose.blocks(markdown, sink or Document(), **options))
    return [line_of(each) for each in root]


def line_of(block):
    if not block.tag.endswith("}p"):
        return f"{etree.QName(block).localname}: {text_of(block)}"
    w = {"w": W}
    style = block.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=w)
    number = ".".join(block.xpath("w:pPr/w:numPr/*/@w:val", namespaces=w))
    left = block.xpath("string(w:pPr/w:ind/@w:left)", namespaces=w)
    signs = "".join(name for name in ("bidi", "pBdr") if block.find(f"w:pPr/w:{name}", w) is not None)
    where = " ".join(part for part in (style, number, left and f"+{left}", signs) if part)
    return f"{where}: {text_of(block)}".rstrip(" ")
