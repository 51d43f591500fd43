"""Lists in Markdown: what begins one, how it counts, what stands in it."""

import pytest
from printed_prose import Document, lines, parsed, text_of

from boardpack.word import prose
from boardpack.word.markup import list_indent


def lists(markdown):
    sink = Document()
    found = [line.partition(" ")[2] for line in lines(markdown, sink)]
    return sink.lists, found


@pytest.mark.parametrize("style", ["1.", "1)", "(1)", "a.", "a)", "(a)", "i.", "i)", "(i)", "A)", "(A)", "I)", "(I)"])
@pytest.mark.parametrize("lead", ["", "Lead:\n"])
def test_markers_keep_their_style(style, lead):
    numerals = {"1": "123", "a": "abc", "A": "ABC", "i": ("i", "ii", "iii"), "I": ("I", "II", "III")}
    kind = style.strip("().")
    items = "\n".join(f"{style.replace(kind, numeral)} item" for numeral in numerals[kind])
    found, printed = lists(lead + items)
    assert found == [(style, 1)]
    assert printed[-3:] == ["0.1: item"] * 3


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("A. one\nB. two", [("A.", 1)]),
        ("A.  one", [("A.", 1)]),
        ("2. two\n5. five", [("1.", 2)]),
        ("b) two\nc) three", [("a)", 2)]),
        ("(c) three", [("(a)", 3)]),
        ("h. x\ni. y\nj. z", [("a.", 8)]),
        ("i. x\nj. y", [("a.", 9)]),
        ("iv) x\nv) y\nvi) z", [("i)", 4)]),
        ("v) x\nvi) y", [("i)", 5)]),
        ("v) x\nw) y", [("a)", 22)]),
        ("a) x\nb) y\ni) z\nii) z\nc) x", [("a)", 1), ("i)", 1), ("a)", 3)]),
        ("1. x\na) y\nb) y\n2. x", [("1.", 1), ("a)", 1), ("1.", 2)]),
        ("1. x\n2) y", [("1.", 1)]),
        ("1. x\n1) y", [("1.", 1), ("1)", 1)]),
        ("- x\n* y\n+ z", [("bullet", 1)]),
        ("- x\n\n1. y\n\n- z", [("bullet", 1), ("1.", 1), ("bullet", 1)]),
        ("1. x\n1. y\n1. z", [("1.", 1)]),
        ("1974. x\n\n1985. y", [("1.", 1974), ("1.", 1985)]),
        ("1. x\n\ntext\n\n2. y", [("1.", 1), ("1.", 2)]),
    ],
)
def test_lists_begin_and_go_on(markdown, expected):
    assert lists(markdown)[0] == expected


@pytest.mark.parametrize(
    "markdown",
    [
        "It closed in\n2010. Then it opened",
        "It was said by\nA. Dawlish and\na. nobody else",
        "b. begins nothing",
        "v. Smith was heard",
        "i.e. this",
        "A. Dawlish said so.",
        "c. 1900 it was built",
        "p. 23 says so",
        "mix. of words",
        "12.5 million and -5 degrees",
        "the\n- ",
        "-",
        "1.",
        "2010-11 was",
        "e.g. this\ni.e. that",
        "(see) that",
        "12345. is too long",
    ],
)
def test_text_that_looks_like_a_list(markdown):
    sink = Document()
    found = lines(markdown, sink)
    assert not sink.lists
    assert "".join(found).replace("BodyText: ", "").split() == markdown.split()


@pytest.mark.parametrize("indent", [2, 4])
def test_nesting(indent):
    markdown = "1. a\n@- b\n@@(a) c\n@@(b) d\n@- e\n2. f\n@i) g".replace("@", " " * indent)
    found, printed = lists(markdown)
    assert found == [("1.", 1), ("bullet", 1), ("(a)", 1), ("i)", 1)]
    assert printed == ["0.1: a", "1.2: b", "2.3: c", "2.3: d", "1.2: e", "0.1: f", "1.4: g"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a.", "b.", ("a.", 2)),
        ("a)", "b)", ("a)", 2)),
        ("(a)", "(b)", ("(a)", 2)),
        ("i.", "ii.", ("i.", 2)),
        ("i)", "ii)", ("i)", 2)),
        ("(i)", "(ii)", ("(i)", 2)),
        ("1.", "2.", ("1.", 2)),
        ("2)", "3)", ("1)", 3)),
        ("iv.", "v.", ("i.", 5)),
        ("iv)", "v)", ("i)", 5)),
        ("(h)", "(i)", ("(a)", 9)),
        ("A. one\nB.", "C.", ("A.", 3)),
    ],
)
@pytest.mark.parametrize("between", ["[](table:x)", "A paragraph.", "| c |\n|---|\n| d |", "### Head", "- one\n- two"])
def test_lists_go_on_after_other_blocks(first, second, expected, between):
    found, printed = lists(f"{first} The table sets out\n\n{between}\n\n{second} All plans\nhave now")
    assert found[-1] == expected
    assert printed[-1].endswith(": All plans have now")


def test_lists_go_on_after_lists_of_other_kinds():
    assert lists("a. one\n\ntext\n\n1. two\n2. three\n\nb. four")[0] == [("a.", 1), ("1.", 1), ("a.", 2)]


def test_lists_within_items_go_on_after_other_blocks():
    markdown = "1. one\n   a. two\n\n[](table:x)\n\n   b. three\n\ntext\n\n2. four\n\n   c. five"
    assert lists(markdown)[0] == [("1.", 1), ("a.", 1), ("a.", 2), ("1.", 2), ("a.", 3)]


@pytest.mark.parametrize("marker", ["b)", "(b)", "ii)", "(ii)", "3)", "3.", "ii.", "xiv."])
def test_sure_markers_begin_at_any_number(marker):
    found, printed = lists(f"text\n\n{marker} words")
    assert found[0][1] > 1
    assert printed[-1] == "0.1: words"


@pytest.mark.parametrize(
    "text",
    ["A. Dawlish", "D. Smith", "c. 1900", "p. 5", "p. five", "e.g. this", "i.e. this", "v. Smith", "C. 3 words"],
)
def test_abbreviations_after_a_list_are_text(text):
    assert lines(f"a. one\nb. two\n\nA. one\nB. two\n\npara\n\n{text}")[-1] == f"BodyText: {text}"


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize("indent", ["  ", "   ", "    ", "\t"])
def test_items_that_nest_alone(indent, blank):
    markers = ["1.", "a.", "i.", "A."]
    text = f"\n{blank}".join(f"{indent * level}{marker} w{level}" for level, marker in enumerate(markers))
    found, printed = lists(text)
    assert found == [(marker, 1) for marker in markers]
    assert printed == [f"{level}.{level + 1}: w{level}" for level in range(4)]


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize(
    "marker", ["-", "1.", "4.", "4)", "(4)", "a.", "a)", "(a)", "A.", "A)", "(A)", "I.", "i.", "(i)", "b.", "d)", "ii."]
)
def test_any_marker_nests(marker, blank):
    markdown = f"10. one\n{blank}  {marker} two\n11. three"
    found, printed = lists(markdown)
    assert found[0] == ("1.", 10)
    assert len(found) == 2
    assert printed == ["0.1: one", "1.2: two", "0.1: three"]


@pytest.mark.parametrize(
    "text",
    [
        "1. It was said by\nA. Dawlish",
        "1. It was built\n   c. 1900 by them",
        "1. It closed in\n   2010. Then it opened",
        "1. Jones\n   v. Smith",
        "1. It says so on\n   p. 5 and on",
        "1. It was said by all who were there, and more than once, by\n   D. Smith",
        "1. This is so under the rules of the boards and under section 4\n   (b) of the Act and section\n   e.g. this",
        "- The board met on the last day of the month of December in the year\n  12. It had met before",
    ],
)
def test_wrapped_text_in_an_item_is_text(text):
    found, printed = lists(text)
    assert len(found) == 1
    assert printed == ["0.1: " + " ".join(text.split()[1:])]


def test_items_hold_blocks():
    markdown = (
        "1. a\n   b\n\n   c\n\n   > d\n\n   | e |\n   |---|\n   | f |\n\n    ```\n    g\n    ```\n"
        "2. ### h\n\n3. - i\n\n        j\n\n  ---\n\nk"
    )
    assert lines(markdown) == [
        "ListNumber 0.1: a b",
        "ListContinue +425: c",
        "Quote +850: d",
        "tbl: ef",
        "CodeBlock +425: g",
        "ListNumber 0.1: h",
        "ListNumber 0.1:",
        "ListBullet 1.2: i",
        "CodeBlock +850: j",
        "ListContinue +425 pBdr:",
        "BodyText: k",
    ]


def test_loose_items_and_hard_breaks():
    assert lines("- a  \n  b\n\n- c\n{: .x}\n\n\n- d") == [
        "ListBullet 0.1: a/b",
        "ListBullet 0.1: c",
        "ListBullet 0.1: d",
    ]


def test_tabs():
    assert lines("-\ta\n\t- b\n\n\tc\n\ta\tb") == [
        "ListBullet 0.1: a",
        "ListBullet 1.2: b",
        "ListContinue +425: c a   b",
    ]


def test_deep_nesting_ends():
    root = parsed(prose.blocks("\n".join(f"{'  ' * level}- w{level}" for level in range(60)), Document()))
    assert all(f"w{level}" in text_of(root) for level in range(60))
    assert parsed(prose.blocks(">" * 5000 + " a", Document())) is not None
    assert parsed(prose.blocks("- " * 5000 + "a", Document())) is not None


def test_list_indent_grows_by_level():
    assert [list_indent(level) for level in range(3)] == [425, 850, 1275]
