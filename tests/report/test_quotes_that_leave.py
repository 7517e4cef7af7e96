"""Every quote that leaves is what was said, and names nobody."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qualcode.core.findings import INLINE
from qualcode.core.rows import QuoteRow, ReportRow
from qualcode.core.spans import Lines, normalise
from qualcode.core.values import Span
from qualcode.errors import UserError
from qualcode.guard import Guard
from qualcode.report.export import export_matrix, export_report
from qualcode.report.material import Material
from qualcode.report.quoting import Quoting
from tests.helpers.projects import dialogue, land
from tests.report.conftest import Sample, Study
from tests.report.packages import every_word, quotes_shown

LETTERS = {
    "emoji": "We took the 🚌 with the 👩‍👩‍👧‍👦 and it was 👍🏽 brilliant.",
    "combining accents": "A z\u0307o\u0301łw is said: re\u0301sume\u0301 in a café, n\u0303ot bad.",
    "right to left": "She said שלום עולם and then مرحبا بالعالم to everybody.",
    "line ends": "It began well.\r\nThen it went\r\nwrong.",
}


def stretches(quote: str) -> list[str]:
    """The words of a quote as shown that stand outside square brackets."""
    lines = [line.removeprefix("“").removesuffix("”") for line in quote.split("”\n“")]
    return [" ".join(s.split()) for line in lines for s in re.split(r"\[[^\]]*\]", line) if s.strip()]


def is_verbatim(quote: str, said: str) -> bool:
    """Whether the stretches of a quote stand in what was said, in order."""
    said, at = " ".join(said.split()), 0
    for stretch in stretches(quote):
        at = said.find(stretch, at)
        if at < 0:
            return False
        at += len(stretch)
    return True


def by_id(sample: Sample) -> dict[str, QuoteRow]:
    return {quote.id: quote for quote in sample.project.findings.quotes()}


class DescribeQuotesInTheReport:
    def it_shows_each_word_for_word_as_it_stands_in_its_transcript(self, sample: Sample) -> None:
        quotes = by_id(sample)
        shown = quotes_shown(docx.Document(str(sample.report)))
        for quote_id, words in shown:
            row = quotes[quote_id]
            assert stretches(words), words
            assert is_verbatim(words, row.span.of(sample.project.transcripts.text(row.transcript_id))), words
        assert {quote_id for quote_id, _ in shown} == set(quotes)

    def it_shows_the_same_words_in_the_quote_bank(self, sample: Sample) -> None:
        quotes = by_id(sample)
        in_word = {
            quotes[quote_id].label: " ".join(stretches(words))
            for quote_id, words in quotes_shown(docx.Document(str(sample.report)))
        }
        bank = load_workbook(sample.matrix)["Quote bank"]
        heads = [cell.value for cell in bank[1]]
        in_excel = {
            row[heads.index("Quote")]: " ".join(stretches(str(row[heads.index("As shown")])))
            for row in bank.iter_rows(min_row=2, values_only=True)
        }
        assert in_excel == in_word

    @pytest.mark.parametrize("letters", LETTERS.values(), ids=LETTERS.keys())
    def it_finds_the_same_passage_after_any_letters(self, study: Study, tmp_path: Path, letters: str) -> None:
        passage = "This very passage, " + normalise(letters).split("\n")[0]
        text = normalise(f"{letters}\r\n{letters} {passage} {letters}")
        person = study.project.people.add("P01")
        _, transcript = land(study.project, dialogue(("Interviewer", "How was it? 🙂"), ("P", text)), people=[person])
        segment = study.segment(transcript, passage)
        study.quoted("Somebody **said this**.", segment)
        export_report(study.project, tmp_path / "report.docx")
        export_matrix(study.project, tmp_path / "matrix.xlsx")
        [(_, in_word)] = quotes_shown(docx.Document(str(tmp_path / "report.docx")))
        sheet = load_workbook(tmp_path / "matrix.xlsx")["Segments"]
        heads = [cell.value for cell in sheet[1]]
        row = [cell.value for cell in sheet[2]]
        whole = study.project.transcripts.text(transcript)
        assert in_word == f"“{passage}”"
        assert row[heads.index("Passage")] == passage
        assert row[heads.index("Line")] == Lines(whole).number(whole.index(passage))

    def it_shows_cuts_and_descriptions_in_brackets(self, study: Study, tmp_path: Path) -> None:
        words = "I told my boss at the depot that, you know, I would not do it."
        _, transcript = study.interview("P01", words)
        quote = study.quoted("Somebody **refused**.", study.segment(transcript, words))
        for act, target in (("cut", ", you know,"), ("replace", "my boss at the depot")):
            at = words.index(target)
            span = Span(at, at + len(target))
            if act == "cut":
                study.project.findings.cut(quote, span)
            else:
                study.project.findings.replace(quote, span, "my manager")
        export_report(study.project, tmp_path / "report.docx")
        [(_, shown)] = quotes_shown(docx.Document(str(tmp_path / "report.docx")))
        assert shown == "“I told [my manager] that [...] I would not do it.”"

    def it_leaves_the_interviewer_out(self, study: Study, tmp_path: Path) -> None:
        _, transcript = study.interview("P01", "It was cold in there.", "So we went home.")
        text = study.project.transcripts.text(transcript)
        start, end = text.index("It was cold"), text.index("went home.") + len("went home.")
        segment = study.project.coding.apply(transcript, Span(start, end), study.code)
        study.quoted("Somebody **went home**.", segment)
        export_report(study.project, tmp_path / "report.docx")
        [(_, shown)] = quotes_shown(docx.Document(str(tmp_path / "report.docx")))
        assert shown == "“It was cold in there. [...] So we went home.”"

    def it_runs_a_quote_into_its_sentence(self, study: Study, tmp_path: Path) -> None:
        _, transcript = study.interview("P01", "The bus never came.")
        segment = study.segment(transcript, "The bus never came.")
        finding = study.finding("Somebody **waited**.", segment)
        quote = study.project.findings.quote(finding, segment, INLINE)
        label = study.project.findings.get_quote(quote).label
        study.project.findings.write(finding, text=f"Somebody **waited**, for {{q:{label}}} as they put it.")
        export_report(study.project, tmp_path / "report.docx")
        whole = "Somebody waited, for “The bus never came.” as they put it."
        assert whole in [p.text for p in docx.Document(str(tmp_path / "report.docx")).paragraphs]

    def it_leaves_out_a_person_who_has_withdrawn(self, study: Study, tmp_path: Path) -> None:
        person, transcript = study.interview("P01", "I hated every minute.")
        _, other = study.interview("P02", "I rather liked it.")
        study.quoted("Somebody **hated it**.", study.segment(transcript, "I hated every minute."))
        study.quoted("Somebody **liked it**.", study.segment(other, "I rather liked it."))
        study.withdraw(person)
        export_report(study.project, tmp_path / "report.docx")
        export_matrix(study.project, tmp_path / "matrix.xlsx")
        for path in (tmp_path / "report.docx", tmp_path / "matrix.xlsx"):
            assert "I rather liked it." in every_word(path)
            assert "I hated every minute." not in every_word(path)


SAID = "Well, we went, you know, to Osei's (my cousin’s) – and it's 🚌 half-empty; “fine”, he said. [laughs] So: no!"

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "replace", "trim"]),
        st.integers(0, len(SAID)),
        st.integers(0, len(SAID)),
    ),
    max_size=5,
)


class DescribeTheVerbatimLaw:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(acts=ACTS)
    def it_holds_whatever_was_cut_replaced_and_trimmed(self, study: Study, acts: list[tuple[str, int, int]]) -> None:
        findings = study.project.findings
        if not findings.quotes():
            _, transcript = study.interview("P01", SAID)
            study.quoted("Somebody **said so**.", study.segment(transcript, SAID))
            study.project.identifiers.add("person", "Osei", "[a friend]")
        [row] = findings.quotes()
        for number in reversed(range(len(row.edits))):
            findings.take_back_edit(row.id, number)
        for act, a, b in acts:
            span = Span(min(a, b), max(a, b))
            with suppress(UserError):
                if act == "replace":
                    findings.replace(row.id, span, "something")
                else:
                    {"cut": findings.cut, "trim": findings.trim}[act](row.id, span)
        quoting = Quoting(Material(study.project, ReportRow("", "", "", "", "", None, None)), Guard(study.project, ()))
        shown = quoting.show(findings.get_quote(row.id)).words
        assert is_verbatim(shown, SAID)
        assert "Osei" not in shown
        assert shown == " ".join(shown.split())


class DescribeAnonymity:
    def it_replaces_an_identifier_in_every_spelling_and_place(self, study: Study, tmp_path: Path) -> None:
        words = "Me and Nadia Osei went, and NADIA paid for Osei's coffee, bless her."
        _, transcript = study.interview("P01", words)
        study.quoted("Somebody **was treated**.", study.segment(transcript, words))
        study.project.codebook.define(study.code, definition="What Nadia did.")
        study.project.identifiers.add("person", "Nadia Osei", "[my sister]", forms=["Nadia", "Osei"])
        export_report(study.project, tmp_path / "report.docx")
        export_matrix(study.project, tmp_path / "matrix.xlsx")
        for path in (tmp_path / "report.docx", tmp_path / "matrix.xlsx"):
            assert not re.search("nadia|osei", every_word(path), re.IGNORECASE)
            assert "[my sister]" in every_word(path)

    def it_lets_no_identifier_of_the_sample_out(self, sample: Sample) -> None:
        decided = [i for i in sample.project.identifiers.all() if i.status == "identifier" and i.kind == "person"]
        names = {name for row in decided for name in (row.text, *row.forms) if " " in name or row.text == "Marek"}
        assert len(names) > 20
        for path in (sample.report, sample.matrix):
            words = every_word(path)
            assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", words)] == []

    def it_keeps_files_and_titles_of_interviews_to_the_team(self, sample: Sample) -> None:
        matrix, annex = every_word(sample.matrix), every_word(sample.annex)
        for interview in sample.project.transcripts.interviews():
            assert interview.source_name not in matrix
            assert interview.source_name in annex

    def it_withholds_what_too_few_people_share(self, study: Study, tmp_path: Path) -> None:
        role = study.project.people.add_attribute("Role", "choice", ["Carer", "Harbour master"])
        for number in range(4):
            person, transcript = study.interview(f"P0{number}", f"It took {number} hours, give or take.")
            study.project.people.set_value(person, role, "Harbour master" if number == 0 else "Carer")
            study.quoted("It **took hours**.", study.segment(transcript, f"It took {number} hours, give or take."))
        export_report(study.project, tmp_path / "report.docx")
        export_matrix(study.project, tmp_path / "matrix.xlsx")
        for path in (tmp_path / "report.docx", tmp_path / "matrix.xlsx"):
            assert "Harbour master" not in every_word(path)
            assert "Carer" in every_word(path)
