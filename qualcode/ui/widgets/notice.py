"""What could not be done, said over the stage until it is put away or the next act succeeds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from qualcode.ui import theme
from qualcode.ui.focus import caret_of, holds_focus
from qualcode.ui.widgets.basics import icon_button, label
from qualcode.ui.widgets.focus_back import FocusBack


class Notice(QFrame):
    """One sentence with a sign beside it; read out by a screen reader when it appears.

    It lies over the foot of ``work`` and moves nothing there. It goes to the head, or back, when the caret comes under
    it.
    """

    def __init__(self, work: QWidget) -> None:
        super().__init__(work)
        self._work, self._at_foot = work, True
        self._focus = FocusBack()
        self.setObjectName("NoticeAttention")
        self._sign = label("")
        self._words = label("", wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(6), theme.px(6), theme.px(6))
        layout.addWidget(self._sign)
        layout.addWidget(self._words, 1)
        layout.addWidget(icon_button("Put away", "close", self._put_away))
        self.hide()
        work.installEventFilter(self)
        theme.appearance.changed.connect(self._place)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._place)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._place)

    def show_sentence(self, sentence: str) -> None:
        self._sign.setPixmap(theme.icon("warning", theme.tokens().attention).pixmap(theme.px(18)))
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        if not holds_focus(self):
            self._focus.remember(self)
        self._at_foot = True
        self.show()
        self._place()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def sentence(self) -> str:
        """What is shown, or nothing."""
        return self._words.text() if self.isVisible() else ""

    # --- events ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded):
            self._place()
        return super().eventFilter(watched, event)

    # --- within ---

    def _put_away(self) -> None:
        """Whoever came here by keys goes back to where the act was refused."""
        came_here = holds_focus(self)
        self.hide()
        if came_here:
            self._focus.give()

    def _place(self) -> None:
        if not self.isVisible():
            return
        if self._lying(self._at_foot).intersects(self._worked_at()):
            self._at_foot = not self._at_foot
        self.setGeometry(self._lying(self._at_foot))
        self.raise_()

    def _lying(self, at_foot: bool) -> QRect:
        """Where it is at the foot, or at the head; never over more than half of the work."""
        gap = theme.px(8)
        width = self._work.width() - 2 * gap
        height = min(self.heightForWidth(width), self._work.height() // 2)
        return QRect(gap, self._work.height() - height - gap if at_foot else gap, width, height)

    def _worked_at(self) -> QRect:
        """Where the caret or the chosen line is in ``work``."""
        focused = QApplication.focusWidget()
        if focused is None or self.isAncestorOf(focused) or not self._work.isAncestorOf(focused):
            return QRect()
        shown, caret = caret_of(focused)
        return caret.translated(shown.mapTo(self._work, QPoint()))
