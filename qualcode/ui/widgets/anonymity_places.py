"""Where a string stands: each place with the words around it, decided about one by one where need be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qualcode.anonymise.find import Sighting
from qualcode.anonymise.register import Identifier
from qualcode.core.identifiers import IDENTIFIER
from qualcode.core.values import IdentifierId
from qualcode.review import mentions_of
from qualcode.ui import theme
from qualcode.ui.models.identifiers import Review, Spot
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.workspace import Workspace

_SPOT = Qt.ItemDataRole.UserRole
STAYS = "stays as it is"
_WAIT_MS = 250
"""So long a string is looked at before its slips are looked for: who decides at once waits for nothing."""


class PlacesList(QListWidget):
    """Return opens a place. H leaves it as it is, I says whom it means, R takes that back."""

    def __init__(self, workspace: Workspace, review: Review) -> None:
        super().__init__()
        self._workspace, self._review = workspace, review
        self.chooser = Chooser(self)
        self.setAccessibleName("Places")
        self.setAccessibleDescription(
            "Return opens a place in its transcript. H leaves it as it is, I says whom it means, R takes that back."
        )
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
        letter = event.text().lower() if self._workspace.preferences.single_keys else ""
        if spot is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(spot)
        elif letter and letter in "hir" and spot.span is not None:
            {"h": self.leave, "i": self.ask_who, "r": self.take_back}[letter](spot)
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
        if not spot.left:
            menu.addAction("Leave as it is here\tH", lambda: self.leave(spot))
        menu.addAction("Say whom it means here…\tI", lambda: self.ask_who(spot))
        if spot.left:
            menu.addAction("Replace here after all\tR", lambda: self.take_back(spot))
        elif spot.means:
            menu.addAction(f"It is not {spot.means} after all\tR", lambda: self.take_back(spot))
        return menu

    # --- deciding about one place: each one act ---

    def leave(self, spot: Spot) -> None:
        """Leave a place as it is, whatever the register says."""
        if not spot.left:
            self._decide(spot, None)
        self._go_on()

    def ask_who(self, spot: Spot) -> None:
        """Ask which identifier of the register a place is, whatever its words: *my boss*, one Karen of two."""
        known = [r for r in self._review.rows if r.status == IDENTIFIER]
        if not known:
            self._workspace.said.emit(
                "Nobody is on the register yet. Replace a string first, then say where it is meant."
            )
            return
        choices = [Choice(r.id, r.text, r.replacement) for r in known]
        title = f"Whom does “{spot.context.words}” mean here?"
        at = self.mapToGlobal(self.visualItemRect(self.currentItem()).bottomLeft())
        self.chooser.ask(at, Question(title, choices, lambda key: self._means(spot, key)))

    def take_back(self, spot: Spot) -> None:
        """Let a place be what the register says."""
        where, span = spot.transcript_id, spot.span
        if (spot.left or spot.means) and where is not None and span is not None:
            identifiers = self._workspace.project.identifiers
            self._workspace.attempt(lambda: identifiers.undecide(where, span))
        self._go_on()

    # --- within ---

    def _means(self, spot: Spot, key: object) -> None:
        self._decide(spot, IdentifierId(str(key)))
        self._go_on()

    def _decide(self, spot: Spot, identifier_id: IdentifierId | None) -> None:
        where, span = spot.transcript_id, spot.span
        if where is not None and span is not None:
            identifiers = self._workspace.project.identifiers
            self._workspace.attempt(lambda: identifiers.decide(where, span, identifier_id))

    def _go_on(self) -> None:
        self.setFocus()
        self.setCurrentRow(min(self.currentRow() + 1, self.count() - 1))

    def _open(self, spot: Spot) -> None:
        if spot.transcript_id is not None:
            self._workspace.show_place(spot.transcript_id, spot.span)


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
        where = " · ".join(filter(None, (spot.where, _decided(spot))))
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
        kept = spot.left or (spot.plain and not spot.means)
        strong.setBold(not kept)
        strong.setStrikeOut(False)
        metrics, heavy = QFontMetricsF(plain), QFontMetricsF(strong)
        words = spot.context.words
        room = max(0.0, place.width() - heavy.horizontalAdvance(words))
        before = metrics.elidedText(spot.context.before, Qt.TextElideMode.ElideLeft, room * 0.45)
        at = place.left()
        for text, font, shade in (
            (before, plain, t.text),
            (words, strong, t.text if kept else t.accent),
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
    where = ", ".join(filter(None, (spot.where, _decided(spot))))
    return f"{where}: {context.before}{context.words}{context.after}"


def _decided(spot: Spot) -> str:
    if spot.left:
        return STAYS
    if spot.means:
        return f"means {spot.means}"
    return "read as an ordinary word" if spot.plain else ""
