"""A popup to mend words of a transcript where they stand: a new version of it, with all that was coded kept."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from qualcode.core.rows import TranscriptRow
from qualcode.core.values import Span
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, column, label, row
from qualcode.ui.workspace import Workspace


class CorrectWords(QFrame):
    """Return corrects, Escape and a click elsewhere leave it. What cannot be is said, and the popup stays."""

    corrected = Signal(object)
    """The ``transcripts.Correction``."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("Popup")
        self.setAccessibleName("Correct words")
        self._workspace = workspace
        self._transcript: TranscriptRow | None = None
        self._span = Span(0, 0)
        self.field = QLineEdit()
        self.field.setAccessibleName("The right words")
        self.field.returnPressed.connect(self.correct)
        hint = label("The text before stays as an earlier version; coding and notes move along.", "Secondary")
        hint.setWordWrap(True)
        buttons = row(None, button("Leave it", self.hide), button("Correct", self.correct, "Primary"))
        self.setLayout(column(label("Correct words", "Head"), self.field, hint, buttons, margin=10, gap=8))

    def ask(self, at: QPoint, transcript: TranscriptRow, span: Span) -> None:
        """Open at ``at`` (on the screen) with the words of ``span``, which lies within one turn."""
        self._transcript, self._span = transcript, span
        self.field.setText(span.of(transcript.text))
        self.setFixedWidth(theme.px(380))
        self.adjustSize()
        room = (QGuiApplication.screenAt(at) or QGuiApplication.primaryScreen()).availableGeometry()
        self.move(min(at.x(), room.right() - self.width()), min(at.y(), room.bottom() - self.height()))
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def correct(self) -> None:
        """Put what was typed in the place of the words."""
        transcript, words = self._transcript, self.field.text()
        if transcript is None or words == self._span.of(transcript.text):
            self.hide()
            return
        noun = self._workspace.project.transcripts
        correction = self._workspace.attempt(lambda: noun.correct_words(transcript.id, self._span, words))
        if correction is not None:
            self.hide()
            self.corrected.emit(correction)
