"""A finding on the page: its text, edited where it stands, what is behind its quantity word, and its quotes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from qualcode.core import quantity
from qualcode.core.analysis import Count
from qualcode.core.comments import Topic
from qualcode.core.findings import COUNTERS
from qualcode.core.rows import FindingRow, QuoteRow
from qualcode.core.values import QuoteId
from qualcode.report import markup
from qualcode.ui import theme
from qualcode.ui.hints import printed
from qualcode.ui.mask import READ_ONLY
from qualcode.ui.models.report_desk import ReportDesk, Told
from qualcode.ui.widgets.basics import button, chip, clear, column, label
from qualcode.ui.widgets.kept_field import KeptField
from qualcode.ui.widgets.report_drop import DropZones
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.report_insert import InsertRow
from qualcode.ui.widgets.report_quote_card import QuoteCard
from qualcode.ui.widgets.report_scope import ScopeRow
from qualcode.ui.wording import number

MOST_OFFERS = 3
ON_COMMENTS = "What colleagues said on it; it does not leave with the report"
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
    place_wanted = Signal(object)
    """A QuoteRow."""
    comment_wanted = Signal(object)
    comments_wanted = Signal(object)
    """A FindingId on which something is to be said, or on which what was said is to be read."""
    dropped = Signal(object, object, str)
    """A FindingId, the SegmentId dropped on it, and on which act."""

    def __init__(self, desk: ReportDesk, finding: FindingRow) -> None:
        super().__init__()
        self.setObjectName("Card")
        self._desk = desk
        self._row = finding
        self._count = Count(0, 0)
        self._chosen = False
        self._weighed: tuple[object, ...] = ()
        self.field = ReportField("Finding", "What is asserted, the key issue in bold", 15)
        self.field.entered.connect(lambda: self.entered.emit(self._row.id))
        self.field.edited.connect(self._weigh)
        self.insert: InsertRow | None = None
        self._zones = DropZones(self)
        self._zones.dropped.connect(lambda segment, act: self.dropped.emit(self._row.id, segment, act))
        self._facts = Flow()
        self._quotes = QVBoxLayout()
        self._quote_cards: list[QuoteCard] = []
        self._quotes.setSpacing(theme.px(6))
        self.summary = KeptField("Shorter wording for the executive summary", "Without one, the finding stands there")
        self.scope = ScopeRow(desk)
        acts = Flow()
        acts.addWidget(button("Move to theme…", lambda: self.move_wanted.emit(self._row.id), "Flat"))
        acts.addWidget(
            button(
                "Comment",
                lambda: self.comment_wanted.emit(self._row.id),
                "Flat",
                tip="For colleagues ({report.comment})",
            )
        )
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
        self._above = QVBoxLayout()
        self.setLayout(column(self.field, self._above, self._facts, self._quotes, self._more, margin=12, gap=8))
        self._more.hide()

    def show_finding(self, finding: FindingRow) -> None:
        """Show a finding with its quotes, whose words come with :meth:`show_quotes`."""
        self._row, self._count = finding, self._desk.count(finding)
        text = self._desk.mask.words(finding.text)
        self.field.setAccessibleName(f"Finding: {markup.key_issue(text)}")
        self.field.show_text(text, self._keep)
        short = self._desk.mask.words(finding.summary)
        self.summary.show_text(short, lambda text: self._desk.write_summary(finding.id, text))
        if self._chosen:
            self.scope.show_finding(finding)
            self._offer_inserts()
        self._weigh()
        self._lay_quotes()

    @property
    def finding(self) -> FindingRow:
        """What is shown."""
        return self._row

    def show_quotes(self, told: Mapping[QuoteId, Told]) -> None:
        """Show the words of the quotes, which are at hand; those of another state of the project stay till then."""
        for card, quote in zip(self.quote_cards(), self._row.quotes, strict=True):
            card.show_quote(told[quote.id])
        self.field.show_quotes(self._told, self._desk.material.house.quotes.marks)

    def choose(self, chosen: bool) -> None:
        """Show as the one that is worked on."""
        if chosen != self._chosen:
            self._chosen = chosen
            self.setProperty("chosen", chosen)
            self.style().unpolish(self)
            self.style().polish(self)
            if chosen:
                self.scope.show_finding(self._row)
                self._offer_inserts()
            self._more.setVisible(chosen)
            if self.insert is not None:
                self.insert.setVisible(chosen)
            self._weigh()

    def mark_quote(self, quote_id: str) -> None:
        """Show one of the quotes as chosen."""
        for card in self.quote_cards():
            card.choose(card.quote.id == quote_id)

    def quote_cards(self) -> list[QuoteCard]:
        return list(self._quote_cards)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in reading order."""
        offers = [item.widget() for item in map(self._facts.itemAt, range(self._facts.count())) if item is not None]
        buttons = [found for found in offers if isinstance(found, QPushButton)]
        last = self._more.findChildren(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        below = [*self.quote_cards(), *self.scope.stops(), self.summary, *last]
        above = self.insert.stops() if self.insert is not None else ()
        return [self.field, *above, *buttons, *below]

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

    def _offer_inserts(self) -> None:
        """Offer what can be put into the sentence; made when the finding is first worked on."""
        if self.insert is None:
            self.insert = InsertRow(self._desk, self.field)
            self._above.addWidget(self.insert)
        self.insert.show_finding(self._row)

    @property
    def _scale(self) -> quantity.Scale:
        return self._desk.material.house.scale

    def _told(self, number_: str) -> str:
        """The words of one of the finding's quotes, as they will appear."""
        quote = next((q for q in self._row.quotes if q.label == number_), None)
        if quote is not None and not self._desk.is_at_hand([quote]):
            return "…"
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
        said_on = sum(not row.resolved for row in self._desk.talk.on(Topic(finding_id=self._row.id)))
        now = (
            said.word if said else "",
            fits,
            count,
            self._scale,
            against,
            self._chosen,
            len(self._row.evidence),
            not self._row.quotes,
            self._row.counted,
            self.field.is_dirty,
            said_on,
        )
        if now == self._weighed:
            return
        self._weighed = now
        parts: list[QWidget] = [_count_chip(said, fits, count)]
        if self._chosen or not fits:
            parts += self._offers(said)
        if said is not None and fits:
            parts += self._recount()
        parts.append(chip(number(len(self._row.evidence) - against, "segment")))
        if against:
            parts.append(chip(f"{against} against", tip="Segments that speak against the finding"))
        if not self._row.quotes:
            parts.append(chip("▲ No quote yet", "attention"))
        if said_on:
            words = number(said_on, "comment")
            parts.append(button(words, lambda: self.comments_wanted.emit(self._row.id), "Link", tip=ON_COMMENTS))
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

    def _recount(self) -> list[QWidget]:
        """Where others are behind the sentence than when it was written: how many it was, and that it holds still."""
        before, now = self._row.counted, (self._count.people, self._count.asked)
        if before is None or before == now or self.field.is_dirty or not self._count.asked:
            return []
        people, asked = before
        was = chip(f"▲ {people} of {asked} when written", "attention", "The people behind it are others now")
        keep = button("Still right", lambda: self._desk.keep_wording(self._row), "Link", tip="Keep the wording")
        return [was, keep]

    def _offer(self, word: str, said: quantity.Claim | None) -> QPushButton:
        tip = f"Say “{word}” instead of “{said.word}”" if said else f"Write “{word}” where the cursor is"
        found = button(f"“{word}”", lambda: self.say(word), "Link", tip=tip)
        found.setAccessibleName(tip)
        return found

    def say(self, word: str) -> None:
        """Put a quantity word in the place of the one that stands there, or at the cursor."""
        if self.field.isReadOnly():
            self._desk.refuse(printed.fill(READ_ONLY))
            return
        words = self.field.words()
        said = quantity.claim(words, self._scale)
        if said is None:
            self.field.textCursor().insertText(f"{word} ")
        else:
            new = word.capitalize() if words[said.start : said.start + 1].isupper() else word
            self.field.replace_words(said.start, said.end, new)
        self.field.setFocus()
        self.field.keep()

    def _lay_quotes(self) -> None:
        if [q.id for q in self._row.quotes] != [card.quote.id for card in self._quote_cards]:
            clear(self._quotes)
            self._quote_cards = [self._quote_card(quote) for quote in self._row.quotes]
            for card in self._quote_cards:
                self._quotes.addWidget(card)

    def _quote_card(self, quote: QuoteRow) -> QuoteCard:
        card = QuoteCard(quote)
        card.entered.connect(self.quote_chosen)
        card.shifted.connect(self.quote_shifted)
        card.delete_wanted.connect(self.quote_delete_wanted)
        card.place_wanted.connect(self.place_wanted)
        return card


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
