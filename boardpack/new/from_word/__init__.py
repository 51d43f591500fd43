"""A Word report -> the draft of a paper: what the report says, where this board's papers say it.

Nothing that the page of the report shows is dropped without a word: what has no place in a paper is among the
draft's losses, and so are the words that boardpack prints by itself, such as labels and numbers.
"""

from __future__ import annotations

from pathlib import Path

from boardpack import reader
from boardpack.model.board import Board
from boardpack.new.draft import Draft
from boardpack.new.from_word.assembly import Assembly
from boardpack.new.from_word.head import head
from boardpack.new.from_word.lines import lines


def read_report(path: Path, board: Board, id: str) -> Draft:
    """What a Word report says, as a draft of the paper with this id.

    Raises:
        UsageError: where the file cannot be read as a Word report.
    """
    report = reader.read(path)
    return Assembly(report, board, id).draft(head(lines(report), board), path.name)
