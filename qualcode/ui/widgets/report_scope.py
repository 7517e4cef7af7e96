"""Of whom a finding speaks, and which evaluation questions it answers."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QWidget

from qualcode.core.rows import FindingRow
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.basics import label
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_flow import Flow


class ScopeRow(QFrame):
    """Waves, people, questions: what the count behind a finding is taken over, and what it is good for."""

    def __init__(self, desk: ReportDesk) -> None:
        super().__init__()
        self._desk = desk
        self._row: FindingRow | None = None
        self.wave = Picker("Wave it speaks of")
        self.group = Picker("People it speaks of")
        self.wave.picked.connect(lambda _: self._speak())
        self.group.picked.connect(lambda _: self._speak())
        self.answers = QPushButton()
        self.answers.setObjectName("Flat")
        self.answers.setAutoDefault(False)
        self.answers.setToolTip("The evaluation questions that the finding answers")
        self.answers.setMenu(QMenu(self.answers))
        flow = Flow(6)
        for part in (label("Speaks of", "Secondary"), self.group, self.wave, self.answers):
            flow.addWidget(part)
        self.setLayout(flow)

    def show_finding(self, finding: FindingRow) -> None:
        self._row = finding
        waves: list[tuple[str, object]] = [("All waves", None)]
        waves += [(wave.name, wave.id) for wave in self._desk.material.waves]
        self.wave.show_choices(waves, finding.wave_id)
        scope = (finding.scope_attribute_id, finding.scope_value) if finding.scope_attribute_id else None
        groups = self._groups()
        if scope not in [key for _, key in groups]:
            groups.append((self._desk.mask.words(finding.scope_value), scope))
        self.group.show_choices(groups, scope)
        self._show_questions(finding)

    def stops(self) -> list[QWidget]:
        return [self.group, self.wave, self.answers]

    def _groups(self) -> list[tuple[str, object]]:
        material = self._desk.material
        groups: list[tuple[str, object]] = [("Everybody", None)]
        for attribute in material.house.described_by:
            used = sorted({v for p in material.participants if (v := material.value(p, attribute.id))})
            values = attribute.choices or used
            words = self._desk.mask.words
            groups += [(f"{attribute.name}: {words(value)}", (attribute.id, value)) for value in values]
        return groups

    def _speak(self) -> None:
        if self._row is not None:
            attribute, value = self.group.key() or (None, "")
            self._desk.speak_of(self._row.id, self.wave.key(), attribute, value)

    def _show_questions(self, finding: FindingRow) -> None:
        questions = self._desk.material.evaluation_questions
        menu = self.answers.menu()
        menu.clear()
        for number, question in enumerate(questions, 1):
            action = menu.addAction(f"{number}. {self._desk.mask.words(question.text)}")
            action.setCheckable(True)
            action.setChecked(question.id in finding.question_ids)
            action.setData(question.id)
            action.triggered.connect(lambda *_: self._answer())
        chosen = [str(n) for n, question in enumerate(questions, 1) if question.id in finding.question_ids]
        noun = "questions" if len(chosen) > 1 else "question"
        self.answers.setText(f"Answers {noun} {', '.join(chosen)}" if chosen else "Answers no question")
        self.answers.setVisible(bool(questions))

    def _answer(self) -> None:
        if self._row is not None:
            chosen = [action.data() for action in self.answers.menu().actions() if action.isChecked()]
            self._desk.answer(self._row.id, chosen)
