"""What there is to read, and how far: the interviews of the open project, who has read which, and which comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from qualcode.core.reading import ReadingRow
from qualcode.core.rows import InterviewRow, ParticipantRow, TranscriptRow, WaveRow
from qualcode.core.values import CoderId, InterviewId, ParticipantId, TranscriptId
from qualcode.ui.mask import Mask
from qualcode.ui.models.interviews import Entry, State, entries_of
from qualcode.ui.widgets.notes import Note, NoteKind, notes_of
from qualcode.ui.widgets.reading_person import facts_of
from qualcode.ui.widgets.stripes import Stripe, stripe_of
from qualcode.ui.workspace import Workspace


class ReadingDesk:
    """Rows of the project that is open, read when told to follow; the stage shows them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._project: object = None
        self.interviews: list[InterviewRow] = []
        self.people: list[ParticipantRow] = []
        self.waves: list[WaveRow] = []
        self._readings: list[ReadingRow] = []
        self._coders: dict[CoderId, str] = {}
        self._reader: CoderId | None = None

    # --- following the project ---

    @property
    def is_mine(self) -> bool:
        """Whether the project that is open is the one that was followed last."""
        return self._workspace.is_open and self._project is self._workspace.project

    def follow(self) -> None:
        """Read people, interviews and waves anew."""
        project, rows = self._workspace.project, self._workspace.mask.rows
        if self._project is not project:
            self._project, self._reader = project, None
        self.interviews = rows(project.transcripts.interviews())
        self.people = rows(project.people.all())
        self.waves = rows(project.waves.all())
        self._coders = {coder.id: coder.name for coder in project.people.coders()}
        self.follow_readings()

    def follow_readings(self) -> None:
        """Read anew who has read what."""
        self._readings = self._workspace.project.readings.all()

    # --- who has read what ---

    @property
    def me(self) -> CoderId:
        return self._workspace.project.coder_id

    @property
    def reader(self) -> CoderId:
        """Whose reading is shown: the coder at work's, unless another one's was asked for."""
        return self._reader if self._reader and self._reader in self._coders else self.me

    def choose_reader(self, coder_id: CoderId) -> None:
        self._reader = coder_id

    def entries(self, reader: CoderId | None = None) -> list[Entry]:
        """The interviews wave by wave, as the list has them, as far as ``reader`` (or the coder at work) is."""
        waves = {wave.id: number for number, wave in enumerate(self.waves)}
        found = entries_of(self.interviews, self._readings, reader or self.me, self._coders)
        last = len(waves)
        return sorted(found, key=lambda e: waves.get(e.interview.wave_id, last) if e.interview.wave_id else last)

    def entry(self, interview_id: InterviewId) -> Entry:
        """How far the coder at work is with an interview."""
        (found,) = entries_of([self.interview(interview_id)], self._readings, self.me, self._coders)
        return found

    def readers(self) -> list[tuple[CoderId, str, int]]:
        """The coder at work and all who have begun to read, each with the number of interviews read."""
        read = {c: sum(r.coder_id == c and r.read_at is not None for r in self._readings) for c in self._coders}
        busy = [c for c in self._coders if c == self.me or any(r.coder_id == c for r in self._readings)]
        return [(c, "You" if c == self.me else self._coders[c], read[c]) for c in busy]

    def reached(self, interview_id: InterviewId) -> tuple[int, bool]:
        """The furthest code point the coder at work has seen, and whether the interview counts as read."""
        mine = (r for r in self._readings if r.coder_id == self.me and r.interview_id == interview_id)
        return next(((row.reached, row.read_at is not None) for row in mine), (0, False))

    # --- which interview ---

    def interview(self, interview_id: InterviewId) -> InterviewRow:
        return next(i for i in self.interviews if i.id == interview_id)

    def interview_of(self, transcript_id: TranscriptId) -> InterviewRow | None:
        return next((i for i in self.interviews if i.transcript_id == transcript_id), None)

    def where_to_begin(self) -> InterviewId:
        """The first interview that the coder at work has not read, or else the first."""
        order = self.entries()
        return next((e for e in order if e.state is not State.READ), order[0]).interview.id

    def next_unread(self, here: InterviewRow | None) -> InterviewId | None:
        """The interview after this one that the coder at work has not read; after the last comes the first."""
        order = self.entries()
        at = self._place(order, here)
        ahead = [*order[at + 1 :], *order[: max(at, 0)]]
        return next((e.interview.id for e in ahead if e.state is not State.READ), None)

    def neighbour(self, here: InterviewRow | None, by: int) -> InterviewId | None:
        """The interview so many places on, if there is one."""
        order = self.entries()
        at = max(self._place(order, here), 0) + by
        return order[at].interview.id if 0 <= at < len(order) else None

    def companion(self, here: InterviewRow) -> InterviewId:
        """What to read beside an interview: the same person's next one, or else the next of all."""
        order = [entry.interview for entry in self.entries()]
        at = next(number for number, each in enumerate(order) if each.id == here.id)
        ahead = [*order[at + 1 :], *order[:at]] or [here]
        people = set(here.participant_ids)
        return next((each for each in ahead if people & set(each.participant_ids)), ahead[0]).id

    # --- who, and what stands beside a transcript ---

    def about(self, participant_id: ParticipantId) -> str:
        """Somebody in a few lines: what to call them, and what is known of them."""
        person = next((p for p in self.people if p.id == participant_id), None)
        if person is None:
            return ""
        facts = facts_of(person, self._workspace.project.people.attributes())
        return "\n".join([person.pseudonym, *(f"{name}: {value}" for name, value in facts)])

    def notes(self, transcript: TranscriptRow) -> list[Note]:
        """Marks, notes, and what the file brought along."""
        project = self._workspace.project
        memos = project.memos.of_transcript(transcript.id)
        return notes_of(transcript, memos, self._coders, project.coder_id, self._mask)

    def all_notes(self) -> list[tuple[InterviewRow, list[Note]]]:
        """What was marked and noted in every interview that has any, in the order of the interviews."""
        found: dict[TranscriptId, list[Note]] = defaultdict(list)
        for row in self._workspace.project.readings.marked():
            words = self._mask.words(row.text)
            kind = NoteKind.NOTE if words.strip() else NoteKind.MARK
            by = "" if row.coder_id == self.me else self._coders.get(row.coder_id, "")
            quote = self._mask.said(row.transcript_id, row.span, row.quote)
            found[row.transcript_id].append(Note(row.id, kind, words, row.span, by, quote, row.transcript_id))
        order = (entry.interview for entry in self.entries())
        return [(each, found[each.transcript_id]) for each in order if each.transcript_id in found]

    def stripes(self, transcript_ids: Sequence[TranscriptId]) -> list[list[Stripe]]:
        """The coded segments of each of these transcripts."""
        project = self._workspace.project
        codes = {code.id: code for code in self._mask.rows(project.codebook.all())}
        words: Callable[[str], str] = self._mask.words
        coded = [project.coding.of_transcript(transcript_id) for transcript_id in transcript_ids]
        return [[stripe_of(s, codes[s.code_id], masked=words) for s in segments] for segments in coded]

    # --- within ---

    @property
    def _mask(self) -> Mask:
        return self._workspace.mask

    def _place(self, order: Sequence[Entry], here: InterviewRow | None) -> int:
        return next((n for n, e in enumerate(order) if here is not None and e.interview.id == here.id), -1)
