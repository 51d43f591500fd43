"""The form of a new board: every key that board.yaml knows, with its usual value behind a #."""

from __future__ import annotations

import re
from pathlib import Path

from boardpack.diagnostics import UsageError
from boardpack.new.put import put_new, schema_line
from boardpack.new.scalars import scalar
from boardpack.places import Options

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

_FORM = """\
# A board: what it has decided once, and all its meetings and papers inherit.
# Fill in what is empty. Take the # from a line to say otherwise than it does by itself.

name:{name}
# organisation: Example Borough Council   # the body that it belongs to
# language: en-GB
# currency: £

# How things look and count
# templates: default              # its folder of Word templates under templates/
# numbering: ["1", "1.1", "1.1.1"]   # a sample label for each level of the agenda
# number_sections: true           # false prints headings without numbers
# number_paragraphs: true         # 1.1, 1.2 under section 1; false for none; or a sample such as "i)"
# late_labels: letters           # a late item between others is 12A; without this it is the next number, 14
# number_appendices: A            # or "1"

# What papers may be for, and what each of them must hold beyond title, author and purpose
purposes: [information, discussion, decision]
require: [summary, recommendations]
recommendations_lead: "The board is asked to:"
# closing: |                      # printed at the end of each paper: large print, Braille, whom to ask
#   For a copy in large print, telephone 01632 960100.

# Lines that this house adds to the cover; a paper answers them under `cover:`
cover_fields: []
  # - {{key: wards, label: Wards affected, required: true}}

# Headings that every paper must answer, in `standing:`; the answer `none` prints these words
standing_sections: []
  # - {{key: financial, label: Financial implications, none: There are no financial implications.}}

# What the agenda's last column says, and the ratings of tables
# paper_column: {{page: "Yes, page {{first}}", pages: "Yes, pages {{first}} to {{last}}", verbal: Verbal update}}
# rag: {{R: Red, A: Amber, G: Green}}

# How many clear days before the meeting the agenda must be out. statute: england-principal (5), wales (3), parish (3),
# england-executive-private (28), or none for a body whose own terms say so.
notice: {{statute: none}}
# drafts_due: 7 working days      # before the day of publication
# clearances: [finance, legal]    # the services that must clear every paper
# clearance_due: 3 working days   # before the day of publication

# Members and officers; names in papers and minutes are checked against this list
people: []
  # - {{id: rm, name: Ruth Marlow, rank: Cllr, role: Chair, organisation: Example Borough Council, from: 2026-05-20}}

# What comes to which meeting; a paper prints it by [](forward-plan)
# forward_plan:
#   themes: [Governance, Services, Money]
#   entries:
#     - {{theme: Money, meeting: 2027-03-11, title: Budget, purpose: decision}}

# Severity or `off`, by the code in a finding, with the reason in a comment
rules: {{}}
"""


def board(options: Options, id: str, name: str = "") -> Path:
    """Write the form of a new board into a folder of its own; ``name`` is how the board prints, where it is known.

    Raises:
        UsageError: where the id cannot be that of a board, or there is such a board already.
    """
    id = id.rstrip("/\\")
    if not _ID.fullmatch(id):
        suggested = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-") or "example-board"
        raise UsageError(f"`{id}` may hold small letters, digits and hyphens only; such as `{suggested}`")
    folder = options.papers / id
    said = f" {scalar(name)}" if name.strip() else f"{'':29}# as it prints, such as Planning Committee"
    schema = schema_line("board", folder, options)
    return put_new(folder / "board.yaml", f"{schema}\n{_FORM.format(name=said)}".lstrip("\n"))
