"""A quote under its finding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from qualcode.core.rows import QuoteRow
from qualcode.ui import theme
from qualcode.ui.models.report_desk import Told
from qualcode.ui.models.report_page import quote_html
from qualcode.ui.widgets.basics import Elided, button, column
from qualcode.ui.widgets.report_flow import Flow

SHOW_PLACE = "Show it in its transcript (Ctrl+Return)"
WAITING = "Being anonymised …"
ALT = Qt.KeyboardModifier.AltModifier


class QuoteCard(QFrame):
    """A quote under its finding, as it will appear. Delete takes it off, Alt and an arrow move it, Ctrl+Return or a
    click on where it is from shows it in its transcript."""

    entered = Signal(object)
    shifted = Signal(object, int)
    delete_wanted = Signal(object)
    place_wanted = Signal(object)

    def __init__(self, quote: QuoteRow) -> None:
        super().__init__()
        self.quote = quote
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = QLabel(f"<i>{WAITING}</i>")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(f"Quote {quote.label}: {WAITING}")
        self._place = button(quote.label, lambda: self.place_wanted.emit(self.quote), "Place", tip=SHOW_PLACE)
        self._place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place.setMinimumWidth(theme.px(60))
        self._about = Elided()
        about = Flow(6)
        about.addWidget(self._place)
        about.addWidget(self._about)
        layout = column(self._words, about, gap=2)
        layout.setContentsMargins(theme.px(14), theme.px(2), theme.px(4), theme.px(2))
        self.setLayout(layout)

    def show_quote(self, told: Told) -> None:
        """Show a quote; until then the card says that it waits for its words."""
        quote, shown = told.quote, told.shown
        self.quote = quote
        self._words.setFont(theme.reading_font(14))
        if shown is None:
            self._words.setText("<i>Left out: somebody heard in it has withdrawn, or no word of it is left.</i>")
        else:
            self._words.setText(quote_html(shown))
        place = "in the sentence" if told.runs_in else ""
        facts = [shown.attribution if shown else "", place]
        self._place.setText(" · ".join(part for part in (quote.label, told.place) if part))
        self._about.setText(" · ".join(part for part in facts if part))
        self._about.setVisible(bool(self._about.text()))
        self.setAccessibleName(f"Quote {quote.label}: {shown.words if shown else 'left out'}")
        self.setAccessibleDescription(" · ".join(filter(None, (self._place.text(), self._about.text()))))

    def choose(self, chosen: bool) -> None:
        self._chosen = chosen
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: lambda: self.entered.emit(self.quote),
            Qt.Key.Key_Space: lambda: self.entered.emit(self.quote),
            Qt.Key.Key_Delete: lambda: self.delete_wanted.emit(self.quote),
        }
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Return:
            self.place_wanted.emit(self.quote)
        elif event.modifiers() & ALT and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(self.quote, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in acts:
            acts[event.key()]()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.entered.emit(self.quote)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.entered.emit(self.quote)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._words.setFont(theme.reading_font(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        if self._chosen:
            painter.fillRect(self.rect(), QColor(t.wash))
        painter.fillRect(0, 0, theme.px(3), self.height(), QColor(t.accent if self._chosen else t.line))
        if self.hasFocus():
            painter.setPen(QColor(t.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
