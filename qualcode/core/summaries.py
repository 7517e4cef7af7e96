"""The written cells of the framework matrix: what one person said on one theme, in the analyst's words."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import ColumnElement, delete, insert, select

from qualcode.core.journal import Journal
from qualcode.core.rows import SummaryRow
from qualcode.core.schema import MatrixSummary, Participant, Theme, new_id
from qualcode.core.values import ParticipantId, ThemeId, WaveId


class Summaries:
    """A summary belongs to a participant, a theme and the wave of the interview (None where that is in no wave)."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def write(self, participant_id: ParticipantId, theme_id: ThemeId, wave_id: WaveId | None, text: str) -> None:
        """Write a cell in place of what it said before; an empty text takes it away."""
        text = text.strip()
        place = _place(participant_id, theme_id, wave_id)
        said = [row.text for row in self._journal.read(select(MatrixSummary.text).where(place))]
        if said == [text] or (not said and not text):
            return
        pseudonym = self._journal.read(select(Participant.pseudonym).where(Participant.id == participant_id))[0][0]
        theme = self._journal.read(select(Theme.name).where(Theme.id == theme_id))[0][0]
        with self._journal.step(f"Summarise {pseudonym}, “{theme}”"):
            self._journal.write(delete(MatrixSummary).where(place))
            if text:
                self._journal.write(
                    insert(MatrixSummary).values(
                        id=new_id(), participant_id=participant_id, theme_id=theme_id, wave_id=wave_id, text=text
                    )
                )

    def all(self) -> list[SummaryRow]:
        """Every summary. Where merged themes left a cell two, they are one, a paragraph each."""
        columns = select(
            MatrixSummary.participant_id, MatrixSummary.theme_id, MatrixSummary.wave_id, MatrixSummary.text
        )
        cells: dict[tuple[ParticipantId, ThemeId, WaveId | None], list[str]] = defaultdict(list)
        for row in self._journal.read(columns.order_by(MatrixSummary.id)):
            cells[row.participant_id, row.theme_id, row.wave_id].append(row.text)
        return [SummaryRow(*cell, "\n".join(texts)) for cell, texts in cells.items()]


def _place(participant_id: ParticipantId, theme_id: ThemeId, wave_id: WaveId | None) -> ColumnElement[bool]:
    return (
        (MatrixSummary.participant_id == participant_id)
        & (MatrixSummary.theme_id == theme_id)
        & (MatrixSummary.wave_id.is_(None) if wave_id is None else MatrixSummary.wave_id == wave_id)
    )
