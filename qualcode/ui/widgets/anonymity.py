"""The anonymity review: what may identify somebody, decided on once and replaced everywhere alike."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QWidget

from qualcode import review as finding
from qualcode.core.values import Change
from qualcode.review import Found, Search
from qualcode.ui.models.identifiers import Review
from qualcode.ui.operations import Task
from qualcode.ui.widgets.anonymity_copy import Copies
from qualcode.ui.widgets.anonymity_register import RegisterPage, RulesPage
from qualcode.ui.widgets.anonymity_review import ReviewPage
from qualcode.ui.widgets.basics import Elided, button, column, empty, label, line, panel, row
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

LOOKING = "Looking for identifiers"
SHOWN_HERE = "Here names stand as they were said, for they are decided on here."
_DECISIONS = ("identifier", "identifier_form", "mention", "setting")
_SOURCES = ("transcript", "interview", "participant")


class AnonymityPane(QWidget):
    """A page of the Prepare stage: what waits for a decision, the register, the house rules."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.setObjectName("Background")
        self.setAccessibleName("Anonymity")
        self.review = Review()
        self.waiting = ReviewPage(workspace, self.review)
        self.copies = Copies(workspace)
        self.register = RegisterPage(workspace, self.review, self.copies)
        self.rules = RulesPage(workspace)
        self._looking = self._gained = False
        self._path: Path | None = None
        workspace.operations.ended.connect(self._ended)
        self.look_button = button("Look for identifiers", self.look, "Primary")
        self._first = empty(
            "What may identify somebody is looked for in all transcripts, here on this computer: names, places, "
            "schools, numbers, addresses. You decide on each string once, and it is replaced everywhere alike.",
            self.look_button,
        )
        self._nothing = empty("There is nothing to look through yet. Import transcripts first.")
        self._done = empty("Everything that was found is decided on. The register holds what is replaced.")
        self._stack = QStackedWidget()
        for page in (self.waiting, self.register, self.rules, self._first, self._nothing, self._done):
            self._stack.addWidget(page)
        self._tabs = [self._tab("To decide"), self._tab("Register"), self._tab("House rules")]
        self._group = QButtonGroup(self)
        for number_, tab in enumerate(self._tabs):
            self._group.addButton(tab, number_)
        self._tabs[0].setChecked(True)
        self._group.idClicked.connect(lambda _: self._show_page())
        self._progress = Elided()
        self._again = button("Look again", self.look, tip="Look through all transcripts again")
        self._notice = label("", "Attention", wrap=True)
        self._notice.setContentsMargins(12, 4, 12, 8)
        self._copy = button(
            "Anonymised copy…", self.copies.copy, tip="A copy of this project in which nobody is named, to be shared"
        )
        head = panel(row(*self._tabs, None, self._progress, self._again, self._copy, margin=8))
        self.setLayout(column(head, self._notice, line(), self.copies, self._stack, gap=0))
        self.layout().setStretch(4, 1)  # type: ignore[union-attr]

    # --- a page of the stage ---

    def load(self) -> None:
        """Read the project anew."""
        if self.workspace.project.path != self._path:
            self._path = self.workspace.project.path
            self._looking = False
            self._enable_looking()
            self.copies.clear()
            self.review.forget()
        self.review.load(self.workspace.project)
        self._show_all()

    def react(self, change: Change) -> None:
        """Follow one change while shown."""
        if change.touches(*_SOURCES):
            self.load()
        elif change.touches(*_DECISIONS):
            self.review.follow(self.workspace.project)
            self._show_all(gained=change.verb == "undid")

    def panes(self) -> list[QWidget]:
        """What F6 goes round, in reading order."""
        shown = self._stack.currentWidget()
        if shown is self.waiting:
            return [self.waiting.grid, self.waiting.detail.words, self.waiting.detail.places]
        if shown is self.register:
            return [self.register.grid, self.register.places]
        return [self.rules.grid] if shown is self.rules else [self._tabs[0]]

    # --- acts ---

    def look(self) -> None:
        """Look for identifiers on a worker; what was found before stays until then."""
        if self._looking or not self.workspace.is_open:
            return
        self._looking = True
        self._enable_looking()
        wanted = finding.search(self.workspace.project)
        self.workspace.operations.start(LOOKING, lambda task: _looked(wanted, task), then=self._found)

    # --- within ---

    def _found(self, found: Found) -> None:
        finding.keep(self.workspace.project, found)
        self.workspace.mask.renew()
        self.load()
        self.workspace.said.emit(f"{number(len(found.proposals), 'string')} found that may identify somebody")
        self._tabs[0].setChecked(True)
        self._show_page()
        if self.review.shown and self.isVisible():
            self.waiting.grid.setFocus()

    def _ended(self, title: str) -> None:
        if title == LOOKING:
            self._looking = False
            self._enable_looking()

    def _enable_looking(self) -> None:
        for way in (self.look_button, self._again):
            way.setEnabled(not self._looking)
        self.look_button.setText(f"{LOOKING} …" if self._looking else "Look for identifiers")

    def _show_all(self, *, gained: bool = False) -> None:
        self._gained = gained
        r = self.review
        self._tabs[0].setText(f"To decide {len(r.shown)}" if r.shown else "To decide")
        self._tabs[1].setText(f"Register {len(r.rows)}" if r.rows else "Register")
        looked = bool(r.found.transcripts)
        self._progress.setText(f"{r.looked_at} of {r.total} looked at" if looked else "")
        self._again.setVisible(looked)
        self._copy.setVisible(looked or bool(r.rows))
        self.show_remarks()
        self._show_page()

    def show_remarks(self) -> None:
        """Say what is to be known of the search, and that names stand here whatever is shown elsewhere."""
        self._notice.setText(" ".join(self._remarks()))
        self._notice.setVisible(bool(self._notice.text()))

    def _remarks(self) -> list[str]:
        r = self.review
        said = [SHOWN_HERE] if self.workspace.mask.on and (r.found.transcripts or r.rows) else []
        said += r.found.remarks
        if r.found.transcripts and r.unread:
            many = number(len(r.unread), "transcript")
            were = "was" if len(r.unread) == 1 else "were"
            said.append(f"{many} {were} not looked through yet. Look again to find what is in there.")
        elif r.found.transcripts and r.names_are_new:
            said.append("The names of people have changed since. Look again to find them everywhere.")
        return said

    def _show_page(self) -> None:
        """Show the page that is chosen, as things stand now."""
        r, number_ = self.review, self._group.checkedId()
        page: QWidget = (self.waiting, self.register, self.rules)[number_]
        if number_ == 0 and not r.found.transcripts:
            page = self._first if r.unread else self._nothing
        elif number_ == 0 and not r.shown and not r.indirect:
            page = self._done
        if page is self.register:
            self.register.show_register()
        elif page is self.rules:
            self.rules.show_rules()
        else:
            self.waiting.show_waiting(gained=self._gained)
        self._stack.setCurrentWidget(page)

    def _tab(self, words: str) -> QToolButton:
        tab = QToolButton()
        tab.setObjectName("Flat")
        tab.setText(words)
        tab.setCheckable(True)
        tab.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return tab


def _looked(wanted: Search, task: Task) -> Found:
    return wanted.run(lambda p: task.progress(p.done, p.total, p.what), task.cancelled)
