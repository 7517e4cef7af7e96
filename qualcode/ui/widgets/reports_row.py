"""Which of the project's reports is worked on: choose, copy, delete."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from qualcode.core.rows import ReportRow
from qualcode.report import shapes
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.basics import button, label, row
from qualcode.ui.widgets.picker import Picker


class ReportsRow(QFrame):
    """One report is offered to be copied only: for a briefing beside the report, or one on the other wave."""

    chosen = Signal()

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.report = Picker("Report")
        self.report.picked.connect(self._choose)
        self._label = label("Report", "Secondary")
        self._label.setBuddy(self.report)
        self._delete = button("Delete report", desk.remove_report, "Link", tip="Its texts go; findings and quotes stay")
        copy = button(
            "New report like this", desk.copy_report, "Link", tip="Another shape or wave of the same findings"
        )
        layout = row(self._label, self.report, copy, self._delete, None, gap=8)
        layout.setStretch(1, 4)
        self.setLayout(layout)

    def show_reports(self) -> None:
        rows = self._desk.reports
        self.report.show_choices([(self._called(r), r.id) for r in rows], self._desk.report.id)
        for part in (self._label, self.report, self._delete):
            part.setVisible(len(rows) > 1)

    def _called(self, report: ReportRow) -> str:
        shape = shapes.standing(report.shape, shapes.own(self._desk.project)).name
        wave = self._desk.material.wave_name(report.wave_id)
        return " · ".join(filter(None, (report.title or self._desk.material.project_name, shape, wave)))

    def _choose(self, report_id: str) -> None:
        self._desk.choose_report(report_id)
        self.chosen.emit()
