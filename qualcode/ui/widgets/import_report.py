"""What an import did: a line for each file, kept until it is put away, and written to a file when wished."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from qualcode.intake import Outcome, as_csv, as_text, counted
from qualcode.ui.import_landing import Landed
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.basics import button, column, label, line, panel, row
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

FILTER = "Text (*.txt);;Table (*.csv)"


class ImportReport(QFrame):
    """Says when it is put away, and when the segments that a correction unsettled are to be looked at."""

    put_away = Signal()
    review_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Report on the import")
        self._workspace = workspace
        self._outcomes: tuple[Outcome, ...] = ()
        self.model: TableModel[Outcome] = TableModel(lambda outcome: outcome.file, workspace.attempt, self)
        self.grid = Grid("Files of the import", self.model)
        self.grid.let_sort()
        self._title = label("", "Title")
        self._counts = label("", "Secondary", wrap=True)
        self.review = button("Look at the segments", self.review_wanted.emit)
        self.save = button("Save this list…", self.choose_file)
        self.done = button("Done", self.put_away.emit, "Primary")
        head = panel(column(row(self._title, None, self.review, self.save, self.done), self._counts, margin=12, gap=4))
        self.setLayout(column(head, line(), self.grid, gap=0))
        self.model.show([], _columns())

    def show_landed(self, landed: Landed) -> None:
        """Show what was done."""
        self._outcomes = landed.outcomes
        what = "The import was stopped; what had landed stays" if landed.stopped else "Import"
        self._title.setText(f"{what}: {number(len(landed.outcomes), 'file')}")
        self._counts.setText(counted(outcome.state for outcome in landed.outcomes))
        self.review.setVisible(bool(landed.corrections))
        self.model.arrange(landed.outcomes)
        self.grid.fit_columns()
        self.grid.horizontalHeader().setStretchLastSection(True)
        if self.model.rowCount():
            self.grid.setCurrentIndex(self.model.index(0, 0))

    def choose_file(self) -> None:
        """Ask where to, and write the list there."""
        path, chosen = QFileDialog.getSaveFileName(self, "Save the list", "import.txt", FILTER)
        if path:
            as_table = path.casefold().endswith(".csv") or (chosen.startswith("Table") and not Path(path).suffix)
            self.write(Path(path if Path(path).suffix else path + (".csv" if as_table else ".txt")))

    def write(self, path: Path) -> None:
        """Write the list as text, or as a table when the name ends in .csv."""
        table = path.suffix.casefold() == ".csv"
        try:
            if table:
                path.write_text(as_csv(self._outcomes), encoding="utf-8-sig", newline="")
            else:
                path.write_text(as_text(self._outcomes), encoding="utf-8")
        except OSError as error:
            self._workspace.refused.emit(f"{path.name} could not be written ({error.strerror}).")
        else:
            self._workspace.said.emit(f"The list was saved as {path.name}")

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.put_away.emit()
        else:
            super().keyPressEvent(event)


def _columns() -> list[Column[Outcome]]:
    return [
        Column("File", lambda outcome: outcome.file),
        Column("State", lambda outcome: outcome.state.value),
        Column("Interview", lambda outcome: outcome.interview),
        Column("Remarks", lambda outcome: " ".join(outcome.remarks)),
    ]
