"""The chosen string: what would be put for it, the spellings that go with it, and every place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from qualcode.anonymise.find import Proposal, Sighting
from qualcode.anonymise.kinds import Kind
from qualcode.ui import theme
from qualcode.ui.hints import worded
from qualcode.ui.models.identifiers import Review, key_of
from qualcode.ui.widgets.anonymity_places import PlaceFinder, PlacesList
from qualcode.ui.widgets.basics import Elided, button, column, label, line, panel, row
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

PLACE_KEYS = (
    "In the places: {prepare.leave} stays as it is · {prepare.whom} whom it means · {prepare.take_back} take that back"
)
KEYS = (
    "{prepare.replace} replace · {prepare.harmless} not an identifier · {prepare.places} place by place · "
    "{prepare.kind} kind · {prepare.spellings} spellings · {prepare.words} other words"
)


class ProposalPanel(QFrame):
    """The chosen string: what would be put for it, the spellings that go with it, and every place."""

    asked = Signal(str)
    changed = Signal()
    """Kind, words or spellings are others now."""
    done = Signal()
    """Back to the list."""

    def __init__(self, workspace: Workspace, review: Review) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("The chosen string")
        self._workspace, self._review = workspace, review
        self._shown: list[Proposal] = []
        self._finder = PlaceFinder(workspace, self)
        self.title = Elided("", "Title")
        self._facts = label("", "Secondary", wrap=True)
        self.kind = QComboBox()
        self.kind.setAccessibleName("Kind")
        self.kind.addItems([k.value for k in Kind])
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(6)
        self.kind.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.kind.activated.connect(self._set_kind)
        self.words = WordsField()
        self.words.editingFinished.connect(self.keep)
        self.words.given.connect(self._words_given)
        self.words.abandoned.connect(self._words_abandoned)
        self.spellings = QListWidget()
        self.spellings.setAccessibleName("Other spellings that go with it")
        self.spellings.itemChanged.connect(self._tick)
        self._spelling_head = label("Other spellings", "Head")
        self.places = PlacesList(workspace, review)
        self._acts = self._make_acts()
        self._place_head = label("Places", "Head")
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Kind", self.kind)
        form.addRow("Replace with", self.words)
        self._one = panel(column(form, self._spelling_head, self.spellings, margin=0, gap=8))
        keys = label("", "Secondary", wrap=True)
        worded(keys, f"{KEYS}\n{PLACE_KEYS}", keys.setText)
        head = panel(
            column(self.title, self._facts, self._one, self._acts, keys, 4, self._place_head, margin=10, gap=8)
        )
        theme.appearance.changed.connect(self._size)
        self._size()
        inside = column(head, line(), gap=0)
        inside.addWidget(self.places, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(panel(inside))
        self.setLayout(column(scroll, gap=0))

    @property
    def key(self) -> tuple[str, str] | None:
        return key_of(self._shown[0]) if len(self._shown) == 1 else None

    def show_proposals(self, chosen: Sequence[Proposal]) -> None:
        """Show one with all its places; of several only how many."""
        self._shown = list(chosen)
        one = chosen[0] if len(chosen) == 1 else None
        self.setVisible(bool(chosen))
        self._one.setVisible(one is not None)
        self._place_head.setVisible(one is not None)
        self.title.setText(one.text if one else number(len(chosen), "string"))
        self._facts.setText(_facts(self._review, one) if one else "Each is replaced with what is proposed for it.")
        if one is None:
            self._finder.forget()
            self.places.show_spots([])
            return
        self.kind.setCurrentText(self._review.kind(one).value)
        self.words.setText(self._review.replacement(one))
        self._show_where(one)
        if not self._review.is_near_known(one):
            self._finder.ask(self._review.identifier(one), self._review, lambda places: self._near_found(one, places))

    def keep(self) -> None:
        """Keep the words that were typed."""
        one = self._one_shown()
        if one is not None and self.words.text().strip() != self._review.replacement(one):
            self._review.set_replacement(one, self.words.text().strip())
            self.changed.emit()

    def turn_to(self, what: str) -> None:
        """Take the keyboard to the places, the kind, the spellings or the words."""
        part: QWidget = {
            "places": self.places,
            "kind": self.kind,
            "spellings": self.spellings,
            "words": self.words,
        }[what]
        part.setFocus()
        if what == "kind":
            self.kind.showPopup()
        elif what == "words":
            self.words.selectAll()
        elif isinstance(part, QListWidget) and part.currentRow() < 0:
            part.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)

    # --- within ---

    def _size(self) -> None:
        """Let the fields keep their height and the places some lines, however large the text."""
        for part in (self.kind, self.words):
            part.ensurePolished()
            part.setMinimumHeight(part.sizeHint().height())
        self.places.setMinimumHeight(theme.px(150))

    def _make_acts(self) -> QWidget:
        replace = button(
            "Replace",
            lambda: self.asked.emit("replace"),
            "Primary",
            tip="Replace everywhere ({prepare.replace}, Return)",
        )
        harmless = button(
            "Not an identifier",
            lambda: self.asked.emit("harmless"),
            tip="It names nobody anywhere ({prepare.harmless}, Delete)",
        )
        return panel(row(replace, harmless, None))

    def _one_shown(self) -> Proposal | None:
        return self._shown[0] if len(self._shown) == 1 else None

    def _near_found(self, one: Proposal, places: Sequence[Sighting]) -> None:
        if one is self._one_shown():
            self._review.note_near(one, places)
            self._show_where(one)

    def _show_where(self, one: Proposal) -> None:
        self._show_forms(one)
        self.places.show_spots(self._review.spots(self._workspace.project, one))

    def _show_forms(self, one: Proposal) -> None:
        forms = self._review.forms(one)
        self._spelling_head.setVisible(bool(forms))
        self.spellings.setVisible(bool(forms))
        self.spellings.blockSignals(True)
        self.spellings.clear()
        for form, wanted in forms:
            item = QListWidgetItem(form)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            self.spellings.addItem(item)
        self.spellings.blockSignals(False)
        self.spellings.setFixedHeight(min(len(forms), 4) * theme.px(28) + theme.px(4))

    def _set_kind(self) -> None:
        one = self._one_shown()
        if one is not None:
            self._review.set_kind(one, Kind(self.kind.currentText()))
            self.words.setText(self._review.replacement(one))
            self.changed.emit()
            self.done.emit()

    def _words_given(self) -> None:
        self.keep()
        self.asked.emit("replace")
        self.done.emit()

    def _words_abandoned(self) -> None:
        one = self._one_shown()
        if one is not None:
            self.words.setText(self._review.replacement(one))
        self.done.emit()

    def _tick(self, item: QListWidgetItem) -> None:
        one = self._one_shown()
        if one is not None:
            self._review.set_form(one, item.text(), item.checkState() is Qt.CheckState.Checked)


class WordsField(QLineEdit):
    """What stands in the place of a string. Return decides, Escape leaves it as it was."""

    given = Signal()
    abandoned = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Replace with")
        self.setPlaceholderText("[description] or another name")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.given.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        else:
            super().keyPressEvent(event)


def _facts(review: Review, p: Proposal) -> str:
    where = f"{number(p.count, 'mention')} in {number(review.transcripts(p), 'transcript')}"
    return f"{where} · {p.reason}" if p.reason else where
