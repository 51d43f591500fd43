"""Files that others made: what they really are, what must not come along, what prints of them.

Nothing in such a file is trusted: not its name, not the sizes that it states, not that it ends. ``kinds`` looks at the
first bytes only; each other module reads one kind of file and leaves out whatever a page does not show.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file: a code of :data:`boardpack.diagnostics.CODES`, what is said of the file, the remedy.

    ``message`` goes on behind the file's name: "is damaged".
    """

    code: str
    message: str
    help: str
