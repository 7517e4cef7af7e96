from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.core.values import InterviewFacts
from qualcode.errors import UnreadableFile, UserError
from qualcode.importing import SUFFIXES, digest, facts_from_name, find_files

JANUARY = dt.date(2018, 1, 15)


class DescribeTheNameOfAFile:
    @pytest.mark.parametrize(
        ("name", "facts"),
        [
            ("W2_P07_2018-01-15.docx", InterviewFacts(wave="2", participants=("P07",), date=JANUARY)),
            ("20180115_P3_W1.docx", InterviewFacts(wave="1", participants=("P3",), date=JANUARY)),
            ("P07 wave 2.docx", InterviewFacts(wave="2", participants=("P07",))),
            (
                "Wave 02 - Participant 12 (phone) 15.1.2018.rtf",
                InterviewFacts(wave="2", participants=("P12",), mode="phone", date=JANUARY),
            ),
            ("Interview 3 - 14 March 2024.docx", InterviewFacts(title="Interview 3", date=dt.date(2024, 3, 14))),
            ("folder/S14_R2.txt", InterviewFacts(participants=("S14",))),
            ("P3_P4_focus group.odt", InterviewFacts(participants=("P3", "P4"))),
            ("Anna.txt", InterviewFacts()),
            ("15-Jan-2018 Anna.vtt", InterviewFacts(date=JANUARY)),
        ],
    )
    def it_says_wave_participant_and_date(self, name: str, facts: InterviewFacts) -> None:
        assert facts_from_name(name) == facts

    def it_is_read_by_the_analysts_own_pattern(self) -> None:
        found = facts_from_name("2_Anna Smith_15.01.2018.docx", "{wave}_{participant}_{date}")
        assert found == InterviewFacts(wave="2", participants=("Anna Smith",), date=JANUARY)
        assert facts_from_name("XX-P07 extra (W3).docx", "{*}-{participant} {*}({wave})").wave == "3"

    def it_says_nothing_when_the_pattern_does_not_fit(self) -> None:
        assert facts_from_name("Anna.docx", "{wave}_{participant}") == InterviewFacts()

    @pytest.mark.parametrize("pattern", ["{colour}_{wave}", "{wave}_{wave}"])
    def it_refuses_a_pattern_with_a_field_that_cannot_be(self, pattern: str) -> None:
        with pytest.raises(UserError, match="Its fields are"):
            facts_from_name("a.docx", pattern)


class DescribeAFolder:
    def it_yields_the_files_that_can_be_read_in_order(self, tmp_path: Path) -> None:
        for name in ("b.docx", "A.TXT", "sub/c.pdf", "~$b.docx", ".hidden/d.txt", "e.xlsx", ".f.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("words")
        (tmp_path / "folder.txt").mkdir()
        assert [p.relative_to(tmp_path).as_posix() for p in find_files(tmp_path)] == ["A.TXT", "b.docx", "sub/c.pdf"]

    def it_knows_all_formats(self) -> None:
        assert set(SUFFIXES) == {".docx", ".odt", ".rtf", ".txt", ".md", ".vtt", ".srt", ".html", ".htm", ".pdf"}


class DescribeADigest:
    def it_is_the_sha_256_of_the_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "a.bin"
        path.write_bytes(b"ab" * 700_000)
        assert digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()

    def it_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="not there any more"):
            digest(tmp_path / "gone")


class DescribeLoadingThePackage:
    def it_loads_no_heavy_library_before_one_is_needed(self) -> None:
        heavy = "lxml bs4 pdfminer odf striprtf docx charset_normalizer yaml sqlalchemy PySide6 spacy"
        script = f"import sys, qualcode.importing\nprint([name for name in {heavy.split()} if name in sys.modules])"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"
