"""The board: themes and sub-themes in reading order with the cards of their codes, to be moved by drag or key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import ThemeId
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.models.codebook import MIME_CODES
from qualcode.ui.models.framework import HELD, Card, CodeCard, FrameworkModel, ThemeCard
from qualcode.ui.widgets.drop_mark import Target, beside_the_mouse, paint_target, slip
from qualcode.ui.widgets.theme_cards import ARROW, CardDelegate

ALT, CONTROL, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier(0)


class ThemeBoard(QTreeView):
    """F2 renames, Alt and an arrow move, Return goes to the segments, Delete removes. The stage does what is asked."""

    chosen = Signal()
    opened = Signal()
    delete_wanted = Signal()
    move_wanted = Signal()
    merge_wanted = Signal()
    sub_theme_wanted = Signal()
    shifted = Signal(int)
    nested = Signal(bool)
    """Under the theme before (True), or out of the theme above (False)."""

    def __init__(self) -> None:
        super().__init__()
        self._target: Target | None = None
        self.setObjectName("Board")
        self.setAccessibleName("Framework")
        self.framework = FrameworkModel(self)
        self.setModel(self.framework)
        self.setItemDelegate(CardDelegate(self, wide=True))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self._restyle()
        theme.appearance.changed.connect(self._restyle)

    @property
    def drop_says(self) -> str:
        """What a drop would do where the mouse is; empty while nothing is dragged."""
        return self._target.says if self._target else ""

    # --- what is shown and chosen ---

    def show_framework(
        self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow], findings: Mapping[ThemeId, int]
    ) -> None:
        """Show the framework; what is folded, chosen and where one is scrolled to stays."""
        folded = {card.row.id for card in self._cards() if not self.isExpanded(self.framework.find(card.row.id))}
        chosen = [card.row.id for card in self.selection()]
        current = self.current()
        at = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.framework.show(themes, codes, findings)
        self.expandAll()
        for theme_row in themes:
            if theme_row.id in folded:
                self.collapse(self.framework.find(theme_row.id))
        self.choose(chosen, current.row.id if current else "")
        self.blockSignals(False)
        self.verticalScrollBar().setValue(at)

    def selection(self) -> list[Card]:
        """What is chosen, from top to bottom."""
        picked = {index.data(HELD).row.id for index in self.selectionModel().selectedIndexes()}
        return [
            node.held for node in self.framework.root.below() if node.held is not None and node.held.row.id in picked
        ]

    def current(self) -> Card | None:
        card = self.currentIndex().data(HELD) if self.currentIndex().isValid() else None
        return card if isinstance(card, ThemeCard | CodeCard) else None

    def choose(self, keys: Iterable[str], current: str = "") -> None:
        """Choose themes and codes by id, and make one of them the current one."""
        selection = self.selectionModel()
        selection.clear()
        found = [index for index in map(self.framework.find, keys) if index.isValid()]
        here = self.framework.find(current) if current else QModelIndex()
        if not here.isValid() and found:
            here = found[-1]
        if here.isValid():
            selection.setCurrentIndex(here, QItemSelectionModel.SelectionFlag.NoUpdate)
        for index in found:
            selection.select(index, QItemSelectionModel.SelectionFlag.Select)

    def reveal(self, key: str) -> None:
        """Choose one theme or code and scroll to it."""
        self.choose([key], key)
        self.scrollTo(self.framework.find(key))

    def name_anew(self, key: str) -> None:
        """Let the name of a theme or code be typed."""
        self.reveal(key)
        self.setFocus()
        self.edit(self.framework.find(key))

    def fold_all(self, folded: bool) -> None:
        """Fold all themes, so that only their headings are seen, or open them."""
        if folded:
            self.collapseAll()
        else:
            self.expandAll()

    # --- events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = (Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        acts = {
            (Qt.Key.Key_Return, PLAIN): self.opened.emit,
            (Qt.Key.Key_Enter, PLAIN): self.opened.emit,
            (Qt.Key.Key_Delete, PLAIN): self.delete_wanted.emit,
            (Qt.Key.Key_Up, ALT): lambda: self.shifted.emit(-1),
            (Qt.Key.Key_Down, ALT): lambda: self.shifted.emit(1),
            (Qt.Key.Key_Right, ALT): lambda: self.nested.emit(True),
            (Qt.Key.Key_Left, ALT): lambda: self.nested.emit(False),
            (Qt.Key.Key_Space, PLAIN): self._toggle,
        }
        act = acts.get(pressed)
        if act is None or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        else:
            act()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        card = index.data(HELD) if index.isValid() else None
        at = event.position().x() - self.visualRect(index).left() if card else -1
        if isinstance(card, ThemeCard) and 0 <= at <= theme.px(ARROW + 4):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        cards = self.selection()
        if cards:
            codes = [card for card in cards if isinstance(card, CodeCard)]
            drag = QDrag(self)
            drag.setMimeData(self.framework.mimeData(self.selectedIndexes()))
            drag.setPixmap(slip(self, [card.row for card in codes or cards[:1]]))
            drag.setHotSpot(beside_the_mouse())
            drag.exec(Qt.DropAction.MoveAction)
            self._show_target(None)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        edge = theme.px(28)
        if event.position().y() < edge:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - theme.px(8))
        codes = event.mimeData().hasFormat(MIME_CODES)
        self._show_target(self._target_at(event.position().toPoint(), codes=codes))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        target = self._target_at(event.position().toPoint(), codes=data.hasFormat(MIME_CODES))
        self._show_target(None)
        self.setState(QAbstractItemView.State.NoState)
        event.setDropAction(Qt.DropAction.CopyAction)  # nothing is taken away where it came from
        event.accept()
        self.framework.dropMimeData(data, Qt.DropAction.MoveAction, target.row, 0, target.parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_target(painter, self._target, self.viewport().rect())

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex) -> None:  # type: ignore[override]
        """The cards draw their own arrows."""

    # --- within ---

    def _target_at(self, at: QPoint, *, codes: bool) -> Target:
        """Codes go before the card or onto the theme they are over; themes between themes, or onto one."""
        index = self.indexAt(at)
        place = self.visualRect(index)
        held = index.data(HELD) if index.isValid() else None
        row, parent, mark = -1, index, place.adjusted(1, 1, -1, -1)
        over_code = codes and isinstance(held, CodeCard)
        edge = place.height() // 4
        if held is None:
            mark = self.viewport().rect().adjusted(1, 1, -1, -1)
        elif over_code or (isinstance(held, ThemeCard) and not codes and at.y() < place.top() + edge):
            row, parent, mark = index.row(), index.parent(), QRect(place.left(), place.top(), place.width(), 0)
        elif isinstance(held, CodeCard):
            mark = self.visualRect(index.parent()).adjusted(1, 1, -1, -1)
        return Target(parent, row, mark, (self._says_of_codes if codes else self._says_of_theme)(row, parent))

    def _says_of_codes(self, row: int, parent: QModelIndex) -> str:
        theme_row, before = self.framework.code_place(row, parent)
        if theme_row is None:
            return "A new theme of these codes"
        return f"Before “{before.name}”" if before else f"To “{theme_row.name}”"

    def _says_of_theme(self, row: int, parent: QModelIndex) -> str:
        above, before = self.framework.theme_place(row, parent)
        if before is not None:
            return f"Before “{before.name}”"
        return f"Under “{above.name}”" if above else "A theme of its own, last"

    def _show_target(self, target: Target | None) -> None:
        if target != self._target:
            self._target = target
            self.viewport().update()

    def _toggle(self) -> None:
        if isinstance(self.current(), ThemeCard):
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))

    def _cards(self) -> list[Card]:
        return [node.held for node in self.framework.root.below() if isinstance(node.held, ThemeCard)]

    def _menu(self, at: QPoint) -> None:
        menu, card = QMenu(self), self.current()
        if isinstance(card, ThemeCard):
            menu.addAction(printed.beside("Rename", "themes.rename"), lambda: self.edit(self.currentIndex()))
            menu.addAction("New sub-theme", self.sub_theme_wanted.emit)
            menu.addSeparator()
            menu.addAction(printed.beside("Move up", "themes.up"), lambda: self.shifted.emit(-1))
            menu.addAction(printed.beside("Move down", "themes.down"), lambda: self.shifted.emit(1))
            menu.addAction(printed.beside("Put under the theme before", "themes.nest"), lambda: self.nested.emit(True))
            out = menu.addAction(printed.beside("Move out", "themes.lift"), lambda: self.nested.emit(False))
            out.setEnabled(card.depth > 0)
            menu.addSeparator()
            menu.addAction("Merge into…", self.merge_wanted.emit)
            menu.addAction(printed.beside("Delete theme", "themes.delete"), self.delete_wanted.emit)
        elif isinstance(card, CodeCard):
            menu.addAction(printed.beside("Move to theme…", "themes.move"), self.move_wanted.emit)
            menu.addAction("Merge into…", self.merge_wanted.emit)
            menu.addAction(printed.beside("Take out of the theme", "themes.delete"), self.delete_wanted.emit)
            menu.addAction(printed.beside("Rename", "themes.rename"), lambda: self.edit(self.currentIndex()))
            menu.addSeparator()
            menu.addAction(printed.beside("Move up", "themes.up"), lambda: self.shifted.emit(-1))
            menu.addAction(printed.beside("Move down", "themes.down"), lambda: self.shifted.emit(1))
            menu.addAction(printed.beside("Put under the code before", "themes.nest"), lambda: self.nested.emit(True))
            out = menu.addAction(printed.beside("Move out", "themes.lift"), lambda: self.nested.emit(False))
            out.setEnabled(card.row.parent_id is not None)
        else:
            return
        menu.exec(self.viewport().mapToGlobal(at))

    def _restyle(self) -> None:
        self.setIndentation(theme.px(18))
        self.setStyleSheet(
            f"QTreeView#Board {{ background: {theme.tokens().background}; padding: 0 {theme.px(12)}px;"
            " selection-background-color: transparent; show-decoration-selected: 0; }"
            "QTreeView::item, QTreeView::item:hover, QTreeView::item:selected { background: transparent; }"
        )
        self.scheduleDelayedItemsLayout()
