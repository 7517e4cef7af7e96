"""The one way from the window to a file for others: the path asked, written on a worker, held back, and where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame

from qualcode.errors import ExportBlocked
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, column, icon_button, label, row
from qualcode.ui.widgets.held_back import HeldBack
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.report.export import Draft, Prepared
    from qualcode.ui.operations import Task


class Outgoing(QFrame):
    """Stands above the work: empty until an export was held back or written. Word and Excel load when first needed."""

    blocked = Signal()
    """Something was found that could identify somebody; it is shown here, to be decided."""
    sent = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.held_back = HeldBack()
        self.held_back.decision_wanted.connect(workspace.anonymity_asked)
        self.written = Written()
        self.setLayout(column(self.held_back, self.written, gap=0))

    def ask(self, what: str, ending: str, draft: Callable[[], Draft]) -> None:
        """Ask where it shall go and send it there; ``ending`` is xlsx or docx, ``draft`` reads the project."""
        project = self._workspace.project
        suggested = project.path.with_name(f"{project.name} {what}.{ending}")
        path, _ = QFileDialog.getSaveFileName(self, f"Export {what}", str(suggested), f"*.{ending}")
        if path:
            self.send(draft, Path(path if path.endswith(f".{ending}") else f"{path}.{ending}"))

    def send(self, draft: Callable[[], Draft], target: Path) -> None:
        """Write what ``draft`` reads there, once nothing in it could identify somebody."""
        self.clear()
        drafted = self._workspace.attempt(draft)
        if drafted is not None:
            self._send(drafted, target, "")

    def clear(self) -> None:
        """Put away what was said of earlier exports."""
        self.held_back.hide()
        self.written.hide()

    # --- within ---

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
                self.blocked.emit()
                self.held_back.ask(result, lambda why: self._send(draft, target, why))
            else:
                self._log(result, target)

        self._workspace.operations.start(f"Exporting the {draft.what}", work, then=then)

    def _log(self, prepared: Prepared, target: Path) -> None:
        from qualcode.report import export

        export.log_export(self._workspace.project, prepared, target)
        self.written.show_file(prepared.what, target)
        self._workspace.said.emit(f"Exported {target.name}")
        self.sent.emit()


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
