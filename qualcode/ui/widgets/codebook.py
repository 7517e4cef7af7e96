"""The codebook beside a transcript: filter, tree with people and segments, and what the chosen code means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from qualcode.core.codebook import COLOURS
from qualcode.core.rows import CodeRow, ThemeRow
from qualcode.core.values import CodeId
from qualcode.ui.codebook_desk import CodebookDesk
from qualcode.ui.models.codebook import CodebookModel
from qualcode.ui.widgets.basics import Elided, button, column, icon_button, label, row
from qualcode.ui.widgets.chooser import Choice, Chooser, Question
from qualcode.ui.widgets.codebook_ask import Ask
from qualcode.ui.widgets.codebook_bring_in import BringIn
from qualcode.ui.widgets.codebook_drawer import Drawer
from qualcode.ui.widgets.codebook_export import CodebookExport
from qualcode.ui.widgets.codebook_near import NearCodes
from qualcode.ui.widgets.codebook_sheet import COLOUR_NAMES, CodeSheet
from qualcode.ui.widgets.codebook_tree import CodeTree
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.workspace import Workspace


class CodebookPanel(QFrame):
    """Type to filter, Return to apply the chosen code to the selection, the menu key for what else can be done."""

    code_chosen = Signal(object)
    """A CodeId, or None when none is chosen."""
    code_activated = Signal(object)
    """Return or a double click on a code: the CodeId."""
    new_wanted = Signal()

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
        self.setFocusProxy(self.tree)
        self.ask = Ask(self)
        self.drawer = Drawer(self)
        self._sheet: CodeSheet | None = None
        self._near: NearCodes | None = None
        self._bring_in: BringIn | None = None
        self._export: CodebookExport | None = None
        self._chooser = Chooser(self)
        self._definition = label("", wrap=True)
        self._rules = label("", "Secondary", wrap=True)
        self._name = label("", "Head", wrap=True)
        self._about = self._make_about()
        self.more = self._make_more()
        add = icon_button("New code", "add", self.new_wanted.emit, tip="New code (Ctrl+Shift+N)")
        head = row(Elided("Codebook", "Head"), None, self.more, add, gap=2)
        self._heads = label("people · segments", "Secondary")
        self._heads.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(column(head, self.filter, self._heads, margin=10, gap=6))
        layout.addWidget(self.ask)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self._about)
        self._connect()

    def show_codes(self, themes: list[ThemeRow], codes: list[CodeRow]) -> None:
        """Show these; what is chosen and folded stays so."""
        self._themes, self._codes = themes, codes
        self.desk.know(themes, codes)
        self.filter.setPlaceholderText(f"Filter {len(codes)} codes" if len(codes) != 1 else "Filter 1 code")
        self._heads.setVisible(bool(codes))
        chosen = self.tree.chosen()
        self._refill()
        self.tree.choose([code for code in chosen if code in self.desk.codes])
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

    def rename(self) -> None:
        """Open the page of the chosen code with its name ready to be typed over."""
        self.open_sheet()
        if self._sheet is not None and self.chosen() is not None:
            self._sheet.name.selectAll()

    def ask_theme(self) -> None:
        """Ask where the chosen codes shall go."""
        codes = self.tree.chosen()
        if codes:
            choices = [Choice(t.id, t.name, depth=t.parent_id is not None) for t in self._themes]
            question = Question(
                f"Move {self.desk.called(codes)} to",
                [*choices, Choice(None, "No theme")],
                lambda key: self.desk.gather(codes, key),  # type: ignore[arg-type]
            )
            self._chooser.ask(self._place(), question)

    def ask_merge(self) -> None:
        """Ask into which code the chosen ones shall go, and say what that will do before it is done."""
        codes = self.tree.chosen()
        if codes:
            others = [Choice(c.id, c.name, colour=c.colour) for c in self._codes if codes != [c.id]]
            title = f"Merge {self.desk.called(codes)} into"
            self._chooser.ask(self._place(), Question(title, others, lambda key: self._confirm_merge(codes, key)))

    def delete(self) -> None:
        """Delete the chosen codes; where something hangs on them that is said first."""
        codes = self.tree.chosen()
        means = self.desk.removing_means(codes) if codes else ""
        if means:
            words = "Delete code" if len(codes) == 1 else "Delete codes"
            self.ask.ask(means, [(words, lambda: self.desk.remove(codes))])
        elif codes:
            self.desk.remove(codes)

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
            self._bring_in.done.connect(self.drawer.close_drawer)
        self._bring_in.show_plan()
        self.drawer.open(self._bring_in, "Bring in a codebook")

    def export(self, ending: str) -> None:
        """Export the codebook; ``ending`` is xlsx or docx."""
        if self._export is None:
            self._export = CodebookExport(self.desk, self.drawer)
        self._export.export(ending)

    # --- events ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.filter:
            if event.key() == Qt.Key.Key_Down:
                self._choose_first()
                self.tree.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.filter.text().strip():
                self._choose_first()
                self._activated(self.tree.currentIndex())
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    # --- within ---

    def _make_about(self) -> Fitting:
        link = button("Open its page", self.open_sheet, "Link", tip="Its meaning, where it is used, its history (F4)")
        about = column(self._name, self._definition, self._rules, row(link, None), 8, margin=12, gap=6)
        found = Fitting(about, self, 0.34)
        found.hide()
        return found

    def _make_more(self) -> QToolButton:
        menu = QMenu(self)
        menu.addAction("New code", self.new_wanted.emit)
        menu.addSeparator()
        menu.addAction("Find codes that may be one", self.find_near)
        menu.addSeparator()
        menu.addAction("Bring in a codebook…", self.bring_in)
        menu.addAction("Export to Excel…", partial(self.export, "xlsx"))
        menu.addAction("Export to Word…", partial(self.export, "docx"))
        menu.addSeparator()
        menu.addAction("Open all themes", self.tree.expandAll)
        menu.addAction("Close all themes", self.tree.collapseAll)
        found = icon_button("More for the codebook", "more", lambda: None)
        found.setMenu(menu)
        found.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return found

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _: self._refill())
        self.tree.selectionModel().currentChanged.connect(self._chosen)
        self.tree.activated.connect(self._activated)
        self.tree.rename_wanted.connect(self.rename)
        self.tree.sheet_wanted.connect(self.open_sheet)
        self.tree.delete_wanted.connect(self.delete)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.ask.open_changed.connect(lambda asking: self._about.setVisible(not asking and self.chosen() is not None))
        self.model.gathered.connect(self.desk.gather)
        self.model.dropped.connect(self._dropped)
        self.desk.workspace.place_asked.connect(lambda *_: self.drawer.close_drawer())

    def _refill(self) -> None:
        folded = self._folded()
        self.model.show(self._themes, self._codes, self.filter.text())
        self.tree.expandAll()
        for index in self._themes_shown():
            held = self.model.row(index)
            if not self.filter.text() and held is not None and held.id in folded:
                self.tree.collapse(index)

    def _folded(self) -> set[str]:
        rows = ((index, self.model.row(index)) for index in self._themes_shown())
        return {held.id for index, held in rows if held is not None and not self.tree.isExpanded(index)}

    def _themes_shown(self, above: QModelIndex | None = None) -> list[QModelIndex]:
        above = above or QModelIndex()
        found = []
        for number in range(self.model.rowCount(above)):
            index = self.model.index(number, 0, above)
            if self.model.rowCount(index):
                found += [index, *self._themes_shown(index)]
        return found

    def _choose_first(self) -> None:
        current = self.model.row(self.tree.currentIndex())
        if not isinstance(current, CodeRow):
            self.tree.setCurrentIndex(self.model.first())

    def _chosen(self, index: QModelIndex) -> None:
        code = self.model.row(index)
        self._about.setVisible(isinstance(code, CodeRow))
        if isinstance(code, CodeRow):
            self._name.setText(code.name)
            self._definition.setText(code.definition or "No definition yet.")
            rules = [("Include", code.include), ("Exclude", code.exclude)]
            self._rules.setText("\n".join(f"{name}: {text}" for name, text in rules if text))
            self._rules.setVisible(bool(code.include or code.exclude))
        self.code_chosen.emit(code.id if isinstance(code, CodeRow) else None)

    def _activated(self, index: QModelIndex) -> None:
        code = self.model.row(index)
        if isinstance(code, CodeRow):
            self.code_activated.emit(code.id)
        elif index.isValid():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _dropped(self, codes: list[CodeId], on: CodeId) -> None:
        """Two things can be meant: what each does is said first."""
        if not codes:
            return
        self.ask.ask(
            self.desk.merging_means(codes, on),
            [("Merge", lambda: self.desk.merge(codes, on)), ("Put under it", lambda: self.desk.put_under(codes, on))],
        )

    def _confirm_merge(self, codes: Sequence[CodeId], key: object) -> None:
        into = CodeId(str(key))
        gone = [code for code in codes if code != into]
        self.ask.ask(self.desk.merging_means(gone, into), [("Merge", lambda: self.desk.merge(gone, into))])

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

    def _menu(self, at: QPoint) -> None:
        codes = self.tree.chosen()
        if not codes:
            return
        menu = QMenu(self)
        acts: list[tuple[str, Callable[[], object]]] = [("Merge into…", self.ask_merge), ("Move to…", self.ask_theme)]
        if len(codes) == 1:
            menu.addAction("Open\tF4", self.open_sheet)
            menu.addAction("Rename\tF2", self.rename)
            self._add_favourites(menu, codes[0])
        colours = menu.addMenu("Colour")
        for colour, name in zip(COLOURS, COLOUR_NAMES, strict=True):
            colours.addAction(name, partial(self.desk.recolour, codes, colour))
        for words, act in acts:
            menu.addAction(words, act)
        menu.addSeparator()
        menu.addAction("Delete\tDel", self.delete)
        menu.exec(self.tree.viewport().mapToGlobal(at))

    def _add_favourites(self, menu: QMenu, code_id: CodeId) -> None:
        keys = menu.addMenu("Number key")
        for place in range(1, 10):
            holder = next((c for c in self._codes if c.shortcut == place), None)
            words = f"{place}, now “{holder.name}”" if holder and holder.id != code_id else str(place)
            entry = keys.addAction(words, partial(self.desk.make_favourite, code_id, place))
            entry.setCheckable(True)
            entry.setChecked(holder is not None and holder.id == code_id)
        keys.addAction("None", partial(self.desk.make_favourite, code_id, None))

    def _place(self) -> QPoint:
        index = self.tree.currentIndex()
        at: QWidget = self.tree.viewport()
        return at.mapToGlobal(self.tree.visualRect(index).bottomLeft())
