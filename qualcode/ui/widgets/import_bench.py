"""The import bench: the files of a batch, what each was understood to be, and what is put right before it lands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from qualcode import profiles
from qualcode.core.values import InterviewFacts
from qualcode.errors import UserError
from qualcode.importing import Rules, facts_from_name
from qualcode.intake import combined, general
from qualcode.ui import theme
from qualcode.ui.import_batch import Batch
from qualcode.ui.widgets.basics import Elided, button, column, label, line, panel, row
from qualcode.ui.widgets.import_files import FileList
from qualcode.ui.widgets.import_source import SourceList
from qualcode.ui.widgets.import_understood import Understanding
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

NO_RULES = "No rules"
_PAUSE_MS = 250


class ImportBench(QFrame):
    """Says when the batch shall land, or be put away."""

    import_wanted = Signal()
    put_away = Signal()
    more_wanted = Signal()

    def __init__(self, workspace: Workspace, batch: Batch) -> None:
        super().__init__()
        self.setObjectName("Background")
        self.setAccessibleName("Import")
        self._workspace, self.batch = workspace, batch
        self.files = FileList(batch)
        self.understanding = Understanding(workspace, batch)
        self.source = SourceList()
        self.take = button(
            "Import", self.import_wanted.emit, "Primary", tip="Put these files into the project ({prepare.import})"
        )
        self._again = button("Add files…", self.more_wanted.emit)
        self._away = button("Put away", self.put_away.emit, "Flat", tip="Import nothing of this")
        self._state = Elided()
        self.pattern = QLineEdit()
        self.pattern.setAccessibleName("Pattern of the file names")
        self.pattern.setPlaceholderText("{wave}_{participant}_{date}")
        self.pattern.setToolTip(
            "How the files are named: {wave}, {participant}, {date}, {interviewer}, {mode}; {*} is anything"
        )
        self._fits = Elided()
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._use_pattern)
        self.pattern.textChanged.connect(lambda _: self._pause.start())
        self.rules = QComboBox()
        self.rules.setAccessibleName("Rules")
        self.rules.setMinimumWidth(theme.px(100))
        self.rules.activated.connect(lambda _: self._use_rules())
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the rules")
        self.name.setPlaceholderText("Name, such as the typist’s")
        self.name.returnPressed.connect(self._keep_rules)
        self._keep = button(
            "Keep rules as …", self._ask_name, tip="Keep the corrections of the file shown, to use them again"
        )
        self.panes = Panes(
            self.files,
            self.understanding,
            self.source,
            key="import",
            names=("Files", "Understood", "Source"),
            preferences=workspace.preferences,
            sizes=(250, 460, 520),
            stretch=2,
            share=0.4,
        )
        self.setLayout(column(self._make_head(), line(), self.panes, gap=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self._connect()

    # --- files ---

    def open(self, paths: Iterable[Path]) -> None:
        """Read these files and show them, besides those that are there."""
        self._list_rules()
        self.batch.add(paths)
        self.files.view.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While the batch lands, nothing of it can be changed."""
        for part in (self.panes, self.take, self._again, self._away, self.pattern, self.rules, self._keep):
            part.setEnabled(not busy)
        if not busy:
            self._count()

    # --- within ---

    def _make_head(self) -> QFrame:
        self._name_row = QWidget()
        self._name_row.setLayout(row(self.name, button("Keep", self._keep_rules), gap=4))
        self._name_row.hide()
        first = row(label("Import", "Title"), self._state, None, self._again, self._away, self.take, gap=8)
        second = row(
            label("File names", "Secondary"),
            self.pattern,
            self._fits,
            None,
            label("Rules", "Secondary"),
            self.rules,
            self._keep,
            self._name_row,
            gap=8,
        )
        self.pattern.setMinimumWidth(theme.px(110))
        self.pattern.setMaximumWidth(theme.px(260))
        second.setStretch(1, 2)
        return panel(column(first, second, margin=8, gap=6))

    def _connect(self) -> None:
        self.files.chosen.connect(lambda _: self._show())
        self.files.view.selectionModel().selectionChanged.connect(lambda *_: self._show_facts())
        self.understanding.corrected.connect(self._correct)
        self.source.corrected.connect(self._correct)
        self.batch.changed.connect(self._refresh)
        self.batch.entry_changed.connect(lambda entry: self._show() if entry is self.files.current() else None)
        for keys, act in (
            ("Ctrl+Return", self.take.click),
            ("Ctrl+PgUp", lambda: self.files.step(-1)),
            ("Ctrl+PgDown", lambda: self.files.step(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _refresh(self) -> None:
        self._count()
        if self.source.entry is self.files.current():
            self._show_facts()
        else:
            self._show()

    def _show(self) -> None:
        entry = self.files.current()
        self.source.show_entry(entry)
        self._show_facts()

    def _show_facts(self) -> None:
        entry = self.files.current()
        chosen = self.files.selected()
        self.understanding.show_entry(entry, chosen if entry in chosen else [])

    def _count(self) -> None:
        landing = sum(entry.lands for entry in self.batch.entries)
        self.take.setText(f"Import {number(landing, 'file')}")
        self.take.setEnabled(landing > 0 and not self.batch.is_reading)
        waiting = sum(entry.state is None and entry.reading for entry in self.batch.entries)
        self._state.setText(f"Reading, {number(waiting, 'file')} to go" if waiting else "")

    def _correct(self, own: Rules) -> None:
        entry = self.files.current()
        if entry is not None:
            self.batch.correct(entry, own)

    # --- within: names of files ---

    def _use_pattern(self) -> None:
        pattern = self.pattern.text().strip()
        try:
            self.batch.use_name_pattern(pattern)
        except UserError as error:
            self._fits.setText(str(error))
            return
        if not pattern:
            self._fits.setText("")
            return
        nothing = InterviewFacts()
        fitting = sum(facts_from_name(entry.name, pattern) != nothing for entry in self.batch.entries)
        self._fits.setText(f"fits {fitting} of {len(self.batch.entries)}")

    # --- within: rules ---

    def _list_rules(self) -> None:
        chosen = self.rules.currentText()
        self.rules.clear()
        self.rules.addItem(NO_RULES)
        self.rules.addItems(profiles.names())
        self.rules.setCurrentIndex(max(0, self.rules.findText(chosen)))

    def _use_rules(self) -> None:
        name = self.rules.currentText()
        rules = Rules() if self.rules.currentIndex() == 0 else self._workspace.attempt(lambda: profiles.find(name))
        if rules is None:
            self.rules.setCurrentIndex(0)
        else:
            self.batch.use_profile(rules)

    def _ask_name(self) -> None:
        self._name_row.setVisible(not self._name_row.isVisible())
        if self._name_row.isVisible():
            self.name.setText("" if self.rules.currentIndex() == 0 else self.rules.currentText())
            self.name.setFocus()

    def _keep_rules(self) -> None:
        entry = self.files.current()
        own = entry.own if entry else Rules()
        kept = self._workspace.attempt(
            lambda: profiles.keep(self.name.text(), combined(self.batch.profile, general(own)))
        )
        if kept is None:
            return
        self._name_row.hide()
        self._list_rules()
        self.rules.setCurrentIndex(self.rules.findText(kept))
        self._use_rules()
        self._workspace.said.emit(f"The rules are kept as “{kept}”")
