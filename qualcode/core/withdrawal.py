"""When somebody withdraws: what it touches, and how their words go for good.

To withdraw is one undoable step: the words stay in the project, but count for nobody and leave in no report. To erase
is the one act that can't be undone. It breaks the rule that a text never changes, on purpose: where others were in the
conversation, each letter the person said is overwritten by ``█``, so that nothing else loses its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update

from qualcode.core import spans, store
from qualcode.core.analysis import Analysis, Count
from qualcode.core.findings import Findings
from qualcode.core.identifiers import Identifiers
from qualcode.core.journal import Journal
from qualcode.core.people import People
from qualcode.core.rows import FindingRow, InterviewRow, ParticipantRow
from qualcode.core.schema import (
    Activity,
    Identifier,
    IdentifierForm,
    Interview,
    MatrixSummary,
    Memo,
    Mention,
    Participant,
    Quote,
    Segment,
    SegmentSpeaker,
    Setting,
    Speaker,
    Suggestion,
    Transcript,
    Turn,
)
from qualcode.core.transcripts import Transcripts
from qualcode.core.values import ParticipantId

BLOT = "█"
"""What stands for a letter of somebody whose words are gone."""

_ECHO = 6
"""So many words in a row are taken to be somebody's."""

_FOUND = "identifiers found"
_QUOTED = re.compile(r"“([^“”]*)”")
_LETTER = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Recount:
    """A finding whose number of people changes."""

    finding: FindingRow
    before: Count
    after: Count


@dataclass(frozen=True, slots=True)
class Touched:
    """What the withdrawal of one participant touches.

    ``alone`` are interviews with nobody else, ``shared`` those with others. ``quotes`` are labels (Q-0012).
    ``themes`` are names of those that nobody else raised. ``identifiers`` stand in no other interview.
    ``echoes`` say where words of theirs stand in what the analyst wrote, by kind; ``copies`` are project files beside
    this one. Both stay as they are, even when the person is erased.
    """

    person: ParticipantRow
    alone: tuple[InterviewRow, ...]
    shared: tuple[InterviewRow, ...]
    segments: int
    quotes: tuple[str, ...]
    findings: tuple[Recount, ...]
    themes: tuple[str, ...]
    memos: int
    summaries: int
    identifiers: tuple[str, ...]
    echoes: tuple[str, ...]
    copies: tuple[str, ...]


def touched(journal: Journal, participant_id: ParticipantId) -> Touched:
    """What it would touch if this person withdrew now."""
    before, after = Analysis(journal), Analysis(journal)
    person = next(p for p in People(journal).all() if p.id == participant_id)
    after.participants = [p for p in before.participants if p.id != participant_id]
    mine = [i for i in before.interviews if participant_id in i.participant_ids]
    return Touched(
        person,
        tuple(i for i in mine if len(i.participant_ids) == 1),
        tuple(i for i in mine if len(i.participant_ids) > 1),
        _number(journal, select(func.count(func.distinct(SegmentSpeaker.segment_id))).where(_voiced(participant_id))),
        tuple(f"Q-{row.number:04d}" for row in journal.read(_quotes(participant_id, Quote.number))),
        tuple(_recounted(Findings(journal).all(), before, after)),
        tuple(t.name for t in before.themes if before.count(t.id).people and not after.count(t.id).people),
        _number(journal, select(func.count()).where(Memo.participant_id == participant_id)),
        _number(journal, select(func.count()).where(MatrixSummary.participant_id == participant_id)),
        tuple(text for _, text in _own_identifiers(journal, mine)),
        tuple(_echoes(journal, _said(journal, participant_id))),
        tuple(path.name for path in store.copies_beside(journal.connection)),
    )


def erase(journal: Journal, participant_id: ParticipantId) -> None:
    """Take a person out of the project for good: rows, words, names, log lines that quote them, and free pages.

    All that was undoable is forgotten. Copies of the file keep what they hold; :func:`touched` names them.
    """
    mine = [i for i in Transcripts(journal).interviews() if participant_id in i.participant_ids]
    person = next(p for p in People(journal).all() if p.id == participant_id)
    with journal.step("Erase a participant"):
        said = _said(journal, participant_id)
        identifiers = [key for key, _ in _own_identifiers(journal, mine)]
        alone = [i.id for i in mine if len(i.participant_ids) == 1]
        journal.write(delete(Interview).where(Interview.id.in_(alone)))
        _blot(journal, participant_id)
        journal.write(delete(Identifier).where(Identifier.id.in_(identifiers)))
        journal.write(delete(Setting).where(Setting.key == _FOUND))
        journal.write(delete(Participant).where(Participant.id == participant_id))
        _scrub_log(journal, [*said, *(i.title for i in mine if len(i.participant_ids) == 1)], person)
    journal.forget()
    store.compact(journal.connection)


# --- what is theirs ----------------------------------------------------------------------------------------------


def _voiced(participant_id: ParticipantId) -> Any:
    return SegmentSpeaker.speaker_id.in_(_speakers(participant_id))


def _speakers(participant_id: ParticipantId) -> Any:
    return select(Speaker.id).where(Speaker.participant_id == participant_id)


def _quotes(participant_id: ParticipantId, *columns: Any) -> Any:
    """The quotes in which a turn of theirs is heard."""
    heard = (Turn.transcript_id == Quote.transcript_id) & (Turn.start < Quote.end) & (Turn.end > Quote.start)
    return (
        select(*columns)
        .join(Turn, heard)
        .where(Turn.speaker_id.in_(_speakers(participant_id)))
        .distinct()
        .order_by(columns[0])
    )


def _recounted(findings: Iterable[FindingRow], before: Analysis, after: Analysis) -> Iterable[Recount]:
    for finding in findings:
        then, now = before.behind(finding), after.behind(finding)
        if (then.people, then.asked) != (now.people, now.asked):
            yield Recount(finding, then, now)


def _own_identifiers(journal: Journal, interviews: Sequence[InterviewRow]) -> list[tuple[str, str]]:
    """The identifiers that stand in these interviews and in no other text: id and text."""
    texts = {row.interview_id: row.text.casefold() for row in journal.read(_current())}
    mine = "\n".join(texts[i.id] for i in interviews if i.id in texts)
    own = {i.id for i in interviews}
    others = "\n".join(text for key, text in texts.items() if key not in own)
    forms: dict[str, list[str]] = {}
    for row in journal.read(select(IdentifierForm.identifier_id, IdentifierForm.text)):
        forms.setdefault(row.identifier_id, []).append(row.text)
    found = []
    for row in journal.read(select(Identifier.id, Identifier.text).order_by(Identifier.text)):
        spellings = [text.casefold() for text in (row.text, *forms.get(row.id, ()))]
        if any(s in mine for s in spellings) and not any(s in others for s in spellings):
            found.append((row.id, row.text))
    return found


def _current() -> Any:
    return select(Transcript.interview_id, Transcript.text).where(Transcript.is_current)


def _said(journal: Journal, participant_id: ParticipantId) -> list[str]:
    """What the person said, a turn each, in every version."""
    columns = select(Transcript.text, Turn.start, Turn.end).join(Transcript, Transcript.id == Turn.transcript_id)
    rows = journal.read(columns.where(Turn.speaker_id.in_(_speakers(participant_id))))
    return [row.text[row.start : row.end] for row in rows]


def _echoes(journal: Journal, said: Iterable[str]) -> list[str]:
    """The kinds of writings of the project in which some of these words stand in a row."""
    runs = {run for text in said for run in _runs(text)}
    found = (w.what for w in Identifiers(journal).writings() if not runs.isdisjoint(_runs(w.text)))
    return list(dict.fromkeys(found))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Each run of so many words that hardly two people say it by chance."""
    words = [place.of(text).casefold().replace("’", "'") for place in spans.words(text)]
    return (tuple(words[n : n + _ECHO]) for n in range(len(words) - _ECHO + 1))


def _number(journal: Journal, statement: Any) -> int:
    return int(journal.read(statement)[0][0])


# --- erasing -----------------------------------------------------------------------------------------------------


def _blot(journal: Journal, participant_id: ParticipantId) -> None:
    """Overwrite what they said in conversations with others, and take away all that repeats it."""
    turns = select(Turn.transcript_id, Turn.start, Turn.end).where(Turn.speaker_id.in_(_speakers(participant_id)))
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in journal.read(turns):
        spans.setdefault(row.transcript_id, []).append((row.start, row.end))
    for transcript_id, places in spans.items():
        for table in (Segment, Quote, Suggestion, Memo, Mention):
            for start, end in places:
                here = (table.transcript_id == transcript_id) & (table.start < end) & (table.end > start)
                journal.write(delete(table).where(here))
        row = journal.read(select(Transcript.text, Transcript.source_name).where(Transcript.id == transcript_id))[0]
        text = row.text
        for start, end in places:
            text = text[:start] + _LETTER.sub(BLOT, text[start:end]) + text[end:]
        kept = {"text": text, "asides": [], "remarks": [], "source_digest": ""}
        journal.write(update(Transcript).where(Transcript.id == transcript_id).values(kept))
    mine = Speaker.participant_id == participant_id
    journal.write(update(Speaker).where(mine).values(label="Withdrawn", word_count=0))


def _scrub_log(journal: Journal, said: Sequence[str], person: ParticipantRow) -> None:
    """Take out of the log what quotes or names the person."""
    words = "\n".join(" ".join(text.split()) for text in said).casefold()
    names = [name.casefold() for name in (person.name, person.pseudonym) if name]
    for row in journal.read(select(Activity.id, Activity.label, Activity.detail)):
        detail = json.dumps(row.detail, ensure_ascii=False).casefold()
        quotes = [q.rstrip("…").strip().casefold() for q in _QUOTED.findall(f"{row.label} {detail}")]
        telling = any(q and q in words for q in quotes) or any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", f"{row.label.casefold()} {detail}") for name in names
        )
        if telling:
            bare = _QUOTED.sub("…", row.label)
            for name in (person.name, person.pseudonym):
                bare = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", bare, flags=re.IGNORECASE) if name else bare
            journal.write(update(Activity).where(Activity.id == row.id).values(label=bare, detail={}))
