"""The register: what was decided, edited in place, with its places; and the house rules it goes by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from qualcode import review as rules
from qualcode.anonymise.find import Sighting
from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.core.identifiers import HARMLESS, IDENTIFIER
from qualcode.core.rows import IdentifierRow
from qualcode.review import Rule
from qualcode.ui.models.identifiers import Review
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.anonymity_copy import Copies
from qualcode.ui.widgets.anonymity_places import PlaceFinder, PlacesList
from qualcode.ui.widgets.basics import Elided, button, column, label, line, panel, row
from qualcode.ui.widgets.panes import Panes
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

STAYS = "not an identifier"
AS_USUAL = "as usual"


class RegisterPage(QFrame):
    """Everything decided so far. F2 edits a cell, Del takes a string off: then it waits for a decision again."""

    def __init__(self, workspace: Workspace, review: Review, copies: Copies) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace, self._review = workspace, review
        self._finder = PlaceFinder(workspace, self)
        self._listed: str | None = None
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find in the register")
        self.field.setAccessibleName("Find in the register")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _: self.show_register())
        self.model: TableModel[IdentifierRow] = TableModel(lambda r: r.id, workspace.attempt, self)
        self.model.show([], self._columns())
        self.grid = Grid("Register", self.model)
        self.grid.horizontalHeader().setStretchLastSection(True)
        self.grid.let_sort()
        self.grid.remove_wanted.connect(self.remove_chosen)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_places())
        self.places = PlacesList(workspace, review)
        self._counts = Elided()
        self._title = Elided("", "Title")
        self._facts = label("", "Secondary", wrap=True)
        again = "It waits for a decision again ({prepare.remove})"
        remove = button("Take off the register", self.remove_chosen, tip=again)
        take_over = button("Take over…", copies.take_over, tip="Decide as a table says, or the key of an earlier wave")
        key = button("Write the key…", copies.key, tip="What stands for whom, confidential, to be kept apart")
        list_ = panel(
            column(
                panel(row(self.field, margin=8)),
                self.grid,
                line(),
                panel(row(self._counts, None, take_over, key, remove, margin=6)),
                gap=0,
            )
        )
        self._side = panel(
            column(panel(column(self._title, self._facts, margin=10, gap=6)), line(), self.places, gap=0)
        )
        panes = Panes(
            list_,
            self._side,
            key="register",
            names=("Register", "Places"),
            preferences=workspace.preferences,
            sizes=(700, 430),
            stretch=0,
        )
        self.setLayout(column(panes, gap=0))

    def show_register(self) -> None:
        """Show the rows in which the words looked for stand."""
        sought = self.field.text().casefold().split()
        rows = [r for r in self._review.rows if all(w in _read(r).casefold() for w in sought)]
        self.model.show(rows)
        replaced = sum(r.status == IDENTIFIER for r in self._review.rows)
        harmless = len(self._review.rows) - replaced
        self._counts.setText(f"{replaced:,} replaced · {harmless:,} no identifiers")
        self._show_places()

    def remove_chosen(self) -> None:
        """Take the chosen strings off the register."""
        ids = [self.model.rows[n].id for n in self.grid.chosen_rows()]
        if ids:
            self._workspace.attempt(lambda: self._workspace.project.identifiers.remove(ids))

    # --- within ---

    def _columns(self) -> Sequence[Column[IdentifierRow]]:
        return [
            Column("String", lambda r: r.text),
            Column("Kind", lambda r: r.kind, self._write_kind, choices=lambda _: [k.value for k in Kind]),
            Column(
                "Replaced with", lambda r: STAYS if r.status == HARMLESS else r.replacement, self._write_words,
                edited=lambda r: r.replacement,
            ),
            Column(
                "Other spellings", lambda r: " | ".join(r.forms), self._write_forms,
                tip="Parted by |. Possessives, nicknames and misspellings are found without being listed.",
            ),
            Column("Note", lambda r: r.note),
        ]  # fmt: skip

    def _write_kind(self, r: IdentifierRow, kind: str) -> None:
        self._workspace.project.identifiers.change(r.id, kind=kind)

    def _write_words(self, r: IdentifierRow, words: str) -> None:
        identifiers = self._workspace.project.identifiers
        identifiers.add(r.kind, r.text, words, forms=r.forms, note=r.note)

    def _write_forms(self, r: IdentifierRow, forms: str) -> None:
        self._workspace.project.identifiers.set_forms(r.id, forms.split("|"))

    def _chosen(self) -> IdentifierRow | None:
        chosen = self.grid.chosen_rows()
        return self.model.rows[chosen[0]] if len(chosen) == 1 else None

    def _show_places(self) -> None:
        chosen = self._chosen()
        self._side.setVisible(chosen is not None)
        if chosen is None or chosen.id != self._listed:
            self.places.show_spots([])
        self._listed = chosen.id if chosen else None
        if chosen is None:
            self._finder.forget()
            return
        self._title.setText(chosen.text)
        self._facts.setText(STAYS if chosen.status == HARMLESS else f"Replaced with {chosen.replacement}")
        self._finder.ask(rules.identifier(chosen), self._review, lambda places: self._found(chosen, places))

    def _found(self, one: IdentifierRow, places: Sequence[Sighting]) -> None:
        if one == self._chosen():
            words = (one.text, *one.forms)
            places = [*places, *(place for place in self._review.meant_as(one.id) if place not in places)]
            plain = self._read_as_words(one, places)
            spots = self._review.spots_at(self._workspace.project, places, words)
            self._facts.setText(f"{self._facts.text()} · {number(len(places), 'mention')}{self._told(plain)}")
            self.places.show_spots([*spots, *self._review.plain_spots(self._workspace.project, plain)])

    def _told(self, plain: Sequence[Sighting]) -> str:
        """What to say of places that are read as ordinary words."""
        if not plain:
            return ""
        met = plain[0].span.of(self._review.texts(self._workspace.project)[plain[0].transcript_id])
        often = number(len(plain), "time")
        return f". {often} “{met}” is read as an ordinary word and stays; I in the list says whom such a place means."

    def _read_as_words(self, one: IdentifierRow, places: Sequence[Sighting]) -> tuple[Sighting, ...]:
        if one.status == HARMLESS:
            return ()
        return rules.passed_over(rules.identifier(one), self._review.texts(self._workspace.project), places)


class RulesPage(QFrame):
    """What is put for each kind unless the analyst says otherwise. Kept in the project, for its next wave too."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace = workspace
        self._rules: dict[Kind, Rule] = {}
        self.model: TableModel[Kind] = TableModel(lambda kind: kind, workspace.attempt, self)
        self.model.show(
            list(Kind),
            [
                Column("Kind", lambda kind: kind.value),
                Column("Usually", rules.usual_rule),
                Column("In this project", self._treated, self._treat, choices=_choices),
                Column("Words", lambda kind: self._rules[kind].words if kind in self._rules else "", self._describe),
            ],
        )
        self.grid = Grid("House rules", self.model)
        self.grid.horizontalHeader().setStretchLastSection(True)
        words = label(
            "What is proposed for each kind. Choose another way for this project, or type the words that shall stand "
            "for all of a kind, such as [colleague] for every person. What is decided stays as it is.",
            "Secondary",
            wrap=True,
        )
        self.setLayout(column(panel(column(words, margin=12)), line(), self.grid, gap=0))

    def show_rules(self) -> None:
        self._rules = rules.house_rules(self._workspace.project)
        self.model.show(list(Kind))

    def _treated(self, kind: Kind) -> str:
        return self._rules[kind].treatment.value if kind in self._rules else AS_USUAL

    def _treat(self, kind: Kind, chosen: str) -> None:
        rule = None if chosen == AS_USUAL else Rule(Treatment(chosen))
        rules.set_house_rule(self._workspace.project, kind, rule)

    def _describe(self, kind: Kind, words: str) -> None:
        rule = Rule(Treatment.DESCRIPTION, words) if words.strip() else None
        rules.set_house_rule(self._workspace.project, kind, rule)


def _choices(kind: Kind) -> list[str]:
    return [AS_USUAL, *(treatment.value for treatment in rules.treatments(kind))]


def _read(r: IdentifierRow) -> str:
    return " ".join((r.text, r.kind, r.replacement, *r.forms, r.note))
