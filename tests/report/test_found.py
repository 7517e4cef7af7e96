"""What a search found, as it leaves: in context, anonymised, without those who have withdrawn."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from qualcode.core.rows import SegmentRow
from qualcode.errors import ExportBlocked
from qualcode.guard import Guard
from qualcode.report.found import REACH, FoundPlace, drafted_document, drafted_workbook
from tests.helpers.projects import span_of
from tests.report.conftest import Study


def place(study: Study, transcript_id: Any, words: str) -> FoundPlace:
    return FoundPlace(transcript_id, span_of(study.project.transcripts.text(transcript_id), words))


def of(segment: SegmentRow) -> FoundPlace:
    return FoundPlace(segment.transcript_id, segment.span, segment.code_id)


def rows(study: Study, places: Sequence[FoundPlace], asked: str = "“wait”") -> list[dict[str, Any]]:
    """The lines of the workbook, by the headings of its columns."""
    draft = drafted_workbook(study.project, asked, places, Guard(study.project, unreviewed=()))
    sheet = load_workbook(io.BytesIO(draft.prepared().content))["Found"]
    heads, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), line, strict=True)) for line in lines]


def paragraphs(study: Study, places: Sequence[FoundPlace], asked: str = "“wait”") -> list[str]:
    """All that is read in the Word document, and the cells of its tables."""
    draft = drafted_document(study.project, asked, places, Guard(study.project, unreviewed=()))
    document = docx.Document(io.BytesIO(draft.prepared().content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*cells, *(paragraph.text for paragraph in document.paragraphs)]


class DescribeWhatWasFound:
    def it_stands_in_its_context_with_who_and_where(self, study: Study) -> None:
        _, transcript = study.interview("P01", "A long wait, then.")
        assert rows(study, [place(study, transcript, "wait")]) == [
            {
                "Participant": "P01",
                "Wave": None,
                "Interview": "P01",
                "Line": 2,
                "Before": "A long",
                "Words": "wait",
                "After": ", then.",
            }
        ]
        assert "A long wait, then." in paragraphs(study, [place(study, transcript, "wait")])

    def it_has_no_more_context_than_its_turn_and_no_half_words(self, study: Study) -> None:
        _, transcript = study.interview("P01", "Sooner. " + "wordy " * 60 + "wait " + "again " * 60)
        [row] = rows(study, [place(study, transcript, "wait")])
        assert set(row["Before"].split()) == {"wordy"}
        assert set(row["After"].split()) == {"again"}
        assert REACH - 6 <= len(row["Before"]) <= REACH

    def it_replaces_names_where_only_a_part_of_one_is_in_reach(self, study: Study) -> None:
        _, transcript = study.interview("P01", "Nadia Osei had to wait")
        study.project.identifiers.add("person", "Nadia Osei", "[my sister]", forms=["Nadia", "Osei"])
        [row] = rows(study, [place(study, transcript, "Osei had to wait")], "“Nadia Osei”")
        assert (row["Before"].casefold(), row["Words"].casefold()) == ("[my sister]", "[my sister] had to wait")
        read = "\n".join(paragraphs(study, [place(study, transcript, "wait")], "“Nadia Osei”"))
        assert "“[my sister]”" in read.casefold()
        assert "Nadia" not in read

    def it_leaves_out_passages_of_people_who_have_withdrawn(self, study: Study) -> None:
        _, first = study.interview("P01", "A long wait.")
        gone, second = study.interview("P02", "No wait.")
        study.withdraw(gone)
        assert [row["Participant"] for row in rows(study, [place(study, t, "wait") for t in (first, second)])] == [
            "P01"
        ]

    def it_shows_segments_under_their_code(self, study: Study) -> None:
        _, transcript = study.interview("P01", "By bus, twice.")
        segment = study.project.coding.get(study.segment(transcript, "By bus"))
        [row] = rows(study, [of(segment)])
        assert (row["Code"], row["Passage"]) == ("Travel", "By bus")
        assert "Travel: By bus" in paragraphs(study, [of(segment)])

    def it_says_so_when_nothing_may_be_shown(self, study: Study) -> None:
        gone, transcript = study.interview("P01", "No wait.")
        study.withdraw(gone)
        assert "Nothing that may be shown" in "\n".join(paragraphs(study, [place(study, transcript, "wait")]))

    @pytest.mark.parametrize("drafted", [drafted_workbook, drafted_document])
    def it_is_held_back_where_something_identifies(self, study: Study, drafted: Any) -> None:
        _, transcript = study.interview("P01", "Ring 01632 960417 and wait.")
        draft = drafted(
            study.project, "“wait”", [place(study, transcript, "wait")], Guard(study.project, unreviewed=())
        )
        with pytest.raises(ExportBlocked) as blocked:
            draft.prepared()
        assert "search results" in str(blocked.value)
        assert "01632 960417" in blocked.value.places[0]
