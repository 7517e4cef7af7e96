"""One file on its way in: read, corrected by rules, and the report at the end. And rules kept under a name."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from qualcode import cli, profiles
from qualcode.core.project import Project
from qualcode.core.values import Role
from qualcode.errors import UnreadableFile, UserError
from qualcode.importing import Rules
from qualcode.intake import Outcome, State, as_csv, as_text, combined, counted, general, renamed, understand

TALK = "\n\n".join(
    f"{label}: {words}"
    for label, words in (
        ("Anna", "Thank you for coming. How long did you wait?"),
        ("Bev", "Months. We waited and waited and nobody rang us back about it."),
        ("Anna", "What did you do then?"),
        ("Bev", "I went there myself, with the letter, and stood at the desk."),
        ("Anna", "And who helped you in the end?"),
        ("Bev", "A woman at the library. She knew what form it was."),
    )
)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALCODE_SETTINGS", str(tmp_path / "settings"))


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "W2_P07_2025-01-15.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


class DescribeUnderstanding:
    def it_takes_wave_participant_and_date_from_the_name_of_the_file(self, talk: Path) -> None:
        facts = understand(talk, Rules()).transcript.facts
        assert (facts.wave, facts.participants, facts.date) == ("2", ("P07",), dt.date(2025, 1, 15))

    def it_reads_names_by_the_analysts_own_pattern_without_reading_the_file_again(self, tmp_path: Path) -> None:
        path = tmp_path / "2025-01-15 north P07.txt"
        path.write_text(TALK, encoding="utf-8")
        understood = renamed(understand(path, Rules()), "{date} {wave} {participant}")
        facts = understood.transcript.facts
        assert (facts.wave, facts.participants, facts.date) == ("north", ("P07",), dt.date(2025, 1, 15))

    def it_understands_a_source_anew_by_other_rules(self, talk: Path) -> None:
        first = understand(talk, Rules())
        rules = Rules(roles={"Bev": Role.INTERVIEWER, "Anna": Role.PARTICIPANT})
        second = understand(talk, rules, source=first.source)
        roles = {s.label: s.role for s in second.transcript.speakers}
        assert roles == {"Anna": Role.PARTICIPANT, "Bev": Role.INTERVIEWER}
        assert second.source is first.source

    def it_says_so_when_there_are_no_speakers(self, tmp_path: Path) -> None:
        path = tmp_path / "story.txt"
        path.write_text(
            "It was a long winter.\n\nWe waited. Nobody came.\n\nThen the letter arrived.", encoding="utf-8"
        )
        assert understand(path, Rules()).is_narrative

    def it_refuses_a_file_in_which_every_word_was_left_out(self, talk: Path) -> None:
        with pytest.raises(UnreadableFile, match="holds no speech"):
            understand(talk, Rules(left_out=((0, None),)))


class DescribeRulesTogether:
    def it_lets_the_files_own_go_before_the_profile(self) -> None:
        base = Rules(roles={"Int": Role.INTERVIEWER, "A": Role.PARTICIPANT}, no_speakers=frozenset({"Note"}))
        own = Rules(roles={"A": Role.INTERVIEWER}, no_speakers=frozenset({"Time"}), keep_preface=True)
        both = combined(base, own)
        assert both.roles == {"Int": Role.INTERVIEWER, "A": Role.INTERVIEWER}
        assert both.no_speakers == {"Note", "Time"}
        assert both.keep_preface is True

    def it_changes_nothing_to_add_none(self) -> None:
        rules = Rules(roles={"A": Role.PARTICIPANT}, one_voice=True, left_out=((0, 2),), starts={3: "A"})
        assert combined(rules, Rules()) == rules == combined(Rules(), rules)

    def it_keeps_of_one_file_what_can_hold_for_others(self) -> None:
        rules = Rules(roles={"A": Role.PARTICIPANT}, left_out=((0, 2),), starts={3: "A"})
        assert general(rules) == Rules(roles={"A": Role.PARTICIPANT})


class DescribeTheReport:
    OUTCOMES = (
        Outcome("a.docx", State.READ, "P01"),
        Outcome("b.docx", State.REMARK, "P02", ("No speakers.", "Look at it.")),
        Outcome("c.docx", State.REFUSED, "", ("it is empty.",)),
    )

    def it_counts_what_became_of_the_files(self) -> None:
        assert counted(o.state for o in self.OUTCOMES) == "1 read · 1 read, with a remark · 1 refused"

    def it_is_read_as_text(self) -> None:
        assert as_text(self.OUTCOMES).splitlines() == [
            "3 files: 1 read · 1 read, with a remark · 1 refused",
            "",
            "a.docx: Read -> P01",
            "b.docx: Read, with a remark -> P02",
            "    No speakers.",
            "    Look at it.",
            "c.docx: Refused",
            "    it is empty.",
        ]

    def it_is_opened_as_a_table(self) -> None:
        rows = list(csv.reader(io.StringIO(as_csv(self.OUTCOMES))))
        assert rows[0] == ["File", "State", "Interview", "Remarks"]
        assert rows[2] == ["b.docx", "Read, with a remark", "P02", "No speakers. Look at it."]


class DescribeProfiles:
    RULES = Rules(roles={"Bev": Role.INTERVIEWER}, no_speakers=frozenset({"Note"}))

    def it_finds_what_was_kept_by_name_capitals_or_not(self) -> None:
        assert profiles.names() == []
        profiles.keep("Typist Ann", self.RULES)
        assert profiles.names() == ["Typist Ann"]
        assert profiles.find("typist ann") == self.RULES

    def it_finds_rules_in_a_file(self, tmp_path: Path) -> None:
        self.RULES.save(tmp_path / "mine.yaml")
        assert profiles.find(str(tmp_path / "mine.yaml")) == self.RULES

    def it_keeps_one_under_each_name(self) -> None:
        profiles.keep("Ann", Rules())
        assert profiles.keep("ANN", self.RULES) == "Ann"
        assert profiles.names() == ["Ann"]
        assert profiles.find("Ann") == self.RULES

    def it_cannot_be_made_to_write_elsewhere(self, tmp_path: Path) -> None:
        kept = profiles.keep("../../evil: name", self.RULES)
        assert "/" not in kept
        assert [p.parent for p in tmp_path.rglob("*.yaml")] == [tmp_path / "settings" / "profiles"]

    def it_says_which_there_are_when_one_is_not(self) -> None:
        with pytest.raises(UserError, match="None is kept yet"):
            profiles.find("Ann")
        profiles.keep("Ben", Rules())
        with pytest.raises(UserError, match="Those kept are Ben"):
            profiles.find("Ann")

    def it_wants_a_name(self) -> None:
        with pytest.raises(UserError, match="needs a name"):
            profiles.keep(" / ", Rules())

    def it_forgets_one(self) -> None:
        profiles.keep("Ann", Rules())
        profiles.remove("Ann")
        assert profiles.names() == []

    @pytest.mark.parametrize("by_name", [True, False])
    def it_serves_the_command_line_by_name_or_path(self, tmp_path: Path, talk: Path, by_name: bool) -> None:
        profiles.keep("Ann", self.RULES)
        self.RULES.save(tmp_path / "ann.yaml")
        target = tmp_path / "study.qualcode"
        Project.create(target).close()
        asked = "Ann" if by_name else str(tmp_path / "ann.yaml")
        assert cli.main(["import", str(target), str(talk), "--profile", asked]) == cli.DONE
        with Project.open(target) as project:
            (row,) = project.transcripts.interviews()
            roles = {s.label: s.role for s in project.transcripts.speakers(row.transcript_id)}
        assert roles["Bev"] is Role.INTERVIEWER
