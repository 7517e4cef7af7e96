"""What the sheets of a workbook share: how people, places and passages are named in it, and how far it may speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from qualcode.core.project import Project
from qualcode.core.rows import (
    AttributeRow,
    CodeRow,
    FindingRow,
    InterviewRow,
    ParticipantRow,
    QuoteRow,
    ReportRow,
    SegmentRow,
)
from qualcode.core.spans import Lines
from qualcode.core.values import (
    CodeId,
    FindingId,
    InterviewId,
    ParticipantId,
    QuoteId,
    SegmentId,
    Span,
    ThemeId,
    TranscriptId,
)
from qualcode.guard import Anonymise
from qualcode.report import markup, wording
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting

MATRIX, THEMES, FINDINGS = "Framework matrix", "Themes by wave", "Findings"
SEGMENTS, QUOTES, CODEBOOK = "Segments", "Quote bank", "Codebook"
NO_THEME = "Under no theme"

_WHOLE_PROJECT = ReportRow("", "", "", "", "", None, None)
_WITHHELD = "[withheld]"


class Book:
    """One workbook in the making, over the whole project.

    Unless it is ``confidential``, every text in it is anonymised and no characteristic is shown that too few share.
    """

    def __init__(self, project: Project, anonymise: Anonymise, *, confidential: bool) -> None:
        self.material = Material(project, _WHOLE_PROJECT)
        self.quoting = Quoting(self.material, anonymise)
        self.confidential = confidential
        self._anonymise = anonymise
        self._lines: dict[TranscriptId, Lines] = {}

    # --- what is in it, in order ---

    @cached_property
    def findings(self) -> list[FindingRow]:
        """By theme in reading order."""
        return sorted(self.material.findings, key=lambda f: self._place(f.theme_id))

    @cached_property
    def segments(self) -> list[SegmentRow]:
        """By theme in reading order, then by interview and place; those of people who have withdrawn left out."""
        interviews = {i.transcript_id: n for n, i in enumerate(self.material.interviews)}

        def key(segment: SegmentRow) -> tuple[int, int, Span]:
            theme_id = self.material.theme_of_code.get(segment.code_id)
            return self._place(theme_id), interviews[segment.transcript_id], segment.span

        there = (s for s in self.material.segments.values() if s.transcript_id in interviews)
        return sorted((s for s in there if self._stands(s.transcript_id, s.span)), key=key)

    @cached_property
    def quotes(self) -> list[tuple[FindingRow, QuoteRow]]:
        return [(f, q) for f in self.findings for q in f.quotes if not self.material.withdrawn(q)]

    @cached_property
    def segment_rows(self) -> dict[SegmentId, int]:
        """The row of each segment on its sheet, from 1."""
        return {s.id: n for n, s in enumerate(self.segments, 1)}

    @cached_property
    def quote_rows(self) -> dict[QuoteId, int]:
        return {quote.id: n for n, (_, quote) in enumerate(self.quotes, 1)}

    @cached_property
    def finding_rows(self) -> dict[FindingId, int]:
        """The row of each finding on its sheet; those of the passages behind it follow."""
        rows: dict[FindingId, int] = {}
        at = 1
        for finding in self.findings:
            rows[finding.id] = at
            at += 1 + sum(e.segment_id in self.segment_rows for e in finding.evidence)
        return rows

    @cached_property
    def people_rows(self) -> dict[ParticipantId, int]:
        """The row of each participant on the framework matrix."""
        return {p.id: n for n, p in enumerate(self.material.analysis.interviewed(None), 1)}

    @cached_property
    def first_heard(self) -> dict[ParticipantId, int]:
        """The row of the first segment in which each participant is heard."""
        rows: dict[ParticipantId, int] = {}
        for row, segment in enumerate(self.segments, 1):
            for person in self.material.heard_in(segment.transcript_id, segment.span):
                rows.setdefault(person.id, row)
        return rows

    @cached_property
    def codes(self) -> list[CodeRow]:
        """By theme in reading order, those under none last."""
        return sorted(self.material.codes, key=lambda c: self._place(self.material.theme_of_code.get(c.id)))

    @cached_property
    def code_rows(self) -> dict[CodeId, int]:
        return {code.id: n for n, code in enumerate(self.codes, 1)}

    def first_segment(self, segments: Iterable[SegmentId]) -> int | None:
        """The row of the first of these segments; None where none is on the sheet."""
        return min((self.segment_rows[s] for s in segments if s in self.segment_rows), default=None)

    # --- how things are called ---

    def outward(self, words: str) -> str:
        """An analyst's text as it may be shown."""
        return words if self.confidential else self._anonymise.text(words)

    def said(self, finding: FindingRow) -> str:
        """A finding on one line."""
        return self.outward(finding.summary or markup.plain(finding.text))

    def passage(self, segment: SegmentRow) -> str:
        return segment.quote if self.confidential else self.quoting.passage(segment)

    def names(self, transcript_id: TranscriptId, span: Span) -> str:
        """The pseudonyms of those heard in a passage."""
        return ", ".join(p.pseudonym for p in self.material.heard_in(transcript_id, span))

    def shared(self, person: ParticipantRow, attribute: AttributeRow) -> str:
        """An attribute's value; withheld where too few share it."""
        value = self.material.value(person, attribute.id)
        sharing = self._sharing[attribute.id, value.casefold()]
        return value if self.confidential or not value or sharing >= self.material.house.fewest else _WITHHELD

    def theme(self, theme_id: ThemeId | None) -> str:
        return next((t.name for t in self.material.themes if t.id == theme_id), NO_THEME)

    def code(self, segment_id: SegmentId | None) -> str:
        segment = self.material.segments.get(segment_id) if segment_id else None
        return next((c.name for c in self.material.codes if segment and c.id == segment.code_id), "")

    def wave(self, transcript_id: TranscriptId) -> str:
        interview = self.material.interview_of[transcript_id]
        return wording.begins_sentence(wording.wave_in_short(self.material.wave_name(interview.wave_id)))

    def interview(self, transcript_id: TranscriptId) -> str:
        """An interview by its people's pseudonyms and its wave; its own title, which may hold a name, for insiders."""
        interview = self.material.interview_of[transcript_id]
        return interview.title if self.confidential else self._labels[interview.id]

    def line(self, transcript_id: TranscriptId, span: Span) -> int:
        if transcript_id not in self._lines:
            self._lines[transcript_id] = Lines(self.material.transcripts[transcript_id].text)
        return self._lines[transcript_id].number(span.start)

    # --- within ---

    def _place(self, theme_id: ThemeId | None) -> int:
        return self._order.get(theme_id, len(self._order)) if theme_id else len(self._order)

    @cached_property
    def _order(self) -> dict[ThemeId, int]:
        return {t.id: n for n, t in enumerate(self.material.themes)}

    def _stands(self, transcript_id: TranscriptId, span: Span) -> bool:
        return all(p.withdrawn_on is None for p in self.material.heard_in(transcript_id, span))

    @cached_property
    def _sharing(self) -> Counter[tuple[str, str]]:
        return Counter(
            (attribute_id, value.strip().casefold())
            for person in self.material.participants
            for attribute_id, value in person.attributes.items()
        )

    @cached_property
    def _labels(self) -> dict[InterviewId, str]:
        labels: dict[InterviewId, str] = {}
        used: Counter[str] = Counter()
        for interview in self.material.interviews:
            label = self._label(interview)
            used[label] += 1
            labels[interview.id] = f"{label} ({used[label]})" if used[label] > 1 else label
        return labels

    def _label(self, interview: InterviewRow) -> str:
        people = ", ".join(self.material.everybody[p].pseudonym for p in interview.participant_ids) or "Interview"
        wave = self.material.wave_name(interview.wave_id)
        return f"{people}, {wording.wave_in_short(wave)}" if wave else people
