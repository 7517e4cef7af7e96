"""The facts of an interview as its file states them, each to be put right before it is imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from qualcode.core.typed import as_date, as_duration, clock, shown_date, shown_duration
from qualcode.ui import theme
from qualcode.ui.import_batch import Batch
from qualcode.ui.import_entry import Entry
from qualcode.ui.widgets.basics import label
from qualcode.ui.workspace import Workspace

MODES = ("face to face", "telephone", "video", "online", "e-mail")


class FactsForm(QWidget):
    """What is put right holds for all chosen files, but for title, date and length, which are one file's own."""

    def __init__(self, workspace: Workspace, batch: Batch) -> None:
        super().__init__()
        self._workspace, self._batch = workspace, batch
        self._entry: Entry | None = None
        self._chosen: list[Entry] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self.title = self._line("Interview")
        self.wave = self._list("Wave")
        self.date = self._line("Date")
        self.mode = self._list("Mode")
        self.duration = self._line("Duration")
        self.interviewer = self._list("Interviewer")
        self._others = label("", "Secondary", wrap=True)
        self._grid.addWidget(self._others, self._grid.rowCount(), 0, 1, 2)
        self._shown: dict[QWidget, str] = {}
        self._keep_on_leaving(self.title, self._keep_title)
        self._keep_on_leaving(self.date, lambda text: self._set([self._entry], date=as_date(text)))
        self._keep_on_leaving(self.duration, lambda text: self._set([self._entry], duration_seconds=as_duration(text)))
        self._keep_on_leaving(self.wave, lambda text: self._set(self._chosen, wave=text or None))
        self._keep_on_leaving(self.mode, lambda text: self._set(self._chosen, mode=text or None))
        self._keep_on_leaving(self.interviewer, lambda text: self._set(self._chosen, interviewer=text or None))

    def show_entry(self, entry: Entry | None, chosen: Sequence[Entry]) -> None:
        """Show the facts of a file; changes go to all the chosen ones."""
        self._entry, self._chosen = entry, [e for e in chosen if e.understood] or ([entry] if entry else [])
        there = entry is not None and entry.understood is not None
        self.setEnabled(there and not (entry and entry.follows))
        if entry is None or not there:
            return
        facts = entry.wish.facts
        waves = [wave.name for wave in self._workspace.project.waves.all()]
        waves += [e.wave for e in self._batch.entries if e.wave]
        people = [e.wish.facts.interviewer or "" for e in self._batch.entries]
        self._show(self.title, entry.called)
        self._show(self.wave, entry.wave, waves)
        self._show(self.date, shown_date(facts.date))
        self._show(self.mode, facts.mode or "", [*MODES, *(e.wish.facts.mode or "" for e in self._batch.entries)])
        self._show(self.duration, shown_duration(facts.duration_seconds), full=clock(facts.duration_seconds))
        self._show(self.interviewer, facts.interviewer or "", people)
        self._others.setText("\n".join(f"{key}: {value}" for key, value in facts.others))
        self._others.setVisible(bool(facts.others))

    # --- within ---

    def _line(self, name: str) -> QLineEdit:
        field = QLineEdit()
        self._place(name, field)
        return field

    def _list(self, name: str) -> QComboBox:
        field = QComboBox()
        field.setEditable(True)
        field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if (typed := field.lineEdit()) is not None:
            typed.setAccessibleName(name)
        self._place(name, field)
        return field

    def _place(self, name: str, field: QWidget) -> None:
        field.setAccessibleName(name)
        number = self._grid.rowCount()
        self._grid.addWidget(label(name, "Secondary"), number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, number, 1)

    def _show(self, field: QLineEdit | QComboBox, text: str, offered: Sequence[str] = (), *, full: str = "") -> None:
        self._shown[field] = text
        field.setToolTip(full)
        if isinstance(field, QLineEdit):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)
            return
        wanted = list(dict.fromkeys(filter(None, offered)))
        if [field.itemText(i) for i in range(field.count())] != wanted:
            field.clear()
            field.addItems(wanted)
        field.setCurrentIndex(field.findText(text))
        field.setEditText(text)

    def _keep_on_leaving(self, field: QLineEdit | QComboBox, keep: Callable[[str], object]) -> None:
        def left() -> None:
            text = (field.text() if isinstance(field, QLineEdit) else field.currentText()).strip()
            if self._entry is None or text == self._shown.get(field, ""):
                return
            self._shown[field] = text
            self._workspace.attempt(lambda: keep(text))
            self.show_entry(self._entry, self._chosen)

        if isinstance(field, QComboBox):
            field.activated.connect(left)
            line = field.lineEdit()
            assert line is not None
            line.editingFinished.connect(left)
        else:
            field.editingFinished.connect(left)

    def _keep_title(self, text: str) -> None:
        if self._entry is not None:
            self._batch.set_title(self._entry, text)

    def _set(self, entries: Sequence[Entry | None], **facts: Any) -> None:
        self._batch.set_fact([entry for entry in entries if entry is not None], **facts)
