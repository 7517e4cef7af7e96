"""The codes of no theme at the side of the board, with a filter; and what in the framework is worth a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QMenu, QVBoxLayout

from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.models.framework import HELD, CodeCard, LooseModel
from qualcode.ui.widgets.basics import Elided, button, clear, column, label
from qualcode.ui.widgets.drop_mark import beside_the_mouse, slip
from qualcode.ui.widgets.theme_cards import CardDelegate


class LooseCodes(QFrame):
    """Drag codes to a theme, or choose some and move them by keys."""

    chosen = Signal()
    opened = Signal()
    move_wanted = Signal()
    merge_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Codes without a theme")
        self._cards: list[CodeCard] = []
        self._there = False
        self.model = LooseModel(self)
        self.head = Elided("Codes without a theme", "Head")
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter codes without a theme")
        self.filter.textChanged.connect(self._refill)
        self.list = _List(self.model)
        self.list.opened.connect(self.opened)
        self.list.move_wanted.connect(self.move_wanted)
        self.list.merge_wanted.connect(self.merge_wanted)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self._hint = label("", "Secondary", wrap=True)
        self._hint.setContentsMargins(*(theme.px(12),) * 4)
        self._looks = QVBoxLayout()
        self._looks.setContentsMargins(*(theme.px(12),) * 4)
        self._looks.setSpacing(theme.px(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(column(self.head, self.filter, margin=10, gap=6))
        layout.addWidget(self._hint)
        layout.addWidget(self.list, 1)
        layout.addLayout(self._looks)
        self.setFocusProxy(self.list)

    def show_codes(self, cards: Sequence[CodeCard], *, codes_exist: bool) -> None:
        """Show these; what is chosen stays so."""
        self._cards, self._there = list(cards), codes_exist
        count = len(cards)
        self.head.setText(f"Codes without a theme · {count}" if count else "Codes without a theme")
        self.filter.setPlaceholderText(f"Filter {count} codes" if count != 1 else "Filter 1 code")
        self.filter.setVisible(count > 0)
        self._refill()

    def show_looks(self, looks: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Point out what is worth a look, each with what a click does."""
        clear(self._looks)
        if looks:
            self._looks.addWidget(label("Worth a look", "Head"))
        for words, act in looks:
            found = button(words, act, "Link")
            found.setSizePolicy(found.sizePolicy().Policy.Ignored, found.sizePolicy().verticalPolicy())
            found.setToolTip(words)
            self._looks.addWidget(found)

    def selection(self) -> list[CodeCard]:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.cards[row] for row in rows]

    def choose(self, keys: Sequence[str]) -> None:
        selection = self.list.selectionModel()
        selection.clear()
        for number, card in enumerate(self.model.cards):
            if card.row.id in keys:
                index = self.model.index(number)
                selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                selection.select(index, QItemSelectionModel.SelectionFlag.Select)

    def _refill(self) -> None:
        wanted = self.filter.text().strip().casefold()
        chosen = [card.row.id for card in self.selection()]
        shown = self._cards
        if wanted:
            shown = [replace(card, depth=0) for card in shown if wanted in card.whole_name.casefold()]
        self.model.show(shown)
        self.choose(chosen)
        if self._cards:
            self._hint.setText(f"No code without a theme has “{self.filter.text().strip()}” in its name.")
        elif self._there:
            self._hint.setText("Every code is under a theme. Drop codes here to take them out.")
        else:
            self._hint.setText("Codes that you make in Code wait here to be gathered.")
        self._hint.setVisible(not shown)


class _List(QListView):
    opened = Signal()
    move_wanted = Signal()
    merge_wanted = Signal()

    def __init__(self, model: LooseModel) -> None:
        super().__init__()
        self.setObjectName("Cards")
        self.setAccessibleName("Codes without a theme")
        self.setModel(model)
        self.setItemDelegate(CardDelegate(self, wide=False))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setStyleSheet(
            "QListView::item, QListView::item:hover, QListView::item:selected { background: transparent; }"
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        theme.appearance.changed.connect(self.scheduleDelayedItemsLayout)

    def startDrag(self, actions: Qt.DropAction) -> None:
        indexes = self.selectedIndexes()
        if indexes:
            drag = QDrag(self)
            drag.setMimeData(self.model().mimeData(indexes))
            drag.setPixmap(slip(self, [index.data(HELD).row for index in indexes]))
            drag.setHotSpot(beside_the_mouse())
            drag.exec(Qt.DropAction.MoveAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _menu(self, at) -> None:  # type: ignore[no-untyped-def]
        index = self.currentIndex()
        if index.isValid() and isinstance(index.data(HELD), CodeCard):
            menu = QMenu(self)
            menu.addAction(printed.beside("Move to theme…", "themes.move"), self.move_wanted.emit)
            menu.addAction("Merge into…", self.merge_wanted.emit)
            menu.addAction(printed.beside("Rename", "themes.rename"), lambda: self.edit(index))
            menu.exec(self.viewport().mapToGlobal(at))
