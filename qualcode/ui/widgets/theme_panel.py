"""What is chosen on the board: what is written about it, and the segments behind it by person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QTabWidget

from qualcode.core.analysis import Analysis
from qualcode.core.pieces import Pieces
from qualcode.core.rows import CodeRow, FindingRow, ThemeRow
from qualcode.core.values import Change, CodeId, SegmentId
from qualcode.ui.comparisons import is_large
from qualcode.ui.models.framework import Card, CodeCard, ThemeCard
from qualcode.ui.models.passages import by_person
from qualcode.ui.operations import Errand
from qualcode.ui.widgets.basics import column, label, panel
from qualcode.ui.widgets.evidence import Evidence
from qualcode.ui.widgets.theme_about import CodeAbout, ManyAbout, ThemeAbout
from qualcode.ui.wording import number, people, raised
from qualcode.ui.workspace import Workspace

WAITING = "Counting …"


class ThemePanel(QTabWidget):
    """``analysis`` gives who said what, as it stands now; ``rename`` says whether it did."""

    def __init__(
        self,
        workspace: Workspace,
        analysis: Callable[[], Analysis],
        rename: Callable[[ThemeRow | CodeRow, str], bool],
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._analysis = analysis
        self._rename = rename
        self.setDocumentMode(True)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName("About what is chosen, segments")
        self._hint = label("Choose a theme or a code to see what is behind it.", "Secondary", wrap=True)
        self._hint.setContentsMargins(12, 12, 12, 12)
        self.theme = ThemeAbout()
        self.code = CodeAbout()
        self.many = ManyAbout()
        self._bodies = (self._hint, self.theme, self.code, self.many)
        area = QScrollArea()
        area.setAccessibleName("About what is chosen")
        area.setWidgetResizable(True)
        layout = column(*self._bodies, gap=0)
        layout.addStretch(1)
        area.setWidget(panel(layout))
        self.evidence = Evidence(workspace, "Choose a theme or a code to see its segments.")
        self.addTab(area, "About")
        self.addTab(self.evidence, "Segments")
        self._waiting: Callable[[], None] | None = None
        self._errands: list[Errand] = []
        self._read: Analysis | None = None
        self._filled: tuple[str, ...] = ()
        self._gathering = self._entering = False
        self.currentChanged.connect(lambda _: self._catch_up())
        self.theme.finding_wanted.connect(workspace.finding_asked)
        workspace.changed.connect(self._follow)
        self.theme.report_wanted.connect(lambda: workspace.stage_asked.emit("report"))
        self.show_cards((), {}, ())

    def show_cards(self, cards: Sequence[Card], places: Mapping[CodeId, str], findings: Sequence[FindingRow]) -> None:
        """Show what is chosen; ``places`` says where each code stands."""
        self._let_be()
        themes = [card.row for card in cards if isinstance(card, ThemeCard)]
        codes = [card.row for card in cards if isinstance(card, CodeCard)]
        if len(cards) == 1 and themes:
            inside = self._workspace.project.themes.within(themes[0].id)
            self._show_theme(themes[0], [f for f in findings if f.theme_id in inside])
            self._show_body(self.theme, "Theme")
        elif len(cards) == 1:
            self._show_code(codes[0], places.get(codes[0].id, ""))
            self._show_body(self.code, "Code")
        elif cards:
            self.many.show_many(themes, codes)
            self._show_body(self.many, "Chosen")
        else:
            self._show_body(self._hint, "About")
        self._show_segments(themes, codes)

    def show_segments(self) -> None:
        """Turn to the segments, ready for the arrow keys."""
        self.setCurrentWidget(self.evidence)
        self._entering = self._gathering
        if not self._gathering:
            self._enter_segments()

    def keep(self) -> None:
        """Keep what is being typed."""
        for field in (self.theme.name, self.theme.definition, self.theme.message, self.code.name):
            field.keep()
        for field in (self.code.definition, self.code.include, self.code.exclude):
            field.keep()

    # --- within ---

    def _show_body(self, shown: object, title: str) -> None:
        for body in self._bodies:
            body.setVisible(body is shown)
        self.setTabText(0, title)

    def _show_theme(self, row: ThemeRow, findings: Sequence[FindingRow]) -> None:
        themes = self._workspace.project.themes
        self.theme.name.show_name(row.name, lambda name: self._rename(row, name))
        self.theme.definition.show_text(
            row.definition, lambda text: self._workspace.attempt(lambda: themes.define(row.id, definition=text))
        )
        self.theme.message.show_text(
            row.central_message, lambda text: self._workspace.attempt(lambda: themes.define(row.id, message=text))
        )
        self.theme.show_findings(findings)
        self._count(row)

    def _show_code(self, row: CodeRow, place: str) -> None:
        self.code.name.show_name(row.name, lambda name: self._rename(row, name))
        for field, key, text in (
            (self.code.definition, "definition", row.definition),
            (self.code.include, "include", row.include),
            (self.code.exclude, "exclude", row.exclude),
        ):
            field.show_text(text, partial(self._define_code, row.id, key))
        used = f"{people(row.people)} · {number(row.segments, 'segment')}" if row.segments else "Nobody uses it yet."
        self.code.show_facts(row, used, f"Under “{place}”" if place else "Under no theme")

    def _define_code(self, code_id: CodeId, part: str, words: str) -> None:
        self._workspace.attempt(lambda: self._workspace.project.codebook.define(code_id, **{part: words}))

    def _count(self, row: ThemeRow) -> None:
        """Say who raised a theme; where much is to be read for that, once it is."""
        analysis = self._analysis()
        if analysis is self._read or not is_large(analysis):
            self.theme.show_counts(self._counts(row, analysis))
        else:
            self.theme.show_counts([("Secondary", WAITING)])
            self._in_passing(analysis.read_people(), lambda: self._land_counts(row, analysis))

    def _land_counts(self, row: ThemeRow, analysis: Analysis) -> None:
        self._read = analysis
        self.theme.show_counts(self._counts(row, analysis))

    def _in_passing(self, pieces: Pieces[None], then: Callable[[], None]) -> None:
        """Read for what is chosen while the window goes on."""
        errand = self._workspace.operations.in_passing(pieces, lambda _: self._land(errand, then))
        self._errands.append(errand)

    def _land(self, errand: Errand, then: Callable[[], None]) -> None:
        self._errands.remove(errand)
        then()

    def _follow(self, _change: Change) -> None:
        """Behind another stage nothing is read on: what is chosen is shown anew when one comes back."""
        if not self.isVisible():
            self._let_be()

    def _let_be(self) -> None:
        """Read no more for what was chosen before."""
        for errand in self._errands:
            errand.drop()
        self._errands.clear()
        self._gathering = self._entering = False

    def _counts(self, row: ThemeRow, analysis: Analysis) -> list[tuple[str, str]]:
        whole = analysis.count_people(row.id)
        lines = [("", f"Raised by {raised(whole)} · {number(row.segments, 'segment')}")]
        waves = analysis.waves
        if len(waves) > 1:
            lines += [("Secondary", f"{wave.name}: {raised(analysis.count_people(row.id, wave.id))}") for wave in waves]
        if row.people == 1:
            lines.append(("Attention", "Rests on one person."))
        if whole.uncoded:
            lines.append(("Attention", f"{whole.uncoded} of those interviewed are not yet coded."))
        return lines

    def _show_segments(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        count = sum(t.segments for t in themes) + sum(c.segments for c in codes)
        self.setTabText(1, f"Segments {count:,}" if count else "Segments")
        self._waiting = lambda: self._fill_segments(themes, codes)
        self._catch_up()

    def _catch_up(self) -> None:
        """Read the segments when they are looked at, not before."""
        if self._waiting is not None and self.currentWidget() is self.evidence:
            waiting, self._waiting = self._waiting, None
            waiting()

    def _fill_segments(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow]) -> None:
        """Show the segments; where much is to be read for that, once it is. Those of the same choice stay meanwhile."""
        analysis = self._analysis()
        keys = (*(theme.id for theme in themes), *(code.id for code in codes))
        same, self._filled = keys == self._filled, keys
        if not keys or not is_large(analysis):
            self._land_segments(themes, codes, analysis)
            return
        if not same:
            self.evidence.show_heaps((), WAITING)
        self._gathering = True
        pieces = analysis.read_evidence([theme.id for theme in themes], [code.id for code in codes])
        self._in_passing(pieces, lambda: self._land_segments(themes, codes, analysis))

    def _land_segments(self, themes: Sequence[ThemeRow], codes: Sequence[CodeRow], analysis: Analysis) -> None:
        found: dict[str, dict[SegmentId, None]] = {}
        parts = [analysis.evidence(theme.id) for theme in themes]
        parts += [analysis.evidence_of({code.id for code in codes})] if codes else []
        for part in parts:
            for person, segments in part.items():
                found.setdefault(person, {}).update(dict.fromkeys(segments))
        hint = "No segment has this code yet." if codes and not themes else "No segments yet."
        people_shown = self._workspace.mask.rows(self._workspace.project.people.all())
        self.evidence.show_heaps(by_person(people_shown, found), hint)
        self._gathering = False
        if self._entering:
            self._enter_segments()

    def _enter_segments(self) -> None:
        self._entering = False
        tree = self.evidence.tree
        tree.setFocus()
        if not tree.currentIndex().isValid():
            tree.setCurrentIndex(tree.model().index(0, 0))
