"""What leaves is anonymised and checked: by the register, and by what was found but nobody has decided on yet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode import review
from qualcode.anonymise.candidates import Tier
from qualcode.anonymise.kinds import Kind, Treatment
from qualcode.anonymise.leaks import LeakKind
from qualcode.core.progress import Progress
from qualcode.core.project import Project
from qualcode.core.values import Emphasis, Face, Span, TranscriptId
from qualcode.errors import Cancelled
from qualcode.guard import Guard, anonymised
from tests.helpers.projects import a_project, an_interview, dialogue, everything, land, scratch, span_of

SAID = "So Margaret Holroyd rang 😀 about the form, and Margaret's sister came. Then Mrs Holroyd left us."
ANSWER = "My number is 07700 900123 and I went to see Philippa Fotheringay with Margaret."


@pytest.fixture
def project() -> Iterator[Project]:
    with scratch() as folder, a_project(Path(folder)) as opened:
        yield opened


@pytest.fixture
def transcript_id(project: Project) -> TranscriptId:
    return an_interview(project, "P01", SAID, ANSWER)[1]


def looked_through(project: Project) -> review.Found:
    found = review.search(project).run()
    review.keep(project, found)
    return found


def waiting(project: Project) -> list[str]:
    found = review.kept(project)
    register = review.register_of(project, found.small_words)
    return [p.text for p in review.undecided(register, found.proposals)]


def unreviewed(guard: Guard, words: str) -> list[str]:
    return [leak.words for leak in guard.leaks(words) if leak.kind is LeakKind.UNREVIEWED]


class DescribeWhatNobodyHasDecidedOn:
    def it_holds_a_dangerous_string_back_once_the_project_was_looked_through(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        assert unreviewed(Guard(project), "We met Philippa Fotheringay.") == []
        looked_through(project)
        assert unreviewed(Guard(project), "We met Philippa Fotheringay.") == ["Philippa Fotheringay"]

    def it_is_looked_for_when_something_is_to_leave_and_nobody_had_looked(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        guard = Guard(project)
        guard.look()
        assert unreviewed(guard, "We met Philippa Fotheringay.") == ["Philippa Fotheringay"]

    def it_is_looked_for_once_when_that_is_kept(self, project: Project, transcript_id: TranscriptId) -> None:
        guard = Guard(project)
        guard.look()
        guard.keep_found()
        assert unreviewed(Guard(project), "We met Philippa Fotheringay.") == ["Philippa Fotheringay"]

    def it_is_looked_for_again_when_a_transcript_came_in_since(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        looked_through(project)
        an_interview(project, "P02", "I asked Rosalind Thistlewood about it.")
        guard = Guard(project)
        assert unreviewed(guard, "Rosalind Thistlewood agreed.") == []
        guard.look()
        assert unreviewed(guard, "Rosalind Thistlewood agreed.") == ["Rosalind Thistlewood"]

    @pytest.mark.parametrize("decision", ["replace", "harmless"])
    def it_lets_through_what_was_decided_either_way(
        self, project: Project, transcript_id: TranscriptId, decision: str
    ) -> None:
        looked_through(project)
        if decision == "replace":
            project.identifiers.add("person", "Philippa Fotheringay", "[a friend]")
        else:
            project.identifiers.call_harmless(["Philippa Fotheringay"])
        assert unreviewed(Guard(project), "We met Philippa Fotheringay.") == []

    def it_does_not_hold_back_for_what_hardly_tells(self, project: Project, transcript_id: TranscriptId) -> None:
        an_interview(project, "P02", "We went up to Scotland for the week, and Scotland was lovely.")
        found = looked_through(project)
        assert [p.tier for p in found.proposals if p.text == "Scotland"] == [Tier.A]
        assert unreviewed(Guard(project), "Scotland was lovely.") == []


class DescribeASearch:
    def it_finds_the_names_of_the_metadata_and_says_where(self, project: Project) -> None:
        project.people.add("P01", "Aelfgifu Grubb")
        _, transcript_id = an_interview(project, "P01", "They call me Aelfgifu Grubb there.")
        found = looked_through(project)
        (grubb,) = [p for p in found.proposals if p.text == "Aelfgifu Grubb"]
        text = project.transcripts.text(transcript_id)
        assert [s.span for s in grubb.sightings] == [span_of(text, "Aelfgifu Grubb")]
        assert (grubb.kind, grubb.danger) == (Kind.PERSON, 1.0)

    def it_is_kept_as_it_was_found_and_is_no_act(self, project: Project, transcript_id: TranscriptId) -> None:
        before = project.undo_label
        found = looked_through(project)
        assert found.proposals
        assert review.kept(project) == found
        assert project.undo_label == before

    def it_survives_that_the_transcript_goes_and_comes_back(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        found = looked_through(project)
        project.transcripts.remove([i.id for i in project.transcripts.interviews()])
        assert review.kept(project).proposals == ()
        project.undo()
        assert review.kept(project).proposals == found.proposals

    def it_tells_its_progress_and_can_be_stopped(self, project: Project, transcript_id: TranscriptId) -> None:
        told: list[Progress] = []
        review.search(project).run(told.append)
        assert (told[0].done, told[0].total) == (0, 1)
        with pytest.raises(Cancelled):
            review.search(project).run(cancelled=lambda: True)

    def it_says_which_transcript_has_no_capitals(self, project: Project) -> None:
        said = " ".join(["so we went to the shop with margaret and then we waited for the bus again"] * 12)
        land(project, dialogue(("Participant", said)), title="P09 · Wave 1")
        (remark,) = looked_through(project).remarks
        assert "P09 · Wave 1" in remark


class DescribeDecidingOnce:
    def it_settles_every_form_that_would_be_replaced(self, project: Project, transcript_id: TranscriptId) -> None:
        looked_through(project)
        assert any("Holroyd" in text for text in waiting(project))
        project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        assert not any("Holroyd" in text or "Margaret" in text for text in waiting(project))

    def it_leaves_a_number_open_until_it_is_decided_on(self, project: Project, transcript_id: TranscriptId) -> None:
        looked_through(project)
        assert "07700 900123" in waiting(project)
        project.identifiers.add("phone number", "07700900123", "[phone number]")
        assert "07700 900123" not in waiting(project)

    def it_settles_a_string_that_was_left_at_each_of_its_places(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        found = looked_through(project)
        (philippa,) = [p for p in found.proposals if p.text == "Philippa Fotheringay"]
        for sighting in philippa.sightings:
            project.identifiers.decide(sighting.transcript_id, sighting.span, None)
        assert "Philippa Fotheringay" not in waiting(project)
        project.identifiers.undecide(philippa.sightings[0].transcript_id, philippa.sightings[0].span)
        assert "Philippa Fotheringay" in waiting(project)

    def it_comes_to_the_same_in_small_steps(self, project: Project, transcript_id: TranscriptId) -> None:
        an_interview(project, "P02", "Ken and Bev said so. Bev Stannard and Ken drove to Brindlow with Margaret.")
        found = looked_through(project)
        before = review.register_of(project, found.small_words)
        left = review.undecided(before, found.proposals)
        for text in ("Ken", "Bev Stannard", "Margaret Holroyd"):
            known = {i.id for i in review.register_of(project, found.small_words).identifiers}
            project.identifiers.add("person", text, "[name]")
            register = review.register_of(project, found.small_words)
            new = [i for i in register.identifiers if i.id not in known]
            left = review.still_undecided(register, new, left)
            assert left == review.undecided(register, found.proposals)


class DescribeHouseRules:
    def it_offers_the_words_of_the_project_for_all_of_a_kind(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        found = looked_through(project)
        (philippa,) = [p for p in found.proposals if p.text == "Philippa Fotheringay"]
        plain = review.Offers(found.proposals, {}, ()).replacement(philippa, Kind.PERSON)
        assert not plain.startswith("[")
        review.set_house_rule(project, Kind.PERSON, review.Rule(Treatment.DESCRIPTION, "[colleague]"))
        offers = review.Offers(found.proposals, review.house_rules(project), ())
        assert offers.replacement(philippa, Kind.PERSON) == "[colleague]"
        before = everything(project)
        review.set_house_rule(project, Kind.PERSON, None)
        assert review.house_rules(project) == {}
        project.undo()
        assert everything(project) == before

    def it_gives_a_name_to_what_turns_out_to_be_a_person(self, project: Project, transcript_id: TranscriptId) -> None:
        found = looked_through(project)
        (number,) = [p for p in found.proposals if p.kind is Kind.PHONE]
        taken = {p.replacement for p in found.proposals}
        assert review.Offers(found.proposals, {}, ()).replacement(number, Kind.PERSON) not in {*taken, ""}


class DescribeTheAnonymisedReading:
    def it_moves_turns_and_emphasis_and_maps_both_ways(self, project: Project, transcript_id: TranscriptId) -> None:
        project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        row = project.transcripts.get(transcript_id)
        shown, rendering = anonymised(Guard(project), row)
        assert "Holroyd" not in shown.text
        assert [shown.text[t.span.start : t.span.end][:3] for t in shown.turns] == [
            row.text[t.span.start : t.span.end][:3] for t in row.turns
        ]
        said = span_of(shown.text, "about the form")
        assert rendering.span_to_original(said).of(row.text) == "about the form"
        assert rendering.span_to_anonymised(span_of(row.text, "left us")).of(shown.text) == "left us"

    def it_keeps_bold_on_the_words_it_was_on(self, project: Project) -> None:
        from dataclasses import replace

        transcript = dialogue(("Participant", SAID))
        bold = Emphasis(span_of(transcript.text, "came"), Face.BOLD)
        _, transcript_id = land(project, replace(transcript, emphasis=(bold,)))
        project.identifiers.add("person", "Margaret Holroyd", "[the very kind community nurse]")
        shown, _ = anonymised(Guard(project), project.transcripts.get(transcript_id))
        assert [e.span.of(shown.text) for e in shown.emphasis] == ["came"]

    def it_replaces_a_place_that_was_said_to_be_the_identifier(
        self, project: Project, transcript_id: TranscriptId
    ) -> None:
        text = project.transcripts.text(transcript_id)
        nurse = project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        project.identifiers.decide(transcript_id, span_of(text, "us"), nurse)
        whole = Span(0, len(text))
        at = [(span.of(text), words) for span, words in Guard(project).replacements(transcript_id, whole)]
        assert ("us", "[the nurse]") in at

    def it_leaves_a_place_that_was_said_to_be_none(self, project: Project, transcript_id: TranscriptId) -> None:
        text = project.transcripts.text(transcript_id)
        project.identifiers.add("person", "Margaret Holroyd", "[the nurse]")
        project.identifiers.decide(transcript_id, span_of(text, "Mrs Holroyd"), None)
        guard = Guard(project)
        replaced = [span.of(text) for span, _ in guard.replacements(transcript_id, Span(0, len(text)))]
        assert "Mrs Holroyd" not in replaced
        assert "Margaret Holroyd" in replaced
        assert guard.leaks("Her sister came. Then Mrs Holroyd left us.") == ()
        assert [leak.words for leak in guard.leaks("I asked Mrs Holroyd.")] == ["Holroyd"]


class DescribeLabelsOfQuotes:
    def it_takes_them_for_nobodys_initials(self, project: Project, transcript_id: TranscriptId) -> None:
        project.identifiers.add("person", "Q", "Ada")
        guard = Guard(project, unreviewed=())
        assert guard.text("As in {q:Q-0001} and Q-0012, said Q.") == "As in {q:Q-0001} and Q-0012, said Ada."
        (leak,) = guard.leaks("As in {q:Q-0001}, said Q.")
        assert leak.span.of("As in {q:Q-0001}, said Q.") == "Q"
        assert "{q:Q-0001}, said " in leak.context.before


class DescribeTheRestOfTheProject:
    def it_knows_all_words_beside_the_transcripts(self, project: Project, transcript_id: TranscriptId) -> None:
        project.memos.add("Ask Margaret.")
        project.findings.add(None, "Margaret was waited for.")
        said = {(w.what, w.text) for w in project.identifiers.writings()}
        assert {("Memo", "Ask Margaret."), ("Finding", "Margaret was waited for."), ("File name", "P01 0")} <= said
