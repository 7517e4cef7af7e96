from __future__ import annotations

from pathlib import Path

from qualcode.core.values import Aside, AsideKind, Face, Transcript
from tests.importing.laws import kept
from tests.importing.shapes import pdf_bytes, zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:style="{_ODF}:style:1.0" '
    f'xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" xmlns:draw="{_ODF}:drawing:1.0" xmlns:table="{_ODF}:table:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(tmp_path: Path, body: str, styles: str = "", pages: str = "") -> Path:
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    masters = f"<office:document-styles {_SPACES}>{pages}</office:document-styles>"
    return zipped(tmp_path / "talk.odt", {"content.xml": content, "styles.xml": masters})


class DescribeAnOpenDocument:
    def it_leaves_out_tracked_deletions_and_keeps_insertions(self, tmp_path: Path) -> None:
        body = (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            '<text:p>We <text:change text:change-id="1"/><text:change-start/>always<text:change-end/> came.</text:p>'
        )
        assert kept(odt(tmp_path, body)).text == "We always came."

    def it_sets_notes_and_comments_aside_where_they_were_anchored(self, tmp_path: Path) -> None:
        body = (
            "<text:p>Cold<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In June.</text:p>"
            "</text:note-body></text:note> and <office:annotation><dc:creator>B</dc:creator><text:p>Ask.</text:p>"
            "</office:annotation>wet.</text:p>"
        )
        transcript = kept(odt(tmp_path, body))
        assert transcript.text == "Cold and wet."
        assert transcript.asides == (Aside(AsideKind.FOOTNOTE, "In June.", 4), Aside(AsideKind.COMMENT, "Ask.", 9))

    def it_keeps_spaces_tabs_breaks_boxes_and_look(self, tmp_path: Path) -> None:
        styles = '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
        body = (
            '<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d '
            '<text:span text:style-name="T1">loud</text:span>'
            "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame></text:p>"
        )
        transcript = kept(odt(tmp_path, body, styles))
        assert transcript.text == "a  b\tc\nd loud\nboxed"
        assert [(e.span.of(transcript.text), e.face) for e in transcript.emphasis] == [("loud", Face.BOLD)]

    def it_sets_headings_and_page_headers_aside(self, tmp_path: Path) -> None:
        pages = (
            "<style:header><text:p>Oak Street</text:p></style:header><style:footer><text:p>4</text:p></style:footer>"
        )
        body = "<text:p>I: So?</text:p><text:p>R: So.</text:p><text:h>Keys</text:h>"
        body += "<text:p>I: Who?</text:p><text:p>R: Me.</text:p>"
        transcript = kept(odt(tmp_path, body, pages=pages))
        assert transcript.text == "So?\nSo.\nWho?\nMe."
        assert [a.text for a in transcript.asides] == ["Oak Street", "Keys"]


class DescribeRichText:
    def read(self, tmp_path: Path, body: str) -> Transcript:
        path = tmp_path / "talk.rtf"
        path.write_bytes(
            (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1\fcharset238 Times;}}" + body + "}").encode(
                "ascii"
            )
        )
        return kept(path)

    def it_reads_code_pages_unicode_and_surrogates(self, tmp_path: Path) -> None:
        body = r"caf\'e9 \uc1\u8220?so\u8221? \f1 \'b3\'f3d\'9f\f0  \u-10179?\u-8704?!"
        assert self.read(tmp_path, body).text == "café “so” łódź 😀!"

    def it_keeps_bold_and_italic(self, tmp_path: Path) -> None:
        transcript = self.read(tmp_path, r"plain {\b loud {\i both}} \i soft\i0  end")
        assert transcript.text == "plain loud both soft end"
        faces = [(e.span.of(transcript.text), e.face) for e in transcript.emphasis]
        assert faces == [("loud both", Face.BOLD), ("both", Face.ITALIC), ("soft", Face.ITALIC)] or faces == [
            ("loud both", Face.BOLD),
            ("both soft", Face.ITALIC),
        ]

    def it_sets_notes_comments_and_page_headers_aside(self, tmp_path: Path) -> None:
        body = (
            r"{\header Oak Street\par}cold{\super{\footnote In June.\par}} and{\*\annotation Ask her.} wet\par"
            r"{\field{\*\fldinst PAGE}{\fldrslt seven}}\par {\pict 00ff00}"
        )
        transcript = self.read(tmp_path, body)
        assert transcript.text == "cold and wet\nseven"
        assert transcript.asides == (
            Aside(AsideKind.HEADER, "Oak Street", None),
            Aside(AsideKind.FOOTNOTE, "In June.", 4),
            Aside(AsideKind.COMMENT, "Ask her.", 8),
        )

    def it_leaves_out_deleted_and_hidden_words(self, tmp_path: Path) -> None:
        assert self.read(tmp_path, r"We {\deleted never }{\v secretly }came\~back.").text == "We came\u00a0back."

    def it_reads_rows_of_a_table(self, tmp_path: Path) -> None:
        rows = "".join(
            rf"\trowd\cellx2000\cellx9000\pard\intbl {who}\cell {words}\cell\row "
            for who, words in [
                ("Mary", "Who has the key?"),
                ("Tom", "The warden."),
                ("Mary", "Since when?"),
                ("Tom", "June."),
            ]
        )
        transcript = self.read(tmp_path, rows + r"\pard Outside.\par")
        assert [s.label for s in transcript.speakers] == ["Mary", "Tom"]
        assert transcript.text == "Who has the key?\nThe warden.\nSince when?\nJune.\nOutside."


class DescribeAWebPage:
    def it_reads_blocks_as_paragraphs_and_leaves_out_scripts_and_menus(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.html"
        path.write_text(
            "<html><head><title>The mill</title><style>p{}</style></head><body><nav>Home</nav><script>var x;</script>"
            "<p>First &amp; <b>fore</b>most<br>second</p><div>third\n line</div><!-- no --></body></html>"
        )
        transcript = kept(path)
        assert transcript.text == "First & foremost\nsecond\nthird line"
        assert transcript.facts.title == "The mill"
        assert [(e.span.of(transcript.text), e.face) for e in transcript.emphasis] == [("fore", Face.BOLD)]

    def it_trusts_the_encoding_the_page_names(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.htm"
        path.write_bytes('<meta charset="iso-8859-2"><p>łódź</p>'.encode("iso-8859-2"))
        assert kept(path).text == "łódź"


def _page(*lines: str, top: float = 790, step: float = 14, left: float = 60) -> list[tuple[float, float, str]]:
    return [(left, top - i * step, line) for i, line in enumerate(lines) if line]


class DescribeAPdf:
    def read(self, tmp_path: Path, *pages: list[tuple[float, float, str]]) -> Transcript:
        path = tmp_path / "talk.pdf"
        path.write_bytes(pdf_bytes(pages))
        return kept(path)

    def it_joins_broken_lines_and_mends_divided_words(self, tmp_path: Path) -> None:
        page = _page(
            "I: How did you come to the allotment?",
            "R: My sister had a plot there and she kept telling me about the allot-",
            "ments by the river, where nobody asked you anything and the well-",
            "known gate was always open. We called it the well-known gate, be-",
            "cause it was.",
            "I: And the others?",
            "R: Gone.",
        )
        assert self.read(tmp_path, page).text == (
            "How did you come to the allotment?\n"
            "My sister had a plot there and she kept telling me about the allotments by the river, where nobody asked "
            "you anything and the well-known gate was always open. We called it the well-known gate, because it was.\n"
            "And the others?\nGone."
        )

    def it_takes_out_page_headers_and_footers_and_line_numbers(self, tmp_path: Path) -> None:
        things = ["gate", "key", "weir", "owl", "torch", "flask", "ladder", "bench", "kettle", "drum", "candle", "rope"]
        talk = [f"{'R' if i % 2 else 'I'}: Then somebody brought a {thing} along." for i, thing in enumerate(things)]
        pages = []
        for number in range(3):
            rows = _page(*talk[4 * number : 4 * number + 4], top=760)
            numbered = [(30.0, y, str(4 * number + i)) for i, (_, y, _) in enumerate(rows, 1)]
            pages.append([(60.0, 815.0, "Oak Street interviews"), *numbered, *rows, (290.0, 25.0, f"{number + 1}/3")])
        transcript = self.read(tmp_path, *pages)
        assert transcript.text.split("\n") == [line[3:] for line in talk]
        assert [a.text for a in transcript.asides] == ["Oak Street interviews"]

    def it_reads_one_column_after_the_other(self, tmp_path: Path) -> None:
        left = [f"Left line {i} goes on here." for i in range(14)]
        right = [f"Right line {i} goes on too." for i in range(14)]
        page = _page(*left) + _page(*right, left=320)
        words = self.read(tmp_path, page).text
        assert words.index("Left line 13") < words.index("Right line 0")

    def it_keeps_a_label_column_with_its_words(self, tmp_path: Path) -> None:
        page = [(60.0, 790.0, "MARY"), (150.0, 790.0, "Who has the key to the gate by the weir?")]
        page += [(60.0, 776.0, "TOM"), (150.0, 776.0, "The warden has it, and he is never there")]
        page += [(150.0, 762.0, "when anybody needs it."), (60.0, 748.0, "MARY"), (150.0, 748.0, "Never?")]
        page += [(60.0, 734.0, "TOM"), (150.0, 734.0, "On Fridays."), (60.0, 720.0, "MARY"), (150.0, 720.0, "Fine.")]
        page += [(60.0, 706.0, "TOM"), (150.0, 706.0, "Fine.")]
        transcript = self.read(tmp_path, page)
        assert [s.label for s in transcript.speakers] == ["MARY", "TOM"]
        assert transcript.turns[1].span.of(transcript.text).startswith("The warden has it")
        assert "when anybody needs it." in transcript.turns[1].span.of(transcript.text)
