"""Random text and tables as authors write them, each with the words that it must print.

``random_meeting`` makes whole meetings of them. What the product words itself (numbers, totals, dates, names,
references) is never among the words.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from random_yaml import Flow, FlowMap, Plain

LIST_MARKERS: dict[str, Callable[[int], str]] = {
    "dash": lambda n: "-",
    "star": lambda n: "*",
    "number": lambda n: f"{n}.",
    "letter": lambda n: f"{'abcdefgh'[n - 1]}.",
    "letter-half": lambda n: f"{'abcdefgh'[n - 1]})",
    "letter-round": lambda n: f"({'abcdefgh'[n - 1]})",
    "roman": lambda n: f"{('i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii')[n - 1]}.",
    "roman-half": lambda n: f"{('i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii')[n - 1]})",
}
# Syllables can spell words that the product prints itself; those would be found where nothing was lost.
TAKEN_WORDS = "paper total figure minute minutes notes later venue private tabled title"

# Each loses something in a renderer that takes text for a template, XML or HTML.
AWKWARD_WORDS = r"""
    & R&D < > a<b b>a <script>alert(1)</script> <br> </w:t> ]]> {{cycler}} ${shell} %s 100% -0 ~ null
    "quoted" 'single' it's £5 €6 a/b x=y @at C:\temp\new snake_case_word [brackets] #hash half|pipe
    שלום ועדה مرحبا اجتماع 会议 हिन्दी
"""
AWKWARD = [
    *AWKWARD_WORDS.split(),
    *[
        "\u201ccurly\u201d",
        "\u2018curly\u2019",
        "\u2013",
        "\u2026",
        "\u00bd",
        "\ufb01",
        "e\u0301clair",
        "n\u0303o",
    ],
    *["\U0001f642", "\U0001f1ec\U0001f1e7", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001d50a"],
    *["x" * 90, "A" * 60],
    *["{{ braces }}", "{% raw %}", "{% endraw %}", "{# remark #}", "<!-- aside -->", "key: value"],
]
# Markdown and what it prints.
HOSTILE = [
    *((text, text) for text in AWKWARD),
    *[("\\*starred\\*", "*starred*"), ("\\\\\\\\server", "\\\\server"), ("\\_under\\_", "_under_")],
]
LITERAL = [text for text in AWKWARD if not set("\\_[") & set(text)]
# A list, heading or quotation in prose, and only text in a field that is inline.
HOSTILE_STARTS = ("1.", "2)", "a.", "(b)", "i.", "-", "*", "+", "#", ">")


@dataclass(frozen=True)
class Text:
    """Markdown, the words that it prints, and those of its footnotes, which print elsewhere."""

    source: str
    words: tuple[str, ...] = ()
    notes: tuple[tuple[str, ...], ...] = ()
    lines: float = 1.0


@dataclass
class Pen:
    """The source of chance and of words."""

    random: Random
    hostile: bool
    used: set[str] = field(default_factory=lambda: set(TAKEN_WORDS.split()))

    def word(self) -> str:
        """A pronounceable word that this meeting has not used."""
        length = self.random.choices([2, 3], [3, 2])[0]
        while True:
            syllables = (self.random.choice("bdfgklmnprtv") + self.random.choice("aeiou") for _ in range(length))
            word = "".join(syllables) + self.random.choice("nrmlkd" if length == 2 else ["", "n", "r", "l"])
            if word not in self.used:
                self.used.add(word)
                return word
            length = 3 if self.random.random() < 0.8 else 4

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def name(self) -> str:
        return f"{self.random.choice('ABCDEGHJKLMNPRST')} {self.word().capitalize()}"

    def plain(self, low: int, high: int) -> Text:
        """A line of text for a field that is not Markdown: it prints exactly as it stands."""
        words = [self.word() for _ in range(self.random.randint(low, high))]
        words[0] = words[0].capitalize()
        if self.hostile and self.chance(0.4):
            words.insert(self.random.randint(1, len(words)), self.random.choice(LITERAL))
        return Text(" ".join(words), tuple(" ".join(words).split()))

    def phrase(self, low: int, high: int) -> Text:
        """A line of inline text such as a title: no block Markdown, now and then something awkward."""
        first, *rest = [self.word() for _ in range(self.random.randint(low, high))]
        source, words = [first.capitalize(), *rest], [first.capitalize(), *rest]
        if self.hostile and self.chance(0.4):
            raw, shown = self.random.choice(HOSTILE)
            at = self.random.randint(1, len(words))
            source.insert(at, raw)
            words[at:at] = shown.split()
        if self.hostile and self.chance(0.1):
            start = self.random.choice(HOSTILE_STARTS)
            source.insert(0, start)
            words.insert(0, start)
        return Text(" ".join(source), tuple(words))

    def sentence(self, references: Sequence[str], low: int = 8, high: int = 22) -> Text:
        """A sentence of inline Markdown, begun by a plain word so that it may open a block or a line."""
        first = self.word().capitalize()
        source, words = [first], [first]
        notes: list[tuple[str, ...]] = []
        for _ in range(self.random.randint(low, high)):
            piece = self.piece(references)
            source.append(piece.source)
            words += piece.words
            notes += piece.notes
        last = self.word() + "."
        return Text(" ".join([*source, last]), (*words, last), tuple(notes))

    def piece(self, references: Sequence[str]) -> Text:
        """One or two words, at times emphasised, linked or hostile; or a reference, which prints no word."""
        draw = self.random.random()
        word = self.word()
        if draw < 0.01:
            other = self.word()
            return Text(f"[{word} {other}](https://example.org/{word})", (word, other))
        if draw < 0.04:
            mark = self.random.choice(["*", "**", "_", "***"])
            other = self.word()
            return Text(f"{mark}{word} {other}{mark}", (word, other))
        if draw < 0.05 and references:
            return Text(f"[]({self.random.choice(references)})")
        if draw < 0.07:
            return Text(word + ",", (word + ",",))
        if self.hostile and draw < 0.2:
            raw, shown = self.random.choice(HOSTILE)
            return Text(f"{word} {raw}", (word, *shown.split()))
        return Text(word, (word,))


def join(parts: Sequence[Text], separator: str = "\n\n") -> Text:
    """Texts one after another, as one."""
    return Text(
        separator.join(part.source for part in parts),
        tuple(word for part in parts for word in part.words),
        tuple(note for part in parts for note in part.notes),
        sum(part.lines for part in parts),
    )


# --- Markdown blocks ---------------------------------------------------------------------------------------


def paragraph(pen: Pen, references: Sequence[str]) -> Text:
    sentences = [pen.sentence(references) for _ in range(pen.random.randint(1, 5))]
    breaks = [pen.random.choices([" ", "\n", "  \n", "\\\n"], [6, 6, 1, 1])[0] for _ in sentences[1:]] + [""]
    text = join(sentences)
    source = "".join(sentence.source + end for sentence, end in zip(sentences, breaks, strict=True))
    words = text.words
    if pen.hostile and pen.chance(0.1):
        source, words = source + "\n{{ braces }}", (*words, "{{", "braces", "}}")
    if pen.chance(0.05):
        source += "\n{: .unnumbered}"
    return Text(source, words, text.notes, len(words) / 13 + 1)


def footnoted(pen: Pen, references: Sequence[str]) -> Text:
    body, note, mark = pen.sentence(references), pen.sentence((), 3, 9), pen.word()
    source = f"{body.source}[^{mark}]\n\n[^{mark}]: {note.source}"
    return Text(source, body.words, (*body.notes, note.words), 4)


def sub_heading(pen: Pen, references: Sequence[str]) -> Text:
    heading, text = pen.phrase(2, 5), paragraph(pen, references)
    return join([Text(f"{pen.random.choice(['###', '####'])} {heading.source}", heading.words, (), 2), text])


def quotation(pen: Pen, references: Sequence[str]) -> Text:
    text = join([pen.sentence(references) for _ in range(pen.random.randint(1, 3))], "\n")
    return Text("> " + text.source.replace("\n", "\n> "), text.words, text.notes, len(text.words) / 12 + 1)


def listing(pen: Pen, references: Sequence[str]) -> Text:
    """A list of one to three levels; at times straight under its sentence, without a blank line."""
    body = list_level(pen, references, 0, pen.random.choice([2, 4]))
    if "\n " not in body.source and pen.chance(0.2):
        return replace(body, source=body.source.replace("\n", "\n\n"), lines=body.lines * 1.3)
    if pen.chance(0.3):
        lead = pen.sentence(references)
        return join([lead, body], "\n")
    return body


def list_level(pen: Pen, references: Sequence[str], level: int, indent: int) -> Text:
    marker = LIST_MARKERS[pen.random.choice(list(LIST_MARKERS))]
    parts = []
    for number in range(1, pen.random.randint(2, 5) + 1):
        item = pen.sentence(references, 2, 14)
        source = f"{' ' * indent * level}{marker(number)} {item.source}"
        parts.append(Text(source, item.words, item.notes, len(item.words) / 12 + 0.8))
        if level < 2 and pen.chance(0.2):
            parts.append(list_level(pen, references, level + 1, indent))
    return join(parts, "\n")


def pipe_table(pen: Pen, references: Sequence[str]) -> Text:
    width, height = pen.random.randint(2, 4), pen.random.randint(1, 6)
    cells = [[pen.word() for _ in range(width)] for _ in range(height + 1)]
    rule = "|" + "|".join(pen.random.choice(["---", ":---", "---:", ":---:"]) for _ in range(width)) + "|"
    rows = ["| " + " | ".join(row) + " |" for row in cells]
    words = tuple(word for row in cells for word in row)
    return Text("\n".join([rows[0], rule, *rows[1:]]), words, (), height * 1.5 + 3)


BLOCKS: list[tuple[int, Callable[[Pen, Sequence[str]], Text]]] = [
    (60, paragraph), (18, listing), (6, quotation), (5, footnoted), (5, sub_heading), (4, pipe_table),
]  # fmt: skip


def block(pen: Pen, references: Sequence[str]) -> Text:
    """One block of prose of a random kind."""
    make = pen.random.choices([make for _, make in BLOCKS], [weight for weight, _ in BLOCKS])[0]
    return make(pen, references)


# --- Typed tables ------------------------------------------------------------------------------------------

COLUMN_TYPES = ["text", "integer", "number", "money", "percent", "date", "rag", "person"]
ADDED = {"integer", "money"}


@dataclass(frozen=True)
class Table:
    """A table as the paper states it, its words in order, and the CSV that holds its rows, if one does."""

    value: dict[str, Any]
    words: tuple[str, ...]
    lines: float
    csv_text: str = ""


def text_cell(pen: Pen) -> Text:
    """A cell of words; a few hold a list on several lines."""
    if not pen.chance(0.05):
        return pen.phrase(1, 4)
    pair = (pen.word(), pen.word())
    return Text("".join(f"- {word}\n" for word in pair), pair)


def decimal(pen: Pen, high: int) -> Plain:
    return Plain(f"{pen.random.randint(0, high)}.{pen.random.randint(0, 9)}")


def some_day(pen: Pen) -> Plain:
    return Plain(f"2026-{pen.random.randint(1, 12):02}-{pen.random.randint(1, 28):02}")


VALUES: dict[str, Callable[[Pen], Any]] = {
    "text": text_cell,
    "integer": lambda pen: pen.random.randint(0, 2_000_000),
    "money": lambda pen: pen.random.randint(1, 900_000),
    "number": lambda pen: decimal(pen, 999),
    "percent": lambda pen: decimal(pen, 99),
    "date": some_day,
    "rag": lambda pen: pen.random.choice(["R", "A", "G", "red", "Amber", "GREEN", "N/A", ""]),
}


def cell(pen: Pen, kind: str, people: Sequence[str]) -> tuple[Any, tuple[str, ...]]:
    """A value for a column of this type and the words that are certain to print for it."""
    if kind == "person":
        return pen.random.choice([*people, "", pen.name()]), ()
    value = VALUES[kind](pen)
    if isinstance(value, Text):
        return value.source, value.words
    return value, (f"{value:,}",) if isinstance(value, int) else ()


def table_columns(pen: Pen) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    columns: list[dict[str, Any]] = []
    words: list[str] = []
    for kind in ["text", *pen.random.choices(COLUMN_TYPES, k=pen.random.randint(1, 4))]:
        label = pen.phrase(1, 2)
        words += label.words
        column = FlowMap(key=pen.word(), label=label.source)
        if kind != "text" or pen.chance(0.2):
            column["type"] = kind
        columns.append(column)
    return columns, tuple(words)


def table(pen: Pen, people: Sequence[str], name: str) -> Table:
    columns, heads = table_columns(pen)
    kinds = [column.get("type", "text") for column in columns]
    rows: list[Any] = []
    words = [*heads, *add_change(pen, columns, kinds)]
    grouped = pen.chance(0.25)
    for number in range(pen.random.randint(2, 14)):
        if grouped and number % 4 == 0:
            group = pen.phrase(1, 2)
            rows.append(FlowMap(group=group.source))
            words += group.words
        cells = [cell(pen, kind, people) for kind in kinds]
        rows.append(Flow(value for value, _ in cells))
        words += [word for _, shown in cells for word in shown]
    caption = pen.phrase(2, 6)
    value: dict[str, Any] = {"caption": caption.source, "columns": columns}
    add_totals(pen, columns, kinds, rows)
    words = [*caption.words, *words]
    for key in ("note", "source"):
        if pen.chance(0.2):
            text = pen.phrase(3, 9)
            value[key] = text.source
            words += text.words
    lines = len(rows) * 1.7 + 4
    if not grouped and pen.chance(0.25):
        return Table(value | {"from": f"data/{name}.csv"}, tuple(words), lines, csv_of(pen, columns, rows))
    if pen.chance(0.03):
        value["landscape"] = True
    return Table(value | {"rows": rows}, tuple(words), lines)


def add_totals(pen: Pen, columns: list[dict[str, Any]], kinds: Sequence[str], rows: Sequence[Any]) -> None:
    """Ask for sums in some columns and state them, rightly, in others."""
    if pen.chance(0.4):
        return
    for index, kind in enumerate(kinds):
        if kind in ADDED:
            total = sum(row[index] for row in rows if isinstance(row, list))
            columns[index]["total"] = pen.random.choice(["sum", total])


def add_change(pen: Pen, columns: list[dict[str, Any]], kinds: Sequence[str]) -> tuple[str, ...]:
    """A column that the product computes and no row holds; money is never nought, so it divides."""
    money = [column["key"] for column, kind in zip(columns, kinds, strict=True) if kind == "money"]
    if len(money) < 2 or not pen.chance(0.7):
        return ()
    label = pen.phrase(1, 2)
    columns.append(FlowMap(key=pen.word(), label=label.source, type="percent", change=Flow(money[:2])))
    return label.words


def csv_of(pen: Pen, columns: Sequence[dict[str, Any]], rows: Sequence[Any]) -> str:
    names = pen.random.choice(["key", "label"])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([column[names] for column in columns if "change" not in column])
    writer.writerows(rows)
    return stream.getvalue()
