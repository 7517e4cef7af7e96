"""The margin of the page: beside each quote the way to where it was said, beside a finding how much is said on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QTextDocument, QWheelEvent
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from qualcode.report.blocks import Heading, Of, Origin, Report, quotes_in
from qualcode.ui import theme
from qualcode.ui.models.report_page import HEADING, link
from qualcode.ui.wording import number

WIDTH = 30


@dataclass(frozen=True, slots=True)
class Sign:
    """Something in the margin: what it leads to, its address on the page, what is told of it, how many comments."""

    origin: Origin
    address: str
    tip: str
    comments: int = 0


def signs_of(report: Report, commented: Mapping[Origin, int]) -> list[Sign]:
    """A sign for each quote, and for each piece of the report on which comments are open."""
    quotes = [quote for block in report.blocks for quote in quotes_in(block)]
    found = [
        Sign(origin := Origin(Of.QUOTE, quote.id), link(origin), f"{quote.label}: show it in its transcript")
        for quote in {quote.id: quote for quote in quotes}.values()
    ]
    heads = {
        section.key: next((b.bookmark for b in section.blocks if isinstance(b, Heading)), "")
        for section in report.sections
    }
    for origin, count in commented.items():
        address = heads.get(origin.id, "") if origin.of is Of.SECTION else link(origin)
        found.append(Sign(origin, address, f"{number(count, 'comment')}: show what was said", count))
    return found


class PageMargin(QWidget):
    """Lies at the right of the page and scrolls with it. A click leads to what a sign stands for."""

    place_asked = Signal(object)
    """The Origin of a quote, to be shown in its transcript."""
    asked = Signal(object)
    """The Origin of what comments are on."""

    def __init__(self, page: QTextEdit) -> None:
        super().__init__(page)
        self._page = page
        self._signs: list[tuple[float, Sign]] = []
        self.setMouseTracking(True)
        self.setAccessibleName("Quotes and comments beside the page")
        page.verticalScrollBar().valueChanged.connect(self.update)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        """Show these beside their lines; what stands nowhere on the page is left out."""
        lines = _lines(self._page.document())
        found = [(lines[sign.address], sign) for sign in signs if sign.address in lines]
        below, self._signs = float("-inf"), []
        for top, sign in sorted(found, key=lambda place: place[0]):
            below = max(top, below)
            self._signs.append((below, sign))
            below += theme.px(20)
        self.update()

    # --- events ---

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(t.page))
        for place, sign in self._places():
            if not place.intersects(event.rect()):
                continue
            if sign.comments:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(HEADING))
                painter.drawRoundedRect(QRectF(place).adjusted(2, 1, -2, -1), theme.px(6), theme.px(6))
                painter.setPen(QColor(t.page))
                painter.setFont(theme.interface_font(11, bold=True))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(sign.comments))
            else:
                theme.icon("next", HEADING).paint(painter, place.adjusted(3, 2, -3, -2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        sign = self._under(event)
        if sign is not None:
            (self.asked if sign.comments else self.place_asked).emit(sign.origin)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._under(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._page.wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            sign = next((sign for place, sign in self._places() if place.contains(event.pos())), None)
            QToolTip.showText(event.globalPos(), sign.tip if sign is not None else "", self)
            return True
        return super().event(event)

    # --- within ---

    def _under(self, event: QMouseEvent) -> Sign | None:
        return next((sign for place, sign in self._places() if place.contains(event.position().toPoint())), None)

    def _places(self) -> list[tuple[QRect, Sign]]:
        scrolled, size = self._page.verticalScrollBar().value(), theme.px(20)
        left = (self.width() - size) // 2
        return [(QRect(left, round(top) - scrolled, size, size), sign) for top, sign in self._signs]


def _lines(document: QTextDocument) -> dict[str, float]:
    """How far down each address of the page stands; of a finding that stands in two places, the last."""
    found: dict[str, float] = {}
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        fragments = block.begin()
        begun: set[str] = set()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            made = fragment.charFormat()
            for name in (made.anchorHref(), *made.anchorNames()):
                if name and name not in begun:
                    line = block.layout().lineForTextPosition(fragment.position() - block.position())
                    found[name] = top + (line.y() if line.isValid() else 0.0)
                    begun.add(name)
            fragments += 1
        block = block.next()
    return found
