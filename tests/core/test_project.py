from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from qualcode.core.project import STAGES, Project, tables
from qualcode.core.values import Change
from tests.helpers.projects import a_project, an_interview, code_words


class DescribeAProject:
    def it_is_called_as_its_file_until_it_is_named(self, tmp_path: Path) -> None:
        with Project.create(tmp_path / "Finding a way in.qualcode", coder="Ada") as project:
            assert (project.name, project.stage) == ("Finding a way in", "prepare")
            project.rename("A way in")
            assert project.name == "A way in"
            assert [c.name for c in project.people.coders()] == ["Ada"]

    def it_works_as_the_person_at_the_computer_when_nobody_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LOGNAME", "grace")
        with Project.create(tmp_path / "study.qualcode") as project:
            assert [(c.id, c.name) for c in project.people.coders()] == [(project.coder_id, "grace")]

    def it_keeps_house_rules(self, project: Project) -> None:
        assert project.setting("quotes") == {}
        project.set_setting("quotes", {"ellipsis": "…", "italics": True})
        project.set_setting("quotes", {"ellipsis": "[...]", "least": 3})
        assert project.setting("quotes") == {"ellipsis": "[...]", "least": 3}
        project.undo()
        assert project.setting("quotes") == {"ellipsis": "…", "italics": True}

    def it_moves_through_the_stages_keeping_the_framework_each_time(self, project: Project) -> None:
        project.themes.add("Access")
        for stage in STAGES[1:]:
            project.move_to_stage(stage)
        assert project.stage == "report"
        assert [(v.name, v.themes) for v in project.themes.versions()] == [
            (f"On moving to {stage.capitalize()}", 1) for stage in STAGES[1:]
        ]
        project.undo()
        assert (project.stage, len(project.themes.versions())) == ("compare", 4)
        with pytest.raises(ValueError, match="holiday"):
            project.move_to_stage("holiday")

    def it_names_the_tables_a_notice_can_speak_of(self, project: Project) -> None:
        told: list[Change] = []
        project.on_change(told.append)
        _, transcript_id = an_interview(project, "P01", "We waited.")
        code_words(project, transcript_id, "We waited.", project.codebook.add("Waiting"))
        assert {table for change in told for table in change.rows} <= set(tables())


class DescribeTheLog:
    def it_says_what_was_done_when_by_whom_and_to_how_much(self, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited.")
        code_id = project.codebook.add("Waiting")
        ada = project.coder_id
        project.work_as("Ben")
        code_words(project, transcript_id, "We waited.", code_id)
        lines = project.log()
        assert [line.at for line in lines] == sorted(line.at for line in lines)
        assert (lines[-1].label, lines[-1].coder_id) == ("Code “Waiting”", project.coder_id)
        assert lines[-1].detail["rows"] == {"segment": 1, "segment_speaker": 1}
        assert lines[-3].coder_id == ada

    def it_takes_notes_of_what_changes_no_row(self, project: Project) -> None:
        undo_label = project.undo_label
        project.note("Export report", {"file": "report.docx", "reason": "Draft for the team"})
        line = project.log()[-1]
        assert (line.label, line.verb) == ("Export report", "did")
        assert {k: line.detail[k] for k in ("file", "reason")} == {
            "file": "report.docx",
            "reason": "Draft for the team",
        }
        assert project.undo_label == undo_label

    def it_only_grows_whatever_is_undone(self, project: Project) -> None:
        project.codebook.add("Waiting")
        before = project.log()
        project.undo()
        project.redo()
        assert project.log()[: len(before)] == before
        assert [line.verb for line in project.log()[len(before) :]] == ["undid", "redid"]


class DescribeChecking:
    def it_finds_nothing_in_a_sound_file(self, project: Project) -> None:
        _, transcript_id = an_interview(project, "P01", "We waited, 😀 really.")
        code_words(project, transcript_id, "😀 really", project.codebook.add("Waiting"))
        assert project.check() == []

    def it_names_a_segment_that_lost_its_words_and_a_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            _, transcript_id = an_interview(project, "P01", "We waited.")
            code_words(project, transcript_id, "We waited.", project.codebook.add("Waiting"))
            path = project.path
        tampering = sqlite3.connect(path)
        tampering.execute("UPDATE segment SET quote = 'They waited.'")
        tampering.execute("DELETE FROM participant")
        tampering.commit()
        tampering.close()
        with Project.open(path, coder="Ada") as project:
            words, *links = project.check()
            assert words == f"A segment no longer has its words: “They waited.” in transcript {transcript_id}."
            assert links == ["A link leads nowhere: interview_participant.", "A link leads nowhere: speaker."]
