"""The report as it will look, to read; and the list of what still wants an act. Both lead to what they speak of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QTextBrowser

from qualcode.report.blocks import Heading, Origin, Report
from qualcode.report.checks import Check, Severity
from qualcode.ui import theme
from qualcode.ui.models.report_page import origin_of, page
from qualcode.ui.widgets.basics import column, label
from qualcode.ui.wording import number

_ORIGIN = Qt.ItemDataRole.UserRole
_SIGNS = {Severity.STOP: "■", Severity.MEND: "▲", Severity.NOTE: "●"}
_SAID = {Severity.STOP: "Holds the export back", Severity.MEND: "To mend", Severity.NOTE: "To know"}


class ReportPage(QTextBrowser):
    """The whole report. A click on a finding, quote or gap leads to where it is written."""

    asked = Signal(object)
    """An Origin."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName("The report as it will look")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(theme.px(22))
        self.anchorClicked.connect(self._follow)

    def show_report(self, report: Report) -> None:
        """Show it, scrolled to where one was reading."""
        at = self.verticalScrollBar().value()
        self.document().setDefaultFont(theme.reading_font(12))
        self.setHtml(page(report.blocks))
        self.document().setDocumentMargin(theme.px(22))
        self.verticalScrollBar().setValue(at)

    def show_place(self, report: Report, key: str = "", origin: Origin | None = None) -> None:
        """Scroll to a section, or to the heading made from ``origin``."""
        for section in report.sections:
            for block in section.blocks:
                if isinstance(block, Heading) and (section.key == key or (origin and block.origin == origin)):
                    self.scrollToAnchor(block.bookmark)
                    return
            if section.key == key:
                self.verticalScrollBar().setValue(0)

    def _follow(self, url: QUrl) -> None:
        origin = origin_of(url.toString())
        if origin is not None:
            self.asked.emit(origin)


class ChecksPanel(QFrame):
    """Return or a click opens what a check speaks of."""

    asked = Signal(object)
    """An Origin."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._head = label("", "Title", wrap=True)
        self._about = label("", "Secondary", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Checks")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.setLayout(column(column(self._head, self._about, margin=12, gap=2), self.list, gap=0))
        self.setFocusProxy(self.list)
        theme.appearance.changed.connect(self._restyle)

    def show_checks(self, checks: Sequence[Check], quotes: int) -> None:
        stop, mend, note = (sum(c.severity is s for c in checks) for s in Severity)
        parts = [f"{n} {words}" for n, words in ((stop, "to decide first"), (mend, "to mend"), (note, "to know")) if n]
        self._head.setText(" · ".join(parts) if parts else "Nothing to mend")
        left = f"{number(stop, 'identifier')} left" if stop else "No identifier found"
        self._about.setText(f"{left} in what would leave. {number(quotes, 'quote')} looked at.")
        kept = self.list.currentRow()
        self.list.clear()
        for check in checks:
            item = QListWidgetItem(f"{_SIGNS[check.severity]}  {check.sentence}")
            item.setData(_ORIGIN, check)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_SAID[check.severity]}: {check.sentence}")
            item.setToolTip(_SAID[check.severity])
            self.list.addItem(item)
        self._restyle()
        if self.list.count():
            self.list.setCurrentRow(min(max(kept, 0), self.list.count() - 1))

    def _restyle(self) -> None:
        t = theme.tokens()
        for at in range(self.list.count()):
            item = self.list.item(at)
            check = item.data(_ORIGIN)
            item.setForeground(QColor(t.text if check.severity is Severity.NOTE else t.attention))

    def _open(self, item: QListWidgetItem) -> None:
        self.asked.emit(item.data(_ORIGIN).origin)
