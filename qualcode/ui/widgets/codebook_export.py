"""Sending the codebook out; what holds it back is shown in the drawer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.widgets.codebook_drawer import Drawer
from qualcode.ui.widgets.outgoing import Outgoing

if TYPE_CHECKING:
    from qualcode.report.export import Draft


class CodebookExport(Outgoing):
    """Shown in the drawer only when an export is held back, with what was found."""

    def __init__(self, desk: CodebookDesk, drawer: Drawer) -> None:
        super().__init__(desk.workspace)
        self.setObjectName("Surface")
        self._desk = desk
        self.setFocusProxy(self.held_back.reason)
        self.blocked.connect(lambda: drawer.open(self, "Export the codebook"))
        self.sent.connect(drawer.close_drawer)

    def export(self, ending: str) -> None:
        """Ask where to, and write the codebook there; ``ending`` is xlsx or docx."""
        self.ask("codebook", ending, lambda: self._drafted(ending))

    def export_to(self, target: Path) -> None:
        """Write it there, once nothing in it could identify somebody."""
        self.send(lambda: self._drafted(target.suffix.removeprefix(".")), target)

    # --- within ---

    def _drafted(self, ending: str) -> Draft:
        from qualcode.report import codebook_file

        draft = codebook_file.drafted_workbook if ending == "xlsx" else codebook_file.drafted_document
        return draft(self._desk.project)
