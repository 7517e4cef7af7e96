"""The Word document, read back as Word, a screen reader and a strict reader of the package would."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import zipfile
from pathlib import Path
from uuid import uuid4

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from qualcode.core.values import QuoteId
from qualcode.report import provenance, word
from qualcode.report.blocks import (
    BlockQuote,
    Bullets,
    Chart,
    Contents,
    Cover,
    CrossReference,
    Footnote,
    Heading,
    Paragraph,
    QuotePiece,
    Report,
    Row,
    Section,
    Series,
    ShownQuote,
    Table,
    Text,
    text,
)
from qualcode.report.house_template import make
from qualcode.report.template import NEEDED
from qualcode.resources import resource
from tests.report.conftest import Sample
from tests.report.packages import faults, paragraphs, quotes_shown


@pytest.fixture(scope="module")
def document(sample: Sample) -> Document:
    return docx.Document(str(sample.report))


def styled(document: Document, style: str) -> list[str]:
    return [words for name, words in paragraphs(document) if name.casefold() == style.casefold()]


def fields(document: Document) -> list[str]:
    return [(i.text or "").strip() for i in document.element.body.iter(qn("w:instrText"))]


def written(*blocks: object) -> Document:
    report = Report("On the road", "en-GB", (Section("all", "All", blocks),))  # type: ignore[arg-type]
    return docx.Document(io.BytesIO(word.rendered(report)))


class DescribeTheDocument:
    def it_is_a_sound_package(self, sample: Sample) -> None:
        assert faults(sample.report) == []

    def it_steps_down_one_heading_level_at_a_time(self, document: Document) -> None:
        levels = [int(name[-1]) for name, words in paragraphs(document) if re.fullmatch(r"[Hh]eading \d", name)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))

    def it_has_no_empty_paragraph_and_no_mark_of_the_markup(self, document: Document) -> None:
        with_pictures = {p._p for p in document.paragraphs if p._p.findall(f".//{qn('w:drawing')}")}
        for p in document.element.body.iter(qn("w:p")):
            words = "".join(t.text or "" for t in p.iter(qn("w:t")))
            assert words.strip() or p in with_pictures
            assert not re.search(r"\*\*|\{|\}|Q-\d{4}|To be written", words)

    def it_lists_every_section_and_theme_in_the_contents_with_its_page(self, document: Document) -> None:
        assert 'TOC \\o "1-2" \\h \\z' in fields(document)
        listed = styled(document, "toc 1") + styled(document, "toc 2")
        headings = styled(document, "Heading 1") + styled(document, "Heading 2")
        assert [entry.split("\t")[0] for entry in listed] == headings
        pages = [int(words.split("\t")[1]) for name, words in paragraphs(document) if name.startswith("toc")]
        assert pages == sorted(pages)
        assert pages[0] == 3

    def it_sets_quotes_in_the_quote_style_beside_their_attribution(self, document: Document, sample: Sample) -> None:
        quotes = styled(document, "Quote")
        block = [q for q in sample.project.findings.quotes() if q.placement == "block"]
        assert len(quotes) == len(block)
        assert all(words.startswith("“") and words.endswith("”") for words in quotes)
        attributed = styled(document, "Quote Attribution")
        assert set(attributed) <= {f"{who}, wave {n}" for who in ("Carer", "Professional", "Volunteer") for n in (1, 2)}
        assert len(attributed) == len(quotes)

    def it_keeps_what_leads_in_with_its_quote(self, document: Document) -> None:
        body = [p for p in document.paragraphs if p.style is not None]
        for before, after in itertools.pairwise(body):
            if after.style.name == "Quote" and before.style.name == "Normal":
                assert before.paragraph_format.keep_with_next
            if before.style.name == "Quote" and after.style.name == "Quote Attribution":
                assert before.paragraph_format.keep_with_next

    def it_numbers_pages_and_carries_the_title(self, document: Document) -> None:
        section = document.sections[0]
        assert section.different_first_page_header_footer
        assert "PAGE" in "".join(i.text or "" for i in section.footer._element.iter(qn("w:instrText")))
        assert section.header.paragraphs[0].text == "Slack Tide"
        assert section.first_page_footer.paragraphs[0].text == ""

    def it_repeats_the_head_of_each_table_and_describes_it(self, document: Document) -> None:
        assert len(document.tables) == 6
        for table in document.tables:
            assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
            assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        captions = styled(document, "Caption")
        assert [c.split(":")[0] for c in captions if c.startswith("Table")] == [f"Table {n}" for n in range(1, 7)]
        assert sum(f.startswith("SEQ Table") for f in fields(document)) == 6

    def it_draws_its_chart_with_a_description_and_its_numbers_inside(self, sample: Sample, document: Document) -> None:
        [drawn] = document.element.body.iter("{*}docPr")
        assert "Finding the way in: 9 of 9 and 9 of 13" in drawn.get("descr")
        with zipfile.ZipFile(sample.report) as package:
            [book] = [n for n in package.namelist() if n.endswith(".xlsx")]
            assert "word/charts/chart1.xml" in package.namelist()
            assert zipfile.ZipFile(io.BytesIO(package.read(book))).testzip() is None

    def it_is_in_british_english_and_names_nobody_in_its_properties(self, document: Document) -> None:
        properties = document.core_properties
        language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
        assert language.get(qn("w:val")) == properties.language == "en-GB"
        assert properties.title == "Slack Tide"
        assert properties.created.date() <= dt.datetime.now(dt.UTC).date()
        assert {properties.author, properties.last_modified_by, properties.comments, properties.keywords} == {""}

    def it_knows_each_quote_and_finding_again(self, sample: Sample, document: Document) -> None:
        with zipfile.ZipFile(sample.report) as package:
            traces = provenance.read(package.read("customXml/item1.xml"))
        marks = {b.get(qn("w:name")) for b in document.element.body.iter(qn("w:bookmarkStart"))}
        assert {t.bookmark for t in traces} <= marks
        assert {t.origin.id for t in traces if t.origin.of == "finding"} == {
            f.id for f in sample.project.findings.all()
        }
        digests = {t.origin.id: t.digest for t in traces}
        for quote_id, words in quotes_shown(document):
            plain = " ".join(line.removeprefix("“").removesuffix("”") for line in words.split("”\n“"))
            assert digests[quote_id] == provenance.digest(plain)


class DescribeWritingBlocks:
    def it_writes_real_footnotes(self) -> None:
        note = Footnote((Text("In "), Text("May", italic=True), Text(".")))
        made = written(Heading(1, "One", "_one"), Paragraph((Text("They walked"), note, Text("."))))
        [part] = [p for p in made.part.package.iter_parts() if str(p.partname) == "/word/footnotes.xml"]
        notes = etree.fromstring(part.blob)
        assert "".join(notes.itertext()).strip() == "In May."
        [mark] = made.element.body.iter(qn("w:footnoteReference"))
        assert mark.get(qn("w:id")) in {n.get(qn("w:id")) for n in notes}

    def it_refers_by_fields_that_can_be_updated(self) -> None:
        table = Table("Numbers", ("A",), (Row((text("1"),)),), "One number.", "_table_one", number=1)
        made = written(table, Paragraph((Text("As in "), CrossReference("_table_one", "Table 1"))))
        assert "REF _table_one \\h" in fields(made)
        assert made.paragraphs[-1].text == "As in Table 1"

    def it_writes_lists_in_list_styles(self) -> None:
        made = written(Bullets((text("by bus"), text("on foot"))), Bullets((text("first"),), ordered=True))
        assert [(p.style.name, p.text) for p in made.paragraphs] == [
            ("List Bullet", "by bus"),
            ("List Bullet", "on foot"),
            ("List Number", "first"),
        ]

    def it_begins_each_numbered_list_at_one(self) -> None:
        made = written(
            Bullets((text("a"),), ordered=True), Paragraph(text("then")), Bullets((text("b"),), ordered=True)
        )
        first, second = (p.get(qn("w:val")) for p in made.element.body.iter(qn("w:numId")))
        assert first != second

    def it_leaves_out_what_xml_cannot_hold(self) -> None:
        assert written(Paragraph(text("a\x00b\x0bc\ufffe"))).paragraphs[0].text == "abc"

    def it_marks_words_from_right_to_left(self) -> None:
        made = written(Paragraph(text("שלום עולם")))
        assert made.element.body.find(f".//{qn('w:rtl')}") is not None

    def it_draws_bars_for_what_was_counted_and_none_for_what_was_not_asked(self) -> None:
        chart = Chart("Bars", "Two bars.", "_bars", ("A & B", "C"), (Series("<All>", (3.0, None)),), number=1)
        made = written(chart)
        [part] = [p for p in made.part.package.iter_parts() if "/charts/" in str(p.partname)]
        root = etree.fromstring(part.blob)
        assert [v.text for v in root.iterfind(".//{*}cat//{*}v")] == ["A & B", "C"]
        assert [v.text for v in root.iterfind(".//{*}val//{*}v")] == ["3"]

    def it_writes_beside_each_bar_how_many_of_how_many(self) -> None:
        series = Series("Wave 1", (69.0, None), ("9 of 13", "not asked"))
        made = written(Chart("Bars", "One bar.", "_bars", ("A", "B"), (series,), "Share", 100.0, "%", number=1))
        [part] = [p for p in made.part.package.iter_parts() if "/charts/" in str(p.partname)]
        root = etree.fromstring(part.blob)
        assert [t.text for t in root.iterfind(".//{*}dLbl//{*}t")] == ["9 of 13"]
        assert root.find(".//{*}valAx/{*}numFmt").get("formatCode") == '0"%"'
        assert root.find(".//{*}valAx/{*}majorUnit").get("val") == "20"

    @pytest.mark.parametrize(("rows", "kept"), [(5, 5), (40, 2)])
    def it_keeps_a_short_table_on_one_page_and_no_row_of_a_long_one_alone(self, rows: int, kept: int) -> None:
        """The heading with the first row, and the last row with the one before."""
        words = tuple(Row((text(str(n)),)) for n in range(rows))
        [table] = written(Table("Numbers", ("A",), words, "Numbers.", "_one", number=1)).tables
        assert sum(bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows) == kept
        assert not table.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next

    def it_sets_quotes_and_lists_further_in_where_paragraphs_are_numbered(self) -> None:
        quote = ShownQuote(QuoteId(str(uuid4())), "Q-0001", ((QuotePiece("I walked."),),), "Carer")
        numbered = Paragraph(text("They walked."), number="1.1")
        sections = (
            Section("one", "One", (Heading(1, "One", "_one", number="1"), numbered, BlockQuote(quote))),
            Section("two", "Two", (Heading(1, "Two", "_two", label="Appendix 1"), Bullets((text("a"),)))),
        )
        report = Report("On the road", "en-GB", sections, "paragraphs")
        made = docx.Document(io.BytesIO(word.rendered(report)))
        indent = {p.text: p.paragraph_format.left_indent for p in made.paragraphs}
        assert indent["“I walked.”"] == indent["Carer"] > indent["They walked."]
        assert indent["a"] is None


class DescribeTheTemplate:
    def it_has_every_style_a_report_uses(self) -> None:
        house = docx.Document(str(resource("report", "house.docx")))
        assert {name.casefold() for name in NEEDED} <= {(s.name or "").casefold() for s in house.styles} | {
            s.element.find(qn("w:name")).get(qn("w:val")).casefold() for s in house.styles
        }

    def it_is_what_its_maker_makes(self, tmp_path: Path) -> None:
        make(tmp_path / "house.docx")
        with (
            zipfile.ZipFile(tmp_path / "house.docx") as made,
            zipfile.ZipFile(resource("report", "house.docx")) as kept,
        ):
            assert {n: made.read(n) for n in made.namelist()} == {n: kept.read(n) for n in kept.namelist()}

    def it_lends_its_styles_to_a_template_that_lacks_them(self, tmp_path: Path) -> None:
        docx.Document().save(str(tmp_path / "own.docx"))
        blocks = (
            Cover("", "On the road", "A report"),
            Contents(),
            Heading(1, "One", "_one"),
            Paragraph(text("Words.")),
        )
        report = Report("On the road", "en-GB", (Section("all", "All", blocks),))
        (tmp_path / "out.docx").write_bytes(word.rendered(report, tmp_path / "own.docx"))
        assert faults(tmp_path / "out.docx") == []
        assert "On the road" in styled(docx.Document(str(tmp_path / "out.docx")), "Title")
