"""A report that came back from Word: what was done to it as a list, each with its words before and after."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QTextBrowser

from qualcode.core.values import Change
from qualcode.ui import theme
from qualcode.ui.models.report_desk import ReportDesk
from qualcode.ui.widgets.basics import button, column, label, line
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.widgets.report_sentences import SAID, Sentences, scrolling
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

if TYPE_CHECKING:
    from qualcode.report.returned.difference import Comparison, Difference, TakenBack
    from qualcode.report.returned.wordings import Stretch
    from qualcode.ui.operations import Task

FILES = "Word reports (*.docx);;Workbooks, texts, exchanged projects (*.xlsx *.txt *.md *.csv *.qdpx)"


class ReturnedPanel(QFrame):
    """Arrow keys show what was changed; Return or Open leads to it in the project."""

    asked = Signal(object)
    """An Origin."""
    passage_asked = Signal(object, object)
    """A transcript's id and a Span in it."""
    shown = Signal()
    """A document was checked."""

    def __init__(self, workspace: Workspace, desk: ReportDesk) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self._workspace = workspace
        self._desk = desk
        self._path: Path | None = None
        self._found: Comparison | None = None
        self._head = label("", "Title", wrap=True)
        self._about = label("", "Secondary", wrap=True)
        self._stale = label("The project has changed since. Check again to see what is left.", "Attention", wrap=True)
        self.list = Sentences("What was found in the document")
        self.list.currentItemChanged.connect(lambda *_: self._preview())
        self.list.itemActivated.connect(lambda _: self.open_chosen())
        self.preview = QTextBrowser()
        self.preview.setAccessibleName("Before and after")
        self.preview.setObjectName("Prose")
        self.preview.setOpenLinks(False)
        self._open = button("Open", self.open_chosen, tip="Show it where it is written (Return)")
        self._take = button("Take back", self.take_chosen, "Primary", tip="Write the words of the document here")
        self._take_all = button("", self.take_all)
        self._again = button("Check again", self.check_again)
        acts = Flow(6)
        for part in (self._take, self._take_all, self._open, self._again):
            acts.addWidget(part)
        head = column(self._head, self._about, self._stale, margin=12, gap=2)
        foot = column(acts, margin=8)
        layout = column(head, self.list, line(), self.preview, foot, gap=0)
        layout.setStretch(1, 3)
        layout.setStretch(3, 2)
        self.preview.document().setDocumentMargin(theme.px(10))
        self.preview.setMinimumHeight(theme.px(110))
        self.setLayout(column(scrolling(layout), gap=0))
        self.setFocusProxy(self.list)
        theme.appearance.changed.connect(self._preview)

    # --- checking ---

    def choose(self) -> None:
        """Ask for a document that came back and check it."""
        start = self._path or self._desk.project.path.parent
        path, _ = QFileDialog.getOpenFileName(self.window(), "Check a report from Word", str(start), FILES)
        if path:
            self.check(Path(path))

    def check_again(self) -> None:
        if self._path is not None:
            self.check(self._path)

    def check(self, path: Path) -> None:
        """Hold a file against the project, on a worker."""
        from qualcode.report.returned.basis import Basis
        from qualcode.report.returned.check import Returned, compared

        project, guard = self._desk.project, self._desk.guard

        def read() -> tuple[Returned, Basis | None]:
            returned = Returned.read(path)
            document = returned.document
            return returned, Basis(project, document, guard) if document is not None else None

        made = self._workspace.attempt(read)
        if made is None:
            return
        returned, basis = made

        def work(task: Task) -> Comparison:
            return compared(returned, basis, guard, lambda p: task.progress(p.done, p.total, p.what), task.cancelled)

        def then(found: Comparison) -> None:
            guard.keep_found()
            self._path = path
            self.show_found(found)
            self.shown.emit()

        self._workspace.operations.start(f"Checking {path.name}", work, then=then)

    def react(self, change: Change) -> None:
        """Say that what is shown may no longer hold."""
        self._stale.setVisible(self._found is not None)

    def clear(self) -> None:
        """Forget what was checked."""
        self._path = self._found = None
        self.list.clear()

    # --- showing ---

    def show_otherwise(self) -> None:
        """Tell what was found in the words that the mask shows now."""
        if self._found is not None:
            self.show_found(self._found)

    def show_found(self, found: Comparison) -> None:
        self._found = found
        differences = found.differences
        self._head.setText(number(len(differences), "thing") + " to look at" if differences else _nothing(found))
        known = f"{number(found.quotes, 'quote')} and {number(found.findings, 'finding')} found in it."
        self._about.setText(f"{found.name}. {known if found.quotes or found.findings else ''}".strip())
        self._stale.hide()
        self.list.show_all(differences, _spoken, self._desk.mask.words)
        self.list.setVisible(bool(differences))
        self.preview.setVisible(bool(differences))
        self._preview()

    def chosen(self) -> Difference | None:
        found: Difference | None = self.list.held()
        return found

    # --- acts ---

    def open_chosen(self) -> None:
        """Show in the project what the chosen item speaks of."""
        chosen = self.chosen()
        if chosen is not None and chosen.passage is not None:
            self.passage_asked.emit(*chosen.passage)
        elif chosen is not None and chosen.origin.id:
            self.asked.emit(chosen.origin)

    def take_chosen(self) -> None:
        chosen = self.chosen()
        if chosen is not None and chosen.taken is not None:
            self._take_back([chosen.taken])

    def take_all(self) -> None:
        """Take every changed finding back, as one step."""
        if self._found is not None:
            self._take_back(self._found.takeable)

    # --- within ---

    def _take_back(self, changes: Sequence[TakenBack]) -> None:
        from qualcode.report.returned.check import take_back

        def act() -> bool:
            take_back(self._desk.project, changes)
            return True

        if self._workspace.attempt(act):
            self.check_again()

    def _preview(self) -> None:
        chosen = self.chosen()
        takeable = self._found.takeable if self._found is not None else ()
        self._take.setVisible(bool(takeable))
        self._take.setEnabled(chosen is not None and chosen.taken is not None)
        self._take_all.setVisible(len(takeable) > 1)
        self._take_all.setText(f"Take all {len(takeable)} back")
        self._open.setEnabled(chosen is not None and bool(chosen.origin.id or chosen.passage))
        self._again.setVisible(self._path is not None)
        self.preview.setHtml(_told(self._desk.mask.everything(chosen)) if chosen is not None else "")


def _spoken(difference: Difference) -> str:
    where = f", under {difference.place}" if difference.place else ""
    return f"{SAID[difference.severity]}, {difference.kind.value}: {difference.sentence}{where}"


def _nothing(found: Comparison) -> str:
    return "Nothing was changed" if found.quotes or found.findings else "No identifier found"


def _told(difference: Difference) -> str:
    """Where it stands, its words before and after, and what would be taken back."""
    quiet = theme.tokens().secondary
    parts = [f"<p style='color:{quiet}'>Under “{escape(difference.place)}”</p>"] if difference.place else []
    if difference.diff:
        parts.append(f"<p>{''.join(map(_stretch, difference.diff))}</p>")
    taken = difference.taken
    if taken is not None:
        what = "shorter wording" if taken.field == "summary" else "finding"
        parts.append(f"<p style='color:{quiet}'>Taken back, the {what} reads:</p><p>{escape(taken.after)}</p>")
        if taken.lost:
            lost = ", ".join(map(escape, taken.lost))
            parts.append(f"<p style='color:{quiet}'>Without these marks, which found no place: {lost}</p>")
    return "".join(parts) or f"<p style='color:{quiet}'>Return opens it.</p>"


def _stretch(stretch: Stretch) -> str:
    words = escape(stretch.words)
    t = theme.tokens()
    if stretch.fate == "gone":
        return f"<s style='color:{t.attention}'>{words}</s>"
    return f"<u style='color:{t.good}'><b>{words}</b></u>" if stretch.fate == "new" else words
