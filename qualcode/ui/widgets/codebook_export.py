"""Sending the codebook out: the path asked, written on a worker, held back where it could identify somebody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame

from qualcode.errors import ExportBlocked
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.widgets.basics import column
from qualcode.ui.widgets.codebook_drawer import Drawer
from qualcode.ui.widgets.held_back import HeldBack

if TYPE_CHECKING:
    from qualcode.report.export import Draft, Prepared
    from qualcode.ui.operations import Task


class CodebookExport(QFrame):
    """Shown in the drawer only when an export is held back, with what was found."""

    def __init__(self, desk: CodebookDesk, drawer: Drawer) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._desk, self._drawer = desk, drawer
        self.held_back = HeldBack()
        self.setLayout(column(self.held_back, None, margin=14))
        self.setFocusProxy(self.held_back.reason)

    def export(self) -> None:
        project = self._desk.project
        name = str(project.path.with_name(f"{project.name} codebook.xlsx"))
        path, _ = QFileDialog.getSaveFileName(self, "Export codebook", name, "*.xlsx")
        if path:
            self.export_to(Path(path if path.endswith(".xlsx") else f"{path}.xlsx"))

    def export_to(self, target: Path) -> None:
        """Write it there, once nothing in it could identify somebody."""
        from qualcode.report import codebook_file

        draft = self._desk.workspace.attempt(lambda: codebook_file.drafted(self._desk.project))
        if draft is not None:
            self._send(draft, target, "")

    def _send(self, draft: Draft, target: Path, reason: str) -> None:
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
                self._drawer.open(self, "Export the codebook")
                self.held_back.ask(result, lambda why: self._send(draft, target, why))
            else:
                self._log(result, target)

        self._desk.workspace.operations.start("Exporting the codebook", work, then=then)

    def _log(self, prepared: Prepared, target: Path) -> None:
        from qualcode.report import export

        export.log_export(self._desk.project, prepared, target)
        self._drawer.close_drawer()
        self._desk.workspace.said.emit(f"Exported {target.name}")
