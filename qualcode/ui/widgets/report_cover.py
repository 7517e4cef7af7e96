"""The page of the cover."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from qualcode.core.comments import Topic
from qualcode.core.rows import ReportRow
from qualcode.core.values import WaveId
from qualcode.importing.dates import date_in
from qualcode.report import wording
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.basics import column, label
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_comments import Commented, Conversation, headed
from qualcode.ui.widgets.report_line import KeptLine, named
from qualcode.ui.widgets.reports_row import ReportsRow


class CoverPage(QScrollArea):
    """Title, authors and date, and the wave that the report is on."""

    report_chosen = Signal()
    """Another of the project's reports is worked on."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.setWidgetResizable(True)
        self.setAccessibleName("Cover")
        self.reports = ReportsRow(desk)
        self.reports.chosen.connect(self.report_chosen)
        self.title = KeptLine("Title", "As on the cover")
        self.subtitle = KeptLine("Subtitle")
        self.programme = KeptLine("Programme")
        self.authors = KeptLine("Authors", "Separated by semicolons")
        self.organisation = KeptLine("Organisation")
        self.date = KeptLine("Date of the report", "5 March 2026")
        self.notice = KeptLine("Notice at the foot of the cover")
        self.wave = Picker("Wave the report is on")
        self.wave.picked.connect(self._set_wave)
        work = QFrame()
        body = column(headed(label("Cover", "Big"), self.comment), self.reports, 6, gap=4)
        for name, field in self._rows():
            body.addWidget(named(name, field))
            body.addWidget(field)
            body.addSpacing(theme.px(4))
        body.addStretch(1)
        work.setLayout(body)
        self._page = Commented(work, Conversation(desk.talk, desk.mask))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setWidget(self._page)
        self.setFocusProxy(self.title)

    def show_cover(self) -> None:
        desk, report = self._desk, self._desk.mask.row(self._desk.report)
        self.title.show_text(report.title, lambda text: desk.change(title=text))
        self.subtitle.show_text(report.subtitle, lambda text: desk.change(subtitle=text))
        self.authors.show_text(report.authors, lambda text: desk.change(authors=text))
        self.date.show_text(wording.day(report.published_on) if report.published_on else "", self._set_date)
        for key, field in (
            ("programme", self.programme),
            ("organisation", self.organisation),
            ("notice", self.notice),
        ):
            field.show_text(report.texts.get(key, ""), partial(desk.write_text, key))
        self.programme.setPlaceholderText(desk.mask.words(desk.material.project_name))
        self._show_choices(report)
        self.reports.show_reports()
        self._page.row.talk.show_topic(Topic(section="cover"))

    def keep(self) -> None:
        for field in self.findChildren(KeptLine):
            field.keep()
        self._page.row.talk.keep()

    def comment(self) -> None:
        """Put the cursor where something is said on the cover."""
        self._page.row.talk.begin()
        self.ensureWidgetVisible(self._page.row.talk)

    # --- within ---

    def _rows(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            ("Title", self.title),
            ("Subtitle", self.subtitle),
            ("Programme", self.programme),
            ("Authors", self.authors),
            ("Organisation", self.organisation),
            ("Date of the report", self.date),
            ("Wave the report is on", self.wave),
            ("Notice at the foot of the cover", self.notice),
        )

    def _show_choices(self, report: ReportRow) -> None:
        waves: list[tuple[str, object]] = [("All waves", None)]
        waves += [(wave.name, wave.id) for wave in self._desk.material.waves]
        self.wave.show_choices(waves, report.wave_id)

    def _set_wave(self, wave_id: WaveId | None) -> None:
        if wave_id != self._desk.report.wave_id:
            self._desk.change(wave_id=wave_id)

    def _set_date(self, text: str) -> None:
        found = date_in(text)
        if found is not None or not text:
            self._desk.change(published_on=found)
        else:
            self._desk.refuse("A date is wanted, such as 5 March 2026.")
            self.date.put_back()
