"""The Prepare stage: interviews, participants, waves and anonymity; and the bench on which files are imported."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from qualcode.acts import transcript_files
from qualcode.core.values import Change
from qualcode.importing import SUFFIXES
from qualcode.ui.import_batch import Batch
from qualcode.ui.import_landing import Landed, Landing
from qualcode.ui.stages.stage import Stage
from qualcode.ui.widgets.anonymity import AnonymityPane
from qualcode.ui.widgets.basics import button
from qualcode.ui.widgets.import_bench import ImportBench
from qualcode.ui.widgets.import_report import ImportReport
from qualcode.ui.widgets.prepare_interviews import InterviewsPane
from qualcode.ui.widgets.prepare_participants import ParticipantsPane
from qualcode.ui.widgets.prepare_review import ReviewPane
from qualcode.ui.widgets.prepare_waves import WavesPane
from qualcode.ui.workspace import Workspace

PAGES = ("interviews", "participants", "waves", "anonymity")
FILTER = f"Transcripts ({' '.join('*' + suffix for suffix in SUFFIXES)});;All files (*)"


class PrepareStage(Stage):
    """Drop files or folders anywhere; what is understood of them is shown before anything is imported."""

    key = "prepare"
    title = "Prepare"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.setAcceptDrops(True)
        self.batch = Batch(workspace)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Interviews, participants, waves, anonymity")
        for name in PAGES:
            self.tabs.addTab(_Place(), name.capitalize())
        self._stale: set[str] = set()
        self._landing = False
        self._path: object = None
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self.tabs)
        self.tabs.currentChanged.connect(lambda _: self._load_page())

    # --- what it is made of, each when it is first shown ---

    @cached_property
    def interviews(self) -> InterviewsPane:
        found = InterviewsPane(self.workspace)
        found.import_wanted.connect(self.choose_files)
        found.folder_wanted.connect(self.choose_folder)
        found.review_wanted.connect(self._show_review)
        return found

    @cached_property
    def participants(self) -> ParticipantsPane:
        return ParticipantsPane(self.workspace)

    @cached_property
    def waves(self) -> WavesPane:
        return WavesPane(self.workspace)

    @cached_property
    def anonymity(self) -> AnonymityPane:
        return AnonymityPane(self.workspace)

    @cached_property
    def bench(self) -> ImportBench:
        found = ImportBench(self.workspace, self.batch)
        found.import_wanted.connect(self.import_batch)
        found.put_away.connect(self._put_away)
        found.more_wanted.connect(self.choose_files)
        self._layout.addWidget(found)
        return found

    @cached_property
    def report(self) -> ImportReport:
        found = ImportReport(self.workspace)
        found.put_away.connect(self._show_tabs)
        found.review_wanted.connect(self._show_review)
        self._layout.addWidget(found)
        return found

    @cached_property
    def review(self) -> ReviewPane:
        found = ReviewPane(self.workspace)
        found.put_away.connect(self._show_tabs)
        self._layout.addWidget(found)
        return found

    # --- Stage ---

    def load(self) -> None:
        if self.workspace.project.path != self._path:
            self._path = self.workspace.project.path
            self.batch.clear()
            if self._is_made("review"):
                self.review.forget()
            self._layout.setCurrentWidget(self.tabs)
        self._stale = set(PAGES)
        self._load_page()

    def react(self, change: Change) -> None:
        if self._landing:
            return
        shown = self._layout.currentWidget()
        if isinstance(shown, ImportBench):
            self.batch.settle()
        if isinstance(shown, ReviewPane):
            shown.react(change)
        current = PAGES[self.tabs.currentIndex()]
        self._stale |= set(PAGES) - {current}
        if current not in self._stale:
            self._page().react(change)

    def show_otherwise(self) -> None:
        current = PAGES[self.tabs.currentIndex()]
        if current == "anonymity" and current not in self._stale:
            self._stale |= set(PAGES) - {current}
            self.anonymity.show_remarks()
        else:
            self.load()

    def show_page(self, name: str) -> None:
        """Show one of the pages, whatever is open above them."""
        self._layout.setCurrentWidget(self.tabs)
        self.tabs.setCurrentIndex(PAGES.index(name))

    def tools(self) -> list[QWidget]:
        return [
            button("Import folder…", self.choose_folder),
            button("Import files…", self.choose_files, "Primary", tip="Import transcripts ({import_transcripts})"),
        ]

    def panes(self) -> list[QWidget]:
        shown = self._layout.currentWidget()
        if isinstance(shown, ImportBench):
            return [shown.files.view, shown.understanding.voices.grid, shown.source.view]
        if isinstance(shown, ImportReport):
            return [shown.grid]
        if isinstance(shown, ReviewPane):
            return shown.panes()
        return [self.tabs.tabBar(), *self._page().panes()]

    def home(self) -> QWidget | None:
        shown = self._layout.currentWidget() or self.tabs
        panes = self._page().panes() if shown is self.tabs else self.panes()
        offered = (found for found in shown.findChildren(QPushButton) if found.objectName() == "Primary")
        return next((part for part in (*panes, *offered) if part.isVisible()), super().home())

    # --- importing ---

    def choose_files(self) -> None:
        """Ask for transcripts and put them on the bench."""
        paths, _ = QFileDialog.getOpenFileNames(self, "Import transcripts", "", FILTER)
        if paths:
            self.open_files(map(Path, paths))

    def choose_folder(self) -> None:
        """Ask for a folder and put the transcripts in it and below on the bench."""
        folder = QFileDialog.getExistingDirectory(self, "Import the transcripts in a folder")
        if folder:
            self.open_files([Path(folder)])

    def open_files(self, paths: Iterable[Path]) -> None:
        """Put files, and those in folders, on the bench."""
        if self._landing:
            self.workspace.refused.emit("An import is under way. Add these files when it is done.")
            return
        paths = list(paths)
        files = transcript_files(paths)
        if not files:
            self.workspace.refused.emit(f"{paths[0].name} holds no transcripts ({', '.join(SUFFIXES)}).")
            return
        self._layout.setCurrentWidget(self.bench)
        self.bench.open(files)

    def import_batch(self) -> None:
        """Land what is on the bench, file after file."""
        if self._landing or not any(entry.lands for entry in self.batch.entries):
            return
        self._landing = True
        self.bench.set_busy(True)
        Landing(self.workspace, self.batch.entries, self._landed).start()

    # --- events ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _paths_of(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.open_files(paths)

    # --- within ---

    def _is_made(self, part: str) -> bool:
        return part in self.__dict__

    def _page(self) -> Any:
        """The pane of the tab that is shown."""
        pane = getattr(self, PAGES[self.tabs.currentIndex()])
        place = self.tabs.currentWidget()
        assert isinstance(place, _Place)
        if pane.parentWidget() is not place:
            place.take(pane)
        return pane

    def _load_page(self) -> None:
        key = PAGES[self.tabs.currentIndex()]
        if key in self._stale and self.workspace.is_open:
            self._stale.discard(key)
            self._page().load()

    def _landed(self, landed: Landed) -> None:
        self._landing = False
        self.bench.set_busy(False)
        if landed.corrections:
            self.review.add(landed.corrections)
        self.report.show_landed(landed)
        self.batch.clear()
        self._layout.setCurrentWidget(self.report)
        self.report.grid.setFocus()

    def _put_away(self) -> None:
        self.batch.clear()
        self._show_tabs()

    def _show_tabs(self) -> None:
        self._layout.setCurrentWidget(self.tabs)
        self._stale = set(PAGES)
        self._load_page()
        self._page().panes()[0].setFocus()

    def _show_review(self) -> None:
        self._layout.setCurrentWidget(self.review)
        self.review.load()
        self.review.grid.setFocus()


class _Place(QWidget):
    """Where a pane of the tabs goes once it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def take(self, pane: QWidget) -> None:
        self._layout.addWidget(pane)
        pane.show()


def _paths_of(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
