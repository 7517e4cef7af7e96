"""What carries the chosen finding: people counted, its segments, those against it, and more from its theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QMenu

from qualcode.core.findings import COUNTERS, SUPPORTS
from qualcode.core.rows import FindingRow
from qualcode.core.values import SegmentId
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.models.passages import READ_AT_ONCE, Heap, PassagesModel, by_person
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.operations import Errand
from qualcode.ui.widgets.basics import button, column, label, panel
from qualcode.ui.widgets.evidence import PassageTree
from qualcode.ui.widgets.report_drop import dragged
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.wording import raised

CARRIES, AGAINST, MORE = "Carry the finding", "Speak against it", "More from the theme"


class EvidencePanel(QFrame):
    """Keys in the list: + carries, - speaks against, Q quotes, Delete takes off, Return opens the transcript. Segments
    can be dragged from here onto a finding."""

    open_wanted = Signal(object)
    """A Passage to show in its transcript."""
    quoted = Signal(object)
    """The QuoteId just made, or that of the quote which shows the segment already."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Evidence")
        self._desk = desk
        self._row: FindingRow | None = None
        self._heaps: list[Heap] = []
        self._counting: Errand | None = None
        self._hint = label("Choose a finding to see what carries it.", "Secondary", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._people = label("", "Title", wrap=True)
        self._segments = label("", "Secondary", wrap=True)
        self.model = PassagesModel(lambda ids: desk.passages.read(ids), self)
        self.tree = EvidenceTree(self.model)
        self.tree.selectionModel().currentChanged.connect(lambda *_: self._offer())
        self.tree.opened.connect(self.open_wanted)
        self.tree.act_wanted.connect(self.act)
        self._acts = Flow(4)
        self._buttons = {
            name: button(words, lambda name=name: self.act(name), tip=f"{tip} ({{report.{name}}})")  # type: ignore[misc]
            for name, words, tip in ACTS
        }
        for found in self._buttons.values():
            self._acts.addWidget(found)
        head = column(self._hint, self._people, self._segments, margin=12, gap=4)
        self._foot = panel(self._framed(), "Surface")
        layout = column(head, self.tree, self._foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.tree)
        self.show_finding(None)

    def show_finding(self, finding: FindingRow | None) -> None:
        """Show what is behind a finding; what is chosen in the list stays so where it can."""
        self._row = finding
        for part in (self._people, self._segments, self.tree, self._foot):
            part.setVisible(finding is not None)
        self._hint.setVisible(finding is None)
        if finding is None:
            return
        count = self._desk.count(finding)
        self._people.setText(raised(count) if count.asked else "Nobody is behind it yet.")
        self._show_heaps(finding)
        self._offer()

    def forget(self) -> None:
        """Read the segments anew when they are next shown."""
        self._heaps = []

    def act(self, name: str) -> None:
        """Do one of the acts on the chosen segment, and go on to the next."""
        passage, following = self.tree.passage(), self.tree.following()
        if passage is not None and self.act_on(passage.segment.id, name) and name != "quote" and following is not None:
            self.tree.choose(following)

    def act_on(self, segment: SegmentId, name: str) -> bool:
        """Do one of the acts on a segment for the finding that is worked on; whether it made sense."""
        finding = self._row
        if finding is None or name not in self._possible(segment):
            return False
        acts: dict[str, Callable[[], object]] = {
            "carries": lambda: self._desk.attach(finding.id, segment, SUPPORTS),
            "against": lambda: self._desk.attach(finding.id, segment, COUNTERS),
            "off": lambda: self._desk.detach(finding.id, segment),
            "quote": lambda: self._quote(finding, segment),
        }
        acts[name]()
        return True

    # --- within ---

    def _framed(self) -> Flow:
        self._acts.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        return self._acts

    def _quote(self, finding: FindingRow, segment: SegmentId) -> None:
        known = next((q.id for q in finding.quotes if q.segment_id == segment), None)
        made = known or self._desk.quotes.add(finding.id, segment)
        if made is not None:
            self.quoted.emit(made)

    def _show_heaps(self, finding: FindingRow) -> None:
        if self._counting is not None:
            self._counting.drop()
            self._counting = None
        carries = tuple(e.segment_id for e in finding.evidence if e.stance == SUPPORTS)
        against = tuple(e.segment_id for e in finding.evidence if e.stance == COUNTERS)
        heaps = [Heap(title, ids) for title, ids in ((CARRIES, carries), (AGAINST, against)) if ids]
        counted = self._desk.has_counted(finding.theme_id)
        if counted:
            heaps += self._more(finding)
        elif finding.theme_id is not None:
            self._counting = self._desk.count_theme(finding.theme_id, self._show_again)
        none = "Nothing is coded under this theme yet, so nothing can carry it." if counted else "Counting …"
        self._segments.setText("" if heaps else none)
        self._segments.setVisible(not heaps)
        if heaps == self._heaps:
            return
        kept, at = self.tree.passage(), self.tree.verticalScrollBar().value()
        self._heaps = heaps
        self.model.show(heaps)
        for number in range(self.model.fetch_first()):
            self.tree.expand(self.model.index(number, 0))
        self.tree.verticalScrollBar().setValue(at)
        if kept is not None:
            self.tree.choose(kept.segment.id)

    def _show_again(self) -> None:
        if self._row is not None:
            self._show_heaps(self._row)
            self._offer()

    def _more(self, finding: FindingRow) -> list[Heap]:
        """The rest of the theme: in one heap, or where that is long by person."""
        more = self._desk.theme_segments(finding)
        ids = tuple(dict.fromkeys(segment for segments in more.values() for segment in segments))
        if len(ids) <= READ_AT_ONCE:
            return [Heap(MORE, ids)] if ids else []
        people = self._desk.mask.rows(self._desk.material.participants)
        return [replace(heap, title=f"{MORE}: {heap.title}") for heap in by_person(people, more)]

    def _possible(self, segment_id: SegmentId) -> set[str]:
        """The acts that make sense for a segment."""
        assert self._row is not None
        stance = next((e.stance for e in self._row.evidence if e.segment_id == segment_id), None)
        if stance is None:
            return {"carries", "against", "quote"}
        return {"off", "quote", "against" if stance == SUPPORTS else "carries"}

    def _offer(self) -> None:
        passage = self.tree.passage()
        possible = self._possible(passage.segment.id) if passage is not None and self._row is not None else set()
        for name, found in self._buttons.items():
            found.setEnabled(name in possible)


ACTS = (
    ("carries", "Carries it", "Have this segment carry the finding"),
    ("against", "Against it", "Have this segment speak against the finding"),
    ("quote", "Quote", "Show this segment as a quote under the finding"),
    ("off", "Take off", "Take this segment off the finding"),
)
_KEYS = {
    Qt.Key.Key_Plus: "carries",
    Qt.Key.Key_Insert: "carries",
    Qt.Key.Key_Minus: "against",
    Qt.Key.Key_Q: "quote",
    Qt.Key.Key_Delete: "off",
}


class EvidenceTree(PassageTree):
    """The segments; what is to be done with one is asked of the panel. One can be dragged from here."""

    act_wanted = Signal(str)

    def __init__(self, model: PassagesModel) -> None:
        super().__init__(model)
        self._pressed: QPoint | None = None
        self.setAccessibleName("Segments behind the finding")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left and self.passage() is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        held = event.buttons() & Qt.MouseButton.LeftButton
        moved = (event.position().toPoint() - self._pressed).manhattanLength() if self._pressed is not None else 0
        if held and moved >= QApplication.startDragDistance():
            self._pressed = None
            self._drag()
        elif not held:
            super().mouseMoveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = _KEYS.get(Qt.Key(event.key()))
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if name is not None and plain:
            self.act_wanted.emit(name)
        else:
            super().keyPressEvent(event)

    def _drag(self) -> None:
        passage = self.passage()
        if passage is not None:
            drag = QDrag(self)
            drag.setMimeData(dragged(passage.segment.id))
            drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex())))
            drag.exec(Qt.DropAction.CopyAction)

    def _menu(self, at: QPoint) -> None:
        passage = self.passage()
        if passage is None:
            return
        menu = QMenu(self)
        for name, _, tip in ACTS:
            menu.addAction(printed.beside(tip, f"report.{name}"), lambda name=name: self.act_wanted.emit(name))  # type: ignore[misc]
        menu.addSeparator()
        menu.addAction("Open in transcript\tReturn", lambda: self.opened.emit(passage))
        menu.exec(self.viewport().mapToGlobal(at))
