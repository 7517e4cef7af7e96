"""Comments for colleagues on what is being written."""

from __future__ import annotations

import pytest

from qualcode.core.comments import Topic
from qualcode.core.project import Project
from qualcode.errors import UserError


@pytest.fixture
def finding(project: Project) -> Topic:
    return Topic(finding_id=project.findings.add(None, "They waited."))


class DescribeComments:
    def it_says_who_said_what_on_which_thing_in_order(self, project: Project, finding: Topic) -> None:
        project.comments.add(finding, "Is this all we have?")
        project.work_as("Ben")
        project.comments.add(Topic(section="methodology"), "Say how they were chosen.")
        project.comments.add(finding, " Two more in wave 2. ")
        assert [(c.author, c.topic, c.text) for c in project.comments.all()] == [
            ("Ada", finding, "Is this all we have?"),
            ("Ben", Topic(section="methodology"), "Say how they were chosen."),
            ("Ben", finding, "Two more in wave 2."),
        ]

    def it_is_resolved_and_opened_again_and_each_is_undone(self, project: Project, finding: Topic) -> None:
        project.comments.add(finding, "Really?")
        project.comments.add(Topic(section="context"), "Shorter.")
        project.comments.resolve(project.comments.all())
        assert [(c.topic, c.resolved) for c in project.comments.all()] == [
            (finding, True),
            (Topic(section="context"), True),
        ]
        project.comments.resolve(project.comments.all()[:1], resolved=False)
        assert [c.resolved for c in project.comments.all()] == [False, True]
        assert project.undo_label == "Reopen comments"
        project.undo()
        project.undo()
        assert [c.resolved for c in project.comments.all()] == [False, False]

    def it_is_edited_and_deleted(self, project: Project, finding: Topic) -> None:
        comment = project.comments.add(finding, "Realy?")
        project.comments.edit(comment, "Really?")
        assert [c.text for c in project.comments.all()] == ["Really?"]
        project.comments.remove(comment)
        assert project.comments.all() == []
        project.undo()
        assert [c.text for c in project.comments.all()] == ["Really?"]

    @pytest.mark.parametrize("text", ["", " \n"])
    def it_refuses_an_empty_one(self, project: Project, finding: Topic, text: str) -> None:
        with pytest.raises(UserError, match="empty"):
            project.comments.add(finding, text)

    def it_goes_and_comes_back_with_its_finding(self, project: Project, finding: Topic) -> None:
        project.comments.add(finding, "Really?")
        assert finding.finding_id is not None
        project.findings.remove(finding.finding_id)
        assert project.comments.all() == []
        project.undo()
        assert [c.topic for c in project.comments.all()] == [finding]

    def it_is_no_memo_among_the_notes(self, project: Project, finding: Topic) -> None:
        project.comments.add(finding, "Really?")
        project.comments.add(Topic(section="context"), "Shorter.")
        assert finding.finding_id is not None
        assert project.memos.of_finding(finding.finding_id) == []
        assert project.memos.of_project() == []
