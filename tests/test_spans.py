"""Inline Markdown as spans."""

import pytest

from boardpack.markdown.spans import parse, words


def shown(text):
    """The spans in short: ``*x*`` is italic, ``+x+`` bold, code in backticks, a link its address and text."""
    parts = []
    for span in parse(text):
        if span.kind == "text":
            form = {(True, True): "*+{}+*", (True, False): "+{}+", (False, True): "*{}*"}
            parts.append(form.get((span.bold, span.italic), "{}").format(span.text))
        elif span.kind == "image":
            parts.append(f"!{span.text}|{span.target}|{span.title}!")
        else:
            form = {"code": "`{}`", "break": "/", "link": "[", "end": "]", "note": "^{}", "reference": "@{}"}
            parts.append(form[span.kind].format(span.text))
            if span.kind == "link":
                parts.append(f"{span.target}|{span.title}: ")
    return "".join(parts)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("plain (words) - with: signs!", "plain (words) - with: signs!"),
        ("*a* **b** ***c*** _d_ __e__", "*a* +b+ *+c+* *d* +e+"),
        ("snake_case_word and a**b*c*d**", "snake_case_word and a+b+*+c+*+d+"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("~~struck~~", "~~struck~~"),
        (r"\*a\* C:\temp \\\\server a\_b", r"*a* C:\temp \\server a_b"),
        ("`a *b*` ``c ` d`` ` e ``f", "`a *b*` `c ` d` ` e ``f"),
        ("one\ntwo  \nthree\\\nfour", "one two/three/four"),
        ("ends with two spaces  ", "ends with two spaces"),
        ("ends with a backslash\\", "ends with a backslash\\"),
        ("[a *b*](https://example.org/x_y_z 'The title')", "[https://example.org/x_y_z|The title: a *b*]"),
        ("[a](<b c> \"d\") [e](f(g)h)", "[b c|d: a] [f(g)h|: e]"),
        ("[a] (b) [c]() [d](e f) [g][1] ]x[", "[a] (b) [c]() [d](e f) [g][1] ]x["),
        ("[a [b](c) d](e)", "[a [c|: b] d](e)"),
        ('![An *alt*](figures/my chart.png "Chart 1")', "!An alt|figures/my chart.png|Chart 1!"),
        ("[![alt](a.png)](b)", "[b|: ![alt](a.png)]"),
        ("<https://example.org>", "[https://example.org|: https://example.org]"),
        ("<a@example.org>", "[mailto:a@example.org|: a@example.org]"),
        ("<b>*x*</b> <i title='*'> a<b", "<b>*x*</b> <i title='*'> a<b"),
        ("<!-- *c* --> <?php *?>", "<!-- *c* --> <?php *?>"),
        ("<javascript:alert(1)> <ftp://x_y_z>", "<javascript:alert(1)> <ftp://x_y_z>"),
        ("&amp; &copy; &#8211; &#x2013; R&D; &nope; &#0; &#xD800;", "& © – – R&D; &nope; &#0; &#xD800;"),
        ("[](table:a) [](forward-plan) see[^1] \\[](x)", "@[](table:a) @[](forward-plan) see^[^1] [](x)"),
        ("{{ braces }} {% raw %} `x`{: .a} **y**{: #b} z{: .c}", "{{ braces }} {% raw %} `x` +y+ z{: .c}"),
        ("[a](https://example.org){: target=_blank}.", "[https://example.org|: a]."),
    ],
)  # fmt: skip
def test_parse(markdown, expected):
    assert shown(markdown) == expected


def test_words_of_spans_have_no_form():
    found = parse("A *b* `c`  \n[d](https://example.org) ![e](f.png) <https://example.org> [](item:g)")
    assert words(found) == "A b c d e https://example.org g"


HOSTILE = [
    "*", "_", "**a ", "*a _b ", "a**b*", "[", "![", "]", "[a](", "[](", "[a](b", "[a](<b", '[a](b "',
    "![a](b c ", "`", "`a``b", "<", "<a ", "<a b='", "<!--", "<a@", "<http:", "&", "&a", "\\", "\\*", "(",
    "{:", "{: .a", "  \n", "[^", "[^a]", "[a](b)", "![a](b)", "a  ", "[a](b(c",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text(piece):
    parse(piece * (40_000 // len(piece)))
    parse("[" * 15_000 + piece * (25_000 // len(piece)))
