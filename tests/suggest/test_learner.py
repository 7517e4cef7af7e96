"""What is learned from decisions: the same whenever it is learned, and honest about what it is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.values import Span, TranscriptId
from qualcode.errors import Cancelled
from qualcode.suggest import Coded, Material, Pace, Refused
from qualcode.suggest.boundaries import BoundaryHabit
from qualcode.suggest.calibration import Calibration, Evidence, calibrated
from qualcode.suggest.learner import Learner
from qualcode.suggest.reading import Reader, stem
from tests.suggest.talk import BUS, FORM, answer, coded_material, passage

LAST = TranscriptId("t3")
READER = Reader()


def ranked(*taught: Material) -> object:
    learner = Learner(READER)
    for material in taught:
        learner.teach(material)
    return learner.rank(LAST)


class DescribeLearning:
    def it_offers_the_same_when_taught_bit_by_bit_as_when_taught_at_once(self) -> None:
        full = coded_material()
        decided = replace(full, refused=(Refused(LAST, answer(full.passages[3], FORM, 3), BUS),))
        renamed = replace(decided, names={LAST: "P03"})
        fewer = [replace(full, coded=full.coded[:n]) for n in (0, 2, 7)]
        assert ranked(*fewer, full, decided, renamed) == ranked(renamed)

    def it_forgets_what_was_undone(self) -> None:
        full = coded_material()
        assert ranked(full, replace(full, coded=full.coded[:4])) == ranked(replace(full, coded=full.coded[:4]))

    def it_goes_on_from_where_it_was_stopped(self) -> None:
        full = coded_material()
        learner, told = Learner(READER), [False, False, True]
        with pytest.raises(Cancelled):
            learner.teach(full, Pace(cancelled=lambda: told.pop(0)))
        learner.teach(full)
        assert learner.rank(LAST) == ranked(full)

    def it_takes_a_corrected_text_as_a_new_one(self) -> None:
        full = coded_material()
        corrected = replace(full, passages=(*full.passages[:3], passage("t3", [(1, "The bus. The bus was late.")])))
        assert ranked(full, corrected) == ranked(corrected)

    def it_thinks_less_of_what_is_like_a_refused_passage(self) -> None:
        full = coded_material(coded=2)
        refused = replace(full, refused=(Refused(TranscriptId("t2"), answer(full.passages[2], BUS, 2), BUS),))
        place = READER.read(full.passages[3]).inside(answer(full.passages[3], BUS, 3))
        scores = []
        for material in (full, refused):
            learner = Learner(READER)
            learner.teach(material)
            scores.append(learner.scores(BUS, LAST)[place].max())
        assert scores[1] < scores[0]


class DescribeASuggestedPassage:
    def it_becomes_as_long_as_this_analysts_segments_are(self) -> None:
        long = " ".join(f"Sentence number {n} of this long story is about the waiting and the cold." for n in range(20))
        reading = READER.read(passage("t", [(1, long)]))
        single = [(reading, unit.span) for unit in reading.units[:10]]
        whole = [(reading, Span(unit.span.start, len(long))) for unit in reading.units[:10]]
        of_singles, of_wholes = BoundaryHabit().learned(single), BoundaryHabit().learned(whole)
        lengths = [
            len(rule.around(reading, 8, lambda _: True, lambda p: float(-p))) for rule in (of_singles, of_wholes)
        ]
        assert lengths[0] == len(reading.units[8].span)
        assert lengths[1] > 5 * lengths[0]


class DescribeAScore:
    @given(st.floats(-5, 5), st.floats(-5, 5), st.integers(0, 200), st.floats(0, 1))
    def it_rises_with_the_evidence_and_stays_between_0_and_1(
        self, one: float, other: float, segments: int, share: float
    ) -> None:
        low, high = (Calibration().chance(Evidence(s, segments, share).log_odds) for s in sorted((one, other)))
        assert 0 < low <= high < 1

    @settings(max_examples=30)
    @given(st.floats(0.1, 0.9), st.integers(40, 200))
    def it_is_right_as_often_as_it_says_once_there_is_enough_to_go_by(self, rate: float, count: int) -> None:
        right = round(rate * count)
        held_out = [(0.0, n < right) for n in range(count)]
        assert calibrated(held_out).chance(0.0) == pytest.approx(right / count, abs=0.08)

    def it_stays_as_it_was_when_there_is_nothing_to_go_by(self) -> None:
        assert calibrated([]) == Calibration()

    def it_is_moved_little_by_a_single_case(self) -> None:
        assert calibrated([(0.0, True)]).chance(0.0) < 0.65


class DescribeReading:
    @pytest.mark.parametrize(
        ("one", "other"), [("waiting", "waited"), ("carers", "carer"), ("families", "family"), ("helped", "helping")]
    )
    def it_takes_forms_of_a_word_for_one(self, one: str, other: str) -> None:
        assert stem(one) == stem(other)

    def it_cuts_speech_without_full_stops_into_pieces(self) -> None:
        reading = READER.read(passage("t", [(1, "and then we waited, " * 60)]))
        assert len(reading.units) > 3
        assert max(len(unit.words) for unit in reading.units) <= 60

    def it_remembers_what_was_asked_before_the_interviewer_only_said_go_on(self) -> None:
        asked = "How do you manage the journey with a wheelchair on the bus?"
        reading = READER.read(passage("t", [(0, asked), (1, "Badly."), (0, "Go on."), (1, "The ramp is broken.")]))
        assert asked in reading.questions[3].text

    def it_leaves_the_interviewers_words_out(self) -> None:
        found = passage("t", [(0, "Was the ramp broken?"), (1, "It was.")])
        assert [unit.span.of(found.text) for unit in READER.read(found).units] == ["It was."]

    def it_tells_an_earlier_segment_of_this_interview_from_those_of_others(self) -> None:
        full = coded_material()
        own = Material(
            full.passages, full.codebook, tuple(Coded(LAST, answer(full.passages[3], t, 3), t) for t in (BUS,))
        )
        learner = Learner(READER)
        learner.teach(own)
        assert all(
            "Like a segment you coded in this interview" in s.reason for s in learner.rank(LAST) if s.code_id == BUS
        )
