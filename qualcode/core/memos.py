"""Memos: a note on anything."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from qualcode.core.coding import passage
from qualcode.core.journal import Journal
from qualcode.core.rows import MemoRow
from qualcode.core.schema import Memo, Transcript, new_id, now
from qualcode.core.values import CodeId, FindingId, InterviewId, MemoId, ParticipantId, Span, ThemeId, TranscriptId
from qualcode.errors import UserError

PEN_PORTRAIT = "pen portrait"
MARK = "mark"
"""A passage marked as important, without a code and perhaps without words."""


class Memos:
    """Notes on the project, a participant, an interview, a code, a theme, a finding, or a span of a transcript."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(
        self,
        text: str,
        *,
        kind: str = "note",
        participant_id: ParticipantId | None = None,
        interview_id: InterviewId | None = None,
        code_id: CodeId | None = None,
        theme_id: ThemeId | None = None,
        finding_id: FindingId | None = None,
    ) -> MemoId:
        """Write a memo on the one thing named, or on the project when none is. Raises UserError for an empty one."""
        if not text.strip():
            raise UserError("The memo is empty.")
        memo_id = MemoId(new_id())
        with self._journal.step("Write memo"):
            self._journal.write(
                insert(Memo).values(
                    id=memo_id,
                    kind=kind,
                    text=text,
                    coder_id=self._journal.coder_id,
                    participant_id=participant_id,
                    interview_id=interview_id,
                    code_id=code_id,
                    theme_id=theme_id,
                    finding_id=finding_id,
                )
            )
        return memo_id

    def mark(self, transcript_id: TranscriptId, span: Span, text: str = "") -> MemoId:
        """Mark a passage, with a note in the margin or without. Raises UserError when the span holds no words."""
        memo_id = MemoId(new_id())
        whole = self._journal.read(select(Transcript.text).where(Transcript.id == transcript_id))[0].text
        span = passage(whole, span)
        with self._journal.step("Mark passage"):
            self._journal.write(
                insert(Memo).values(
                    id=memo_id,
                    kind=MARK,
                    text=text,
                    coder_id=self._journal.coder_id,
                    transcript_id=transcript_id,
                    start=span.start,
                    end=span.end,
                    quote=span.of(whole),
                )
            )
        return memo_id

    def edit(self, memo_id: MemoId, text: str) -> None:
        with self._journal.step("Edit memo"):
            self._journal.write(update(Memo).where(Memo.id == memo_id).values(text=text, updated_at=now()))

    def remove(self, memo_id: MemoId) -> None:
        with self._journal.step("Delete memo"):
            self._journal.write(delete(Memo).where(Memo.id == memo_id))

    # --- reads ---

    def of_project(self) -> list[MemoRow]:
        targets = (
            Memo.participant_id,
            Memo.interview_id,
            Memo.code_id,
            Memo.theme_id,
            Memo.finding_id,
            Memo.transcript_id,
        )
        return self._rows(_memos().where(*(target.is_(None) for target in targets)))

    def of_participant(self, participant_id: ParticipantId) -> list[MemoRow]:
        return self._rows(_memos().where(Memo.participant_id == participant_id))

    def of_interview(self, interview_id: InterviewId) -> list[MemoRow]:
        return self._rows(_memos().where(Memo.interview_id == interview_id))

    def of_code(self, code_id: CodeId) -> list[MemoRow]:
        return self._rows(_memos().where(Memo.code_id == code_id))

    def of_theme(self, theme_id: ThemeId) -> list[MemoRow]:
        return self._rows(_memos().where(Memo.theme_id == theme_id))

    def of_finding(self, finding_id: FindingId) -> list[MemoRow]:
        return self._rows(_memos().where(Memo.finding_id == finding_id))

    def of_transcript(self, transcript_id: TranscriptId) -> list[MemoRow]:
        """Margin notes and marks, from the start of the transcript to its end."""
        return self._rows(_memos().where(Memo.transcript_id == transcript_id).order_by(None).order_by(Memo.start))

    def unplaced(self) -> list[MemoRow]:
        """Margin notes and marks that found no place in the corrected version of their transcript."""
        stale = _memos().join(Transcript, Transcript.id == Memo.transcript_id)
        return self._rows(stale.where(~Transcript.is_current))

    def _rows(self, statement: Select[*tuple[Any, ...]]) -> list[MemoRow]:
        return [
            MemoRow(
                row.id,
                row.kind,
                row.text,
                row.coder_id,
                row.updated_at,
                row.transcript_id,
                None if row.start is None else Span(row.start, row.end),
            )
            for row in self._journal.read(statement)
        ]


def _memos() -> Select[*tuple[Any, ...]]:
    return select(
        Memo.id, Memo.kind, Memo.text, Memo.coder_id, Memo.updated_at, Memo.transcript_id, Memo.start, Memo.end
    ).order_by(Memo.created_at)
