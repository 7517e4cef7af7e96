"""The documents in the making."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from types import EllipsisType
from typing import Any

from sqlalchemy import delete, insert, select, update

from qualcode.core.journal import Journal
from qualcode.core.rows import ReportRow
from qualcode.core.schema import Report, ReportText, Setting, new_id
from qualcode.core.values import WaveId

_ORDER = "reports"
"""The setting that holds the order in which reports were added."""


class Reports:
    """The documents in the making: cover, shape, and what only the analyst can write."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def add(self, shape: str = "insight", title: str = "") -> str:
        """Add a report after those that are there."""
        report_id = new_id()
        with self._journal.step("Add report"):
            order = [*(row.id for row in self.all()), report_id]
            self._journal.write(insert(Report).values(id=report_id, shape=shape, title=title))
            self._journal.write(delete(Setting).where(Setting.key == _ORDER))
            self._journal.write(insert(Setting).values(key=_ORDER, value={"ids": order}))
        return report_id

    def copy(self, report_id: str) -> str:
        """Add a report like this one, its texts too; its id."""
        row = next(r for r in self.all() if r.id == report_id)
        with self._journal.step("Copy report"):
            new = self.add(row.shape, row.title)
            self.change(
                new,
                subtitle=row.subtitle,
                authors=row.authors,
                published_on=row.published_on,
                wave_id=row.wave_id,
            )
            for section, text in row.texts.items():
                self.write(new, section, text)
        return new

    def remove(self, report_id: str) -> None:
        """Delete a report with the texts written for it; findings and quotes belong to the project and stay."""
        with self._journal.step("Delete report"):
            self._journal.write(delete(Report).where(Report.id == report_id))

    def change(
        self,
        report_id: str,
        *,
        shape: str | None = None,
        title: str | None = None,
        subtitle: str | None = None,
        authors: str | None = None,
        published_on: dt.date | EllipsisType | None = ...,
        wave_id: WaveId | EllipsisType | None = ...,
    ) -> None:
        """Change what is given. None for the date or the wave takes it away: no date yet, all waves."""
        given: dict[str, Any] = {
            "shape": shape,
            "title": title,
            "subtitle": subtitle,
            "authors": authors,
        }
        clearable = {"published_on": published_on, "wave_id": wave_id}
        with self._journal.step("Change report"):
            values = {k: v for k, v in given.items() if v is not None}
            values |= {k: v for k, v in clearable.items() if v is not ...}
            if not values:
                return
            self._journal.write(update(Report).where(Report.id == report_id).values(values))

    def write(self, report_id: str, section: str, text: str) -> None:
        """Write the text of a section (``context``, ``limitations``, ...); an empty one takes it away."""
        place = (ReportText.report_id == report_id) & (ReportText.section == section)
        with self._journal.step("Write report text"):
            self._journal.write(delete(ReportText).where(place))
            if text.strip():
                self._journal.write(insert(ReportText).values(report_id=report_id, section=section, text=text))

    def all(self) -> list[ReportRow]:
        """Every report, in the order in which they were added."""
        kept = self._journal.read(select(Setting.value).where(Setting.key == _ORDER))
        rank = {report_id: n for n, report_id in enumerate(kept[0].value["ids"] if kept else ())}
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
        rows = [
            ReportRow(**row._mapping, texts=texts[row.id]) for row in self._journal.read(columns.order_by(Report.id))
        ]
        return sorted(rows, key=lambda row: rank.get(row.id, -1))
