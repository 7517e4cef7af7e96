"""How a quote that runs in the sentence is shown while the sentence is written: its words, on one line, as one sign."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPyTextObject, QTextDocument, QTextFormat
from PySide6.QtWidgets import QTextEdit

from qualcode.ui import theme
from qualcode.ui.models import report_text

LONGEST = 44
"""Characters of a quote that are shown; the whole of it stands below the finding."""


class RunInQuotes(QPyTextObject):
    """Draws the quotes of a field. ``told`` gives the words of a quote by its number, none where it is gone."""

    def __init__(self, field: QTextEdit) -> None:
        super().__init__(field)
        self.told: Callable[[str], str] = lambda _: ""
        self.marks = ("“", "”")
        field.document().documentLayout().registerHandler(report_text.RUN_IN, self)

    def intrinsicSize(self, document: QTextDocument, position: int, made: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(_font(document))
        return QSizeF(metrics.horizontalAdvance(self._words(document, made)) + theme.px(6), metrics.height())

    def drawObject(
        self, painter: QPainter, place: QRectF | QRect, document: QTextDocument, position: int, made: QTextFormat
    ) -> None:
        font = _font(document)
        above = QFontMetricsF(font).ascent()
        painter.save()
        painter.setFont(font)
        line = QRectF(place)
        painter.fillRect(line, QColor(theme.tokens().wash))
        painter.setPen(QColor(theme.tokens().accent))
        painter.drawText(line.topLeft() + QPointF(theme.px(3), above), self._words(document, made))
        painter.restore()

    def _words(self, document: QTextDocument, made: QTextFormat) -> str:
        """The beginning of the quote, or its mark when there is no such quote; never wider than a line."""
        mark = str(made.property(report_text.MARK))
        words = " ".join(self.told(report_text.number_in(mark)).split())
        if len(words) > LONGEST:
            words = words[: words.rfind(" ", 0, LONGEST)].rstrip(" ,;.") + "…"
        room = document.textWidth() - theme.px(12)
        shown = f"{self.marks[0]}{words}{self.marks[1]}" if words else mark
        return (
            QFontMetricsF(_font(document)).elidedText(shown, Qt.TextElideMode.ElideRight, room) if room > 0 else shown
        )


def _font(document: QTextDocument) -> QFont:
    found = QFont(document.defaultFont())
    found.setItalic(True)
    return found
