"""The waves in order of time, the topic guide of each, and the evaluation questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from qualcode.core.rows import EvaluationQuestionRow, GuideQuestionRow, WaveRow
from qualcode.core.values import Change, ThemeId, WaveId
from qualcode.core.waves import Waves
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.models.prepare_wave import WaveLine, line_of
from qualcode.ui.widgets.basics import Elided, button, column, label, line, panel, row
from qualcode.ui.widgets.confirm import Confirm
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.prepare_add import AddField, lines_of
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.widgets.prepare_themes import ThemesPopup
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

_THEMES = 2
_SHOWN_IN = ("wave", "guide_question", "question_theme", "evaluation_question", "interview", "theme")


class WavesPane(QFrame):
    """Alt+Up and Alt+Down move a row; lines pasted into a list of questions are added to it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Waves")
        self._workspace = workspace
        self._wave_id: WaveId | None = None
        self._themes: dict[ThemeId, str] = {}
        attempt, masked = workspace.attempt, workspace.mask.words
        self.model: TableModel[WaveLine] = TableModel(lambda shown: shown.row.id, attempt, self, masked)
        self.waves = Grid("Waves", self.model)
        self.model.show([], self._wave_columns())
        self.guide_model: TableModel[GuideQuestionRow] = TableModel(lambda asked: asked.id, attempt, self, masked)
        self.guide = Grid("Topic guide", self.guide_model, opens=_THEMES)
        self.guide_model.show([], self._guide_columns())
        self.evaluation_model: TableModel[EvaluationQuestionRow] = TableModel(
            lambda found: found.id, attempt, self, masked
        )
        self.evaluation = Grid("Evaluation questions", self.evaluation_model)
        self.evaluation_model.show([], self._evaluation_columns())
        for grid in (self.waves, self.guide, self.evaluation):
            grid.horizontalHeader().setStretchLastSection(True)
        self.guide.let_wrap()
        self.evaluation.let_wrap()
        self.evaluation.horizontalHeader().hide()
        self.add_wave = AddField("New wave", "New wave, such as Wave 1")
        self.add_question = AddField("New question of the topic guide", "New question, or paste several lines")
        self.add_evaluation = AddField("New evaluation question", "New question, or paste several lines")
        self.popup = ThemesPopup(self)
        self.confirm = Confirm()
        self._guide_title = Elided("", "Head")
        self._guide_hint = label("", "Secondary", wrap=True)
        left = panel(
            column(
                self.confirm,
                _part("Waves", self.waves, self.add_wave),
                line(),
                _part("Evaluation questions", self.evaluation, self.add_evaluation),
                gap=0,
            )
        )
        right = panel(
            column(
                panel(column(self._guide_title, self._guide_hint, margin=10, gap=2)),
                self.guide,
                panel(row(self.add_question, button("Add", self.add_question.add), margin=8)),
                gap=0,
            )
        )
        self._panes = Panes(
            left,
            right,
            key="waves",
            names=("Waves", "Topic guide"),
            preferences=workspace.preferences,
            sizes=(540, 700),
            stretch=1,
            share=0.45,
        )
        self.setLayout(column(self._panes, gap=0))
        self._connect()

    # --- the stage's ---

    def load(self) -> None:
        """Show what the project holds; what is chosen stays chosen."""
        project = self._workspace.project
        self._themes = {found.id: found.name for found in project.themes.all()}
        held = [(found.wave_id, found.held_on) for found in project.transcripts.interviews()]
        self.model.arrange([line_of(wave, held) for wave in project.waves.all()])
        self.waves.fit_columns()
        self.evaluation_model.arrange(project.waves.evaluation_questions())
        known = {shown.row.id for shown in self.model.rows}
        if self._wave_id not in known:
            self._wave_id = self.model.rows[0].row.id if self.model.rows else None
        if self._wave_id is not None and self.waves.currentIndex().row() != self.model.place_of(self._wave_id):
            self.waves.choose(self._wave_id)
        self._show_guide()

    def react(self, change: Change) -> None:
        if change.touches(*_SHOWN_IN):
            self.load()

    def panes(self) -> list[QWidget]:
        return [self.waves, self.evaluation, self.guide]

    # --- acts ---

    def remove_wave(self) -> None:
        """Take the chosen wave away; when it has interviews or a guide, that is said first."""
        shown = self.model.row(self.waves.currentIndex())
        if shown is None:
            return
        questions = sum(question.wave_id == shown.row.id for question in self._workspace.project.waves.questions())
        remove = self._acting(lambda: self._workspace.project.waves.remove(shown.row.id))
        if not (shown.interviews or questions):
            remove()
            return
        kept = f"Its {number(shown.interviews, 'interview')} will be in no wave." if shown.interviews else ""
        gone = f"Its topic guide ({number(questions, 'question')}) goes with it." if questions else ""
        self.confirm.ask(" ".join(filter(None, (f"Remove {shown.row.name}?", kept, gone))), "Remove", remove)

    def choose_themes(self, question: GuideQuestionRow) -> None:
        """Ask which themes a question asks about."""
        themes = self._workspace.project.themes.all()
        if not themes:
            self._workspace.refused.emit("There are no themes yet. Make them in Themes, and say here which were asked.")
            return
        place = self.guide_model.place_of(question.id)
        cell = self.guide.visualRect(self.guide_model.index(place, _THEMES))
        act = self._workspace.project.waves.ask_about
        self.popup.ask(
            self.guide.viewport().mapToGlobal(QPoint(cell.left(), cell.bottom())),
            "Asks about",
            themes,
            question.theme_ids,
            lambda ticked: self._workspace.attempt(lambda: act(question.id, ticked)),
        )

    # --- within ---

    def _connect(self) -> None:
        self.add_wave.given.connect(self._add_waves)
        self.add_question.given.connect(self._add_questions)
        self.add_evaluation.given.connect(self._add_evaluation_questions)
        self.waves.selectionModel().currentChanged.connect(lambda index, _: self._follow(index.row()))
        self.waves.remove_wanted.connect(self.remove_wave)
        self.waves.moved.connect(lambda by: self._move(self.waves, by, self._nouns().order))
        self.guide.opened.connect(self.choose_themes)
        self.guide.remove_wanted.connect(self._remove_questions)
        self.guide.moved.connect(lambda by: self._move(self.guide, by, self._nouns().order_questions))
        self.guide.pasted.connect(lambda text: self._add_questions(lines_of(text)))
        self.evaluation.remove_wanted.connect(self._remove_evaluation_questions)
        self.evaluation.moved.connect(
            lambda by: self._move(self.evaluation, by, self._nouns().order_evaluation_questions)
        )
        self.evaluation.pasted.connect(lambda text: self._add_evaluation_questions(lines_of(text)))
        for grid in (self.waves, self.guide, self.evaluation):
            grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.waves.customContextMenuRequested.connect(
            lambda at: self._menu(self.waves, at, self.remove_wave, self._nouns().order)
        )
        self.guide.customContextMenuRequested.connect(
            lambda at: self._menu(self.guide, at, self._remove_questions, self._nouns().order_questions)
        )
        self.evaluation.customContextMenuRequested.connect(
            lambda at: self._menu(
                self.evaluation, at, self._remove_evaluation_questions, self._nouns().order_evaluation_questions
            )
        )

    def _nouns(self) -> Waves:
        return self._workspace.project.waves

    def _acting(self, act: Callable[[], object]) -> Callable[[], object]:
        return lambda: self._workspace.attempt(act)

    def _wave_columns(self) -> list[Column[WaveLine]]:
        return [
            Column(
                "Wave",
                lambda shown: shown.row.name,
                write=lambda shown, text: self._nouns().change(shown.row.id, name=text),
            ),
            Column("Interviews", lambda shown: str(shown.interviews or ""), numeric=True),
            Column("Held", lambda shown: shown.dates, tip="From the dates of its interviews"),
            Column(
                "Note",
                lambda shown: shown.row.note,
                write=lambda shown, text: self._nouns().change(shown.row.id, note=text),
            ),
        ]

    def _guide_columns(self) -> list[Column[GuideQuestionRow]]:
        return [
            Column(
                "Topic",
                lambda question: question.topic,
                write=lambda question, text: self._nouns().change_question(question.id, topic=text),
                choices=lambda _: list(dict.fromkeys(q.topic for q in self.guide_model.rows if q.topic)),
            ),
            Column(
                "Question",
                lambda question: question.text,
                write=lambda question, text: self._nouns().change_question(question.id, text=text),
            ),
            Column(
                "Asks about",
                lambda question: ", ".join(
                    name for theme_id, name in self._themes.items() if theme_id in question.theme_ids
                ),
                tip="The themes that people were asked about by it; Return chooses them",
            ),
        ]

    def _evaluation_columns(self) -> list[Column[EvaluationQuestionRow]]:
        return [
            Column(
                "Evaluation question",
                lambda found: found.text,
                write=lambda found, text: self._nouns().change_evaluation_question(found.id, text),
            )
        ]

    def _follow(self, place: int) -> None:
        shown = self.model.rows[place] if 0 <= place < len(self.model.rows) else None
        if shown is not None and shown.row.id != self._wave_id:
            self._wave_id = shown.row.id
            self._show_guide()

    def _show_guide(self) -> None:
        wave = next((shown.row for shown in self.model.rows if shown.row.id == self._wave_id), None)
        questions = [q for q in self._nouns().questions() if wave and q.wave_id == wave.id]
        anew = [q.id for q in questions] != [q.id for q in self.guide_model.rows]
        self.guide_model.arrange(questions)
        self.guide.setEnabled(wave is not None)
        self.add_question.setEnabled(wave is not None)
        self._guide_title.setText(f"Topic guide of {self._workspace.mask.words(wave.name)}" if wave else "Topic guide")
        self._guide_hint.setText(self._hint(wave, questions))
        if anew:
            self._size_guide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_guide()

    def _hint(self, wave: WaveRow | None, questions: Sequence[GuideQuestionRow]) -> str:
        if wave is None:
            return "Name a wave on the left; then say here what was asked in it."
        if not questions:
            return "What was asked? Add the questions below, or paste the lines of the guide."
        linked = sum(bool(question.theme_ids) for question in questions)
        return (
            f"{linked} of {number(len(questions), 'question')} linked to themes. By that it is known who was asked "
            "about a theme and did not raise it."
        )

    def _size_guide(self) -> None:
        self.guide.fit_columns()
        wide = self.guide.viewport().width() - self.guide.columnWidth(0)
        self.guide.setColumnWidth(1, max(theme.px(160), 3 * wide // 5))

    def _add_waves(self, names: list[str]) -> None:
        def add() -> None:
            with self._workspace.project.step("Add waves" if len(names) > 1 else f"Add {names[0]}"):
                for name in names:
                    self._wave_id = self._nouns().add(name)

        self._workspace.attempt(add)
        self.load()

    def _add_questions(self, texts: list[str]) -> None:
        wave_id = self._wave_id
        if wave_id is not None and texts:
            self._workspace.attempt(lambda: self._nouns().add_questions(wave_id, texts))
            self.guide.scrollToBottom()

    def _add_evaluation_questions(self, texts: list[str]) -> None:
        def add() -> None:
            with self._workspace.project.step("Add evaluation questions"):
                for text in texts:
                    self._nouns().add_evaluation_question(text)

        if texts:
            self._workspace.attempt(add)

    def _remove_questions(self) -> None:
        ids = [self.guide_model.rows[place].id for place in self.guide.chosen_rows()]
        if ids:
            self._workspace.attempt(lambda: self._nouns().remove_question(*ids))

    def _remove_evaluation_questions(self) -> None:
        ids = [self.evaluation_model.rows[place].id for place in self.evaluation.chosen_rows()]
        if ids:
            self._workspace.attempt(lambda: self._nouns().remove_evaluation_question(*ids))

    def _move(self, grid: Grid, by: int, order: Callable[[list[Any]], object]) -> None:
        """Move the current row up or down among its fellows."""
        place, rows = grid.currentIndex().row(), list(grid.table.rows)
        other = place + by
        if not (0 <= place < len(rows) and 0 <= other < len(rows)):
            return
        rows[place], rows[other] = rows[other], rows[place]
        ids = [getattr(shown, "row", shown).id for shown in rows]
        self._workspace.attempt(lambda: order(ids))

    def _menu(self, grid: Grid, at: QPoint, remove: Callable[[], object], order: Callable[[list[Any]], object]) -> None:
        index = grid.indexAt(at)
        if not index.isValid():
            return
        menu = QMenu(self)
        if grid is self.guide:
            menu.addAction("Asks about …", lambda: self.choose_themes(self.guide_model.rows[index.row()]))
        menu.addAction("Edit\tF2", lambda: grid.edit(index)).setEnabled(
            bool(grid.table.flags(index) & Qt.ItemFlag.ItemIsEditable)
        )
        menu.addAction(printed.beside("Move up", "prepare.up"), lambda: self._move(grid, -1, order)).setEnabled(
            index.row() > 0
        )
        last = index.row() == grid.table.rowCount() - 1
        menu.addAction(printed.beside("Move down", "prepare.down"), lambda: self._move(grid, 1, order)).setEnabled(
            not last
        )
        menu.addSeparator()
        menu.addAction(printed.beside("Remove", "prepare.remove"), remove)
        menu.exec(grid.viewport().mapToGlobal(at))


def _part(name: str, grid: Grid, field: AddField) -> QFrame:
    return panel(
        column(
            panel(row(label(name, "Head"), None, margin=10)),
            grid,
            panel(row(field, button("Add", field.add), margin=8)),
            gap=0,
        )
    )
