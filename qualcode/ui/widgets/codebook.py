"""The codebook beside a transcript: filter, tree with people and segments, and the chosen code's definition."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
)

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId
from qualcode.ui import theme
from qualcode.ui.models.codebook import ROW, CodebookModel
from qualcode.ui.widgets.basics import column, icon_button, label, panel, row


class CodebookPanel(QFrame):
    """Type to filter, Return to apply the chosen code to the selection."""

    code_chosen = Signal(object)
    """A CodeId, or None when none is chosen."""
    code_activated = Signal(object)
    """Return or a double click on a code: the CodeId."""
    new_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Codebook")
        self.model = CodebookModel(self)
        self._themes: list[ThemeRow] = []
        self._codes: list[CodeRow] = []
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter codes")
        self.filter.textChanged.connect(self._refill)
        self.tree = QTreeView()
        self.tree.setAccessibleName("Codes")
        self.tree.setHeaderHidden(True)
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(CodeDelegate(self.tree))
        self.tree.setIndentation(theme.px(12))
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setDragEnabled(True)
        self.tree.setAcceptDrops(True)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self.tree.activated.connect(self._activated)
        self._definition = label("", wrap=True)
        self._rules = label("", "Secondary", wrap=True)
        self._name = label("", "Head")
        about = column(self._name, self._definition, self._rules, None, margin=12, gap=6)
        self._about = QScrollArea()
        self._about.setWidgetResizable(True)
        self._about.setWidget(panel(about, "Background"))
        self._about.setMaximumHeight(theme.px(150))
        self._about.hide()
        head = row(
            label("Codebook", "Head"),
            None,
            icon_button("New code", "add", self.new_wanted.emit, tip="New code (Ctrl+Shift+N)"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = column(head, self.filter, margin=10, gap=6)
        layout.addLayout(top)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._about)

    def show_codes(self, themes: list[ThemeRow], codes: list[CodeRow]) -> None:
        self._themes, self._codes = themes, codes
        self.filter.setPlaceholderText(f"Filter {len(codes)} codes" if len(codes) != 1 else "Filter 1 code")
        chosen = self.chosen()
        self._refill()
        if chosen is not None:
            self.choose(chosen)

    def chosen(self) -> CodeId | None:
        current = self.model.row(self.tree.currentIndex())
        return current.id if isinstance(current, CodeRow) else None

    def choose(self, code_id: CodeId) -> None:
        self.tree.setCurrentIndex(self.model.index_of(code_id))

    def _refill(self) -> None:
        self.model.show(self._themes, self._codes, self.filter.text())
        self.tree.expandAll()

    def _chosen(self, index: QModelIndex) -> None:
        code = self.model.row(index)
        known = isinstance(code, CodeRow) and bool(code.definition or code.include or code.exclude)
        self._about.setVisible(known)
        if isinstance(code, CodeRow) and known:
            self._name.setText(code.name)
            self._definition.setText(code.definition)
            self._definition.setVisible(bool(code.definition))
            rules = [("Include", code.include), ("Exclude", code.exclude)]
            self._rules.setText("\n".join(f"{name}: {text}" for name, text in rules if text))
            self._rules.setVisible(bool(code.include or code.exclude))
        self.code_chosen.emit(code.id if isinstance(code, CodeRow) else None)

    def _activated(self, index: QModelIndex) -> None:
        code = self.model.row(index)
        if isinstance(code, CodeRow):
            self.code_activated.emit(code.id)


class CodeDelegate(QStyledItemDelegate):
    """A line of the codebook: colour, name, and at the right people · segments."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(120), theme.px(27))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        shown = index.data(ROW)
        code = shown if isinstance(shown, CodeRow) else None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(option.rect).adjusted(theme.px(6), 0, -theme.px(10), 0)
        if code is not None:
            side = theme.px(10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.visible(code.colour))
            painter.drawRoundedRect(QRectF(place.left(), place.center().y() - side / 2, side, side), 3, 3)
            place.setLeft(place.left() + theme.px(17))
        counts = f"{shown.people} · {shown.segments}" if shown is not None else ""
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(theme.tokens().secondary))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, counts)
        place.setRight(place.right() - painter.fontMetrics().horizontalAdvance(counts) - theme.px(8))
        painter.setFont(theme.interface_font(13, bold=code is None))
        painter.setPen(QColor(theme.tokens().text))
        name = painter.fontMetrics().elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, int(place.width())
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()
