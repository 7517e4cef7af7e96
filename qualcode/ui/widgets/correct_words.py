"""A popup to mend words of a transcript where they stand: a new version of it, with all that was coded kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from qualcode.core.corrections import Correction
from qualcode.core.rows import TranscriptRow
from qualcode.core.spans import normalise
from qualcode.core.values import Span, TranscriptId
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, column, label, row
from qualcode.ui.widgets.transcript import TranscriptView
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace


class CorrectWords(QFrame):
    """Return corrects, Escape and a click elsewhere leave it. What cannot be is said, and the popup stays."""

    corrected = Signal(object, object)
    """The new TranscriptId, and the Span of the words there."""

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
        buttons = row(None, button("Leave it", self.close), button("Correct", self.correct, "Primary"))
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
            self.close()
            return
        noun = self._workspace.project.transcripts
        correction = self._workspace.attempt(lambda: noun.correct_words(transcript.id, self._span, words))
        if correction is None:
            return
        self.close()
        self._workspace.said.emit(_told(correction))
        here = self._span.start
        self.corrected.emit(correction.transcript_id, Span(here, here + len(normalise(words))))


def correct_words(
    workspace: Workspace,
    view: TranscriptView,
    transcript: TranscriptRow,
    span: Span,
    then: Callable[[TranscriptId, Span], None],
) -> None:
    """Ask, under the words of ``span`` in ``view``, what is right; ``then`` is told where they stand afterwards."""
    popup = CorrectWords(workspace, view)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.corrected.connect(then)
    popup.ask(view.place_of(span), transcript, span)


def _told(correction: Correction) -> str:
    changed, unplaced = len(correction.changed), len(correction.unplaced)
    told = "Corrected."
    if changed:
        told += f" {number(changed, 'segment')} {'has' if changed == 1 else 'have'} other words now."
    if unplaced:
        told += f" {number(unplaced, 'segment')} found no place: see Prepare, Interviews."
    return told
