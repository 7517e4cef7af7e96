"""The paragraphs of a file beside the turns they became, where turns are begun, joined and left out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QSplitter, QWidgetAction

from qualcode.importing import Rules
from qualcode.ui import theme
from qualcode.ui.import_entry import Entry
from qualcode.ui.widgets.basics import Elided, button, column, line, panel, row
from qualcode.ui.widgets.import_lines import LEFT_OUT, LinesModel, LinesView, left_out, lines_of
from qualcode.ui.widgets.import_words import ParagraphWords
from qualcode.ui.widgets.report_flow import Flow


class SourceList(QFrame):
    """Says how the rules of the file shall be from now on. B begins a turn, C continues one, L leaves out.

    Below the paragraphs stand the words of the chosen one; where the cursor is inside them, a turn begins there.
    """

    corrected = Signal(object)
    """The file's own Rules."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._entry: Entry | None = None
        self.model = LinesModel(self)
        self.view = LinesView(self.model)
        self.view.typed.connect(self._typed)
        self.view.customContextMenuRequested.connect(lambda at: self._menu(self.view.viewport().mapToGlobal(at)))
        self.words = ParagraphWords()
        self.words.typed.connect(self._typed)
        self.words.customContextMenuRequested.connect(lambda at: self._menu(self.words.viewport().mapToGlobal(at)))
        self.words.moved.connect(self._enable)
        self.words.left.connect(self.view.setFocus)
        self.view.opened.connect(self.words.setFocus)
        self.begin = button(
            "Begin turn", self._ask_speaker, tip="A turn begins here, or at the cursor in the words (B)"
        )
        self.join = button("Continue", self.continue_turn, tip="This goes on with the turn before it (C)")
        self.out = button("Leave out", self.leave_out, tip="This is no speech, or speech after all (L)")
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._show_words())
        acts = Flow()
        for part in (self.begin, self.join, self.out):
            acts.addWidget(part)
        head = panel(column(Elided("Paragraphs and turns", "Head"), acts, margin=8, gap=6))
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.addWidget(self.view)
        self._parts.addWidget(self.words)
        self._parts.setStretchFactor(0, 1)
        self._parts.setSizes([theme.px(420), theme.px(150)])
        self.setLayout(column(head, line(), self._parts, gap=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]

    def show_entry(self, entry: Entry | None) -> None:
        """Show a file; the same one keeps its place and selection."""
        anew = entry is not self._entry
        self._entry = entry
        self.model.show(lines_of(entry) if entry else [], anew)
        if anew:
            self.view.scrollToTop()
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))
        self._show_words()

    @property
    def entry(self) -> Entry | None:
        """The file that is shown."""
        return self._entry

    def labels(self) -> list[str]:
        """The labels that a turn can be given to."""
        understood = self._entry.understood if self._entry else None
        found = [voice.label for voice in understood.recognition.voices if voice.label] if understood else []
        return found or ["Interviewer", "Participant"]

    def chosen(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedIndexes())

    # --- acts ---

    def begin_turn(self, speaker: str) -> None:
        """Let the chosen paragraphs begin turns of this speaker; one with the cursor inside it, there."""
        at = self._inside()
        if at:
            self._correct(lambda own, chosen: replace(own, splits={**own.splits, (chosen[0], at): speaker}))
        else:
            self._correct(lambda own, chosen: replace(own, starts={**own.starts, **dict.fromkeys(chosen, speaker)}))

    def continue_turn(self) -> None:
        """Let the chosen paragraphs go on with the turn before them; or the turn inside one that the cursor is in."""
        at = self.words.begun() if len(self.chosen()) == 1 else 0
        if at:
            self._correct(lambda own, chosen: replace(own, splits=_joined(own.splits, (chosen[0], at))))
        else:
            self._correct(lambda own, chosen: replace(own, starts={**own.starts, **dict.fromkeys(chosen, "")}))

    def leave_out(self) -> None:
        """Leave the chosen paragraphs out, or take them in again when they are left out."""
        total = self.model.rowCount()

        def change(own: Rules, chosen: Sequence[int]) -> Rules:
            left = left_out(own, total)
            left = left - set(chosen) if set(chosen) <= left else left | set(chosen)
            return replace(own, left_out=tuple(_ranges(sorted(left))))

        self._correct(change)

    # --- within ---

    def _correct(self, change: Callable[[Rules, Sequence[int]], Rules]) -> None:
        chosen = self.chosen()
        if self._entry is not None and chosen:
            self.corrected.emit(change(self._entry.own, chosen))

    def _inside(self) -> int:
        """The code point of the cursor inside the one paragraph that is chosen; 0 for none."""
        return self.words.at() if len(self.chosen()) == 1 else 0

    def _show_words(self) -> None:
        chosen = self.chosen()
        found = self.model.lines[chosen[0]] if len(chosen) == 1 else None
        self.words.show_words(found.text if found else "", found.inside if found else ())
        self.words.setEnabled(found is not None)
        self._enable()

    def _enable(self) -> None:
        chosen = self.chosen()
        for part in (self.begin, self.join, self.out):
            part.setEnabled(bool(chosen))
        left = bool(chosen) and all(self.model.lines[number].aside == LEFT_OUT for number in chosen)
        self.out.setText("Take in again" if left else "Leave out")
        self.begin.setText("Begin turn at cursor" if self._inside() else "Begin turn")

    def _typed(self, key: str) -> None:
        acts: dict[str, Callable[[], None]] = {"b": self._ask_speaker, "c": self.continue_turn, "l": self.leave_out}
        if key in acts and self.chosen():
            acts[key]()

    def _ask_speaker(self) -> None:
        menu = QMenu(self)
        self._offer_speakers(menu)
        menu.exec(self.begin.mapToGlobal(QPoint(0, self.begin.height())))

    def _offer_speakers(self, menu: QMenu) -> None:
        """The speakers of the file, the first nine by their number, and a field for another one."""
        for number, name in enumerate(self.labels(), 1):
            shown = name.replace("&", "&&")
            menu.addAction(f"&{number}  {shown}" if number < 10 else shown, partial(self.begin_turn, name))
        other = QLineEdit()
        other.setAccessibleName("Another speaker")
        other.setPlaceholderText("Another speaker")
        place = QWidgetAction(menu)
        place.setDefaultWidget(panel(row(other, margin=6)))
        menu.addSeparator()
        menu.addAction(place)

        def take() -> None:
            menu.close()
            if name := other.text().strip():
                self.begin_turn(name)

        other.returnPressed.connect(take)

    def _menu(self, at: QPoint) -> None:
        if not self.chosen():
            return
        menu = QMenu(self)
        self._offer_speakers(menu.addMenu("Begin a turn at the cursor" if self._inside() else "Begin a turn"))
        menu.addAction("Continue the turn before\tC", self.continue_turn)
        menu.addAction(f"{self.out.text()}\tL", self.leave_out)
        menu.exec(at)


def _joined(splits: Mapping[tuple[int, int], str], place: tuple[int, int]) -> dict[tuple[int, int], str]:
    """The splits without the one at ``place``; one that the file itself has is said to be none."""
    return {**{at: label for at, label in splits.items() if at != place}, **({} if splits.get(place) else {place: ""})}


def _ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number:
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found
