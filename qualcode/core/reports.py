"""The documents in the making."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sqlalchemy import delete, insert, select, update

from qualcode.core.journal import Journal
from qualcode.core.rows import ReportRow
from qualcode.core.schema import Report, ReportText, new_id
from qualcode.core.values import WaveId


class Reports:
    """The documents in the making: cover, shape, and what only the analyst can write."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, shape: str = "insight", title: str = "") -> str:
        report_id = new_id()
        with self._journal.step("Add report"):
            self._journal.write(insert(Report).values(id=report_id, shape=shape, title=title))
        return report_id

    def change(
        self,
        report_id: str,
        *,
        shape: str | None = None,
        title: str | None = None,
        subtitle: str | None = None,
        authors: str | None = None,
        published_on: dt.date | None = None,
        wave_id: WaveId | None = None,
    ) -> None:
        given = {
            "shape": shape,
            "title": title,
            "subtitle": subtitle,
            "authors": authors,
            "published_on": published_on,
            "wave_id": wave_id,
        }
        with self._journal.step("Change report"):
            values = {k: v for k, v in given.items() if v is not None}
            self._journal.write(update(Report).where(Report.id == report_id).values(values))

    def write(self, report_id: str, section: str, text: str) -> None:
        """Write the text of a section (``context``, ``limitations``, ...); an empty one takes it away."""
        place = (ReportText.report_id == report_id) & (ReportText.section == section)
        with self._journal.step("Write report text"):
            self._journal.write(delete(ReportText).where(place))
            if text.strip():
                self._journal.write(insert(ReportText).values(report_id=report_id, section=section, text=text))

    def all(self) -> list[ReportRow]:
        texts: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._journal.read(select(ReportText.report_id, ReportText.section, ReportText.text)):
            texts[row.report_id][row.section] = row.text
        columns = select(
            Report.id,
            Report.shape,
            Report.title,
            Report.subtitle,
            Report.authors,
            Report.published_on,
            Report.wave_id,
        )
        return [
            ReportRow(**row._mapping, texts=texts[row.id]) for row in self._journal.read(columns.order_by(Report.id))
        ]
