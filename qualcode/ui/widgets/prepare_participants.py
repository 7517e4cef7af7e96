"""The participants as a grid to type and paste in: pseudonym, real name when shown, attributes as typed columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QMenu, QStackedLayout, QWidget

from qualcode.core.people_paste import Fact, Target, is_choice, paste
from qualcode.core.rows import AttributeRow, ParticipantRow
from qualcode.core.typed import CHOICE, DATE, NUMBER, as_date, shown_date
from qualcode.core.values import Change, ParticipantId
from qualcode.importing import tables
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.basics import Elided, button, column, empty, line, panel, row
from qualcode.ui.widgets.confirm import Confirm
from qualcode.ui.widgets.prepare_attribute import AttributeEditor
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.widgets.prepare_mapping import MappingPane
from qualcode.ui.widgets.prepare_withdrawal import WithdrawalPanel
from qualcode.ui.wording import number, people
from qualcode.ui.workspace import Workspace

FILTER = f"Tables ({' '.join('*' + suffix for suffix in tables.SUFFIXES)})"
CONFIDENTIAL = "Real names are confidential: they stay in the project file and leave it in no report."
_SHOWN_IN = ("participant", "attribute", "attribute_value", "interview", "interview_participant", "wave")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A participant with how many interviews they gave, and in which waves."""

    row: ParticipantRow
    interviews: int
    waves: tuple[str, ...]


class ParticipantsPane(QFrame):
    """Typing or F2 edits a cell; a block pasted from a spreadsheet fills cells and grows rows, undone as one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Participants")
        self._workspace = workspace
        self._attributes: list[AttributeRow] = []
        self._targets: list[Target | None] = []
        self._lines: list[PersonLine] = []
        self.model: TableModel[PersonLine] = TableModel(
            lambda shown: shown.row.id, workspace.attempt, self, workspace.mask.words
        )
        self.grid = Grid("Participants", self.model, rows=False)
        self.grid.let_sort()
        self.names = QCheckBox("Show real names")
        self.names.setToolTip(CONFIDENTIAL)
        self.names.toggled.connect(lambda _: self.load())
        self._warning = Elided(CONFIDENTIAL, "Attention")
        self._warning.hide()
        self._counts = Elided()
        self.editor = AttributeEditor(workspace)
        self.confirm = Confirm()
        self.withdrawal = WithdrawalPanel(workspace)
        self.mapping = MappingPane(workspace)
        head = panel(
            row(
                button("Add participant", self.add_person),
                button("Add attribute…", partial(self.editor.ask, None)),
                button("Import table…", self.choose_file, tip="Participants and attributes from .xlsx or .csv"),
                None,
                self._warning,
                self.names,
                margin=8,
            )
        )
        self._grids = panel(
            column(
                head,
                line(),
                self.editor,
                self.confirm,
                self.withdrawal,
                self.grid,
                line(),
                panel(row(self._counts, None, margin=8)),
                gap=0,
            )
        )
        self._empty = empty(
            "Participants come with the interviews you import. You can also add them here, or bring in a list of them "
            "from Excel.",
            button("Import table…", self.choose_file, "Primary"),
            button("Add participant", self.add_person),
        )
        self._layout = QStackedLayout(self)
        for part in (self._grids, self._empty, self.mapping):
            self._layout.addWidget(part)
        self._connect()

    # --- the stage's ---

    def load(self) -> None:
        """Show what the project holds; what is chosen stays chosen."""
        project = self._workspace.project
        self._attributes = project.people.attributes()
        rows, interviews = project.people.all(), project.transcripts.interviews()
        waves = {wave.id: wave.name for wave in project.waves.all()}
        lines = []
        for person in rows:
            theirs = [found for found in interviews if person.id in found.participant_ids]
            been = {found.wave_id for found in theirs}
            names = tuple(name for wave_id, name in waves.items() if wave_id in been)
            lines.append(PersonLine(person, len(theirs), names))
        self._lines = lines
        before = self.model.columns
        self.model.show(lines, self._columns())
        if [c.heading for c in before] != [c.heading for c in self.model.columns]:
            self.grid.fit_columns()
        if self._layout.currentWidget() is not self.mapping:
            self._layout.setCurrentWidget(self._grids if lines or self._attributes else self._empty)
        self._warning.setVisible(self.names.isChecked())
        twice = sum(len(shown.waves) > 1 for shown in lines)
        parts = [people(len(lines)), number(len(self._attributes), "attribute")]
        self._counts.setText(" · ".join([*parts, f"{twice} interviewed in more than one wave"] if twice else parts))
        if lines and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))

    def react(self, change: Change) -> None:
        if self._layout.currentWidget() is self.mapping:
            self.mapping.react(change)
        if change.touches(*_SHOWN_IN):
            self.load()

    def panes(self) -> list[QWidget]:
        shown = self._layout.currentWidget()
        if shown is self.mapping:
            return self.mapping.panes()
        return [self.grid] if shown is self._grids else [self._empty]

    # --- acts ---

    def add_person(self) -> None:
        """Add the next participant and be ready to type the pseudonym."""
        added = self._workspace.attempt(lambda: self._workspace.project.people.add())
        if added is not None:
            self.load()
            self.grid.setFocus()
            self.grid.choose(added)
            self.grid.scrollTo(self.grid.currentIndex())
            self.grid.edit(self.grid.currentIndex())

    def paste(self, text: str) -> None:
        """Paste a block of cells from the current one on."""
        block, at = tables.cells_of(text), self.grid.currentIndex()
        if not block:
            return
        column_ = at.column() if at.isValid() else 0
        targets = self._targets[column_ : column_ + max(map(len, block))]
        if None in targets:
            targets = targets[: targets.index(None)]
        if not targets:
            self._workspace.refused.emit("Interviews and waves follow from the interviews. Paste into another column.")
            return
        ids = [shown.row.id for shown in self.model.rows[max(0, at.row()) :]]
        pasted = self._workspace.attempt(
            lambda: paste(self._workspace.project, block, ids, [target for target in targets if target is not None])
        )
        if pasted:
            self.load()

    def choose_file(self) -> None:
        """Ask for a table of participants and show what each column would become."""
        path, _ = QFileDialog.getOpenFileName(self, "Import participants", "", FILTER)
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Show what a table of participants would become, before anything is changed."""
        found = self._workspace.attempt(lambda: tables.read_tables(path))
        if found:
            self.mapping.open(path.name, found)
            self._layout.setCurrentWidget(self.mapping)

    def ask_to_remove(self) -> None:
        """Say what becomes of the interviews, and take the chosen participants off the list when that is wished."""
        chosen = self._chosen()
        if not chosen:
            return
        what = chosen[0].row.pseudonym if len(chosen) == 1 else number(len(chosen), "participant")
        been = sum(shown.interviews for shown in chosen)
        after = f" What was said in {number(been, 'interview')} stays, then counted as nobody’s." if been else ""
        act = partial(self._workspace.project.people.remove, [shown.row.id for shown in chosen])
        self.confirm.ask(f"Remove {what}?{after}", "Remove", lambda: self._workspace.attempt(act))

    # --- within ---

    def _connect(self) -> None:
        self.grid.pasted.connect(self.paste)
        self.grid.remove_wanted.connect(self._clear_cells)
        self.editor.closed.connect(self.grid.setFocus)
        self.withdrawal.closed.connect(self.grid.setFocus)
        self.mapping.put_away.connect(self._show_grid)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._menu)
        head = self.grid.horizontalHeader()
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._head_menu)
        head.sectionDoubleClicked.connect(self._change_attribute)

    def _show_grid(self) -> None:
        self._layout.setCurrentWidget(self._grids)
        self.load()
        self.grid.setFocus()

    def _columns(self) -> list[Column[PersonLine]]:
        noun = self._workspace.project.people
        shown: list[tuple[Column[PersonLine], Target | None]] = [
            (
                Column(
                    Fact.PSEUDONYM,
                    lambda s: s.row.pseudonym,
                    write=lambda s, text: noun.change(s.row.id, pseudonym=text),
                ),
                Fact.PSEUDONYM,
            )
        ]
        if self.names.isChecked() and not self._workspace.mask.on:
            name = Column[PersonLine](
                Fact.NAME,
                lambda s: s.row.name,
                write=lambda s, text: noun.change(s.row.id, name=text),
                tip=CONFIDENTIAL,
            )
            shown.append((name, Fact.NAME))
        shown += [(self._attribute_column(attribute), attribute.id) for attribute in self._attributes]
        note = Column[PersonLine](
            Fact.NOTE, lambda s: s.row.note, write=lambda s, text: noun.change(s.row.id, note=text)
        )
        if any(s.row.withdrawn_on is not None for s in self._lines):
            shown.append((Column("Withdrawn", lambda s: shown_date(s.row.withdrawn_on)), None))
        shown += [
            (Column("Waves", lambda s: " and ".join(s.waves)), None),
            (Column("Interviews", lambda s: str(s.interviews or ""), order=lambda s: s.interviews, numeric=True), None),
            (note, Fact.NOTE),
        ]
        self._targets = [target for _, target in shown]
        return [found for found, _ in shown]

    def _attribute_column(self, attribute: AttributeRow) -> Column[PersonLine]:
        key, kind = attribute.id, attribute.kind

        def stored(s: PersonLine) -> str:
            return s.row.attributes.get(key, "")

        def rank(s: PersonLine) -> Any:
            return float(stored(s)) if kind == NUMBER else stored(s).casefold()

        return Column(
            attribute.name,
            (lambda s: shown_date(as_date(stored(s)))) if kind == DATE else stored,
            write=lambda s, text: self._write_value(s, attribute, text),
            edited=stored,
            choices=(lambda _: ["", *attribute.choices]) if kind == CHOICE else None,
            order=rank,
            numeric=kind == NUMBER,
        )

    def _write_value(self, shown: PersonLine, attribute: AttributeRow, text: str) -> None:
        """Write what was typed; a word that is none of the choices is offered to become one."""
        noun = self._workspace.project.people
        if attribute.kind != CHOICE or is_choice(text, attribute):
            noun.set_value(shown.row.id, attribute.id, text)
            return

        def add() -> None:
            with self._workspace.project.step(f"Add choice “{text}”"):
                noun.change_attribute(attribute.id, choices=[*attribute.choices, text])
                noun.set_value(shown.row.id, attribute.id, text)

        there = f" beside {', '.join(attribute.choices)}" if attribute.choices else ""
        self.grid.setFocus()
        self.confirm.ask(
            f"“{text}” is no choice of {attribute.name} yet. Add it{there}?",
            "Add it",
            lambda: self._workspace.attempt(add),
        )

    def _chosen(self) -> list[PersonLine]:
        return [self.model.rows[place] for place in self.grid.chosen_rows()]

    def _clear_cells(self) -> None:
        """Empty the chosen cells; whole participants are removed from the menu only."""
        cells = [
            (self.model.rows[index.row()].row.id, self._targets[index.column()])
            for index in self.grid.selectionModel().selectedIndexes()
        ]
        if any(target is Fact.PSEUDONYM for _, target in cells):
            self.ask_to_remove()
            return
        self._workspace.attempt(lambda: self._empty_cells(cells))

    def _empty_cells(self, cells: Sequence[tuple[ParticipantId, Target | None]]) -> None:
        noun = self._workspace.project.people
        with self._workspace.project.step(f"Clear {number(len(cells), 'cell')}"):
            for participant_id, target in cells:
                if target is Fact.NAME:
                    noun.change(participant_id, name="")
                elif target is Fact.NOTE:
                    noun.change(participant_id, note="")
            noun.set_values(
                (key, target, "") for key, target in cells if target is not None and not isinstance(target, Fact)
            )

    def _change_attribute(self, place: int) -> None:
        target = self._targets[place]
        attribute = next((a for a in self._attributes if a.id == target), None)
        if attribute is not None:
            self.editor.ask(attribute)

    def _head_menu(self, at: QPoint) -> None:
        head = self.grid.horizontalHeader()
        place = head.logicalIndexAt(at)
        menu = QMenu(self)
        if any(attribute.id == self._targets[place] for attribute in self._attributes):
            menu.addAction("Change attribute…", partial(self._change_attribute, place))
        menu.addAction("Add attribute…", partial(self.editor.ask, None))
        menu.exec(head.mapToGlobal(at))

    def _menu(self, at: QPoint) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        menu = QMenu(self)
        place = self.grid.currentIndex().column()
        if any(attribute.id == self._targets[place] for attribute in self._attributes):
            menu.addAction("Change attribute…", partial(self._change_attribute, place))
        current = self.model.row(self.grid.currentIndex())
        if len(chosen) > 1 and current is not None:
            ids = [shown.row.id for shown in chosen]
            merge = partial(self._workspace.project.people.merge, ids, current.row.id)
            menu.addAction(f"They are one person: {current.row.pseudonym}", lambda: self._workspace.attempt(merge))
        self._offer_withdrawal(menu, chosen)
        menu.addAction("Remove…", self.ask_to_remove)
        menu.exec(self.grid.viewport().mapToGlobal(at))

    def _offer_withdrawal(self, menu: QMenu, chosen: Sequence[PersonLine]) -> None:
        """Let one person withdraw, or count those again who had."""
        gone = [shown.row.id for shown in chosen if shown.row.withdrawn_on is not None]
        if gone:
            back = partial(self._workspace.project.people.take_withdrawal_back, gone)
            menu.addAction("Take withdrawal back", lambda: self._workspace.attempt(back))
        if len(chosen) == 1:
            what = "Erase for good…" if gone else "Withdraw…"
            menu.addAction(what, partial(self.withdrawal.ask, chosen[0].row.id))
