"""What can be put into a sentence beyond its words: emphasis, footnotes, references, counted words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from qualcode.core.rows import FindingRow
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.basics import button
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.report_flow import Flow

LONGEST = 70
"""Characters of a sentence that a menu shows."""


class InsertRow(QFrame):
    """Works on the field it is told of; a click leaves the cursor in it."""

    def __init__(self, desk: ReportDesk, field: ReportField) -> None:
        super().__init__()
        self._desk, self._field = desk, field
        self._finding: FindingRow | None = None
        self._part = ""
        self.setAccessibleName("Emphasis, footnotes, references")
        flow = Flow(2)
        self._reference = self._menu("Reference", "Refer to a theme, section or appendix", self._fill_references)
        self._counted = self._menu("Counted words", "Words that are filled in from the data", self._fill_counted)
        self._known = self._menu("From the data", "What the project knows, kept up to date", self._fill_known)
        bold = self._act("B", lambda: self._field.embolden(), "Bold, for the key issue ({report.bold})")
        slanted = self._act("I", lambda: self._field.italicise(), "Italic ({report.italic})")
        bold.setAccessibleName("Bold")
        slanted.setAccessibleName("Italic")
        bold.setFont(_face(bold=True))
        slanted.setFont(_face(bold=False))
        footnote = self._act("Footnote", lambda: self._field.begin_footnote(), "Write a footnote here (Ctrl+Alt+F)")
        self._parts = [bold, slanted, footnote, self._reference, self._counted, self._known]
        for part in self._parts:
            flow.addWidget(part)
        self.setLayout(flow)
        self.show_finding(None)

    def show_finding(self, finding: FindingRow | None) -> None:
        """Offer words counted for this finding; in texts that are no finding's what the project knows."""
        self._finding = finding
        self._counted.setVisible(finding is not None)
        self._known.setVisible(finding is None)
        for part in self._parts:
            part.setEnabled(not self._field.isReadOnly())

    def work_on(self, field: ReportField, part: str) -> None:
        """Put things into this field from now on, which is the text of a part of the report."""
        self._field, self._part = field, part
        self.show_finding(None)

    def stops(self) -> Sequence[QWidget]:
        """What Tab goes through."""
        return self._parts

    # --- within ---

    def _act(self, words: str, act: Callable[[], object], tip: str) -> QPushButton:
        found = button(words, act, "Flat", tip=tip)
        found.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return found

    def _menu(self, words: str, tip: str, fill: Callable[[QMenu], None]) -> QPushButton:
        found = self._act(words, lambda: None, tip)
        menu = QMenu(found)
        menu.aboutToShow.connect(lambda: fill(menu))
        found.setMenu(menu)
        found.setProperty("menu", True)
        return found

    def _fill_references(self, menu: QMenu) -> None:
        menu.clear()
        for title, depth in self._desk.titles():
            shown = "    " * depth + self._desk.mask.words(title).replace("&", "&&")
            menu.addAction(shown, lambda title=title: self._field.insert(f"{{see: {title}}}"))  # type: ignore[misc]

    def _fill_known(self, menu: QMenu) -> None:
        menu.clear()
        known = self._desk.facts(self._part)
        for name, words, sentence in known:
            if not sentence:
                self._add(menu, words, f"{{fact: {name}}}")
        sentences = [(name, words) for name, words, sentence in known if sentence]
        if sentences:
            menu.addSeparator()
            here, out = menu.addMenu("Say here"), menu.addMenu("Leave out")
            for name, words in sentences:
                self._add(here, words, f"{{fact: {name}}}")
                self._add(out, words, f"{{without: {name}}}")

    def _add(self, menu: QMenu, words: str, mark: str) -> None:
        words = self._desk.mask.words(words)
        short = words if len(words) <= LONGEST else f"{words[: words.rfind(' ', 0, LONGEST)].rstrip(' ,;.')} …"
        menu.addAction(short.replace("&", "&&"), lambda: self._field.insert(mark))

    def _fill_counted(self, menu: QMenu) -> None:
        menu.clear()
        if self._finding is None:
            return
        for mark, words in self._desk.counted_words(self._finding):
            menu.addAction(words, lambda mark=mark: self._field.insert(mark))  # type: ignore[misc]
        if menu.isEmpty():
            menu.addAction("Nobody is behind it yet").setEnabled(False)


def _face(*, bold: bool) -> QFont:
    """The look of a button that is what it does: bold or italic, and nothing else."""
    made = QFont()
    made.setBold(True) if bold else made.setItalic(True)
    return made
