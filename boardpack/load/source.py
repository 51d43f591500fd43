"""A file's bytes -> its text, or the finding that says why it is none.

Line ends are normalised to a line feed and a byte-order mark is taken off, so that offsets and columns are
those of the text that an editor shows.
"""

from __future__ import annotations

import re
from pathlib import Path

from boardpack.diagnostics import Finding, Place, Source, finding

LIMIT = 1_000_000
"""The largest file that is read, in bytes: a paper has some 8,000, and a mistake should not cost minutes."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold, and three line ends of other worlds that would put every line number out."""


def read_source(path: Path) -> Source | Finding:
    """The text of a file; or the finding that stops it from being read."""
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return _refused("unreadable", path, f"`{path.name}` cannot be opened: {reason}", "see who may read the file")
    if len(content) > LIMIT:
        help = "split the file, or move its largest table to a CSV file"
        return _refused("too-large", path, f"`{path.name}` is larger than 1 MB", help)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(path, content, error)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source(path, text)


def illegal_characters(source: Source) -> list[Finding]:
    """The first character of each line that a Word document cannot hold, as it stands in the file."""
    found: list[Finding] = []
    match = _ILLEGAL.search(source.text)
    while match:
        found.append(illegal_character(match[0], Place(source, match.start(), match.end())))
        line_end = source.text.find("\n", match.end())
        match = _ILLEGAL.search(source.text, line_end) if line_end >= 0 else None
    return found


def illegal_in(text: str) -> str:
    """The first character in a text that a Word document cannot hold; empty if there is none."""
    match = _ILLEGAL.search(text)
    return match[0] if match else ""


def illegal_character(character: str, place: Place) -> Finding:
    """The finding for a character that a Word document cannot hold."""
    message = f"the text holds the character U+{ord(character):04X}, which a Word document cannot hold"
    return finding("illegal-character", place, message, "delete the character; it does not show on the screen")


def _refused(code: str, path: Path, message: str, help: str) -> Finding:
    return finding(code, Place(Source(path, ""), 0, 0), message, help)


def _not_utf8(path: Path, content: bytes, error: UnicodeDecodeError) -> Finding:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file is text in UTF-16, not in UTF-8"
        return _refused("not-utf8", path, message, _save_as(path))
    # utf-8-sig counts from behind a byte-order mark.
    at = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
    byte = content[at]
    guess = bytes([byte]).decode("cp1252", errors="replace")
    text = content[:at].decode("utf-8-sig") + guess + content[at + 1 :].decode("cp1252", errors="replace")
    source = Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    start = len(source.text) - len((guess + text[len(content[:at].decode("utf-8-sig")) + 1 :]).replace("\r\n", "\n"))
    likely = f", in the Windows character set `{guess}`" if guess.isprintable() and guess != "\ufffd" else ""
    message = f"byte {at + 1:,} (0x{byte:02X}{likely}) is not UTF-8"
    return finding("not-utf8", Place(source, start, start + 1), message, _save_as(path))


def _save_as(path: Path) -> str:
    if path.suffix.lower() == ".csv":
        return "save the spreadsheet again as `CSV UTF-8`"
    return "in the editor, choose `Save with encoding` and then UTF-8"
