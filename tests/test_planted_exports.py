"""Two hundred invented identifiers, planted in the sample's transcripts in every spelling: none is ever exported."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from qualcode.acts import import_files
from qualcode.anonymise.kinds import Kind
from qualcode.anonymise.register import Register
from qualcode.copying import drafted_copy
from qualcode.core.coding import NewSegment
from qualcode.core.project import Project
from qualcode.core.values import Role
from qualcode.decisions import read_decisions, take_over
from qualcode.errors import ExportBlocked
from qualcode.guard import Guard
from qualcode.report import codebook_file, found
from qualcode.report.export import export_matrix, export_report
from qualcode.report.found import FoundPlace
from qualcode.resources import samples
from tests.anonymise.test_planted import AROUND, planted, spellings
from tests.report.packages import every_word

ORDINARY = {"primary", "academy", "infants", "school", "example"}


@dataclass(frozen=True)
class Exported:
    """The files exported from the project, and the words none of them may hold; and the project they came from."""

    report: Path
    matrix: Path
    places: Path
    places_in_word: Path
    codebook: Path
    codebook_in_word: Path
    copy: Path
    telling: frozenset[str]
    project: Project


def plant(paragraph: Paragraph, words: str, chance: random.Random) -> None:
    """Add words to a paragraph in runs of a few letters, some of them bold, as a much edited document has them."""
    at = 0
    while at < len(words):
        end = at + chance.randint(2, 9)
        run = paragraph.add_run(words[at:end])
        run.bold = chance.random() < 0.2
        at = end


def transcripts(folder: Path, known: Register) -> list[Path]:
    """The sample's Word transcripts with every spelling of every identifier said in them; names in file names too."""
    chance = random.Random(21)
    lines = [f" {chance.choice(AROUND).format(way)}." for one in known.identifiers for way in spellings(one, chance)]
    chance.shuffle(lines)
    files = sorted((samples() / "interviews").rglob("*.docx"))
    written = []
    for number, source in enumerate(files):
        document = docx.Document(str(source))
        paragraphs = (Paragraph(p, document) for p in document.element.body.iter(qn("w:p")))
        said = [p for p in paragraphs if len(p.text) > 120]
        for index, line in enumerate(lines[number :: len(files)]):
            plant(said[index % len(said)], line, chance)
        named = known.identifiers[number].text.replace(" ", "_")
        written.append(folder / f"{number:02} {named}.docx")
        document.save(str(written[-1]))
    return written


def fill(project: Project, known: Register) -> None:
    """Code every long turn and quote many; write names into notes, memos and whatever else is not for the report."""
    chance = random.Random(22)
    names = [one.text for one in known.identifiers]
    take_over(project, read_decisions(samples() / "identifiers.csv"), "the sample")
    with project.step("Fill"):
        for one in known.identifiers:
            project.identifiers.add(one.kind.value, one.text, one.replacement)
        theme = project.themes.add("Getting there")
        code = project.codebook.add("Travel", theme_id=theme)
        project.codebook.define(code, definition=f"Rides with {names[4]}", example=f"{names[5]} drove us.")
        for number, person in enumerate(project.people.all()):
            project.people.change(person.id, name=names[number], note=f"Sister of {names[number + 9]}")
        for interview in project.transcripts.interviews():
            row = project.transcripts.get(interview.transcript_id)
            spans = [
                t.span for t in row.turns if len(t.span) > 120 and row.speakers[t.speaker].role is not Role.INTERVIEWER
            ]
            memo = f"Compare {chance.choice(names)}"
            segments = project.coding.apply_many([NewSegment(row.id, span, code, memo) for span in spans])
            for segment in segments[:12]:
                project.findings.quote(project.findings.add(theme, "People spoke of **journeys**."), segment)
            project.memos.add(f"Ask {chance.choice(names)} again.", interview_id=interview.id)


def write_for_the_report(project: Project, names: Sequence[str]) -> None:
    """Put names into what the analyst writes for the report: a finding, a theme, a text, a title."""
    (finding, *_), (theme, *_) = project.findings.all(), project.themes.all()
    report = project.reports.add("insight", f"What {names[0]} changed")
    with project.step("Write"):
        project.findings.write(finding.id, text=f"**{names[1]}** was spoken of.")
        project.themes.rename(theme.id, f"What {names[2]} did")
        project.reports.write(report, "context", f"The work of {names[3]}.")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    folder = tmp_path_factory.mktemp("planted")
    known = planted()
    files = transcripts(folder, known)
    with Project.create(folder / "study.qualcode", name="Planted", coder="Ada") as project:
        made = Exported(
            folder / "report.docx",
            folder / "matrix.xlsx",
            folder / "places.xlsx",
            folder / "places.docx",
            folder / "codebook.xlsx",
            folder / "codebook.docx",
            folder / "copy.qualcode",
            frozenset(_telling(known)),
            project,
        )
        assert all(not result.refused for result in import_files(project, files))
        fill(project, known)
        everything = " ".join(project.transcripts.text(i.transcript_id) for i in project.transcripts.interviews())
        assert made.telling <= set(_words(everything))
        guard = Guard(project, unreviewed=())
        export_report(project, made.report, guard=guard)
        export_matrix(project, made.matrix, guard=guard)
        places = [FoundPlace(s.transcript_id, s.span, s.code_id) for s in project.coding.all()]
        found.drafted_workbook(project, names_of(known)[0], places, guard).prepared().write(made.places)
        bare = [replace(place, code_id=None) for place in places]
        found.drafted_document(project, names_of(known)[0], bare, guard).prepared().write(made.places_in_word)
        codebook_file.drafted_workbook(project, guard).prepared().write(made.codebook)
        codebook_file.drafted_document(project, guard).prepared().write(made.codebook_in_word)
        drafted_copy(project, made.copy, guard).write()
        yield made


def names_of(known: Register) -> list[str]:
    return [one.text for one in known.identifiers]


def _telling(known: Register) -> Iterator[str]:
    """The words that give somebody away whatever stands around them."""
    for one in known.identifiers:
        yield from (word for word in _words(one.text) if len(word) > 4 and word not in ORDINARY)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.replace("\u00ad", "").lower())


class DescribeTwoHundredPlanted:
    @pytest.mark.parametrize(
        ("which", "least"),
        [
            ("report", 3000),
            ("matrix", 3000),
            ("places", 3000),
            ("places_in_word", 3000),
            ("codebook", 20),
            ("codebook_in_word", 20),
        ],
    )
    def it_leaves_none_in_any_part_of_the_file(self, exported: Exported, which: str, least: int) -> None:
        words = _words(every_word(getattr(exported, which)))
        assert len(words) > least
        assert exported.telling & set(words) == set()

    def it_leaves_none_in_what_is_copied_or_shown(self, exported: Exported) -> None:
        guard = Guard(exported.project, unreviewed=())
        segments = exported.project.coding.all()
        copied = [guard.quoted(segment.transcript_id, segment.span) for segment in segments]
        shown = [guard.rendering(segment.transcript_id).quote(segment.span) for segment in segments]
        assert exported.telling & set(_words(" ".join((*copied, *shown)))) == set()
        assert [words for words in copied if guard.leaks(words)] == []

    def it_leaves_none_in_the_bytes_of_the_copy(self, exported: Exported) -> None:
        words = _words(exported.copy.read_bytes().decode("utf-8", "replace"))
        assert len(words) > 30_000
        assert exported.telling & set(words) == set()

    def it_leaves_a_sound_copy(self, exported: Exported) -> None:
        with Project.open(exported.copy, coder="Coder 1") as copy:
            assert copy.check() == []
            assert copy.summary().segments > 100

    def it_holds_a_report_back_with_one_of_them_in_the_analysts_words(self, exported: Exported, tmp_path: Path) -> None:
        names = sorted(one.text for one in planted().identifiers if one.kind is Kind.PERSON)[:4]
        write_for_the_report(exported.project, names)
        with pytest.raises(ExportBlocked) as held:
            export_report(exported.project, tmp_path / "report.docx", guard=Guard(exported.project, unreviewed=()))
        assert [name for name in names if not any(name in place for place in held.value.places)] == []
        assert list(tmp_path.iterdir()) == []
