"""Small projects and transcripts for tests, made through the public door."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from qualcode.core.project import Project
from qualcode.core.schema import Base
from qualcode.core.transcripts import Placement
from qualcode.core.values import (
    CodeId,
    InterviewId,
    ParticipantId,
    Role,
    SegmentId,
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


def an_interview(
    project: Project, pseudonym: str, *answers: str, wave_id: WaveId | None = None
) -> tuple[ParticipantId, TranscriptId]:
    """An interview with one participant, who is added when new: a question before each answer."""
    person = project.people.find(pseudonym) or project.people.add(pseudonym)
    said = [turn for answer in answers for turn in (("Interviewer", "How was it?"), ("Participant", answer))]
    title = f"{pseudonym} {len(project.transcripts.interviews())}"
    _, transcript_id = land(project, dialogue(*said, name=title), title=title, wave_id=wave_id, people=[person])
    return person, transcript_id


def code_words(project: Project, transcript_id: TranscriptId, words: str, code_id: CodeId) -> SegmentId:
    """Code the one place where ``words`` stand."""
    return project.coding.apply(transcript_id, span_of(project.transcripts.text(transcript_id), words), code_id)


def a_project(folder: Path) -> Project:
    """An empty project with Ada at work: a copy of one made once, in a fifth of the time. All have the same id."""
    path = folder / "study.qualcode"
    path.write_bytes(_empty_project())
    return Project.open(path, coder="Ada")


@cache
def _empty_project() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.qualcode"
        Project.create(path, name="Study", coder="Ada").close()
        return path.read_bytes()


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for many short-lived projects: in memory where there is such a place, so that no disk is waited for."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)


def everything(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the log, as they are stored, to hold one state of a project against another."""
    run = project._store.connection.exec_driver_sql
    return {
        table.name: sorted((tuple(row) for row in run(f"SELECT * FROM {table.name}")), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name != "activity"
    }
