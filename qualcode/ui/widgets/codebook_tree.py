"""The codebook's tree: the keys that act on it, and what a drop does, said while something is dragged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId
from qualcode.ui import theme
from qualcode.ui.mask import Anonymised
from qualcode.ui.models.codebook import MIME_CODES, CodebookModel
from qualcode.ui.widgets.codebook_line import CodeDelegate
from qualcode.ui.widgets.drop_mark import Target, beside_the_mouse, paint_target, slip

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class CodeTree(QTreeView):
    """Return applies a code, F2 renames, F4 opens its page, Alt and arrows move, Delete removes; letters filter."""

    sheet_wanted = Signal()
    delete_wanted = Signal()
    locked = Signal()
    """A name was to be changed that is shown anonymised."""
    typed = Signal(str)
    """What was typed while the tree had the focus."""
    shifted = Signal(int)
    """Up (-1) or down (1) among the codes beside it."""
    nested = Signal(bool)
    """Under the code before (True), or out of the code above (False)."""

    def __init__(self, model: CodebookModel) -> None:
        super().__init__()
        self._codes = model
        self._target: Target | None = None
        self.setAccessibleName("Codes")
        self.setHeaderHidden(True)
        self.setModel(model)
        self.setItemDelegate(CodeDelegate(self))
        self.setIndentation(theme.px(12))
        self.setMinimumHeight(theme.px(27))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAutoExpandDelay(700)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        theme.appearance.changed.connect(self._follow_scale)

    # --- what is chosen ---

    def chosen(self) -> list[CodeId]:
        """The codes selected, in the order of the codebook."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: self.visualRect(index).top())
        rows = (self._codes.row(index) for index in indexes)
        return [row.id for row in rows if isinstance(row, CodeRow)]

    def beside(self, code_ids: Collection[CodeId]) -> CodeId | None:
        """The code to choose when these are gone: the next one shown, or else the one before."""
        shown: list[CodeId] = []
        index = self._codes.index(0, 0)
        while index.isValid():
            row = self._codes.row(index)
            shown += [row.id] if isinstance(row, CodeRow) else []
            index = self.indexBelow(index)
        last = max((at for at, code_id in enumerate(shown) if code_id in code_ids), default=-1)
        around = (*shown[last + 1 :], *reversed(shown[: last + 1]))
        return next((code_id for code_id in around if code_id not in code_ids), None)

    def choose(self, code_ids: Sequence[CodeId]) -> None:
        """Select these codes, as far as they are shown; the first is the current one, and in sight."""
        model = self.selectionModel()
        found = [index for index in map(self._codes.index_of, code_ids) if index.isValid()]
        for index in found[:1]:
            self.setCurrentIndex(index)
        for index in found[1:]:
            model.select(index, model.SelectionFlag.Select)

    @property
    def drop_says(self) -> str:
        """What a drop would do where the mouse is; empty while nothing is dragged."""
        return self._target.says if self._target else ""

    def rename(self) -> None:
        """Let the name of what is chosen be typed where it stands, unless it is shown anonymised."""
        index = self.currentIndex()
        row = self._codes.row(index)
        if row is not None and isinstance(row.name, Anonymised):
            self.locked.emit()
        elif self._codes.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.scrollTo(index)
            self.edit(index)

    # --- keys and the mouse ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = (Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        acts: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_F2, NONE): self.rename,
            (Qt.Key.Key_F4, NONE): self.sheet_wanted.emit,
            (Qt.Key.Key_Delete, NONE): self.delete_wanted.emit,
            (Qt.Key.Key_Up, ALT): lambda: self.shifted.emit(-1),
            (Qt.Key.Key_Down, ALT): lambda: self.shifted.emit(1),
            (Qt.Key.Key_Right, ALT): lambda: self.nested.emit(True),
            (Qt.Key.Key_Left, ALT): lambda: self.nested.emit(False),
            (Qt.Key.Key_Return, NONE): lambda: self.activated.emit(self.currentIndex()),
            (Qt.Key.Key_Enter, NONE): lambda: self.activated.emit(self.currentIndex()),
        }
        act = acts.get(pressed)
        if act is None or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        else:
            act()

    def keyboardSearch(self, search: str) -> None:
        if search.strip():
            self.typed.emit(search)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A code opens its page, a theme folds; by itself Qt would take it for Return."""
        index = self.indexAt(event.position().toPoint())
        if isinstance(self._codes.row(index), CodeRow):
            self.sheet_wanted.emit()
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        place = self.visualRect(self.currentIndex())
        if event.size().height() < place.bottom() <= event.oldSize().height():
            self.scrollTo(self.currentIndex())

    # --- dragging ---

    def startDrag(self, actions: Qt.DropAction) -> None:
        dragged = [index for index in self.selectedIndexes() if isinstance(self._codes.row(index), CodeRow)]
        if dragged:
            drag = QDrag(self)
            drag.setMimeData(self._codes.mimeData(dragged))
            drag.setPixmap(slip(self, [row for row in map(self._codes.row, dragged) if isinstance(row, CodeRow)]))
            drag.setHotSpot(beside_the_mouse())
            drag.exec(actions, Qt.DropAction.CopyAction)
            self._show_target(None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(event.mimeData().hasFormat(kind) for kind in self._codes.mimeTypes()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls near the edges, opens what is folded
        target = self._target_at(event.position().toPoint(), codes=event.mimeData().hasFormat(MIME_CODES))
        self._show_target(target)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        target = self._target_at(event.position().toPoint(), codes=data.hasFormat(MIME_CODES))
        self._show_target(None)
        self.setState(QAbstractItemView.State.NoState)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._codes.dropMimeData(data, Qt.DropAction.CopyAction, target.row, 0, target.parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_target(painter, self._target, self.viewport().rect())

    # --- within ---

    def _target_at(self, at: QPoint, *, codes: bool) -> Target:
        index = self.indexAt(at)
        row = self._codes.row(index)
        place = self.visualRect(index)
        edge = place.height() // 4
        if not index.isValid():
            says = "Out of their theme" if codes else "A new code, of no theme yet"
            return Target(QModelIndex(), -1, self.viewport().rect().adjusted(1, 1, -1, -1), says)
        if codes and isinstance(row, CodeRow) and at.y() < place.top() + edge:
            line = QRect(place.left(), place.top(), place.width(), 0)
            return Target(index.parent(), index.row(), line, f"Before “{row.name}”")
        if codes and isinstance(row, CodeRow) and at.y() > place.bottom() - edge:
            return self._target_after(index, row, place)
        return Target(index, -1, place.adjusted(0, 1, -1, -1), _on(row, codes=codes))

    def _target_after(self, index: QModelIndex, row: CodeRow, place: QRect) -> Target:
        """Below a line: after it, or first under it where what lies under it is open."""
        line = QRect(place.left(), place.bottom() + 1, place.width(), 0)
        if self.isExpanded(index) and self._codes.rowCount(index):
            return Target(index, 0, line.adjusted(self.indentation(), 0, 0, 0), f"First under “{row.name}”")
        return Target(index.parent(), index.row() + 1, line, f"After “{row.name}”")

    def _show_target(self, target: Target | None) -> None:
        if target != self._target:
            self._target = target
            self.viewport().update()

    def _follow_scale(self) -> None:
        self.setIndentation(theme.px(12))
        self.scheduleDelayedItemsLayout()


def _on(row: CodeRow | ThemeRow | None, *, codes: bool) -> str:
    """What a drop on a line does."""
    if isinstance(row, CodeRow):
        return "Merge, or put under it: you choose" if codes else f"Code with “{row.name}”"
    if row is None:
        return "Out of their theme" if codes else "A new code, of no theme yet"
    return f"Move to “{row.name}”" if codes else f"A new code under “{row.name}”"
