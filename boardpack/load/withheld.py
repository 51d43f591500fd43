"""Why content is withheld from the public: exempt or confidential (Local Government Act 1972, section 100A)."""

from __future__ import annotations

from boardpack.load.fields import Fields
from boardpack.model.paper import Exempt
from boardpack.model.sentences import listed


def withheld(fields: Fields) -> str:
    """Why a paper is withheld from the public, as its marking says it (Local Government Act 1972, Schedule 12A)."""
    if "confidential" in fields.nodes:
        return "confidential"
    if "exempt" not in fields.nodes:
        return ""
    given = fields.mapping("exempt")
    paragraphs = given.strings("paragraphs") if given else ()
    if not paragraphs:
        return "exempt"
    return f"exempt: paragraph{'s' if len(paragraphs) > 1 else ''} {listed(paragraphs)}"


def exempt(fields: Fields) -> Exempt | None:
    """The paragraphs of Schedule 12A that are relied on, and why the public interest is in withholding."""
    given = fields.mapping("exempt")
    if given is None:
        return None
    return Exempt(given.texts("paragraphs"), given.string("public_interest"), fields.key_place("exempt"))
