"""The anonymity review, by keys and words, on a real project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from qualcode.anonymise.kinds import Kind
from qualcode.core.identifiers import HARMLESS, IDENTIFIER
from qualcode.core.project import Project
from qualcode.core.values import Suggestion, TranscriptId
from qualcode.review import house_rules
from qualcode.ui.models.identifiers import Spot
from qualcode.ui.stages.code import CodeStage
from qualcode.ui.widgets.anonymity import AnonymityPane
from qualcode.ui.workspace import Workspace
from tests.helpers.projects import a_project, an_interview, everything, span_of
from tests.ui.showing import on_screen

MARGARET = "So Margaret Holroyd rang 😀 about the form, and Margaret's sister came. Margret was glad of it."
PHILIPPA = "My number is 07700 900123 and I saw Philippa Fotheringay. Philippa and my sister went to Ravensby."


@pytest.fixture
def transcripts(project: Project) -> list[TranscriptId]:
    return [an_interview(project, "P01", MARGARET)[1], an_interview(project, "P02", PHILIPPA, MARGARET)[1]]


@pytest.fixture
def empty_pane(qtbot: QtBot, workspace: Workspace) -> AnonymityPane:
    return on_screen(qtbot, workspace, AnonymityPane(workspace))


@pytest.fixture
def pane(qtbot: QtBot, transcripts: object, empty_pane: AnonymityPane) -> AnonymityPane:
    """The pane after a first look."""
    empty_pane.load()
    press(empty_pane, "Look for identifiers")
    qtbot.waitUntil(lambda: bool(empty_pane.review.shown), timeout=20_000)
    empty_pane.waiting.grid.setFocus()
    return empty_pane


def press(pane: AnonymityPane, words: str) -> None:
    (found,) = [b for b in pane.findChildren(QPushButton) if b.text().startswith(words) and b.isVisible()]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def turn_to(pane: AnonymityPane, words: str) -> None:
    (found,) = [b for b in pane.findChildren(QToolButton) if b.text().startswith(words)]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def waiting(pane: AnonymityPane) -> list[str]:
    return [p.text for p in pane.waiting.model.rows]


def choose(pane: AnonymityPane, text: str) -> None:
    pane.waiting.grid.setFocus()
    pane.waiting.grid.choose(_key(pane, text))


def _key(pane: AnonymityPane, text: str) -> tuple[str, str]:
    return next((p.kind.value, p.text) for p in pane.waiting.model.rows if p.text == text)


def chosen(pane: AnonymityPane) -> str:
    return pane.waiting.detail.title.text()


def key(pane: AnonymityPane, letter: str) -> None:
    QTest.keyClicks(pane.waiting.grid, letter)


def register(project: Project) -> dict[str, tuple[str, str]]:
    return {r.text: (r.status, r.replacement) for r in project.identifiers.all()}


def spots(pane: AnonymityPane) -> list[Spot]:
    return pane.waiting.detail.places.spots()


class DescribeLooking:
    def it_says_what_to_do_first(self, empty_pane: AnonymityPane) -> None:
        assert empty_pane._nothing.isVisible()

    def it_looks_on_a_worker_and_keeps_what_it_found(self, pane: AnonymityPane, project: Project, qtbot: QtBot) -> None:
        assert {"Margaret Holroyd", "Philippa Fotheringay", "07700 900123"} <= set(waiting(pane))
        again = AnonymityPane(pane.workspace)
        qtbot.addWidget(again)
        again.load()
        assert waiting(again) == waiting(pane)

    def it_says_when_a_transcript_came_in_since(self, pane: AnonymityPane, project: Project) -> None:
        assert not pane._notice.isVisible()
        an_interview(project, "P03", "I asked Rosalind Thistlewood.")
        assert "1 transcript was not looked through yet" in pane._notice.text()
        assert pane._notice.isVisible()

    def it_can_be_stopped_and_begun_again(
        self, transcripts: object, empty_pane: AnonymityPane, workspace: Workspace, qtbot: QtBot
    ) -> None:
        empty_pane.load()
        press(empty_pane, "Look for identifiers")
        workspace.operations.stop()
        qtbot.waitUntil(lambda: workspace.operations.idle, timeout=20_000)
        assert waiting(empty_pane) == []
        press(empty_pane, "Look for identifiers")
        qtbot.waitUntil(lambda: bool(waiting(empty_pane)), timeout=20_000)


class DescribeDeciding:
    def it_replaces_with_a_key_and_goes_on_to_the_next(self, pane: AnonymityPane, project: Project) -> None:
        first, second = waiting(pane)[:2]
        choose(pane, first)
        words = pane.waiting.detail.words.text()
        key(pane, "r")
        assert register(project) == {first: (IDENTIFIER, words)}
        assert project.undo_label == f"Replace “{first}”"
        assert first not in waiting(pane)
        assert chosen(pane) == second
        total = pane.review.total
        assert pane._progress.text() == f"{total - len(waiting(pane))} of {total} looked at"

    def it_calls_something_harmless_with_a_key(self, pane: AnonymityPane, project: Project) -> None:
        choose(pane, "Philippa Fotheringay")
        key(pane, "h")
        assert register(project)["Philippa Fotheringay"] == (HARMLESS, "")
        assert "Philippa Fotheringay" not in waiting(pane)

    def it_spreads_to_other_forms_of_the_name(self, pane: AnonymityPane) -> None:
        choose(pane, "Margaret Holroyd")
        key(pane, "r")
        assert not [text for text in waiting(pane) if text.startswith("Marg")]

    def it_comes_back_with_undo_and_is_chosen(self, pane: AnonymityPane, project: Project) -> None:
        before, rows = waiting(pane), everything(project)
        choose(pane, "Philippa Fotheringay")
        key(pane, "r")
        pane.workspace.undo()
        assert (waiting(pane), everything(project)) == (before, rows)
        assert chosen(pane) == "Philippa Fotheringay"

    def it_puts_what_was_typed(self, pane: AnonymityPane, project: Project) -> None:
        choose(pane, "Philippa Fotheringay")
        key(pane, "e")
        field = pane.waiting.detail.words
        field.clear()
        QTest.keyClicks(field, "[my friend]")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert register(project)["Philippa Fotheringay"] == (IDENTIFIER, "[my friend]")

    def it_keeps_what_was_typed_until_the_decision(self, pane: AnonymityPane, project: Project) -> None:
        choose(pane, "Philippa Fotheringay")
        field = pane.waiting.detail.words
        field.setText("[my friend]")
        field.editingFinished.emit()
        choose(pane, "Margaret Holroyd")
        pane.load()
        choose(pane, "Philippa Fotheringay")
        assert field.text() == "[my friend]"
        assert register(project) == {}

    def it_changes_the_kind_and_offers_what_fits_it(self, pane: AnonymityPane, project: Project) -> None:
        choose(pane, "Philippa Fotheringay")
        detail = pane.waiting.detail
        detail.kind.setCurrentText("school")
        detail.kind.activated.emit(detail.kind.currentIndex())
        assert detail.words.text() == "[the school]"
        pane.waiting.grid.setFocus()
        key(pane, "r")
        (row,) = project.identifiers.all()
        assert (row.kind, row.replacement) == ("school", "[the school]")

    def it_leaves_out_a_spelling_that_was_unticked(self, pane: AnonymityPane, project: Project) -> None:
        choose(pane, "Philippa Fotheringay")
        (item,) = pane.waiting.detail.spellings.findItems("Philippa", Qt.MatchFlag.MatchExactly)
        item.setCheckState(Qt.CheckState.Unchecked)
        key(pane, "r")
        (row,) = project.identifiers.all()
        assert "Philippa" not in row.forms

    def it_shows_slips_and_leaves_those_that_are_unticked(
        self, pane: AnonymityPane, project: Project, qtbot: QtBot
    ) -> None:
        choose(pane, "Margaret Holroyd")
        spellings = pane.waiting.detail.spellings
        qtbot.waitUntil(lambda: bool(spellings.findItems("Margret", Qt.MatchFlag.MatchExactly)), timeout=20_000)
        assert "Margret" in {s.context.words for s in spots(pane)}
        (slip,) = spellings.findItems("Margret", Qt.MatchFlag.MatchExactly)
        slip.setCheckState(Qt.CheckState.Unchecked)
        key(pane, "r")
        assert {d.quote for d in project.identifiers.decisions()} == {"Margret"}
        pane.workspace.undo()
        assert (project.identifiers.decisions(), project.identifiers.all()) == ([], [])

    def it_decides_on_several_at_once_as_one_act(self, pane: AnonymityPane, project: Project) -> None:
        pane.waiting.grid.selectAll()
        many = len(waiting(pane))
        key(pane, "h")
        assert len(project.identifiers.all()) >= many
        assert waiting(pane) == []
        pane.workspace.undo()
        assert (len(waiting(pane)), project.identifiers.all()) == (many, [])

    def it_leaves_letters_alone_when_single_keys_are_off(self, pane: AnonymityPane, project: Project) -> None:
        pane.workspace.preferences.single_keys = False
        choose(pane, "Philippa Fotheringay")
        key(pane, "h")
        assert register(project) == {}
        QTest.keyClick(pane.waiting.grid, Qt.Key.Key_Return)
        assert register(project)["Philippa Fotheringay"][0] == IDENTIFIER

    def it_offers_relations_and_the_like_only_when_asked(self, pane: AnonymityPane) -> None:
        assert "my sister" not in waiting(pane)
        pane.waiting.more.click()
        assert "my sister" in waiting(pane)
        choose(pane, "my sister")
        key(pane, "h")
        assert "my sister" not in waiting(pane)


class DescribePlaces:
    def it_shows_each_with_the_words_around_it(self, pane: AnonymityPane) -> None:
        choose(pane, "Philippa Fotheringay")
        first = spots(pane)[0]
        assert (first.where, first.context.words) == ("P02 1, line 2", "Philippa Fotheringay")
        assert first.context.before.endswith("and I saw ")

    def it_shows_memos_and_findings_and_what_they_are(self, pane: AnonymityPane, project: Project) -> None:
        project.memos.add("Ask Philippa Fotheringay again.")
        project.findings.add(None, "Philippa was glad.")
        pane.load()
        choose(pane, "Philippa Fotheringay")
        assert [(s.where, s.context.words) for s in spots(pane) if s.transcript_id is None] == [
            ("Memo", "Philippa Fotheringay"),
            ("Finding", "Philippa"),
        ]

    def it_opens_a_place_in_its_transcript(
        self, pane: AnonymityPane, transcripts: list[TranscriptId], qtbot: QtBot
    ) -> None:
        choose(pane, "Philippa Fotheringay")
        key(pane, "p")
        places = pane.waiting.detail.places
        assert QApplication.focusWidget() is places
        with qtbot.waitSignal(pane.workspace.place_asked) as asked:
            QTest.keyClick(places, Qt.Key.Key_Return)
        assert asked.args == [transcripts[1], spots(pane)[0].span]

    def it_leaves_one_place_as_it_is_and_takes_that_back(self, pane: AnonymityPane, project: Project) -> None:
        choose(pane, "Philippa Fotheringay")
        key(pane, "p")
        places = pane.waiting.detail.places
        QTest.keyClicks(places, "h")
        assert [s.left for s in spots(pane)] == [True, False]
        assert [d.quote for d in project.identifiers.decisions()] == ["Philippa Fotheringay"]
        places.setCurrentRow(0)
        QTest.keyClicks(places, "r")
        assert [s.left for s in spots(pane)] == [False, False]
        assert project.identifiers.decisions() == []

    def it_says_whom_a_place_means_and_takes_that_back(self, pane: AnonymityPane, project: Project) -> None:
        nurse = project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        choose(pane, "Philippa Fotheringay")
        key(pane, "p")
        places = pane.waiting.detail.places
        QTest.keyClicks(places, "i")
        QTest.keyClicks(places.chooser.field, "marg")
        QTest.keyClick(places.chooser.field, Qt.Key.Key_Return)
        assert [s.means for s in spots(pane)] == ["Margaret Holroyd", ""]
        assert [(d.quote, d.identifier_id) for d in project.identifiers.decisions()] == [
            ("Philippa Fotheringay", nurse)
        ]
        assert QApplication.focusWidget() is places
        places.setCurrentRow(0)
        QTest.keyClicks(places, "r")
        assert project.identifiers.decisions() == []

    def it_shows_such_a_place_with_the_identifier_it_means(
        self, pane: AnonymityPane, project: Project, transcripts: list[TranscriptId], qtbot: QtBot
    ) -> None:
        nurse = project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        text = project.transcripts.text(transcripts[1])
        project.identifiers.decide(transcripts[1], span_of(text, "my sister"), nurse)
        turn_to(pane, "Register")
        pane.register.grid.choose(nurse)
        qtbot.waitUntil(lambda: pane.register.places.count() > 0, timeout=20_000)
        assert ("my sister", "Margaret Holroyd") in {(s.context.words, s.means) for s in pane.register.places.spots()}

    def it_shows_where_a_name_is_read_as_an_ordinary_word(
        self, pane: AnonymityPane, project: Project, qtbot: QtBot
    ) -> None:
        an_interview(project, "P03", "So Will rang. I said I will go if you will come, and Will's dad was glad.")
        will = project.identifiers.add("person", "Will", "Ben")
        turn_to(pane, "Register")
        pane.register.grid.choose(will)
        qtbot.waitUntil(lambda: pane.register.places.count() > 0, timeout=20_000)
        assert [(s.context.words, s.plain) for s in pane.register.places.spots()] == [
            ("Will", False),
            ("Will's", False),
            ("will", True),
            ("will", True),
        ]
        assert "2 times “will” is read as an ordinary word" in pane.register._facts.text()

    def it_asks_for_a_register_first(self, pane: AnonymityPane, qtbot: QtBot) -> None:
        choose(pane, "Philippa Fotheringay")
        key(pane, "p")
        with qtbot.waitSignal(pane.workspace.said) as said:
            QTest.keyClicks(pane.waiting.detail.places, "i")
        assert "Nobody is on the register" in said.args[0]

    def it_offers_the_same_in_a_menu(self, pane: AnonymityPane, project: Project) -> None:
        choose(pane, "Philippa Fotheringay")
        places = pane.waiting.detail.places
        places.setCurrentRow(1)
        menu = places.menu_of(spots(pane)[1])
        (leave,) = [action for action in menu.actions() if action.text().startswith("Leave as it is")]
        leave.trigger()
        assert [s.left for s in spots(pane)] == [False, True]
        menu.close()

    def it_is_looked_at_once_every_place_is_left(self, pane: AnonymityPane) -> None:
        choose(pane, "Philippa Fotheringay")
        key(pane, "p")
        QTest.keyClicks(pane.waiting.detail.places, "hh")
        assert "Philippa Fotheringay" not in waiting(pane)


class DescribeTheRegister:
    @pytest.fixture
    def decided(self, pane: AnonymityPane, project: Project) -> AnonymityPane:
        project.identifiers.add("person", "Margaret Holroyd", "[the nurse]", forms=["Margaret"])
        project.identifiers.call_harmless(["Ravensby"], "place")
        turn_to(pane, "Register")
        return pane

    def shown(self, pane: AnonymityPane) -> list[str]:
        return [r.text for r in pane.register.model.rows]

    def it_is_searched_by_any_of_its_words(self, decided: AnonymityPane) -> None:
        assert set(self.shown(decided)) == {"Margaret Holroyd", "Ravensby"}
        QTest.keyClicks(decided.register.field, "nurse")
        assert self.shown(decided) == ["Margaret Holroyd"]

    def it_changes_words_kind_and_spellings_in_place(self, decided: AnonymityPane, project: Project) -> None:
        model = decided.register.model
        at = next(n for n, r in enumerate(model.rows) if r.text == "Margaret Holroyd")
        for column, words in ((1, "other"), (2, "[a nurse]"), (3, "Margaret | Maggie")):
            model.setData(model.index(at, column), words)
        (row,) = [r for r in project.identifiers.all() if r.text == "Margaret Holroyd"]
        assert (row.kind, row.replacement, row.forms) == ("other", "[a nurse]", ("Maggie", "Margaret"))

    def it_makes_an_identifier_of_what_was_harmless(self, decided: AnonymityPane, project: Project) -> None:
        model = decided.register.model
        at = next(n for n, r in enumerate(model.rows) if r.text == "Ravensby")
        model.setData(model.index(at, 2), "[a town]")
        assert register(project)["Ravensby"] == (IDENTIFIER, "[a town]")

    def it_lists_every_place_that_is_replaced(self, decided: AnonymityPane, project: Project, qtbot: QtBot) -> None:
        register = decided.register
        register.grid.choose(next(r.id for r in project.identifiers.all() if r.text == "Margaret Holroyd"))
        qtbot.waitUntil(lambda: register.places.count() > 0, timeout=20_000)
        said = {s.context.words for s in register.places.spots()}
        assert {"Margaret Holroyd", "Margaret's", "Margret"} <= said

    def it_takes_a_string_off_so_that_it_waits_again(self, decided: AnonymityPane, project: Project) -> None:
        decided.register.grid.choose(next(r.id for r in project.identifiers.all() if r.text == "Margaret Holroyd"))
        QTest.keyClick(decided.register.grid, Qt.Key.Key_Delete)
        assert list(register(project)) == ["Ravensby"]
        turn_to(decided, "To decide")
        assert "Margaret Holroyd" in waiting(decided)


class DescribeHouseRules:
    def it_offers_the_words_of_the_project_from_then_on(self, pane: AnonymityPane, project: Project) -> None:
        turn_to(pane, "House rules")
        model = pane.rules.model
        model.setData(model.index(0, 3), "[colleague]")
        turn_to(pane, "To decide")
        choose(pane, "Philippa Fotheringay")
        assert pane.waiting.detail.words.text() == "[colleague]"
        project.undo()
        assert pane.waiting.detail.words.text() != "[colleague]"

    def it_offers_to_remove_a_kind_throughout(self, pane: AnonymityPane, project: Project) -> None:
        turn_to(pane, "House rules")
        model = pane.rules.model
        assert model.columns[2].choices is not None
        assert model.columns[2].choices(Kind.PERSON) == ["as usual", "pseudonym", "description", "removal"]
        model.setData(model.index(0, 2), "removal")
        turn_to(pane, "To decide")
        choose(pane, "Philippa Fotheringay")
        assert pane.waiting.detail.words.text() == "[...]"
        turn_to(pane, "House rules")
        model.setData(model.index(0, 2), "as usual")
        assert house_rules(project) == {}


class DescribeWhatLeaves:
    @pytest.fixture
    def decided(self, pane: AnonymityPane, project: Project) -> AnonymityPane:
        for text in ("Margaret Holroyd", "Philippa Fotheringay"):
            project.identifiers.add("person", text, "[somebody]")
        project.identifiers.add("phone number", "07700 900123", "[phone number]")
        project.identifiers.call_harmless(["Ravensby"], "place")
        return pane

    @pytest.fixture
    def saved_as(self, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
        target = tmp_path_factory.mktemp("out") / "shared"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        return target

    def it_makes_an_anonymised_copy_and_says_where(
        self, decided: AnonymityPane, project: Project, saved_as: Path, qtbot: QtBot
    ) -> None:
        press(decided, "Anonymised copy")
        target = saved_as.with_suffix(".qualcode")
        qtbot.waitUntil(decided.copies.written.isVisible, timeout=20_000)
        assert b"Holroyd" not in target.read_bytes()
        assert [p.name for p in project.path.parent.glob(".*")] == []
        assert project.log()[-1].label == "Make an anonymised copy"
        with Project.open(target, coder="Coder 1") as copy:
            assert copy.check() == []

    def it_holds_the_copy_back_and_makes_it_with_a_reason(
        self, pane: AnonymityPane, project: Project, saved_as: Path, qtbot: QtBot
    ) -> None:
        press(pane, "Anonymised copy")
        held = pane.copies.held_back
        qtbot.waitUntil(held.isVisible, timeout=20_000)
        assert any("Holroyd" in held.places.item(n).text() for n in range(held.places.count()))
        assert not saved_as.with_suffix(".qualcode").exists()
        QTest.keyClicks(held.reason, "For Ada alone")
        QTest.keyClick(held.reason, Qt.Key.Key_Return)
        qtbot.waitUntil(pane.copies.written.isVisible, timeout=20_000)
        assert project.log()[-1].detail["override"] == "For Ada alone"

    def it_writes_the_key_and_takes_it_over_after_all_was_undone(
        self,
        decided: AnonymityPane,
        project: Project,
        saved_as: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        turn_to(decided, "Register")
        press(decided, "Write the key")
        key_file = saved_as.with_suffix(".xlsx")
        assert decided.copies.written.isVisible()
        known = [(r.text, r.replacement, r.status) for r in project.identifiers.all()]
        project.identifiers.remove([r.id for r in project.identifiers.all()])
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(key_file), ""))
        press(decided, "Take over")
        assert [(r.text, r.replacement, r.status) for r in project.identifiers.all()] == known
        assert project.undo_label == "Take over decisions from shared.xlsx"

    def it_says_what_could_not_be_taken_over(
        self,
        decided: AnonymityPane,
        tmp_path_factory: pytest.TempPathFactory,
        monkeypatch: pytest.MonkeyPatch,
        qtbot: QtBot,
    ) -> None:
        table = tmp_path_factory.mktemp("in") / "d.csv"
        table.write_text("decision,kind,text,replacement\nreplace,person,Una,\n", "utf-8")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
        turn_to(decided, "Register")
        with qtbot.waitSignal(decided.workspace.refused) as refused:
            press(decided, "Take over")
        assert "d.csv: Line 2:" in refused.args[0]


class DescribeAnotherProject:
    def it_shows_nothing_of_the_one_before(
        self, pane: AnonymityPane, workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        workspace.take(a_project(tmp_path_factory.mktemp("other")))
        pane.load()
        assert waiting(pane) == []
        assert pane._nothing.isVisible()


class DescribeTheAnonymisedView:
    @pytest.fixture
    def stage(self, qtbot: QtBot, workspace: Workspace, transcripts: list[TranscriptId]) -> CodeStage:
        project = workspace.project
        project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        project.coding.apply(
            transcripts[0],
            span_of(project.transcripts.text(transcripts[0]), "about the form"),
            project.codebook.add("Forms"),
        )
        found = on_screen(qtbot, workspace, CodeStage(workspace))
        workspace.mask.changed.connect(found.show_otherwise)
        workspace.mask.switch()
        return found

    def it_shows_no_identifier(self, stage: CodeStage) -> None:
        assert "Holroyd" not in stage.view.toPlainText()
        assert "[the nurse]" in stage.view.toPlainText().casefold()

    def it_paints_what_is_coded_under_the_same_words(self, stage: CodeStage) -> None:
        (stripe,) = stage.view.stripes
        assert stripe.span.of(stage.view.toPlainText()) == "about the form"

    def it_shows_the_words_of_segments_and_suggestions_anonymised_too(
        self, stage: CodeStage, project: Project, transcripts: list[TranscriptId]
    ) -> None:
        place = span_of(project.transcripts.text(transcripts[0]), "So Margaret Holroyd rang")
        code = project.codebook.all()[0].id
        project.suggestions.offer([Suggestion(transcripts[0], place, code, 0.7, "As Mrs Holroyd says")], transcripts)
        segment = project.coding.apply(transcripts[0], place, code)
        stage.view.stripe_chosen.emit(segment)
        shown = stage.suggestions.current()
        assert shown is not None
        assert (shown.quote, shown.reason) == ("So [the nurse] rang", "As [the nurse] says")
        assert stage.segment._quote.text() == "“So [the nurse] rang”"
        stage.workspace.mask.switch()
        shown = stage.suggestions.current()
        assert shown is not None
        assert shown.quote == "So Margaret Holroyd rang"

    def it_names_nobody_on_hovering_or_in_a_code_made_of_peoples_words(
        self, stage: CodeStage, project: Project, transcripts: list[TranscriptId]
    ) -> None:
        project.coding.write_memo(project.coding.all()[0].id, "Ask Margaret Holroyd.")
        assert stage.view.stripes[0].tip.endswith("Ask [the nurse].")
        stage.view.select(span_of(project.transcripts.text(transcripts[0]), "So Margaret Holroyd rang"))
        stage.desk.apply_in_vivo()
        assert "So [the nurse] rang" in [code.name for code in project.codebook.all()]

    def it_moves_the_ends_of_a_segment_by_the_words_that_were_said(self, stage: CodeStage, project: Project) -> None:
        stage.view.setFocus()
        QTest.keyClick(stage.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(stage.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        (segment,) = project.coding.all()
        assert segment.quote == "about the"
        assert stage.view.stripes[0].span.of(stage.view.toPlainText()) == "about the"

    def it_codes_the_words_that_were_said(self, stage: CodeStage, project: Project) -> None:
        shown = stage.view.toPlainText()
        place = shown.index("sister came")
        cursor = stage.view.textCursor()
        at = len(shown[:place].encode("utf-16-le")) // 2
        cursor.setPosition(at)
        cursor.setPosition(at + len("sister came"), cursor.MoveMode.KeepAnchor)
        stage.view.setTextCursor(cursor)
        stage.desk.apply_named("Family")
        assert "sister came" in {s.quote for s in project.coding.all()}
        assert {s.span.of(stage.view.toPlainText()) for s in stage.view.stripes} == {"about the form", "sister came"}

    def it_follows_the_register_and_goes_back(self, stage: CodeStage, project: Project) -> None:
        (row,) = project.identifiers.all()
        project.identifiers.change(row.id, replacement="[a helper]")
        assert "So [a helper] rang" in stage.view.toPlainText()
        stage.workspace.mask.switch()
        assert stage.view.toPlainText().startswith("How was it?\nSo Margaret Holroyd rang")
