"""Right sentences and tables as committee papers have them: what they say of dates, parts and figures is true."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from random_yaml import Flow, FlowMap, Plain

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
DISTRICTS = ("Alderfield", "Brackmere", "Coldharbour", "Dunmow Vale", "Eastmarsh", "Foxley", "Great Sallow",
             "Harbridge", "Ingleton", "Kelverstone")  # fmt: skip
SENTENCES = (
    "The working group met on {date} at {time} and will meet again on {soon}.",
    "{person} reported to the {body} on {date}; {person} replied for the officers.",
    "A seminar was held from {span}, to which {outsider} of Example Constabulary spoke.",
    "Section 17 of the Crime and Disorder Act 1998 applies to all that each authority does.",
    "Under section 5.2 of the Constitution the chair may take urgent business.",
    "The press and public may be excluded under Part 1 of Schedule 12A to the Local Government Act 1972.",
    "Access to papers is governed by section 100A(4) of the Act, and members' interests by section 30.3 of the Code.",
    "Appendix D to the Partnership Agreement of 2008 sets the shares of each partner.",
    "Table 9 in the annual report of the Home Office gives the figures for families of like areas.",
    "It follows item 3.1 of the Home Office strategy, and paragraph 2.4 of the Prospectus.",
    "The matter was last considered under agenda item 7 of the meeting in May.",
    "Officers hold a section 106 agreement with the developer, and the section 151 officer was consulted.",
    "Band D council tax, Class A drugs, Level 3 qualifications and Phase 2 of the works were all touched upon.",
    "Response is 2.5% higher than a year ago, and 12 per cent of callers had to wait.",
    "Of the 240 households asked, 120 said yes, which is 50%.",
    "Council tax support of about {rounded} is paid each year, and nearly {rounded} in arrears is owed.",
    "The helpline is open from 9.30 am to 5 pm, and on Saturdays from 10:00 to 12 noon.",
    "Call 01632 960{three} or see https://example.org/report/{three} for the details.",
    "The Joseph {surname} Trust gave the land; {surname} Road was closed for a day.",
    "{outsider} and {outsider} asked for a crossing at {district} Station.",
    "Cllr {surname} asked whether {district} had been consulted.",
    "Since April 2009, 1,200 calls a month have come in, against 950 in 2008/09.",
    "The Licensing Act 2003 (section 9.4) and the Regulations of 2005 apply.",
    "Bids closed on {date} and were opened by two members, as the Code of Practice (table 2) asks.",
    "The survey ran for 6 weeks until {date}; reminders went out on {date}.",
    "Members may wish to note that nobody under 18 may be named: see Part 5 of the Youth Justice Act.",
    "In {district} the trial cost £4.50 a head, and took 2½ hours a day.",
    "The figure 4 on the map is the depot; at the table 6 people were present throughout.",
    "The plan runs to 31 March {year}, with a review every January.",
    "Version 2.1 of the protocol was signed by {person}, and see {itemref} for the next steps.",
    "This follows the decision reported under agenda item {label}.",
    "Every Thursday from 1 to 3 pm the hall is let to the youth club.",
)
TABLED = (
    "The county's population is 1,402,900, of whom 61,377 live in {district}.",
    "By {date} all returns had come in, and some 4,500 letters had been sent.",
    "The 2008 baseline of 7,218 visits came from another source, see section 4.2 of the Guidance.",
    "Inspectors counted 3,846 in the year before at a cost of £2,915.",
)
"""Sentences that stand beside a table and speak of figures that it does not hold."""
HEADINGS = ("Background", "Current position", "Findings", "PROGRESS TO DATE", "Consultation", "Options considered",
            "Next steps", "Legal position", "Timetable", "Risks")  # fmt: skip
STEMS = ("Ark", "Wether", "Thorn", "Hazel", "Brad", "Lang", "Whit", "Cross", "Mar", "Stan", "Hol", "Pen")
ENDS = ("well", "den", "combe", "shaw", "stead", "burn", "wick", "more")


@dataclass(frozen=True)
class Made:
    """A table, and right sentences about it."""

    value: dict[str, Any]
    facts: list[str]
    amounts: list[int]


@dataclass
class Words:
    """What the sentences of one meeting draw from; ``labels`` are the numbers of its agenda."""

    random: Random
    day: date
    people: list[tuple[str, str]]
    body: str
    ids: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def sentence(self, choices: tuple[str, ...] = SENTENCES) -> str:
        return re.sub(r"{(\w+)}", lambda slot: self.slot(slot[1]), self.random.choice(choices))

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(2, 5)))

    def slot(self, name: str) -> str:
        random = self.random
        if name in ("date", "soon", "span"):
            away = random.randint(5, 90) if name == "soon" else -random.randint(20, 700)
            when = self.day + timedelta(days=away)
            return self.span(when) if name == "span" else dated(random, when, near=abs(away) < 95)
        made = {
            "time": random.choice(("9.30 am", "2pm", "14:00", "6.15 p.m.", "noon")),
            "year": str(self.day.year + 1),
            "rounded": random.choice(("£1.2 million", "£36,000", "£12k", "£450,000")),
            "three": str(random.randint(100, 999)),
            "district": random.choice(DISTRICTS),
            "body": self.body,
        }
        if name in made:
            return made[name]
        return self.named(name)

    def named(self, name: str) -> str:
        """What a slot stands for that names somebody or some part."""
        random = self.random
        given, surname = random.choice(self.people)
        if name == "person":
            return random.choice((f"{given} {surname}", f"Cllr {given} {surname}", f"{given[0]}. {surname}"))
        if name == "surname":
            return surname
        if name == "outsider":
            return random.choice(("Gerald Pickthorne", "Moira Quennell", "Yusuf Dharani", f"{given} Oglethorpe"))
        if name == "label":
            return random.choice(self.labels)
        if name == "itemref":
            return f"[](item:{random.choice(self.ids)})"
        raise KeyError(name)

    def span(self, first: date) -> str:
        last = first + timedelta(days=self.random.randint(1, 3))
        if last.month != first.month:
            return f"{dated(self.random, first)} to {dated(self.random, last)}"
        return f"{DAYS[first.weekday()]} {first.day} to {DAYS[last.weekday()]} {last.day} {month(last)} {last.year}"


def month(day: date) -> str:
    return MONTHS[day.month - 1]


def dated(random: Random, day: date, *, near: bool = False) -> str:
    """A day with its weekday, in one of the ways in which people write it; near ones may go without their year."""
    weekday, named = DAYS[day.weekday()], month(day)
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day // 10 != 1 else 0, "th")
    ways = [
        f"{weekday} {day.day} {named} {day.year}",
        f"{weekday}, {day.day}{th} {named} {day.year}",
        f"{weekday} the {day.day}{th} of {named} {day.year}",
        f"{weekday[:3]} {day.day} {named[:3]} {day.year}" if weekday != "Sunday" else f"{weekday} {day:%d/%m/%Y}",
        f"{weekday} {day:%d/%m/%Y}",
        f"{day.day} {named} {day.year} ({weekday})",
        *[f"{weekday} {day.day} {named}", f"{weekday} {day.day}{th} {named}"] * near,
    ]
    return random.choice(ways)


# --- Tables ------------------------------------------------------------------------------------------------


def percent(part: int, whole: int) -> Plain:
    """A share or a change in percent, with one place."""
    value = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Plain(value or abs(value))


def areas(random: Random) -> list[str]:
    return random.sample(DISTRICTS, random.randint(4, 8))


def column(key: str, label: str, type: str = "", **more: Any) -> FlowMap:
    return FlowMap(key=key, label=label, **({"type": type} if type else {}), **more)


def stated_totals(random: Random, ref: str) -> Made:
    """Money with its totals stated at the columns."""
    rows = [Flow([area, *(random.randint(2_000, 240_000) for _ in range(3))]) for area in areas(random)]
    sums = [sum(row[at] for row in rows) for at in (1, 2, 3)]
    labels = ("Area Based Grant", "Capital", "Match funding")
    money = [column(f"m{at}", labels[at], "money", total=sums[at]) for at in range(3)]
    area = random.choice(rows)
    facts = [f"{ref} shows £{sums[0]:,} of grant in all, of which {area[0]} has £{area[1]:,}.",
             f"Capital comes to £{sums[1]:,}, grant and capital together £{sums[0] + sums[1]:,} ({ref})."]  # fmt: skip
    return Made({"columns": [column("area", "District"), *money], "rows": rows}, facts, [*sums, area[1]])


def typed_totals(random: Random, ref: str) -> Made:
    """Money with a typed row of totals, some of it by groups."""
    rows: list[Any] = []
    sums, group, grouped = [0, 0], [0, 0], random.random() < 0.4
    for at, name in enumerate(chosen := areas(random)):
        if grouped and at in (0, len(chosen) // 2):
            rows += [Flow(["Subtotal", *group])] if at else []
            rows.append(FlowMap(group="North" if at else "South"))
            group = [0, 0]
        figures = [random.randint(1_000, 99_000), random.randint(1_000, 99_000)]
        rows.append(Flow([name, *figures]))
        sums = [a + b for a, b in zip(sums, figures, strict=True)]
        group = [a + b for a, b in zip(group, figures, strict=True)]
    rows += [Flow(["Subtotal", *group])] * grouped
    rows.append(Flow([random.choice(("Total", "**Total**", "Grand total")), *sums]))
    columns = [column("area", "District"), column("budget", "Budget", "money"), column("spent", "Spent", "money")]
    facts = [f"Of a budget of £{sums[0]:,} {ref} shows that £{sums[1]:,} was spent."]
    return Made({"columns": columns, "rows": rows}, facts, sums)


def counts(random: Random, ref: str) -> Made:
    """Offences of two years with the change typed in percent, or computed."""
    pairs = [(name, random.randint(1_000, 9_000), random.randint(1_000, 9_000)) for name in areas(random)]
    columns = [column("area", "District"), column("was", "2008/09", "integer"), column("now", "2009/10", "integer")]
    if random.random() < 0.7:
        columns.append(column("change", "Change (%)", "percent"))
        rows = [Flow([name, was, now, percent(now - was, was)]) for name, was, now in pairs]
    else:
        columns.append(column("change", "Change (%)", "percent", change=Flow(["was", "now"])))
        rows = [Flow([name, was, now]) for name, was, now in pairs]
    name, was, now = random.choice(pairs)
    went = "rose" if now >= was else "fell"
    share = percent(abs(now - was), was)
    which = "later" if now > was else "earlier"
    facts = [f"In {name} recorded offences {went} by {share}% from {was:,} to {now:,} ({ref}).",
             f"{ref} has {max(now, was):,} offences for {name} in the {which} year."]  # fmt: skip
    return Made({"columns": columns, "rows": rows}, facts, [])


def parts(random: Random, ref: str) -> Made:
    """Counts with the whole of each row typed."""
    rows = []
    for name in areas(random):
        figures = [random.randint(40, 2_500) for _ in range(3)]
        rows.append(Flow([name, *figures, sum(figures)]))
    kinds = ("Burglary", "Vehicle crime", "Criminal damage", "All offences")
    columns = [column("area", "District"), *(column(f"k{at}", each, "integer") for at, each in enumerate(kinds))]
    row = random.choice(rows)
    return Made({"columns": columns, "rows": rows}, [f"{row[0]} has {row[4]:,} of the offences in {ref}."], [])


def shares(random: Random, ref: str) -> Made:
    """People asked and people content, with their share; and a rate that adds up to nothing."""
    rows = []
    for name in areas(random):
        asked = random.randint(1_000, 5_000)
        content = random.randint(200, asked)
        rows.append(Flow([name, asked, content, percent(content, asked), Plain(f"{random.uniform(20, 90):.1f}")]))
    columns = [column("area", "District"), column("asked", "Asked", "integer"), column("content", "Content", "integer"),
               column("share", "Share content", "percent"), column("rate", "Rate per 1,000", "number")]  # fmt: skip
    row = random.choice(rows)
    return Made({"columns": columns, "rows": rows}, [f"In {row[0]} {row[2]:,} of {row[1]:,} were content ({ref})."], [])


def rounded(random: Random, ref: str) -> Made:
    """Thousands that were rounded one by one, so that their total may be off."""
    exact = [(name, random.randint(2_000_000, 90_000_000)) for name in areas(random)]
    rows = [Flow([name, round(each / 1_000_000)]) for name, each in exact]
    rows.append(Flow(["Total", round(sum(each for _, each in exact) / 1_000_000)]))
    note = "Figures are rounded, so that they may not add up."
    columns = [column("area", "District"), column("cost", "Cost, £ million", "number")]
    return Made({"note": note, "columns": columns, "rows": rows}, [f"{ref} is in millions."], [])


def actions(random: Random, ref: str) -> Made:
    """A plan: who does what by when, and how it stands."""
    verbs = ("Review the protocol", "Train 24 wardens", "Renew the lease", "Publish the findings", "Write to partners")
    rows = [
        Flow([verb, "pw", Plain(date(2030, 1, 1) + timedelta(days=random.randint(0, 200))), random.choice("RAG")])
        for verb in verbs
    ]
    columns = [column("what", "Action"), column("who", "Lead", "person"), column("due", "By", "date"),
               column("state", "State", "rag")]  # fmt: skip
    return Made({"columns": columns, "rows": rows}, [f"The actions are in {ref}."], [])


TABLES = (stated_totals, typed_totals, counts, parts, shares, rounded, actions)
CAPTIONS = ("Allocations by district", "Recorded offences", "Results of the survey", "Costs and savings", "Progress")
