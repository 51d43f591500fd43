"""What holds of every Markdown text: no word is lost, the XML is sound, time grows with the text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed_prose import NUMBERED, Document, W, parsed, text_of

from boardpack.word import prose

MARKS = [
    " ", " ", "\n", "\n\n", "  \n", "\\\n", "\t", "  ", "    ", "- ", "* ", "1. ", "2) ", "a. ", "(a) ",
    "b. ", "ii. ", "i) ", "A. ", "2010. ", "> ", "# ", "### ", "---", "===", "***", "```", "~~~", "|",
    "\n|---|---|\n", "|", "*", "**", "_", "`", "``", "[", "]", "(", ")", "](", "![", "<", ">", "&", ";",
    "&amp;", "\\", '"', "'", "<b>", "<!--", "-->", "{{ ", " }}", "{% ", "!", "](https://example.org/", "](figures/",
    "[](", "[](table:", "שלום", "é", "🙂", "。", ".",
]  # fmt: skip
NOTE_MARKS = ["[^", "[^n]", "[^n]: ", "\n\n[^n]: ", "\n[^m]: ", "[^m]"]


def documents(marks):
    """Texts of words, each of its own, among marks in any order."""
    pieces = st.lists(st.one_of(st.sampled_from(marks), st.just(None)), max_size=60)
    return pieces.map(lambda found: "".join(f"w{at}x" if piece is None else piece for at, piece in enumerate(found)))


def words_of(text):
    """The numbers of the words in this text, in order; a link whose text is its address counts once."""
    return list(dict.fromkeys(int(number) for number in re.findall(r"w(\d+)x", text)))


@settings(max_examples=400, deadline=None)
@given(documents(MARKS), st.booleans())
def test_every_word_prints_in_order(markdown, numbered):
    root = parsed(prose.blocks(markdown, Document(), numbered=NUMBERED if numbered else ""))
    assert words_of(text_of(root)) == words_of(markdown)


@settings(max_examples=300, deadline=None)
@given(documents(MARKS + NOTE_MARKS * 4))
def test_every_word_prints_with_notes(markdown):
    root = parsed(prose.blocks(markdown, Document()))
    assert set(words_of(text_of(root))) == set(words_of(markdown))


@settings(max_examples=300, deadline=None)
@given(documents(MARKS + NOTE_MARKS))
def test_every_word_of_a_line_prints_in_order(markdown):
    root = parsed(prose.inline(markdown, Document()))
    assert words_of(text_of(root)) == words_of(markdown)
    assert root.find(f".//{{{W}}}p") is None


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), max_size=80))
def test_any_text_is_well_formed(text):
    parsed(prose.blocks(text, Document(), numbered=NUMBERED))
    parsed(prose.inline(text, Document()))
    prose.plain(text)


PLAIN = st.text(st.sampled_from("abiA12 .,)(-\n\n!?:;=#~+>é\u00a0ש/'\"&"), max_size=60)


@settings(max_examples=500, deadline=None)
@given(PLAIN, st.booleans())
def test_the_short_way_and_the_long_way_agree(text, numbered):
    properties = NUMBERED if numbered else ""
    short = prose.blocks(text, Document(), numbered=properties)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_is_plain", lambda text: False)
        assert prose.blocks(text, Document(), numbered=properties) == short


@pytest.mark.parametrize(
    "piece",
    [
        "- ", "> ", "1. a\n", "a)\n", "```a\n", "~~~~\n```\n", "| a |\n|---|\n", "|", "`|", "# ", "a\n- ",
        "[^a]: b\n", "a. b\n", "- a\n  - b\n", "> - ", "\n", "    a\n", "{: .a}\n", " {: ", "=\n",
        "- a\n  A. b\n", "1. a\n  d. b\n  c\n",
    ],
)  # fmt: skip
def test_time_grows_with_the_text(piece):
    assert parsed(prose.blocks(piece * (20_000 // len(piece)), Document())) is not None
