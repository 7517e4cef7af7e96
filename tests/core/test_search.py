"""Finding words in all transcripts: as typed, nearly so, by regular expression, and where in the project."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core import kept_searches, search
from qualcode.core.concordance import Speech, Voices, different_words
from qualcode.core.kept_searches import KeptSearch
from qualcode.core.project import Project
from qualcode.core.retrieval import Condition, Relation, SegmentSearch
from qualcode.core.scope import Scope, Topic, Within
from qualcode.core.search import Asked, Manner, WordSearch
from qualcode.core.spans import merged
from qualcode.core.values import CodeId, Passage, Span, ThemeId, TranscriptId, WaveId
from qualcode.errors import Cancelled, UserError
from tests.helpers.projects import an_interview, code_words, dialogue


def speech(*said: tuple[str, str], number: int = 1) -> Speech:
    """What was said, each label a person of that name."""
    read = dialogue(*said)
    passage = Passage(TranscriptId(f"t{number}"), read.text, read.turns, read.speakers)
    return Speech(passage, tuple(s.label for s in read.speakers))


def answers(*words: str) -> list[Speech]:
    return [speech(("Interviewer", "Was there a wait?"), ("Ann", said), number=n) for n, said in enumerate(words)]


def found(asked: str, manner: Manner, *said: str, voices: Voices = Voices.PARTICIPANTS) -> list[str]:
    speeches = answers(*said)
    return [
        hit.span.of(each.speech.passage.text)
        for each in search.find(speeches, meant(WordSearch(asked, manner), speeches, voices))
        for hit in each.hits
    ]


def meant(asked: WordSearch, speeches: Sequence[Speech], voices: Voices = Voices.PARTICIPANTS) -> Asked:
    """The search in all of these."""
    there = tuple(s.passage.transcript_id for s in speeches)
    words = sorted({word for s in speeches for word in different_words(s.passage.text)})
    return Asked(asked, Within(there, voices), search.queries_of(asked, words), there, frozenset())


def said_in(project: Project, asked: WordSearch) -> list[str]:
    """What a search of a project finds."""
    understood = search.understood(project, asked)
    speeches = project.readings.speech(understood.to_read)
    return [hit.span.of(each.speech.passage.text) for each in search.find(speeches, understood) for hit in each.hits]


class DescribeWords:
    def it_finds_phrases_and_beginnings_in_every_transcript(self) -> None:
        said = ("We waited for the bus. The bus stop is far.", "No bus. Waiting for the bus, always.")
        assert found("the bus", Manner.WORDS, *said) == ["the bus", "The bus", "the bus"]
        assert found("wait*", Manner.WORDS, *said) == ["waited", "Waiting"]

    def it_finds_either_of_several_in_the_order_of_the_text(self) -> None:
        assert found("train | the bus|", Manner.WORDS, "The bus, then a train, then the bus") == [
            "The bus",
            "train",
            "the bus",
        ]

    def it_lists_a_place_once_that_two_alternatives_find(self) -> None:
        assert found("wait* | waited", Manner.WORDS, "We waited") == ["waited"]

    def it_leaves_interviewers_aside_unless_they_are_asked_for(self) -> None:
        assert found("wait", Manner.WORDS, "What wait?") == ["wait"]
        assert found("wait", Manner.WORDS, "What wait?", voices=Voices.EVERYBODY) == ["wait", "wait"]

    @pytest.mark.parametrize(("asked", "anything"), [("wait", True), ("  | ?", False), ("", False), ("|bus", True)])
    def it_knows_when_nothing_is_asked(self, asked: str, anything: bool) -> None:
        assert bool(WordSearch(asked)) is anything

    def it_counts_over_all_who_were_listened_to_though_nothing_was_found(self, study: Project) -> None:
        assert len(search.understood(study, WordSearch("bus")).heard) == 2


class DescribeNearlyTheseWords:
    def it_finds_slips_of_typing(self) -> None:
        said = "The appointment, an apointment, one appiontment, and no point."
        assert found("appointmant", Manner.ALIKE, said) == ["appointment", "apointment", "appiontment"]

    def it_finds_what_was_typed_first_of_all(self) -> None:
        assert found("bus", Manner.ALIKE, "A bus, a bush, us") == ["bus"]

    def it_keeps_to_phrases_and_beginnings(self) -> None:
        assert found("the waitng list", Manner.ALIKE, "The waiting list. The waiting. List.") == ["The waiting list"]
        assert found("wait*", Manner.ALIKE, "waits, baits") == ["waits"]

    def it_knows_the_words_of_what_was_read_last(self, project: Project) -> None:
        an_interview(project, "P01", "A fiendly place.")
        assert said_in(project, WordSearch("friendly", Manner.ALIKE)) == ["fiendly"]
        an_interview(project, "P02", "A freindly place.")
        assert said_in(project, WordSearch("friendly", Manner.ALIKE)) == ["fiendly", "freindly"]
        project.undo()
        assert said_in(project, WordSearch("friendly", Manner.ALIKE)) == ["fiendly"]

    @given(st.text(alphabet="abcdefgh", min_size=5, max_size=12), st.data())
    def it_finds_every_word_with_one_letter_missing(self, word: str, data: st.DataObject) -> None:
        gone = data.draw(st.integers(0, len(word) - 1))
        assert found(word[:gone] + word[gone + 1 :], Manner.ALIKE, word) == [word]


class DescribeRegularExpressions:
    def it_finds_places_within_turns_capitals_aside(self) -> None:
        said = ("It took 3 weeks, then 12 WEEKS 😀 more.\nIn 2 weeks", "4 weeks")
        assert found(r"\b\d+ weeks", Manner.EXPRESSION, *said) == ["3 weeks", "12 WEEKS", "2 weeks", "4 weeks"]
        assert found(r"^in\b", Manner.EXPRESSION, *said) == ["In"]
        assert found(r"x*", Manner.EXPRESSION, "no such letter") == []

    def it_says_what_is_wrong_with_one(self) -> None:
        with pytest.raises(UserError, match=r"not a regular expression yet: .* at character 1"):
            found("(wait", Manner.EXPRESSION, "wait")

    def it_can_be_stopped_while_one_runs_away(self) -> None:
        began = time.monotonic()

        def go_on() -> None:
            if time.monotonic() - began > 1:
                raise Cancelled

        runaway = WordSearch(r"(\w+\s?)+!", Manner.EXPRESSION)
        speeches = answers("so " * 200)
        with pytest.raises(Cancelled):
            list(search.find(speeches, meant(runaway, speeches), go_on))

    def it_gives_one_up_that_takes_too_long(self) -> None:
        text = "so " * 200
        texts = [(text, [Span(0, len(text))])]
        with pytest.raises(UserError, match="takes too long"):
            list(search.expressions.matches(r"(\w+\s?)+!", texts, lambda: None, patience=0.1))


@pytest.fixture
def study(project: Project) -> Project:
    """Two waves, mentors and parents, two codes under a theme; everybody speaks of a wait."""
    first, second = project.waves.add("Wave 1"), project.waves.add("Wave 2")
    role = project.people.add_attribute("Role", "choice", ["Mentor", "Parent"])
    for name, value, wave, words in (
        ("P01", "Mentor", first, "A long wait. No trust at all."),
        ("P02", "Parent", first, "The wait was short."),
        ("P01", "Mentor", second, "Hardly a wait now."),
    ):
        person, _ = an_interview(project, name, words, wave_id=wave)
        project.people.set_value(person, role, value)
    theme = project.themes.add("Access")
    project.codebook.add("Waiting", theme_id=theme)
    project.codebook.add("Trust")
    return project


def code(project: Project, name: str) -> CodeId:
    found = project.codebook.find(name)
    assert found is not None
    return found


class DescribeWhereIsLooked:
    def it_looks_in_one_wave(self, study: Project) -> None:
        wave = study.waves.find("Wave 2")
        assert wave is not None
        assert len(said_in(study, WordSearch("wait"))) == 3
        assert said_in(study, WordSearch("hardly|long", scope=Scope(wave_id=wave))) == ["Hardly"]

    def it_looks_at_one_group_of_people(self, study: Project) -> None:
        [role] = study.people.attributes()
        parents = Scope(attribute_id=role.id, value="parent")
        assert said_in(study, WordSearch("* wait", scope=parents)) == ["The wait"]
        beside = replace(parents, voices=Voices.EVERYBODY)
        assert said_in(study, WordSearch("how | wait", scope=beside)) == ["How", "wait"]

    def it_looks_in_passages_of_a_code_or_theme(self, study: Project) -> None:
        theme = study.themes.all()[0].id
        transcripts = [i.transcript_id for i in study.transcripts.interviews()]
        code_words(study, transcripts[0], "A long wait.", code(study, "Waiting"))
        code_words(study, transcripts[1], "was short", code(study, "Trust"))
        in_theme = Scope(topic=Topic(theme_ids=frozenset({theme})))
        in_code = Scope(topic=Topic(frozenset({code(study, "Trust")})))
        in_either = Scope(topic=Topic(in_code.topic.code_ids, in_theme.topic.theme_ids))
        assert said_in(study, WordSearch("* wait | short", scope=in_theme)) == ["long wait"]
        assert said_in(study, WordSearch("* wait | short", scope=in_code)) == ["short"]
        assert said_in(study, WordSearch("* wait | short", scope=in_either)) == ["long wait", "short"]

    def it_finds_nothing_where_what_was_named_is_gone(self, study: Project) -> None:
        gone = code(study, "Trust")
        study.codebook.remove([gone])
        assert said_in(study, WordSearch("wait", scope=Scope(topic=Topic(frozenset({gone}))))) == []
        assert said_in(study, WordSearch("wait", scope=Scope(wave_id=WaveId("gone")))) == []

    @given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=8), st.integers(0, 45))
    def it_covers_what_shares_a_code_point_with_a_coded_place(self, drawn: list[tuple[int, int]], at: int) -> None:
        places = [Span(start, start + length) for start, length in drawn]
        within = Within((), covered={TranscriptId("t"): merged(places)})
        span = Span(at, at + 2)
        assert within.covers(TranscriptId("t"), span) is any(place.overlaps(span) for place in places)


class DescribeKeptSearches:
    @pytest.mark.parametrize(
        "asked",
        [
            WordSearch(
                "wait*", Manner.ALIKE, Scope(Voices.EVERYBODY, WaveId("w"), None, "", Topic(frozenset({CodeId("c")})))
            ),
            SegmentSearch(
                Topic(theme_ids=frozenset({ThemeId("t")})),
                (
                    Condition(Relation.NEAR, Topic(frozenset({CodeId("c")})), turns=3),
                    Condition(Relation.INSIDE, wanted=False),
                ),
            ),
        ],
    )
    def it_keeps_a_search_as_it_was_asked(self, project: Project, asked: kept_searches.Search) -> None:
        kept_searches.keep(project, "  Buses  again ", asked)
        assert kept_searches.kept(project) == [KeptSearch("Buses again", asked)]
        project.undo()
        assert kept_searches.kept(project) == []

    def it_replaces_one_of_the_same_name_and_removes_one(self, project: Project) -> None:
        kept_searches.keep(project, "Bus", WordSearch("bus"))
        kept_searches.keep(project, "alarm", WordSearch("alarm"))
        kept_searches.keep(project, "bus", WordSearch("bus*"))
        assert [(k.name, k.search) for k in kept_searches.kept(project)] == [
            ("alarm", WordSearch("alarm")),
            ("bus", WordSearch("bus*")),
        ]
        kept_searches.forget(project, "bus")
        assert project.undo_label == "Remove search “bus”"
        assert [k.name for k in kept_searches.kept(project)] == ["alarm"]

    def it_refuses_one_without_a_name(self, project: Project) -> None:
        with pytest.raises(UserError, match="needs a name"):
            kept_searches.keep(project, "  ", WordSearch("bus"))

    def it_says_what_is_looked_for(self, study: Project) -> None:
        [role] = study.people.attributes()
        wave = study.waves.find("Wave 1")
        words = WordSearch("wait*", Manner.ALIKE, Scope(Voices.EVERYBODY, wave, role.id, "Mentor"))
        assert kept_searches.sentence(study, words) == "nearly “wait*”, everybody's speech, Wave 1, Role: Mentor"
        near = Condition(Relation.NEAR, Topic(frozenset({code(study, "Trust")})), turns=2)
        segments = SegmentSearch(
            Topic(frozenset({code(study, "Waiting")})), (near, Condition(Relation.INSIDE, wanted=False))
        )
        assert kept_searches.sentence(study, segments) == (
            "segments coded Waiting, near (within 2 turns) Trust, and not inside any other"
        )
