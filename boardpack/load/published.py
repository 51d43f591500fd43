"""published.yaml -> Published. The program writes it, and refuses it where anything in it was changed since.

The first of its two documents holds numbers and pages; the second, the words that were printed, is read only by
:func:`words`.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from boardpack.diagnostics import Finding, Place, Source, finding
from boardpack.model.published import Issue, Published, PublishedPart

NAME = "published.yaml"
_SEAL = "seal: "
_DIVIDER = "\n---\n"


def read_published(folder: Path, found: list[Finding]) -> Published | None:
    """What is out of the meeting in a folder; ``None`` where nothing is, or where its record cannot be trusted."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        facts, _ = _documents(path)
        return _published(facts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        message = f"`{NAME}` is not as it was written when the papers were published"
        help = "take it back from version control; it must not be edited, since the numbers in it are out"
        found.append(finding("published-edited", Place(Source(path, ""), 0, 0), message, help))
        return None


def words(folder: Path) -> dict[str, list[str]]:
    """The lines that each part printed when it was issued last, by its key."""
    _, text = _documents(folder / NAME)
    printed: dict[str, list[str]] = _read(text)
    return printed


def _documents(path: Path) -> tuple[str, str]:
    """The two documents of the file; ``ValueError`` where the seal does not fit them."""
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    head, _, rest = text.partition(_SEAL)
    seal, _, sealed = rest.partition("\n")
    if seal.strip() != sha256(sealed.encode()).hexdigest() or not head.startswith("#"):
        raise ValueError(path.name)
    facts, _, printed = sealed.partition(_DIVIDER)
    return facts, printed


def _read(text: str) -> Any:
    """The values of a document; every one but an integer is written in quotation marks."""
    return yaml.load(text, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)  # noqa: S506


def _published(facts: str) -> Published:
    data = _read(facts)
    issues = tuple(Issue(date.fromisoformat(each["on"]), each["last_page"]) for each in data["issues"])
    parts = tuple(
        PublishedPart(
            key=each["key"],
            number=each["number"],
            title=each["title"],
            first=each["first_page"],
            last=each["last_page"],
            digest=each["printed"],
            supplement=each["supplement"],
            withheld=each.get("withheld", ""),
        )
        for each in data["parts"]
    )
    return Published(issues, data["lines"], parts)


def written(published: Published, printed: dict[str, list[str]]) -> str:
    """The file that records what is out."""
    facts = {
        "issues": [{"on": each.on.isoformat(), "last_page": each.last} for each in published.issues],
        "lines": dict(published.lines),
        "parts": [
            {
                "key": each.key,
                "number": each.number,
                "title": each.title,
                "first_page": each.first,
                "last_page": each.last,
                "printed": each.digest,
                "supplement": each.supplement,
                **({"withheld": each.withheld} if each.withheld else {}),
            }
            for each in published.parts
        ],
    }
    sealed = _dump(facts) + _DIVIDER.lstrip("\n") + _dump(printed)
    head = "# Written when the papers were published. Do not edit it: the numbers and pages in it are out.\n"
    return f"{head}{_SEAL}{sha256(sealed.encode()).hexdigest()}\n{sealed}"


def _dump(data: object) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**30))


class _Dumper(yaml.SafeDumper):
    """Writes every text in quotation marks, so that `5.10` and `no` stay what they are."""


def _quoted(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Dumper.add_representer(str, _quoted)
