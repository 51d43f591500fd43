"""Single mistakes in right meetings, each with the finding that it must raise and nothing else.

A mutation changes a pack in place and says which file it changed; ``None`` where the pack has nothing to change.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from right_papers import Pack
from right_words import DAYS, MONTHS

Change = Callable[[Random, Pack], bool]
Spot = tuple[Any, Any]
"""A list or a mapping, and the index or the key of a value in it."""
GIVEN = ("Neville", "Ursula", "Yolanda", "Wilfred")
_DAY = "|".join(DAYS)
_WEEKDAY = rf"\b(?:{_DAY})\b(?=,? (?:the )?\d)|(?<=\()(?:{_DAY})(?=\))"
_DATE = rf"(?<=day )\d{{1,2}}(?=(?:st|nd|rd|th)? (?:of )?(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}}))"


@dataclass(frozen=True)
class Mutation:
    """A kind of mistake: what it is called, the code that must find it, and how it is made."""

    name: str
    code: str
    change: Change


def spots(value: Any) -> Iterator[Spot]:
    """Every text in some data, as the place where it stands."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in pairs:
        if isinstance(below, str) and key not in ("link", "id"):
            yield value, key
        yield from spots(below)


def swap(random: Random, where: Iterable[Spot], pattern: str, new: Callable[[re.Match[str]], str]) -> bool:
    """Change one of all the stretches of text that a pattern matches."""
    found = [(at, match) for at in where for match in re.finditer(pattern, at[0][at[1]])]
    random.shuffle(found)
    for (holder, key), match in found:
        changed = new(match)
        if changed and changed != match[0]:
            text = holder[key]
            holder[key] = type(text)(text[: match.start()] + changed + text[match.end() :])
            return True
    return False


def replacing(pattern: str, new: Callable[[Random, re.Match[str]], str], *keys: str) -> Change:
    """A change of one match in the papers' texts, or in what stands under these keys of them."""

    def change(random: Random, pack: Pack) -> bool:
        where = [
            spot
            for paper in pack.papers.values()
            for key in keys or paper
            for spot in ([(paper, key)] if isinstance(paper.get(key), str) else spots(paper.get(key)))
        ]
        return swap(random, where, pattern, lambda match: new(random, match))

    return change


def digit(random: Random, typed: str) -> str:
    """The same figure with one digit changed, the first of them to no nought."""
    at = random.choice([place for place, sign in enumerate(typed) if sign.isdigit()])
    least = 1 if at == 0 else 0
    wrong = random.choice([each for each in "0123456789"[least:] if each != typed[at]])
    return typed[:at] + wrong + typed[at + 1 :]


def letter(random: Random, word: str) -> str:
    """A word with one of its letters, not the first, changed, doubled or left out."""
    at = random.randrange(1, len(word) - 1)
    return word[:at] + random.choice((random.choice("aeioubcdlmnrst"), word[at] * 2, "")) + word[at + 1 :]


def other_day(random: Random, match: re.Match[str]) -> str:
    month = MONTHS.index(match["month"]) + 1
    day = int(match[0]) + random.choice((-3, -2, -1, 1, 2, 3))
    return str(day) if 1 <= day <= monthrange(int(match["year"]), month)[1] else ""


# --- Tables ------------------------------------------------------------------------------------------------


def tables(pack: Pack) -> Iterator[dict[str, Any]]:
    for paper in pack.papers.values():
        yield from paper.get("tables", {}).values()


def labelled(table: dict[str, Any], label: str) -> list[int]:
    return [at for at, column in enumerate(table["columns"]) if column["label"] == label]


def one_of(random: Random, found: list[Spot], new: Callable[[Any], Any]) -> bool:
    if found:
        holder, key = random.choice(found)
        holder[key] = new(holder[key])
    return bool(found)


def figure(random: Random, found: list[Spot]) -> bool:
    return one_of(random, found, lambda value: type(value)(digit(random, str(value))))


def stated_total(random: Random, pack: Pack) -> bool:
    return figure(random, [(each, "total") for table in tables(pack) for each in table["columns"] if "total" in each])


def row_of_stated(random: Random, pack: Pack) -> bool:
    there = [table for table in tables(pack) if "total" in table["columns"][1]]
    return figure(random, [(row, at) for table in there for row in table["rows"] for at in (1, 2, 3)])


def total_row(random: Random, pack: Pack) -> bool:
    there = [table for table in tables(pack) if labelled(table, "Spent")]
    rows = [row for table in there for row in table["rows"] if isinstance(row, list) and "otal" in row[0]]
    return figure(random, [(row, at) for row in rows for at in (1, 2)])


def whole(random: Random, pack: Pack) -> bool:
    there = [table for table in tables(pack) if labelled(table, "All offences")]
    return figure(random, [(row, 4) for table in there for row in table["rows"]])


def typed_percentage(random: Random, pack: Pack) -> bool:
    kinds = ("Change (%)", "Share content")
    there = [(table, at) for table in tables(pack) for kind in kinds for at in labelled(table, kind)]
    rows = [(row, at) for table, at in there for row in table["rows"] if len(row) > at]
    return one_of(random, rows, lambda value: type(value)(f"{float(value) + random.choice((-2.3, 1.7, 10)):.1f}"))


def repeated_label(random: Random, pack: Pack) -> bool:
    there = [table["columns"] for table in tables(pack)]
    return one_of(random, [(columns[-1], "label") for columns in there if labelled({"columns": columns}, "District")],
                  lambda _: "District")  # fmt: skip


def beside_table(random: Random, pack: Pack) -> bool:
    """A digit of a figure of four digits or more in a true sentence about a table."""

    def new(match: re.Match[str]) -> str:
        sentence = match.string[match.string.rfind("\n", 0, match.start()) + 1 :].partition(". ")[0].partition("\n")[0]
        return digit(random, match[0]) if "[](table:" in sentence and match[0] in sentence else ""

    sections = [each for paper in papers(pack) for each in paper["sections"]]
    return swap(random, spots(sections), r"\d{1,3}(?:,\d{3})+(?!\d)", new)


# --- Keys --------------------------------------------------------------------------------------------------


def papers(pack: Pack, *, deciding: bool | None = None) -> list[dict[str, Any]]:
    """The papers on the agenda, all of them or those that are for decision, or not."""
    own = [paper for paper in pack.papers.values() if "sections" in paper]
    return [paper for paper in own if deciding is None or ("decision" in paper["purpose"]) is deciding]


def chosen(random: Random, found: list[dict[str, Any]], change: Callable[[dict[str, Any]], Any]) -> bool:
    if found:
        change(random.choice(found))
    return bool(found)


def purpose(random: Random, pack: Pack) -> bool:
    return chosen(random, papers(pack, deciding=True), lambda paper: paper["purpose"].__init__(["information"]))


def misspelt_purpose(random: Random, pack: Pack) -> bool:
    return chosen(random, papers(pack, deciding=False), lambda paper: paper["purpose"].__init__(["infomation"]))


def only_noted(random: Random, pack: Pack) -> bool:
    noted = ["Note the plan.", "Consider the next steps in [](section:s1)."]
    return chosen(random, papers(pack, deciding=True), lambda paper: paper.update(recommendations=noted))


def nothing_recommended(random: Random, pack: Pack) -> bool:
    return chosen(random, papers(pack, deciding=True), lambda paper: paper.pop("recommendations"))


def having(pack: Pack, key: str) -> list[dict[str, Any]]:
    return [paper[key] for paper in pack.papers.values() if key in paper]


def other_nation(random: Random, pack: Pack) -> bool:
    if pack.board["notice"]["statute"] == "none":
        return False
    found = [(each["paragraphs"], 0) for each in having(pack, "exempt")]
    return one_of(random, found, lambda at: at + 11 if at < 8 else at - 11)


def no_interest(random: Random, pack: Pack) -> bool:
    return chosen(random, having(pack, "exempt"), lambda exempt: exempt.pop("public_interest"))


def no_reason(random: Random, pack: Pack) -> bool:
    return chosen(random, having(pack, "late"), lambda late: late.pop(random.choice(("urgency", "reason"))))


def costs_nothing(random: Random, pack: Pack) -> bool:
    asking = [paper["standing"] for paper in papers(pack) if "£" in str(paper.get("recommendations"))]
    key = pack.board["standing_sections"][0]["key"]
    return chosen(random, asking, lambda standing: standing.update({key: "none"}))


def no_answer(random: Random, pack: Pack) -> bool:
    return chosen(random, having(pack, "standing"), lambda standing: standing.pop("equality"))


def background(random: Random, pack: Pack) -> bool:
    there = [paper for paper in papers(pack) if "appendices" in paper]
    listed = random.choice(("Appendix A", "{}", "Appendix 1: {}"))
    return chosen(random, there, lambda paper: paper.update(background_papers=[
        {"title": listed.format(paper["appendices"][0]["title"]), "where": "Example Council"}]))  # fmt: skip


def not_placed(random: Random, pack: Pack) -> bool:
    sections = [each for paper in papers(pack) for each in paper["sections"]]
    return swap(random, spots(sections), r"(?<=\n\n)\[\]\(table:\w+\)\n", lambda _: "The rest is unchanged.\n")


def no_caption(random: Random, pack: Pack) -> bool:
    return chosen(random, list(tables(pack)), lambda table: table.pop("caption"))


def lost_paper(random: Random, pack: Pack) -> bool:
    below = next(item for item in pack.meeting["agenda"] if "items" in item)["items"]
    return one_of(random, [(item, "paper") for item in below], lambda id: f"{id}x")


def overrun(random: Random, pack: Pack) -> bool:
    return one_of(random, [(each, "duration") for each in pack.meeting["agenda"][:1]], lambda _: 150)


def unminuted(random: Random, pack: Pack) -> bool:
    return bool(pack.minutes["items"].pop(random.randrange(len(pack.minutes["items"]))))


def action(key: str, new: Callable[[Random], Any] | None = None) -> Change:
    """A key of an action left out, or given another value."""

    def change(random: Random, pack: Pack) -> bool:
        actions = [each for entry in pack.minutes["items"] for each in entry["actions"]]
        return chosen(random, actions, lambda each: each.update({key: new(random)}) if new else each.pop(key))

    return change


def known(pack: Pack) -> str:
    return "|".join(person["name"] for person in pack.board["people"])


def name_in_prose(random: Random, pack: Pack) -> bool:
    sections = [each for paper in papers(pack) for each in paper["sections"]]
    return swap(random, spots(sections), known(pack), lambda match: one_letter_wrong(random, match[0], pack))


def one_letter_wrong(random: Random, name: str, pack: Pack) -> str:
    """The name with a letter of its given name or of its surname wrong; empty where that is a name as well."""
    given, surname = name.split()
    in_given = len(given) > 3 and random.random() < 0.3
    wrong = f"{letter(random, given)} {surname}" if in_given else f"{given} {letter(random, surname)}"
    return wrong if wrong not in known(pack) else ""


def author(random: Random, pack: Pack) -> bool:
    name = random.choice(pack.board["people"])["name"]
    wrong = one_letter_wrong(random, name, pack) or f"{name}s"
    return chosen(random, papers(pack), lambda paper: paper.update(author=wrong))


def first_name(random: Random, pack: Pack) -> bool:
    """Another given name in the minutes, for somebody of whom they do not speak otherwise."""
    said = [entry["discussion"] for entry in pack.minutes["items"]]

    def new(match: re.Match[str]) -> str:
        alone = sum(text.count(match[0]) for text in said) == 1
        return f"{random.choice(GIVEN)} {match[0].split()[1]}" if alone else ""

    return swap(random, spots(pack.minutes["items"]), known(pack), new)


def invented(random: Random) -> list[str]:
    return [random.choice(("Ronald Fotheringay", "Cllr Sutcliffe-Pym", "Audrey Quayle"))]


MUTATIONS = (
    Mutation("a digit of a stated total", "total-differs", stated_total),
    Mutation("a digit of a cell under one", "total-differs", row_of_stated),
    Mutation("a digit of a typed row of totals", "typed-total", total_row),
    Mutation("a digit of a whole in a column", "parts-differ", whole),
    Mutation("a typed percentage in a table", "percent-differs", typed_percentage),
    Mutation("a figure beside its table", "figure-differs", beside_table),
    Mutation("a percentage beside its figures", "figure-differs", replacing(
        r"(?<= by )\d+\.\d(?=% from)", lambda random, match: f"{float(match[0]) + random.choice((1.2, 2.4, 10)):.1f}")),
    Mutation("a digit of money recommended", "money-nowhere", replacing(
        r"(?<=£)[\d,]+\d", lambda random, match: digit(random, match[0]), "recommendations")),
    Mutation("an id in a reference", "unknown-reference", replacing(
        r"(?<=:)[a-z]\d(?=\))", lambda _, match: f"{match[0]}x", "sections")),
    Mutation("an agenda item typed", "loose-reference", replacing(
        r"(?<=reported under agenda item )A?\d\w*",
        lambda random, match: re.sub(r"\d.*", str(random.randint(14, 40)), match[0]))),
    Mutation("an appendix typed", "loose-reference", replacing(
        r"(?<=See Appendix )[A-C](?= for)", lambda random, _: random.choice("EFGHK"))),
    Mutation("a table typed", "loose-reference", replacing(
        r"(?<=is in Table )\d", lambda random, _: str(random.randint(6, 20)))),
    Mutation("a paragraph typed", "loose-reference", replacing(
        r"(?<=See paragraph )\d\.1|(?<=Section )1\.1(?= gives)", lambda random, _: f"{random.randint(8, 12)}.1")),
    Mutation("a weekday", "weekday-differs", replacing(_WEEKDAY, lambda random, _: random.choice(DAYS), "sections")),
    Mutation("a day beside its weekday", "weekday-differs", replacing(_DATE, other_day, "sections")),
    Mutation("a letter of a name in prose", "name-differs", name_in_prose),
    Mutation("a letter of an author", "name-differs", author),
    Mutation("a given name in minutes", "name-differs", first_name),
    Mutation("a purpose of information", "decision-asked", purpose),
    Mutation("a purpose misspelt", "unknown-purpose", misspelt_purpose),
    Mutation("decisions that only note", "vague-recommendation", only_noted),
    Mutation("no recommendations", "no-decision", nothing_recommended),
    Mutation("a paragraph of the other nation", "wrong-paragraph", other_nation),
    Mutation("no public interest", "no-public-interest", no_interest),
    Mutation("late without a reason", "late-reason", no_reason),
    Mutation("none, with money asked", "none-differs", costs_nothing),
    Mutation("a standing section left out", "missing-answer", no_answer),
    Mutation("an appendix as background", "appendix-as-background", background),
    Mutation("a venue of a copied cover", "venue-differs", replacing(
        r"(?<=Venue: )(?!The Corn)\w+ \w+", lambda *_: "The Assembly Room", "summary")),
    Mutation("a time of a copied cover", "venue-differs", replacing(
        r"(?<=Time: )(?:2\.00 pm|14:00)", lambda *_: "3.30 pm", "summary")),
    Mutation("a label of another column", "repeated-label", repeated_label),
    Mutation("a table that no text places", "not-placed", not_placed),
    Mutation("a table without a caption", "missing-caption", no_caption),
    Mutation("a paper of the agenda misspelt", "unknown-paper", lost_paper),
    Mutation("items that take too long", "overrun", overrun),
    Mutation("an entry of the minutes left out", "not-minuted", unminuted),
    Mutation("an action without its owner", "action-owner", action("owner")),
    Mutation("an action without its day", "action-due", action("due")),
    Mutation("an owner whom nobody knows", "unknown-owner", action("owner", invented)),
)  # fmt: skip
