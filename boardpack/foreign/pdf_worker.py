"""The process that reads PDF files of others: ``python -m boardpack.foreign.pdf_worker look FILE``.

It says what it is doing in lines of JSON, a line before each step that may not end, and the result in the last one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from boardpack.foreign import pdf_clean, pdf_draw
from boardpack.foreign.pdf_clean import RefusedError

_MEMORY = 3 * 1024**3
"""The most bytes of address space; a page of 40 million pixels needs a tenth of it."""


def main(arguments: Sequence[str]) -> None:
    """Look into a file, or draw or copy it as the request on standard input says."""
    verb, path = arguments[0], Path(arguments[1])
    _limit()
    try:
        result = _look(path) if verb == "look" else _ON_REQUEST[verb](path, json.load(sys.stdin))
    except RefusedError as error:
        result = {"faults": [error.fault], "sheets": []}
    _say(result)


def _look(path: Path) -> dict[str, Any]:
    _doing("opening it")
    clean = pdf_clean.clean(path, _doing)
    if clean.repaired:
        pdf_draw.compare(clean, path, _doing)
    seen = list(pdf_draw.read(clean, _doing))
    cut = pdf_draw.trims(clean, seen)
    sheets = [
        {
            "width": width * (1 - trim[0] - trim[2]),
            "height": height * (1 - trim[1] - trim[3]),
            "words": page.words,
            "vector": clean.vector,
            "trim": trim,
        }
        for (width, height), page, trim in zip(clean.sizes, seen, cut, strict=True)
    ]
    return {"faults": clean.faults(), "sheets": sheets}


def _draw(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    folder = Path(request["folder"])
    _doing("opening it")
    clean = pdf_clean.clean(path, _doing, request["trims"])
    (folder / "vectors.pdf").write_bytes(clean.vectors)
    names = pdf_draw.pictures(clean, request["sizes"], folder, _doing)
    return {"faults": [], "pictures": names, "vectors": "vectors.pdf"}


def _copy(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    _doing("opening it")
    clean = pdf_clean.clean(path, _doing)
    data = clean.vectors if clean.vector else pdf_draw.as_pictures(clean, _doing)
    (Path(request["folder"]) / "copy.pdf").write_bytes(data)
    return {"faults": [], "copy": "copy.pdf"}


_ON_REQUEST: Mapping[str, Callable[[Path, dict[str, Any]], dict[str, Any]]] = {"copy": _copy, "draw": _draw}


def _doing(step: str, page: int = 0) -> None:
    _say({"doing": step, "page": page})


def _say(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _limit() -> None:
    """Bound the memory, where the system can do so."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
