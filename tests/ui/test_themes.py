"""The Themes stage: codes gathered, themes named, ordered, nested and merged, by drag and by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.core.project import Project
from qualcode.core.values import CodeId, ThemeId
from qualcode.ui.models.framework import MIME_THEME, CodeCard, ThemeCard, mime_of_codes
from qualcode.ui.stages.themes import ThemesStage
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import an_interview, code_words
from tests.ui.showing import on_screen

ANSWERS = ("We waited for months.", "The staff were kind.", "The bus cost a lot.")


@pytest.fixture
def study(project: Project) -> Project:
    """Access with Cost below it, and Trust; three codes in them, two loose, of which one nobody uses."""
    access, trust = project.themes.add("Access", message="It took long."), project.themes.add("Trust")
    cost = project.themes.add("Cost", parent_id=access)
    codes = {
        name: project.codebook.add(name, theme_id=theme)
        for name, theme in (
            ("Waiting", access),
            ("Distance", access),
            ("Fares", cost),
            ("Kindness", None),
            ("Never used", None),
        )
    }
    project.themes.gather([codes["Distance"]], access)
    for name, coded in (
        ("P01", {"waited for months": "Waiting", "bus cost": "Fares", "The bus": "Distance"}),
        ("P02", {"waited for months": "Waiting", "staff were kind": "Kindness"}),
    ):
        _, transcript_id = an_interview(project, name, *ANSWERS)
        for words, code in coded.items():
            code_words(project, transcript_id, words, codes[code])
    project.findings.add(trust, "Nobody spoke of **trust**.")
    return project


@pytest.fixture
def make_stage(qtbot: QtBot, workspace: Workspace) -> Callable[[], ThemesStage]:
    def make() -> ThemesStage:
        found = on_screen(qtbot, workspace, ThemesStage(workspace))
        found.activateWindow()
        return found

    return make


@pytest.fixture
def stage(make_stage: Callable[[], ThemesStage], study: Project) -> ThemesStage:
    return make_stage()


def code(project: Project, name: str) -> CodeId:
    return next(c.id for c in project.codebook.all() if c.name == name)


def theme(project: Project, name: str) -> ThemeId:
    return next(t.id for t in project.themes.all() if t.name == name)


def framework(project: Project) -> dict[str, list[str]]:
    """The themes in reading order, each with its codes; a sub-theme stands after a dash for each level."""
    names = {c.id: c.name for c in project.codebook.all()}
    depth: dict[ThemeId | None, int] = {None: -1}
    found = {}
    for row in project.themes.all():
        depth[row.id] = depth[row.parent_id] + 1
        found["-" * depth[row.id] + row.name] = [names[c] for c in row.code_ids]
    return found


def board(stage: ThemesStage) -> list[str]:
    """What the board says aloud, from top to bottom."""
    model = stage.board.framework

    def said(parent: QModelIndex) -> list[str]:
        found = []
        for number in range(model.rowCount(parent)):
            index = model.index(number, 0, parent)
            found += [str(index.data(Qt.ItemDataRole.AccessibleTextRole)), *said(index)]
        return found

    return said(QModelIndex())


def loose(stage: ThemesStage) -> list[str]:
    return [card.name for card in stage.loose.model.cards]


def choose(stage: ThemesStage, key: str) -> None:
    stage.board.reveal(key)
    stage.board.setFocus()


def texts(widget: QWidget) -> list[str]:
    return [found.text() for found in widget.findChildren(QLabel) if found.isVisible()]


def press(widget: QWidget, words: str) -> None:
    found = next(b for b in widget.findChildren(QPushButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def answer(stage: ThemesStage, typed: str, *, anew: bool = False) -> None:
    """Type into the popup and press Return (with Shift to make a new one)."""
    assert stage.chooser.isVisible()
    QTest.keyClicks(stage.chooser.field, typed)
    modifier = Qt.KeyboardModifier.ShiftModifier if anew else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(stage.chooser.field, Qt.Key.Key_Return, modifier)


class DescribeTheBoard:
    def it_shows_the_framework_in_reading_order_with_people_first(self, stage: ThemesStage) -> None:
        assert board(stage) == [
            "Theme Access, 2 people · 4 segments",
            "Code Waiting, 2 people · 2 segments",
            "Code Distance, 1 person · 1 segment",
            "Sub-theme Cost, 1 person · 1 segment, rests on one person",
            "Code Fares, 1 person · 1 segment",
            "Theme Trust, 0 people · 0 segments · 1 finding, no codes yet",
        ]
        assert loose(stage) == ["Kindness", "Never used"]

    def it_points_out_what_is_worth_a_look_and_leads_there(self, stage: ThemesStage) -> None:
        press(stage.loose, "1 theme rests on one person")
        assert [c.row.name for c in stage.board.selection()] == ["Cost"]
        press(stage.loose, "1 code that nobody uses")
        assert [c.name for c in stage.loose.selection()] == ["Never used"]
        assert stage.board.selection() == []

    def it_finds_loose_codes_by_some_letters(self, stage: ThemesStage) -> None:
        QTest.keyClicks(stage.loose.filter, "kind")
        assert loose(stage) == ["Kindness"]
        QTest.keyClicks(stage.loose.filter, "x")
        assert "No code without a theme has “kindx” in its name." in texts(stage.loose)

    def it_says_what_to_do_while_there_are_no_codes(
        self, make_stage: Callable[[], ThemesStage], workspace: Workspace, qtbot: QtBot
    ) -> None:
        stage = make_stage()
        with qtbot.waitSignal(workspace.stage_asked) as asked:
            press(stage, "Open Code")
        assert asked.args == ["code"]

    def it_offers_the_first_theme_while_there_is_none(
        self, make_stage: Callable[[], ThemesStage], project: Project
    ) -> None:
        project.codebook.add("Waiting")
        stage = make_stage()
        press(stage.middle, "New theme")
        assert framework(project) == {"New theme": []}

    def it_keeps_what_is_folded_and_chosen_over_a_change(self, stage: ThemesStage, study: Project) -> None:
        access = theme(study, "Access")
        choose(stage, access)
        QTest.keyClick(stage.board, Qt.Key.Key_Space)
        assert not stage.board.isExpanded(stage.board.framework.find(access))
        study.codebook.add("Another")
        assert not stage.board.isExpanded(stage.board.framework.find(access))
        assert [c.row.name for c in stage.board.selection()] == ["Access"]


class DescribeSubCodes:
    @pytest.fixture
    def nested(self, study: Project) -> Project:
        """Letters under Waiting, and Envelopes under Letters."""
        letters = study.codebook.add("Letters", parent_id=code(study, "Waiting"))
        study.codebook.add("Envelopes", parent_id=letters)
        return study

    def it_shows_them_below_their_code_set_in(self, nested: Project, make_stage: Callable[[], ThemesStage]) -> None:
        stage = make_stage()
        cards = [node.held for node in stage.board.framework.root.below() if isinstance(node.held, CodeCard)]
        assert [(card.name, card.depth) for card in cards] == [
            ("Waiting", 0),
            ("Letters", 1),
            ("Envelopes", 2),
            ("Distance", 0),
            ("Fares", 0),
        ]
        assert "Code Waiting › Letters › Envelopes, nobody uses it" in board(stage)

    def it_moves_one_to_another_theme_with_what_lies_below_it(
        self, nested: Project, make_stage: Callable[[], ThemesStage]
    ) -> None:
        stage = make_stage()
        choose(stage, code(nested, "Letters"))
        stage.ask_theme()
        answer(stage, "tru")
        assert framework(nested)["Trust"] == ["Letters", "Envelopes"]
        assert framework(nested)["Access"] == ["Waiting", "Distance"]
        nested.undo()
        assert framework(nested)["Trust"] == []

    def it_nests_and_lifts_codes_by_key(self, nested: Project, make_stage: Callable[[], ThemesStage]) -> None:
        stage = make_stage()
        choose(stage, code(nested, "Distance"))
        QTest.keyClick(stage.board, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        assert "Code Waiting › Distance, 1 person · 1 segment" in board(stage)
        QTest.keyClick(stage.board, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert "Code Distance, 1 person · 1 segment" in board(stage)

    def it_stands_beside_the_card_it_is_dropped_on(
        self, nested: Project, make_stage: Callable[[], ThemesStage]
    ) -> None:
        stage = make_stage()
        stage.board.framework.codes_dropped.emit(
            [code(nested, "Kindness")], theme(nested, "Access"), code(nested, "Letters")
        )
        assert "Code Waiting › Kindness, 1 person · 1 segment" in board(stage)

    def it_finds_a_loose_one_by_the_code_above_it(self, nested: Project, make_stage: Callable[[], ThemesStage]) -> None:
        nested.codebook.add("Smiles", parent_id=code(nested, "Kindness"))
        stage = make_stage()
        assert loose(stage) == ["Kindness", "Smiles", "Never used"]
        QTest.keyClicks(stage.loose.filter, "smi")
        assert loose(stage) == ["Kindness › Smiles"]


class DescribeDraggingOnTheBoard:
    def over(self, stage: ThemesStage, data: QMimeData, at: QPoint) -> str:
        """What is said while this is dragged there; then it is let go."""
        acts, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        port = stage.board.viewport()
        for event in (QDragEnterEvent(at, acts, data, left, none), QDragMoveEvent(at, acts, data, left, none)):
            QApplication.sendEvent(port, event)
        said = stage.board.drop_says
        QApplication.sendEvent(port, QDropEvent(QPointF(at), acts, data, left, none))
        assert stage.board.drop_says == ""
        return said

    def middle(self, stage: ThemesStage, key: str) -> QPoint:
        return stage.board.visualRect(stage.board.framework.find(key)).center()

    def it_says_what_a_drop_of_codes_does_and_chooses_them_where_they_are(
        self, stage: ThemesStage, study: Project
    ) -> None:
        kind = next(card for card in stage.loose.model.cards if card.name == "Kindness")
        data = mime_of_codes([kind])
        assert self.over(stage, data, self.middle(stage, code(study, "Distance"))) == "Before “Distance”"
        assert framework(study)["Access"] == ["Waiting", "Kindness", "Distance"]
        assert [card.row.name for card in stage.board.selection()] == ["Kindness"]
        assert self.over(stage, data, self.middle(stage, theme(study, "Trust"))) == "To “Trust”"
        assert framework(study)["Trust"] == ["Kindness"]
        below = QPoint(60, stage.board.viewport().height() - 5)
        assert self.over(stage, data, below) == "A new theme of these codes"
        assert framework(study)["New theme"] == ["Kindness"]

    def it_says_where_a_theme_goes(self, stage: ThemesStage, study: Project) -> None:
        data = QMimeData()
        data.setData(MIME_THEME, theme(study, "Trust").encode())
        place = stage.board.visualRect(stage.board.framework.find(theme(study, "Access")))
        assert self.over(stage, data, QPoint(place.center().x(), place.top() + 2)) == "Before “Access”"
        assert list(framework(study)) == ["Trust", "Access", "-Cost"]
        assert self.over(stage, data, self.middle(stage, theme(study, "Cost"))) == "Under “Cost”"
        assert list(framework(study)) == ["Access", "-Cost", "--Trust"]


class DescribeMergingCodes:
    def it_says_first_what_it_does_and_is_one_step(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, code(study, "Distance"))
        stage.ask_merge()
        answer(stage, "Wait")
        assert stage.confirm.accessibleName() == (
            "Merge “Distance” into “Waiting”? 1 segment will move there. “Waiting” will have 3 segments of 2 people. "
            "“Distance” goes, with its definition."
        )
        press(stage.confirm, "Merge codes")
        assert framework(study)["Access"] == ["Waiting"]
        assert [card.row.name for card in stage.board.selection()] == ["Waiting"]
        study.undo()
        assert framework(study)["Access"] == ["Waiting", "Distance"]

    def it_merges_several_loose_ones(self, stage: ThemesStage, study: Project) -> None:
        stage.loose.choose([code(study, "Kindness"), code(study, "Never used")])
        press(stage.panel_, "Merge into…")
        answer(stage, "Kind")
        press(stage.confirm, "Merge codes")
        assert loose(stage) == ["Kindness"]
        assert study.undo_label == "Merge “Never used” into “Kindness”"

    def it_asks_for_something_to_be_chosen(self, stage: ThemesStage, workspace: Workspace, qtbot: QtBot) -> None:
        stage.board.clearSelection()
        with qtbot.waitSignal(workspace.refused) as told:
            stage.ask_merge()
        assert told.args == ["Choose a theme, or one or more codes, first."]


class DescribeGatheringByKey:
    def it_moves_codes_to_a_theme_by_a_few_letters_in_one_step(self, stage: ThemesStage, study: Project) -> None:
        stage.loose.choose([code(study, "Kindness"), code(study, "Never used")])
        stage.loose.list.setFocus()
        QTest.keyClick(stage.loose.list, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        answer(stage, "tru")
        assert framework(study)["Trust"] == ["Kindness", "Never used"]
        assert study.undo_label == "Move 2 codes to “Trust”"
        study.undo()
        assert (framework(study)["Trust"], loose(stage)) == ([], ["Kindness", "Never used"])

    def it_makes_a_new_theme_of_the_name_typed(self, stage: ThemesStage, study: Project) -> None:
        stage.loose.choose([code(study, "Kindness")])
        stage.ask_theme()
        answer(stage, "Warmth", anew=True)
        assert framework(study)["Warmth"] == ["Kindness"]
        study.undo()
        assert "Warmth" not in framework(study)

    def it_takes_codes_out_of_their_theme_with_delete(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, code(study, "Fares"))
        QTest.keyClick(stage.board, Qt.Key.Key_Delete)
        assert framework(study)["-Cost"] == []
        assert loose(stage) == ["Kindness", "Never used", "Fares"]
        assert [c.name for c in stage.loose.selection()] == ["Fares"]

    def it_says_so_when_nothing_is_chosen(self, stage: ThemesStage, workspace: Workspace, qtbot: QtBot) -> None:
        with qtbot.waitSignal(workspace.refused) as told:
            stage.ask_theme()
        assert told.args == ["Choose one or more codes first."]

    def it_moves_a_code_among_its_neighbours_with_alt_and_an_arrow(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, code(study, "Distance"))
        QTest.keyClick(stage.board, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert framework(study)["Access"] == ["Distance", "Waiting"]
        assert [c.row.name for c in stage.board.selection()] == ["Distance"]


class DescribeGatheringByDrag:
    def drag(self, stage: ThemesStage, name: str, study: Project) -> QMimeData:
        board, loose = stage.board.framework, stage.loose.model
        found = board.find(code(study, name))
        if found.isValid():
            return board.mimeData([found])
        return loose.mimeData([loose.index([card.name for card in loose.cards].index(name))])

    def it_drops_a_code_on_a_theme(self, stage: ThemesStage, study: Project) -> None:
        model = stage.board.framework
        data = self.drag(stage, "Kindness", study)
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.find(theme(study, "Trust")))
        assert framework(study)["Trust"] == ["Kindness"]

    def it_drops_a_code_before_another(self, stage: ThemesStage, study: Project) -> None:
        model = stage.board.framework
        data = self.drag(stage, "Kindness", study)
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.find(code(study, "Distance")))
        assert framework(study)["Access"] == ["Waiting", "Kindness", "Distance"]

    def it_makes_a_theme_of_a_code_dropped_on_empty_space(self, stage: ThemesStage, study: Project) -> None:
        data = self.drag(stage, "Kindness", study)
        stage.board.framework.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
        assert framework(study)["New theme"] == ["Kindness"]

    def it_takes_a_code_out_of_its_theme_at_the_side(self, stage: ThemesStage, study: Project) -> None:
        data = self.drag(stage, "Fares", study)
        stage.loose.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
        assert "Fares" in loose(stage)

    def it_moves_a_theme_before_another_or_under_it(self, stage: ThemesStage, study: Project) -> None:
        model = stage.board.framework
        data = model.mimeData([model.find(theme(study, "Trust"))])
        assert data.hasFormat(MIME_THEME)
        model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
        assert list(framework(study)) == ["Trust", "Access", "-Cost"]
        model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, model.find(theme(study, "Access")))
        assert list(framework(study)) == ["Access", "-Cost", "-Trust"]


class DescribeThemes:
    def it_makes_a_theme_and_lets_its_name_be_typed(self, stage: ThemesStage, study: Project, qtbot: QtBot) -> None:
        stage.new_theme()
        editor = stage.board.viewport().findChild(QLineEdit)
        assert editor is not None
        qtbot.waitUntil(editor.isVisible)
        editor.selectAll()
        QTest.keyClicks(editor, "Dignity")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "Dignity" in framework(study))

    def it_refuses_a_taken_name_and_shows_the_old_one(
        self, stage: ThemesStage, study: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        choose(stage, theme(study, "Trust"))
        field = stage.panel_.theme.name
        field.setText("access")
        with qtbot.waitSignal(workspace.refused) as told:
            QTest.keyClick(field, Qt.Key.Key_Return)
        assert told.args == ["There is a theme “access” already."]
        assert (field.text(), "Trust" in framework(study)) == ("Trust", True)

    def it_orders_nests_and_moves_out_with_alt_and_the_arrows(self, stage: ThemesStage, study: Project) -> None:
        alt = Qt.KeyboardModifier.AltModifier
        choose(stage, theme(study, "Trust"))
        QTest.keyClick(stage.board, Qt.Key.Key_Up, alt)
        assert list(framework(study)) == ["Trust", "Access", "-Cost"]
        QTest.keyClick(stage.board, Qt.Key.Key_Down, alt)
        QTest.keyClick(stage.board, Qt.Key.Key_Right, alt)
        assert list(framework(study)) == ["Access", "-Cost", "-Trust"]
        QTest.keyClick(stage.board, Qt.Key.Key_Left, alt)
        assert list(framework(study)) == ["Access", "-Cost", "Trust"]

    def it_deletes_at_once_what_nothing_hangs_on(self, stage: ThemesStage, study: Project) -> None:
        empty = study.themes.add("Empty")
        choose(stage, empty)
        QTest.keyClick(stage.board, Qt.Key.Key_Delete)
        assert "Empty" not in framework(study)
        assert study.undo_label == "Delete theme “Empty”"

    def it_says_first_what_deleting_will_do(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, theme(study, "Access"))
        QTest.keyClick(stage.board, Qt.Key.Key_Delete)
        said = "Delete “Access”? 2 codes will be under no theme. 1 sub-theme will move up."
        assert said in texts(stage.confirm)
        press(stage.confirm, "Leave it")
        assert "Access" in framework(study)
        QTest.keyClick(stage.board, Qt.Key.Key_Delete)
        press(stage.confirm, "Delete theme")
        assert framework(study) == {"Cost": ["Fares"], "Trust": []}

    def it_says_first_what_merging_will_do(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, theme(study, "Access"))
        press(stage.panel_, "Merge into…")
        answer(stage, "trust")
        said = (
            "Merge “Access” into “Trust”? 2 codes and 1 sub-theme will move there. “Access” goes, with its definition "
            "and central message."
        )
        assert said in texts(stage.confirm)
        press(stage.confirm, "Merge themes")
        assert framework(study) == {"Trust": ["Waiting", "Distance"], "-Cost": ["Fares"]}
        assert study.undo_label == "Merge “Access” into “Trust”"
        assert [c.row.name for c in stage.board.selection()] == ["Trust"]
        study.undo()
        assert framework(study) == {"Access": ["Waiting", "Distance"], "-Cost": ["Fares"], "Trust": []}


class DescribeWhatIsWrittenAboutATheme:
    def it_is_kept_when_the_field_is_left(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, theme(study, "Access"))
        about = stage.panel_.theme
        assert about.message.toPlainText() == "It took long."
        about.message.setFocus()
        about.message.setPlainText("It took months.")
        assert study.themes.all()[0].central_message == "It took long."
        about.definition.setFocus()
        assert study.themes.all()[0].central_message == "It took months."

    def it_is_kept_for_its_theme_when_another_is_chosen_meanwhile(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, theme(study, "Access"))
        stage.panel_.theme.definition.setPlainText("Getting in.")
        choose(stage, theme(study, "Trust"))
        assert {t.name: t.definition for t in study.themes.all()} == {"Access": "Getting in.", "Cost": "", "Trust": ""}
        assert stage.panel_.theme.definition.toPlainText() == ""

    def it_is_kept_when_the_project_is_closed(self, stage: ThemesStage, study: Project, workspace: Workspace) -> None:
        choose(stage, theme(study, "Trust"))
        stage.panel_.theme.message.setPlainText("Little was said.")
        workspace.leaving.emit()
        assert {t.name: t.central_message for t in study.themes.all()}["Trust"] == "Little was said."

    def it_counts_people_over_those_asked(self, stage: ThemesStage, study: Project) -> None:
        choose(stage, theme(study, "Access"))
        assert "Raised by 2 of 2 asked · 4 segments" in texts(stage.panel_)

    def it_leads_to_its_findings_in_the_report(
        self, stage: ThemesStage, study: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        choose(stage, theme(study, "Trust"))
        found = next(b for b in stage.findChildren(QPushButton) if b.accessibleName().startswith("Finding:"))
        assert found.accessibleName() == "Finding: Nobody spoke of trust."
        with qtbot.waitSignal(workspace.finding_asked) as asked:
            QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        assert asked.args == [study.findings.all()[0].id]

    def it_shows_its_segments_by_person_and_opens_one_in_its_transcript(
        self, stage: ThemesStage, study: Project, workspace: Workspace, qtbot: QtBot
    ) -> None:
        choose(stage, theme(study, "Access"))
        QTest.keyClick(stage.board, Qt.Key.Key_Return)
        tree = stage.panel_.evidence.tree
        heaps = [node.held.title for node in stage.panel_.evidence.model.root.children if node.held is not None]  # type: ignore[union-attr]
        assert heaps == ["P01", "P02"]
        tree.choose_first()
        assert "waited for months" in stage.panel_.evidence.place.text.toPlainText()
        with qtbot.waitSignal(workspace.place_asked) as asked:
            QTest.keyClick(tree, Qt.Key.Key_Return)
        transcript_id, span = asked.args
        assert span.of(study.transcripts.text(transcript_id)) == "waited for months"


class DescribeTheSecondLook:
    @pytest.fixture(autouse=True)
    def redefined(self, stage: ThemesStage, study: Project) -> None:
        study.codebook.define(code(study, "Waiting"), definition="Waiting for a first answer.")
        stage.middle.setCurrentWidget(stage.review)
        stage.review.evidence.tree.choose_first()

    def waiting(self, project: Project) -> list[str]:
        return [s.quote for s in project.coding.to_review()]

    def it_lists_what_was_coded_before_with_the_new_definition(self, stage: ThemesStage, study: Project) -> None:
        assert stage.middle.tabText(1) == "Second look 2"
        assert "Waiting for a first answer." in texts(stage.review)

    def it_confirms_with_a_key_and_goes_to_the_next(self, stage: ThemesStage, study: Project, qtbot: QtBot) -> None:
        tree = stage.review.evidence.tree
        tree.setFocus()
        qtbot.waitUntil(tree.hasFocus)
        first = tree.passage()
        QTest.keyClick(tree, Qt.Key.Key_F)
        assert len(self.waiting(study)) == 1
        assert tree.passage() not in (None, first)
        press(stage.review, "Still fits")
        assert (self.waiting(study), stage.middle.tabText(1)) == ([], "Second look")

    def it_gives_another_code_in_one_step(self, stage: ThemesStage, study: Project) -> None:
        press(stage.review, "Change code…")
        answer(stage, "kind")
        assert len(self.waiting(study)) == 1
        assert study.undo_label == "Change code to “Kindness”"
        study.undo()
        assert len(self.waiting(study)) == 2

    def it_uncodes(self, stage: ThemesStage, study: Project) -> None:
        before = len(study.coding.all())
        press(stage.review, "Uncode")
        assert (len(self.waiting(study)), len(study.coding.all())) == (1, before - 1)

    def it_confirms_all_of_a_code_at_once(self, stage: ThemesStage, study: Project) -> None:
        press(stage.review, "All of this code still fit")
        assert self.waiting(study) == []


class DescribeVersions:
    def it_keeps_the_framework_under_a_name_and_tells_what_is_different_since(
        self, stage: ThemesStage, study: Project
    ) -> None:
        stage.middle.setCurrentWidget(stage.versions)
        QTest.keyClicks(stage.versions.name, "After two interviews")
        QTest.keyClick(stage.versions.name, Qt.Key.Key_Return)
        assert stage.versions.list.item(0).text().splitlines()[0] == "After two interviews"
        assert stage.versions.since.item(0).text() == "Nothing. The framework is as it was."
        study.themes.rename(theme(study, "Trust"), "Confidence")
        said = [stage.versions.since.item(n).text() for n in range(stage.versions.since.count())]
        assert any("Trust" in sentence and "Confidence" in sentence for sentence in said)

    def it_asks_for_a_name(self, stage: ThemesStage, workspace: Workspace, study: Project, qtbot: QtBot) -> None:
        stage.middle.setCurrentWidget(stage.versions)
        with qtbot.waitSignal(workspace.refused):
            press(stage.versions, "Keep this version")
        assert study.themes.versions() == []


class DescribeRenamingOnTheBoard:
    def it_renames_with_f2(self, stage: ThemesStage, study: Project, qtbot: QtBot) -> None:
        choose(stage, theme(study, "Trust"))
        qtbot.waitUntil(stage.board.hasFocus)
        QTest.keyClick(stage.board, Qt.Key.Key_F2)
        editor = stage.board.viewport().findChild(QLineEdit)
        assert editor is not None
        editor.setText("Confidence")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "Confidence" in framework(study))
        card = stage.board.current()
        assert isinstance(card, ThemeCard)
        assert card.row.name == "Confidence"
