"""Board and committee papers as code: YAML in, a Word meeting pack with its page references filled in out.

The way of the data, and the room of each step:

1.  ``load`` reads papers/ into source trees, ``validate`` holds them against the schemas, ``load`` assembles the model
    (:mod:`boardpack.model`): boards, meetings, papers, tables, charts, minutes.
2.  ``number`` works out labels, time slots, part numbers and bookmark names; ``rules`` judge what the schemas cannot.
3.  ``render`` writes the agenda, each paper and the minutes as Word XML, once, with marks where page numbers will
    stand; ``word`` is the room that knows WordprocessingML, the house's templates and the .docx package.
4.  ``layout`` has LibreOffice (``office``) lay out each part, or takes it as an earlier build did (``store``), joins
    the PDFs (``pdf``), fills the marks with the page of every bookmark, opens the finished files again and compares
    every printed number with the page it names.
5.  ``manifest`` says what was built from what; ``publish`` puts the folder in its place, whole or not at all.

``places`` says where everything lies, ``fonts`` which font stands for which, ``doctor`` what this machine lacks.
``due`` says which deadlines coming meetings have, by the count of ``clear_days``, also as a calendar file (``ics``).
``new`` writes files to fill in, ``charts`` draws a table's figures, ``findings_page`` shows findings by paper.
``pipeline`` holds the order of the steps, ``report`` shows findings, ``cli`` alone prints and exits. A fault in the
papers is a ``Finding``; a fault that stops the work is a ``BoardpackError`` (``diagnostics``).
"""

__version__ = "0.1.0"
