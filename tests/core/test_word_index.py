"""The index of words: it spares reading, changes nothing of what is found, and keeps nothing of what is gone."""

from __future__ import annotations

import re
import sqlite3
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core import search, spans, store, word_index
from qualcode.core.concordance import Voices
from qualcode.core.project import Project
from qualcode.core.scope import Scope
from qualcode.core.search import Asked, Manner, WordSearch
from qualcode.core.values import TranscriptId
from qualcode.errors import ProjectRefused
from tests.helpers.projects import a_project, an_interview, scratch, span_of

ODD = (
    "wait", "waited", "waiting", "Wait's", "wait’s's", "list", "lists", "don't", "don’t", "donut", "well-being", "WELL",
    "being", "well-being’s", "s", "s's", "it'ſ", "straße", "STRASSE", "İstanbul", "istanbul", "ısı", "ISI", "οδος",
    "ΟΔΟΣ", "e\u0323\u0301te", "cafe", "café", "x\u0323y", "snake_case", "𝓦𝓪𝓲𝓽", "𞤀𞤁", "𞤢𞤣", "नमस्ते", "שָׁלוֹם", "😀",
    "ŉa", "ǰa", "ﬁne", "fine", "Kelvin", "µm", "μm", "10", "3.5", "a-", "'tis", "-",
)  # fmt: skip
BETWEEN = st.sampled_from([" ", " ", " ", ", ", ". ", "? ", "-", "'", "’", " – ", "…", "/"])
WORD = st.one_of(st.sampled_from(ODD), st.text("aeſsßİi'’-*|\u0307\u0323 ", max_size=6))
TEXT = st.lists(st.tuples(WORD, BETWEEN), min_size=1, max_size=12).map(
    lambda parts: spans.normalise("".join(word + between for word, between in parts)).strip() or "Yes."
)
STAR = st.sampled_from(["", "", "", "*"])
ASKED = st.lists(st.tuples(STAR, WORD, STAR), min_size=1, max_size=3).map(
    lambda words: " ".join(before + word + after for before, word, after in words)
)


MANNER = st.sampled_from([Manner.WORDS, Manner.WORDS, Manner.ALIKE])


def found(project: Project, asked: Asked) -> list[tuple[TranscriptId, object]]:
    """What is found in the transcripts that are to be read."""
    speeches = project.readings.speech(asked.to_read)
    return [(hit.transcript_id, hit.span) for each in search.find(speeches, asked) for hit in each.hits]


def everywhere(project: Project, asked: Asked) -> Asked:
    """The same, to be looked for in every transcript."""
    return replace(asked, to_read=tuple(i.transcript_id for i in project.transcripts.interviews()))


def read_for(project: Project, words: str, manner: Manner = Manner.WORDS) -> list[str]:
    """The titles of the interviews that are read for a search."""
    to_read = search.understood(project, WordSearch(words, manner)).to_read
    return [i.title for i in project.transcripts.interviews() if i.transcript_id in to_read]


def bytes_of(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name))


def by_another_program(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.fixture
def three(project: Project) -> Project:
    for number, words in enumerate(("We waited for the list.", "A list of people.", "Nobody rang."), 1):
        an_interview(project, f"P0{number}", words)
    return project


class DescribeWhatIsRead:
    @settings(max_examples=30)
    @given(
        st.lists(TEXT, min_size=1, max_size=5),
        st.lists(st.tuples(st.lists(ASKED, min_size=1, max_size=2).map(" | ".join), MANNER), max_size=12),
    )
    def it_is_enough_to_find_all_there_is(self, texts: list[str], searches: list[tuple[str, Manner]]) -> None:
        with scratch() as folder, a_project(Path(folder)) as project:
            with project.step("Import"):
                for number, text in enumerate(texts):
                    an_interview(project, f"P{number}", text)
            for words, manner in searches:
                asked = search.understood(project, WordSearch(words, manner, Scope(Voices.EVERYBODY)))
                assert found(project, asked) == found(project, everywhere(project, asked)), (words, manner)

    def it_is_enough_for_every_odd_word_in_every_other(self, project: Project) -> None:
        with project.step("Import"):
            for text in ODD:
                an_interview(project, "P01", spans.normalise(f"So {text}, then."))
        for word, (before, after) in product(ODD, (("", ""), ("*", ""), ("", "*"), ("*", "*"))):
            asked = search.understood(project, WordSearch(before + word + after))
            assert found(project, asked) == found(project, everywhere(project, asked)), (word, before, after)

    def it_is_only_what_holds_every_word_of_a_phrase_or_any_of_several(self, three: Project) -> None:
        assert read_for(three, "list") == ["P01 0", "P02 1"]
        assert read_for(three, "the list") == ["P01 0"]
        assert read_for(three, "wait*") == ["P01 0"]
        assert read_for(three, "waited | rang") == ["P01 0", "P03 2"]
        assert read_for(three, "lisst", Manner.ALIKE) == ["P01 0", "P02 1"]
        assert read_for(three, "helicopter") == []

    def it_is_all_for_what_cannot_be_looked_up(self, three: Project) -> None:
        assert len(read_for(three, "*ang")) == 3
        assert len(read_for(three, "l.st", Manner.EXPRESSION)) == 3

    def it_is_decided_by_letters_that_a_query_takes_for_the_same(self) -> None:
        letters = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isalnum()]
        cased = [c for c in letters if {c.lower(), c.upper(), c.title(), c.casefold()} != {c}]
        every = "".join(cased)
        for letter in cased:
            same = re.findall(re.escape(letter), every, re.IGNORECASE)
            assert {word_index.folded(each) for each in same} == {word_index.folded(letter)}, letter
        for letter in cased:
            if len(letter.lower()) == 1:
                assert word_index.folded(letter.lower()) == word_index.folded(letter)
                assert letter.lower().isalnum()


class DescribeKeepingIt:
    def it_follows_imports_corrections_removals_and_undo(self, three: Project) -> None:
        interview = three.transcripts.interviews()[2]
        text = three.transcripts.text(interview.transcript_id)
        three.transcripts.correct_words(interview.transcript_id, span_of(text, "rang"), "telephoned")
        assert (read_for(three, "rang"), read_for(three, "telephoned")) == ([], ["P03 2"])
        three.transcripts.remove([interview.id])
        assert read_for(three, "telephoned") == []
        three.undo()
        assert read_for(three, "telephoned") == ["P03 2"]
        three.undo()
        assert (read_for(three, "rang"), read_for(three, "telephoned")) == (["P03 2"], [])
        three.redo()
        assert read_for(three, "telephoned") == ["P03 2"]
        assert three.check() == []

    def it_is_made_for_a_file_that_has_none(self, three: Project) -> None:
        three.close()
        by_another_program(three.path, "DROP TABLE word_index_row")
        with Project.open(three.path, coder="Ada") as project:
            assert read_for(project, "list") == ["P01 0", "P02 1"]
            assert project.check() == []

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM transcript WHERE text LIKE '%Nobody rang%'",
            "UPDATE transcript SET text = text || ' Ever.', length = length + 6 WHERE text LIKE '%Nobody rang%'",
            "UPDATE word_index_row SET rule = 'of another time'",
        ],
    )
    def it_is_made_anew_where_another_program_changed_the_texts(self, three: Project, statement: str) -> None:
        three.close()
        by_another_program(three.path, statement)
        with Project.open(three.path, coder="Ada") as project:
            texts = project.transcripts.texts().values()
            assert bool(read_for(project, "rang")) is any("rang" in text for text in texts)
            assert bool(read_for(project, "ever")) is any("Ever" in text for text in texts)
            assert project.check() == []

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE transcript SET text = replace(text, 'rang', 'sang')",
            "DELETE FROM word_index_data WHERE id > 10",
        ],
    )
    def it_is_found_wrong_and_mended_by_a_check(self, three: Project, statement: str) -> None:
        three.close()
        by_another_program(three.path, statement)
        with Project.open(three.path, coder="Ada") as project:
            assert project.check() == ["The index of words did not fit the transcripts. It was made anew."]
            assert project.check() == []
            assert read_for(project, "sang | rang") == ["P03 2"]

    def it_stands_in_a_copy_too(self, three: Project, tmp_path: Path) -> None:
        three.transcripts.remove([three.transcripts.interviews()[0].id])
        three.save_copy(tmp_path / "copy.qualcode")
        with Project.open(tmp_path / "copy.qualcode", coder="Ada") as copy:
            assert read_for(copy, "list") == ["P02 1"]
            assert copy.check() == []


class DescribeWhatIsGone:
    """A word of the index stands in the file's bytes, its beginning perhaps with the word before it."""

    def it_leaves_no_word_of_somebody_erased(self, three: Project) -> None:
        person, _ = an_interview(three, "P04", "The quizzaciously named Zwyckau.")
        assert b"zzaciously" in bytes_of(three.path)
        three.people.erase(person)
        left = bytes_of(three.path).lower()
        assert b"zzaciously" not in left
        assert b"wyckau" not in left
        assert b"people" in left

    def it_leaves_no_word_in_a_copy(self, three: Project, tmp_path: Path) -> None:
        an_interview(three, "P04", "The quizzaciously named Zwyckau.")
        three.transcripts.remove([three.transcripts.interviews()[-1].id])
        three.save_copy(tmp_path / "copy.qualcode")
        left = bytes_of(tmp_path / "copy.qualcode").lower()
        assert b"zzaciously" not in left
        assert b"wyckau" not in left

    @settings(max_examples=15)
    @given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=30))
    def it_leaves_no_word_whatever_came_and_went(self, acts: list[tuple[bool, int]]) -> None:
        with scratch() as folder, a_project(Path(folder)) as project:
            for number, (adds, which) in enumerate(acts):
                there = project.transcripts.interviews()
                if adds:
                    an_interview(project, "P01", f"Word{number:02}zz{number:02} and {'so on ' * which}")
                elif there:
                    project.transcripts.remove([there[which % len(there)].id])
            kept = "".join(project.transcripts.texts().values())
            target = Path(folder) / "copy.qualcode"
            project.save_copy(target)
            shadow = sqlite3.connect(target)
            index = b"".join(block for (block,) in shadow.execute("SELECT block FROM word_index_data"))
            shadow.close()
            for number in range(len(acts)):
                assert (f"zz{number:02}".encode() in index) is (f"zz{number:02}" in kept)


class DescribeAPythonWithoutFullTextSearch:
    def it_refuses_to_make_or_open_a_project_with_a_sentence(
        self, three: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        three.close()
        monkeypatch.setattr(word_index, "MODULE", "fts0")
        with pytest.raises(ProjectRefused, match="no full-text index"):
            Project.open(three.path)
        with pytest.raises(ProjectRefused, match="no full-text index"):
            Project.create(tmp_path / "new.qualcode")
        assert not (tmp_path / "new.qualcode").exists()
        monkeypatch.undo()
        store.check(three.path)
        with Project.open(three.path) as project:
            assert len(read_for(project, "list")) == 2
