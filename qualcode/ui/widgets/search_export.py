"""What was found, sent to Excel or Word through the check for identifiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QFrame, QMenu

from qualcode.core.kept_searches import Search, sentence
from qualcode.errors import ExportBlocked
from qualcode.ui.models.search import Group
from qualcode.ui.widgets.basics import button, column
from qualcode.ui.widgets.held_back import HeldBack
from qualcode.ui.widgets.report_exports import Written
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.report.export import Draft, Prepared
    from qualcode.ui.operations import Task

WHAT = "search results"


class SearchExport(QFrame):
    """Stands above the list: empty until an export was held back or written. Word and Excel load when needed.

    ``found`` gives the search, what it found, and how many places it found in all.
    """

    def __init__(self, workspace: Workspace, found: Callable[[], tuple[Search | None, Sequence[Group], int]]) -> None:
        super().__init__()
        self._workspace, self._found = workspace, found
        self.held_back = HeldBack()
        self.written = Written()
        self.button = button("Export ▾", self.open_menu)
        self.menu = QMenu(self.button)
        self.menu.addAction("Excel workbook…", lambda: self.export("xlsx"))
        self.menu.addAction("Word document…", lambda: self.export("docx"))
        self.setLayout(column(self.held_back, self.written, gap=0))

    def open_menu(self) -> None:
        """Offer the kinds of file."""
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))

    def export(self, ending: str) -> None:
        """Ask where to and export; ``ending`` is xlsx or docx."""
        from qualcode.report import found

        project = self._workspace.project
        asked, groups, found_in_all = self._found()
        if asked is None:
            return
        suggested = project.path.with_name(f"{project.name} {WHAT}.{ending}")
        path, _ = QFileDialog.getSaveFileName(self, f"Export {WHAT}", str(suggested), f"*.{ending}")
        if not path:
            return
        self.held_back.hide()
        self.written.hide()
        places = [
            found.FoundPlace(spot.transcript_id, spot.span, spot.code.id if spot.code else None)
            for group in groups
            for spot in group.spots
        ]
        looked_for = sentence(project, asked)
        if found_in_all > len(places):
            looked_for += f": the first {len(places):,} of {found_in_all:,} places"
        draft = found.drafted_workbook if ending == "xlsx" else found.drafted_document
        drafted = self._workspace.attempt(lambda: draft(project, looked_for, places))
        if drafted is not None:
            self._send(drafted, Path(path if path.endswith(f".{ending}") else f"{path}.{ending}"), "")

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
                self.held_back.ask(result, lambda why: self._send(draft, target, why))
            else:
                self._log(result, target)

        self._workspace.operations.start(f"Exporting the {WHAT}", work, then=then)

    def _log(self, prepared: Prepared, target: Path) -> None:
        from qualcode.report import export

        export.log_export(self._workspace.project, prepared, target)
        self.written.show_file(prepared.what, target)
        self._workspace.said.emit(f"Exported {target.name}")
