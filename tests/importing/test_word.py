from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.values import Aside, AsideKind, Emphasis, Face, Role, Span, Transcript
from qualcode.importing import Cell, open_source, read
from tests.importing.laws import obeys_the_contract
from tests.importing.word_files import paragraph, run, table, write_word

BOX = "<w:txbxContent>" + paragraph("In the box.") + "</w:txbxContent>"


def narrative(tmp_path: Path, body: str, **parts: str) -> Transcript:
    transcript = read(write_word(tmp_path / "talk.docx", body, **parts))
    obeys_the_contract(transcript)
    return transcript


class DescribeTheTextOfAWordDocument:
    def it_takes_tracked_changes_as_accepted(self, tmp_path: Path) -> None:
        body = paragraph(
            "We ",
            '<w:del w:id="1"><w:r><w:delText>never </w:delText></w:r></w:del>',
            '<w:ins w:id="2">' + run("always ") + "</w:ins>",
            "came back.",
        )
        assert narrative(tmp_path, body).text == "We always came back."

    def it_has_moved_words_once_where_they_were_moved_to(self, tmp_path: Path) -> None:
        moved = run("The moved words.")
        body = (
            paragraph(f'<w:moveFrom w:id="1">{moved}</w:moveFrom>')
            + paragraph("First.")
            + paragraph(f'<w:moveTo w:id="2">{moved}</w:moveTo>')
        )
        assert narrative(tmp_path, body).text == "First.\nThe moved words."

    def it_joins_paragraphs_whose_break_was_deleted(self, tmp_path: Path) -> None:
        deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'
        body = paragraph("One half ", properties=deleted) + paragraph("and the other.") + paragraph("Next.")
        assert narrative(tmp_path, body).text == "One half and the other.\nNext."

    def it_has_a_text_box_once_after_its_paragraph(self, tmp_path: Path) -> None:
        modern = f"<mc:Choice><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
        old = f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
        body = paragraph("Before, ", f"<w:r><mc:AlternateContent>{modern}{old}</mc:AlternateContent></w:r>", "after.")
        assert narrative(tmp_path, body).text == "Before, after.\nIn the box."

    def it_has_an_old_text_box_too(self, tmp_path: Path) -> None:
        body = paragraph("Before.", f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>")
        assert narrative(tmp_path, body).text == "Before.\nIn the box."

    def it_keeps_breaks_tabs_and_hyphens_and_breaks_lines_at_line_breaks(self, tmp_path: Path) -> None:
        pieces = (
            "<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:noBreakHyphen/><w:t>four</w:t></w:r>"
        )
        assert narrative(tmp_path, paragraph(pieces)).text == "one\ntwo\tthree-four"

    def it_leaves_out_hidden_words_and_the_instructions_of_fields(self, tmp_path: Path) -> None:
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("seven")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        body = paragraph("Room ", field, run(" secret", "<w:vanish/>"), ".")
        assert narrative(tmp_path, body).text == "Room seven."

    def it_reads_content_controls_smart_tags_links_and_ruby(self, tmp_path: Path) -> None:
        ruby = f"<w:r><w:ruby><w:rt>{run('small')}</w:rt><w:rubyBase>{run('base')}</w:rubyBase></w:ruby></w:r>"
        body = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Controlled.')}</w:sdtContent></w:sdt>" + paragraph(
            f"<w:smartTag>{run('Oakham ')}</w:smartTag>", f"<w:hyperlink>{run('here ')}</w:hyperlink>", ruby
        )
        assert narrative(tmp_path, body).text == "Controlled.\nOakham here base"

    def it_leaves_out_the_prompt_of_a_content_control_that_nobody_filled(self, tmp_path: Path) -> None:
        prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
        inside = prompt.format(run("Click or tap here to enter text."))
        body = paragraph("It was ", inside, "cold.") + prompt.format(paragraph("Choose an item."))
        assert narrative(tmp_path, body + paragraph("Very.")).text == "It was cold.\nVery."

    def it_shows_symbols_as_the_characters_they_look_like(self, tmp_path: Path) -> None:
        smile = '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>'
        arrow = '<w:r><w:sym w:font="Arial" w:char="2192"/></w:r>'
        assert narrative(tmp_path, paragraph("Good ", smile, arrow)).text == "Good ☺→"

    def it_drops_soft_hyphens_and_zero_width_spaces(self, tmp_path: Path) -> None:
        body = paragraph("all\u00adotment\u200b gate", "<w:r><w:softHyphen/></w:r>", " e\u0301tude")
        assert narrative(tmp_path, body).text == "allotment gate étude"

    def it_says_which_cell_of_a_table_a_paragraph_stands_in(self, tmp_path: Path) -> None:
        path = write_word(tmp_path / "t.docx", paragraph("Above.") + table(("a", "b"), ("c", "d")))
        cells = [(p.text, p.cell) for p in open_source(path).paragraphs]
        assert cells == [
            ("Above.", None),
            ("a", Cell(0, 0, 0)),
            ("b", Cell(0, 0, 1)),
            ("c", Cell(0, 1, 0)),
            ("d", Cell(0, 1, 1)),
        ]


class DescribeWhatHangsOnTheText:
    def it_sets_comments_and_notes_aside_where_they_were_anchored(self, tmp_path: Path) -> None:
        body = (
            paragraph("Interviewer: Ready?")
            + paragraph(
                "P1: Yes, ",
                '<w:commentRangeStart w:id="5"/>',
                "quite ready",
                '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>',
                ' now<w:r><w:footnoteReference w:id="2"/></w:r>'.replace(" now", run(" now")),
                ".",
            )
            + paragraph("Interviewer: Good.")
        )
        comment = '<w:comment w:id="5" w:author="B">' + paragraph("Check the tape.") + "</w:comment>"
        separator = '<w:footnote w:id="0" w:type="separator">' + paragraph("---") + "</w:footnote>"
        note = separator + '<w:footnote w:id="2">' + paragraph("Said with a smile.") + "</w:footnote>"
        transcript = narrative(tmp_path, body, comments=comment, footnotes=note)
        assert transcript.text == "Ready?\nYes, quite ready now.\nGood."
        assert transcript.asides == (
            Aside(AsideKind.COMMENT, "Check the tape.", transcript.text.index("quite")),
            Aside(AsideKind.FOOTNOTE, "Said with a smile.", transcript.text.index(".\nGood")),
        )

    def it_keeps_bold_and_italic_of_the_speech_and_not_of_the_label(self, tmp_path: Path) -> None:
        body = paragraph(run("P1: ", "<w:b/>"), "It was ", run("so", "<w:i/>"), run(" cold", "<w:b/><w:i/>"), ".")
        body += paragraph(run("P2: ", "<w:b/>"), run("No", '<w:b w:val="0"/>'), ".") + paragraph("P1: Yes.")
        transcript = narrative(tmp_path, body)
        assert transcript.text == "It was so cold.\nNo.\nYes."
        assert transcript.emphasis == (
            Emphasis(Span(7, 14), Face.ITALIC),
            Emphasis(Span(10, 14), Face.BOLD),
        )

    def it_knows_the_look_of_named_styles(self, tmp_path: Path) -> None:
        styles = (
            '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
            '<w:style w:type="character" w:styleId="Louder"><w:basedOn w:val="Strong"/><w:rPr><w:i/></w:rPr></w:style>'
        )
        body = paragraph("Very ", run("loud", '<w:rStyle w:val="Louder"/>'), ".")
        faces = {(e.span.of("Very loud."), e.face) for e in narrative(tmp_path, body, styles=styles).emphasis}
        assert faces == {("loud", Face.BOLD), ("loud", Face.ITALIC)}

    def it_sets_headings_and_page_headers_aside(self, tmp_path: Path) -> None:
        styles = '<w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
        heading = '<w:pStyle w:val="Kop1"/>'
        body = (
            paragraph("I: Who locks up?") + paragraph("R: I do.") + paragraph("The keys", properties=heading)
            + paragraph("I: Since when?") + paragraph("R: June.")
        )  # fmt: skip
        transcript = narrative(
            tmp_path, body, styles=styles, header1=paragraph("Oak Street, P07"), footer1=paragraph("3")
        )
        assert transcript.text == "Who locks up?\nI do.\nSince when?\nJune."
        assert transcript.asides == (
            Aside(AsideKind.HEADER, "Oak Street, P07", None),
            Aside(AsideKind.HEADER, "The keys", transcript.text.index("Since")),
        )


class DescribeTablesInAWordDocument:
    def it_reads_columns_of_time_words_and_speaker(self, tmp_path: Path) -> None:
        rows = table(
            ("Timespan", "Content", "Speaker"),
            ("0:00.0 - 0:04.2", "Who has the key?", "Interviewer"),
            ("0:04.2 - 0:09.0", "The warden has it, and he is out.", "P3"),
            ("0:09.0 - 0:11.0", "Since when?", "Interviewer"),
            ("1:02:09.0 - 1:02:11.0", "Since always.", "P3"),
        )
        transcript = narrative(tmp_path, rows)
        assert transcript.text == "Who has the key?\nThe warden has it, and he is out.\nSince when?\nSince always."
        assert [t.at for t in transcript.turns] == [0, 4.2, 9, 3729]
        assert {s.label: s.role for s in transcript.speakers} == {
            "Interviewer": Role.INTERVIEWER,
            "P3": Role.PARTICIPANT,
        }

    def it_takes_a_further_column_as_comments_on_the_words(self, tmp_path: Path) -> None:
        rows = table(
            ("1", "I:", "Who has the key?", ""),
            ("2", "R:", "The warden has it, all of them.", "keys, power"),
            ("3", "I:", "Since when is that so?", ""),
            ("4", "R:", "Since the winter before last.", ""),
        )
        transcript = narrative(tmp_path, rows)
        assert [s.label for s in transcript.speakers] == ["I", "R"]
        assert transcript.asides == (Aside(AsideKind.COMMENT, "keys, power", transcript.text.index("The warden")),)

    def it_reads_a_table_of_facts_above_the_talk(self, tmp_path: Path) -> None:
        facts = table(
            ("Date of interview", "14 March 2024"), ("Interviewer", "Mary Doyle"), ("Wave", "2"), ("Length", "41 min")
        )
        talk = "".join(paragraph(t) for t in ("MD: So.", "TH: So.", "MD: Was it cold?", "TH: It was."))
        transcript = narrative(tmp_path, facts + talk)
        assert transcript.text == "So.\nSo.\nWas it cold?\nIt was."
        assert transcript.facts.interviewer == "Mary Doyle"
        assert transcript.facts.wave == "2"
        assert transcript.facts.duration_seconds == 41 * 60
        assert str(transcript.facts.date) == "2024-03-14"
        assert transcript.speakers[0].role is Role.INTERVIEWER

    def it_reads_dialogue_inside_cells(self, tmp_path: Path) -> None:
        rows = table(("I: Who has the key?", "note"), ("R: The warden has the key, he always had it.", "note two here"))
        assert narrative(tmp_path, rows).turns


class DescribeQuestionsKnownByTheirType:
    @pytest.mark.parametrize(
        ("look", "style"),
        [('<w:color w:val="1F4E9E"/>', ""), ('<w:u w:val="single"/>', ""), ("", '<w:pStyle w:val="Question"/>')],
        ids=["colour", "line beneath", "style"],
    )
    def it_takes_paragraphs_of_another_look_for_the_interviewers(self, tmp_path: Path, look: str, style: str) -> None:
        talk = [("How did it start?", "With a leak."), ("And then?", "A bucket."), ("Which?", "The blue one.")]
        body = "".join(paragraph(run(asked, look), properties=style) + paragraph(told) for asked, told in talk)
        transcript = narrative(tmp_path, body)
        assert [t.span.of(transcript.text) for t in transcript.turns] == [line for pair in talk for line in pair]
        assert [s.role for s in transcript.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]

    def it_takes_headings_that_ask_for_the_interviewers(self, tmp_path: Path) -> None:
        talk = [("How did it start?", "With a leak."), ("And then?", "A bucket."), ("Which?", "The blue one.")]
        heading = '<w:pStyle w:val="Heading2"/>'
        body = "".join(paragraph(asked, properties=heading) + paragraph(told) for asked, told in talk)
        transcript = narrative(tmp_path, body)
        assert [t.span.of(transcript.text) for t in transcript.turns] == [line for pair in talk for line in pair]

    def it_leaves_out_the_numbers_of_questions_and_a_title_in_the_same_type(self, tmp_path: Path) -> None:
        bold = "<w:b/>"
        talk = [("1. How did it start?", "With a leak."), ("2. And then?", "A bucket."), ("3. Which?", "The blue one.")]
        body = paragraph(run("The flood", bold))
        body += "".join(paragraph(run(asked, bold)) + paragraph(told) for asked, told in talk)
        transcript = narrative(tmp_path, body)
        assert transcript.turns[0].span.of(transcript.text) == "How did it start?"
        assert transcript.facts.title == "The flood"

    def it_sets_topics_in_bold_between_labelled_turns_apart(self, tmp_path: Path) -> None:
        turns = [
            "I: How did it start?",
            "P: With a leak.",
            "I: And then?",
            "P: A bucket.",
            "I: Which?",
            "P: The blue one.",
        ]
        body = "".join(map(paragraph, turns[:2])) + paragraph(run("Part B: the summer", "<w:b/>"))
        transcript = narrative(tmp_path, body + "".join(map(paragraph, turns[2:])))
        assert "the summer" not in transcript.text
        assert "Part B: the summer" in [aside.text for aside in transcript.asides]

    @pytest.mark.parametrize("look", ["<w:b/>", "<w:i/>"])
    def it_takes_lines_wholly_in_bold_or_italic_for_the_interviewers(self, tmp_path: Path, look: str) -> None:
        talk = [
            ("How did it start?", "With a leak."),
            ("And then?", "A bucket."),
            ("Which?", "The blue one. It had a hole."),
        ]
        body = "".join(paragraph(run(question, look)) + paragraph(answer) for question, answer in talk)
        transcript = narrative(tmp_path, body)
        assert [t.span.of(transcript.text) for t in transcript.turns] == [line for pair in talk for line in pair]
        assert [s.role for s in transcript.speakers] == [Role.INTERVIEWER, Role.PARTICIPANT]
        assert any("how their paragraphs look" in remark for remark in transcript.remarks)
