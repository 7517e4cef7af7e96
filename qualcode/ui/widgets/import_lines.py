"""The paragraphs of a file as a list, each with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qualcode.core.values import Role
from qualcode.importing import Rules
from qualcode.ui import theme
from qualcode.ui.import_entry import Entry

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

LEFT_OUT = "left out"
NOT_SPEECH = "no speech"
LABEL = "label"
_LONGEST_TIME = 16


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One paragraph: ``speaker`` where a turn begins, ``inside`` where further ones do, ``aside`` when it is none.

    ``inside`` are code points of the text, each with the label of the speaker who begins there.
    """

    text: str
    speaker: str = ""
    interviewer: bool = False
    inside: tuple[tuple[int, str], ...] = ()
    aside: str = ""

    @property
    def beside(self) -> str:
        """What stands at the left of the words."""
        more = f" +{len(self.inside)}" if self.inside else ""
        return self.aside or (self.speaker + more)


def lines_of(entry: Entry) -> list[SourceLine]:
    """Every paragraph of a file with what became of it."""
    if entry.understood is None:
        return []
    source, found = entry.understood.source, entry.understood.recognition
    turns, speakers = found.transcript.turns, found.transcript.speakers
    left = left_out(entry.own, len(source.paragraphs))
    lines: list[SourceLine] = []
    before = -1
    following = [place for place in found.places if place is not None]
    seen = 0
    for number, (paragraph, place) in enumerate(zip(source.paragraphs, found.places, strict=True)):
        if place is None:
            coming = following[seen] if seen < len(following) else None
            heading = speakers[turns[coming].speaker].label if coming is not None else ""
            aside = LEFT_OUT if number in left else LABEL if _is_label(paragraph.text, heading) else NOT_SPEECH
            lines.append(SourceLine(paragraph.text, aside=aside))
            continue
        seen += 1
        speaker = speakers[turns[place].speaker]
        begins = (speaker.label or "One voice") if place != before else ""
        inside = found.inside.get(number, ())
        lines.append(SourceLine(paragraph.text, begins, speaker.role is Role.INTERVIEWER, inside))
        before = place + len(inside)
    return lines


def _is_label(text: str, label: str) -> bool:
    """Whether a line is the label of the turn after it, perhaps with a time."""
    line, name = text.strip().casefold(), label.casefold()
    return bool(name) and line.startswith(name) and len(line) <= len(name) + _LONGEST_TIME


def left_out(rules: Rules, total: int) -> set[int]:
    """The numbers of the paragraphs that these rules leave out."""
    return {number for number in range(total) if rules.leaves_out(number, "", total)}


class LinesModel(QAbstractListModel):
    """The paragraphs of one file."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[SourceLine] = []

    def show(self, lines: list[SourceLine], anew: bool) -> None:
        if anew or len(lines) != len(self.lines):
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
        elif lines:
            self.lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        found = self.lines[index.row()]
        if role == LINE:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{found.beside or 'goes on'}: {found.text}"
        if role == Qt.ItemDataRole.ToolTipRole and len(found.text) > 120:
            return found.text
        return None


class LinesView(QListView):
    """The paragraphs, two lines of each."""

    typed = Signal(str)
    """B, C or L, for the turns."""
    opened = Signal()
    """Return: into the words of the paragraph."""

    def __init__(self, model: LinesModel) -> None:
        super().__init__()
        self.setAccessibleName("Paragraphs of the file")
        self.setModel(model)
        self.setItemDelegate(_Line(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.appearance.changed.connect(self.scheduleDelayedItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().casefold() in ("b", "c", "l") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text().casefold())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """The speaker where a turn begins, and two lines of the words; what is no speech says so."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(240), theme.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        found, option.text = index.data(LINE), ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        tokens = theme.tokens()
        painter.save()
        place = option.rect.adjusted(theme.px(10), theme.px(4), -theme.px(10), -theme.px(4))
        margin = min(theme.px(110), place.width() // 3)
        dim = bool(found.aside) or found.interviewer
        painter.setFont(theme.interface_font(12, bold=bool(found.speaker)))
        painter.setPen(QColor(tokens.secondary if dim else tokens.accent))
        beside = painter.fontMetrics().elidedText(found.beside, Qt.TextElideMode.ElideRight, margin - theme.px(8))
        painter.drawText(QRect(place.left(), place.top(), margin, place.height()), Qt.AlignmentFlag.AlignTop, beside)
        if not found.beside:
            painter.fillRect(QRect(place.left(), place.top() + theme.px(3), 2, place.height()), QColor(tokens.line))
        font = theme.reading_font(13)
        font.setStrikeOut(found.aside == LEFT_OUT)
        painter.setFont(font)
        painter.setPen(QColor(tokens.secondary if dim else tokens.text))
        words = QRect(place.left() + margin, place.top(), place.width() - margin, place.height())
        shown = _two_lines(found.text, painter.fontMetrics(), words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, shown)
        painter.restore()


def _two_lines(text: str, metrics: Any, width: int) -> str:
    """As much of the text as fits two lines, with an ellipsis where it goes on."""
    whole = " ".join(text[:400].split())
    return str(metrics.elidedText(whole, Qt.TextElideMode.ElideRight, 2 * width - theme.px(40)))
