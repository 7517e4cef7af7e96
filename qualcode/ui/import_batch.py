"""A batch of files before it is imported: what each was understood to be, what the analyst says otherwise.

Nothing here touches the project but to read it; the files are read on a worker, one after the other, and many of them
in a process of its own.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from qualcode.apart import Apart, BrokenOff
from qualcode.core.landing import Roster, Twins, Who, Wish, is_version_of, propose, same, seated, title_of, wave_named
from qualcode.core.rows import InterviewRow
from qualcode.core.values import ParticipantId, Role, WaveId
from qualcode.errors import Cancelled, UnreadableFile, UserError
from qualcode.importing import Rules, Source
from qualcode.intake import State, Understood, combined, general, renamed, understand
from qualcode.ui.operations import Task
from qualcode.ui.workspace import Workspace

READING = "Reading files"
_FEW = 2
"""So many files are read without a word of it."""
_MANY = 12
"""More files than this are read in a process of their own, whose start takes as long as reading about so many."""
_SETTLE_MS, _SETTLE_MANY_MS = 60, 500
"""How long after a file was read the batch is put together anew; less often while many more are coming."""


@dataclass(eq=False)
class Entry:
    """One file. ``own`` are corrections to it alone; ``facts``, ``people`` and ``title`` override what is proposed.

    ``wish`` is all of it together, with a pseudonym for everybody; ``wave`` and ``called`` are the names of the wave
    and the interview that come of it. ``twin`` is the interview of which this may be another version; ``follows``
    says that it is.
    """

    path: Path
    understood: Understood | None = None
    refusal: str = ""
    known: str = ""
    own: Rules = field(default_factory=Rules)
    facts: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Who | None] = field(default_factory=dict)
    title: str = ""
    proposed: Wish = field(default_factory=Wish)
    wish: Wish = field(default_factory=Wish)
    wave: str = ""
    called: str = ""
    twin: InterviewRow | None = None
    follows: bool = False
    follows_said: bool = False
    left_out: bool = False
    reading: bool = True
    asked: int = 0

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def state(self) -> State | None:
        """What would become of it now; None while it is not read yet."""
        if self.left_out:
            return State.LEFT_OUT
        if self.refusal:
            return State.REFUSED
        if self.understood is None:
            return None
        if self.known:
            return State.KNOWN
        if self.follows:
            return State.VERSION
        return State.REMARK if self.remarks else State.READ

    @property
    def lands(self) -> bool:
        """Whether Import takes it."""
        return self.state in (State.READ, State.REMARK, State.VERSION)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the analyst had better look at."""
        return self.understood.transcript.remarks if self.understood else ()


@dataclass(frozen=True, slots=True)
class _Request:
    """What the worker is to read; ``entry`` and ``asked`` only come home again with what was found."""

    entry: Entry
    asked: int
    path: Path
    source: Source | None
    rules: Rules
    pattern: str


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
        self._waiting: deque[_Request] = deque()
        self._reading = False
        self._done = 0
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self.settle)
        workspace.operations.failed.connect(lambda _: self._rest() if workspace.operations.idle else None)

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
        self._waiting.clear()
        for entry in self.entries:
            entry.asked += 1
        self.entries = []
        self._done, self._reading = 0, False
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
        for entry, wish in zip(ready, seated(people, [_wish(entry) for entry in ready]), strict=True):
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
            source = entry.understood.source if entry.understood else None
            rules = combined(self.profile, entry.own)
            request = _Request(entry, entry.asked, entry.path, source, rules, self.name_pattern)
            if first:
                self._waiting.appendleft(request)
            else:
                self._waiting.append(request)
        self._start()

    def _start(self) -> None:
        if self._waiting and not self._reading:
            self._reading = True
            self._done = 0
            quiet = len(self._waiting) <= _FEW
            self._workspace.operations.start(READING, self._read, each=self._take, then=self._rest, quiet=quiet)

    def _read(self, task: Task) -> bool:
        """On the worker: understand what waits until nothing does; whether it came to that.

        A few are read at once, here; many in another process, so that the window stays quick meanwhile.
        """
        with Apart() as apart:
            while self._waiting and not task.cancelled():
                many = len(self._waiting) > _MANY
                request = self._waiting.popleft()
                found: Understood | UserError
                try:
                    found = (
                        _understood_apart(apart, request, task) if many or apart.runs else _understood(request, task)
                    )
                except Cancelled:
                    return False
                except UserError as error:
                    found = error
                self._done += 1
                task.progress(self._done, self._done + len(self._waiting), request.path.name)
                task.deliver((request.entry, request.asked, found))
        return not task.cancelled()

    def _rest(self, whole: bool = False) -> None:
        """The worker is done, or was stopped: what was not read then is left out until it is wanted."""
        self._reading = False
        if whole and self._waiting:
            self._start()
            return
        self._waiting.clear()
        for entry in [entry for entry in self.entries if entry.reading]:
            entry.reading = False
            entry.left_out = entry.understood is None
        self.settle()

    def _take(self, delivered: tuple[Entry, int, Understood | UserError]) -> None:
        entry, asked, found = delivered
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
            self._settle.start(_SETTLE_MS if len(self._waiting) <= _FEW else _SETTLE_MANY_MS)

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


def _understood(request: _Request, task: Task) -> Understood:
    return understand(request.path, request.rules, request.pattern, source=request.source, cancelled=task.cancelled)


def _understood_apart(apart: Apart, request: _Request, task: Task) -> Understood:
    wanted = partial(understand, request.path, request.rules, request.pattern, source=request.source)
    try:
        found: Understood = apart.call(wanted, cancelled=task.cancelled)
    except BrokenOff as error:
        raise UnreadableFile(
            request.path, "reading it broke off. It may be damaged, or too large for this computer."
        ) from error
    return found


def _wish(entry: Entry) -> Wish:
    """What is proposed, and what the analyst says otherwise."""
    facts = replace(entry.proposed.facts, **entry.facts)
    people: Mapping[str, Who | None] = {**entry.proposed.people, **_spoken(entry)}
    return Wish(facts, {label: who for label, who in people.items() if who is not None}, entry.title)


def _spoken(entry: Entry) -> dict[str, Who | None]:
    """What was said of voices that are in the file, but of none that is an interviewer."""
    assert entry.understood is not None
    speakers = entry.understood.transcript.speakers
    heard = [s.label for s in speakers if s.role is not Role.INTERVIEWER]
    return {label: who for label, who in entry.people.items() if any(same(label, other) for other in heard)}
