"""What the tests of the Report stage share: a project to report on, the stage shown, and finding things by words."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import FindingId, SegmentId, ThemeId
from qualcode.ui.stages.report import ReportStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words
from tests.ui.showing import on_screen

SAID = ("We waited for months, I mean ages, before a letter came.", "Nobody rang us back.", "It was quick for me.")
Part = TypeVar("Part", bound=QWidget)


def waiting(project: Project) -> tuple[ThemeId, FindingId]:
    """A theme on waiting that three people raised, and a finding carried by the first two."""
    with project.step("Begin"):
        theme, code = project.themes.add("Waiting"), project.codebook.add("Waiting")
        project.themes.gather([code], theme)
        finding = project.findings.add(theme, "Some people **waited for months**.")
        for number, words in enumerate(SAID):
            _, transcript = an_interview(project, f"P0{number + 1}", words)
            segment = code_words(project, transcript, words, code)
            if number < 2:
                project.findings.attach(finding, [segment])
    return theme, finding


def segment(project: Project, words: str) -> SegmentId:
    return next(s.id for s in project.coding.all() if s.quote == words)


def a_stage(qtbot: QtBot, workspace: Workspace, width: int = 1200, height: int = 800) -> ReportStage:
    return on_screen(qtbot, workspace, ReportStage(workspace), width, height)


def named(within: QWidget, kind: type[Part], name: str) -> Part:
    """The visible control with this accessible name or these words."""
    QApplication.processEvents()
    for found in within.findChildren(kind):
        words = found.text() if isinstance(found, QAbstractButton) else ""
        if found.isVisible() and name in (words, found.accessibleName()):
            return found
    raise AssertionError(f"There is no visible “{name}”.")
