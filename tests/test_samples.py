"""The sample project is what it says: transcripts that are read word for word, codings and quotes that are in them,
and findings whose quantity words agree with the people behind them."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from qualcode.core import quantity, quotes
from qualcode.core.analysis import State
from qualcode.core.project import Project
from qualcode.core.spans import turns_within
from qualcode.core.values import Edit, Role, Span, Transcript
from qualcode.guard import Guard
from qualcode.importing import read
from qualcode.sample import make_sample_project

SAMPLES = Path(__file__).parents[1] / "sample_transcripts"

# Turns, words and a digest of speakers and words, taken from the texts that the files were made from.
EXPECTED = {
    "W1_P01_2024-10-08.docx": (78, 2648, "a3a327ff1f7e1cc6"),
    "W1 P02 Massock 15 Oct.txt": (82, 2378, "cf109c49bb2f3d32"),
    "GMT20241022-130455_Recording.transcript.vtt": (70, 2370, "c6a50c8194577de5"),
    "P04 telephone 24.10.24.rtf": (64, 2030, "10b56f902fb56c1b"),
    "W1 joint interview P05+P06.docx": (129, 2406, "bb261c03b95fb037"),
    "Bev S - evaluation interview-20241106_100312-Meeting Recording.docx": (60, 2093, "894d3c2c88724e17"),
    "Slack Tide - CL 2024-11-12.vtt": (53, 1764, "e69c4a1dd4d3e606"),
    "nurse_W1_typed.txt": (50, 1705, "a01a59e43def1d45"),
    "Wave 2 - P01 - follow up FINAL.docx": (68, 2419, "e3cb2d5758399ff2"),
    "P02_wave2_otter.txt": (68, 1993, "b58afb839e13d1e5"),
    "W2_P07_2025-10-22.txt": (74, 1782, "3f85bdc6a51bd97f"),
    "Wave 2 P08 (with daughter, P09).odt": (104, 2342, "337040b88a98a122"),
    "W2 BS+LD 30-10-2025.docx": (97, 2471, "d75ee3c1b6b8dc6f"),
    "Volunteers focus group 2025-11-06.docx": (111, 2591, "41f69f69df2c2378"),
    "J Quarshie W2 13-11-25.odt": (50, 1769, "653bf64fcaee3470"),
    "CL_wave2_2025-11-18.srt": (50, 1983, "c04306d4bfb3c3d1"),
}

# --- what the files hold -------------------------------------------------------------------------------------------


def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def framework() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((SAMPLES / "framework.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def waves() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "waves.yaml").read_text(encoding="utf-8"))["waves"]
    return loaded


@cache
def transcript(file: str) -> Transcript:
    return read(SAMPLES / file)


@dataclass(frozen=True)
class Interview:
    file: str
    wave: str
    participants: tuple[str, ...]
    speakers: dict[str, str]


@cache
def interviews() -> dict[str, Interview]:
    return {
        r["file"]: Interview(
            r["file"],
            r["wave"],
            tuple(r["participants"].split()),
            dict(pair.rsplit("=", 1) for pair in r["speakers"].split("|")),
        )
        for r in rows("interviews.csv")
    }


@dataclass(frozen=True)
class Segment:
    key: str
    file: str
    code: str
    passage: str
    span: Span
    people: frozenset[str]
    wave: str


@cache
def segments() -> dict[str, Segment]:
    return {r["key"]: _segment(r) for r in rows("segments.csv")}


def _segment(row: dict[str, str]) -> Segment:
    interview, said = interviews()[row["file"]], transcript(row["file"])
    start = said.text.find(row["passage"])
    span = Span(start, start + len(row["passage"])) if start >= 0 else Span(0, 0)
    voices = {said.speakers[said.turns[i].speaker].label for i in turns_within(said.turns, span)}
    people = frozenset(interview.speakers[v] for v in voices) - {"interviewer"}
    return Segment(row["key"], row["file"], row["code"], row["passage"], span, people, interview.wave)


@cache
def participants() -> dict[str, dict[str, str]]:
    sheet = openpyxl.load_workbook(SAMPLES / "participants.xlsx")["Participants"]
    names, *table = sheet.iter_rows(values_only=True)
    return {str(r[0]): {str(n): str(v or "") for n, v in zip(names, r, strict=True)} for r in table}


def asked(group: str, in_waves: Iterable[str]) -> set[str]:
    """The participants of a group who were interviewed in one of these waves."""
    met = {p for i in interviews().values() if i.wave in set(in_waves) for p in i.participants}
    scope = framework()["groups"][group]
    if scope["attribute"] is None:
        return met
    return {p for p in met if participants()[p][scope["attribute"]] in scope["values"]}


def summaries() -> dict[tuple[str, str, str], str]:
    """The written cells of the matrix by participant, wave and main theme."""
    return {(r["participant"], r["wave"], r["theme"]): r["summary"] for r in rows("summaries.csv")}


@cache
def main_themes() -> dict[str, str]:
    """The main theme that each code comes under."""
    themes = framework()["themes"]
    above = {key["key"]: theme["key"] for theme in themes for key in (theme, *theme.get("subthemes", ()))}
    return {code["key"]: above[code["theme"]] for code in framework()["codes"]}


def raised() -> set[tuple[str, str, str]]:
    """Who raised which main theme in which wave."""
    return {(person, s.wave, main_themes()[s.code]) for s in segments().values() for person in s.people}


def said_by(person: str, wave: str) -> list[str]:
    """A participant's turns in the interviews of a wave."""
    turns = []
    for interview in interviews().values():
        if interview.wave == wave and person in interview.participants:
            said = transcript(interview.file)
            voices = [interview.speakers[speaker.label] for speaker in said.speakers]
            turns += [turn.span.of(said.text) for turn in said.turns if voices[turn.speaker] == person]
    return turns


def people_in(keys: Iterable[str]) -> set[str]:
    return set().union(*(segments()[k].people for k in keys))


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


# --- quotes as they leave ------------------------------------------------------------------------------------------


def all_quotes() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for finding in framework()["findings"]:
        for quote in finding["quotes"]:
            yield finding, quote


def _place(words: str, verbatim: str, within: Span) -> Span:
    kept = within.of(verbatim)
    assert kept.count(words) == 1, f"“{words}” stands {kept.count(words)} times in “{kept}”"
    return Span(kept.index(words), kept.index(words) + len(words)).shifted(within.start)


def edits_of(quote: dict[str, Any]) -> tuple[str, tuple[Edit, ...]]:
    """The verbatim words of a quote and its edits, made as an analyst would make them."""
    verbatim = segments()[quote["segment"]].passage
    whole = Span(0, len(verbatim))
    start = _place(quote["from"], verbatim, whole).start if "from" in quote else 0
    end = _place(quote["to"], verbatim, whole).end if "to" in quote else len(verbatim)
    kept = Span(start, end)
    edits = quotes.trim(verbatim, (), kept)
    for words in quote.get("cuts", ()):
        edits = quotes.cut(verbatim, edits, _place(words, verbatim, kept))
    for each in quote.get("replacements", ()):
        edits = quotes.replace(verbatim, edits, _place(each["words"], verbatim, kept), each["with"])
    return verbatim, edits


@cache
def register() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all spellings to be replaced, the longest first, and what stands for each."""
    shown = {
        form: row["replacement"]
        for row in rows("identifiers.csv")
        if row["decision"] == "replace"
        for form in (row["text"], *row["variants"].split("|"))
        if form
    }
    longest = "|".join(re.escape(f) for f in sorted(shown, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest})(?!\w)"), shown


def left_of(quote: dict[str, Any]) -> str:
    """The quote as it leaves: edited, and its identifiers replaced."""
    verbatim, edits = edits_of(quote)
    pattern, shown = register()
    found = [(Span(*m.span()), shown[m[0]]) for m in pattern.finditer(straight(verbatim))]
    return quotes.shown(verbatim, quotes.with_replacements(edits, found))


# --- capitals that name nobody -------------------------------------------------------------------------------------

_ORDINARY = """
I January February March April May June July August September October November December Monday Mondays Tuesday
Tuesdays Wednesday Wednesdays Thursday Thursdays Friday Fridays Saturday Saturdays Sunday Sundays Christmas
Easter Whitsun Coronation Jubilee God English Asian Scotland Superman Jack Russell Carer's Allowance PIP MS
MOT HGV GP GPs CV NHS SENCO PE Universal Credit Parkinson's Down's Bach Official Secrets Plan Year Mum Mama
Dad Dadi Mummy Mother Mr Mrs Miss Dr Black Opiekun Kit A B SHALL Sister
"""
NO_NAMES = frozenset(_ORDINARY.split())
CAPITAL = re.compile(r"(?<=[a-z,;:] )([A-Z][\w']*(?:-[A-Z]\w+)?)")
QUANTITY = re.compile(
    r"\b(?:All|Most|Many|Several|Some|A few|A number of|Both|Two|One|Everybody)\b(?: of (?:the|those|these|them))?"
    r"(?= (?:carers?|participants?|professionals?|staff|members?|volunteers?|men|interviewed|workers?|delivering))",
    re.IGNORECASE,
)


def unexplained_names(text: str) -> set[str]:
    """Capitalised words inside a sentence that are neither known to name nobody nor on the register."""
    pattern, _ = register()
    kept = {f for r in rows("identifiers.csv") if r["decision"] == "keep" for f in _forms(r)}
    text = straight(text)
    covered = [m.span() for m in pattern.finditer(text)]
    for form in sorted(kept, key=len, reverse=True):
        covered += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)]
    found = set()
    for match in CAPITAL.finditer(text):
        bare = re.sub(r"'(?:s|ll|d|ve|m|re)$", "", match[1])
        if not {match[1], bare} & NO_NAMES and not any(a <= match.start() < b for a, b in covered):
            found.add(match[1])
    return found


def _forms(row: dict[str, str]) -> Iterator[str]:
    yield from (f for f in (row["text"], *row["variants"].split("|")) if f)


class DescribeSampleTranscripts:
    @pytest.mark.parametrize("name", EXPECTED)
    def it_is_read_speaker_for_speaker_and_word_for_word(self, name: str) -> None:
        said = transcript(f"interviews/{name}")
        speech: list[tuple[str, list[str]]] = []
        for turn in said.turns:
            label = said.speakers[turn.speaker].label
            if not speech or speech[-1][0] != label:
                speech.append((label, []))
            speech[-1][1].extend(turn.span.of(said.text).split())
        words = sum(len(w) for _, w in speech)
        digest = hashlib.sha256("\n".join(f"{label}: {' '.join(w)}" for label, w in speech).encode()).hexdigest()
        assert (len(speech), words, digest[:16]) == EXPECTED[name]

    @pytest.mark.parametrize("name", EXPECTED)
    def it_knows_the_interviewer_and_the_participants(self, name: str) -> None:
        said = transcript(f"interviews/{name}")
        listed = interviews()[f"interviews/{name}"].speakers
        assert {s.label: s.role for s in said.speakers} == {
            label: Role.INTERVIEWER if who == "interviewer" else Role.PARTICIPANT for label, who in listed.items()
        }

    def it_lists_every_file_that_is_there(self) -> None:
        there = {f"interviews/{p.name}" for p in (SAMPLES / "interviews").iterdir()}
        assert there == set(interviews()) == {f"interviews/{name}" for name in EXPECTED}

    def it_has_two_waves_of_eight_in_the_formats_of_real_life(self) -> None:
        assert Counter(i.wave for i in interviews().values()) == {"w1": 8, "w2": 8}
        assert {Path(f).suffix for f in interviews()} == {".docx", ".txt", ".vtt", ".srt", ".rtf", ".odt"}

    def it_holds_an_emoji_an_accent_and_both_kinds_of_quotation_mark(self) -> None:
        texts = [transcript(f).text for f in interviews()]
        assert any("💪" in t for t in texts)
        assert any("Małgorzata" in t for t in texts)
        assert any("’" in t and "'" not in t for t in texts)
        assert any("'" in t and "’" not in t for t in texts)

    def it_keeps_page_furniture_comments_and_struck_words_out_of_the_speech(self) -> None:
        first, follow_up = (
            transcript(f"interviews/{n}") for n in ("W1_P01_2024-10-08.docx", "Wave 2 - P01 - follow up FINAL.docx")
        )
        assert "CONFIDENTIAL" not in first.text
        assert "A primary school" not in first.text
        assert "Ask if we may use" not in first.text
        assert "called Emmanuel" in follow_up.text
        assert "a manual" not in follow_up.text


class DescribeParticipants:
    def it_gives_each_of_them_an_interview_and_each_interview_its_people(self) -> None:
        met = {p for i in interviews().values() for p in i.participants}
        assert met == set(participants())
        for interview in interviews().values():
            assert set(interview.speakers.values()) == {"interviewer", *interview.participants}

    def it_has_groups_to_compare_and_groups_too_small_to_name(self) -> None:
        by_role = Counter(p["Role"] for p in participants().values())
        assert by_role["Carer"] == 9
        assert min(by_role.values()) < 3
        assert min(Counter(p["Report group"] for p in participants().values()).values()) >= 3

    def it_freezes_the_headings_of_the_workbook(self) -> None:
        sheet = openpyxl.load_workbook(SAMPLES / "participants.xlsx")["Participants"]
        assert sheet.freeze_panes == "C2"
        assert all(cell.value for cell in sheet[1])


class DescribeSegments:
    def it_finds_each_passage_once_in_its_transcript(self) -> None:
        counts = {r["key"]: transcript(r["file"]).text.count(r["passage"]) for r in rows("segments.csv")}
        assert {k: n for k, n in counts.items() if n != 1} == {}

    def it_uses_codes_of_the_framework_and_each_of_them(self) -> None:
        used = {s.code for s in segments().values()}
        assert used == {c["key"] for c in framework()["codes"]}

    def it_codes_every_interview_and_hears_every_participant(self) -> None:
        assert 280 <= len(segments()) == len(rows("segments.csv")) <= 360
        assert min(Counter(s.file for s in segments().values()).values()) >= 15
        assert len({s.file for s in segments().values()}) == 16
        assert people_in(segments()) == set(participants())

    def it_rests_each_segment_on_a_participant(self) -> None:
        assert [s.key for s in segments().values() if not s.people] == []


class DescribeSummaries:
    def it_writes_each_cell_that_was_raised_once_and_no_other(self) -> None:
        assert len(rows("summaries.csv")) == len(summaries())
        assert set(summaries()) == raised()

    def it_says_it_in_12_to_40_words(self) -> None:
        lengths = {cell: len(text.split()) for cell, text in summaries().items()}
        assert {cell: n for cell, n in lengths.items() if not 12 <= n <= 40} == {}

    def it_quotes_only_what_that_participant_said_in_that_wave(self) -> None:
        quoted = [(cell, words) for cell, text in summaries().items() for words in re.findall("“([^“”]*)”", text)]
        assert len(quoted) == sum(text.count("“") + text.count("”") for text in summaries().values()) / 2 > 100
        unsaid = [
            (person, wave, theme, words)
            for (person, wave, theme), words in quoted
            if not any(words in turn for turn in said_by(person, wave))
        ]
        assert unsaid == []

    def it_names_nobody_and_no_place(self) -> None:
        pattern, _ = register()
        named = {cell: found[0] for cell, text in summaries().items() if (found := pattern.search(straight(text)))}
        assert named == {}
        assert {cell: names for cell, text in summaries().items() if (names := unexplained_names(text))} == {}

    def it_stands_in_its_cell_of_the_sample_project_and_may_leave_it(self, tmp_path: Path) -> None:
        make_sample_project(tmp_path / "sample.qualcode")
        with Project.open(tmp_path / "sample.qualcode") as project:
            analysis, guard = project.analysis(), Guard(project, unreviewed=())
            people = {p.id: p.pseudonym for p in analysis.interviewed(None)}
            names = {t.id: t.name for t in analysis.themes if t.parent_id is None}
            of_wave = {w.id: w.name for w in analysis.waves}
            written = {
                (people[s.participant_id], of_wave[s.wave_id], names[s.theme_id]): s.text
                for s in project.summaries.all()
                if s.wave_id
            }
            found = {
                (people[person], of_wave[wave], names[theme])
                for wave in of_wave
                for (person, theme), cell in analysis.matrix(wave).items()
                if theme in names and cell.state is State.RAISED
            }
            leaks = [leak.sentence() for text in written.values() for leak in guard.leaks(text)]
        wave_names = {w["key"]: w["name"] for w in waves()}
        theme_names = {t["key"]: t["name"] for t in framework()["themes"]}
        assert written == {(p, wave_names[w], theme_names[t]): text for (p, w, t), text in summaries().items()}
        assert set(written) == found
        assert leaks == []


class DescribeTheFramework:
    def it_hangs_codes_findings_and_guide_questions_on_themes_that_exist(self) -> None:
        themes = framework()["themes"]
        ends = {s["key"] for t in themes for s in t.get("subthemes", ())}
        keys = {t["key"] for t in themes} | ends
        asked_about = {t for w in waves() for q in w["guide"] for t in q["bears_on"]}
        assert {c["theme"] for c in framework()["codes"]} <= keys
        assert (
            {f["theme"] for f in framework()["findings"]} == {c["theme"] for c in framework()["codes"]} == asked_about
        )
        assert 5 <= len(themes) <= 6

    def it_defines_each_code_with_words_that_somebody_said(self) -> None:
        everything = straight(" ".join(" ".join(transcript(f).text.split()) for f in interviews()))
        for code in framework()["codes"]:
            assert code["definition"]
            assert code["include"]
            assert code["exclude"]
            assert straight(code["example"]) in everything, code["key"]

    def it_has_one_question_only_in_each_wave(self) -> None:
        first, second = (w["guide"] for w in waves())
        continued = {q["continues"] for q in second} - {None}
        assert [q["topic"] for q in first if q["key"] not in continued] == ["Expectations"]
        assert [q["topic"] for q in second if q["continues"] is None] == ["The end of the programme"]

    def it_answers_every_evaluation_question(self) -> None:
        answered = {q for f in framework()["findings"] for q in f["answers"]}
        assert answered == {q["key"] for q in framework()["evaluation_questions"]}


class DescribeFindings:
    def it_rests_each_on_segments_of_its_waves_and_shows_a_quote(self) -> None:
        for finding in framework()["findings"]:
            evidence = [*finding["supports"], *finding["counters"]]
            assert {segments()[k].wave for k in finding["supports"]} == set(finding["waves"]), finding["key"]
            assert len(evidence) == len(set(evidence)), finding["key"]
            assert finding["quotes"], finding["key"]
            assert {q["segment"] for q in finding["quotes"]} <= set(evidence), finding["key"]
            assert finding["text"].count("**") == 2, finding["key"]

    def it_says_no_quantity_that_the_people_behind_it_do_not_bear_out(self) -> None:
        for finding in framework()["findings"]:
            for claim in finding["claims"]:
                base = asked(claim["of"], claim.get("waves", finding["waves"]))
                people = people_in(claim["segments"]) & base
                assert claim["words"] in finding["text"], (finding["key"], claim["words"])
                assert _fits(claim["words"], len(people), len(base)), (finding["key"], claim["words"], people)
                assert set(claim["segments"]) <= {*finding["supports"], *finding["counters"]}, finding["key"]

    def it_claims_no_quantity_unseen(self) -> None:
        for finding in framework()["findings"]:
            claimed = [c["words"] for c in finding["claims"]]
            for match in QUANTITY.finditer(finding["text"]):
                said = finding["text"][match.start() :]
                assert any(said.startswith(words) for words in claimed), (finding["key"], said[:60])

    def it_leads_with_a_word_that_fits_all_who_support_it(self) -> None:
        for finding in framework()["findings"]:
            base = asked(finding["among"], finding["waves"])
            people = len(people_in(finding["supports"]) & base)
            for text in (finding["text"], finding["summary"]):
                assert quantity.agrees(text, people, len(base)), (finding["key"], people, len(base), text)

    def it_quotes_widely_and_nobody_too_often(self) -> None:
        used = Counter(q["segment"] for _, q in all_quotes())
        people = Counter(p for _, q in all_quotes() for p in segments()[q["segment"]].people)
        average = sum(people.values()) / len(people)
        assert max(used.values()) == 1
        assert len(people) >= 15
        assert sum(n > 2 * average for n in people.values()) <= 1, people

    def it_places_run_in_quotes_inside_the_sentence(self) -> None:
        for finding in framework()["findings"]:
            marked = re.findall(r"\{q:([^}]+)\}", finding["text"])
            assert marked == [q["segment"] for q in finding["quotes"] if q["placement"] == "inline"], finding["key"]

    def it_edits_quotes_by_acts_that_leave_only_what_was_said(self) -> None:
        for _, quote in all_quotes():
            verbatim, edits = edits_of(quote)
            shown = quotes.shown(verbatim, edits)
            pieces = [" ".join(p.split()) for p in re.split(r"\[[^\]]*\]", shown)]
            said = " ".join(verbatim.split())
            assert all(p in said for p in pieces), (quote["segment"], shown)


class DescribeTheStoryOfTheWaves:
    @pytest.mark.parametrize(
        ("code", "becomes"),
        [
            ("long_wait", "fewer"),
            ("telling_again", "none"),
            ("seen_sooner", "more"),
            ("bus", "more"),
            ("portal", "new"),
            ("net_loft_shut", "new"),
            ("small_hopes", "none"),
        ],
    )
    def it_changes_between_them(self, code: str, becomes: str) -> None:
        first, second = (
            len(people_in(s.key for s in segments().values() if s.code == code and s.wave == wave))
            for wave in ("w1", "w2")
        )
        assert {
            "fewer": 0 < second < first,
            "none": 0 == second < first,
            "more": 0 < first < second,
            "new": 0 == first < second,
        }[becomes], (first, second)

    def it_meets_several_people_twice(self) -> None:
        times = Counter(p for i in interviews().values() for p in i.participants)
        assert sum(n == 2 for n in times.values()) >= 4


class DescribeIdentifiers:
    def it_lists_everything_with_a_capital_that_could_name_somebody(self) -> None:
        assert {f: names for f in interviews() if (names := unexplained_names(transcript(f).text))} == {}

    def it_lists_only_what_occurs(self) -> None:
        everything = straight(" ".join([*(transcript(f).text for f in interviews()), *_labels_and_names()]))
        missing = [r["text"] for r in rows("identifiers.csv") if not any(f in everything for f in _forms(r))]
        assert missing == []

    def it_gives_each_a_replacement_or_a_reason_to_stay(self) -> None:
        for row in rows("identifiers.csv"):
            assert row["decision"] in ("replace", "keep")
            assert bool(re.fullmatch(r"\[[^\[\]]+\]", row["replacement"])) == (row["decision"] == "replace"), row
            assert row["decision"] == "replace" or row["note"], row

    def it_lets_no_quote_leave_with_a_name(self) -> None:
        pattern, _ = register()
        for _, quote in all_quotes():
            outside = straight(re.sub(r"\[[^\]]*\]", "[]", left_of(quote)))
            assert not pattern.search(outside), (quote["segment"], outside)
            assert unexplained_names(outside) == set(), quote["segment"]

    def it_lets_no_text_of_the_report_leave_with_a_name(self) -> None:
        pattern, _ = register()
        for text in _texts_that_leave():
            assert not pattern.search(straight(text)), text


def _labels_and_names() -> Iterator[str]:
    for interview in interviews().values():
        yield from interview.speakers
    yield from (p["Real name (confidential)"] for p in participants().values())


def _texts_that_leave() -> Iterator[str]:
    loaded = framework()
    yield from (f[k] for f in loaded["findings"] for k in ("text", "summary"))
    yield from (c[k] for c in loaded["codes"] for k in ("name", "definition", "include", "exclude", "example"))
    for theme in loaded["themes"]:
        yield from (t[k] for t in (theme, *theme.get("subthemes", ())) for k in ("name", "definition", "message"))
    for value in loaded["report"].values():
        yield from value if isinstance(value, list) else [str(value)]


def _fits(words: str, people: int, base: int) -> bool:
    """Whether a claim's words may be said; the house words by the house scale, the others as they mean."""
    word = words.split()[0].casefold()
    exact = {"both": 2, "a": 1}
    if word in exact:
        return people == exact[word]
    if word == "everybody":
        return people == base
    return any(entry.word == word and entry.fits(people, base) for entry in quantity.HOUSE_SCALE)
