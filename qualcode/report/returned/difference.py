"""What is not in a returned document as the project has it, as values that a window can list and a terminal print."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.core.values import FindingId, Span, TranscriptId
from qualcode.report.blocks import Of, Origin
from qualcode.report.checks import Severity
from qualcode.report.returned.wordings import Stretch


class Kind(StrEnum):
    """What happened to something in the document, or in the project since it was written."""

    IDENTIFIER = "identifier"
    UNREAD = "not looked through"
    WITHDRAWN = "from somebody who has withdrawn"
    QUOTE_CHANGED = "quote changed"
    QUOTE_MOVED = "quote moved"
    QUOTE_DELETED = "quote deleted"
    NOT_CODED = "no longer coded"
    ATTRIBUTION = "attribution changed"
    NEW_QUOTE = "new quote"
    UNKNOWN_WORDS = "said in no transcript"
    FINDING_CHANGED = "finding changed"
    FINDING_MOVED = "finding moved"
    FINDING_DELETED = "finding deleted"
    QUANTITY = "quantity word"
    NO_QUOTE = "finding without a quote"
    HEADING = "heading changed"
    TEXT_CHANGED = "text changed"
    GONE = "no longer in the project"
    CHANGED_SINCE = "changed in the project since"
    UNMARKED = "hidden mark lost"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a finding would say if its words in the document were taken back: light markup, before and after.

    ``field`` is text or summary. ``lost`` are marks that the new words have no place for.
    """

    finding_id: FindingId
    field: str
    before: str
    after: str
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing to look at: a sentence, what to open for it, and under which heading of the document it stands.

    ``diff`` leads from the project's words to the document's; ``passage`` is where words were said that are new in the
    document.
    """

    severity: Severity
    kind: Kind
    sentence: str
    origin: Origin
    place: str = ""
    diff: tuple[Stretch, ...] = ()
    taken: TakenBack | None = None
    passage: tuple[TranscriptId, Span] | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a check found, the gravest first, and how much of the report was found at all."""

    name: str
    differences: tuple[Difference, ...]
    quotes: int = 0
    findings: int = 0

    @property
    def takeable(self) -> tuple[TakenBack, ...]:
        """The changed findings that can be taken back."""
        return tuple(d.taken for d in self.differences if d.taken is not None)


NOWHERE = Origin(Of.REPORT, "")
"""What a difference leads to that belongs to nothing in the project."""
