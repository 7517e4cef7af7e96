"""One quote: its verbatim words to cut, replace and trim, where it stands, and how it will appear."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qualcode.core.rows import QuoteRow
from qualcode.core.values import Edit, EditKind, Span
from qualcode.ui import theme
from qualcode.ui.mask import Anonymised
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_page import quote_html
from qualcode.ui.widgets.basics import button, clear, column, label, panel, row
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.report_quote_card import WAITING
from qualcode.ui.widgets.report_quote_words import QuoteWords

HINT = "Choose a quote to edit it. Quotes are made in Evidence."
APART, WITHIN = "Set apart under the finding", "In the finding’s sentence"


class QuotePanel(QScrollArea):
    """Select words of the quote, then: Delete cuts them, R replaces them, K keeps only them, P puts words back."""

    open_wanted = Signal(object)
    """A QuoteRow to show in its transcript."""
    delete_wanted = Signal(object)

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._row: QuoteRow | None = None
        self.setAccessibleName("Quote")
        self.setWidgetResizable(True)
        self._hint = label(HINT, "Secondary", wrap=True)
        self._title = label("", "Title")
        self._where = label("", "Secondary", wrap=True)
        self.words = QuoteWords()
        self.words.act_wanted.connect(self.act)
        self.words.leaving = lambda span: desk.leaving(self._row, span) if self._row else ""
        self.words.selectionChanged.connect(self._offer)
        self.description = QLineEdit()
        self.description.setAccessibleName("What stands in the brackets")
        self.description.setPlaceholderText("my manager")
        self.description.returnPressed.connect(self._replace)
        self._ask = QFrame()
        self._ask.setLayout(row(label("["), self.description, label("]"), button("Replace", self._replace), gap=4))
        self._edits = QVBoxLayout()
        self._edits.setSpacing(theme.px(2))
        self.placement = Picker("Where the quote stands")
        self.placement.picked.connect(self._place)
        self.attribution = QLineEdit()
        self.attribution.setAccessibleName("Attribution")
        self.attribution.editingFinished.connect(self._attribute)
        self.unattributed = QCheckBox("No attribution under this quote")
        self.unattributed.toggled.connect(self._leave_off)
        self._join = button(
            "Join with…", lambda: None, "Link", tip="Make one quote of two passages, with [...] between"
        )
        self._join.setMenu(QMenu(self._join))
        self._shown = QLabel()
        self._shown.setWordWrap(True)
        self._shown.setTextFormat(Qt.TextFormat.RichText)
        self._shown.setAccessibleName("As it will appear")
        self._body = self._made_body()
        self.setWidget(panel(column(self._hint, self._body, None, margin=10)))
        self.setFocusProxy(self.words)
        theme.appearance.changed.connect(self._show_again)
        self.show_quote(None)

    def show_quote(self, quote: QuoteRow | None) -> None:
        """Show a quote; words selected in it stay selected."""
        same = quote is not None and self._row is not None and quote.id == self._row.id
        self._row = quote
        waiting = quote is not None and not self._desk.is_at_hand([quote])
        self._hint.setText(WAITING if waiting else HINT)
        self._hint.setVisible(quote is None or waiting)
        self._body.setVisible(quote is not None and not waiting)
        if quote is None:
            return
        if waiting:
            self._desk.have([quote], self._show_again)
            return
        if not same:
            self._ask.hide()
        self._title.setText(quote.label)
        self._where.setText(self._desk.place(quote))
        replaced = [span for span, _ in self._desk.guard.replacements(quote.transcript_id, quote.span)]
        self.words.show_quote(quote, replaced, self._desk.mask.rendering(quote.transcript_id))
        self._show_edits(quote)
        self.placement.show_choices(((APART, False), (WITHIN, True)), self._desk.quotes.runs_in(quote))
        shown = self._desk.shown(quote)
        self._shown.setFont(theme.reading_font(14))
        under = (
            f"<br>{shown.attribution}" if shown and shown.attribution and not self._desk.quotes.runs_in(quote) else ""
        )
        self._shown.setText(quote_html(shown) + under if shown else "Left out of the report.")
        self.unattributed.blockSignals(True)
        self.unattributed.setChecked(quote.attribution == "")
        self.unattributed.blockSignals(False)
        self.attribution.setEnabled(quote.attribution != "")
        self._show_joinable(quote)
        typed = self._desk.mask.words(quote.attribution or "")
        self.attribution.setReadOnly(isinstance(typed, Anonymised))
        self.attribution.setText(typed)
        self.attribution.setPlaceholderText(shown.attribution if shown else "")
        self._offer()

    @property
    def quote(self) -> QuoteRow | None:
        return self._row

    def act(self, name: str) -> None:
        """Do one of the acts on the selected words."""
        quote, span = self._row, self.words.selected()
        if quote is None:
            return
        if name == "copy" and len(span):
            self._desk.copy(quote, span)
        elif name == "cut":
            self._desk.quotes.cut(quote, span)
        elif name == "trim":
            self._desk.quotes.trim(quote, span)
        elif name == "back":
            self._desk.quotes.take_back(quote, self._met(span))
        elif name == "replace" and len(span):
            self._ask.show()
            self.description.clear()
            self.description.setFocus()

    # --- within ---

    def _show_again(self) -> None:
        self.show_quote(self._row)

    def _made_body(self) -> QWidget:
        acts = Flow(4)
        self._buttons = {
            name: button(words, lambda name=name: self.act(name), tip=f"{tip} ({{report.{act}}})")  # type: ignore[misc]
            for name, words, tip, act in ACTS
        }
        for found in self._buttons.values():
            acts.addWidget(found)
        foot = Flow(4)
        foot.addWidget(button("Open transcript", self._open, "Link"))
        foot.addWidget(self._join)
        foot.addWidget(button("Remove quote", self._remove, "Link"))
        body = QFrame()
        body.setLayout(
            column(
                self._title,
                self._where,
                label("Said", "Head"),
                self.words,
                acts,
                self._ask,
                self._edits,
                4,
                label("As it will appear", "Head"),
                self._shown,
                4,
                label("Place and attribution", "Head", wrap=True),
                self.placement,
                self.attribution,
                self.unattributed,
                8,
                foot,
                gap=6,
            )
        )
        return body

    def _show_edits(self, quote: QuoteRow) -> None:
        clear(self._edits)
        for number, edit in enumerate(quote.edits):
            told = _told(edit, self._desk.said(quote, edit.span))
            words = label(told, "Secondary", wrap=True)
            back = button("Put back", lambda n=number: self._take_back(n), "Link", tip="Put these words back")  # type: ignore[misc]
            back.setAccessibleName(f"Put back: {told}")
            line = row(words, back, gap=6)
            line.setStretch(0, 1)
            self._edits.addLayout(line)

    def _take_back(self, number: int) -> None:
        if self._row is not None:
            self._desk.quotes.take_back(self._row, [number])

    def _met(self, span: Span) -> list[int]:
        """The edits that the selected words touch."""
        assert self._row is not None
        return [n for n, edit in enumerate(self._row.edits) if edit.span.overlaps(span)]

    def _offer(self) -> None:
        span = self.words.selected()
        some = bool(len(span)) and self._row is not None
        for name in ("cut", "replace", "trim"):
            self._buttons[name].setEnabled(some)
        self._buttons["back"].setEnabled(some and bool(self._met(span)))

    def _replace(self) -> None:
        if self._row is not None and self._desk.quotes.replace(
            self._row, self.words.selected(), self.description.text()
        ):
            self._ask.hide()
            self.words.setFocus()

    def _place(self, within: bool) -> None:
        if self._row is not None and within != self._desk.quotes.runs_in(self._row):
            (self._desk.quotes.run_in if within else self._desk.quotes.set_apart)(self._row)

    def _attribute(self) -> None:
        quote, typed = self._row, self.attribution.text().strip()
        if self.attribution.isReadOnly():
            return
        if quote is not None and quote.attribution != "" and typed != (quote.attribution or ""):
            self._desk.quotes.attribute(quote, typed or None)

    def _leave_off(self, none: bool) -> None:
        if self._row is not None:
            self._desk.quotes.attribute(self._row, "" if none else None)

    def _show_joinable(self, quote: QuoteRow) -> None:
        """Offer the other quotes of the finding from this interview."""
        menu = self._join.menu()
        menu.clear()
        for other in self._desk.quotes.joinable(quote):
            words = " ".join(self._desk.said(other).split())
            short = words if len(words) <= 60 else f"{words[:59].rstrip()}…"
            menu.addAction(f"{other.label} “{short}”", lambda other=other: self._desk.quotes.join(quote, other))  # type: ignore[misc]
        self._join.setVisible(not menu.isEmpty())

    def _open(self) -> None:
        if self._row is not None:
            self.open_wanted.emit(self._row)

    def _remove(self) -> None:
        if self._row is not None:
            self.delete_wanted.emit(self._row)


ACTS = (
    ("cut", "Cut […]", "Cut the selected words", "cut"),
    ("replace", "Replace…", "Put a description in brackets for the selected words", "describe"),
    ("trim", "Keep only", "Take off what stands before and after the selected words", "trim"),
    ("back", "Put back", "Put the selected words back", "put_back"),
)


def _told(edit: Edit, said: str) -> str:
    """An edit of the words ``said``, in words."""
    words = " ".join(said.split())
    short = words if len(words) <= 60 else f"{words[:28].rstrip()} … {words[-28:].lstrip()}"
    if edit.kind is EditKind.CUT:
        return f"“{short}” cut"
    if edit.kind is EditKind.TRIM:
        return f"“{short}” taken off"
    return f"“{short}” is shown as [{edit.replacement}]"
