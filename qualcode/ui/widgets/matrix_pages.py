"""The pages of the Compare stage: each a bar of what to look at, a sentence, and the table that answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from qualcode.core.matrix import BY_WAVE, View, values_of
from qualcode.core.pieces import Pieces
from qualcode.core.values import AttributeId, CodeId, ThemeId, WaveId
from qualcode.ui import theme
from qualcode.ui.comparisons import Snapshot, saturated
from qualcode.ui.models.matrix import Table
from qualcode.ui.widgets.basics import column, label
from qualcode.ui.widgets.fitting import Fitting
from qualcode.ui.widgets.matrix import MatrixView
from qualcode.ui.widgets.picker import Picker
from qualcode.ui.widgets.report_flow import Flow

MOST_ABOVE = 0.45
"""How much of a page's height what stands above its table may take."""


class Page(QFrame):
    """``pickers`` stand in the bar. The words of ``refusal`` are shown where there can be no table yet."""

    asked = Signal()
    """Another table is wanted."""

    def __init__(self, name: str, *pickers: QWidget) -> None:
        super().__init__()
        self.setObjectName("Surface")
        self.view = MatrixView(name)
        self.sentence = label("", "Secondary", wrap=True)
        self._refusal = label("", "Secondary", wrap=True)
        self._refusal.setContentsMargins(*(theme.px(16),) * 4)
        for picker in pickers:
            if isinstance(picker, Picker):
                picker.picked.connect(self.asked)
        self.caution = label("", "Attention", wrap=True)
        picked = Flow(8)
        for picker in pickers:
            picked.addWidget(picker)
        above = Fitting(column(picked, self.sentence, self.caution, margin=10, gap=6), self, MOST_ABOVE)
        layout = column(above, self._refusal, self.view, gap=0)
        layout.setStretch(1, 1)
        layout.setStretch(2, 3)
        self.setLayout(layout)
        self.setFocusProxy(self.view)

    def prepare(self, facts: Snapshot) -> None:
        """Offer what can be picked, while the table is still to be made."""
        refusal = self.refusal(facts)
        self._refusal.setText(refusal)
        self._refusal.setVisible(bool(refusal))
        self.view.setVisible(not refusal)
        if not refusal:
            self.offer(facts)
            self._say(WAITING if not self.view.cells.rowCount() else self.sentence.text())

    def made(self, facts: Snapshot) -> Pieces[Table]:
        """The table of what is picked, in pieces that need not be taken at once."""
        return _none() if self.refusal(facts) else self.table(facts)

    def show_table(self, table: Table) -> None:
        """Show the table of what is picked."""
        self._say("" if self._refusal.text() else self.words(table))
        self.caution.setText(table.caution)
        self.caution.setVisible(bool(table.caution))
        self.view.show_table(table)

    # --- what a page is ---

    def refusal(self, facts: Snapshot) -> str:
        """Why there is no table, and what to do; empty when there is one."""
        return ""

    def offer(self, facts: Snapshot) -> None:
        """Fill the pickers."""

    def table(self, facts: Snapshot) -> Pieces[Table]:
        raise NotImplementedError

    def words(self, table: Table) -> str:
        """What is said above the table."""
        return ""

    # --- within ---

    def _say(self, words: str) -> None:
        self.sentence.setText(words)
        self.sentence.setVisible(bool(words))


class MatrixPage(Page):
    def __init__(self) -> None:
        self._wave, self._by, self._only = _pickers("Wave", "Rows in groups", "Whose rows")
        self._all_open = QCheckBox("Sub-themes")
        self._opened: set[ThemeId] = set()
        self._foldable: set[ThemeId] = set()
        super().__init__("Framework matrix", self._wave, self._by, self._only, self._all_open)
        self._all_open.clicked.connect(self._open_all)
        self.view.fold_wanted.connect(self._fold)

    def offer(self, facts: Snapshot) -> None:
        _offer_waves(self._wave, facts)
        by: list[tuple[object, str]] = [(None, "Not grouped")]
        by += [(a.id, f"By {a.name.lower()}") for a in facts.attributes]
        by += [(BY_WAVE, "By wave")] if len(facts.waves) > 1 else []
        self._by.offer(by)
        only: list[tuple[object, str]] = [(None, "Everybody")]
        for attribute in facts.attributes:
            values = values_of(attribute.id, facts.participants, attribute.choices)
            only += [((attribute.id, value), f"{attribute.name}: {value}") for value in values]
        self._only.offer(only)
        self._foldable = {t.parent_id for t in facts.analysis.themes if t.parent_id is not None}
        self._opened &= self._foldable
        self._all_open.setVisible(bool(self._foldable))
        self._all_open.setChecked(bool(self._foldable) and self._opened == self._foldable)

    def table(self, facts: Snapshot) -> Pieces[Table]:
        return facts.matrix(self.looked_at(), self._opened)

    def looked_at(self) -> View:
        """What is picked."""
        only = self._only.key()
        kept = {only[0]: frozenset((only[1],))} if isinstance(only, tuple) else {}
        return View(_wave(self._wave), _by(self._by), kept)

    def words(self, table: Table) -> str:
        if not table.rows:
            return NOBODY
        return "● raised    ○ asked, not raised    – not asked    … not yet coded"

    def _fold(self, key: str) -> None:
        self._opened ^= {ThemeId(key)}
        self.asked.emit()

    def _open_all(self, opened: bool) -> None:
        self._opened = set(self._foldable) if opened else set()
        self.asked.emit()


class GroupPage(Page):
    def __init__(self) -> None:
        self._by, self._wave = _pickers("Groups", "Wave")
        super().__init__("Themes by group", self._by, self._wave)

    def refusal(self, facts: Snapshot) -> str:
        return "" if facts.attributes else NO_ATTRIBUTES

    def offer(self, facts: Snapshot) -> None:
        self._by.offer([(a.id, f"By {a.name.lower()}") for a in facts.attributes])
        _offer_waves(self._wave, facts)

    def table(self, facts: Snapshot) -> Pieces[Table]:
        return facts.groups(View(_wave(self._wave), _by(self._by)))

    def words(self, table: Table) -> str:
        return "" if table.rows else NOBODY


class WavesPage(Page):
    def __init__(self) -> None:
        self._before, self._after = _pickers("Earlier wave", "Later wave")
        super().__init__("Themes by wave", self._before, label("against", "Secondary"), self._after)

    def refusal(self, facts: Snapshot) -> str:
        return "" if len(facts.waves) > 1 else ONE_WAVE

    def offer(self, facts: Snapshot) -> None:
        waves = [(wave.id, wave.name) for wave in facts.waves]
        self._before.offer(waves, len(waves) - 2)
        self._after.offer(waves, len(waves) - 1)

    def table(self, facts: Snapshot) -> Pieces[Table]:
        before, after = _wave(self._before), _wave(self._after)
        assert before is not None
        assert after is not None
        return facts.change(before, after) if before != after else _none()

    def words(self, table: Table) -> str:
        if not table.columns:
            return "Pick two different waves."
        return "A theme counts as stronger or weaker when its share of those asked moved by more than 15 points."


class SaturationPage(Page):
    def __init__(self) -> None:
        super().__init__("New codes by interview")

    def table(self, facts: Snapshot) -> Pieces[Table]:
        return facts.saturation()

    def words(self, table: Table) -> str:
        return saturated(table)


class TogetherPage(Page):
    def __init__(self) -> None:
        self._reach, self._wave, self._code = _pickers("How near", "Wave", "Code")
        super().__init__("Codes found together", self._reach, self._wave, self._code)

    def offer(self, facts: Snapshot) -> None:
        self._reach.offer(
            [(None, "In the same words"), (0, "In the same turn"), (1, "Within one turn"), (3, "Within three turns")], 1
        )
        _offer_waves(self._wave, facts)
        codes = sorted(facts.codes.values(), key=lambda code: code.name.casefold())
        self._code.offer([(None, "Any codes"), *((code.id, code.name) for code in codes)])

    def table(self, facts: Snapshot) -> Pieces[Table]:
        reach, code = self._reach.key(), self._code.key()
        within_turns = reach if isinstance(reach, int) else None
        return facts.together(within_turns, _wave(self._wave), CodeId(code) if isinstance(code, str) else None)

    def words(self, table: Table) -> str:
        if not table.rows:
            return "No codes are found together so near. Pick a wider reach."
        return "How many people said something of both codes together."


WAITING = "Counting …"
NOBODY = "Nobody fits what is picked."
NO_ATTRIBUTES = (
    "Groups are made by what is known of the participants, such as role or area. Give them attributes in Prepare."
)
ONE_WAVE = "Two waves are compared here, and the project has not two yet. Waves are made in Prepare."


def pages() -> Sequence[tuple[str, Callable[[], Page]]]:
    """Every page with its name, in their order."""
    return (
        ("Matrix", MatrixPage),
        ("By group", GroupPage),
        ("Waves", WavesPage),
        ("Saturation", SaturationPage),
        ("Codes together", TogetherPage),
    )


def _none() -> Pieces[Table]:
    yield
    return Table()


def _pickers(*names: str) -> tuple[Picker, ...]:
    return tuple(Picker(name, snug=True) for name in names)


def _offer_waves(picker: Picker, facts: Snapshot) -> None:
    picker.offer([(None, "All waves"), *((wave.id, wave.name) for wave in facts.waves)])
    picker.setVisible(len(facts.waves) > 1)


def _wave(picker: Picker) -> WaveId | None:
    key = picker.key()
    return WaveId(key) if isinstance(key, str) else None


def _by(picker: Picker) -> AttributeId | None:
    key = picker.key()
    return AttributeId(key) if isinstance(key, str) else None
