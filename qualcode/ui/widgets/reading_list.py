"""The interviews at the side of the reading view: by wave, who has read how much of each, and the next unread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
)

from qualcode.core.rows import WaveRow
from qualcode.core.values import CoderId, InterviewId
from qualcode.ui import theme
from qualcode.ui.models.interviews import ENTRY, PROGRESS, Entry, InterviewsModel, State
from qualcode.ui.widgets.basics import Elided, button, column, label, row


class ReadingList(QFrame):
    """Return or a click opens an interview, Shift+Return opens it beside the one that is read.

    Return in the filter opens the first that it leaves.
    """

    opened = Signal(object)
    """An InterviewId."""
    opened_beside = Signal(object)
    next_wanted = Signal()
    reader_chosen = Signal(object)
    """A CoderId: whose reading shall be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Interviews")
        self.model = InterviewsModel(self)
        self._waves: Sequence[WaveRow] = ()
        self._entries: Sequence[Entry] = ()
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter interviews")
        self.filter.textChanged.connect(self._refill)
        self.filter.returnPressed.connect(self._open_first)
        self.reader = QComboBox()
        self.reader.setAccessibleName("Reader")
        self.reader.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reader.activated.connect(lambda number: self.reader_chosen.emit(self.reader.itemData(number)))
        self._progress = Elided()
        self.next = button(
            "Next unread", self.next_wanted.emit, tip="Open the next interview you have not read ({familiarise.unread})"
        )
        self.tree = _Tree(self)
        self.tree.setModel(self.model)
        self.tree.chosen.connect(self.opened)
        self.tree.beside.connect(self.opened_beside)
        head = row(label("Interviews", "Head"), None, self._progress)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(column(head, self.filter, self.reader, self.next, margin=10, gap=6))
        layout.addWidget(self.tree, 1)

    # --- what is shown ---

    def show_interviews(self, waves: Sequence[WaveRow], entries: Sequence[Entry]) -> None:
        self._waves, self._entries = waves, entries
        count = len(entries)
        self.filter.setPlaceholderText(f"Filter {count:,} interviews" if count != 1 else "Filter 1 interview")
        self._refill()
        self._count()

    def show_readers(self, readers: Sequence[tuple[CoderId, str, int]], shown: CoderId, total: int) -> None:
        """Offer these readers with the number of interviews each has read; a line does where there is but one."""
        self.reader.clear()
        for number, (coder_id, name, read) in enumerate(readers):
            self.reader.addItem(f"{name} · {read} of {total} read", coder_id)
            if coder_id == shown:
                self.reader.setCurrentIndex(number)
        self.reader.setVisible(len(readers) > 1)
        self._progress.setVisible(len(readers) == 1)

    def update_entry(self, entry: Entry) -> None:
        self._entries = [entry if e.interview.id == entry.interview.id else e for e in self._entries]
        self.model.update(entry)
        self._count()

    def choose(self, interview_id: InterviewId) -> None:
        """Show which interview is read."""
        index = self.model.index_of(interview_id)
        if index.isValid():
            self.tree.setCurrentIndex(index)

    # --- within ---

    def _refill(self) -> None:
        chosen = self.tree.current()
        closed = [i for i in range(self.model.rowCount()) if not self.tree.isExpanded(self.model.index(i, 0))]
        before = self.model.rowCount()
        self.model.show(self._waves, self._entries, self.filter.text())
        self.tree.expandAll()
        if before == self.model.rowCount() and not self.filter.text():
            for number in closed:
                self.tree.collapse(self.model.index(number, 0))
        if chosen is not None:
            self.choose(chosen.interview.id)

    def _open_first(self) -> None:
        """Open the first interview that the filter leaves."""
        shown = self.model.entries()
        if shown:
            self.opened.emit(shown[0].interview.id)

    def _count(self) -> None:
        read = sum(entry.state is State.READ for entry in self._entries)
        self._progress.setText(f"{read} of {len(self._entries)} read")
        self.next.setEnabled(read < len(self._entries))


class _Tree(QTreeView):
    chosen = Signal(object)
    beside = Signal(object)

    def __init__(self, parent: ReadingList) -> None:
        super().__init__(parent)
        self.setAccessibleName("Interviews by wave")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(_Line(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.clicked.connect(self._clicked)

    def current(self) -> Entry | None:
        index = self.currentIndex()
        found = index.data(ENTRY) if index.isValid() else None
        return found if isinstance(found, Entry) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(beside=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if index.data(ENTRY) is None:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._open()

    def _open(self, *, beside: bool = False) -> None:
        entry = self.current()
        if entry is not None:
            (self.beside if beside else self.chosen).emit(entry.interview.id)
        elif self.currentIndex().isValid():
            self.setExpanded(self.currentIndex(), not self.isExpanded(self.currentIndex()))

    def _menu(self, at: QPoint) -> None:
        if self.current() is not None:
            menu = QMenu(self)
            menu.addAction("Open\tReturn", self._open)
            menu.addAction("Open beside\tShift+Return", lambda: self._open(beside=True))
            menu.exec(self.viewport().mapToGlobal(at))


class _Line(QStyledItemDelegate):
    """A sign for unread, begun or read, the title, and at the right how far."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(120), theme.px(28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect).adjusted(theme.px(10), 0, -theme.px(10), 0)
        t = theme.tokens()
        if isinstance(entry, Entry):
            side = theme.px(12)
            _paint_state(painter, entry, QRectF(place.left(), place.center().y() - side / 2, side, side))
            place.setLeft(place.left() + theme.px(20))
        far = index.data(PROGRESS)
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(t.secondary))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, far)
        place.setRight(place.right() - painter.fontMetrics().horizontalAdvance(far) - theme.px(8))
        painter.setFont(theme.interface_font(13, bold=not isinstance(entry, Entry)))
        painter.setPen(QColor(t.text))
        title = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()


def _paint_state(painter: QPainter, entry: Entry, place: QRectF) -> None:
    """An empty ring, one filled as far as was read, a tick."""
    t = theme.tokens()
    shade = QColor(t.accent if entry.state is State.BEGUN else t.secondary)
    if entry.state is State.READ:
        painter.setPen(QPen(QColor(t.good), theme.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        corner = place.center()
        painter.drawPolyline(
            [
                place.topLeft() + (corner - place.topLeft()) * 0.25 + (place.bottomLeft() - place.topLeft()) * 0.45,
                place.bottomLeft() + (place.bottomRight() - place.bottomLeft()) * 0.38,
                place.topRight() + (place.bottomRight() - place.topRight()) * 0.12,
            ]
        )
        return
    painter.setPen(QPen(shade, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place)
    if entry.state is State.BEGUN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPie(place, 90 * 16, -round(360 * 16 * max(0.06, entry.reached)))
