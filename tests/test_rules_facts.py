"""Rules on substance: each law with random examples, and the edges that its bad case does not show."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import BOARD, CASES, PAPER, findings, told, write

from boardpack.diagnostics import Place, Source
from boardpack.model.dates import long_date, short_date
from boardpack.model.text import Text
from boardpack.rules import facts, names, people, verbs, weekdays

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MEETING_DAY = date(2010, 3, 11)
DATES = st.dates(date(1990, 1, 1), date(2040, 12, 31))
WAYS = (
    "{weekday} {day} {month} {year}",
    "{weekday}, {day} {month} {year}",
    "{weekday} {ordinal} {month}, {year}",
    "{weekday} the {ordinal} of {month} {year}",
    "{weekday}\n{day} {short} {year}",
    "{weekday}, {month} {day}, {year}",
    "{weekday} {day:02}/{number:02}/{year}",
    "{weekday}, {day}.{number}.{year}",
    "{weekday} {year}-{number:02}-{day:02}",
    "{upper} {day} {month} {year}",
    "{day} {month} {year} ({weekday})",
    "from {weekday} {day} {month} {year} at 9:30",
)


def text(value: str) -> Text:
    return Text(value, Place(Source(Path("paper.yaml"), value), 0, len(value)))


def written(way: str, day: date, weekday: str) -> str:
    ordinal = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day // 10 != 1 else 0, "th")
    month = short_date(day).split()[1]
    return way.format(
        weekday=weekday,
        upper=weekday.upper(),
        day=day.day,
        ordinal=f"{day.day}{ordinal}",
        month=month,
        short=month[:3],
        number=day.month,
        year=day.year,
    )


def wrong_weekdays(value: str, near: date = MEETING_DAY) -> list[str]:
    return [found.message for found in weekdays.in_text(text(value), near)]


def codes(folder: Path, **files: str) -> list[str]:
    return [each.code for each in findings(write(folder, **files))]


class TestWeekdays:
    @given(DATES, st.sampled_from(WAYS))
    def test_right_weekday_raises_nothing(self, day: date, way: str):
        assert wrong_weekdays(written(way, day, DAYS[day.weekday()])) == []

    @given(DATES, st.sampled_from(WAYS), st.integers(1, 6))
    def test_wrong_weekday_raises_one_finding(self, day: date, way: str, off: int):
        typed = DAYS[(day.weekday() + off) % 7]
        (message,) = wrong_weekdays(written(way, day, typed))
        assert message == f"{short_date(day)} is a {DAYS[day.weekday()]}, not a {typed}"

    @given(DATES, st.integers(-100, 100), st.integers(0, 6))
    def test_without_a_year_the_day_near_the_meeting_is_meant(self, near: date, away: int, off: int):
        day = near + timedelta(days=away)
        value = f"{DAYS[(day.weekday() + off) % 7]} {short_date(day).rpartition(' ')[0]}"
        expected = 0 if off == 0 or (day.month, day.day) == (2, 29) else 1
        assert len(wrong_weekdays(value, near)) in (expected, bool(off))

    @given(DATES, st.integers(-400, 400))
    def test_a_day_of_this_year_or_the_next_without_its_year_is_never_wrong(self, near: date, away: int):
        day = near + timedelta(days=away)
        value = f"on {long_date(day).rpartition(' ')[0]}"
        assert wrong_weekdays(value, near) == [] or abs(away) > 250

    @given(st.text())
    def test_any_text_can_be_read(self, value: str):
        wrong_weekdays(value)

    @pytest.mark.parametrize(
        "value",
        [
            "Thursday and Friday 11 and 12 March 2010",
            "Thursday 11 and Friday 12 March 2010",
            "Thursday 11 to Saturday 13 March 2010",
            "Monday 28 to 2 March 2010",
            "The committee sat 12 March 2010",
            "Sun 11 March 2010, page 4",
            "In 2009 it was Thursday 12 March",
            "Monday 11 March next year",
            "every Thursday 1 to 3 pm",
            "Friday March 2010",
            "Friday 30 February 2010",
            "`Friday 11 March 2010`",
            "Monday 11 March 1748",
        ],
    )
    def test_no_fault(self, value: str):
        assert wrong_weekdays(value) == []

    @pytest.mark.parametrize(
        "value",
        [
            "Wednesday 11 and Friday 12 March 2010",
            "Fri 11 Mar 2010",
            "Friday 11 March '10",
            "Friday 11th March",
            "Thursday 11 to Sunday 13 March 2010",
            "Sunday 28 February to Monday 2 March 2010",
            "Monday 28 to Friday 2 March 2010",
        ],
    )
    def test_fault(self, value: str):
        assert len(wrong_weekdays(value)) == 1

    def test_help_names_both_remedies(self):
        (found,) = weekdays.in_text(text("Friday 11 March 2010"), MEETING_DAY)
        assert found.help == "write `Thursday`, or correct the date: 5 March 2010 and 12 March 2010 are Fridays"

    def test_each_of_two_like_ones_has_its_place(self, tmp_path: Path):
        summary = "summary: |\n  Friday 11 March 2010, Thursday 11 March 2010\n  and Friday\n  11 March 2010.\n"
        found = findings(write(tmp_path, paper=PAPER + summary))
        assert told(found) == ["funding.yaml:5:3 weekday-differs", "funding.yaml:6:7 weekday-differs"]

    def test_minutes_and_titles_of_the_agenda_are_read(self, tmp_path: Path):
        meeting = "date: 2010-03-11\nagenda:\n  - {title: Visit of Friday 11 March, id: visit}\n  - paper: funding\n"
        minutes = "items: [{item: visit, discussion: Moved to Monday 12 March.}, {item: funding}]"
        assert codes(tmp_path, meeting=meeting, **{"minutes.yaml": minutes}) == ["weekday-differs"] * 2


class TestVenue:
    MEETING = "date: 2010-03-11\nstarts: 14:00\nvenue: Committee Room 2, County Hall\nagenda: [paper: funding]\n"

    @pytest.mark.parametrize(
        ("lines", "wrong"),
        [
            ("Venue: Committee Room 2, County Hall", 0),
            ("Venue: Committee Room 2", 0),
            ("Venue: Committee Room 2, The Old Building, County Hall, Witham", 0),
            ("Venue: Committee Room 1, County Hall", 1),
            ("- **Venue:** Committee Room 1, County Hall", 1),
            ("Venue: The Corn Exchange, Witham", 0),
            ("Date: 11 March 2010\nVenue: The Corn Exchange, Witham", 1),
            ("Date of meeting: 18 March 2010", 1),
            ("Meeting date: Thursday 11th March", 0),
            ("Date: 12 March 2010", 1),
            ("Some words.\n\nDate: 12 March 2010", 0),
            ("Date: 20 April 2010\nTime: 10.30 am\nVenue: The Corn Exchange", 0),
            ("Date: 11 March 2010\nTime: 2pm", 0),
            ("Date: 11 March 2010\nTime: 2.00 to 4.00", 0),
            ("Date: 11 March 2010\nTime: 10.30 am", 1),
            ("| Date | 11 March 2010 |\n| Time | 10:30 |", 1),
            ("Report to: Example Partnership\nDate: 18 March 2010", 1),
            ("The venue: Committee Room 1, County Hall", 0),
            ("`Venue: Committee Room 1, County Hall`", 0),
        ],
    )
    def test_lines_of_a_copied_cover(self, tmp_path: Path, lines: str, wrong: int):
        paper = PAPER + f"summary: {json.dumps(lines)}\n"
        assert codes(tmp_path, paper=paper, meeting=self.MEETING) == ["venue-differs"] * wrong

    @given(st.times())
    def test_a_time_of_day_is_read_as_it_is_written(self, moment: time):
        moment = moment.replace(second=0, microsecond=0)
        half = "am" if moment.hour < 12 else "pm"
        assert facts.times(f"{(moment.hour - 1) % 12 + 1}.{moment.minute:02} {half}") == {moment}
        assert moment in facts.times(f"from {moment.hour}:{moment.minute:02}")


class TestRecommendations:
    @pytest.mark.parametrize(
        ("words", "notes", "verb"),
        [
            ("Note the report", True, ""),
            ("That the committee notes the report.", True, ""),
            ("That the report be noted", True, ""),
            ("That the report be noted and the plan be approved", False, ""),
            ("RESOLVES to note the report", True, ""),
            ("RESOLVES to approve the plan", False, "approve"),
            ("RESOLVES that the plan be adopted", False, "adopted"),
            ("**Agree** the chair", False, "Agree"),
            ("(a) Agree the chair", False, "Agree"),
            ("It is recommended that the Board approves the plan", False, "approves"),
            ("The Planning and Housing Committee is asked to formally adopt the code", False, "adopt"),
            ("Harbour Board agrees the plan", False, "agrees"),
            ("Note the report and agree the plan", False, ""),
            ("Note that the plan was approved in May", True, ""),
            ("Ask the council to approve the plan", False, ""),
            ("Review the work of the partnership", False, ""),
            ("Be aware of the changes", True, ""),
            ("", False, ""),
        ],
    )
    def test_verb(self, words: str, notes: bool, verb: str):
        assert verbs.notes_only(words, "Harbour Board") is notes
        assert verbs.decides(words, "Harbour Board") == verb

    @given(st.text())
    def test_any_words_can_be_read(self, words: str):
        verbs.notes_only(words)
        verbs.decides(words)

    def test_a_board_that_requires_recommendations_says_it_once(self, tmp_path: Path):
        paper = PAPER.replace("information", "decision")
        assert codes(tmp_path / "a", board=BOARD + "require: [recommendations]\n", paper=paper) == ["missing-answer"]
        assert codes(tmp_path / "b", paper=paper + "recomendations: [Agree it.]\n") == ["unknown-key"]
        assert codes(tmp_path / "c", paper=paper.replace("decision", "decisoin")) == ["unknown-purpose"]

    def test_a_paper_that_is_an_appendix_only_need_not_recommend(self, tmp_path: Path):
        paper = PAPER + "appendices: [{title: Plan, paper: plan, id: plan}]\nsummary: See [](appendix:plan).\n"
        assert codes(tmp_path, paper=paper, **{"plan.yaml": PAPER.replace("information", "decision")}) == []


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other", "alike"),
        [
            ("Cllr Judith Arkwell", "Judith Arkwell", True),
            ("J Arkwell", "Judith Arkwell", True),
            ("Judy Arkwell", "Judith Arkwell", True),
            ("Bill Arkwell", "William Arkwell", True),
            ("Judith M. Arkwell", "Judith Arkwell", True),
            ("Judith Arkwell MBE", "Judith Arkwell, Example Council", True),
            ("Helen Arkwell", "Judith Arkwell", False),
            ("Ann Arkwell", "Anne Arkwell", False),
            ("Judith Arkwill", "Judith Arkwell", False),
        ],
    )
    def test_same(self, one: str, other: str, alike: bool):
        first, second = names.parse(one), names.parse(other)
        assert first
        assert second
        assert names.same(first, second) is alike
        assert names.same(second, first) is alike

    @pytest.mark.parametrize("words", ["all partners", "The 12 councils", "", "NHS", "the Chair"])
    def test_no_name(self, words: str):
        assert names.parse(words) is None

    @pytest.mark.parametrize("words", ["Essex Police", "Example Council", "Harbour Team", "Helen Trust"])
    def test_body_is_no_person(self, words: str):
        name = names.parse(words)
        assert name
        assert not names.is_person(name, frozenset())

    @given(st.text())
    def test_any_words_can_be_read(self, words: str):
        names.parse(words)

    @given(st.text("abc", min_size=1, max_size=6), st.data())
    def test_one_letter_apart(self, word: str, data: st.DataObject):
        at = data.draw(st.integers(0, len(word) - 1))
        assert names.one_letter_apart(word, f"{word[:at]}x{word[at:]}")
        assert names.one_letter_apart(word, f"{word[:at]}x{word[at + 1 :]}")
        assert names.one_letter_apart(word, word[:at] + word[at + 1 :])
        assert not names.one_letter_apart(word, word)

    def test_a_paper_may_speak_of_somebody_with_the_same_surname(self, tmp_path: Path):
        board = BOARD + "people: [{id: ja, name: Judith Arkwell}]\n"
        said = PAPER + "summary: {}\n"
        assert codes(tmp_path / "a", board=board, paper=said.format("Martin Arkwell spoke.")) == []
        assert codes(tmp_path / "b", board=board, paper=said.format("Julia Arkwell spoke.")) == ["name-differs"]
        assert codes(tmp_path / "c", board=board, paper=said.format("Judith Arkwall spoke.")) == ["name-differs"]

    @pytest.mark.parametrize(
        ("discussion", "found"),
        [
            ("Helen Arkwell spoke.", True),
            ("Judith Arkwell met Helen Arkwell.", False),
            ("Judith Arkwell met Judit Arkwell.", True),
            ("Sir Robert Arkwell opened it.", False),
            ("The Helen Arkwell Trust paid.", False),
            ("Cllr Arkwell and Mrs Arkwell of Arkwell Road spoke.", False),
            ("Helen Arkwell's Law was read.", False),
            ("Harbour Arkwell was read.", False),
        ],
    )
    def test_minutes_that_name_both_may_mean_two_people(self, tmp_path: Path, discussion: str, found: bool):
        minutes = f'present: [Judith Arkwell]\nitems: [{{item: funding, discussion: "{discussion}"}}]\n'
        assert codes(tmp_path, **{"minutes.yaml": minutes}) == ["name-differs"] * found


@pytest.mark.parametrize(
    ("statute", "paragraph", "wrong"),
    [
        ("england-principal", 7, False),
        ("england-principal", 12, True),
        ("england-executive-private", 1, False),
        ("parish", 8, True),
        ("wales", 12, False),
        ("wales", 18, False),
        ("wales", 7, True),
        ("none", 3, False),
    ],
)
def test_paragraphs_are_those_of_the_nation(tmp_path: Path, statute: str, paragraph: int, wrong: bool):
    board = f"{BOARD}notice: {{statute: {statute}}}\n"
    paper = f"{PAPER}exempt: {{paragraphs: [{paragraph}], public_interest: It would weaken the bid.}}\n"
    assert codes(tmp_path, board=board, paper=paper) == ["wrong-paragraph"] * wrong


@pytest.mark.parametrize(
    ("statute", "paragraphs", "asked"),
    [
        ("wales", "[16]", False),
        ("wales", "[14, 16]", True),
        ("wales", "[14]", True),
        ("england-principal", "[5]", True),
        ("none", "[3]", True),
    ],
)
def test_in_wales_legal_privilege_is_not_weighed(tmp_path: Path, statute: str, paragraphs: str, asked: bool):
    board = f"{BOARD}notice: {{statute: {statute}}}\n"
    paper = f"{PAPER}exempt: {{paragraphs: {paragraphs}}}\n"
    assert codes(tmp_path, board=board, paper=paper) == ["no-public-interest"] * asked


def test_right_papers_raise_nothing_and_one_mutation_its_own_finding(tmp_path: Path):
    right = CASES / "good" / "substance"
    for file, code, old, new in MUTATIONS:
        text = (right / "partnership" / "2010-03-11" / file).read_text(encoding="utf-8")
        assert old in text
        files = {path.name: path.read_text(encoding="utf-8") for path in right.glob("*/2010-03-11/*.yaml")}
        files[file] = text.replace(old, new, 1)
        meeting, paper = files.pop("meeting.yaml"), files.pop("funding.yaml")
        board = (right / "partnership" / "board.yaml").read_text(encoding="utf-8")
        found = codes(tmp_path / code / old[:5], board=board, meeting=meeting, paper=paper, **files)
        assert (code, found) == (code, [code])


RENT = '{financial: "A rent of £12,000 is within the budget."}'
MUTATIONS = (
    ("funding.yaml", "weekday-differs", "Thursday, 04/03/2010", "Friday, 04/03/2010"),
    ("funding.yaml", "venue-differs", "Committee Room 2", "Committee Room 1"),
    ("funding.yaml", "venue-differs", "2.00 pm", "2.30 pm"),
    ("funding.yaml", "repeated-label", "label: Cost}", "label: Partnership}"),
    ("funding.yaml", "appendix-as-background", "title: Action plan of the county", "title: Action plan"),
    ("funding.yaml", "vague-recommendation", "  - That the second be approved.\n", ""),
    ("funding.yaml", "no-decision", "recommendations:\n  - Note the two bids.\n  - That the second be approved.\n", ""),
    ("funding.yaml", "decision-asked", "[information, decision]", "information"),
    ("funding.yaml", "name-differs", "Philippa Wetherden spoke", "Philippa Wetherdon spoke"),
    ("premises.yaml", "no-public-interest", ", public_interest: It would weaken the negotiations.", ""),
    ("premises.yaml", "wrong-paragraph", "[3]", "[13]"),
    ("premises.yaml", "none-differs", RENT, "{financial: none}\nsummary: The rent is £12,000."),
    ("meeting.yaml", "no-owner", ", presenter: pw", ""),
    ("minutes.yaml", "action-due", ", due: next", ""),
    ("minutes.yaml", "action-owner", "owner: Monica Orme, ", ""),
    ("minutes.yaml", "unknown-owner", "owner: Monica Orme", "owner: Monica Orchard"),
    ("minutes.yaml", "name-differs", "Nick Arkwell spoke", "Neville Arkwell spoke"),
)


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("J Warrener", "P Warrener", False),
        ("Cllr N Brown", "Cllr M Brown", False),
        ("Paul Jones", "Paula Jones", False),
        ("Philippa Wetherdon", "Philippa Wetherden", True),
        ("Anthea Dawlsh", "Anthea Dawlish", True),
    ],
)
def test_two_people_of_one_surname_are_no_slip(name: str, known: str, found: bool):
    assert bool(people._near(name, [known])) is found


@pytest.mark.parametrize(
    "words",
    [
        "Note the progress and endorse the action plan.",
        "Receive the report and accept the offer.",
        "Note the vacancy and nominate two members.",
    ],
)
def test_a_recommendation_that_goes_on_to_put_something_is_not_vague(words: str):
    assert not verbs.notes_only(words)
