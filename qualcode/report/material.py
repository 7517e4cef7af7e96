"""What a report draws on, read from the project once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from qualcode.core.analysis import Analysis
from qualcode.core.findings import SUPPORTS
from qualcode.core.project import Project
from qualcode.core.rows import (
    AttributeRow,
    CodeRow,
    EvaluationQuestionRow,
    FindingRow,
    GuideQuestionRow,
    InterviewRow,
    ParticipantRow,
    QuoteRow,
    ReportRow,
    SegmentRow,
    SummaryRow,
    ThemeRow,
    TranscriptRow,
    WaveRow,
)
from qualcode.core.values import (
    AttributeId,
    CodeId,
    CoderId,
    ParticipantId,
    SegmentId,
    Span,
    ThemeId,
    TranscriptId,
    WaveId,
)
from qualcode.report.house import House
from qualcode.report.remarks import Remark, unresolved


class Material:
    """A snapshot of the project for one report. Where the report is on one wave, people, interviews and findings are
    that wave's; findings that speak of no wave in particular belong to every report.
    """

    def __init__(self, project: Project, report: ReportRow) -> None:
        self._project = project
        self.report = report
        self.project_name = project.name
        self.house = House.of(project)

    def of_wave(self, wave_id: WaveId) -> Material:
        """The same for a report like this one on another wave."""
        found = Material(self._project, replace(self.report, wave_id=wave_id))
        found.analysis, found.transcripts = self.analysis, self.transcripts
        return found

    # --- the whole project ---

    @cached_property
    def analysis(self) -> Analysis:
        return self._project.analysis()

    @cached_property
    def themes(self) -> list[ThemeRow]:
        return self.analysis.themes

    @cached_property
    def top_themes(self) -> list[ThemeRow]:
        return [t for t in self.themes if t.parent_id is None]

    def below(self, theme_id: ThemeId) -> list[ThemeRow]:
        """The sub-themes of a theme."""
        return [t for t in self.themes if t.parent_id == theme_id]

    @cached_property
    def waves(self) -> list[WaveRow]:
        """The waves in which somebody was interviewed, in the order of time."""
        used = {i.wave_id for i in self._all_interviews}
        return [w for w in self.analysis.waves if w.id in used]

    @cached_property
    def attributes(self) -> list[AttributeRow]:
        return self._project.people.attributes()

    @cached_property
    def codes(self) -> list[CodeRow]:
        return self._project.codebook.all()

    @cached_property
    def theme_of_code(self) -> dict[CodeId, ThemeId]:
        return self._project.themes.of_code()

    @cached_property
    def segments(self) -> dict[SegmentId, SegmentRow]:
        """Those that have a place in the current text of their interview."""
        return {s.id: s for s in self._project.coding.all() if s.transcript_id in self.interview_of}

    @cached_property
    def transcripts(self) -> Mapping[TranscriptId, TranscriptRow]:
        """Transcripts by id, each read when first asked for."""
        return _Transcripts(self._project)

    @cached_property
    def interview_of(self) -> dict[TranscriptId, InterviewRow]:
        return {i.transcript_id: i for i in self._all_interviews}

    @cached_property
    def everybody(self) -> dict[ParticipantId, ParticipantRow]:
        """Every participant, the withdrawn too."""
        return {p.id: p for p in self._project.people.all()}

    @cached_property
    def summaries(self) -> list[SummaryRow]:
        """The written cells of the framework matrix."""
        return self._project.summaries.all()

    @cached_property
    def evaluation_questions(self) -> list[EvaluationQuestionRow]:
        return self._project.waves.evaluation_questions()

    @cached_property
    def framework_dates(self) -> list[tuple[str, dt.date]]:
        """When the framework was kept, and at which stage."""
        return [(v.stage, v.created_at.date()) for v in self._project.themes.versions()]

    # --- what this report is on ---

    @cached_property
    def waves_reported(self) -> list[WaveRow]:
        return [w for w in self.waves if self.report.wave_id in (None, w.id)]

    @cached_property
    def waves_compared(self) -> tuple[WaveRow, WaveRow] | None:
        """The wave of the report (or the last) and the one before it."""
        last = next((n for n, w in enumerate(self.waves) if w.id == self.report.wave_id), len(self.waves) - 1)
        return (self.waves[last - 1], self.waves[last]) if last >= 1 else None

    @cached_property
    def interviews(self) -> list[InterviewRow]:
        """The interviews reported, without those in which everybody has withdrawn."""
        return [i for i in self._all_interviews if self.report.wave_id in (None, i.wave_id) and self._stands(i)]

    @cached_property
    def participants(self) -> list[ParticipantRow]:
        return self.analysis.interviewed(self.report.wave_id)

    @cached_property
    def questions(self) -> list[GuideQuestionRow]:
        """The topic guides of the waves reported."""
        reported = {w.id for w in self.waves_reported}
        return [q for q in self._project.waves.questions() if q.wave_id in reported]

    @cached_property
    def findings(self) -> list[FindingRow]:
        """The findings reported, in order, those under no theme too."""
        found = self._project.findings.all()
        return [f for f in found if self.report.wave_id is None or f.wave_id in (None, self.report.wave_id)]

    def findings_under(self, theme_id: ThemeId) -> list[FindingRow]:
        return [f for f in self.findings if f.theme_id == theme_id]

    @cached_property
    def quotes(self) -> dict[str, QuoteRow]:
        """Every quote of the project by how it may be called: its label or its id."""
        found = self._project.findings.quotes()
        return {q.label: q for q in found} | {q.id: q for q in found}

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """What colleagues said on the report that is not settled."""
        return unresolved(self._project)

    @cached_property
    def segments_reported(self) -> list[SegmentRow]:
        """Those in the interviews reported."""
        reported = {i.transcript_id for i in self.interviews}
        return [s for s in self.segments.values() if s.transcript_id in reported]

    @cached_property
    def coders(self) -> frozenset[CoderId]:
        """Who coded the interviews reported."""
        return frozenset(s.coder_id for s in self.segments_reported)

    # --- people ---

    def heard_in(self, transcript_id: TranscriptId, span: Span) -> list[ParticipantRow]:
        """The participants heard in a passage, in the order in which they speak."""
        transcript = self.transcripts[transcript_id]
        speakers = dict.fromkeys(t.speaker for t in transcript.turns if t.span.overlaps(span))
        people = (transcript.speakers[n].participant_id for n in speakers)
        return [self.everybody[p] for p in dict.fromkeys(people) if p is not None]

    def speaking(self, quote: QuoteRow, speakers: Iterable[int]) -> list[ParticipantRow]:
        """The participants behind the transcript's speakers with these numbers."""
        transcript = self.transcripts[quote.transcript_id]
        people = (transcript.speakers[n].participant_id for n in speakers)
        return [self.everybody[p] for p in dict.fromkeys(people) if p is not None]

    def withdrawn(self, quote: QuoteRow) -> bool:
        """Whether somebody heard in a quote has withdrawn, so that it must not be shown."""
        return any(p.withdrawn_on is not None for p in self.heard_in(quote.transcript_id, quote.span))

    def wave_name(self, wave_id: WaveId | None) -> str:
        return next((w.name for w in self.analysis.waves if w.id == wave_id), "")

    def value(self, participant: ParticipantRow, attribute_id: AttributeId) -> str:
        return participant.attributes.get(attribute_id, "").strip()

    def supporters(self, finding: FindingRow) -> list[ParticipantRow]:
        """The participants in a finding's supporting segments."""
        carried = {e.segment_id for e in finding.evidence if e.stance == SUPPORTS}
        there = [self.segments[s] for s in carried if s in self.segments]
        heard = {p.id for segment in there for p in self.heard_in(segment.transcript_id, segment.span)}
        return [p for p in self.participants if p.id in heard]

    def spread(self, people: Sequence[ParticipantRow], attribute_id: AttributeId) -> tuple[int, int]:
        """From how many of the attribute's values these people come, and how many there are among those reported."""
        found = {v.casefold() for p in people if (v := self.value(p, attribute_id))}
        among = Counter(v.casefold() for p in self.participants if (v := self.value(p, attribute_id)))
        return len(found), len(among)

    # --- within ---

    @cached_property
    def _all_interviews(self) -> list[InterviewRow]:
        return self.analysis.interviews

    def _stands(self, interview: InterviewRow) -> bool:
        people = interview.participant_ids
        return not people or any(self.everybody[p].withdrawn_on is None for p in people)


class _Transcripts(dict[TranscriptId, TranscriptRow]):
    def __init__(self, project: Project) -> None:
        super().__init__()
        self._project = project

    def __missing__(self, transcript_id: TranscriptId) -> TranscriptRow:
        self[transcript_id] = self._project.transcripts.get(transcript_id)
        return self[transcript_id]
