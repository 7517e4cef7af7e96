"""What stands above and below a transcript that is read: what it is, where the reader is, and what comes after it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from qualcode.core.rows import InterviewRow
from qualcode.ui import theme
from qualcode.ui.widgets.basics import Elided, button, icon_button, label, row
from qualcode.ui.widgets.giving_way import GivingWay

GAP = 10


class ReadingHead(GivingWay):
    """Where there is little room the facts give way first, then the line, so that the title can be read."""

    read_wanted = Signal()
    """The interview shall count as read, or no longer."""
    close_wanted = Signal()

    def __init__(self) -> None:
        self._title = Elided("", "Title")
        self._facts = Elided()
        self._where = label("", "Secondary")
        tip = "Say that you have read this interview to its end ({familiarise.read})"
        self.done = button("", lambda: self.read_wanted.emit(), tip=tip)
        self._close = icon_button("Close this transcript", "close", lambda: self.close_wanted.emit())
        layout = row(self._title, self._facts, None, self._where, self.done, self._close, gap=GAP)
        layout.setContentsMargins(theme.px(14), theme.px(6), theme.px(8), theme.px(6))
        super().__init__(layout, (self._where, self._facts))
        self.setMinimumHeight(theme.px(46))
        self._close.hide()

    def show_interview(self, interview: InterviewRow) -> None:
        held = interview.held_on and f"{interview.held_on.day} {interview.held_on:%b %Y}"
        lasted = f"{round(interview.duration_seconds / 60)} min" if interview.duration_seconds else ""
        words = f"{interview.word_count:,} words"
        self._title.setText(interview.title)
        self._facts.setText(" · ".join(fact for fact in (held, lasted, words) if fact))
        self.give_way()

    def show_line(self, number: int, of: int) -> None:
        """Say at which line the page begins."""
        before = len(self._where.text())
        self._where.setText(f"line {number:,} of {of:,}")
        if len(self._where.text()) != before:
            self.give_way()

    def show_read(self, is_read: bool) -> None:
        self.done.setText("✓ Read" if is_read else "Mark as read")
        self.done.setAccessibleName("Read: mark as unread" if is_read else "Mark as read")
        self.give_way()

    def set_closable(self, closable: bool) -> None:
        """Whether this is the second of two transcripts side by side."""
        self._close.setVisible(closable)

    def set_underlined(self, underlined: bool) -> None:
        """Show which of two transcripts list, person and notes speak of."""
        font = self._title.font()
        font.setUnderline(underlined)
        self._title.setFont(font)


class ReadingFoot(QFrame):
    """Stands under the last line: what is done when a transcript has been read to its end."""

    read_wanted = Signal()
    next_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._read = button("Mark as read", self.read_wanted.emit, "Primary", tip="{familiarise.read}")
        self._next = button("Next unread", self.next_wanted.emit, tip="{familiarise.unread}")
        self._said = label("✓ Read", "Good")
        self.setLayout(row(self._read, self._said, self._next, None, gap=GAP))
        self.setAccessibleName("End of the transcript")
        self.hide()

    def show_read(self, is_read: bool) -> None:
        self._read.setHidden(is_read)
        self._said.setHidden(not is_read)
