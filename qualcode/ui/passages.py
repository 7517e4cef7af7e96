"""Coded segments as they are listed outside their transcript: the words, whose interview, which line, which code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core import spans
from qualcode.core.rows import CodeRow, SegmentRow, TranscriptRow
from qualcode.core.values import CodeId, Role, SegmentId, Span, TranscriptId
from qualcode.ui.names import speaker_names
from qualcode.ui.workspace import Workspace

AROUND = 600
"""Code points of context shown before and after a passage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment to list; ``line`` counts from 1."""

    segment: SegmentRow
    interview: str
    line: int
    code: CodeRow

    @property
    def words(self) -> str:
        """Its words on one line."""
        return " ".join(self.segment.quote.split())

    @property
    def where(self) -> str:
        return f"{self.interview} · line {self.line}"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A turn beside a passage: who speaks, and the words with the passage's part of them as ``marked``."""

    name: str
    interviewer: bool
    words: str
    marked: Span


class Passages:
    """Reads passages; keeps what it read of transcripts until told to :meth:`forget`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.forget()

    def forget(self) -> None:
        """Read everything anew from now on: the project changed, or is another."""
        self._titles: dict[TranscriptId, str] = {}
        self._codes: dict[CodeId, CodeRow] = {}
        self._lines: dict[TranscriptId, spans.Lines] = {}

    def read(self, segment_ids: Sequence[SegmentId]) -> list[Passage]:
        """The segments named that are there, as listed: interview by interview, from its start to its end."""
        if not self._titles:
            project, mask = self._workspace.project, self._workspace.mask
            self._titles = {i.transcript_id: mask.words(i.title) for i in project.transcripts.interviews()}
            self._codes = {c.id: mask.row(c) for c in project.codebook.all()}
        order = {transcript_id: number for number, transcript_id in enumerate(self._titles)}
        rows = [s for s in self._workspace.project.coding.those(segment_ids) if s.transcript_id in order]
        rows.sort(key=lambda s: (order[s.transcript_id], s.span))
        return [self._passage(row) for row in rows]

    def around(self, segment: SegmentRow) -> list[Utterance]:
        """The turns that a segment lies in, with the turn before, as far as it is near."""
        project, mask = self._workspace.project, self._workspace.mask
        transcript, rendering = mask.transcript(project.transcripts.get(segment.transcript_id))
        names = [mask.words(name) for name in speaker_names(transcript, project.people.all())]
        span = rendering.span_to_anonymised(segment.span) if rendering is not None else segment.span
        touched = spans.turns_within(transcript.turns, span)
        if not touched:
            return []
        shown = range(max(0, touched[0] - 1), touched[-1] + 1)
        return [self._utterance(transcript, names, number, span) for number in shown]

    # --- within ---

    def _passage(self, row: SegmentRow) -> Passage:
        if row.transcript_id not in self._lines:
            self._lines[row.transcript_id] = spans.Lines(self._workspace.project.transcripts.text(row.transcript_id))
        line = self._lines[row.transcript_id].number(row.span.start)
        shown = self._workspace.mask.row(row)
        return Passage(shown, self._titles[row.transcript_id], line, self._codes[row.code_id])

    def _utterance(self, transcript: TranscriptRow, names: Sequence[str], number: int, passage: Span) -> Utterance:
        turn = transcript.turns[number]
        near = Span(
            max(turn.span.start, min(passage.start - AROUND, turn.span.end)),
            min(turn.span.end, max(passage.end + AROUND, turn.span.start)),
        )
        words = near.of(transcript.text)
        before, after = ("… " if near.start > turn.span.start else ""), (" …" if near.end < turn.span.end else "")
        start = max(passage.start, near.start) - near.start
        end = min(passage.end, near.end) - near.start
        marked = Span(start, end).shifted(len(before)) if start < end else Span(0, 0)
        interviewer = transcript.speakers[turn.speaker].role is Role.INTERVIEWER
        return Utterance(names[turn.speaker], interviewer, f"{before}{words}{after}", marked)
