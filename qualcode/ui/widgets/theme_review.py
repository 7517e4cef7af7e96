"""The second look: segments coded before their code was defined anew, each to be confirmed, recoded or uncoded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QSizePolicy

from qualcode.core.rows import CodeRow, SegmentRow
from qualcode.core.values import CodeId, SegmentId
from qualcode.ui import theme
from qualcode.ui.models.passages import Heap
from qualcode.ui.passages import Passage
from qualcode.ui.widgets.basics import button, column, label, panel, row
from qualcode.ui.widgets.evidence import Evidence
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

NOTHING = (
    "Nothing waits for a second look. When you change a code's definition, what was coded before comes here to be "
    "confirmed or given another code."
)


class SecondLook(QFrame):
    """F confirms that a segment still fits, R gives it another code, U uncodes it; then the next one is shown."""

    recode_wanted = Signal(object)
    """A SegmentRow."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Background")
        self._workspace = workspace
        self._codes: Mapping[CodeId, CodeRow] = {}
        self._waiting: list[SegmentRow] = []
        self.evidence = Evidence(workspace, NOTHING)
        self.evidence.chosen.connect(self._show_definition)
        self._name = label("", "Head", wrap=True)
        self._definition = label("", wrap=True)
        self._rules = label("", "Secondary", wrap=True)
        acts_of_one = [
            button("Still fits", self.confirm, "Primary", tip="It still fits (F)"),
            button("Change code…", self.recode, tip="Give it another code (R)"),
            button("Uncode", self.uncode, tip="Take the code off (U)"),
        ]
        every = button("All of this code still fit", self.confirm_all, "Link")
        for words in (self._name, self._definition, self._rules):
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        meaning = Fitting(column(self._name, self._definition, self._rules, margin=12, gap=6), self, 0.3)
        acts = column(row(*acts_of_one, None, gap=4), row(every, None), gap=4)
        acts.setContentsMargins(theme.px(12), 0, theme.px(4), theme.px(8))
        self._about = panel(column(meaning, acts, gap=0))
        layout = column(self.evidence, self._about, gap=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        for key, act in (("F", self.confirm), ("R", self.recode), ("U", self.uncode)):
            QShortcut(QKeySequence(key), self.evidence.tree, activated=act, context=Qt.ShortcutContext.WidgetShortcut)  # type: ignore[call-overload]
        self._show_definition(None)

    def show_waiting(self, waiting: Sequence[SegmentRow], codes: Mapping[CodeId, CodeRow]) -> None:
        self._waiting, self._codes = list(waiting), codes
        heaps: dict[CodeId, list[SegmentId]] = {}
        for segment in waiting:
            heaps.setdefault(segment.code_id, []).append(segment.id)
        self.evidence.forget()
        self.evidence.show_heaps(
            [Heap(codes[c].name, tuple(ids), _when(codes[c])) for c, ids in heaps.items()], NOTHING
        )

    def confirm(self) -> None:
        """The chosen segment still fits."""
        passage = self._chosen()
        if passage is not None:
            self._decide([passage.segment.id], "Still fits")

    def confirm_all(self) -> None:
        """Every waiting segment of the chosen one's code still fits."""
        passage = self._chosen()
        if passage is not None:
            code_id = passage.segment.code_id
            ids = [s.id for s in self._waiting if s.code_id == code_id]
            self._decide(ids, f"{number(len(ids), 'segment')} of “{passage.code.name}” still fit")

    def recode(self) -> None:
        passage = self._chosen()
        if passage is not None:
            self.recode_wanted.emit(passage.segment)

    def recode_as(self, segment: SegmentRow, code_id: CodeId) -> None:
        """Give a segment another code, by which it was looked at again."""
        project = self._workspace.project

        def act() -> None:
            with project.step(f"Change code to “{self._codes[code_id].name}”"):
                project.coding.recode([segment.id], code_id)
                project.coding.review([segment.id])

        self._then_next(act)

    def uncode(self) -> None:
        """The chosen segment has no code any more."""
        passage = self._chosen()
        if passage is not None:
            segment_id = passage.segment.id
            self._then_next(lambda: self._workspace.project.coding.remove([segment_id]))

    # --- within ---

    def _chosen(self) -> Passage | None:
        return self.evidence.tree.passage()

    def _decide(self, segment_ids: Sequence[SegmentId], said: str) -> None:
        self._then_next(lambda: self._workspace.project.coding.review(segment_ids))
        self._workspace.said.emit(said)

    def _then_next(self, act: Callable[[], object]) -> None:
        """Do it, and choose what stood after the chosen segment."""
        tree = self.evidence.tree
        following = tree.following()
        self._workspace.attempt(act)
        if following is None or not tree.choose(following):
            tree.choose_first()

    def _show_definition(self, passage: Passage | None) -> None:
        code = self._codes.get(passage.segment.code_id) if passage else None
        self._about.setVisible(code is not None)
        if code is not None:
            self._name.setText(f"“{code.name}” is now defined")
            self._definition.setText(code.definition or "It has no definition now.")
            rules = (("Include", code.include), ("Exclude", code.exclude))
            self._rules.setText("\n".join(f"{name}: {text}" for name, text in rules if text))
            self._rules.setVisible(bool(self._rules.text()))


def _when(code: CodeRow) -> str:
    when = code.redefined_at
    return f"defined anew {when.day} {when:%b %Y}" if when else ""
