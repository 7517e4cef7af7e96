"""Suggestions through the public door: material in, passages with a score and a reason out."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.progress import Progress
from qualcode.core.values import CodeId, Passage, Role, Speaker, Suggestion, TranscriptId
from qualcode.errors import Cancelled
from qualcode.suggest import Coded, Material, Refused, suggest
from tests.suggest.talk import BUS, CODEBOOK, FORM, LUNCH, an_interview, answer, coded_material, passage

LAST = TranscriptId("t3")
LONG = (
    "I was so worried about my mother that winter that I stopped sleeping, and I would lie there listening for the "
    "stairs because she had fallen twice, and nobody at the surgery seemed to think that it was their problem at all."
)


def words(found: Suggestion, material: Material) -> str:
    texts = {p.transcript_id: p.text for p in material.passages}
    return found.span.of(texts[found.transcript_id])


def for_code(found: tuple[Suggestion, ...], code_id: CodeId | None) -> list[Suggestion]:
    return [s for s in found if s.code_id == code_id]


class DescribePassagesForACode:
    def it_finds_what_is_like_the_segments_coded_before(self) -> None:
        material = coded_material()
        found = suggest(material, [LAST])
        passage_ = material.passages[3]
        for topic in (BUS, LUNCH, FORM):
            best = for_code(found, topic)[0]
            assert best.span.overlaps(answer(passage_, topic, 3)), topic

    def it_finds_a_passage_by_the_codebook_alone(self) -> None:
        material = coded_material(coded=0)
        best = for_code(suggest(material, [LAST]), FORM)[0]
        assert "form" in words(best, material)
        assert best.reason.startswith("From the definition: ")

    def it_says_which_words_speak_for_it_and_where_the_like_was_coded(self) -> None:
        names = {TranscriptId(f"t{n}"): f"P0{n} · Wave 1" for n in range(4)}
        best = for_code(suggest(coded_material(names=names), [LAST]), BUS)[0]
        assert "Speaks for it: “" in best.reason
        assert "Like a segment you coded in P0" in best.reason
        assert best.reason.endswith(".")

    def it_offers_nothing_again_that_was_coded_with_the_code_or_refused_for_it(self) -> None:
        material = coded_material()
        before = for_code(suggest(material, [LAST]), BUS)
        taken, refused = (Coded(LAST, before[0].span, BUS), Refused(LAST, before[0].span, BUS))
        for decided in (
            replace(material, coded=(*material.coded, taken)),
            replace(material, refused=(refused,)),
        ):
            assert not any(s.span.overlaps(before[0].span) for s in for_code(suggest(decided, [LAST]), BUS))

    def it_still_offers_a_refused_passage_for_another_code(self) -> None:
        material = coded_material()
        span = answer(material.passages[3], BUS, 3)
        found = suggest(replace(material, refused=(Refused(LAST, span, FORM),)), [LAST])
        assert any(s.span.overlaps(span) for s in for_code(found, BUS))


class DescribePassagesWorthQuoting:
    def it_offers_a_long_answer_told_with_feeling_although_there_is_no_codebook(self) -> None:
        material = Material((passage("t", [(0, "Who do you look after?"), (1, "My mum."), (0, "And?"), (1, LONG)]),))
        (found,) = suggest(material, [TranscriptId("t")])
        assert (found.code_id, words(found, material)) == (None, LONG)
        assert found.reason == (
            "Told at length: 42 words. Words of feeling or judgement: “worried”, “nobody”. "
            "It answers “Who do you look after?”."
        )

    def it_names_the_question_of_the_project_that_was_answered(self) -> None:
        asked = "How does caring for your mother affect your own health?"
        material = Material((passage("t", [(0, asked), (1, LONG)]),), questions=(asked,))
        (found,) = suggest(material, [TranscriptId("t")])
        assert f"It answers “{asked}”, which comes close to “{asked}”." in found.reason

    def it_leaves_out_what_was_coded_with_any_code(self) -> None:
        bare = Material((passage("t", [(0, "Who do you look after?"), (1, LONG)]),), CODEBOOK)
        (found,) = for_code(suggest(bare, [TranscriptId("t")]), None)
        coded = replace(bare, coded=(Coded(TranscriptId("t"), found.span, FORM),))
        assert for_code(suggest(coded, [TranscriptId("t")]), None) == []

    def it_takes_few_and_from_different_answers(self) -> None:
        told = [
            turn for n in range(9) for turn in ((0, f"And what of part {n} of it?"), (1, f"Part {n}. {LONG} {LONG}"))
        ]
        material = Material((passage("t", told),))
        found = suggest(material, [TranscriptId("t")])
        assert len(found) == 4
        answers = {next(i for i, t in enumerate(material.passages[0].turns) if t.span.contains(s.span)) for s in found}
        assert len(answers) == 4


class DescribeEverySuggestion:
    def it_is_the_same_for_the_same_material(self) -> None:
        assert suggest(coded_material(), [LAST]) == suggest(coded_material(), [LAST])

    def it_comes_best_first_and_only_from_the_interviews_asked_for(self) -> None:
        found = suggest(coded_material(5), [LAST, TranscriptId("t4")])
        assert {s.transcript_id for s in found} == {LAST, "t4"}
        assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)

    def it_counts_code_points_whatever_stands_before(self) -> None:
        opening = "Well 👩‍👩‍👧 e\u0301, שלום."
        plain, odd = an_interview(3), an_interview(3, opening=opening)
        shift = len(opening) - len("Hello there.")
        others = coded_material(3).passages
        coded = coded_material(3).coded
        for code_id in (BUS, LUNCH, FORM):
            spans = [
                for_code(suggest(Material((*others, p), CODEBOOK, coded), [LAST]), code_id)[0].span
                for p in (plain, odd)
            ]
            assert spans[1] == spans[0].shifted(shift)

    @pytest.mark.parametrize(
        "passages", [(), (passage("t", [(0, "Are you there?")]),), (passage("t", [(1, "…")]),), (passage("t", []),)]
    )
    def it_is_not_made_up_where_nobody_speaks(self, passages: tuple[Passage, ...]) -> None:
        assert suggest(Material(passages, CODEBOOK), [TranscriptId("t")]) == ()

    def it_counts_a_speaker_of_unknown_role_as_a_participant(self) -> None:
        known = passage("t", [(1, LONG)])
        material = Material((replace(known, speakers=(Speaker("", Role.INTERVIEWER), Speaker("", Role.UNKNOWN))),))
        assert len(suggest(material, [TranscriptId("t")])) == 1

    @settings(max_examples=25)
    @given(
        st.lists(
            st.lists(
                st.tuples(
                    st.integers(0, 1),
                    st.lists(
                        st.sampled_from(("the bus", "soup.", "a form,", "I waited", "\n", "שלום", "🙂", "…", LONG)),
                        max_size=12,
                    ).map(" ".join),
                ),
                max_size=6,
            ),
            min_size=1,
            max_size=4,
        ),
        st.data(),
    )
    def it_is_speech_of_one_participants_turn_with_a_score_and_a_reason(
        self, talks: list[list[tuple[int, str]]], data: st.DataObject
    ) -> None:
        passages = tuple(passage(f"t{n}", said) for n, said in enumerate(talks))
        turns = [(p, t) for p in passages for t in p.turns if len(t.span)]
        chosen = data.draw(st.lists(st.sampled_from(turns), max_size=4)) if turns else []
        coded = tuple(Coded(p.transcript_id, t.span, FORM) for p, t in chosen)
        material = Material(passages, CODEBOOK, coded)
        for found in suggest(material, [p.transcript_id for p in passages]):
            (spoken,) = (p for p in passages if p.transcript_id == found.transcript_id)
            assert any(turn.span.contains(found.span) for turn in spoken.speech())
            assert found.span.of(spoken.text) == found.span.of(spoken.text).strip() != ""
            assert 0 <= found.score <= 1
            assert found.reason.endswith(".")
            assert not any(found.span.overlaps(s) for s in material.decided(found.transcript_id, found.code_id))


class DescribeLongWork:
    def it_tells_how_far_it_is_without_going_back(self) -> None:
        told: list[Progress] = []
        suggest(coded_material(), [LAST], told.append)
        shares = [at.done / at.total for at in told]
        assert shares == sorted(shares)
        assert shares[-1] == 1
        assert "Reading" in {at.what for at in told}

    def it_stops_when_asked(self) -> None:
        asked: list[bool] = []

        def at_the_fifth() -> bool:
            asked.append(True)
            return len(asked) == 5

        with pytest.raises(Cancelled):
            suggest(coded_material(), [LAST], cancelled=at_the_fifth)
        assert len(asked) == 5

    def it_loads_nothing_heavy_before_the_first_passage_is_looked_for(self) -> None:
        asked = "import sys, qualcode.acts; print({'spacy', 'sklearn', 'numpy', 'PySide6'} & set(sys.modules))"
        run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == "set()"
