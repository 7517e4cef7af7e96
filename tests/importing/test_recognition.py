from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.values import Role
from qualcode.importing import Rules, Shape, open_source, recognise
from tests.importing.reading import TALK, recognised, roles, told


class DescribeWhatAPreviewShows:
    def it_names_the_pattern_and_counts_each_speaker(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, TALK)
        assert found.shape is Shape.COLON
        assert found.pattern == "The labels are at the start of a paragraph, before a colon."
        assert found.reasons[0] == "There are 6 labels of 2 speakers."
        assert [(v.label, v.turns, v.words) for v in found.voices] == [("Mary", 3, 8), ("Tom", 3, 6)]
        assert sum(v.share for v in found.voices) == pytest.approx(1)

    def it_is_surer_of_regular_labels_than_of_rare_ones_and_prose(self, tmp_path: Path) -> None:
        regular = recognised(tmp_path, TALK.replace("Mary", "Interviewer").replace("Tom", "P1"))
        prose = recognised(tmp_path, "It rained.\n\nMary said: no.\n\nWe went home: all of us.\n")
        rare = recognised(tmp_path, TALK + "We stood about for a while and said nothing at all.\n" * 30)
        assert regular.confidence > 0.9
        assert regular.confidence > rare.confidence
        assert all(0 <= f.confidence <= 1 for f in (regular, prose, rare))

    def it_tells_where_each_paragraph_of_the_file_went(self, tmp_path: Path) -> None:
        found = recognised(
            tmp_path, "Oak Street\nMary: Key?\nTom: Gone.\nLong gone.\nMary: Oh.\nTom: Yes.\nEND OF TAPE\n"
        )
        assert found.places == (None, 0, 1, 1, 2, 3, None)

    def it_lists_spellings_taken_for_one_speaker_with_the_reason(self, tmp_path: Path) -> None:
        found = recognised(
            tmp_path, TALK.replace("Mary", "Interviewer") + "Interviwer: So?\nTom: So.\nInt: Yes?\nTom: Yes.\n"
        )
        assert [(m.spelling, m.into, m.turns) for m in found.merges] == [
            ("Interviwer", "Interviewer", 1),
            ("Int", "Interviewer", 1),
        ]
        assert found.merges[0].why == "Interviwer is rare and all but spelt like Interviewer."
        assert "Int was taken for Interviewer (1 turn)." in found.transcript.remarks

    def it_does_not_take_those_who_answer_each_other_for_one(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, "Marta: Cold.\nMarte: Very.\nMarta: Wet.\nMarte: Very.\nMarta: Go?\nMarte: Go.\n")
        assert found.merges == ()
        assert len(found.transcript.speakers) == 2


class DescribeRoles:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            ("Interviewer", "Anna", ["interviewer", "participant"]),
            ("INT", "P03", ["interviewer", "participant"]),
            ("I", "R1", ["interviewer", "participant"]),
            ("Q", "A", ["interviewer", "participant"]),
            ("M", "P", ["interviewer", "participant"]),
            ("R", "P", ["interviewer", "participant"]),
            ("IR", "IE", ["interviewer", "participant"]),
            ("Moderatorin", "Befragte", ["interviewer", "participant"]),
            ("Entrevistadora", "Entrevistado", ["interviewer", "participant"]),
            ("S1", "S2", ["unknown", "unknown"]),
            ("Mary", "Tom", ["unknown", "unknown"]),
            ("A", "B", ["unknown", "unknown"]),
            ("Speaker 1", "Speaker 2", ["unknown", "unknown"]),
        ],
    )
    def it_reads_roles_from_labels_and_guesses_none(
        self, tmp_path: Path, one: str, other: str, expected: list[str]
    ) -> None:
        talk = "".join(f"{one}: The gate.\n{other}: The gate was open.\n" for _ in range(4))
        assert list(roles(recognised(tmp_path, talk)).values()) == expected

    def it_believes_a_legend_before_the_letter(self, tmp_path: Path) -> None:
        talk = "K - Kath\nI - Imran\nR - Rose\n\n" + "K: Go on.\nI: We went.\nR: Yes.\n" * 3
        assert roles(recognised(tmp_path, talk)) == {"K": "unknown", "I": "unknown", "R": "unknown"}

    def it_takes_the_one_who_asks_for_the_interviewer_and_says_why(self, tmp_path: Path) -> None:
        answer = "It stood by the weir and all of our street worked there until the year of the flood."
        found = recognised(
            tmp_path, "".join(f"Mary: Could you tell me about year {i}?\nTom: {answer}\n" for i in range(5))
        )
        assert roles(found) == {"Mary": "interviewer", "Tom": "participant"}
        assert found.voices[0].why == "Asks in 100% of the turns, far more than the others."

    def it_takes_a_student_who_asks_the_teacher_for_the_interviewer(self, tmp_path: Path) -> None:
        answer = "We had forty in a room with one stove, and the ones at the back froze until they were let in front."
        talk = "".join(f"Student: How was it in year {i}?\nTeacher: {answer}\n" for i in range(5))
        assert roles(recognised(tmp_path, talk)) == {"Student": "interviewer", "Teacher": "participant"}

    def it_leaves_a_second_questioner_open(self, tmp_path: Path) -> None:
        answer = "It stood by the weir and all of our street worked there until the year of the flood."
        talk = f"Interviewer: When was that?\nTom: {answer}\nDee: And who paid?\nTom: {answer}\n" * 4
        assert roles(recognised(tmp_path, talk)) == {
            "Interviewer": "interviewer",
            "Tom": "participant",
            "Dee": "unknown",
        }

    def it_never_makes_a_voice_of_nobody_a_participant(self, tmp_path: Path) -> None:
        talk = "Moderator: Who?\nP1: Me.\nAll: (laughter)\nUnknown speaker: Not me.\n" * 3
        assert roles(recognised(tmp_path, talk)) == {
            "Moderator": "interviewer",
            "P1": "participant",
            "All": "unknown",
            "Unknown speaker": "unknown",
        }


class DescribeCorrections:
    def it_gives_roles_to_labels_and_to_patterns_of_labels(self, tmp_path: Path) -> None:
        rules = Rules(roles={"mary": Role.INTERVIEWER, "T*": Role.PARTICIPANT})
        assert roles(recognised(tmp_path, TALK, rules)) == {"Mary": "interviewer", "Tom": "participant"}

    def it_brings_two_spellings_together_or_keeps_them_apart(self, tmp_path: Path) -> None:
        talk = TALK + "Toom: Yes.\nMary: Yes?\n"
        assert [s for s, _ in told(recognised(tmp_path, talk, Rules(same={"Tom": "P7", "Toom": "P7"})))].count(
            "P7"
        ) == 4
        apart = recognised(
            tmp_path, talk.replace("Tom", "Thomas").replace("Toom", "Thoms"), Rules(same={"Thoms": "Thoms"})
        )
        assert [s.label for s in apart.transcript.speakers] == ["Mary", "Thomas", "Thoms"]

    def it_takes_a_label_for_words_when_told(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, TALK, Rules(no_speakers=frozenset(["tom"])))
        assert told(found)[0] == ("Mary", "Who has the key?\nTom: The warden.")

    def it_reads_one_voice_when_told(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, TALK, Rules(one_voice=True))
        assert told(found) == [("", TALK.strip())]
        assert found.confidence == 1

    def it_learns_how_this_typist_writes_labels(self, tmp_path: Path) -> None:
        talk = "mary>Who has it\ntom>The warden\nstill\nmary>Since when\ntom>June\n"
        assert told(recognised(tmp_path, talk))[0][0] == ""
        assert told(recognised(tmp_path, talk, Rules(prefixes=("{label}>",)))) == [
            ("mary", "Who has it"),
            ("tom", "The warden\nstill"),
            ("mary", "Since when"),
            ("tom", "June"),
        ]

    def it_leaves_out_paragraphs_and_lines(self, tmp_path: Path) -> None:
        talk = "Project sheet: 7\n" + TALK + "Confidential 3\nMary: Off?\nTom: Off.\n"
        rules = Rules(left_out=((0, 1), (-2, None)), left_out_lines=("confidential*",))
        found = recognised(tmp_path, talk, rules)
        assert [words for _, words in told(found)] == [line.partition(": ")[2] for line in TALK.splitlines()]
        assert found.transcript.asides == ()
        assert found.places[0] is None
        assert found.places[1] == 0

    def it_splits_and_joins_turns_by_hand(self, tmp_path: Path) -> None:
        talk = "Mary: Who has the key?\nThe warden.\nMary: Since when?\nTom: June.\nMary: June?\nTom: June.\n"
        found = recognised(tmp_path, talk, Rules(starts={1: "Tom", 5: ""}))
        assert told(found) == [
            ("Mary", "Who has the key?"),
            ("Tom", "The warden."),
            ("Mary", "Since when?"),
            ("Tom", "June."),
            ("Mary", "June?\nTom: June."),
        ]

    def it_splits_and_joins_inside_a_paragraph_by_hand(self, tmp_path: Path) -> None:
        talk = TALK.replace("Tom: June.", "Tom: June 😀 it was. And you? Mary: Me too. Tom: See.")
        plain = recognised(tmp_path, talk)
        assert [who for who, _ in plain.inside[3]] == [talk.split("\n")[3].index(m) for m in ("Mary:", "Tom: See")]
        rules = Rules(splits={(1, 9): "Mary", (3, plain.inside[3][1][0]): ""})
        found = recognised(tmp_path, talk, rules)
        assert told(found)[1:6] == [
            ("Tom", "The"),
            ("Mary", "warden."),
            ("Mary", "Since when?"),
            ("Tom", "June 😀 it was. And you?"),
            ("Mary", "Me too. Tom: See."),
        ]
        assert found.places == (0, 1, 3, 4, 6, 7)

    def it_splits_a_row_of_columns_where_the_words_stand(self, tmp_path: Path) -> None:
        talk = "".join(f"Mary\t0:{i:02}\tWhich one?\nTom\t0:{i + 5:02}\tThe red one. Or both.\n" for i in (1, 11, 21))
        found = recognised(tmp_path, talk, Rules(splits={(1, talk.split("\n")[1].index("Or both")): "Mary"}))
        assert told(found)[:3] == [("Mary", "Which one?"), ("Tom", "The red one."), ("Mary", "Or both.")]

    def it_shows_the_effect_on_the_same_source_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_text(TALK)
        source = open_source(path)
        before = recognise(source)
        after = recognise(source, Rules(same={"Tom": "P1"}))
        assert before.transcript.text == after.transcript.text
        assert [v.label for v in after.voices] == ["Mary", "P1"]
        assert after.merges[0].why == "The rules of this import say so."
