"""The register of what could identify a person, and what stands in its place everywhere alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from qualcode.core import schema
from qualcode.core.journal import Journal
from qualcode.core.rows import IdentifierRow, MentionRow
from qualcode.core.schema import Identifier, IdentifierForm, Mention, Setting, Transcript, new_id
from qualcode.core.values import IdentifierId, Span, TranscriptId
from qualcode.errors import UserError

IDENTIFIER, HARMLESS = "identifier", "harmless"
_FOUND = "identifiers found"
"""The setting that holds what was found. It is written here alone, and never in a step."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Words of the project beside the transcripts in which somebody may be named; ``what`` says what they are."""

    what: str
    text: str


class Identifiers:
    """Decided once, applied to every mention in every spelling. A string found harmless is remembered too."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, kind: str, text: str, replacement: str, *, forms: Iterable[str] = (), note: str = "") -> IdentifierId:
        """Register an identifier; one that was called harmless before is one now.

        One that is there already, capitals or not, keeps its text and the spellings it had, beside ``forms``.
        Raises UserError for an empty text or replacement.
        """
        text, replacement = text.strip(), replacement.strip()
        if not text or not replacement:
            raise UserError("An identifier needs its text and what shall stand in its place.")
        known = self._known().get(text.casefold())
        identifier_id = known or IdentifierId(new_id())
        values = {"kind": kind, "replacement": replacement, "status": IDENTIFIER, "note": note}
        with self._journal.step(f"Replace “{text}”"):
            if known:
                self._journal.write(update(Identifier).where(Identifier.id == known).values(values))
            else:
                self._journal.write(insert(Identifier).values(id=identifier_id, text=text, **values))
            had = select(IdentifierForm.text).where(IdentifierForm.identifier_id == identifier_id)
            self.set_forms(identifier_id, [*(row.text for row in self._journal.read(had)), *forms])
        return identifier_id

    def call_harmless(self, texts: Sequence[str], kind: str = "other") -> None:
        """Remember that these strings name nobody, so that they are not proposed again."""
        known = self._known()
        wanted = {text.strip().casefold(): text.strip() for text in texts}
        ids = [known[key] for key in wanted if key in known]
        new = [text for key, text in wanted.items() if key not in known]
        rows = [{"id": new_id(), "kind": kind, "text": text, "status": HARMLESS} for text in new]
        with self._journal.step("Not an identifier"):
            values = {"status": HARMLESS, "replacement": ""}
            self._journal.write(update(Identifier).where(Identifier.id.in_(ids)).values(values))
            self._journal.write(insert(Identifier), rows)

    def change(self, identifier_id: IdentifierId, *, kind: str | None = None, replacement: str | None = None) -> None:
        given = {"kind": kind, "replacement": replacement}
        with self._journal.step("Change identifier"):
            values = {k: v for k, v in given.items() if v is not None}
            self._journal.write(update(Identifier).where(Identifier.id == identifier_id).values(values))

    def set_forms(self, identifier_id: IdentifierId, forms: Iterable[str]) -> None:
        """Set the other spellings of an identifier."""
        with self._journal.step("Change spellings"):
            self._journal.write(delete(IdentifierForm).where(IdentifierForm.identifier_id == identifier_id))
            rows = [{"identifier_id": identifier_id, "text": f} for f in dict.fromkeys(s.strip() for s in forms) if f]
            self._journal.write(insert(IdentifierForm), rows)

    def remove(self, identifier_ids: Sequence[IdentifierId]) -> None:
        """Take identifiers off the register: their mentions are shown again, and may be proposed again."""
        with self._journal.step("Remove identifier" + "s" * (len(identifier_ids) > 1)):
            self._journal.write(delete(Identifier).where(Identifier.id.in_(identifier_ids)))

    def decide(self, transcript_id: TranscriptId, span: Span, identifier_id: IdentifierId | None) -> None:
        """Decide about one place: it is this identifier, or (None) it names nobody there."""
        text = self._journal.read(select(Transcript.text).where(Transcript.id == transcript_id))[0].text
        place = (Mention.transcript_id == transcript_id) & (Mention.start == span.start) & (Mention.end == span.end)
        with self._journal.step("Decide about one place"):
            self._journal.write(delete(Mention).where(place))
            self._journal.write(
                insert(Mention).values(
                    id=new_id(),
                    identifier_id=identifier_id,
                    transcript_id=transcript_id,
                    start=span.start,
                    end=span.end,
                    quote=span.of(text),
                )
            )

    def undecide(self, transcript_id: TranscriptId, span: Span) -> None:
        """Take back what was decided about one place: it is what the register says."""
        place = (Mention.transcript_id == transcript_id) & (Mention.start == span.start) & (Mention.end == span.end)
        with self._journal.step("Take back the decision about one place"):
            self._journal.write(delete(Mention).where(place))

    def keep_found(self, found: Mapping[str, Any]) -> None:
        """Keep what the search for identifiers found (JSON), in place of what it found before. Undo passes over it."""
        with self._journal.keeping():
            self._journal.write(delete(Setting).where(Setting.key == _FOUND))
            self._journal.write(insert(Setting).values(key=_FOUND, value=dict(found)))

    # --- reads ---

    def found(self) -> dict[str, Any]:
        """What :meth:`keep_found` kept last; empty when nothing was looked for yet."""
        rows = self._journal.read(select(Setting.value).where(Setting.key == _FOUND))
        return dict(rows[0].value) if rows else {}

    def writings(self) -> list[Writing]:
        """All words beside the transcripts: titles, file names, notes, memos, summaries, findings, report texts."""
        return [
            Writing(what, row[0]) for what, texts in _WRITINGS for row in self._journal.read(texts) if row[0].strip()
        ]

    def all(self) -> list[IdentifierRow]:
        """The whole register, identifiers and harmless strings, by kind and text."""
        forms: dict[IdentifierId, list[str]] = defaultdict(list)
        for row in self._journal.read(select(IdentifierForm).order_by(IdentifierForm.text)):
            forms[row.identifier_id].append(row.text)
        columns = select(
            Identifier.id,
            Identifier.kind,
            Identifier.text,
            Identifier.replacement,
            Identifier.status,
            Identifier.note,
        )
        return [
            IdentifierRow(row.id, row.kind, row.text, tuple(forms[row.id]), row.replacement, row.status, row.note)
            for row in self._journal.read(columns.order_by(Identifier.kind, Identifier.text))
        ]

    def decisions(self) -> list[MentionRow]:
        """What was decided about single places."""
        return [
            MentionRow(row.identifier_id, row.transcript_id, Span(row.start, row.end), row.quote)
            for row in self._journal.read(select(Mention).order_by(Mention.transcript_id, Mention.start))
        ]

    def _known(self) -> dict[str, IdentifierId]:
        """The strings on the register, small letters only."""
        rows = self._journal.read(select(Identifier.id, Identifier.text))
        return {row.text.casefold(): row.id for row in rows}


_WRITINGS: tuple[tuple[str, Select[*tuple[Any, ...]]], ...] = (
    ("Name of the project", select(schema.ProjectInfo.name)),
    ("Title of an interview", select(schema.Interview.title).order_by(schema.Interview.title)),
    ("Interviewer", select(schema.Interview.interviewer).distinct()),
    ("Note on an interview", select(schema.Interview.note)),
    ("File name", select(Transcript.source_name).where(Transcript.is_current).order_by(Transcript.source_name)),
    ("Pseudonym", select(schema.Participant.pseudonym).order_by(schema.Participant.pseudonym)),
    ("Note on a participant", select(schema.Participant.note)),
    ("Attribute of a participant", select(schema.AttributeValue.value).distinct()),
    ("Question of a topic guide", select(schema.GuideQuestion.text)),
    ("Name of a code", select(schema.Code.name)),
    ("Definition of a code", select(schema.Code.definition)),
    ("Example of a code", select(schema.Code.example)),
    ("Name of a theme", select(schema.Theme.name)),
    ("Definition of a theme", select(schema.Theme.definition)),
    ("Central message of a theme", select(schema.Theme.central_message)),
    ("Memo on a segment", select(schema.Segment.memo)),
    ("Memo", select(schema.Memo.text).order_by(schema.Memo.created_at)),
    ("Comment on the report", select(schema.Comment.text).order_by(schema.Comment.created_at)),
    ("Summary", select(schema.MatrixSummary.text).order_by(schema.MatrixSummary.id)),
    ("Finding", select(schema.Finding.text).order_by(schema.Finding.position)),
    ("Finding in the summary", select(schema.Finding.summary).order_by(schema.Finding.position)),
    ("Attribution of a quote", select(schema.Quote.attribution).where(schema.Quote.attribution.is_not(None))),
    ("Title of a report", select(schema.Report.title)),
    ("Text of a report", select(schema.ReportText.text)),
)
