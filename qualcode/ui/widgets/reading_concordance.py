"""Words in context over all transcripts: a field, and the places as a list that grows, lined up on the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QSizePolicy, QWidget

from qualcode.core.concordance import Query, Speech, Voices, places
from qualcode.core.rows import AttributeRow, InterviewRow, ParticipantRow, WaveRow
from qualcode.core.values import Role, TranscriptId, WaveId
from qualcode.ui import theme
from qualcode.ui.models.speech import SpeechShelf
from qualcode.ui.models.words import HitsModel, Order, Place
from qualcode.ui.operations import Task
from qualcode.ui.widgets.basics import Elided, button, column, label, line, row
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.reading_context import InContext
from qualcode.ui.widgets.report_flow import Flow, keep_height
from qualcode.ui.widgets.search_topic import GroupButton
from qualcode.ui.workspace import Workspace

MOST_LISTED = 5_000
HINT = "A word or a phrase. wait* finds waited and waiting, *ing all that ends so, and * stands for any word."
VOICES = (
    (Voices.PARTICIPANTS, "Participants' speech"),
    (Voices.INTERVIEWERS, "Interviewers' speech"),
    (Voices.EVERYBODY, "Everybody's speech"),
)

ORDERS = (
    ("As they come", Order.TEXT),
    ("By what follows", Order.AFTER),
    ("By what comes before", Order.BEFORE),
    ("By person", Order.PERSON),
)
HERE = "here"
"""Stands for the interview that is read, where a wave is chosen."""

LEAST_HIGH = 44
"""Pixels at 100 % that a list or page keeps, however large the letters around it are."""

LEAST_FIELD = 180
"""Pixels at 100 % below which the field has a line of its own."""

LOOK_MS = 150
"""A place that was chosen so long is shown."""


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
    """Finds while you type. A place that is chosen in the list is shown above; Return goes there."""

    opened = Signal(object, object)
    """A TranscriptId and the Span of the words: the reader wants to go there."""
    shown = Signal(object, object)
    """The same, to be looked at while the list keeps the focus."""
    back_wanted = Signal()
    """The reader wants to go on where reading stopped."""

    def __init__(self, workspace: Workspace, shelf: SpeechShelf) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace, self._shelf = workspace, shelf
        self._names = Names({}, {}, ())
        self._people: Sequence[ParticipantRow] = ()
        self._asked: object = None
        self._here: TranscriptId | None = None
        self.model = HitsModel(workspace.mask, self)
        self.field = _Field()
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText("Find words in all transcripts")
        self.field.setAccessibleName("Words to find")
        self.field.setAccessibleDescription(HINT)
        self.voices = Picker("Whose speech", snug=True)
        self.voices.show_choices([(words, voices) for voices, words in VOICES], Voices.PARTICIPANTS)
        self.wave = Picker("Where", snug=True)
        self.group = GroupButton()
        self.order = Picker("Order", snug=True)
        self.order.show_choices(ORDERS, Order.TEXT)
        self.order.setMinimumWidth(0)
        self.order.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.summary = Elided()
        self.back = button("", self.back_wanted.emit, "Link", tip="Go on reading where you were")
        self.back.hide()
        self.list = QListView()
        self.list.setAccessibleName("Places found")
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(InContext(self.list))
        self.list.setMinimumHeight(theme.px(LEAST_HIGH))
        self.hint = label(HINT, "Secondary", wrap=True)
        self.hint.setContentsMargins(*(theme.px(14),) * 4)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._controls = Flow(gap=8)
        self._controls.setContentsMargins(*(theme.px(8),) * 4)
        for part in (self.field, *self._choices()):
            self._controls.addWidget(part)
        told = row(self.summary, None, self.back, self.order)
        told.setContentsMargins(theme.px(14), 0, theme.px(8), theme.px(6))
        self.setLayout(column(self._controls, told, line(), self.hint, self.list, gap=0))
        self.layout().setStretch(4, 1)  # type: ignore[union-attr]
        self._pause = QTimer(self, interval=250, singleShot=True)
        self._pause.timeout.connect(self.search)
        self._look = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._look.timeout.connect(lambda: self._show(self.list.currentIndex()))
        self._connect()
        self._tell([], 0)

    def _choices(self) -> tuple[QWidget, ...]:
        return self.voices, self.wave, self.group

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda: self._pause.start())
        self.field.returnPressed.connect(self._to_list)
        self.voices.picked.connect(lambda _: self.search())
        self.wave.picked.connect(lambda _: self.search())
        self.group.changed.connect(self.search)
        self.order.picked.connect(self._reorder)
        self.list.activated.connect(self._open)
        self.list.clicked.connect(lambda _: self._look.start())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._look.start())

    def show_names(self, names: Names, people: Sequence[ParticipantRow], attributes: Sequence[AttributeRow]) -> None:
        """Follow the project: what people, interviews, waves and groups are called."""
        self._names, self._people = names, people
        everywhere = "All waves" if names.waves else "All interviews"
        waves = [(wave.id, wave.name) for wave in names.waves]
        self.wave.offer([(None, everywhere), *waves, (HERE, "This interview")])
        self.group.show_groups(attributes, people, self._workspace.mask)

    def show_here(self, transcript_id: TranscriptId) -> None:
        """Follow which interview is read."""
        if transcript_id != self._here:
            self._here = transcript_id
            if self.wave.key() == HERE:
                self.search()

    def show_way_back(self, words: str) -> None:
        """Offer to go back to where reading stopped; with no words there is no need to."""
        self.back.setText(words)
        self.back.setVisible(bool(words))

    def look_for(self, words: str, voices: Voices | None = None) -> None:
        """Find these words now, in all waves and groups."""
        self.field.setText(words)
        self.wave.setCurrentIndex(0)
        self.group.set_group(None, "")
        if voices is not None:
            self.voices.show_choices([(words, voices) for voices, words in VOICES], voices)
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
        where = self.wave.key()
        wanted = [
            transcript_id
            for transcript_id, interview in self._names.interviews.items()
            if where is None or (transcript_id == self._here if where == HERE else interview.wave_id == where)
        ]
        holding = self._workspace.project.readings.holding([query])
        to_read = [t for t in wanted if holding is None or t in holding]
        self._shelf.ask(to_read, lambda speeches: self._start(asked, query, wanted, speeches))

    # --- within ---

    def _start(self, asked: object, query: Query, among: Sequence[TranscriptId], speeches: list[Speech]) -> None:
        if asked is not self._asked:
            return
        self.model.clear()
        scope, names = _Scope(Voices(self.voices.key()), self._group()), self._names
        voices = self._workspace.project.readings.voices()
        heard = [_Found(t, person, 0) for t in among for person, role in voices.get(t, ()) if scope.hears(person, role)]

        def work(task: Task) -> list[_Found]:
            return heard + _look_through(task, speeches, query, scope, names, lambda: asked is not self._asked)

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
        self.order.setVisible(bool(total))
        self.hint.setText(f"Nobody says “{self.field.text().strip()}”. {HINT}" if asked else HINT)
        parts = [_number(total, "place", "places")]
        if self.voices.key() == Voices.PARTICIPANTS:
            parts.insert(0, f"{_people(found)} people")
            if len(self._names.waves) > 1 and self.wave.key() is None:
                parts += [f"{wave.name}: {_people(self._of_wave(found, wave.id))}" for wave in self._names.waves]
        if total > listed:
            parts.append(f"the first {listed:,} are listed")
        self.summary.setText("   ".join(parts))

    def _of_wave(self, found: Sequence[_Found], wave_id: WaveId) -> list[_Found]:
        return [f for f in found if self._names.interviews[f.transcript_id].wave_id == wave_id]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Give the field what the choices leave of the line, or one of its own; ask for the height that this takes."""
        gap = theme.px(8)
        edges = self.layout().contentsMargins()  # type: ignore[union-attr]
        room = self.contentsRect().width() - edges.left() - edges.right() - 2 * gap
        left = room - sum(part.sizeHint().width() + gap for part in self._choices() if not part.isHidden())
        self.field.take(left if left >= theme.px(LEAST_FIELD) else room)
        keep_height(self)

    def _reorder(self, order: Order) -> None:
        """List the places otherwise; the one that is chosen stays so."""
        chosen = self.model.place(self.list.currentIndex())
        self.model.order_by(order)
        if chosen is not None:
            index = self.model.index_of(chosen)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def _group(self) -> frozenset[str] | None:
        """Whose words are looked at: None is everybody's."""
        attribute_id, value = self.group.chosen
        if attribute_id is None:
            return None
        return frozenset(p.id for p in self._people if p.attributes.get(attribute_id) == value)

    def _show(self, index: QModelIndex) -> None:
        place = self.model.place(index)
        if place is not None and self.list.hasFocus():
            self.shown.emit(place.hit.transcript_id, place.hit.span)

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


@dataclass(frozen=True)
class _Scope:
    """Whose words are looked at: these voices, and of these people (None is everybody)."""

    voices: Voices
    people: frozenset[str] | None

    def holds(self, person: str) -> bool:
        return self.people is None or person in self.people

    def hears(self, person: str, role: Role) -> bool:
        return self.voices.holds(role) and self.holds(person)


def _look_through(
    task: Task, speeches: Sequence[Speech], query: Query, scope: _Scope, names: Names, stale: Callable[[], bool]
) -> list[_Found]:
    """On the worker: deliver places as they are found, and count them all."""
    found: list[_Found] = []
    batch: list[Place] = []
    listed = 0
    for number, speech in enumerate(speeches):
        task.go_on()
        if stale():
            return []
        hits = [hit for hit in places(speech, query, scope.voices) if scope.holds(hit.person)]
        counts = Counter(hit.person for hit in hits)
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


class _Field(QLineEdit):
    """As wide as it is told to be, where there is room."""

    _wide = 0

    def take(self, width: int) -> None:
        if width != self._wide:
            self._wide = width
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(max(self._wide, theme.px(LEAST_FIELD)), super().sizeHint().height())


def _people(found: Sequence[_Found]) -> str:
    """How many say it, of those heard."""
    said, heard = {f.person for f in found if f.count}, {f.person for f in found}
    return f"{len(said):,} of {len(heard):,}" if heard else "nobody is heard"


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
