"""A table of participants before it is brought in: what each column is, what would change, what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from qualcode.core.people_table import Column as Meaning
from qualcode.core.people_table import Plan, Use, carry_out, guess, plan
from qualcode.core.typed import KINDS
from qualcode.core.values import Change
from qualcode.errors import UserError
from qualcode.importing.tables import Table
from qualcode.ui import theme
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.basics import Elided, button, clear, column, label, line, panel, row
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.wording import number, people
from qualcode.ui.workspace import Workspace

_MOST_SHOWN = 40
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the table: its heading, some of its values, and what it is taken to be."""

    place: int
    heading: str
    examples: str
    meaning: Meaning


class MappingPane(QFrame):
    """Choose what each column is; beside it stands what would happen. Nothing is changed before “Bring in”."""

    put_away = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Import participants")
        self._workspace = workspace
        self._tables: Sequence[Table] = ()
        self._meanings: list[Meaning] = []
        self._plan: Plan | None = None
        self.model: TableModel[ColumnLine] = TableModel(lambda found: found.place, workspace.attempt, self)
        self.grid = Grid("Columns of the table", self.model)
        self.model.show([], self._columns())
        self._title = Elided("", "Title")
        self.sheets = QComboBox()
        self.sheets.setAccessibleName("Sheet")
        self.sheets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sheets.activated.connect(self._show_sheet)
        self.keep = QCheckBox("Keep values that are there already")
        self.keep.toggled.connect(lambda _: self._show_plan())
        self.take = button("Bring in", self.bring_in, "Primary")
        self._preview = QVBoxLayout()
        self._preview.setSpacing(theme.px(4))
        preview = QScrollArea()
        preview.setWidgetResizable(True)
        preview.setAccessibleName("What would change")
        preview.setWidget(panel(column(self._preview, None, margin=14)))
        head = panel(
            row(
                self._title,
                self.sheets,
                None,
                self.keep,
                button("Put away", self.put_away.emit, "Flat"),
                self.take,
                margin=8,
            )
        )
        hint = label("What is each column? Choose it in the second one; what is left out changes nothing.", "Secondary")
        hint.setWordWrap(True)
        left = panel(column(panel(column(hint, margin=8)), self.grid, gap=0))
        panes = Panes(
            left,
            preview,
            key="mapping",
            names=("Columns", "Preview"),
            preferences=workspace.preferences,
            sizes=(700, 380),
            stretch=0,
        )
        self.setLayout(column(head, line(), panes, gap=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]

    # --- the pane's ---

    def open(self, name: str, tables: Sequence[Table]) -> None:
        """Show the tables of a file, the first one first."""
        self._tables = tables
        self._title.setText(name)
        self.sheets.clear()
        self.sheets.addItems([table.name for table in tables])
        self.sheets.setVisible(len(tables) > 1)
        self._show_sheet(0)
        self.grid.setFocus()

    def react(self, change: Change) -> None:
        if change.touches("participant", "attribute", "attribute_value"):
            self._show_plan()

    def panes(self) -> list[QWidget]:
        return [self.grid]

    def bring_in(self) -> None:
        """Do what the preview says, in one step."""
        wanted = self._plan
        if wanted is None or wanted.is_empty:
            return
        self._workspace.attempt(lambda: self._carry_out(wanted))

    def _carry_out(self, wanted: Plan) -> None:
        carry_out(self._workspace.project, wanted)
        self.put_away.emit()

    # --- within ---

    def _columns(self) -> list[Column[ColumnLine]]:
        return [
            Column("Column", lambda found: found.heading),
            Column(
                "Is",
                lambda found: found.meaning.use.value,
                write=self._write_use,
                choices=lambda _: [use.value for use in Use],
            ),
            Column(
                "Attribute",
                lambda found: found.meaning.attribute if found.meaning.use is Use.ATTRIBUTE else "",
                write=lambda found, text: self._set(found, replace(found.meaning, attribute=text or found.heading)),
                choices=lambda found: list(dict.fromkeys((found.heading, *self._known()))),
                locked=lambda found: found.meaning.use is not Use.ATTRIBUTE,
            ),
            Column(
                "Type",
                lambda found: found.meaning.kind if found.meaning.use is Use.ATTRIBUTE else "",
                write=self._write_kind,
                choices=lambda _: list(KINDS),
                locked=lambda found: found.meaning.use is not Use.ATTRIBUTE or found.meaning.attribute in self._known(),
            ),
            Column("Values", lambda found: found.examples),
        ]

    def _known(self) -> dict[str, str]:
        return {attribute.name: attribute.kind for attribute in self._workspace.project.people.attributes()}

    def _table(self) -> Table:
        return self._tables[max(0, self.sheets.currentIndex())]

    def _show_sheet(self, _: int) -> None:
        table = self._table()
        self._meanings = guess(table.headings, table.rows, self._workspace.project.people.attributes())
        self.model.arrange([])
        self._show_columns()
        self.grid.fit_columns()
        self.grid.horizontalHeader().setStretchLastSection(True)
        self.grid.setCurrentIndex(self.model.index(0, 1))

    def _show_columns(self) -> None:
        table = self._table()
        lines = []
        for place, (heading, meaning) in enumerate(zip(table.headings, self._meanings, strict=True)):
            values = dict.fromkeys(cells[place] for cells in table.rows if cells[place])
            shown = ", ".join(list(values)[:_EXAMPLES]) + (", …" if len(values) > _EXAMPLES else "")
            lines.append(ColumnLine(place, heading, shown, meaning))
        self.model.show(lines)
        self._show_plan()

    def _write_use(self, found: ColumnLine, words: str) -> None:
        use = next((use for use in Use if use.value.casefold() == words.casefold()), None)
        if use is None:
            raise UserError(f"A column is one of these: {', '.join(use.value for use in Use)}.")
        if use in (Use.PSEUDONYM, Use.NAME, Use.NOTE):
            self._meanings = [Meaning(Use.NOTHING) if m.use is use else m for m in self._meanings]
        self._set(found, Meaning(use, found.heading) if use is Use.ATTRIBUTE else Meaning(use))

    def _write_kind(self, found: ColumnLine, words: str) -> None:
        if words not in KINDS:
            raise UserError(f"The types are {', '.join(KINDS)}.")
        self._set(found, replace(found.meaning, kind=words))

    def _set(self, found: ColumnLine, meaning: Meaning) -> None:
        self._meanings[found.place] = meaning
        self._show_columns()

    # --- within: the preview ---

    def _show_plan(self) -> None:
        project = self._workspace.project
        self._plan = found = plan(
            self._table().rows,
            self._meanings,
            project.people.all(),
            project.people.attributes(),
            keep=self.keep.isChecked(),
        )
        self.take.setEnabled(not found.is_empty)
        clear(self._preview)
        self._say("Left out", found.problems, "Attention")
        self._say("New participants", [f"{people(len(found.added))}: {', '.join(found.added)}"] if found.added else ())
        self._say("New attributes", [_attribute(*new) for new in found.attributes])
        self._say("New choices", [f"{name}: {', '.join(new)}" for name, new in found.choices])
        self._say("Other pseudonyms", [f"{old} becomes {new}" for old, new in found.renamed])
        changes = [f"{c.pseudonym}, {c.what}: {c.old or 'empty'} becomes {c.new}" for c in found.changes]
        self._say(number(len(changes), "value"), changes)
        if found.is_empty and not found.problems:
            self._say("", ["Nothing would change: everything in it is here already."])

    def _say(self, head: str, sentences: Sequence[str], kind: str = "") -> None:
        if not sentences:
            return
        if head:
            self._preview.addWidget(label(head, "Head"))
        for sentence in sentences[:_MOST_SHOWN]:
            self._preview.addWidget(label(sentence, kind, wrap=True))
        if len(sentences) > _MOST_SHOWN:
            self._preview.addWidget(label(f"and {len(sentences) - _MOST_SHOWN} more", "Secondary"))


def _attribute(name: str, kind: str, choices: Sequence[str]) -> str:
    return f"{name} ({kind}: {', '.join(choices)})" if choices else f"{name} ({kind})"
