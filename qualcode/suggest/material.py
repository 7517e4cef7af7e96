"""What a suggester is given: the speech, the codebook and what was decided so far, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from qualcode.core.progress import Progress
from qualcode.core.values import CodeId, Passage, Span, TranscriptId
from qualcode.errors import Cancelled

OnProgress = Callable[[Progress], None]
IsCancelled = Callable[[], bool]

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code as the codebook has it. ``above``: the names of the codes and themes it stands under, outermost first."""

    code_id: CodeId
    name: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Coded:
    """A passage with the code an analyst gave it, by hand or by accepting a suggestion."""

    transcript_id: TranscriptId
    span: Span
    code_id: CodeId


@dataclass(frozen=True, slots=True)
class Refused:
    """A suggestion an analyst refused. ``code_id`` None: refused as a quotable passage."""

    transcript_id: TranscriptId
    span: Span
    code_id: CodeId | None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a suggester may look at.

    ``passages`` are all transcripts of the project, so that words are weighed by how common they are in it;
    ``names`` what an analyst calls each interview; ``questions`` those of the evaluation and of the topic guides.
    """

    passages: tuple[Passage, ...]
    codebook: tuple[CodeEntry, ...] = ()
    coded: tuple[Coded, ...] = ()
    refused: tuple[Refused, ...] = ()
    names: Mapping[TranscriptId, str] = field(default_factory=lambda: MappingProxyType({}))
    questions: tuple[str, ...] = ()

    def decided(self, transcript_id: TranscriptId, code_id: CodeId | None) -> tuple[Span, ...]:
        """Where nothing is to be offered: coded with this code, or refused for it. Without a code: anything coded."""
        coded = [c.span for c in self.coded if c.transcript_id == transcript_id and code_id in (None, c.code_id)]
        refused = [r.span for r in self.refused if (r.transcript_id, r.code_id) == (transcript_id, code_id)]
        return tuple(coded + refused)


@dataclass(frozen=True, slots=True)
class Pace:
    """Reports each step of long work, in hundredths of the whole, and ends it when asked.

    ``first`` and ``last``: from where to where on the whole way, 0 to 1, this piece of work goes.
    """

    progress: OnProgress = lambda _: None
    cancelled: IsCancelled = lambda: False
    first: float = 0.0
    last: float = 1.0

    def part(self, first: float, last: float) -> Pace:
        """The pace of the part of this work that goes from ``first`` to ``last``, 0 to 1."""
        length = self.last - self.first
        return Pace(self.progress, self.cancelled, self.first + length * first, self.first + length * last)

    def step(self, done: int, total: int, what: str) -> None:
        """Tell that ``done`` of ``total`` is done. Raises :class:`Cancelled` when the user has stopped the work."""
        if self.cancelled():
            raise Cancelled
        way = self.first + (self.last - self.first) * done / max(total, 1)
        self.progress(Progress(round(_WHOLE * way), _WHOLE, what))


QUIET = Pace()
"""For work that nobody waits for."""
