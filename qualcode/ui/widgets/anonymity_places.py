"""Where a string stands: each place with the words around it, decided about one by one where need be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qualcode.anonymise.find import Sighting
from qualcode.anonymise.register import Identifier
from qualcode.review import mentions_of
from qualcode.ui import theme
from qualcode.ui.models.identifiers import Review, Spot
from qualcode.ui.workspace import Workspace

_SPOT = Qt.ItemDataRole.UserRole
STAYS = "stays as it is"
_WAIT_MS = 250
"""So long a string is looked at before its slips are looked for: who decides at once waits for nothing."""


class PlacesList(QListWidget):
    """Return opens a place. H leaves it as it is, R replaces it after all."""

    opened = Signal(object)
    """A Spot in a transcript."""
    left = Signal(object)
    taken_back = Signal(object)

    def __init__(self, single_keys: bool = True) -> None:
        super().__init__()
        self._single_keys = single_keys
        self.setAccessibleName("Places")
        self.setAccessibleDescription("Return opens a place in its transcript. H leaves it as it is, R replaces it.")
        self.setItemDelegate(_Line(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda item: self._open(item.data(_SPOT)))
        theme.appearance.changed.connect(self.scheduleDelayedItemsLayout)

    def show_spots(self, spots: Sequence[Spot]) -> None:
        """Show these; the place that was chosen stays so as long as there is one there."""
        at = self.currentRow()
        self.clear()
        for spot in spots:
            item = QListWidgetItem()
            item.setData(_SPOT, spot)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _said(spot))
            self.addItem(item)
        if spots and at >= 0:
            self.setCurrentRow(min(at, len(spots) - 1))

    def current(self) -> Spot | None:
        item = self.currentItem()
        return item.data(_SPOT) if item else None

    def spots(self) -> list[Spot]:
        return [self.item(number).data(_SPOT) for number in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        spot = self.current()
        letter = event.text().lower() if self._single_keys else ""
        if spot is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(spot)
        elif letter in ("h", "r") and spot.span is not None:
            self._decide(spot, letter == "h")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = self.current()
        if spot is not None and spot.span is not None:
            self.menu_of(spot).popup(event.globalPos())

    def menu_of(self, spot: Spot) -> QMenu:
        """What can be done with a place in a transcript."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Open in the transcript\tReturn", lambda: self._open(spot))
        if spot.left:
            menu.addAction("Replace here after all\tR", lambda: self._decide(spot, False))
        else:
            menu.addAction("Leave as it is here\tH", lambda: self._decide(spot, True))
        return menu

    # --- within ---

    def _decide(self, spot: Spot, leave: bool) -> None:
        at = self.currentRow()
        if leave != spot.left:
            (self.left if leave else self.taken_back).emit(spot)
        self.setCurrentRow(min(at + 1, self.count() - 1))

    def _open(self, spot: Spot) -> None:
        if spot.span is not None:
            self.opened.emit(spot)


class PlaceFinder(QObject):
    """Looks on the worker for every place of one identifier. Only the last question is answered."""

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._asked = 0
        self._question: Callable[[], None] = lambda: None
        self._timer = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._timer.timeout.connect(lambda: self._question())
        workspace.leaving.connect(self.forget)

    def ask(self, one: Identifier, review: Review, then: Callable[[tuple[Sighting, ...]], None]) -> None:
        """Have ``then`` called with every place where ``one`` would be replaced, once nobody has asked for more."""
        self.forget()
        number = self._asked

        def answer(found: tuple[Sighting, ...]) -> None:
            if number == self._asked:
                then(found)

        def begin() -> None:
            texts, usual = review.texts(self._workspace.project), review.found.small_words
            self._workspace.operations.start(
                "Looking for spellings",
                lambda task: mentions_of(one, texts, usual, lambda: number != self._asked or task.cancelled()),
                then=answer,
                quiet=True,
            )

        self._question = begin
        self._timer.start()

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._asked += 1
        self._timer.stop()


class _Line(QStyledItemDelegate):
    """Where it is, and under it the words with what stands around them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        words = QFontMetricsF(theme.reading_font(14)).height() + QFontMetricsF(theme.interface_font(12)).height()
        return QSize(theme.px(200), round(words) + theme.px(14))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        spot: Spot = index.data(_SPOT)
        t = theme.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(t.wash))
        place = QRectF(option.rect).adjusted(theme.px(10), theme.px(5), -theme.px(8), -theme.px(5))
        painter.setFont(theme.interface_font(12))
        painter.setPen(QColor(t.secondary))
        where = f"{spot.where} · {STAYS}" if spot.left else spot.where
        height = painter.fontMetrics().height()
        shown = painter.fontMetrics().elidedText(where, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(QRectF(place.left(), place.top(), place.width(), height), shown)
        self._paint_words(painter, spot, place.adjusted(0, height + theme.px(2), 0, 0))
        painter.setPen(QColor(t.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_words(self, painter: QPainter, spot: Spot, place: QRectF) -> None:
        t = theme.tokens()
        plain, strong = theme.reading_font(14), theme.reading_font(14)
        strong.setBold(not spot.left)
        strong.setStrikeOut(False)
        metrics, heavy = QFontMetricsF(plain), QFontMetricsF(strong)
        words = spot.context.words
        room = max(0.0, place.width() - heavy.horizontalAdvance(words))
        before = metrics.elidedText(spot.context.before, Qt.TextElideMode.ElideLeft, room * 0.45)
        at = place.left()
        for text, font, shade in (
            (before, plain, t.text),
            (words, strong, t.text if spot.left else t.accent),
            (spot.context.after, plain, t.text),
        ):
            painter.setFont(font)
            painter.setPen(QColor(shade))
            left = place.right() - at
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, left))
            painter.drawText(QRectF(at, place.top(), left, place.height()), Qt.AlignmentFlag.AlignTop, shown)
            at += QFontMetricsF(font).horizontalAdvance(shown)


def _said(spot: Spot) -> str:
    context = spot.context
    return f"{spot.where}{', ' + STAYS if spot.left else ''}: {context.before}{context.words}{context.after}"
