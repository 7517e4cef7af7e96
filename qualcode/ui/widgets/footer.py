"""The line at the bottom: saved, the last act with Undo, long work with its stop, and what the project holds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from qualcode.core.progress import Progress
from qualcode.ui import theme
from qualcode.ui.widgets.basics import Elided, button, label


class Footer(QWidget):
    """Says ``undo_wanted`` and ``stop_wanted``."""

    undo_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, masked: Callable[[str], str] = str) -> None:
        super().__init__()
        self._masked = masked
        self._said = ""
        self._undone: str | None = None
        self.setObjectName("Footer")
        self._saved = label("● Saved", "Good")
        self._message = Elided("", "")
        self._message.setAccessibleName("Last act")
        self.undo = button("Undo", self.undo_wanted.emit, "Link")
        _keep_room(self.undo)
        self.undo_keys = ""
        self._work = Elided()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(160))
        self._bar.setAccessibleName("Progress")
        self._stop = button("Stop", self.stop_wanted.emit, "Link")
        self._counts = Elided()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(3), theme.px(14), theme.px(3))
        layout.setSpacing(theme.px(14))
        left: tuple[QWidget, ...] = (self._saved, self._message, self.undo)
        for part in left:
            layout.addWidget(part)
        layout.addStretch(1)
        right: tuple[QWidget, ...] = (self._work, self._bar, self._stop, self._counts)
        for part in right:
            layout.addWidget(part)
        self.show_work(None)
        self.show_project(False)

    def show_project(self, is_open: bool) -> None:
        self._saved.setVisible(is_open)
        self.undo.setVisible(False)
        self._message.setText("")
        self._counts.setText("")

    def say(self, message: str) -> None:
        self._said = message
        self._message.setText(self._masked(message))

    def say_again(self) -> None:
        """Say what was said last, and what can be undone, as it is masked now."""
        self.say(self._said)
        self.show_undo(self._undone)

    def show_undo(self, what: str | None) -> None:
        """Offer to undo what is named, or (None) nothing."""
        self._undone = what
        self.undo.setVisible(what is not None)
        what = self._masked(what or "")
        self.undo.setToolTip(f"Undo: {what} ({self.undo_keys})" if self.undo_keys else f"Undo: {what}")
        self.undo.setAccessibleName(f"Undo: {what}")

    def show_counts(self, words: str) -> None:
        self._counts.setText(words)

    def show_work(self, title: str | None, progress: Progress | None = None) -> None:
        """Show long work under way, or (None) that there is none."""
        working: tuple[QWidget, ...] = (self._work, self._bar, self._stop)
        for part in working:
            part.setVisible(title is not None)
        self._counts.setVisible(title is None)
        if title is None:
            return
        self._bar.setRange(0, progress.total if progress else 0)
        self._bar.setValue(progress.done if progress else 0)
        words = f"{title}: {progress.done} of {progress.total}" if progress and progress.total else title
        self._work.setText(words if len(words) < 60 else words[:59] + "…")


def _keep_room(part: QWidget) -> None:
    """Its room is kept while it is hidden: the line stays as high as it is, and nothing above it moves."""
    policy = part.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    part.setSizePolicy(policy)
