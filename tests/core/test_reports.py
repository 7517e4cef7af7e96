from __future__ import annotations

import datetime as dt

from qualcode.core.project import Project
from tests.helpers.projects import everything


class DescribeReports:
    def it_keeps_what_stands_on_the_cover(self, project: Project) -> None:
        wave_id = project.waves.add("Wave 1")
        report_id = project.reports.add(title="Finding a way in")
        project.reports.change(
            report_id, subtitle="Wave 1", authors="Ada", published_on=dt.date(2024, 6, 1), wave_id=wave_id
        )
        project.reports.change(report_id, shape="briefing")
        (row,) = project.reports.all()
        assert (row.shape, row.title, row.subtitle, row.authors) == ("briefing", "Finding a way in", "Wave 1", "Ada")
        assert (row.published_on, row.wave_id) == (dt.date(2024, 6, 1), wave_id)

    def it_keeps_the_texts_of_its_sections_and_takes_an_empty_one_away(self, project: Project) -> None:
        report_id = project.reports.add()
        project.reports.write(report_id, "context", "A first draft.")
        project.reports.write(report_id, "context", "The programme began in 2021.")
        project.reports.write(report_id, "limitations", "Few fathers.")
        assert project.reports.all()[0].texts == {
            "context": "The programme began in 2021.",
            "limitations": "Few fathers.",
        }
        before = everything(project)
        project.reports.write(report_id, "limitations", " ")
        assert project.reports.all()[0].texts.keys() == {"context"}
        project.undo()
        assert everything(project) == before

    def it_keeps_apart_what_two_reports_say(self, project: Project) -> None:
        first, second = project.reports.add(title="Long"), project.reports.add(title="Short")
        project.reports.write(first, "context", "At length.")
        texts = {row.title: row.texts for row in project.reports.all()}
        assert texts == {"Long": {"context": "At length."}, "Short": {}}
        assert second in {row.id for row in project.reports.all()}

    def it_takes_the_date_and_the_wave_away_again(self, project: Project) -> None:
        wave_id = project.waves.add("Wave 1")
        report_id = project.reports.add()
        project.reports.change(report_id, published_on=dt.date(2024, 6, 1), wave_id=wave_id)
        project.reports.change(report_id, title="Finding a way in")
        assert project.reports.all()[0].wave_id == wave_id
        project.reports.change(report_id, published_on=None, wave_id=None)
        (row,) = project.reports.all()
        assert (row.published_on, row.wave_id, row.title) == (None, None, "Finding a way in")

    def it_keeps_them_in_the_order_in_which_they_were_added(self, project: Project) -> None:
        ids = [project.reports.add(title=str(n)) for n in range(8)]
        assert [row.id for row in project.reports.all()] == ids
        project.reports.remove(ids[3])
        project.undo()
        assert [row.id for row in project.reports.all()] == ids

    def it_copies_one_with_its_texts_in_one_step(self, project: Project) -> None:
        first = project.reports.add(title="Long")
        project.reports.change(first, authors="Ada", published_on=dt.date(2024, 6, 1))
        project.reports.write(first, "context", "At length.")
        before = everything(project)
        second = project.reports.copy(first)
        rows = {row.id: row for row in project.reports.all()}
        assert (rows[second].authors, rows[second].texts) == ("Ada", {"context": "At length."})
        project.undo()
        assert everything(project) == before
