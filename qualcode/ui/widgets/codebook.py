"""The codebook beside a transcript: filter, tree with people and segments, and what the chosen code means."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.mask import READ_ONLY
from qualcode.ui.models.codebook import CodebookModel
from qualcode.ui.widgets.basics import Elided, button, column, icon_button, label, panel, row
from qualcode.ui.widgets.codebook_acts import CodeActs
from qualcode.ui.widgets.codebook_ask import Ask
from qualcode.ui.widgets.codebook_bring_in import BringIn
from qualcode.ui.widgets.codebook_drawer import Drawer
from qualcode.ui.widgets.codebook_export import CodebookExport
from qualcode.ui.widgets.codebook_menu import more_menu, open_code_menu
from qualcode.ui.widgets.codebook_near import NearCodes
from qualcode.ui.widgets.codebook_new import NewCode, Spot
from qualcode.ui.widgets.codebook_sheet import CodeSheet
from qualcode.ui.widgets.codebook_tree import CodeTree
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.workspace import Workspace

Row = TypeVar("Row", CodeRow, ThemeRow)


class CodebookPanel(QFrame):
    """Type to filter, Return to apply the chosen code to the selection, a double click or F4 for its page, the menu key
    for what else can be done."""

    code_chosen = Signal(object)
    """A CodeId, or None when none is chosen."""
    code_activated = Signal(object)
    """Return on a code, in the tree or the filter: the CodeId."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.setAccessibleName("Codebook")
        self.desk = CodebookDesk(workspace)
        self.model = CodebookModel(self)
        self._themes: list[ThemeRow] = []
        self._codes: list[CodeRow] = []
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("Filter codes")
        self.filter.installEventFilter(self)
        self.tree = CodeTree(self.model)
        self.tree.installEventFilter(self)
        self.setFocusProxy(self.tree)
        self.ask = Ask(self)
        self.new = NewCode(self.desk)
        self.acts = CodeActs(self.desk, self.tree, self.ask)
        self.drawer = Drawer(self)
        self._sheet: CodeSheet | None = None
        self._near: NearCodes | None = None
        self._bring_in: BringIn | None = None
        self._export: CodebookExport | None = None
        self._definition = label("", wrap=True)
        self._rules = label("", "Secondary", wrap=True)
        self._together = label("", "Secondary", wrap=True)
        self._nothing = self._make_nothing()
        self._name = label("", "Head", wrap=True)
        self._about = self._make_about()
        self.more = self._make_more()
        add = icon_button("New code", "add", self.new_code, tip="New code ({code.new})")
        head = row(Elided("Codebook", "Head"), None, self.more, add, gap=2)
        self._heads = label("people · segments", "Secondary")
        self._heads.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(column(head, self.filter, self._heads, margin=10, gap=6))
        layout.addWidget(self.new)
        layout.addWidget(self._nothing)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.ask)
        layout.addWidget(self._about)
        self._connect()

    def show_codes(self, themes: list[ThemeRow], codes: list[CodeRow]) -> None:
        """Show these; what is chosen and folded stays so."""
        self._themes, self._codes = themes, codes
        self.desk.know(themes, codes)
        self.filter.setPlaceholderText(f"Filter {len(codes)} codes" if len(codes) != 1 else "Filter 1 code")
        self._refill()
        self._show_about()
        self._follow_drawer()

    def count_anew(self) -> None:
        """Show how many people and segments codes and themes have now; nothing else of them has changed."""
        project = self.desk.project
        counts, within = project.codebook.counts(), project.themes.counts()
        self._codes = [counted(code, counts.get(code.id)) for code in self._codes]
        self._themes = [counted(theme, within.get(theme.id)) for theme in self._themes]
        self.desk.know(self._themes, self._codes)
        self.model.show_counts([*self._themes, *self._codes])
        if (chosen := self.chosen()) is not None and self._about.isVisible():
            self._say_about(self.desk.codes[chosen])
        if self.drawer.page is self._sheet:
            self._follow_drawer()

    def chosen(self) -> CodeId | None:
        current = self.model.row(self.tree.currentIndex())
        return current.id if isinstance(current, CodeRow) else None

    def choose(self, code_id: CodeId) -> None:
        self.tree.choose([code_id])

    # --- acts on the chosen codes ---

    def open_sheet(self) -> None:
        """Open the page of the chosen code."""
        code_id = self.chosen()
        if code_id is None:
            return
        if self._sheet is None:
            self._sheet = CodeSheet(self.desk)
        self._sheet.show_code(self.desk.codes[code_id])
        self.drawer.open(self._sheet, "Code")

    def new_code(self, *, under: CodeId | None = None, name: str = "") -> None:
        """Ask for the name of a new code, to stand beside what is chosen; or under a code."""
        self.new.open(self._spots(under), name)

    # --- acts on the codebook ---

    def find_near(self) -> None:
        """Offer codes that may be one."""
        if self._near is None:
            self._near = NearCodes(self.desk)
        self._near.load()
        self.drawer.open(self._near, "Codes that may be one")

    def bring_in(self) -> None:
        """Open the page where a codebook is pasted, or chosen as a file."""
        if self._bring_in is None:
            self._bring_in = BringIn(self.desk)
            self._bring_in.done.connect(self._brought_in)
        self._bring_in.show_plan()
        self.drawer.open(self._bring_in, "Bring in a codebook")

    def export(self, ending: str) -> None:
        """Export the codebook; ``ending`` is xlsx or docx."""
        if self._export is None:
            self._export = CodebookExport(self.desk, self.drawer)
        self._export.export(ending)

    # --- events ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
            if watched is self.filter and self._in_filter(Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    # --- within ---

    def _make_about(self) -> Fitting:
        self._open = button(
            "Open its page", self.open_sheet, "Link", tip="Its segments, meaning and history ({code.page})"
        )
        parts = (self._name, self._together, self._definition, self._rules, row(self._open, None))
        found = Fitting(column(*parts, 8, margin=12, gap=6), self, 0.28)
        found.hide()
        return found

    def _make_nothing(self) -> QWidget:
        """What stands there while no code has what was typed."""
        self._none = label("", "Secondary", wrap=True)
        make = button("New code of this name", lambda: self.new_code(name=self.filter.text().strip()))
        found = panel(column(self._none, row(make, None), margin=12, gap=8))
        found.hide()
        return found

    def _make_more(self) -> QToolButton:
        found = icon_button("More for the codebook", "more", lambda: None)
        found.setMenu(more_menu(self))
        found.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return found

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _: self._refill())
        self.new.added.connect(self.choose)
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self.tree.activated.connect(self._activated)
        self.tree.typed.connect(self._typed)
        self.tree.sheet_wanted.connect(self.open_sheet)
        self.tree.locked.connect(lambda: self.desk.workspace.refused.emit(READ_ONLY))
        self.tree.delete_wanted.connect(self.acts.delete)
        self.tree.shifted.connect(lambda by: self.desk.shift(self.tree.chosen(), by))
        self.tree.nested.connect(lambda under: (self.desk.nest if under else self.desk.lift)(self.tree.chosen()))
        self.tree.customContextMenuRequested.connect(lambda at: open_code_menu(self, at))
        self.ask.open_changed.connect(lambda _: self._show_about())
        self.new.open_changed.connect(self._show_about)
        self.model.gathered.connect(self.desk.gather)
        self.model.dropped.connect(self.acts.dropped)
        self.model.placed.connect(self.desk.place)
        self.model.renamed.connect(self._renamed, Qt.ConnectionType.QueuedConnection)  # the editor closes first
        self.desk.workspace.place_asked.connect(lambda *_: self.drawer.close_drawer())

    def _refill(self) -> None:
        """Show what the filter lets through; what is chosen and folded stays so."""
        folded, chosen = self._folded(), self.tree.chosen()
        self.model.show(self._themes, self._codes, self.filter.text())
        self.tree.expandAll()
        for index in self._themes_shown():
            held = self.model.row(index)
            if not self.filter.text() and held is not None and held.id in folded:
                self.tree.collapse(index)
        self.tree.choose(chosen)
        wanted = self.filter.text().strip()
        nothing = bool(wanted and self._codes and not self.model.first().isValid())
        self._none.setText(f"No code has “{wanted}” in its name." if nothing else "")
        self._nothing.setVisible(nothing)

    def _folded(self) -> set[str]:
        rows = ((index, self.model.row(index)) for index in self._themes_shown())
        return {held.id for index, held in rows if held is not None and not self.tree.isExpanded(index)}

    def _themes_shown(self, above: QModelIndex | None = None) -> list[QModelIndex]:
        above = above or QModelIndex()
        found = []
        for at in range(self.model.rowCount(above)):
            index = self.model.index(at, 0, above)
            if self.model.rowCount(index):
                found += [index, *self._themes_shown(index)]
        return found

    def _in_filter(self, key: Qt.Key) -> bool:
        """Down and Return go from the filter to the first code found; whether it was one of these."""
        found = bool(self.filter.text().strip())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and found:
            self.tree.setCurrentIndex(self.model.first())
            self._activated(self.tree.currentIndex())
            return True
        if key == Qt.Key.Key_Down:
            if found or self.chosen() is None:
                self.tree.setCurrentIndex(self.model.first())
            self.tree.setFocus()
            return True
        return False

    def _chosen(self, index: QModelIndex) -> None:
        code = self.model.row(index)
        self._show_about()
        if isinstance(code, CodeRow):
            self._say_about(code)
        self.code_chosen.emit(code.id if isinstance(code, CodeRow) else None)

    def _show_about(self) -> None:
        """What the chosen code means gives way to what is asked."""
        asking = not (self.ask.isHidden() and self.new.isHidden())
        self._about.setVisible(self.chosen() is not None and not asking)
        self._heads.setVisible(bool(self._codes) and not asking)

    def _say_about(self, code: CodeRow) -> None:
        self._name.setText(code.name)
        self._definition.setText(code.definition or "No definition yet.")
        rules = [("Include", code.include), ("Exclude", code.exclude)]
        self._rules.setText("\n".join(f"{name}: {text}" for name, text in rules if text))
        self._rules.setVisible(bool(code.include or code.exclude))
        self._together.setText(self.desk.together(code.id))
        self._together.setVisible(bool(self._together.text()))

    def _typed(self, letters: str) -> None:
        """What is typed in the list goes to the filter."""
        self.filter.setFocus()
        self.filter.setText(letters)

    def _renamed(self, row: CodeRow | ThemeRow, name: str) -> None:
        if isinstance(row, CodeRow):
            self.desk.rename(row.id, name)
        else:
            self.desk.rename_theme(row.id, name)

    def _spots(self, under: CodeId | None) -> list[Spot]:
        """Where a new code may go, the likeliest first."""
        row = self.model.row(self.tree.currentIndex())
        found = [Spot("No theme yet")]
        if isinstance(row, ThemeRow):
            found.insert(0, Spot(f"Under the theme “{row.name}”", theme_id=row.id))
        elif isinstance(row, CodeRow):
            inside = Spot(f"Under “{row.name}”", under=row.id)
            above = " › ".join(self.desk.path(row.id))
            beside = Spot(f"Beside “{row.name}”" + (f", in {above}" if above else ""), row.parent_id, row.theme_id)
            found = [inside, beside, *found] if under == row.id else [beside, inside, *found]
        return found

    def _activated(self, index: QModelIndex) -> None:
        code = self.model.row(index)
        if isinstance(code, CodeRow):
            self.code_activated.emit(code.id)
        elif index.isValid():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _brought_in(self, codes: list[CodeId]) -> None:
        self.drawer.close_drawer()
        self.tree.choose(codes[:1])

    def _follow_drawer(self) -> None:
        page = self.drawer.page
        if page is self._sheet and self._sheet is not None:
            code_id = self._sheet.code_id
            if code_id in self.desk.codes:
                self._sheet.show_code(self.desk.codes[code_id])
            else:
                self.drawer.close_drawer()
        elif page is self._near and self._near is not None:
            self._near.load()
        elif page is self._bring_in and self._bring_in is not None:
            self._bring_in.show_plan()


def counted(row: Row, count: tuple[int, int] | None) -> Row:
    """A code or theme with so many people and segments: itself where they are what they were."""
    people, segments = count or (0, 0)
    return row if (row.people, row.segments) == (people, segments) else replace(row, people=people, segments=segments)
