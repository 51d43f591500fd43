"""What is out and what there is now -> what differs, for those who have read the papers already.

    lines of words ─ lines ─▶ paragraphs and tables side by side ─ words, tables ─▶ what changed in each
    agenda lines ─ agenda ─▶ new, withdrawn, moved, changed
                                     Differences ─ text │ note ─▶ plain text, a Word file

``differences`` puts it together, ``order`` finds what two lists have in common, ``shown`` says how much of it shows.
Nothing here reads papers: both sides come as values.
"""

from boardpack.changes.differences import IN_PART as IN_PART
from boardpack.changes.differences import Differences as Differences
from boardpack.changes.differences import Papers as Papers
from boardpack.changes.differences import Part as Part
from boardpack.changes.differences import compare as compare
from boardpack.changes.note import note as note
from boardpack.changes.shown import About as About
from boardpack.changes.text import text as text
