"""Small projects and transcripts for tests, made through the public door."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from qualcode.core.project import Project
from qualcode.core.schema import Base
from qualcode.core.transcripts import Placement
from qualcode.core.values import (
    InterviewId,
    ParticipantId,
    Role,
    Span,
    Speaker,
    Transcript,
    TranscriptId,
    Turn,
    WaveId,
)

INTERVIEWER = Speaker("Interviewer", Role.INTERVIEWER)
PARTICIPANT = Speaker("Participant", Role.PARTICIPANT)


def dialogue(*said: tuple[str, str], name: str = "interview.txt") -> Transcript:
    """A transcript of turns given as (label, words); the label Interviewer is the interviewer's."""
    labels = list(dict.fromkeys(label for label, _ in said))
    speakers = tuple(Speaker(x, Role.INTERVIEWER if x == "Interviewer" else Role.PARTICIPANT) for x in labels)
    turns, text = [], ""
    for label, words in said:
        if text:
            text += "\n"
        turns.append(Turn(labels.index(label), Span(len(text), len(text) + len(words))))
        text += words
    digest = hashlib.sha256((name + text).encode("utf-8", "surrogatepass")).hexdigest()
    return Transcript(text, tuple(turns), speakers, name, digest)


def land(
    project: Project,
    transcript: Transcript,
    *,
    title: str = "",
    wave_id: WaveId | None = None,
    people: Sequence[ParticipantId] = (),
) -> tuple[InterviewId, TranscriptId]:
    """Put a transcript into a project; ``people`` are behind its participant labels, in order."""
    labels = [s.label for s in transcript.speakers if s.role is not Role.INTERVIEWER]
    placement = Placement(
        title or transcript.source_name, wave_id=wave_id, people=dict(zip(labels, people, strict=False))
    )
    interview_id = project.transcripts.add(transcript, placement)
    row = next(i for i in project.transcripts.interviews() if i.id == interview_id)
    return interview_id, row.transcript_id


def span_of(text: str, words: str) -> Span:
    """Where ``words`` stand in ``text``; they must stand there once."""
    assert text.count(words) == 1, words
    at = text.index(words)
    return Span(at, at + len(words))


def a_project(folder: Path) -> Project:
    return Project.create(folder / "study.qualcode", name="Study", coder="Ada")


def everything(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the log, to hold one state of a project against another."""
    read = project._journal.read
    return {
        table.name: sorted((tuple(row) for row in read(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name != "activity"
    }
