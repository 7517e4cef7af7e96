"""The drawer under the reading view: words in context, and frequent terms."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QTabWidget

from qualcode.core.concordance import Voices
from qualcode.core.rows import AttributeRow, InterviewRow, ParticipantRow, WaveRow
from qualcode.ui.models.speech import SpeechShelf
from qualcode.ui.widgets.basics import column, icon_button
from qualcode.ui.widgets.reading_concordance import Concordance, Names
from qualcode.ui.widgets.reading_terms import Terms
from qualcode.ui.workspace import Workspace


class WordsDrawer(QFrame):
    """Escape closes it. A term that is opened is looked for in context."""

    opened = Signal(object, object)
    """A TranscriptId and the Span of words found in it."""
    shown = Signal(object, object)
    """The same, to be looked at while the list keeps the focus."""
    back_wanted = Signal()
    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Words")
        self._shelf = SpeechShelf(workspace, self)
        self.concordance = Concordance(workspace, self._shelf)
        self.terms = Terms(workspace, self._shelf)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Words in context, frequent terms")
        self.tabs.addTab(self.concordance, "Words in context")
        self.tabs.addTab(self.terms, "Frequent terms")
        self.tabs.setCornerWidget(icon_button("Close words", "close", self.closed.emit, tip="Close (Escape)"))
        self.setLayout(column(self.tabs, gap=0))
        self.concordance.opened.connect(self.opened)
        self.concordance.shown.connect(self.shown)
        self.concordance.back_wanted.connect(self.back_wanted)
        self.terms.term_opened.connect(self.look_for)
        self.tabs.currentChanged.connect(self._turned)

    def show_project(
        self,
        interviews: list[InterviewRow],
        people: list[ParticipantRow],
        waves: list[WaveRow],
        attributes: list[AttributeRow],
        *,
        speech_changed: bool,
    ) -> None:
        """Follow the project. What was read of the transcripts is dropped when it is no longer what is said."""
        if speech_changed:
            self._shelf.forget()
        names = Names({p.id: p.pseudonym for p in people}, {i.transcript_id: i for i in interviews}, waves)
        self.concordance.show_names(names, people, attributes)
        self.terms.show_names(names, people, attributes)
        if speech_changed:
            self.concordance.search()

    def forget(self) -> None:
        """Another project is open: nothing of this one stays."""
        self._shelf.forget()
        self.concordance.field.clear()
        self.terms.forget()
        self.hide()

    def show_context(self, words: str = "") -> None:
        """Open the field for words in context, and find these if there are any."""
        self.tabs.setCurrentWidget(self.concordance)
        if words:
            self.concordance.look_for(words)
        self.concordance.field.setFocus()
        self.concordance.field.selectAll()

    def show_terms(self) -> None:
        self.tabs.setCurrentWidget(self.terms)
        self.terms.look()
        self.terms.table.setFocus()

    def look_for(self, words: str, voices: Voices) -> None:
        """Find a term's places in the speech it was counted in."""
        self.tabs.setCurrentWidget(self.concordance)
        self.concordance.look_for(words, voices)
        self.concordance.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _turned(self, _: int) -> None:
        if self.tabs.currentWidget() is self.terms and self.isVisible():
            self.terms.look()
