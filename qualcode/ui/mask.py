"""How words are shown in the whole window: as they were said, or anonymised. One switch, and the one rule for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from qualcode.settings import Preferences

if TYPE_CHECKING:
    from qualcode.anonymise.render import Rendering
    from qualcode.core.analysis import Analysis
    from qualcode.core.project import Project
    from qualcode.core.rows import TranscriptRow
    from qualcode.core.spans import Context
    from qualcode.core.values import Change, Span, TranscriptId
    from qualcode.guard import Guard
    from qualcode.ui.guard_shelf import GuardShelf

Row = TypeVar("Row")
Value = TypeVar("Value")

READ_ONLY = "This is shown anonymised. Show it as it was written ({switch_mask}) to change it."
HIDDEN = "These words hide others. Show them as they were said ({switch_mask}) to find them everywhere."

_DECIDED = ("identifier", "identifier_form", "mention")
_READ = ("transcript", "interview")


@cache
def _columns() -> Mapping[type, tuple[str, ...]]:
    """The words of each kind of row that stand by themselves; those of a span are read off its transcript.

    Made when first asked for, so that the first page is up before the rows load.
    """
    from qualcode.core import rows

    return {
        rows.InterviewRow: ("title", "mode", "interviewer", "note", "source_name"),
        rows.ParticipantRow: ("pseudonym", "name", "note"),
        rows.WaveRow: ("name", "note"),
        rows.GuideQuestionRow: ("topic", "text"),
        rows.EvaluationQuestionRow: ("text",),
        rows.CodeRow: ("name", "definition", "include", "exclude", "example"),
        rows.SegmentRow: ("memo",),
        rows.ThemeRow: ("name", "definition", "central_message"),
        rows.FrameworkVersionRow: ("name",),
        rows.SummaryRow: ("text",),
        rows.MemoRow: ("text",),
        rows.QuoteRow: ("attribution",),
        rows.FindingRow: ("scope_value", "text", "summary"),
        rows.SuggestionRow: ("reason",),
        rows.ReportRow: ("title", "subtitle", "authors"),
    }


class Anonymised(str):
    """Words shown in the place of others. They are read and not edited, for the others must not be written over."""

    __slots__ = ()


class Mask(QObject):
    """Kept in the preferences, so that what is shown to others stays so until somebody says otherwise."""

    changed = Signal()
    """Everything on the screen is to be shown anew."""

    def __init__(self, preferences: Preferences, shelf: GuardShelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._shelf = shelf
        self._project: Project | None = None
        self._known: dict[str, str] = {}

    # --- the switch ---

    @property
    def on(self) -> bool:
        return self._preferences.anonymised

    def switch(self) -> None:
        """Show everything the other way."""
        self._preferences.anonymised = not self.on
        self._preferences.save()
        self.changed.emit()

    def take(self, project: Project | None) -> None:
        """Mask this project's words from now on."""
        self._project = project
        self._known.clear()
        self._shelf.take(project)

    def follow(self, change: Change) -> None:
        """Go by the register as it is after a change."""
        if change.touches(*_DECIDED, *_READ):
            self._forget()
            if self.on and change.touches(*_DECIDED):
                self.changed.emit()

    # --- words ---

    @property
    def guard(self) -> Guard | None:
        """What anonymises; None while words are shown as they were said."""
        return self.way_out if self.on and self._project is not None else None

    @property
    def way_out(self) -> Guard:
        """What anonymises and checks what leaves, whatever is shown; made when first asked for."""
        return self._shelf.guard

    def renew(self) -> None:
        """What was found in the project is new: what is held back follows it."""
        self._forget()

    def words(self, words: str) -> str:
        """Words of anywhere but a transcript, as they are shown; what hides others is :class:`Anonymised`."""
        guard = self.guard
        if guard is None or not words:
            return words
        if words not in self._known:
            shown = guard.text(words)
            self._known[words] = words if shown == words else Anonymised(shown)
        return self._known[words]

    def rendering(self, transcript_id: TranscriptId) -> Rendering | None:
        """How a transcript reads anonymised, with positions mapped both ways; None while it is shown as it was said."""
        guard = self.guard
        return guard.rendering(transcript_id) if guard is not None else None

    def said(self, transcript_id: TranscriptId, span: Span, words: str) -> str:
        """``words``, which stand at ``span`` of a transcript, as they are shown."""
        rendering = self.rendering(transcript_id)
        if rendering is None:
            return words
        shown = rendering.quote(span)
        return words if shown == words else Anonymised(shown)

    def context(self, transcript_id: TranscriptId, span: Span, context: Context) -> Context:
        """The words of a span of a transcript with those around it, as they are shown."""
        rendering = self.rendering(transcript_id)
        if rendering is None:
            return context
        from qualcode.core.spans import Context
        from qualcode.core.values import Span

        there = rendering.span_to_anonymised
        words = there(span)
        start = min(words.start, there(Span(span.start - len(context.before), span.start)).start)
        end = max(words.end, there(Span(span.end, span.end + len(context.after))).end)
        parts = (Span(start, words.start), words, Span(words.end, end))
        return Context(*(part.of(rendering.text).replace("\n", " ") for part in parts))

    def row(self, row: Row) -> Row:
        """What a read returned, as it is shown: the same ids and places, other words."""
        if self.guard is None:
            return row
        from qualcode.core import rows

        found: Any = row
        said = {name: getattr(found, name) for name in _columns()[type(found)]}
        values: dict[str, Any] = {name: self.words(words) for name, words in said.items() if words}
        if isinstance(found, rows.SegmentRow | rows.SuggestionRow):
            values["quote"] = self.said(found.transcript_id, found.span, found.quote)
        elif isinstance(found, rows.ParticipantRow):
            values["attributes"] = {key: self.words(value) for key, value in found.attributes.items()}
        elif isinstance(found, rows.FindingRow):
            values["quotes"] = tuple(map(self.row, found.quotes))
        elif isinstance(found, rows.ReportRow):
            values["texts"] = {key: self.words(text) for key, text in found.texts.items()}
        shown: Row = replace(found, **values)
        return shown

    def rows(self, rows: Iterable[Row]) -> list[Row]:
        return [self.row(row) for row in rows]

    def everything(self, value: Value) -> Value:
        """A value made of frozen values (a report as it will look), with every word in it as it is shown."""
        if self.guard is None:
            return value
        found: Any = value
        if isinstance(found, str) and not isinstance(found, Enum):
            found = self.words(found)
        elif isinstance(found, tuple):
            found = tuple(map(self.everything, found))
        elif is_dataclass(found) and not isinstance(found, type):
            parts = {f.name: self.everything(getattr(found, f.name)) for f in fields(found) if f.init}
            found = replace(found, **parts)
        return cast("Value", found)

    def analysis(self, analysis: Analysis) -> Analysis:
        """The same analysis, with what it names as it is shown."""
        if self.guard is not None:
            analysis.themes = self.rows(analysis.themes)
            analysis.waves = self.rows(analysis.waves)
            analysis.interviews = self.rows(analysis.interviews)
            analysis.participants = self.rows(analysis.participants)
        return analysis

    def transcript(self, row: TranscriptRow) -> tuple[TranscriptRow, Rendering | None]:
        """A transcript as it is shown, and how its positions map to the original's where it is anonymised."""
        guard = self.guard
        if guard is None:
            return row, None
        from qualcode.guard import anonymised

        return anonymised(guard, row)

    # --- within ---

    def _forget(self) -> None:
        self._known.clear()
        self._shelf.renew()
