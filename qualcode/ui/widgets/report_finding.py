"""A finding on the page: its text, edited where it stands, what is behind its quantity word, and its quotes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qualcode.core import quantity
from qualcode.core.analysis import Count
from qualcode.core.findings import COUNTERS
from qualcode.core.rows import FindingRow, QuoteRow
from qualcode.report import markup
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.models.report_page import quote_html
from qualcode.ui.widgets.basics import button, chip, clear, column, label
from qualcode.ui.widgets.kept_field import KeptField
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.report_scope import ScopeRow
from qualcode.ui.wording import number

MOST_OFFERS = 3
ALT = Qt.KeyboardModifier.AltModifier


class FindingCard(QFrame):
    """Alt and an arrow move the finding. What is typed is kept when the field is left."""

    entered = Signal(object)
    shifted = Signal(object, int)
    move_wanted = Signal(object)
    delete_wanted = Signal(object)
    """A FindingId."""
    quote_chosen = Signal(object)
    quote_shifted = Signal(object, int)
    quote_delete_wanted = Signal(object)
    """A QuoteRow."""

    def __init__(self, desk: ReportDesk, finding: FindingRow) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._desk = desk
        self._row = finding
        self._count = Count(0, 0)
        self._chosen = False
        self._weighed: tuple[object, ...] = ()
        self.field = ReportField("Finding", "What is asserted, the key issue in bold (Ctrl+B)", 15)
        self.field.entered.connect(lambda: self.entered.emit(self._row.id))
        self.field.edited.connect(self._weigh)
        self._facts = Flow()
        self._quotes = QVBoxLayout()
        self._quotes.setSpacing(theme.px(6))
        self.summary = KeptField("Shorter wording for the executive summary", "Without one, the finding stands there")
        self.scope = ScopeRow(desk)
        acts = Flow()
        acts.addWidget(button("Move to theme…", lambda: self.move_wanted.emit(self._row.id), "Flat"))
        acts.addWidget(button("Delete finding", lambda: self.delete_wanted.emit(self._row.id), "Flat"))
        self._more = QFrame()
        self._more.setLayout(
            column(
                self.scope,
                2,
                label("Shorter wording for the executive summary", "Head", wrap=True),
                self.summary,
                acts,
                gap=6,
            )
        )
        self.setLayout(column(self.field, self._facts, self._quotes, self._more, margin=12, gap=8))
        self._more.hide()

    def show_finding(self, finding: FindingRow) -> None:
        self._row, self._count = finding, self._desk.count(finding)
        self.field.setAccessibleName(f"Finding: {markup.key_issue(finding.text)}")
        self.field.show_text(finding.text, self._keep)
        self.field.show_quotes(self._told)
        self.summary.show_text(finding.summary, lambda text: self._desk.write_summary(finding.id, text))
        if self._chosen:
            self.scope.show_finding(finding)
        self._weigh()
        self._show_quotes()

    def choose(self, chosen: bool) -> None:
        """Show as the one that is worked on."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)
            if chosen:
                self.scope.show_finding(self._row)
            self._more.setVisible(chosen)
            self._weigh()

    def mark_quote(self, quote_id: str) -> None:
        """Show one of the quotes as chosen."""
        for card in self.quote_cards():
            card.choose(card.quote.id == quote_id)

    def quote_cards(self) -> list[QuoteCard]:
        return [card for card in self.findChildren(QuoteCard) if not card.isHidden()]

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        offers = [item.widget() for item in map(self._facts.itemAt, range(self._facts.count())) if item is not None]
        buttons = [found for found in offers if isinstance(found, QPushButton)]
        last = self._more.findChildren(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [self.field, *buttons, *self.quote_cards(), *self.scope.stops(), self.summary, *last]

    def keep(self) -> None:
        """Keep what is being typed."""
        self.field.keep()
        self.summary.keep()

    # --- events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ALT and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.field.keep()
            self.shifted.emit(self._row.id, -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.field.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    # --- within ---

    @property
    def _scale(self) -> quantity.Scale:
        return self._desk.material.house.scale

    def _told(self, number_: str) -> str:
        """The words of one of the finding's quotes, as they will appear."""
        quote = next((q for q in self._row.quotes if q.label == number_), None)
        shown = self._desk.shown(quote) if quote else None
        return shown.words if shown else ""

    def _keep(self, text: str) -> None:
        if not self._desk.write_finding(self._row.id, text):
            self.field.put_back(self._row.text)

    def _weigh(self) -> None:
        """Hold the quantity word written against the people counted."""
        words, count = self.field.words(), self._count
        said = quantity.claim(words, self._scale)
        fits = quantity.agrees(words, count.people, count.asked, self._scale) or not count.asked
        against = sum(e.stance == COUNTERS for e in self._row.evidence)
        now = (
            said.word if said else "",
            fits,
            count,
            self._scale,
            against,
            self._chosen,
            len(self._row.evidence),
            not self._row.quotes,
        )
        if now == self._weighed:
            return
        self._weighed = now
        parts: list[QWidget] = [_count_chip(said, fits, count)]
        if self._chosen or not fits:
            parts += self._offers(said)
        parts.append(chip(number(len(self._row.evidence) - against, "segment")))
        if against:
            parts.append(chip(f"{against} against", tip="Segments that speak against the finding"))
        if not self._row.quotes:
            parts.append(chip("▲ No quote yet", "attention"))
        self._facts.put(*parts)
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)

    def _offers(self, said: quantity.Claim | None) -> list[QWidget]:
        """Buttons for the words that may be said of this many people."""
        words = quantity.offered(self._count.people, self._count.asked, self._scale)
        others = [w for w in words if said is None or w != said.word][:MOST_OFFERS]
        offers: list[QWidget] = [self._offer(word, said) for word in others]
        people, asked = self._count.people, self._count.asked
        lead = "or say" if said and quantity.agrees(self.field.words(), people, asked, self._scale) else "say"
        return [label(lead, "Secondary"), *offers] if offers else []

    def _offer(self, word: str, said: quantity.Claim | None) -> QPushButton:
        tip = f"Say “{word}” instead of “{said.word}”" if said else f"Write “{word}” where the cursor is"
        found = button(f"“{word}”", lambda: self.say(word), "Link", tip=tip)
        found.setAccessibleName(tip)
        return found

    def say(self, word: str) -> None:
        """Put a quantity word in the place of the one that stands there, or at the cursor."""
        words = self.field.words()
        said = quantity.claim(words, self._scale)
        if said is None:
            self.field.textCursor().insertText(f"{word} ")
        else:
            new = word.capitalize() if words[said.start : said.start + 1].isupper() else word
            self.field.replace_words(said.start, said.end, new)
        self.field.setFocus()
        self.field.keep()

    def _show_quotes(self) -> None:
        shown = {card.quote.id: card for card in self.quote_cards()}
        if [q.id for q in self._row.quotes] != list(shown):
            clear(self._quotes)
            for quote in self._row.quotes:
                self._quotes.addWidget(self._quote_card(quote))
        for card, quote in zip(self.quote_cards(), self._row.quotes, strict=False):
            card.show_quote(self._desk, quote)

    def _quote_card(self, quote: QuoteRow) -> QuoteCard:
        card = QuoteCard(quote)
        card.entered.connect(self.quote_chosen)
        card.shifted.connect(self.quote_shifted)
        card.delete_wanted.connect(self.quote_delete_wanted)
        return card


class QuoteCard(QFrame):
    """A quote under its finding, as it will appear. Delete takes it off, Alt and an arrow move it."""

    entered = Signal(object)
    shifted = Signal(object, int)
    delete_wanted = Signal(object)

    def __init__(self, quote: QuoteRow) -> None:
        super().__init__()
        self.quote = quote
        self._chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._about = label("", "Secondary", wrap=True)
        layout = column(self._words, self._about, gap=2)
        layout.setContentsMargins(theme.px(14), theme.px(2), theme.px(4), theme.px(2))
        self.setLayout(layout)

    def show_quote(self, desk: ReportDesk, quote: QuoteRow) -> None:
        self.quote = quote
        shown = desk.shown(quote)
        self._words.setFont(theme.reading_font(14))
        if shown is None:
            self._words.setText("<i>Left out: somebody heard in it has withdrawn, or no word of it is left.</i>")
        else:
            self._words.setText(quote_html(shown))
        where = desk.place(quote)
        place = "in the sentence" if desk.runs_in(quote) else ""
        facts = [quote.label, where, shown.attribution if shown else "", place]
        self._about.setText(" · ".join(part for part in facts if part))
        self.setAccessibleName(f"Quote {quote.label}: {shown.words if shown else 'left out'}")
        self.setAccessibleDescription(self._about.text())

    def choose(self, chosen: bool) -> None:
        self._chosen = chosen
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Return: lambda: self.entered.emit(self.quote),
            Qt.Key.Key_Space: lambda: self.entered.emit(self.quote),
            Qt.Key.Key_Delete: lambda: self.delete_wanted.emit(self.quote),
        }
        if event.modifiers() & ALT and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shifted.emit(self.quote, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in acts:
            acts[event.key()]()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.entered.emit(self.quote)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.entered.emit(self.quote)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._words.setFont(theme.reading_font(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        t, painter = theme.tokens(), QPainter(self)
        if self._chosen:
            painter.fillRect(self.rect(), QColor(t.wash))
        painter.fillRect(0, 0, theme.px(3), self.height(), QColor(t.accent if self._chosen else t.line))
        if self.hasFocus():
            painter.setPen(QColor(t.accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _count_chip(said: quantity.Claim | None, fits: bool, count: Count) -> QLabel:
    if not count.asked:
        return chip("Nobody behind it yet", "attention")
    base = f"{count.people} of {count.asked} asked"
    if said is None:
        return chip(base, tip="People behind the finding, of those asked")
    word = said.word.capitalize()
    if fits:
        return chip(f"“{word}”: {base} ✓", "good", "The word fits the number of people")
    return chip(f"▲ “{word}”: {base}", "attention", "The word does not fit the number of people")
