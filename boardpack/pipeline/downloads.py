"""The public files of a meeting that can be downloaded: from the output, from the present site, or built again.

A runner of continuous integration begins with an empty output. What went out before must not go from the site by that.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from boardpack.diagnostics import BoardpackError, has_errors
from boardpack.model.meeting import Meeting
from boardpack.pipeline.still_open import taken_back
from boardpack.places import WEB, Options

if TYPE_CHECKING:
    from boardpack.model.numbered import NumberedMeeting
    from boardpack.model.published import PublishedPart
    from boardpack.pipeline.documents import Say
    from boardpack.web.shown import Download


@dataclass(frozen=True, slots=True)
class _Issue:
    """Something that went out: the pack (``number`` 0) or a supplement, and the files of it that there are.

    ``files`` are by the names that they have on the site. ``whole`` says whether they are all that went out.
    """

    number: int
    files: Mapping[str, Path]
    whole: bool


def downloads(numbered: NumberedMeeting, meeting: Meeting, options: Options) -> Iterator[Download]:
    """The files of a meeting's pack and supplements, the meeting as the public has it and as it is."""
    for issue in _issues(meeting, options):
        for name, path in sorted(issue.files.items(), key=_order):
            yield _download(name, path, numbered, meeting, issue.number)


def complete(meetings: Sequence[Meeting], options: Options, say: Say) -> Iterator[str]:
    """Build again what has gone from output and site, where the papers are those that went out; the rest in words."""
    for meeting in meetings:
        lost = [issue.number for issue in _issues(meeting, options) if not issue.whole]
        several = meeting.published is not None and len(meeting.published.issues) > 1
        why = "a supplement has gone out since" if several else ""
        if lost == [0] and not why and not _folder(meeting, options, 0).exists():
            why = _built_again(meeting, options, say)
            lost = lost if why else []
        for number in lost:
            yield _missing(meeting, number, options, why)


def _built_again(meeting: Meeting, options: Options, say: Say) -> str:
    """Build a pack as it went out; why that cannot be done, empty where it is."""
    from boardpack import pipeline  # whose last step is the site

    if meeting.published is None:
        raise ValueError(f"{meeting.id} is not published")
    name = pipeline.name_of(meeting)
    say(f"{name}: its pack does not lie in the output, and is built again as it went out")
    try:
        done = pipeline.pack(
            options, [name], today=meeting.published.on, wanted=pipeline.Wanted(), strict=False, say=say
        )
    except BoardpackError as error:
        return str(error)
    return f"`boardpack check {name}` finds errors" if has_errors(done.findings) else ""


def _missing(meeting: Meeting, number: int, options: Options, why: str) -> str:
    name, folder = f"{meeting.board.id}/{meeting.id}", _folder(meeting, options, number)
    what = f"supplement {number}" if number else "the pack"
    reason = f", and it cannot be built again ({why})" if why else ""
    again = "" if number or why else f", or build it with `boardpack pack {name}`"
    return (
        f"{what} of {name} cannot be downloaded from the site as it went out, because not all of its files lie in "
        f"{folder} or in {options.output / WEB}{reason}; put one of these folders back from where you keep them"
        f"{again}, and publish again"
    )


def _folder(meeting: Meeting, options: Options, number: int) -> Path:
    """Where the pack of a meeting lies in the output, or a supplement to it."""
    return options.output / meeting.board.id / (f"{meeting.id}-supplement-{number}" if number else meeting.id)


def _issues(meeting: Meeting, options: Options) -> Iterator[_Issue]:
    """What went out and may still be offered, each from the first place that has all of it."""
    out = meeting.published
    for number in range(len(out.issues) if out else 0):
        parts = [part for part in out.parts if part.supplement == number] if out else []
        if any(taken_back(meeting, part.key, part.withheld) for part in parts):
            continue
        places = [
            _in_output(_folder(meeting, options, number), number, withheld=any(part.withheld for part in parts)),
            _on_site(options.output / WEB / meeting.board.id / meeting.id, number),
        ]
        yield next((each for each in places if each.whole), places[0])


def _in_output(folder: Path, number: int, *, withheld: bool) -> _Issue:
    """The public Word and PDF files of a build, as its manifest lists them.

    Never the members' where a part is withheld, nothing else that may lie in the folder, and no file that is another
    than it was built.
    """
    public = folder / "public"
    if not public.is_dir() and not withheld:
        public = folder
    listed = {name: digest for name, digest in _json(public / "manifest.json", "outputs", {}).items() if _is_ours(name)}
    found = {
        f"supplement-{number}/{name}" if number else name: public / name
        for name, digest in listed.items()
        if _digest(public / name) == digest
    }
    return _Issue(number, found, whole=_is_whole(found, len(listed)))


def _on_site(folder: Path, number: int) -> _Issue:
    """The files that the present site has of it, as its data lists them."""
    listed: dict[str, str] = {}
    for each in _json(folder / "data.json", "downloads", []):
        name = unquote(each["url"]).rpartition(f"{folder.parent.name}/{folder.name}/")[2]
        of = int(name.split("/")[0].removeprefix("supplement-")) if name.startswith("supplement-") else 0
        if of == number and _is_ours(name) and ".." not in name:
            listed[name] = each.get("sha256", "")
    found = {name: folder / name for name, digest in listed.items() if digest and _digest(folder / name) == digest}
    return _Issue(number, found, whole=_is_whole(found, len(listed)))


def _is_whole(found: Collection[str], listed: int) -> bool:
    """Whether all files are there, and a PDF is among them, which a build for Word alone has not."""
    return len(found) == listed and any(name.endswith(".pdf") for name in found)


def _json(path: Path, key: str, default: Any) -> Any:
    """What a file of ours holds under a key; the default where there is no such file, or another than we write."""
    try:
        return json.loads(path.read_bytes())[key]
    except (OSError, ValueError, KeyError, TypeError):
        return default


def _is_ours(name: str) -> bool:
    return name.endswith((".docx", ".pdf"))


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _order(named: tuple[str, Path]) -> tuple[int, bool, bool, str]:
    """The pack first, reports behind; PDF before Word, which most people open less easily."""
    name, path = named
    return len(name.split("/")), path.stem != "pack", path.suffix != ".pdf", path.name


def _download(name: str, path: Path, numbered: NumberedMeeting, meeting: Meeting, supplement: int) -> Download:
    from boardpack.markdown.walk import plain
    from boardpack.model.numbered import NumberedPaper
    from boardpack.web import minutes
    from boardpack.web.shown import Download

    titles = {
        "pack": "Meeting pack",
        "agenda": f"Agenda with supplement {supplement}" if supplement else "Agenda",
        "minutes": "Minutes",
        "supplement": f"Supplement {supplement}",
    }
    part = next((key for key, at in numbered.parts.items() if at.stem == path.stem), "")
    part = "minutes" if path.stem == "minutes" else part
    data = path.read_bytes()
    title = titles.get(path.stem, "") or _issued_title(path.stem, meeting)
    sheets = _sheets(path.with_suffix(".pdf"))
    count = len(sheets)
    if at := numbered.parts.get(part):
        title = plain(at.paper.title.value) if isinstance(at, NumberedPaper) else minutes.title(at)
        out = numbered.meeting.published
        title += _standing(part, supplement, out.parts if out else ())
        count = count or _counted(part, supplement, out.parts if out else ())
    return Download(name, title, len(data), count, data, part, sheets if path.suffix == ".pdf" else {})


def _standing(key: str, supplement: int, parts: Sequence[PublishedPart]) -> str:
    """What tells a report from another one of the same paper: the supplement that it came or was replaced with."""
    later = [part.supplement for part in parts if part.key == key and part.supplement > supplement]
    if later:
        return f", replaced by supplement {min(later)}"
    return f", supplement {supplement}" if supplement else ""


def _counted(key: str, supplement: int, parts: Sequence[PublishedPart]) -> int:
    """How many pages a report takes in the pack; 0 where the public has fewer of them."""
    known = [part for part in parts if part.key == key and part.supplement == supplement and not part.withheld]
    return known[0].last - known[0].first + 1 if known else 0


def _issued_title(stem: str, meeting: Meeting) -> str:
    """What a report was called when it went out, of which the agenda has nothing any more; else the file's name."""
    from boardpack.markdown.walk import plain

    parts = meeting.published.parts if meeting.published else ()
    known = [part for part in parts if part.title and not part.withheld and stem.endswith(f"-{part.key}")]
    found = max(known, key=lambda part: len(part.key), default=None)
    return f"Item {found.number}: {plain(found.title)}" if found else stem


def _sheets(pdf: Path) -> dict[int, int]:
    """On which sheet of a PDF, counted from 1, each of its page numbers is printed; nothing where there is none."""
    import pypdfium2

    if not pdf.is_file():
        return {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {int(document.get_page_label(at) or at + 1): at + 1 for at in range(len(document))}
    finally:
        document.close()
