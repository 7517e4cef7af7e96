from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from qualcode.core.values import AsideKind, InterviewFacts
from qualcode.importing import Rules, read
from tests.importing.reading import TALK, recognised, roles, told
from tests.importing.shapes import SHAPES, Said, write


class DescribeTheHeader:
    @pytest.mark.parametrize(
        ("header", "facts"),
        [
            (
                "Interview with P07\nDate: 14/03/2024\nInterviewer: Mary Doyle\nDuration: 1h 05m\n"
                "Wave: 2\nMode: telephone\nPlace: Oakham\n",
                InterviewFacts(
                    title="Interview with P07",
                    date=dt.date(2024, 3, 14),
                    interviewer="Mary Doyle",
                    participants=("P07",),
                    wave="2",
                    mode="telephone",
                    duration_seconds=3900,
                    others=(("Place", "Oakham"),),
                ),
            ),
            (
                "7-Jun-2022 - 09:15 - 1h08m07s – Rita\n",
                InterviewFacts(
                    title="7-Jun-2022 - 09:15 - 1h08m07s – Rita",
                    date=dt.date(2022, 6, 7),
                    participants=("Rita",),
                    duration_seconds=4087,
                ),
            ),
            (
                "Oak Street\nThe talk took place on August 9, 2021. Interviewers were Mary Doyle and Rita W Stone.\n",
                InterviewFacts(title="Oak Street", date=dt.date(2021, 8, 9), interviewer="Mary Doyle and Rita W Stone"),
            ),
            (
                "Interview 0004\nParticipant P04, recorded on 4.7.2024, 63 minutes\n",
                InterviewFacts(
                    title="Interview 0004", date=dt.date(2024, 7, 4), participants=("P04",), duration_seconds=3780
                ),
            ),
            (
                "Datum: 3. Juni 2021\nDauer: 45 Minuten\nOrt: Köln\n",
                InterviewFacts(date=dt.date(2021, 6, 3), duration_seconds=2700, others=(("Ort", "Köln"),)),
            ),
            (
                "Gate study, wave 2\n9 August 2021, at home. Interviewer: Mary Doyle.\n",
                InterviewFacts(
                    title="Gate study, wave 2", date=dt.date(2021, 8, 9), interviewer="Mary Doyle", wave="2"
                ),
            ),
            (
                "Evaluation call\nMon, 9 Aug 2021 9:58AM • 41:50\n",
                InterviewFacts(title="Evaluation call", date=dt.date(2021, 8, 9), duration_seconds=2510),
            ),
            (
                "Interview with Tom Hale and Dee Stone.docx\n",
                InterviewFacts(
                    title="Interview with Tom Hale and Dee Stone.docx", participants=("Tom Hale", "Dee Stone")
                ),
            ),
            (
                "Date: 14 March 2024\tTime: 10:00\n",
                InterviewFacts(date=dt.date(2024, 3, 14), others=(("Time", "10:00"),)),
            ),
        ],
    )
    def it_yields_the_facts_it_states(self, tmp_path: Path, header: str, facts: InterviewFacts) -> None:
        assert recognised(tmp_path, header + "\n" + TALK).transcript.facts == facts

    def it_keeps_what_it_does_not_understand(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, "Oak Street\nThe dog was in the room.\nDate: 14 March 2024\n\n" + TALK)
        assert [(a.kind, a.text, a.at) for a in found.transcript.asides] == [
            (AsideKind.HEADER, "The dog was in the room.", None)
        ]

    def it_names_people_from_a_legend(self, tmp_path: Path) -> None:
        found = recognised(
            tmp_path,
            "MD - Mary Doyle (interviewer)\nMD - Mary Doyle\nTH - Tom Hale\n\nMD: So?\nTH: So.\nMD: Oh?\nTH: Oh.\n",
        )
        assert "Tom Hale" in (*found.transcript.facts.participants, found.transcript.facts.interviewer)

    def it_keeps_long_prose_before_the_first_label_as_a_voice_without_a_name(self, tmp_path: Path) -> None:
        prose = "We had the key for nine years and nobody asked for it until the winter of the flood. " * 12
        found = recognised(tmp_path, prose + "\n\n" + TALK * 10)
        assert told(found)[0] == ("", prose.strip())
        assert roles(found)[""] == "unknown"
        assert told(recognised(tmp_path, prose + "\n\n" + TALK * 10, Rules(keep_preface=False)))[0][0] == "Mary"


class DescribeWhereTheHeaderEnds:
    """Words that front matter is full of are said in the first minutes of most interviews, too."""

    SAID = [
        ("Mary Doyle", "Is it all right if I record this?"),
        ("Tom Hale", "Will it be anonymised?"),
        ("Mary Doyle", "All confidential, and transcribed by me."),
        ("Tom Hale", "Until 14 March 2024, then."),
        ("Mary Doyle", "How long have you been here?"),
        ("Tom Hale", "Nine years."),
    ] + [("Mary Doyle", "And before that?"), ("Tom Hale", "In Oakham, by the weir, with my dad.")] * 4

    @pytest.mark.parametrize("shape", SHAPES)
    def it_ends_before_the_first_turn_in_any_shape(self, tmp_path: Path, shape: str) -> None:
        said = [Said(who, words, 5.0 * i) for i, (who, words) in enumerate(self.SAID)]
        transcript = read(write(tmp_path, shape, said))
        told = [t.span.of(transcript.text) for t in transcript.turns]
        assert [" ".join(words.split()) for words in told] == [words for _, words in self.SAID]

    @pytest.mark.parametrize(
        "line",
        [
            "{who}   {at}\n{words}\n\n",
            "{who}\n{words}\n\n",
            "[{who}] {words}\n",
            "{who}\t{words}\n",
            "{who} - {words}\n",
        ],
    )
    def it_holds_the_lines_above_the_first_turn_all_the_same(self, tmp_path: Path, line: str) -> None:
        header = "Transcribed by Dee Stone, verbatim.\nThe interview took place on 14 March 2024.\n\n"
        turns = "".join(
            line.format(who=w, at=f"0:{5 * i:02}", words=said) for i, (w, said) in enumerate(self.SAID[:12])
        )
        found = recognised(tmp_path, header + turns)
        assert [words for _, words in told(found)] == [words for _, words in self.SAID[:12]]
        assert found.transcript.facts.date == dt.date(2024, 3, 14)


class DescribeFilesWithoutLabels:
    STORY = (
        "It began with a leak in the roof.",
        "They said it would be anonymised.",
        "On 4 June 2023 the ceiling came down.",
        "All of it was confidential, and transcribed by the warden.",
        "We moved in June.",
    )

    @pytest.mark.parametrize("first", [0, 1, 2, 4])
    def it_hears_every_line_of_a_narrative(self, tmp_path: Path, first: int) -> None:
        story = self.STORY[first:] + self.STORY[:first]
        assert recognised(tmp_path, "\n\n".join(story)).transcript.text == "\n".join(story)

    def it_hears_every_question_known_by_its_type(self, tmp_path: Path) -> None:
        talk = "".join(f"**Was it confidential in year {i}?**\n\nIt was anonymised on 4 June.\n\n" for i in range(5))
        found = recognised(tmp_path, talk, name="talk.md")
        assert [label for label, _ in told(found)] == ["Interviewer", "Participant"] * 5


class DescribeWhatFollowsTheTalk:
    def it_is_set_aside_and_said(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, TALK * 3 + "[Recording ends]\nNotes: the room was cold.\nThe dog slept.\n")
        assert told(found)[-1] == ("Tom", "Nobody locked it.")
        assert [a.text for a in found.transcript.asides] == [
            "[Recording ends]",
            "Notes: the room was cold.",
            "The dog slept.",
        ]
        assert found.transcript.remarks == ("The text after the end of the interview was set aside.",)

    def it_is_speech_when_the_talk_goes_on(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, TALK + "[End of recording]\nTom: One more thing.\nThe key.\n")
        assert told(found)[-1] == ("Tom", "One more thing.\nThe key.")

    def it_is_speech_after_the_end_of_a_tape(self, tmp_path: Path) -> None:
        found = recognised(tmp_path, TALK * 3 + "Tom: It was cold.\n[End of tape 1]\nAnd wet.\n")
        assert told(found)[-1] == ("Tom", "It was cold.\nAnd wet.")

    def it_knows_the_lines_that_google_meet_adds(self, tmp_path: Path) -> None:
        more = "Meeting ended after 00:45:10 👋\n"
        more += "This editable transcript was computer generated and might contain errors.\n"
        found = recognised(tmp_path, "Nov 12, 2024\nHub - Transcript\n00:00:00\n" + TALK * 3 + more)
        assert told(found)[-1] == ("Tom", "Nobody locked it.")
        assert found.transcript.facts.date == dt.date(2024, 11, 12)


class DescribeNamesThatAreWordsToo:
    @pytest.mark.parametrize(
        "name", ["Ola", "Will Turner", "Will", "May", "May Lee", "June", "April", "August", "Don Page"]
    )
    def it_hears_people_who_are_called_so(self, tmp_path: Path, name: str) -> None:
        talk = "".join(f"Interviewer: What of year {i}?\n{name}: It rained.\n" for i in range(4))
        assert [label for label, _ in told(recognised(tmp_path, talk))] == ["Interviewer", name] * 4

    def it_does_not_take_a_month_in_a_list_for_a_person(self, tmp_path: Path) -> None:
        talk = "Mary: When?\nTom: Twice.\nMay: the gate.\nJune: the roof.\nMary: And?\nTom: Both.\n"
        assert [label for label, _ in told(recognised(tmp_path, talk))] == ["Mary", "Tom", "Mary", "Tom"]
