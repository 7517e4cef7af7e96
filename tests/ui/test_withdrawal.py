"""Prepare > Participants: somebody withdraws."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import ParticipantId
from qualcode.ui.widgets.prepare_participants import ParticipantsPane
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words
from tests.ui.showing import on_screen

WORDS = "We waited for months before anybody came."
OTHER = "They rang back within a week."


@pytest.fixture
def people(project: Project) -> list[ParticipantId]:
    theme, code = project.themes.add("Waiting"), project.codebook.add("Waiting")
    project.themes.gather([code], theme)
    finding = project.findings.add(theme, "Two people **waited**.")
    ids = []
    for pseudonym, words in (("P01", WORDS), ("P02", OTHER)):
        person, transcript = an_interview(project, pseudonym, words)
        project.findings.quote(finding, code_words(project, transcript, words, code))
        ids.append(person)
    return ids


@pytest.fixture
def pane(qtbot: QtBot, workspace: Workspace, people: list[ParticipantId]) -> ParticipantsPane:
    return on_screen(qtbot, workspace, ParticipantsPane(workspace), 1000, 700)


def offered(pane: ParticipantsPane) -> dict[str, object]:
    menu = QMenu()
    pane._offer_withdrawal(menu, pane._chosen())
    return {action.text(): action for action in menu.actions()}


def press(pane: ParticipantsPane, words: str) -> None:
    found = next(b for b in pane.withdrawal.findChildren(QPushButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


class DescribeAWithdrawal:
    def it_is_told_with_all_it_touches_before_anything_is_done(
        self, pane: ParticipantsPane, project: Project, people: list[ParticipantId]
    ) -> None:
        before = project.undo_label
        pane.withdrawal.ask(people[0])
        told = pane.withdrawal.told.text()
        assert "1 segment of theirs count no more." in told
        assert "1 quote leaves the report: Q-0001." in told
        assert "1 finding is carried by other numbers: “waited” 2 of 2 → 1 of 1." in told
        assert project.undo_label == before

    def it_is_done_in_one_step_and_seen_in_the_grid(
        self, pane: ParticipantsPane, project: Project, people: list[ParticipantId]
    ) -> None:
        pane.withdrawal.ask(people[0])
        press(pane, "Withdraw")
        assert project.people.all()[0].withdrawn_on is not None
        assert "Withdrawn" in [str(column.heading) for column in pane.model.columns]
        assert not pane.withdrawal.isVisible()
        project.undo()
        assert project.people.all()[0].withdrawn_on is None
        assert "Withdrawn" not in [str(column.heading) for column in pane.model.columns]

    def it_erases_for_good_only_when_that_is_ticked(
        self, pane: ParticipantsPane, project: Project, people: list[ParticipantId]
    ) -> None:
        pane.withdrawal.ask(people[0])
        pane.withdrawal.for_good.setChecked(True)
        press(pane, "Erase for good")
        assert [p.pseudonym for p in project.people.all()] == ["P02"]
        assert project.undo_label is None
        assert WORDS.encode() not in project.path.read_bytes()

    def it_is_left_by_escape(self, pane: ParticipantsPane, project: Project, people: list[ParticipantId]) -> None:
        pane.withdrawal.ask(people[0])
        QTest.keyClick(pane.withdrawal, Qt.Key.Key_Escape)
        assert not pane.withdrawal.isVisible()
        assert project.people.all()[0].withdrawn_on is None

    def it_is_in_the_menu_and_can_be_taken_back(
        self, pane: ParticipantsPane, project: Project, people: list[ParticipantId]
    ) -> None:
        pane.grid.choose(people[0])
        assert list(offered(pane)) == ["Withdraw…"]
        project.people.withdraw([people[0]])
        pane.grid.choose(people[0])
        assert list(offered(pane)) == ["Take withdrawal back", "Erase for good…"]
