"""A report that came back from Word: what people did to it is found, and an untouched one gives nothing."""

from __future__ import annotations

import copy
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from qualcode.core.project import Project
from qualcode.core.rows import FindingRow, QuoteRow
from qualcode.errors import UserError
from qualcode.guard import Guard
from qualcode.report import markup
from qualcode.report.blocks import Of, Origin
from qualcode.report.checks import Severity
from qualcode.report.export import export_matrix, export_report
from qualcode.report.provenance import origin_of
from qualcode.report.returned.basis import Basis
from qualcode.report.returned.check import Returned, checked, compared, take_back
from qualcode.report.returned.comparing import Comparing
from qualcode.report.returned.difference import Comparison, Difference, Kind
from qualcode.report.returned.wordings import Fate
from tests.report.conftest import Sample, Study

Edit = Callable[[Document], None]
SHAPES = ["insight", "thematic_briefing", "committee_paper", "programme_report"]


class Desk:
    """The sample's report, edited by a function and checked."""

    def __init__(self, sample: Sample, basis: Basis, folder: Path) -> None:
        self.project = sample.project
        self._sample = sample
        self._basis = basis
        self._folder = folder

    def after(self, *edits: Edit) -> list[Difference]:
        return list(self.compared(self.edited(*edits)).differences)

    def edited(self, *edits: Edit) -> Path:
        document = docx.Document(str(self._sample.report))
        for edit in edits:
            edit(document)
        target = self._folder / "came back.docx"
        document.save(str(target))
        return target

    def compared(self, path: Path) -> Comparison:
        return compared(Returned.read(path), self._basis, self._basis.guard)

    # --- what to edit ---

    @property
    def findings(self) -> list[FindingRow]:
        return [f for f in self.project.findings.all() if f.quotes and "{" not in f.text]

    def apart(self, document: Document, n: int = 0) -> tuple[QuoteRow, Paragraph]:
        """The nth quote that is set apart, with its paragraph."""
        return self.all_apart(document)[n]

    def all_apart(self, document: Document) -> list[tuple[QuoteRow, Paragraph]]:
        return [(q, p) for q, p in self.quotes(document) if p.style is not None and p.style.name == "Quote"]

    def quotes(self, document: Document) -> list[tuple[QuoteRow, Paragraph]]:
        rows = {q.id: q for q in self.project.findings.quotes()}
        found = []
        for paragraph in document.paragraphs:
            for mark in paragraph._p.iter(qn("w:bookmarkStart")):
                origin = origin_of(mark.get(qn("w:name")))
                if origin is not None and origin.of is Of.QUOTE:
                    found.append((rows[origin.id], paragraph))
        return found

    def said(self, document: Document, finding: FindingRow) -> Paragraph:
        """The paragraph in which a finding stands."""
        name = f"_qcf_{finding.id.replace('-', '')}"
        return next(p for p in document.paragraphs for m in p._p.iter(qn("w:bookmarkStart")) if _name(m) == name)


def _name(mark: Any) -> str:
    return str(mark.get(qn("w:name")))


@pytest.fixture(scope="session")
def basis(sample: Sample) -> Basis:
    document = Returned.read(sample.report).document
    assert document is not None
    return Basis(sample.project, document, Guard(sample.project, unreviewed=()))


@pytest.fixture
def desk(sample: Sample, basis: Basis, tmp_path: Path) -> Desk:
    return Desk(sample, basis, tmp_path)


def kinds(found: list[Difference]) -> list[Kind]:
    return [difference.kind for difference in found]


def put(paragraph: Paragraph, before: str, after: str) -> None:
    """Change words inside one of the runs of a paragraph, as somebody typing does."""
    for text in paragraph._p.iter(qn("w:t")):
        if before in (text.text or ""):
            text.text = text.text.replace(before, after, 1)
            return
    raise AssertionError(f"“{before}” is in no run of “{paragraph.text}”")


def a_word(paragraph: Paragraph, letters: int = 6) -> str:
    """A long word of a paragraph that stands in it once."""
    words = re.findall(rf"\b[a-z]{{{letters},}}\b", paragraph.text)
    return next(w for w in words if len(re.findall(w, paragraph.text)) == 1)


def strip_marks(paragraph: Paragraph) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        for mark in list(paragraph._p.iter(qn(tag))):
            mark.getparent().remove(mark)


def remove(paragraph: Paragraph) -> None:
    paragraph._p.getparent().remove(paragraph._p)


class DescribeAReportThatNobodyEdited:
    @pytest.mark.parametrize("shape", SHAPES)
    def it_gives_nothing_in_any_shape(self, sample: Sample, tmp_path: Path, shape: str) -> None:
        guard = Guard(sample.project, unreviewed=())
        export_report(sample.project, tmp_path / "report.docx", guard=guard, shape=shape)
        found = checked(sample.project, tmp_path / "report.docx", guard)
        assert found.differences == ()
        assert found.findings == len(sample.project.findings.all())
        assert found.quotes > 50

    def it_gives_nothing_when_word_saved_it_again(self, desk: Desk) -> None:
        assert desk.after() == []

    @pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
    def it_gives_nothing_when_libreoffice_saved_it(self, desk: Desk, tmp_path: Path) -> None:
        made = tmp_path / "libreoffice"
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        asked = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(made), str(desk.edited())]
        subprocess.run(asked, check=True, capture_output=True, timeout=120)
        assert desk.compared(made / "came back.docx").differences == ()

    def it_takes_straight_quotation_marks_and_hyphens_for_what_they_were(self, desk: Desk) -> None:
        def straighten(document: Document) -> None:
            straight = str.maketrans("“”‘’–", "\"\"''-")
            for text in document.element.body.iter(qn("w:t")):
                text.text = (text.text or "").translate(straight)

        assert desk.after(straighten) == []

    def it_finds_all_of_it_without_any_hidden_mark(self, desk: Desk) -> None:
        def strip(document: Document) -> None:
            for paragraph in document.element.body.iter(qn("w:p")):
                strip_marks(Paragraph(paragraph, document._body))
            for relation in list(document.part.rels.values()):
                if relation.reltype.endswith("/customXml"):
                    del document.part.rels[relation.rId]

        (found,) = desk.after(strip)
        assert found.kind is Kind.UNMARKED
        assert "has lost its hidden marks" in found.sentence

    def it_would_take_every_finding_back_as_it_was_written(self, sample: Sample, basis: Basis) -> None:
        returned = Returned.read(sample.report)
        assert returned.document is not None
        comparing = Comparing(basis, returned.document, lambda *_: None)
        for item in comparing._found.of(Of.FINDING):
            before = basis.findings[item.origin.id]  # type: ignore[index]
            again = comparing._written(item)
            assert markup.parse(again.text) == markup.parse(before.text)
            assert again.lost == ()


class DescribeQuotesThatCameBack:
    def it_finds_a_word_changed_and_says_which(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            quote, paragraph = desk.apart(document)
            self.label, self.word = quote.label, a_word(paragraph)
            put(paragraph, self.word, "wonderful")

        (found,) = desk.after(edit)
        assert (found.kind, found.severity) == (Kind.QUOTE_CHANGED, Severity.MEND)
        assert found.sentence == f"{self.label} was changed: “{self.word}” became “wonderful”."
        assert [s.words for s in found.diff if s.fate is Fate.GONE] == [self.word]
        assert found.origin.of is Of.QUOTE

    def it_says_that_a_cut_in_brackets_left_true_words(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            _, paragraph = desk.apart(document)
            put(paragraph, f"{a_word(paragraph)} ", "[...] ")

        (found,) = desk.after(edit)
        assert (found.kind, found.severity) == (Kind.QUOTE_CHANGED, Severity.NOTE)
        assert "still word for word" in found.sentence

    def it_reads_tracked_changes_as_accepted(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            _, paragraph = desk.apart(document)
            run = next(r for r in paragraph.runs if len(r.text.split()) > 4)
            self.gone, kept = run.text.split(" ", 1)
            deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
            old, new = copy.deepcopy(run._r), copy.deepcopy(run._r)
            for made, tag, words in ((old, "w:delText", f"{self.gone} "), (new, "w:t", "“Altogether ")):
                (text,) = made.findall(qn("w:t"))
                text.tag, text.text = qn(tag), words
            deleted.append(old)
            inserted.append(new)
            run._r.addprevious(deleted)
            run._r.addprevious(inserted)
            run.text = kept

        (found,) = desk.after(edit)
        assert found.kind is Kind.QUOTE_CHANGED
        assert "became “Altogether”" in found.sentence

    def it_finds_words_added_after_the_quotation_mark(self, desk: Desk) -> None:
        (found,) = desk.after(lambda document: put(desk.apart(document)[1], "”", "” and so said all of us"))
        assert found.kind is Kind.QUOTE_CHANGED
        assert "“ and so said all of us” was added" in found.sentence or "was added" in found.sentence

    def it_finds_a_quote_deleted(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            quote, paragraph = desk.apart(document)
            self.label = quote.label
            following = Paragraph(paragraph._p.getnext(), paragraph._parent)
            remove(following)
            remove(paragraph)

        found = desk.after(edit)
        assert Kind.QUOTE_DELETED in kinds(found)
        assert set(kinds(found)) <= {Kind.QUOTE_DELETED, Kind.NO_QUOTE}
        assert found[-1].sentence.startswith(f"{self.label} is not in the document: “")

    def it_finds_a_quote_of_one_finding_under_another(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            self.quote, paragraph = desk.apart(document)
            other, target = next((q, p) for q, p in desk.all_apart(document) if q.finding_id != self.quote.finding_id)
            self.other = next(f for f in desk.project.findings.all() if f.id == other.finding_id)
            attribution = paragraph._p.getnext()
            target._p.addprevious(paragraph._p)
            target._p.addprevious(attribution)

        found = [d for d in desk.after(edit) if d.kind is not Kind.NO_QUOTE]
        assert [(d.kind, d.severity) for d in found] == [(Kind.QUOTE_MOVED, Severity.MEND)]
        assert found[0].sentence.startswith(f"{self.quote.label} stands under another finding: the finding “")
        assert markup.key_issue(self.other.text)[:40] in found[0].sentence

    def it_finds_a_quote_moved_under_its_own_finding(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            pairs = desk.all_apart(document)
            (_, first), (_, second) = next((a, b) for a, b in pairwise(pairs) if a[0].finding_id == b[0].finding_id)
            attribution = second._p.getnext()
            first._p.addprevious(second._p)
            first._p.addprevious(attribution)

        (found,) = desk.after(edit)
        assert found.kind is Kind.QUOTE_MOVED
        assert "in another order" in found.sentence

    def it_finds_a_quote_moved_away_from_all_findings(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            _, paragraph = desk.apart(document)
            conclusion = [p for p in document.paragraphs if p.text == "Conclusions" or p.text == "Conclusion"][-1]
            remove(Paragraph(paragraph._p.getnext(), paragraph._parent))
            conclusion._p.addnext(paragraph._p)

        found = desk.after(edit)
        assert Kind.QUOTE_MOVED in kinds(found)
        assert any("under no finding" in d.sentence for d in found)

    def it_finds_a_quote_whose_mark_was_stripped_by_its_words(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            quote, paragraph = desk.apart(document)
            self.label = quote.label
            strip_marks(paragraph)

        (found,) = desk.after(edit)
        assert (found.kind, found.severity) == (Kind.UNMARKED, Severity.NOTE)
        assert found.sentence == f"{self.label} has lost its hidden mark. It was found by its words."

    def it_finds_a_changed_word_although_the_mark_was_stripped(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            _, paragraph = desk.apart(document)
            strip_marks(paragraph)
            put(paragraph, a_word(paragraph), "wonderful")

        assert set(kinds(desk.after(edit))) == {Kind.QUOTE_CHANGED, Kind.UNMARKED}

    def it_finds_an_attribution_changed(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            self.quote, paragraph = desk.apart(document)
            Paragraph(paragraph._p.getnext(), paragraph._parent).runs[0].text = "The manager of the hub"

        (found,) = desk.after(edit)
        assert found.kind is Kind.ATTRIBUTION
        assert found.sentence.startswith(f"The attribution of {self.quote.label} says “The manager of the hub”;")

    def it_finds_a_new_quote_pasted_from_a_transcript(self, desk: Desk) -> None:
        passage, title = self._unquoted(desk)

        def edit(document: Document) -> None:
            document.add_paragraph(f"One of them put it like this: “{passage}”")

        (found,) = desk.after(edit)
        assert found.kind is Kind.NEW_QUOTE
        assert "word for word from " in found.sentence
        assert title in found.sentence
        assert found.passage is not None
        transcript, span = found.passage
        assert span.of(desk.project.transcripts.text(transcript)) == passage.rstrip(".,?!")

    def it_finds_a_new_quote_nearly_as_it_was_said(self, desk: Desk) -> None:
        passage, _ = self._unquoted(desk)
        words = passage.split()
        words[len(words) // 2] = "somewhat"

        (found,) = desk.after(lambda document: document.add_paragraph(f"“{' '.join(words)}”") and None)
        assert found.kind is Kind.NEW_QUOTE
        assert "nearly word for word" in found.sentence

    def it_finds_a_passage_pasted_without_quotation_marks(self, desk: Desk) -> None:
        passage, _ = self._unquoted(desk)
        (found,) = desk.after(lambda document: document.add_paragraph(passage) and None)
        assert found.kind is Kind.NEW_QUOTE

    def it_says_when_quoted_words_were_said_in_no_transcript(self, desk: Desk) -> None:
        invented = "Juggling purple accordions under water was what we liked the best"
        (found,) = desk.after(lambda document: document.add_paragraph(f"“{invented}”") and None)
        assert found.kind is Kind.UNKNOWN_WORDS

    def _unquoted(self, desk: Desk) -> tuple[str, str]:
        """A sentence that no quote reaches, and the title of its interview."""
        quotes = desk.project.findings.quotes()
        names = [form for i in desk.project.identifiers.all() for form in (i.text, *i.forms)]
        for interview in desk.project.transcripts.interviews():
            row = desk.project.transcripts.get(interview.transcript_id)
            taken = [q.span for q in quotes if q.transcript_id == row.id]
            for turn in row.turns:
                words = turn.span.of(row.text)
                free = not any(span.overlaps(turn.span) for span in taken)
                plain = words.isascii() and not any(name in words for name in names) and '"' not in words
                if free and plain and 12 <= len(words.split()) <= 40:
                    return words, interview.title
        raise AssertionError("every turn is quoted")


class DescribeFindingsThatCameBack:
    def it_finds_one_reworded_and_offers_to_take_it_back(self, desk: Desk) -> None:
        finding = desk.findings[0]

        def edit(document: Document) -> None:
            paragraph = desk.said(document, finding)
            self.word = a_word(paragraph, 7)
            put(paragraph, self.word, "remarkable")

        (found,) = desk.after(edit)
        assert found.kind is Kind.FINDING_CHANGED
        assert f"“{self.word}” became “remarkable”" in found.sentence
        assert found.taken is not None
        assert found.taken.before == finding.text
        assert found.taken.after == finding.text.replace(self.word, "remarkable", 1)

    def it_takes_a_shorter_wording_back_from_the_summary(self, desk: Desk) -> None:
        finding = next(f for f in desk.findings if len(f.summary.split()) > 6 and "{" not in f.summary)

        def edit(document: Document) -> None:
            last = markup.plain(finding.summary).split()[-1]
            paragraph = next(p for p in document.paragraphs if markup.plain(finding.summary) in p.text)
            put(paragraph, f" {last}", f", and often, {last}")
            self.last = last

        (found,) = desk.after(edit)
        assert found.kind is Kind.FINDING_CHANGED
        assert found.sentence.startswith("The shorter wording of the finding “")
        assert found.taken is not None
        assert (found.taken.finding_id, found.taken.field) == (finding.id, "summary")
        assert found.taken.after == finding.summary.replace(f" {self.last}", f", and often, {self.last}")

    def it_finds_a_quantity_word_that_no_longer_fits(self, desk: Desk) -> None:
        finding = desk.findings[0]

        def edit(document: Document) -> None:
            runs = [r for r in desk.said(document, finding).runs if r.text.strip()]
            runs[0].text = "All the people asked said that "

        found = desk.after(edit)
        assert Kind.QUANTITY in kinds(found)
        assert any(d.sentence.startswith("“All”, but it is ") for d in found)

    def it_finds_one_deleted_and_leaves_its_quotes_to_themselves(self, desk: Desk) -> None:
        finding = desk.findings[0]
        found = desk.after(lambda document: remove(desk.said(document, finding)))
        assert [d.origin.id for d in found if d.kind is Kind.FINDING_DELETED] == [finding.id]

    def it_finds_one_that_lost_all_of_its_quotes(self, desk: Desk) -> None:
        finding = next(f for f in desk.findings if len(f.quotes) == 1)

        def edit(document: Document) -> None:
            quoted = next(p for q, p in desk.quotes(document) if q.id == finding.quotes[0].id)
            remove(Paragraph(quoted._p.getnext(), quoted._parent))
            remove(quoted)

        found = desk.after(edit)
        assert set(kinds(found)) == {Kind.NO_QUOTE, Kind.QUOTE_DELETED}

    def it_finds_one_moved_under_another_heading(self, desk: Desk) -> None:
        finding = desk.findings[0]

        def edit(document: Document) -> None:
            other = next(f for f in reversed(desk.findings) if f.theme_id != finding.theme_id)
            target = desk.said(document, other)
            target._p.addprevious(desk.said(document, finding)._p)

        found = desk.after(edit)
        assert [d.origin.id for d in found if d.kind is Kind.FINDING_MOVED] == [finding.id]

    def it_keeps_emphasis_that_was_given_in_word(self, desk: Desk) -> None:
        finding = desk.findings[0]

        def edit(document: Document) -> None:
            run = desk.said(document, finding).add_run(" This matters.")
            run.bold = True
            last = desk.said(document, finding)._p
            mark = next(m for m in last.iter(qn("w:bookmarkEnd")))
            last.append(mark)

        (found,) = desk.after(edit)
        assert found.taken is not None
        assert found.taken.after == f"{finding.text} **This matters.**"


class DescribeHeadingsAndIdentifiers:
    def it_finds_a_heading_renamed(self, desk: Desk) -> None:
        theme = desk.project.themes.all()[0]

        def edit(document: Document) -> None:
            heading = next(p for p in document.paragraphs if p.text.endswith(theme.name) and "Heading" in p.style.name)
            put(heading, theme.name, "Coming to us")

        found = desk.after(edit)
        assert [d.kind for d in found] == [Kind.HEADING]
        assert "Coming to us”." in found[0].sentence

    def it_finds_a_name_put_back(self, desk: Desk) -> None:
        row = next(i for i in desk.project.identifiers.all() if i.status == "identifier" and " " in i.text)

        def edit(document: Document) -> None:
            put(desk.said(document, desk.findings[0]), a_word(desk.said(document, desk.findings[0])), row.text)

        found = desk.after(edit)
        assert found[0].kind is Kind.IDENTIFIER
        assert found[0].severity is Severity.STOP
        assert f"“{row.text}”" in found[0].sentence

    def it_finds_a_name_in_a_comment_of_word(self, desk: Desk) -> None:
        row = next(i for i in desk.project.identifiers.all() if i.status == "identifier" and " " in i.text)

        def edit(document: Document) -> None:
            paragraph = desk.said(document, desk.findings[0])
            document.add_comment(paragraph.runs, text=f"Was this {row.text}?", author="Ada")

        assert [d.place for d in desk.after(edit) if d.kind is Kind.IDENTIFIER] == ["comments"]


class DescribeOtherTextsThatCameBack:
    def it_finds_words_changed_in_a_section(self, desk: Desk) -> None:
        (found,) = desk.after(lambda d: put(text_under(d, "Context", 0), "two-year", "three-year"))
        assert (found.kind, found.severity) == (Kind.TEXT_CHANGED, Severity.NOTE)
        assert found.sentence == "A paragraph was changed: “two-year” became “three-year”."
        assert (found.origin, found.place) == (Origin(Of.SECTION, "context"), "Context")
        assert [s.words for s in found.diff if s.fate is Fate.NEW] == ["three-year"]

    def it_finds_a_fact_changed_that_the_project_knows(self, desk: Desk) -> None:
        (found,) = desk.after(
            lambda d: put(text_under(d, "How the interviews were held", 0), "18 minutes", "8 minutes")
        )
        assert found.kind is Kind.TEXT_CHANGED
        assert "“18” became “8”" in found.sentence

    def it_finds_a_number_changed_in_a_table(self, desk: Desk) -> None:
        (found,) = desk.after(lambda d: put(d.tables[0].rows[1].cells[1].paragraphs[0], "6", "7"))
        assert (found.kind, found.severity) == (Kind.TEXT_CHANGED, Severity.MEND)
        assert found.sentence == ("A table says “7” where the project says “6”.")

    def it_finds_a_paragraph_written_in_word(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            text_under(document, "Limitations", 1).insert_paragraph_before("Nobody was asked about the weather.")

        (found,) = desk.after(edit)
        assert found.sentence == "A paragraph is new: “Nobody was asked about the weather.”"

    def it_finds_a_paragraph_deleted(self, desk: Desk) -> None:
        (found,) = desk.after(lambda document: remove(text_under(document, "Context", 1)))
        assert found.sentence.startswith("A paragraph is not in the document: “The programme offers")

    def it_finds_a_paragraph_moved(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            text_under(document, "Discussion", 0)._p.addprevious(text_under(document, "Context", 1)._p)

        (found,) = desk.after(edit)
        assert found.sentence.startswith("A paragraph stands elsewhere now: “The programme offers")

    def it_finds_a_fact_of_the_cover_changed(self, desk: Desk) -> None:
        def edit(document: Document) -> None:
            put(next(p for p in document.paragraphs if p.style.name == "Title"), "Slack", "Spring")

        (found,) = desk.after(edit)
        assert found.sentence == "A paragraph was changed: “Slack” became “Spring”."
        assert found.place == "Cover"

    def it_tells_what_the_project_says_otherwise_since(self, study: Study, tmp_path: Path) -> None:
        study.quoted("They **walked**.", study.segment(study.interview("P01", "I walked.")[1], "I walked."))
        export_report(study.project, tmp_path / "report.docx")
        study.interview("P02", "I ran.")
        found = checked(study.project, tmp_path / "report.docx", Guard(study.project, unreviewed=())).differences
        assert {d.kind for d in found} == {Kind.CHANGED_SINCE}
        assert {d.sentence for d in found} == {
            "The text here reads otherwise in the project since the document was written."
        }
        assert "Who was interviewed" in {d.place for d in found}


def text_under(document: Document, heading: str, n: int) -> Paragraph:
    """The nth paragraph of text after a heading."""
    paragraphs = document.paragraphs
    at = next(k for k, p in enumerate(paragraphs) if p.text == heading and "Heading" in p.style.name)
    return [p for p in paragraphs[at + 1 :] if p.style.name == "Normal"][n]


class DescribeTheProjectThatWentOn:
    """The document is as it was written; what changed is the project."""

    @pytest.fixture
    def quoted(self, study: Study, tmp_path: Path) -> tuple[Study, Path]:
        for n in range(4):
            _, transcript = study.interview(
                f"P0{n + 1}", f"The bus never came on day {n}, so I walked home in the rain."
            )
            study.quoted(
                f"Somebody **walked** on day {n}.", study.segment(transcript, f"came on day {n}, so I walked home")
            )
        export_report(study.project, tmp_path / "report.docx")
        return study, tmp_path / "report.docx"

    def _kinds(self, study: Study, path: Path) -> list[tuple[Kind, str]]:
        found = checked(study.project, path, Guard(study.project, unreviewed=())).differences
        return [(d.kind, d.sentence) for d in found]

    def it_names_the_quotes_of_somebody_who_withdrew(self, quoted: tuple[Study, Path]) -> None:
        study, path = quoted
        study.withdraw(study.project.people.all()[0].id)
        found = self._kinds(study, path)
        assert (Kind.WITHDRAWN, "Q-0001 is from somebody who has withdrawn. Take it out of the document.") in found

    def it_names_the_quotes_whose_coding_was_removed(self, quoted: tuple[Study, Path]) -> None:
        study, path = quoted
        study.project.coding.remove([study.project.coding.all()[0].id])
        assert Kind.NOT_CODED in [kind for kind, _ in self._kinds(study, path)]

    def it_tells_the_projects_changes_from_those_made_in_word(self, quoted: tuple[Study, Path]) -> None:
        study, path = quoted
        finding = study.project.findings.all()[0]
        study.project.findings.write(finding.id, text="Somebody **ran** on day 0.")
        summary, text = self._kinds(study, path)
        assert {summary[0], text[0]} == {Kind.CHANGED_SINCE}
        assert text[1] == "The finding “ran” reads otherwise in the project since the document was written."
        assert summary[1].startswith("The finding “ran”, in the summary, reads otherwise")

    def it_names_a_quote_that_the_project_no_longer_has(self, quoted: tuple[Study, Path]) -> None:
        study, path = quoted
        study.project.findings.remove_quote(study.project.findings.quotes()[0].id)
        found = self._kinds(study, path)
        assert any(
            kind is Kind.GONE and sentence.startswith("Q-0001 is no longer in the project") for kind, sentence in found
        )


class DescribeTakingBack:
    def it_is_one_step_that_is_undone_as_one(self, study: Study, tmp_path: Path) -> None:
        project, path = self._edited(study, tmp_path)
        before = [f.text for f in project.findings.all()]
        found = checked(project, path, Guard(project, unreviewed=()))
        take_back(project, found.takeable)
        texts = [f.text for f in project.findings.all()]
        assert texts == [
            "Two people **waited** for {q:Q-0001}, mostly.",
            "Somebody **cycled**; see {see: Methodology}.",
        ]
        assert project.undo_label == "Take 2 findings back from Word"
        assert checked(project, path, Guard(project, unreviewed=())).differences == ()
        project.undo()
        assert [f.text for f in project.findings.all()] == before

    def it_refuses_when_the_finding_was_changed_meanwhile(self, study: Study, tmp_path: Path) -> None:
        project, path = self._edited(study, tmp_path)
        found = checked(project, path, Guard(project, unreviewed=()))
        project.findings.write(project.findings.all()[1].id, text="Changed **meanwhile**.")
        before = [f.text for f in project.findings.all()]
        with pytest.raises(UserError, match="Check the document again"):
            take_back(project, found.takeable)
        assert [f.text for f in project.findings.all()] == before

    def it_keeps_a_quote_in_the_sentence_word_for_word(self, study: Study, tmp_path: Path) -> None:
        """Words changed in a quote never come back as the finding's own."""
        project, _ = self._edited(study, tmp_path)
        path = tmp_path / "quote.docx"
        export_report(project, path)
        document = docx.Document(str(path))
        for paragraph in document.paragraphs:
            if "ninety minutes" in paragraph.text:
                put(paragraph, "ninety", "nineteen")
        document.save(str(path))
        found = checked(project, path, Guard(project, unreviewed=()))
        assert {d.kind for d in found.differences} == {Kind.QUOTE_CHANGED}
        assert found.takeable == ()

    def _edited(self, study: Study, folder: Path) -> tuple[Project, Path]:
        """Two findings, one with a quote run in, one with a reference; each reworded in Word."""
        project = study.project
        _, first = study.interview("P01", "We stood there for ninety minutes in the end.")
        _, second = study.interview("P02", "I took the bike instead that time.")
        segment = study.segment(first, "ninety minutes in the end")
        told = study.finding("placeholder", segment, study.segment(second, "I took the bike"))
        label = project.findings.get_quote(project.findings.quote(told, segment, "inline")).label
        project.findings.write(told, text=f"Two people **waited** for {{q:{label}}}, often.", summary="Two waited.")
        study.finding("Somebody **drove**; see {see: Methodology}.", study.segment(second, "I took the bike instead"))
        export_report(project, folder / "report.docx")
        document = docx.Document(str(folder / "report.docx"))
        for paragraph in document.paragraphs:
            for before, after in ((", often.", ", mostly."), ("drove", "cycled")):
                marked = any(_name(m).startswith("_qcf_") for m in paragraph._p.iter(qn("w:bookmarkStart")))
                if before in paragraph.text and marked and "2" not in paragraph.text:
                    put(paragraph, before, after)
        document.save(str(folder / "came back.docx"))
        return project, folder / "came back.docx"


class DescribeOtherFiles:
    def it_checks_a_workbook_and_a_text_for_identifiers(self, study: Study, tmp_path: Path) -> None:
        study.interview("P01", "Nothing much.")
        export_matrix(study.project, tmp_path / "matrix.xlsx")
        study.project.identifiers.add("person", "Nadia Osei", "[my sister]")
        (tmp_path / "notes.txt").write_text("First line.\nNadia Osei rang.", encoding="utf-8")
        guard = Guard(study.project, unreviewed=())
        assert checked(study.project, tmp_path / "matrix.xlsx", guard).differences == ()
        (found,) = checked(study.project, tmp_path / "notes.txt", guard).differences
        assert found.sentence.startswith("line 2: “Nadia Osei” is")

    def it_looks_at_the_name_of_the_file(self, study: Study, tmp_path: Path) -> None:
        study.project.identifiers.add("person", "Nadia Osei", "[my sister]")
        (tmp_path / "Nadia Osei.txt").write_text("Nothing.", encoding="utf-8")
        (found,) = checked(study.project, tmp_path / "Nadia Osei.txt", Guard(study.project, unreviewed=())).differences
        assert found.place == "file name"

    @pytest.mark.parametrize("name", ["letter.docx", "picture.png", "gone.docx"])
    def it_refuses_what_it_cannot_read_with_a_sentence(self, study: Study, tmp_path: Path, name: str) -> None:
        if name != "gone.docx":
            (tmp_path / name).write_bytes(b"no such thing")
        with pytest.raises(UserError, match=re.escape(name)):
            checked(study.project, tmp_path / name)

    def it_stops_when_asked(self, sample: Sample) -> None:
        returned = Returned.read(sample.report)
        guard = Guard(sample.project, unreviewed=())
        with pytest.raises(UserError, match="Stopped"):
            compared(returned, None, guard, cancelled=lambda: True)


def test_copies_are_checked_as_the_original(desk: Desk) -> None:
    """A paragraph copied together with its mark is the same quote twice, and no new one."""

    def edit(document: Document) -> None:
        _, paragraph = desk.apart(document)
        paragraph._p.addnext(copy.deepcopy(paragraph._p))

    assert set(kinds(desk.after(edit))) <= {Kind.ATTRIBUTION}
