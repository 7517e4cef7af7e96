"""The Prepare stage: interviews, participants, waves and anonymity; and the bench on which files are imported."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QTabWidget, QWidget

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

FILTER = f"Transcripts ({' '.join('*' + suffix for suffix in SUFFIXES)});;All files (*)"


class PrepareStage(Stage):
    """Drop files or folders anywhere; what is understood of them is shown before anything is imported."""

    key = "prepare"
    title = "Prepare"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.setAcceptDrops(True)
        self.batch = Batch(workspace)
        self.bench = ImportBench(workspace, self.batch)
        self.report = ImportReport(workspace)
        self.review = ReviewPane(workspace)
        self.interviews = InterviewsPane(workspace)
        self.participants = ParticipantsPane(workspace)
        self.waves = WavesPane(workspace)
        self.anonymity = AnonymityPane(workspace)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Interviews, participants, waves, anonymity")
        self._pages: list[tuple[Any, str]] = [
            (self.interviews, "Interviews"),
            (self.participants, "Participants"),
            (self.waves, "Waves"),
            (self.anonymity, "Anonymity"),
        ]
        for page, name in self._pages:
            self.tabs.addTab(page, name)
        self._stale: set[QWidget] = set()
        self._landing = False
        self._path: object = None
        self._layout = QStackedLayout(self)
        for part in (self.tabs, self.bench, self.report, self.review):
            self._layout.addWidget(part)
        self._connect()

    # --- Stage ---

    def load(self) -> None:
        if self.workspace.project.path != self._path:
            self._path = self.workspace.project.path
            self.batch.clear()
            self.review.forget()
            self._layout.setCurrentWidget(self.tabs)
        self._stale = {page for page, _ in self._pages}
        self._load_page()

    def react(self, change: Change) -> None:
        if self._landing:
            return
        if self._layout.currentWidget() is self.bench:
            self.batch.settle()
        if self._layout.currentWidget() is self.review:
            self.review.react(change)
        current = self.tabs.currentWidget()
        self._stale |= {page for page, _ in self._pages if page is not current}
        if current not in self._stale:
            current.react(change)  # type: ignore[attr-defined]

    def tools(self) -> list[QWidget]:
        return [
            button("Import folder…", self.choose_folder),
            button("Import files…", self.choose_files, "Primary", tip="Import transcripts (Ctrl+Shift+I)"),
        ]

    def panes(self) -> list[QWidget]:
        shown = self._layout.currentWidget()
        if shown is self.bench:
            return [self.bench.files.view, self.bench.understanding.voices.grid, self.bench.source.view]
        if shown is self.report:
            return [self.report.grid]
        if shown is self.review:
            return self.review.panes()
        page = self.tabs.currentWidget()
        inner = page.panes() if hasattr(page, "panes") else [page]
        return [self.tabs.tabBar(), *inner]

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

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _: self._load_page())
        self.bench.import_wanted.connect(self.import_batch)
        self.bench.put_away.connect(self._put_away)
        self.bench.more_wanted.connect(self.choose_files)
        self.report.put_away.connect(self._show_tabs)
        self.report.review_wanted.connect(self._show_review)
        self.review.put_away.connect(self._show_tabs)
        self.interviews.import_wanted.connect(self.choose_files)
        self.interviews.folder_wanted.connect(self.choose_folder)
        self.interviews.review_wanted.connect(self._show_review)

    def _load_page(self) -> None:
        page = self.tabs.currentWidget()
        if page in self._stale and self.workspace.is_open:
            self._stale.discard(page)
            page.load()  # type: ignore[attr-defined]

    def _landed(self, landed: Landed) -> None:
        self._landing = False
        self.bench.set_busy(False)
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
        self._stale = {page for page, _ in self._pages}
        self._load_page()
        self.tabs.currentWidget().setFocus()

    def _show_review(self) -> None:
        self._layout.setCurrentWidget(self.review)
        self.review.load()
        self.review.grid.setFocus()


def _paths_of(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
