"""Who is heard in the interview that is read: attributes, pen portrait, other interviews; and notes on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout

from qualcode.core.memos import PEN_PORTRAIT
from qualcode.core.rows import AttributeRow, InterviewRow, MemoRow, ParticipantRow
from qualcode.core.values import MemoId, ParticipantId
from qualcode.ui import theme
from qualcode.ui.widgets.basics import button, clear, column, label, row
from qualcode.ui.widgets.segment import MemoField
from qualcode.ui.workspace import Workspace

NOBODY = "Nobody is matched to the voices of this interview yet. Match them in Prepare."


class ReadingPerson(QScrollArea):
    """The real name is not shown here. What is typed is kept when the field is left."""

    interview_wanted = Signal(object)
    """Another interview of this person: its InterviewId."""
    beside_wanted = Signal(object)
    """The same, to be read beside the one that is open."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setAccessibleName("Person and interview")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._workspace = workspace
        self._interview: InterviewRow | None = None
        self._interviews: list[InterviewRow] = []
        self._people: list[ParticipantRow] = []
        self._who = QComboBox()
        self._who.setAccessibleName("Participant")
        self._who.activated.connect(lambda _: self._show_person())
        self._name = label("", "Title")
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 3)
        self._facts.setColumnStretch(0, 2)
        self._facts.setVerticalSpacing(theme.px(4))
        self._nobody = label(NOBODY, "Secondary", wrap=True)
        self._others = QVBoxLayout()
        self.portrait = KeptMemo(workspace, "Pen portrait", "Who is this person? A few lines in your own words.")
        self.note = KeptMemo(workspace, "Notes on the interview", "How it went, what stayed with you.")
        self._portrait_head = label("Pen portrait", "Head", wrap=True)
        self._others_head = label("Other interviews", "Head", wrap=True)
        body = QFrame()
        body.setObjectName("Surface")
        body.setLayout(
            column(
                self._who,
                self._name,
                self._nobody,
                self._facts,
                self._portrait_head,
                self.portrait,
                self._others_head,
                self._others,
                label("Notes on the interview", "Head", wrap=True),
                self.note,
                None,
                margin=14,
                gap=8,
            )
        )
        self.setWidget(body)

    def show_interview(self, interview: InterviewRow, interviews: list[InterviewRow]) -> None:
        """Show the people of an interview; the one chosen stays chosen."""
        project, mask = self._workspace.project, self._workspace.mask
        chosen = self._who.currentData()
        self._interview, self._interviews = interview, interviews
        self._people = [p for p in mask.rows(project.people.all()) if p.id in interview.participant_ids]
        self._who.clear()
        for person in self._people:
            self._who.addItem(person.pseudonym, person.id)
        self._who.setCurrentIndex(max(0, self._who.findData(chosen)))
        self._who.setVisible(len(self._people) > 1)
        self.note.show_memo(
            next((mask.row(m) for m in project.memos.of_interview(interview.id) if m.kind != PEN_PORTRAIT), None),
            lambda text: project.memos.add(text, interview_id=interview.id),
        )
        self._show_person()

    def show_person(self, participant_id: ParticipantId | None) -> None:
        """Show this one of those interviewed together; whoever is not among them changes nothing."""
        at = self._who.findData(participant_id) if participant_id else -1
        if at not in (-1, self._who.currentIndex()):
            self._who.setCurrentIndex(at)
            self._show_person()

    def keep(self) -> None:
        """Keep what is typed, though the field was not left."""
        self.portrait.keep()
        self.note.keep()

    def _show_person(self) -> None:
        clear(self._facts)
        clear(self._others)
        person = next((p for p in self._people if p.id == self._who.currentData()), None)
        for part in (self._portrait_head, self.portrait):
            part.setVisible(person is not None)
        self._nobody.setVisible(person is None)
        self._name.setVisible(len(self._people) == 1)
        self._others_head.hide()
        if person is None or self._interview is None:
            self.portrait.show_memo(None, lambda _: None)
            return
        project, mask = self._workspace.project, self._workspace.mask
        self._name.setText(person.pseudonym)
        self._show_facts(facts_of(person, project.people.attributes()))
        self.portrait.show_memo(
            next((mask.row(m) for m in project.memos.of_participant(person.id) if m.kind == PEN_PORTRAIT), None),
            lambda text: project.memos.add(text, kind=PEN_PORTRAIT, participant_id=person.id),
        )
        here = self._interview.id
        others = [i for i in self._interviews if person.id in i.participant_ids and i.id != here]
        self._others_head.setVisible(bool(others))
        for other in others:
            self._others.addLayout(self._way_to(other))

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        narrow = self.width() < theme.px(180)
        across, top = (2 if narrow else 1), Qt.AlignmentFlag.AlignTop
        for number, (name, value) in enumerate(facts):
            self._facts.addWidget(label(name, "Secondary", wrap=True), 2 * number, 0, 1, across, top)
            self._facts.addWidget(label(value, wrap=True), 2 * number + narrow, 1 - narrow, 1, across, top)

    def _way_to(self, other: InterviewRow) -> QHBoxLayout:
        beside = button("Beside", partial(self.beside_wanted.emit, other.id), "Link", tip="Read it beside this one")
        beside.setAccessibleName(f"{other.title} beside this one")
        return row(button(other.title, partial(self.interview_wanted.emit, other.id), "Link"), None, beside)


def facts_of(person: ParticipantRow, attributes: Sequence[AttributeRow]) -> list[tuple[str, str]]:
    """What is known of somebody, each with its name, in the order the attributes have."""
    facts = [(a.name, person.attributes[a.id]) for a in attributes if person.attributes.get(a.id)]
    return [*facts, ("Note", person.note)] if person.note.strip() else facts


class KeptMemo(MemoField):
    """A field whose words are one memo: written, edited and deleted as the field is left.

    What is kept is set before the step tells of the change, so that following it does not keep it again.
    """

    def __init__(self, workspace: Workspace, name: str, hint: str) -> None:
        super().__init__(name, hint)
        self._workspace = workspace
        self._name = name
        self._memo_id: MemoId | None = None
        self._kept = ""
        self._add: Callable[[str], MemoId | None] = lambda _: None
        self.left.connect(self.keep)
        self.textChanged.connect(self._grow)
        self._grow()

    def show_memo(self, memo: MemoRow | None, add: Callable[[str], MemoId | None]) -> None:
        """Show a memo; ``add`` makes it when there is none yet. What is being typed is kept first."""
        self.keep()
        self._memo_id = memo.id if memo else None
        self._kept, self._add = memo.text if memo else "", add
        self.show_words(self._kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        """As high as what is written: the panel scrolls, the field does not."""
        lines = max(3, round(self.document().size().height()))
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + theme.px(20))

    def keep(self) -> None:
        """Write what was typed, if it is new, as one act."""
        text, before = self.toPlainText(), self._kept
        if text.strip() == before.strip() or not self._workspace.is_open:
            return
        self._kept = text
        memo_id, add, project = self._memo_id, self._add, self._workspace.project
        verb = "Delete" if not text.strip() else ("Edit" if memo_id else "Write")
        with project.step(f"{verb} {self._name.lower()}"):
            if memo_id is None:
                self._memo_id = add(text)
            elif text.strip():
                project.memos.edit(memo_id, text)
            else:
                project.memos.remove(memo_id)
                self._memo_id = None
