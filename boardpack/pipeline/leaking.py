"""Public files are opened again and searched for what is withheld before they are put out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from boardpack.diagnostics import BoardpackError, ExitCode

if TYPE_CHECKING:
    from boardpack.model.numbered import NumberedPaper
    from boardpack.render import Templates
    from boardpack.staging import Staged


_TARGET = re.compile(r"(?<=\]\()(?:item|appendix):[^()\s]*")
"""What a reference in an open text names, by an id that may be a withheld paper's and that nobody reads."""


class LeakError(BoardpackError):
    """A public file holds words of withheld content."""

    exit_code = ExitCode.FAULT


def refuse_leaks(
    files: Mapping[str, bytes], staged: Sequence[Staged], houses: Iterable[Templates], papers: Iterable[NumberedPaper]
) -> None:
    """Look in all files for every word of withheld content. What they say of it is not repeated in the message.

    ``staged`` are the copies that the files were made from, ``houses`` their templates, ``papers`` the public ones,
    whose tables may print sums that no paper holds.

    Raises:
        LeakError: naming the first file and where in it.
    """
    from boardpack import leaks

    withheld = [text for each in staged for text in each.words]
    public = [text for each in staged for text in each.public]
    for each in staged:
        withheld += leaks.computed(each.tables)
        for file in each.files:
            withheld += leaks.text_of(file.name, file.read_bytes())
        for file in each.shown:
            public += [file.stem, *leaks.text_of(file.name, file.read_bytes())]
    for house in houses:
        shells = (house.cover, house.agenda, house.minutes, house.house.header, house.house.footer)
        public += (shell.source for shell in shells)
        public += (part.decode("utf-8", "replace") for part in house.house.parts.values())
    for paper in papers:
        public += leaks.computed(at.part for at in paper.tables.values())
    names = [name for each in staged for name in each.names]
    public = [_TARGET.sub("", text) for text in public]
    found = leaks.search(files, leaks.secrets(withheld, (*public, *leaks.program_words()), names))
    if found:
        first, places = found[0], "place" if len(found) == 1 else "places"
        raise LeakError(
            f"{first.file} holds words of withheld content ({first.where}; {len(found)} {places} in all); "
            "nothing was put out"
        )
