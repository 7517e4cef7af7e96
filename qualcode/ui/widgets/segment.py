"""The chosen segment: its code, its words, its memo and weight."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout

from qualcode.core.rows import CodeRow, SegmentRow
from qualcode.ui import theme
from qualcode.ui.hints import hint
from qualcode.ui.mask import READ_ONLY, Anonymised
from qualcode.ui.widgets.basics import button, column, label, panel, row
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.stripes import Stripe
from qualcode.ui.workspace import Workspace

_CTRL = Qt.KeyboardModifier.ControlModifier
_BY_KEY = Qt.TextInteractionFlag.LinksAccessibleByKeyboard
WEIGHTS = ("No weight", "Weight 1", "Weight 2", "Weight 3")


class SegmentPanel(QFrame):
    """What is typed as a memo is kept when the field is left."""

    recode_wanted = Signal()
    copy_wanted = Signal()
    split_wanted = Signal()
    join_wanted = Signal()
    uncode_wanted = Signal()
    other_wanted = Signal(str)
    """Another segment of those that share words with this one: its key."""
    text_wanted = Signal()
    """Back to the words: the memo is written."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace = workspace
        self._segment: SegmentRow | None = None
        self._hint = label("Click coded words, or a stripe in the margin, to see the segment.", "Secondary", wrap=True)
        self._code = label("", "Title", wrap=True)
        self._where = label("", "Secondary")
        self._quote = label("", wrap=True)
        self._set_quote()
        theme.appearance.changed.connect(self._set_quote)
        self.memo = SegmentMemo("Memo on this segment")
        self.memo.setAccessibleDescription(
            "Ctrl+Return keeps it, Escape leaves it as it was; both go back to the words."
        )
        self.memo.left.connect(self.keep)
        self.memo.done.connect(self.text_wanted)
        self.memo.abandoned.connect(self._abandon_memo)
        self._weight = QComboBox()
        self._weight.setAccessibleName("Weight")
        self._weight.addItems(WEIGHTS)
        self._weight.activated.connect(self._keep_weight)
        self._also = label("", "Secondary", wrap=True)
        self._also.setTextFormat(Qt.TextFormat.RichText)
        self._also.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | _BY_KEY)
        self._also.linkActivated.connect(self.other_wanted)
        self._body = QFrame()
        self._body.setLayout(
            column(
                self._code,
                self._where,
                self._quote,
                label("Memo", "Head"),
                self.memo,
                row(self._weight, None),
                self._acts(),
                self._also,
                None,
                gap=10,
            )
        )
        whole = panel(column(self._hint, self._body, None, margin=14, gap=0))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self._body.hide()

    def _set_quote(self) -> None:
        self._quote.setFont(theme.reading_font(13))

    def _acts(self) -> Flow:
        acts = Flow()
        for found in (
            button("Change code", self.recode_wanted.emit, tip="Give it another code ({code.recode})"),
            button("Copy to…", self.copy_wanted.emit, tip="Give it another code as well ({code.copy})"),
            button("Split", self.split_wanted.emit, tip="Part it in two where the cursor stands ({code.split})"),
            button("Join", self.join_wanted.emit, tip="Join it with the next of its code ({code.join})"),
            button("Uncode", self.uncode_wanted.emit, tip="Uncode ({code.uncode})"),
        ):
            acts.addWidget(found)
        return acts

    def show_segment(
        self, segment: SegmentRow | None, code: CodeRow | None, where: str = "", also: Sequence[Stripe] = ()
    ) -> None:
        """Show a segment with its code; ``also`` are others that share words with it."""
        self.keep()
        self._segment = segment
        self._hint.setVisible(segment is None)
        self._body.setVisible(segment is not None)
        if segment is not None and code is not None:
            self._code.setText(code.name)
            self._set_colour(theme.readable(code.colour).name())
            self._where.setText(where)
            self._quote.setText(f"“{segment.quote}”")
            self.memo.show_words(segment.memo)
            self._weight.setCurrentIndex(min(segment.weight, len(WEIGHTS) - 1))
            links = " · ".join(f'<a href="{other.key}">{escape(other.label)}</a>' for other in also)
            self._also.setText(f"Shares words with {links}" if also else "")
            self._also.setVisible(bool(also))

    def _set_colour(self, colour: str) -> None:
        style = f"color: {colour};"
        if self._code.styleSheet() != style:
            self._code.setStyleSheet(style)

    def keep(self) -> None:
        """Keep the memo as it is typed."""
        segment = self._segment
        if segment is not None and self.memo.toPlainText() != segment.memo:
            self._segment = None
            text = self.memo.toPlainText()
            self._workspace.attempt(lambda: self._workspace.project.coding.write_memo(segment.id, text))

    def _abandon_memo(self) -> None:
        if self._segment is not None:
            self.memo.show_words(self._segment.memo)
        self.text_wanted.emit()

    def _keep_weight(self, weight: int) -> None:
        segment = self._segment
        if segment is not None:
            self._workspace.attempt(lambda: self._workspace.project.coding.weigh(segment.id, weight))


class MemoField(QPlainTextEdit):
    """A field for a few lines that says ``left`` when the cursor goes elsewhere. Tab moves on."""

    left = Signal()

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint or name)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(theme.px(64))
        self.setMaximumHeight(theme.px(140))

    def show_words(self, words: str) -> None:
        """Show these, to be edited unless they stand for others; where they are shown already the cursor stays."""
        self.setReadOnly(isinstance(words, Anonymised))
        hint(self, READ_ONLY if self.isReadOnly() else "")
        if self.toPlainText() != words:
            self.setPlainText(words)

    def focusOutEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().focusOutEvent(event)
        self.left.emit()


class SegmentMemo(MemoField):
    """Ctrl+Return says that what is typed is ``done``, Escape that it shall be ``abandoned``."""

    done = Signal()
    abandoned = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CTRL:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        else:
            super().keyPressEvent(event)
