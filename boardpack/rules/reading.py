"""Hints for papers that read well; each is given only to boards that ask for it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from boardpack.diagnostics import Finding, finding
from boardpack.model.meeting import Meeting, PaperState
from boardpack.model.paper import Paper
from boardpack.model.text import links
from boardpack.rules.patterns import later
from boardpack.rules.prose import BELOW, SECTION, TITLE, Block, line, of_minutes, of_paper, words

LONGEST_SENTENCE = 25
"""Words; the Government Digital Service's guidance for documents."""

WELL_KNOWN = frozenset(
    (
        *("UK", "US", "USA", "EU", "UN", "NHS", "BBC", "HM", "HMRC", "MP", "GP", "VAT", "GDPR", "AGM", "AOB", "CCTV"),
        *("IT", "PDF", "CSV", "HTML", "URL", "USB", "SMS", "CD", "DVD", "TV", "ID", "PIN", "FAQ", "ISBN", "ISO"),
        *("AM", "PM", "BST", "GMT", "OK", "NB", "PS", "CV", "DNA", "HIV", "AIDS", "MBE", "OBE", "CBE", "PLC", "LLP"),
    )
)
"""Abbreviations that readers know better than the words behind them."""

_ABBREVIATION = later(r"(?<![\w&/@#.-])([A-Z]{2,6})(?:s|['’]s)?(?![\w&-])")
_EXPLAINED = later(r"(?:,?\s(?:is|are|means|stands\sfor|or|for))?\s\(?(?:(?:the|an?)\s)?\W?(\w)\w*[\s-]\W?(\w)")
"""The initials of the words behind an abbreviation that seem to explain it."""
_ROMAN = later(r"[IVX]+")
_WORD_ALONE = later(r"(?<![\w'’-])[^\W\d_]{2,}+(?![\w'’-])")
_LETTERS = later(r"[^\W\d_]{2,}")
_BETWEEN = later(r"[\s,;:&/*_\"'’()–-]+(?:(?:A|I)\s+)?")
_VAGUE = frozenset(
    (
        *("here", "click here", "click", "link", "this link", "follow this link", "this", "this page", "this website"),
        *("more", "read more", "see more", "learn more", "find out more", "more details", "more information"),
        *("further information", "further details", "details", "download", "see here", "read here", "available here"),
        *("website", "web page", "webpage", "document", "this document"),
    )
)
_ADDRESS = later(r"(?:https?://|www\.)\S+")
_SIGNS_ALONE = later(r"^[ \t]*(#{1,6})[ \t]*$", re.MULTILINE)


def long_paper(meeting: Meeting) -> Iterator[Finding]:
    """A report with more words than the board's guide; an appendix may be as long as it needs to be."""
    guide = meeting.board.reading.words
    named = {item.paper for item in meeting.items() if item.state is PaperState.PAPER}
    appended = {appendix.paper for paper in meeting.papers.values() for appendix in paper.appendices}
    for paper in meeting.papers.values():
        if paper.id in appended and paper.id not in named:
            continue
        count = sum(len(block.words) for block in of_paper(paper))
        if count > guide:
            message = f"the paper has {count:,} words, {count - guide:,} more than the board's guide of {guide:,}"
            yield finding("long-paper", paper.title.at, message, "shorten it, or put detail into an appendix")


def long_sentence(meeting: Meeting) -> Iterator[Finding]:
    """A sentence of more than 25 words."""
    for block in _blocks(meeting):
        for start, end in block.sentences() if len(block.words) > LONGEST_SENTENCE else ():
            count = len(words(block.shown[start:end]))
            if count > LONGEST_SENTENCE:
                help = f"make two sentences of it, or a list: up to {LONGEST_SENTENCE} words are easy to follow"
                yield finding("long-sentence", block.place(start, end), f"the sentence has {count} words", help)


def abbreviation(meeting: Meeting) -> Iterator[Finding]:
    """An abbreviation that a paper uses before it is spelt out there, or without spelling it out."""
    known = {*WELL_KNOWN, *meeting.board.reading.abbreviations}
    for paper in meeting.papers.values():
        yield from _abbreviations(list(of_paper(paper)), known)


def _abbreviations(blocks: list[Block], known: Collection[str]) -> Iterator[Finding]:
    # A title cannot spell out anything, so it is no use before the words; but they must come.
    spelt: dict[str, tuple[int, int]] = {}
    used: dict[str, tuple[int, int]] = {}
    for index, block in enumerate(blocks):
        shouted = {at for run in _runs(block, ()) for at, _ in run}
        for match in _ABBREVIATION.finditer(block.shown):
            short, where = match[1], (index, match.start())
            if short in known or _ROMAN.fullmatch(short) or match.start() in shouted:
                continue
            if _spelt_out(block.shown, match):
                spelt.setdefault(short, where)
            elif not block.level or short not in used:
                early = used.get(short)
                if early is None or (blocks[early[0]].level and short not in spelt):
                    used[short] = where
    for short, (index, start) in used.items():
        late = short in spelt
        if late and (spelt[short] < (index, start) or blocks[index].level):
            continue
        message = f"`{short}` is {'used before it is spelt out' if late else 'not spelt out in this paper'}"
        help = (
            f"write the words in full at first, with `({short})` behind them; what every reader knows may stand "
            "in board.yaml under `reading: {abbreviations: […]}`"
        )
        yield finding("abbreviation", blocks[index].place(start, start + len(short)), message, help)


def _spelt_out(shown: str, match: re.Match[str]) -> bool:
    """Whether the words stand beside it: ``Local Area Agreement (LAA)``, ``LAA (Local Area Agreement)``."""
    before, after = shown[: match.start()], shown[match.end() :]
    if before.endswith("(") and after.startswith(")"):
        near = before[-400:].split()[-len(match[1]) - 4 :]
        return any(word.lstrip("(\"'“‘*_").upper().startswith(match[1][0]) for word in near)
    explained = _EXPLAINED.match(after)
    return explained is not None and "".join(explained.groups()).upper() == match[1][:2]


def all_capitals(meeting: Meeting) -> Iterator[Finding]:
    """A title or a heading in capitals, or three words of a text."""
    known = {*WELL_KNOWN, *meeting.board.reading.abbreviations}
    agenda = [line(item.title, TITLE) for item in meeting.items() if item.title]
    for block in (*agenda, *_blocks(meeting)):
        letters = _LETTERS.findall(block.shown)
        help = "write them as in any sentence; `**` on both sides makes words bold"
        # A heading may be an abbreviation or two; five letters are a word.
        long = any(len(word) > 4 and word not in known for word in letters)
        if block.level and long and all(word.isupper() for word in letters):
            message = f"the {'title' if block.level == TITLE else 'heading'} is in capitals"
            yield finding("all-capitals", block.place(0, len(block.typed)), message, help)
            continue
        for run in _runs(block, known):
            at = block.place(run[0][0], run[-1][1])
            yield finding("all-capitals", at, f"{len(run)} words are in capitals", help)


def _runs(block: Block, known: Collection[str]) -> Iterator[list[tuple[int, int]]]:
    """Where three or more words in capitals stand in a row, that are not all well-known abbreviations."""
    run: list[tuple[int, int]] = []
    capitals = (match for match in _WORD_ALONE.finditer(block.shown) if match.group().isupper())
    for match in (*capitals, None):
        if match and run and _BETWEEN.fullmatch(block.shown, run[-1][1], match.start()):
            run.append(match.span())
            continue
        if len(run) > 2 and any(block.shown[start:end] not in known for start, end in run):
            yield run
        run = [match.span()] if match else []


def vague_link(meeting: Meeting) -> Iterator[Finding]:
    """A link whose words do not say where it leads: "click here", or its address."""
    texts = [text for paper in meeting.papers.values() for text in paper.linked]
    texts += meeting.minutes.texts() if meeting.minutes else ()
    for text in texts:
        for link in links(text):
            said = " ".join(link.words.split()).strip("*_ .,:;!>»→")
            if link.picture or not (said.lower() in _VAGUE or _ADDRESS.fullmatch(said)):
                continue
            bare = said.lower() not in _VAGUE
            message = "the link has an address for words" if bare else f"`{said}` does not say where the link leads"
            help = "write in the square brackets what the reader finds there: `[survey of library users](https://…)`"
            yield finding("vague-link", link.at.find(link.words), message, help)


def skipped_level(meeting: Meeting) -> Iterator[Finding]:
    """A heading inside a text that is more than one level below the heading before it."""
    for paper in meeting.papers.values():
        yield from _skipped(of_paper(paper))
    if meeting.minutes:
        yield from _skipped(of_minutes(meeting.minutes))


def _skipped(blocks: Iterable[Block]) -> Iterator[Finding]:
    above = SECTION
    for block in blocks:
        if block.level > above + 1 and block.level > BELOW:
            right = "#" * (above + 1)
            message = f"the heading is {block.level - above} levels below the one before it"
            yield finding("skipped-level", block.at, message, f"begin it with `{right}`")
        above = max(block.level, SECTION) if block.level else above


def blank_heading(meeting: Meeting) -> Iterator[Finding]:
    """A heading without words."""
    for paper in meeting.papers.values():
        yield from _blank_sections(paper)
    for block in _blocks(meeting):
        if block.level and not block.words:
            help = "write its words, or leave it out"
            yield finding("blank-heading", block.at, "the heading has no words", help)
        for match in _SIGNS_ALONE.finditer(block.typed) if not block.level else ():
            help = "write the words behind them on the same line, or delete them"
            yield finding("blank-heading", block.place(*match.span(1)), "the signs of a heading have no words", help)


def _blank_sections(paper: Paper) -> Iterator[Finding]:
    for section in paper.sections:
        if section.heading_at and not section.heading:
            help = "write its words, or leave `heading:` out"
            yield finding("blank-heading", section.heading_at, "the heading has no words", help)


def _blocks(meeting: Meeting) -> Iterator[Block]:
    for paper in meeting.papers.values():
        yield from of_paper(paper)
    if meeting.minutes:
        yield from of_minutes(meeting.minutes)
