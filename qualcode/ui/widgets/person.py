"""Who speaks: the participants of the interview shown, with their attributes and pen portrait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from qualcode.core.memos import PEN_PORTRAIT
from qualcode.core.rows import AttributeRow, ParticipantRow
from qualcode.core.values import ParticipantId
from qualcode.ui import theme
from qualcode.ui.widgets.basics import clear, column, label
from qualcode.ui.workspace import Workspace


class PersonPanel(QScrollArea):
    """Attributes at hand while reading and coding. The real name is not shown here."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setAccessibleName("Person")
        self.setWidgetResizable(True)
        self._workspace = workspace
        self._body = QFrame()
        self._body.setObjectName("Surface")
        self._layout = QVBoxLayout(self._body)
        self._layout.setContentsMargins(*(theme.px(14),) * 4)
        self.setWidget(self._body)

    def show_people(self, participant_ids: Sequence[ParticipantId]) -> None:
        clear(self._layout)
        project, mask = self._workspace.project, self._workspace.mask
        attributes = project.people.attributes()
        people = [p for p in mask.rows(project.people.all()) if p.id in participant_ids]
        for person in people:
            portraits = [m.text for m in mask.rows(project.memos.of_participant(person.id)) if m.kind == PEN_PORTRAIT]
            self._layout.addLayout(_card(person, attributes, portraits))
        if not people:
            hint = "No participant is matched to the speakers of this interview. Match them in Prepare."
            self._layout.addWidget(label(hint, "Secondary", wrap=True))
        self._layout.addStretch(1)


def _card(person: ParticipantRow, attributes: Sequence[AttributeRow], portraits: Sequence[str]) -> QVBoxLayout:
    facts = [label(f"{a.name}: {person.attributes[a.id]}", wrap=True) for a in attributes if a.id in person.attributes]
    notes = [label(text, "Secondary", wrap=True) for text in (*portraits, person.note) if text]
    return column(label(person.pseudonym, "Title"), *facts, *notes, 8, gap=4)
