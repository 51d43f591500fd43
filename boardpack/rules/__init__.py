"""What must be right beyond the shape of the files: a meeting as it was built -> findings.

A rule is a small function with its line in a table here: the code of its findings, whose severity and meaning
stand in ``diagnostics.CODES``, and the reason for the rule. Rules read values only; what takes a look at the
disk is the loader's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, NamedTuple, TypeVar

from boardpack.diagnostics import CODES, Finding, Severity
from boardpack.model.board import Board
from boardpack.model.meeting import Meeting
from boardpack.rules import (
    agenda,
    amounts,
    attachments,
    boards,
    charts,
    clearance,
    facts,
    figures,
    houses,
    law,
    links,
    mentions,
    minutes,
    people,
    people_in_text,
    purposes,
    reading,
    references,
    tables,
    weekdays,
)
from boardpack.rules.excuses import is_excused

Subject = TypeVar("Subject", Board, Meeting)


class Rule(NamedTuple, Generic[Subject]):
    """A rule: the code of its findings, the function that finds them, why there is such a rule, and who says so.

    ``source`` is the Act and section, the standard or the guidance that asks for it; empty for the program's own sense.
    """

    code: str
    check: Callable[[Subject], Iterator[Finding]]
    reason: str
    source: str = ""


_GDS = "Government Digital Service, Content design: planning, writing and managing content"

_ACT = "Local Government Act 1972"

BOARD_RULES: tuple[Rule[Board], ...] = (
    Rule("wrong-label", boards.wrong_label, "agenda numbers are counted on from the board's sample labels"),
    Rule("duplicate-id", boards.duplicate_id, "papers name people, cover lines and standing sections by these"),
    Rule("unknown-theme", boards.unknown_theme, "the entry would stand in a row of its own"),
)

RULES: tuple[Rule[Meeting], ...] = (
    Rule("meeting-date", agenda.meeting_date, "the folder is the meeting's id in commands, links and minutes"),
    Rule(
        "unknown-paper",
        agenda.unknown_paper,
        "the paper column promises a paper that would not be in the pack",
    ),
    Rule("unused-paper", agenda.unused_paper, "a paper that no line names is missed only at the meeting"),
    Rule("appendix-loop", agenda.appendix_loop, "a paper cannot be printed inside itself"),
    Rule("missing-title", agenda.missing_title, "members must be able to tell what an item is"),
    Rule(
        "duplicate-id",
        agenda.duplicate_id,
        "references and minutes name the lines of the agenda by their ids",
    ),
    Rule("too-many-levels", agenda.too_many_levels, "an item without a number cannot be referred to"),
    Rule("wrong-label", agenda.wrong_label, "agenda numbers are counted on from sample labels"),
    Rule("no-next-meeting", agenda.no_next_meeting, "the line would print without a date"),
    Rule("ends-first", agenda.ends_first, "no items fit into a meeting that ends before it starts"),
    Rule("overrun", agenda.overrun, "the agenda prints the time of each item"),
    Rule("unknown-kind", references.unknown_kind, "the reference would print as nothing"),
    Rule("unknown-reference", references.unknown_reference, "the reference would print without a number"),
    Rule("duplicate-id", references.duplicate_id, "a reference could mean either"),
    Rule(
        "not-placed",
        references.not_placed,
        "what no text places prints at the end, where nobody looks for it",
    ),
    Rule("total-differs", tables.total_differs, "members decide on these figures, and minutes repeat them"),
    Rule("change-differs", tables.change_differs, "members decide on these figures, and minutes repeat them"),
    Rule("typed-total", figures.typed_total, "a typed total is not counted anew when a row changes"),
    Rule("parts-differ", figures.parts_differ, "members decide on these figures, and minutes repeat them"),
    Rule("percent-differs", figures.percent_differs, "members decide on these figures, and minutes repeat them"),
    Rule("money-nowhere", amounts.money_nowhere, "members vote on an amount that the paper must account for"),
    Rule("figure-differs", amounts.figure_differs, "members quote the text, and officers the table"),
    Rule("loose-reference", mentions.loose_reference, "the reader looks for a part that is not there"),
    Rule("typed-reference", mentions.typed_reference, "numbers are worked out anew when the agenda changes"),
    Rule("loose-file", attachments.loose_file, "a file that is lost on the way to the pack is missed at the meeting"),
    Rule("appendix-not-cited", attachments.appendix_not_cited, "readers do not know what an appendix is there for"),
    Rule("missing-caption", tables.missing_caption, "readers find a table by its caption (WCAG 2.2, 1.3.1)"),
    Rule("unknown-reference", charts.unknown_table, "there would be nothing to draw"),
    Rule("unknown-column", charts.unknown_column, "there would be nothing to draw"),
    Rule("wrong-chart", charts.wrong_chart, "what shares an axis is read as the same measure"),
    Rule("empty-chart", charts.empty_chart, "a chart without a bar or a line tells nothing"),
    Rule("crowded-chart", charts.crowded_chart, "a chart that cannot be made out hides what it should show"),
    Rule("missing-caption", charts.missing_title, "readers find a chart by its title (WCAG 2.2, 1.3.1)"),
    Rule("missing-alt", charts.missing_alt, "the chart's message is more than its figures (WCAG 2.2, 1.1.1)"),
    Rule("missing-alt", links.missing_alt, "people who do not see a picture need its content (WCAG 2.2, 1.1.1)"),
    Rule("unsafe-link", links.unsafe_link, "a link in a pack must work for every reader and run nothing"),
    Rule("missing-answer", houses.missing_answer, "the board asks it of every paper"),
    Rule("unknown-purpose", houses.unknown_purpose, "the agenda groups items by the board's own purposes"),
    Rule("unknown-theme", houses.unknown_theme, "the forward plan would print it in a row of its own"),
    Rule("unused-purpose", houses.unused_purpose, "the agenda prints the paper's own purpose"),
    Rule("unknown-person", people.unknown_person, "an id would print as if it were a name"),
    Rule("name-differs", people.name_differs, "the register is where names are spelt right"),
    Rule("name-differs", people_in_text.name_differs, "the record must say who spoke and who is to act"),
    Rule("no-decision", purposes.no_decision, "members cannot decide what nobody puts to them"),
    Rule("vague-recommendation", purposes.vague_recommendation, "members cannot decide what nobody puts to them"),
    Rule("decision-asked", purposes.decision_asked, "members who read the agenda do not expect to decide it"),
    Rule("weekday-differs", weekdays.weekday_differs, "half of the readers go by the weekday, half by the date"),
    Rule("venue-differs", facts.venue_differs, "members go where and when the paper says"),
    Rule("no-owner", facts.no_owner, "somebody must take the item"),
    Rule(
        "appendix-as-background",
        law.appendix_as_background,
        "background papers are listed and open to inspection, appendices are part of the report",
        f"{_ACT}, s. 100D",
    ),
    Rule(
        "no-public-interest",
        law.no_public_interest,
        "information is exempt only while the public interest in withholding it outweighs the other",
        f"{_ACT}, Schedule 12A, Part 2, para. 10 (England)",
    ),
    Rule(
        "wrong-paragraph",
        law.wrong_paragraph,
        "the Schedule has paragraphs 1 to 7 for England and 12 to 18 for Wales",
        f"{_ACT}, Schedule 12A",
    ),
    Rule(
        "late-reason",
        law.late_reason,
        "a late item is taken only by reason of special circumstances, which the minutes must state",
        f"{_ACT}, s. 100B(4)(b)",
    ),
    Rule(
        "late-unexplained",
        law.late_unexplained,
        "an item that was not open to inspection in time is taken only by reason of special circumstances",
        f"{_ACT}, s. 100B(4)(b)",
    ),
    Rule(
        "into-withheld",
        references.into_withheld,
        "the public edition holds nothing of a withheld paper but its pages, its class and its public title",
        f"{_ACT}, s. 100B(2)",
    ),
    Rule(
        "late-agreement",
        law.late_agreement,
        "the chair must be of the opinion that it is urgent",
        f"{_ACT}, s. 100B(4)(b)",
    ),
    Rule(
        "class-differs",
        law.class_differs,
        "what is withheld from the public must not be printed for it elsewhere",
        f"{_ACT}, s. 100B(2)",
    ),
    Rule("clearance-missing", clearance.clearance_missing, "the board takes no paper that these have not seen"),
    Rule("clearance-unsealed", clearance.clearance_unsealed, "nobody notices when the text is changed afterwards"),
    Rule("clearance-lapsed", clearance.clearance_lapsed, "what goes out is not what was cleared"),
    Rule("none-differs", law.none_differs, "members rely on what the section about money says"),
    Rule("repeated-label", tables.repeated_label, "a screen reader says the heading with each cell", "WCAG 2.2, 1.3.1"),
    Rule("action-owner", minutes.action_owner, "what nobody is to do is not done"),
    Rule("action-due", minutes.action_due, "without a day nobody asks after it"),
    Rule("unknown-owner", people_in_text.unknown_owner, "the action log must lead to somebody"),
    Rule("unknown-reference", minutes.unknown_reference, "the entry would print without a number"),
    Rule("duplicate-id", minutes.duplicate_id, "an action is known by its id until it is closed"),
    Rule("unknown-reference", minutes.unknown_action, "the action meant would stay open"),
    Rule("not-minuted", minutes.not_minuted, "what the record leaves out has not been decided"),
    Rule("no-resolution", minutes.no_resolution, "recommendations are no decisions, and these minutes are the record"),
    Rule(
        "late-not-minuted",
        minutes.late_not_minuted,
        "the special circumstances must be specified in the minutes",
        f"{_ACT}, s. 100B(4)(b)",
    ),
    Rule("no-minutes", minutes.no_minutes, "members are to confirm these minutes"),
    Rule("wrong-value", minutes.not_earlier, "minutes are confirmed by a later meeting"),
    Rule("long-paper", reading.long_paper, "what is too long to read before the meeting is not read"),
    Rule("long-sentence", reading.long_sentence, "short sentences are understood at first reading", _GDS),
    Rule("abbreviation", reading.abbreviation, "letters mean nothing to whoever was not told", "WCAG 2.2, 3.1.4"),
    Rule("all-capitals", reading.all_capitals, "capitals are harder to read, and some screen readers spell them", _GDS),
    Rule("vague-link", reading.vague_link, "screen readers list links without their sentences", "WCAG 2.2, 2.4.4"),
    Rule("skipped-level", reading.skipped_level, "readers find their way by the levels of headings", "WCAG 2.2, 1.3.1"),
    Rule("blank-heading", reading.blank_heading, "a heading says what stands below it", "WCAG 2.2, 2.4.6"),
)


def check_board(board: Board) -> list[Finding]:
    """The findings of every rule in a board's own file."""
    return [finding for rule in BOARD_RULES for finding in rule.check(board)]


def check(meeting: Meeting) -> list[Finding]:
    """The findings of every rule in a meeting and its papers, with the severities that its board wants."""
    asked = (rule for rule in RULES if not CODES[rule.code].asked or rule.code in meeting.board.rules)
    found = (finding for rule in asked for finding in rule.check(meeting))
    return list(settled(found, (meeting.board,)))


def settled(found: Iterable[Finding], boards: Sequence[Board]) -> Iterator[Finding]:
    """The findings with the severities that their boards want, without those turned off or excused in place."""
    for finding in found:
        path = finding.place.source.path if finding.place else None
        board = next((each for each in boards if path and path.is_relative_to(each.folder)), None)
        wanted = board.rules.get(finding.code) if board and CODES[finding.code].adjustable else None
        if wanted == "off" or (CODES[finding.code].adjustable and is_excused(finding)):
            continue
        yield replace(finding, severity=Severity(wanted)) if wanted else finding


def explain(code: str) -> str:
    """What a finding code means, who may decide otherwise, and why there is a rule, as a few lines of text.

    Raises:
        KeyError: if there is no such code.
    """
    known = CODES[code]
    lines = [f"{code} ({known.severity}{', only for boards that ask for it' if known.asked else ''})", known.meaning]
    every: tuple[Rule[Board] | Rule[Meeting], ...] = (*BOARD_RULES, *RULES)
    rules = [rule for rule in every if rule.code == code]
    lines += dict.fromkeys(f"why: {rule.reason}" for rule in rules)
    lines += dict.fromkeys(f"source: {rule.source}" for rule in rules if rule.source)
    if known.adjustable:
        lines.append(f"board.yaml may say `rules: {{{code}: …}}`; `# allow {code}: reason` excuses one line")
    return "\n".join(lines)
