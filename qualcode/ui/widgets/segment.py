"""The chosen segment: its code, its words, its memo and weight."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout

from qualcode.core.rows import CodeRow, SegmentRow
from qualcode.ui import theme
from qualcode.ui.mask import READ_ONLY, Anonymised
from qualcode.ui.widgets.basics import button, column, label, panel, row
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.workspace import Workspace

WEIGHTS = ("No weight", "Weight 1", "Weight 2", "Weight 3")


class SegmentPanel(QFrame):
    """What is typed as a memo is kept when the field is left."""

    recode_wanted = Signal()
    copy_wanted = Signal()
    split_wanted = Signal()
    join_wanted = Signal()
    uncode_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace = workspace
        self._segment: SegmentRow | None = None
        self._hint = label("Choose a stripe in the margin to see its segment.", "Secondary", wrap=True)
        self._code = label("", "Title", wrap=True)
        self._where = label("", "Secondary")
        self._quote = label("", wrap=True)
        self._set_quote()
        theme.appearance.changed.connect(self._set_quote)
        self.memo = MemoField("Memo on this segment")
        self.memo.left.connect(self._keep_memo)
        self._weight = QComboBox()
        self._weight.setAccessibleName("Weight")
        self._weight.addItems(WEIGHTS)
        self._weight.activated.connect(self._keep_weight)
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
            button("Change code", self.recode_wanted.emit, tip="Give it another code (F2)"),
            button("Copy to…", self.copy_wanted.emit, tip="Give it another code as well (Ctrl+Shift+K)"),
            button("Split", self.split_wanted.emit, tip="Part it in two where the cursor stands (Ctrl+B)"),
            button("Join", self.join_wanted.emit, tip="Join it with the next of its code (Ctrl+L)"),
            button("Uncode", self.uncode_wanted.emit, tip="Uncode (Del)"),
        ):
            acts.addWidget(found)
        return acts

    def show_segment(self, segment: SegmentRow | None, code: CodeRow | None, where: str = "") -> None:
        self._keep_memo()
        self._segment = segment
        self._hint.setVisible(segment is None)
        self._body.setVisible(segment is not None)
        if segment is not None and code is not None:
            self._code.setText(code.name)
            self._code.setStyleSheet(f"color: {theme.readable(code.colour).name()};")
            self._where.setText(where)
            self._quote.setText(f"“{segment.quote}”")
            self.memo.show_words(segment.memo)
            self._weight.setCurrentIndex(min(segment.weight, len(WEIGHTS) - 1))

    def _keep_memo(self) -> None:
        segment = self._segment
        if segment is not None and self.memo.toPlainText() != segment.memo:
            self._segment = None
            text = self.memo.toPlainText()
            self._workspace.attempt(lambda: self._workspace.project.coding.write_memo(segment.id, text))

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
        self.setToolTip(READ_ONLY if self.isReadOnly() else "")
        if self.toPlainText() != words:
            self.setPlainText(words)

    def focusOutEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        super().focusOutEvent(event)
        self.left.emit()
