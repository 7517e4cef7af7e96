"""Dragging a segment onto a finding: what is dragged, and the places on the finding where it can be let go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from qualcode.core.values import SegmentId
from qualcode.ui import theme

SEGMENT = "application/x-qualcode-segment"
"""What a dragged segment is called among what can be dragged."""
ZONES = (
    ("carries", "Carries the finding"),
    ("against", "Speaks against it"),
    ("quote", "Quote it"),
)
"""The acts that a segment can be dropped on, and how each is written there."""
_EDGE = 48
_STEP = 18


def dragged(segment_id: SegmentId) -> QMimeData:
    """A segment to be dragged; no text goes with it, so that it cannot be dropped as one."""
    data = QMimeData()
    data.setData(SEGMENT, segment_id.encode())
    return data


def segment_in(data: QMimeData) -> SegmentId | None:
    """The segment that is dragged, if it is one."""
    return SegmentId(bytes(data.data(SEGMENT).data()).decode()) if data.hasFormat(SEGMENT) else None


class DropZones(QWidget):
    """Lies over its parent while a segment is dragged across it, in as many fields as there are acts."""

    dropped = Signal(object, str)
    """A SegmentId and the act it was dropped on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = ""
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)
        self.hide()

    def zone_at(self, point: QPoint) -> str:
        """The act whose field lies there."""
        return next((act for act, place in self._places() if place.contains(point)), "")

    def middle(self, act: str) -> QPoint:
        """A point in the field of an act."""
        return next(place.center() for name, place in self._places() if name == act)

    # --- events ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QDropEvent) and segment_in(event.mimeData()) is None:
            return False
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDragMoveEvent):
            self._follow(event)
        elif kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._drop(event)
        elif kind is QEvent.Type.DragLeave:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour(t.surface, 0.5))
        names = dict(ZONES)
        for act, place in self._places():
            over = act == self._over
            line = Qt.PenStyle.SolidLine if over else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(t.accent if over else t.secondary), 2.0 if over else 1.0, line))
            painter.setBrush(theme.colour(t.wash, 0.8) if over else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), theme.px(8), theme.px(8))
            self._write(painter, place, names[act], over)

    # --- within ---

    def _write(self, painter: QPainter, place: QRect, words: str, over: bool) -> None:
        """The name of a field on a ground of its own, so that it can be read over the finding's words."""
        t = theme.tokens()
        painter.setFont(theme.interface_font(13, bold=over))
        centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = place.adjusted(theme.px(8), 0, -theme.px(8), 0)
        ground = painter.fontMetrics().boundingRect(room, centred, words)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.wash if over else t.surface))
        across, down = theme.px(8), theme.px(4)
        painter.drawRoundedRect(ground.adjusted(-across, -down, across, down), theme.px(8), theme.px(8))
        painter.setPen(QColor(t.accent if over else t.text))
        painter.drawText(room, centred, words)

    def _follow(self, event: QDragMoveEvent) -> None:
        parent = self.parentWidget()
        assert parent is not None
        if self.isHidden():
            self.show()
            self.raise_()
        self.setGeometry(parent.rect())
        self._over = self.zone_at(event.position().toPoint())
        self._scroll(parent, event.position().toPoint())
        self.update()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _drop(self, event: QDropEvent) -> None:
        segment, act = segment_in(event.mimeData()), self.zone_at(event.position().toPoint())
        self.hide()
        if segment is not None and act:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(segment, act)

    def _places(self) -> list[tuple[str, QRect]]:
        """The fields side by side, in what can be seen of the parent."""
        seen = self.rect() & self.visibleRegion().boundingRect() if self.isVisible() else self.rect()
        inside = (seen if seen.isValid() else self.rect()).adjusted(*(theme.px(6),) * 2, *(-theme.px(6),) * 2)
        width = inside.width() // len(ZONES)
        return [
            (act, QRect(inside.left() + n * width, inside.top(), width - theme.px(4), inside.height()))
            for n, (act, _) in enumerate(ZONES)
        ]

    def _scroll(self, over: QWidget, at: QPoint) -> None:
        """Scroll the page along when the edge of it is reached."""
        area: QObject | None = over.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if isinstance(area, QScrollArea):
            y, height = over.mapTo(area.viewport(), at).y(), area.viewport().height()
            step = -theme.px(_STEP) if y < theme.px(_EDGE) else theme.px(_STEP) if y > height - theme.px(_EDGE) else 0
            if step:
                area.verticalScrollBar().setValue(area.verticalScrollBar().value() + step)
