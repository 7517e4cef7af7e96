"""One file of a batch before it is imported: what it was understood to be, and what the analyst says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from qualcode.core.landing import Who, Wish, same
from qualcode.core.rows import InterviewRow
from qualcode.core.values import Role
from qualcode.importing import Rules
from qualcode.intake import State, Understood


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


def wish_of(entry: Entry) -> Wish:
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
