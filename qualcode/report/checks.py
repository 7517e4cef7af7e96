"""What a report still lacks or gets wrong, as values that the window can list and the command line can print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from qualcode.core import quantity
from qualcode.core.analysis import Count
from qualcode.core.project import Project
from qualcode.core.rows import FindingRow, QuoteRow, ReportRow, ThemeRow
from qualcode.guard import Guard
from qualcode.report import content, markup, shapes, wording
from qualcode.report.balance import balance, silent_counter_views
from qualcode.report.blocks import (
    Block,
    BlockQuote,
    Gap,
    Heading,
    Of,
    Origin,
    Paragraph,
    Report,
    every,
    inlines_of,
    printed,
    read,
)
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting
from qualcode.report.shapes import Shape
from qualcode.report.singled_out import singled_out

TOO_OFTEN = 2.0
"""A person is quoted too often with more than this times the quotes that fall to each on average, and at least four."""

TELLING = 2
"""So many people who speak against a finding are to be mentioned in it; one is left to the analyst."""


class Severity(StrEnum):
    """STOP holds an export back; MEND wants an act before publishing; NOTE is worth knowing."""

    STOP = "stop"
    MEND = "mend"
    NOTE = "note"


class Rule(StrEnum):
    """Which of the checks speaks."""

    IDENTIFIER = "identifier left"
    WITHDRAWN = "person withdrawn"
    PLACEHOLDER = "placeholder left"
    MARK = "mark not understood"
    NO_QUOTE = "finding without a quote"
    NO_EVIDENCE = "finding without evidence"
    NO_THEME = "finding under no theme"
    QUANTITY = "quantity word"
    COUNT_CHANGED = "count changed"
    NOT_CODED = "coding removed"
    NOT_VERBATIM = "no longer verbatim"
    NOT_PLACED = "quote not in its sentence"
    QUOTED_TWICE = "quoted twice"
    INTERVIEWER = "interviewer cut"
    ATTRIBUTION = "attribution"
    TOGETHER = "attributions together"
    NO_SUMMARY = "no shorter wording"
    COUNTER_VIEW = "counter view not mentioned"
    QUOTED_OFTEN = "quoted often"
    NEVER_QUOTED = "never quoted"
    GROUP_MISSING = "group missing"
    ONE_PERSON = "theme on one person"
    QUESTION = "question unanswered"
    UNCODED = "interview not coded"
    COMMENT = "comment not resolved"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: a sentence, and what to open for it. ``offers`` are words that would do instead."""

    severity: Severity
    rule: Rule
    sentence: str
    origin: Origin
    offers: tuple[str, ...] = ()


def check(
    project: Project,
    report: ReportRow | str = "insight",
    guard: Guard | None = None,
    shape: Shape | None = None,
) -> list[Check]:
    """Everything to look at in a report, the gravest first, then in the order of the document."""
    if isinstance(report, str):
        report = content.report_of(project, report)
    guard = guard or Guard(project)
    shape = shape or shapes.named(report.shape, shapes.own(project))
    built = content.build(project, report, guard, shape)
    checker = _Checker(Material(project, report), guard, built)
    order = list(Severity)
    return sorted(checker.all(), key=lambda found: order.index(found.severity))


def called(finding: FindingRow) -> str:
    """A finding by its key issue, to be told from others in a sentence."""
    words = markup.key_issue(finding.text)
    short = words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + " …"
    return f"The finding “{short}”"


class _Checker:
    def __init__(self, material: Material, guard: Guard, report: Report) -> None:
        self._material = material
        self._guard = guard
        self._report = report
        self._quoting = Quoting(material, guard)
        self._quotes = [q for f in material.findings for q in f.quotes]

    def all(self) -> Iterator[Check]:
        yield from self._identifiers()
        yield from self._placeholders()
        for finding in self._material.findings:
            yield from self._finding(finding)
        for quote in self._quotes:
            yield from self._quote(quote)
        yield from self._singled_out()
        yield from self._quoted_twice()
        yield from self._balance()
        yield from self._themes()
        yield from self._questions()
        yield from self._interviews()
        yield from self._comments()

    # --- the document ---

    def _identifiers(self) -> Iterator[Check]:
        here = Origin(Of.REPORT, self._material.report.id)
        for section in self._report.sections:
            for block in section.blocks:
                if isinstance(block, Heading):
                    here = block.origin or Origin(Of.SECTION, section.key)
                origin = _origin(block) or here
                for words in _texts(block):
                    for leak in self._guard.leaks(words):
                        yield Check(Severity.STOP, Rule.IDENTIFIER, f"{section.title}: {leak.sentence()}", origin)

    def _placeholders(self) -> Iterator[Check]:
        """What is asked for in several places of a section (the rows of a table) is told once."""
        for section in self._report.sections:
            asked: Counter[tuple[str, Origin]] = Counter()
            for block in section.blocks:
                origin = _origin(block) or Origin(Of.SECTION, section.key)
                gaps = (i.text for run in inlines_of(block) for i in every(run) if isinstance(i, Gap))
                asked.update((gap, origin) for gap in gaps)
            for (gap, origin), n in asked.items():
                times = f" ({n} times)" if n > 1 else ""
                yield Check(Severity.MEND, Rule.PLACEHOLDER, f"{section.title or 'Cover'}: {gap}{times}.", origin)

    # --- findings ---

    def _finding(self, finding: FindingRow) -> Iterator[Check]:
        origin = Origin(Of.FINDING, finding.id)
        name = called(finding)
        for problem in (*markup.problems(finding.text), *markup.problems(finding.summary)):
            yield Check(Severity.MEND, Rule.MARK, f"{name}: {problem}", origin)
        if not finding.quotes:
            yield Check(Severity.MEND, Rule.NO_QUOTE, f"{name} has no quote.", origin)
        if not finding.evidence:
            yield Check(Severity.MEND, Rule.NO_EVIDENCE, f"{name} rests on no segment.", origin)
        if finding.theme_id is None:
            yield Check(Severity.NOTE, Rule.NO_THEME, f"{name} stands under no theme, after all themes.", origin)
        if not finding.summary and markup.quoted(finding.text):
            sentence = f"{name} has no shorter wording, so its quotes stand in the summary too."
            yield Check(Severity.NOTE, Rule.NO_SUMMARY, sentence, origin)
        yield from self._quantity(finding, markup.plain(finding.text), "")
        yield from self._quantity(finding, markup.plain(finding.summary), " in the summary")
        against = silent_counter_views(self._material, finding)
        if against >= TELLING:
            sentence = (
                f"{wording.number(against, begins=True)} people speak against {_inside(name)}, which does not say so."
            )
            yield Check(Severity.NOTE, Rule.COUNTER_VIEW, sentence, origin)
        for quote in content.lost_in_the_text(finding):
            sentence = f"{quote.label} is to be run in, but {_inside(name)} has no {{q:{quote.label}}} in it."
            yield Check(Severity.MEND, Rule.NOT_PLACED, sentence, origin)

    def _quantity(self, finding: FindingRow, words: str, where: str) -> Iterator[Check]:
        scale = self._material.house.scale
        claim = quantity.claim(words, scale)
        count = self._material.analysis.behind(finding)
        if claim is None or not count.asked:
            return
        if quantity.agrees(words, count.people, count.asked, scale):
            if finding.counted not in (None, (count.people, count.asked)):
                yield _count_changed(finding, claim, count)
            return
        offers = tuple(quantity.offered(count.people, count.asked, scale))
        instead = f" Offer: {wording.listed([f'“{o}”' for o in offers], 'or')}." if offers else ""
        sentence = (
            f"“{wording.begins_sentence(claim.word)}”{where}, but it is {count} people: {called(finding)}.{instead}"
        )
        yield Check(Severity.MEND, Rule.QUANTITY, sentence, Origin(Of.FINDING, finding.id), offers)

    # --- quotes ---

    def _quote(self, quote: QuoteRow) -> Iterator[Check]:
        origin = Origin(Of.QUOTE, quote.id)
        if self._material.withdrawn(quote):
            sentence = f"{quote.label} is from somebody who has withdrawn. It is left out."
            yield Check(Severity.MEND, Rule.WITHDRAWN, sentence, origin)
            return
        if quote.segment_id is None:
            yield Check(Severity.MEND, Rule.NOT_CODED, f"The coding of {quote.label} was removed.", origin)
        if quote.span.of(self._material.transcripts[quote.transcript_id].text) != quote.verbatim:
            sentence = f"{quote.label} is no longer what the transcript says."
            yield Check(Severity.MEND, Rule.NOT_VERBATIM, sentence, origin)
            return
        if self._quoting.cuts_the_interviewer(quote):
            sentence = f"{quote.label} reaches over the interviewer’s words, which are cut."
            yield Check(Severity.NOTE, Rule.INTERVIEWER, sentence, origin)
        yield from self._attribution(quote, origin)

    def _attribution(self, quote: QuoteRow, origin: Origin) -> Iterator[Check]:
        fewest = self._material.house.fewest
        coarsened = self._quoting.coarsened(quote)
        if coarsened:
            instead = self._quoting.attribution(quote)
            made = f"It is made “{instead}”." if instead else "It is left out."
            sentence = f"“{coarsened}” under {quote.label} fits fewer than {wording.number(fewest)} people. {made}"
            yield Check(Severity.NOTE, Rule.ATTRIBUTION, sentence, origin)

    def _singled_out(self) -> Iterator[Check]:
        for found in singled_out(self._material, self._quoting):
            rule = Rule.TOGETHER if len(found.quotes) > 1 else Rule.ATTRIBUTION
            yield Check(Severity.STOP, rule, found.sentence(), Origin(Of.QUOTE, found.quotes[-1].id))

    def _quoted_twice(self) -> Iterator[Check]:
        for n, quote in enumerate(self._quotes):
            for earlier in self._quotes[:n]:
                same = quote.transcript_id == earlier.transcript_id and quote.span.overlaps(earlier.span)
                if same and self._overlap(quote, earlier):
                    sentence = f"{quote.label} and {earlier.label} quote the same words."
                    yield Check(Severity.NOTE, Rule.QUOTED_TWICE, sentence, Origin(Of.QUOTE, quote.id))

    def _overlap(self, one: QuoteRow, other: QuoteRow) -> bool:
        """Whether words are shown in both."""
        return any(a.overlaps(b) for a in self._quoting.said_spans(one) for b in self._quoting.said_spans(other))

    # --- balance ---

    def _balance(self) -> Iterator[Check]:
        found = balance(self._material, self._quoting, self._quotes)
        if not self._quotes or not found.people:
            return
        for person, n in found.people:
            origin = Origin(Of.PARTICIPANT, person.id)
            if n >= 4 and n > TOO_OFTEN * found.average:
                sentence = f"{person.pseudonym} is quoted {n} times, where the average is {found.average:.1f}."
                yield Check(Severity.NOTE, Rule.QUOTED_OFTEN, sentence, origin)
            elif not n:
                yield Check(Severity.NOTE, Rule.NEVER_QUOTED, f"{person.pseudonym} is never quoted.", origin)
        for share in found.groups:
            if not share.quotes:
                sentence = f"No quote is from the group “{share.name}”."
                yield Check(Severity.MEND, Rule.GROUP_MISSING, sentence, Origin(Of.REPORT, self._material.report.id))

    # --- themes, questions, interviews ---

    def _themes(self) -> Iterator[Check]:
        for theme in self._material.themes:
            if self._on_one_person(theme):
                sentence = f"The theme “{theme.name}” rests on one person."
                yield Check(Severity.NOTE, Rule.ONE_PERSON, sentence, Origin(Of.THEME, theme.id))

    def _on_one_person(self, theme: ThemeRow) -> bool:
        reported = bool(self._material.findings_under(theme.id))
        return reported and self._material.analysis.count(theme.id, self._material.report.wave_id).people == 1

    def _questions(self) -> Iterator[Check]:
        answered = {q for f in self._material.findings for q in f.question_ids}
        for question in self._material.evaluation_questions:
            if question.id not in answered:
                sentence = f"No finding answers the evaluation question “{question.text}”"
                yield Check(Severity.NOTE, Rule.QUESTION, sentence, Origin(Of.QUESTION, question.id))

    def _interviews(self) -> Iterator[Check]:
        for interview in self._material.interviews:
            if not interview.segments:
                sentence = f"Nothing is coded in the interview “{interview.title}”."
                yield Check(Severity.NOTE, Rule.UNCODED, sentence, Origin(Of.INTERVIEW, interview.id))

    def _comments(self) -> Iterator[Check]:
        """What colleagues said that is not settled, on what this report has."""
        names: dict[str, str] = {f.id: _inside(called(f)) for f in self._material.findings}
        names |= {t.id: f"the theme “{t.name}”" for t in self._material.themes}
        names |= {s.key: f"the section “{s.title}”" for s in self._report.sections}
        for remark in self._material.remarks:
            if remark.origin.id in names:
                sentence = f"{remark.author} on {names[remark.origin.id]}: {' '.join(remark.text.split())}"
                yield Check(Severity.NOTE, Rule.COMMENT, sentence, remark.origin)


# --- within ------------------------------------------------------------------------------------------------------


def _count_changed(finding: FindingRow, claim: quantity.Claim, count: Count) -> Check:
    """The word still fits, but it was written when others were counted."""
    assert finding.counted is not None
    people, asked = finding.counted
    sentence = (
        f"“{wording.begins_sentence(claim.word)}” was written when it was {people} of {asked} people; now it is "
        f"{count}: {called(finding)}."
    )
    return Check(Severity.NOTE, Rule.COUNT_CHANGED, sentence, Origin(Of.FINDING, finding.id))


def _inside(called: str) -> str:
    return called[:1].lower() + called[1:]


def _origin(block: Block) -> Origin | None:
    if isinstance(block, BlockQuote):
        return Origin(Of.QUOTE, block.quote.id)
    origin = getattr(block, "origin", None)
    return origin if isinstance(origin, Origin) else None


def _texts(block: Block) -> Iterable[str]:
    """The words of a block as they will be read."""
    if isinstance(block, Paragraph):
        return [read(block.inlines)]
    return printed(block)
