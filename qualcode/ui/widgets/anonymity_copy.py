"""What leaves the anonymity page: the anonymised copy, the key; and what comes in: decisions taken elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame

from qualcode.core.store import SUFFIX
from qualcode.errors import ExportBlocked
from qualcode.ui.widgets.basics import column
from qualcode.ui.widgets.held_back import HeldBack
from qualcode.ui.widgets.outgoing import Written
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.copying import Copied, DraftedCopy
    from qualcode.ui.operations import Task

COPYING = "Making the anonymised copy"
_TABLES = "Tables (*.xlsx *.csv)"


class Copies(QFrame):
    """Stands above the page: empty until a copy was held back or something was written."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._draft: DraftedCopy | None = None
        self.held_back = HeldBack()
        self.held_back.decision_wanted.connect(workspace.anonymity_asked)
        self.written = Written()
        self.setLayout(column(self.held_back, self.written, gap=0))
        workspace.operations.ended.connect(self._ended)

    def clear(self) -> None:
        """Put away what was said."""
        self.held_back.hide()
        self.written.hide()

    def copy(self) -> None:
        """Ask where, and make an anonymised copy of the project there."""
        if self._draft is not None:
            return
        project = self._workspace.project
        name = project.path.with_name(f"{project.path.stem} anonymised{SUFFIX}")
        path, _ = QFileDialog.getSaveFileName(self, "Anonymised copy", str(name), f"*{SUFFIX}")
        if path:
            self._make(Path(path if path.endswith(SUFFIX) else f"{path}{SUFFIX}"), "")

    def key(self) -> None:
        """Ask where, and write the key to the identifiers there, with every replacement."""
        name = self._workspace.project.path.with_name(f"{self._workspace.project.path.stem} key.xlsx")
        path, _ = QFileDialog.getSaveFileName(self, "Key to the identifiers", str(name), _TABLES)
        if path:
            self.clear()
            target = Path(path if path.endswith((".xlsx", ".csv")) else f"{path}.xlsx")
            self._workspace.attempt(lambda: self._write_key(target))

    def take_over(self) -> None:
        """Ask for a table of decisions or the key of another project, and decide as it says."""
        from qualcode import decisions

        path, _ = QFileDialog.getOpenFileName(self, "Take over decisions or a key", "", _TABLES)
        if not path:
            return
        source = Path(path)
        project = self._workspace.project
        outcome = self._workspace.attempt(
            lambda: decisions.take_over(project, decisions.read_decisions(source), source.name)
        )
        if outcome is None:
            return
        said = f"{number(outcome.replaced, 'string')} replaced, {outcome.kept} no identifiers"
        self._workspace.said.emit(f"{said}, from {source.name}")
        if outcome.left_out:
            more = len(outcome.left_out) - 1
            rest = f" {number(more, 'more line')} could not be taken over." if more else ""
            self._workspace.refused.emit(f"{source.name}: {outcome.left_out[0]}{rest}")

    # --- within ---

    def _make(self, target: Path, reason: str) -> None:
        """Copy the file here, mask the copy on a worker; what could identify somebody comes back to be decided."""
        from qualcode.copying import drafted_copy

        self.clear()
        draft = self._workspace.attempt(lambda: drafted_copy(self._workspace.project, target))
        if draft is None:
            return
        self._draft = draft

        def work(task: Task) -> Copied | ExportBlocked:
            try:
                return draft.write(reason, lambda p: task.progress(p.done, p.total, p.what), task.cancelled)
            except ExportBlocked as blocked:
                return blocked

        def then(result: Copied | ExportBlocked) -> None:
            if isinstance(result, ExportBlocked):
                self.held_back.ask(result, lambda why: self._make(target, why))
            else:
                self._log(result, draft)

        self._workspace.operations.start(COPYING, work, then=then)

    def _write_key(self, target: Path) -> None:
        from qualcode.decisions import write_key

        write_key(self._workspace.project, target)
        self.written.show_file("key", target)
        self._workspace.said.emit("The key is confidential. Keep it apart from what is anonymised.")

    def _log(self, copied: Copied, draft: DraftedCopy) -> None:
        from qualcode.copying import log_copy

        log_copy(self._workspace.project, copied, draft.target)
        self.written.show_file("anonymised copy", draft.target)
        if draft.remark:
            self._workspace.refused.emit(draft.remark)
        else:
            self._workspace.said.emit(f"Written: {draft.target.name}. The key stays in this project.")

    def _ended(self, title: str) -> None:
        """However it ended, nothing of the plain copy stays behind."""
        if title == COPYING and self._draft is not None:
            self._draft.discard()
            self._draft = None
