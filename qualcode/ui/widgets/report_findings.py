"""The page of a theme: its findings and those of its sub-themes, in the order in which they will be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from qualcode.core.comments import Topic
from qualcode.core.pieces import Pieces, whole
from qualcode.core.rows import FindingRow, QuoteRow, ThemeRow
from qualcode.core.values import FindingId, QuoteId, ThemeId
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk, Told
from qualcode.ui.models.report_outline import LOOSE
from qualcode.ui.operations import Errand
from qualcode.ui.widgets.basics import column, label
from qualcode.ui.widgets.report_comments import MARGIN, WIDEST, Beside, Conversation, headed
from qualcode.ui.widgets.report_field import ReportField
from qualcode.ui.widgets.report_finding import FindingCard
from qualcode.ui.wording import number, raised


class FindingsPage(QScrollArea):
    """Cards stay the same widgets while their finding is shown, so that the cursor stays where it was."""

    entered = Signal(object)
    shifted = Signal(object, int)
    move_wanted = Signal(object)
    delete_wanted = Signal(object)
    quote_chosen = Signal(object)
    quote_shifted = Signal(object, int)
    quote_delete_wanted = Signal(object)
    place_wanted = Signal(object)
    dropped = Signal(object, object, str)
    added = Signal(object)
    """A FindingId that was just written."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self.theme_id: ThemeId | None = None
        self._cards: dict[FindingId, FindingCard] = {}
        self._rows: dict[FindingId, Beside] = {}
        self._parts: dict[ThemeId, _Part] = {}
        self._wanted: FindingId | None = None
        self._showing: Errand | None = None
        self._counting: Errand | None = None
        self._scroll = QTimer(self, interval=0, singleShot=True)
        self._scroll.timeout.connect(self._scroll_to_wanted)
        self.setWidgetResizable(True)
        self.setAccessibleName("Findings")
        self._title = label("", "Big", wrap=True)
        self._facts = label("", "Secondary", wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(10))
        head = QFrame()
        head.setLayout(column(headed(self._title, self.comment_on_theme), self._facts, gap=4))
        self._head_row = Beside(head, Conversation(desk.talk, desk.mask))
        self._head_row.talk.begun.connect(self._make_room)
        self._inside = QFrame()
        self._inside.setObjectName("Background")
        self._inside.setLayout(column(self._head_row, 6, self._column, None, margin=18, gap=4))
        self.setWidget(self._inside)
        theme.appearance.changed.connect(self._make_room)
        self._make_room()
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    # --- what is shown ---

    def show_theme(self, theme_id: ThemeId) -> None:
        """Show a theme with its sub-themes, or (LOOSE) what stands under none."""
        if theme_id != self.theme_id:
            self.keep()
            self._drop()
            self.verticalScrollBar().setValue(0)
        self.theme_id = theme_id
        themes: list[ThemeRow | None] = [None] if theme_id == LOOSE else [*self._desk.under(theme_id)]
        self._head(themes)
        under = {t.id if t else LOOSE: self._under(t) for t in themes}
        self._build(themes, under)
        for findings in under.values():
            for finding in findings:
                self._cards[finding.id].show_finding(finding)
                self._rows[finding.id].talk.show_topic(Topic(finding_id=finding.id))
        self._show_quotes()
        self._head_row.talk.show_topic(Topic(theme_id=theme_id) if theme_id else Topic(section="findings"))
        self._make_room()
        self._chain()

    def choose(self, finding_id: FindingId | None, *, scroll: bool = False) -> None:
        """Show a finding as the one worked on."""
        for key, card in self._cards.items():
            card.choose(key == finding_id)
        chosen = self._cards.get(finding_id) if finding_id else None
        first = next((item.widget() for item in map(self._column.itemAt, range(self._column.count())) if item), None)
        self.setFocusProxy(chosen.field if chosen else first)  # type: ignore[arg-type]
        if scroll:
            self._wanted = finding_id
            self._scroll.start()

    def mark_quote(self, quote_id: str) -> None:
        for card in self._cards.values():
            card.mark_quote(quote_id)

    def card(self, finding_id: FindingId) -> FindingCard | None:
        return self._cards.get(finding_id)

    def draft(self, theme_id: ThemeId) -> ReportField | None:
        """The field in which the next finding of a theme is written."""
        part = self._parts.get(theme_id)
        return part.draft if part else None

    def keep(self) -> None:
        """Keep what is being typed."""
        for card in list(self._cards.values()):
            card.keep()
        for part in list(self._parts.values()):
            part.message.keep()
            part.draft.keep()
        for beside in (self._head_row, *self._rows.values()):
            beside.talk.keep()

    def comment_on(self, finding_id: FindingId) -> None:
        """Put the cursor where something is said on a finding."""
        row = self._rows.get(finding_id)
        if row is not None:
            row.talk.begin()
            self._scroll_to(row.talk)

    def comment_on_theme(self) -> None:
        """Put the cursor where something is said on the theme."""
        self._head_row.talk.begin()
        self._scroll_to(self._head_row.talk)

    # --- within ---

    def _show_quotes(self) -> None:
        """Show the words of all quotes: at once, or where there is much to read for them when it is read."""
        if self._showing is not None:
            self._showing.drop()
            self._showing = None
        themes = self._desk.under(self.theme_id) if self.theme_id else [None]
        findings = [finding for row in themes for finding in self._under(row) if finding.id in self._cards]
        if any(self._cards[finding.id].finding != finding for finding in findings):
            return  # the project has changed since, and the page is about to be shown anew
        quotes = [quote for finding in findings for quote in finding.quotes]
        if not self._desk.is_at_hand(quotes):
            self._desk.have(quotes, self._show_quotes)
        elif self._desk.is_much:
            self._showing = self._desk.in_passing(self._told(quotes), self._show_told)
        else:
            self._show_told(whole(self._told(quotes)))

    def _told(self, quotes: Sequence[QuoteRow]) -> Pieces[dict[QuoteId, Told]]:
        told = {}
        for quote in quotes:
            told[quote.id] = self._desk.told(quote)
            yield
        return told

    def _show_told(self, told: Mapping[QuoteId, Told]) -> None:
        for card in self._cards.values():
            card.show_quotes(told)

    def _scroll_to_wanted(self) -> None:
        """Bring the top of a finding into sight once all have their places."""
        row = self._rows.get(self._wanted) if self._wanted else None
        if row is not None:
            top, bar = row.y(), self.verticalScrollBar()
            if not bar.value() <= top <= bar.value() + self.viewport().height() // 2:
                bar.setValue(max(0, top - theme.px(60)))

    def _scroll_to(self, part: QWidget) -> None:
        """Bring something into sight once it has its place."""
        QTimer.singleShot(0, part, lambda: self.ensureWidgetVisible(part))

    def _make_room(self) -> None:
        """Let the page have a margin while something stands in it, or is written there."""
        rows = (self._head_row, *self._rows.values())
        reserved = any(beside.talk.is_open for beside in rows)
        for beside in rows:
            beside.reserve(reserved)
        self._inside.setMaximumWidth(theme.px(WIDEST + (MARGIN if reserved else 0)))

    def _under(self, row: ThemeRow | None) -> list[FindingRow]:
        return [f for f in self._desk.material.findings if f.theme_id == (row.id if row else None)]

    def _head(self, themes: Sequence[ThemeRow | None]) -> None:
        if self._counting is not None:
            self._counting.drop()
            self._counting = None
        first = themes[0] if themes else None
        if first is None:
            self._title.setText("Under no theme")
            self._facts.setText("These stand at the end of the findings. Move them to a theme.")
            return
        self._title.setText(first.name)
        if self._desk.has_counted(first.id):
            self._facts.setText(" · ".join(self._counted(first, themes)))
        else:
            self._facts.setText("Counting …")
            self._counting = self._desk.count_theme(first.id, lambda: self._head(themes))

    def _counted(self, first: ThemeRow, themes: Sequence[ThemeRow | None]) -> list[str]:
        """How many findings there are, and how many raised the theme."""
        below = sum(len(self._under(t)) for t in themes)
        analysis = self._desk.material.analysis
        waves = [f"{w.name}: {raised(analysis.count(first.id, w.id))}" for w in self._desk.material.waves]
        facts = [number(below, "finding"), f"raised by {raised(analysis.count(first.id))}"]
        left = self._desk.left_out({t.id for t in themes if t})
        if left:
            waves.append(f"{left} on another wave, not in this report")
        return [*facts, *(waves if len(waves) > 1 or left else ())]

    def _build(self, themes: Sequence[ThemeRow | None], under: dict[ThemeId, list[FindingRow]]) -> None:
        """Bring the widgets into the order of the findings; what is still needed is kept."""
        wanted: list[QWidget] = []
        for number_, row in enumerate(themes):
            key = row.id if row else LOOSE
            part = self._parts.get(key) or self._new_part(key)
            part.show(row, self._desk, titled=number_ > 0)
            wanted += [part.title, part.message]
            for finding in under[key]:
                wanted.append(self._rows.get(finding.id) or self._new_row(finding))
            wanted.append(part.draft)
        self._retire({f.id for findings in under.values() for f in findings}, set(under))
        standing = [item.widget() for n in range(self._column.count()) if (item := self._column.itemAt(n))]
        if standing != wanted:
            while self._column.takeAt(0) is not None:
                pass
            for widget in wanted:
                self._column.addWidget(widget)

    def _chain(self) -> None:
        """Have Tab go through the page as it is read."""
        stops: list[QWidget] = []
        for number_ in range(self._column.count()):
            item = self._column.itemAt(number_)
            widget = item.widget() if item is not None else None
            if isinstance(widget, Beside):
                card = self._cards[next(key for key, row in self._rows.items() if row is widget)]
                stops += [*card.stops(), *widget.talk.stops()]
            elif isinstance(widget, ReportField):
                stops.append(widget)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _new_row(self, finding: FindingRow) -> Beside:
        row = self._rows[finding.id] = Beside(self._new_card(finding), Conversation(self._desk.talk, self._desk.mask))
        row.talk.begun.connect(self._make_room)
        return row

    def _new_card(self, finding: FindingRow) -> FindingCard:
        card = self._cards[finding.id] = FindingCard(self._desk, finding)
        card.entered.connect(self.entered)
        card.shifted.connect(self.shifted)
        card.move_wanted.connect(self.move_wanted)
        card.delete_wanted.connect(self.delete_wanted)
        card.quote_chosen.connect(self.quote_chosen)
        card.quote_shifted.connect(self.quote_shifted)
        card.quote_delete_wanted.connect(self.quote_delete_wanted)
        card.place_wanted.connect(self.place_wanted)
        card.dropped.connect(self.dropped)
        card.comment_wanted.connect(self.comment_on)
        card.comments_wanted.connect(lambda key: self.ensureWidgetVisible(self._rows[key].talk))
        return card

    def _new_part(self, key: ThemeId) -> _Part:
        part = self._parts[key] = _Part(self)
        part.draft.show_text("", lambda text: self._add(key, text))
        return part

    def _add(self, key: ThemeId, text: str) -> None:
        made = self._desk.add_finding(key or None, text)
        if made is not None:
            self.added.emit(made)

    def _retire(self, findings: set[FindingId], themes: set[ThemeId]) -> None:
        for finding_id in [key for key in self._cards if key not in findings]:
            self._cards.pop(finding_id)
            _away(self._rows.pop(finding_id))
        for theme_id in [key for key in self._parts if key not in themes]:
            self._parts.pop(theme_id).away()

    def _drop(self) -> None:
        self._retire(set(), set())


class _Part:
    """What stands around the findings of one theme: its name, its message, and the place for the next finding."""

    def __init__(self, parent: QWidget) -> None:
        self.title = QLabel(parent)
        self.title.setObjectName("Title")
        self.title.setWordWrap(True)
        self.message = ReportField("Central message", "The theme’s central message, where one is wanted", 14)
        self.draft = ReportField("New finding", "Write a new finding …", 15)
        for field in (self.message, self.draft):
            field.setParent(parent)

    def show(self, row: ThemeRow | None, desk: ReportDesk, *, titled: bool) -> None:
        name = desk.mask.words(row.name) if row else ""
        self.title.setText(name)
        self.title.setVisible(titled)
        self.message.setVisible(row is not None and row.parent_id is None)
        self.draft.setAccessibleName(f"New finding under {name}" if row else "New finding")
        if self.draft.words() and not self.draft.is_dirty:
            self.draft.put_back("")
        if row is not None:
            key = row.id
            self.message.show_text(desk.mask.words(row.central_message), lambda text: desk.write_message(key, text))

    def away(self) -> None:
        for widget in (self.title, self.message, self.draft):
            _away(widget)


def _away(widget: QWidget) -> None:
    """Qt alone takes it apart: what has no parent belongs to Python as well, and the two have crashed over it."""
    widget.hide()
    widget.deleteLater()
