"""Coding at one transcript: the selection snapped, codes applied and repeated, segments changed, suggestions decided.

The stage shows; this acts. Every act is one step, says what it did, and refuses with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from qualcode.core import ends, spans
from qualcode.core.coding import NewSegment
from qualcode.core.ends import End
from qualcode.core.rows import CodeRow, SegmentRow, SuggestionRow, TranscriptRow
from qualcode.core.values import CodeId, SegmentId, Span, ThemeId
from qualcode.ui.hints import printed
from qualcode.ui.models.coded import Coded
from qualcode.ui.widgets.palette import Entry
from qualcode.ui.wording import number
from qualcode.ui.workspace import Workspace

MOST_RECENT = 8
LONGEST_IN_VIVO = 60
CODED, ALREADY = "Coded “{}”", "These words have “{}” already"
NOTHING_SELECTED = "Select some words of the transcript first."
NOTHING_CHOSEN = "Choose a segment first: click its stripe ({code.next_segment} chooses the next)."

Made = TypeVar("Made")


class CodingDesk(QObject):
    """``selection`` gives the words selected now, ``chosen`` the key of the segment chosen now (or nothing)."""

    coded = Signal(object)
    """The id of a segment just made or changed."""

    def __init__(
        self, workspace: Workspace, selection: Callable[[], Span | None], chosen: Callable[[], str], coded: Coded
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._selection = selection
        self._chosen = chosen
        self._coded = coded
        self.row: TranscriptRow | None = None
        self.codes: Mapping[CodeId, CodeRow] = {}
        self._recent: list[CodeId] | None = None
        self.masked: Callable[[str], str] = str
        """What people's words become where they name a code: themselves, or what they read anonymised."""
        workspace.leaving.connect(self._forget)

    # --- what is meant ---

    def span(self) -> Span | None:
        """The selection, its ends drawn to words, sentences or turns as preferred; without one the chosen segment's."""
        selected = self._selection()
        if self.row is None:
            return None
        if selected is None:
            segment = self.chosen()
            return segment.span if segment else None
        found = spans.snap(self.row.text, selected, self.snap, self.row.turns)
        return found if len(found) else None

    def words(self) -> str:
        """The words that are meant, on one line."""
        span = self.span()
        return " ".join(span.of(self.row.text).split()) if self.row and span else ""

    def in_vivo(self) -> str:
        """The name of a code that the words that are meant give."""
        words = self.masked(self.words())
        return words if len(words) <= LONGEST_IN_VIVO else words[: LONGEST_IN_VIVO - 1].rstrip() + "…"

    @property
    def recent(self) -> list[CodeId]:
        """The codes used last, the latest first: at first those of the days before."""
        if self._recent is None:
            self._recent = self._workspace.project.coding.recent_codes(MOST_RECENT)
        return [code_id for code_id in self._recent if code_id in self.codes]

    def chosen(self) -> SegmentRow | None:
        return self._coded.get(self._chosen())

    @property
    def snap(self) -> spans.Snap:
        """What ends are drawn to, as preferred."""
        return spans.Snap(self._workspace.preferences.snap)

    def unit_at(self, at: int, to: spans.Snap) -> Span | None:
        """The word, sentence or turn at a place of the transcript."""
        return ends.unit_at(self.row.text, at, to, self.row.turns) if self.row else None

    def passage_at(self, at: int) -> Span | None:
        """What a code dropped at a place is meant for: the sentence there, or the turn where turns are preferred."""
        return self.unit_at(at, spans.Snap.TURN if self.snap is spans.Snap.TURN else spans.Snap.SENTENCE)

    # --- coding ---

    def apply(self, code_id: CodeId) -> None:
        """Give what is meant a code."""
        self.give(Entry(code_id, ""))

    def apply_named(self, name: str) -> None:
        """Give what is meant the code of this name, made when there is none; where nothing is meant only make it."""
        if self.span() is None:
            made = self._workspace.attempt(lambda: self._workspace.project.codebook.add(name))
            if made is not None:
                self._remember(made)
        else:
            self.give(Entry(None, name))

    def give(self, entry: Entry, span: Span | None = None, theme_id: ThemeId | None = None) -> None:
        """Give a passage, or without one what is meant, the code of the entry; one that is new lies under the theme."""
        row, span = self.row, span or self.span()
        if row is None or span is None:
            self._workspace.refused.emit(NOTHING_SELECTED)
            return
        coding = self._workspace.project.coding
        self._do("Code “{}”", CODED, entry, lambda code_id: coding.apply(row.id, span, code_id), theme_id)

    def give_all(self, code_ids: list[CodeId], span: Span) -> None:
        """Give a passage several codes, in one step."""
        row, project = self.row, self._workspace.project
        if len(code_ids) == 1 or row is None:
            self.give(Entry(code_ids[0], ""), span)
            return
        made = self._workspace.attempt(
            lambda: project.coding.apply_many([NewSegment(row.id, span, code_id) for code_id in code_ids])
        )
        if made is not None:
            for code_id in code_ids:
                self._remember(code_id)
            self._workspace.said.emit(f"Coded with {len(code_ids)} codes")
            self.coded.emit(made[-1])

    def apply_in_vivo(self) -> None:
        """Make a code named by the words that are meant themselves."""
        name = self.in_vivo()
        if name:
            self.apply_named(name)
        else:
            self._workspace.refused.emit(NOTHING_SELECTED)

    def apply_favourite(self, number: int) -> bool:
        """Give what is meant the code that has this number; whether one has."""
        for code in self.codes.values():
            if code.shortcut == number:
                self.apply(code.id)
                return True
        return False

    def make_favourite(self, code_id: CodeId, number: int | None) -> None:
        """Have a code under a number from 1 to 9, or (None) no longer."""
        self._workspace.attempt(lambda: self._workspace.project.codebook.give_shortcut(code_id, number))
        said = f"“{self.codes[code_id].name}” is now on {number}" if number else "No longer a favourite"
        self._workspace.said.emit(said)

    def repeat(self) -> None:
        """Give what is meant the code used last."""
        if recent := self.recent:
            self.apply(recent[0])
        else:
            self._workspace.refused.emit("No code was used yet. Code a passage first, then repeat its code on others.")

    # --- the chosen segment ---

    def uncode(self) -> None:
        segment = self._chosen_or_refused()
        if segment is not None:
            self._workspace.attempt(lambda: self._workspace.project.coding.remove([segment.id]))
            self._workspace.said.emit(self._named("Uncoded “{}”", segment.code_id))

    def recode(self, segment: SegmentRow, entry: Entry) -> None:
        """Give a segment another code, in place."""
        project, old = self._workspace.project, self.codes[segment.code_id].name

        def act(code_id: CodeId) -> SegmentId:
            project.coding.recode([segment.id], code_id)
            return segment.id

        self._do("Change code to “{}”", f"Changed to “{{}}”, was “{old}”", entry, act)

    def copy(self, segment: SegmentRow, entry: Entry) -> None:
        """Give a segment's passage another code as well, with its memo and weight."""
        coding = self._workspace.project.coding

        def act(code_id: CodeId) -> SegmentId:
            new = NewSegment(segment.transcript_id, segment.span, code_id, segment.memo, segment.weight)
            return coding.apply_many([new])[0]

        self._do("Copy to “{}”", "Copied to “{}”", entry, act)

    def step_end(self, which: End, by: int) -> None:
        """Move an end of the chosen segment by a word, sentence or turn, as preferred."""
        segment, row = self._chosen_or_refused(), self.row
        if segment is not None and row is not None:
            self._move(segment, ends.stepped(row.text, segment.span, which, by, self.snap, row.turns), which)

    def drawn(self, which: End, at: int) -> Span | None:
        """The chosen segment's span with an end dragged to a place."""
        segment, row = self.chosen(), self.row
        return ends.moved(row.text, segment.span, which, at, self.snap, row.turns) if segment and row else None

    def drag_end(self, which: End, at: int) -> None:
        segment, span = self.chosen(), self.drawn(which, at)
        if segment is not None and span is not None:
            self._move(segment, span, which)

    def split(self, at: int) -> None:
        """Part the chosen segment in two at a place, drawn to the beginning of the word there."""
        segment = self._chosen_or_refused()
        if segment is None or self.row is None:
            return
        word = ends.unit_at(self.row.text, at, spans.Snap.WORD, ())
        place = word.start if word is not None and word.start < at < word.end else at
        parts = self._workspace.attempt(lambda: self._workspace.project.coding.split(segment.id, place))
        if parts is not None:
            self._tell("Split “{}” in two", segment.code_id, parts[1])

    def join(self) -> None:
        """Join the chosen segment with the next one of its code, with the words between."""
        segment = self._chosen_or_refused()
        if segment is None:
            return
        following = self.following()
        if following is None:
            name = self.codes[segment.code_id].name
            self._workspace.refused.emit(f"No segment of “{name}” follows in this transcript to join this one with.")
            return
        between = self.between(following)
        made = self._workspace.attempt(lambda: self._workspace.project.coding.join([segment.id, following.id]))
        if made is not None:
            said = f" with the {number(between, 'word')} between" if between else ""
            self._tell(f"Joined two segments of “{{}}”{said}", segment.code_id, made)

    def between(self, following: SegmentRow) -> int:
        """How many words lie between the chosen segment and one that follows it."""
        segment = self.chosen()
        if segment is None or self.row is None:
            return 0
        first, second = sorted((segment.span, following.span))
        return len(self.row.text[first.end : max(first.end, second.start)].split())

    def following(self) -> SegmentRow | None:
        """The next segment of the chosen one's code, by its coder."""
        segment = self.chosen()
        return self._coded.next_of_code(segment) if segment else None

    def weigh(self, weight: int) -> None:
        segment = self._chosen_or_refused()
        if segment is not None and segment.weight != weight:
            self._workspace.attempt(lambda: self._workspace.project.coding.weigh(segment.id, weight))
            self._workspace.said.emit(f"Weight {weight}" if weight else "No weight")

    # --- suggestions ---

    def accept(self, suggestion: SuggestionRow, entry: Entry) -> None:
        """Take a suggestion with the code of the entry, made when there is none."""
        suggestions = self._workspace.project.suggestions
        self._do("Code “{}”", CODED, entry, lambda code_id: suggestions.accept(suggestion.id, code_id))

    def refuse(self, suggestion: SuggestionRow) -> None:
        self._workspace.attempt(lambda: self._workspace.project.suggestions.refuse(suggestion.id))
        self._workspace.said.emit("Suggestion refused")

    # --- within ---

    def _chosen_or_refused(self) -> SegmentRow | None:
        segment = self.chosen()
        if segment is None:
            self._workspace.refused.emit(printed.fill(NOTHING_CHOSEN))
        return segment

    def _do(
        self,
        label: str,
        said: str,
        entry: Entry,
        act: Callable[[CodeId], SegmentId],
        theme_id: ThemeId | None = None,
    ) -> None:
        """One step with the code of an entry, found by its name or made under a theme."""
        project = self._workspace.project
        name = self.codes[entry.code_id].name if entry.code_id else entry.name

        def whole() -> tuple[SegmentId, CodeId, bool]:
            with project.step(_with(label, name)):
                known = entry.code_id or project.codebook.find(name)
                code_id = known or project.codebook.add(name, theme_id=theme_id)
                made = act(code_id)
                before = self._coded.get(made)
                return made, code_id, before is not None and before.code_id == code_id

        done = self._workspace.attempt(whole)
        if done is not None:
            made, code_id, there_before = done
            self._remember(code_id)
            self._tell(ALREADY if there_before else said, code_id, made)

    def _move(self, segment: SegmentRow, span: Span, which: End) -> None:
        if span == segment.span:
            return
        made = self._workspace.attempt(lambda: self._workspace.project.coding.move_ends(segment.id, span))
        if made is not None:
            self._tell(f"Moved the {which} of “{{}}”", segment.code_id, made)

    def _forget(self) -> None:
        self._recent = None

    def _remember(self, code_id: CodeId) -> None:
        self._recent = [code_id, *(c for c in self.recent if c != code_id)][:MOST_RECENT]

    def _named(self, words: str, code_id: CodeId) -> str:
        return _with(words, self.codes[code_id].name)

    def _tell(self, said: str, code_id: CodeId, segment_id: SegmentId) -> None:
        hidden = self._coded.hidden(segment_id)
        self._workspace.said.emit(self._named(said, code_id) + (", which the filter hides" if hidden else ""))
        self.coded.emit(segment_id)


def _with(words: str, name: str) -> str:
    """``words`` with a code's name in the first place for one, whatever the name holds."""
    return words.replace("{}", name, 1)
