"""Markdown as WordprocessingML: all but lists, which have tests of their own."""

import pytest
from printed_prose import NUMBERED, Document, R, W, line_of, lines, parsed, text_of

from boardpack.word import prose
from boardpack.word.markup import escape
from boardpack.word.numbering import NUMBERED_INDENT

# --- Paragraphs -----------------------------------------------------------------------------------


def test_paragraphs():
    assert lines("One\ntwo.\n\nThree  \nfour\\\nfive & six < seven") == [
        "BodyText: One two.",
        "BodyText: Three/four/five & six < seven",
    ]


def test_plain_text_has_no_other_properties():
    assert prose.blocks("A & B", Document()) == (
        '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t xml:space="preserve">A &amp; B</w:t></w:r></w:p>'
    )


def test_emphasis():
    assert prose.inline("*a* **b** `c`", Document()) == (
        '<w:r><w:rPr><w:rStyle w:val="Emphasis"/></w:rPr><w:t xml:space="preserve">a</w:t></w:r>'
        '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t xml:space="preserve">b</w:t></w:r>'
        '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="VerbatimChar"/></w:rPr><w:t xml:space="preserve">c</w:t></w:r>'
    )


def test_numbered_paragraphs_and_those_that_are_not():
    markdown = (
        "One\n\nTwo\n{: .unnumbered}\n\n> Quote\n\n- item\n\n[](table:a)\n\nThree {: .unnumbered #id}\n\n"
        "### Head\n\n[](item:a)\n\n{: .unnumbered}"
    )
    left = NUMBERED_INDENT + 425
    assert lines(markdown, numbered=NUMBERED, style="Text") == [
        "Numbered 1.99: One",
        f"Text +{NUMBERED_INDENT}: Two",
        f"Quote +{left}: Quote",
        f"ListBullet 0.1 +{left}: item",
        "placed: tablea",
        f"Text +{NUMBERED_INDENT}: Three",
        "Heading3: Head",
        "Numbered 1.99: @item:a",
        "Numbered 1.99: {: .unnumbered}",
    ]


def test_attributes_that_are_not_attributes_print():
    assert lines("a {: words here}\n\n{{ b }}\n{% raw %}\n\nc\n{ .d }\n\n`{: .x}`") == [
        "BodyText: a {: words here}",
        "BodyText: {{ b }} {% raw %}",
        "BodyText: c { .d }",
        "BodyText: {: .x}",
    ]


def test_headings_and_rules():
    markdown = "# A\n## B ##\n### C {: #c}\ntext\n#### D\n##### E\n###### F\n#1 G\n\nH\n===\n\n---\ni\nj\n***"
    assert lines(markdown) == [
        "Heading3: A", "Heading3: B", "Heading3: C", "BodyText: text", "Heading4: D", "Heading5: E",
        "Heading5: F", "BodyText: #1 G", "Heading3: H", "BodyText pBdr:", "BodyText: i j", "BodyText pBdr:",
    ]  # fmt: skip


def test_quotations():
    assert lines("> one\nlazy\n>\n> - a\n>\n>   b\n>\n> > deeper\n\nafter > this") == [
        "Quote: one lazy",
        "ListBullet 0.1 +850: a",
        "ListContinue +850: b",
        "Quote +850: deeper",
        "BodyText: after > this",
    ]


def test_code():
    fenced = "```python\nif a < b:\n\n    *c*\n```\n\n~~~\n```\n~~~\n\n"
    assert lines(fenced + "    indented\n\n      more\n\n- a\n\n  ```\n  b\n  ```") == [
        "CodeBlock: if a < b://    *c*",
        "CodeBlock: ```",
        "CodeBlock: indented//  more",
        "ListBullet 0.1: a",
        "CodeBlock +425: b",
    ]  # fmt: skip


def test_fence_without_end_is_text():
    assert lines("```\na\n\nb") == ["BodyText: ``` a", "BodyText: b"]
    assert lines("``` some words\na\n```") == ["BodyText: some words a"]


def test_html_prints_as_typed():
    markdown = '<b>x</b> <script src="a">y</script>\n\n<!-- *c* -->\n\n<div>\n\n&lt; &copy; &unknown;'
    assert lines(markdown) == [
        'BodyText: <b>x</b> <script src="a">y</script>',
        "BodyText: <!-- *c* -->",
        "BodyText: <div>",
        "BodyText: < © &unknown;",
    ]


# --- Links, pictures, references ------------------------------------------------------------------


def test_links():
    sink = Document()
    xml = prose.inline('[*a*](https://example.org/x?y=1&z=2 "Tip") <mailto:a@example.org>', sink)
    assert sink.links == ["https://example.org/x?y=1&z=2", "mailto:a@example.org"]
    link = parsed(xml)[0]
    assert link.get(f"{{{R}}}id") == sink.links[0]
    assert link.get(f"{{{W}}}tooltip") == "Tip"
    assert link.xpath("string(w:r/w:rPr/w:rStyle/@w:val)", namespaces={"w": W}) == "Hyperlink"


@pytest.mark.parametrize(
    ("markdown", "printed"),
    [
        ("[a](javascript:alert(1))", "a (javascript:alert(1))"),
        ('[a](notes/b.md "c") d', 'a (notes/b.md "c") d'),
        ("[](notes/b.md)", "(notes/b.md)"),
        ("[a](https://) [b](http://[x) [c](mailto:nobody)", "a (https://) b (http://[x) c (mailto:nobody)"),
        ("<https://>", "https://"),
        ("<ftp://example.org>", "<ftp://example.org>"),
    ],
)
def test_links_that_word_cannot_follow_print_their_target(markdown, printed):
    sink = Document()
    assert text_of(parsed(prose.inline(markdown, sink))) == printed
    assert not sink.links


def test_addresses_are_made_safe():
    sink = Document()
    prose.inline("[a](<https://example.org/a b|c%>) [](tel:01632960001)", sink)
    assert sink.links == ["https://example.org/a%20b%7Cc%25", "tel:01632960001"]


def test_pictures_part_a_paragraph():
    markdown = 'before ![alt *x*](figures/a b.png "Caption") after\n\n![b](c.png)'
    assert lines(markdown, numbered=NUMBERED) == [
        "Numbered 1.99: before",
        "Figure: alt x",
        "Figure: figures/a b.png",
        "Figure: Caption",
        "BodyText: after",
        "Figure: b",
        "Figure: c.png",
        "Figure:",
    ]


def test_picture_where_none_can_stand_prints_as_typed():
    assert text_of(parsed(prose.inline('a ![b](c "d")', Document()))) == 'a ![b](c "d")'


def test_references_are_placed_only_when_alone():
    assert lines("[](table:a)\n\nSee [](table:a).\n\n[](forward-plan)\n\n- [](figure:b)") == [
        "placed: tablea",
        "BodyText: See @table:a.",
        "BodyText: @forward-plan:",
        "ListBullet 0.1:",
        "placed: figureb",
    ]


def test_what_the_sink_returns_is_not_touched():
    class Fields(Document):
        def reference(self, kind, target, *, opens):
            return "\0PAGE *x* & <\0"

    assert "\0PAGE *x* & <\0" in prose.blocks("a [](item:b) c", Fields())


# --- Notes ----------------------------------------------------------------------------------------


def test_notes():
    sink = Document()
    found = lines(
        "One[^a], *two[^b c]*, three[^d].\n\n[^d]: Last\n[^a]: First *note*\n\n    - list\n\n    end\n\nAfter",
        sink,
    )
    assert found[1:] == ["BodyText: After"]
    assert [line_of(each) for each in parsed(sink.notes[0])] == [
        "FootnoteText: First note",
        "FootnoteText 0.1: list",
        "FootnoteText: end",
    ]
    assert len(sink.notes) == 2
    assert "[^b c]" in found[0]


def test_notes_that_no_text_refers_to_print():
    assert lines("a[^1]\n\n[^2]: two [^3]\n\n[^3]: three\n[^1]: one [^3]\n[^1]: again") == [
        "BodyText: aone [^3]\n",
        "BodyText: [^2]: two three\n",
        "BodyText: [^1]: again",
    ]


def test_note_begins_and_ends_with_a_paragraph():
    sink = Document()
    prose.blocks("a[^1]\n\n[^1]:\n    | a | b |\n    |---|---|", sink)
    assert [line.partition(":")[0] for line in map(line_of, parsed(sink.notes[0]))] == [
        "FootnoteText", "tbl", "FootnoteText",
    ]  # fmt: skip


# --- Tables ---------------------------------------------------------------------------------------


def test_tables():
    sink = Document()
    markdown = "Lead:\n| *a* | b \\| c |\n|:-:|---:|\n| `d|e` | f | g |\n| h |\n{: .wide}\nSource: i"
    assert lines(markdown, sink) == [
        "BodyText: Lead:", "tbl: ab | cd|ef | gh", "BodyText: Source: i",
    ]  # fmt: skip
    assert sink.tables == [(["center", "right"], True)]


def test_table_without_a_head():
    sink = Document()
    assert lines("| | |\n|---|---|\n| a | b |", sink) == ["tbl: ab"]
    assert lines("| | |\n|---|---|", sink) == ["tbl: "]
    assert sink.tables == [(["", ""], False), (["", ""], True)]


def test_pipes_that_are_no_table():
    assert lines("a | b\nc | d") == ["BodyText: a | b c | d"]
    assert lines("| a | b |\n|---|") == ["BodyText: | a | b | |---|"]


# --- Right to left --------------------------------------------------------------------------------


def test_right_to_left():
    assert lines("שלום ועדה a\n\na שלום\n\n- (מרחבא) b\n\n**مرحبا** c") == [
        "BodyText bidi: שלום ועדה a",
        "BodyText: a שלום",
        "ListBullet 0.1 bidi: (מרחבא) b",
        "BodyText bidi: مرحبا c",
    ]
    runs = parsed(prose.inline("a **שלום, ועדה** 1 b", Document()))
    marked = [text_of(each) for each in runs if each.find(f"{{{W}}}rPr/{{{W}}}rtl") is not None]
    assert marked == ["שלום, ועדה"]


@pytest.mark.parametrize("text", ["e\u0301clair \U0001f468\u200d\U0001f469\u200d\U0001f467 हिन्दी 会议 \u00a0x \u2028y"])
def test_every_character_is_kept(text):
    assert text_of(parsed(prose.inline(text, Document()))) == text


# --- One line -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1. Note", "- a", "# b", "> c", "---", "(a) d", "    e f", "| g |", "h[^1]"])
def test_inline_has_no_blocks(text):
    sink = Document()
    assert text_of(parsed(prose.inline(text, sink))) == text.strip()
    assert not sink.lists


def test_inline_bold():
    xml = prose.inline("a *b* [c](https://example.org)", Document(), bold=True)
    # Emphasis too is bold here, beside what the house's style for it says.
    assert xml.count("<w:b/>") + xml.count('<w:rStyle w:val="Strong"/>') == xml.count("<w:r>")


def test_plain():
    markdown = " 1. *Note* [x](https://example.org)\n`c`  \nR&amp;D ![alt](a.png) [](item:q) <b> "
    assert prose.plain(markdown) == "1. Note x c R&D alt q <b>"


def test_escape_keeps_attributes_whole():
    assert escape('<a "b" & c>') == "&lt;a &quot;b&quot; &amp; c&gt;"
