"""Somebody withdraws: what it touches, told before it is done; then done in one step, or for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy

from qualcode.core.rows import InterviewRow
from qualcode.core.typed import shown_date
from qualcode.core.values import ParticipantId
from qualcode.report import markup
from qualcode.ui.widgets.basics import button, column, label, row
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.core.withdrawal import Touched

MOST = 6
"""Findings and quotes named one by one; of more the number is told."""


class WithdrawalPanel(QFrame):
    """Stands above the participants while a withdrawal is weighed; hidden otherwise. Escape leaves it."""

    closed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("NoticeAttention")
        self._workspace = workspace
        self._id: ParticipantId | None = None
        self._pseudonym = ""
        self._head = label("", "Title", wrap=True)
        self.told = label("", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.for_good = QCheckBox("Erase everything they said from the file, for good")
        self.for_good.toggled.connect(lambda _: self._offer())
        self._caution = label("", "Attention", wrap=True)
        self._yes = button("Withdraw", self._do, "Primary")
        acts = row(self._yes, button("Leave it", self.leave), None, gap=8)
        self.setLayout(column(self._head, self.told, self.for_good, self._caution, acts, margin=12, gap=6))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.hide()

    def ask(self, participant_id: ParticipantId) -> None:
        """Tell what the withdrawal of a participant touches, and offer it."""
        touched = self._workspace.attempt(lambda: self._workspace.project.people.touched_by(participant_id))
        if touched is None:
            return
        self._id, self._pseudonym = participant_id, touched.person.pseudonym
        gone = touched.person.withdrawn_on
        self._head.setText(
            f"{self._pseudonym} withdrew on {shown_date(gone)}" if gone else f"If {self._pseudonym} withdraws"
        )
        self.told.setText("\n".join(map(self._workspace.mask.words, sentences(touched))))
        self._caution.setText(_caution(touched))
        self.for_good.setChecked(gone is not None)
        self.for_good.setVisible(gone is None)
        self._offer()
        self.setAccessibleName(f"{self._head.text()}: {self.told.text()}")
        self.show()
        self._yes.setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def leave(self) -> None:
        """Put the panel away; nothing is done."""
        self._id = None
        self.hide()
        self.closed.emit()

    # --- within ---

    def _offer(self) -> None:
        self._yes.setText("Erase for good" if self.for_good.isChecked() else "Withdraw")
        self._caution.setVisible(self.for_good.isChecked())

    def _do(self) -> None:
        person, people = self._id, self._workspace.project.people
        if person is None:
            return
        for_good = self.for_good.isChecked()
        self.leave()
        if for_good:
            self._workspace.attempt(lambda: people.erase(person))
            self._workspace.said.emit(f"{self._pseudonym} is erased from the file")
        else:
            self._workspace.attempt(lambda: people.withdraw([person]))


def sentences(touched: Touched) -> Iterator[str]:
    """What a withdrawal touches, a sentence each."""
    if touched.alone or touched.shared:
        yield f"Interviews: {_titles([*touched.alone, *touched.shared])}."
    yield f"{number(touched.segments, 'segment')} of theirs count no more."
    if touched.quotes:
        leave = "leaves the report" if len(touched.quotes) == 1 else "leave the report"
        yield f"{number(len(touched.quotes), 'quote')} {leave}: {_few(touched.quotes)}."
    if touched.findings:
        recounts = [
            f"“{_short(markup.key_issue(r.finding.text))}” {r.before.people} of {r.before.asked} → "
            f"{r.after.people} of {r.after.asked}"
            for r in touched.findings
        ]
        changed = "is carried by other numbers" if len(recounts) == 1 else "are carried by other numbers"
        yield f"{number(len(recounts), 'finding')} {changed}: {_few(recounts, '; ')}."
    if touched.themes:
        yield f"Nobody else raised: {_few(touched.themes)}."
    if touched.memos or touched.summaries:
        there = ((touched.memos, "memo", ""), (touched.summaries, "summary", "summaries"))
        yield f"On them: {' and '.join(number(*counted) for counted in there if counted[0])}."
    if touched.identifiers:
        yield f"Identifiers in their interviews alone: {number(len(touched.identifiers), 'identifier')}."


def _caution(touched: Touched) -> str:
    """What it means to erase them."""
    parts = ["This cannot be undone, nor can anything that was done before."]
    if touched.shared:
        parts.append(
            f"In {_titles(touched.shared)} each letter of what they said is blotted out; the others’ words stay."
        )
    parts.append("Memos and summaries on them go too. Findings stay as you wrote them: look through their words.")
    if touched.echoes:
        parts.append(f"Words of theirs stand in what you wrote: {_few(e.lower() for e in touched.echoes)}.")
    if touched.copies:
        parts.append(f"These copies keep what they hold: {_few(touched.copies)}.")
    return " ".join(parts)


def _titles(interviews: Iterable[InterviewRow]) -> str:
    return _few([f"“{i.title}”" for i in interviews])


def _few(things: Iterable[str], between: str = ", ") -> str:
    all_ = list(things)
    more = f"{between}and {len(all_) - MOST} more" if len(all_) > MOST else ""
    return between.join(all_[:MOST]) + more


def _short(words: str) -> str:
    return words if len(words) <= 50 else words[:49].rsplit(" ", 1)[0] + " …"
