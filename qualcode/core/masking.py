"""A copy of a project with every word put through a mask, every place moved with its words, and every trace left out.

What each column holds is said once, below; a test sees to it that no column of words is forgotten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert, select, update

from qualcode.core import quotes, store
from qualcode.core.identifiers import Writing
from qualcode.core.progress import Progress
from qualcode.core.schema import (
    Activity,
    Base,
    Coder,
    Interview,
    InterviewParticipant,
    Memo,
    Participant,
    Quote,
    Segment,
    Setting,
    Speaker,
    Transcript,
    Turn,
)
from qualcode.core.values import Edit, Role, Span, TranscriptId
from qualcode.errors import Cancelled


class MaskedText(Protocol):
    """A transcript's text behind the mask, and where its places went."""

    @property
    def text(self) -> str: ...

    def span(self, span: Span) -> Span:
        """Where a span of the original stands now, with the whole of what was replaced in it."""
        ...

    def turn(self, span: Span) -> Span:
        """Where a turn stands now; empty when nothing of it is left."""
        ...


class Mask(Protocol):
    """What hides, in one text or another."""

    def words(self, text: str) -> str: ...

    def transcript(self, transcript_id: TranscriptId) -> MaskedText: ...


Inspect = Callable[[Iterable[Writing]], None]


MASKED: dict[str, tuple[str, tuple[str, ...]]] = {
    "project": ("Name of the project", ("name", "description")),
    "participant": ("Participant", ("pseudonym", "note")),
    "attribute": ("Attribute", ("name",)),
    "attribute_value": ("Attribute of a participant", ("value",)),
    "wave": ("Wave", ("name", "note")),
    "guide_question": ("Question of a topic guide", ("topic", "text")),
    "evaluation_question": ("Evaluation question", ("text",)),
    "interview": ("Interview", ("title", "mode", "note")),
    "transcript": ("File name", ("source_name",)),
    "theme": ("Theme", ("name", "definition", "central_message")),
    "code": ("Code", ("name", "definition", "include", "exclude", "example")),
    "segment": ("Memo on a segment", ("memo",)),
    "framework_version": ("Version of the framework", ("name",)),
    "matrix_summary": ("Summary", ("text",)),
    "memo": ("Memo", ("text",)),
    "comment": ("Comment on the report", ("text",)),
    "finding": ("Finding", ("scope_value", "text", "summary")),
    "quote": ("Attribution of a quote", ("attribution",)),
    "report": ("Report", ("title", "subtitle", "authors")),
    "report_text": ("Text of a report", ("text",)),
}
"""The columns of words, by table, and what to call them."""

TREES = (("attribute", "choices"), ("setting", "value"), ("framework_version", "snapshot"))
"""Columns of words within JSON."""

MOVED = {"transcript": ("text", "emphasis"), "segment": ("quote",), "memo": ("quote",), "quote": ("verbatim", "edits")}
"""Columns that follow a transcript's text."""

NUMBERED = {"coder": ("name",), "interview": ("interviewer",), "speaker": ("label",)}
"""Names of the analysts, the interviewers and the speakers, of which only *Coder 1* and the like are left."""

EMPTIED: dict[str, dict[str, Any]] = {
    "participant": {"name": ""},
    "transcript": {"source_digest": "", "asides": [], "remarks": []},
}
"""Real names, what would tell the original file again, and comments and footnotes, which may name anybody."""

REMOVED = ("activity", "reading", "suggestion", "mention", "identifier_form", "identifier")
"""Tables of which nothing is left: the log, who read what, what waits, and the key itself."""

_UNIQUE = {("participant", "pseudonym"), ("attribute", "name"), ("wave", "name")}


def write_masked(
    source: Path,
    target: Path,
    mask: Mask,
    settings: Collection[str],
    inspect: Inspect,
    progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Mask the project file ``source``, which is used up by it, and write what comes out to ``target``, compact.

    Of the settings only those named stay. ``inspect`` sees every word before anything is written and may raise.
    Left out are earlier versions of transcripts with what still hangs on them, people who have withdrawn, and every
    interview in which they are heard. Raises UserError, Cancelled and
    ProjectRefused; then ``target`` is not written.
    """
    opened = store.open_file(source)
    try:
        with store.writing(opened.connection):
            _Masking(opened.connection, mask, settings).run(progress, cancelled)
        inspect(_writings(opened.connection))
        if cancelled():
            raise Cancelled
        store.save_copy(opened, target)
    finally:
        opened.close()


class _Masking:
    """One pass over a project file, within a transaction."""

    def __init__(self, connection: Connection, mask: Mask, settings: Collection[str]) -> None:
        self._connection = connection
        self._mask = mask
        self._settings = settings
        self._known: dict[str, str] = {}

    def run(self, progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> None:
        self._leave_out()
        transcripts = [TranscriptId(row.id) for row in self._rows(Transcript, "id")]
        for done, transcript_id in enumerate(transcripts):
            progress(Progress(done, len(transcripts), "Writing the anonymised copy"))
            if cancelled():
                raise Cancelled
            self._mask_transcript(transcript_id)
        for name, (_, columns) in MASKED.items():
            for column in columns:
                self._mask_column(Base.metadata.tables[name], column)
        for name, column in TREES:
            self._mask_trees(Base.metadata.tables[name], column)
        self._number()
        self._connection.execute(insert(Activity).values(verb="did", label="Make an anonymised copy", detail={}))

    # --- what goes ---

    def _leave_out(self) -> None:
        run = self._connection.execute
        run(delete(Transcript).where(Transcript.is_current.is_(False)))
        gone = select(Participant.id).where(Participant.withdrawn_on.is_not(None))
        heard_in = select(InterviewParticipant.interview_id).where(InterviewParticipant.participant_id.in_(gone))
        run(delete(Interview).where(Interview.id.in_(heard_in)))
        run(delete(Participant).where(Participant.withdrawn_on.is_not(None)))
        run(delete(Setting).where(Setting.key.not_in(tuple(self._settings))))
        for name in REMOVED:
            run(delete(Base.metadata.tables[name]))
        for name, values in EMPTIED.items():
            run(update(Base.metadata.tables[name]).values(values))

    def _number(self) -> None:
        """Put numbers in the place of the names of those who worked on it, and of speakers' labels."""
        coders = self._rows(Coder, "id", "created_at")
        self._free(Coder.__table__, "name")
        for number, row in enumerate(sorted(coders, key=lambda r: (r.created_at, r.id)), 1):
            self._set(Coder, {"id": row.id}, {"name": f"Coder {number}"})
        interviewers: dict[str, str] = {"": ""}
        for row in self._rows(Interview, "id", "interviewer"):
            called = interviewers.setdefault(row.interviewer.strip(), f"Interviewer {len(interviewers)}")
            self._set(Interview, {"id": row.id}, {"interviewer": called})
        people = {row.id: row.pseudonym for row in self._rows(Participant, "id", "pseudonym")}
        numbers: Counter[tuple[str, str]] = Counter()
        for row in self._rows(Speaker, "id", "transcript_id", "participant_id", "role", "position", by="position"):
            label = people.get(row.participant_id, "")
            if not label:
                kind = Role(row.role).value.capitalize()
                numbers[row.transcript_id, kind] += 1
                label = f"{kind} {numbers[row.transcript_id, kind]}"
            self._set(Speaker, {"id": row.id}, {"label": label})

    # --- transcripts ---

    def _mask_transcript(self, transcript_id: TranscriptId) -> None:
        masked = self._mask.transcript(transcript_id)
        (row,) = self._connection.execute(select(Transcript.emphasis).where(Transcript.id == transcript_id)).all()
        emphasis = ((masked.span(Span(start, end)), face) for start, end, face in row.emphasis)
        words = self._move_turns(transcript_id, masked)
        values = {
            "text": masked.text,
            "length": len(masked.text),
            "word_count": words,
            "emphasis": [(span.start, span.end, face) for span, face in emphasis],
        }
        self._set(Transcript, {"id": transcript_id}, values)
        self._move(Segment, transcript_id, masked)
        self._move(Memo, transcript_id, masked)
        self._move_quotes(transcript_id, masked)

    def _move_turns(self, transcript_id: TranscriptId, masked: MaskedText) -> int:
        """Move the turns; how many words are in them now."""
        here = Turn.transcript_id == transcript_id
        rows = self._connection.execute(select(Turn.__table__).where(here).order_by(Turn.position)).mappings().all()
        places = [masked.turn(Span(row["start"], row["end"])) for row in rows]
        said: Counter[str] = Counter({row["speaker_id"]: 0 for row in rows})
        left = []
        for row, place in zip(rows, places, strict=True):
            if len(place):
                said[row["speaker_id"]] += len(place.of(masked.text).split())
                left.append({**row, "start": place.start, "end": place.end})
        self._connection.execute(delete(Turn).where(here))
        if left:
            self._connection.execute(insert(Turn), left)
        for speaker_id, words in said.items():
            self._set(Speaker, {"id": speaker_id}, {"word_count": words})
        return said.total()

    def _move(self, table: Any, transcript_id: TranscriptId, masked: MaskedText) -> None:
        """Move rows with a span, whose proof is now what stands there."""
        for row in self._placed(table, transcript_id):
            place = masked.span(Span(row.start, row.end))
            self._set(
                table,
                {"id": row.id},
                {"start": place.start, "end": place.end, "quote": place.of(masked.text)},
            )

    def _move_quotes(self, transcript_id: TranscriptId, masked: MaskedText) -> None:
        edits_of = {row.id: quotes.from_json(row.edits) for row in self._rows(Quote, "id", "edits")}
        for row in self._placed(Quote, transcript_id):
            place = masked.span(Span(row.start, row.end))
            edits = self._moved_edits(edits_of[row.id], row.start, place, masked)
            values = {"start": place.start, "end": place.end, "verbatim": place.of(masked.text)}
            self._set(Quote, {"id": row.id}, {**values, "edits": quotes.as_json(edits)})

    def _moved_edits(self, edits: Sequence[Edit], start: int, place: Span, masked: MaskedText) -> Iterator[Edit]:
        """Edits on the words they were made to; of two that meet in one replacement the first takes it whole."""
        at = 0
        for edit in sorted(edits, key=lambda e: e.span):
            there = masked.span(edit.span.shifted(start)).shifted(-place.start)
            span = Span(max(at, there.start), max(at, min(there.end, len(place))))
            if len(span):
                yield Edit(edit.kind, span, self._words(edit.replacement) if edit.replacement else "")
                at = span.end

    def _placed(self, table: Any, transcript_id: TranscriptId) -> Sequence[Any]:
        here = select(table.id, table.start, table.end).where(table.transcript_id == transcript_id)
        return self._connection.execute(here.where(table.start.is_not(None))).all()

    # --- words ---

    def _mask_column(self, table: Table, column: str) -> None:
        unique = (table.name, column) in _UNIQUE
        taken: set[str] = set()
        rows = self._values(table, column)
        if unique:
            self._free(table, column)
        for key, words in rows:
            masked = self._words(words) if words else words
            if unique:
                masked = next(free for free in _numbered(masked) if free not in taken)
                taken.add(masked)
            if unique or masked != words:
                self._set(table, key, {column: masked})

    def _free(self, table: Any, column: str) -> None:
        """Let no row hold a name that another is about to take."""
        self._connection.execute(update(table).values({column: table.columns["id"]}))

    def _mask_trees(self, table: Table, column: str) -> None:
        for key, tree in self._values(table, column):
            self._set(table, key, {column: self._masked_tree(tree)})

    def _masked_tree(self, tree: Any) -> Any:
        if isinstance(tree, dict):
            return {name: self._masked_tree(value) for name, value in tree.items()}
        if isinstance(tree, list):
            return [self._masked_tree(value) for value in tree]
        return self._words(tree) if isinstance(tree, str) and not _is_key(tree) else tree

    def _words(self, words: str) -> str:
        if words not in self._known:
            self._known[words] = self._mask.words(words)
        return self._known[words]

    # --- rows ---

    def _rows(self, table: Any, *columns: str, by: str = "id") -> Sequence[Any]:
        wanted = select(*(getattr(table, name) for name in columns)).order_by(getattr(table, by))
        return self._connection.execute(wanted).all()

    def _values(self, table: Table, column: str) -> list[tuple[dict[str, Any], Any]]:
        """Each row's primary key, by column, and what it holds in ``column``."""
        keys = list(table.primary_key.columns)
        rows = self._connection.execute(select(*keys, table.columns[column]).order_by(*keys)).all()
        return [({k.name: v for k, v in zip(keys, row[:-1], strict=True)}, row[-1]) for row in rows]

    def _set(self, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:
        columns = table.columns if isinstance(table, Table) else table.__table__.columns
        self._connection.execute(update(table).where(*(columns[k] == v for k, v in key.items())).values(values))


def _writings(connection: Connection) -> Iterator[Writing]:
    """Every word that is in the file, with what it belongs to."""
    titles = {row.id: row.title for row in connection.execute(select(Interview.id, Interview.title))}
    for row in connection.execute(select(Transcript.interview_id, Transcript.text)):
        yield Writing(titles[row.interview_id], row.text)
    for name, (what, columns) in MASKED.items():
        table = Base.metadata.tables[name]
        for column in columns:
            for (words,) in connection.execute(select(table.columns[column]).distinct()):
                if words:
                    yield Writing(what, words)
    for name, column in TREES:
        what = MASKED.get(name, ("House rules", ()))[0]
        for (tree,) in connection.execute(select(Base.metadata.tables[name].columns[column])):
            yield from (Writing(what, words) for words in _leaves(tree) if not _is_key(words))


def _leaves(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for value in tree.values():
            yield from _leaves(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _leaves(value)
    elif isinstance(tree, str):
        yield tree


def _is_key(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True


def _numbered(words: str) -> Iterator[str]:
    yield words
    yield from (f"{words} {number}" for number in count(2))
