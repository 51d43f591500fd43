"""Markdown as HTML: the same words as in Word, and nothing that an author typed as markup."""

import re
from random import Random

import html5lib
import pytest
from hypothesis import given, settings
from lxml import etree
from printed_prose import Document, parsed
from random_text import Pen, block
from test_prose_laws import MARKS, NOTE_MARKS, documents, words_of

from boardpack.html import prose, tables
from boardpack.html.markup import element, escape
from boardpack.html.tables import Cell, Row
from boardpack.word import prose as word
from boardpack.word.markup import paragraph, run

BLOCKS = frozenset(
    "p li td th h1 h2 h3 h4 h5 h6 pre br caption figure figcaption dd dt".split()  # noqa: SIM905
)


class Page:
    """A sink that prints all that it is given, where it is given."""

    def __init__(self):
        self.notes = []

    def image(self, source, alt, title):
        return "".join(element("p", escape(text)) for text in (alt, source, title))

    def footnote(self, content):
        self.notes.append(content)
        return f" @note{len(self.notes)} "

    def reference(self, kind, target, *, opens):
        return escape(f"@{kind}:{target}")

    def placed(self, kind, target):
        return element("p", escape(f"{kind}{target}")) if kind in {"table", "figure"} else None


class Paper(Document):
    """The same for Word."""

    def footnote(self, content):
        self.notes.append(content)
        return run(f" @note{len(self.notes)} ")

    def table(self, rows, aligns, header):
        return "".join(paragraph(cell, '<w:pStyle w:val="TableText"/>') for row in rows for cell in row)


def soup(html):
    """The body of a page that holds this; a mistake in the HTML fails the test."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{html}</body></html>'
    return parser.parse(page).find("body")


def html_words(html):
    """The words of a page in order, without the numbers that Word counts by itself."""
    parts = []

    def walk(node):
        apart = " " if node.tag in BLOCKS else ""
        parts.append(apart)
        if node.get("class") != "number":
            parts.append(node.text or "")
            for child in node:
                walk(child)
                parts.append(child.tail or "")
        parts.append(apart)

    walk(soup(html))
    return "".join(parts).split()


def word_words(xml):
    """The words of Word's paragraphs in order."""
    parts = []
    for node in parsed(xml).iter():
        name = etree.QName(node).localname
        parts.append({"t": node.text or "", "p": " ", "br": " "}.get(name, ""))
    return "".join(parts).split()


def assert_same_words(markdown):
    page, paper = Page(), Paper()
    assert html_words(prose.blocks(markdown, page)) == word_words(word.blocks(markdown, paper))
    assert [html_words(note) for note in page.notes] == [word_words(note) for note in paper.notes]
    assert html_words(prose.inline(markdown, Page())) == word_words(paragraph(word.inline(markdown, Paper()), ""))


@settings(max_examples=300, deadline=None)
@given(documents(MARKS + NOTE_MARKS))
def test_any_text_has_the_words_that_word_prints(markdown):
    assert_same_words(markdown)


@pytest.mark.parametrize("seed", range(40))
def test_random_prose_has_the_words_that_word_prints(seed):
    pen = Pen(Random(seed), hostile=True)
    for _ in range(6):
        assert_same_words(block(pen, ["table:a", "item:b", "section:c"]).source)


@settings(max_examples=200, deadline=None)
@given(documents(MARKS))
def test_every_word_prints_in_order(markdown):
    assert words_of(" ".join(html_words(prose.blocks(markdown, Page())))) == words_of(markdown)


# --- What is typed is text --------------------------------------------------------------------------------

# The raw HTML of CommonMark's specification (0.31.2, sections 4.6 and 6.6), which is text here.
RAW_HTML = [
    "<table><tr><td>\n<pre>\n**Hello**,\n\n_world_.\n</pre>\n</td></tr></table>",
    " <div>\n  *hello*\n         <foo><a>",
    "</div>\n*foo*",
    '<DIV CLASS="foo">\n\n*Markdown*\n\n</DIV>',
    '<div id="foo"\n  class="bar">\n</div>',
    "<div>\n*foo*\n\n*bar*",
    '<div id="foo"\n*hi*',
    "<div *???-&&&-<---\n*foo*",
    '<div><a href="bar">*foo*</a></div>',
    "<Warning>\n*bar*\n</Warning>",
    '<pre language="haskell"><code>\nimport Text.HTML.TagSoup\n\nmain :: IO ()\n</code></pre>\nokay',
    '<script type="text/javascript">\n// JavaScript example\n\ndocument.getElementById("demo");\n</script>\nokay',
    "<textarea>\n\n*foo*\n\n_bar_\n\n</textarea>",
    '<style\n  type="text/css">\nh1 {color:red;}\n\np {color:blue;}\n</style>\nokay',
    "<style>p{color:red;}</style>\n*foo*",
    "<!-- foo -->*bar*\n*baz*",
    "<script>\nfoo\n</script>1. *bar*",
    "<!-- Foo\n\nbar\n   baz -->\nokay",
    "<?php\n\n  echo '>';\n\n?>\nokay",
    "<!DOCTYPE html>",
    "<![CDATA[\nfunction matchwo(a,b)\n{\n  if (a < b && a < 0) then {\n    return 1;\n  }\n}\n]]>\nokay",
    "<a><bab><c2c>",
    "<a/><b2/>",
    '<a  /><b2\ndata="foo" >',
    '<a foo="bar" bam = \'baz <em>"</em>\'\n_boolean zoop:33=zoop:33 />',
    'Foo <responsive-image src="foo.jpg" />',
    "<33> <__>",
    '<a h*#ref="hi">',
    "</a></foo >",
    "foo <!-- this is a --\ncomment - with hyphens -->",
    "foo <!--> foo -->",
    "foo <![CDATA[>&<]]>",
    'foo <a href="&ouml;">',
]
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<body onload=alert(1)>",
    "</p></article><script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a]( javascript:alert(1))",
    "[a](vbscript:msgbox(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](file:///etc/passwd)",
    "[a](//example.org/evil)",
    "[a](\\\\example.org)",
    "[a](/\\example.org)",
    "[a](blob:https://example.org/1)",
    "[a](feed:javascript:alert(1))",
    "[a](#anchor)",
    "[a](funding.html)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[a](https://example.org "x" onmouseover="alert(1)")',
    '[a](https://example.org/"onmouseover=alert(1))',
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](figures/x.png)',
    "`<script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <b>x | </td><script> |",
    "x[^n]\n\n[^n]: <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{: onclick=alert(1) }",
    'text {: onclick="alert(1)" .x}',
]
KNOWN_TAGS = BLOCKS | frozenset(
    "body em strong code a ul ol blockquote hr table thead tbody tr div span sup".split()  # noqa: SIM905
)
KNOWN_ATTRIBUTES = {"class", "type", "start", "dir", "scope", "role", "tabindex", "aria-label", "href", "title"}


@pytest.mark.parametrize("markdown", RAW_HTML + ATTACKS)
def test_what_is_typed_is_text(markdown):
    assert_same_words(markdown)
    for html in (prose.blocks(markdown, Page()), prose.inline(markdown, Page())):
        body = soup(html)
        for node in body.iter():
            assert node.tag in KNOWN_TAGS
            assert set(node.keys()) <= KNOWN_ATTRIBUTES
            assert re.match(r"https?://[^/]|mailto:|tel:", node.get("href", "tel:")), node.get("href")


@pytest.mark.parametrize("raw", RAW_HTML)
def test_raw_html_prints_all_its_signs(raw):
    printed = "".join(soup(prose.inline(raw, Page())).itertext())
    assert sorted(re.findall(r"[<>/=]", raw)) == sorted(re.findall(r"[<>/=]", printed))


def test_what_html_forbids_is_replaced():
    assert prose.inline("a &#128; &#xFDD0;\u2028 b", Page()) == "a \ufffd \ufffd\u2028 b"


# --- Blocks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One\ntwo  \nthree", "<p>One two<br>three</p>"),
        ("a *b* **c** `d<`", "<p>a <em>b</em> <strong>c</strong> <code>d&lt;</code></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("(a) x\n(b) y", '<ol type="a" class="round lower-letter"><li>x</li><li>y</li></ol>'),
        ("i) x\nii) y", '<ol type="i" class="half lower-roman"><li>x</li><li>y</li></ol>'),
        ("> a\n> - b", "<blockquote><p>a</p><ul><li>b</li></ul></blockquote>"),
        ("- # a", "<ul><li><p><strong>a</strong></p></li></ul>"),
        ("### a\n\n##### b\n\n### c", "<h3>a</h3><h4>b</h4><h3>c</h3>"),
        ("    <a>\n      b", "<pre><code>&lt;a&gt;\n  b</code></pre>"),
        ("---", "<hr>"),
        ("שלום world", '<p dir="rtl">שלום world</p>'),
        ("[a](https://example.org/?b=1&c 'd')", '<p><a href="https://example.org/?b=1&amp;c" title="d">a</a></p>'),
        ("<a@example.org>", '<p><a href="mailto:a@example.org">a@example.org</a></p>'),
        ("[](item:a)", "<p>@item:a</p>"),
        ("[](table:a)", "<p>tablea</p>"),
        ("a [](table:a)", "<p>a @table:a</p>"),
        ("[x](ftp://example.org)", "<p>x (ftp://example.org)</p>"),
        ("&copy; &#163;", "<p>© £</p>"),
    ],
)
def test_blocks(markdown, html):
    assert prose.blocks(markdown, Page()) == html


def test_numbers_of_paragraphs():
    labels = iter(["1.1", "1.2"])
    place = prose.Place(number=lambda: next(labels))
    html = prose.blocks("One\n\nTwo\n{: .unnumbered}\n\n> Q\n\n- i\n\n[](table:a)\n\n### H\n\nThree", Page(), place)
    assert html == (
        '<p class="numbered"><span class="number">1.1</span> One</p><p>Two</p><blockquote><p>Q</p></blockquote>'
        '<ul><li>i</li></ul><p>tablea</p><h3>H</h3><p class="numbered"><span class="number">1.2</span> Three</p>'
    )


def test_lines_of_the_file():
    markdown = "A\nb\n\n- c\n- d\n  - A\n\n### H\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n    code\n\nz[^n]\n\n[^n]: note"
    page = Page()
    body = soup(prose.blocks(markdown, page, prose.Place(line=11)))
    found = [(node.tag, int(line)) for node in body.iter() if (line := node.get("data-line"))]
    assert found == [("p", 11), ("li", 14), ("li", 15), ("li", 16), ("h3", 18), ("table", 20), ("pre", 24), ("p", 26)]
    assert 'data-line="28"' in page.notes[0]


def test_time_grows_with_the_text():
    for piece in ("- ", "> ", "a\n\n", "[^a] ", "| a |\n|---|\n", "x\n### y\n", "*a ", "![a](b) "):
        html = prose.blocks(piece * 3000, Page(), prose.Place(line=1))
        assert len(html) < 3000 * 400


# --- Tables -----------------------------------------------------------------------------------------------


def test_a_table_of_figures():
    rows = [
        Row([Cell(""), Cell("ABG", right=True)], "header"),
        Row([Cell("South"), Cell("")], "group", line=7),
        Row([Cell("Basildon"), Cell("1", right=True)], line=8),
        Row([Cell("Total"), Cell("1", right=True)], "total"),
    ]
    assert tables.table(rows, caption="Table 1: Money", id="p1t1", line=5, named_rows=True) == (
        '<div class="frame" role="group" tabindex="0" aria-labelledby="p1t1c"><table id="p1t1" data-line="5">'
        '<caption id="p1t1c">Table 1: Money</caption>'
        '<thead><tr><td></td><th scope="col" class="figure">ABG</th></tr></thead>'
        '<tbody><tr class="group" data-line="7"><th scope="rowgroup" colspan="2">South</th></tr>'
        '<tr data-line="8"><th scope="row">Basildon</th><td class="figure">1</td></tr></tbody>'
        '<tfoot><tr class="total"><th scope="row">Total</th><td class="figure">1</td></tr></tfoot></table></div>'
    )
