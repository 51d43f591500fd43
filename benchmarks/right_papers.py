"""Right meetings from a seed: a board, an agenda, papers and minutes in which no rule has anything to find.

Nothing here knows how a rule looks at a text. What the papers say is worked out first and then written, so that
a finding at error or warning is a false alarm of a rule, or a fault of these sentences.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from random_yaml import Flow, FlowMap, Plain, put_yaml
from right_words import CAPTIONS, ENDS, HEADINGS, STEMS, TABLED, TABLES, Made, Words, dated

from boardpack.rules.given_names import GIVEN_NAMES

VENUES = ("Committee Room 2, County Hall", "Council Chamber, Civic Centre", "The Guildhall, High Street")
TOPICS = ("Funding", "Antisocial behaviour", "Premises", "Domestic abuse review", "Road safety", "Youth justice",
          "Alcohol strategy", "Neighbourhood policing", "Rural transport", "Flood defence")  # fmt: skip
BODIES = ("Scrutiny Panel", "Executive", "Audit Committee", "Area Forum")


@dataclass
class Pack:
    """The files of one meeting as values: mutations change them before they are written."""

    board: dict[str, Any]
    meeting: dict[str, Any]
    papers: dict[str, dict[str, Any]]
    minutes: dict[str, Any]

    def copy(self) -> "Pack":
        return deepcopy(self)

    def write(self, folder: Path) -> None:
        """Put the files into the papers folder ``folder``."""
        here = folder / "partnership" / str(self.meeting["date"])
        here.mkdir(parents=True)
        put_yaml(here.parent / "board.yaml", self.board)
        put_yaml(here / "meeting.yaml", self.meeting)
        put_yaml(here / "minutes.yaml", self.minutes)
        for id, paper in self.papers.items():
            put_yaml(here / f"{id}.yaml", paper)


def draw(random: Random, papers: int) -> Pack:
    """A meeting with so many papers on its agenda, and perhaps some more as their appendices."""
    day = date(2026, 1, 5) + timedelta(days=random.randint(0, 1500))
    register = people(random)
    words = Words(random, day, [(each["given"], each["surname"]) for each in register], random.choice(BODIES))
    board = draw_board(random, register)
    ids = [topic.lower().replace(" ", "-") for topic in random.sample(TOPICS, papers)]
    meeting = draw_meeting(words, board, ids)
    pack = Pack(board, meeting, {}, {})
    for id in ids:
        pack.papers |= Paper(words, board, meeting, id).draw()
    pack.minutes = draw_minutes(words, pack, register)
    return pack


def people(random: Random) -> list[dict[str, str]]:
    """The register: no two of a surname, and the first of them with the id ``pw``."""
    stems, givens = random.sample(STEMS, 6), random.sample(sorted(GIVEN_NAMES), 6)
    found = [
        {"id": f"{given[0]}{stem[0]}{at}".lower(), "given": given, "surname": f"{stem}{random.choice(ENDS)}"}
        for at, (given, stem) in enumerate(zip(givens, stems, strict=True))
    ]
    found[0]["id"] = "pw"
    return found


def draw_board(random: Random, register: list[dict[str, str]]) -> dict[str, Any]:
    statute = random.choice(("england-principal", "wales", "parish", "none"))
    money = random.choice((("financial", "Financial implications"), ("resources", "Resource implications")))
    sections = (money, ("equality", "Equality"), ("human", "Human resources"))
    return {
        "name": f"{random.choice(('Safer', 'Greater', 'Mid'))} {random.choice(STEMS)}shire Partnership",
        "numbering": Flow(random.choice((["1", "1a", "1a.i"], ["1", "1.1", "1.1 a"], ["A1", "A1.1", "A1.1.1"]))),
        "purposes": Flow(["information", "discussion", "decision"]),
        **({"require": Flow(["summary"])} if random.random() < 0.5 else {}),
        "notice": FlowMap(statute=statute),
        "standing_sections": [FlowMap(key=key, label=label, none="There are none.") for key, label in sections],
        "people": [
            FlowMap(id=each["id"], name=f"{each['given']} {each['surname']}", rank="Cllr",
                    organisation="Example Council")
            for each in register
        ],
    }  # fmt: skip


def draw_meeting(words: Words, board: dict[str, Any], ids: list[str]) -> dict[str, Any]:
    """An agenda with half of its papers below one line; the labels that prose may type go to ``words``."""
    random = words.random
    top, below = ids[: len(ids) // 2], ids[len(ids) // 2 :]
    sample, second, _ = board["numbering"]
    words.labels = [sample.replace("1", str(number)) for number in range(1, len(top) + 5)]
    group = words.labels[len(top) + 1]
    sub = second.removeprefix(sample)
    words.labels += [group + sub.replace("a", "abcdefgh"[at]).replace("1", str(at + 1)) for at in range(len(below))]
    words.ids = [*ids, "any-other"]
    agenda: list[Any] = [
        FlowMap(title="Welcome and apologies", presenter="pw", duration=5),
        *({"paper": id, "duration": random.choice((5, 10, 15))} for id in top),
        {"title": "Partnership business", "duration": 60, "items": [{"paper": id, "duration": 10} for id in below]},
        FlowMap(id="any-other", title="Any other business", presenter="pw"),
        FlowMap(title="Next meeting", next=True),
    ]
    return {
        "date": Plain(words.day),
        "starts": Plain("14:00"),
        "ends": Plain("17:00"),
        "venue": random.choice(VENUES),
        "next": FlowMap(date=Plain(words.day + timedelta(days=91)), starts=Plain("14:00")),
        "agenda": agenda,
    }


class Paper:
    """One paper while it is drawn: what its sections say, and what its recommendations may rely on."""

    def __init__(self, words: Words, board: dict[str, Any], meeting: dict[str, Any], id: str) -> None:
        self.words, self.board, self.meeting, self.id = words, board, meeting, id
        self.random = words.random
        self.tables: dict[str, Made] = {}
        self.amounts: list[str] = []
        self.asks_for_money = False
        self.appendices = [f"Plan of {each}" for each in ("works", "training", "visits")][: self.random.randint(0, 3)]

    def draw(self) -> dict[str, dict[str, Any]]:
        """The paper and its appendices that are papers, by their ids."""
        random, decides = self.random, self.random.random() < 0.6
        sections = [self.section(number) for number in range(random.randint(2, 4))]
        recommendations = self.recommendations(decides)
        title = self.id.replace("-", " ").capitalize()
        value: dict[str, Any] = {
            "title": random.choice((title, title.upper(), f"{title}: progress since {self.words.day.year - 1}")),
            "author": random.choice(("pw", FlowMap(name="A Dawlish", role="Head of Service"))),
            "purpose": Flow(["information", "decision"] if decides and random.random() < 0.3 else
                            ["decision"] if decides else [random.choice(("information", "discussion"))]),
            "summary": self.cover() + self.words.paragraph() + "\n",
            **({"recommendations": recommendations} if recommendations else {}),
            "sections": sections,
            "tables": {id: made.value for id, made in self.tables.items()},
            "standing": {
                self.board["standing_sections"][0]["key"]: "The cost is met from the budget." if self.asks_for_money
                else random.choice(("none", "There is no cost to partners.")),
                "equality": random.choice(("none", "An assessment was made.")),
                "human": "none",
            },
            **self.back(),
        }  # fmt: skip
        if not self.appendices:
            return {self.id: value}
        plan = {"title": self.appendices[0], "author": "pw", "purpose": "information", "summary": "The plan in full."}
        return {self.id: value, f"{self.id}-plan": plan}

    def cover(self) -> str:
        """The lines of a copied cover, which repeat the meeting's facts as they are, or another event's."""
        day, venue = self.words.day, self.meeting["venue"]
        lines = f"Date: {dated(self.random, day)}  \nTime: 2.00 pm  \nVenue: {venue}\n\n"
        return self.random.choice((lines, lines.replace("2.00 pm", "14:00 to 17:00"), "", "", ""))

    def section(self, number: int) -> dict[str, Any]:
        """A section of some paragraphs, most of them with a table, a list or a part named in words."""
        random, words = self.random, self.words
        texts = [words.paragraph() for _ in range(random.randint(1, 3))]
        texts += self.table(number) if random.random() < 0.7 else []
        texts += [more(number) for more in random.sample((self.bullets, self.event, self.typed, self.quoted), 2)]
        if not number:
            texts += [f"The {title.lower()} is at [](appendix:a{at})." for at, title in enumerate(self.appendices)]
        return {"heading": HEADINGS[(number * 3 + len(self.id)) % len(HEADINGS)], "id": f"s{number}",
                "text": "\n\n".join(texts) + "\n"}  # fmt: skip

    def table(self, number: int) -> list[str]:
        """A paragraph with true figures of a table, and the table."""
        id = f"t{number}"
        made = self.random.choice(TABLES)(self.random, f"[](table:{id})")
        made.value["caption"] = self.random.choice(CAPTIONS)
        self.tables[id] = made
        self.amounts += [f"£{each:,}" for each in made.amounts]
        said = [self.random.choice(made.facts), *([self.words.sentence(TABLED)] if self.random.random() < 0.3 else [])]
        return [" ".join(said), f"[](table:{id})"]

    def bullets(self, _: int) -> str:
        cost = self.random.randint(12, 400) * 125
        self.amounts.append(f"£{cost:,}")
        lines = (f"a lease of £{cost:,} a year from {self.words.slot('date')};", "training for 24 wardens;",
                 f"a visit to {self.words.slot('district')}.")  # fmt: skip
        mark = self.random.choice(("- ", "1. ", "* "))
        return "The proposal is for:\n\n" + "\n".join(mark + line for line in lines)

    def event(self, _: int) -> str:
        """Another event, with its own date and venue in lines like those of a cover."""
        return f"### Open day\n\nDate: {self.words.slot('soon')}  \nTime: 10.30 am  \nVenue: The Corn Exchange"

    def typed(self, number: int) -> str:
        """A part that is there, named by its number as authors type it."""
        named = ["Section 1.1 gives the background.", f"See paragraph {number + 1}.1 for more."]
        named += [f"See Appendix {'ABC'[at]} for it." for at in range(len(self.appendices))]
        named += [f"The detail is in Table {len(self.tables)}."] if self.tables else []
        return self.random.choice(named)

    def quoted(self, _: int) -> str:
        return "> See Appendix Z and section 9.9, as the inspectors wrote in their report.\n\nOfficers agree."

    def recommendations(self, decides: bool) -> list[str]:
        """What is asked: decisions, some about amounts of the text, or nothing but to note."""
        random = self.random
        note = random.choice(("Note the report.", "Consider the findings.", "That the committee notes the progress."))
        if not decides:
            return [note] if random.random() < 0.7 else []
        asked = [random.choice(("Agree the plan.", "That the terms be approved.", "Appoint a lead member."))]
        if self.amounts:
            amount = random.choice(self.amounts)
            asked.append(random.choice((f"Approve {amount} for the year.", f"Agree to spend {amount} on the works.")))
            self.asks_for_money = True
        asked.append(f"Agree the next steps in [](section:s{random.randint(0, 1)}).")
        return random.sample([note, *asked], len(asked) + 1)

    def back(self) -> dict[str, Any]:
        """Appendices, background papers, and why a paper is late or withheld."""
        random, value = self.random, {}
        if self.appendices:
            value["appendices"] = [
                FlowMap(id=f"a{at}", title=title, **({"file": "to follow"} if at else {"paper": f"{self.id}-plan"}))
                for at, title in enumerate(self.appendices)
            ]
        listed = FlowMap(title="Plan of the county", where="Example Council")
        value["background_papers"] = random.choice(("none", [listed]))
        if random.random() < 0.2:
            paragraph = random.choice((1, 2, 3)) + (11 if self.board["notice"]["statute"] == "wales" else 0)
            interest = "Disclosure would weaken the negotiations."
            value["exempt"] = FlowMap(paragraphs=Flow([paragraph]), public_interest=interest)
        if random.random() < 0.2:
            value["late"] = FlowMap(urgency="The grant lapses.", reason="The offer came late.", agreed_by="pw",
                                    agreed_on=Plain(self.words.day - timedelta(days=3)))  # fmt: skip
        return value


def draw_minutes(words: Words, pack: Pack, register: list[dict[str, str]]) -> dict[str, Any]:
    """Minutes of every paper, with people who were there and actions that they took on."""
    random = words.random
    there = [f"{each['given']} {each['surname']}" for each in register]
    entries = []
    for number, id in enumerate(id for id in pack.papers if not id.endswith("-plan")):
        actions = [
            FlowMap(id=f"a{number}", action="Write to partners",
                    due=random.choice(("next", Plain(words.day + timedelta(20)))),
                    owner=Flow([random.choice((register[1]["id"], there[2], "all partners", "Example Council"))])),
            FlowMap(action="Report back", owner=Flow([there[3]]), due="next"),
        ]  # fmt: skip
        said = f"{random.choice(there)} presented the report; {random.choice(there)} asked about costs."
        if "late" in pack.papers[id]:
            said += " The chair took the item as a matter of urgency, since the grant would lapse."
        entries.append({"item": id, "discussion": f"{said} {words.paragraph()}\n", "actions": actions})
    guest = FlowMap(name="Fergus Pargeter", organisation="Example Charity")
    return {"present": Flow(["pw", *there[1:]]), "in_attendance": [guest], "items": entries}
