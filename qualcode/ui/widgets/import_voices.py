"""The voices of a file: who each label is, in which role; and the corrections made to the file, to be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QMenu, QVBoxLayout, QWidget

from qualcode.core.landing import Roster, Who, same, spoken_of
from qualcode.core.values import Role
from qualcode.errors import UserError
from qualcode.importing import Rules, facts_from_name
from qualcode.ui import theme
from qualcode.ui.import_batch import Batch
from qualcode.ui.import_entry import Entry
from qualcode.ui.models.prepare_table import Column, TableModel
from qualcode.ui.widgets.basics import button, clear, column, label, row
from qualcode.ui.widgets.prepare_grid import Grid
from qualcode.ui.widgets.report_flow import Flow
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

ROLES = {Role.INTERVIEWER: "Interviewer", Role.PARTICIPANT: "Participant", Role.UNKNOWN: "Not known"}
_Value = TypeVar("_Value")

NOBODY = "Nobody"
NEW_PERSON = "Somebody new"
_MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One label: ``who`` is None for nobody in particular; ``could_be`` are participants of a similar name."""

    label: str
    role: Role
    why: str
    turns: int
    share: float
    who: Who | None
    is_new: bool
    could_be: tuple[Who, ...]


def role_named(words: str) -> Role:
    """The role that is called so. Raises UserError."""
    found = next((role for role, name in ROLES.items() if same(name, words)), None)
    if found is None:
        raise UserError(f"“{words}” is no role. The roles are {', '.join(ROLES.values())}.")
    return found


class VoicesPanel(QWidget):
    """Choose who a voice is in the grid; what else can be done with a label is in its menu and below."""

    corrected = Signal(object)
    """The file's own Rules."""

    def __init__(self, workspace: Workspace, batch: Batch) -> None:
        super().__init__()
        self._workspace, self._batch = workspace, batch
        self._entry: Entry | None = None
        self.model: TableModel[VoiceRow] = TableModel(lambda voice: voice.label, workspace.attempt, self)
        self.grid = Grid("Voices", self.model)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._menu)
        self.model.show([], self._columns())
        self.one_voice = QCheckBox("All one voice")
        self.one_voice.setToolTip("The whole file is one voice, whatever stands before its paragraphs")
        self.one_voice.clicked.connect(self._say_one_voice)
        self.same_as = button("Same as …", self._ask_same, tip="This label is another spelling of one of the others")
        self.no_speaker = button("No speaker", self._say_no_speaker, tip="This label is words of the speech")
        self._hints, self._corrections = QVBoxLayout(), QVBoxLayout()
        for part in (self._hints, self._corrections):
            part.setSpacing(theme.px(2))
        acts = Flow()
        acts.addWidget(self.same_as)
        acts.addWidget(self.no_speaker)
        layout = column(
            label("Voices", "Head"),
            self.grid,
            acts,
            self._hints,
            self.one_voice,
            self._corrections,
            gap=6,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_entry(self, entry: Entry | None) -> None:
        """Show the voices of a file."""
        self._entry = entry
        rows = list(self._rows(entry)) if entry else []
        self.model.arrange(rows)
        self.grid.fit_columns()
        self._fit_height(len(rows))
        self.one_voice.setChecked(bool(entry and entry.own.one_voice))
        self.one_voice.setEnabled(entry is not None and entry.understood is not None)
        self.same_as.setEnabled(len(rows) > 1)
        self.no_speaker.setEnabled(bool(rows) and any(voice.label for voice in rows))
        self._show_hints(rows)
        self._show_corrections(entry)

    # --- within: what is shown ---

    def _columns(self) -> list[Column[VoiceRow]]:
        return [
            Column("Label", lambda voice: voice.label or "No label", tip="As the file has it"),
            Column(
                "Role",
                lambda voice: ROLES[voice.role],
                write=self._write_role,
                choices=lambda _: list(ROLES.values()),
                least=92,
            ),
            Column(
                "Participant",
                _shown_person,
                write=self._write_person,
                edited=lambda voice: voice.who.pseudonym if voice.who else NOBODY,
                choices=self._people_offered,
                locked=lambda voice: voice.role is Role.INTERVIEWER or self._is_matched(voice),
            ),
            Column("Turns", lambda voice: f"{voice.turns:,}", order=lambda voice: voice.turns, numeric=True),
            Column("Words", lambda voice: f"{voice.share:.0%}".replace("%", " %"), numeric=True),
        ]

    def _rows(self, entry: Entry) -> Iterator[VoiceRow]:
        if entry.understood is None:
            return
        there = {row.pseudonym for row in self._workspace.project.people.all()}
        roster = self._batch.roster()
        for voice in entry.understood.recognition.voices:
            who = entry.wish.people.get(voice.label)
            is_new = who is not None and who.pseudonym not in there
            alike = tuple(w for w in roster.alike(who.name) if w.pseudonym in there) if who and is_new else ()
            yield VoiceRow(voice.label, voice.role, voice.why, voice.turns, voice.share, who, is_new, alike)

    def _is_matched(self, voice: VoiceRow) -> bool:
        """Whether a new version brings the voice's participant along."""
        return bool(self._entry and self._entry.follows and voice.label)

    def _people_offered(self, voice: VoiceRow) -> list[str]:
        there = [row.pseudonym for row in self._workspace.project.people.all()]
        coming = [w.pseudonym for e in self._batch.entries for w in e.wish.people.values()]
        first = [who.pseudonym for who in voice.could_be]
        return [*dict.fromkeys((*first, *self._named(), *there, *coming)), NEW_PERSON, NOBODY]

    def _named(self) -> list[str]:
        """The pseudonyms that the file's name and header speak of, whoever has which."""
        if self._entry is None or self._entry.understood is None:
            return []
        facts = (self._entry.understood.transcript.facts, facts_from_name(self._entry.name))
        people = (spoken_of(name) for found in facts for name in found.participants)
        return list(dict.fromkeys(who.pseudonym for who in people if who.pseudonym))

    def _fit_height(self, rows: int) -> None:
        shown = min(max(rows, 1), _MOST_ROWS)
        head = self.grid.horizontalHeader().sizeHint().height()
        bar = self.grid.horizontalScrollBar().sizeHint().height()
        self.grid.setFixedHeight(shown * self.grid.verticalHeader().defaultSectionSize() + head + bar)

    def _show_hints(self, rows: list[VoiceRow]) -> None:
        clear(self._hints)
        heard = Roster()
        for voice in rows:
            heard.seat(voice.who or Who(NOBODY))
        missing = [name for name in self._named() if heard.find(Who(name)) is None]
        if missing and any(voice.is_new for voice in rows):
            sentence = (
                f"The file speaks of {' and '.join(missing)}. Say in the column Participant whose voice is whose."
            )
            self._hints.addWidget(label(sentence, "Attention", wrap=True))
        for voice in rows:
            for who in voice.could_be[:2]:
                words = label(f"{voice.label} could be {who.pseudonym}, by the name.", "Attention", wrap=True)
                take = button(f"It is {who.pseudonym}", partial(self._write_person, voice, who.pseudonym), "Link")
                self._hints.addLayout(row(words, None, take))
            if voice.role is Role.UNKNOWN and voice.label:
                self._hints.addWidget(label(f"{voice.label}: {voice.why}", "Secondary", wrap=True))

    def _show_corrections(self, entry: Entry | None) -> None:
        clear(self._corrections)
        for sentence, without in corrections_of(entry.own) if entry else ():
            back = button("Take back", partial(self.corrected.emit, without), "Link")
            back.setAccessibleName(f"Take back: {sentence}")
            self._corrections.addLayout(row(label(sentence, "Secondary", wrap=True), None, back))

    # --- within: acts ---

    def _correct(self, change: Callable[[Rules], Rules]) -> None:
        if self._entry is not None:
            self.corrected.emit(change(self._entry.own))

    def _write_role(self, voice: VoiceRow, words: str) -> None:
        role = role_named(words)
        if not voice.label:
            raise UserError("A voice without a label is the participant's. Begin a turn of the interviewer beside it.")
        self._correct(lambda own: replace(own, roles={**own.roles, voice.label: role}))

    def _write_person(self, voice: VoiceRow, words: str) -> None:
        if self._entry is None:
            return
        name = voice.who.name if voice.who else ""
        if same(words, NOBODY):
            who = None
        elif same(words, NEW_PERSON) or not words:
            who = Who("", "" if voice.who and not voice.is_new else name)
        else:
            who = Who(words, name if voice.is_new else "")
        self._batch.set_person(self._entry, voice.label, who)

    def _chosen(self) -> list[VoiceRow]:
        rows = self.grid.chosen_rows() or (
            [self.grid.currentIndex().row()] if self.grid.currentIndex().isValid() else []
        )
        return [self.model.rows[number] for number in rows if number < len(self.model.rows)]

    def _say_same(self, voices: list[VoiceRow], other: str) -> None:
        spelt = {voice.label: other for voice in voices if voice.label != other}
        self._correct(lambda own: replace(own, same={**own.same, **spelt}))

    def _say_no_speaker(self) -> None:
        labels = {voice.label for voice in self._chosen() if voice.label}
        if labels:
            self._correct(lambda own: replace(own, no_speakers=own.no_speakers | labels))
        else:
            self._workspace.refused.emit("Choose the label in the list of voices first.")

    def _say_one_voice(self, on: bool) -> None:
        self._correct(lambda own: replace(own, one_voice=on))

    def _ask_same(self) -> None:
        chosen = self._chosen()
        if not chosen:
            self._workspace.refused.emit("Choose the label in the list of voices first.")
            return
        menu = QMenu(self)
        self._offer_others(menu, chosen)
        menu.exec(self.same_as.mapToGlobal(QPoint(0, self.same_as.height())))

    def _offer_others(self, menu: QMenu, chosen: list[VoiceRow]) -> None:
        for other in self.model.rows:
            if other not in chosen and other.label:
                menu.addAction(other.label, partial(self._say_same, chosen, other.label))

    def _menu(self, at: QPoint) -> None:
        chosen = self._chosen()
        if not chosen:
            return
        menu = QMenu(self)
        for role, name in ROLES.items():
            menu.addAction(name, partial(self._say_roles, chosen, role))
        menu.addSeparator()
        self._offer_others(menu.addMenu("Same as"), chosen)
        menu.addAction("No speaker", self._say_no_speaker)
        menu.exec(self.grid.viewport().mapToGlobal(at))

    def _say_roles(self, voices: list[VoiceRow], role: Role) -> None:
        given = {voice.label: role for voice in voices if voice.label}
        self._correct(lambda own: replace(own, roles={**own.roles, **given}))


def _shown_person(voice: VoiceRow) -> str:
    if voice.role is Role.INTERVIEWER:
        return ""
    if voice.who is None:
        return NOBODY
    return f"{voice.who.pseudonym} · new" if voice.is_new else voice.who.pseudonym


def corrections_of(own: Rules) -> Iterator[tuple[str, Rules]]:
    """Each correction as a sentence, with the rules as they are without it."""
    for name, role in own.roles.items():
        yield f"{name} is {ROLES[role].casefold()}.", replace(own, roles=_without(own.roles, name))
    for name, other in own.same.items():
        yield f"{name} is another spelling of {other}.", replace(own, same=_without(own.same, name))
    for name in sorted(own.no_speakers):
        yield f"{name} is no speaker.", replace(own, no_speakers=own.no_speakers - {name})
    if own.left_out:
        count = sum((end or start) - start for start, end in own.left_out)
        yield f"{number(count, 'paragraph')} left out.", replace(own, left_out=())
    if own.starts:
        yield f"{number(len(own.starts), 'turn')} begun or continued by hand.", replace(own, starts={})
    if own.splits:
        sentence = f"{number(len(own.splits), 'turn')} begun or joined inside a paragraph by hand."
        yield sentence, replace(own, splits={})


def _without(table: Mapping[str, _Value], name: str) -> dict[str, _Value]:
    return {key: value for key, value in table.items() if key != name}
