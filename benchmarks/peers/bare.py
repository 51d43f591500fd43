"""The floor: one bare LibreOffice conversion of a finished Word file, on a profile of its own."""

import shutil
from pathlib import Path


def missing() -> str:
    """What this machine lacks for it; empty if nothing."""
    return "" if program() else "LibreOffice (soffice) is not installed"


def program() -> str:
    return shutil.which("soffice") or ""


def command(document: Path, folder: Path, profile: Path) -> list[str]:
    """Convert ``document`` to a PDF of the same stem in ``folder``."""
    own_profile = f"-env:UserInstallation={profile.resolve().as_uri()}"
    options = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)]
    return [program(), own_profile, *options, str(document)]
