"""Landing what was imported: which wave a transcript belongs to, whose voices it holds, what its interview is called.

Everything here is a proposal from what the file says (its header, its name, its labels); the analyst can change it.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcode.core.transcripts import Placement
from qualcode.core.values import InterviewId, ParticipantId, Role, Transcript, WaveId

if TYPE_CHECKING:
    from qualcode.core.project import Project

_CODE_NAME = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{1,4}[a-z]?")
_NO_NAME = re.compile(
    r"(?:participants?|respondents?|interviewees?|informants?|speakers?|subject|person|unknown|guest|member|male|female"
    r"|man|woman|r|p|a|s|x|ie|res|resp|part)\W*\d*",
    re.IGNORECASE,
)


def land(project: Project, transcript: Transcript, *, group: str | None = None) -> InterviewId:
    """Land one imported transcript with its wave and participants, in one step.

    Steps with the same ``group`` are undone together. Raises UserError if the file is in the project already.
    """
    with project.step(f"Import {transcript.source_name}", group=group):
        return project.transcripts.add(transcript, _place(project, transcript))


def _place(project: Project, transcript: Transcript) -> Placement:
    facts = transcript.facts
    wave_id = _wave(project, facts.wave) if facts.wave else None
    people = {label: _participant(project, name) for label, name in called(transcript).items()}
    return Placement(
        title=_title(project, transcript, wave_id, list(people.values())),
        wave_id=wave_id,
        held_on=facts.date,
        mode=facts.mode or "",
        duration_seconds=facts.duration_seconds or _last_moment(transcript),
        interviewer=facts.interviewer or "",
        people=people,
    )


def called(transcript: Transcript) -> dict[str, str]:
    """What the participant behind each label is called: a pseudonym such as P07, a name, or nothing known.

    The header's participants are taken where they fit the labels one to one; else the label itself, if it is more
    than *Participant* or *R*.
    """
    labels = [s.label for s in transcript.speakers if s.role is not Role.INTERVIEWER]
    stated = transcript.facts.participants
    if len(stated) == len(labels):
        by_label = {label: name for label in labels for name in stated if _same(label, name)}
        if len(by_label) == len(labels):
            return by_label
        if len(labels) == 1 or all(_NO_NAME.fullmatch(label) for label in labels):
            return dict(zip(labels, stated, strict=True))
    return {label: "" if not label or _NO_NAME.fullmatch(label) else label for label in labels}


def _participant(project: Project, name: str) -> ParticipantId:
    """The participant of this pseudonym or name, added when new."""
    if not name:
        return project.people.add()
    if _CODE_NAME.fullmatch(name):
        return project.people.find(name) or project.people.add(name)
    for known in project.people.all():
        if known.name and _same(known.name, name):
            return known.id
    return project.people.find(name) or project.people.add(name=name)


def _wave(project: Project, stated: str) -> WaveId:
    name = f"Wave {int(stated)}" if stated.strip().isdigit() else stated.strip()
    return project.waves.find(name) or project.waves.add(name)


def _title(project: Project, transcript: Transcript, wave_id: WaveId | None, people: list[ParticipantId]) -> str:
    """``P07 · Wave 2``: pseudonyms, not the file's name, which may hold a person's."""
    if not people:
        return transcript.facts.title or PurePath(transcript.source_name).stem
    pseudonyms = {p.id: p.pseudonym for p in project.people.all()}
    waves = {w.id: w.name for w in project.waves.all()}
    base = ", ".join(pseudonyms[p] for p in dict.fromkeys(people))
    base = base if wave_id is None else f"{base} · {waves[wave_id]}"
    taken = {i.title for i in project.transcripts.interviews()}
    title, number = base, 2
    while title in taken:
        title, number = f"{base} ({number})", number + 1
    return title


def _last_moment(transcript: Transcript) -> int | None:
    moments = [turn.at for turn in transcript.turns if turn.at is not None]
    return int(max(moments)) if moments else None


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
