"""What was found, sent to Excel or Word through the check for identifiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from qualcode.core.kept_searches import Search, sentence
from qualcode.ui.models.search import Group
from qualcode.ui.widgets.basics import button
from qualcode.ui.widgets.outgoing import Outgoing
from qualcode.ui.workspace import Workspace


class SearchExport(Outgoing):
    """``found`` gives the search, what it found, and how many places it found in all."""

    def __init__(self, workspace: Workspace, found: Callable[[], tuple[Search | None, Sequence[Group], int]]) -> None:
        super().__init__(workspace)
        self._found = found
        self.button = button("Export ▾", self.open_menu)
        self.menu = QMenu(self.button)
        self.menu.addAction("Excel workbook…", lambda: self.export("xlsx"))
        self.menu.addAction("Word document…", lambda: self.export("docx"))

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
        places = [
            found.FoundPlace(spot.transcript_id, spot.span, spot.code.id if spot.code else None)
            for group in groups
            for spot in group.spots
        ]
        looked_for = sentence(project, asked)
        if found_in_all > len(places):
            looked_for += f": the first {len(places):,} of {found_in_all:,} places"
        draft = found.drafted_workbook if ending == "xlsx" else found.drafted_document
        self.ask("search results", ending, partial(draft, project, looked_for, places))
