"""In which part of the project is looked: whose speech, which wave, which group, and (for words) which coding."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qualcode.core.concordance import Voices
from qualcode.core.project import Project
from qualcode.core.rows import WaveRow
from qualcode.core.scope import Scope, Topic
from qualcode.core.values import WaveId
from qualcode.ui.mask import Mask
from qualcode.ui.widgets.basics import label
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.reading_concordance import VOICES
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.search_topic import GroupButton, TopicButton


class ScopeBar(QWidget):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waves: list[WaveRow] = []
        self.voices = Picker("Whose speech", snug=True)
        self.voices.show_choices([(words, voices) for voices, words in VOICES], Voices.PARTICIPANTS)
        self.wave = Picker("Wave", snug=True)
        self.group = GroupButton()
        self.topic = TopicButton("In passages coded", "any passage")
        self._in = label("in", "Secondary")
        layout = Flow()
        self.setLayout(layout)
        for part in (self.voices, self.wave, self.group, self._in, self.topic):
            layout.addWidget(part)
        self.voices.picked.connect(lambda _: self.changed.emit())
        self.wave.picked.connect(lambda _: self.changed.emit())
        self.group.changed.connect(self.changed)
        self.topic.changed.connect(self.changed)

    def scope(self, *, with_topic: bool) -> Scope:
        """What is chosen."""
        attribute_id, value = self.group.chosen
        topic = self.topic.topic if with_topic else Topic()
        return Scope(self.voices.key(), self.wave.key(), attribute_id, value, topic)

    def set_scope(self, scope: Scope) -> None:
        self.voices.show_choices([(words, voices) for voices, words in VOICES], scope.voices)
        self._show_waves(scope.wave_id)
        self.group.set_group(scope.attribute_id, scope.value)
        self.topic.set_topic(scope.topic)

    def show_topic(self, shown: bool) -> None:
        """Offer the coding too, or not."""
        self._in.setVisible(shown)
        self.topic.setVisible(shown)

    def show_project(self, project: Project, mask: Mask) -> None:
        """Follow what the project's waves and groups are called; ``topic`` is told by itself."""
        self._waves = mask.rows(project.waves.all())
        self.wave.setVisible(bool(self._waves))
        self._show_waves(self.wave.key())
        self.group.show_groups(project.people.attributes(), project.people.all(), mask)

    def _show_waves(self, chosen: WaveId | None) -> None:
        choices: list[tuple[str, object]] = [("All waves", None), *((wave.name, wave.id) for wave in self._waves)]
        if chosen is not None and all(wave.id != chosen for wave in self._waves):
            choices.append(("A wave that is gone", chosen))
        self.wave.show_choices(choices, chosen)
