"""findings.html: what the check found in the papers of a pack, paper by paper, for the secretariat to send back.

It goes into the members' folder only. A public edition must never hold it: it shows lines of withheld papers as they
were typed. It says nothing of the machine, the time or the place of the build, so the same papers give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from boardpack.diagnostics import CODES, Finding, Severity, Span
from boardpack.model.dates import long_date
from boardpack.model.numbered import NumberedMeeting
from boardpack.model.paper import Paper
from boardpack.model.sentences import listed
from boardpack.word.prose import plain

_STYLE = """\
body { font: 100%/1.5 Arial, Helvetica, sans-serif; color: #111; background: #fff; max-width: 60em; margin: 2em auto;
  padding: 0 1em; overflow-wrap: anywhere; }
h1, h2 { line-height: 1.2; }
h2 { margin: 2.5em 0 .5em; border-top: 2px solid #111; padding-top: .5em; }
a { color: #00419a; }
ol { padding: 0; list-style: none; }
ol > li { margin: 1.5em 0; }
li p, section > p { margin: .25em 0; }
code, pre { font: 95%/1.5 Consolas, Menlo, monospace; }
pre { background: #f2f2f2; border-left: 4px solid #555; margin: .5em 0; padding: .5em; white-space: pre-wrap; }
mark { background: #ffe680; color: #111; font-weight: bold; text-decoration: underline 2px; }
@media print { body { font-size: 11pt; margin: 0; max-width: none; } nav { display: none; } li { break-inside: avoid; }
  h2, p { break-after: avoid; } pre { background: none; border: 1px solid #555; } a { color: #111; } }
"""
_CODE = re.compile(r"`([^`]+)`")
_SHOWN = 400
"""Characters of a line that are shown on either side of the marked ones: a paragraph in one line is common in YAML."""
_WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.HINT: "Hint"}


def findings_page(numbered: NumberedMeeting, findings: Iterable[Finding]) -> bytes:
    """The page; empty where nothing was found.

    ``findings`` are those of this meeting and its board, in file order and each once.
    """
    meeting = numbered.meeting
    groups = _grouped(numbered, findings)
    if not any(groups.values()):
        return b""
    name = f"{meeting.board.name}, {long_date(meeting.date)}"
    found = [each for group in groups.values() for each in group]
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Findings: {_text(name)}</title>",
        f"<style>\n{_STYLE}</style></head>",
        "<body>",
        "<header>",
        f"<h1>Findings: {_text(name)}</h1>",
        f"<p>The check of the papers found {_counted(found)}. None of this prints in the pack.</p>",
        *_excusing(found),
        "</header>",
        *_contents(numbered, groups),
        "<main>",
        *(line for id, group in groups.items() if group for line in _section(numbered, id, group)),
        "</main>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _grouped(numbered: NumberedMeeting, findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings of each paper by its id, in the order of the agenda; those of agenda, board and minutes under ""."""
    papers = numbered.meeting.papers
    order = dict.fromkeys(["", *(id for id in numbered.parts if id in papers), *papers])
    owners: dict[Path, str] = {}
    for id in filter(None, order):
        owners |= {path: owners.get(path, id) for path in (papers[id].path, *papers[id].files)}
    groups: dict[str, list[Finding]] = {id: [] for id in order}
    for each in findings:
        groups[owners.get(each.place.source.path, "") if each.place else ""].append(each)
    return groups


def _counted(found: Sequence[Finding]) -> str:
    """How many there are of each severity: "1 warning and 2 hints"."""
    counts = [(severity.value, sum(each.severity is severity for each in found)) for severity in Severity]
    return listed([f"{count:,} {word}{'' if count == 1 else 's'}" for word, count in counts if count])


def _excusing(found: Iterable[Finding]) -> Iterator[str]:
    if any(CODES[each.code].adjustable for each in found):
        yield (
            "<p>What is right as it stands can be excused: write <code># allow CODE: reason</code> behind its key or "
            "on the line above, with the code that stands in square brackets.</p>"
        )


def _contents(numbered: NumberedMeeting, groups: Mapping[str, Sequence[Finding]]) -> Iterator[str]:
    yield '<nav aria-label="Contents">'
    yield "<ul>"
    for id, group in groups.items():
        if group:
            yield f'<li><a href="#{_anchor(numbered, id)}">{_text(_heading(numbered, id))}</a>: {_counted(group)}</li>'
    yield "</ul>"
    yield "</nav>"


def _section(numbered: NumberedMeeting, id: str, group: Sequence[Finding]) -> Iterator[str]:
    anchor = _anchor(numbered, id)
    yield f'<section aria-labelledby="{anchor}">'
    yield f'<h2 id="{anchor}">{_text(_heading(numbered, id))}</h2>'
    if id:
        yield from _people(numbered.meeting.papers[id])
    yield "<ol>"
    for each in group:
        yield from _finding(each, numbered)
    yield "</ol>"
    yield "</section>"


def _anchor(numbered: NumberedMeeting, id: str) -> str:
    return f"paper-{list(numbered.meeting.papers).index(id) + 1}" if id else "agenda-and-board"


def _heading(numbered: NumberedMeeting, id: str) -> str:
    """The paper's title with the item's number before it."""
    if not id:
        return "Agenda and board"
    title = plain(numbered.meeting.papers[id].title.value)
    label = numbered.papers[id].label if id in numbered.papers else ""
    return f"Item {label}: {title}" if label else title


def _people(paper: Paper) -> Iterator[str]:
    authors = "; ".join(author.full for author in paper.authors)
    yield f"<p>{'Authors' if len(paper.authors) > 1 else 'Author'}: {_text(authors)}</p>"
    contact = paper.contact
    if contact:
        address = quote(contact.email, safe="@+")
        link = f'<a href="mailto:{address}">{_text(contact.email)}</a>' if contact.email else ""
        words = [_text(each) for each in (contact.name, contact.role, contact.telephone) if each]
        yield f"<p>Contact: {', '.join(filter(None, (*words, link)))}</p>"


def _finding(each: Finding, numbered: NumberedMeeting) -> Iterator[str]:
    span = each.place.span() if each.place else None
    where = f"{_text(_file(span.path, numbered))}, line {span.line}. " if span else ""
    yield "<li>"
    head = f"{where}{_WORDS[each.severity]} [<code>{each.code}</code>]"
    yield f"<p>{head}: <strong>{_marked_up(each.message)}</strong></p>"
    if span and span.text.strip():
        language = numbered.meeting.board.language
        yield f'<pre lang="{escape(language)}">{_line(span)}</pre>'
    if each.help:
        yield f"<p>What to do: {_marked_up(each.help)}</p>"
    yield "</li>"


def _file(path: Path, numbered: NumberedMeeting) -> str:
    """The name of a file as the meeting's folder knows it, or its own where it lies elsewhere."""
    folder = numbered.meeting.folder
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _line(span: Span) -> str:
    """The line with its mark, cut where it goes on for long."""
    start, end = span.column - 1, span.end_column - 1
    before, marked, after = span.text[:start], span.text[start:end], span.text[end:].rstrip()
    before = before.lstrip() if len(before) <= _SHOWN else f"…{before[-_SHOWN:]}"
    marked = marked if len(marked) <= _SHOWN else f"{marked[:_SHOWN]}…"
    after = after if len(after) <= _SHOWN else f"{after[:_SHOWN]}…"
    return f"{_text(before)}<mark>{_text(marked)}</mark>{_text(after)}"


def _marked_up(sentence: str) -> str:
    """A sentence with what stands between backticks as code."""
    parts = _CODE.split(sentence)
    return "".join(f"<code>{_text(part)}</code>" if at % 2 else _text(part) for at, part in enumerate(parts))


def _text(words: str) -> str:
    """Words that HTML shows as they are; signs that would steer the page instead of standing on it are replaced."""
    shown = (sign if sign.isprintable() or sign in "\t\u00a0\u3000" else "\ufffd" for sign in words)
    return escape("".join(shown))
