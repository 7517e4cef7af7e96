"""Projects of a chosen size to measure on: the same for the same number of interviews, always.

Each interview has 8,000 words and 120 segments, under 60 codes, 15 sub-themes and 5 themes; every participant is in
two waves. A worked project has attributes, a register of identifiers, summaries, findings and quotes too.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from random import Random

from qualcode.core.coding import NewSegment
from qualcode.core.project import Project
from qualcode.core.transcripts import Placement
from qualcode.core.values import CodeId
from tests.benchmarks.interviews import CODES, NAMES, SUB_THEMES, THEMES, WORDS, interview, passages

GROUPS = {"Role": ("Parent", "Young person", "Staff"), "Area": ("North", "South", "East", "West", "Centre")}
FINDINGS, EVIDENCE, QUOTES = 40, 12, 4
SUMMARISED = 200


def worked_project(path: Path, size: int) -> None:
    """Make a project of ``size`` interviews at ``path`` that somebody has worked on in every stage."""
    with Project.create(path, coder="Ada") as project:
        code_ids = framework(project)
        land_all(project, size)
        code_all(project, code_ids)
        _describe(project)
        _conclude(project)
        project.move_to_stage("code")


def framework(project: Project) -> list[CodeId]:
    """Make themes, sub-themes and codes, and two waves that ask about some of the themes."""
    with project.step("Make framework"):
        themes = [project.themes.add(f"Theme {n}") for n in range(THEMES)]
        subs = [project.themes.add(f"Sub-theme {n}", parent_id=themes[n % THEMES]) for n in range(SUB_THEMES)]
        codes = [project.codebook.add(f"Code {n}", theme_id=subs[n % SUB_THEMES]) for n in range(CODES)]
        for n, name in enumerate(("Wave 1", "Wave 2")):
            project.waves.add_question(project.waves.add(name), "How was it?", theme_ids=themes[: 3 + n])
    return codes


def land_all(project: Project, size: int) -> float:
    """Land ``size`` interviews, two waves of the same people; the median seconds to land one."""
    waves = [wave.id for wave in project.waves.all()]
    with project.step("Add people"):
        people = [project.people.add(f"P{n + 1:04d}") for n in range((size + 1) // 2)]
    times = []
    for number in range(size):
        value = interview(number)
        wave, person = waves[number >= len(people)], people[number % len(people)]
        placement = Placement(value.source_name, wave, people={"Participant": person})
        began = time.perf_counter()
        project.transcripts.add(value, placement)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def code_all(project: Project, code_ids: list[CodeId]) -> None:
    """Code every interview."""
    for number, row in enumerate(project.transcripts.interviews()):
        found = passages(number, interview(number))
        project.coding.apply_many(NewSegment(row.transcript_id, span, code_ids[code]) for code, span in found)


def _describe(project: Project) -> None:
    """Say who the people are, who has read what, and what could name somebody."""
    random = Random(1)
    people = project.people.all()
    with project.step("Describe people"):
        for name, choices in GROUPS.items():
            attribute = project.people.add_attribute(name, "choice", choices)
            project.people.set_values((person.id, attribute, random.choice(choices)) for person in people)
        for number, name in enumerate(NAMES):
            project.identifiers.add("person", name, f"[name {number}]")
    with project.step("Read"):
        for row in project.transcripts.interviews()[::2]:
            project.readings.mark_read(row.id)


def _conclude(project: Project) -> None:
    """Summarise some cells of the matrix; write findings with evidence and quotes."""
    random = Random(2)
    analysis = project.analysis()
    themes = analysis.themes
    with project.step("Summarise and conclude"):
        for cell in range(SUMMARISED):
            person, theme = analysis.participants[cell % len(analysis.participants)], themes[cell % len(themes)]
            project.summaries.write(person.id, theme.id, None, " ".join(random.choices(WORDS, k=30)))
        for number in range(FINDINGS):
            theme = themes[number % len(themes)]
            finding = project.findings.add(theme.id, f"Many said {' '.join(random.choices(WORDS, k=20))}.")
            said = [segments[0] for segments in analysis.evidence(theme.id).values()]
            chosen = random.sample(said, min(EVIDENCE, len(said)))
            project.findings.attach(finding, chosen)
            for segment_id in chosen[:QUOTES]:
                project.findings.quote(finding, segment_id)
