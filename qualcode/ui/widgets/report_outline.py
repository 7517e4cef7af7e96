"""The outline beside a report: arrows go through it, Alt and an arrow move a finding, Delete removes it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from qualcode.core.values import FindingId
from qualcode.report.blocks import Of, Origin
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_outline import HELD, Entry, OutlineModel

ALT = Qt.KeyboardModifier.AltModifier


class ReportOutline(QTreeView):
    """Says what was chosen; what is to be done with a finding is asked of the stage."""

    chosen = Signal(object)
    """The Origin of a section, theme or finding."""
    opened = Signal()
    """Return: go to work on what is chosen."""
    shifted = Signal(object, int)
    delete_wanted = Signal(object)
    move_wanted = Signal(object)
    """A FindingId."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Outline of the report")
        self.outline = OutlineModel(self)
        self.setModel(self.outline)
        self.setItemDelegate(EntryDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(theme.px(12))
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.selectionModel().currentChanged.connect(self._follow)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        theme.appearance.changed.connect(self._restyle)

    def show_report(self, desk: ReportDesk) -> None:
        """Show the outline; what is open, chosen and where one is scrolled to stays."""
        first = not self.outline.root.children
        opened = {e.origin for e in self._entries() if self.isExpanded(self.outline.find(e.origin))}
        here, at = self.origin(), self.verticalScrollBar().value()
        self.blockSignals(True)
        self.outline.show(desk)
        for entry in self._entries():
            opens = entry.origin.of is Of.SECTION if first else entry.origin in opened
            self.setExpanded(self.outline.find(entry.origin), opens)
        if here is not None and self.outline.find(here).isValid():
            self.setCurrentIndex(self.outline.find(here))
        self.blockSignals(False)
        self.verticalScrollBar().setValue(at)

    def origin(self) -> Origin | None:
        entry = self.currentIndex().data(HELD) if self.currentIndex().isValid() else None
        return entry.origin if isinstance(entry, Entry) else None

    def choose(self, origin: Origin) -> bool:
        """Make this line the current one; whether there is one."""
        index = self.outline.find(origin)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def mark(self, origin: Origin) -> None:
        """Make this line the current one without saying so."""
        self.blockSignals(True)
        self.choose(origin)
        self.blockSignals(False)

    # --- events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        finding = self._finding()
        key, moved = event.key(), event.modifiers() & ALT
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif finding is not None and moved and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(finding, -1 if key == Qt.Key.Key_Up else 1)
        elif finding is not None and key == Qt.Key.Key_Delete:
            self.delete_wanted.emit(finding)
        else:
            super().keyPressEvent(event)

    def _menu(self, at: QPoint) -> None:
        finding = self._finding()
        if finding is None:
            return
        menu = QMenu(self)
        menu.addAction(printed.beside("Move up", "report.up"), lambda: self.shifted.emit(finding, -1))
        menu.addAction(printed.beside("Move down", "report.down"), lambda: self.shifted.emit(finding, 1))
        menu.addAction("Move to theme…", lambda: self.move_wanted.emit(finding))
        menu.addSeparator()
        menu.addAction(printed.beside("Delete finding", "report.delete"), lambda: self.delete_wanted.emit(finding))
        menu.exec(self.viewport().mapToGlobal(at))

    # --- within ---

    def _entries(self) -> list[Entry]:
        return [node.held for node in self.outline.root.below() if node.held is not None]

    def _finding(self) -> FindingId | None:
        origin = self.origin()
        return FindingId(origin.id) if origin is not None and origin.of is Of.FINDING else None

    def _follow(self, index: QModelIndex) -> None:
        if index.isValid() and not self.signalsBlocked():
            self.chosen.emit(index.data(HELD).origin)

    def _restyle(self) -> None:
        self.setIndentation(theme.px(12))
        self.scheduleDelayedItemsLayout()


class EntryDelegate(QStyledItemDelegate):
    """Title at the left, note at the right, in attention's colour with a sign where an act is wanted."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(80), theme.px(26))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry, t = index.data(HELD), theme.tokens()
        state, rect = option.state, option.rect
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(t.wash if chosen else t.field))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(t.accent))
            painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5))
        self._write(painter, QRect(rect).adjusted(theme.px(4), 0, -theme.px(8), 0), entry, chosen)
        painter.restore()

    def _write(self, painter: QPainter, place: QRect, entry: Entry, chosen: bool) -> None:
        t = theme.tokens()
        painter.setFont(theme.interface_font(12))
        note = f"▲ {entry.note}" if entry.attention else entry.note
        note = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, place.width() // 2)
        painter.setPen(QColor(t.attention if entry.attention else t.secondary))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
        left = place.adjusted(0, 0, -(painter.fontMetrics().horizontalAdvance(note) + theme.px(6)), 0)
        finding = entry.origin.of is Of.FINDING
        painter.setFont(theme.interface_font(12 if finding else 13, bold=chosen and not finding))
        painter.setPen(QColor(t.accent if chosen else t.secondary if finding else t.text))
        title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
