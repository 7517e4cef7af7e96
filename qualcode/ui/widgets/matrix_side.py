"""What is behind a cell: its state in a sentence, the written summaries, and the segments by person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

from qualcode.core.values import WaveId
from qualcode.ui.models.matrix import Behind, Writing
from qualcode.ui.widgets.basics import column, label, line
from qualcode.ui.widgets.evidence import Evidence
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.widgets.kept_field import KeptField
from qualcode.ui.workspace import Workspace

HINT = "Choose a cell to see what is behind it."


class BehindCell(QFrame):
    """Shows one cell. A summary typed is kept when its field is left or another cell is shown."""

    def __init__(self, workspace: Workspace, wave_name: Callable[[WaveId | None], str]) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Behind the cell")
        self._workspace = workspace
        self._wave_name = wave_name
        self.title = label("", "Title", wrap=True)
        self.sentence = label("", wrap=True)
        self.caution = label("", "Attention", wrap=True)
        self._fields: list[tuple[QLabel, KeptField]] = []
        self._writing = column(gap=6)
        self.evidence = Evidence(workspace, HINT)
        for said in (self.title, self.sentence, self.caution):
            said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        words = column(self.title, self.sentence, self.caution, self._writing, None, margin=12, gap=6)
        self._head = Fitting(words, self)
        layout = column(self._head, line(), self.evidence, gap=0)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusProxy(self.evidence.tree)
        self.show_behind(None)

    def show_behind(self, behind: Behind | None) -> None:
        """Show what a cell opens, or that none is chosen."""
        self._head.setVisible(behind is not None)
        self._show_fields(behind.writing if behind else None)
        if behind is None:
            self.evidence.show_heaps((), HINT)
            return
        self.title.setText(behind.title)
        self.sentence.setText(behind.sentence)
        self.caution.setText(behind.caution)
        self.caution.setVisible(bool(behind.caution))
        self.evidence.show_heaps(behind.heaps(), "No segments are behind it.")

    def keep(self) -> None:
        """Keep what is being typed."""
        for _, field in self._fields:
            field.keep()

    def write(self) -> None:
        """Let a summary be typed, where one can be."""
        fields = self.summaries()
        if fields:
            fields[0].setFocus()

    def summaries(self) -> list[KeptField]:
        """The fields that are shown."""
        return [field for _, field in self._fields if not field.isHidden()]

    # --- within ---

    def _show_fields(self, writing: Writing | None) -> None:
        texts = writing.texts if writing is not None else {}
        while len(self._fields) < len(texts):
            self._add_field()
        for number, (name, field) in enumerate(self._fields):
            name.setVisible(number < len(texts))
            field.setVisible(number < len(texts))
        for (name, field), (wave_id, text) in zip(self._fields, texts.items(), strict=False):
            words = f"Summary · {self._wave_name(wave_id)}" if wave_id is not None else "Summary"
            name.setText(words)
            field.setAccessibleName(words)
            field.show_text(text, self._keeper(writing, wave_id))

    def _keeper(self, writing: Writing | None, wave_id: WaveId | None) -> Callable[[str], object]:
        assert writing is not None
        place = writing.participant_id, writing.theme_id, wave_id
        return lambda text: self._workspace.attempt(lambda: self._workspace.project.summaries.write(*place, text))

    def _add_field(self) -> None:
        name, field = label("", "Head", wrap=True), KeptField("Summary", "What this person said on it, in your words")
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._writing.addWidget(name)
        self._writing.addWidget(field)
        self._fields.append((name, field))
