"""The anonymised copy of a project: nothing of what it hides is in it, and everything else is."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import update

from qualcode import review
from qualcode.copying import Copied, drafted_copy, log_copy
from qualcode.core.identifiers import IDENTIFIER
from qualcode.core.project import Project
from qualcode.core.schema import Participant
from qualcode.core.values import TranscriptId
from qualcode.errors import Cancelled, ExportBlocked, UserError
from qualcode.guard import Guard
from qualcode.sample import make_sample_project
from tests.helpers.projects import a_project, an_interview, code_words, dialogue, land, scratch, span_of


@dataclass(frozen=True)
class Both:
    """The sample project, its guard, and the copy made of it."""

    project: Project
    guard: Guard
    copy: Project
    content: bytes
    originals: frozenset[str]


def written(project: Project, target: Path, reason: str = "", guard: Guard | None = None) -> Copied:
    """A copy, made without looking for further names unless a guard says so."""
    copied = drafted_copy(project, target, guard or Guard(project, unreviewed=())).write(reason)
    log_copy(project, copied, target)
    return copied


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("sample")
    make_sample_project(folder / "sample.qualcode")
    with Project.open(folder / "sample.qualcode", coder="Frances Iredale") as project:
        guard = Guard(project, unreviewed=())
        written(project, folder / "copy.qualcode", guard=guard)
        content = (folder / "copy.qualcode").read_bytes()
        known = [row for row in project.identifiers.all() if row.status == IDENTIFIER]
        harmless = {words for row in project.identifiers.all() if row not in known for words in (row.text, *row.forms)}
        people = {p.name for p in project.people.all()} - harmless
        originals = {words for row in known for words in (row.text, *row.forms)} | people
        with Project.open(folder / "copy.qualcode", coder="Coder 1") as copy:
            yield Both(project, guard, copy, content, frozenset(originals))


def met(originals: frozenset[str], text: str) -> list[str]:
    """Which of the originals stand in a text, in any case: a plain search that knows nothing of the matcher."""
    small = text.lower()
    there = [words.lower() for words in originals if words.lower() in small]
    return [words for words in there if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", small)]


class DescribeTheSampleAnonymised:
    def it_holds_none_of_the_registers_originals(self, both: Both) -> None:
        assert len(both.originals) > 200
        for interview in both.project.transcripts.interviews():
            assert met(both.originals, both.project.transcripts.text(interview.transcript_id))
            assert met(both.originals, both.guard.rendering(interview.transcript_id).text) == []


class DescribeTheCopy:
    def it_has_no_original_in_any_of_its_bytes(self, both: Both) -> None:
        text = both.content.decode("utf-8", "replace")
        assert "thinks she runs it" in text
        assert met(frozenset(words for words in both.originals if len(words) > 3), text) == []

    def it_has_nothing_left_in_free_pages(self, both: Both) -> None:
        with sqlite3.connect(f"file:{both.copy.path}?mode=ro&immutable=1", uri=True) as plain:
            assert plain.execute("PRAGMA freelist_count").fetchone() == (0,)

    def it_is_a_sound_project_of_the_same_size(self, both: Both) -> None:
        assert both.copy.check() == []
        assert both.copy.summary() == both.project.summary()

    def it_holds_neither_the_key_nor_the_log_nor_what_was_found(self, both: Both) -> None:
        assert both.copy.identifiers.all() == []
        assert both.copy.identifiers.found() == {}
        assert [line.label for line in both.copy.log()] == ["Make an anonymised copy"]
        assert {p.name for p in both.copy.people.all()} == {""}

    def it_names_no_coder_and_no_interviewer(self, both: Both) -> None:
        assert b"Iredale" in both.content  # an author of the report, which is public
        (opened_by, *_) = [c.name for c in both.copy.people.coders()]
        assert opened_by == "Coder 1"
        assert {i.interviewer for i in both.copy.transcripts.interviews()} == {"Interviewer 1", "Interviewer 2"}

    def it_calls_speakers_by_their_part_or_pseudonym(self, both: Both) -> None:
        labels = {
            s.label for i in both.copy.transcripts.interviews() for s in both.copy.transcripts.speakers(i.transcript_id)
        }
        assert all(re.fullmatch(r"P\d\d|(Interviewer|Participant|Other|Unknown) \d", label) for label in labels)

    def it_anchors_every_segment_on_the_same_words(self, both: Both) -> None:
        there = {row.id: row for row in both.copy.coding.all()}
        seen = 0
        for interview in both.project.transcripts.interviews():
            rendering = both.guard.rendering(interview.transcript_id)
            for segment in both.project.coding.of_transcript(interview.transcript_id):
                seen += 1
                assert there[segment.id].quote == rendering.quote(segment.span)
                assert there[segment.id].span.of(rendering.text) == there[segment.id].quote
        assert seen == len(there) == both.project.summary().segments

    def it_keeps_the_turns_apart_and_in_order(self, both: Both) -> None:
        for interview in both.copy.transcripts.interviews():
            turns = both.copy.transcripts.get(interview.transcript_id).turns
            assert all(a.span.end <= b.span.start for a, b in pairwise(turns))

    def it_shows_quotes_as_the_report_does(self, both: Both) -> None:
        from qualcode.report import checks

        assert checks.check(both.copy, guard=Guard(both.copy, unreviewed=())) == []

    def it_leaves_the_project_as_it_was_but_for_a_line_in_the_log(self, both: Both) -> None:
        assert [line.label for line in both.project.log()][-1] == "Make an anonymised copy"
        assert both.project.check() == []


@pytest.fixture
def project() -> Iterator[Project]:
    with scratch() as folder, a_project(Path(folder)) as opened:
        yield opened


@pytest.fixture
def transcript_id(project: Project) -> TranscriptId:
    return an_interview(project, "P01", "So Margaret Holroyd rang about the form.", "I told Philippa Fotheringay.")[1]


def opened(target: Path) -> Project:
    return Project.open(target, coder="Coder 1")


class DescribeWhatGoesWithIt:
    def it_masks_titles_notes_memos_codes_and_file_names(self, project: Project, tmp_path: Path) -> None:
        _, transcript_id = an_interview(project, "Margaret", "Margaret Holroyd rang about the form.")
        project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr")
        code = project.codebook.add("What Margaret did", definition="As Mrs Holroyd says")
        code_words(project, transcript_id, "Holroyd rang", code)
        project.memos.add("Ask Margaret Holroyd's sister.")
        project.themes.add("Holroyd’s way")
        project.rename("The Holroyd study")
        project.move_to_stage("themes")
        written(project, tmp_path / "copy.qualcode")
        content = (tmp_path / "copy.qualcode").read_bytes()
        assert b"Holroyd" not in content
        assert b"Margaret" not in content
        with opened(tmp_path / "copy.qualcode") as copy:
            assert copy.name == "The Kerr study"
            assert [c.name for c in copy.codebook.all()] == ["What Isla did"]
            assert [p.pseudonym for p in copy.people.all()] == ["Isla"]
            (interview,) = copy.transcripts.interviews()
            assert interview.source_name == "Isla 0"
            (segment,) = copy.coding.all()
            assert segment.quote == "Isla Kerr rang"

    def it_keeps_pseudonyms_apart_that_come_out_alike(self, project: Project, tmp_path: Path) -> None:
        for name in ("Anna Tollan", "Maria Okell", "[a carer] 2"):
            project.people.add(name)
        project.identifiers.add("person", "Anna Tollan", "[a carer]")
        project.identifiers.add("person", "Maria Okell", "[a carer]")
        written(project, tmp_path / "copy.qualcode")
        with opened(tmp_path / "copy.qualcode") as copy:
            assert len({p.pseudonym for p in copy.people.all()}) == 3

    def it_cuts_a_name_that_runs_over_two_turns(self, project: Project, tmp_path: Path) -> None:
        land(project, dialogue(("Participant", "It was Margaret"), ("Interviewer", "Holroyd, was it?")), title="P01")
        project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr")
        written(project, tmp_path / "copy.qualcode")
        with opened(tmp_path / "copy.qualcode") as copy:
            (interview,) = copy.transcripts.interviews()
            shown = copy.transcripts.get(interview.transcript_id)
            assert [t.span.of(shown.text) for t in shown.turns] == ["It was Isla", "Kerr, was it?"]

    def it_keeps_the_edits_of_a_quote_on_their_words(
        self, project: Project, transcript_id: TranscriptId, tmp_path: Path
    ) -> None:
        project.identifiers.add("person", "Margaret Holroyd", "[the nurse from the surgery]")
        code = project.codebook.add("Forms")
        segment = code_words(project, transcript_id, "So Margaret Holroyd rang about the form.", code)
        finding = project.findings.add(None, "People rang about forms.")
        quote = project.findings.quote(finding, segment)
        verbatim = project.findings.get_quote(quote).verbatim
        project.findings.cut(quote, span_of(verbatim, "about"))
        project.findings.cut(quote, span_of(verbatim, "Holroyd"))
        written(project, tmp_path / "copy.qualcode")
        with opened(tmp_path / "copy.qualcode") as copy:
            there = copy.findings.get_quote(quote)
            assert [e.span.of(there.verbatim) for e in there.edits] == ["[the nurse from the surgery]", "about"]

    def it_does_not_take_the_label_of_a_quote_for_a_name(self, project: Project, tmp_path: Path) -> None:
        project.identifiers.add("person", "Q", "Ada")
        project.findings.add(None, "As in {q:Q-0001} and Q-0002, said Q.")
        written(project, tmp_path / "copy.qualcode")
        with opened(tmp_path / "copy.qualcode") as copy:
            assert [f.text for f in copy.findings.all()] == ["As in {q:Q-0001} and Q-0002, said Ada."]

    def it_leaves_out_who_has_withdrawn_and_every_interview_with_them(self, project: Project, tmp_path: Path) -> None:
        gone, _ = an_interview(project, "P01", "I said a thing that is mine.")
        an_interview(project, "P02", "I stay.")
        with project.step("Withdraw"):
            project._journal.write(
                update(Participant).where(Participant.id == gone).values(withdrawn_on=dt.date(2026, 1, 5))
            )
        written(project, tmp_path / "copy.qualcode")
        assert b"a thing that is mine" not in (tmp_path / "copy.qualcode").read_bytes()
        with opened(tmp_path / "copy.qualcode") as copy:
            assert [p.pseudonym for p in copy.people.all()] == ["P02"]

    def it_leaves_earlier_versions_of_a_transcript_out(
        self, project: Project, transcript_id: TranscriptId, tmp_path: Path
    ) -> None:
        text = project.transcripts.text(transcript_id)
        project.transcripts.correct_words(transcript_id, span_of(text, "about the form"), "concerning the paper")
        project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr")
        written(project, tmp_path / "copy.qualcode")
        content = (tmp_path / "copy.qualcode").read_bytes()
        assert b"about the form" not in content
        assert b"concerning the paper" in content


class DescribeTheGate:
    def it_holds_a_copy_back_with_a_name_that_nobody_decided_on(
        self, project: Project, transcript_id: TranscriptId, tmp_path: Path
    ) -> None:
        review.keep(project, review.search(project).run())
        with pytest.raises(ExportBlocked) as held:
            written(project, tmp_path / "copy.qualcode", guard=Guard(project))
        assert any("Fotheringay" in place for place in held.value.places)
        assert list(tmp_path.iterdir()) == []
        assert [p.name for p in project.path.parent.glob("*.qualcode")] == [project.path.name]

    def it_lets_one_go_for_a_reason_and_logs_it(
        self, project: Project, transcript_id: TranscriptId, tmp_path: Path
    ) -> None:
        review.keep(project, review.search(project).run())
        written(project, tmp_path / "copy.qualcode", "The archive agreed", Guard(project))
        line = project.log()[-1]
        assert line.detail["override"] == "The archive agreed"
        assert line.detail["places"]

    def it_looks_at_the_name_of_the_file_too(
        self, project: Project, transcript_id: TranscriptId, tmp_path: Path
    ) -> None:
        project.identifiers.add("person", "Margaret Holroyd", "Isla Kerr")
        with pytest.raises(ExportBlocked, match="one place"):
            written(project, tmp_path / "Holroyd.qualcode")

    def it_can_be_stopped_and_leaves_nothing(
        self, project: Project, transcript_id: TranscriptId, tmp_path: Path
    ) -> None:
        draft = drafted_copy(project, tmp_path / "copy.qualcode", Guard(project, unreviewed=()))
        with pytest.raises(Cancelled):
            draft.write(cancelled=lambda: True)
        assert list(tmp_path.iterdir()) == []
        assert [p.name for p in project.path.parent.glob("*.qualcode")] == [project.path.name]

    def it_removes_what_a_killed_program_left(self, project: Project, tmp_path: Path) -> None:
        left = project.path.with_name(f".{project.path.stem} {'0af1' * 8}.qualcode")
        left.write_text("left")
        written(project, tmp_path / "copy.qualcode")
        assert not left.exists()

    def it_says_how_many_could_be_told_by_their_attributes(self, project: Project, tmp_path: Path) -> None:
        role = project.people.add_attribute("Role")
        for name, value in (("P01", "Mentor"), ("P02", "Carer"), ("P03", "Carer"), ("P04", "Carer"), ("P05", "")):
            project.people.set_value(project.people.add(name), role, value)
        draft = drafted_copy(project, tmp_path / "copy.qualcode")
        draft.discard()
        assert draft.remark.startswith("1 of 5 people share their attributes with fewer than 2 others.")

    @pytest.mark.parametrize("name", ["there.qualcode", "copy.docx", "nowhere/copy.qualcode"])
    def it_refuses_a_place_where_it_cannot_be(self, project: Project, tmp_path: Path, name: str) -> None:
        (tmp_path / "there.qualcode").write_text("there")
        with pytest.raises(UserError):
            drafted_copy(project, tmp_path / name)
        assert (tmp_path / "there.qualcode").read_text() == "there"


class DescribePlacesDecidedAlone:
    def it_replaces_what_was_said_to_be_somebody_there(
        self, project: Project, transcript_id: TranscriptId, tmp_path: Path
    ) -> None:
        nurse = project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        text = project.transcripts.text(transcript_id)
        project.identifiers.decide(transcript_id, span_of(text, "the form"), nurse)
        written(project, tmp_path / "copy.qualcode")
        with opened(tmp_path / "copy.qualcode") as copy:
            (interview,) = copy.transcripts.interviews()
            assert "[the nurse] rang about [the nurse]." in copy.transcripts.text(interview.transcript_id)
