"""A batch of files before it is imported: what each was understood to be, what the analyst says otherwise.

Nothing here touches the project but to read it; the files are read on a worker, one after the other, and many of them
in a process of its own.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from qualcode.core.landing import Roster, Twins, Who, is_version_of, propose, seated, title_of, wave_named
from qualcode.core.values import ParticipantId, WaveId
from qualcode.errors import UserError
from qualcode.importing import Rules
from qualcode.intake import Understood, combined, general, renamed
from qualcode.ui.import_entry import Entry, wish_of
from qualcode.ui.import_reading import Reading, Request
from qualcode.ui.workspace import Workspace

_SETTLE_MS, _SETTLE_MANY_MS = 60, 500
"""How long after a file was read the batch is put together anew; less often while many more are coming."""


class Batch(QObject):
    """The files in the order in which they were given."""

    changed = Signal()
    """Files came or went, or the wishes of all were put together anew."""
    entry_changed = Signal(object)
    """An Entry was read, or is understood otherwise."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.entries: list[Entry] = []
        self.profile = Rules()
        self.name_pattern = ""
        self._twins = Twins(())
        self._reading = Reading(workspace, self)
        self._reading.came.connect(self._take)
        self._reading.rested.connect(self._rest)
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self.settle)

    # --- files ---

    def add(self, paths: Iterable[Path]) -> None:
        """Take files in that are not there yet, and read them."""
        gc.freeze()
        there = {entry.path.resolve() for entry in self.entries}
        new = [Entry(path) for path in paths if path.resolve() not in there]
        self._twins = Twins(self._workspace.project.transcripts.interviews())
        self.entries += new
        self._ask(*new)
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything; what is being read is thrown away when it comes."""
        self._reading.forget()
        for entry in self.entries:
            entry.asked += 1
        self.entries = []
        self.changed.emit()

    @property
    def is_reading(self) -> bool:
        return any(entry.reading and not entry.refusal for entry in self.entries)

    def leave_out(self, entries: Iterable[Entry], left_out: bool) -> None:
        """Import without these files, or with them after all."""
        for entry in entries:
            entry.left_out = left_out
            if not left_out and entry.understood is None and not entry.refusal:
                self._ask(entry)
        self.settle()

    # --- corrections ---

    def correct(self, entry: Entry, own: Rules) -> None:
        """Understand a file by these rules of its own, at once."""
        entry.own = own
        self._ask(entry, first=True)
        self.entry_changed.emit(entry)

    def use_profile(self, rules: Rules) -> None:
        """Understand every file by these rules, besides its own."""
        self.profile = rules
        self._ask(*(entry for entry in self.entries if entry.understood or not entry.refusal))

    def like(self, entry: Entry) -> list[Entry]:
        """The other files with labels of the same pattern."""
        if entry.understood is None:
            return []
        shape = entry.understood.recognition.shape
        return [
            e
            for e in self.entries
            if e is not entry and e.understood and not e.known and e.understood.recognition.shape is shape
        ]

    def apply_to_like(self, entry: Entry) -> None:
        """Let what was corrected here hold for all files like it."""
        others = self.like(entry)
        for other in others:
            other.own = combined(other.own, general(entry.own))
        self._ask(*others)

    def use_name_pattern(self, pattern: str) -> None:
        """Take wave, participant and date from the files' names by this pattern. Raises UserError for none."""
        found = [(entry, renamed(entry.understood, pattern)) for entry in self.entries if entry.understood]
        self.name_pattern = pattern
        for entry, understood in found:
            entry.understood, entry.proposed = understood, propose(understood.transcript)
        self.settle()

    # --- where it goes ---

    def set_fact(self, entries: Iterable[Entry], **facts: Any) -> None:
        """Say a fact of these interviews, whatever their files say."""
        for entry in entries:
            entry.facts.update(facts)
        self.settle()

    def set_title(self, entry: Entry, title: str) -> None:
        """Call the interview so; empty: by its people and wave."""
        entry.title = title
        self.settle()

    def set_person(self, entry: Entry, label: str, who: Who | None) -> None:
        """Say who is behind a label; None: nobody in particular."""
        entry.people[label] = who
        self.settle()

    def set_follows(self, entry: Entry, follows: bool) -> None:
        """Say whether the file is another version of its twin."""
        entry.follows, entry.follows_said = follows, True
        self.settle()

    def roster(self) -> Roster:
        """The participants there are, and those whom this batch would add."""
        roster = Roster(self._workspace.project.people.all())
        for entry in self.entries:
            for who in entry.wish.people.values():
                roster.seat(who)
        return roster

    def settle(self) -> None:
        """Put together what every file's wish is now, and which are here already or other versions.

        What was read is kept out of the garbage collector's rounds: it holds no cycles and goes without them, and
        looking through 300 interviews takes longer than a keystroke may.
        """
        self._settle.stop()
        gc.freeze()
        project = self._workspace.project
        people = project.people.all()
        ready = [entry for entry in self.entries if entry.understood]
        for entry, wish in zip(ready, seated(people, [wish_of(entry) for entry in ready]), strict=True):
            entry.wish = wish
        ids = {row.pseudonym: row.id for row in people}
        waves = project.waves.all()
        for entry in ready:
            stated = entry.wish.facts.wave or ""
            wave = wave_named(waves, stated) if stated else None
            entry.wave = wave.name if wave else f"Wave {stated}" if stated.isdigit() else stated
            self._find_twin(entry, wave.id if wave else None, ids)
            pseudonyms = [who.pseudonym for who in entry.wish.people.values()]
            entry.called = entry.title or title_of(pseudonyms, entry.wave if pseudonyms else "") or entry.path.stem
            if entry.follows and entry.twin:
                entry.called = entry.twin.title
        self.changed.emit()

    # --- within ---

    def _ask(self, *entries: Entry, first: bool = False) -> None:
        """Have these read, or recognised anew; the first of all, or after what waits."""
        for entry in entries:
            entry.asked += 1
            entry.reading = True
        self._reading.ask([self._request(entry) for entry in entries], first=first)

    def _request(self, entry: Entry) -> Request:
        source = entry.understood.source if entry.understood else None
        rules = combined(self.profile, entry.own)
        return Request(entry, entry.asked, entry.path, source, rules, self.name_pattern)

    def _rest(self) -> None:
        """What was not read by now is left out until it is wanted."""
        for entry in [entry for entry in self.entries if entry.reading]:
            entry.reading = False
            entry.left_out = entry.understood is None
        self.settle()

    def _take(self, entry: Entry, asked: int, found: Understood | UserError) -> None:
        if asked != entry.asked:
            return
        entry.reading = False
        if isinstance(found, UserError):
            entry.refusal = getattr(found, "reason", str(found))
        else:
            entry.understood, entry.refusal = found, ""
            entry.proposed = propose(found.transcript)
            entry.known = self._known(entry, found.source.digest)
        self.entry_changed.emit(entry)
        if not self._settle.isActive():
            self._settle.start(_SETTLE_MS if self._reading.few_wait else _SETTLE_MANY_MS)

    def _known(self, entry: Entry, digest: str) -> str:
        """The interview, or the other file of the batch, that has the same content."""
        here = self._workspace.project.transcripts.find_source(digest)
        if here is not None:
            return here.title
        for other in self.entries:
            if other is entry:
                break
            if other.understood and other.understood.source.digest == digest:
                return other.name
        return ""

    def _find_twin(self, entry: Entry, wave_id: WaveId | None, ids: Mapping[str, ParticipantId]) -> None:
        """Look whether there is an interview like it; one of much the same text it follows, unless said otherwise."""
        there = [ids[who.pseudonym] for who in entry.wish.people.values() if who.pseudonym in ids]
        known = there if len(there) == len(entry.wish.people) else ()
        found = self._twins.find(entry.name, wave_id, known)
        if entry.understood is None or entry.follows_said or found == entry.twin:
            return
        entry.twin, entry.follows = found, False
        if found is not None:
            old = self._workspace.project.transcripts.text(found.transcript_id)
            entry.follows = is_version_of(entry.understood.transcript.text, old)
