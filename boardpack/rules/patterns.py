"""Regular expressions that are compiled when they are first used.

A check of one paper meets few of the signs that the rules look for first; to compile every expression beforehand would
take longer than the check.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _Later:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        """The method of the compiled expression, kept so that it is looked up once."""
        found = getattr(self._compiled, name)
        self.__dict__[name] = found
        return found


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, put off until the expression is used."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
