"""Where exports are sent from: the path asked, the file written on a worker, what held it back, and where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAccessible, QAccessibleEvent, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame

from qualcode.errors import ExportBlocked
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.basics import button, column, icon_button, label, row
from qualcode.ui.widgets.held_back import HeldBack
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.report.export import Draft, Prepared
    from qualcode.ui.operations import Task


class Exports(QFrame):
    """Stands above the work: empty until an export was held back or written. Word and Excel load when first needed."""

    def __init__(self, workspace: Workspace, desk: ReportDesk) -> None:
        super().__init__()
        self._workspace = workspace
        self._desk = desk
        self.held_back = HeldBack()
        self.written = Written()
        self.setLayout(column(self.held_back, self.written, gap=0))

    def word(self) -> None:
        """Export the Word report."""
        from qualcode.report import export

        desk = self._desk
        self._export("Word report", "docx", lambda: export.drafted_report(desk.project, desk.report, desk.guard))

    def matrix(self) -> None:
        """Export the framework matrix with the quote bank."""
        from qualcode.report import export

        self._export("framework matrix", "xlsx", lambda: export.drafted_matrix(self._desk.project, self._desk.guard))

    def annex(self) -> None:
        """Export the confidential evidence annex."""
        from qualcode.report import export

        self._export("evidence annex", "xlsx", lambda: export.drafted_annex(self._desk.project, self._desk.guard))

    def clear(self) -> None:
        """Put away what was said of earlier exports."""
        self.held_back.hide()
        self.written.hide()

    # --- within ---

    def _export(self, what: str, ending: str, draft: Callable[[], Draft]) -> None:
        name = f"{self._desk.project.name} {what}.{ending}"
        path, _ = QFileDialog.getSaveFileName(
            self, f"Export {what}", str(self._desk.project.path.with_name(name)), f"*.{ending}"
        )
        if path:
            self.clear()
            drafted = self._workspace.attempt(draft)
            if drafted is not None:
                self._send(drafted, Path(path if path.endswith(f".{ending}") else f"{path}.{ending}"), "")

    def _send(self, draft: Draft, target: Path, reason: str) -> None:
        """Write it on a worker; what could identify somebody comes back to be decided."""

        def work(task: Task) -> Prepared | ExportBlocked:
            try:
                prepared = draft.prepared(reason, lambda p: task.progress(p.done, p.total, p.what), task.cancelled)
                task.go_on()
                prepared.write(target)
            except ExportBlocked as blocked:
                return blocked
            return prepared

        def then(result: Prepared | ExportBlocked) -> None:
            if isinstance(result, ExportBlocked):
                self.held_back.ask(result, lambda why: self._send(draft, target, why))
            else:
                self._log(result, target)

        self._workspace.operations.start(f"Exporting the {draft.what}", work, then=then)

    def _log(self, prepared: Prepared, target: Path) -> None:
        from qualcode.report import export

        export.log_export(self._desk.project, prepared, target)
        self.written.show_file(prepared.what, target)
        self._workspace.said.emit(f"Exported {target.name}")


class Written(QFrame):
    """Says where a file was written, and opens it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Notice")
        self._path = Path()
        self._words = label("", wrap=True)
        layout = row(
            self._words,
            button("Open", lambda: _open(self._path), "Primary"),
            button("Open folder", lambda: _open(self._path.parent)),
            icon_button("Put away", "close", self.hide),
        )
        layout.setStretch(0, 1)
        layout.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        self.setLayout(layout)
        self.hide()

    def show_file(self, what: str, path: Path) -> None:
        self._path = path
        self._words.setText(f"The {what} was written to {path}")
        self.setAccessibleName(self._words.text())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
