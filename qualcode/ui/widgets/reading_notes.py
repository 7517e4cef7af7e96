"""The list of marks and notes: all that stands beside the transcript that is read, or what was marked anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.widgets.basics import label, row
from qualcode.ui.widgets.notes import Note, NoteKind
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.wrapping import Wrapped

EMPTY = (
    "Nothing is marked here yet. Select words and press M to mark them as important, or N to write a note beside them."
)
EMPTY_EVERYWHERE = "Nothing is marked in any interview yet."
SCOPES = (("In this interview", False), ("In all interviews", True))
_NOTE = Qt.ItemDataRole.UserRole
_WHERE = Qt.ItemDataRole.UserRole + 1
_MOST_LINES = 6


class ReadingNotes(QFrame):
    """A click or Return goes there, F2 edits, Delete removes. Those of one interview, or of all of them."""

    opened = Signal(object)
    """A Note to be shown in the text."""
    edit_wanted = Signal(object)
    remove_wanted = Signal(object)
    scope_chosen = Signal()
    """Notes of other interviews are to be shown, or no longer."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.scope = Picker("Notes shown")
        self.scope.show_choices(SCOPES, False)
        self.scope.picked.connect(lambda _: self.scope_chosen.emit())
        self.list = _List()
        self.list.opened.connect(self.opened)
        self.list.edit_wanted.connect(self.edit_wanted)
        self.list.remove_wanted.connect(self.remove_wanted)
        self.empty = label(EMPTY, "Secondary", wrap=True)
        self.empty.setContentsMargins(*(theme.px(14),) * 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(self.scope, margin=8))
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)

    @property
    def of_all(self) -> bool:
        """Whether those of all interviews are wanted."""
        return bool(self.scope.key())

    def show_notes(self, notes: Sequence[Note], words_of: Callable[[Span], str], line_of: Callable[[int], int]) -> None:
        """Show those of the interview that is read, with the words that a mark stands on."""
        lines = []
        for note in notes:
            where = "" if note.span is None else f"Line {line_of(note.span.start):,}"
            lines.append((note, where, note.text or (f"“{words_of(note.span)}”" if note.span else "")))
        self._show(lines, EMPTY)

    def show_all(self, notes: Sequence[tuple[str, Sequence[Note]]]) -> None:
        """Show those of all interviews, each with the interview's title."""
        lines = [(note, title, f"{note.text} “{note.quote}”".strip()) for title, found in notes for note in found]
        self._show(lines, EMPTY_EVERYWHERE)

    def _show(self, lines: Sequence[tuple[Note, str, str]], empty: str) -> None:
        """Show notes, each with where it stands and its words; the chosen one stays chosen."""
        chosen, scroll = self.chosen(), self.list.verticalScrollBar().value()
        self.list.clear()
        for note, where, said in lines:
            words = _words(said)
            item = QListWidgetItem(words)
            item.setData(_NOTE, note)
            item.setData(_WHERE, " · ".join(part for part in (where, note.kind.value, note.by) if part))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.data(_WHERE)}: {words}")
            self.list.addItem(item)
            if note.key == chosen:
                self.list.setCurrentItem(item)
        self.list.verticalScrollBar().setValue(scroll)
        self.empty.setText(empty)
        self.empty.setVisible(not lines)
        self.list.setVisible(bool(lines))

    def chosen(self) -> str:
        note = self.list.current()
        return note.key if note else ""

    def choose(self, key: str) -> None:
        """Show which note is meant, without going there."""
        for number in range(self.list.count()):
            if self.list.item(number).data(_NOTE).key == key:
                self.list.setCurrentRow(number)
                return
        self.list.setCurrentRow(-1)


class _List(QListWidget):
    opened = Signal(object)
    edit_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Notes and marks")
        self.setItemDelegate(_NoteLine(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.opened.emit(item.data(_NOTE)))

    def current(self) -> Note | None:
        item = self.currentItem()
        return item.data(_NOTE) if item else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        note = self.current()
        wanted = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_F2: self.edit_wanted,
            Qt.Key.Key_Delete: self.remove_wanted,
        }.get(Qt.Key(event.key()))
        if note is not None and wanted is not None:
            wanted.emit(note)
        else:
            super().keyPressEvent(event)


class _NoteLine(QStyledItemDelegate):
    """Where and what it is; below, its first lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = option.widget.viewport().width()  # type: ignore[attr-defined]
        head, words = _parts(index, width - theme.px(28))
        return QSize(width, round(head.height + words.height) + theme.px(14))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        at = QPointF(option.rect.topLeft()) + QPointF(theme.px(14), theme.px(7))
        head, words = _parts(index, option.rect.width() - theme.px(28))
        painter.save()
        painter.setPen(QColor(theme.tokens().secondary))
        head.draw(painter, at)
        painter.setPen(QColor(theme.tokens().text))
        words.draw(painter, at + QPointF(0, head.height))
        painter.restore()


def _parts(index: QModelIndex | QPersistentModelIndex, width: float) -> tuple[Wrapped, Wrapped]:
    is_mark = index.data(_NOTE).kind is NoteKind.MARK
    font = theme.reading_font(13) if is_mark else theme.interface_font(13)
    head = ("★ " if is_mark else "") + index.data(_WHERE)
    return Wrapped(head, theme.interface_font(12), width, 2), Wrapped(index.data(), font, width, _MOST_LINES)


def _words(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 300 else text[:299].rstrip() + "…"
