"""The register of what could identify a person, and what stands in its place everywhere alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, insert, select, update

from qualcode.core.journal import Journal
from qualcode.core.rows import IdentifierRow, MentionRow
from qualcode.core.schema import Identifier, IdentifierForm, Mention, Transcript, new_id
from qualcode.core.values import IdentifierId, Span, TranscriptId
from qualcode.errors import UserError

IDENTIFIER, HARMLESS = "identifier", "harmless"


class Identifiers:
    """Decided once, applied to every mention in every spelling. A string found harmless is remembered too."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, kind: str, text: str, replacement: str, *, forms: Iterable[str] = (), note: str = "") -> IdentifierId:
        """Register an identifier; one that was called harmless before is one now.

        Raises UserError for an empty text or replacement.
        """
        text, replacement = text.strip(), replacement.strip()
        if not text or not replacement:
            raise UserError("An identifier needs its text and what shall stand in its place.")
        known = self._find(text)
        identifier_id = known or IdentifierId(new_id())
        values = {"kind": kind, "replacement": replacement, "status": IDENTIFIER, "note": note}
        with self._journal.step(f"Replace “{text}”"):
            if known:
                self._journal.write(update(Identifier).where(Identifier.id == known).values(values))
            else:
                self._journal.write(insert(Identifier).values(id=identifier_id, text=text, **values))
            self.set_forms(identifier_id, forms)
        return identifier_id

    def call_harmless(self, texts: Sequence[str], kind: str = "other") -> None:
        """Remember that these strings name nobody, so that they are not proposed again."""
        with self._journal.step("Not an identifier"):
            for text in dict.fromkeys(texts):
                known = self._find(text)
                if known:
                    values = {"status": HARMLESS, "replacement": ""}
                    self._journal.write(update(Identifier).where(Identifier.id == known).values(values))
                else:
                    row = {"id": new_id(), "kind": kind, "text": text, "status": HARMLESS}
                    self._journal.write(insert(Identifier).values(row))

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

    # --- reads ---

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

    def _find(self, text: str) -> IdentifierId | None:
        found = self._journal.read(select(Identifier.id).where(func.lower(Identifier.text) == text.lower()))
        return found[0].id if found else None
