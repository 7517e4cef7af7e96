"""What to call the voices of a transcript."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.core.rows import ParticipantRow, TranscriptRow
from qualcode.core.values import Role


def speaker_names(transcript: TranscriptRow, people: Iterable[ParticipantRow]) -> list[str]:
    """A name for each speaker: the participant's pseudonym, or the typist's label of a voice matched to nobody."""
    pseudonyms = {person.id: person.pseudonym for person in people}
    names = []
    for speaker in transcript.speakers:
        known = pseudonyms.get(speaker.participant_id) if speaker.participant_id else None
        if speaker.role is Role.INTERVIEWER:
            names.append("Interviewer")
        else:
            names.append(known or speaker.label or "Speaker")
    return names
