"""Suggestions for the interview shown: ranked, each with its reason; taken or refused with one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qualcode.core.rows import CodeRow, SuggestionRow
from qualcode.core.values import CodeId
from qualcode.ui import theme

_ROW = Qt.ItemDataRole.UserRole
_CODE = Qt.ItemDataRole.UserRole + 1
MOST_WORDS = 240
MOST_HEIGHTS = 5_000
QUOTABLE = "Worth quoting"


class SuggestionList(QListWidget):
    """Cards. A takes, C takes with another code, X refuses, arrows move; the chosen one is outlined in the text."""

    chosen = Signal(object)
    """A SuggestionRow, or None."""
    taken = Signal(object)
    recode_wanted = Signal(object)
    refused = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Suggestions")
        self.setItemDelegate(_Card(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(theme.px(4))
        self.setStyleSheet("QListWidget::item, QListWidget::item:hover, QListWidget::item:selected"
                           "{ background: transparent; }")  # fmt: skip
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(item.data(_ROW) if item else None))

    def show_suggestions(self, rows: Sequence[SuggestionRow], codes: Mapping[CodeId, CodeRow]) -> None:
        """Show these; a card that is there already stays as it is."""
        at = max(0, self.currentRow())
        wanted = [(row, codes.get(row.code_id) if row.code_id else None) for row in rows]
        with QSignalBlocker(self):
            self._remove_others(wanted)
            for number, card in enumerate(wanted):
                item = self.item(number)
                if item is None or _held(item) != card:
                    self.insertItem(number, _item(*card))
            self.setCurrentRow(min(at, len(rows) - 1))
        self.chosen.emit(self.current())

    def _remove_others(self, wanted: Sequence[_Held]) -> None:
        """Remove the cards that are not wanted, or not in this order."""
        places = {row.id: number for number, (row, _) in enumerate(wanted)}
        number = last = 0
        while number < self.count():
            held = _held(self.item(number))
            place = places.get(held[0].id, -1)
            if place >= last and wanted[place] == held:
                number, last = number + 1, place
            else:
                self.takeItem(number)

    def current(self) -> SuggestionRow | None:
        item = self.currentItem()
        return item.data(_ROW) if item else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        act = {"a": self.taken, "c": self.recode_wanted, "x": self.refused}.get(event.text().lower())
        if row is not None and act is not None:
            act.emit(row)
        elif row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.taken if row.code_id else self.recode_wanted).emit(row)
        else:
            super().keyPressEvent(event)


_Held = tuple[SuggestionRow, CodeRow | None]


def _held(item: QListWidgetItem) -> _Held:
    return item.data(_ROW), item.data(_CODE)


def _item(row: SuggestionRow, code: CodeRow | None) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(_ROW, row)
    item.setData(_CODE, code)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, _said(row, code))
    return item


class _Card(QStyledItemDelegate):
    """Code and score, the passage, the reason. How high a card is at a width is worked out once."""

    def __init__(self, parent: QListWidget) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[SuggestionRow, int, str], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row, font = index.data(_ROW), theme.reading_font(13).toString()
        width = option.widget.viewport().width() - theme.px(20)  # type: ignore[attr-defined]
        if (row, width, font) not in self._heights:
            if len(self._heights) > MOST_HEIGHTS:
                self._heights.clear()
            words, reason = self._documents(row, width - theme.px(24))
            height = theme.px(12 + 20 + 4 + 12) + words.size().height() + reason.size().height()
            self._heights[row, width, font] = round(height)
        return QSize(width, self._heights[row, width, font])

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: SuggestionRow = index.data(_ROW)
        code: CodeRow | None = index.data(_CODE)
        t = theme.tokens()
        place = QRectF(option.rect).adjusted(theme.px(6), theme.px(3), -theme.px(6), -theme.px(3))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.accent), theme.px(2)) if chosen else QColor(t.line))
        painter.setBrush(QColor(t.surface))
        painter.drawRoundedRect(place, theme.px(10), theme.px(10))
        inside = place.adjusted(theme.px(12), theme.px(9), -theme.px(12), 0)
        head = QRectF(inside.left(), inside.top(), inside.width(), theme.px(20))
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(t.secondary))
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{row.score:.2f}")
        head.setRight(head.right() - theme.px(36))
        painter.setFont(theme.interface_font(13, bold=True))
        painter.setPen(theme.readable(code.colour) if code else QColor(t.text))
        name = painter.fontMetrics().elidedText(
            code.name if code else QUOTABLE, Qt.TextElideMode.ElideRight, int(head.width())
        )
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        words, reason = self._documents(row, int(inside.width()))
        painter.translate(inside.left(), head.bottom() + theme.px(2))
        words.drawContents(painter)
        painter.translate(0, words.size().height() + theme.px(2))
        reason.drawContents(painter)
        painter.restore()

    def _documents(self, row: SuggestionRow, width: int) -> tuple[QTextDocument, QTextDocument]:
        quote = " ".join(row.quote.split())
        quote = quote if len(quote) <= MOST_WORDS else quote[: MOST_WORDS - 1].rsplit(" ", 1)[0] + " …"
        words, reason = QTextDocument(), QTextDocument()
        for document, text, font, shade in (
            (words, f"“{quote}”", theme.reading_font(13), theme.tokens().text),
            (reason, row.reason, theme.interface_font(12), theme.tokens().secondary),
        ):
            document.setDocumentMargin(0)
            document.setDefaultFont(font)
            document.setDefaultTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
            document.setDefaultStyleSheet(f"p {{ color: {shade}; }}")
            document.setHtml(f"<p>{_escaped(text)}</p>")
            document.setTextWidth(width)
        return words, reason


def _said(row: SuggestionRow, code: CodeRow | None) -> str:
    return f"{code.name if code else QUOTABLE}: {row.quote}. {row.reason}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
