from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.core.values import Face
from qualcode.importing import open_source
from tests.importing.laws import kept


class DescribePlainText:
    @pytest.mark.parametrize(
        ("encoding", "remark"),
        [
            ("utf-8", None),
            ("utf-8-sig", None),
            ("utf-16", None),
            ("utf-16-le", "UTF-16"),
            ("utf-16-be", "UTF-16"),
            ("utf-32", None),
            ("cp1252", "Windows-1252"),
        ],
    )
    def it_is_read_in_its_encoding_and_says_what_was_guessed(
        self, tmp_path: Path, encoding: str, remark: str | None
    ) -> None:
        text = "P01: Café naïve “quoted” — €50.\r\nInterviewer: And then?\r\nP01: Then nothing.\r\nInterviewer: Oh.\r\n"
        path = tmp_path / "talk.txt"
        path.write_bytes(text.encode(encoding))
        transcript = kept(path)
        assert transcript.text == "Café naïve “quoted” — €50.\nAnd then?\nThen nothing.\nOh."
        assert bool(transcript.remarks) == (remark is not None)
        assert all(remark in r for r in transcript.remarks if remark)

    @pytest.mark.parametrize(
        ("encoding", "text"),
        [
            ("cp1250", "Rozmówca: Czy możesz powiedzieć, jak się czułaś? Żółw, łąka, śnieg.\n"),
            ("shift_jis", "面接者: そのときどう思いましたか。\n"),
        ],
    )
    def it_is_not_taken_for_western_when_it_is_not(self, tmp_path: Path, encoding: str, text: str) -> None:
        path = tmp_path / "talk.txt"
        path.write_bytes((text * 6).encode(encoding))
        transcript = kept(path)
        assert text.partition(": ")[2].strip() in transcript.text
        assert "guessed" in transcript.remarks[0]

    def it_reads_lines_of_two_encodings_each_as_what_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_bytes("Anna: Café.\n".encode() + "Ben: Naïve.\n".encode("cp1252") + b"Anna: Oui.\nBen: Bon.\n")
        transcript = kept(path)
        assert transcript.text == "Café.\nNaïve.\nOui.\nBon."
        assert "each line" in transcript.remarks[0]

    def it_keeps_the_words_after_a_zero_byte(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_bytes(b"P01: before nul\x00after nul.\nInterviewer: more\x00\x00text\nP01: end.\n")
        transcript = kept(path)
        assert transcript.text == "before nulafter nul.\nmoretext\nend."
        assert transcript.remarks == ("3 zero bytes in the text were left out.",)

    def it_ends_lines_at_every_kind_of_line_end(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.txt"
        path.write_bytes("a\x0bb\x85c\u2028d\u2029e\rf\r\ng\nh".encode())
        assert kept(path).text == "a\nb\nc\nd\ne\nf\ng\nh"

    def it_reads_emoji_accents_and_right_to_left_words_as_they_are(self, tmp_path: Path) -> None:
        family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
        path = tmp_path / "talk.txt"
        path.write_text(f"P01: {family} cafe\u0301 مرحبا.\nInterviewer: 😀?\nP01: ❤️.\n", encoding="utf-8")
        assert kept(path).text == f"{family} café مرحبا.\n😀?\n❤️."

    def it_takes_facts_from_yaml_front_matter(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.md"
        path.write_text(
            '---\ntitle: "The mill"\ndate: 2024-03-14\n'
            'hosts: ["Mary Doyle"]\nspeakers: ["Tom Hale", “Dee Stone”]\n---\n'
            "**Mary**: Who had the key?\n\n**Tom**: Dee.\n\n**Mary**: Dee?\n\n**Dee**: Me.\n"
        )
        transcript = kept(path)
        assert transcript.facts.title == "The mill"
        assert transcript.facts.interviewer == "Mary Doyle"
        assert transcript.facts.participants == ("Tom Hale", "Dee Stone")
        assert [s.role.value for s in transcript.speakers] == ["interviewer", "participant", "participant"]

    def it_turns_the_marks_of_markdown_into_emphasis(self, tmp_path: Path) -> None:
        path = tmp_path / "talk.md"
        path.write_text(
            "# Talk\n\nIt was *so* **very** ***cold***, a\\_b and a_b_c. "
            "[Link](http://x.org) <http://y.org>\n\n---\n\n> quoted\n"
        )
        transcript = kept(path)
        assert transcript.text == "It was so very cold, a_b and a_b_c. Link http://y.org\nquoted"
        faces = {(e.span.of(transcript.text), e.face) for e in transcript.emphasis}
        assert faces == {("so", Face.ITALIC), ("very cold", Face.BOLD), ("cold", Face.ITALIC)}

    def it_joins_lines_broken_at_a_fixed_width_and_knows_where(self, tmp_path: Path) -> None:
        wrapped = "It was a long way to the gate and we had no torch between us,\n"
        wrapped += "so we sang, and the owl answered, and then the warden came and\n"
        path = tmp_path / "talk.txt"
        path.write_text((wrapped + "asked us all to leave at once.\n\n") * 4)
        paragraphs = open_source(path).paragraphs
        assert len(paragraphs) == 4
        assert paragraphs[0].text.endswith("warden came and asked us all to leave at once.")
        assert [paragraphs[0].text[b:].split()[0] for b in paragraphs[0].breaks] == ["so", "asked"]
