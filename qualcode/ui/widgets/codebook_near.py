"""Codes that may be one, offered in a list with what speaks for it: merge them, nest them, or say that they are two."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton

from qualcode.core.near_codes import Near
from qualcode.core.rows import CodeRow
from qualcode.core.values import CodeId
from qualcode.ui import theme
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.hints import printed
from qualcode.ui.models.passages import by_person
from qualcode.ui.operations import Errand
from qualcode.ui.widgets.basics import button, column, label, panel, row
from qualcode.ui.widgets.confirm import Confirm
from qualcode.ui.widgets.evidence import Evidence
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.wording import number, people

LOOKING = "Looking for them …"
NONE = "No two codes have nearly the same name, or nearly always the same passages."
SOME = "Return merges the two chosen, once you have read what that does. {code.apart} says that they are two."
APART = "They never lie together: nobody’s words have both."


class NearCodes(QFrame):
    """The pairs on the left, why each is offered; on the right what both mean and the words that have both."""

    def __init__(self, desk: CodebookDesk) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._desk = desk
        self._found: list[Near] = []
        self._looking: Errand | None = None
        self.hint = label("", "Secondary", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.list = PairList(self)
        self.list.setAccessibleName("Codes that may be one")
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.confirm = Confirm()
        self.meet = Evidence(desk.workspace, APART)
        self._goes, self._keeps = Meaning(), Meaning()
        self._acts = self._make_acts()
        left = column(self.hint, self.list, margin=14, gap=8)
        left.setStretch(1, 1)
        beside = row(self._goes, self._keeps, gap=14)
        beside.setStretch(0, 1)
        beside.setStretch(1, 1)
        both = Fitting(column(beside, margin=14), self, 0.4)
        acts = panel(row(*self._acts, None, margin=10, gap=6))
        head = panel(row(label("Where they lie together", "Head"), None))
        head.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
        right = column(both, head, self.meet, acts, gap=4)
        right.setStretch(2, 1)
        self._detail = panel(right)
        panes = Panes(
            panel(left),
            panel(column(self._detail)),
            key="near codes",
            preferences=desk.workspace.preferences,
            sizes=(330, 500),
            names=("Pairs", "What speaks for it"),
            stretch=1,
            share=0.42,
        )
        layout = column(self.confirm, panes, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.list)

    def load(self) -> None:
        """Look for them anew, while the window lives on."""
        if self._looking is not None:
            self._looking.drop()
        self.hint.setText(LOOKING)
        self._looking = self._desk.workspace.operations.in_passing(self._desk.near(), self._show_found)

    def merge(self, *, other_way: bool = False) -> None:
        """Say what merging the chosen pair does, and do it when told."""
        near = self._chosen()
        if near is None:
            return
        goes, keeps = (near.keeps, near.goes) if other_way else (near.goes, near.keeps)
        sentence = self._desk.merging_means([goes], keeps)
        self.confirm.ask(sentence, "Merge", lambda: self._desk.merge([goes], keeps))

    def nest(self) -> None:
        """Put the one under the other."""
        near = self._chosen()
        if near is not None:
            self._desk.put_under([near.goes], near.keeps)

    def keep_apart(self) -> None:
        near = self._chosen()
        if near is not None:
            self._desk.keep_apart(near)
            self._show_found([other for other in self._found if other.pair != near.pair])

    # --- within ---

    def _show_found(self, found: list[Near]) -> None:
        """Show these; the line chosen stays where it was."""
        at = self.list.currentRow()
        self._looking, self._found = None, found
        self.meet.forget()
        self.list.blockSignals(True)
        self.list.clear()
        for near in found:
            self.list.addItem(self._item(near))
        self.list.blockSignals(False)
        self.hint.setText(printed.fill(SOME) if found else NONE)
        self.list.setVisible(bool(found))
        self.list.setCurrentRow(min(max(at, 0), len(found) - 1))
        self._show_chosen()

    def _make_acts(self) -> tuple[QPushButton, ...]:
        acts: tuple[tuple[str, Callable[[], None], str, str], ...] = (
            ("Merge…", self.merge, "Primary", ""),
            ("Other way…", lambda: self.merge(other_way=True), "", "Merge the second into the first"),
            ("Put under it", self.nest, "", "Make the first a sub-code of the second"),
            ("They are two", self.keep_apart, "", "Do not offer these two again ({code.apart})"),
        )
        return tuple(button(words, act, kind, tip=tip) for words, act, kind, tip in acts)

    def _item(self, near: Near) -> QListWidgetItem:
        names = [self._named(key, near) for key in (near.goes, near.keeps)]
        reasons = [
            f"names {near.alike} % alike" if near.alike else "",
            f"{near.shared} of {number(near.segments, 'segment')} lie together, {people(near.people)}"
            if near.shared
            else "",
            f"{near.inside} of the first’s {number(near.goes_segments, 'segment')} lie in the second’s"
            if near.is_inside and not near.is_same
            else "",
        ]
        said = [reason for reason in reasons if reason]
        item = QListWidgetItem("\n".join((f"{names[0]}  →  {names[1]}", *said)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{names[0]} into {names[1]}: {', '.join(said)}")
        return item

    def _named(self, code_id: CodeId, near: Near) -> str:
        """A code's name; with what it stands under where both are called the same."""
        codes = self._desk.codes
        name = codes[code_id].name
        same = codes[near.goes].name.casefold() == codes[near.keeps].name.casefold()
        return " › ".join((*self._desk.path(code_id), name)) if same else name

    def _chosen(self) -> Near | None:
        at = self.list.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _show_chosen(self) -> None:
        near = self._chosen()
        self._detail.setVisible(near is not None)
        if near is not None:
            for meaning, code_id in ((self._goes, near.goes), (self._keeps, near.keeps)):
                meaning.show_code(self._desk.codes[code_id], " › ".join(self._desk.path(code_id)))
            mask = self._desk.workspace.mask
            self.meet.show_heaps(by_person(mask.rows(self._desk.project.people.all()), near.meet), APART)


class Meaning(QFrame):
    """A code beside another: its name, where it stands, its counts and what is said of it."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        self._name = label("", "Title", wrap=True)
        self._place = label("", "Secondary", wrap=True)
        self._said = label("", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self._name, self._place, self._said, None, gap=4))
        theme.appearance.changed.connect(self._restyle)

    def show_code(self, code: CodeRow, place: str) -> None:
        self._name.setText(code.name)
        self._colour = code.colour
        self._restyle()
        counts = f"{people(code.people)} · {number(code.segments, 'segment')}"
        self._place.setText("\n".join(filter(None, (place, counts))))
        rules = [("Include", code.include), ("Exclude", code.exclude)]
        said = [code.definition or "No definition yet.", *(f"{name}: {words}" for name, words in rules if words)]
        self._said.setText("\n".join(said))

    def _restyle(self) -> None:
        if self._colour:
            self._name.setStyleSheet(f"color: {theme.readable(self._colour).name()};")


class PairList(QListWidget):
    def __init__(self, pairs: NearCodes) -> None:
        super().__init__()
        self._pairs = pairs
        self.setSpacing(theme.px(2))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pairs.merge()
        elif event.key() == Qt.Key.Key_Delete:
            self._pairs.keep_apart()
        else:
            super().keyPressEvent(event)
