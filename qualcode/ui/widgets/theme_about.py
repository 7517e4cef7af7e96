"""What is written about a theme or a code: name, definition and message, edited where they stand, and the counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout

from qualcode.core.rows import CodeRow, FindingRow, ThemeRow
from qualcode.report import markup
from qualcode.ui import theme
from qualcode.ui.hints import hint
from qualcode.ui.mask import READ_ONLY, Anonymised
from qualcode.ui.widgets.basics import button, clear, column, label, row
from qualcode.ui.widgets.kept_field import KeptField

LONGEST_FINDING = 140
SAID_FIRST = "What that does is said before it is done"


class NameField(QLineEdit):
    """A name that is kept with Return or when the field is left, and put back when it could not be kept."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._kept = ""
        self._keep: Callable[[str], object] = lambda _: None
        self.editingFinished.connect(self.keep)
        self._restyle()
        theme.appearance.changed.connect(self._restyle)

    def show_name(self, name: str, keep: Callable[[str], object]) -> None:
        self.keep()
        self._kept, self._keep = name, keep
        self.setReadOnly(isinstance(name, Anonymised))
        hint(self, READ_ONLY if self.isReadOnly() else "")
        if self.text() != name:
            self.setText(name)
            self.setCursorPosition(0)

    def keep(self) -> None:
        typed, before = self.text().strip(), self._kept
        if typed == before:
            return
        self._kept = typed
        if not self._keep(typed):
            self._kept = before
            self.setText(before)

    def _restyle(self) -> None:
        self.setFont(theme.interface_font(15, bold=True))


class ThemeAbout(QFrame):
    """One theme. ``finding_wanted`` carries a finding's id."""

    finding_wanted = Signal(str)
    report_wanted = Signal()
    sub_theme_wanted = Signal()
    merge_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = NameField("Name of the theme")
        self.definition = KeptField("Definition", "What belongs to this theme, and what does not")
        self.message = KeptField("Central message", "What the theme says, in a sentence or two")
        self._counts = QVBoxLayout()
        self._counts.setSpacing(theme.px(2))
        self._findings_head = label("Findings", "Head")
        self._findings = QVBoxLayout()
        self._findings.setSpacing(theme.px(2))
        acts = (
            row(button("New sub-theme", self.sub_theme_wanted.emit, "Link"), None),
            row(button("Merge into…", self.merge_wanted.emit, "Link"), None),
            row(button("Delete theme", self.delete_wanted.emit, "Link", tip="Delete theme ({themes.delete})"), None),
        )
        self.setLayout(
            column(
                self.name,
                self._counts,
                4,
                label("Central message", "Head"),
                self.message,
                label("Definition", "Head"),
                self.definition,
                4,
                self._findings_head,
                self._findings,
                8,
                column(*acts, gap=2),
                None,
                margin=12,
                gap=6,
            )
        )

    def show_counts(self, lines: Sequence[tuple[str, str]]) -> None:
        """Lines of a tone (Secondary, Attention) and words, most telling first."""
        clear(self._counts)
        for tone, words in lines:
            self._counts.addWidget(label(words, tone, wrap=True))

    def show_findings(self, findings: Sequence[FindingRow]) -> None:
        count = len(findings)
        self._findings_head.setText(f"Findings · {count}" if count else "Findings")
        clear(self._findings)
        for finding in findings:
            self._findings.addWidget(_finding(finding, partial(self.finding_wanted.emit, finding.id)))
        if not findings:
            self._findings.addWidget(label("None yet. Findings are written in Report.", "Secondary", wrap=True))
            self._findings.addLayout(row(button("Open Report", self.report_wanted.emit, "Link"), None))


class CodeAbout(QFrame):
    """One code."""

    move_wanted = Signal()
    merge_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._colour = ""
        theme.appearance.changed.connect(self._restyle)
        self.name = NameField("Name of the code")
        self.definition = KeptField("Definition of the code", "What the code means")
        self.include = KeptField("Include", "What belongs to it")
        self.exclude = KeptField("Exclude", "What does not, and where it goes")
        self._counts = label("", "Secondary", wrap=True)
        self._place = label("", "Secondary", wrap=True)
        note = "What was coded before a change of these is put on the list for a second look."
        self.setLayout(
            column(
                self.name,
                self._counts,
                self._place,
                4,
                label("Definition", "Head"),
                self.definition,
                label("Include", "Head"),
                self.include,
                label("Exclude", "Head"),
                self.exclude,
                label(note, "Secondary", wrap=True),
                8,
                column(
                    row(
                        button("Move to theme…", self.move_wanted.emit, "Link", tip="To another theme ({themes.move})"),
                        None,
                    ),
                    row(button("Merge into…", self.merge_wanted.emit, "Link", tip=SAID_FIRST), None),
                    gap=2,
                ),
                None,
                margin=12,
                gap=6,
            )
        )

    def show_facts(self, code: CodeRow, counts: str, place: str) -> None:
        self._counts.setText(counts)
        self._place.setText(place)
        self._colour = code.colour
        self._restyle()

    def _restyle(self) -> None:
        if self._colour:
            self.name.setStyleSheet(f"color: {theme.readable(self._colour).name()};")


class ManyAbout(QFrame):
    """Several codes or themes chosen together."""

    move_wanted = Signal()
    merge_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "Title", wrap=True)
        self._names = label("", "Secondary", wrap=True)
        self._move = button("Move to theme…", self.move_wanted.emit, "Primary", tip="To another theme ({themes.move})")
        self._merge = button("Merge into…", self.merge_wanted.emit, tip=SAID_FIRST)
        acts = row(self._move, self._merge, None, gap=6)
        self.setLayout(column(self._words, self._names, 4, acts, None, margin=12, gap=6))

    def show_many(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        parts = ((len(themes), "theme"), (len(codes), "code"))
        said = " and ".join(f"{n} {noun}{'s' * (n > 1)}" for n, noun in parts if n)
        self._words.setText(f"{said} chosen")
        self._names.setText(", ".join([*(t.name for t in themes), *(c.name for c in codes)]))
        self._move.setVisible(bool(codes))
        self._merge.setVisible(bool(codes) and not themes)


def _finding(finding: FindingRow, act: Callable[[], object]) -> QPushButton:
    words = markup.plain(finding.text)
    shown = words if len(words) <= LONGEST_FINDING else words[: LONGEST_FINDING - 1].rsplit(" ", 1)[0] + " …"
    found = button("", act, "Link", tip="Open in Report")
    inside = label(shown, wrap=True)
    inside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    layout = column(inside, margin=4)
    found.setLayout(layout)
    found.setAccessibleName(f"Finding: {words}")
    found.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return found
