"""An export that was held back: what in it could identify somebody, and the offer to export all the same."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QSizePolicy

from qualcode.errors import ExportBlocked
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, column, label, row
from qualcode.ui.widgets.focus_back import FocusBack

MOST_LINES = 6
"""Places shown without scrolling."""


class HeldBack(QFrame):
    """Stands above the work while an export is held back; hidden otherwise.

    Catch :class:`ExportBlocked` where the export is prepared and hand it to :meth:`ask` with what exports it all the
    same::

        try:
            prepared = prepare(reason)
        except ExportBlocked as blocked:
            self.held_back.ask(blocked, self.export_with_reason)

    ``again`` is called with the reason the user typed, which is never empty, once the panel is put away; to log the
    reason is the caller's part. The button works only while there is a reason. Escape or "Leave it" puts the panel away
    and nothing is exported; the focus goes back to where it was.
    """

    decision_wanted = Signal()
    """Decide about what was found, where that is done."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("NoticeAttention")
        self._again: Callable[[str], object] = lambda _: None
        self._focus = FocusBack()
        self._sign = label("")
        self._sentence = label("", wrap=True)
        self.places = QListWidget()
        self.places.setAccessibleName("What was found")
        self.places.setWordWrap(True)
        self.places.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason to export all the same")
        self.reason.setPlaceholderText("Why it may leave all the same; kept in the log")
        self.reason.textChanged.connect(self._weigh)
        self.reason.returnPressed.connect(self._do)
        self._yes = button("Export all the same", self._do)
        self._decide = button("Decide in Prepare", self._go, "Primary", tip="Open the anonymity page of Prepare")
        head = row(self._sign, self._sentence, gap=8)
        head.setStretch(1, 1)
        acts = row(self.reason, self._yes, button("Leave it", self.leave), self._decide, gap=8)
        acts.setStretch(0, 1)
        self.setLayout(column(head, self.places, acts, margin=10, gap=8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        theme.appearance.changed.connect(self._restyle)
        self.hide()

    def ask(self, blocked: ExportBlocked, again: Callable[[str], object], act: str = "Export all the same") -> None:
        """Show why the export was held back; ``again`` exports with the reason given. ``act`` names what that does."""
        self._yes.setText(act)
        self._again = again
        self._focus.remember(self)
        self._sentence.setText(str(blocked))
        self.setAccessibleName(str(blocked))
        self.places.clear()
        self.places.addItems(list(blocked.places))
        self.places.setVisible(bool(blocked.places))
        self._decide.setVisible(bool(blocked.places))
        self.reason.clear()
        self._weigh()
        self._restyle()
        self.show()
        self.reason.setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def leave(self) -> None:
        """Put the panel away; nothing is exported."""
        self.hide()
        self._focus.give()

    # --- within ---

    def _go(self) -> None:
        self.hide()
        self.decision_wanted.emit()

    def _weigh(self) -> None:
        self._yes.setEnabled(bool(self.reason.text().strip()))

    def _do(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            again = self._again
            self.leave()
            again(reason)

    def _restyle(self) -> None:
        self._sign.setPixmap(theme.icon("warning", theme.tokens().attention).pixmap(theme.px(18)))
        lines = min(max(1, self.places.count()), MOST_LINES)
        self.places.setFixedHeight(lines * theme.px(28) + theme.px(4))
