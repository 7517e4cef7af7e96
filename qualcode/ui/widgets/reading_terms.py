"""Which words and phrases many people use: a table by wave or group, and the words that are left out of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QTableView,
)

from qualcode.core.concordance import Frequencies, Speech, Term, Voices, frequent
from qualcode.core.rows import AttributeRow, ParticipantRow
from qualcode.core.stop_words import SETTING, StopWords
from qualcode.core.values import AttributeId, TranscriptId
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.models.speech import SpeechShelf
from qualcode.ui.models.words import TERM, TermsModel
from qualcode.ui.operations import Task
from qualcode.ui.widgets.basics import button, column, label, line, row
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.reading_concordance import LEAST_HIGH, VOICES, Names
from qualcode.ui.widgets.report_flow import Flow, keep_height
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

LENGTHS = ("Words and phrases", "Single words", "Phrases of two words", "Phrases of three words")
BY_WAVE = "wave"

Grouping = tuple[tuple[str, ...], Callable[[TranscriptId, str], str | None]]


class Terms(QFrame):
    """Counted when looked at, people first. Return finds a term's places, Delete leaves words out."""

    term_opened = Signal(str, object)
    """A term, and the Voices it was counted in."""

    def __init__(self, workspace: Workspace, shelf: SpeechShelf) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace, self._shelf = workspace, shelf
        self._names = Names({}, {}, ())
        self._people: dict[str, ParticipantRow] = {}
        self._asked: object = None
        self._stale = True
        self.model = TermsModel(workspace.mask, self)
        self.length = Picker("Length of terms", snug=True)
        self.length.show_choices([(words, number) for number, words in enumerate(LENGTHS)], 0)
        self.length.picked.connect(self.model.only)
        self.by = Picker("Compare", snug=True)
        self.by.picked.connect(lambda _: self.count())
        self.voices = Picker("Whose speech", snug=True)
        self.voices.show_choices([(words, voices) for voices, words in VOICES], Voices.PARTICIPANTS)
        self.voices.picked.connect(lambda _: self.count())
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setMinimumHeight(theme.px(LEAST_HIGH))
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open_clicked)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.left_out.connect(self._leave_out)
        self.state = label("", "Secondary")
        self.left_out = _LeftOut()
        self.left_out.hide()
        self.left_out.added.connect(lambda words: self._change(words, leave_out=True))
        self.left_out.counted.connect(lambda words: self._change(words, leave_out=False))
        self.left_out_button = button("Words left out", self._toggle_left_out)
        self.left_out_button.setCheckable(True)
        controls = Flow(gap=8)
        controls.setContentsMargins(*(theme.px(8),) * 4)
        for part in (self.length, self.by, self.voices, self.left_out_button, self.state):
            controls.addWidget(part)
        parts = Panes(
            self.table,
            self.left_out,
            key="familiarise left out",
            names=("Terms", "Left out"),
            preferences=workspace.preferences,
            sizes=(700, 260),
            stretch=0,
        )
        self.setLayout(column(controls, line(), parts, gap=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]

    def show_names(self, names: Names, people: list[ParticipantRow], attributes: list[AttributeRow]) -> None:
        """Follow the project; what is shown is counted anew when it is next looked at."""
        self._names, self._people = names, {p.id: p for p in people}
        waves = [(BY_WAVE, "By wave")] if names.waves else []
        self.by.offer([(None, "Not compared"), *waves, *((a.id, f"By {a.name}") for a in attributes)])
        self.left_out.show_words(self._stop_words())
        self.model.refill()
        self._stale = True
        if self.isVisible():
            self.count()

    def look(self) -> None:
        """Count if something changed since the last count."""
        if self._stale:
            self.count()

    def count(self) -> None:
        """Count terms in everything that was said."""
        self._asked = asked = object()
        self._stale = False
        self.state.setText("Counting …")
        wanted = list(self._names.interviews)
        self._shelf.ask(wanted, lambda speeches: self._start(asked, speeches) if asked is self._asked else None)

    def forget(self) -> None:
        """Show nothing: another project is open."""
        self._asked = None
        self.model.show(Frequencies((), 0, ()), ())

    def refresh_stop_words(self) -> None:
        """The words left out were changed, here or by undo."""
        self.left_out.show_words(self._stop_words())
        self._stale = True
        if self.isVisible():
            self.count()

    # --- events ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_height(self)

    # --- within ---

    def _stop_words(self) -> StopWords:
        return StopWords.of(self._workspace.project.setting(SETTING))

    def _start(self, asked: object, speeches: list[Speech]) -> None:
        stop_words, voices = self._stop_words().all(), Voices(self.voices.key())
        groups, group_of = self._grouping()

        def work(task: Task) -> Frequencies:
            def progress(done: int, total: int) -> None:
                task.go_on()
                task.progress(done, total)

            return frequent(speeches, stop_words, voices=voices, groups=groups, group_of=group_of, progress=progress)

        self._workspace.operations.start(
            "Counting words", work, then=lambda found: self._show(found, groups) if asked is self._asked else None
        )

    def _show(self, found: Frequencies, groups: tuple[str, ...]) -> None:
        at = self.table.currentIndex()
        chosen = self.model.term(at)
        self.model.show(found, groups)
        hidden = self.model.hidden
        told = f"{number(hidden, 'term')} left out that could identify somebody" if hidden else ""
        self.state.setText(told if found.terms else "Nobody says a word twice.")
        self.table.fit()
        self._choose(chosen, max(0, at.row()))

    def _grouping(self) -> Grouping:
        """The groups to compare, in their own order, and which one somebody's words count in."""
        by = self.by.key()
        if by == BY_WAVE:
            waves = {wave.id: wave.name for wave in self._names.waves}
            of = {t: waves.get(i.wave_id) if i.wave_id else None for t, i in self._names.interviews.items()}
            return tuple(waves.values()), lambda transcript_id, _: of.get(transcript_id)
        if by is None:
            return (), lambda *_: None
        values = {p.id: p.attributes.get(AttributeId(by), "") for p in self._people.values()}
        groups = tuple(sorted({value for value in values.values() if value}, key=str.casefold))
        return groups, lambda _, person: values.get(person) or None

    def _open(self, index: QModelIndex) -> None:
        term = self.model.term(index)
        if term is not None:
            self.term_opened.emit(term.words, Voices(self.voices.key()))

    def _open_clicked(self, index: QModelIndex) -> None:
        """A click on a term opens it, unless it chooses several."""
        if index.column() == TERM and len(self.table.selectionModel().selectedRows()) == 1:
            self._open(index)

    def _sort(self, column: int) -> None:
        """Order the terms; the one that is chosen stays so."""
        chosen = self.model.term(self.table.currentIndex())
        self.model.sort_by(column)
        self._choose(chosen)

    def _choose(self, term: Term | None, row: int = 0) -> None:
        """Choose a term, or what stands in its place where it is not among those shown."""
        index = self.model.index_of(term)
        instead = self.model.index(min(row, self.model.rowCount() - 1), TERM)
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index if index.isValid() else instead, choose)

    def _leave_out(self) -> None:
        rows = self.table.selectionModel().selectedRows(TERM)
        chosen = [term for term in map(self.model.term, rows) if term is not None]
        words = " ".join(term.words for term in chosen if term.length == 1)
        if words:
            self._change(words, leave_out=True)
        elif chosen:
            self._workspace.refused.emit("Only single words can be left out. Leave out one of this phrase's words.")

    def _change(self, words: str, *, leave_out: bool) -> None:
        known = self._stop_words()
        changed = known.leaving_out(words) if leave_out else known.counting(words)
        if changed == known:
            return
        project, several = self._workspace.project, len(words.split())
        named = number(several, "word") if several > 1 else f"“{words}”"

        def act() -> None:
            with project.step(f"Leave out {named}" if leave_out else f"Count {named} again"):
                project.set_setting(SETTING, changed.setting())

        self._workspace.attempt(act)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("Show in context\tReturn", lambda: self._open(self.table.currentIndex()))
        menu.addAction(printed.beside("Leave out", "familiarise.leave_word_out"), self._leave_out)
        column = self.table.currentIndex().column()
        head = self.model.headerData(column, Qt.Orientation.Horizontal)
        menu.addAction(f"Order by “{head}”", lambda: self._sort(column))
        menu.exec(self.table.viewport().mapToGlobal(at))

    def _toggle_left_out(self) -> None:
        self.left_out.setVisible(self.left_out_button.isChecked())
        if self.left_out.isVisible():
            self.left_out.field.setFocus()


class _Table(QTableView):
    left_out = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Frequent terms")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self._measure()
        theme.appearance.changed.connect(self._measure)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(26))

    def fit(self) -> None:
        """Columns as wide as what they hold, with room for the sign of the order."""
        for section in range(self.model().columnCount()):
            least = theme.px(180 if section == TERM else 70)
            wide = max(self.sizeHintForColumn(section), self.horizontalHeader().sectionSizeHint(section))
            self.setColumnWidth(section, max(least, wide + theme.px(20)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.left_out.emit()
        else:
            super().keyPressEvent(event)


class _LeftOut(QFrame):
    """The words left out: type one to add it, Delete counts one again."""

    added = Signal(str)
    counted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Leave out a word")
        self.field.setAccessibleName("Leave out a word")
        self.field.returnPressed.connect(self._add)
        self.list = QListWidget()
        self.list.setAccessibleName("Words left out")
        self.list.setMinimumHeight(theme.px(LEAST_HIGH))
        self.list.installEventFilter(self)
        again = button("Count again", self._count, tip="Count the chosen word again ({familiarise.leave_word_out})")
        self.setLayout(column(self.field, self.list, row(again, None), margin=8, gap=6))

    def show_words(self, words: StopWords) -> None:
        """Show these: first what was added in this project."""
        at = self.list.currentRow()
        self.list.clear()
        for word in (*sorted(words.added), *sorted(words.all() - words.added)):
            item = QListWidgetItem(f"{word}  (added here)" if word in words.added else word)
            item.setData(Qt.ItemDataRole.UserRole, word)
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, self.list.count() - 1))

    def eventFilter(self, watched, event) -> bool:  # type: ignore[no-untyped-def]
        if isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress and event.key() == Qt.Key.Key_Delete:
            self._count()
            return True
        return super().eventFilter(watched, event)

    def _add(self) -> None:
        words = self.field.text().strip()
        self.field.clear()
        if words:
            self.added.emit(words)

    def _count(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.counted.emit(item.data(Qt.ItemDataRole.UserRole))
