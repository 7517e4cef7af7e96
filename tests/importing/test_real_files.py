"""The standard that recognition is held to on real files, where a folder of them is at hand."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from qualcode.core.values import Transcript
from qualcode.importing import find_files, open_source, read, recognise
from tests.benchmarks.recognition import Score, file_scores, meeting_scores, others_data
from tests.importing.laws import obeys_the_contract
from tests.importing.shapes import zipped
from tests.importing.word_files import W

DATA = others_data()
LIKE_THE_FIRST = [f"P{number}.pdf" for number in range(2, 8)]
"""Long PDFs from one program. The benchmark reads them all."""
pytestmark = [
    pytest.mark.others,
    pytest.mark.skipif(DATA is None, reason="no folder of real files is at hand"),
]


@pytest.fixture
def data() -> Path:
    assert DATA is not None
    return DATA


def speech(transcript: Transcript) -> list[tuple[str, str]]:
    return [
        (transcript.speakers[t.speaker].label, " ".join(t.span.of(transcript.text).split())) for t in transcript.turns
    ]


class DescribeRealFiles:
    def it_finds_the_turns_speakers_roles_and_times_of_transcripts(self, data: Path) -> None:
        self._meets_the_standard(sum_of(file_scores(data, leave_out=LIKE_THE_FIRST)))

    def it_finds_them_in_meetings_written_in_many_shapes(self, data: Path) -> None:
        self._meets_the_standard(sum_of(meeting_scores(data, first=1)))

    def _meets_the_standard(self, total: Score) -> None:
        precision, recall, speakers, roles, times = total.rates()
        assert min(precision or 0, recall or 0, speakers or 0, times or 0) >= 0.99
        assert (roles or 0) >= 0.97
        assert total.mistaken == 0

    def it_hears_the_same_speech_in_two_formats_of_one_interview(self, data: Path, tmp_path: Path) -> None:
        """The plain copies were saved by a program that passes over content controls: two of them lack words."""
        folder = data / "transcripts" / "sheffield_open_qual"
        pairs = [(p, p.with_suffix(".txt")) for p in folder.glob("*.docx") if p.with_suffix(".txt").exists()]
        assert pairs
        for document, plain in pairs:
            bare = without_content_controls(document, tmp_path / document.name)
            assert speech(read(bare)) == speech(read(plain))
            assert len(read(document).text) >= len(read(plain).text)

    def it_keeps_the_contract_on_every_file_and_says_how_sure_it_is(self, data: Path) -> None:
        for path in find_files(data / "transcripts"):
            found = recognise(open_source(path))
            obeys_the_contract(found.transcript)
            assert 0 < found.confidence <= 1


def sum_of(scores: Iterable[tuple[str, str, Score]]) -> Score:
    total = Score()
    for _, _, score in scores:
        total += score
    return total


def without_content_controls(document: Path, copy: Path) -> Path:
    """A copy of a Word document without its content controls and the words in them."""
    with zipfile.ZipFile(document) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    etree.strip_elements(root, f"{{{W}}}sdt", with_tail=False)
    return zipped(copy, {**parts, "word/document.xml": etree.tostring(root)})
