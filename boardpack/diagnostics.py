"""What can be wrong, and where: the values that every room may speak of and that none below it needs.

A fault that somebody made in the papers is a :class:`Finding`: data, collected and shown together. A fault
that stops the work (no LibreOffice, a full disk) is a :class:`BoardpackError`: raised, with the exit code it
ends in and a remedy in its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import accumulate
from pathlib import Path


class ExitCode(IntEnum):
    """How a command ends; the numbers are part of the contract with users."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    MISSING = 3
    FAULT = 4


class BoardpackError(Exception):
    """Something that stops a command; its text is a sentence for the user, with the remedy."""

    exit_code = ExitCode.FAULT


class UsageError(BoardpackError):
    """The command line names something that is not there or does not fit together."""

    exit_code = ExitCode.USAGE


class MissingError(BoardpackError):
    """This machine lacks something that the work needs: a program, a font, room on the disk."""

    exit_code = ExitCode.MISSING


class Severity(StrEnum):
    """How much a finding matters: an error stops the pack, a warning is listed in it, a hint is advice."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Source:
    """The text of one file as it was read; offsets into ``text`` are what a :class:`Place` holds."""

    path: Path
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines without their ends; every span in a line shares the line's one string."""
        return self.text.split("\n")

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of the first character of each line."""
        return [0, *accumulate(len(line) + 1 for line in self.lines[:-1])]


@dataclass(frozen=True, slots=True)
class Span:
    """A place for people: a file, a line and columns counted from 1, and the text of that line.

    ``end_column`` is the first column after the marked text; a span never runs over the end of its line.
    """

    path: Path
    line: int
    column: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """The stretch ``[start, end)`` of a source where a value was written."""

    source: Source
    start: int
    end: int

    def span(self) -> Span:
        """Line and columns of this place, cut at the end of its first line that holds text."""
        from bisect import bisect_right

        text = self.source.text
        start = min(self.start, len(text))
        end = min(max(self.end, start), len(text))
        while start < end and text[start] in " \n":
            start += 1
        starts = self.source.line_starts
        line = bisect_right(starts, start) - 1
        content = self.source.lines[line]
        line_end = starts[line] + len(content)
        column = start - starts[line]
        end_column = min(max(end, start + 1), max(line_end, start + 1)) - starts[line]
        if end_column >= len(content):
            end_column = max(len(content.rstrip()), column + 1)
        return Span(self.source.path, line + 1, column + 1, end_column + 1, content)

    def find(self, snippet: str) -> Place:
        """The place of the first ``snippet`` in this one; this one where the source spells it otherwise."""
        at = self.source.text.find(snippet, self.start, self.end)
        return self if at < 0 else Place(self.source, at, at + len(snippet))


@dataclass(frozen=True, slots=True)
class CellPlace(Place):
    """A cell of a workbook, which has no text of its own: the place that names the file, and the cell in words."""

    cell: str

    def find(self, snippet: str) -> CellPlace:  # noqa: ARG002 (what is looked for stands in the workbook)
        """This place: the cell's words do not stand where the file is named."""
        return self


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found.

    ``code`` is kebab-case and names the fault. ``message`` states the fault and stands alone: lower case, no
    full stop. ``help`` alone says what to do about it. ``place`` is absent only where no file is at fault.
    """

    code: str
    severity: Severity
    place: Place | None
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """What a finding code stands for: how much it matters and what it means.

    A board may give an ``adjustable`` one another severity, or turn it off; the others stop what comes after them. One
    that is ``asked`` for is found only where a board gives it a severity.
    """

    severity: Severity
    meaning: str
    adjustable: bool = False
    asked: bool = False


def _codes(
    severity: Severity, meanings: Mapping[str, str], adjustable: bool = False, asked: bool = False
) -> dict[str, Code]:
    return {code: Code(severity, meaning, adjustable, asked) for code, meaning in meanings.items()}


CODES: Mapping[str, Code] = {
    # Reading a file
    **_codes(
        Severity.ERROR,
        {
            "alias": "a value is an anchor, an alias or a merge key of YAML, which papers may not use",
            "duplicate-key": "a key stands twice in the same place, so that one of its values would be lost",
            "empty-file": "a file holds nothing, or comments only",
            "illegal-character": "a text holds a character that a Word document cannot hold",
            "not-a-mapping": "a file holds something else than keys with their values",
            "not-utf8": "a file is not text in UTF-8",
            "several-documents": "a file holds several YAML documents, of which only one would be read",
            "tab-indent": "a line is indented with a tab",
            "too-deep": "values are nested deeper than any paper needs",
            "too-large": "a file is larger than any paper needs",
            "unreadable": "a file cannot be opened",
            "yaml-syntax": "a file breaks the rules of YAML",
        },
    ),
    # Finding boards, meetings and papers
    **_codes(
        Severity.ERROR,
        {
            "missing-board": "a folder holds meetings but no board.yaml",
            "missing-meeting": "a meeting's folder holds papers but no meeting.yaml",
        },
    ),
    "stray-file": Code(Severity.WARNING, "a YAML file stands where no board, meeting or paper is read from"),
    # The shape of a file
    **_codes(
        Severity.ERROR,
        {
            "missing-key": "a key that must be there is not there",
            "unknown-key": "a key is not one that this file knows",
            "wrong-type": "a value is of the wrong kind, such as words where a number belongs",
            "wrong-value": "a value is of the right kind but not one that is allowed here",
        },
    ),
    # Tables and files
    **_codes(
        Severity.ERROR,
        {
            "damaged-file": "an attached file is empty, cut off or broken",
            "encrypted-file": "an attached file asks for a password",
            "file-limits": "an attached file is larger than a pack can take, or holds too much",
            "published-edited": "the record of what is out is not as it was written",
            "linked-file": "a path leads through a symbolic link",
            "csv-syntax": "a CSV file's quotation marks do not pair up",
            "hidden-cells": "a table takes rows or columns that are hidden in Excel",
            "merged-cells": "a table takes cells that are merged in Excel",
            "missing-column": "a CSV file or an Excel sheet has no column that the table needs",
            "missing-file": "a file that a paper names is not there",
            "not-kept": "a Word document holds something that would not print as it is",
            "no-value": "a cell of an Excel sheet holds an error, or a formula without its result",
            "outside-folder": "a path leads out of the meeting's folder",
            "row-length": "a row has more or fewer cells than the table has columns",
            "empty-chart": "a chart has nothing to draw",
            "unknown-column": "a table or a chart refers to a column that is not there",
            "unknown-sheet": "a table names a sheet that its workbook does not have",
            "wrong-cell": "a cell is not of its column's type",
            "wrong-chart": "a chart draws a column without figures, or figures of different kinds",
            "unsafe-file": "an attached file holds something that must not go out and that cannot be left out",
            "wrong-kind": "an attached file is of a kind that does not print, or not of the kind that its name says",
            "wrong-picture": "a picture is not a whole PNG or JPEG file",
            "wrong-workbook": "a table names a file that is neither a CSV file nor a whole Excel workbook (.xlsx)",
        },
    ),
    "cleaned-file": Code(Severity.WARNING, "something in an attached file is left out of the pack", adjustable=True),
    "large-page": Code(Severity.WARNING, "a page of an attached file prints much smaller than it is", adjustable=True),
    "page-pictures": Code(Severity.WARNING, "a Word document prints as pictures of its pages", adjustable=True),
    # The house's Word templates
    **_codes(
        Severity.ERROR,
        {
            "broken-template": "a Word template cannot be read",
            "missing-tag": "a Word template lacks a tag without which words of the papers would not print",
            "unknown-tag": "a Word template holds a tag that nothing answers",
        },
    ),
    # What is withheld from the public
    **_codes(
        Severity.ERROR,
        {
            "class-differs": "one and the same content is withheld in one place and public in another",
            "class-in-comment": "a comment sign stands before the key that would withhold a paper",
        },
    ),
    # References
    **_codes(
        Severity.ERROR,
        {
            "unknown-kind": "a reference names a kind of thing that there is not",
            "unknown-reference": "a reference names something that is not there",
            "unsafe-link": "a link leads to no web page, e-mail address or telephone number",
        },
    ),
    # The agenda
    **_codes(
        Severity.ERROR,
        {
            "into-withheld": "a public paper names a part of one that is withheld",
            "appendix-loop": "a paper is an appendix of itself, by way of other papers or none",
            "duplicate-id": "two things that references can name have the same id",
            "missing-title": "a line of the agenda has no words to print",
            "no-next-meeting": "the agenda prints the next meeting, and meeting.yaml does not say when it is",
            "too-many-levels": "the agenda is deeper than the board's numbering has labels for",
            "unknown-paper": "the agenda or an appendix names a paper that is not there",
            "wrong-label": "a sample label cannot be read as one that counts",
        },
    ),
    # Minutes
    "no-resolution": Code(Severity.ERROR, "confirmed minutes do not say what was resolved on recommendations"),
    # What the house demands; a board may decide otherwise
    **_codes(
        Severity.ERROR,
        {
            "change-differs": "a stated change is not the change between its two columns",
            "ends-first": "a meeting ends before it starts",
            "late-reason": "a late paper does not say why it is urgent and why it is late",
            "meeting-date": "a meeting's folder is not named after its date",
            "missing-answer": "a paper leaves out something that its board demands of every paper",
            "unknown-person": "an id names nobody in the board's register",
            "total-differs": "a column does not add up to the total that the paper states",
            "unknown-purpose": "a purpose is not one of the board's",
            "unknown-theme": "a theme is not one of those in the board's forward plan",
            "wrong-paragraph": "a paragraph of Schedule 12A is not one of the board's part of the country",
        },
        adjustable=True,
    ),
    **_codes(
        Severity.WARNING,
        {
            "hidden-content": "a workbook hides sheets or columns that no table takes from it",
            "crowded-chart": "a chart has more bars or lines than a reader can make out",
            "missing-alt": "a picture or a chart has no alternative text for those who do not see it",
            "missing-caption": "a table or a figure has no caption, or a chart no title",
            "no-minutes": "the agenda places minutes that are not there yet",
            "not-minuted": "the minutes have no entry for a line of the agenda",
            "not-placed": "no text places a table, a figure or a chart, so that it prints at the end of the paper",
            "overrun": "the items take longer than the meeting lasts",
            "name-differs": "a name is almost that of somebody whom the register or the minutes name",
            "unknown-templates": "the board names a folder of templates that is not there",
            "unused-purpose": "a line of the agenda states a purpose beside a paper, which states its own",
            "unused-paper": "no line of the agenda names a paper, so that it does not print",
        },
        adjustable=True,
    ),
    # What papers and minutes say
    **_codes(
        Severity.WARNING,
        {
            "action-due": "an open action has no day by which it is to be done",
            "action-owner": "an action has nobody who is to do it",
            "clearance-lapsed": "a paper was changed after a service had cleared it",
            "clearance-missing": "a service that the board demands has not cleared a paper",
            "clearance-unsealed": "a clearance does not say which text of the paper it holds for",
            "late-agreement": "a late paper does not say who agreed that it be taken, and when",
            "late-not-minuted": "the minutes do not state the special circumstances in which a late paper was taken",
            "appendix-as-background": "a background paper is one of the paper's own appendices",
            "decision-asked": "a paper that is not for decision asks the meeting to decide",
            "no-decision": "a paper for decision recommends nothing",
            "late-unexplained": "a paper that goes out after the last day for it does not say why",
            "no-public-interest": "an exempt paper does not say where the public interest lies",
            "none-differs": "a paper answers none to what it costs and asks for money",
            "repeated-label": "two columns of a table have the same heading, or one has none",
            "unknown-owner": "the owner of an action is nobody whom the register or the minutes name",
            "vague-recommendation": "a paper for decision asks only to note, to consider or to discuss",
            "venue-differs": "a text repeats the meeting's day, time or venue and says another",
            "weekday-differs": "a weekday stands beside a date of another day of the week",
        },
        adjustable=True,
    ),
    "no-owner": Code(
        Severity.WARNING,
        "a line of the agenda has neither a paper nor a presenter",
        adjustable=True,
        asked=True,
    ),
    # Whether figures and references agree
    **_codes(
        Severity.WARNING,
        {
            "figure-differs": "a figure in a text is a slip away from one of the table that the text cites",
            "loose-file": "a text names a file that does not come with the paper",
            "loose-reference": "a text names an item, an appendix or another part by a number that there is not",
            "money-nowhere": "a recommendation names an amount that the paper does not mention elsewhere",
            "parts-differ": "a figure in a table is not made up of its parts, as those in the other rows are",
            "percent-differs": "a percentage in a table is not worked out as those in the other rows are",
            "typed-total": "a row that is typed as a total is not what the rows above it add up to",
        },
        adjustable=True,
    ),
    **_codes(
        Severity.WARNING,
        {
            "appendix-not-cited": "no text of a paper refers to one of its appendices",
            "typed-reference": "a text names a part by a typed number, which goes wrong when the numbers change",
        },
        adjustable=True,
        asked=True,
    ),
    # How papers read; for boards that ask
    **_codes(
        Severity.HINT,
        {
            "abbreviation": "an abbreviation is used before it is spelt out, or is not spelt out at all",
            "all-capitals": "a title, a heading or a row of words is in capitals",
            "blank-heading": "a heading has no words",
            "long-paper": "a paper has more words than the board's guide",
            "long-sentence": "a sentence has more than 25 words",
            "skipped-level": "a heading inside a text leaves out a level",
            "vague-link": "the words of a link do not say where it leads",
        },
        adjustable=True,
        asked=True,
    ),
}
"""Every code that a finding may carry; docs and tests are held against this table."""


def finding(code: str, place: Place | None, message: str, help: str = "") -> Finding:
    """A finding with the severity that its code has; its message names the cell of a workbook that it is about."""
    if isinstance(place, CellPlace):
        message = f"{place.cell}: {message}"
    return Finding(code, CODES[code].severity, place, message, help)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of these findings stops a pack."""
    return any(finding.severity is Severity.ERROR for finding in findings)
