"""A codebook from elsewhere, pasted or from a file: what would be added and changed is shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
)

from qualcode.core.codebook_plan import Plan, carry_out, plan
from qualcode.core.codebook_table import Entry, under_themes
from qualcode.errors import UnreadableFile
from qualcode.exchange import codebook
from qualcode.ui import theme
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.widgets.basics import button, column, label, panel, row
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.wording import number

HINT = (
    "Paste a table with headings (code, theme or parent, definition, include, exclude, colour), or lines indented "
    "under one another, “Name: definition” each."
)
NOTHING = "What would be added and changed is shown here, before anything is done."


class BringIn(QFrame):
    """Text on the left, what it would do on the right. ``done`` says what was brought in."""

    done = Signal(list)
    """The codes (CodeId) that were brought in or changed."""

    def __init__(self, desk: CodebookDesk) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._desk = desk
        self._file: list[Entry] = []
        self._lines = True
        self._plan: Plan | None = None
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Codebook as text")
        self.text.setPlaceholderText(HINT)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._typed)
        self.themes = QCheckBox("Codes with others below them are themes")
        self.themes.setChecked(True)
        self.themes.toggled.connect(lambda _: self.show_plan())
        self._source = label("", "Secondary", wrap=True)
        self.summary = label(NOTHING, "Secondary", wrap=True)
        self.problems = label("", "Attention", wrap=True)
        self.preview = QTreeWidget()
        self.preview.setAccessibleName("What would be added and changed")
        self.preview.setHeaderLabels(["Theme and code", "What happens", "Definition"])
        self.preview.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.take = button("Bring in", self.bring_in, "Primary")
        choose = button(
            "From a file…", self.choose_file, tip=f"A codebook in a {', '.join(codebook.ENDINGS)} or text file"
        )
        left = column(row(choose, None), self._source, self.text, self.themes, margin=14, gap=8)
        left.setStretch(2, 1)
        right = column(self.summary, self.problems, self.preview, row(self.take, None), margin=14, gap=8)
        right.setStretch(2, 1)
        panes = Panes(
            panel(left),
            panel(right),
            key="codebook in",
            names=("Text", "Preview"),
            preferences=desk.workspace.preferences,
            sizes=(330, 500),
            stretch=1,
            share=0.42,
        )
        self.setLayout(column(panes))
        self.setFocusProxy(self.text)
        self.show_plan()

    def choose_file(self) -> None:
        endings = " ".join(f"*{suffix}" for suffix in (*codebook.ENDINGS, ".txt", ".md"))
        path, _ = QFileDialog.getOpenFileName(self, "Bring in a codebook", "", f"Codebooks ({endings})")
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Show what is in a file."""
        if path.suffix.lower() not in codebook.ENDINGS:
            text = self._desk.workspace.attempt(lambda: _text_of(path))
            if text is not None:
                self.show_text(text)
            return
        found = self._desk.workspace.attempt(lambda: codebook.read(path))
        if found is None:
            return
        self._file = found
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self._source.setText(f"From {path.name}, {number(sum(not entry.is_theme for entry in found), 'code')}")
        self._expect_themes(False)
        self.show_plan()

    def show_text(self, text: str) -> None:
        """Show what pasted words would do."""
        self.text.setPlainText(text)

    def show_plan(self) -> None:
        """What would happen, read anew from the project as it is now."""
        entries = self._entries()
        self._source.setVisible(bool(self._file))
        project = self._desk.project
        self._plan = plan(entries, project.themes.all(), project.codebook.all())
        self.summary.setText(_summed(self._plan) if entries else NOTHING)
        self.problems.setText("\n".join(self._plan.problems))
        self.problems.setVisible(bool(self._plan.problems))
        self._fill(self._plan)
        self.take.setEnabled(not self._plan.is_empty)

    def bring_in(self) -> None:
        """Do what is shown, in one step."""
        planned = self._plan
        if planned is None or planned.is_empty:
            return
        brought = self._desk.workspace.attempt(lambda: carry_out(self._desk.project, planned))
        if brought is not None:
            self._file = []
            self._desk.workspace.said.emit(f"Brought in: {_summed(planned)}")
            self.text.clear()
            self.done.emit(brought)

    # --- within ---

    def _typed(self) -> None:
        self._file = []
        self._expect_themes(not codebook.pasted(self.text.toPlainText())[1])
        self.show_plan()

    def _entries(self) -> Sequence[Entry]:
        """The codes that are offered."""
        entries: Sequence[Entry] = self._file or codebook.pasted(self.text.toPlainText())[0]
        return under_themes(entries) if self.themes.isChecked() else entries

    def _expect_themes(self, expected: bool) -> None:
        """What is likely of lines, and not of tables and files, which tell themes from codes; once for each kind."""
        if expected != self._lines:
            self._lines = expected
            self.themes.blockSignals(True)
            self.themes.setChecked(expected)
            self.themes.blockSignals(False)

    def _fill(self, planned: Plan) -> None:
        self.preview.clear()
        places: dict[tuple[str, ...], QTreeWidgetItem] = {}
        for path in planned.themes:
            self._place(path, places, planned)
        for line in planned.lines:
            names = (*line.entry.themes, *line.entry.above)
            above = self._place(names, places, planned)
            definition = " ".join(line.entry.parts.get("definition", "").split())
            item = QTreeWidgetItem([line.entry.name, line.what, definition])
            item.setToolTip(2, definition)
            if not (line.known is None or line.changed):
                for place in range(3):
                    item.setForeground(place, theme.colour(theme.tokens().secondary))
            (above.addChild if above else self.preview.addTopLevelItem)(item)
            places.setdefault(tuple(n.casefold() for n in (*names, line.entry.name)), item)
        self.preview.expandAll()
        self.preview.setColumnWidth(0, theme.px(220))
        self.preview.setColumnWidth(1, theme.px(150))

    def _place(
        self, names: Sequence[str], places: dict[tuple[str, ...], QTreeWidgetItem], planned: Plan
    ) -> QTreeWidgetItem | None:
        """The line of a theme or of a code above, made where there is none yet."""
        above: QTreeWidgetItem | None = None
        new = {tuple(n.casefold() for n in path) for path in planned.themes}
        for depth in range(1, len(names) + 1):
            key = tuple(n.casefold() for n in names[:depth])
            if key not in places:
                said = " ".join(planned.definitions.get(key, "").split())
                made = QTreeWidgetItem([names[depth - 1], "new theme" if key in new else "", said])
                made.setToolTip(2, said)
                (above.addChild if above else self.preview.addTopLevelItem)(made)
                places[key] = made
            above = places[key]
        return above


def _summed(planned: Plan) -> str:
    parts = [
        number(planned.new, "new code") if planned.new else "",
        number(len(planned.themes), "new theme") if planned.themes else "",
        f"{number(planned.changed, 'code')} changed" if planned.changed else "",
    ]
    same = sum(1 for line in planned.lines if line.known and not line.changed)
    parts.append(f"{same:,} there already" if same else "")
    return ", ".join(filter(None, parts)) + "."


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UnreadableFile(path, f"it could not be opened ({error.strerror or error}).") from error
