"""The window: header with menus, rail of stages, the stage shown, and the line at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMessageBox,
    QWidget,
)

from qualcode import __version__
from qualcode.settings import Preferences
from qualcode.ui.field_keys import FieldKeys
from qualcode.ui.hints import printed
from qualcode.ui.looks import Looks
from qualcode.ui.menu_key import MenuKey
from qualcode.ui.opening import Opening
from qualcode.ui.stage_pages import STAGES, StagePages
from qualcode.ui.widgets.basics import column, row
from qualcode.ui.widgets.footer import Footer
from qualcode.ui.widgets.header import Header
from qualcode.ui.widgets.mask_switch import MaskSwitch
from qualcode.ui.widgets.notice import Notice
from qualcode.ui.widgets.rail import Rail
from qualcode.ui.widgets.start_page import StartPage
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.summary import Summary
    from qualcode.core.values import Change, InterviewId, Span, TranscriptId
    from qualcode.ui.stages.stage import Stage
    from qualcode.ui.widgets.held_back import HeldBack

PANE_STEP = 40
"""Pixels at 100 % by which a pane is widened or narrowed at a time."""


class MainWindow(QMainWindow):
    """One window, one project. Stages are made when first shown, so that starting stays quick."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.workspace = Workspace(preferences, self)
        self.opening = Opening(self.workspace, self)
        self.looks = Looks(preferences, self)
        self.setWindowTitle("QualCode")
        self.start_page = StartPage(preferences)
        self.rail = Rail(STAGES)
        self.pages = StagePages(self.start_page, self.workspace)
        self.footer = Footer(self.workspace.mask.words)
        self.header = Header(self, self.workspace.keys, MaskSwitch(self.workspace.mask), self._act)
        self.setMenuWidget(self.header)
        FieldKeys(self, self.header.entries)
        MenuKey(self)
        self._make_body()
        self._progress_timer = QTimer(self, interval=150, singleShot=True)
        self._progress_timer.timeout.connect(lambda: self._show_progress() if self.workspace.is_open else None)
        self._connect()
        self._show_keys()
        self._restore_geometry()
        self._show_no_project()

    # --- projects ---

    def new_project(self) -> None:
        self.opening.new_project()

    def create_project(self, path: Path) -> None:
        self.opening.create_project(path)

    def open_project(self, path: Path) -> None:
        self.opening.open_project(path)

    def close_project(self) -> None:
        self.opening.close_project()

    # --- what the menus name ---

    def undo(self) -> None:
        self.workspace.undo()

    def redo(self) -> None:
        self.workspace.redo()

    def import_transcripts(self) -> None:
        self.show_stage("prepare")
        self.pages.stages["prepare"].choose_files()  # type: ignore[attr-defined]

    def export_report(self) -> None:
        self.show_stage("report")
        self.pages.stages["report"].export_word()  # type: ignore[attr-defined]

    def export_matrix(self) -> None:
        self.show_stage("compare")
        self.pages.stages["compare"].export_matrix()  # type: ignore[attr-defined]

    def switch_mask(self) -> None:
        """Show the words of people anonymised everywhere, or as they were said."""
        self.workspace.mask.switch()

    def next_pane(self) -> None:
        """Move the focus to the next pane of the stage."""
        self.pages.step_pane(1, [self.rail, self.notice])

    def previous_pane(self) -> None:
        self.pages.step_pane(-1, [self.rail, self.notice])

    def fold_left(self) -> None:
        """Fold the pane at the left away, or bring it back."""
        for panes in self.pages.panes:
            panes.fold_side(left=True)

    def fold_right(self) -> None:
        for panes in self.pages.panes:
            panes.fold_side(left=False)

    def widen_pane(self) -> None:
        for panes in self.pages.panes:
            panes.widen(PANE_STEP)

    def narrow_pane(self) -> None:
        for panes in self.pages.panes:
            panes.widen(-PANE_STEP)

    def go_prepare(self) -> None:
        self.show_stage("prepare")

    def go_familiarise(self) -> None:
        self.show_stage("familiarise")

    def go_code(self) -> None:
        self.show_stage("code")

    def go_themes(self) -> None:
        self.show_stage("themes")

    def go_compare(self) -> None:
        self.show_stage("compare")

    def go_report(self) -> None:
        self.show_stage("report")

    def show_shortcuts(self) -> None:
        from qualcode.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self.workspace.keys, self.preferences, self).open()

    def show_about(self) -> None:
        QMessageBox.about(
            self,
            "About QualCode",
            f"QualCode {__version__}\n\nFrom interview transcripts to a finished, anonymised insight report. "
            "Everything stays on this computer.\n\nMIT licence.",
        )

    # --- stages ---

    def show_stage(self, key: str) -> Stage | None:
        """Show a stage, with the focus where it was last in it, or where its work is done. None without a project."""
        stage = self._turn_to(key)
        if stage is not None:
            self.pages.enter()
        return stage

    @property
    def current_stage(self) -> Stage | None:
        return self.pages.current

    # --- events ---

    def closeEvent(self, event: QCloseEvent) -> None:
        self.preferences.panels["window"] = bytes(self.saveGeometry().toBase64().data()).decode()
        self.preferences.save()
        self.workspace.take(None)
        super().closeEvent(event)

    # --- within ---

    def _act(self, name: str) -> Callable[[], object]:
        """What a menu's act does: the window's, of the File menu the opening's, of the View menu the looks'."""
        doer = next(doer for doer in (self, self.opening, self.looks) if hasattr(doer, name))
        found: Callable[[], object] = getattr(doer, name)
        return found

    def _turn_to(self, key: str) -> Stage | None:
        """Show a stage and leave the focus where it is."""
        if not self.workspace.is_open:
            return None
        self.rail.show_stage(key)
        stage = self.pages.show_stage(key)
        self.header.show_tools(stage.tools())
        return stage

    def _choose_stage(self, key: str) -> None:
        """Show the stage chosen in the rail. Who goes through the rail by keys goes on there."""
        if self.rail.isAncestorOf(QApplication.focusWidget() or self):
            self._turn_to(key)
        else:
            self.show_stage(key)

    def _show_keys(self) -> None:
        self.rail.show_keys({key: printed.of(f"go_{key}") for key in STAGES})
        self.footer.undo_keys = printed.of("undo")

    def _make_body(self) -> None:
        work = QWidget()
        self._work = column(self.pages, gap=0)
        work.setLayout(self._work)
        self.notice = Notice(work)
        middle = row(self.rail, work, gap=0)
        body = QWidget()
        layout = column(gap=0)
        layout.addLayout(middle, 1)
        layout.addWidget(self.footer)
        body.setLayout(layout)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self.start_page.new_wanted.connect(self.opening.new_project)
        self.start_page.open_wanted.connect(self.opening.choose_project)
        self.start_page.sample_wanted.connect(self.opening.open_sample)
        self.start_page.recent_wanted.connect(lambda path: self.open_project(Path(path)))
        self.rail.chosen.connect(self._choose_stage)
        self.opening.entered.connect(self._show_project)
        self.opening.left.connect(self._show_no_project)
        self.looks.scaled.connect(lambda percent: self.footer.say(f"Text at {percent} %"))
        self.workspace.keys.changed.connect(self._show_keys)
        self.footer.undo_wanted.connect(self.undo)
        self.footer.stop_wanted.connect(self.workspace.operations.stop)
        self.workspace.changed.connect(self._follow)
        self.workspace.mask.changed.connect(self._show_otherwise)
        self.workspace.said.connect(self._say)
        self.workspace.refused.connect(lambda told: self.notice.show_sentence(self.workspace.mask.words(told)))
        self.workspace.clipboard.held_back.connect(
            lambda blocked, again: self.held_back.ask(blocked, again, "Copy all the same")
        )
        self.workspace.anonymity_asked.connect(self._show_anonymity)
        self.workspace.stage_asked.connect(self.show_stage)
        self.workspace.place_asked.connect(self._show_place)
        self.workspace.reading_asked.connect(self._show_reading)
        self.workspace.finding_asked.connect(self._show_finding)
        operations = self.workspace.operations
        operations.began.connect(self.footer.show_work)
        operations.progressed.connect(self.footer.show_work)
        operations.ended.connect(lambda _: self.footer.show_work(None))

    def _show_project(self) -> None:
        project = self.workspace.project
        self.preferences.opened(project.path)
        self.notice.hide()
        if not self.pages.stages:
            self._furnish()
        self.held_back.hide()
        self.pages.forget()
        self.rail.show()
        self.footer.show_project(True)
        self.header.enable(is_open=True)
        self._show_title()
        summary = self._show_progress()
        self.show_stage(project.stage if summary.interviews else "prepare")

    def _furnish(self) -> None:
        """Bring in what only an open project needs; the start does not wait for it."""
        from qualcode.ui.list_keys import ListKeys

        ListKeys(self, self.workspace.keys, self.preferences)

    @cached_property
    def held_back(self) -> HeldBack:
        """What was kept from being copied, and what can be done about it."""
        from qualcode.ui.widgets.held_back import HeldBack

        found = HeldBack()
        found.decision_wanted.connect(self._show_anonymity)
        self._work.insertWidget(0, found)
        return found

    def _show_no_project(self) -> None:
        self.start_page.refresh()
        self.pages.show_first()
        self.rail.hide()
        self.footer.show_project(False)
        self.header.show_title("")
        self.header.enable(is_open=False)
        self.header.show_tools([])
        self.setWindowTitle("QualCode")

    def _follow(self, change: Change) -> None:
        self.notice.hide()
        self.pages.react(change)
        if change.verb == "did":
            self.footer.say(change.label)
        self.footer.show_undo(self.workspace.project.undo_label)
        if change.touches("project"):
            self._show_title()
        self._progress_timer.start()

    def _show_otherwise(self) -> None:
        """What is on the screen is to be read otherwise; the other stages catch up when they are shown."""
        if not self.workspace.is_open:
            return
        self._show_title()
        self.notice.hide()
        self.footer.say_again()
        self.pages.show_otherwise()

    def _show_title(self) -> None:
        name = self.workspace.mask.words(self.workspace.project.name)
        self.header.show_title(name)
        self.setWindowTitle(f"{name} – QualCode")

    def _say(self, message: str) -> None:
        self.footer.say(message)
        self.footer.show_undo(self.workspace.project.undo_label if self.workspace.is_open else None)

    def _show_progress(self) -> Summary:
        s = self.workspace.project.summary()
        self.rail.show_progress(
            {
                "prepare": f"{s.interviews} in" if s.interviews else "",
                "familiarise": f"{s.read} of {s.interviews} read" if s.interviews else "",
                "code": f"{s.segments:,}" if s.segments else "",
                "themes": str(s.themes) if s.themes else "",
                "compare": f"{s.waves} waves" if s.waves > 1 else "",
                "report": f"{s.unquoted} to quote" if s.unquoted else (f"{s.findings} findings" if s.findings else ""),
            }
        )
        counts = ((s.interviews, "interview"), (s.codes, "code"), (s.segments, "segment"), (s.participants, "person"))
        self.footer.show_counts(" · ".join(_number(n, noun) for n, noun in counts if n))
        return s

    def _show_place(self, transcript_id: TranscriptId, span: Span | None) -> None:
        self.show_stage("code")
        self.pages.stages["code"].show_place(transcript_id, span)  # type: ignore[attr-defined]

    def _show_anonymity(self) -> None:
        self.show_stage("prepare")
        self.pages.stages["prepare"].show_page("anonymity")  # type: ignore[attr-defined]

    def _show_reading(self, interview_id: InterviewId) -> None:
        self.show_stage("familiarise")
        self.pages.stages["familiarise"].open_interview(interview_id)  # type: ignore[attr-defined]

    def _show_finding(self, finding_id: str) -> None:
        self.show_stage("report")
        self.pages.stages["report"].show_finding(finding_id)  # type: ignore[attr-defined]

    def _restore_geometry(self) -> None:
        kept = self.preferences.panels.get("window", "")
        if not kept or not self.restoreGeometry(QByteArray.fromBase64(kept.encode())):
            self.resize(1280, 800)


def _number(count: int, noun: str) -> str:
    plural = {"person": "people"}.get(noun, noun + "s")
    return f"{count:,} {noun if count == 1 else plural}"
