"""The sample project, made from ``sample_transcripts/`` through the same calls as anybody's own.

``sample_transcripts/README.md`` describes the files. Everything in them is invented.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from qualcode.core.coding import NewSegment
from qualcode.core.findings import COUNTERS, SUPPORTS
from qualcode.core.memos import PEN_PORTRAIT
from qualcode.core.project import Project
from qualcode.core.transcripts import Placement
from qualcode.core.values import (
    AttributeId,
    CodeId,
    FindingId,
    ParticipantId,
    QuestionId,
    QuoteId,
    Role,
    SegmentId,
    Span,
    ThemeId,
    Transcript,
    TranscriptId,
    WaveId,
)
from qualcode.errors import Cancelled
from qualcode.importing import Rules, read
from qualcode.report import house
from qualcode.resources import samples

OnProgress = Callable[[int, int, str], None]

_CONFIDENTIAL = "Real name (confidential)"
_NOT_ATTRIBUTES = ("ID", _CONFIDENTIAL, "Interviews", "Consent")
_QUOTED_BY = "Report group"
_MEMO_TARGETS = {"project": "", "participant": "participant_id", "theme": "theme_id", "code": "code_id"}


def make_sample_project(
    target: Path, progress: OnProgress = lambda *_: None, cancelled: Callable[[], bool] = lambda: False
) -> None:
    """Write the sample project to ``target``, which appears only when it is whole.

    Raises UserError if it cannot be written there, Cancelled if stopped.
    """
    part = target.with_name(f"{target.stem}.part{target.suffix}")
    part.unlink(missing_ok=True)
    try:
        with Project.create(part, name="Slack Tide (sample)") as project, project.step("Load the sample"):
            _Sample(project, samples(), progress, cancelled).load()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


class _Sample:
    """One run of the loader; what it has made so far is kept by the files' own keys."""

    def __init__(self, project: Project, folder: Path, progress: OnProgress, cancelled: Callable[[], bool]) -> None:
        self._project = project
        self._folder = folder
        self._progress = progress
        self._cancelled = cancelled
        self._framework: dict[str, Any] = self._yaml("framework.yaml")
        self._people: dict[str, ParticipantId] = {}
        self._attributes: dict[str, AttributeId] = {}
        self._waves: dict[str, WaveId] = {}
        self._transcripts: dict[str, tuple[TranscriptId, str]] = {}
        self._themes: dict[str, ThemeId] = {}
        self._codes: dict[str, CodeId] = {}
        self._segments: dict[str, SegmentId] = {}
        self._questions: dict[str, QuestionId] = {}

    def load(self) -> None:
        self._load_people()
        self._load_themes_and_codes()
        self._load_waves()
        self._load_interviews()
        self._load_segments()
        self._load_summaries()
        self._load_identifiers()
        for question in self._framework["evaluation_questions"]:
            self._questions[question["key"]] = self._project.waves.add_evaluation_question(question["text"])
        for finding in self._framework["findings"]:
            self._load_finding(finding)
        self._load_memos()
        self._load_report(self._framework["report"])
        self._project.move_to_stage("report")

    # --- people, framework, waves ---

    def _load_people(self) -> None:
        from openpyxl import load_workbook

        book = load_workbook(self._folder / "participants.xlsx", read_only=True, data_only=True)
        names, *rows = [[str(cell or "") for cell in row] for row in book["Participants"].iter_rows(values_only=True)]
        book.close()
        people = [dict(zip(names, row, strict=True)) for row in rows if row[0]]
        for name in names:
            if name not in _NOT_ATTRIBUTES:
                choices = list(dict.fromkeys(p[name] for p in people if p[name]))
                self._attributes[name] = self._project.people.add_attribute(name, "choice", choices)
        for person in people:
            participant_id = self._project.people.add(person["ID"], person[_CONFIDENTIAL])
            self._people[person["ID"]] = participant_id
            for name, attribute_id in self._attributes.items():
                self._project.people.set_value(participant_id, attribute_id, person[name])
        self._project.set_setting(house.SETTING, {"group": _QUOTED_BY})

    def _load_themes_and_codes(self) -> None:
        for theme in self._framework["themes"]:
            self._add_theme(theme, None)
            for below in theme.get("subthemes", ()):
                self._add_theme(below, self._themes[theme["key"]])
        for code in self._framework["codes"]:
            self._codes[code["key"]] = self._project.codebook.add(
                code["name"],
                theme_id=self._themes[code["theme"]],
                definition=code["definition"],
                include=code.get("include") or "",
                exclude=code.get("exclude") or "",
                example=code.get("example") or "",
            )

    def _add_theme(self, theme: Mapping[str, str], parent_id: ThemeId | None) -> None:
        self._themes[theme["key"]] = self._project.themes.add(
            theme["name"], parent_id=parent_id, definition=theme["definition"], message=theme["message"]
        )

    def _load_waves(self) -> None:
        for wave in self._yaml("waves.yaml")["waves"]:
            wave_id = self._waves[wave["key"]] = self._project.waves.add(wave["name"])
            for question in wave["guide"]:
                about = [self._themes[key] for key in question["bears_on"]]
                self._project.waves.add_question(wave_id, question["text"], topic=question["topic"], theme_ids=about)

    # --- interviews and coding ---

    def _load_interviews(self) -> None:
        rows = self._csv("interviews.csv")
        for number, row in enumerate(rows):
            if self._cancelled():
                raise Cancelled
            self._progress(number, len(rows), Path(row["file"]).name)
            voices = dict(pair.split("=") for pair in row["speakers"].split("|"))
            roles = {
                label: Role.INTERVIEWER if who == "interviewer" else Role.PARTICIPANT for label, who in voices.items()
            }
            transcript = read(self._folder / row["file"], Rules(roles=roles))
            self._land(
                row, transcript, {label: self._people[who] for label, who in voices.items() if who in self._people}
            )
        self._progress(len(rows), len(rows), "")

    def _land(self, row: Mapping[str, str], transcript: Transcript, people: Mapping[str, ParticipantId]) -> None:
        hours, minutes, seconds = map(int, row["duration"].split(":"))
        wave = self._waves[row["wave"]]
        placement = Placement(
            title=f"{', '.join(row['participants'].split())} · {row['wave'].upper().replace('W', 'Wave ')}",
            wave_id=wave,
            held_on=dt.date.fromisoformat(row["date"]),
            mode=row["mode"],
            duration_seconds=hours * 3600 + minutes * 60 + seconds,
            interviewer=row["interviewer"],
            people=people,
        )
        interview_id = self._project.transcripts.add(transcript, placement)
        landed = next(i for i in self._project.transcripts.interviews() if i.id == interview_id)
        self._transcripts[row["file"]] = landed.transcript_id, transcript.text

    def _load_segments(self) -> None:
        rows = self._csv("segments.csv")
        new = []
        for row in rows:
            transcript_id, text = self._transcripts[row["file"]]
            span = _nth(text, row["passage"], int(row["occurrence"] or 1))
            weight = int(row["weight"] or 0)
            new.append(NewSegment(transcript_id, span, self._codes[row["code"]], row["memo"], weight))
        ids = self._project.coding.apply_many(new)
        self._segments = {row["key"]: segment_id for row, segment_id in zip(rows, ids, strict=True)}

    def _load_summaries(self) -> None:
        for row in self._csv("summaries.csv"):
            person, theme, wave = self._people[row["participant"]], self._themes[row["theme"]], self._waves[row["wave"]]
            self._project.summaries.write(person, theme, wave, row["summary"])

    def _load_identifiers(self) -> None:
        for row in self._csv("identifiers.csv"):
            forms = [form for form in row["variants"].split("|") if form]
            if row["decision"] == "keep":
                self._project.identifiers.call_harmless([row["text"], *forms], row["kind"])
            else:
                self._project.identifiers.add(
                    row["kind"], row["text"], row["replacement"], forms=forms, note=row["note"]
                )

    # --- findings ---

    def _load_finding(self, finding: Mapping[str, Any]) -> None:
        findings = self._project.findings
        finding_id = findings.add(self._themes[finding["theme"]], finding["text"], summary=finding.get("summary") or "")
        findings.attach(finding_id, [self._segments[key] for key in finding["supports"]], SUPPORTS)
        findings.attach(finding_id, [self._segments[key] for key in finding["counters"]], COUNTERS)
        findings.answer(finding_id, [self._questions[key] for key in finding["answers"]])
        self._speak_of(finding_id, finding)
        text = finding["text"]
        for quote in finding["quotes"]:
            quote_id = self._quote(finding_id, quote)
            text = text.replace(f"{{q:{quote['segment']}}}", f"{{q:{findings.get_quote(quote_id).label}}}")
        findings.write(finding_id, text=text)

    def _speak_of(self, finding_id: FindingId, finding: Mapping[str, Any]) -> None:
        group = self._framework["groups"][finding["among"]]
        waves = finding["waves"]
        self._project.findings.speak_of(
            finding_id,
            wave_id=self._waves[waves[0]] if len(waves) == 1 else None,
            attribute_id=self._attributes[group["attribute"]] if group["attribute"] else None,
            value=group["values"][0] if group["values"] else "",
        )

    def _quote(self, finding_id: FindingId, quote: Mapping[str, Any]) -> QuoteId:
        findings = self._project.findings
        quote_id = findings.quote(finding_id, self._segments[quote["segment"]], quote["placement"])
        words = findings.get_quote(quote_id).verbatim
        start = words.index(quote["from"]) if quote.get("from") else 0
        end = words.index(quote["to"], start) + len(quote["to"]) if quote.get("to") else len(words)
        if (start, end) != (0, len(words)):
            findings.trim(quote_id, Span(start, end))
        for cut in quote.get("cuts") or ():
            at = words.index(cut, start, end)
            findings.cut(quote_id, Span(at, at + len(cut)))
        for change in quote.get("replacements") or ():
            at = words.index(change["words"], start, end)
            findings.replace(quote_id, Span(at, at + len(change["words"])), change["with"])
        return quote_id

    # --- memos, report ---

    def _load_memos(self) -> None:
        known: dict[str, Mapping[str, str]] = {"participant": self._people, "theme": self._themes, "code": self._codes}
        for memo in self._yaml("memos.yaml")["memos"]:
            about = memo["about"]
            target: dict[str, Any] = {_MEMO_TARGETS[about]: known[about][memo["ref"]]} if about in known else {}
            is_portrait = about == "participant"
            words = memo["text"].strip() if is_portrait else f"{memo['title']}\n{memo['text'].strip()}"
            self._project.memos.add(words, kind=PEN_PORTRAIT if is_portrait else "note", **target)

    def _load_report(self, report: Mapping[str, Any]) -> None:
        report_id = self._project.reports.add("insight", report["title"])
        self._project.reports.change(
            report_id,
            subtitle=report["subtitle"],
            authors="; ".join([*report["authors"], report["organisation"]]),
            published_on=report["date"],
        )
        for section, text in report.items():
            if section not in ("title", "subtitle", "authors", "organisation", "date"):
                paragraphs: Sequence[str] = [text] if isinstance(text, str) else text
                self._project.reports.write(report_id, section, "\n\n".join(p.strip() for p in paragraphs))

    # --- files ---

    def _yaml(self, name: str) -> Any:
        return yaml.safe_load((self._folder / name).read_text(encoding="utf-8"))

    def _csv(self, name: str) -> list[dict[str, str]]:
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def _nth(text: str, words: str, number: int) -> Span:
    """Where ``words`` stand in ``text`` for the ``number``-th time, counted from 1."""
    at = -1
    for _ in range(number):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))
