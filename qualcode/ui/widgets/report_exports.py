"""What the Report stage sends out: the report, the matrix with the quote bank, the evidence annex."""

from __future__ import annotations

from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.outgoing import Outgoing
from qualcode.ui.workspace import Workspace


class Exports(Outgoing):
    """Drafted with the desk's own guard, which knows the project already."""

    def __init__(self, workspace: Workspace, desk: ReportDesk) -> None:
        super().__init__(workspace)
        self._desk = desk

    def word(self) -> None:
        """Export the Word report."""
        from qualcode.report import export

        desk = self._desk
        self.ask("Word report", "docx", lambda: export.drafted_report(desk.project, desk.report, desk.guard))

    def word_with_comments(self) -> None:
        """Export the Word report with the team's comments, for colleagues."""
        from qualcode.report import export

        desk = self._desk
        self.ask(
            "Word report with comments",
            "docx",
            lambda: export.drafted_report(desk.project, desk.report, desk.guard, comments=True),
        )

    def matrix(self) -> None:
        """Export the framework matrix with the quote bank."""
        from qualcode.report import export

        self.ask("framework matrix", "xlsx", lambda: export.drafted_matrix(self._desk.project, self._desk.guard))

    def annex(self) -> None:
        """Export the confidential evidence annex."""
        from qualcode.report import export

        self.ask("evidence annex", "xlsx", lambda: export.drafted_annex(self._desk.project, self._desk.guard))
