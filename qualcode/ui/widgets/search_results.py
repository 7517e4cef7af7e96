"""The places found, by interview: words in context on one axis, or segments with their code."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QMenu, QStyle, QStyledItemDelegate, QStyleOptionButton, QStyleOptionViewItem, QTreeView

from qualcode.ui import theme
from qualcode.ui.models.search import HELD, Group, SearchModel, Spot, is_passage
from qualcode.ui.widgets.wrapping import Wrapped

LETTER = 6.5
"""How wide a letter of the words is on the average, in pixels: what is longer than a line is given two."""

LONGEST = 1_000
"""As many code points of a passage are set; more have no room in two lines of any window."""

FEW = 40
"""Code points of a passage that says little without what stands around it."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SearchResults(QTreeView):
    """Arrows or a click show a place, Return opens it; Space ticks it where there are ticks, or folds an interview."""

    looked_at = Signal(object)
    """The Spot chosen."""
    opened = Signal(object)
    """The Spot that shall be opened."""

    def __init__(self, model: SearchModel) -> None:
        super().__init__()
        self._model = model
        self.setAccessibleName("Places found")
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Found(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self._pause = QTimer(self, interval=120, singleShot=True)
        self._pause.timeout.connect(self._look)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda _: self._open())
        model.rowsInserted.connect(self._unfold)
        model.modelReset.connect(self._unfold_all)
        theme.appearance.changed.connect(self.scheduleDelayedItemsLayout)

    def spot(self) -> Spot | None:
        """The place chosen."""
        held = self.currentIndex().data(HELD) if self.currentIndex().isValid() else None
        return held if isinstance(held, Spot) else None

    def choose_first(self) -> None:
        """Go to the first place, unless one is chosen."""
        spots = self._model.spots()
        if spots and self.spot() is None:
            self.setCurrentIndex(self._model.index_at(spots[0]))
            self._pause.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.key() == Qt.Key.Key_Space:
            self._tick()
        else:
            super().keyPressEvent(event)
            if self.currentIndex() != before:
                self._pause.start()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.scheduleDelayedItemsLayout()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        ticked = self._model.ticking and index.isValid() and event.position().x() < theme.px(34)
        if ticked and isinstance(index.data(HELD), Spot):
            self._model.tick(index)
        super().mouseReleaseEvent(event)

    def _open(self) -> None:
        spot = self.spot()
        if spot is not None:
            self._pause.stop()
            self.opened.emit(spot)
        elif self.currentIndex().isValid():
            self._fold(self.currentIndex())

    def _tick(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        if self._model.ticking:
            self._model.tick(index)
        elif isinstance(index.data(HELD), Group):
            self._fold(index)

    def _clicked(self, index: QModelIndex) -> None:
        if isinstance(index.data(HELD), Group):
            self._fold(index)
        else:
            self._look()

    def _fold(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))

    def _look(self) -> None:
        spot = self.spot()
        if spot is not None:
            self.looked_at.emit(spot)

    def _unfold_all(self) -> None:
        self.setUniformRowHeights(self._model.in_lines)
        self.expandAll()

    def _unfold(self, parent: QModelIndex, first: int, last: int) -> None:
        if not parent.isValid():
            self.setUniformRowHeights(self._model.in_lines)
            for number in range(first, last + 1):
                self.expand(self._model.index(number, 0))

    def _menu(self, at: QPoint) -> None:
        index = self.indexAt(at) if at.x() >= 0 else self.currentIndex()
        if not index.isValid():
            return
        menu = QMenu(self)
        if isinstance(index.data(HELD), Spot):
            menu.addAction("Open in transcript\tReturn", self._open)
        else:
            menu.addAction("Fold or unfold\tSpace", lambda: self._fold(index))
        if self._model.ticking:
            menu.addAction("Tick or untick\tSpace", lambda: self._model.tick(index))
        menu.exec(self.viewport().mapToGlobal(at))


class _Found(QStyledItemDelegate):
    """An interview with its count; a place in one line; a segment in two lines of words and one of facts."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self.parent()
        assert isinstance(view, QTreeView)
        model = view.model()
        assert isinstance(model, SearchModel)
        held = model.held(index)
        if model.in_lines or not isinstance(held, Spot):
            return QSize(theme.px(200), theme.px(28))
        room = view.viewport().width() - theme.px(56 if model.ticking else 32)
        long = len(held.context.words) * theme.px(LETTER) > room
        return QSize(theme.px(200), theme.px(66 if long else 48))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        held = index.data(HELD)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        place = QRectF(option.rect).adjusted(theme.px(14), 0, -theme.px(10), 0)
        if isinstance(held, Group):
            _paint_group(painter, place, held, opened=bool(option.state & QStyle.StateFlag.State_Open))
        else:
            tick = index.data(Qt.ItemDataRole.CheckStateRole)
            if tick is not None:
                _paint_tick(painter, option, place, ticked=tick == Qt.CheckState.Checked)
                place.setLeft(place.left() + theme.px(24))
            if tick is not None or is_passage(held):
                _paint_segment(painter, place, held)
            else:
                _paint_place(painter, place, held)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    t = theme.tokens()
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(t.wash))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(t.field))
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(t.accent))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), theme.px(4), theme.px(4))


def _paint_group(painter: QPainter, place: QRectF, group: Group, *, opened: bool) -> None:
    t = theme.tokens()
    _draw(painter, place, group.count, theme.interface_font(12), t.secondary, _RIGHT)
    place.setRight(place.right() - painter.fontMetrics().horizontalAdvance(group.count) - theme.px(10))
    title = f"{'▾' if opened else '▸'}  {group.title}"
    _draw(painter, place, title, theme.interface_font(13, bold=True), t.text)


def _paint_tick(painter: QPainter, option: QStyleOptionViewItem, place: QRectF, *, ticked: bool) -> None:
    box = QStyleOptionButton()
    side = theme.px(14)
    box.rect = QRectF(place.left(), place.top() + theme.px(6), side, side).toRect()
    state = QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
    box.state = QStyle.StateFlag.State_Enabled | state
    box.palette = option.palette
    option.widget.style().drawPrimitive(
        QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, box, painter, option.widget
    )


def _paint_place(painter: QPainter, place: QRectF, spot: Spot) -> None:
    """Who and where at the left; then the words, in bold on one axis, with what is said before and after."""
    t = theme.tokens()
    named = min(theme.px(140), place.width() * 0.24)
    who = QRectF(place.left(), place.top(), named - theme.px(8), place.height())
    said = QRectF(place.left() + named, place.top(), place.width() - named, place.height())
    line = str(spot.line)
    _draw(painter, who, line, theme.interface_font(12), t.secondary, _RIGHT)
    who.setRight(who.right() - painter.fontMetrics().horizontalAdvance(line) - theme.px(8))
    _draw(painter, who, spot.person, theme.interface_font(12, bold=True), t.text)
    _paint_words(painter, said, spot)


def _paint_words(painter: QPainter, said: QRectF, spot: Spot) -> None:
    """The words in bold, with what is said before and after as far as the line goes."""
    t = theme.tokens()
    font, bold = theme.reading_font(13), theme.reading_font(13)
    bold.setWeight(QFont.Weight.Bold)
    painter.setFont(bold)
    words = min(painter.fontMetrics().horizontalAdvance(spot.words), said.width() * 0.6)
    axis = said.left() + max(0.0, (said.width() - words) * 0.42)
    _draw(painter, QRectF(said.left(), said.top(), axis - said.left(), said.height()), spot.context.before, font,
          t.text, _RIGHT, cut=Qt.TextElideMode.ElideLeft)  # fmt: skip
    _draw(painter, QRectF(axis, said.top(), words + 1, said.height()), spot.words, bold, t.accent)
    after = QRectF(axis + words + 1, said.top(), said.right() - axis - words - 1, said.height())
    _draw(painter, after, spot.context.after, font, t.text)


def _paint_segment(painter: QPainter, place: QRectF, spot: Spot) -> None:
    t = theme.tokens()
    place = place.adjusted(theme.px(8), theme.px(4), 0, -theme.px(4))
    if spot.code is not None:
        bar = QRectF(place.left() - theme.px(8), place.top() + 1, theme.px(3), place.height() - 2)
        painter.fillRect(bar, theme.visible(spot.code.colour))
    painter.setPen(QColor(t.text))
    lines = 2 if place.height() > theme.px(50) else 1
    if spot.segment_id is None and len(spot.words) <= FEW:
        _paint_words(painter, QRectF(place.left(), place.top(), place.width(), theme.px(20)), spot)
    else:
        words = Wrapped(f"“{spot.words[:LONGEST]}”", theme.reading_font(13), place.width(), lines)
        words.draw(painter, place.topLeft())
    foot = QRectF(place.left(), place.bottom() - theme.px(17), place.width(), theme.px(17))
    if spot.code is not None:
        name = _draw(painter, foot, spot.code.name, theme.interface_font(12), theme.readable(spot.code.colour).name())
        foot.setLeft(foot.left() + name + theme.px(8))
    facts = " · ".join(part for part in (spot.where, spot.note) if part)
    _draw(painter, foot, facts, theme.interface_font(12), t.secondary)


def _draw(
    painter: QPainter,
    place: QRectF,
    words: str,
    font: QFont,
    shade: str,
    side: Qt.AlignmentFlag = _LEFT,
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Words on one line, cut where they have no room; how wide they are."""
    painter.setFont(font)
    painter.setPen(QColor(shade))
    shown = painter.fontMetrics().elidedText(words, cut, max(0, math.ceil(place.width())))
    painter.drawText(place, side | Qt.TextFlag.TextSingleLine, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
