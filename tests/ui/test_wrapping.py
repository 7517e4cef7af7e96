"""Text of a few lines for painters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from qualcode.ui import theme
from qualcode.ui.widgets.wrapping import Wrapped

LONG = "Well 👩‍👩‍👧, we waited and waited, אנחנו חיכינו, and nobody rang us back about the list. " * 4


def lines(text: str, width: float, most: int = 1_000) -> int:
    font = theme.interface_font()
    return round(Wrapped(text, font, width, most).height / QFontMetricsF(font).lineSpacing())


def ink(text: str, width: int, most: int) -> list[int]:
    """The columns that anything is painted in, when the text is set in lines of ``width``."""
    picture = QImage(width * 2, 200, QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    Wrapped(text, theme.interface_font(), width, most).draw(painter, QPointF(0, 0))
    painter.end()
    rows, columns = range(picture.height()), range(picture.width())
    return [x for x in columns if any(picture.pixelColor(x, y).lightness() < 128 for y in rows)]


class DescribeWrappedText:
    def it_is_as_high_as_its_lines(self) -> None:
        assert [lines(text, 500) for text in ("Short.", "One.\nTwo.", "One.\n\nThree.")] == [1, 2, 3]

    def it_shows_the_beginning_of_every_paragraph(self) -> None:
        assert lines(f"{LONG}\nShort.", 120, 4) == 3
        assert lines(f"{LONG}\n{LONG}", 120, 4) == 4

    @pytest.mark.parametrize("most", [1, 2, 3])
    def it_is_never_higher_than_is_allowed(self, most: int) -> None:
        assert lines(LONG, 120) > 3
        assert lines(LONG, 120, most) == most
        assert lines("One.\nTwo.\nThree.\nFour.", 120, most) == most

    @pytest.mark.parametrize("text", [LONG, "Unbroken" * 30, "👩‍👩‍👧" * 40])
    def it_never_runs_out_of_its_width(self, text: str) -> None:
        painted = ink(text, 120, 2)
        assert painted
        assert max(painted) <= 122
