"""The report as it will look, to read; and the list of what still wants an act. Both lead to what they speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidgetItem

from qualcode.report.balance import Balance
from qualcode.report.blocks import Heading, Origin, Report
from qualcode.report.checks import Check, Severity
from qualcode.ui import theme
from qualcode.ui.clipboard import Clipboard
from qualcode.ui.models.report_page import origin_of, page
from qualcode.ui.widgets.basics import column, label, line
from qualcode.ui.widgets.guarded_text import GuardedText
from qualcode.ui.widgets.report_margin import WIDTH, PageMargin, Sign, signs_of
from qualcode.ui.widgets.report_sentences import HELD, SAID, Sentences, scrolling
from qualcode.ui.wording import number

NARROWEST = 220
"""A page narrower than this has no margin: its words need the room."""


class ReportPage(GuardedText):
    """The whole report. A click on a finding, quote or gap leads to where it is written, one in the margin beside a
    quote to where it was said."""

    asked = Signal(object)
    """An Origin."""
    place_asked = Signal(object)
    """The Origin of a quote to be shown in its transcript."""

    def __init__(self, clipboard: Clipboard) -> None:
        super().__init__(clipboard)
        self.setObjectName("Page")
        self.setAccessibleName("The report as it will look")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(theme.px(22))
        self.anchorClicked.connect(self._follow)
        self._signs: list[Sign] = []
        self.margin = PageMargin(self)
        self.margin.asked.connect(self.asked)
        self.margin.place_asked.connect(self.place_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= theme.px(NARROWEST)
        self.setViewportMargins(0, 0, theme.px(WIDTH) if roomy else 0, 0)
        self.margin.setVisible(roomy)
        seen = self.viewport().geometry()
        self.margin.setGeometry(seen.right() + 1, seen.top(), theme.px(WIDTH), seen.height())
        self.margin.show_signs(self._signs)

    def show_report(self, report: Report, commented: Mapping[Origin, int]) -> None:
        """Show it, scrolled to where one was reading; ``commented`` is how many comments are open on what."""
        at = self.verticalScrollBar().value()
        self.document().setDefaultFont(theme.reading_font(12))
        self.setHtml(page(report.blocks))
        self.document().setDocumentMargin(theme.px(22))
        self.verticalScrollBar().setValue(at)
        self._signs = signs_of(report, commented)
        self.margin.show_signs(self._signs)

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
        self.list = Sentences("Checks")
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        self.balance = label("", "Secondary", wrap=True)
        self.balance.setAccessibleName("Who is quoted how often")
        foot = column(label("Who is quoted", "Head"), self.balance, margin=12, gap=2)
        layout = column(column(self._head, self._about, margin=12, gap=2), self.list, line(), foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(column(scrolling(layout), gap=0))
        self.setFocusProxy(self.list)
        theme.appearance.changed.connect(self.list.viewport().update)

    def show_checks(self, checks: Sequence[Check], quotes: int) -> None:
        stop, mend, note = (sum(c.severity is s for c in checks) for s in Severity)
        parts = [f"{n} {words}" for n, words in ((stop, "to decide first"), (mend, "to mend"), (note, "to know")) if n]
        self._head.setText(" · ".join(parts) if parts else "Nothing to mend")
        left = f"{number(stop, 'identifier')} left" if stop else "No identifier found"
        self._about.setText(f"{left} in what would leave. {number(quotes, 'quote')} looked at.")
        self.list.show_all(checks, lambda check: f"{SAID[check.severity]}: {check.sentence}")

    def show_balance(self, balance: Balance) -> None:
        """Say who is quoted how often, and from which groups."""
        lines = [
            f"{share.name}: {number(share.quotes, 'quote')} from {share.quoted} of {share.people}"
            for share in balance.groups
        ]
        quoted = ", ".join(f"{person.pseudonym}\u00a0{n}" for person, n in balance.people if n)
        never = ", ".join(person.pseudonym for person, n in balance.people if not n)
        lines += [quoted] if quoted else []
        lines += [f"Never: {never}"] if never else []
        self.balance.setText("\n".join(lines))

    def _open(self, item: QListWidgetItem) -> None:
        self.asked.emit(item.data(HELD).origin)
