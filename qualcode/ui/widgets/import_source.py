"""The paragraphs of a file beside the turns they became, where turns are begun, joined and left out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcode.core.values import Role
from qualcode.importing import Rules
from qualcode.ui import theme
from qualcode.ui.import_batch import Entry
from qualcode.ui.widgets.basics import Elided, button, column, line, panel
from qualcode.ui.widgets.report_flow import Flow

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex

LEFT_OUT = "left out"
NOT_SPEECH = "no speech"
LABEL = "label"
_LONGEST_TIME = 16


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One paragraph: ``speaker`` where a turn begins, ``further`` turns in the same paragraph, ``aside`` when none."""

    text: str
    speaker: str = ""
    interviewer: bool = False
    further: int = 0
    aside: str = ""

    @property
    def beside(self) -> str:
        """What stands at the left of the words."""
        more = f" +{self.further}" if self.further else ""
        return self.aside or (self.speaker + more)


def lines_of(entry: Entry) -> list[SourceLine]:
    """Every paragraph of a file with what became of it."""
    if entry.understood is None:
        return []
    source, found = entry.understood.source, entry.understood.recognition
    turns, speakers = found.transcript.turns, found.transcript.speakers
    left = _left_out(entry.own, len(source.paragraphs))
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
        next_place = following[seen] if seen < len(following) else len(turns)
        lines.append(
            SourceLine(
                paragraph.text,
                (speaker.label or "One voice") if place != before else "",
                speaker.role is Role.INTERVIEWER,
                max(0, next_place - place - 1),
            )
        )
        before = max(place, next_place - 1)
    return lines


def _is_label(text: str, label: str) -> bool:
    """Whether a line is the label of the turn after it, perhaps with a time."""
    line, name = text.strip().casefold(), label.casefold()
    return bool(name) and line.startswith(name) and len(line) <= len(name) + _LONGEST_TIME


def _left_out(rules: Rules, total: int) -> set[int]:
    return {number for number in range(total) if rules.leaves_out(number, "", total)}


class SourceList(QFrame):
    """Says how the rules of the file shall be from now on. B begins a turn, C continues one, L leaves out."""

    corrected = Signal(object)
    """The file's own Rules."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._entry: Entry | None = None
        self.model = _Model(self)
        self.view = _View(self.model)
        self.view.typed.connect(self._typed)
        self.view.customContextMenuRequested.connect(self._menu)
        self._state = Elided()
        self.begin = button("Begin turn", self._ask_speaker, tip="A turn begins here (B)")
        self.join = button("Continue", self.continue_turn, tip="This goes on with the turn before it (C)")
        self.out = button("Leave out", self.leave_out, tip="This is no speech, or speech after all (L)")
        self.view.selectionModel().selectionChanged.connect(self._enable)
        acts = Flow()
        for part in (self.begin, self.join, self.out):
            acts.addWidget(part)
        head = panel(column(Elided("Paragraphs and turns", "Head"), acts, margin=8, gap=6))
        self.setLayout(column(head, line(), self.view, gap=0))

    def show_entry(self, entry: Entry | None) -> None:
        """Show a file; the same one keeps its place and selection."""
        anew = entry is not self._entry
        self._entry = entry
        self.model.show(lines_of(entry) if entry else [], anew)
        if anew:
            self.view.scrollToTop()
            if self.model.rowCount():
                self.view.setCurrentIndex(self.model.index(0))
        self._enable()

    @property
    def entry(self) -> Entry | None:
        """The file that is shown."""
        return self._entry

    def labels(self) -> list[str]:
        """The labels that a turn can be given to."""
        understood = self._entry.understood if self._entry else None
        return [voice.label for voice in understood.recognition.voices if voice.label] if understood else []

    def chosen(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedIndexes())

    # --- acts ---

    def begin_turn(self, speaker: str) -> None:
        """Let the chosen paragraphs begin turns of this speaker."""
        self._correct(lambda own, chosen: replace(own, starts={**own.starts, **dict.fromkeys(chosen, speaker)}))

    def continue_turn(self) -> None:
        """Let the chosen paragraphs go on with the turn before them."""
        self._correct(lambda own, chosen: replace(own, starts={**own.starts, **dict.fromkeys(chosen, "")}))

    def leave_out(self) -> None:
        """Leave the chosen paragraphs out, or take them in again when they are left out."""
        total = self.model.rowCount()

        def change(own: Rules, chosen: Sequence[int]) -> Rules:
            left = _left_out(own, total)
            left = left - set(chosen) if set(chosen) <= left else left | set(chosen)
            return replace(own, left_out=tuple(_ranges(sorted(left))))

        self._correct(change)

    # --- within ---

    def _correct(self, change: Callable[[Rules, Sequence[int]], Rules]) -> None:
        chosen = self.chosen()
        if self._entry is not None and chosen:
            self.corrected.emit(change(self._entry.own, chosen))

    def _enable(self) -> None:
        chosen = bool(self.chosen())
        for part in (self.begin, self.join, self.out):
            part.setEnabled(chosen)
        left = chosen and all(self.model.lines[number].aside == LEFT_OUT for number in self.chosen())
        self.out.setText("Take in again" if left else "Leave out")

    def _typed(self, key: str) -> None:
        acts: dict[str, Callable[[], None]] = {"b": self._ask_speaker, "c": self.continue_turn, "l": self.leave_out}
        if key in acts and self.chosen():
            acts[key]()

    def _ask_speaker(self) -> None:
        menu = QMenu(self)
        for name in self.labels():
            menu.addAction(name, partial(self.begin_turn, name))
        if not self.labels():
            for name in ("Interviewer", "Participant"):
                menu.addAction(name, partial(self.begin_turn, name))
        menu.exec(self.begin.mapToGlobal(QPoint(0, self.begin.height())))

    def _menu(self, at: QPoint) -> None:
        if not self.chosen():
            return
        menu = QMenu(self)
        turns = menu.addMenu("Begin a turn of")
        for name in self.labels() or ["Interviewer", "Participant"]:
            turns.addAction(name, partial(self.begin_turn, name))
        menu.addAction("Continue the turn before\tC", self.continue_turn)
        menu.addAction(f"{self.out.text()}\tL", self.leave_out)
        menu.exec(self.view.viewport().mapToGlobal(at))


def _ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


class _Model(QAbstractListModel):
    def __init__(self, parent: SourceList) -> None:
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


class _View(QListView):
    typed = Signal(str)

    def __init__(self, model: _Model) -> None:
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
