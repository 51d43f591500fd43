"""fontconfig, the program that says which font stands for which: asked, never changed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

_TWINS = {
    "Arial": ("Arial", "Liberation Sans", "Arimo"),
    "Calibri": ("Calibri", "Carlito"),
    "Cambria": ("Cambria", "Caladea"),
    "Times New Roman": ("Times New Roman", "Liberation Serif", "Tinos"),
    "Courier New": ("Courier New", "Liberation Mono", "Cousine"),
}
"""Fonts and those whose letters are exactly as wide, so that lines break where Word breaks them."""
REMEDY = "on Debian and Ubuntu: apt install fonts-liberation fonts-crosextra-carlito fonts-crosextra-caladea"
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Font:
    """A font that a document names, and the one that this machine lays it out with."""

    name: str
    family: str
    version: str

    @property
    def fits(self) -> bool:
        """Whether its letters are as wide as those of the font that was named."""
        return self.family in _TWINS.get(self.name, (self.name,))


def available() -> bool:
    """Whether fontconfig is on this machine."""
    return shutil.which("fc-match") is not None


def match(names: Iterable[str]) -> list[Font]:
    """What stands for each of these fonts here; nothing where fontconfig is not on this machine."""
    matcher = shutil.which("fc-match")
    return [_match(matcher, name) for name in sorted(names)] if matcher else []


def _match(matcher: str, name: str) -> Font:
    command = [matcher, "-f", "%{family[0]}\n%{fontversion}", name]
    found = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    family, _, version = found.stdout.strip().partition("\n")
    return Font(name, family, version)


@cache
def fingerprint() -> str:
    """The hash of the names, versions and files of all fonts here; empty where fontconfig is not."""
    lister = shutil.which("fc-list")
    if not lister:
        return ""
    command = [lister, "-f", "%{family} %{style} %{fontversion} %{file}\n"]
    found = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False).stdout
    return sha256(b"".join(sorted(found.splitlines(keepends=True)))).hexdigest()


@cache
def file(name: str) -> Path | None:
    """The file of the font that stands for this one here; ``None`` where fontconfig is not, or knows none."""
    matcher = shutil.which("fc-match")
    if not matcher or not name:
        return None
    command = [matcher, "-f", "%{file}", name]
    found = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False).stdout.strip()
    return Path(found) if found else None


def named(styles: bytes) -> set[str]:
    """The fonts that a styles part names (``w:rFonts``, ECMA-376 part 1, 17.3.2.26)."""
    return set(re.findall(r'w:ascii="([^"]+)"', styles.decode()))
