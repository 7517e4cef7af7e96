"""The table of the Compare stage: headings that stay in view, cells that say their state by sign and word."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.models.matrix import HELD, Fact, Heading, MatrixModel, Table
from qualcode.ui.widgets.wrapping import Wrapped

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
PLAIN_ROW, MOST_NOTE_LINES = 36, 4
HEAD_LINES = 3
LEAST_BELOW_HEAD = 60
"""Pixels at 100 % in which rows are always seen; where there is no room for so much the page scrolls."""


class MatrixView(QTableView):
    """Arrow keys go from cell to cell; Return opens what is behind, F2 writes, Space folds a column's sub-themes."""

    chosen = Signal()
    opened = Signal()
    write_wanted = Signal()
    fold_wanted = Signal(str)
    """The key of a column that can be folded."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.cells = MatrixModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(FactDelegate(self))
        self.across = Headings(Qt.Orientation.Horizontal, self)
        self.down = Headings(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(self.across)
        self.setVerticalHeader(self.down)
        self.across.pressed_on.connect(self._fold)
        self._corner = _Corner(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        theme.appearance.changed.connect(self._measure)

    def show_table(self, table: Table) -> None:
        """Show a table; the chosen cell stays chosen while its headings are there, and the scrolling stays."""
        kept = self.place()
        down, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self.blockSignals(True)
        self.cells.show(table)
        self._measure()
        found = self.cells.find(*kept) if kept else QModelIndex()
        if found.isValid():
            self.selectionModel().setCurrentIndex(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(across)
        self.chosen.emit()

    def fact(self) -> Fact | None:
        """The chosen cell."""
        return self.cells.fact(self.currentIndex())

    def place(self) -> tuple[str, str] | None:
        """The keys of the chosen cell's row and column."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        row, column = self.cells.heads(index)
        return row.key, column.key

    def choose(self, row_key: str, column_key: str) -> None:
        self.setCurrentIndex(self.cells.find(row_key, column_key))

    # --- events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.write_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._fold(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, 0))

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._corner.setGeometry(self.frameWidth(), self.frameWidth(), self.down.width(), self.across.height())

    # --- within ---

    def _fold(self, column: int) -> None:
        head = self.cells.table.columns[column]
        if head.folded is not None:
            self.fold_wanted.emit(head.key)

    def _measure(self) -> None:
        """Set the widths and heights that the table and the text scale ask for."""
        table = self.cells.table
        self.down.setFixedWidth(theme.px(table.width))
        self.across.setFixedHeight(self._head_height())
        self.setMinimumHeight(self.across.height() + theme.px(LEAST_BELOW_HEAD))
        self.down.setDefaultSectionSize(theme.px(PLAIN_ROW))
        for number, head in enumerate(table.columns):
            self.setColumnWidth(number, theme.px(head.width))
        for number, (head, facts) in enumerate(table.rows):
            self.setRowHeight(number, self._row_height(head, facts))
        self._corner.update()

    def _row_height(self, head: Heading, facts: tuple[Fact, ...]) -> int:
        notes = [
            _note(fact.note, theme.px(column.width) - theme.px(20)).height
            for fact, column in zip(facts, self.cells.table.columns, strict=True)
            if fact.note
        ]
        bar = theme.px(10) if any(f.share is not None for f in facts) else 0
        title = Wrapped(
            head.words, theme.interface_font(13), theme.px(self.cells.table.width - 28 - 14 * head.depth), 2
        )
        least = max(theme.px(PLAIN_ROW), round(title.height) + theme.px(14) + (theme.px(16) if head.note else 0))
        return max(least, round(max(notes, default=0)) + bar + theme.px(38 if notes else 34))

    def _head_height(self) -> int:
        table, line = self.cells.table, theme.px(18)
        noted = any(head.note for head in table.columns)
        lines = max((_title(head, theme.px(head.width) - theme.px(16)).height for head in table.columns), default=line)
        return round(lines) + (theme.px(18) if noted else 0) + theme.px(16)

    def _menu(self, at: QPoint) -> None:
        fact = self.fact()
        if fact is None or fact.behind is None:
            return
        menu = QMenu(self)
        menu.addAction("Show segments\tReturn", self.opened.emit)
        if fact.behind.writing is not None:
            menu.addAction(printed.beside("Write summary", "compare.write"), self.write_wanted.emit)
        menu.exec(self.viewport().mapToGlobal(at))


class Headings(QHeaderView):
    """Headings with a second line; those of columns can be pressed to fold or open."""

    pressed_on = Signal(int)

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(24))
        self.setAccessibleName("Columns" if orientation == Qt.Orientation.Horizontal else "Rows")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        head = self.model().headerData(section, self.orientation(), HELD)
        if not isinstance(head, Heading):
            return
        t = theme.tokens()
        painter.save()
        painter.fillRect(rect, QColor(t.background if head.strong else t.surface))
        painter.setPen(QColor(t.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if self.orientation() == Qt.Orientation.Horizontal:
            _paint_column_head(painter, QRectF(rect), head)
        else:
            _paint_row_head(painter, QRectF(rect), head)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self.logicalIndexAt(event.position().toPoint())
        if number >= 0 and self.orientation() == Qt.Orientation.Horizontal:
            self.pressed_on.emit(number)
        super().mousePressEvent(event)


class _Corner(QWidget):
    """What the row headings are."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(t.surface))
        painter.setPen(QColor(t.line))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        painter.setPen(QColor(t.secondary))
        painter.setFont(theme.interface_font(12, bold=True))
        place = QRectF(self.rect()).adjusted(theme.px(12), theme.px(8), -theme.px(8), -theme.px(8))
        words = painter.fontMetrics().elidedText(
            self._view.cells.table.corner, Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)


class FactDelegate(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        fact = index.data(HELD)
        row = index.model().headerData(index.row(), Qt.Orientation.Vertical, HELD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option, row.strong)
        _paint_fact(painter, QRectF(option.rect), fact, row.strong)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(60), theme.px(PLAIN_ROW))


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, strong: bool) -> None:
    t = theme.tokens()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(t.wash))
        painter.setPen(QColor(t.accent))
        painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -1.5, -1.5))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.drawRect(QRectF(option.rect).adjusted(1.5, 1.5, -2.5, -2.5))
    elif strong:
        painter.fillRect(option.rect, QColor(t.background))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(t.field))


def _paint_fact(painter: QPainter, place: QRectF, fact: Fact, strong: bool) -> None:
    t = theme.tokens()
    inside = place.adjusted(theme.px(10), theme.px(8), -theme.px(10), -theme.px(6))
    tones = {"quiet": t.secondary, "attention": t.attention, "good": t.good}
    line = QRectF(inside.left(), inside.top(), inside.width(), theme.px(18))
    painter.setFont(theme.interface_font(13 if fact.tone != "quiet" else 12, bold=strong))
    if fact.sign:
        painter.setPen(QColor(tones.get(fact.tone, t.accent)))
        painter.drawText(line, LEFT, fact.sign)
        line.setLeft(line.left() + theme.px(18))
    painter.setPen(QColor(tones.get(fact.tone, t.text)))
    words = painter.fontMetrics().elidedText(fact.words, Qt.TextElideMode.ElideRight, int(line.width()))
    painter.drawText(line, LEFT, words)
    at = line.bottom() + theme.px(4)
    if fact.share is not None:
        _paint_bar(painter, QRectF(inside.left(), at, inside.width(), theme.px(4)), fact.share)
        at += theme.px(8)
    if fact.note:
        painter.setPen(QColor(t.secondary))
        _note(fact.note, inside.width()).draw(painter, QRectF(inside.left(), at, 0, 0).topLeft())


def _paint_bar(painter: QPainter, place: QRectF, share: float) -> None:
    t = theme.tokens()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.field))
    painter.drawRoundedRect(place, 2, 2)
    if share > 0:
        painter.setBrush(QColor(t.accent))
        painter.drawRoundedRect(
            QRectF(place.left(), place.top(), max(3.0, place.width() * share), place.height()), 2, 2
        )


def _paint_column_head(painter: QPainter, place: QRectF, head: Heading) -> None:
    t = theme.tokens()
    inside = place.adjusted(theme.px(10), theme.px(8), -theme.px(6), -theme.px(6))
    painter.setPen(QColor(t.text if not head.depth else t.secondary))
    _title(head, inside.width()).draw(painter, inside.topLeft())
    painter.setFont(theme.interface_font(12))
    painter.setPen(QColor(t.secondary))
    note = painter.fontMetrics().elidedText(head.note, Qt.TextElideMode.ElideRight, int(inside.width()))
    painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, note)


def _paint_row_head(painter: QPainter, place: QRectF, head: Heading) -> None:
    t = theme.tokens()
    inside = place.adjusted(theme.px(12 + 14 * head.depth), theme.px(7), -theme.px(8), -theme.px(4))
    painter.setPen(QColor(t.text))
    title = Wrapped(head.words, theme.interface_font(13, bold=head.strong), inside.width() - theme.px(8), 2)
    title.draw(painter, inside.topLeft())
    if head.note:
        painter.setPen(QColor(t.secondary))
        painter.setFont(theme.interface_font(12))
        under = inside.adjusted(0, title.height, 0, 0)
        note = painter.fontMetrics().elidedText(head.note, Qt.TextElideMode.ElideRight, int(under.width()))
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, note)


def _title(head: Heading, width: float) -> Wrapped:
    fold = {None: "", True: "▸ ", False: "▾ "}[head.folded]
    return Wrapped(fold + head.words, theme.interface_font(13, bold=not head.depth), width, HEAD_LINES)


def _note(words: str, width: float) -> Wrapped:
    return Wrapped(words, theme.interface_font(12), width, MOST_NOTE_LINES)
