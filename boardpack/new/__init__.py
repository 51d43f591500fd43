"""Files that somebody is to fill in, written from what the papers already say: forms, not empty pages.

Each function writes files where there were none and returns their paths. What the form leaves empty is what ``check``
then asks for.
"""

from boardpack.new.board import board
from boardpack.new.editor import editor
from boardpack.new.meeting import meeting
from boardpack.new.minutes import minutes
from boardpack.new.paper import Written, paper

__all__ = ["Written", "board", "editor", "meeting", "minutes", "paper"]
