"""Makes ``0001.qualcode`` beside this file: a little of every noun, as schema 0001 keeps it. All of it is invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from qualcode.core.project import Project
from qualcode.core.transcripts import Placement
from qualcode.core.values import (
    Aside,
    AsideKind,
    CodeId,
    Emphasis,
    Face,
    ParticipantId,
    Role,
    Span,
    Speaker,
    Suggestion,
    Transcript,
    TranscriptId,
    Turn,
    WaveId,
)

SAID = (
    ("Interviewer", "How did you come to the choir?"),
    ("Participant", "I waited half a year, 😀 honestly, and then Wanda rang from the harbour office."),
    ("Interviewer", "And what helped?"),
    ("Participant", "That nothing I said went any further. Not to the office, not to anybody."),
)


def main() -> None:
    path = Path(__file__).with_name("0001.qualcode")
    path.unlink(missing_ok=True)
    with Project.create(path, name="The harbour choir", coder="Ada") as project:
        person, waves = people_and_waves(project)
        transcript_id = interview(project, person, waves[0])
        waiting, trust = framework(project, waves)
        segments = coded(project, transcript_id, waiting, trust)
        finding = project.findings.add(
            project.themes.all()[1].id, "**Waiting was long** for one singer.", summary="A wait."
        )
        project.findings.speak_of(finding, wave_id=waves[0])
        quote = project.findings.quote(finding, segments[0])
        verbatim = project.findings.get_quote(quote).verbatim
        project.findings.replace(quote, place(verbatim, "Wanda"), "a member of staff")
        project.findings.cut(quote, place(verbatim, "😀 honestly,"))
        project.findings.attach(finding, segments[1:2], "counters")
        what_stands_beside(project, transcript_id, person, trust)


def people_and_waves(project: Project) -> tuple[ParticipantId, list[WaveId]]:
    person = project.people.add("P01", "Kasimir Lund")
    role = project.people.add_attribute("Role", "choice", ["singer", "helper"])
    years = project.people.add_attribute("Years", "number")
    project.people.set_value(person, role, "singer")
    project.people.set_value(person, years, "2")
    return person, [project.waves.add(name) for name in ("Spring", "Autumn")]


def interview(project: Project, person: ParticipantId, wave_id: WaveId) -> TranscriptId:
    turns, text = [], ""
    for number, (_, words) in enumerate(SAID):
        text += "\n" * bool(text)
        turns.append(Turn(number % 2, Span(len(text), len(text) + len(words)), at=30.5 * number))
        text += words
    value = Transcript(
        text=text,
        turns=tuple(turns),
        speakers=(Speaker("Interviewer", Role.INTERVIEWER), Speaker("Participant", Role.PARTICIPANT)),
        source_name="spring 01.docx",
        source_digest="invented",
        emphasis=(Emphasis(place(text, "honestly"), Face.ITALIC),),
        asides=(Aside(AsideKind.COMMENT, "Laughs.", text.index("honestly")),),
        remarks=("A picture was left out.",),
    )
    where = Placement("Spring 01", wave_id, dt.date(2024, 4, 11), "in person", 1860, "Ruth", {"Participant": person})
    interview_id = project.transcripts.add(value, where)
    project.transcripts.mark_read(interview_id)
    return project.transcripts.interviews()[0].transcript_id


def framework(project: Project, waves: list[WaveId]) -> tuple[CodeId, CodeId]:
    access = project.themes.add("Access", definition="Getting a place", message="A place is a matter of patience.")
    getting_there = project.themes.add("Getting there", parent_id=access)
    waiting = project.codebook.add("Waiting lists", theme_id=getting_there, definition="Time before the first meeting")
    trust = project.codebook.add("Confidentiality", example="Nothing went any further.")
    for wave_id, asked in zip(waves, ([access], [access, getting_there]), strict=True):
        project.waves.add_question(wave_id, "How did you come to it?", topic="Start", theme_ids=asked)
    project.waves.add_evaluation_question("Does the choir reach those it is for?")
    return waiting, trust


def coded(project: Project, transcript_id: TranscriptId, waiting: CodeId, trust: CodeId) -> list[str]:
    text = project.transcripts.text(transcript_id)
    return [
        project.coding.apply(transcript_id, place(text, words), code_id)
        for words, code_id in ((SAID[1][1], waiting), ("Not to the office", trust), (SAID[3][1], trust))
    ]


def what_stands_beside(project: Project, transcript_id: TranscriptId, person: ParticipantId, trust: CodeId) -> None:
    text = project.transcripts.text(transcript_id)
    project.memos.add("Warm, and careful with names.", kind="pen portrait", participant_id=person)
    project.memos.mark(transcript_id, place(text, "half a year"), "How long exactly?")
    project.identifiers.add("person", "Wanda", "[a member of staff]", forms=["Wanda's"])
    project.identifiers.call_harmless(["Honestly"])
    project.suggestions.offer(
        [Suggestion(transcript_id, place(text, "nothing I said"), trust, 0.625, "Near a segment.")], []
    )
    project.reports.write(project.reports.add(title="A place in the choir"), "context", "The choir began in 2022.")
    project.set_setting("quotes", {"ellipsis": "[...]"})
    project.move_to_stage("themes")


def place(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


if __name__ == "__main__":
    main()
