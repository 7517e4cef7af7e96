"""Text of a few lines for painters: broken at words, the last line cut by an ellipsis where there is more."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


class Wrapped:
    """``text`` set in lines of ``width`` pixels, at most ``most`` of them, which its paragraphs share."""

    def __init__(self, text: str, font: QFont, width: float, most: int = 1_000) -> None:
        self._font = font
        self._metrics = QFontMetricsF(font)
        paragraphs = text.split("\n")
        share = max(1, most // len(paragraphs))
        lines = [self._cut(self._broken(paragraph, width, share), width, share) for paragraph in paragraphs]
        self._lines = self._cut(list(chain.from_iterable(lines)), width, most)

    @property
    def height(self) -> float:
        return len(self._lines) * self._metrics.lineSpacing()

    def draw(self, painter: QPainter, at: QPointF) -> None:
        """Paint it with its upper left corner there, in the painter's colour."""
        painter.setFont(self._font)
        baseline = at.y() + self._metrics.ascent()
        for number, line in enumerate(self._lines):
            painter.drawText(QPointF(at.x(), baseline + number * self._metrics.lineSpacing()), line)

    def _broken(self, paragraph: str, width: float, most: int) -> list[str]:
        """The lines of a paragraph, up to one more than is shown: that one tells that there is more."""
        layout = QTextLayout(paragraph, self._font)
        layout.setTextOption(_at_words())
        layout.beginLayout()
        units = paragraph.encode("utf-16-le", "surrogatepass")
        lines: list[str] = []
        while len(lines) <= most and (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            first, last = line.textStart(), line.textStart() + line.textLength()
            lines.append(units[2 * first : 2 * last].decode("utf-16-le", "surrogatepass"))
        layout.endLayout()
        return lines

    def _cut(self, lines: list[str], width: float, most: int) -> list[str]:
        if len(lines) <= most:
            return lines
        rest = " ".join(line.strip() for line in lines[most - 1 :])
        return [*lines[: most - 1], self._metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def _at_words() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
