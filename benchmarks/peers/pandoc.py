"""pandoc: one Markdown document in, one Word file with a contents list out."""

import importlib.util
from pathlib import Path


def missing() -> str:
    """What this machine lacks for it; empty if nothing."""
    return "" if importlib.util.find_spec("pypandoc") else "pypandoc_binary is not installed"


def command(markdown: Path, document: Path) -> list[str]:
    """The pandoc program itself, without the Python around it."""
    import pypandoc

    options = ["--from", "markdown", "--standalone", "--toc", "--toc-depth", "1"]
    return [pypandoc.get_pandoc_path(), *options, str(markdown), "--output", str(document)]
