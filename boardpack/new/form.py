"""A draft of a paper -> the YAML of its file, a form in which what the house demands stands ready to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boardpack.model.board import Board
from boardpack.new.draft import Draft, Loss
from boardpack.new.form_tables import figure_lines, table_lines
from boardpack.new.scalars import block, commented, printable, quoted, scalar

_SAMPLES = {
    "presenter": "who speaks to it, where that is not the author",
    "contact": '{name: …, telephone: "01632 960123", email: name@example.org}',
    "contents": "true for a list of contents, in a long paper",
    "landscape": "true turns the whole paper",
    "number_sections": "false prints headings without numbers",
    "number_paragraphs": 'true, false, or a sample such as "i)"; the board has its own choice',
    "summary": "what the report is for; for several lines write | here and indent them",
    "recommendations": "what the meeting is asked to do, one line each",
    "sections": "the body",
    "figures": "pictures, placed by [](figure:ID)",
    "tables": "tables, placed by [](table:ID)",
    "charts": "charts drawn from these tables, placed by [](chart:ID)",
    "background_papers": "none, or those you relied on: - {title: …, where: …, link: …}",
    "appendices": "one line each: - {id: plan, title: Action plan, file: appendices/plan.pdf}",
    "public_title": "what the public agenda calls a withheld paper",
    "clearance": "who has cleared it: - {by: finance, name: …, on: 2027-01-05}",
    "late": "{urgency: …, reason: …, agreed_by: …, agreed_on: 2027-01-05}",
    "exempt": "{paragraphs: [3], public_interest: …}",
    "confidential": "{ground: …}",
    "theme": "the row of the forward plan that it belongs to",
}
_WELSH = "{paragraphs: [14], public_interest: …}"


def paper_form(draft: Draft, board: Board, schema: str, named: str) -> str:
    """The text of a paper's file; ``named`` is ``board/meeting/paper``, by which commands know it."""
    form = _Form(draft, board)
    parts = [
        [*([schema] if schema else []), *_opening(board, named), *_not_carried(draft)],
        list(form.head()),
        list(form.cover()),
        list(form.start()),
        list(form.body()),
        list(form.end()),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _opening(board: Board, named: str) -> Iterator[str]:
    yield f"# A paper to {board.name}. Fill in what is empty, take the # from what you want to use, and then:"
    yield f"#   boardpack check {named}"
    yield "# Numbers of sections, paragraphs, tables and pages are worked out; type none."


def _not_carried(draft: Draft) -> Iterator[str]:
    if not draft.source:
        return
    yield "#"
    if not draft.losses:
        yield f"# Read from {draft.source}, all of it."
        return
    yield f"# Read from {draft.source}. Not carried over; take these lines out when you have seen to them:"
    for loss in draft.losses:
        yield from _loss_lines(loss)


def _loss_lines(loss: Loss) -> Iterator[str]:
    """One loss as comments, its words in full, so that nothing is to be looked for in the Word file."""
    words = " ".join(loss.words.split())
    text = f"{loss.what}: {words}" if words else loss.what
    line, mark = "", "#  -"
    for word in text.split():
        if line and len(line) + len(word) > 105:
            yield f"{mark} {printable(line)}"
            line, mark = "", "#   "
        line = f"{line} {word}" if line else word
    if line:
        yield f"{mark} {printable(line)}"


class _Form:
    """Writes the keys of one paper, in the order in which it prints."""

    def __init__(self, draft: Draft, board: Board) -> None:
        self.draft = draft
        self.board = board

    def head(self) -> Iterator[str]:
        """Title, author, purpose and who presents."""
        draft, person = self.draft, next((person.id for person in self.board.people if person.id), "")
        yield self._filled("title", draft.title, "as the cover prints it")
        id = f", an id of board.yaml such as {person}," if person else ""
        yield from self._authors(f"a name{id} or {{name: …, role: …, organisation: …}}")
        purposes = ", ".join(self.board.purposes)
        typed = ", ".join(scalar(each, flow=True) for each in draft.purposes)
        yield f"purpose: [{typed}]" if typed else commented("purpose:", f"one or several of [{purposes}]")
        yield from self._optional("presenter", draft.presenter)
        if self.board.themes or "theme" in self.board.require or draft.theme:
            themes = f"one of: {', '.join(self.board.themes)}"
            yield from self._optional("theme", draft.theme, themes if len(themes) < 80 else "")

    def cover(self) -> Iterator[str]:
        """The house's own cover lines, and whom to ask."""
        fields = self.board.cover_fields
        if any(field.required for field in fields) or self.draft.cover or "cover" in self.board.require:
            yield commented("cover:", "this house's own cover lines")
            for field in fields:
                must = "; must be answered" if field.required else ""
                answer = self.draft.cover.get(field.key, "")
                if answer:
                    yield f"  {field.key}: {scalar(answer)}"
                else:
                    line = f"  {field.key}:" if field.required else f"  # {field.key}:"
                    yield commented(line, f"{field.label}{must}")
        elif fields:
            yield f"# cover: {{{', '.join(f'{field.key}: …' for field in fields)}}}"
        yield from self._contact()
        if self.draft.contents:
            yield "contents: true"
        for key in ("contents", "landscape", "number_sections"):
            if not (key == "contents" and self.draft.contents) and key in self.board.require:
                yield self._blank(key)
        yield from self._number_paragraphs()

    def _contact(self) -> Iterator[str]:
        contact = self.draft.contact
        if contact:
            said = ", ".join(f"{key}: {_always_text(words)}" for key, words in contact.items())
            yield f"contact: {{{said}}}"
        else:
            yield from self._optional("contact")

    def _number_paragraphs(self) -> Iterator[str]:
        if self.draft.number_paragraphs is not None:
            yield f"number_paragraphs: {str(self.draft.number_paragraphs).lower()}"
        elif "number_paragraphs" in self.board.require:
            yield self._blank("number_paragraphs")

    def start(self) -> Iterator[str]:
        """Summary and recommendations."""
        yield from _prose("summary", self.draft.summary) if self.draft.summary else [self._blank("summary")]
        if not self.draft.recommendations:
            words = self.board.recommendations_lead
            lead = f"; they follow on {quoted(' '.join(words.value.split()))}" if words else ""
            yield commented("recommendations:", f"{_SAMPLES['recommendations']}{lead}")
            yield "  # - Note the spending in the year."
            return
        yield "recommendations:"
        yield from (f"  - {scalar(each)}" for each in self.draft.recommendations)

    def body(self) -> Iterator[str]:
        """Sections, figures, tables."""
        draft = self.draft
        if not draft.sections:
            yield commented("sections:", "the body, as many as you need")
            yield from ("  # - heading: Background", "  #   text: |")
            yield "  #     Leave a blank line between two paragraphs. Lists, links and **strong words** are Markdown."
        else:
            yield "sections:"
            for section in draft.sections:
                yield from _section(section.heading, section.text)
        numbered = [each for each in draft.figures if each.caption]
        if numbered:
            yield from ("", "figures:", *(line for each in numbered for line in figure_lines(each)))
        if draft.tables:
            yield from ("", "tables:", *(line for each in draft.tables for line in table_lines(each)))
        for key in ("figures", "tables", "charts"):
            if key in self.board.require and not getattr(draft, key, ()):
                yield self._blank(key)

    def end(self) -> Iterator[str]:
        """What the board asks of every paper, the documents relied on, the appendices, and withholding."""
        yield from self._standing()
        yield from self._background()
        if self.draft.appendices:
            yield "appendices:"
            for each in self.draft.appendices:
                where = f"paper: {each.paper}" if each.paper else "file: to follow"
                yield f"  - {{id: {scalar(each.id)}, title: {scalar(each.title, flow=True)}, {where}}}"
        else:
            yield from self._optional("appendices")
        welsh = self.board.statute == "wales"
        for key, sample in (("exempt", _WELSH if welsh else _SAMPLES["exempt"]), ("confidential", "")):
            yield from self._optional(key, sample=sample)
        if self.board.clearances and "clearance" not in self.board.require:
            asked = ", ".join(self.board.clearances)
            yield commented("# clearance:", f"asked of {asked}: - {{by: {asked.split(',')[0]}, name: …, on: …}}")
        for key in ("public_title", "late", "clearance"):
            if key in self.board.require:
                yield self._blank(key)

    def _standing(self) -> Iterator[str]:
        if self.board.standing_sections:
            yield commented("standing:", "the headings that every paper answers")
        for section in self.board.standing_sections:
            if answer := self.draft.standing.get(section.key, ""):
                yield from (
                    f"  {line}" if line else "" for line in _prose(section.key, answer, f"# {section.heading.value}")
                )
            else:
                none = f"; `none` prints: {' '.join(section.none.split())}"
                yield commented(f"  {section.key}:", f"{section.heading.value}{none}")
        if not self.board.standing_sections and "standing" in self.board.require:
            yield "standing:"

    def _background(self) -> Iterator[str]:
        background = self.draft.background
        if background is None:
            yield from self._optional("background_papers")
        elif not background:
            yield "background_papers: none"
        else:
            yield "background_papers:"
            for each in background:
                link = f", link: {quoted(each.link)}" if each.link else ""
                yield f"  - {{title: {scalar(each.title, flow=True)}{link}}}"

    def _authors(self, comment: str) -> Iterator[str]:
        authors = self.draft.authors
        if not authors:
            yield commented("author:", comment)
        elif len(authors) == 1:
            yield f"author: {_person(authors[0])}"
        else:
            yield "author:"
            yield from (f"  - {_person(author)}" for author in authors)

    def _filled(self, key: str, words: str, comment: str) -> str:
        return f"{key}: {scalar(words)}" if words else commented(f"{key}:", comment)

    def _optional(self, key: str, words: str = "", sample: str = "") -> Iterator[str]:
        """A key with what is known; empty where the house demands it; behind a # where it need not be there."""
        if words:
            yield f"{key}: {scalar(words)}"
        else:
            line = f"{key}:" if key in self.board.require else f"# {key}:"
            yield commented(line, sample or _SAMPLES[key])

    def _blank(self, key: str) -> str:
        return commented(f"{key}:" if key in self.board.require else f"# {key}:", _SAMPLES[key])


def _person(author: Mapping[str, str]) -> str:
    if set(author) == {"name"}:
        return scalar(author["name"])
    return f"{{{', '.join(f'{key}: {scalar(words, flow=True)}' for key, words in author.items() if words)}}}"


def _always_text(words: str) -> str:
    """Words that must stay text: a telephone number of digits alone would be a figure."""
    return quoted(words) if words[:1].isdigit() or words[:1] in "+(" else scalar(words, flow=True)


def _section(heading: str, text: str) -> Iterator[str]:
    """A section; its text, where it has any."""
    lines = [f"heading: {scalar(heading)}"] if heading else []
    lines += _prose("text", text) if text.strip() else []
    first, *others = lines or ['text: ""']
    yield f"  - {first}"
    yield from (f"    {line}" if line else "" for line in others)


def _prose(key: str, text: str, comment: str = "") -> Iterator[str]:
    """Markdown under a key: on its line where it is short, below it otherwise."""
    text = text.strip("\n")
    if "\n" not in text and len(text) <= 90 and scalar(text) == text:
        yield commented(f"  {key}: {text}", comment[2:])[2:] if comment else f"{key}: {text}"
        return
    yield f"{key}: |{' ' * (31 - len(key)) + comment if comment else ''}".rstrip()
    yield from block(text, 2)
