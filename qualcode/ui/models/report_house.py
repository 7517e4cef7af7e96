"""The house's own ways with reports: shapes, template and style. Read when first asked for, and the acts on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.core.values import Change
from qualcode.report import shapes
from qualcode.report.shapes import Shape
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.project import Project
    from qualcode.report.template_look import Look


@dataclass(frozen=True, slots=True)
class Dress:
    """The template in use: its file's name (empty for the program's own), the styles it lacks, what it looks like."""

    name: str
    lacking: tuple[str, ...]
    look: Look


class HouseDesk:
    """All of it is kept in the project, so that it goes where the project goes. What opens Word files loads when first
    needed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._of: Project | None = None
        self._dress: Dress | None = None

    @property
    def _project(self) -> Project:
        return self._workspace.project

    # --- shapes ---

    def shapes(self) -> list[Shape]:
        """Those that come with the program and the project's own."""
        return self._workspace.attempt(lambda: shapes.available(shapes.own(self._project))) or shapes.available()

    def is_own(self, key: str) -> bool:
        """Whether a shape is the project's own, which can be removed."""
        return key in shapes.own(self._project)

    def add_shape(self, path: Path) -> Shape | None:
        """Keep a shape from a file; None when it is refused, in a sentence."""
        return self._workspace.attempt(lambda: shapes.add(self._project, path))

    def remove_shape(self, key: str) -> None:
        self._workspace.attempt(lambda: shapes.remove(self._project, key))

    def save_shape(self, key: str, path: Path) -> bool:
        """Write a shape to a file, to make one's own of it."""

        def act() -> bool:
            shapes.write(key, path, shapes.own(self._project))
            return True

        return bool(self._workspace.attempt(act))

    # --- the template ---

    def dress(self) -> Dress:
        """The template that reports are written on."""
        from qualcode.report import template
        from qualcode.report.template_look import look_of

        if self._dress is None or self._of is not self._project:
            self._of = self._project
            own = template.own(self._project)
            opened = self._workspace.attempt(lambda: template.open_template(own)) or template.open_template()
            self._dress = Dress(own.name if own else "", opened.lacking, look_of(opened))
        return self._dress

    def choose_template(self, path: Path) -> bool:
        """Have reports written on this file from now on; False when it is refused, in a sentence."""
        from qualcode.report import template

        return self._workspace.attempt(lambda: template.keep(self._project, path)) is not None

    def usual_template(self) -> None:
        """Have reports written on the template that comes with the program."""
        from qualcode.report import template

        self._workspace.attempt(lambda: template.let_go(self._project))

    def follow(self, change: Change) -> None:
        """Hear of a change."""
        if change.touches("setting"):
            self._dress = None
