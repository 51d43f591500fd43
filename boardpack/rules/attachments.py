"""Files that prose speaks of and that do not come with the paper, and appendices that no prose speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.diagnostics import Finding, finding
from boardpack.model.labels import counter
from boardpack.model.meeting import Meeting
from boardpack.model.paper import Paper
from boardpack.model.text import Text
from boardpack.rules.patterns import later

_WORD = r"[\w&()'’,.-]+"
_DRIVE = later(
    rf"(?<![\w`])(?:[A-Z]:|\\\\[\w.-]+)\\(?:{_WORD}(?: {_WORD}){{0,7}}(?<!\.)\\)*"  # a drive or server, and folders
    rf"(?:{_WORD}?(?: {_WORD}?){{0,7}}?(?:\.[A-Za-z]{{3,4}}\b|…|\.\.\.)|[\w-]*)"  # a file, or a folder
)
_LOST = later(r" .*\\|\.[A-Za-z]{3,4}$|(?:…|\.\.\.)$", re.DOTALL)
"""What tells a file's path from a mere example of one: a blank in a folder's name, a suffix, a name cut off."""
_FILE = later(
    r"(?<![\w/@:.\\`])(?<!\]\()(\w[\w&()'.-]*\.(?:docx?|docm|pdf|xlsx?|xlsm|pptx?|png|jpe?g|gif|csv|msg|odt|ods|rtf))\b"
    r"(?![\w/]|\]?\()",
    re.IGNORECASE,
)
_ATTACHED = later(r"\b(?:attach\w*|enclos\w*|embedded|appended|see|double[- ]click|open)\b", re.IGNORECASE)
_SIGNS = (".doc", ".pdf", ".xls", ".ppt", "ttach", "nclos")
"""What a file must hold somewhere before its texts are searched for the names of files."""
_SENTENCE = later(r"(?<=[.!?])\s+(?=[A-Z])|\n[ \t]*\n")


def loose_file(meeting: Meeting) -> Iterator[Finding]:
    """A file on somebody's drive, or one said to be attached that is no appendix, table or picture of the paper."""
    for paper in meeting.papers.values():
        source = paper.at.source.text
        drives, names = ":\\" in source or "\\\\" in source, any(sign in source for sign in _SIGNS)
        for text in paper.texts() if drives or names else ():
            if drives and "\\" in text.value:
                paths = (match[0].strip() for match in _DRIVE.finditer(text.value))
                yield from (_on_drive(text, path) for path in paths if _LOST.search(path))
            if names and "." in text.value:
                yield from _attached(text, paper)


def _on_drive(text: Text, path: str) -> Finding:
    message = f"`{path}` is a file on somebody's drive, where no reader of the pack can open it"
    help = "put the file into the meeting's folder and name it under `appendices:`"
    return finding("loose-file", text.at.find(path), message, help)


def _attached(text: Text, paper: Paper) -> Iterator[Finding]:
    own: set[str] | None = None
    value = _DRIVE.sub("", text.value) if "\\" in text.value else text.value
    for sentence in _SENTENCE.split(value):
        for match in _FILE.finditer(sentence) if _ATTACHED.search(sentence) else ():
            own = own if own is not None else _files(paper)
            name = match[1]
            if not any(each.endswith(name.lower()) for each in own):
                message = f"`{name}` does not come with the paper: it is no appendix, table or picture of it"
                help = "put the file into the meeting's folder, name it under `appendices:` and refer to it by its id"
                yield finding("loose-file", text.at.find(name), message, help)


def _files(paper: Paper) -> set[str]:
    files = [*paper.files, *(each.file for each in paper.appendices if each.file)]
    files += [each.file for each in paper.figures.values()]
    return {path.name.lower() for path in files}


def appendix_not_cited(meeting: Meeting) -> Iterator[Finding]:
    """An appendix to which no text of its paper refers, by reference or in words."""
    style = counter(meeting.board.number_appendices, "")
    for paper in meeting.papers.values():
        cited = {each.target for each in paper.references() if each.kind == "appendix"} if paper.appendices else set()
        for number, appendix in enumerate(paper.appendices, 1):
            label = style.label(number, "") if style else str(number)
            if appendix.id not in cited and not _in_words(label, paper):
                message = f"no text of the paper refers to the appendix `{appendix.title.value}`"
                help = "say with `[](appendix:…)` where it matters; an appendix that matters nowhere can be left out"
                yield finding("appendix-not-cited", appendix.at, message, help)


def _in_words(label: str, paper: Paper) -> bool:
    named = re.compile(rf"\b(?:appendix|annexe?)\s+\**{re.escape(label)}\b|\bappendices\b", re.IGNORECASE)
    titles = {id(each.title) for each in paper.appendices}
    return any(named.search(text.value) for text in paper.texts() if id(text) not in titles)
