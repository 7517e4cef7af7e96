"""What a returned document is held against: the report as it would be written now, and all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode.core.analysis import Count
from qualcode.core.project import Project
from qualcode.core.rows import FindingRow, QuoteRow, ReportRow, TranscriptRow
from qualcode.core.values import FindingId, QuoteId, TranscriptId
from qualcode.guard import Guard
from qualcode.report import content, markup, shapes, word
from qualcode.report.blocks import Heading, Inlines, Of, Origin, Paragraph, read
from qualcode.report.composing import Composer
from qualcode.report.markup import Mark, MarkKind
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting
from qualcode.report.returned.document import ReadDocument, read_document
from qualcode.report.returned.matching import Contained, Sought, contained
from qualcode.report.returned.search import Search
from qualcode.report.returned.wordings import even
from qualcode.report.shapes import Shape


@dataclass(frozen=True, slots=True)
class KnownQuote:
    """A quote of the project as it would be shown. ``passage`` is all of it, nothing cut, identifiers replaced."""

    row: QuoteRow
    words: str
    passage: str
    attribution: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A mark in a finding that is filled in from the data, and what it reads now. ``mark`` is empty for a number that
    the house adds to quantity words."""

    mark: str
    words: str


@dataclass(frozen=True)
class Shorter:
    """A paragraph of the summary that is made of the shorter wordings of a theme's findings."""

    theme_id: str
    words: str
    lines: dict[FindingId, str]


class Basis:
    """Read from the project when it is made, on the project's thread; asked on any thread afterwards."""

    def __init__(self, project: Project, document: ReadDocument, guard: Guard | None = None) -> None:
        self.guard = guard or Guard(project)
        own = shapes.own(project)
        self.report = _report_of(project, document, own)
        self.shape = shapes.standing(self.report.shape, own)
        self.built = content.build(project, self.report, self.guard, self.shape)
        self.material = Material(project, self.report)
        self._quoting = Quoting(self.material, self.guard)
        self._quoting.people_fitting("")  # reads what it rests on, so that it may be asked on any thread
        self.fewest = self.material.house.fewest
        self.scale = self.material.house.scale
        self.findings: dict[FindingId, FindingRow] = {f.id: f for f in project.findings.all()}
        self.counts: dict[FindingId, Count] = {f.id: self.material.analysis.behind(f) for f in self.findings.values()}
        self.interviews = dict(self.material.interview_of)
        self.transcripts: dict[TranscriptId, TranscriptRow] = {t: self.material.transcripts[t] for t in self.interviews}
        self.quotes: dict[QuoteId, KnownQuote] = {
            q.id: self._known(q) for f in self.findings.values() for q in f.quotes
        }
        composer = Composer(self.material, self.shape, self.guard)
        self.filled = {f.id: _filled(composer, f, f.text) for f in self.findings.values()}
        self.filled_in_summary = {f.id: _filled(composer, f, f.summary) for f in self.findings.values()}
        self._lines = {f.id: read(composer.line(f.summary, f)) for f in self.material.findings if f.summary}

    def people_fitting(self, words: str) -> int | None:
        """How many of those interviewed an attribution fits; None when it describes nobody."""
        return self._quoting.people_fitting(words)

    @cached_property
    def headings(self) -> Mapping[str, Heading]:
        """The headings of the report by their bookmarks."""
        return {b.bookmark: b for b in self.built.blocks if isinstance(b, Heading)}

    @cached_property
    def summary_headings(self) -> frozenset[str]:
        """The bookmarks of the headings in the summary."""
        kinds = {section.key: section.kind for section in self.shape.sections}
        summaries = [s for s in self.built.sections if kinds.get(s.key) == "summary"]
        return frozenset(b.bookmark for s in summaries for b in s.blocks if isinstance(b, Heading))

    @cached_property
    def shorter(self) -> list[Shorter]:
        """The paragraphs of the summary that are made of several findings' shorter wordings."""
        kinds = {section.key: section.kind for section in self.shape.sections}
        blocks = [b for s in self.built.sections if kinds.get(s.key) == "summary" for b in s.blocks]
        made = []
        for block in blocks:
            if isinstance(block, Paragraph) and block.origin is not None and block.origin.of is Of.THEME:
                words = read(block.inlines)
                under = [f for f in self.material.findings if (f.theme_id or "") == block.origin.id]
                lines = {f.id: self._lines[f.id] for f in under if f.id in self._lines and self._lines[f.id] in words}
                made.append(Shorter(block.origin.id, words, lines))
        return made

    @cached_property
    def expected(self) -> Contained:
        """The report as it would be written now, read back as a returned one is."""
        document = read_document(word.rendered(self.built), "report.docx")
        return contained(document, (), {name: heading.full for name, heading in self.headings.items()})

    @cached_property
    def sought(self) -> list[Sought]:
        """What may stand in the document: all of the report, then those quotes of the project that are not in it."""
        document = self.expected.document
        there = [
            Sought(i.name, i.origin, tuple(document.words([place]) for place in i.places)) for i in self.expected.items
        ]
        names = {one.origin.id for one in there}
        more = [
            Sought(f"_qcq_{q.row.id.replace('-', '')}", Origin(Of.QUOTE, q.row.id), (q.words,))
            for q in self.quotes.values()
            if q.row.id not in names and q.words
        ]
        return [*there, *more]

    @cached_property
    def search(self) -> Search:
        return Search(list(self.transcripts.values()))

    def _known(self, quote: QuoteRow) -> KnownQuote:
        shown = self._quoting.show(quote)
        whole = self._quoting.show(replace(quote, id=QuoteId(f"{quote.id} whole"), edits=()), attributed=False)
        return KnownQuote(quote, shown.words, whole.words, shown.attribution, self.material.withdrawn(quote))


# --- within ------------------------------------------------------------------------------------------------------


def _report_of(project: Project, document: ReadDocument, own: Mapping[str, str]) -> ReportRow:
    """The report that the document was made from; the one whose headings are likest where it does not tell."""
    row = next((r for r in project.reports.all() if r.id == document.report_id), None)
    if row is not None and document.shape in ("", row.shape):
        return row
    if row is not None:
        return content.in_shape(row, document.shape)
    return content.report_of(project, document.shape or _likest_shape(document, own))


def _likest_shape(document: ReadDocument, own: Mapping[str, str]) -> str:
    there = {even(p.text).casefold() for p in document.paragraphs if p.level}

    def share(shape: Shape) -> float:
        titles = [even(s.title).casefold() for s in shape.sections if s.title and "{" not in s.title]
        return sum(title in there for title in titles) / max(1, len(titles))

    return max(shapes.available(own), key=lambda shape: (share(shape), shape.key == "insight")).key


def _filled(composer: Composer, finding: FindingRow, words: str) -> tuple[Filled, ...]:
    """What words of a finding have from the data: marks that read as counted words, and a number added to them."""
    counted = [m for m in markup.marks(words) if m.kind in (MarkKind.COUNT, MarkKind.SPREAD, MarkKind.FACT)]
    made = tuple(Filled(_source(m), read(_inlines(composer, m, finding))) for m in counted)
    added = composer.number_added(finding, words)
    return (*made, Filled("", f" {added}")) if added else made


def _inlines(composer: Composer, mark: Mark, finding: FindingRow) -> Inlines:
    return composer.inlines((mark,), finding)


def _source(mark: Mark) -> str:
    return f"{{{mark.kind}: {mark.value}}}" if mark.value else f"{{{mark.kind}}}"
