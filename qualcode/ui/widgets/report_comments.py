"""Comments for colleagues: beside what they are on where there is room for a margin, below it where there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qualcode.core.comments import CommentRow, Topic
from qualcode.report import wording
from qualcode.ui import theme
from qualcode.ui.mask import Mask
from qualcode.ui.models.report_talk import Talk
from qualcode.ui.widgets.basics import button, clear, column, label, row
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.segment import MemoField
from qualcode.ui.wording import number

MARGIN = 232
"""How wide the margin is, and (``ROOM``) how wide all must be to have one."""
ROOM = 700
FEWEST_LINES, MOST_LINES = 2, 12
WIDEST = 820
"""How wide a page is at most, without a margin."""


class Conversation(QFrame):
    """What was said on one thing, and a field for more: Ctrl+Return or leaving it says it, Escape empties it."""

    begun = Signal()
    """It came into sight, or went out of it."""

    def __init__(self, talk: Talk, mask: Mask) -> None:
        super().__init__()
        self._talk, self._mask = talk, mask
        self._topic = Topic()
        self._shown: tuple[object, ...] = ()
        self._editing: CommentRow | None = None
        self._is_begun = self._resolved_too = self._is_made = False
        self.setAccessibleName("Comments")
        self.hide()

    def _make(self) -> None:
        """Make the parts when there is first something to show: most things are never commented on."""
        self._is_made = True
        self._said = QVBoxLayout()
        self._said.setSpacing(theme.px(8))
        self.field = CommentField()
        self.field.said.connect(self._say)
        self.field.abandoned.connect(self._end)
        self._resolve = button(
            "Resolve", lambda: self._talk.resolve(self._topic), "Link", tip="Settle what was said here"
        )
        self._reopen = button("Reopen", lambda: self._talk.resolve(self._topic, resolved=False), "Link")
        self._earlier = button("", self._show_resolved, "Link")
        self._answer = button("Answer", self.begin, "Link")
        acts = Flow(8)
        for part in (self._answer, self._resolve, self._reopen, self._earlier):
            acts.addWidget(part)
        layout = column(self._said, self.field, acts, gap=6)
        layout.setContentsMargins(theme.px(12), 0, 0, 0)
        self.setLayout(layout)

    # --- what is shown ---

    def show_topic(self, topic: Topic) -> None:
        """Show what was said on this; what is being typed stays while it is the same thing."""
        if topic != self._topic:
            self.keep()
            self._end()
            self._resolved_too = False
        self._topic = topic
        self._settle()

    @property
    def is_open(self) -> bool:
        """Whether there is something to be seen that asks for an answer, or one is being written."""
        return self._is_begun or any(not said.resolved for said in self._talk.on(self._topic))

    def begin(self) -> None:
        """Put the cursor where a comment is written."""
        self._is_begun = True
        self._settle()
        self.field.setFocus()

    def keep(self) -> None:
        """Say what is being typed."""
        if self._is_made:
            self.field.say()

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        return [*self.findChildren(QPushButton), self.field] if self._is_made else []

    # --- events ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, theme.px(2), self.height(), QColor(theme.tokens().accent))

    # --- within ---

    def _settle(self) -> None:
        rows = self._talk.on(self._topic)
        if not self._is_made and (rows or self._is_begun):
            self._make()
        if self._is_made:
            self._show(rows)
        self.setVisible(bool(rows) or self._is_begun)
        self.begun.emit()

    def _show(self, rows: Sequence[CommentRow]) -> None:
        still = [said for said in rows if not said.resolved]
        resolved = len(rows) - len(still)
        if not resolved:
            self._resolved_too = False
        shown = rows if self._resolved_too else still
        self._show_rows(shown)
        self.field.setVisible(self._is_begun)
        self.field.setAccessibleName("Answer" if shown else "Comment for colleagues")
        self.field.setPlaceholderText("Answer" if shown else "Comment for colleagues")
        self._answer.setVisible(bool(shown) and not self._is_begun)
        self._resolve.setVisible(bool(still))
        self._reopen.setVisible(bool(resolved) and self._resolved_too)
        self._earlier.setVisible(bool(resolved) and not self._resolved_too)
        self._earlier.setText(f"{resolved} resolved")
        self._earlier.setAccessibleName(f"Show {number(resolved, 'resolved comment')}")

    def _show_rows(self, rows: Sequence[CommentRow]) -> None:
        words = self._mask.words
        now = tuple((said, words(said.text), words(said.author)) for said in rows)
        if now == self._shown:
            return
        self._shown = now
        clear(self._said)
        for said, text, author in now:
            spoken = label(text, wrap=True)
            when = wording.day(said.written_at.astimezone().date())
            head = label(f"{author}, {when}{', resolved' * said.resolved}", "Head", wrap=True)
            spoken.setAccessibleName(f"{head.text()}: {text}")
            self._said.addLayout(column(head, spoken, *self._own_acts(said), gap=1))

    def _own_acts(self, said: CommentRow) -> list[Flow]:
        if not self._talk.is_mine(said):
            return []
        acts = Flow(8)
        for words, act in (("Edit", lambda: self._edit(said)), ("Delete", lambda: self._talk.remove(said))):
            found = button(words, act, "Link")
            found.setAccessibleName(f"{words} comment: {self._mask.words(said.text)}")
            acts.addWidget(found)
        return [acts]

    def _edit(self, said: CommentRow) -> None:
        self.keep()
        self._editing = said
        self.field.setPlainText(said.text)
        self.begin()

    def _say(self, text: str) -> None:
        said, self._editing = self._editing, None
        self._is_begun = False
        if said is not None and text != said.text:
            self._talk.edit(said, text)
        elif said is None:
            self._talk.add(self._topic, text)
        self._settle()

    def _end(self) -> None:
        """Close the field with nothing said."""
        self._editing, self._is_begun = None, False
        self._settle()

    def _show_resolved(self) -> None:
        self._resolved_too = True
        self._settle()


class CommentField(MemoField):
    """Emptied when what was typed is said."""

    said = Signal(str)
    abandoned = Signal()

    def __init__(self) -> None:
        super().__init__("Comment for colleagues")
        self.setAccessibleDescription("Ctrl+Return says it, Escape leaves it unsaid.")
        self.left.connect(self.say)
        self.textChanged.connect(self._grow)
        theme.appearance.changed.connect(self._grow)
        self._grow()
        self.hide()

    def say(self) -> None:
        """Say what was typed; where nothing was, the field is closed."""
        if self.isHidden():
            return
        text = self.toPlainText().strip()
        self.clear()
        if text:
            self.said.emit(text)
        else:
            self.abandoned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = min(max(FEWEST_LINES, round(self.document().size().height())), MOST_LINES)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + theme.px(20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.abandoned.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held:
            self.say()
        else:
            super().keyPressEvent(event)


def headed(title: QLabel, act: Callable[[], None]) -> QHBoxLayout:
    """A title with the way to say something on what it heads."""
    comment = button("Comment", act, "Link", tip="For colleagues ({report.comment})")
    found = row(title, comment, gap=8)
    found.setStretch(0, 1)
    found.setAlignment(comment, Qt.AlignmentFlag.AlignTop)
    return found


class Beside(QWidget):
    """Some work with what is said on it: in the margin at its right where there is room, or below it."""

    def __init__(self, work: QWidget, talk: Conversation) -> None:
        super().__init__()
        self.work, self.talk = work, talk
        self._reserved = False
        self._margin = QFrame()
        self._margin.setLayout(column(talk, None))
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(theme.px(8))
        self._parts.addWidget(work, 1)
        self._parts.addWidget(self._margin)
        talk.begun.connect(self._arrange)
        theme.appearance.changed.connect(self._arrange)
        self._arrange()

    def reserve(self, reserved: bool) -> None:
        """Keep the margin free although nothing may stand in it, so that what is below one another is as wide."""
        if reserved != self._reserved:
            self._reserved = reserved
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= theme.px(ROOM) and (self._reserved or not self.talk.isHidden())
        aside = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._parts.direction() != aside:
            self._parts.setDirection(aside)
        self._margin.setVisible(wide or not self.talk.isHidden())
        self._margin.setMaximumWidth(theme.px(MARGIN) if wide else 16_777_215)
        self._margin.setMinimumWidth(theme.px(MARGIN) if wide else 0)


class Commented(QFrame):
    """A page with what is said on it, as wide as is good to read and by a margin wider while one is needed."""

    def __init__(self, work: QWidget, talk: Conversation) -> None:
        super().__init__()
        self.setObjectName("Background")
        self.row = Beside(work, talk)
        self.setLayout(column(self.row, margin=18))
        talk.begun.connect(self._make_room)
        theme.appearance.changed.connect(self._make_room)
        self._make_room()

    def _make_room(self) -> None:
        self.setMaximumWidth(theme.px(WIDEST + (0 if self.row.talk.isHidden() else MARGIN)))
