"""Text of a few lines for painters: broken at words, the last line cut by an ellipsis where there is more."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


class Wrapped:
    """``text`` set in lines of ``width`` pixels, at most ``most`` of them."""

    def __init__(self, text: str, font: QFont, width: float, most: int = 1_000) -> None:
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._lines: list[str] = []
        for paragraph in text.split("\n"):
            self._break(paragraph, width, most)
        if len(self._lines) > most:
            rest = " ".join(line.strip() for line in self._lines[most - 1 :])
            last = self._metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
            self._lines = [*self._lines[: most - 1], last]

    @property
    def height(self) -> float:
        return len(self._lines) * self._metrics.lineSpacing()

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Paint it with its upper left corner there, in the painter's colour."""
        painter.setFont(self._font)
        baseline = at.y() + self._metrics.ascent()
        for number, line in enumerate(self._lines):
            painter.drawText(QPointF(at.x(), baseline + number * self._metrics.lineSpacing()), line)

    def _break(self, paragraph: str, width: float, most: int) -> None:
        """Set a paragraph, as far as one line more than is shown: its last one tells that there is more."""
        layout = QTextLayout(paragraph, self._font)
        layout.setTextOption(_at_words())
        layout.beginLayout()
        units = paragraph.encode("utf-16-le", "surrogatepass")
        while len(self._lines) <= most and (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            first, last = line.textStart(), line.textStart() + line.textLength()
            self._lines.append(units[2 * first : 2 * last].decode("utf-16-le", "surrogatepass"))
        layout.endLayout()


def _at_words() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
