"""Random meetings as boards write them: for tests on papers that nobody has seen, and for the benchmark.

``write_meeting`` puts a papers folder on disk and beside it, in ``<folder>-words.json``, every word that it
wrote, in the order in which a reader meets them. No word is used twice in a meeting, so a lost, doubled or
misplaced one shows. One seed always writes the same bytes.
"""

import json
import math
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from random_text import Pen, Table, Text, block, join, table
from random_yaml import Flow, FlowMap, Plain, put_yaml

PURPOSES = ["information", "discussion", "decision", "approval"]
NUMBERINGS = [["1", "1a", "1a.i"], ["1", "1.1", "1.1 a"], ["1", "1.1", "1.1.1"]]
STATES: list[Any] = ["verbal", "to follow", "tabled"]
LINES_A_PAGE = 40.0
COVER_LINES = 16.0


@dataclass(frozen=True)
class Passage:
    """Words that print one after another, of the paper with this id; of the agenda where it is empty."""

    paper: str
    place: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class House:
    """What the board asks of every paper."""

    value: dict[str, Any]
    people: tuple[str, ...]
    standing: tuple[str, ...]
    cover: tuple[str, ...]


@dataclass
class Agenda:
    """The lines of a meeting while they are drawn, and what they hold for the papers."""

    pen: Pen
    items: list[Any] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    lines_of: dict[str, list[str]] = field(default_factory=dict)


def write_meeting(
    folder: Path, papers: int, seed: int, *, hostile: bool = False, pages: tuple[float, float] = (0.5, 25)
) -> Path:
    """Write one board with one meeting into the papers folder ``folder``; return the meeting's folder.

    The papers are about as long as ``pages`` says, from the shortest to the longest, more of them short than
    long; the average is the same for any number of papers. The words are for ``read_words``.
    """
    random = Random(f"{seed}/{papers}/{hostile}")
    pen = Pen(random, hostile)
    house = draw_house(pen)
    names = [f"{pen.word()}-{pen.word()}" for _ in range(papers)]
    agenda = draw_agenda(pen, names)
    passages = [Passage("", "agenda", tuple(agenda.words))]
    day = date(2026, 12, 1) + timedelta(days=random.randint(0, 365))
    meeting = folder / f"random-board-{seed}" / day.isoformat()
    (meeting / "data").mkdir(parents=True)
    put_yaml(meeting.parent / "board.yaml", house.value)
    put_yaml(meeting / "meeting.yaml", draw_meeting(pen, day, agenda))
    for name, length in zip(names, lengths(random, papers, pages), strict=True):
        passages += write_paper(pen, meeting, name, length, house, agenda)
    words_file(folder).write_text(
        json.dumps([asdict(passage) for passage in passages], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return meeting


def read_words(folder: Path) -> list[Passage]:
    """The passages that ``write_meeting`` wrote into this papers folder, in reading order."""
    rows = json.loads(words_file(folder).read_text(encoding="utf-8"))
    return [Passage(row["paper"], row["place"], tuple(row["words"])) for row in rows]


def lost_words(passage: Passage, text: str) -> list[str]:
    """The words of the passage that ``text`` lacks, or has before the words that they should follow."""
    lost, at = [], 0
    for word in passage.words:
        found = text.find(word, at)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(word)
    return lost


def words_file(folder: Path) -> Path:
    return folder.with_name(folder.name + "-words.json")


def lengths(random: Random, count: int, pages: tuple[float, float]) -> list[float]:
    """Lengths in pages, evenly spread on a logarithmic scale, in random order."""
    low, high = (math.log(bound) for bound in pages)
    spread = [math.exp(low + (high - low) * (place + 0.5) / count) for place in range(count)]
    random.shuffle(spread)
    return spread


# --- Board and agenda --------------------------------------------------------------------------------------


def draw_house(pen: Pen) -> House:
    random = pen.random
    people = tuple(pen.word()[:4] + str(number) for number in range(random.randint(2, 5)))
    standing = tuple(pen.word() for _ in range(random.choice([0, 0, 2, 3])))
    cover = tuple(pen.word() for _ in range(random.choice([0, 0, 1, 2])))
    value: dict[str, Any] = {
        "name": pen.plain(2, 3).source,
        "organisation": pen.plain(2, 4).source,
        "language": "en-GB",
        "currency": random.choice("£€"),
        "numbering": Flow(random.choice(NUMBERINGS)),
        "number_paragraphs": random.choice([True, True, False, "i)"]),
        "purposes": Flow(PURPOSES),
        "notice": {"statute": "none"},
        "people": [FlowMap(id=key, name=pen.name(), role=pen.plain(1, 2).source) for key in people],
    }
    if pen.chance(0.3):
        value["require"] = Flow(["summary", "recommendations"])
    if pen.chance(0.3):
        value["paper_column"] = {
            "page": "Page {first}",
            "pages": "Pages {first} to {last}",
            "verbal": "Spoken",
        }
    if cover:
        value["cover_fields"] = [FlowMap(key=key, label=pen.plain(1, 2).source, required=True) for key in cover]
    if standing:
        value["standing_sections"] = [
            FlowMap(key=key, label=pen.plain(2, 3).source, none="There is nothing to say.") for key in standing
        ]
    return House(value, people, standing, cover)


def draw_agenda(pen: Pen, papers: Sequence[str]) -> Agenda:
    """An agenda on which every paper stands, some of them behind several lines."""
    agenda = Agenda(pen)
    agenda.items.append(line(agenda, {"duration": 5}))
    waiting = list(papers)
    while waiting:
        count = min(len(waiting), pen.random.choice([1, 1, 2, 3, 6]))
        taken, waiting = waiting[:count], waiting[count:]
        agenda.items += group(agenda, taken, 1) if count > 1 else paper_lines(agenda, taken[0], 1)
        if pen.chance(0.15):
            agenda.items.append(line(agenda, other_state(pen)))
    if len(papers) > 4 and pen.chance(0.7):
        again = pen.random.choice(papers[: len(papers) // 2])
        agenda.items.append(line(agenda, {"paper": again}))
    agenda.items.append({"title": "Next meeting", "next": True})
    return agenda


def line(agenda: Agenda, value: dict[str, Any], *, titled: bool = True) -> dict[str, Any]:
    """An agenda line with these keys and a title."""
    if not titled:
        return value
    title = agenda.pen.phrase(2, 6)
    agenda.words += title.words
    return {"title": title.source, **value}


def group(agenda: Agenda, papers: Sequence[str], level: int) -> list[Any]:
    """A line without a paper, over lines that have them; deeper groups down to the third level."""
    pen = agenda.pen
    value = line(agenda, {"duration": pen.random.choice([5, 10, 15])} if level == 1 and pen.chance(0.5) else {})
    items: list[Any] = []
    half = len(papers) // 2
    if level == 1 and half > 1 and pen.chance(0.5):
        items += group(agenda, papers[:half], 2)
        papers = papers[half:]
    for paper in papers:
        items += paper_lines(agenda, paper, level + 1)
    if pen.chance(0.3):
        items.append(line(agenda, other_state(pen)))
    return [{**value, "items": items}]


def paper_lines(agenda: Agenda, paper: str, level: int) -> list[Any]:
    """The line or lines of one paper: one line, a run of them, or one line over sub-lines."""
    pen = agenda.pen
    draw = pen.random.random()
    if draw < 0.08:
        keys = [f"{paper}-{number}" for number in range(1, pen.random.randint(2, 3) + 1)]
        agenda.ids += keys
        agenda.lines_of[paper] = keys
        return [line(agenda, {"id": key, "paper": paper}) for key in keys]
    agenda.ids.append(paper)
    value = line(agenda, {"paper": paper}, titled=draw < 0.3)
    if draw > 0.92 and level < 3:
        value["items"] = [line(agenda, {})["title"] for _ in range(pen.random.randint(2, 3))]
    if level == 1 and pen.chance(0.3):
        value["duration"] = 5
    return [value]


def other_state(pen: Pen) -> dict[str, Any]:
    """What a line says that has no paper of this meeting."""
    state = pen.random.choice([*STATES, FlowMap(text=f"{pen.word().capitalize()} {pen.word()}"), None])
    value: dict[str, Any] = {} if state is None else {"paper": state}
    if pen.chance(0.6):
        value["purpose"] = pen.random.choice(PURPOSES)
    if pen.chance(0.3):
        value["presenter"] = pen.name()
    return value


def draw_meeting(pen: Pen, day: date, agenda: Agenda) -> dict[str, Any]:
    following = FlowMap(date=Plain(day + timedelta(days=91)), starts=Plain("9:30"), venue="Committee Room 2")
    value: dict[str, Any] = {
        "date": Plain(day),
        "starts": Plain(pen.random.choice(["9:30", "14:00", "18:15"])),
        "venue": pen.plain(2, 4).source,
        "next": following,
        "agenda": agenda.items,
    }
    return {"title": pen.plain(1, 3).source, **value} if pen.chance(0.6) else value


# --- Papers ------------------------------------------------------------------------------------------------


@dataclass
class Draft:
    """A paper while it is drawn: its sections with their prose, and the tables and figure that they place."""

    pen: Pen
    house: House
    references: list[str]
    sections: list[dict[str, Any]] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    figures: dict[str, Text] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    notes: list[tuple[str, ...]] = field(default_factory=list)


def write_paper(pen: Pen, meeting: Path, name: str, pages: float, house: House, agenda: Agenda) -> Iterator[Passage]:
    """Write one paper and the files that it reads; yield its passages in reading order."""
    title = pen.phrase(2, 8)
    nearby = pen.random.sample(agenda.ids, min(len(agenda.ids), 4))
    draft = Draft(pen, house, [f"item:{key}" for key in nearby])
    draw_sections(draft, pages * LINES_A_PAGE - COVER_LINES, agenda.lines_of.get(name, []))
    value: dict[str, Any] = {"title": title.source, **draw_cover(draft)}
    yield Passage(name, "title", title.words)
    yield from (Passage(name, key, tuple(text.split())) for key, text in value["author"].items())
    decides = not {"decision", "approval"}.isdisjoint(value["purpose"])
    for key, text in draw_front(draft, pages, decides):
        value[key] = [part.source for part in text] if isinstance(text, list) else text.source + "\n"
        yield Passage(name, key, join(text).words if isinstance(text, list) else text.words)
    yield Passage(name, "sections", tuple(draft.words))
    value["sections"] = draft.sections
    if draft.tables:
        value["tables"] = {key: made.value for key, made in draft.tables.items()}
    if draft.figures:
        value["figures"] = {key: figure(key, caption) for key, caption in draft.figures.items()}
    for key, content, words in draw_back(draft):
        value[key] = content
        yield Passage(name, key, words)
    yield Passage(name, "footnotes", tuple(word for note in draft.notes for word in note))
    put_yaml(meeting / f"{name}.yaml", value)
    put_files(meeting, draft)


def draw_cover(draft: Draft) -> dict[str, Any]:
    pen, house = draft.pen, draft.house
    author = {"name": pen.name(), "role": pen.plain(1, 3).source, "organisation": pen.plain(2, 3).source}
    value: dict[str, Any] = {
        "author": FlowMap(author),
        "purpose": Flow(pen.random.sample(PURPOSES, pen.random.choice([1, 1, 2]))),
    }
    if pen.chance(0.3):
        value["presenter"] = pen.random.choice(house.people)
    if pen.chance(0.1):
        value["number_paragraphs"] = False
    if house.cover:
        value["cover"] = {key: pen.word().capitalize() for key in house.cover}
    return value


def draw_front(draft: Draft, pages: float, decides: bool) -> Iterator[tuple[str, Text | list[Text]]]:
    """The summary and the recommendations, which may speak of any section or table of the paper."""
    pen, asked = draft.pen, "require" in draft.house.value
    if asked or pen.chance(0.85):
        yield "summary", pen.sentence(draft.references, 8, 30 if pages > 1 else 12)
    if asked or pen.chance(0.75) or decides:
        count = pen.random.randint(1, 5 if pages > 1 else 2)
        texts = [pen.sentence(draft.references, 4, 20) for _ in range(count)]
        yield "recommendations", [*texts, pen.phrase(4, 12)] if pen.hostile else texts


def draw_sections(draft: Draft, lines: float, serves: Sequence[str]) -> None:
    """Sections until the paper is so many lines long; each may refer to those before it."""
    pen = draft.pen
    used = 0.0
    while used < lines or not draft.sections:
        section, used = draw_section(draft, used, min(lines, used + pen.random.randint(10, 60)))
        if len(draft.sections) < len(serves):
            section = {"item": serves[len(draft.sections)], **section}
        draft.sections.append(section)


def draw_section(draft: Draft, used: float, until: float) -> tuple[dict[str, Any], float]:
    pen = draft.pen
    section: dict[str, Any] = {}
    if draft.sections or pen.chance(0.8):
        heading = pen.phrase(1, 5)
        section["heading"] = heading.source
        draft.words += heading.words
        used += 2.5
        if pen.chance(0.5):
            section["id"] = pen.word()
            draft.references.append(f"section:{section['id']}")
    blocks = [block(pen, draft.references)]
    while used + sum(text.lines for text in blocks) < until:
        blocks.append(block(pen, draft.references) if pen.chance(0.88) else placed(draft))
    text = join(blocks)
    section["text"] = text.source + "\n"
    draft.words += text.words
    draft.notes += text.notes
    return section, used + text.lines


def placed(draft: Draft) -> Text:
    """A table or figure where its reference stands alone; later text may refer to it."""
    key = draft.pen.word()
    if draft.pen.chance(0.1):
        caption = draft.pen.phrase(2, 5)
        draft.figures[key] = caption
        draft.references.append(f"figure:{key}")
        return Text(f"[](figure:{key})", caption.words, (), 8)
    made = table(draft.pen, draft.house.people, key)
    draft.tables[key] = made
    draft.references.append(f"table:{key}")
    return Text(f"[](table:{key})", made.words, (), made.lines)


def draw_back(draft: Draft) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    """What follows the sections: answers to the standing sections, background papers, contact."""
    pen, keys = draft.pen, draft.house.standing
    answers = [pen.sentence(draft.references) if pen.chance(0.6) else None for _ in keys]
    if keys:
        shown = {key: "none" if text is None else text.source for key, text in zip(keys, answers, strict=True)}
        yield "standing", shown, join([text for text in answers if text]).words
    if pen.chance(0.4):
        titles = [pen.plain(2, 5) for _ in range(pen.random.randint(1, 3))]
        rows = [FlowMap(title=text.source, where=pen.name()) for text in titles]
        yield "background_papers", rows, join(titles).words
    elif pen.chance(0.5):
        yield "background_papers", "none", ()
    if pen.chance(0.3):
        name = pen.name()
        email = f"{pen.word()}@example.org"
        yield "contact", FlowMap(name=name, telephone="01632 960123", email=email), (*name.split(), email)


def figure(key: str, caption: Text) -> dict[str, Any]:
    return FlowMap(file=f"figures/{key}.png", caption=caption.source, alt="A plain square")


def put_files(meeting: Path, draft: Draft) -> None:
    for key, made in draft.tables.items():
        if made.csv_text:
            (meeting / "data" / f"{key}.csv").write_text(made.csv_text, encoding="utf-8", newline="")
    for key in draft.figures:
        path = meeting / "figures" / f"{key}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(png(240, 120))


def png(width: int, height: int) -> bytes:
    """A grey picture of this size in pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + b"\xb0" * width) * height
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks
