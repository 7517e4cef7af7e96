"""Undo and redo over every noun: to the start gives the exact start, to the end the exact end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from qualcode.core.coding import NewSegment
from qualcode.core.project import Project
from qualcode.core.schema import Code
from qualcode.core.values import Change, Role, Span, Suggestion
from qualcode.errors import UserError
from tests.helpers.projects import a_project, dialogue, everything, land, scratch

Act = Callable[[Project, int, int], None]
ACTS: dict[str, Act] = {}


def act(function: Act) -> Act:
    ACTS[function.__name__] = function
    return function


def pick(things: list, number: int):  # type: ignore[no-untyped-def, type-arg]
    return things[number % len(things)] if things else None


def transcript(p: Project, number: int):  # type: ignore[no-untyped-def]
    interview = pick(p.transcripts.interviews(), number)
    return interview and interview.transcript_id


@act
def import_interview(p: Project, a: int, b: int) -> None:
    person = pick(p.people.all(), b)
    said = dialogue(
        ("Interviewer", f"Question {a}? 😀"), ("Participant", f"Well, we waited {b} weeks, é."), name=f"{a}.{b}"
    )
    if p.transcripts.find_source(said.source_digest) is None:
        land(p, said, people=[person.id] if person else [])


@act
def remove_interview(p: Project, a: int, b: int) -> None:
    if i := pick(p.transcripts.interviews(), a):
        p.transcripts.remove([i.id])


@act
def correct_words(p: Project, a: int, b: int) -> None:
    if t := transcript(p, a):
        p.transcripts.correct_words(t, p.transcripts.get(t).turns[1].span, f"Well, they waited {a + b} months, é.")


@act
def add_person(p: Project, a: int, b: int) -> None:
    p.people.add()


@act
def remove_person(p: Project, a: int, b: int) -> None:
    if person := pick(p.people.all(), a):
        p.people.remove([person.id])


@act
def set_attribute(p: Project, a: int, b: int) -> None:
    attribute = pick(p.people.attributes(), b)
    attribute_id = attribute.id if attribute and a % 3 else None
    if attribute_id is None and not any(x.name == f"role {a}" for x in p.people.attributes()):
        attribute_id = p.people.add_attribute(f"role {a}", "choice", ["staff", "parent"])
    if attribute_id and (person := pick(p.people.all(), a)):
        p.people.set_value(person.id, attribute_id, "staff" if b % 3 else "")


@act
def add_wave(p: Project, a: int, b: int) -> None:
    if p.waves.find(f"Wave {a}") is None:
        p.waves.add_question(p.waves.add(f"Wave {a}"), "How?", theme_ids=[t.id for t in p.themes.all()[:2]])
    if i := pick(p.transcripts.interviews(), b):
        p.transcripts.change(i.id, wave_id=p.waves.all()[0].id, note=f"{a}")


@act
def remove_wave(p: Project, a: int, b: int) -> None:
    if wave := pick(p.waves.all(), a):
        p.waves.remove(wave.id)


@act
def match_speaker(p: Project, a: int, b: int) -> None:
    if t := transcript(p, a):
        speaker = p.transcripts.get(t).speakers[b % 2]
        person = pick(p.people.all(), a + b)
        p.transcripts.set_role(speaker.id, list(Role)[a % 3])
        p.transcripts.set_participant(speaker.id, person.id if person else None)


@act
def swap_names(p: Project, a: int, b: int) -> None:
    one, two = pick(p.people.all(), a), pick(p.people.all(), b)
    if one and one != two:
        p.people.change(one.id, pseudonym="in between")
        p.people.change(two.id, pseudonym=one.pseudonym)
        p.people.change(one.id, pseudonym=two.pseudonym, name=f"{a}")


@act
def add_code(p: Project, a: int, b: int) -> None:
    parent = pick(p.codebook.all(), b)
    name = f"Code {a}.{b}"
    if p.codebook.find(name) is None:
        p.codebook.add(name, parent_id=parent.id if parent and b % 2 else None)


@act
def change_code(p: Project, a: int, b: int) -> None:
    if code := pick(p.codebook.all(), a):
        p.codebook.define(code.id, definition=f"{b}")
        p.codebook.give_shortcut(code.id, b + 1)
        p.codebook.recolour(code.id, "#123456")


@act
def move_code(p: Project, a: int, b: int) -> None:
    codes = p.codebook.all()
    if codes:
        p.codebook.order([c.id for c in codes[a % len(codes) :] + codes[: a % len(codes)]])
        p.codebook.move(pick(codes, a).id, pick(codes, b).id)


@act
def merge_codes(p: Project, a: int, b: int) -> None:
    codes = p.codebook.all()
    if codes:
        p.codebook.merge([pick(codes, a).id, pick(codes, a + 1).id], pick(codes, b).id)


@act
def remove_code(p: Project, a: int, b: int) -> None:
    if code := pick(p.codebook.all(), a):
        p.codebook.remove([code.id])


@act
def apply_code(p: Project, a: int, b: int) -> None:
    t, code = transcript(p, a), pick(p.codebook.all(), b)
    if t and code:
        p.coding.apply_many([NewSegment(t, Span(a, a + 1 + b), code.id), NewSegment(t, Span(10, 20), code.id, "m")])


@act
def change_segment(p: Project, a: int, b: int) -> None:
    segment, code = pick(p.coding.all(), a), pick(p.codebook.all(), b)
    if segment:
        p.coding.move_ends(segment.id, Span(b, b + 8))
        p.coding.recode([segment.id], code.id)
        segment = pick(p.coding.all(), a)
        p.coding.write_memo(segment.id, f"memo {a}")
        p.coding.weigh(segment.id, b % 4)


@act
def remove_segment(p: Project, a: int, b: int) -> None:
    if segment := pick(p.coding.all(), a):
        p.coding.remove([segment.id])


@act
def suggest(p: Project, a: int, b: int) -> None:
    t, code = transcript(p, a), pick(p.codebook.all(), b)
    if t:
        p.suggestions.offer([Suggestion(t, Span(a, a + 5), code and code.id, 0.1 + b / 7, "because")], [t])
        waiting = p.suggestions.open(t)
        if waiting and code and a % 2:
            p.suggestions.accept(waiting[0].id)
        elif waiting and b % 2:
            p.suggestions.refuse(waiting[0].id)


@act
def add_theme(p: Project, a: int, b: int) -> None:
    parent = pick(p.themes.all(), b)
    if not any(t.name == f"Theme {a}" for t in p.themes.all()):
        theme_id = p.themes.add(f"Theme {a}", parent_id=parent.id if parent and b % 2 else None)
        p.themes.gather([c.id for c in p.codebook.all()[: b % 4]], theme_id)
        p.themes.define(theme_id, message=f"{b}")


@act
def move_theme(p: Project, a: int, b: int) -> None:
    themes = p.themes.all()
    if themes:
        p.themes.move(pick(themes, a).id, pick(themes, b).id)


@act
def merge_themes(p: Project, a: int, b: int) -> None:
    themes = p.themes.all()
    if themes:
        p.themes.merge([pick(themes, a).id], pick(themes, b).id)


@act
def remove_theme(p: Project, a: int, b: int) -> None:
    if theme := pick(p.themes.all(), a):
        p.themes.remove(theme.id)


@act
def snapshot(p: Project, a: int, b: int) -> None:
    p.move_to_stage(["code", "themes", "report"][a % 3])


@act
def add_memo(p: Project, a: int, b: int) -> None:
    person, code = pick(p.people.all(), a), pick(p.codebook.all(), b)
    if person and a % 2:
        p.memos.edit(p.memos.add("A portrait", kind="pen portrait", participant_id=person.id), "A better one")
    elif code:
        p.memos.add("On the code", code_id=code.id)
    elif t := transcript(p, a):
        p.memos.mark(t, Span(a, a + 4), "important")


@act
def add_finding(p: Project, a: int, b: int) -> None:
    theme, segment = pick(p.themes.all(), a), pick(p.coding.all(), b)
    finding_id = p.findings.add(theme.id if theme else None, f"Some said **{a}**.")
    p.findings.answer(finding_id, [p.waves.add_evaluation_question(f"Why {a}?")])
    if segment:
        p.findings.attach(finding_id, [segment.id], "counters" if a % 2 else "supports")
        quote_id = p.findings.quote(finding_id, segment.id)
        if len(segment.quote.split()) > 1:
            p.findings.cut(quote_id, Span(0, 1))


@act
def change_finding(p: Project, a: int, b: int) -> None:
    finding, theme = pick(p.findings.all(), a), pick(p.themes.all(), b)
    if finding:
        p.findings.write(finding.id, text=f"Most said {b}.", summary="Short.")
        p.findings.move(finding.id, theme.id if theme else None)
        p.findings.order([f.id for f in reversed(p.findings.all())])
        for quote in finding.quotes[:1]:
            p.findings.attribute(quote.id, f"Staff {b}")
            if len(quote.verbatim.split()) > 2:
                p.findings.trim(quote.id, Span(0, 12))


@act
def remove_finding(p: Project, a: int, b: int) -> None:
    if finding := pick(p.findings.all(), a):
        p.findings.remove(finding.id)


@act
def register_identifier(p: Project, a: int, b: int) -> None:
    p.identifiers.add("person", f"Name{a}", f"[person {b}]", forms=[f"Nick{b}"])
    p.identifiers.call_harmless([f"Word{b}", f"Name{b}"])
    if t := transcript(p, a):
        p.identifiers.decide(t, Span(b, b + 3), p.identifiers.all()[0].id if a % 2 else None)


@act
def write_report(p: Project, a: int, b: int) -> None:
    report = pick(p.reports.all(), 0)
    report_id = report.id if report else p.reports.add(title="Insights")
    p.reports.change(report_id, subtitle=f"{a}")
    p.reports.write(report_id, "context", f"Text {b}" if b % 3 else "")
    p.set_setting("quotes", {"ellipsis": f"{a}"})


@act
def mark_read(p: Project, a: int, b: int) -> None:
    if i := pick(p.transcripts.interviews(), a):
        p.transcripts.mark_read(i.id, bool(b % 2))


NUMBERS = st.integers(0, 6)
SEQUENCES = st.lists(st.tuples(st.sampled_from([*ACTS, "undo", "redo"]), NUMBERS, NUMBERS), max_size=25)


def perform(project: Project, name: str, a: int, b: int) -> None:
    try:
        if name == "undo":
            project.undo()
        elif name == "redo":
            project.redo()
        else:
            with project.step(name):
                ACTS[name](project, a, b)
    except UserError:
        pass


@pytest.fixture(scope="module")
def lived_in() -> bytes:
    """A project file with something of most nouns in it."""
    with scratch() as folder, a_project(Path(folder)) as project:
        for number in range(3):
            for act in (add_person, import_interview, add_code, apply_code, add_theme, add_wave, add_finding):
                perform(project, act.__name__, number, number + 1)
        project.close()
        return project.path.read_bytes()


class DescribeUndo:
    @settings(max_examples=60)
    @given(SEQUENCES)
    def it_leads_back_to_the_exact_start_and_on_to_the_exact_end(self, todo: list[tuple[str, int, int]]) -> None:
        with scratch() as folder, a_project(Path(folder)) as project:
            for number in range(2):
                import_interview(project, number, number)
                add_code(project, number, 0)
                apply_code(project, number, number)
            project._journal.forget()
            start = everything(project)
            for name, a, b in todo:
                perform(project, name, a, b)
            while project.redo_label:
                project.redo()
            end = everything(project)
            assert project.check() == []
            assert len(project.themes.all()) == len(end["theme"])
            project.analysis().matrix()
            while project.undo_label:
                project.undo()
            assert everything(project) == start
            while project.redo_label:
                project.redo()
            assert everything(project) == end

    @settings(max_examples=40)
    @given(SEQUENCES, st.integers(0, 30), st.integers(1, 5))
    def it_leads_there_piece_by_piece_too_and_may_be_stopped_between(
        self, todo: list[tuple[str, int, int]], at_most: int, pieces: int
    ) -> None:
        with scratch() as folder, a_project(Path(folder)) as project:
            project.codebook.add("Before")
            start = everything(project)
            for name, a, b in todo:
                if name in ACTS:
                    with suppress(UserError), project.step("One long act", group="all"):
                        ACTS[name](project, a, b)
            end = everything(project)
            assume(project.undo_label == "One long act")
            for change in islice(project.undoing(at_most), pieces):
                assert project.check() == []
                assert (project.undo_label == "One long act") is bool(change.left)
            while project.undo_label == "One long act":
                project.undo()
            assert everything(project) == start
            while project.redo_label:
                for _ in project.redoing(at_most):
                    assert project.check() == []
            assert everything(project) == end

    @pytest.mark.parametrize("name", ACTS)
    def it_takes_back_each_kind_of_act_alone(self, lived_in: bytes, tmp_path: Path, name: str) -> None:
        path = tmp_path / "study.qualcode"
        path.write_bytes(lived_in)
        with Project.open(path, coder="Ada") as project:
            project.rename("Another name")
            before = everything(project)
            with project.step(name):
                ACTS[name](project, 5, 3)
            assert project.undo_label == name
            after = everything(project)
            assert after != before
            project.undo()
            assert everything(project) == before
            assert project.undo_label == "Rename project"
            project.redo()
            assert everything(project) == after

    def it_says_what_it_would_undo(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            assert project.undo_label is None
            project.codebook.add("Trust")
            assert project.undo_label == "Add code “Trust”"
            project.undo()
            assert (project.undo_label, project.redo_label) == (None, "Add code “Trust”")

    def it_says_so_when_there_is_nothing(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            with pytest.raises(UserError, match="nothing to undo"):
                project.undo()
            with pytest.raises(UserError, match="nothing to redo"):
                project.redo()

    def it_forgets_what_could_be_redone_once_something_new_is_done(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            project.codebook.add("Trust")
            project.undo()
            project.codebook.add("Waiting")
            assert project.redo_label is None
            project.undo()
            assert project.codebook.all() == []

    def it_takes_a_group_of_steps_back_together(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            project.codebook.add("Before")
            for name in ("One", "Two", "Three"):
                with project.step("Import 3 codes", group="import"):
                    project.codebook.add(name)
            assert project.undo_label == "Import 3 codes"
            project.undo()
            assert [c.name for c in project.codebook.all()] == ["Before"]
            project.redo()
            assert [c.name for c in project.codebook.all()] == ["Before", "One", "Two", "Three"]

    def it_takes_as_many_steps_of_a_group_at_a_time_as_were_asked_for(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            for name in ("One", "Two", "Three", "Four", "Five"):
                with project.step("Import 5 codes", group="import"):
                    project.codebook.add(name)
            left = [(change.steps, change.left, len(project.codebook.all())) for change in project.undoing(at_most=2)]
            assert left == [(2, 3, 3), (2, 1, 1), (1, 0, 0)]
            assert [len(project.codebook.all()) for _ in project.redoing(at_most=2)] == [2, 4, 5]

    def it_leaves_the_rest_of_a_long_act_when_another_comes_between(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            for name in ("One", "Two", "Three"):
                with project.step("Import 3 codes", group="import"):
                    project.codebook.add(name)
            pieces = project.undoing(at_most=1)
            next(pieces)
            project.codebook.add("Between")
            assert list(pieces) == []
            assert [c.name for c in project.codebook.all()] == ["One", "Two", "Between"]
            assert project.redo_label is None
            project.undo()
            project.undo()
            assert project.codebook.all() == []

    def it_keeps_groups_apart_when_something_was_undone_between(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            with project.step("Typing", group="a"):
                project.codebook.add("One")
            project.codebook.add("Other")
            project.undo()
            with project.step("Typing", group="a"):
                project.codebook.add("Two")
            project.undo()
            assert project.codebook.all() == []


class DescribeAStep:
    def it_rolls_everything_back_on_an_error(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            before = everything(project)
            with pytest.raises(UserError), project.step("Two things"):
                project.codebook.rename(project.codebook.add("Trust"), "")
            assert everything(project) == before
            assert project.undo_label is None
            project.codebook.add("Trust")

    def it_tells_of_one_change_once_with_the_rows_touched(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            told: list[Change] = []
            stop = project.on_change(told.append)
            with project.step("Set up"):
                code_id = project.codebook.add("Trust")
                project.themes.gather([code_id], project.themes.add("Access"))
            assert [(c.label, c.verb) for c in told] == [("Set up", "did")]
            assert told[0].rows["code"] == {code_id}
            assert told[0].touches("theme")
            assert not told[0].touches("segment")
            project.undo()
            assert (told[1].verb, told[1].rows["code"]) == ("undid", {code_id})
            stop()
            project.redo()
            assert len(told) == 2

    def it_tells_of_rows_removed_by_cascade(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            _, transcript_id = land(project, dialogue(("Participant", "We waited.")))
            code_id = project.codebook.add("Waiting")
            segment_id = project.coding.apply(transcript_id, Span(0, 9), code_id)
            told: list[Change] = []
            project.on_change(told.append)
            project.codebook.remove([code_id])
            assert told[0].rows["segment"] == {segment_id}

    def it_leaves_no_trace_when_nothing_was_changed(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            lines = len(project.log())
            code_id = project.codebook.add("Trust")
            project.codebook.rename(code_id, "Trust")
            assert project.undo_label == "Add code “Trust”"
            assert len(project.log()) == lines + 1

    def it_logs_who_did_what_and_what_was_undone(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            project.codebook.add("Trust")
            project.undo()
            did, undid = project.log()[-2:]
            assert (did.verb, did.label, did.coder_id) == ("did", "Add code “Trust”", project.coder_id)
            assert (undid.verb, undid.label) == ("undid", "Add code “Trust”")

    def it_is_the_only_way_to_write(self, tmp_path: Path) -> None:
        with a_project(tmp_path) as project:
            smuggled = insert(Code).values(id="x", name="Smuggled", colour="#000000")
            with pytest.raises(RuntimeError, match="outside a step"):
                project._journal.write(smuggled)
            with pytest.raises(DBAPIError, match="readonly"):
                project._journal.read(smuggled.returning(Code.id))
            assert project.codebook.all() == []
