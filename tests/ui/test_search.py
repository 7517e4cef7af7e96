"""Searching all transcripts from the Code stage: finding, looking, narrowing, coding, keeping, exporting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from qualcode.core import kept_searches
from qualcode.core.project import Project
from qualcode.core.search import Manner, WordSearch
from qualcode.core.values import TranscriptId
from qualcode.ui.models.search import Spot
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.search_drawer import SearchDrawer
from qualcode.ui.widgets.search_topic import PickButton
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import a_project, an_interview, code_words


@pytest.fixture
def study(project: Project) -> list[TranscriptId]:
    """Two waves; P01 and P02 speak of waiting, P03 does not."""
    first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
    waited = "We waited 😀 a year. Nobody rang, so we waited on."
    found = [
        an_interview(project, "P01", waited, "Trust came late.", wave_id=first)[1],
        an_interview(project, "P02", "I had to wait for a week. Then I trusted them.", wave_id=second)[1],
        an_interview(project, "P03", "It was quick. They rang.", wave_id=second)[1],
    ]
    role = project.people.add_attribute("Role", "choice", ["Mentor", "Parent"])
    for person, value in zip(project.people.all(), ("Mentor", "Parent", "Parent"), strict=True):
        project.people.set_value(person.id, role, value)
    access = project.themes.add("Access")
    waiting = project.codebook.add("Waiting", theme_id=access)
    trust = project.codebook.add("Trust")
    code_words(project, found[0], "We waited 😀 a year.", waiting)
    code_words(project, found[0], "Trust came late.", trust)
    code_words(project, found[1], "Then I trusted them.", trust)
    return found


@pytest.fixture
def drawer(qtbot: QtBot, workspace: Workspace, study: object) -> Iterator[SearchDrawer]:
    made = SearchDrawer(workspace)
    workspace.changed.connect(made.react)
    whole = made.under(QTextEdit())
    qtbot.addWidget(whole)
    whole.resize(760, 700)
    with qtbot.waitActive(whole):
        whole.show()
        whole.activateWindow()
    made.load()
    yield made
    whole.hide()


Settled = Callable[[], list[str]]


@pytest.fixture
def settled(qtbot: QtBot, drawer: SearchDrawer, workspace: Workspace) -> Settled:
    """The words found, once nothing is looked for any more."""

    def done() -> list[str]:
        qtbot.waitUntil(lambda: drawer.stop.isHidden() and workspace.operations.idle, timeout=30_000)
        return words(drawer)

    return done


def words(drawer: SearchDrawer) -> list[str]:
    return [spot.words for spot in drawer.model.spots()]


def look_for(drawer: SearchDrawer, asked: str, manner: str = "") -> None:
    drawer.find_words()
    if manner:
        drawer.words.manner.pick(manner)
    drawer.words.field.clear()
    QTest.keyClicks(drawer.words.field, asked)
    QTest.keyClick(drawer.words.field, Qt.Key.Key_Return)


def pick(button: PickButton, typed: str) -> None:
    """Choose from the list that a button opens, by typing."""
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.keyClicks(button.chooser.field, typed)
    QTest.keyClick(button.chooser.field, Qt.Key.Key_Return)


def press(drawer: SearchDrawer, words: str) -> None:
    """Press the visible button that begins so."""
    [found] = [b for b in drawer.findChildren(QPushButton) if b.isVisible() and b.text().startswith(words)]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def code_all(drawer: SearchDrawer, typed: str, *, new: bool = False) -> None:
    press(drawer, "Code all")
    field = drawer.code_all.chooser.field
    QTest.keyClicks(field, typed)
    held = Qt.KeyboardModifier.ShiftModifier if new else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(field, Qt.Key.Key_Return, held)


def shown(drawer: SearchDrawer) -> list[str]:
    """What is said beside the list, and in its place."""
    return [part.text() for part in (drawer.summary, drawer.hint) if part.isVisible() and part.text()]


class DescribeFindingWords:
    def it_lists_the_places_by_interview_and_counts_people_first(self, drawer: SearchDrawer, settled: Settled) -> None:
        look_for(drawer, "wait*")
        assert settled() == ["waited", "waited", "wait"]
        assert [group.title for group in drawer.model.groups()] == ["P01 0", "P02 1"]
        assert shown(drawer) == ["2 of 3 people   3 places   in 2 interviews"]

    def it_looks_while_one_types(self, drawer: SearchDrawer, qtbot: QtBot) -> None:
        drawer.find_words()
        QTest.keyClicks(drawer.words.field, "rang")
        qtbot.waitUntil(lambda: words(drawer) == ["rang", "rang"])

    def it_shows_a_place_by_arrow_and_opens_it_by_return(
        self, drawer: SearchDrawer, settled: Settled, qtbot: QtBot, workspace: Workspace, study: list[TranscriptId]
    ) -> None:
        with qtbot.waitSignal(workspace.place_asked) as place:
            look_for(drawer, "rang")
            settled()
        spots = drawer.model.spots()
        assert place.args == [study[0], spots[0].span]
        assert drawer.results.hasFocus()
        with qtbot.waitSignal(workspace.place_asked) as place:
            QTest.keyClick(drawer.results, Qt.Key.Key_Down)
            QTest.keyClick(drawer.results, Qt.Key.Key_Down)
        assert place.args == [study[2], spots[1].span]
        assert drawer.results.hasFocus()
        with qtbot.waitSignal(workspace.place_asked) as place:
            QTest.keyClick(drawer.results, Qt.Key.Key_Return)
        assert place.args == [study[2], spots[1].span]

    def it_finds_nearly_these_words_and_regular_expressions(self, drawer: SearchDrawer, settled: Settled) -> None:
        look_for(drawer, "nobdy", "Nearly these words")
        assert settled() == ["Nobody"]
        look_for(drawer, r"\btrust(ed)?\b", "Regular expression")
        assert settled() == ["Trust", "trusted"]

    def it_says_what_is_wrong_with_an_expression_where_one_types(
        self, drawer: SearchDrawer, settled: Settled, workspace: Workspace, qtbot: QtBot
    ) -> None:
        with qtbot.assertNotEmitted(workspace.refused):
            look_for(drawer, "(wait", "Regular expression")
            settled()
        assert shown(drawer)[0].startswith("This is not a regular expression yet")

    def it_can_be_stopped_while_an_expression_runs_away(
        self, drawer: SearchDrawer, settled: Settled, project: Project
    ) -> None:
        an_interview(project, "P04", "so " * 400)
        look_for(drawer, r"(\w+\s?)+#", "Regular expression")
        assert drawer.stop.isVisible()
        press(drawer, "Stop")
        settled()
        assert shown(drawer) == ["Stopped. Nothing was found so far."]

    def it_says_so_when_nobody_says_it(self, drawer: SearchDrawer, settled: Settled) -> None:
        look_for(drawer, "helicopter")
        assert settled() == []
        assert shown(drawer)[0].startswith("Nobody says “helicopter” here.")

    def it_tells_how_to_ask_before_anything_is_asked(self, drawer: SearchDrawer) -> None:
        drawer.find_words()
        assert "wait* finds waited" in shown(drawer)[0]
        drawer.find_segments()
        assert shown(drawer)[0].startswith("Choose codes or themes.")

    def it_reads_a_transcript_once_and_none_without_the_words(
        self, drawer: SearchDrawer, settled: Settled, project: Project
    ) -> None:
        reads: list[int] = []

        def note(_connection: object, _cursor: object, statement: str, values: Sequence[object], *_: object) -> None:
            if statement.startswith("SELECT transcript.id, transcript.text"):
                reads.append(len(values))

        event.listen(project._store.engine, "before_cursor_execute", note)
        for asked in ("year", "wait*", "helicopter", "quick | wait*"):
            look_for(drawer, asked)
            settled()
        assert reads == [1, 1, 1]

    def it_narrows_to_a_wave_a_group_and_a_coding(self, drawer: SearchDrawer, settled: Settled) -> None:
        look_for(drawer, "wait* | rang | trust*")
        drawer.scope.wave.pick("Wave 2")
        assert settled() == ["wait", "trusted", "rang"]
        pick(drawer.scope.group, "mentor")
        assert settled() == []
        drawer.scope.wave.pick("All waves")
        assert settled() == ["waited", "rang", "waited", "Trust"]
        pick(drawer.scope.topic, "access")
        assert settled() == ["waited"]
        pick(drawer.scope.topic, "trust")
        assert settled() == ["waited", "Trust"]
        assert drawer.scope.topic.text() == "Access or Trust ▾"

    def it_follows_what_changes(self, drawer: SearchDrawer, settled: Settled, project: Project) -> None:
        look_for(drawer, "wait*")
        settled()
        drawer.results.setCurrentIndex(drawer.model.index_at(drawer.model.spots()[2]))
        an_interview(project, "P04", "No wait at all.")
        assert settled() == ["waited", "waited", "wait", "wait"]
        chosen = drawer.results.spot()
        assert chosen is not None
        assert chosen.person == "P02"
        project.people.change(project.people.all()[1].id, pseudonym="Q2")
        settled()
        assert drawer.model.spots()[2].person == "Q2"


class DescribeFindingSegments:
    def it_finds_segments_of_a_code_or_theme(self, drawer: SearchDrawer, settled: Settled) -> None:
        drawer.find_segments()
        pick(drawer.segments.topic, "trust")
        assert settled() == ["Trust came late.", "Then I trusted them."]
        pick(drawer.segments.topic, "access")
        assert settled() == ["We waited 😀 a year.", "Trust came late.", "Then I trusted them."]

    def it_takes_conditions_and_their_opposite(self, drawer: SearchDrawer, settled: Settled) -> None:
        drawer.find_segments()
        pick(drawer.segments.topic, "trust")
        press(drawer, "Add a condition")
        [line] = drawer.segments.lines()
        pick(line.topic, "waiting")
        line.turns.setValue(2)
        assert settled() == ["Trust came late."]
        assert drawer.model.spots()[0].note == "with Waiting"
        line.turns.setValue(1)
        assert settled() == []
        line.wanted.pick("and not")
        assert settled() == ["Trust came late.", "Then I trusted them."]
        line.relation.pick("in one interview with")
        assert settled() == ["Then I trusted them."]
        assert line.turns.isHidden()
        line.removed.emit(line)
        assert len(settled()) == 2

    def it_follows_the_coding(self, drawer: SearchDrawer, settled: Settled, project: Project) -> None:
        drawer.find_segments()
        pick(drawer.segments.topic, "trust")
        settled()
        trust = project.codebook.find("Trust")
        assert trust is not None
        project.coding.remove([project.coding.of_code([trust])[0].id])
        assert len(settled()) == 1
        project.undo()
        assert len(settled()) == 2
        project.codebook.rename(trust, "Confidence")
        settled()
        assert drawer.model.spots()[0].code.name == "Confidence"  # type: ignore[union-attr]
        assert drawer.segments.topic.text() == "Confidence ▾"


class DescribeCodingAllThatWasFound:
    def it_shows_what_it_will_do_and_does_it_in_one_step(
        self, drawer: SearchDrawer, settled: Settled, project: Project
    ) -> None:
        look_for(drawer, "rang")
        settled()
        before = project.summary().segments
        code_all(drawer, "trust")
        assert drawer.code_all.accessibleName() == "2 passages in 2 interviews will be coded “Trust”."
        assert project.summary().segments == before
        press(drawer, "Code 2 passages")
        assert project.undo_label == "Code 2 passages “Trust”"
        assert project.summary().segments == before + 2
        assert drawer.code_all.isHidden()
        assert settled() == ["rang", "rang"]
        project.undo()
        assert project.summary().segments == before

    def it_shows_a_passage_among_the_words_of_who_says_it(self, drawer: SearchDrawer, settled: Settled) -> None:
        look_for(drawer, "quick")
        settled()
        code_all(drawer, "trust")
        [spot] = drawer.model.spots()
        assert (spot.context.before, spot.context.words, spot.context.after) == ("It was ", "quick", ". They rang.")

    def it_codes_whole_sentences_each_once(self, drawer: SearchDrawer, settled: Settled, project: Project) -> None:
        look_for(drawer, "nobody | rang")
        settled()
        code_all(drawer, "Contact", new=True)
        drawer.code_all.to.pick("their sentences")
        assert words(drawer) == ["Nobody rang, so we waited on.", "They rang."]
        press(drawer, "Code 2 passages")
        made = project.codebook.find("Contact")
        assert made is not None
        assert [s.quote for s in project.coding.of_code([made])] == words_of(project, made)
        project.undo()
        assert project.codebook.find("Contact") is None

    def it_leaves_out_what_has_the_code_and_what_is_unticked(
        self, drawer: SearchDrawer, settled: Settled, project: Project
    ) -> None:
        look_for(drawer, "wait*")
        settled()
        code_all(drawer, "waiting")
        assert drawer.code_all.accessibleName() == (
            "2 passages in 2 interviews will be coded “Waiting”. 1 has this code already."
        )
        spots = drawer.model.spots()
        assert spots[0].note == "has this code already"
        drawer.results.setCurrentIndex(drawer.model.index_at(spots[2]))
        QTest.keyClick(drawer.results, Qt.Key.Key_Space)
        press(drawer, "Code 1 passage")
        assert project.undo_label == "Code 1 passage “Waiting”"

    def it_copies_segments_to_another_code(self, drawer: SearchDrawer, settled: Settled, project: Project) -> None:
        drawer.find_segments()
        pick(drawer.segments.topic, "trust")
        settled()
        code_all(drawer, "waiting")
        assert drawer.code_all.to.isHidden()
        press(drawer, "Code 2 passages")
        waiting = project.codebook.find("Waiting")
        assert waiting is not None
        assert project.codebook.counts()[waiting] == (2, 3)

    def it_can_be_left(self, drawer: SearchDrawer, settled: Settled, project: Project) -> None:
        look_for(drawer, "rang")
        settled()
        label = project.undo_label
        code_all(drawer, "trust")
        QTest.keyClick(drawer.code_all, Qt.Key.Key_Escape)
        assert drawer.code_all.isHidden()
        assert drawer.isVisible()
        assert (words(drawer), drawer.model.ticking, project.undo_label) == (["rang", "rang"], False, label)


def words_of(project: Project, code_id: object) -> list[str]:
    """The two passages, in the order in which the project gives segments."""
    order = {i.transcript_id: i.title for i in project.transcripts.interviews()}
    said = {"P01 0": "Nobody rang, so we waited on.", "P03 2": "They rang."}
    return [said[order[t]] for t in sorted(t for t in order if order[t] in said)]


class DescribeKeptSearches:
    def it_keeps_a_search_and_opens_it_again(self, drawer: SearchDrawer, settled: Settled, project: Project) -> None:
        look_for(drawer, "rang")
        drawer.scope.wave.pick("Wave 2")
        settled()
        drawer.kept.keep()
        QTest.keyClicks(drawer.kept.chooser.field, "Calls back")
        QTest.keyClick(drawer.kept.chooser.field, Qt.Key.Key_Return)
        assert project.undo_label == "Keep search “Calls back”"
        drawer.find_segments()
        settled()
        drawer.kept.fill()
        [entry] = [a for a in drawer.kept.menu_.actions() if a.text() == "Calls back"]
        entry.trigger()
        assert settled() == ["rang"]
        assert drawer.words.field.text() == "rang"
        assert drawer.scope.wave.currentText() == "Wave 2"

    def it_offers_nothing_to_keep_while_nothing_is_asked(self, drawer: SearchDrawer) -> None:
        drawer.find_words()
        drawer.kept.fill()
        assert [(a.text(), a.isEnabled()) for a in drawer.kept.menu_.actions()] == [("Keep this search…", False)]

    def it_removes_one(self, drawer: SearchDrawer, project: Project) -> None:
        kept_searches.keep(project, "Buses", WordSearch("bus", Manner.ALIKE))
        drawer.kept.fill()
        menu = next(a.menu() for a in drawer.kept.menu_.actions() if a.text() == "Remove")
        menu.actions()[0].trigger()  # type: ignore[attr-defined]
        assert kept_searches.kept(project) == []


class DescribeExporting:
    @pytest.fixture
    def target(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        chosen = tmp_path / "found"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen), ""))
        return chosen

    def it_writes_a_workbook_with_names_replaced(
        self, drawer: SearchDrawer, settled: Settled, project: Project, target: Path
    ) -> None:
        an_interview(project, "P04", "Before that Jasmine rang us twice.")
        project.identifiers.add("person", "Jasmine", "[friend]")
        look_for(drawer, "rang")
        settled()
        drawer.export.export("xlsx")
        settled()
        assert drawer.export.written.isVisible()
        sheet = load_workbook(target.with_suffix(".xlsx"))["Found"]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == ("Participant", "Role", "Wave", "Interview", "Line", "Before", "Words", "After")
        assert {row[1] for row in rows[1:]} == {"[withheld]", None}
        assert [(row[0], row[2], row[5], row[6]) for row in rows[1:]] == [
            ("P01", "Wave 1", "We waited 😀 a year. Nobody", "rang"),
            ("P03", "Wave 2", "It was quick. They", "rang"),
            ("P04", None, "Before that [friend]", "rang"),
        ]
        assert project.log()[-1].label == "Export the search results"

    def it_writes_segments_to_word_by_interview(self, drawer: SearchDrawer, settled: Settled, target: Path) -> None:
        drawer.find_segments()
        pick(drawer.segments.topic, "trust")
        settled()
        drawer.export.export("docx")
        settled()
        document = docx.Document(str(target.with_suffix(".docx")))
        cells = [cell.text for row in document.tables[-1].rows for cell in dict.fromkeys(row.cells)]
        assert "P01, wave 1" in cells
        assert "Trust: Then I trusted them." in cells

    def it_is_held_back_while_somebody_could_be_known(
        self, drawer: SearchDrawer, settled: Settled, project: Project, target: Path
    ) -> None:
        an_interview(project, "P04", "She rang from 01632 960417 then.")
        look_for(drawer, "rang")
        settled()
        drawer.export.export("xlsx")
        settled()
        assert drawer.export.held_back.isVisible()
        assert "01632 960417" in drawer.export.held_back.places.item(0).text()
        assert not target.with_suffix(".xlsx").exists()


class DescribeTheDrawer:
    def it_is_opened_in_the_code_stage_by_keys_and_closed_by_escape(
        self, qtbot: QtBot, workspace: Workspace, study: object
    ) -> None:
        stage = CodeStage(workspace)
        workspace.changed.connect(stage.react)
        workspace.place_asked.connect(stage.show_place)
        qtbot.addWidget(stage)
        stage.resize(1200, 760)
        stage.load()
        with qtbot.waitActive(stage):
            stage.show()
            stage.activateWindow()
        stage.view.setFocus()
        QTest.keyClick(stage.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert stage.search.words.field.hasFocus()
        QTest.keyClicks(stage.search.words.field, "quick")
        QTest.keyClick(stage.search.words.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: words(stage.search) == ["quick"])
        stage.search.results.choose_first()
        QTest.keyClick(stage.search.results, Qt.Key.Key_Return)
        assert stage.view.row is not None
        assert stage.view.selected_span().of(stage.view.row.text) == "quick"  # type: ignore[union-attr]
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(stage.view, Qt.Key.Key_F, held)
        assert stage.search.segments.topic.hasFocus()
        QTest.keyClick(stage.search.segments.topic, Qt.Key.Key_Escape)
        assert stage.search.isHidden()
        assert stage.view.hasFocus()

    def it_names_everything_for_a_screen_reader(self, drawer: SearchDrawer, settled: Settled) -> None:
        drawer.find_segments()
        press(drawer, "Add a condition")
        look_for(drawer, "rang")
        settled()
        seen = QAccessible.queryAccessibleInterface(drawer)
        nameless = [i.object() for i in _below(seen) if i.state().focusable and not i.text(QAccessible.Text.Name)]
        assert nameless == []
        spot = drawer.model.index_at(drawer.model.spots()[0])
        said = spot.data(Qt.ItemDataRole.AccessibleTextRole)
        assert said.startswith("We waited 😀 a year. Nobody rang, so we waited on.. P01 · line ")

    def it_goes_round_in_reading_order(self, drawer: SearchDrawer, settled: Settled) -> None:
        drawer.find_segments()
        press(drawer, "Add a condition")
        settled()
        [line] = drawer.segments.lines()
        line.remove.setFocus()
        QTest.keyClick(line.remove, Qt.Key.Key_Tab)
        assert drawer.scope.voices.hasFocus()
        drawer.segments.more.setFocus()
        QTest.keyClick(drawer.segments.more, Qt.Key.Key_Tab)
        assert line.wanted.hasFocus()

    def it_asks_nothing_of_another_project(
        self, drawer: SearchDrawer, settled: Settled, workspace: Workspace, tmp_path: Path
    ) -> None:
        look_for(drawer, "rang")
        settled()
        other = tmp_path / "other"
        other.mkdir()
        workspace.take(a_project(other))
        drawer.load()
        assert drawer.isHidden()
        drawer.find_words()
        assert (drawer.words.field.text(), words(drawer)) == ("", [])

    def it_lists_what_was_found_before_it_was_closed_when_opened_again(
        self, drawer: SearchDrawer, settled: Settled, project: Project
    ) -> None:
        look_for(drawer, "rang")
        settled()
        QTest.keyClick(drawer.results, Qt.Key.Key_Escape)
        an_interview(project, "P04", "They rang.")
        drawer.find_words()
        assert settled() == ["rang"] * 3
        found = drawer.model.spots()
        assert all(isinstance(spot, Spot) for spot in found)


def _below(seen: QAccessible) -> list[QAccessible]:
    found = []
    for number in range(seen.childCount()):
        child = seen.child(number)
        if child is not None and not child.state().invisible:
            found += [child, *_below(child)]
    return found
