"""The head and the body of a report, sorted into the keys of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from boardpack.model.board import Board
from boardpack.new.draft import Appendix, Background, Draft, Loss, Section
from boardpack.new.from_word import labels, people, prose
from boardpack.new.from_word.head import Answer, Head
from boardpack.new.from_word.lines import Element, Line, shown, without_start
from boardpack.new.from_word.parts import appended, as_heading, levelled, parts, without_end
from boardpack.new.from_word.references import referred
from boardpack.new.from_word.text import Writer
from boardpack.new.ids import Ids
from boardpack.reader import Report

_APPENDIX = re.compile(
    r"\s*(?P<label>(?:appendix|annexe?|attachment|enclosure)\s*(?:[0-9]{1,2}|[A-Z])?)\b\s*[:.–—-]*\s*", re.IGNORECASE
)
_LEAD = re.compile(
    r".*\b(?:asked|recommended|invited|requested|resolve[sd]?)\b.*(?:to|that)?\s*:?|(?:that )?(?:the )?[\w\s]{0,60}:",
    re.IGNORECASE,
)
_TO_FOLLOW = "(to follow)"
_IMPLICATIONS = re.compile(r"(?:.* )?(?:implications|considerations|comments)(?: .*)?")
_WITHHELD = "what the cover says of publication; where the paper may be withheld, say so under `exempt`"


class Assembly:
    """Fills a draft, part by part; each method takes up one part of the report."""

    def __init__(self, report: Report, board: Board, id: str) -> None:
        self.report = report
        self.board = board
        self.writer = Writer(report, board, id)
        self.losses = self.writer.losses
        self.taken = self.writer.taken
        self.title = self.presenter = self.theme = self.summary = ""
        self.authors: list[dict[str, str]] = []
        self.purposes: list[str] = []
        self.cover: dict[str, str] = {}
        self.contact: dict[str, str] = {}
        self.recommendations: list[str] = []
        self.sections: list[Section] = []
        self.standing: dict[str, str] = {}
        self.appendices: list[Appendix] = []
        self.papers: dict[str, Draft] = {}
        self.id = id
        self.background: list[Background] | None = None
        self.counted = False

    def draft(self, head: Head, source: str) -> Draft:
        """The draft that this report makes."""
        if head.title:
            self.title = self.writer.line(head.title, marked=False)
        for line in head.others:
            self._headline(line)
        for answer in head.answers:
            self._answer(answer)
        body, others = appended(self._without_closing(head.body))
        for heading, elements in parts(levelled(body)):
            self._part(heading, elements)
        for line, elements in others:
            self._attach(line, elements, source)
        if not self.title and self.report.title:
            self.title = " ".join(self.report.title.split())
        ids = Ids()
        appendices = [replace(each, id=ids.new(each.title, "appendix")) for each in self.appendices]
        known = self.writer.captions | {each.label: each.id for each in appendices if each.label}
        return Draft(
            title=self.title,
            authors=self.authors,
            purposes=self.purposes,
            presenter=self.presenter,
            theme=self.theme,
            cover=self.cover,
            contact=self.contact,
            contents=any("list of contents" in each.what for each in self.report.lost),
            number_paragraphs=True if self.counted and not self.board.number_paragraphs else None,
            summary=referred(self.summary, known),
            recommendations=[referred(each, known) for each in self.recommendations],
            sections=[replace(each, text=referred(each.text, known)) for each in self.sections],
            figures=self.writer.figures,
            tables=self.writer.tables,
            standing={key: referred(text, known) for key, text in self.standing.items()},
            appendices=appendices,
            papers=self.papers,
            background=self.background,
            source=source,
            losses=list(self._lost()),
        )

    def _lost(self) -> Iterator[Loss]:
        yield from (Loss(each.what, each.words) for each in self.report.lost)
        yield from dict.fromkeys(self.losses)
        for what, words in (
            ("numbers that the author typed, which are worked out", self.taken.numbers),
            ("labels and headings that boardpack prints by itself", self.taken.labels),
        ):
            if words:
                yield Loss(what, "; ".join(dict.fromkeys(words)))

    def _headline(self, line: Line) -> None:
        """A line at the head that is neither title nor answer: it may say what the paper is for."""
        self.writer.count(line)
        if (
            not self.purposes
            and (found := labels.purposes(line.text, self.board))
            and labels.plain(line.text)[:4] == "for "
        ):
            self.purposes = found
            self.taken.labels.append(line.text)
            return
        said = labels.is_masthead(line.text, self.board)
        what = "which the cover says by itself" if said else "for which a paper has no key"
        self.losses.append(Loss(f"a line at the head of the report, {what}", line.text))

    def _answer(self, answer: Answer) -> None:
        """A line of the cover, put where this board's papers have it."""
        kind = labels.cover_kind(answer.label)
        lines = [each for each in answer.elements if isinstance(each, Line)]
        plain = len(lines) == len(answer.elements)
        if plain and (key := labels.cover_key(answer.label, self.board)) and key not in self.cover and answer.text:
            self.cover[key] = " ".join(self.writer.line(line) for line in lines)
            self.taken.labels.append(answer.label)
        elif plain and kind and answer.text and self._known(kind, answer, lines):
            self.taken.labels.append(answer.label)
        elif labels.heading_kind(answer.label) or labels.standing_key(answer.label, self.board):
            self._part(as_heading(answer.label), list(answer.elements))
        elif plain:
            words = f"{answer.label.rstrip(': ')}: {answer.text}" if answer.text else answer.label
            what = _WITHHELD if kind == "withheld" else "a line of the cover that this board's cover does not have"
            inherited = "a line of the cover that the meeting says by itself"
            self.losses.append(Loss(inherited if kind in ("date", "place") else what, words))
        else:
            self._part(as_heading(answer.label), list(answer.elements))

    def _known(self, kind: str, answer: Answer, lines: Sequence[Line]) -> bool:
        """Take up an answer of a kind that every paper has; false where it is none after all."""
        if kind == "title" and not self.title:
            self.title = " ".join(self.writer.line(line, marked=False) for line in lines)
        elif kind == "author":
            self._authors(lines)
        elif kind == "presenter" and not self.presenter:
            self.presenter = answer.text
        elif kind == "theme" and answer.text in self.board.themes:
            self.theme = answer.text
        elif kind == "purpose" and len(answer.text) < 60 and not self.purposes:
            self.purposes = labels.purposes(answer.text, self.board)
            self.taken.labels.append(answer.text)
            return bool(self.purposes)
        elif kind in ("contact", "telephone", "email"):
            return self._contact(answer.text, "" if kind == "contact" else kind)
        else:
            return False
        return True

    def _authors(self, lines: Sequence[Line]) -> None:
        for line in lines:
            found, said = people.contact(line.text)
            name = found.pop("name", "")
            if found and not set(found) & set(self.contact):
                self.contact |= found
                self.taken.labels += [said] if said else []
            else:
                name = line.text
            known = self.board.person(people.author(name)["name"]) if name else None
            if known and known.id and labels.plain(known.full) == labels.plain(name):
                self.authors.append({"name": known.id})
                self.taken.labels.append(name)
            elif name:
                self.authors.append(people.author(name))

    def _contact(self, words: str, kind: str = "") -> bool:
        """Name, telephone and e-mail into `contact`; false where one of them is there already."""
        found, said = ({kind: words}, "") if kind else people.contact(words)
        if set(found) & set(self.contact):
            return False
        self.contact = {
            key: (self.contact | found)[key] for key in ("name", "telephone", "email") if key in self.contact | found
        }
        self.taken.labels += [said] if said else []
        return True

    def _attach(self, heading: Line, elements: list[Element], source: str) -> None:
        """An appendix in the same file, as a paper file of its own."""
        match = _APPENDIX.match(shown(heading.pieces))
        label = match["label"] if match else heading.text
        rest = without_start(heading.pieces, match.end()) if match else ()
        title = replace(heading, pieces=rest if shown(rest).strip() else heading.pieces)
        id = f"{self.id}-{'-'.join(labels.plain(label).split())}"
        other = Assembly(replace(self.report, lost=()), self.board, id)
        other.authors, other.purposes = self.authors, self.purposes
        draft = other.draft(Head(title, (), (), tuple(elements)), source)
        self.taken.labels.append(label)
        words = labels.plain(title.text)
        listed = [at for at, each in enumerate(self.appendices) if labels.plain(each.title) == words and not each.paper]
        self.papers[id] = draft
        if listed:
            self.appendices[listed[0]] = replace(self.appendices[listed[0]], paper=id)
        else:
            self.appendices.append(Appendix(draft.title, id, " ".join(label.lower().split())))

    def _without_closing(self, body: Sequence[Element]) -> list[Element]:
        """The body without the words with which this board closes every paper, and without a last contact line."""
        closing = labels.plain(self.board.closing.value) if self.board.closing else ""
        kept: list[Element] = []
        for element in body:
            words = element.text if isinstance(element, Line) else ""
            if closing and words and labels.plain(words) and labels.plain(words) in closing and len(words) > 40:
                self.taken.labels.append(words)
            elif (
                re.match(r"contact(?: officer)?s?\s*:", words, re.IGNORECASE)
                and len(words) < 200
                and self._says_contact(words)
            ):
                self.taken.labels.append("Contact")
            else:
                kept.append(element)
        return kept

    def _says_contact(self, words: str) -> bool:
        return not self.contact and bool(people.contact(words)[1]) and self._contact(words)

    def _part(self, heading: Line | None, elements: list[Element]) -> None:
        """A part of the body under its heading."""
        self.counted = self.counted or any(isinstance(each, Line) and each.counted for each in elements)
        words = heading.text if heading else ""
        kind = labels.heading_kind(words) if heading else ""
        key = labels.standing_key(words, self.board) if heading and not kind else ""
        if heading and kind and self._takes(kind, elements):
            self._taken(heading)
        elif heading and key and key not in self.standing:
            self._stand(key, heading, elements)
        elif heading and _IMPLICATIONS.fullmatch(labels.plain(words)):
            self._implications(heading, elements)
        else:
            self._section(heading, elements)

    def _taken(self, heading: Line) -> None:
        self.writer.count(heading)
        self.taken.labels.append(heading.text)

    def _section(self, heading: Line | None, elements: Sequence[Element]) -> None:
        words = self.writer.line(heading, marked=False) if heading else ""
        self.writer.about = heading.text if heading else ""
        text = self.writer.text(elements, heading.heading if heading else 1)
        if words or text:
            self.sections.append(Section(words, text))

    def _takes(self, kind: str, elements: list[Element]) -> bool:
        """Take up a part whose heading every paper knows; false where it is an ordinary section after all."""
        if kind == "summary" and not self.summary and not any(each.heading for each in self.sections):
            self.summary = self.writer.text(elements)
            return True
        if kind == "recommendations" and not self.recommendations:
            return self._recommend(elements)
        if kind == "background" and self.background is None:
            return self._relied_on(elements)
        if kind == "appendices" and not self.appendices:
            return self._append(elements)
        if kind == "contact":
            words = " ".join(each.text for each in elements if isinstance(each, Line))
            plain = all(isinstance(each, Line) for each in elements) and len(words) < 200
            return plain and bool(words) and self._contact(words)
        return kind == "contents" and not elements

    def _stand(self, key: str, heading: Line, elements: list[Element]) -> None:
        """An answer to one of the board's standing sections."""
        section = next(each for each in self.board.standing_sections if each.key == key)
        words = " ".join(each.text for each in elements if isinstance(each, Line))
        whole = all(isinstance(each, Line) for each in elements)
        if whole and words and (labels.is_none(words) or labels.plain(words) == labels.plain(section.none)):
            self.standing[key] = "none"
            self.taken.labels.append(words)
        else:
            self.standing[key] = self.writer.text(elements, heading.heading)
        self._taken(heading)

    def _implications(self, heading: Line, elements: list[Element]) -> None:
        """A section whose sub-headings may be the board's standing sections."""
        rest: list[Element] = []
        for below, inside in parts(elements):
            key = labels.standing_key(below.text, self.board) if below else ""
            if below and key and key not in self.standing:
                self._stand(key, below, inside)
            else:
                rest += [*([below] if below else []), *inside]
        if rest:
            self._section(heading, rest)
        else:
            self._taken(heading)

    def _recommend(self, elements: list[Element]) -> bool:
        """The recommendations: the items below the heading, or its paragraphs; what is neither is a section's."""
        rest: list[Element] = []
        for at, element in enumerate(elements):
            following = elements[at + 1] if at + 1 < len(elements) else None
            if not isinstance(element, Line) or element.heading:
                rest = list(elements[at:])
                break
            if self._is_lead(element, following):
                self.writer.count(element)
                self.losses.append(
                    Loss("the words before the recommendations, for which the board has its own", element.text)
                )
            elif element.marker and element.depth and self.recommendations:
                mark = "" if element.marker == "bullet" else f"{prose.mark(element.marker, element.value)} "
                above = self.recommendations[-1].rstrip(";" if mark else "")
                self.recommendations[-1] = f"{above} {mark}{self.writer.line(element)}"
            else:
                self.recommendations.append(self.writer.line(element))
        if rest:
            self._section(None, rest)
        return bool(self.recommendations)

    def _is_lead(self, line: Line, following: Element | None) -> bool:
        """Whether a line only leads to the recommendations after it."""
        if (
            line.marker
            or self.recommendations
            or len(line.text) > 300
            or not isinstance(following, Line)
            or following.heading
        ):
            return False
        return line.style == "recommendation lead" or (
            line.text.endswith((":", "to", "that")) and bool(_LEAD.fullmatch(line.text))
        )

    def _relied_on(self, elements: list[Element]) -> bool:
        if not all(isinstance(each, Line) and not each.heading for each in elements):
            return False
        lines = [each for each in elements if isinstance(each, Line)]
        self.background = []
        if len(lines) == 1 and labels.is_none(lines[0].text):
            self.taken.labels.append(lines[0].text)
            return True
        for line in lines:
            links = dict.fromkeys(piece.link for piece in line.pieces if piece.link)
            plain = replace(line, pieces=tuple(replace(piece, link="") for piece in line.pieces))
            if len(links) == 1:
                self.background.append(Background(self.writer.line(plain), next(iter(links))))
            else:
                self.background.append(Background(self.writer.line(line)))
        return bool(lines)

    def _append(self, elements: list[Element]) -> bool:
        """The list of appendices, each of which is to follow as a file or a paper of its own."""
        if not all(isinstance(each, Line) and not each.heading for each in elements):
            return False
        lines = [each for each in elements if isinstance(each, Line)]
        if len(lines) == 1 and labels.is_none(lines[0].text):
            self.taken.labels.append(lines[0].text)
            return True
        for line in lines:
            label, match = "", _APPENDIX.match(shown(line.pieces))
            if match and match.end() < len(shown(line.pieces)):
                label = " ".join(match["label"].lower().split())
                self.taken.labels.append(match["label"])
                line = replace(line, pieces=without_start(line.pieces, match.end()))  # noqa: PLW2901
            if shown(line.pieces).rstrip().endswith(_TO_FOLLOW):
                self.taken.labels.append(_TO_FOLLOW)
                line = without_end(line, _TO_FOLLOW)  # noqa: PLW2901
            self.appendices.append(Appendix(self.writer.line(line), label=label))
        return bool(lines)
