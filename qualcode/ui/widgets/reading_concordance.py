"""Words in context over all transcripts: a field, and the places as a list that grows, lined up on the words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from qualcode.core.concordance import Query, Speech, Voices, places
from qualcode.core.rows import InterviewRow, WaveRow
from qualcode.core.values import TranscriptId, WaveId
from qualcode.ui import theme
from qualcode.ui.models.speech import SpeechShelf
from qualcode.ui.models.words import PLACE, HitsModel, Place
from qualcode.ui.operations import Task
from qualcode.ui.widgets.basics import column, label, line, row
from qualcode.ui.workspace import Workspace

MOST_LISTED = 5_000
HINT = "A word or a phrase. wait* finds waited and waiting, *ing all that ends so, and * stands for any word."
VOICES = (
    (Voices.PARTICIPANTS, "Participants' speech"),
    (Voices.INTERVIEWERS, "Interviewers' speech"),
    (Voices.EVERYBODY, "Everybody's speech"),
)


@dataclass(frozen=True)
class Names:
    """What to call people and interviews, and where these belong."""

    people: Mapping[str, str]
    interviews: Mapping[TranscriptId, InterviewRow]
    waves: Sequence[WaveRow]

    def of(self, person: str, speech: Speech) -> str:
        """A pseudonym, or the label in the transcript of a voice that is matched to nobody."""
        if person in self.people:
            return self.people[person]
        return speech.passage.speakers[speech.people.index(person)].label or "Speaker"


@dataclass(frozen=True, slots=True)
class _Found:
    """How often one person who speaks in a transcript says it there; 0 is an answer too."""

    transcript_id: TranscriptId
    person: str
    count: int


class Concordance(QFrame):
    """Finds while you type. Return in the list opens the place."""

    opened = Signal(object, object)
    """A TranscriptId and the Span of the words."""

    def __init__(self, workspace: Workspace, shelf: SpeechShelf) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace, self._shelf = workspace, shelf
        self._names = Names({}, {}, ())
        self._asked: object = None
        self.model = HitsModel(workspace.mask, self)
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText("Find words in all transcripts")
        self.field.setAccessibleName("Words to find")
        self.field.setAccessibleDescription(HINT)
        self.voices = QComboBox()
        self.voices.setAccessibleName("Whose speech")
        for voices, words in VOICES:
            self.voices.addItem(words, voices)
        self.wave = QComboBox()
        self.wave.setAccessibleName("Wave")
        self.summary = label("", "Secondary")
        self.list = QListView()
        self.list.setAccessibleName("Places found")
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_InContext(self.list))
        self.hint = label(HINT, "Secondary", wrap=True)
        self.hint.setContentsMargins(*(theme.px(14),) * 4)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        controls = row(self.field, self.voices, self.wave, margin=8)
        controls.setStretch(0, 1)
        self.summary.setContentsMargins(theme.px(14), 0, theme.px(14), theme.px(6))
        self.setLayout(column(controls, self.summary, line(), self.hint, self.list, gap=0))
        self.layout().setStretch(4, 1)  # type: ignore[union-attr]
        self._pause = QTimer(self, interval=250, singleShot=True)
        self._pause.timeout.connect(self.search)
        self.field.textChanged.connect(lambda: self._pause.start())
        self.field.returnPressed.connect(self._to_list)
        self.voices.activated.connect(lambda _: self.search())
        self.wave.activated.connect(lambda _: self.search())
        self.list.activated.connect(self._open)
        self._tell([], 0)

    def show_names(self, names: Names) -> None:
        """Follow the project: what people, interviews and waves are called; the search is made anew."""
        chosen = self.wave.currentData()
        self._names = names
        self.wave.clear()
        self.wave.addItem("All waves", None)
        for wave in names.waves:
            self.wave.addItem(wave.name, wave.id)
        self.wave.setCurrentIndex(max(0, self.wave.findData(chosen)))
        self.wave.setVisible(bool(names.waves))

    def look_for(self, words: str, voices: Voices | None = None) -> None:
        """Find these words now, in all waves."""
        self.field.setText(words)
        self.wave.setCurrentIndex(0)
        if voices is not None:
            self.voices.setCurrentIndex(self.voices.findData(voices))
        self.search()

    def search(self) -> None:
        """Search for what the field says."""
        self._pause.stop()
        self._asked = asked = object()
        query = Query.of(self.field.text())
        if query is None or not self._workspace.is_open:
            self.model.clear()
            self._tell([], 0)
            return
        self.summary.setText("Searching …")
        self.summary.show()
        wave_id = self.wave.currentData()
        wanted = [t for t, i in self._names.interviews.items() if wave_id in (None, i.wave_id)]
        self._shelf.ask(wanted, lambda speeches: self._start(asked, query, speeches))

    # --- within ---

    def _start(self, asked: object, query: Query, speeches: list[Speech]) -> None:
        if asked is not self._asked:
            return
        self.model.clear()
        voices, names = Voices(self.voices.currentData()), self._names

        def work(task: Task) -> list[_Found]:
            return _look_through(task, speeches, query, voices, names, lambda: asked is not self._asked)

        self._workspace.operations.start(
            "Finding words",
            work,
            each=lambda batch: self.model.append(batch) if asked is self._asked else None,
            then=lambda found: self._tell(found, self.model.rowCount()) if asked is self._asked else None,
            quiet=True,
        )

    def _tell(self, found: Sequence[_Found], listed: int) -> None:
        """Say how many people say it, and where: people first, by wave."""
        asked = Query.of(self.field.text()) is not None
        total = sum(f.count for f in found)
        self.hint.setVisible(not total)
        self.list.setVisible(bool(total))
        self.summary.setVisible(bool(total))
        self.hint.setText(f"Nobody says “{self.field.text().strip()}”. {HINT}" if asked else HINT)
        parts = [_number(total, "place", "places")]
        if self.voices.currentData() == Voices.PARTICIPANTS:
            parts.insert(0, f"{_people(found)} people")
            if len(self._names.waves) > 1 and self.wave.currentData() is None:
                parts += [f"{wave.name}: {_people(self._of_wave(found, wave.id))}" for wave in self._names.waves]
        if total > listed:
            parts.append(f"the first {listed:,} are listed")
        self.summary.setText("   ".join(parts))

    def _of_wave(self, found: Sequence[_Found], wave_id: WaveId) -> list[_Found]:
        return [f for f in found if self._names.interviews[f.transcript_id].wave_id == wave_id]

    def _to_list(self) -> None:
        if self._pause.isActive():
            self.search()
        self.list.setFocus()
        if self.model.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))

    def _open(self, index: QModelIndex) -> None:
        place = self.model.place(index)
        if place is not None:
            self.opened.emit(place.hit.transcript_id, place.hit.span)


def _look_through(
    task: Task, speeches: Sequence[Speech], query: Query, voices: Voices, names: Names, stale: Callable[[], bool]
) -> list[_Found]:
    """On the worker: deliver places as they are found, and count them all."""
    found: list[_Found] = []
    batch: list[Place] = []
    listed = 0
    for number, speech in enumerate(speeches):
        task.go_on()
        if stale():
            return []
        hits = places(speech, query, voices)
        counts = dict.fromkeys((person for person, _ in speech.turns(voices)), 0)
        counts.update(Counter(hit.person for hit in hits))
        transcript_id = speech.passage.transcript_id
        found += [_Found(transcript_id, person, count) for person, count in counts.items()]
        title = names.interviews[transcript_id].title
        batch += [Place(hit, names.of(hit.person, speech), title) for hit in hits[: MOST_LISTED - listed]]
        listed = min(MOST_LISTED, listed + len(hits))
        if batch and (number % 50 == 49 or len(batch) > 200):
            task.deliver(batch)
            batch = []
    task.deliver(batch)
    return found


class _InContext(QStyledItemDelegate):
    """Who and where at the left; then the words, in bold on one axis, with what is said before and after."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(300), theme.px(27))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        place: Place = index.data(PLACE)
        t = theme.tokens()
        whole = QRectF(option.rect).adjusted(theme.px(14), 0, -theme.px(10), 0)
        named = min(theme.px(190), whole.width() * 0.28)
        person = QRectF(whole.left(), whole.top(), named * 0.32, whole.height())
        interview = QRectF(person.right(), whole.top(), named * 0.68 - theme.px(10), whole.height())
        said = QRectF(whole.left() + named, whole.top(), whole.width() - named, whole.height())
        painter.save()
        _draw(painter, person, place.person, theme.interface_font(12, bold=True), t.text)
        _draw(painter, interview, place.interview, theme.interface_font(12), t.secondary)
        font, bold = theme.reading_font(13), theme.reading_font(13)
        bold.setWeight(QFont.Weight.Bold)
        painter.setFont(bold)
        context = place.hit.context
        words = painter.fontMetrics().horizontalAdvance(context.words)
        left = QRectF(said.left(), said.top(), max(0.0, said.width() * 0.46 - words / 2), said.height())
        middle = QRectF(left.right(), said.top(), words + 1, said.height())
        right = QRectF(middle.right(), said.top(), said.right() - middle.right(), said.height())
        painter.setFont(font)
        if context.before.endswith(" "):
            left.setRight(left.right() - painter.fontMetrics().horizontalAdvance(" "))
        _draw(painter, left, context.before.rstrip(), font, t.text, at_end=True)
        _draw(painter, middle, context.words, bold, t.accent)
        _draw(painter, right, context.after, font, t.text)
        painter.restore()


def _draw(painter: QPainter, place: QRectF, words: str, font: QFont, shade: str, *, at_end: bool = False) -> None:
    """One piece of a line, cut where it has no room: at its start if it stands at the end of the room."""
    painter.setFont(font)
    painter.setPen(QColor(shade))
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    mode = Qt.TextElideMode.ElideLeft if at_end else Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(words, mode, math.ceil(place.width()))
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def _people(found: Sequence[_Found]) -> str:
    """How many say it, of those heard."""
    said = {f.person for f in found if f.count}
    return f"{len(said):,} of {len({f.person for f in found}):,}"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
