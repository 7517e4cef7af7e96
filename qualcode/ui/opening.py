"""How a project is chosen, made and opened: the acts of the File menu that end with another project in the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project

FILTER = "QualCode projects (*.qualcode)"
MUCH = 32_000_000
"""Bytes of a project file, some 150 interviews: to check them before it is opened takes a twentieth of a second."""


class Opening(QObject):
    """Says ``left`` when no project is open any more, and ``entered`` when another one is."""

    left = Signal()
    entered = Signal()

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._window = workspace, window

    def new_project(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self._window, "New project", "", FILTER)
        if path:
            target = _project_file(path)
            if self._makes_room(target):
                self.create_project(target)

    def create_project(self, path: Path) -> None:
        from qualcode.core.project import Project

        self._enter(lambda: Project.create(path, coder=self._workspace.preferences.coder))

    def choose_project(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self._window, "Open project", "", FILTER)
        if path:
            self.open_project(Path(path))

    def open_project(self, path: Path) -> None:
        """Open a project, a large one after its file was checked on a worker."""
        from qualcode.core import store
        from qualcode.core.project import Project

        workspace = self._workspace
        coder, operations = workspace.preferences.coder, workspace.operations

        def take(*, checked: bool) -> None:
            self._enter(lambda: Project.open(path, coder=coder, checked=checked))

        if self._is_open(path):
            return
        if path.is_file() and path.stat().st_size > MUCH and operations.idle:
            operations.start(f"Opening {path.name}", lambda _: store.check(path), then=lambda _: take(checked=True))
        else:
            take(checked=False)

    def open_sample(self) -> None:
        """Make the sample project in a folder of the user's choice and open it."""
        folder = QFileDialog.getExistingDirectory(self._window, "Where shall the sample project be made?")
        if folder:
            self.make_sample(Path(folder))

    def make_sample(self, folder: Path) -> None:
        """Make the sample project in a folder, or open the one that is there."""
        from qualcode.sample import make_sample_project

        target = folder / "sample.qualcode"
        if target.exists():
            self.open_project(target)
            return
        self._workspace.operations.start(
            "Making the sample project",
            lambda task: make_sample_project(target, task.progress, task.cancelled),
            then=lambda _: self.open_project(target),
        )

    def save_copy(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", "", FILTER)
        if path:
            self._workspace.attempt(lambda: self._save_copy(_project_file(path)))

    def close_project(self) -> None:
        self._workspace.take(None)
        self.left.emit()

    # --- within ---

    def _enter(self, open_: Callable[[], Project]) -> None:
        if self._workspace.is_open:
            self._workspace.take(None)
        project = self._workspace.attempt(open_)
        if project is None:
            self.left.emit()
            return
        self._workspace.take(project)
        self.entered.emit()

    def _is_open(self, path: Path) -> bool:
        return self._workspace.is_open and self._workspace.project.path.resolve() == path.resolve()

    def _makes_room(self, target: Path) -> bool:
        """Move a file that shall give way to the bin, from where it can come back; the open project never gives way."""
        if target.exists() and (self._is_open(target) or not QFile(str(target)).moveToTrash()):
            self._workspace.refused.emit(f"{target.name} is there already. Choose another name for the new project.")
        return not target.exists()

    def _save_copy(self, target: Path) -> None:
        self._workspace.project.save_copy(target)
        self._workspace.said.emit(f"A copy was saved as {target.name}")


def _project_file(chosen: str) -> Path:
    return Path(chosen if chosen.endswith(".qualcode") else f"{chosen}.qualcode")
