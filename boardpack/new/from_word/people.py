"""Names, posts, telephone numbers and addresses in the words of a cover or of a contact section."""

from __future__ import annotations

import re

_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?:\+44\s?|\(?0)[0-9()]{1,5}(?:[\s-]?[0-9()]{2,6}){1,4}(?:\s?(?:ext|x)\.?\s?[0-9]{2,5})?")
_SAID = re.compile(
    r"\b(?:e-?mail(?: address)?|tel(?:ephone)?(?: (?:no|number))?|phone|mobile|contact(?: officers?)?)\b\s*[.:]*",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:council|nhs|police|trust|partnership|authority|university|college|board|service)\b", re.IGNORECASE
)
_APART = re.compile(r"\s*(?:,|;|\s[-–—]\s|\||\()\s*")
_MOST = 400
"""What is longer is no line of names and numbers."""
_EDGES = " ,;:|()-–—\t"


def contact(words: str) -> tuple[dict[str, str], str]:
    """Name, telephone and e-mail in a text, as far as it has them, and the words that say which is which."""
    if len(words) > _MOST:
        return {}, ""
    found: dict[str, str] = {}
    rest = words
    for key, form in (("email", _MAIL), ("telephone", _PHONE)):
        if match := form.search(rest):
            found[key] = " ".join(match.group().split())
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    said = " ".join(_SAID.findall(rest)) if found else ""
    rest = _SAID.sub(" ", rest) if found else rest
    name = " ".join(rest.split()).strip(_EDGES)
    ordered = {"name": name, "telephone": found.get("telephone", ""), "email": found.get("email", "")}
    return {key: value for key, value in ordered.items() if value}, said


def author(words: str) -> dict[str, str]:
    """Name, post and body: `Owen Hartley, Head of Libraries, Example Borough Council`."""
    name, *rest = (part for part in _APART.split(" ".join(words.split()), maxsplit=1) if part)
    role = rest[0].strip(_EDGES) if rest else ""
    before, comma, last = role.rpartition(", ")
    organisation = last if comma and _BODY.search(last) else ""
    said = {"name": name.strip(_EDGES), "role": before if organisation else role, "organisation": organisation}
    return {key: value for key, value in said.items() if value}
